"""How binding a plan is as a whole: its sentences by the strength of their wording.

Each measure (sentence) is graded with `policycmp.language.wording.strength`, segment by segment; the
sentence takes the grade farthest from a plain statement, the lenient one where two are
equally far. ``tables/modality_bands.csv`` cuts the scale into five bands.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policycmp.language.wording import PLAIN, strength
from policycmp.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["modality_band", "modality_profile"]


def modality_band(text: str) -> str:
    """Return the band of a sentence, ``"5"`` (must) to ``"1"`` (may).

    Examples
    --------
    >>> modality_band("鼓励学校开展试点"), modality_band("落实责任"), modality_band("严禁有偿补课，落实责任")
    ('1', '3', '5')
    """
    grades = [strength(part) for part in re.split(r"[，。；：,;:\n]", text) if part.strip()]
    grade = max(grades, key=lambda g: (abs(g - PLAIN), -g), default=PLAIN)
    return next(row["band"] for row in read_table("modality_bands") if grade >= float(row["from"]))


def modality_profile(plan: Plan) -> pd.DataFrame:
    """Return how many of a plan's sentences fall into each band of modality.

    Returns
    -------
    DataFrame
        Columns band, count, share; strictest band first.

    Examples
    --------
    >>> import policycmp as pc
    >>> modality_profile(pc.load_plan("xiji-2025"))["band"].tolist()
    ['5', '4', '3', '2', '1']
    """
    import pandas as pd

    texts = plan.measures["text"].tolist()
    found = Counter(modality_band(text) for text in texts)
    bands = [row["band"] for row in read_table("modality_bands")]
    return pd.DataFrame(
        {
            "band": bands,
            "count": [found[b] for b in bands],
            "share": [found[b] / len(texts) if texts else 0.0 for b in bands],
        }
    )
