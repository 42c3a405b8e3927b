"""Chinese text in figures, on any machine, without touching the user's matplotlib.

matplotlib ships no Chinese font and many machines have none. The package
``pylopdf-fonts-zh-cn`` carries Noto Sans SC (OFL, covers GBK); it is made known to
matplotlib on first use, once. Charts draw inside `chinese_context`: matplotlib's own
defaults, this font with DejaVu Sans behind it, no mathtext (a ``$`` in a heading is a
dollar), PDF text as fonttype 3 and SVG text as outlines. What the user has set is back
when the context closes, and figures stay right because text keeps the font it was made
with. Characters neither font has are drawn as 〓, the printer's mark for a missing type.

The same font files measure text, so charts can shorten and wrap labels before drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

__all__ = [
    "FAMILIES",
    "balance",
    "chinese_context",
    "drawable",
    "shorten",
    "text_width",
    "use_chinese_font",
    "wrap",
]

FAMILIES = ("Noto Sans SC", "DejaVu Sans")
"""The packaged font and, behind it, the one matplotlib brings."""

_HINTING = 1.04
"""On screen, letters are moved to whole pixels, and a line comes out up to this much longer than it measures."""

_NO_LINE_START = "，。、；：？！）》」』】〕”’%％,.;:?!)]}·…"
_NO_LINE_END = "（《「『【〔“‘([{"


@cache
def _register() -> str:
    """Make the packaged font known to matplotlib; a second `addfont` would list it twice, hence the cache."""
    from matplotlib.font_manager import fontManager
    from pylopdf_fonts_zh_cn import sans_path

    fontManager.addfont(str(sans_path()))
    # A font of the same name on the user's system (often a variable one, drawn hair-thin) must not win the tie.
    fontManager.ttflist.insert(0, fontManager.ttflist.pop())
    return FAMILIES[0]


def use_chinese_font() -> str:
    """Set matplotlib's font to the packaged Chinese one, for your own figures; return its name.

    policycmp's charts do not need this and never change your settings. Call it when you
    draw, or add text to a finished chart, yourself.

    Examples
    --------
    >>> import matplotlib
    >>> with matplotlib.rc_context():  # here only so that the example leaves no trace
    ...     use_chinese_font()
    'Noto Sans SC'
    """
    import matplotlib

    name = _register()
    matplotlib.rcParams["font.family"] = list(FAMILIES)
    return name


@contextmanager
def chinese_context(rc: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Draw with matplotlib's defaults and the packaged font; the user's settings are back afterwards.

    Parameters
    ----------
    rc : mapping, optional
        Further settings for the block.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["font.family"]
    >>> with chinese_context({"font.size": 8}):
    ...     matplotlib.rcParams["font.family"]
    ['Noto Sans SC', 'DejaVu Sans']
    >>> matplotlib.rcParams["font.family"] == before
    True
    """
    import matplotlib.style

    _register()
    ours = {
        "font.family": list(FAMILIES),
        "text.parse_math": False,
        "text.usetex": False,
        "pdf.fonttype": 3,
        "ps.fonttype": 3,
        "svg.fonttype": "path",
        "svg.hashsalt": "policycmp",
    }
    interactive = matplotlib.is_interactive()
    try:
        with matplotlib.style.context(["default", {**ours, **(rc or {})}]):
            try:
                yield
            finally:
                # A notebook's backend is loaded by the first figure and turns this on: that is no setting of ours.
                interactive = matplotlib.is_interactive()
    finally:
        matplotlib.interactive(interactive)


@cache
def _faces() -> tuple[FT2Font, ...]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    _register()
    return tuple(get_font(findfont(FontProperties(family=[name]))) for name in FAMILIES)


@cache
def _advance(char: str) -> float | None:
    """Width of a character as a share of the type size; None where neither font has it."""
    for face in _faces():
        if index := face.get_char_index(ord(char)):
            face.set_size(100, 72)
            # The linear advance is that of the design, whatever hinting does to the letter.
            return float(face.load_glyph(index).linearHoriAdvance) / 65536 / 100
    return None


