"""Draw the pictures of the README; run ``python tools/pictures.py`` after a change of what they show.

They are not compared in the tests, since each version of matplotlib draws a little differently.
"""

from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt

from povdata import plots

FOLDER = Path(__file__).parents[1] / "docs" / "_static"


def main() -> None:
    """Draw them."""
    plt.switch_backend("agg")
    for name, draw in (("poverty-rates", partial(plots.before_after, "poverty_rate")), ("tile-map", plots.tile_map)):
        draw()
        plt.savefig(FOLDER / f"{name}.png", dpi=130, metadata={"Software": None}, bbox_inches="tight", facecolor="white")


if __name__ == "__main__":
    main()
