"""The targets of many plans in one table: indicators as rows, plans as columns.

Commitments of all plans are put together where they are about the same thing, best matches
first and at most one commitment of each plan in a row. Clauses are not aligned for this: two
clauses count as corresponding where their words are alike (TF-IDF over all plans), which lets
a shorter common phrase suffice, as in `policycmp.target_pairs.pairs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp.model import Target
from policycmp.target_pairs.display import show_date, show_value
from policycmp.target_pairs.mentions import Commitment, closeness, commitments_of
from policycmp.target_pairs.pairs import TargetOptions
from policycmp.target_pairs.value import dimension_of, standing

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["compare_targets"]

_ALIKE_CLAUSES = 0.25
"""Cosine of two clauses' words from which they count as corresponding."""
_BARE = 4
"""Characters up to which an indicator is shown with its verb."""


def compare_targets(
    plans: Sequence[Plan | str | Path],
    *,
    sources: bool = False,
    lang: str = "zh",
    options: TargetOptions | None = None,
) -> pd.DataFrame:
    """Put the targets of many plans side by side.

    Parameters
    ----------
    plans : sequence of Plan, plan id or path
    sources : bool
        Add for every plan a column ``<plan_id> source`` with the clause, the sentence part the
        value stands in and its offsets into ``plan.text``.
    lang : {"zh", "en"}
    options : TargetOptions, optional
        Least likeness of two targets to stand in one row.

    Returns
    -------
    DataFrame
        Columns indicator, level, comparable (direct or scale_dependent), plans (how many have
        it), and one column for each plan with its value and, in brackets, its deadline; missing
        where the plan has no such target. Rows in the order in which the plans, one after the
        other, bring them up.

    Examples
    --------
    >>> table = compare_targets(["wuzhong-2023", "xiji-2025"])
    >>> list(table.columns[:4])
    ['indicator', 'level', 'comparable', 'plans']
    """
    import pandas as pd

    from policycmp.datasets import as_plan

    read = [as_plan(plan) for plan in plans]
    ids = [plan.plan_id for plan in read]
    if len(set(ids)) != len(ids):
        raise ValueError(f"plan ids should differ, they name the columns. Got {ids}")
    every = [(n, commitment) for n, plan in enumerate(read) for commitment in commitments_of(plan)]
    rows = []
    for group in _together(every, read, options or TargetOptions()):
        first = min(group)
        targets = [every[k][1].mentions[0] for k in sorted(group)]
        row: dict[str, object] = {
            "indicator": _name(targets[0]),
            "level": next((t.level for t in targets if t.level), None),
            "comparable": "scale_dependent" if _grows(targets) else "direct",
            "plans": len(group),
        }
        for k in group:
            plan, commitment = read[every[k][0]], every[k][1]
            row[plan.plan_id] = _value(commitment, lang)
            if sources:
                row[f"{plan.plan_id} source"] = _source(commitment, plan)
        rows.append((first, row))
    columns = ["indicator", "level", "comparable", "plans"]
    for plan_id in ids:
        columns += [plan_id, f"{plan_id} source"] if sources else [plan_id]
    values = [[row.get(c) for c in columns] for _, row in sorted(rows, key=lambda r: r[0])]
    return pd.DataFrame(values, columns=columns, dtype=object).astype({"plans": "int64"})


def _name(target: Target) -> str:
    """Return the indicator, with the verb where a bare noun says too little (新改扩建幼儿园)."""
    action = next((m.removeprefix("action:") for m in target.qualifiers if m.startswith("action:")), "")
    return action + target.indicator if len(target.indicator) <= _BARE else target.indicator


def _grows(targets: Sequence[Target]) -> bool:
    """Whether the row holds amounts of places, none of them told for each school or pupil."""
    values = [value for value in map(standing, targets) if value]
    return any(v.absolute for v in values) and not any(v.per for v in values)


def _value(commitment: Commitment, lang: str) -> str:
    dated = next((t for t in commitment.mentions if t.deadline), commitment.mentions[0])
    shown = show_value(dated, lang)
    if not dated.deadline or dimension_of(dated) == "date":
        return shown
    date = show_date(dated.deadline, lang)
    return f"{shown}（{date}）" if lang == "zh" else f"{shown} ({date})"


def _source(commitment: Commitment, plan: Plan) -> str:
    clauses = {c.clause_id: c for c in plan.clause_list}
    parts = []
    for target in commitment.mentions:
        clause = clauses.get(target.clause_id or "")
        where = (
            (clause.heading or (clause.path[-1] if clause.path else None) or clause.clause_id)
            if clause
            else ""
        )
        parts.append(f"{where}：{target.snippet} [{target.start}:{target.end}]")
    return "\n".join(parts)


def _together(
    every: Sequence[tuple[int, Commitment]], plans: Sequence[Plan], options: TargetOptions
) -> Iterable[list[int]]:
    """Return groups of commitments that are about the same thing, at most one of each plan."""
    linked = _alike_clauses(plans)
    scores: dict[tuple[int, int], float] = {}
    for i, j in _candidates(every):
        here, there = every[i][0], every[j][0]
        # Clause ids of different plans may coincide, so links are looked up for this pair of plans.
        score = closeness(every[i][1], every[j][1], linked[here, there], (options.linked, options.unlinked))
        if score:
            scores[i, j] = score
    group_of = {k: [k] for k in range(len(every))}
    for (i, j), _ in sorted(scores.items(), key=lambda kv: (-kv[1], kv[0])):
        a, b = group_of[i], group_of[j]
        if a is b or {every[k][0] for k in a} & {every[k][0] for k in b}:
            continue
        # A chain must not join what is not alike end to end: half the pairs across have to be close.
        close = sum((min(x, y), max(x, y)) in scores for x in a for y in b)
        if close * 2 >= len(a) * len(b):
            a.extend(b)
            for k in b:
                group_of[k] = a
    return list({id(g): g for g in group_of.values()}.values())


def _candidates(every: Sequence[tuple[int, Commitment]]) -> Iterable[tuple[int, int]]:
    """Return pairs of commitments of different plans that share a word that tells something."""
    holders: dict[str, set[int]] = defaultdict(set)
    for k, (_, commitment) in enumerate(every):
        for phrase in commitment.phrases:
            for word, weight in zip(phrase.words, phrase.weights, strict=True):
                if weight >= 2.0:
                    holders[word].add(k)
    return sorted(
        {
            (i, j)
            for held in holders.values()
            for i in held
            for j in held
            if i < j and every[i][0] != every[j][0]
        }
    )


def _alike_clauses(
    plans: Sequence[Plan],
) -> dict[tuple[int, int], dict[tuple[str | None, str | None], float]]:
    """Return, for each pair of plans, the pairs of clause ids whose words are alike."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    from policycmp.language.passage import Passage

    places = [(n, c) for n, plan in enumerate(plans) for c in plan.clause_list]
    out: dict[tuple[int, int], dict[tuple[str | None, str | None], float]] = defaultdict(dict)
    words = [Passage.of_clause(plans[n], c).norms for n, c in places]
    if not any(words):
        return out
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    cosine = (vectors @ vectors.T).tocoo()
    for i, j, value in zip(cosine.row, cosine.col, cosine.data, strict=True):
        (n, a), (m, b) = places[i], places[j]
        if n < m and (value >= _ALIKE_CLAUSES or a.kind == b.kind == "goal"):
            out[n, m][a.clause_id, b.clause_id] = float(value)
    return out
