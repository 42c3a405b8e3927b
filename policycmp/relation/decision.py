"""The label of a pair, and how it follows from the evidence.

The label follows from the evidence by rules a reader can repeat. Evidence of more and of less
demand is added up (``up`` and ``down``); the heavier side decides unless the other is
*substantial* too, which makes the pair ``mixed``. Where neither side reaches the threshold, the
share of words taken over decides between ``copy`` and ``adapt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policycmp.evidence import Evidence
from policycmp.labels import label
from policycmp.relation.options import RelationOptions

__all__ = ["Relation", "decide"]


@dataclass(frozen=True, slots=True, repr=False)
class Relation:
    """A label with its evidence and the steps that led to it."""

    label: str
    score: float
    """Balance of the evidence: above 0 the local text demands more, below 0 less."""
    copied: float
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    """The decision in words, (zh, en)."""

    def __repr__(self) -> str:
        return f"Relation({self.label}, score={self.score:+.2f}, copied={self.copied:.2f}, {len(self.evidence)} evidence)"

    def explain(self, *, lang: str = "zh", neutral: bool = False) -> str:
        """Return the decision step by step, with every piece of evidence that entered it.

        Examples
        --------
        >>> from policycmp import relate
        >>> print(relate("每年开展一次隐患排查。", "每季度开展一次隐患排查。").explain(lang="en").splitlines()[-1])
        Label: weaken
        """
        sign = {"sharpen": "+", "weaken": "-", "neutral": " "}
        evidence = [
            f"  {sign[e.direction]}{e.weight:.2f}  {label(e.kind, lang)}  {e.line(lang, neutral=neutral)}"
            for e in self.evidence
        ]
        index = lang == "en"
        closing = (
            f"Label: {self.label}"
            if index
            else f"结论：{label(self.label, lang, neutral=neutral)}（{self.label}）"
        )
        first, *rest = [step[index] for step in self.steps] or [""]
        return "\n".join([first, *evidence, *rest, closing])


def decide(
    evidence: Sequence[Evidence],
    copied: float,
    carried: float,
    options: RelationOptions,
    notes: tuple[tuple[str, str], ...] = (),
    decisive: float | None = None,
) -> Relation:
    """Return the label that follows from the evidence, `decisive` replacing the options' own threshold."""
    up = sum(e.weight for e in evidence if e.direction == "sharpen")
    down = sum(e.weight for e in evidence if e.direction == "weaken")
    heavier, lighter = max(up, down), min(up, down)
    if heavier < (decisive or options.decisive):
        found = "copy" if carried >= options.copied and up + down < options.unchanged else "adapt"
    elif lighter >= options.decisive and lighter >= options.minor * heavier:
        found = "mixed"
    else:
        found = "sharpen" if up > down else "weaken"
    steps = (
        *notes,
        (
            f"与对照相同的本地文字 {copied:.0%}，连同写法不同而数值、时限相同者 {carried:.0%}",
            f"Share of local words that the other text has too: {copied:.0%}; with same values otherwise written {carried:.0%}",
        ),
        (
            f"要求更高的证据合计 {up:.2f}，更低的合计 {down:.2f}；达到 {decisive or options.decisive:g} 才算",
            f"Evidence of more demand {up:.2f}, of less {down:.2f}; "
            f"{decisive or options.decisive:g} is needed to count",
        ),
    )
    return Relation(found, up - down, copied, tuple(evidence), steps)
