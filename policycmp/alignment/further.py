"""Further counterparts of clauses, known once their sentences are matched.

The alignment of clauses leaves a template clause ``dropped`` when no local clause is like it as a
whole. Its sentences may have been taken into local clauses that are mostly about something else:
where a substantial share of its text was, it is no dropped clause, and the local clause that
holds most of it gets it as a further counterpart. And a template that says a clause twice (once in
each annex) is answered by one answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

from policycmp.alignment.align import Alignment, Link
from policycmp.language.passage import Passage

__all__ = ["further_links"]

_COPY = 90
"""Likeness (0–100) from which one template clause repeats another almost word for word."""
_SHORT = 12
"""Characters below which a clause says too little to be a copy of another."""


def further_links(
    alignment: Alignment,
    template: Sequence[Passage],
    held: Mapping[int, Mapping[int, float]],
    share: float,
) -> Alignment:
    """Return the alignment with further links to template clauses that were answered after all.

    Parameters
    ----------
    alignment : Alignment
        Of clauses.
    template : sequence of Passage
        The template clauses.
    held : mapping
        Template clause → local clause → share of the template clause's text whose sentences have
        their closest counterpart there.
    share : float
        Share of the text from which a template clause is answered.
    """
    main = alignment.main()
    added: dict[int, list[int]] = {}
    answered = {link.template for link in alignment.links if link.local is not None}
    dropped = [link.template for link in alignment.links if link.local is None and link.template is not None]
    for j in dropped:
        holders = held.get(j, {})
        able = [i for i in holders if main.get(i) is not None]
        if able and sum(holders.values()) >= share:
            added.setdefault(max(able, key=lambda i: (holders[i], -i)), []).append(j)
        elif (i := _of_a_copy(alignment, template, j, answered - {None})) is not None:
            added.setdefault(i, []).append(j)
    return _with(alignment, added) if added else alignment


def _of_a_copy(
    alignment: Alignment, template: Sequence[Passage], j: int, answered: set[int | None]
) -> int | None:
    """Return the local clause that answers best to a template clause of which `j` is a copy."""
    from rapidfuzz import fuzz

    text = template[j].text
    if len(text) < _SHORT:
        return None
    copies = {k for k in answered if k is not None and fuzz.ratio(text, template[k].text, score_cutoff=_COPY)}
    links = [link for link in alignment.links if link.local is not None and link.template in copies]
    best = min(links, key=lambda link: (link.rank, -link.score), default=None)
    return None if best is None else best.local


def _with(alignment: Alignment, added: Mapping[int, Sequence[int]]) -> Alignment:
    """Return the alignment with the pairs added, ranked after the links their local clauses have."""
    taken = {j for targets in added.values() for j in targets}
    links: list[Link] = []
    ranks: dict[int, int] = {}
    for link in alignment.links:
        if link.local is not None:
            ranks[link.local] = max(ranks.get(link.local, 0), link.rank)
    last = {link.local: n for n, link in enumerate(alignment.links)}
    for n, link in enumerate(alignment.links):
        if link.local is None and link.template in taken:
            continue
        links.append(link)
        if link.local is not None and last[link.local] == n:
            i = link.local
            links += [_link(alignment, i, j, ranks[i] + k) for k, j in enumerate(added.get(i, ()), 1)]
    runners = []
    place: dict[int | None, int] = {}
    for runner in alignment.candidates:
        more = added.get(runner.local, ()) if runner.local is not None else ()
        if runner.template in more or runner.local is None:
            continue
        place[runner.local] = place.get(runner.local, ranks.get(runner.local, 0) + len(more)) + 1
        runners.append(replace(runner, rank=place[runner.local]) if more else runner)
    return replace(alignment, links=tuple(links), candidates=tuple(runners))


def _link(alignment: Alignment, i: int, j: int, rank: int) -> Link:
    found = alignment.similarity
    support = min(max(float(alignment.support[i, j]), -50.0), 50.0)
    return Link(
        i,
        j,
        rank,
        float(alignment.score[i, j]),
        float(found.tfidf[i, j]),
        float(found.fuzzy[i, j]),
        1 / (1 + exp(-support)),
    )
