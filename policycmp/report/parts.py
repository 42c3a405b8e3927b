"""What a page is made of: pairs of clauses, the grounds of their relation, shares; plain objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policycmp.report.sides import Side, sides_of

if TYPE_CHECKING:
    from policycmp.model import Clause
    from policycmp.redlines import Redline

__all__ = ["Ground", "Pair", "Share"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A piece of evidence in the reader's language and this comparison's wording."""

    kind: str
    direction: str
    weight: float
    text: str
    local_quote: str
    template_quote: str

    @property
    def directed_weight(self) -> float:
        return 0.0 if self.direction == "neutral" else self.weight


@dataclass(frozen=True, slots=True)
class Share:
    """How many clauses have a relation, of all and of those within the local plan's subject."""

    relation: str
    count: int
    share: float | None
    in_scope: int
    share_in_scope: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the comparison with the two clauses it is about."""

    row: dict[str, Any]
    local: Clause | None
    template: Clause | None
    grounds: tuple[Ground, ...] = ()
    steps: tuple[str, ...] = ()
    """How the label came about."""
    redline: Redline | None = None
    measures: tuple[dict[str, Any], ...] = ()
    others: tuple[Pair, ...] = ()
    """Further clauses the same local clause draws on."""

    @property
    def relation(self) -> str:
        return str(self.row["relation"])

    @property
    def weight(self) -> float:
        """How much evidence of change there is, for sorting."""
        return sum(ground.directed_weight for ground in self.grounds)

    @property
    def sides(self) -> dict[str, Side]:
        """The redline's two sides, each in its own order."""
        if self.redline is None or self.local is None or self.template is None:
            return {}
        return sides_of(self.redline, local_body=self.local.body, template_body=self.template.body)

    @property
    def section(self) -> str:
        clause = self.local or self.template
        return " › ".join(clause.path) if clause else ""
