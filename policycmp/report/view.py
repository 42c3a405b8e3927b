"""What a page shows, taken from a comparison and put into the order of reading.

Templates should not know about data frames, missing values or offsets. A *view* is the
same comparison as small plain objects: the pairs of each local clause under its section,
with evidence and the two sides of the redline cut into runs; the targets; the clauses
nobody took up; the shares. Nothing is judged here, only gathered and counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from policycmp.labels import label

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.model import Clause
    from policycmp.plan import Plan
    from policycmp.redline import Block, Redline

__all__ = ["Pair", "ReportView", "Run", "Share", "clean", "flat", "ink_on", "records", "split_numbers"]

_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return `text` with � for control characters and broken surrogates, which HTML and Excel refuse.

    Examples
    --------
    >>> clean("教育\\x0b质量")
    '教育�质量'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def ink_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on `colour` (WCAG relative luminance).

    Examples
    --------
    >>> ink_on("#1E2A36"), ink_on("#EFDD94")
    ('#FFFFFF', '#000000')
    """
    linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    return "#FFFFFF" if 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.18 else "#000000"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries, with None for every kind of missing value."""
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def flat(params: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Return nested parameters as (dotted name, value) pairs.

    Examples
    --------
    >>> flat({"versions": {"jieba": "0.42.1"}, "seed": None})
    [('versions.jieba', '0.42.1'), ('seed', '—')]
    """
    out: list[tuple[str, str]] = []
    for key, value in params.items():
        if isinstance(value, Mapping) and value:
            out += flat(value, f"{prefix}{key}.")
        else:
            out.append((f"{prefix}{key}", "—" if value is None or value == {} else str(value)))
    return out


