"""A comparison at a glance: what became of clauses and sentences, as a line and as a small HTML table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policycmp.labels import RELATIONS, label
from policycmp.text import clean

if TYPE_CHECKING:
    from policycmp.comparison import Comparison

__all__ = ["counts_html", "counts_line"]


def counts_line(comparison: Comparison) -> str:
    """Return the two plans and how many clauses have which relation."""
    counts = comparison.summary().query("unit == 'clause' and count > 0")
    shown = ", ".join(
        f"{n} {relation}" for n, relation in zip(counts["count"], counts["relation"], strict=True)
    )
    return f"<Comparison {comparison.local.plan_id} with {comparison.template.plan_id}: {shown}>"


def counts_html(comparison: Comparison) -> str:
    """Return counts and shares of the relations under both titles, with the caution where one is due."""
    counts = comparison.summary()
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(label(r, 'zh', neutral=comparison.neutral))} {r}</th>"
        + "".join(
            f"<td>{part['count'].iloc[0]}</td><td>{part['share'].iloc[0]:.0%}</td>"
            for unit in ("clause", "measure")
            if len(part := counts[(counts["unit"] == unit) & (counts["relation"] == r)])
        )
        + "</tr>"
        for r in RELATIONS
    )
    heads = "".join(f"<th colspan='2'>{label(f'view_{u}')} {u}</th>" for u in dict.fromkeys(counts["unit"]))
    title = escape(
        f"{comparison.local.title or comparison.local.plan_id} ↔ {comparison.template.title or comparison.template.plan_id}"
    )
    banner = f"<p style='max-width:60em'>{escape(comparison.banner())}</p>" if comparison.neutral else ""
    return clean(f"<div><p><b>{title}</b></p>{banner}<table><tr><th></th>{heads}</tr>{rows}</table></div>")
