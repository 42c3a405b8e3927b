"""Naming a quantity: which of the words around it say what is counted or measured.

`read_phrase` takes the words before and after a number apart; `give_name` chooses between them
as `policycmp.targets.indicator` describes, with the turns plans are fond of: 按照不低于总额5%的比例安排经费
(the funds are named), 销售量达到销售总量的20% (what is measured, and of what), 3个可容纳2000人的基地
(the head after the next number), 中学不低于2.4间 (only what differs from the statement before).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policycmp.targets.indicator import Left, clean, read_left
from policycmp.targets.mention import Mention
from policycmp.targets.noun_phrase import head_after, share_modifier
from policycmp.targets.number_signs import sign_pattern
from policycmp.targets.per import find_per
from policycmp.targets.quantities import Quantity
from policycmp.targets.segments import Segment
from policycmp.targets.statements import Statements, level_in

__all__ = ["Phrase", "give_name", "read_phrase"]

_CLASSIFIED = {"count", "person", "lesson", "course", "household", "visit", "time"}
_FOLLOWS = re.compile(r"(?:的)?[一-鿿“\"(A-Za-z]")
_JOINS = re.compile(
    r"(?:和|与|及|并|以(?!上|[^,，、]{1,14}为[^,，、]{1,6}的)|用于|时|后|且|之|等|其中|(?:提高|提升|增加|下降|降)(?:到|至))"
)
_OPENS = ("等", "在", "对", "为", "给", "向")
_ALLOTTED = re.compile(
    r"(?:的(?:比例|标准|幅度|额度|要求))?\s?(?:安排|配备|配建|配置|提取|计提|预留|配套建设|配套|落实|设立|列支|给予|奖励|补助|建设)(?P<what>[一-鿿]{3,20})"
    r"|的(?:比例|标准|幅度|额度)\s?(?P<whole>[一-鿿]{3,20})"
)
_OF = re.compile(
    r"(?:(?:达|占|调整|提高|提升|降低|增加)到|相当于|达|占|按照?|为|不低于|不超过)(?P<of>[一-鿿(),、“”A-Z]{3,24}?)的?\s?$"
)
_GAP = re.compile(r"(?P<way>高于|快于|超过|低于|慢于)(?P<base>[^,，、]{2,16})$")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_IS_SHARE = re.compile(r"(?:率|比|例|重|度|数|面|值|额|量)$")
_LEVEL_AT_END = re.compile(r"(?:国家|自治区|省|市|区|县|乡|镇|校)级$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words around a number, taken apart."""

    raw: str
    after: str
    left: Left
    words: str
    verb: str
    scope: tuple[str, ...]
    of: str
    level: str | None
    stop: int

    @property
    def follows(self) -> bool:
        """Whether a noun follows the number."""
        return bool(_FOLLOWS.match(self.after)) and not _JOINS.match(self.after)


def read_phrase(s: Statements, q: Quantity, segment: Segment, begin: int, stop: int) -> Phrase:
    """Take apart the words from `begin` to the number and from it to `stop`."""
    raw, after = _after_period(s.undated(begin, q.left)), s.text[q.right : stop].strip()
    for each in reversed(find_per(raw)):
        if raw[each.start] == "每" and not raw[each.end :].strip() and each.start >= 2:
            raw = raw[: each.start]  # 建筑垃圾排放量每万平方米不高于300吨
    if len(after) <= 8 and not re.search(r"[、,，]", after):
        # 3个可容纳2000人的基地: a number inside the modifier does not end the phrase.
        longer = s.text[q.right : segment.end].strip()
        counted = (
            q.heads and not re.search(q.heads, after) and re.match(rf"[^、,，]{{1,24}}(?:{q.heads})", longer)
        )
        if counted or re.match(r"[^、,，]{1,20}的[一-鿿]{2}", longer):
            after = longer
    left = read_left(raw, bounded=q.left < q.start)
    gap = _GAP.search(raw) if q.dimension == "point" and not left.role else None
    if gap:
        left = Left(
            raw[: gap.start()],
            "",
            "up" if gap["way"] in ("高于", "快于", "超过") else "down",
            False,
            gap["base"],
        )
    keep = left.role in ("link", "up", "down") or q.kind == "rate"
    words, verb, scope = clean(left.words, keep_verb=keep)
    for each in reversed(find_per(words)):
        if words[each.start] == "每" and each.end == len(words) and each.start >= 2:
            words = words[: each.start]
    of, m = "", _OF.search(raw) if raw.rstrip().endswith("的") or q.style == "half" else None
    if m and not q.of and q.dimension in ("percent", "multiple") and not _YEAR.match(m["of"]):
        words, of = clean(read_left(raw[: m.start()], bounded=True).words, keep_verb=keep)[0], m["of"]
    level = _LEVEL_AT_END.search(words)
    if level and level.start() >= 2:
        words = words[: level.start()]
    return Phrase(raw, after, left, words, verb, scope, of, level_in(level[0]) if level else None, stop)


