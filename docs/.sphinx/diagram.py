"""The tables and their references as a picture: SVG, drawn from the record classes, in colours that suit light and dark pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple, cast

from povdata.literals import TableName
from povdata.model.datatypes import Reference
from povdata.model.schema import Column, schema_of
from povdata.records import RECORDS

# Where the tables stand: three bands of three columns, so that no line leads from the left column to the right one.
BANDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "read from the article": (
        ("provinces", "delistings", "delisting_places"),
        ("places", "organizations", "practices"),
        ("observations", "indicators", "people", "events", "industries", "images", "designations"),
    ),
    "the roster of poverty counties": (("reconciliation", "announcements"), ("poverty_counties", "divisions"), ("county_codes",)),
    "where it comes from": (("sources", "caveats"), ("spans",), ("citations", "set_aside")),
}
COLOURS = {
    "places": "#3b86cc",
    "organizations": "#2b9c74",
    "practices": "#d2722b",
    "provinces": "#b162ab",
    "delistings": "#cc5362",
    "indicators": "#8a7cd6",
    "divisions": "#3f9aa6",
    "announcements": "#9b7a4f",
    "sources": "#a18a35",
    "spans": "#7d8b99",
}
"""The colour of the lines that lead to a table."""
GREY = "#8a8f98"

WIDTH, GUTTER, MARGIN = 158, 92, 6  # of a box, between two columns of boxes, around the picture
CLEAR = 22  # beside the lanes of a gutter
HEAD, ROW, GAP = 25, 18, 16  # heights of a box's title and rows, and between two boxes
CAPTION = 26  # height of what is said above a band
ROUND = 5


class Box(NamedTuple):
    """A table and where it stands; its rows are the key and the columns that refer to other tables."""

    name: str
    column: int
    x: float
    y: float
    rows: tuple[Column, ...]
    others: int

    @property
    def height(self) -> float:
        """Height with title and rows."""
        return HEAD + ROW * len(self.rows) + 4

    @property
    def middle(self) -> float:
        """Where lines arrive: the middle of the title."""
        return self.y + HEAD / 2

    def side(self, gutter: int) -> float:
        """The edge that faces a gutter; gutter 0 is right of column 0."""
        return self.x + WIDTH if gutter == self.column else self.x

    def row(self, number: int) -> float:
        """The middle of a row."""
        return self.y + HEAD + ROW * (number + 0.5) + 1


class Line(NamedTuple):
    """A reference: from a row of a box, along a lane of a gutter, to the title of another box."""

    source: Box
    column: Column
    target: Box
    gutter: int
    lane: float

    @property
    def start(self) -> float:
        """How far down it starts."""
        return self.source.row(self.source.rows.index(self.column))

    @property
    def turn(self) -> float:
        """The rounding of its corners, towards the target."""
        return ROUND if self.target.middle > self.start else -ROUND

    @property
    def colour(self) -> str:
        """The colour of its target."""
        return COLOURS.get(self.target.name, GREY)


def svg(link: Callable[[str], str]) -> str:
    """The picture; ``link`` gives the address of a table's description."""
    boxes, tops = _placed()
    lines = _lines(boxes)
    height = max(box.y + box.height for box in boxes.values()) + MARGIN
    width = 3 * WIDTH + 2 * GUTTER + 2 * MARGIN
    label = "The tables of povdata. A line leads from a column to the table whose key it holds; dashed where the column may be empty."
    return "\n".join(
        [
            f'<svg class="entities" viewBox="0 0 {width} {height:g}" role="img" aria-label="{label}" xmlns="http://www.w3.org/2000/svg">',
            *(f'<text class="band" x="{MARGIN}" y="{top + 14:g}">{escape(words)}</text>' for words, top in tops.items()),
            *map(_drawn_line, lines),
            *(_drawn_box(box, link(box.name)) for box in boxes.values()),
            "</svg>",
        ]
    )


def _placed() -> tuple[dict[str, Box], dict[str, float]]:
    """Every table with its place, the boxes of a column spread over the height of their band; and where each band begins."""
    boxes: dict[str, Box] = {}
    tops: dict[str, float] = {}
    top = float(MARGIN)
    for words, band in BANDS.items():
        tops[words] = top
        top += CAPTION
        stacks = [[_box(name, place) for name in column] for place, column in enumerate(band)]
        height = max(sum(box.height for box in stack) + GAP * (len(stack) - 1) for stack in stacks)
        for stack in stacks:
            gap = (height - sum(box.height for box in stack)) / max(len(stack) - 1, 1)
            y = top
            for box in stack:
                boxes[box.name] = box._replace(y=y)
                y += box.height + gap
        top += height + 2 * GAP
    if missing := RECORDS.keys() - boxes.keys():
        raise ValueError(f"the picture of the tables lacks {', '.join(sorted(missing))}; add them to BANDS")
    return boxes, tops


