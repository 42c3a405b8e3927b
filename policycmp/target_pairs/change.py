"""What the difference between two targets about the same thing means.

Two targets are put on one scale (`policycmp.target_pairs.value`); their intervals say whether the
local value is higher or lower, the polarity says whether that demands more. Deadlines are
compared beside the values, and alone where the values cannot be compared. How much both
together demand is the *effect*: sharpen, weaken, mixed (a higher value later) or none.

An absolute amount depends on the size of the place. Between unequal jurisdictions a smaller
one is neither weaker nor stronger (``comparable`` is ``scale_dependent`` and the value has no
effect), unless the sizes are given: then amounts per size are compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from policycmp.labels import label
from policycmp.model import Target
from policycmp.target_pairs.dates import DeadlineDirection, compare_due
from policycmp.target_pairs.display import show_date, show_value
from policycmp.target_pairs.growth import change_of, each_year, years_of
from policycmp.target_pairs.size import is_one_of
from policycmp.target_pairs.value import Standing, counts_places, per_year, standing

__all__ = [
    "Comparable",
    "DeadlineDirection",
    "Direction",
    "Effect",
    "TargetChange",
    "change",
]

Direction = Literal["higher", "lower", "same", "earlier", "later", "range_shift", "added", "removed"]
Effect = Literal["sharpen", "weaken", "mixed", "none"]
Comparable = Literal["direct", "scale_dependent"]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """How a local target stands to a template target.

    ``reason`` and ``reason_en`` say why in plain words.
    """

    direction: Direction
    deadline_direction: DeadlineDirection | None
    effect: Effect
    comparable: Comparable
    reason: str
    reason_en: str
    value_effect: Effect = "none"
    deadline_effect: Effect = "none"


def _say(key: str, zh: dict[str, str] | None = None, en: dict[str, str] | None = None) -> tuple[str, str]:
    return label(f"change.{key}", "zh").format(**zh or {}), label(f"change.{key}", "en").format(
        **en or zh or {}
    )


def _values(local: Target, template: Target) -> list[dict[str, str]]:
    return [
        {"local": show_value(local, lang), "template": show_value(template, lang)} for lang in ("zh", "en")
    ]


def _near(a: float, b: float) -> bool:
    return a == b or math.isclose(a, b, rel_tol=1e-6)


def _move(local: Standing, template: Standing, ratio: float, better: int) -> Direction:
    """Return where the local interval lies against the template's."""
    low_a, high_a = local.low / ratio, local.high / ratio
    low_b, high_b = template.low, template.high
    low = 0 if _near(low_a, low_b) else 1 if low_a > low_b else -1
    high = 0 if _near(high_a, high_b) else 1 if high_a > high_b else -1
    if low == high == 0:
        return "same"
    opened = math.isinf(low_a) != math.isinf(low_b), math.isinf(high_a) != math.isinf(high_b)
    # A bound that appears or goes while the other stays is no bound raised: 1-2项 → 至少1项.
    if (low == 0 and opened[1]) or (high == 0 and opened[0]):
        return "range_shift"
    # Where it moves and the other one opens or closes, the bound that binds decides: 不超过5.5% → 5%左右.
    if any(opened) and better:
        moved = low if better > 0 else high
        return "higher" if moved > 0 else "lower" if moved < 0 else "range_shift"
    if low >= 0 and high >= 0:
        return "higher"
    return "lower" if low <= 0 and high <= 0 else "range_shift"


def _each_year(a: Standing, b: Standing, local: Target, template: Target) -> tuple[Standing, Standing, int]:
    """Return both standings as changes a year, where the total tells over how many years it runs; else 0."""
    total = local if a.scale == "change" else template
    years, moved = years_of(total), change_of(total)
    if years is None or moved is None:
        return a, b, 0
    a, b = (
        replace(
            s,
            scale="change a year",
            low=each_year(s.low, years, moved.sign) if math.isfinite(s.low) else s.low,
            high=each_year(s.high, years, moved.sign) if math.isfinite(s.high) else s.high,
        )
        if s.scale == "change"
        else s
        for s in (a, b)
    )
    return a, b, years