def _after_period(raw: str) -> str:
    """县委和县政府每三年评选表彰名师: what is done each period stands after it."""
    periods = [p for p in find_per(raw) if p.period and raw[p.start] == "每"]
    if not periods:
        return raw
    rest = raw[periods[-1].end :]
    return rest if clean(rest)[1] else raw


def give_name(
    s: Statements,
    m: Mention,
    q: Quantity,
    phrase: Phrase,
    segment: Segment,
    before: Mention | None,
    *,
    in_list: bool,
) -> None:
    """Set the indicator of a mention, and what it takes from the one before in its list."""
    if "name" in m.qualifiers or "citation" in m.qualifiers:
        _printed_name(s, m, q, phrase)
        return
    earlier = before if in_list else None
    near = before is not None and before.is_target and m.segment - before.segment <= 2
    subject = before.indicator if near and before is not None and not in_list else s.subject_before(segment)
    if not _from_list(m, q, phrase, earlier):
        m.indicator = _choose(s, m, q, phrase, subject, earlier)
        if earlier is not None and earlier.is_target:
            m.indicator = share_modifier(earlier.indicator, m.indicator)
            m.action = m.action or earlier.action
    m.indicator = m.indicator or phrase.words or subject or phrase.of
    if before is not None and not in_list:
        _parallel(m, phrase.words, before)
    at = s.text[q.right : phrase.stop].find(m.indicator) if m.indicator else -1
    _measured(m, q)
    if 0 <= at <= 24:
        m.end = max(m.end, q.right + at + len(m.indicator))


_OBJECT = re.compile(
    r"[宜应须要可](?:以|当)?(?:新建|建设|建造|建|布局|设置|配建|配置|采用)(?=[一-鿿]{2,12}$)"
)


def _measured(m: Mention, q: Quantity) -> None:
    """在县城宜建设多层住宅,最高不超过18层: a bounded number of floors is the height of the building."""
    case = m.indicator.endswith("的") and len(m.indicator) > 2 and "condition" in m.qualifiers
    m.indicator = m.indicator[:-1] if case else m.indicator
    if q.unit != "层" or q.comparator == "=" or not m.indicator or ("condition" in m.qualifiers and not case):
        return
    building = _OBJECT.split(m.indicator)[-1]
    m.indicator = building if re.search(r"层数?$|高度$|率$|比例?$", building) else f"{building}层数"


def _printed_name(s: Statements, m: Mention, q: Quantity, phrase: Phrase) -> None:
    hold = s.layout.title if "citation" in m.qualifiers else s.layout.quotation
    span = hold(q.start, q.end)
    quote = s.text[span[0] + 1 : span[1] - 1] if span else ""
    m.indicator = (
        quote or s.text[q.start : q.end] + re.split(r"[和与及]", head_after(phrase.after, q.heads))[0][:12]
    )
    if s.text.startswith(m.indicator, q.start):
        m.end = q.start + len(m.indicator)


def _from_list(m: Mention, q: Quantity, phrase: Phrase, before: Mention | None) -> bool:
    """Take the name from the item before, where this one has none: true if it was taken."""
    if before is None:
        return False
    if "baseline" in before.qualifiers and len(phrase.words) < 4:
        m.indicator, m.start = before.indicator, min(m.start, before.start)
        return True
    bare = re.sub(r"^[\s、,，和及与或;；]+|分别|达到|达|为|约|和|及", "", phrase.raw)
    if bare and level_in(bare, whole=True) is None:
        return False
    if not bare and phrase.follows and before.end > before.right:
        return False  # 1000万吨以下常减压、150万吨以下催化裂化: each names its own after the number
    m.indicator, m.action, m.per, m.level = before.indicator, before.action, before.per, level_in(phrase.raw)
    m.qualifiers.append("list")
    m.qualifiers += [mark for mark in before.qualifiers if mark.startswith(("change:", "base:"))]
    if phrase.follows and q.dimension in _CLASSIFIED and not m.level:
        m.indicator = head_after(phrase.after, q.heads) or before.indicator
    return True


