"""One restrained palette, as data: a fixed colour for every relation.

``tables/palette.csv`` gives each relation a colour whose lightness falls in steps from
*copy* (dark) to *dropped* (paper with hatching): the darker, the closer to the template.
So the order survives grey print, and the hues (grey, blue, mauve, orange, sand) stay
apart for colour-blind readers; a test measures both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from policycmp.tables import read_table

if TYPE_CHECKING:
    from matplotlib.colors import LinearSegmentedColormap

__all__ = ["EFFECTS", "colour", "hatch", "ink_on", "ramp"]

EFFECTS: Mapping[str, str] = {"sharpen": "sharpen", "weaken": "weaken", "mixed": "mixed", "none": "adapt"}
"""The palette key for each effect of a target."""


@cache
def _palette() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in read_table("palette")}


def colour(key: str) -> str:
    """Return the colour of a relation or part of a chart.

    Examples
    --------
    >>> colour("copy"), colour("weaken")
    ('#17212B', '#EFAA55')
    """
    return _palette()[key]["colour"]


def hatch(key: str) -> str:
    """Return the hatching that goes with a colour, mostly none.

    Examples
    --------
    >>> hatch("copy"), hatch("dropped")
    ('', '/////')
    """
    return _palette()[key]["hatch"]


def ink_on(ground: str) -> str:
    """Return the text colour, dark or white, that reads better on `ground`.

    Examples
    --------
    >>> ink_on("#17212B"), ink_on("#EFDD94")
    ('#FFFFFF', '#1E2A36')
    """

    def luminance(hexa: str) -> float:
        parts = (int(hexa[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light = luminance(ground) + 0.05
    return "#FFFFFF" if 1.05 / light > light / (luminance(colour("ink")) + 0.05) else colour("ink")


def ramp() -> LinearSegmentedColormap:
    """Return the colour map for amounts: paper, blue-grey, ink; lightness falls evenly.

    Examples
    --------
    >>> ramp().name
    'policycmp'
    """
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list(
        "policycmp", ["#FFFFFF", "#D5DCE2", "#8FA1B0", "#4C6377", colour("ink")]
    )
