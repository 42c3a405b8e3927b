"""What stands in the margins of pages: page numbers and running heads.

They are recognised by place and repetition: a number alone at the top or bottom of most
pages, and lines there that are the same on most pages, digits aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policycmp.reading.page_blocks import Block

__all__ = ["without_furniture"]

_PAGE_NUMBER = re.compile(
    r"[-—–―·•.\s]{0,4}(?:第?\s?[\divxIVX]{1,5}\s?页?(?:\s?[/,，共]\s?共?\s?\d{1,5}\s?页?)?)[-—–―·•.\s]{0,4}"
)
_EDGE = 3
"""How many lines at the top and bottom of a page can be page furniture."""


def _furniture(pages: Sequence[Sequence[Block]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages, digits aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(block) for block in _edges(page) if not block.rows})
    least = max(3, (len(pages) + 1) // 2)
    return {pattern for pattern, count in seen.items() if count >= least and pattern}


def _edges(page: Sequence[Block]) -> Iterable[Block]:
    return page if len(page) <= 2 * _EDGE else (*page[:_EDGE], *page[-_EDGE:])


def _pattern(block: Block) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", block.text))


def without_furniture(pages: list[list[Block]]) -> tuple[list[list[Block]], list[str]]:
    repeated = _furniture(pages)
    numbers, heads, kept = 0, Counter[str](), []
    numbered = sum(any(_is_number(b) for b in (*page[:1], *page[-1:])) for page in pages)
    for page in pages:
        edge = {id(block) for block in _edges(page)}
        rest = []
        for k, block in enumerate(page):
            outer = k in (0, len(page) - 1) or (k in (1, len(page) - 2) and _pattern(block) in repeated)
            if not block.rows and _is_number(block) and outer and numbered >= 0.5 * len(pages):
                numbers += 1
            elif (
                not block.rows and id(block) in edge and _pattern(block) in repeated and not _is_number(block)
            ):
                heads[block.text] += 1
                if heads[block.text] == 1:
                    rest.append(block)
            else:
                rest.append(block)
        kept.append(rest)
    said = [f"{numbers} page numbers were left out"] if numbers else []
    said += [
        f"the running head {text!r} was kept once and left out {n - 1} times"
        for text, n in heads.items()
        if n > 1
    ]
    return kept, said


def _is_number(block: Block) -> bool:
    return not block.rows and bool(_PAGE_NUMBER.fullmatch(block.text.strip()))
