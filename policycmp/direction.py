"""What may be said about who followed whom.

Labels such as "weakened" or "dropped" say that a local government changed a plan it was given.
That is only true where the template comes from above (or is an earlier plan of the same place) and is
not later; where a place is not known, a local plan that names the template as its basis says as much. Everywhere else the same labels merely measure one plan against a benchmark, and
every chart, report and workbook says so with `Direction.banner` and neutral words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policycmp.labels import label
from policycmp.text import fold

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["Direction", "cites", "direction"]


@dataclass(frozen=True, slots=True)
class Direction:
    """Kinship and order of two plans, and the sources both may have drawn on."""

    local: str
    template: str
    kinship: str
    """same, superior, subordinate, sibling, unrelated or unknown: what the template's place is to the local one."""
    order: str
    """template_earlier, template_later or unknown."""
    common_sources: tuple[tuple[str, str], ...]
    """(document, cited_by_template | cited_by_local | cited_by_both) for every basis with a number that
    the other plan is late enough to have known."""

    cited: bool = False
    """Whether the local plan names the template, by its number or title, as its basis."""

    @property
    def neutral(self) -> bool:
        """Whether the template was *not* given to the local government as far as is known.

        Where a place is not known, a local plan that names the template as its basis was given it.
        """
        given = self.kinship in ("superior", "same") or (self.kinship == "unknown" and self.cited)
        return not given or self.order == "template_later"

    def banner(self, lang: str = "zh") -> str:
        """Return the caution to show beside results, empty where the template came from above and before."""
        if not self.neutral:
            return ""
        open_question = self.kinship == "unknown" and self.order != "template_later"
        text = label("banner_unknown" if open_question else "banner", lang).format(
            local=self.local,
            template=self.template,
            kinship=label(f"kin_{self.kinship}", lang),
            order=label(f"order_{self.order}", lang),
        )
        cited = [
            f"{name}（{label(by, lang)}）" if lang == "zh" else f"{name} ({label(by, lang)})"
            for name, by in self.common_sources
            if by != "cited_by_local"
        ]
        if not cited or self.kinship not in ("sibling", "same", "superior", "subordinate"):
            return text
        sources = label("banner_source", lang).format(sources=("、" if lang == "zh" else ", ").join(cited))
        return f"{text}{'' if lang == 'zh' else ' '}{sources}"


def _name(plan: Plan) -> str:
    return f"{plan.jurisdiction or plan.plan_id}{f' {plan.date:%Y-%m-%d}' if plan.date else ''}"


def _bases(plan: Plan) -> dict[str, None]:
    return {cite.number: None for cite in plan.cites if cite.basis and cite.number}


def _bare(title: str) -> str:
    return "".join(c for c in fold(title) if c.isalnum())


def cites(plan: Plan, candidate: Plan) -> bool:
    """Return whether the plan names the candidate as its basis, by number or by its whole title."""
    titles = [_bare(title) for title in (candidate.title, candidate.notice_title) if title]
    for cite in plan.cites:
        if cite.basis and cite.number and cite.number == candidate.doc_number:
            return True
        cited = _bare(cite.title or "")
        # The cited title may lack the issuer that opens the candidate's own.
        if cite.basis and len(cited) >= 8 and any(title.endswith(cited) for title in titles):
            return True
    return False


def _could_know(plan: Plan, number: str) -> bool:
    """Return whether a plan can have drawn on a document: it is dated, and not before the document's year."""
    year = re.search(r"(?:19|20)\d\d", number)
    return plan.date is not None and (year is None or int(year[0]) <= plan.date.year)


def direction(local: Plan, template: Plan) -> Direction:
    """Return what is known about the direction of influence between two plans.

    Examples
    --------
    >>> import policycmp as pc
    >>> direction(pc.load_plan("xiji-2025"), pc.load_plan("wuzhong-2023")).neutral
    True
    """
    from policycmp.places import kinship, order

    here, there = _bases(local), _bases(template)
    sources = [
        (n, "cited_by_both" if n in here else "cited_by_template") for n in there if _could_know(local, n)
    ]
    sources += [(n, "cited_by_local") for n in here if n not in there and _could_know(template, n)]
    return Direction(
        _name(local),
        _name(template),
        kinship(local, template),
        order(local, template),
        tuple(sources),
        cites(local, template),
    )
