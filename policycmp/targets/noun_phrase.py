"""The noun phrase that follows a number, and what the items of a list share with the first.

A phrase ends where a predicate, a comma or the next item begins; of a modifier with 的 only the
head is kept, and where the classifier says what it counts (所: schools), the phrase ends there.
"""

from __future__ import annotations

import re
from functools import cache

from policycmp.targets.phrase_words import deed_at_start, little_words

__all__ = ["head_after", "share_modifier"]


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(rf"{little_words('predicate')}|各(?=配|建|设|有|安排|创)")


_STOP_AFTER = re.compile(r"[，,。；;：:、!?！？\n]|以及|并(?!网|联)|(?<=.)(?:和|与|及)(?=\d)")
_OF = re.compile(r"^(?:的|之)")


def head_after(words: str, heads: str = "", *, whole: bool = False) -> str:
    """Return the noun phrase that begins `words`; `heads` says what the classifier counts.

    Examples
    --------
    >>> head_after("试点学校德育、综合素质等评价", "学校|幼儿园")
    '试点学校'
    >>> head_after("在全区有一定影响力的教育家型教师", "教师")
    '教育家型教师'
    """
    words = _OF.sub("", words.strip())
    masked = _mask(words)
    m = _STOP_AFTER.search(masked)
    chunk = words[: m.start()] if m else ""
    if m and masked[m.start()] == "、" and heads and not whole and not re.search(heads, chunk):
        # 引领改革发展、在全市有影响力的校长: the list is inside the modifier.
        far = re.match(rf"[^,，。;；:：\d]{{0,40}}的[^,，。;；:：、\d]{{0,10}}(?:{heads})", words)
        m = re.compile(r"[,，。;；:：、]").search(masked, far.end()) if far else m
    elif m and masked[m.start()] == "、" and not whole and not heads:
        # 生态优美、功能完善的示范县城: so long as no item begins with a verb of its own.
        far = re.match(r"[^,，。;；:：\d]{0,80}的(?=[^,，。;；:：、的\d]{2,16}(?:[,，。;；:：]|$))", masked)
        if far and not any(deed_at_start().match(item) for item in far[0].split("、")[1:]):
            m = re.compile(r"[,，。;；:：]").search(masked, far.end())
    if m and m.start() > 1:
        words, masked = words[: m.start()], masked[: m.start()]
    if whole:
        return words.strip()
    m = _predicate().search(masked, 2)
    if m:
        words, masked = words[: m.start()], masked[: m.start()]
    last = masked.rfind("的")
    if 0 < last < len(words) - 2:
        words = words[last + 1 :]
    if heads:
        found = list(re.finditer(rf"(?:{heads})(?:\([^)]{{1,6}}\))?", words))
        if found:
            end = found[0].end()
            for nxt in found[1:]:
                if nxt.start() != end:
                    break
                end = nxt.end()
            words = words[:end]
    words = words.strip().rstrip("和与及、") if len(words) > 3 else words.strip()
    return words + "”" if words.count("“") > words.count("”") else words


def _mask(words: str) -> str:
    """The words with what stands in brackets and quotation marks blotted out."""
    return re.sub(r"\([^()]{0,20}\)|“[^“”]{0,40}”", lambda m: "〇" * len(m[0]), words)


def share_modifier(first: str, item: str) -> str:
    """Return `item` with the modifier it shares with the first of its list.

    Examples
    --------
    >>> share_modifier("“三进”工作示范县", "示范校")
    '“三进”工作示范校'
    """
    if len(item) < 3 or len(first) <= len(item):
        return item
    at = first.find(item[:2])
    return first[:at] + item if at > 0 else item
