# ruff: noqa: S101, T201  # targets assert; it prints what it found
"""Whether any input makes a reader fail in a way that it does not promise, sought with atheris along the branches of the code.

    python benchmarks/fuzz.py [--seconds N] [--target NAME] [--article PATH] [--keep FOLDER]

Each target takes bytes, and may raise nothing but what stands beside it; it also says what must hold of its answer. The seconds are divided
among the targets, each of which runs in a process of its own, from the package's cells and, where it is at hand, the lines of the article.
What makes a target fail is printed, and its input is kept in the folder. `tests/test_fuzz.py` has properties that take more than bytes.

atheris is not needed otherwise; where it is missing, nothing is run, and the command says why. Exit status 1 where something was found.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

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
    from povdata.verification import Names, Reading, Report

LONGEST = 4096
"""Bytes of an input."""
SLOWEST = 20
"""Seconds after which an input counts as one that a target fails on."""
WORDS = [
    *"0123456789.,%-:;/|<>&*½²\u200b０％零〇一二两三四五六七八九十百千万亿分之余多约超近年月日春夏秋冬初末底上午去今截至到以来期间前夕元旦"
]
WORDS += ["</p>", "<script>", "&nbsp;", "&#57;", "至少", "以上", "不到", "全部"]
"""What inputs are put together from, besides the bytes that atheris finds."""


def text_of(data: bytes) -> str:
    """The bytes as text."""
    return data.decode("utf-8", "replace")


def chosen(data: bytes, options: list[Any]) -> tuple[Any, bytes]:
    """The option that the first byte says, and the other bytes."""
    return options[data[0] % len(options) if data else 0], data[1:]


# Targets. -----------------------------------------------------------------------------------------------------------------------

TYPES: list[CellType] = list(
    {
        (type(column.type), str(vars(column.type))): column.type for record in RECORDS.values() for column in schema_of(record).values()
    }.values()
)
NAMES = Names(source())


def cells(data: bytes) -> None:
    """What a cell type parses, it writes back, and parses again."""
    celltype, rest = chosen(data, TYPES)
    text = text_of(rest)
    value = celltype.parse(text)
    assert celltype.format(value) == text
    assert celltype.parse(text) == value
    celltype.order(value)


def wanted(data: bytes) -> None:
    """What a caller asks for, the cell type accepts in a form that it also writes, or refuses."""
    celltype, rest = chosen(data, TYPES)
    text = text_of(rest)
    for of in (str, int, float):
        with suppress(ValueError):
            assert isinstance(celltype.format(celltype.accept(of(text))), str)


def quotes(data: bytes) -> None:
    """A cell type can write each value that it reads from characters of the article."""
    celltype, rest = chosen(data, TYPES)
    for value in celltype.read(text_of(rest).split("\n"), NAMES, chinese):
        assert isinstance(celltype.format(value), str)


def tables(data: bytes) -> None:
    """What is read from a file, with or without the right header, is written and read again."""
    name, rest = chosen(data, sorted(RECORDS))
    record = RECORDS[name]
    header, rest = chosen(rest, [f"{','.join(schema_of(record))}\n".encode(), b""])
    records = read_table(record, "x.csv", header + rest)
    assert read_table(record, "x.csv", format_table(record, records).encode()) == records


def foldings(data: bytes) -> None:
    """A folded name has letters and digits alone, and is folded already; a stem is a part of the name."""
    text = text_of(data)
    name = folded(text)
    assert folded(name) == name
    assert all(character.isalnum() or character.isnumeric() for character in name)
    assert folded(f" {text}-\u200b") == name
    assert all(stem + word == name for stem, word in NAMING.kinds(name))
    assert all(0 < len(stem) < len(text) for stem in NAMING.stems(text))


PLACES = Index("places", [(place, [place.key, place.name_zh, place.name_en], []) for place in povdata.places], lambda _: (), NAMING)


def lookups(data: bytes) -> None:
    """A name means at most what a search finds first; a search is in order, and finds each record once."""
    text = text_of(data)
    found = povdata.places.search(text, 5)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.record.key for match in found}) == len(found)
    assert all(0.36 <= match.score <= 1 for match in found)
    whole = {place.key for place in PLACES.whole.get(folded(text), ())}
    assert whole <= {match.record.key for match in PLACES.search(text, len(povdata.places)) if match.score == 1}
    place = povdata.places.lookup(text)
    assert povdata.places.within(text) == povdata.places.within(place)


def readings(data: bytes) -> None:
    """What a reader sees of a copy, a page or not, comes from it in order; its stream has letters, digits, points and % alone."""
    text = text_of(data)
    reading = Reading(text, chinese.VARIANTS)
    assert len(reading.plain) == len(reading.view.text)
    assert len(reading.text) == len(reading.places)
    assert list(reading.places) == sorted(reading.places)
    assert all(0 <= reading.view.begins[place] <= reading.view.ends[place] <= len(text) for place in reading.places)
    for at in range(0, len(reading.text), 7):
        start, end = reading.gap(at)
        reading.between(start, end)


def words(data: bytes) -> None:
    """A number is finite and not negative, a date one of EDTF, its part one of three or none; there is always a qualifier."""
    text = text_of(data)
    lines = text.split("\n")
    assert chinese.qualifier(text)
    with suppress(ValueError):
        assert chinese.number(text).is_finite() and chinese.number(text) >= 0  # noqa: PT018
    with suppress(ValueError):
        edtf.bounds(chinese.date(lines))
    with suppress(ValueError):
        assert chinese.part(lines) in {"start", "end", "morning", None}


def copies(data: bytes) -> None:
    """A report covers every cited passage."""
    report = povdata.verify(data)
    assert isinstance(report, Report)
    assert len(report.passages) == len(povdata.spans)


class Target(NamedTuple):
    """What is called, the exceptions that it may raise, and what to start from."""

    run: Callable[[bytes], None]
    allowed: tuple[type[Exception], ...]
    seeds: Callable[[list[str]], Iterable[str]]


def of_cells(_: list[str]) -> Iterable[str]:
    """Cells of the data, one in twenty, behind the number of their type."""
    numbers_of = {str(vars(celltype)) + str(type(celltype)): number for number, celltype in enumerate(TYPES)}
    for name, table in povdata.tables().items():
        for column in schema_of(RECORDS[name]).values():
            number = numbers_of[str(vars(column.type)) + str(type(column.type))]
            yield from {chr(number) + row[column.name] for row in table.to_rows()[::20]}


def of_files(_: list[str]) -> Iterable[str]:
    """The first rows of each file, behind the number of their table."""
    for number, name in enumerate(sorted(RECORDS)):
        rows = format_table(RECORDS[name], povdata.tables()[name]).splitlines(keepends=True)
        yield chr(number) + "\0" + "".join(rows[1:4])


def of_names(_: list[str]) -> Iterable[str]:
    """Names of places, alone and behind those above them."""
    for place in povdata.places[::4]:
        yield from (place.name_zh, place.name_en, place.pinyin, place.key)
        if place.parent_record:
            yield place.parent_record.name_zh + place.name_zh
            yield f"{place.name_en} ({place.parent_record.name_en})"


def of_spans(lines: list[str]) -> Iterable[str]:
    """The figures, dates and names that are cited, and the lines of the article."""
    return [*sorted({span.text for span in povdata.spans if span.text}), *lines]


def of_copies(lines: list[str]) -> Iterable[str]:
    """Stretches of the article that are long enough to be recognized, as text and as a page."""
    texts = ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)] or ["河北省"]
    return [*texts, *(f"<html><body><p>{text.replace(chr(10), '</p><p hidden>')}</p><table><td>&#57;<br></body>" for text in texts)]


TARGETS = {
    "cells": Target(cells, (ValueError,), of_cells),
    "wanted": Target(wanted, (), of_cells),
    "quotes": Target(quotes, (), of_cells),
    "tables": Target(tables, (povdata.DataError,), of_files),
    "foldings": Target(foldings, (), of_names),
    "lookups": Target(lookups, (povdata.PovdataError,), of_names),
    "readings": Target(readings, (), of_copies),
    "words": Target(words, (), of_spans),
    "copies": Target(copies, (povdata.CopyError,), of_copies),
}


# Running. -----------------------------------------------------------------------------------------------------------------------


def fuzz(target: Target, arguments: list[str]) -> None:
    """Run one target in this process, which ends with it."""

    def once(data: bytes) -> None:
        with suppress(*target.allowed):
            target.run(data)

    atheris.Setup([sys.argv[0], *arguments], once)
    atheris.Fuzz()


def run(name: str, seconds: int, lines: list[str], keep: Path) -> bool:
    """Run one target in a process of its own and say what came of it; whether nothing was found."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, seed in enumerate(TARGETS[name].seeds(lines)):
            (corpus / str(number)).write_bytes(seed.encode()[:LONGEST])
        words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS))
        limits = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={LONGEST}"]
        command = [sys.executable, __file__, corpus, f"-dict={words}", *limits, f"-artifact_prefix={keep}/{name}-"]
        ran = subprocess.run(command, env=os.environ | {HERE: name}, capture_output=True, check=False)  # noqa: S603
    said = ran.stderr.decode(errors="replace") + ran.stdout.decode(errors="replace")
    done = re.findall(r"^#(\d+)\s.*?cov: (\d+)", said, re.MULTILINE)
    inputs, branches = done[-1] if done else ("no", "no")
    print(f"{name:12} {inputs:>9} inputs, {branches:>5} branches: {'nothing found' if ran.returncode == 0 else 'FAILED'}", flush=True)
    if ran.returncode:
        print("\n".join(line for line in said.splitlines()[-60:] if not line.startswith("#")))
    return ran.returncode == 0


