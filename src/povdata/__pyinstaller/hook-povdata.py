"""Read by PyInstaller when an application imports povdata."""

from pathlib import Path
from pkgutil import walk_packages

PACKAGE = Path(__file__).parents[1]

datas = [(str(PACKAGE / "data"), "povdata/data")]
hiddenimports = [
    module.name
    for module in walk_packages([str(PACKAGE)], "povdata.")
    if not module.name.startswith(("povdata.__", "povdata.completion"))  # this folder, the script, and what serves shells alone
]
