"""List every cell that differs between two versions of the data: table, key, column, old, new.

    python tools/changes.py OLD_COMMIT > docs/changes-0.2.0.csv

Left out are cells that are computed and not read: positions and fingerprints of spans, and derived columns.
"""

import csv
import io
import subprocess
import sys
from pathlib import Path

from povdata import tables

DATA = "src/povdata/data"
COMPUTED = {"spans": {"position", "neighbours", "context", "digest", "lengths"}}


def rows(text: str) -> dict[str, dict[str, str]]:
    """The rows of a CSV file by key."""
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text))}


def main() -> None:
    """Compare each table with what it was, and write what differs."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["table", "key", "column", "old", "new"])
    for name, table in tables().items():
        file = f"{DATA}/{name}.csv"
        before = subprocess.run(["git", "show", f"{sys.argv[1]}:{file}"], capture_output=True, text=True, check=False)  # noqa: S603, S607  # ours
        if before.returncode:
            writer.writerow([name, "", "", "", f"new table, {len(table)} rows"])
            continue
        old, new = rows(before.stdout), rows(Path(file).read_text(encoding="utf-8"))
        computed = COMPUTED.get(name, set()) | {column.name for column in table.schema.values() if column.derivation is not None}
        gone = [column for column in next(iter(old.values())) if column not in table.schema]
        writer.writerows([name, "", column, "column", "removed"] for column in gone)
        writer.writerows([name, "", column, "", "new column"] for column in table.schema if column not in next(iter(old.values())))
        for key in sorted(old.keys() | new.keys()):
            if key not in new or key not in old:
                writer.writerow([name, key, "", *(("row", "removed") if key in old else ("", "new row"))])
                continue
            for column in table.schema:
                if column not in computed and column in old[key] and old[key][column] != new[key][column]:
                    writer.writerow([name, key, column, old[key][column], new[key][column]])


if __name__ == "__main__":
    main()
