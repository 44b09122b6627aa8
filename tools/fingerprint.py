"""Write the fingerprints of the spans in ``spans.csv`` again, from the article and the forms of its characters.

python tools/fingerprint.py ARTICLE
"""

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from povdata.locators import Locator
from povdata.variants import VARIANTS
from povdata.verification import fingerprints

SPANS = Path(__file__).parents[1] / "src" / "povdata" / "data" / "spans.csv"


def main() -> None:
    """Compute every fingerprint and write the table."""
    with SPANS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    locators = {row["key"]: Locator.parse(row["key"]) for row in rows}
    found = fingerprints(Path(sys.argv[1]).read_bytes().decode().split("\n"), locators.values(), VARIANTS)
    for row in rows:
        mark = found[locators[row["key"]]]
        row |= {"position": str(mark.position), "neighbours": mark.neighbours, "context": mark.context}
        if not row["text"]:
            row |= {"digest": mark.digest, "lengths": ";".join(map(str, mark.lengths))}
    with SPANS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
