"""How many steps a backtracking matcher takes: a model of `re` that counts instead of timing.

`re` says nothing about its work, and a clock says something else on every machine. This matcher
walks the tree `re` itself parses, in the order `re` tries things, without the shortcuts `re` has,
and counts every node it enters and every character it looks at. Growth is then a matter of whole
numbers: on a text twice as long a linear pattern takes twice the steps, a quadratic one four times.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

Then = Callable[[int], bool]
Node = Callable[[int, Then], bool]
_CATEGORIES = {
    c.CATEGORY_DIGIT: str.isdecimal,
    c.CATEGORY_NOT_DIGIT: lambda x: not x.isdecimal(),
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_NOT_SPACE: lambda x: not x.isspace(),
    c.CATEGORY_WORD: lambda x: x.isalnum() or x == "_",
    c.CATEGORY_NOT_WORD: lambda x: not (x.isalnum() or x == "_"),
}


class TooManySteps(Exception):
    """The count went over its limit."""


def parse(pattern: str | bytes, flags: int = 0):
    """Return the tree `re` would compile; bytes are read as the characters of the same numbers."""
    if isinstance(pattern, bytes):
        pattern = pattern.decode("latin-1")
    return _parser.parse(pattern, flags & ~re.LOCALE)


def char_test(op, value, flags: int) -> Callable[[str], bool] | None:
    """Return the test of a node that takes exactly one character, None for other nodes."""
    if op is c.ANY:
        return (lambda x: True) if flags & re.DOTALL else (lambda x: x != "\n")
    if op in (c.LITERAL, c.NOT_LITERAL):
        wanted = {chr(value)}
        if flags & re.IGNORECASE:
            wanted |= {chr(value).lower(), chr(value).upper()}
        return wanted.__contains__ if op is c.LITERAL else lambda x: x not in wanted
    if op is not c.IN:
        return None
    negate = value[0][0] is c.NEGATE
    known: dict[str, bool] = {}

    def held(x: str) -> bool:
        for kind, what in value:
            if kind is c.LITERAL and ord(x) == what:
                return True
            if kind is c.RANGE and what[0] <= ord(x) <= what[1]:
                return True
            if kind is c.CATEGORY and _CATEGORIES[what](x):
                return True
        return False

    def test(x: str) -> bool:
        if x not in known:
            cases = {x, x.lower(), x.upper()} if flags & re.IGNORECASE else {x}
            known[x] = any(held(y) for y in cases if len(y) == 1) != negate
        return known[x]

    return test


class Matcher:
    """One pattern over one text; `steps` counts, `limit` stops.

    ``ceiling`` makes bounded repeats shorter: how a pattern grows on short texts is then how it
    grows on texts much longer than its bounds.
    """

    def __init__(self, pattern: str | bytes, flags: int = 0, ceiling: int | None = None) -> None:
        tree = parse(pattern, flags)
        self.flags, self.ceiling = tree.state.flags, ceiling
        self.steps, self.limit, self.text = 0, 0, ""
        self.groups: dict[int, tuple[int, int]] = {}
        self.root = self._sequence(list(tree))

    def scan(self, text: str, limit: int) -> int:
        """Return the steps of finding every match in a text, as `finditer` and `sub` do."""
        self.steps, self.limit, self.text = 0, limit, text
        at = 0
        while at <= len(text):
            end = self._at(at, lambda i: True)
            at = max(end, at + 1) if end is not None else at + 1
        return self.steps

    def begin(self, text: str, limit: int) -> int:
        """Return the steps of matching once at the beginning, in part and whole, as `fullmatch` does."""
        self.steps, self.limit, self.text = 0, limit, text
        self._at(0, lambda i: True)
        self._at(0, lambda i: i == len(text))
        return self.steps

    def _at(self, at: int, then: Then) -> int | None:
        ends: list[int] = []
        self.groups.clear()
        found = self.root(at, lambda i: then(i) and (ends.append(i) or True))
        return ends[0] if found else None

    def _count(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise TooManySteps

    def _sequence(self, items: list) -> Node:
        nodes = [self._node(op, value) for op, value in items]
        if not nodes:
            return lambda i, then: then(i)
        run = nodes[-1]
        for node in reversed(nodes[:-1]):
            run = self._then(node, run)
        return run

    @staticmethod
    def _then(first: Node, second: Node) -> Node:
        return lambda i, then: first(i, lambda j: second(j, then))

    def _node(self, op, value) -> Node:
        test = char_test(op, value, self.flags)
        if test:
            return self._one(test)
        if op is c.BRANCH:
            return self._branch(value[1])
        if op is c.SUBPATTERN:
            return self._group(value[0], self._sequence(list(value[3])))
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            return self._repeat(op, *value)
        if op is c.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(value)))
        if op in (c.ASSERT, c.ASSERT_NOT):
            return self._look(op, *value)
        if op is c.AT:
            return self._place(value)
        if op is c.GROUPREF:
            return self._again(value)
        raise NotImplementedError(str(op))

    def _one(self, test: Callable[[str], bool]) -> Node:
        def run(i: int, then: Then) -> bool:
            self._count()
            return i < len(self.text) and test(self.text[i]) and then(i + 1)

        return run

    def _branch(self, choices: list) -> Node:
        """Alternatives in their order; those that begin with another letter cost nothing, as in `re`."""
        nodes = [(self._first(choice), self._sequence(list(choice))) for choice in choices]

        def run(i: int, then: Then) -> bool:
            self._count()
            here = self.text[i : i + 1]
            return any(node(i, then) for first, node in nodes if first is None or first == here)

        return run

    def _first(self, choice) -> str | None:
        plain = len(choice) and choice[0][0] is c.LITERAL and not self.flags & re.IGNORECASE
        return chr(choice[0][1]) if plain else None

    def _group(self, number: int | None, inner: Node) -> Node:
        if number is None:
            return inner

        def run(i: int, then: Then) -> bool:
            def after(j: int) -> bool:
                old = self.groups.get(number)
                self.groups[number] = (i, j)
                if then(j):
                    return True
                self.groups.pop(number)
                if old:
                    self.groups[number] = old
                return False

            return inner(i, after)

        return run

    def _bounds(self, low: int, high) -> tuple[int, float]:
        if high is c.MAXREPEAT:
            return (min(low, self.ceiling or low), float("inf"))
        if self.ceiling is None:
            return low, high
        return min(low, self.ceiling), min(high, max(self.ceiling, 1))

    def _repeat(self, op, low: int, high, body) -> Node:
        least, most = self._bounds(low, high)
        test = char_test(*body[0], self.flags) if len(body) == 1 else None
        if test:
            return self._run_of(op, test, least, most)
        inner = self._sequence(list(body))
        greedy = op is not c.MIN_REPEAT

        def go(i: int, then: Then, done: int) -> bool:
            self._count()

            def more() -> bool:
                return done < most and inner(i, lambda j: (j > i or done < least) and go(j, then, done + 1))

            if done < least:
                return more()
            return more() or then(i) if greedy else then(i) or more()

        run: Node = lambda i, then: go(i, then, 0)  # noqa: E731
        return self._atomic(run) if op is c.POSSESSIVE_REPEAT else run

    def _run_of(self, op, test: Callable[[str], bool], least: int, most: float) -> Node:
        def run(i: int, then: Then) -> bool:
            end, text = i, self.text
            if op is c.MIN_REPEAT:
                while True:
                    if end - i >= least and then(end):
                        return True
                    self._count()
                    if end >= len(text) or end - i >= most or not test(text[end]):
                        return False
                    end += 1
            while end < len(text) and end - i < most and test(text[end]):
                self._count()
                end += 1
            if op is c.POSSESSIVE_REPEAT:
                return end - i >= least and then(end)
            while end - i >= least:
                self._count()
                if then(end):
                    return True
                end -= 1
            return False

        return run

    def _atomic(self, inner: Node) -> Node:
        def run(i: int, then: Then) -> bool:
            ends: list[int] = []
            return inner(i, lambda j: ends.append(j) or True) and then(ends[0])

        return run

    def _look(self, op, direction: int, body) -> Node:
        inner, width = self._sequence(list(body)), body.getwidth()[0]

        def run(i: int, then: Then) -> bool:
            self._count()
            start = i - width if direction < 0 else i
            held = start >= 0 and inner(start, lambda j: direction > 0 or j == i)
            return held == (op is c.ASSERT) and then(i)

        return run

    def _place(self, where) -> Node:
        lines = bool(self.flags & re.MULTILINE)

        def held(i: int) -> bool:
            text = self.text
            if where in (c.AT_BEGINNING, c.AT_BEGINNING_STRING):
                return i == 0 or (lines and where is c.AT_BEGINNING and text[i - 1] == "\n")
            if where is c.AT_END_STRING:
                return i == len(text)
            if where is c.AT_END:
                return i == len(text) or text[i:] == "\n" or (lines and text[i] == "\n")
            word = _CATEGORIES[c.CATEGORY_WORD]
            edge = (i > 0 and word(text[i - 1])) != (i < len(text) and word(text[i]))
            return edge == (where is c.AT_BOUNDARY)

        def run(i: int, then: Then) -> bool:
            self._count()
            return held(i) and then(i)

        return run

    def _again(self, number: int) -> Node:
        def run(i: int, then: Then) -> bool:
            self._count()
            start, end = self.groups.get(number, (0, -1))
            said = self.text[start:end]
            return end >= start and self.text.startswith(said, i) and then(i + len(said))

        return run


sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
