"""Values and dates of targets as readers write them: 93%以上, 每季度1次, 到2025年; ≥93%, by 2025."""

from __future__ import annotations

import re

from policycmp.model import Target
from policycmp.target_pairs.growth import change_of
from policycmp.target_pairs.value import eliminates, per_year

__all__ = ["show_date", "show_value"]


def show_value(target: Target, lang: str = "zh") -> str:
    """Return the target's value as a reader expects it: ``93%以上``, ``1—2项/名学生``, ``≥93%``.

    Examples
    --------
    >>> from policycmp.targets.find import targets_in
    >>> target = targets_in("普惠性幼儿园覆盖率达到93%以上。")[0]
    >>> show_value(target), show_value(target, "en")
    ('93%以上', '≥93%')
    """
    if target.kind == "deadline":
        date = show_date(target.deadline or _number(target.value_high), lang)
        return f"到{date}" if lang == "zh" else f"by {date}"
    low, high = target.value_low, target.value_high
    value = _number(low if low is not None else high)
    if low is not None and high is not None and low != high:
        value = f"{_number(low)}—{_number(high)}"
    text = f"{value}{target.unit}" if not target.unit.startswith("1:") else f"1:{value}"
    if eliminates(target):
        text = "0"
    moved = change_of(target)
    if target.kind == "frequency" and "interval" in target.qualifiers:
        return f"每{text}1次" if lang == "zh" else f"once in {text}"
    if lang == "zh":
        if moved is not None:
            text = f"{'下降' if moved.sign < 0 else '增长'}{'到' if moved.to else ''}{text}"
        text += {">=": "以上", "<=": "以内", "approx": "左右"}.get(target.comparator, "")
        text += next((f"（{m[14:]}）" for m in target.qualifiers if m.startswith("coverage_word:")), "")
    else:
        if moved is not None:
            text = f"{'down' if moved.sign < 0 else 'up'} {'to' if moved.to else 'by'} {text}"
        text = {">=": "≥", "<=": "≤", "approx": "≈"}.get(target.comparator, "") + text
    if not target.per:
        return text
    if per_year(target.per) is not None and lang == "zh":
        return f"每{target.per.removeprefix('每')}{text}"
    period = next((f"·{m[7:]}" for m in target.qualifiers if m.startswith("period:")), "")
    return f"{text}/{target.per}{period}"


def show_date(deadline: str | None, lang: str = "zh") -> str:
    """Return a deadline as readers write it: 2025年, 2025年6月; unchanged if it is not a date."""
    found = re.fullmatch(r"(\d{4})年?(?:-(\d{1,2}))?(?:-(\d{1,2}))?", deadline or "")
    if found is None or lang == "en":
        return (deadline or "").removesuffix("年")
    year, month, day = found.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
