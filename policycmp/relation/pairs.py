"""The relation of two passages, and of any two texts.

`judge` takes two passages that are known to be about the same task. `relate` takes any two texts and
asks first whether they are: by the words and characters of what they say is done, without the principles
and openings every plan has.
"""

from __future__ import annotations

from collections.abc import Sequence

from policycmp.evidence import examine
from policycmp.evidence.levels import rank
from policycmp.evidence.segments import Segment, segments, shared
from policycmp.language.passage import Passage
from policycmp.redlines import redline
from policycmp.relation.decision import Relation, decide
from policycmp.relation.options import RelationOptions

__all__ = ["judge", "relate", "word_for_word"]


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
    if word_for_word(local, template):
        return decide((), 1.0, 1.0, options)  # word for word, places exchanged: nothing to look for
    found = examine(
        local,
        template,
        weights=options.weights,
        same_scale=options.same_scale,
        scale_ratio=options.scale_ratio,
        local_context=local_context,
        template_context=template_context,
    )
    evidence = [e for e in found.evidence if not (in_part and e.case == "dropped")]
    return decide(evidence, found.pair.lines.copied, found.carried, options)


def word_for_word(local: Passage, template: Passage) -> bool:
    """Tell whether two texts are the same but for localisation and punctuation, levels included."""
    if not local.norms or local.norms != template.norms:
        return False
    words = zip((w for w in local.words if w.norm), (w for w in template.words if w.norm), strict=True)
    return all(a.text == b.text or rank(a.text) == rank(b.text) for a, b in words)


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
    for text in (local, template):
        if not isinstance(text, str):
            raise TypeError(f"relate compares two texts. Got {type(text).__name__}")
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
