"""Clauses with planted copies: who was copied from whom is known, so recall can be counted.

Clauses are strung together from phrases of the bundled plans, so that strangers share the language of
the genre and now and then a phrase, but no wording. Some clauses are copied with a known share of their
characters edited: stretches of one to six characters are replaced, left out or put in.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

PLANS = Path(__file__).resolve().parent.parent / "data" / "plans"
LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Planted:
    """Clauses, and which of them are copies of which, by the share of characters edited."""

    clauses: list[str]
    copies: dict[tuple[int, int], float]
    """(source, copy): level; indexes into the clauses, the smaller in front."""


def _phrases() -> list[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PLANS.glob("*.txt")))
    return sorted(
        {phrase for phrase in re.findall(r"[^。；;，,、\s]{4,40}", text) if re.search(r"[一-鿿]{4}", phrase)}
    )


def edited(text: str, share: float, chance: random.Random, letters: str) -> str:
    """Return the text with about `share` of its characters edited."""
    left = round(share * len(text))
    while left > 0:
        length = min(left, chance.randint(1, 6))
        at = chance.randrange(max(len(text) - length, 1))
        start = chance.randrange(len(letters) - length)
        new = letters[start : start + length]
        kind = chance.choice(("replace", "leave out", "put in"))
        text = (
            text[:at]
            + ("" if kind == "leave out" else new)
            + text[at + (0 if kind == "put in" else length) :]
        )
        left -= length
    return text


def planted(number: int = 5_000, copies_a_level: int = 100, seed: int = 2026) -> Planted:
    """Return `number` clauses, among them `copies_a_level` copies of each level of editing.

    No clause is copied twice, and copies stand at random places.
    """
    chance = random.Random(seed)
    pool = _phrases()
    letters = "".join(pool)
    levels = [level for level in LEVELS for _ in range(copies_a_level)]
    own = ["，".join(chance.sample(pool, chance.randint(6, 24))) + "。" for _ in range(number - len(levels))]
    sources = chance.sample(range(len(own)), len(levels))
    texts = own + [edited(own[i], level, chance, letters) for i, level in zip(sources, levels, strict=True)]
    order = chance.sample(range(number), number)
    place = {old: new for new, old in enumerate(order)}
    copies = {
        (min(place[i], place[j]), max(place[i], place[j])): level
        for i, j, level in zip(sources, range(len(own), number), levels, strict=True)
    }
    return Planted([texts[i] for i in order], copies)
