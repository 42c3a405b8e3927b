"""Web pages: the document, its information table and its tables; no scripts, no navigation.

A page is walked once. Scripts, forms and hidden parts are skipped; a block is *navigation*
if it says so (``nav``, ``class="breadcrumb"``) or if most of its text is links and it has no
sentence. Block elements and ``<br>`` end a line; line breaks in the HTML source do not.
A table is layout if it holds other tables, a single column or whole documents in a cell;
an information table (索引号, 发文机关 …) becomes lines ``label：value``; every other table becomes
cell text. Lists get the numbers a reader sees. What was left out is counted in a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from policycmp.errors import PlanReadError
from policycmp.model import Remark
from policycmp.reading.annotations import without_pinyin
from policycmp.reading.cells import Grid, cell_text
from policycmp.reading.document import Extract, ReadOptions
from policycmp.reading.information import information, is_information
from policycmp.reading.plain import decoded, encoding_remarks, even_lines

__all__ = ["read_html"]

_SKIPPED = frozenset(
    ("audio", "button", "canvas", "embed", "form", "head", "iframe", "input", "noscript", "object", "option",
     "script", "select", "style", "svg", "template", "textarea", "video")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
     "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumb|crumbs?|share|sidebar|related|recommend|pager|pagination|toolbar|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAY_NAVIGATE = frozenset(["div", "ul", "ol", "td", "table", "section", "aside", "dl", "header", "footer"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HANS = re.compile(r"[\u4e00-\u9fff]")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_CODE = re.compile(r"[\x20-\x7e]{0,80}\);\s*")
"""The rest of a script whose tag was lost: ``', 'HTML');``."""
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset\s*=\s*["']?|\?xml[^>]{0,80}?encoding\s*=\s*["'])([\w-]{2,20})""",
    re.IGNORECASE,
)
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"


def read_html(data: bytes, path: str, options: ReadOptions) -> Extract:
    """Return the text of a web page."""
    try:
        import lxml.html  # type: ignore[import-untyped]
    except ImportError:
        raise PlanReadError(
            path,
            "a web page, and lxml is not installed",
            "Install the readers: pip install 'policycmp[readers]'.",
        ) from None
    declared = _CHARSET.search(data[:4096])
    found = decoded(data, path, declared=declared[1].decode("ascii") if declared else None)
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", even_lines(found.text), count=1)
    parser = lxml.html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(source, parser=parser)
        page = _Page(options, _Sizes(root))
        if len(_HANS.findall(root.text_content())) < 0.9 * len(_HANS.findall(_TAGS.sub("", source))):
            raise ValueError("elements nested too deeply, or not closed")
        page.walk(root)
    except OverflowError as error:
        raise PlanReadError(
            path, str(error), "Raise ReadOptions(max_cells=…) if the file is what you mean."
        ) from None
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise PlanReadError(
            path, f"HTML that cannot be parsed ({error})", "Save the page again, or as text."
        ) from None
    text = page.text()
    text = "".join(line for line in _meta_lines(root) if line.partition("：")[2].strip() not in text) + text
    text, noise = without_pinyin(text)
    remarks = [*encoding_remarks(found, text), *noise]
    if page.skipped:
        remarks.append(
            Remark("left_out", f"{page.skipped} characters of navigation and page furniture were left out")
        )
    if page.pictures:
        remarks.append(Remark("left_out", f"{page.pictures} pictures were not read"))
    return Extract(text, found.encoding, tuple(remarks))


def _meta_lines(root: Any) -> Iterator[str]:
    """Title, date and source that government pages give in ``<meta>`` and may not print."""
    names = {"articletitle": "标题", "pubdate": "发布日期", "contentsource": "来源"}
    for meta in root.iter("meta"):
        label = names.get((meta.get("name") or "").lower())
        value = re.sub(r"\s+", " ", meta.get("content") or "").strip()
        if label and value:
            yield f"{label}：{value}\n"


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


class _Size(NamedTuple):
    """How many visible characters an element holds, how many of them in links, how many links."""

    text: int = 0
    linked: int = 0
    links: int = 0


class _Sizes:
    """The sizes of all elements, counted once from the leaves up, so deep pages stay linear."""

    def __init__(self, root: Any) -> None:
        self._nodes = list(root.iter())  # keeps lxml's proxies, and with them their identity, alive
        self._sizes: dict[Any, _Size] = {}
        for node in reversed(self._nodes):
            shown = isinstance(node.tag, str) and node.tag not in _SKIPPED
            text, linked, links = len(_tight(node.text or "")) if shown else 0, 0, 0
            for child in node:
                size = self._sizes[child]
                text, linked, links = text + size.text, linked + size.linked, links + size.links
                text += len(_tight(child.tail or ""))
            if node.tag == "a":
                linked, links = text, links + 1
            self._sizes[node] = _Size(text, linked, links)

    def of(self, node: Any) -> _Size:
        return self._sizes.get(node, _Size())


