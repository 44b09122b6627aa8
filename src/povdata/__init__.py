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

__version__ = "0.2.0"

# Each public name once, by the module that it lives in; nothing is imported before it is asked for. `__init__.pyi` is generated from this.
_PUBLIC = {
    "catalog": (
        "provinces places delistings delisting_places events indicators observations practices people organizations designations "
        "industries images divisions county_codes poverty_counties announcements reconciliation caveats sources spans citations set_aside "
        "tables files"
    ),
    "exceptions": ("AmbiguousError CopyError DataError InvalidArgumentError MissingExtraError NotFoundError PositionError PovdataError"),
    "model.table": "Table",
    "installed": "evidence search verify",
    "analysis": "changes panel timeline",
    "checks": "check",
    "describing": "describe",
    "citing": "cite",
    "exports": "export",
    "plots": "plots",
}
_HOMES = {name: home for home, names in _PUBLIC.items() for name in names.split()}

__all__ = sorted([*_HOMES, "__version__"])  # noqa: PLE0605  # generated from the one list; the stub has it literally


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        module = sys.modules[__name__]  # with it, Python names the nearest
        raise AttributeError(f"module 'povdata' has no attribute {name!r}", name=name, obj=module)
    module = __import__(f"povdata.{_HOMES[name]}", fromlist=[name])
    value = globals()[name] = module if name == _HOMES[name] else getattr(module, name)
    return value


def __dir__() -> list[str]:
    return __all__
