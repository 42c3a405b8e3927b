"""The verbs and little words around an indicator: ``tables/actions.csv`` and ``tables/phrase_words.csv``.

Verbs have a role: *link* (达到, 为), *up* and *down* (提高, 下降), *do* (新建, 培育). Little words have a
place: before a number or phrase, after it, between. A word counts only where its neighbours
allow it: 约 before a number is one, in 节约 it is not.
"""

from __future__ import annotations

import re
from functools import cache

from policycmp.tables import read_table

__all__ = ["deed_at_start", "little_words", "verb_at_end", "verb_roles"]


@cache
def verb_roles() -> dict[str, str]:
    """Return the role of every verb that may stand before a number."""
    roles: dict[str, str] = {}
    for row in read_table("actions"):
        roles.setdefault(row["word"], row["role"])  # 增加 before a number is first a change, then a deed
    return roles


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def verb_at_end() -> re.Pattern[str]:
    """Return a pattern for a verb that ends a text; 行为 and 基础上 end with none."""
    rows = sorted(read_table("actions"), key=lambda row: -len(row["word"]))
    words = dict.fromkeys(
        (f"(?<![{r['not_after']}])" if r["not_after"] else "") + re.escape(r["word"]) for r in rows
    )
    return re.compile(rf"(?:{'|'.join(words)})$")


@cache
def deed_at_start() -> re.Pattern[str]:
    """Return a pattern for a verb of doing that begins a text and is not part of a noun."""
    deeds = [row["word"] for row in read_table("actions") if row["role"] in ("do", "fill")]
    words = [w for w in deeds if len(w) > 1 and w not in ("完成", "实现")]
    # 建设用地, 培训合格率, 新增学位: the verb is part of a noun and stays.
    not_noun = r"(?!用地|标准|面积|规模|水平|率|合格|资金|投资|经费|成本|强度|占比|比例|的|总|量|人数|次数|时间|能力|任期|目标|收入|周期|后|区|投|本|中(?!小|学|职|医|心|等)|力)"
    return re.compile(rf"(?:{_any(words)}){not_noun}|完成|实现")


@cache
def little_words(place: str) -> str:
    """The words of ``tables/phrase_words.csv`` for a place, as one alternative; 约 is a word, 节约 is not."""
    rows = sorted(
        (row for row in read_table("phrase_words") if row["place"] == place),
        key=lambda row: -len(row["word"]),
    )
    return "|".join(
        (f"(?<![{row['not_after']}])" if row["not_after"] else "")
        + re.escape(row["word"])
        + (f"(?!{row['not_before']})" if row["not_before"] else "")
        for row in rows
    )
