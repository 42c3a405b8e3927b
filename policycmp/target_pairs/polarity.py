"""Whether more or less of an indicator demands more: ``tables/polarity.csv``.

A higher 巩固率 is a higher demand, a lower 辍学率 too. The table lists what is better when lower
(or, as a ceiling on a benefit, when higher), with the subject and where it is said; ``end`` rows
match the head of the phrase, which in Chinese stands last, so that 事故隐患整改率 is not taken for
事故. ``spent`` rows name what time is spent on, where a bare duration is better longer.
Everything the table does not know is left to the comparator and the kind of target.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["polarity", "removal_words", "spent"]


@cache
def removal_words() -> tuple[str, ...]:
    """Return the words for doing away with something bad (消除, 治理, 化解 …)."""
    return tuple(word for word, _, _ in _words("removal"))


def spent(indicator: str) -> bool:
    """Tell whether the indicator is something time is spent on, the longer the better (岗前培训15天).

    Examples
    --------
    >>> spent("新进教师岗前培训"), spent("不动产一般登记")
    (True, False)
    """
    phrase = fold(indicator).strip()
    return any(
        phrase.endswith(word) if match == "end" else word in phrase for word, _, match in _words("spent")
    )


@cache
def _words(role: str) -> tuple[tuple[str, str, str], ...]:
    rows = [(r["word"], r["better"], r["match"]) for r in read_table("polarity") if r["role"] == role]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


_TAIL = re.compile(
    r"(?:(?:占比|比例|比重|比率|水平|总量|总数|数量|人数|指标|标准|上限|增长|增速|[数量率])|[(（][^)）]{0,20}[)）])$"
)
_SHARE_OF = re.compile(r"(.{1,30})占(?!比).{1,30}(?:比重|比例|比率|百分比)")
_SIGN = {"higher": 1, "lower": -1, "neutral": 0}


@lru_cache(maxsize=8192)
def polarity(indicator: str) -> int | None:
    """Return 1 if a higher value demands more by ``tables/polarity.csv``, -1 if a lower, 0 if neither.

    None where the table does not know the indicator. A share of what has been removed or put
    right (黑臭水体消除比例, 污水处理率) is better when higher although its object is bad.

    Examples
    --------
    >>> polarity("初中年辍学率"), polarity("黑臭水体消除比例"), polarity("校长任期"), polarity("示范校")
    (-1, 1, 0, None)
    """
    phrase = fold(indicator).strip()
    share = _SHARE_OF.fullmatch(phrase)
    # 非化石能源占能源消费总量比重 is about 非化石能源, not about 能源消费总量.
    forms = {share[1]} if share else {phrase, _TAIL.sub("", phrase)}
    for word, better, match in _words("indicator"):
        if word not in phrase:  # nor in a part of it
            continue
        if any(f.endswith(word) if match == "end" else word in f for f in forms):
            if better == "lower" and any(w in phrase.replace(word, "") for w in removal_words()):
                return 1
            return _SIGN[better]
    return None