def drawable(text: str) -> str:
    """Return `text` on one line, with 〓 for every character no font here can draw.

    Examples
    --------
    >>> drawable("教育质量\\n提升\\ue000")
    '教育质量 提升〓'
    """
    return "".join(c if _advance(c) is not None else "〓" for c in " ".join(text.split()))


def text_width(text: str, size: float) -> float:
    """Return the width of `text` in points when set in type of `size` points.

    Examples
    --------
    >>> round(text_width("教育", 10))
    20
    """
    return size * sum(1.0 if (w := _advance(c)) is None else w for c in text)


def shorten(text: str, width: float, size: float, *, keep: str = "") -> str:
    """Return `text` cut with … to at most `width` points; `keep` stands before it and is never cut.

    Examples
    --------
    >>> shorten("实现义务教育优质均衡发展", 80, 10, keep="7. ")
    '7. 实现义务教…'
    """
    keep, text = drawable(keep) + (" " if keep.endswith(" ") else ""), drawable(text)
    width /= _HINTING
    if text_width(keep + text, size) <= width:
        return keep + text
    room = width - text_width(keep + "…", size)
    for n, char in enumerate(text):
        room -= text_width(char, size)
        if room < 0:
            return (
                (keep + text[:n].rstrip(_NO_LINE_END + "，、。；：, ") + "…") if n else keep.rstrip() or "…"
            )
    return keep + text


def balance(text: str, width: float, size: float, *, lines: int | None = None) -> list[str]:
    """Return `text` wrapped as by `wrap`, but in lines about equally long.

    Examples
    --------
    >>> balance("实施规范管理提质增效工程", 115, 10)
    ['实施规范管理', '提质增效工程']
    """
    best = wrap(text, width, size, lines=lines)
    for tenths in range(9, 4, -1):
        narrow = wrap(text, width * tenths / 10, size, lines=lines)
        if len(narrow) != len(best) or (narrow and narrow[-1].endswith("…")):
            break
        best = narrow
    return best


def wrap(text: str, width: float, size: float, *, lines: int | None = None) -> list[str]:
    """Return `text` in lines of at most `width` points; the last of `lines` is shortened.

    Breaks between any two Chinese characters but not before closing punctuation or inside a
    Latin word.

    Examples
    --------
    >>> wrap("对照方在后，且互不隶属。", 70, 10)
    ['对照方在后，', '且互不隶属。']
    """
    out: list[str] = []
    line, room = "", width / _HINTING
    rest = [part for atom in _atoms(drawable(text)) for part in _parts(atom, room, size)]
    for at, atom in enumerate(rest):
        if not line or text_width((line + atom).rstrip(), size) <= room:
            line += atom
        elif lines is not None and len(out) == lines - 1:
            return [*out, shorten(line + "".join(rest[at:]), width, size)]
        else:
            out.append(line.rstrip())
            line = atom
    return [*out, line.rstrip()] if line.strip() else out


def _parts(atom: str, width: float, size: float) -> list[str]:
    """Cut what no line has room for, such as a long address."""
    parts = [""]
    for char in atom:
        if parts[-1] and text_width((parts[-1] + char).rstrip(), size) > width:
            parts.append("")
        parts[-1] += char
    return parts


def _atoms(text: str) -> list[str]:
    """Cut text where a line may end."""
    atoms: list[str] = []
    for char in text:
        latin = char.isascii() and char != " "
        glue = atoms and (
            char in _NO_LINE_START
            or char == " "
            or atoms[-1][-1] in _NO_LINE_END
            or (latin and atoms[-1][-1].isascii() and atoms[-1][-1] not in " -_/")
        )
        if glue:
            atoms[-1] += char
        else:
            atoms.append(char)
    return atoms
