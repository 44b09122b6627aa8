# ruff: noqa: S101, T201  # targets assert; it prints what it found
"""Whether any input makes a reader fail in a way that it does not promise, sought with atheris along the branches of the code.

    python benchmarks/fuzz.py [--seconds N] [--article PATH]

Each target takes text, and raises nothing but what it catches itself; it also says what must hold of its answer. The seconds are divided
among the targets, each of which runs in a process of its own, from the package's cells and, where it is at hand, the lines of the article.
What makes a target fail is printed and kept in a folder. `tests/test_fuzz.py` has properties that take more than text.

atheris is not needed otherwise; where it is missing, nothing is run, and the command says why. Exit status 1 where something was found.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from measuring import arguments

HERE = "POVDATA_FUZZ_TARGET"
"""The variable that makes a process run one target."""

if HERE in os.environ:
    import atheris

    instrumented = atheris.instrument_imports(include=["povdata"])
else:
    instrumented = nullcontext()

with instrumented:
    import povdata
    from povdata import chinese
    from povdata.installed import source
    from povdata.model import edtf
    from povdata.model.datatypes import CellType
    from povdata.model.lookup import Index, folded
    from povdata.model.reading import format_table, read_table
    from povdata.model.schema import schema_of
    from povdata.naming import NAMING
    from povdata.records import RECORDS
    from povdata.verification import Names, Reading

WORDS = ["</p>", "<script>", "&nbsp;", "&#57;", "至少", "以上", "不到", "全部", *"0123456789.,%-:;/|<>&*½²\u200b０％"]
WORDS += "零〇一二两三四五六七八九十百千万亿分之余多约超近年月日春夏秋冬初末底上午去今截至到以来期间前夕元旦"
"""What inputs are put together from, besides what atheris finds."""


def chosen(text: str, options: list[Any]) -> tuple[Any, str]:
    """The option that the first character says, and the others."""
    return options[ord(text[0]) % len(options) if text else 0], text[1:]


# Targets. -----------------------------------------------------------------------------------------------------------------------

COLUMNS = [
    (name, column, f"{type(column.type)}{vars(column.type)}") for name, record in RECORDS.items() for column in schema_of(record).values()
]
TYPES: dict[str, CellType] = {kind: column.type for _, column, kind in COLUMNS}
NAMES = Names(source())


def cells(text: str) -> None:
    """What a cell type parses, it writes back, and parses again; it can also write what it accepts, or reads from the article."""
    celltype, text = chosen(text, [*TYPES.values()])
    for value in celltype.read(text.split("\n"), NAMES, chinese):
        assert isinstance(celltype.format(value), str)
    for of in (str, int, float):
        with suppress(ValueError):
            assert isinstance(celltype.format(celltype.accept(of(text))), str)
    with suppress(ValueError):
        value = celltype.parse(text)
        assert celltype.format(value) == text
        assert celltype.parse(text) == value
        celltype.order(value)


def tables(text: str) -> None:
    """What is read from a file, with or without the right header, is written and read again."""
    name, rest = chosen(text, sorted(RECORDS))
    record = RECORDS[name]
    header, rest = chosen(rest, [f"{','.join(schema_of(record))}\n", ""])
    with suppress(povdata.DataError):
        records = read_table(record, "x.csv", (header + rest).encode())
        assert read_table(record, "x.csv", format_table(record, records).encode()) == records


PLACES = Index("places", [(place, [place.key, place.name_zh, place.name_en], []) for place in povdata.places], lambda _: (), NAMING)


def names(text: str) -> None:
    """A folded name has letters and digits alone; a name means at most what a search, which is in order, finds first."""
    name = folded(text)
    assert folded(name) == folded(f" {text}-\u200b") == name
    assert all(character.isalnum() or character.isnumeric() for character in name)
    assert all(stem + word == name for stem, word in NAMING.kinds(name))
    assert all(0 < len(stem) < len(text) for stem in NAMING.stems(text))
    with suppress(povdata.PovdataError):
        found = povdata.places.search(text, 5)
        assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
        assert len({match.record.key for match in found}) == len(found)
        assert all(0.3 <= match.score <= 1 for match in found)
        whole = {place.key for place in PLACES.whole.get(name, ())}
        assert whole <= {match.record.key for match in PLACES.search(text, len(povdata.places)) if match.score == 1}
        assert povdata.places.within(text) == povdata.places.within(povdata.places.lookup(text))


def words(text: str) -> None:
    """A number is finite and not negative, a date one of EDTF, its part one of three or none; there is always a qualifier."""
    lines = text.split("\n")
    assert chinese.qualifier(text)
    with suppress(ValueError):
        assert chinese.number(text).is_finite() and chinese.number(text) >= 0  # noqa: PT018
    with suppress(ValueError):
        edtf.bounds(chinese.date(lines))
    with suppress(ValueError):
        assert chinese.part(lines) in {"start", "end", "morning", None}


def copies(text: str) -> None:
    """What a reader sees of a copy, a page or not, comes from it in order; a report covers every cited passage."""
    reading = Reading(text, chinese.VARIANTS)
    assert len(reading.plain) == len(reading.view.text)
    assert len(reading.text) == len(reading.places)
    assert list(reading.places) == sorted(reading.places)
    assert all(0 <= reading.view.begins[place] <= reading.view.ends[place] <= len(text) for place in reading.places)
    for at in range(0, len(reading.text), 7):
        start, end = reading.gap(at)
        reading.between(start, end)
    with suppress(povdata.CopyError):
        assert len(povdata.verify(text.encode()).passages) == len(povdata.spans)


TARGETS: dict[str, Callable[[str], None]] = {target.__name__: target for target in (cells, tables, names, words, copies)}


def seeds(lines: list[str]) -> dict[str, list[str]]:
    """What each target starts from; a cell stands behind the number of its type, rows behind that of their table."""
    numbers = {kind: chr(number) for number, kind in enumerate(TYPES)}
    files = [format_table(RECORDS[name], povdata.tables()[name]).splitlines(keepends=True) for name in sorted(RECORDS)]
    places = [(place, place.parent_record or place) for place in povdata.places[::4]]
    texts = ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)] or ["河北省"]  # long enough to be recognized
    return {
        "cells": [numbers[kind] + row[column.name] for name, column, kind in COLUMNS for row in povdata.tables()[name].to_rows()[::20]],
        "tables": [chr(number) + "\0" + "".join(rows[1:4]) for number, rows in enumerate(files)],
        "names": [
            *(name for place, _ in places for name in (place.name_zh, place.name_en, place.pinyin, place.key)),
            *(name for place, above in places for name in (above.name_zh + place.name_zh, f"{place.name_en} ({above.name_en})")),
        ],
        "words": [*(span.text for span in povdata.spans if span.text), *lines],
        "copies": [*texts, *(f"<html><p>{text.replace(chr(10), '</p><p hidden>')}</p><table><td>&#57;<br></body>" for text in texts)],
    }


def run(name: str, seconds: int, inputs: list[str], keep: Path) -> bool:
    """Run one target in a process of its own and say what came of it; whether nothing was found."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, seed in enumerate(dict.fromkeys(inputs)):
            (corpus / str(number)).write_bytes(seed.encode()[:4096])
        words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS))
        limits = [f"-max_total_time={seconds}", "-timeout=20", "-max_len=4096"]
        command = [sys.executable, __file__, corpus, f"-dict={words}", *limits, f"-artifact_prefix={keep}/{name}-"]
        ran = subprocess.run(command, env=os.environ | {HERE: name}, capture_output=True, check=False)  # noqa: S603
    said = ran.stderr.decode(errors="replace") + ran.stdout.decode(errors="replace")
    done = re.findall(r"^#(\d+)\s.*?cov: (\d+)", said, re.MULTILINE)
    count, branches = done[-1] if done else ("no", "no")
    print(f"{name:12} {count:>9} inputs, {branches:>5} branches: {'nothing found' if ran.returncode == 0 else 'FAILED'}", flush=True)
    if ran.returncode:
        print("\n".join(line for line in said.splitlines()[-60:] if not line.startswith("#")))
    return ran.returncode == 0


def main() -> int:
    """Run the targets and print what they found."""
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    options = parser.parse_args()
    if find_spec("atheris") is None:
        print("skipped: needs atheris: python -m pip install atheris (on Linux, CPython 3.11 to 3.13)")
        return 0
    lines = options.article.read_bytes().decode().split("\n") if options.article.exists() else []
    keep = Path(tempfile.mkdtemp(prefix="povdata-fuzz-"))
    found = [name for name, of in seeds(lines).items() if not run(name, max(1, options.seconds // len(TARGETS)), of, keep)]
    print(f"failed: {', '.join(found)}; their inputs are in {keep}" if found else "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    if HERE in os.environ:
        atheris.Setup(sys.argv, lambda data: TARGETS[os.environ[HERE]](data.decode("utf-8", "replace")))
        atheris.Fuzz()  # ends the process
    sys.exit(main())
