"""What the pages take from the package while the site is built: the picture of the tables, lists of tables and records, and checks."""

from __future__ import annotations

import inspect
import os
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import unquote, urlsplit

import diagram
from docutils import nodes
from matplotlib import font_manager
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import povdata
from povdata import literals
from povdata.model.columns import label
from povdata.model.links import Many, Maybe, One, Within
from povdata.model.schema import Column, annotations_of, schema_of
from povdata.records import RECORDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

LINKS = {One: "{}", Maybe: "{} | None", Many: "povdata.Table[{}]", Within: "povdata.Table[{}]"}
"""What each kind of link gives."""

SPELLED_OUT = 6
"""So many values of a vocabulary are spelled out in a type; longer ones stand in the dictionary alone."""


class Diagram(SphinxDirective):
    """The tables and what they refer to, as a picture."""

    def run(self) -> list[nodes.Node]:
        """Draw it."""
        builder = self.env.app.builder
        page = builder.get_relative_uri(self.env.docname, "dictionary") if builder.format == "html" else ""
        drawn = diagram.svg(lambda table: f"{page}#{table.replace('_', '-')}")
        return [nodes.raw("", f'<div class="entities-frame" tabindex="0">{drawn}</div>', format="html")]


class Overview(SphinxDirective):
    """Every table, with its number of rows and what a row is."""

    def run(self) -> list[nodes.Node]:
        """List them."""
        lines = ["| table | rows | a row is |", "|---|--:|---|"]
        for name, table in povdata.tables().items():
            lines.append(f"| [`{name}`](#povdata.{name}) | {len(table)} | {_summary(table.record)} |")
        return list(self.parse_text_to_nodes("\n".join(lines)))


class Tables(SphinxDirective):
    """Every table as a name of the package, so that other pages can link to it."""

    def run(self) -> list[nodes.Node]:
        """List them."""
        lines: list[str] = []
        for name, record in RECORDS.items():
            lines += [f"```{{py:data}} {name}", ":module: povdata", f":type: povdata.Table[povdata.records.{record.__name__}]", ""]
            lines += [_summary(record), "```", ""]
        return list(self.parse_text_to_nodes("\n".join(lines)))


class Records(SphinxDirective):
    """Every record class with its fields."""

    def run(self) -> list[nodes.Node]:
        """List them."""
        lines: list[str] = []
        for name, record in RECORDS.items():
            lines += [f"````{{py:class}} {record.__name__}", ":module: povdata.records", "", _summary(record)]
            lines += [f"Table: {{py:data}}`povdata.{name}`; vocabularies: [dictionary](dictionary.md#{name}).", ""]
            annotations = annotations_of(record)
            for column in schema_of(record).values():
                lines += _attribute(column.name, _spelled(annotations[column.name], column), _said(column))
            hints = get_type_hints(record)
            for member, value in vars(record).items():
                if isinstance(value, property):
                    returned = get_type_hints(value.fget)["return"]
                    lines += _attribute(member, " | ".join(map(_named, get_args(returned))), inspect.getdoc(value) or "")
                elif isinstance(value, tuple(LINKS)):
                    target = _named(get_args(get_args(hints[member])[0])[0])
                    lines += _attribute(member, LINKS[type(value)].format(target), inspect.getdoc(value) or "")
            lines += ["````", ""]
        return list(self.parse_text_to_nodes("\n".join(lines)))


class Evidence(SphinxDirective):
    """Every caveat with the records that it concerns and where these were read."""

    def run(self) -> list[nodes.Node]:
        """List them."""
        found: list[nodes.Node] = []
        for caveat in povdata.caveats:
            lines = [f"- {_cell(*path.split('/'))}" for path in caveat.records]
            self.env.domains.standard_domain.note_hyperlink_target(caveat.key, self.env.docname, caveat.key, caveat.key)
            found += [nodes.rubric("", caveat.key, ids=[caveat.key]), *self.parse_text_to_nodes("\n".join(lines))]
        return found


SHOWN = 4
"""So many places of a record are spelled out."""


def _cell(name: str, key: str, column: str = "") -> str:
    """A record, or one of its cells: what it is called, what it holds and where that was read."""
    record = povdata.tables()[name][key]
    column = column or ("value" if name == "observations" else "")
    found = dict.fromkeys(
        f"{item.locator}" + (f" “{item.characters}”" if item.characters else "")
        for item in povdata.evidence(record)
        if column in {"", item.column}
    )
    said = label(record.indicator_record if name == "observations" else record, "en").rstrip(".")
    place = getattr(record, "place_record", None)
    where = f"{label(place, 'en')}, " if place and name in {"observations", "designations"} else ""
    value = f", {column}" + ("" if getattr(record, column) is None else f" {getattr(record, column)}") if column else ""
    read = "; ".join(list(found)[:SHOWN]) + "; …" * (len(found) > SHOWN)
    return f"`{name}` {where}{said}{value}{': ' * bool(read)}{read}".replace("*", "\\*")


