"""Pictures of the data, drawn with matplotlib (povdata's extra ``plot``).

    axes = povdata.plots.delisting_timeline()
    axes.figure.savefig("timeline.pdf")

Each function draws into the Axes it is given, or into a new figure, and returns the Axes, whose size decides the size of the letters.
"""

from povdata.plots.charts import before_after, delisting_timeline, roster_exits
from povdata.plots.maps import county_map, tile_map

__all__ = ["before_after", "county_map", "delisting_timeline", "roster_exits", "tile_map"]


def __dir__() -> list[str]:
    return __all__
