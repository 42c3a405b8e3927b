"""What a copy changes when it moves to another place, turned into placeholders.

A county that copies the city's plan writes 全县 for 全市, 县教育体育局 for 市教育局, 西吉县 for
吴忠市, 县第三中学 for 市第一中学, 各乡镇 for 各县(市、区). None of that is a change, so such words
get the same ``norm`` before anything is compared. Forms and names are tables
(``localised_forms``, ``agencies``, ``synonyms``, ``divisions``); a form counts only where it
begins and ends at word boundaries of the tokenizer, so 全市 is not found in 全市场, nor 市委 in
各市委托.

The level of the plan's own place matters: in a city's plan 全市 is the jurisdiction itself, in
a county's plan it is the city above, and a county that aims to lead 全市 has not merely
localised. Where the place is not known, every level counts as the own one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policycmp.language.forms import Forms, Naming, forms, naming
from policycmp.language.words import Word, cut, word_of
from policycmp.tables import read_table
from policycmp.text import fold

__all__ = ["PLACEHOLDERS", "localise", "names_agency"]

PLACEHOLDERS = frozenset(
    {
        "〈地〉",
        "〈全域〉",
        "〈党委〉",
        "〈政府〉",
        "〈直属〉",
        "〈级〉",
        "〈域〉",
        "〈情〉",
        "〈下级〉",
        "〈文号〉",
    }
)
"""Norms that say only that a jurisdiction speaks here, nothing of what about."""


def names_agency(norm: str) -> bool:
    """Tell whether a norm stands for a department, whatever jurisdiction's.

    Examples
    --------
    >>> names_agency("〈教育〉"), names_agency("〈全域〉"), names_agency("〈校:中学〉"), names_agency("教育")
    (True, False, False, False)
    """
    return norm[0] == "〈" and norm not in PLACEHOLDERS and not norm.startswith("〈校")


_DOCUMENT_NUMBER = re.compile(r"[〔\[【(]\d{4}[〕\]】)]\s?第?\d{1,5}号")
_BELOW = re.compile(
    r"各(?:乡镇|街道|地级以上市|设区市|设区的市|自治县|自治州|自治区|直辖市|开发区|园区|[省市州盟县区旗乡镇地]|[、()<>〈〉])"
    r"{1,20}(?:人民政府|政府|行署)?"
)


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    """Return a pattern for schools and for what else goes by a number (第一人民医院, 第二污水处理厂)."""
    sites = "|".join(sorted((row["word"] for row in read_table("numbered_sites")), key=len, reverse=True))
    return re.compile(
        r"(?:第?[一二三四五六七八九十\d]{1,3})?(?P<kind>(?:高级|初级|实验|职业|民族|回民|完全)?(?:中学|小学)|幼儿园|高中|初中)|"
        r"第?[一二三四五六七八九十\d]{1,3}(?P<short>[中小幼])|"
        rf"第[一二三四五六七八九十\d]{{1,3}}(?P<site>[一-鿿]{{0,4}}(?:{sites}))"
    )


_SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?|[。；;\n]")
_SHORT_SCHOOL = {"中": "中学", "小": "小学", "幼": "幼儿园"}
_NUMERAL_SIGNS = "零〇一二两三四五六七八九十百千"
_NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千]{2,8}|[二两三四五六七八九十]")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1000}


def _number(numerals: str) -> str | None:
    """Return a Chinese numeral below 10 000 in digits, None if it is not one (二三 is a range)."""
    total = digit = 0
    for before, c in zip(" " + numerals, numerals, strict=False):
        if c in _UNIT:
            total += (digit or 1) * _UNIT[c]
            digit = 0
        elif before in _DIGIT and before not in "零〇":
            return None
        else:
            digit = _DIGIT[c]
    return str(total + digit)


def localise(text: str, place: str | None = None) -> tuple[Word, ...]:
    """Return the words of `text`, with placeholders as ``norm`` where localisation exchanges words.

    Parameters
    ----------
    text : str
        A clause or sentence.
    place : str, optional
        The jurisdiction whose plan it stands in (``"吴忠市"``).

    Examples
    --------
    >>> [word.norm for word in localise("市教育局推进全市2万平方米校舍建设", "吴忠市")]
    ['〈教育〉', '推进', '〈全域〉', '20000', '平方米', '校舍', '建设']
    >>> [word.norm for word in localise("县教育体育局推进全县20000平方米校舍建设", "西吉县")]
    ['〈教育〉', '推进', '〈全域〉', '20000', '平方米', '校舍', '建设']
    """
    own = naming(place)
    # Sentence by sentence, each kept: clauses and their measures share sentences, and so do plans.
    pieces = _SENTENCE.findall(text)
    if len(pieces) == 1:
        return _localise(text, own.within(fold(text)))
    out: list[Word] = []
    at = 0
    for piece in pieces:
        words = _localise(piece, own.within(fold(piece)))
        out.extend([word_of((t, a + at, b + at, n)) for t, a, b, n in words] if at else words)
        at += len(piece)
    return tuple(out)


@lru_cache(maxsize=16384)
def _localise(text: str, own: Naming) -> tuple[Word, ...]:
    folded = fold(text)
    words = cut(text)
    known = forms(own)
    runs = _whole_runs(folded)
    changing = _may_change()
    out: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        first = folded[word.start]
        if first not in known.reach and first not in changing and word.start not in runs:
            out.append(word)  # most words: nothing begins so that could be another's form
            at += 1
            continue
        taken, norm = _take(folded, words, at, known, runs)
        if taken == 1 and norm is None:
            out.append(_plain(folded, word, out[-1] if out else None))
            at += 1
            continue
        end = words[at + taken - 1].end
        out.append(Word(text[word.start : end], word.start, end, norm or ""))
        at += taken
    return tuple(out)


def _whole_runs(folded: str) -> dict[int, tuple[int, str]]:
    """Where document numbers and 各县(市、区) stand: start → (end, norm)."""
    runs: dict[int, tuple[int, str]] = {}
    for found in _BELOW.finditer(folded):
        end = found.end()
        while folded[end - 1] in "、(<〈":
            end -= 1
        if end - found.start() > 1:
            runs[found.start()] = (end, "〈下级〉")
    for found in _DOCUMENT_NUMBER.finditer(folded):
        start = found.start()
        while start > 0 and found.start() - start < 8 and "\u3400" <= folded[start - 1] <= "\u9fff":
            start -= 1
        if start > 0 and "\u3400" <= folded[start - 1] <= "\u9fff":
            start = found.start()  # the sentence runs on before the issuer's code: leave it out
        runs[start] = (found.end(), "〈文号〉")
    return runs


def _take(
    folded: str, words: tuple[Word, ...], at: int, known: Forms, runs: dict[int, tuple[int, str]]
) -> tuple[int, str | None]:
    """Return how many words from `at` make one localised word and its norm; (1, None) for none."""
    start = words[at].start
    if start in runs:
        end, norm = runs[start]
        for taken in range(1, len(words) - at + 1):
            if words[at + taken - 1].end >= end:
                return (taken, norm) if words[at + taken - 1].end == end else (1, None)
    first = folded[start]
    if first == "第":
        return _school(folded, words, at, at)
    reach = known.reach.get(first)
    if reach is None:
        return 1, None
    taken = 0
    norm_found: str | None = None
    for size in range(1, min(9, len(words) - at) + 1):
        end = words[at + size - 1].end
        if end - start > reach:
            break
        found = known.norm(folded[start:end])
        if found is not None:
            taken, norm_found = size, found
    if taken > 1 and norm_found == "〈地〉" and words[at].norm not in known.places:
        # 会同县医保局: the county 会同 is also a verb, and the level belongs to the agency.
        level = words[at + taken - 1].start
        if any(
            known.norm(folded[level : words[k].end]) not in (None, "〈地〉")
            for k in range(at + taken, min(at + taken + 4, len(words)))
        ):
            return 1, None
    is_place = norm_found == "〈地〉" or (norm_found is None and words[at].norm in known.places)
    if is_place:
        after = at + (taken or 1)
        school = _school(folded, words, at, after)
        if school[1] is not None:
            return school
        if (
            norm_found is None
            and after < len(words)
            and words[after].norm
            and words[after].start == words[at].end
        ):
            return 1, "〈地〉"  # 县职业中学, 市特殊教育学校: the level stands for the place
    return (taken, norm_found) if norm_found is not None else (1, None)


def _school(folded: str, words: tuple[Word, ...], at: int, after: int) -> tuple[int, str | None]:
    """Take a school's name that begins at word `after`, as part of what begins at `at`."""
    if after >= len(words):
        return 1, None
    found = _numbered().match(folded, words[after].start)
    if found:
        kind = found["kind"] or found["site"] or _SHORT_SCHOOL[found["short"]]
        for last in range(after, min(after + 4, len(words))):
            if words[last].end == found.end():
                return last - at + 1, f"〈校:{kind}〉"
    return 1, None


@lru_cache(maxsize=1)
def _after_figure() -> dict[str, str]:
    return {row["word"]: row["norm"] for row in read_table("synonyms") if row["after_figure"] == "1"}


@lru_cache(maxsize=1)
def _may_change() -> frozenset[str]:
    """Return first characters of words whose usual form may be another: numerals, units, numbered schools."""
    return frozenset({*_NUMERAL_SIGNS, "第", *(word[0] for word in _after_figure())})


def _plain(folded: str, word: Word, before: Word | None) -> Word:
    """Return a word that is not localised with numerals and units in their usual form."""
    norm = word.norm
    if (
        norm in _after_figure()
        and before is not None
        and (before.norm[:1].isdigit() or before.norm in ("每", "一", "几"))
    ):
        norm = _after_figure()[norm]
    elif norm and norm[0] in _NUMERAL_SIGNS and _NUMERALS.fullmatch(norm):
        norm = _number(norm) or norm
    return word if norm == word.norm else Word(word.text, word.start, word.end, norm)
