"""Texts made to be expensive for one pattern: its own words and classes, over and over.

What makes a backtracking matcher slow is a text that keeps a repeat going and then fails. So the
texts are made of what the pattern itself would take: what leads to each of its repeats, then what
the repeat takes, many times, then something that fits nothing; and random strings of its words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from re import _constants as c  # type: ignore[attr-defined]

from pattern_steps import char_test, parse

COMMON = "1一a .、,，。;:\n\t()（《》“第年月-"
STRANGE = "\u2603"
REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


class _Walk:
    """Samples of what a tree takes, and where its repeats stand."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        tree = parse(pattern, flags)
        self.flags = tree.state.flags
        self.letters = dict.fromkeys(_letters(tree))
        self.alphabet = [*dict.fromkeys([*list(self.letters)[:60], *COMMON])]
        self.repeats: list[tuple[str, str]] = []
        self.words = [w for w in self.samples(list(tree), "", 6) if w]

    def takes(self, op, value) -> list[str]:
        test = char_test(op, value, self.flags)
        return [x for x in self.alphabet if test(x)] if test else []

    def samples(self, items: list, before: str, limit: int) -> list[str]:
        """Return some short texts a sequence takes, and note every repeat with what leads to it."""
        found = [""]
        for op, value in items:
            here = self._sample(op, value, before + found[0], limit)
            found = [a + b for a in found for b in here][: limit * 2] or found
            found = found[:1] + found[1:][-(limit - 1) :]
        return found

    def _sample(self, op, value, before: str, limit: int) -> list[str]:
        if op in REPEATS:
            low, _, body = value
            inside = self.samples(list(body), before, limit)
            if len(body) == 1:
                inside = self.takes(*body[0]) or inside
            self.repeats += [(before, x) for x in inside[:12] if x]
            return [x * max(low, 1) for x in inside[:3]] + ([""] if low == 0 else [])
        if op is c.BRANCH:
            some = value[1] if len(value[1]) <= 12 else value[1][:: len(value[1]) // 8]
            return [x for choice in some for x in self.samples(list(choice), before, 2)][: limit * 2]
        if op is c.SUBPATTERN:
            return self.samples(list(value[3]), before, limit)
        if op is c.ATOMIC_GROUP:
            return self.samples(list(value), before, limit)
        if op in (c.ASSERT, c.ASSERT_NOT):
            inside = self.samples(list(value[1]), before if value[0] > 0 else "", 3)
            # What stands before is part of what leads here; what must follow is tried as an ending.
            return ["", *inside] if op is c.ASSERT else [""]
        return self.takes(op, value)[:4] or [""]


def _letters(tree) -> Iterator[str]:
    for op, value in tree:
        if op in (c.LITERAL, c.NOT_LITERAL):
            yield chr(value)
        elif op is c.IN:
            yield from (chr(v) for kind, v in value if kind is c.LITERAL)
            yield from (chr(v[0]) for kind, v in value if kind is c.RANGE)
        elif op in REPEATS:
            yield from _letters(value[2])
        elif op is c.BRANCH:
            for choice in value[1]:
                yield from _letters(choice)
        elif op is c.SUBPATTERN:
            yield from _letters(value[3])
        elif op is c.ATOMIC_GROUP:
            yield from _letters(value)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            yield from _letters(value[1])


def unbounded(pattern: str | bytes, flags: int = 0) -> bool:
    """Return whether a pattern has a repeat without an upper bound."""

    def within(tree) -> bool:
        for op, value in tree:
            if op in REPEATS and (value[1] is c.MAXREPEAT or within(value[2])):
                return True
            parts = {c.SUBPATTERN: lambda v: [v[3]], c.BRANCH: lambda v: v[1], c.ATOMIC_GROUP: lambda v: [v]}
            if op in (c.ASSERT, c.ASSERT_NOT) and within(value[1]):
                return True
            if op in parts and any(within(part) for part in parts[op](value)):
                return True
        return False

    return within(parse(pattern, flags))


def attacks(pattern: str | bytes, flags: int = 0) -> list[tuple[str, str, str]]:
    """Return heads, parts to repeat and endings: ``head + part * n + ending`` is one attack."""
    walk = _Walk(pattern, flags)
    heads = dict.fromkeys(before for before, _ in walk.repeats)
    parts = dict.fromkeys([*walk.alphabet[:40], *walk.words])
    parts |= dict.fromkeys(head for head in heads if head)
    parts |= dict.fromkeys(before + x for before, x in walk.repeats)
    tokens = [*dict.fromkeys([*parts, *(x for _, x in walk.repeats)])]
    draw = random.Random(len(tokens))
    parts |= dict.fromkeys("".join(draw.choices(tokens, k=draw.choice((2, 2, 3, 4)))) for _ in range(20))
    made = [("", part, STRANGE) for part in parts] + [("", part, "") for part in parts]
    return [*dict.fromkeys(made + [(head, x, STRANGE) for head, x in walk.repeats])]
