"""What a segment founds: an organ, a fund, a document, a register, a station.

成立污水治理领导小组 and 加强污水治理 share every word but the ones that matter: the theme is the
plan's own and stands everywhere, and what is new is the 领导小组. So where a verb founds something
(``tables/founding_verbs.csv``), its object is looked for on the other side. Objects of one class
(``tables/founded.csv``: 领导小组, 工作专班; 专项资金, 奖补资金) are one thing under two names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from policycmp.language.words import stop_words
from policycmp.tables import read_table

__all__ = ["after_means", "class_of", "founded"]

_JOINED = frozenset({"和", "与", "及", "以及", ""})
_NEXT = frozenset({"用于", "专门", "负责", "统筹", "协调", "专项"})
"""Words other than deeds that tell what the founded is for."""
_OPENING = re.compile(r"^(?:并|要)?(?:充分|积极|主动)?(?:通过|依托|借助|运用|利用|采取|采用|借鉴|结合|用好)")
_STILL_MEANS = re.compile(r"(?:方式|形式|手段|途径|模式|方法|办法|作用|优势|契机|机会|机遇|等)$")
_ARRANGEMENT = "arrangement"
_BEFORE_NOUN = frozenset({"的", "后", "时", "中", "过程"})


@cache
def _verbs(kind: str = "") -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("founding_verbs") if kind in ("", row["kind"]))


@cache
def _classes() -> tuple[dict[str, str], dict[str, list[int]]]:
    """Return the class of every ending of what is founded, and by last character how long endings are, longest first."""
    rows = {row["ending"]: row["class"] for row in read_table("founded")}
    lengths: dict[str, set[int]] = {}
    for ending in rows:
        lengths.setdefault(ending[-1], set()).add(len(ending))
    return rows, {last: sorted(sizes, reverse=True) for last, sizes in lengths.items()}


def class_of(norm: str) -> str | None:
    """Return the class of what is founded that a word names, or None.

    Examples
    --------
    >>> class_of("工作专班") == class_of("领导小组"), class_of("污水")
    (True, None)
    """
    rows, lengths = _classes()
    for length in lengths.get(norm[-1:], ()):
        kind = rows.get(norm[-length:])
        if kind is not None:
            return kind
    return None


def _is_head(norms: Sequence[str], k: int) -> bool:
    """Tell whether a noun ends its phrase: 设立专项资金用于…, not the 学校 of 建立学校食堂."""
    return k == len(norms) - 1 or norms[k + 1] in _follows()


@cache
def _follows() -> frozenset[str]:
    """Words that stand after a noun phrase."""
    deeds = frozenset(row["word"] for row in read_table("deeds"))
    return deeds | _NEXT | _JOINED | stop_words()


def founded(norms: Sequence[str]) -> tuple[str, ...]:
    """Return the objects a segment founds, the head nouns only; empty if it founds nothing known.

    Examples
    --------
    >>> founded(("成立", "污水", "治理", "领导小组"))
    ('领导小组',)
    >>> founded(("加强", "污水", "治理"))
    ()
    """
    at = next((k for k, norm in enumerate(norms) if norm in _verbs("found")), None)
    if at is None:
        return ()
    known = [k for k in range(at + 1, len(norms)) if class_of(norms[k]) and _is_head(norms, k)]
    if not known or class_of(norms[known[-1]]) == _ARRANGEMENT:
        return ()  # every plan has some 机制 or 制度: its theme says what it is
    last = known[-1]
    listed = [k for k in known if k == last or (k + 1 < len(norms) and norms[k + 1] in _JOINED)]
    return tuple(norms[k] for k in listed)


def after_means(text: str, norms: Sequence[str]) -> int | None:
    """Return the index in `norms` of the deed that follows an instrument, None if there is none.

    Examples
    --------
    >>> after_means("依托大数据平台建立企业档案", ("依托", "大", "数据", "平台", "建立", "企业", "档案"))
    4
    """
    if not _OPENING.match(text) or _STILL_MEANS.search(text):
        return None
    for k in range(2, len(norms) - 1):
        # 通过新建、改建 and 利用新建立的平台: the deed is the means itself or its attribute.
        if norms[k] in _verbs() and norms[k - 1] not in _JOINED and norms[k + 1] not in _BEFORE_NOUN:
            return k
    return None
