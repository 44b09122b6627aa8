"""What the benchmarks share: where the project and the article are."""

import argparse
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser that knows where the article is."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    article = Path(os.environ.get("POVDATA_ARTICLE") or ROOT.parent / "shared" / "article.txt").resolve()
    parser.add_argument("--article", type=Path, default=article, help="the reference edition (POVDATA_ARTICLE, ../shared/article.txt)")
    return parser
