"""Whose text is this: ranking the plans a plan may have been written from.

Method. Two texts that were written independently hardly share a run of twelve characters
that is not stock phrase; a text written from another shares many. The *shared share* of a
plan with a candidate is the part of the plan's letters and digits lying in such common
runs (runs that also stand in bundled plans on other matters are stock phrase and do not
count). The measure is asymmetric: a short plan taken whole from a long one is wholly shared.

Shared text alone confuses a source with a sibling that drew on the same source. Plans are
handed down step by step, so a passage that several candidates hold is credited to the one from
above that is nearest to the plan (a county's prefecture before the province; a plan the plan
cites as its basis counts as from above where kinship is unknown), and a sibling keeps only what
none of those holds. Where there is a plan from above that rest counts half, for it may come from
a common source that is not among the candidates. A candidate dated later than the plan is never
its source, nor is one from below unless it is known to be earlier. Below a share of 5 % or 120
characters no candidate is accepted: unrelated plans share about 1 %.

References
----------
Shared-passage methods of the policy diffusion literature (e.g. Linder, Desmarais, Burgess
and Giraudy 2020, "Text as Policy", *Policy Studies Journal* 48(2)); exact runs are used
here because official Chinese texts copy literally and jieba is not needed for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from policycmp.datasets import as_plan, as_plans
from policycmp.direction import cites
from policycmp.places import LEVELS, kinship, order
from policycmp.text import Span, fold

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from policycmp.plan import Plan

__all__ = ["SourceOptions", "rank_templates", "shared_passages"]

_COLUMNS = ("template", "score", "shared_chars", "accepted", "raw_share", "kinship", "order", "cited")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Options of `rank_templates`.

    Parameters
    ----------
    run : int
        Length in characters of the shortest common run that counts.
    min_share : float
        Smallest credited share of the plan for a candidate to be accepted.
    min_chars : int
        Smallest number of credited characters for a candidate to be accepted.
    """

    run: int = 12
    min_share: float = 0.05
    min_chars: int = 120

    def __post_init__(self) -> None:
        if self.run < 4:
            raise ValueError(f"run should be at least 4 characters. Got {self.run}")
        if not 0 <= self.min_share <= 1:
            raise ValueError(f"min_share should be between 0 and 1. Got {self.min_share}")


@lru_cache(maxsize=256)
def _letters_in(text: str, pieces: tuple[Span, ...]) -> tuple[str, tuple[int, ...]]:
    folded = fold(text)
    kept, quoted = [], 0
    for start, end in pieces:
        for i in range(start, end):
            quoted += (folded[i] == "《") - (folded[i] == "》" and quoted > 0)
            if not quoted and folded[i].isalnum():
                kept.append(i)
    return "".join(folded[i] for i in kept), tuple(kept)


def _letters(plan: Plan) -> tuple[str, tuple[int, ...]]:
    """Return the letters and digits of a plan's clauses, and where each stands in its text.

    Layout and punctuation never count; neither do lists of responsible units and titles of cited
    documents, which plans share without either being written from the other.
    """
    pieces = tuple(piece for clause in plan.clause_list for piece in clause.pieces)
    return _letters_in(plan.text, pieces or ((0, len(plan.text)),))


@lru_cache(maxsize=256)
def _runs(tight: str, run: int) -> frozenset[str]:
    return frozenset(tight[i : i + run] for i in range(len(tight) - run + 1))


def _stock_runs(plans: Sequence[Plan], run: int) -> frozenset[str]:
    """Return the runs of the bundled plans other than those compared: stock phrase of the genre."""
    from policycmp.datasets import data_folder

    mine = {plan.text for plan in plans}
    texts = [path.read_text(encoding="utf-8") for path in sorted((data_folder() / "plans").glob("*.txt"))]
    others = [_letters_in(text, ((0, len(text)),))[0] for text in texts if text not in mine]
    return frozenset().union(*(_runs(tight, run) for tight in others))


