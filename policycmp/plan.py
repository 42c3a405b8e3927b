"""Plan: one document as clauses, measures and targets, with offsets into its text.

`parse_plan` puts the parts together: the outline (clauses, measures, duties, what was
left out), the header (title, issuer, number, dates) and, when first asked for, the
targets. A plan is frozen; a correction (`Plan.with_clauses`) is a new plan. The frames are
built on first use and always have the same columns.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.model import Citation, Clause, Duty, Measure, Omission, Remark, Source, Target
from policycmp.structure.checks import check_plan
from policycmp.structure.correction import redraw
from policycmp.structure.outline import Outline, read_outline
from policycmp.text import Span

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KNOWN_FIELDS", "Plan", "parse_plan", "read_plan"]

KNOWN_FIELDS = ("title", "notice_title", "issuer", "jurisdiction", "level", "adcode", "doc_number", "date")
"""What a caller may tell about a document; it wins over what was read."""

_CLAUSES = "clause_id number path heading text kind lead cooperating deadline start end"
_MEASURES = "measure_id clause_id text start end"
_TARGETS = (
    "target_id clause_id measure_id indicator value_low value_high unit comparator kind per level deadline"
    " is_target qualifiers snippet start end"
)
_DUTIES = "unit text start end"
_TYPES = {
    "start": "int64",
    "end": "int64",
    "value_low": "float64",
    "value_high": "float64",
    "is_target": "bool",
}


@dataclass(frozen=True)
class Plan:
    """One policy document, understood.

    Spans are offsets into `text`. Every character that is not white space lies in exactly one of
    `header`, `headings`, the clauses, the duties, `omitted` and `leftover` (an omission may also lie
    inside a clause: then the clause's text leaves it out).

    Examples
    --------
    >>> plan = parse_plan("某县教育方案\\n一、主要目标\\n到2027年，入学率达到98%。", plan_id="county")
    >>> plan.clauses[["number", "heading", "kind"]].iloc[0].tolist()
    ['一、', '主要目标', 'goal']
    """

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
        from policycmp.targets.find import plan_targets

        return plan_targets(self)

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """One row a clause: clause_id, number, path, heading, text, kind, lead, cooperating, deadline, start, end."""
        return _frame(self.clause_list, _CLAUSES)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """One row a sentence of a clause: measure_id, clause_id, text, start, end."""
        return _frame(self.measure_list, _MEASURES)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """One row a target (columns as in `policycmp.model.Target`)."""
        return _frame(self.target_list, _TARGETS)

    @cached_property
    def duties(self) -> pd.DataFrame:
        """One row a department's duties: unit, text, start, end."""
        return _frame(self.duty_list, _DUTIES)

    def check(self) -> tuple[Remark, ...]:
        """Return what contradicts itself: dates, values, numbers; for a person to look at.

        Examples
        --------
        >>> from policycmp.datasets import load_plan
        >>> [r.text for r in load_plan("pingluo-table").check() if "2025" in r.text][0]
        'c013: the text says 2025, its completion date is 2024年'
        """
        return check_plan(self)

    def with_clauses(self, clauses: pd.DataFrame | Iterable[Clause | Mapping[str, Any]]) -> Plan:
        """Return this plan with its clauses redrawn.

        Parameters
        ----------
        clauses : DataFrame or iterable of Clause or mapping
            All clauses, in any order: ``start`` and ``end`` (offsets into `text`), and where they should
            not be read from the text again ``number``, ``heading``, ``kind``, ``path``, ``lead``,
            ``cooperating``, ``deadline``. A frame such as `clauses`, with rows changed, added or removed, will do.

        Raises
        ------
        ValueError
            If a clause lies outside the text, is empty or overlaps another.

        Examples
        --------
        >>> plan = parse_plan("方案\\n一、目标\\n到2027年建成。\\n办学。改善条件。", plan_id="x")
        >>> cut = plan.text.index("办学")
        >>> two = plan.with_clauses([{"start": 3, "end": cut}, {"start": cut, "end": len(plan.text), "kind": "task"}])
        >>> [(c.heading, c.kind) for c in two.clause_list]
        [('目标', 'goal'), ('办学', 'task')]
        """
        rows: Iterable[Any] = clauses.to_dict("records") if hasattr(clauses, "to_dict") else clauses
        outline = Outline(
            self.header, self.tail, self.headings, self.clause_list, self.measure_list, self.duty_list,
            self.omitted, self.leftover, (),
        )  # fmt: skip
        return replace(self, **_structure(redraw(outline, self.text, rows)))

    def __hash__(self) -> int:
        return hash((self.plan_id, self.text))  # asked for at every look into a cache

    def __getstate__(self) -> dict[str, Any]:
        # Frames and targets are built again where they are needed; workers get the light objects only.
        return {field.name: self.__dict__[field.name] for field in fields(self)}

    def __repr__(self) -> str:
        place = f"{self.jurisdiction or '?'}, {self.date.isoformat() if self.date else 'no date'}"
        return (
            f"<Plan {self.plan_id}: {self.title or 'no title'} ({place}), "
            f"{len(self.clause_list)} clauses, {len(self.measure_list)} measures>"
        )

    def _repr_html_(self) -> str:
        from policycmp.plan_view import outline_html

        return outline_html(self)


def _structure(outline: Outline) -> dict[str, Any]:
    return {
        "omitted": outline.omitted,
        "leftover": outline.leftover,
        "header": outline.header,
        "tail": outline.tail,
        "headings": outline.headings,
        "clause_list": outline.clauses,
        "measure_list": outline.measures,
        "duty_list": outline.duties,
    }


def _frame(items: Iterable[Any], columns: str) -> pd.DataFrame:
    import pandas as pd

    rows = list(items)
    return pd.DataFrame(
        {
            name: pd.Series([getattr(row, name) for row in rows], dtype=_TYPES.get(name, "object"))
            for name in columns.split()
        }
    )


def parse_plan(text: str, *, plan_id: str, **known: Any) -> Plan:
    """Return the plan a text holds.

    Parameters
    ----------
    text : str
        The document's text; offsets in the result point into it.
    plan_id : str
        Any name that is not empty.
    **known
        What you know better than the text: title, notice_title, issuer, jurisdiction, level, adcode,
        doc_number, date.

    Examples
    --------
    >>> parse_plan("一、办学。新建学校2所。", plan_id="x", title="某县方案").title
    '某县方案'
    """
    if not isinstance(text, str):
        raise ValueError(f"text should be a str. Got {type(text).__name__}; read_plan takes paths")
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _plan(text, plan_id, known, Source(None, "text", None, sha), ())


def read_plan(path: str | Path, *, plan_id: str | None = None, **known: Any) -> Plan:
    """Return the plan a file holds.

    Parameters
    ----------
    path : str or Path
        A .txt, .md, .html, .docx or .pdf file.
    plan_id : str, optional
        The file's name without its suffix if not given.
    **known
        As for `parse_plan`.

    Raises
    ------
    PlanReadError
        If the file cannot be read as text; the message says what to do.

    Examples
    --------
    >>> from policycmp.datasets import data_folder
    >>> read_plan(data_folder() / "plans" / "xiji-2025.txt").plan_id
    'xiji-2025'
    """
    from policycmp.reading import read_document

    document = read_document(path)
    name = Path(path).stem if plan_id is None else plan_id
    return _plan(document.text, name, known, document.source, tuple(document.remarks))


def _plan(
    text: str, plan_id: str, known: dict[str, Any], source: Source, remarks: tuple[Remark, ...]
) -> Plan:
    from policycmp.header import read_header

    if not isinstance(plan_id, str) or not plan_id:
        raise ValueError(f"plan_id should be a string that is not empty. Got {plan_id!r}")
    unknown = sorted(set(known) - set(KNOWN_FIELDS))
    if unknown:
        raise ValueError(f"known fields should be among {KNOWN_FIELDS}. Got {unknown}")
    outline = read_outline(text)
    header = read_header(text, outline, known)
    return Plan(
        plan_id=plan_id,
        **{name: getattr(header, name) for name in KNOWN_FIELDS},
        cites=tuple(header.cites),
        text=text,
        source=source,
        remarks=(*remarks, *header.remarks, *outline.remarks),
        **_structure(outline),
    )
