"""Which unit of a plan a code is about.

Coders' sheets name a clause by its id and the hash of its text: a text that has changed since is not
found. The bundled gold names units by where they stand: a snippet lies inside one clause or sentence,
white space ignored, so that it outlives another splitting of the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policycmp.coding.sheet import text_hash

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.plan import Plan

__all__ = ["CodedUnit", "about", "check_codes", "codes_by_id", "codes_by_snippet", "locate_snippet"]


def check_codes(codes: object, *needed: str) -> None:
    """Raise TypeError where `codes` is no table, ValueError where it lacks a column.

    Examples
    --------
    >>> check_codes("codes.xlsx")
    Traceback (most recent call last):
        ...
    TypeError: codes are a DataFrame (see read_codes). Got str
    """
    import pandas as pd

    if not isinstance(codes, pd.DataFrame):
        raise TypeError(f"codes are a DataFrame (see read_codes). Got {type(codes).__name__}")
    if missing := [name for name in needed if name not in codes.columns]:
        raise ValueError(f"the coded table lacks the columns {missing}; it has {list(codes.columns)}")


@lru_cache(maxsize=8)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text without white space, and where each character stood."""
    index = tuple(i for i, c in enumerate(text) if not c.isspace())
    return "".join(text[i] for i in index), index


def locate_snippet(plan: Plan, snippet: str) -> int | None:
    """Return the offset in ``plan.text`` where `snippet` first stands, white space ignored; None if it does not."""
    text, index = _squeezed(plan.text)
    at = text.find(re.sub(r"\s", "", snippet))
    return index[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """What a coder said of one unit."""

    name: str
    local_id: str | None
    said: str
    main: frozenset[str | None]
    labels: tuple[str, ...]
    required: frozenset[str] | None = None
    allowed: frozenset[str] | None = None


def about(made: Comparison, coded: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are about the two plans of a comparison."""
    for side, plan in (("local", made.local), ("template", made.template)):
        for column in (f"{side}_doc", f"{side}_plan"):
            if column in coded.columns:
                coded = coded[coded[column] == plan.plan_id]
    if not len(coded):
        raise ValueError(f"no coded row is about {made.local.plan_id} against {made.template.plan_id}")
    return coded


def codes_by_id(made: Comparison, coded: pd.DataFrame) -> list[CodedUnit]:
    """Return codes as coders' sheets give them; a text that has changed since is not found."""
    hashes = {clause.clause_id: text_hash(clause.text) for clause in made.local.clause_list}
    out = []
    for row in coded.to_dict("records"):
        name, seen = str(row["local_id"]), row.get("text_hash")
        same = name in hashes and (not isinstance(seen, str) or hashes[name] == seen)
        counterpart = row["counterpart"] if isinstance(row["counterpart"], str) else None
        said, main = counterpart or "(none)", frozenset({counterpart})
        out.append(
            CodedUnit(name, name if same else None, said, main, tuple(str(row["relation"]).split("|")))
        )
    return out


def codes_by_snippet(made: Comparison, coded: pd.DataFrame, unit: str) -> list[CodedUnit]:
    here, there = _places(made.local, unit), _places(made.template, unit)

    def units(said: object) -> frozenset[str]:
        return frozenset(there(s) or f"({s})" for s in str(said).split("|") if s and said == said)

    pairs = {"required", "allowed"} <= set(coded.columns)
    out = []
    for row in coded.fillna("").to_dict("records"):
        main = frozenset(None if s == "(none)" else there(s) or f"({s})" for s in str(row["main"]).split("|"))
        code = CodedUnit(
            str(row["local_snippet"]),
            here(str(row["local_snippet"])),
            str(row["main"]),
            main,
            tuple(str(row["labels"]).split("|")),
            units(row["required"]) if pairs else None,
            units(row["allowed"]) | units(row["required"]) if pairs else None,
        )
        out.append(code)
    return out


def _places(plan: Plan, unit: str) -> Callable[[str], str | None]:
    """Return what finds the unit a snippet stands in."""
    spans = (
        [(c.start, c.end, c.clause_id) for c in plan.clause_list]
        if unit == "clauses"
        else [(m.start, m.end, m.measure_id) for m in plan.measure_list]
    )

    def find(snippet: str) -> str | None:
        at = locate_snippet(plan, snippet)
        return next((name for start, end, name in spans if at is not None and start <= at < end), None)

    return find
