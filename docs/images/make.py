"""Draw the pictures of the README: ``python docs/images/make.py``."""

from pathlib import Path

import policycmp as pc

HERE = Path(__file__).parent

if __name__ == "__main__":
    comparison = pc.compare("xiji-2025", "wuzhong-2023")
    for lang in ("zh", "en"):
        axes = pc.plot_alignment(comparison, lang=lang)
        axes.figure.savefig(HERE / f"alignment-{lang}.png", dpi=110, bbox_inches="tight")
