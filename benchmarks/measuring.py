"""What the benchmarks share: where things are, and how a fresh interpreter is run."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser that knows where the article is."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    article = Path(os.environ.get("POVDATA_ARTICLE") or ROOT.parent / "shared" / "article.txt").resolve()
    parser.add_argument("--article", type=Path, default=article, help="the reference edition (POVDATA_ARTICLE, ../shared/article.txt)")
    return parser


def run(what: str, *command: str) -> str:
    """What a fresh interpreter prints."""
    # Compiled files are written and used, as for every user, whatever this environment says.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    ran = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, env=environment)  # noqa: S603  # our own
    if ran.returncode:
        raise SystemExit(f"{what}: {ran.stderr[-2000:]}")
    return ran.stdout
