"""The relation of a local passage to its template: one label, and how it came about.

The label follows from the evidence by rules a reader can repeat. Evidence of more and of less
demand is added up (``up`` and ``down``); the heavier side decides unless the other is
*substantial* too, which makes the pair ``mixed``. Where neither side reaches the threshold, the
share of words taken over decides between ``copy`` and ``adapt``. `relate` also asks whether the
two texts are about the same task at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policycmp.evidence import Evidence, Findings, examine
from policycmp.evidence.breadth import Answered, answered_sentences
from policycmp.evidence.levels import rank
from policycmp.evidence.segments import Segment, segments, shared
from policycmp.evidence.weights import default_weights
from policycmp.labels import label
from policycmp.language.passage import Passage
from policycmp.redlines import Redline, redline

__all__ = [
    "ClauseFindings",
    "Relation",
    "RelationOptions",
    "examine_clause",
    "judge",
    "judge_clause",
    "relate",
    "weigh_clause",
]


@dataclass(frozen=True, slots=True)
class RelationOptions:
    """Thresholds and weights of the label rules.

    Parameters
    ----------
    copied : float
        Share of local words taken over from which an unchanged demand is a copy.
    decisive : float
        Sum of weights from which one direction counts.
    unchanged : float
        Sum of weights in both directions below which the demand is unchanged.
    minor : float
        Share of the heavier direction below which the lighter one is passed over.
    breadth : float
        Share of a template clause that a local clause must answer to, to answer for all of it.
    named : float
        Likeness of the headings from which two clauses name one task: the local clause then answers
        for all of the template clause, however few of its sentences it takes up.
    clause_dropped : float
        Factor for what a whole clause seems to drop: another part of the plan may say it.
    clause_minor : float
        `minor` for clauses, whose many sentences add up.
    reworded, clause_decisive : float
        Below this share of words taken over two clauses are worded freely and differ in much
        that is no difference in demand; one direction then counts from `clause_decisive`.
    same_task : float
        Likeness of content below which `relate` finds no common task.
    same_scale, scale_ratio
        Whether absolute counts can be compared, and the ratio of sizes (local / template).
    weights : mapping of (kind, case) to float, optional
        Weights that replace those of ``tables/evidence_weights.csv``.
    """

    copied: float = 0.8
    decisive: float = 0.5
    unchanged: float = 0.35
    minor: float = 0.45
    breadth: float = 0.5
    named: float = 0.5
    clause_dropped: float = 0.9
    clause_minor: float = 0.28
    reworded: float = 0.3
    clause_decisive: float = 1.05
    same_task: float = 0.13
    same_scale: bool | None = None
    scale_ratio: float | None = None
    weights: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (
            "copied",
            "minor",
            "breadth",
            "named",
            "clause_dropped",
            "clause_minor",
            "reworded",
            "same_task",
        ):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"{name} should be between 0 and 1. Got {value!r}")
        for name in ("decisive", "clause_decisive"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} should be positive. Got {getattr(self, name)!r}")
        if self.scale_ratio is not None and not self.scale_ratio > 0:
            raise ValueError(f"scale_ratio should be positive. Got {self.scale_ratio!r}")
        known = default_weights()
        for key, weight in self.weights.items():
            if key not in known or weight < 0:
                raise ValueError(
                    f"weights should map (kind, case) of the evidence table to a number from 0. Got {key!r}: {weight!r}"
                )


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


def judge(
    local: Passage,
    template: Passage,
    options: RelationOptions | None = None,
    *,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
    in_part: bool = False,
) -> Relation:
    """Return the relation of a local passage to a template passage about the same task.

    Parameters
    ----------
    local, template : Passage
    options : RelationOptions, optional
    local_context, template_context : sequence of Passage
        What stands beside the two in their plans (the clauses of two sentences): what is said
        there is neither dropped nor added.
    in_part : bool
        Another local passage answers to the same template passage more closely; what is missing
        here is for that one to answer for.
    """
    options = options or RelationOptions()
    if _word_for_word(local, template):
        return _decide((), 1.0, 1.0, options)  # word for word, places exchanged: nothing to look for
    lines = redline(local, template)
    found = _examined(local, template, lines, options, local_context, template_context)
    evidence = [e for e in found.evidence if not (in_part and e.case == "dropped")]
    return _decide(evidence, lines.copied, found.carried, options)


def _word_for_word(local: Passage, template: Passage) -> bool:
    """Tell whether two texts are the same but for localisation and punctuation, levels included."""
    if not local.norms or local.norms != template.norms:
        return False
    words = zip((w for w in local.words if w.norm), (w for w in template.words if w.norm), strict=True)
    return all(a.text == b.text or rank(a.text) == rank(b.text) for a, b in words)


def _examined(
    local: Passage,
    template: Passage,
    lines: Redline,
    options: RelationOptions,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> Findings:
    return examine(
        local,
        template,
        lines,
        weights={**default_weights(), **options.weights},
        same_scale=options.same_scale,
        scale_ratio=options.scale_ratio,
        local_context=local_context,
        template_context=template_context,
    )


def _decide(
    evidence: Sequence[Evidence],
    copied: float,
    carried: float,
    options: RelationOptions,
    notes: tuple[tuple[str, str], ...] = (),
    decisive: float | None = None,
) -> Relation:
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


@dataclass(frozen=True, slots=True)
class ClauseFindings:
    """What was found between a clause and its main template clause, before it is weighed."""

    copied: float
    evidence: tuple[Evidence, ...] = ()
    carried: float = 1.0
    within: Answered = field(default_factory=lambda: Answered(1.0, ()))
    """The template sentences the clause answers to."""

    def has(self, dropped: Evidence) -> bool:
        """Tell whether this clause says what another one dropped: the same place otherwise, or its sentence whole."""
        start, end = dropped.template_start, dropped.template_end
        if start is None or end is None:
            return False
        there = self._cases(start, end)
        if there:
            return "dropped" not in there
        sentence = self.within.sentence(start)
        return self.within.holds(start) and "dropped" not in self._cases(*sentence)

    def _cases(self, start: int, end: int) -> set[str]:
        """Return what became of a span of the template clause: changed, dropped, or nothing."""
        return {
            e.case
            for e in self.evidence
            if e.template_start is not None
            and e.template_end is not None
            and e.template_start < end
            and start < e.template_end
        }


def examine_clause(
    local: Passage,
    templates: Sequence[Passage],
    options: RelationOptions | None = None,
    *,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
) -> ClauseFindings:
    """Return the evidence between a clause and the template clauses it draws on (see `judge_clause`)."""
    template = templates[0]
    if _word_for_word(local, template):
        whole = Answered(1.0, ((0, len(template.text)),), ((0, len(template.text), 1.0, 1.0),))
        return ClauseFindings(1.0, within=whole)
    lines = redline(local, template)
    context = [*templates[1:], *template_context]
    found = _examined(local, template, lines, options or RelationOptions(), local_context, context)
    within = answered_sentences(found.pair.template, found.pair.local, found.pair.partners[1])
    return ClauseFindings(lines.copied, found.evidence, found.carried, within)


def weigh_clause(
    findings: ClauseFindings,
    options: RelationOptions | None = None,
    *,
    others: Sequence[ClauseFindings] | None = None,
    foremost: bool = True,
    named: bool = False,
) -> Relation:
    """Return the relation of a clause by what was found, and who else answers to its template clause.

    Parameters
    ----------
    findings : ClauseFindings
    options : RelationOptions, optional
    others : sequence of ClauseFindings, optional
        Those of the other local clauses that draw on the same template clause; none if this is its
        only answer. By default it is not known who else answers.
    foremost : bool
        Of all that answer to the template clause this one is the most like it: what none of them
        holds is for it to answer for.
    named : bool
        The two headings name one task (提高学前教育普惠水平, 实施学前教育普及普惠发展计划): what the local
        clause leaves out of it is lost, not left to others.
    """
    options = options or RelationOptions()
    within, rivals = findings.within, [o.within for o in others or ()]
    narrow = within.breadth < options.breadth
    # Nobody else could hold what the only answer leaves out, nor what belongs to the task both are named for.
    whole = named or not narrow or (others is not None and not rivals)

    def charged(e: Evidence) -> bool:
        if e.case != "dropped":
            return True
        if any(o.has(e) for o in others or ()):
            return False
        at = e.template_start
        if within.holds(at) or any(o.holds(at) for o in rivals):
            own, closest = within.share(at), max((o.share(at) for o in rivals), default=-1.0)
            return within.holds(at) and (own > closest or (own == closest and foremost))
        return foremost and whole

    evidence = [
        replace(e, weight=e.weight * options.clause_dropped) if e.case == "dropped" else e
        for e in findings.evidence
        if charged(e)
    ]
    notes: tuple[tuple[str, str], ...] = ()
    if len(evidence) < len(findings.evidence):
        rest = (
            ("其余由同样对应该条款的其他本地条款承担", "other local clauses answer for the rest")
            if rivals
            else ("其余句子不计在内", "its other sentences are left out of account")
        )
        notes = (
            (
                f"本地条款只对应对照条款的一部分（{within.breadth:.0%}），{rest[0]}",
                f"The local clause answers to part of the template clause only ({within.breadth:.0%}); {rest[1]}",
            ),
        )
    decisive = options.clause_decisive if findings.copied < options.reworded else options.decisive
    options = replace(options, minor=options.clause_minor)
    return _decide(evidence, findings.copied, findings.carried, options, notes, decisive)


def judge_clause(
    local: Passage,
    templates: Sequence[Passage],
    options: RelationOptions | None = None,
    *,
    local_context: Sequence[Passage] = (),
    template_context: Sequence[Passage] = (),
    only: bool = False,
) -> Relation:
    """Return the relation of a clause to the template clauses it draws on, the first being the main one.

    A narrow local item (美育 alone) does not drop what a broad template clause (五育并举) says about
    other tasks: where the local clause answers to less than `RelationOptions.breadth` of the
    template clause, only the template sentences it answers to can lose anything. If it is the
    `only` local clause that answers, nobody else can hold the other sentences, and these are lost
    all the same. (Where several local clauses share a
    template clause, `weigh_clause` sees to it that each loss is charged once.)

    Parameters
    ----------
    local : Passage
    templates : sequence of Passage
    options : RelationOptions, optional
    local_context, template_context : sequence of Passage
        The counterparts of the two clauses' sentences wherever they stand, and other clauses that
        share the template clause: what moved to another clause is neither dropped nor added.
    only : bool
        Whether no other local clause answers to the template clause.
    """
    found = examine_clause(
        local, templates, options, local_context=local_context, template_context=template_context
    )
    return weigh_clause(found, options, others=() if only else None)


def relate(local: str, template: str, *, options: RelationOptions | None = None) -> Relation:
    """Return how a local text stands to a template text.

    Parameters
    ----------
    local, template : str
        Two sentences or clauses.
    options : RelationOptions, optional

    Returns
    -------
    Relation
        ``label`` is copy, adapt, sharpen, weaken, mixed, or new where the two are not about
        the same task.

    Examples
    --------
    >>> relate("每年开展一次隐患排查。", "每季度开展一次隐患排查。").label
    'weaken'
    """
    options = options or RelationOptions()
    here, there = Passage.of(local), Passage.of(template)
    lines = redline(here, there)
    contained = max(lines.copied, lines.kept) > _CONTAINED
    if _likeness(here, there) < options.same_task and not contained:
        step = ("两段文字没有共同的任务", "The two texts have no task in common")
        return Relation("new", 0.0, lines.copied, (), (step,))
    return judge(here, there, options)


_SPEAKS = 0.38
"""Factor from which a segment says what is done, and is no principle or occasion."""
_CONTAINED = 0.95
"""Share of either text from which one simply contains the other, whatever it is about."""


def _likeness(local: Passage, template: Passage) -> float:
    """Return how much two texts are about the same thing, by words and by characters."""
    one, other = _about(local), _about(template)
    words = 2 * shared(one, other) / (sum(one.values()) + sum(other.values()) or 1.0)
    a, b = _characters(local), _characters(template)
    characters = 2 * len(a & b) / (len(a) + len(b) or 1)
    return (words + characters) / 2


def _core(passage: Passage) -> list[Segment]:
    """Return the segments that say what is done, without principles and openings every plan has."""
    parts = segments(passage)
    said = [part for part in parts if part.factor > _SPEAKS and part.characters]
    return [part for part in said if not part.frame] or said or list(parts)


def _about(passage: Passage) -> dict[str, float]:
    out: dict[str, float] = {}
    for part in _core(passage):
        out.update(part.content)
    return out


def _characters(passage: Passage) -> frozenset[str]:
    return frozenset().union(*(part.characters for part in _core(passage)))
