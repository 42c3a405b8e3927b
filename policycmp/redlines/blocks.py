"""What changed between two texts, word by word.

Words are compared by their *norm* (see `policycmp.language.localisation`), so a place name that was
exchanged is no change, and punctuation is left out of the comparison. `policycmp.redlines.tiles`
says which words stayed, moved, came and went; here the words become stretches of text again.

``copied`` is the share of local words inside tiles, ``kept`` the share of template words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policycmp.language.passage import Passage, of_passage
from policycmp.redlines.page import redline_html
from policycmp.redlines.tiles import Places, Run, lay_tiles, places_of_pairs, runs_between

__all__ = ["Block", "Redline", "redline"]


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
        return redline_html(self, lang)

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
    here, there = (text if isinstance(text, Passage) else Passage.of(text) for text in (local, template))
    x, y = here.norms, there.norms
    tiles = lay_tiles(x, y, _places(there))
    runs = runs_between(x, y, tiles)
    # Where moved words part a gap, its insertions are found after them: put back the order of reading.
    blocks = sorted(_blocks(here, there, runs), key=lambda block: block.local_start)
    laid = sum(size for _, _, size in tiles)
    return Redline(
        here.text, there.text, tuple(blocks), laid / len(x) if x else 0.0, laid / len(y) if y else 0.0
    )


@of_passage
def _places(passage: Passage) -> Places:
    return places_of_pairs(passage.norms)


@of_passage
def _edges(passage: Passage) -> tuple[int, ...]:
    """Return where each word begins whose norm is compared, the first with what stands before it; then the end."""
    starts = [word.start for word in passage.words if word.norm]
    return (0, *starts[1:], len(passage.text)) if starts else (0,)


def _blocks(here: Passage, there: Passage, runs: Iterable[Run]) -> Iterable[Block]:
    """Turn runs of words into stretches of text; what stands between words goes with the word before."""
    local, template = here.text, there.text
    a, b = _edges(here), _edges(there)
    # A text of punctuation alone has no words, but it stands there too.
    if local and not here.norms:
        yield Block("insert", 0, len(local), 0, 0, local, "")
    if template and not there.norms:
        yield Block("delete", 0, 0, 0, len(template), "", template)
    for op, i, p, j, q in runs:
        at, since = a[i], b[j]
        to, till = a[p], b[q]
        yield Block(op, at, to, since, till, local[at:to], template[since:till], p - i, q - j)
