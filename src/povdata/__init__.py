"""How 15 Chinese regions took all their poverty counties off the list: a dataset read from one news article.

>>> import povdata
>>> povdata.provinces["630000"].name_en
'Qinghai'
>>> hebei = povdata.places.lookup("河北")
>>> for rate in povdata.observations.where(indicator="poverty_rate").within(hebei):
...     print(rate.period, rate.value)
2014 54.4
2019 0.46
>>> [str(item.locator) for item in povdata.evidence(rate, "value")]
['7:96-101']
"""

import sys

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from povdata import plots
    from povdata.catalog import (
        caveats,
        citations,
        delisting_places,
        delistings,
        designations,
        events,
        images,
        indicators,
        industries,
        observations,
        organizations,
        people,
        places,
        poverty_counties,
        practices,
        provinces,
        reconciliation,
        set_aside,
        sources,
        spans,
        tables,
    )
    from povdata.citing import cite
    from povdata.dictionary import describe
    from povdata.exceptions import (
        AmbiguousError,
        CopyError,
        DataError,
        InvalidArgumentError,
        MissingExtraError,
        NotFoundError,
        PositionError,
        PovdataError,
    )
    from povdata.exporting import export
    from povdata.installed import verify
    from povdata.integrity import check
    from povdata.provenance import evidence
    from povdata.reading import files
    from povdata.table import Table
    from povdata.views import changes, timeline

# Where each public name lives; nothing is imported before it is asked for.
_HOMES = {
    **dict.fromkeys(
        (
            "caveats",
            "citations",
            "delisting_places",
            "delistings",
            "designations",
            "events",
            "images",
            "indicators",
            "industries",
            "observations",
            "organizations",
            "people",
            "places",
            "poverty_counties",
            "practices",
            "provinces",
            "reconciliation",
            "set_aside",
            "sources",
            "spans",
            "tables",
        ),
        "catalog",
    ),
    **dict.fromkeys(
        (
            "AmbiguousError",
            "CopyError",
            "DataError",
            "InvalidArgumentError",
            "MissingExtraError",
            "NotFoundError",
            "PositionError",
            "PovdataError",
        ),
        "exceptions",
    ),
    "Table": "table",
    "changes": "views",
    "check": "integrity",
    "cite": "citing",
    "describe": "dictionary",
    "evidence": "provenance",
    "export": "exporting",
    "files": "reading",
    "plots": "plots",
    "timeline": "views",
    "verify": "installed",
}

__all__ = (
    "AmbiguousError",
    "CopyError",
    "DataError",
    "InvalidArgumentError",
    "MissingExtraError",
    "NotFoundError",
    "PositionError",
    "PovdataError",
    "Table",
    "__version__",
    "caveats",
    "changes",
    "check",
    "citations",
    "cite",
    "delisting_places",
    "delistings",
    "describe",
    "designations",
    "events",
    "evidence",
    "export",
    "files",
    "images",
    "indicators",
    "industries",
    "observations",
    "organizations",
    "people",
    "places",
    "plots",
    "poverty_counties",
    "practices",
    "provinces",
    "reconciliation",
    "set_aside",
    "sources",
    "spans",
    "tables",
    "timeline",
    "verify",
)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        module = sys.modules[__name__]  # with it, Python names the nearest
        raise AttributeError(f"module 'povdata' has no attribute {name!r}", name=name, obj=module)
    module = __import__(f"povdata.{_HOMES[name]}", fromlist=[name])
    value = globals()[name] = module if name == _HOMES[name] else getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