def _box(name: str, column: int) -> Box:
    columns = schema_of(RECORDS[cast(TableName, name)]).values()
    rows = tuple(each for each in columns if each.name == "key" or isinstance(each.type, Reference))
    return Box(name, column, MARGIN + column * (WIDTH + GUTTER), 0, rows, len(columns) - len(rows))


def _lines(boxes: Mapping[str, Box]) -> list[Line]:
    """Every reference; lines to the same table share a lane."""
    found = []
    for box in boxes.values():
        for column in box.rows:
            if isinstance(column.type, Reference):
                target = boxes[column.type.table]
                inner = min(box.column, target.column) if box.column != target.column else min(box.column, 1)
                found.append(Line(box, column, target, inner, 0))
    lanes = {}
    for gutter in {line.gutter for line in found}:
        targets = sorted({line.target for line in found if line.gutter == gutter}, key=lambda box: (box.column, box.y))
        step = (GUTTER - 2 * CLEAR) / max(len(targets) - 1, 1)
        left = MARGIN + (gutter + 1) * WIDTH + gutter * GUTTER + CLEAR
        lanes |= {(gutter, target.name): left + step * place for place, target in enumerate(targets)}
    return [line._replace(lane=lanes[line.gutter, line.target.name]) for line in found]


def _drawn_line(line: Line) -> str:
    """A line; a fork at its start says that many rows refer to one, dashes that the column may be empty."""
    x, y, lane, turn = line.source.side(line.gutter), line.start, line.lane, line.turn
    end, level = line.target.side(line.gutter), line.target.middle
    out, back = (1 if lane > x else -1), (1 if end > lane else -1)
    start = f"M{x:g} {y:g}H{lane - out * ROUND:g}Q{lane:g} {y:g} {lane:g} {y + turn:g}"
    rest = f"M{lane:g} {y + turn:g}V{level - turn:g}Q{lane:g} {level:g} {lane + back * ROUND:g} {level:g}H{end - back * 7:g}"
    fork = "" if line.column.name == "key" else f'<path d="M{x:g} {y - 4:g}L{x + out * 8:g} {y:g}L{x:g} {y + 4:g}"/>'
    dashed = "" if line.column.required else ' stroke-dasharray="4 3"'
    title = f"{line.source.name}.{line.column.name} → {line.target.name}.key"
    return (
        f'<g fill="none" stroke="{line.colour}" stroke-width="1.5"><title>{escape(title)}</title><path d="{start}"{dashed}/>'
        f'<path d="{rest}"/>{fork}<path d="M{end:g} {level:g}l{-back * 8:g} -4v8z" fill="{line.colour}" stroke="none"/></g>'
    )


def _drawn_box(box: Box, address: str) -> str:
    """A box: the title, the key, the columns that refer to other tables, and how many others there are."""
    colour = COLOURS.get(box.name, GREY)
    parts = [
        f'<rect class="box" x="{box.x:g}" y="{box.y:g}" width="{WIDTH}" height="{box.height:g}" rx="4" stroke="{colour}"/>',
        f'<a href="{escape(address)}">',
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{WIDTH}" height="{HEAD}" rx="4" fill="{colour}" fill-opacity=".22"/>',
        f'<text class="title" x="{box.x + 9:g}" y="{box.middle + 4.5:g}">{escape(box.name)}</text></a>',
    ]
    for number, column in enumerate(box.rows):
        ink = COLOURS.get(column.type.table, GREY) if isinstance(column.type, Reference) else ""
        style = f' style="fill:{ink}"' if ink else ""
        kind = ' class="key"' if column.name == "key" else ""
        parts.append(f'<text{kind} x="{box.x + 9:g}" y="{box.row(number) + 4:g}"{style}>{escape(column.name)}</text>')
    if box.others:
        words = f"+ {box.others} other{'s' * (box.others > 1)}"
        parts.append(f'<text class="others" x="{box.x + WIDTH - 9:g}" y="{box.row(0) + 4:g}" text-anchor="end">{words}</text>')
    return "".join(parts)