class _Page:
    """Collects the text of a page; nested instances collect table cells."""

    def __init__(self, options: ReadOptions, sizes: _Sizes) -> None:
        self.options = options
        self.sizes = sizes
        self.parts: list[str] = []
        self.counters: dict[Any, int] = {}
        self.skipped = 0
        self.pictures = 0

    def text(self) -> str:
        lines = (line.strip(" ") for line in "".join(self.parts).split("\n") if not _CODE.fullmatch(line))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
        return f"\n{text}" if text.startswith("\t") else text  # a page that opens with a table

    def _end_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")

    def _say(self, raw: str | None, *, pre: bool = False) -> None:
        if not raw:
            return
        if pre:
            self.parts.append(raw)
            return
        # Line breaks in the source are spaces; between Chinese characters, nothing.
        text = re.sub(rf"(?<=[{_HAN}])[ \t\n\r]*\n[ \t\n\r]*(?=[{_HAN}])", "", raw)
        text = re.sub(r"[ \t\n\r]+", " ", text)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)

    def walk(self, root: Any) -> None:
        """Walk an element and all below it, without recursion: pages nest deeply."""
        todo: list[tuple[Any, bool, bool]] = [(root, False, False)]
        while todo:
            node, leaving, pre = todo.pop()
            if leaving:
                if node.tag in _BLOCKS:
                    self._end_line()
                self._say(node.tail, pre=pre)
                continue
            if not isinstance(node.tag, str) or self._skip(node) or self._special(node):
                if isinstance(node.tag, str) and node.tag in _BLOCKS:
                    self._end_line()
                self._say(node.tail, pre=pre)
                continue
            if node.tag in _BLOCKS:
                self._end_line()
            inside = pre or node.tag == "pre"
            if node.tag == "li":
                self.parts.append(self._item_number(node))
            self._say(node.text, pre=inside)
            todo.append((node, True, pre))
            todo.extend((child, False, inside) for child in reversed(node))

    def _skip(self, node: Any) -> bool:
        hidden = node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))
        # A form that wraps the whole page (ASP.NET) is no form field.
        if hidden or (node.tag in _SKIPPED and (node.tag != "form" or self.sizes.of(node).text < 500)):
            return True
        if node.tag == "nav" or (
            node.tag in _BLOCKS and node.tag not in ("body", "html") and self._is_navigation(node)
        ):
            self.skipped += self.sizes.of(node).text
            return True
        return False

    def _is_navigation(self, node: Any) -> bool:
        named = bool(
            _NAVIGATION.search(f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}")
        )
        if not named and node.tag not in _MAY_NAVIGATE:
            return False
        size = self.sizes.of(node)
        if not 0 < size.text <= 3000:
            return False
        text = _tight(node.text_content())
        if "。" in text or "网站标识码" in text:
            return False
        return size.text < 600 if named else size.links >= 3 and size.linked >= 0.6 * size.text

    def _special(self, node: Any) -> bool:
        if node.tag == "br":
            self.parts.append("\n")
            return True
        if node.tag == "img":
            self.pictures += 1
            return True
        if node.tag == "table":
            return self._table(node)
        return False

    def _item_number(self, item: Any) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "• "
        number = _whole(item.get("value"), self.counters.get(parent, _whole(parent.get("start"), 1)))
        self.counters[parent] = number + 1
        return f"{number}."

    def _table(self, table: Any) -> bool:
        if next(table.iterdescendants("table"), None) is not None:
            return False
        grid = Grid(self.options.max_cells)
        texts: list[list[str]] = []
        for r, row in enumerate(table.iter("tr")):
            texts.append([])
            for cell in row:
                if cell.tag in ("td", "th"):
                    inner = _Page(self.options, self.sizes)
                    inner.walk_children(cell)
                    text = inner.text().strip("\n")
                    self.pictures += inner.pictures
                    self.skipped += inner.skipped
                    texts[-1].append(text)
                    grid.put(r, text, rows=_span(cell, "rowspan"), columns=_span(cell, "colspan"))
        rows = grid.rows()
        if not rows or len(rows[0]) < 2 or max(len(t) for row in rows for t in row) > 3000:
            return False
        self._end_line()
        if is_information(texts):
            self.parts.append("".join(information(texts)))
        else:
            self.parts.append(cell_text(rows))
        return True

    def walk_children(self, node: Any) -> None:
        """Walk what is inside an element, not what follows it."""
        self._say(node.text)
        for child in node:
            self.walk(child)


def _span(cell: Any, name: str) -> int:
    return min(max(_whole(cell.get(name), 1), 1), 1000)


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default
