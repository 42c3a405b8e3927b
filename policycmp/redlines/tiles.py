"""Which words of two sequences stayed, moved, came and went.

First every run of at least two words that stands in both is laid as a *tile*, longest first, each
word in one tile (greedy string tiling, Wise 1993). The heaviest sequence of tiles in the same order
on both sides is what stayed in place (``equal``); the other tiles were ``move``\\ d. Between two
tiles that stayed, single words are matched by edit operations; what is left was inserted, deleted
or replaced.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

__all__ = ["Places", "Run", "Tile", "lay_tiles", "places_of_pairs", "runs_between"]

Tile = tuple[int, int, int]
"""First word on the local side, first word on the template side, number of words."""
Run = tuple[str, int, int, int, int]
"""What happened (equal, insert, delete, replace, move) to which words: local from, to, template from, to."""
Places = Mapping[tuple[str, str], Sequence[int]]
"""Where each pair of neighbouring words stands."""

_TOO_MANY_MATCHES = 400_000
"""Beyond this many pairs of equal word pairs (text repeating itself), moves are not looked for."""


def places_of_pairs(words: Sequence[str]) -> Places:
    """Return where each pair of neighbouring words stands."""
    where: dict[tuple[str, str], list[int]] = {}
    for j, pair in enumerate(pairwise(words)):
        where.setdefault(pair, []).append(j)
    return where


def lay_tiles(x: Sequence[str], y: Sequence[str], where: Places) -> list[Tile]:
    """Lay runs of two or more equal words over both sequences, longest first; `where` is that of `y`."""
    pairs = [(i, where[pair]) for i, pair in enumerate(pairwise(x)) if pair in where]
    if sum(len(js) for _, js in pairs) > _TOO_MANY_MATCHES:
        return [(i, j, n) for i, j, n in _equal_runs(x, y) if n > 1]
    queue: list[tuple[int, float, int, int]] = []
    slope, longest, deepest = len(y) / max(len(x), 1), len(x), len(y)
    for i, js in pairs:
        for j in js:
            if i and j and x[i - 1] == y[j - 1]:
                continue  # inside a run that began earlier
            n = 2
            while i + n < longest and j + n < deepest and x[i + n] == y[j + n]:
                n += 1
            queue.append((-n, abs(i * slope - j), i, j))
    heapq.heapify(queue)
    used_x, used_y = bytearray(len(x)), bytearray(len(y))
    out: list[Tile] = []
    while queue:
        size, drift, i, j = heapq.heappop(queue)
        n = -size
        if not (any(used_x[i : i + n]) or any(used_y[j : j + n])):
            used_x[i : i + n] = used_y[j : j + n] = b"\1" * n
            out.append((i, j, n))
            continue
        free = [k for k in range(n) if not used_x[i + k] and not used_y[j + k]]
        for first, length in _stretches(free):
            if length > 1:
                heapq.heappush(queue, (-length, drift, i + first, j + first))
    return out


def runs_between(x: Sequence[str], y: Sequence[str], tiles: Sequence[Tile]) -> list[Run]:
    """Return what happened to all words of both sequences, tiles being laid, in local order."""
    stayed = _heaviest_chain(tiles)
    return _fill(x, y, stayed, sorted(set(tiles) - set(stayed)))


def _stretches(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield first and length of each run of consecutive numbers."""
    start = 0
    for k in range(1, len(numbers) + 1):
        if k == len(numbers) or numbers[k] != numbers[k - 1] + 1:
            yield numbers[start], k - start
            start = k


def _heaviest_chain(tiles: Sequence[Tile]) -> list[Tile]:
    """Return the tiles in the same order on both sides that together hold most words."""
    order = sorted(tiles)
    if all(one[1] < other[1] for one, other in pairwise(order)):
        return order
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


def _equal_runs(x: Sequence[str], y: Sequence[str]) -> Iterable[Tile]:
    from rapidfuzz.distance import Indel

    for op in Indel.opcodes(x, y):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start


def _fill(x: Sequence[str], y: Sequence[str], stayed: list[Tile], moved: list[Tile]) -> list[Run]:
    """Return runs of words as (op, local from, to, template from, to), in local order."""
    gone = {j + k for _, j, n in moved for k in range(n)}
    came = {i + k: (i, j, n) for i, j, n in moved for k in range(n)}
    out: list[Run] = []
    i = j = 0
    for p, q, n in [*stayed, (len(x), len(y), 0)]:
        out += _gap(x, y, i, p, j, q, came, gone)
        if n:
            out.append(("equal", p, p + n, q, q + n))
        i, j = p + n, q + n
    return out


def _gap(
    x: Sequence[str], y: Sequence[str], i: int, p: int, j: int, q: int, came: dict[int, Tile], gone: set[int]
) -> Iterable[Run]:
    """Match single words between two tiles; pieces of moved tiles stand where they are."""
    left = [k for k in range(i, p) if k not in came]
    right = [k for k in range(j, q) if k not in gone]
    pairs = {}
    if left and right:
        runs = _equal_runs([x[k] for k in left], [y[k] for k in right])
        pairs = {left[a + k]: right[b + k] for a, b, n in runs for k in range(n)}
    pending: list[int] = []

    def change(upto: int) -> Iterable[Run]:
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
