"""What changed between two texts, word by word.

Words are compared by their *norm* (see `policycmp.language.localisation`), so a place name that was
exchanged is no change, and punctuation is left out of the comparison. First every run of at
least two words that stands in both texts is laid as a *tile*, longest first, each word in one
tile (greedy string tiling, Wise 1993). The heaviest sequence of tiles in the same order on
both sides is what stayed in place (``equal``); the other tiles were ``move``\\ d. Between two
tiles that stayed, single words are matched by edit operations; what is left was inserted,
deleted or replaced.

``copied`` is the share of local words inside tiles, ``kept`` the share of template words.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from policycmp.labels import check_lang
from policycmp.text import clean

if TYPE_CHECKING:
    from policycmp.language.passage import Passage

__all__ = ["Block", "Redline", "redline"]

_Tile = tuple[int, int, int]
"""First word on the local side, first word on the template side, number of words."""

_TOO_MANY_MATCHES = 400_000
"""Beyond this many pairs of equal word pairs (text repeating itself), moves are not looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one or both texts and what happened to it.

    `op` is equal, insert (only local), delete (only template), replace or move. Offsets are
    into the two texts; a side a block has no part in carries an empty span.
    """

    op: str
    local_start: int
    local_end: int
    template_start: int
    template_end: int
    local_text: str
    template_text: str
    local_words: int = 0
    """Words without punctuation on the local side."""
    template_words: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Redline:
    """The difference of two texts as blocks in the order of the local text."""

    local: str
    template: str
    blocks: tuple[Block, ...]
    copied: float
    """Share of local words inside equal or moved blocks of at least two words."""
    kept: float
    """Share of template words inside such blocks: how much of the template is left."""

    def __repr__(self) -> str:
        return f"Redline(copied={self.copied:.2f}, kept={self.kept:.2f}, {len(self.blocks)} blocks)"

    def to_html(self, *, lang: str = "zh") -> str:
        """Return the redline as self-contained HTML: deletions struck out, insertions underlined."""
        words = _LEGEND[check_lang(lang)]
        legend = "".join(
            f'<span style="{_STYLE[op]}margin-right:1em">{words[op]}</span>'
            for op in ("insert", "delete", "move")
        )
        share = f"{words['copied']} {self.copied:.0%} · {words['kept']} {self.kept:.0%}"
        body = "".join(_block_html(block, words) for block in self.blocks)
        return clean(
            f'<div lang="zh" style="{_FONT}"><div style="line-height:1.9">{body}</div>'
            f'<div style="font-size:.8em;color:#666;margin-top:.4em">{legend}{share}</div></div>'
        )

    def _repr_html_(self) -> str:
        return self.to_html()


def redline(local: str | Passage, template: str | Passage) -> Redline:
    """Compare two texts word by word, localisation and punctuation left out of account.

    Parameters
    ----------
    local, template : str or Passage

    Returns
    -------
    Redline
        ``blocks``, the shares ``copied`` and ``kept``, and HTML in a notebook.

    References
    ----------
    Wise, M. J. (1993). *String similarity via greedy string tiling and running Karp-Rabin
    matching.* University of Sydney.

    Examples
    --------
    >>> from policycmp import redline
    >>> lines = redline("加强校舍安全，每年开展一次隐患排查整治。", "加强校舍安全，每季度开展一次隐患排查整治。")
    >>> [(b.op, b.template_text, b.local_text) for b in lines.blocks if b.op != "equal"]
    [('replace', '每季度', '每年')]
    """
    here, there = _passage(local), _passage(template)
    a, b = _word_spans(here), _word_spans(there)
    ids: dict[str, int] = {}
    x = [ids.setdefault(norm, len(ids)) for _, _, norm in a]
    y = [ids.setdefault(norm, len(ids)) for _, _, norm in b]
    tiles = _tiles(x, y)
    stayed = _heaviest_chain(tiles)
    moved = sorted(set(tiles) - set(stayed))
    runs = _fill(x, y, stayed, moved)
    # Where moved words part a gap, its insertions are found after them: put back the order of reading.
    blocks = sorted(_blocks(here.text, there.text, a, b, runs), key=lambda block: block.local_start)
    laid = sum(size for _, _, size in tiles)
    return Redline(
        here.text, there.text, tuple(blocks), laid / len(a) if a else 0.0, laid / len(b) if b else 0.0
    )


def _passage(text: str | Passage) -> Passage:
    from policycmp.language.passage import Passage

    return Passage.of(text) if isinstance(text, str) else text


def _word_spans(passage: Passage) -> list[tuple[int, int, str]]:
    return [(w.start, w.end, w.norm) for w in passage.words if w.norm]


def _tiles(x: Sequence[int], y: Sequence[int]) -> list[_Tile]:
    """Lay runs of two or more equal words over both sequences, longest first."""
    where = defaultdict(list)
    for j in range(len(y) - 1):
        where[y[j], y[j + 1]].append(j)
    pairs = [(i, where.get((x[i], x[i + 1]), [])) for i in range(len(x) - 1)]
    if sum(len(js) for _, js in pairs) > _TOO_MANY_MATCHES:
        return [(i, j, n) for i, j, n in _equal_runs(x, y) if n > 1]
    queue: list[tuple[int, float, int, int]] = []
    slope = len(y) / max(len(x), 1)
    for i, js in pairs:
        for j in js:
            if i and j and x[i - 1] == y[j - 1]:
                continue  # inside a run that began earlier
            n = 2
            while i + n < len(x) and j + n < len(y) and x[i + n] == y[j + n]:
                n += 1
            queue.append((-n, abs(i * slope - j), i, j))
    heapq.heapify(queue)
    used_x, used_y = bytearray(len(x)), bytearray(len(y))
    out: list[_Tile] = []
    while queue:
        size, drift, i, j = heapq.heappop(queue)
        n = -size
        free = [k for k in range(n) if not used_x[i + k] and not used_y[j + k]]
        if len(free) == n:
            used_x[i : i + n] = used_y[j : j + n] = b"\1" * n
            out.append((i, j, n))
            continue
        for first, length in _stretches(free):
            if length > 1:
                heapq.heappush(queue, (-length, drift, i + first, j + first))
    return out


def _stretches(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield first and length of each run of consecutive numbers."""
    start = 0
    for k in range(1, len(numbers) + 1):
        if k == len(numbers) or numbers[k] != numbers[k - 1] + 1:
            yield numbers[start], k - start
            start = k