def _choose(
    s: Statements, m: Mention, q: Quantity, phrase: Phrase, subject: str, before: Mention | None
) -> str:
    words, after, left, follows = phrase.words, phrase.after, phrase.left, phrase.follows
    opens = phrase.raw.rstrip().endswith(_OPENS)
    allotted = _ALLOTTED.match(after)
    if allotted and re.search(r"(?:按照?|以)\s?$", phrase.raw):
        return allotted["what"] or allotted["whole"]
    if phrase.of:
        return words
    if q.dimension == "bandwidth" and after.startswith("到"):
        network = before.indicator.partition("到")[0] if before is not None else words
        return network + head_after(after, whole=True)  # 教育网络万兆到县(区)、千兆到桌面
    if follows and q.dimension in ("duration", "workday") and s.text[q.end : q.right].endswith("内"):
        doing = head_after(after, whole=True)
        return words + doing if len(words + doing) <= 18 else doing
    if (
        follows
        and q.dimension == "duration"
        and sign_pattern("lasting").fullmatch(words)
        and "condition" not in m.qualifiers
    ):
        return head_after(after, whole=True)  # 连续3年减免场地租金: what lasts so long
    if follows and "condition" in m.qualifiers:
        return _concerned(after, q) or words
    if (
        follows
        and q.dimension == "percent"
        and after.startswith("的")
        and words
        and not left.role
        and len(words) <= 8
    ):
        return f"{words}{head_after(after, q.heads)}"
    if follows and q.dimension == "percent" and words and not left.role and not _IS_SHARE.search(words):
        return words + head_after(after, whole=True)[:16]  # 城镇新建建筑100%执行绿色建筑标准
    if left.role in ("up", "down") and not words and follows and q.dimension in _CLASSIFIED:
        return head_after(after, q.heads)
    if left.role in ("link", "up", "down") and not (follows and left.verb in ("在", "为") and not words):
        return words or subject or (head_after(after, q.heads) if follows else "")
    if follows and (not words or left.role == "do" or q.dimension in _CLASSIFIED or opens):
        whole = not words and not left.role and before is None and q.dimension != "ratio"
        return head_after(after, q.heads, whole=q.dimension == "percent" or whole)
    if left.role == "do" and not follows:
        if left.base or (len(words) >= 6 and left.verb in ("完成", "实现")):
            return words
        # 节能改造5000万平方米, 一次性奖励30万元: with nothing after it, the verb is the noun.
        return clean(phrase.raw.rstrip(" 了达到约"))[0] or words + left.verb
    if follows and len(words) <= 2 and q.dimension == "money":
        return head_after(after) or words  # 处一万元以上五万元以下的罚款
    return words or ("" if phrase.raw.rstrip().endswith("的") else head_after(after) if follows else "")


def _concerned(after: str, q: Quantity) -> str:
    """Whom or what a threshold selects: 残疾学生 of 5名以上残疾学生随班就读的普通学校."""
    near = re.match(rf"(?:(?![和与及])[一-鿿]){{0,8}}?(?:{q.heads})", after) if q.heads else None
    if near and q.dimension == "person":
        return near[0].removeprefix("的")
    if q.dimension == "duration":
        relative = re.match(r"[^,，。;；]{1,24}?的[一-鿿()、]{2,12}?(?=[在应要须,，。;；]|$)", after)
        return relative[0] if relative else head_after(after, q.heads)
    return head_after(re.split(r"和(?=在|对|为)", after)[0], q.heads)


def _parallel(m: Mention, words: str, before: Mention) -> None:
    """每百名学生拥有教室小学不低于2.3间,中学不低于2.4间: the second says only what differs."""
    near = before.segment + 1 == m.segment and before.unit == m.unit and before.comparator == m.comparator
    if (
        near
        and 0 < len(words) <= 3
        and words[-1] == before.indicator[-1:]
        and len(before.indicator) > len(words) + 2
    ):
        m.indicator, m.per = before.indicator[: -len(words)] + words, m.per or before.per
