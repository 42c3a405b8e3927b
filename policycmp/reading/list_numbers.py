"""The numbers Word prints before paragraphs, worked out as a reader sees them.

A paragraph with automatic numbering holds no number in its text: it names a list and a
level, directly or through its style; the list says how each level counts (一, (一), 1., ①),
where it starts and when it starts again. `ListNumbers` keeps the counters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["ListNumbers", "han_number", "number_text"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "〇一二三四五六七八九"


def han_number(value: int) -> str:
    """Return `value` as a Chinese numeral: 一, 十, 二十一, 一百零二.

    Examples
    --------
    >>> [han_number(n) for n in (3, 10, 12, 32, 102, 1110)]
    ['三', '十', '十二', '三十二', '一百零二', '一千一百一十']
    """
    if not 0 < value < 10_000:
        return str(value)
    text, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if zero and text else "") + _HAN[digit] + unit
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if 10 <= value < 20 else text


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    steps = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
    text = ""
    for size, sign in (*steps, (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text, value = text + sign * (value // size), value % size
    return text


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else f"({value})"


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": han_number,
    "chineseCountingThousand": han_number,
    "japaneseCounting": han_number,
    "taiwaneseCounting": han_number,
    "taiwaneseCountingThousand": han_number,
    "ideographDigital": lambda n: "".join(_HAN[int(d)] for d in str(n)),
    "japaneseDigitalTenThousand": lambda n: "".join(_HAN[int(d)] for d in str(n)),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalFullWidth": lambda n: str(n).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda n: "",
}


def number_text(style: str, value: int) -> str:
    """Return `value` counted in one of Word's number formats.

    Examples
    --------
    >>> number_text("chineseCounting", 12), number_text("decimalEnclosedCircle", 3)
    ('十二', '③')
    """
    return _STYLES.get(style, str)(value) if 0 < value < 10_000 else str(value)


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """One list (``w:num``): its levels, and the counters it shares with lists of the same kind."""

    levels: dict[int, _Level]
    kind: str
    restarts: set[int] = field(default_factory=set)


def _value(node: Any, tag: str, default: str | None = None) -> str | None:
    child = node.find(f"{_W}{tag}") if node is not None else None
    return default if child is None else child.get(f"{_W}val", default)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


class ListNumbers:
    """Works out paragraph numbers in document order.

    Parameters
    ----------
    numbering, styles : lxml elements or None
        The roots of ``word/numbering.xml`` and ``word/styles.xml``.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._style_levels: dict[tuple[str, str], int] = {}
        if styles is not None:
            for style in styles.iter(f"{_W}style"):
                pr = style.find(f"{_W}pPr/{_W}numPr")
                self._styles[style.get(f"{_W}styleId") or ""] = (
                    _value(pr, "numId"),
                    _value(pr, "ilvl"),
                    _value(style, "basedOn"),
                )
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        kinds = {a.get(f"{_W}abstractNumId"): a for a in numbering.iter(f"{_W}abstractNum")}
        linked = {_value(a, "styleLink"): a for a in kinds.values() if _value(a, "styleLink")}
        for num in numbering.iter(f"{_W}num"):
            kind = _value(num, "abstractNumId") or ""
            abstract = kinds.get(kind)
            link = _value(abstract, "numStyleLink")
            if link in linked:
                abstract = linked[link]
                kind = abstract.get(f"{_W}abstractNumId") or kind
            number = num.get(f"{_W}numId") or ""
            made = _List(self._levels(abstract, number), kind)
            for override in num.iter(f"{_W}lvlOverride"):
                level = _whole(override.get(f"{_W}ilvl"), 0)
                inner = override.find(f"{_W}lvl")
                if inner is not None:
                    made.levels[level] = _level(inner)
                start = _value(override, "startOverride")
                if start is not None:
                    made.levels.setdefault(level, _Level()).start = _whole(start, 1)
                    made.restarts.add(level)
            self._lists[number] = made

    def _levels(self, abstract: Any, number: str) -> dict[int, _Level]:
        levels = {}
        for lvl in abstract.iter(f"{_W}lvl") if abstract is not None else ():
            index = _whole(lvl.get(f"{_W}ilvl"), 0)
            levels[index] = _level(lvl)
            style = _value(lvl, "pStyle")
            if style:
                self._style_levels[number, style] = index
        return levels

    def number(self, paragraph: Any) -> str:
        """Return what Word prints before this paragraph, with the space a tab makes, or ''."""
        pr = paragraph.find(f"{_W}pPr")
        num, level = self._of(pr)
        made = self._lists.get(num or "")
        if made is None or level not in made.levels:
            return ""
        return self._count(num or "", made, level)

    def _of(self, pr: Any) -> tuple[str | None, int]:
        direct = pr.find(f"{_W}numPr") if pr is not None else None
        num, level = _value(direct, "numId"), _value(direct, "ilvl")
        style, seen = _value(pr, "pStyle"), set()
        while num is None and style and style not in seen:
            seen.add(style)
            num, inherited, above = self._styles.get(style, (None, None, None))
            if num is not None and level is None:
                level = inherited if inherited is not None else str(self._style_levels.get((num, style), 0))
            style = above
        return num, _whole(level, 0)

    def _count(self, num: str, made: _List, level: int) -> str:
        counters = self._counters.setdefault(made.kind, {})
        if level in made.restarts and (num, level) not in self._begun:
            counters.pop(level, None)
        self._begun.add((num, level))
        lv = made.levels[level]
        counters[level] = counters.get(level, lv.start - 1) + 1
        for below in [k for k in counters if k > level]:
            rule = made.levels.get(below, _Level()).restart
            if rule is None or rule > level:
                del counters[below]
        if lv.style == "bullet":
            return "• "

        def shown(m: re.Match[str]) -> str:
            at = int(m[1]) - 1
            of = made.levels.get(at, _Level())
            style = "decimal" if lv.legal and at < level else of.style
            return number_text(style, counters.get(at, of.start))

        text = re.sub(r"%([1-9])", shown, lv.pattern)
        gap = " " if text and lv.suffix != "nothing" and text[-1].isalnum() else ""
        return text + gap


def _level(lvl: Any) -> _Level:
    legal = lvl.find(f"{_W}isLgl")
    restart = _value(lvl, "lvlRestart")
    return _Level(
        style=_value(lvl, "numFmt", "decimal") or "decimal",
        pattern=_value(lvl, "lvlText", "") or "",
        start=_whole(_value(lvl, "start"), 1),
        suffix=_value(lvl, "suff", "tab") or "tab",
        restart=None if restart is None else _whole(restart, 0),
        legal=legal is not None,
    )