def _nested(a: Standing, b: Standing) -> bool:
    """Tell whether one bounded range lies within the other (16—24岁 within 16—35岁)."""
    bounded = all(map(math.isfinite, (a.low, a.high, b.low, b.high)))
    return bounded and (a.low <= b.low) == (a.high >= b.high) and min(a.high - a.low, b.high - b.low) > 0


def _one_scale(a: Standing, b: Standing, local: Target, template: Target) -> bool:
    """Tell whether two standings can be held against each other; 每生1200元 is taken for 每生每年1200元."""
    yearly = any(
        per_year(mark.removeprefix("period:")) == 1
        for t in (local, template)
        for mark in t.qualifiers
        if mark.startswith("period:")
    )
    stem = " a year" if yearly else ""
    return a.scale.removesuffix(stem) == b.scale.removesuffix(stem)


def _joint_polarity(local: Standing, template: Standing) -> int:
    if local.better == template.better:
        return local.better
    if local.certainty != template.certainty:
        return max(local, template, key=lambda s: s.certainty).better
    return 0 if local.better and template.better else local.better or template.better


_DEADLINE_EFFECT: dict[str | None, Effect] = {
    "earlier": "sharpen",
    "added": "sharpen",
    "later": "weaken",
    "removed": "weaken",
}


def _together(value: Effect, deadline: Effect) -> Effect:
    effects = {value, deadline} - {"none"}
    if not effects:
        return "none"
    return effects.pop() if len(effects) == 1 else "mixed"


