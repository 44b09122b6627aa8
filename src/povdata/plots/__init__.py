"""Pictures of the data, drawn with matplotlib (povdata's extra ``plot``).

    axes = povdata.plots.delisting_timeline()
    axes.figure.savefig("timeline.pdf")

Each function draws into the Axes it is given, or into a new figure, and returns the Axes, whose size decides the size of the letters.
"""

from povdata.plots.counties import county_map
from povdata.plots.dumbbells import before_after
from povdata.plots.exits import roster_exits
from povdata.plots.tiles import tile_map
from povdata.plots.timeline import delisting_timeline

__all__ = ["before_after", "county_map", "delisting_timeline", "roster_exits", "tile_map"]


def __dir__() -> list[str]:
    return __all__