def split_numbers(text: str) -> tuple[tuple[str, bool], ...]:
    """Return `text` cut into (piece, is it a number) so that numbers can be set apart.

    Examples
    --------
    >>> split_numbers("达到95%以上")
    (('达到', False), ('95%', True), ('以上', False))
    """
    out, at = [], 0
    for match in _NUMBER.finditer(text):
        out += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    return tuple(piece for piece in [*out, (text[at:], False)] if piece[0])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one side of a redline: op is equal, insert, delete or move."""

    op: str
    parts: tuple[tuple[str, bool], ...]
    number: int | None = None
    """Which move it is, the same on both sides."""


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
    evidence: tuple[dict[str, Any], ...] = ()
    local_runs: tuple[Run, ...] = ()
    template_runs: tuple[Run, ...] = ()
    measures: tuple[dict[str, Any], ...] = ()
    others: tuple[Pair, ...] = ()
    """Further clauses the same local clause draws on."""

    @property
    def relation(self) -> str:
        return str(self.row["relation"])

    @property
    def weight(self) -> float:
        """How much evidence of change there is, for sorting."""
        return sum(float(e["weight"] or 0) for e in self.evidence if e["direction"] in ("sharpen", "weaken"))

    @property
    def section(self) -> str:
        clause = self.local or self.template
        return " › ".join(clause.path) if clause else ""

    @property
    def search_text(self) -> str:
        """What the search looks through: both texts with their units."""
        sides = [c for c in (self.local, self.template) if c]
        return " ".join(" ".join([c.number or "", c.text, *c.lead, *c.cooperating]) for c in sides).lower()


class ReportView:
    """A comparison in the order a page shows it; the parts are made when they are asked for."""

    def __init__(self, comparison: Comparison, lang: str) -> None:
        self.comparison, self.lang, self.neutral = comparison, lang, bool(comparison.neutral)
        self.local: Plan = comparison.local
        self.template: Plan = comparison.template

    def label(self, key: str, /, **values: object) -> str:
        """Return the word for `key` in this comparison's wording, with `values` filled in."""
        return label(key, self.lang, neutral=self.neutral).format(**values)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return records(self.comparison.clauses)

    @cached_property
    def targets(self) -> list[dict[str, Any]]:
        return [row | {"change": _target_change(row)} for row in records(self.comparison.targets)]

    @cached_property
    def pairs(self) -> list[Pair]:
        """One pair per local clause in document order; its further counterparts are in `others`."""
        by_local: dict[str, list[Pair]] = defaultdict(list)
        for row in self.rows:
            if row["local_id"] is not None:
                by_local[row["local_id"]].append(self._pair(row))
        out = []
        for group in by_local.values():
            first, *others = sorted(group, key=lambda p: p.row["rank"] or 1)
            out.append(
                Pair(
                    first.row, first.local, first.template, first.evidence, first.local_runs,
                    first.template_runs, tuple(self._measures[first.row["local_id"]]), tuple(others),
                )
            )  # fmt: skip
        return sorted(out, key=lambda p: p.row["local_start"] or 0)

    @cached_property
    def dropped(self) -> list[Pair]:
        """The template's clauses without counterpart, those within scope first, in document order."""
        rows = [row for row in self.rows if row["relation"] == "dropped"]
        rows.sort(key=lambda row: (not row["in_scope"], row["template_start"] or 0))
        return [Pair(row, None, self._template_clauses.get(row["template_id"])) for row in rows]

    @cached_property
    def shares(self) -> list[Share]:
        """Clauses by relation; every relation is there, even with none."""
        out = []
        for row in records(self.comparison.summary()):
            if row["unit"] == "clause":
                count, of = row["count"] + row["out_of_scope"], row["of"] + row["out_of_scope"]
                out.append(
                    Share(row["relation"], count, count / of if of else None, row["count"], row["share"])
                )
        return out

    @cached_property
    def target_counts(self) -> dict[str, int]:
        counts = dict.fromkeys(("sharpen", "weaken", "mixed", "none", "added", "removed"), 0)
        for row in self.targets:
            counts[row["change"]] += 1
        return counts

    @property
    def dropped_in_scope(self) -> int:
        return next(share.in_scope for share in self.shares if share.relation == "dropped")

    @property
    def finding(self) -> str:
        shares = {share.relation: share for share in self.shares}
        local = len(self.local.clause_list)
        return self.label(
            "report.finding",
            local=local,
            matched=local - shares["new"].count,
            new=shares["new"].count,
            template=len(self.template.clause_list),
            dropped=shares["dropped"].count,
            in_scope=shares["dropped"].in_scope,
        )

    @cached_property
    def look_first(self) -> list[tuple[Pair, dict[str, Any]]]:
        """The heaviest piece of evidence of each of the five clauses that changed most."""
        changed = sorted((p for p in self.pairs if p.weight), key=lambda p: -p.weight)[:5]
        return [(p, max(p.evidence, key=_directed_weight)) for p in changed]

    def anchor(self, pair: Pair) -> str:
        """Return the name a link goes to; from the position, since ids may be any string."""
        side, start = ("c", "local_start") if pair.local else ("t", "template_start")
        return f"{side}{pair.row[start] or 0}"

    @cached_property
    def _local_clauses(self) -> dict[str, Clause]:
        return {clause.clause_id: clause for clause in self.local.clause_list}

    @cached_property
    def _template_clauses(self) -> dict[str, Clause]:
        return {clause.clause_id: clause for clause in self.template.clause_list}

    @cached_property
    def _evidence(self) -> dict[tuple[str | None, str | None], list[dict[str, Any]]]:
        found: dict[tuple[str | None, str | None], list[dict[str, Any]]] = defaultdict(list)
        for row in records(self.comparison.evidence):
            found[row["local_id"], row["template_id"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: -_directed_weight(row))
        return found

    @cached_property
    def _measures(self) -> dict[str, list[dict[str, Any]]]:
        """Sentence rows by local clause, each with the words of both sides."""
        local = {m.measure_id: m.text for m in self.local.measure_list}
        template = {m.measure_id: m.text for m in self.template.measure_list}
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in records(self.comparison.measures):
            if row["local_id"] is not None and row["rank"] in (1, None):
                texts = {
                    "local_text": local.get(row["local_id"]),
                    "template_text": template.get(row["template_id"]),
                }
                found[row["local_clause_id"]].append(row | texts)
        for rows in found.values():
            rows.sort(key=lambda row: row["local_start"] or 0)
        return found

    def _pair(self, row: dict[str, Any]) -> Pair:
        local, template = (
            self._local_clauses.get(row["local_id"]),
            self._template_clauses.get(row["template_id"]),
        )
        if local is None or template is None:
            return Pair(row, local, template)
        lines = self.comparison.redline(row["local_id"], row["template_id"])
        evidence = tuple(
            e for e in self._evidence[row["local_id"], row["template_id"]] if e["unit"] == "clause"
        )
        return Pair(row, local, template, evidence, *_sides(lines))


def _sides(lines: Redline) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs of the local and of the template side, each in its own order."""
    moves = {id(block): n for n, block in enumerate((b for b in lines.blocks if b.op == "move"), 1)}

    def runs(blocks: Iterable[Block], side: str, changed: str) -> tuple[Run, ...]:
        kept = [(b, getattr(b, f"{side}_text")) for b in blocks]
        return tuple(
            Run(b.op if b.op in ("equal", "move") else changed, split_numbers(text), moves.get(id(b)))
            for b, text in kept
            if text
        )

    there = sorted(lines.blocks, key=lambda b: b.template_start)
    return runs(lines.blocks, "local", "insert"), runs(there, "template", "delete")


def _directed_weight(evidence: Mapping[str, Any]) -> float:
    return float(evidence["weight"] or 0) if evidence["direction"] in ("sharpen", "weaken") else 0.0


def _target_change(row: Mapping[str, Any]) -> str:
    """Return the one word a target row is filed under."""
    return str(row["direction"] if row["direction"] in ("added", "removed") else row["effect"] or "none")


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | dict | set):
        return value
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