def _heaviest_chain(tiles: Sequence[_Tile]) -> list[_Tile]:
    """Return the tiles in the same order on both sides that together hold most words."""
    order = sorted(tiles)
    rank = {j: r for r, j in enumerate(sorted(j for _, j, _ in order), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(order) + 1)  # a Fenwick tree of prefix maxima
    before = [-1] * len(order)
    top = (0, -1)
    for k, (_, j, n) in enumerate(order):
        at, found = rank[j] - 1, (0, -1)
        while at:
            found = max(found, best[at])
            at -= at & -at
        before[k] = found[1]
        mine = (found[0] + n, k)
        top = max(top, mine)
        at = rank[j]
        while at <= len(order):
            best[at] = max(best[at], mine)
            at += at & -at
    chain, k = [], top[1]
    while k >= 0:
        chain.append(order[k])
        k = before[k]
    return chain[::-1]


def _equal_runs(x: Sequence[int], y: Sequence[int]) -> Iterable[_Tile]:
    from rapidfuzz.distance import Indel

    for op in Indel.opcodes(x, y):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start


def _fill(
    x: Sequence[int], y: Sequence[int], stayed: list[_Tile], moved: list[_Tile]
) -> list[tuple[str, int, int, int, int]]:
    """Return runs of words as (op, local from, to, template from, to), in local order."""
    gone = {j + k for _, j, n in moved for k in range(n)}
    came = {i + k: (i, j, n) for i, j, n in moved for k in range(n)}
    out: list[tuple[str, int, int, int, int]] = []
    i = j = 0
    for p, q, n in [*stayed, (len(x), len(y), 0)]:
        out += _gap(x, y, i, p, j, q, came, gone)
        if n:
            out.append(("equal", p, p + n, q, q + n))
        i, j = p + n, q + n
    return out


def _gap(
    x: Sequence[int], y: Sequence[int], i: int, p: int, j: int, q: int, came: dict[int, _Tile], gone: set[int]
) -> Iterable[tuple[str, int, int, int, int]]:
    """Match single words between two tiles; pieces of moved tiles stand where they are."""
    left = [k for k in range(i, p) if k not in came]
    right = [k for k in range(j, q) if k not in gone]
    pairs = {
        left[a + k]: right[b + k]
        for a, b, n in _equal_runs([x[k] for k in left], [y[k] for k in right])
        for k in range(n)
    }
    pending: list[int] = []

    def change(upto: int) -> Iterable[tuple[str, int, int, int, int]]:
        lost = []
        while right and right[0] < upto:
            lost.append(right.pop(0))
        news, old = list(_stretches(pending)), list(_stretches(lost))
        pending.clear()
        for a in range(max(len(news), len(old))):
            new, was = news[a] if a < len(news) else None, old[a] if a < len(old) else None
            if new and was:
                yield "replace", new[0], sum(new), was[0], sum(was)
            elif new:
                yield "insert", new[0], sum(new), j, j
            elif was:
                yield "delete", i, i, was[0], sum(was)

    for k in range(i, p):
        if k in came:
            first, at, n = came[k]
            if k == first:
                yield "move", first, first + n, at, at + n
        elif k in pairs:
            yield from change(pairs[k])
            yield "equal", k, k + 1, pairs[k], pairs[k] + 1
            right.remove(pairs[k])
        else:
            pending.append(k)
    yield from change(q)


def _blocks(
    local: str,
    template: str,
    a: Sequence[tuple[int, int, str]],
    b: Sequence[tuple[int, int, str]],
    runs: Iterable[tuple[str, int, int, int, int]],
) -> Iterable[Block]:
    """Turn runs of words into stretches of text; what stands between words goes with the word before."""

    def edge(words: Sequence[tuple[int, int, str]], k: int, text: str) -> int:
        return 0 if k == 0 else words[k][0] if k < len(words) else len(text)

    # A text of punctuation alone has no words, but it stands there too.
    if local and not a:
        yield Block("insert", 0, len(local), 0, 0, local, "")
    if template and not b:
        yield Block("delete", 0, 0, 0, len(template), "", template)
    for op, i, p, j, q in runs:
        at, to = edge(a, i, local), edge(a, p, local)
        since, till = edge(b, j, template), edge(b, q, template)
        if p == i:
            to = at
        if q == j:
            till = since
        yield Block(op, at, to, since, till, local[at:to], template[since:till], p - i, q - j)


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