def _summary(record: type) -> str:
    return " ".join((record.__doc__ or "").split())


def _attribute(name: str, kind: str, text: str) -> list[str]:
    return [f"```{{py:attribute}} {name}", f":type: {kind}", "", text, "```", ""]


def _said(column: Column) -> str:
    """What a column says, with a link where it holds a key."""
    target = getattr(column.type, "table", None)
    return f"{column.description} A key of {{py:data}}`~povdata.{target}`." if target and column.name != "key" else column.description


def _spelled(annotation: Any, column: Column) -> str:
    """The type of a field as it is written in code; a long vocabulary as the text that it is."""
    inner = _bare(annotation)
    parts = get_args(inner) if isinstance(inner, UnionType) or get_origin(inner) is Union else (inner,)
    found = " | ".join("None" if part is NoneType else _named(_bare(part)) for part in parts)
    return found if column.required or "None" in found else f"{found} | None"


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _named(annotation: Any) -> str:
    for name in ("TableName", "ProvinceKey", "IndicatorKey"):
        if annotation == getattr(literals, name):
            return name
    if get_origin(annotation) is Literal:
        values = get_args(annotation)
        return f"Literal[{', '.join(map(repr, values))}]" if len(values) <= SPELLED_OUT else "str"
    if annotation is NoneType:
        return "None"
    if get_origin(annotation):
        return str(annotation)
    return str(annotation.__name__) if annotation.__module__ == "builtins" else f"{annotation.__module__}.{annotation.__name__}"


def hide_constructors(app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str | None, result: str | None) -> Any:  # noqa: ARG001, PLR0913, PLR0917  # the signature is Sphinx's
    """Nobody constructs tables, reports or errors by hand, so their arguments are left out."""
    return ("", None) if what in {"class", "exception"} and signature is not None else None


def part_attributes(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:  # noqa: ARG001  # the signature is Sphinx's
    """Attributes as a reference shows them: those that share a description each on its own line, the type beside the name."""
    found: list[str] = []
    options_at = 0  # where the options of the attribute at hand go
    for line in lines:
        if line.startswith(".. attribute:: "):
            first, *others = line.removeprefix(".. attribute:: ").split(", ")
            found += [f".. attribute:: {first}", *(f"               {other}" for other in others)]
            options_at = len(found)
        elif options_at and line.startswith("   :type: "):
            found.insert(options_at, line)
        else:
            found.append(line)
            options_at = options_at if line.startswith(" ") or not line else 0
    lines[:] = found


def refuse_undocumented(app: Sphinx, env: BuildEnvironment) -> None:  # noqa: ARG001  # the signature is Sphinx's
    """A public name that no page describes is worth a warning."""
    described = set(env.get_domain("py").data["objects"])
    missing = [name for name in povdata.__all__ if not name.startswith("__") and f"povdata.{name}" not in described]
    if missing:
        logger.warning("the pages do not describe %s; add them to api.md", ", ".join(missing))


class Page(HTMLParser):
    """The links of a page, and the places in it that can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and addresses."""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif (name == "href" and tag == "a") or (name == "src" and tag == "img"):
                self.links.add(value or "")


def refuse_dead_links(app: Sphinx, error: Exception | None) -> None:
    """A link within the site that leads nowhere is an error."""
    if error or app.builder.name != "html":
        return
    pages = {path.resolve(): Page(path) for path in Path(app.outdir).rglob("*.html") if "_static" not in path.parts}
    dead = []
    for path, page in pages.items():
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (target in pages and unquote(parts.fragment) not in pages[target].anchors):
                dead.append(f"{path.relative_to(app.outdir)}: {link}")
    if dead:
        raise ExtensionError("links that lead nowhere:\n" + "\n".join(dead))


def prepare_notebooks() -> None:
    """What the notebooks find: the commands of this environment, plain output, sharp figures."""
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.environ["NO_COLOR"] = "1"
    os.environ["MATPLOTLIBRC"] = str(Path(__file__).with_name("matplotlibrc"))
    font_manager.findfont("DejaVu Sans")  # matplotlib reports on its first search for fonts, which would stand in a notebook


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all this with Sphinx."""
    prepare_notebooks()
    app.add_directive("povdata-diagram", Diagram)
    app.add_directive("povdata-overview", Overview)
    app.add_directive("povdata-tables", Tables)
    app.add_directive("povdata-records", Records)
    app.add_directive("povdata-evidence", Evidence)
    app.connect("autodoc-process-signature", hide_constructors)
    app.connect("autodoc-process-docstring", part_attributes, priority=900)  # after napoleon
    app.connect("env-check-consistency", refuse_undocumented)
    app.connect("build-finished", refuse_dead_links)
    return {"version": povdata.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
