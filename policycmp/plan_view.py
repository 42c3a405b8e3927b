"""A plan at a glance: the outline as HTML, so that a person sees whether it is right.

Headings and clauses stand as they do in the document; a clause shows its number, heading
and first words, its kind, its units and how much of it became measures. What was left over
is printed in full at the end, since that is where a wrong outline shows first.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policycmp.labels import label
from policycmp.text import clean

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["outline_html"]

_CELL = 'style="text-align:left;vertical-align:top;padding:2px 8px 2px 0"'


def _short(text: str, size: int) -> str:
    plain = " ".join(text.split())
    return escape(plain if len(plain) <= size else plain[: size - 1] + "…")


def outline_html(plan: Plan) -> str:
    """Return the outline of a plan as an HTML fragment."""
    measures: dict[str, int] = {}
    for measure in plan.measure_list:
        measures[measure.clause_id] = measures.get(measure.clause_id, 0) + 1
    lines: list[tuple[int, str]] = []
    for start, end in plan.headings:
        lines.append(
            (start, f'<tr><td colspan="5" {_CELL}><b>{_short(plan.text[start:end], 70)}</b></td></tr>')
        )
    for clause in plan.clause_list:
        units = "、".join((*clause.lead, *clause.cooperating))
        cells = (
            escape(clause.number or ""),
            f"<b>{_short(clause.heading, 40)}</b> {_short(clause.text[clause.body :], 46)}"
            if clause.heading
            else _short(clause.text, 80),
            escape(label(clause.kind)),
            _short(units, 40) + (f" · {escape(clause.deadline)}" if clause.deadline else ""),
            str(measures.get(clause.clause_id, 0)),
        )
        row = "".join(f"<td {_CELL}>{cell}</td>" for cell in cells)
        lines.append((clause.start, f'<tr title="{escape(clause.clause_id)}">{row}</tr>'))
    for duty in plan.duty_list:
        who = escape(duty.unit or "?")
        lines.append(
            (duty.start, f'<tr><td colspan="5" {_CELL}><i>{who}</i>：{_short(duty.text, 60)}</td></tr>')
        )
    facts = [plan.jurisdiction, plan.doc_number, plan.date.isoformat() if plan.date else None, plan.issuer]
    parts = {
        "clause": plan.clause_list,
        "measure": plan.measure_list,
        "duty": plan.duty_list,
        "remark": plan.remarks,
    }
    counts = "，".join(f"{label(f'view_{name}')} {len(part)}" for name, part in parts.items())
    leftover = "".join(f"<li>{_short(plan.text[a:b], 120)}</li>" for a, b in plan.leftover)
    return clean(
        f"<div><p><b>{escape(plan.title or plan.plan_id)}</b><br>{escape(' · '.join(f for f in facts if f))}<br>{counts}</p>"
        f"<table><tbody>{''.join(row for _, row in sorted(lines, key=lambda line: line[0]))}</tbody></table>"
        + (f"<p>{label('view_leftover')}</p><ul>{leftover}</ul>" if leftover else "")
        + "</div>"
    )
