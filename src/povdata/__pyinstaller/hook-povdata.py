"""Read by PyInstaller when an application imports povdata."""

from pathlib import Path
from pkgutil import walk_packages

PACKAGE = Path(__file__).parents[1]

datas = [
    (str(path), str(path.parent.relative_to(PACKAGE.parent)))
    for path in PACKAGE.rglob("*")
    if path.is_file() and path.suffix not in (".py", ".pyc", ".pyi")
]
hiddenimports = [
    module.name
    for module in walk_packages([str(PACKAGE)], "povdata.")
    if not module.name.startswith(("povdata.__", "povdata.completion"))  # this folder, the script, and what serves shells alone
]
