"""Draw the pictures of README and docs; run ``python tools/pictures.py`` after a change of what they show.

They are not compared in the tests, since each version of matplotlib draws a little differently.
"""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from PIL import Image

from povdata import plots

FOLDER = Path(__file__).parents[1] / "docs" / "_static"
PHONE = (3.4, 3.8)
SHARES = {"Hebei": 0.22, "Shanxi": 0.44, "Tibet": 0.26, "Yunnan": 0.35, "Guizhou": 0.36, "Gansu": 0.52, "Xinjiang": 0.38}  # made up


def on_phone(draw: Callable[..., Any]) -> None:
    """On a page as wide as a phone."""
    draw(ax=plt.subplots(figsize=PHONE, layout="constrained")[1])


def side_by_side() -> None:
    """Two tile maps in one figure."""
    left, right = plt.subplots(1, 2, figsize=(8, 4.8), layout="constrained")[1]
    plots.tile_map("poverty_counties", ax=left)
    plots.tile_map("last_batch_counties", ax=right)


PICTURES: dict[str, Callable[[], Any]] = {
    "county-map": plots.county_map,
    "county-map-zh": partial(plots.county_map, labels="zh"),
    "county-map-announced": partial(plots.county_map, "announced"),
    "poverty-rates": partial(plots.before_after, "poverty_rate"),
    "tile-map": plots.tile_map,
    "tile-map-own": partial(plots.tile_map, SHARES, title="A made-up share", source="made up", number_format=".0%"),
    "phone": partial(on_phone, plots.delisting_timeline),
    "side-by-side": side_by_side,
}


def main() -> None:
    """Draw them."""
    plt.switch_backend("agg")
    for name, draw in PICTURES.items():
        draw()
        save(name)
    with plt.style.context("dark_background"):
        plots.county_map()
        save("county-map-dark")
    Image.open(FOLDER / "county-map.png").convert("L").quantize(32).save(FOLDER / "county-map-grey.png", optimize=True)


def save(name: str) -> None:
    """Save the last figure in few colours, so that the file is small."""
    drawn = BytesIO()
    plt.savefig(drawn, dpi=130)
    plt.close()
    Image.open(drawn).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
