"""A redline as HTML: deletions struck out, insertions underlined, figures bold."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policycmp.labels import check_lang
from policycmp.text import clean

if TYPE_CHECKING:
    from policycmp.redlines.blocks import Block, Redline

__all__ = ["redline_html"]

_FONT = "font-family:'Noto Sans SC','PingFang SC','Microsoft YaHei','Source Han Sans SC',sans-serif;"
_STYLE = {
    "equal": "",
    "insert": "background:#e3f4e1;text-decoration:underline;text-decoration-color:#2f7d32;",
    "delete": "background:#fbe5e3;color:#8c2f28;text-decoration:line-through;",
    "move": "background:#e4eefb;border-bottom:1px dashed #2b5c9e;",
}
_LEGEND = {
    "zh": {
        "insert": "新增",
        "delete": "删去",
        "move": "移位",
        "copied": "本地文字来自对照",
        "kept": "对照文字保留",
    },
    "en": {
        "insert": "inserted",
        "delete": "deleted",
        "move": "moved",
        "copied": "local words from template",
        "kept": "template words kept",
    },
}
_TAG = {"insert": "ins", "delete": "del", "move": "span", "equal": "span"}


def redline_html(lines: Redline, lang: str) -> str:
    """Return a redline as self-contained HTML."""
    words = _LEGEND[check_lang(lang)]
    legend = "".join(
        f'<span style="{_STYLE[op]}margin-right:1em">{words[op]}</span>'
        for op in ("insert", "delete", "move")
    )
    share = f"{words['copied']} {lines.copied:.0%} · {words['kept']} {lines.kept:.0%}"
    body = "".join(_block_html(block, words) for block in lines.blocks)
    return clean(
        f'<div lang="zh" style="{_FONT}"><div style="line-height:1.9">{body}</div>'
        f'<div style="font-size:.8em;color:#666;margin-top:.4em">{legend}{share}</div></div>'
    )


def _block_html(block: Block, words: dict[str, str]) -> str:
    if block.op == "replace":
        return _marked("delete", block.template_text) + _marked("insert", block.local_text)
    if block.op == "move":
        return _marked("move", block.local_text, words["move"])
    return _marked(block.op, block.template_text if block.op == "delete" else block.local_text)


def _marked(op: str, text: str, title: str = "") -> str:
    inner = _with_numbers(text)
    if op == "equal":
        return inner
    hint = f' title="{escape(title)}"' if title else ""
    return f'<{_TAG[op]} style="{_STYLE[op]}"{hint}>{inner}</{_TAG[op]}>'


def _with_numbers(text: str) -> str:
    """Escape `text` and set its figures in bold."""
    out, at = [], 0
    while at < len(text):
        end = at
        digit = text[at].isdigit()
        while end < len(text) and (text[end].isdigit() or (digit and text[end] in ".%％")) == digit:
            end += 1
        part = escape(text[at:end]).replace("\n", "<br>")
        out.append(f"<b>{part}</b>" if digit else part)
        at = end
    return "".join(out)