def _shared(plan: Plan, candidate: Plan, stock: frozenset[str], run: int) -> NDArray[np.bool_]:
    """Return for each letter of the plan whether it lies in a run shared with the candidate."""
    tight = _letters(plan)[0]
    theirs = _runs(_letters(candidate)[0], run)
    mask = np.zeros(len(tight), dtype=bool)
    for i in range(len(tight) - run + 1):
        piece = tight[i : i + run]
        if piece in theirs and piece not in stock:
            mask[i : i + run] = True
    return mask


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a candidate shares with the plan, and what speaks for it as the source."""

    plan_id: str
    shared: NDArray[np.bool_]
    kinship: str
    order: str
    cited: bool
    height: int
    """How far above: 0 national, larger is nearer to the ground."""

    @property
    def handed_down(self) -> bool:
        # A citation decides where kinship does not: nobody implements a sibling's plan, but titles are alike.
        from_above = self.kinship == "superior" or (self.cited and self.kinship in ("same", "unknown"))
        return from_above and self.order != "template_later"


def _claim(plan: Plan, candidate: Plan, stock: frozenset[str], run: int) -> _Claim:
    return _Claim(
        candidate.plan_id,
        _shared(plan, candidate, stock, run),
        kinship(plan, candidate),
        order(plan, candidate),
        cites(plan, candidate),
        LEVELS.index(candidate.level) if candidate.level in LEVELS else 0,
    )


def _credit(claim: _Claim, claims: Sequence[_Claim]) -> int:
    """Return how many shared letters are credited to a candidate, given what the others hold."""
    if claim.order == "template_later" or (
        claim.kinship == "subordinate" and claim.order != "template_earlier"
    ):
        return 0
    above = [c for c in claims if c.handed_down]
    if claim.handed_down:
        above = [c for c in above if c.height > claim.height]
    elsewhere = np.logical_or.reduce([c.shared for c in above] or [np.zeros_like(claim.shared)])
    left = int((claim.shared & ~elsewhere).sum())
    return left if claim.handed_down or not above else left // 2


def rank_templates(
    plan: Plan | str | Path,
    candidates: Iterable[Plan | str | Path],
    *,
    options: SourceOptions | None = None,
) -> pd.DataFrame:
    """Rank the plans that `plan` may have been written from.

    Parameters
    ----------
    plan : Plan, str or Path
        The plan whose source is sought: a Plan, the id of a bundled one or a path.
    candidates : iterable of Plan, str or Path
        The plans it may come from; the plan itself is left out.
    options : SourceOptions, optional
        Length of run and thresholds.

    Returns
    -------
    DataFrame
        Columns template (plan_id), score (credited share of the plan, 0–1), shared_chars (credited
        letters), accepted (bool), raw_share (share before crediting), kinship, order, cited; best
        first. Refused candidates stay with ``accepted=False``; empty if there are no candidates.

    Raises
    ------
    ValueError
        If one plan is given where several are due, or a name is no plan's.

    Notes
    -----
    See the module's text for the method. Accepted means "shares too much for chance", not "copied".

    Examples
    --------
    >>> import policycmp as pc
    >>> ranked = pc.rank_templates("xiji-2025", ["wuzhong-2023", "leshan-2021", "pingluo-2019"])
    >>> ranked[["template", "accepted"]].values.tolist()[0]
    ['wuzhong-2023', True]
    """
    import pandas as pd

    options = options or SourceOptions()
    plan = as_plan(plan)
    rivals = [
        c
        for c in as_plans(candidates)
        if c is not plan and not (c.plan_id == plan.plan_id and c.text == plan.text)
    ]
    if not rivals:
        return pd.DataFrame(columns=list(_COLUMNS)).astype(
            {"score": float, "shared_chars": int, "accepted": bool}
        )
    stock = _stock_runs([plan, *rivals], options.run)
    size = max(len(_letters(plan)[0]), 1)
    claims = [_claim(plan, candidate, stock, options.run) for candidate in rivals]
    rows = []
    for claim in claims:
        chars = _credit(claim, claims)
        score = chars / size
        accepted = score >= options.min_share and chars >= options.min_chars
        raw = float(claim.shared.sum()) / size
        rows.append((claim.plan_id, score, chars, accepted, raw, claim.kinship, claim.order, claim.cited))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.sort_values(
        ["score", "raw_share", "template"], ascending=[False, False, True], ignore_index=True
    )


def shared_passages(
    plan: Plan | str | Path, candidate: Plan | str | Path, *, options: SourceOptions | None = None
) -> pd.DataFrame:
    """Return the passages that two plans (Plans, ids or paths) share, longest first.

    Returns
    -------
    DataFrame
        Columns start, end (offsets into ``plan.text``), template_start (where it first stands in
        ``candidate.text``), chars (letters and digits), text.

    Examples
    --------
    >>> import policycmp as pc
    >>> passages = pc.shared_passages("xiji-2025", "wuzhong-2023")
    >>> bool(passages["chars"].iloc[0] > 100)
    True
    """
    import pandas as pd

    options = options or SourceOptions()
    plan = as_plan(plan)
    tight, places = _letters(plan)
    theirs, their_places = _letters(as_plan(candidate))
    rows, i = [], 0
    while i <= len(tight) - options.run:
        at = theirs.find(tight[i : i + options.run])
        if at < 0:
            i += 1
            continue
        length = options.run
        while (
            i + length < len(tight) and at + length < len(theirs) and tight[i + length] == theirs[at + length]
        ):
            length += 1
        start, end = places[i], places[i + length - 1] + 1
        rows.append((start, end, their_places[at], length, plan.text[start:end]))
        i += length
    frame = pd.DataFrame(rows, columns=["start", "end", "template_start", "chars", "text"])
    return frame.sort_values(["chars", "start"], ascending=[False, True], ignore_index=True)