def change(
    local: Target,
    template: Target,
    *,
    same_scale: bool | None = None,
    scale_ratio: float | None = None,
    local_horizon: str | None = None,
    template_horizon: str | None = None,
    local_level: str | None = None,
    template_level: str | None = None,
    dated: bool = True,
) -> TargetChange:
    """Compare two targets that are known to be about the same thing.

    Parameters
    ----------
    local, template : Target
    same_scale : bool, optional
        Whether the two jurisdictions are of one size (the same place at two dates). Where this
        is not known, absolute amounts are scale dependent.
    scale_ratio : float, optional
        Size of the local jurisdiction divided by the template's; absolute amounts are then
        compared per size.
    local_horizon, template_horizon : str, optional
        Year in which each plan ends. Where only one target states a date, the other is taken as
        due by the end of its plan, if that tells the two apart.
    local_level, template_level : str, optional
        Level of each plan's jurisdiction (county, prefecture …): a county's total is held against
        what the template asks of each county.
    dated : bool
        Whether deadlines are compared too.

    Returns
    -------
    TargetChange

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> one, = targets_in("初中年辍学率控制在1%以内。")
    >>> two, = targets_in("初中年辍学率控制在1.5%以内。")
    >>> found = change(one, two)
    >>> found.direction, found.effect, found.reason
    ('lower', 'sharpen', '1%以内低于对照的1.5%以内，越低要求越高')
    """
    if scale_ratio is not None and not (scale_ratio > 0 and math.isfinite(scale_ratio)):
        raise ValueError(f"scale_ratio should be a positive number. Got {scale_ratio!r}")
    nothing: _Due = (None, "none", [])
    due, due_effect, due_words = (
        _deadline_change(local, template, local_horizon, template_horizon) if dated else nothing
    )
    a, b = standing(local), standing(template)
    if a is not None and b is not None and {a.scale, b.scale} == {"change", "change a year"}:
        a, b, years = _each_year(a, b, local, template)
    else:
        years = 0
    if a is None or b is None or not _one_scale(a, b, local, template):
        lost: Effect = "none"
        words = [] if a is None and b is None else [_say("incomparable", *_values(local, template))]
        if (a is None) != (b is None):
            words = [_say("date_only", *_values(local, template))]
            counted = a or b
            # A number of places (5个县) and one place's date say the same; a lost rate is a loss.
            if counted and not counted.absolute and not counts_places(local if a else template):
                lost = "sharpen" if a else "weaken"
                words = [_say("number_added" if a else "number_removed", *_values(local, template))]
        direction: Direction = due if due in ("earlier", "later", "same") else "range_shift"
        return _result(direction, due, lost, due_effect, "direct", [*words, *due_words])
    each = (
        bool(a.per and b.per)
        or is_one_of(a.per, template, template_level)
        or is_one_of(b.per, local, local_level)
    )
    grows = (a.absolute or b.absolute) and not each and not same_scale
    comparable: Comparable = "scale_dependent" if grows else "direct"
    ratio = scale_ratio if comparable == "scale_dependent" and scale_ratio else 1.0
    better = _joint_polarity(a, b)
    moved = _move(a, b, ratio, better)
    plain = _move(a, b, 1.0, better)
    words = [_say(plain, *_values(local, template))]
    if plain == "range_shift" and (_near(a.low, b.low) or _near(a.high, b.high)):
        words.append(_say("same_floor" if _near(a.low, b.low) else "same_ceiling"))
    if years:
        words.append(_say("compounded", {"years": str(years)}))
    effect: Effect = "none"
    if ratio != 1.0:
        words.append(_say("per_size", {"ratio": _times(a, b, ratio)}))
    if moved in ("higher", "lower"):
        if comparable == "scale_dependent" and scale_ratio is None:
            words.append(_say("scale"))
        elif better == 0 and a.scale == "age" and _nested(a, b):
            effect = "sharpen" if a.high - a.low > b.high - b.low else "weaken"
            words.append(_say("wider" if effect == "sharpen" else "narrower"))
        elif better == 0:
            words.append(_say("neutral"))
        else:
            effect = "sharpen" if (moved == "higher") == (better > 0) else "weaken"
            if "condition" in local.qualifiers and "condition" in template.qualifiers:
                words.append(_say("wider" if effect == "sharpen" else "narrower"))
            elif better < 0:
                words.append(_say("lower_better"))
    return _result(moved, due, effect, due_effect, comparable, [*words, *due_words])


def _times(a: Standing, b: Standing, ratio: float) -> str:
    value = next(
        (
            x / ratio / y
            for x, y in ((a.low, b.low), (a.high, b.high))
            if math.isfinite(x) and math.isfinite(y) and y
        ),
        math.nan,
    )
    return f"{value:.2f}"


_Due = tuple[DeadlineDirection | None, Effect, list[tuple[str, str]]]


def _deadline_change(
    local: Target, template: Target, local_horizon: str | None, template_horizon: str | None
) -> _Due:
    due, here, there, assumed = compare_due(local, template, local_horizon, template_horizon)
    effect = "none" if assumed == "within_horizon" else _DEADLINE_EFFECT.get(due, "none")
    note = [_say(assumed)] if assumed else []
    key = {"same": "same_deadline", "added": "deadline_added", "removed": "deadline_removed"}.get(
        due or "", due
    )
    dates = [{"local": show_date(here, lang), "template": show_date(there, lang)} for lang in ("zh", "en")]
    words = [] if key is None else [_say(key, *dates)]
    return due, effect, words + note


def _result(
    direction: Direction,
    due: DeadlineDirection | None,
    effect: Effect,
    due_effect: Effect,
    comparable: Comparable,
    words: list[tuple[str, str]],
) -> TargetChange:
    zh = "，".join(w[0] for w in words).replace("，（", "（")
    en = "; ".join(w[1] for w in words).replace("; (", " (")
    return TargetChange(direction, due, _together(effect, due_effect), comparable, zh, en, effect, due_effect)
