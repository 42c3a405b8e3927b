"""Why two passages stand to each other as they do: evidence with quotations.

`find_evidence` takes a local and a template passage with their redline and returns every
difference that bears on how demanding the local text is: targets, deadlines, frequencies,
coverage, modality, levels, scope, exceptions, accountability and whole commitments. Each kind
is a module of its own; `Pair` prepares what they share.
"""

from __future__ import annotations

from policycmp.evidence.commitments import commitments
from policycmp.evidence.figures import figures
from policycmp.evidence.graded import accountability, coverage, exceptions, modality
from policycmp.evidence.levels import levels
from policycmp.evidence.model import KINDS, Evidence
from policycmp.evidence.pair import Pair
from policycmp.evidence.weights import Weights, default_weights
from policycmp.passage import Passage
from policycmp.redline import Redline

__all__ = ["KINDS", "Evidence", "find_evidence"]


def find_evidence(
    local: Passage,
    template: Passage,
    lines: Redline,
    *,
    weights: Weights | None = None,
    same_scale: bool | None = None,
    scale_ratio: float | None = None,
) -> tuple[Evidence, ...]:
    """Return what makes the local passage more or less demanding than the template.

    Parameters
    ----------
    local, template : Passage
    lines : Redline
        The redline of the two.
    weights : mapping, optional
        Weight by (kind, case); the table's by default.
    same_scale, scale_ratio
        See `policycmp.target_change.change`.

    Examples
    --------
    >>> from policycmp.redline import redline
    >>> one, other = Passage.of("鼓励学校开放体育场馆。"), Passage.of("学校应当开放体育场馆。")
    >>> [e.text for e in find_evidence(one, other, redline(one, other))]
    ['应当→鼓励 学校开放体育场馆: 语气减弱']
    """
    weights = default_weights() if weights is None else weights
    pair = Pair.of(local, template, lines)
    numbers = figures(pair, weights, same_scale=same_scale, scale_ratio=scale_ratio)
    graded = [
        *numbers.evidence,
        *coverage(pair, weights),
        *modality(pair, weights),
        *levels(pair, weights),
        *exceptions(pair, weights),
        *accountability(pair, weights),
    ]
    rest = commitments(pair, weights, numbers.added, numbers.dropped, graded)
    order = {kind: k for k, kind in enumerate(KINDS)}
    return tuple(sorted((*graded, *rest), key=lambda e: (order[e.kind], -e.weight)))
