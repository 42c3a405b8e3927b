"""Plan: one document as clauses, measures and targets, with offsets into its text.

`parse_plan` puts the parts together: the outline (clauses, measures, duties, what was
left out), the header (title, issuer, number, dates) and, when first asked for, the
targets. A plan is frozen; the frames are built on first use and always have the same
columns.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.model import Citation, Clause, Duty, Measure, Omission, Remark, Source, Target
from policycmp.outline import read_outline
from policycmp.text import Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Plan", "parse_plan", "read_plan"]

_KNOWN = ("title", "notice_title", "issuer", "jurisdiction", "level", "adcode", "doc_number", "date")


@dataclass(frozen=True)
class Plan:
    """One policy document, understood."""

    plan_id: str
    title: str | None
    notice_title: str | None
    issuer: str | None
    jurisdiction: str | None
    level: str | None
    adcode: str | None
    doc_number: str | None
    date: dt.date | None
    cites: tuple[Citation, ...]
    text: str
    source: Source
    remarks: tuple[Remark, ...]
    omitted: tuple[Omission, ...]
    leftover: tuple[Span, ...]
    header: Span
    tail: Span
    headings: tuple[Span, ...]
    clause_list: tuple[Clause, ...]
    measure_list: tuple[Measure, ...]
    duty_list: tuple[Duty, ...]

    @cached_property
    def target_list(self) -> tuple[Target, ...]:
        """The targets, found on first use."""
        from policycmp.targets import plan_targets

        return plan_targets(self)

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """One row a clause."""
        return _frame(
            self.clause_list, "clause_id number path heading text kind lead cooperating deadline start end"
        )

    @cached_property
    def measures(self) -> pd.DataFrame:
        """One row a sentence of a clause."""
        return _frame(self.measure_list, "measure_id clause_id text start end")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """One row a target."""
        return _frame(
            self.target_list,
            "target_id clause_id measure_id indicator value_low value_high unit comparator kind per level deadline"
            " is_target qualifiers snippet start end",
        )

    @cached_property
    def duties(self) -> pd.DataFrame:
        """One row a department's duties."""
        return _frame(self.duty_list, "unit text start end")

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: self.__dict__[field.name] for field in fields(self)}


_NUMBERS = {
    "start": "int64",
    "end": "int64",
    "value_low": "float64",
    "value_high": "float64",
    "is_target": "bool",
}


def _frame(items: Iterable[Any], columns: str) -> pd.DataFrame:
    import pandas as pd

    rows = list(items)
    return pd.DataFrame(
        {
            c: pd.Series([getattr(r, c) for r in rows], dtype=_NUMBERS.get(c, "object"))
            for c in columns.split()
        }
    )


def parse_plan(text: str, *, plan_id: str, **known: Any) -> Plan:
    """Return the plan a text holds."""
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _plan(text, plan_id, known, Source(None, "text", None, sha), ())


def read_plan(path: str | Path, *, plan_id: str | None = None, **known: Any) -> Plan:
    """Return the plan a file holds."""
    try:
        from policycmp.reading import read_document
    except ImportError:
        data = Path(path).read_bytes()
        text = data.decode("utf-8-sig")
        source = Source(str(path), Path(path).suffix.lstrip("."), "utf-8", hashlib.sha256(data).hexdigest())
        return _plan(text, plan_id or Path(path).stem, known, source, ())
    document = read_document(path)
    return _plan(document.text, plan_id or Path(path).stem, known, document.source, tuple(document.remarks))


def _plan(
    text: str, plan_id: str, known: dict[str, Any], source: Source, remarks: tuple[Remark, ...]
) -> Plan:
    if not isinstance(plan_id, str) or not plan_id:
        raise ValueError(f"plan_id should be a non-empty string. Got {plan_id!r}")
    unknown = set(known) - set(_KNOWN)
    if unknown:
        raise ValueError(f"known fields should be among {_KNOWN}. Got {sorted(unknown)}")
    outline = read_outline(text)
    try:
        from policycmp.header import read_header

        header = read_header(text, outline, known)
        values = {name: getattr(header, name) for name in _KNOWN}
        cites, remarks = tuple(header.cites), (*remarks, *header.remarks)
    except ImportError:
        values, cites = {name: known.get(name) for name in _KNOWN}, ()
    return Plan(
        plan_id=plan_id, **values, cites=cites, text=text, source=source, remarks=(*remarks, *outline.remarks),
        omitted=outline.omitted, leftover=outline.leftover, header=outline.header, tail=outline.tail,
        headings=outline.headings, clause_list=outline.clauses, measure_list=outline.measures, duty_list=outline.duties,
    )  # fmt: skip