def main() -> int:
    """Run the targets and print what they found."""
    parser = argparse.ArgumentParser(description="Seek inputs that readers fail on.")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument("--target", choices=TARGETS, help="this one only")
    parser.add_argument("--article", type=Path, help="the reference edition; else POVDATA_ARTICLE or ../shared/article.txt, if it is there")
    parser.add_argument("--keep", type=Path, help="folder for the inputs that a target fails on; a temporary one unless told")
    options = parser.parse_args()
    if find_spec("atheris") is None:
        print("skipped: needs atheris: python -m pip install atheris (on Linux, CPython 3.11 to 3.13)")
        return 0
    article = options.article or Path(os.environ.get("POVDATA_ARTICLE") or Path(__file__).parents[2] / "shared" / "article.txt")
    lines = article.read_bytes().decode().split("\n") if article.exists() else []
    keep = options.keep or Path(tempfile.mkdtemp(prefix="povdata-fuzz-"))
    keep.mkdir(parents=True, exist_ok=True)
    names = [options.target] if options.target else list(TARGETS)
    found = [name for name in names if not run(name, max(1, options.seconds // len(names)), lines, keep)]
    print(f"failed: {', '.join(found)}; their inputs are in {keep}" if found else "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    if HERE in os.environ:
        fuzz(TARGETS[os.environ[HERE]], sys.argv[1:])
    sys.exit(main())
