"""A clause or a sentence as analysed words: what similarity, redline and evidence work on.

A passage is made once from a text and knows everything later stages ask for: its localised
words, its targets and where in the source every character came from. Each is computed when
first asked for and kept. Other rooms keep what they make of a passage in the same place (`of_passage`):
with the passage, for as long as it lives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from policycmp.language.localisation import localise
from policycmp.language.words import Word
from policycmp.model import Clause, Measure, Target
from policycmp.text import Span, fold, source_span

if TYPE_CHECKING:
    from policycmp.plan import Plan

__all__ = ["Passage", "of_passage"]

_ENDS = frozenset("。;；!?！？")


@dataclass(frozen=True)
class Passage:
    """A text with its words, targets and place in the source.

    Parameters
    ----------
    text : str
        The passage itself.
    place : str, optional
        The jurisdiction whose plan it stands in; its name and level become placeholders.
    pieces : tuple of spans
        Where the text stands in the source; without them offsets are those of ``text``.
    heading, kind : str
        The clause's heading and kind (goal, task, safeguard, article …).
    path : tuple of str
        Headings of the sections above, outermost first.
    body : int
        Where the body begins in ``text`` after the heading.

    Examples
    --------
    >>> Passage.of("全县毛入园率达到95%以上", place="西吉县").norms
    ('〈全域〉', '毛入园率', '达到', '95%', '以上')
    """

    text: str
    place: str | None = None
    pieces: tuple[Span, ...] = ()
    heading: str = ""
    kind: str = ""
    path: tuple[str, ...] = ()
    body: int = 0

    @classmethod
    def of(
        cls,
        text: str,
        place: str | None = None,
        pieces: tuple[Span, ...] = (),
        heading: str = "",
        kind: str = "",
        path: tuple[str, ...] = (),
        body: int = 0,
    ) -> Passage:
        """Return the passage of any text."""
        return cls(text, place, pieces, heading, kind, path, body)

    @classmethod
    def of_clause(cls, plan: Plan, clause: Clause) -> Passage:
        """Return the passage of a clause of `plan`."""
        return cls(
            clause.text,
            plan.jurisdiction,
            clause.pieces,
            clause.heading or "",
            clause.kind,
            clause.path,
            clause.body,
        )

    @classmethod
    def of_measure(cls, plan: Plan, measure: Measure, clause: Clause | None = None) -> Passage:
        """Return the passage of a measure of `plan`, with its clause's heading, kind and path.

        `clause` is the measure's clause where the caller has it at hand; else it is looked up.
        """
        if clause is None:
            clause = next((c for c in plan.clause_list if c.clause_id == measure.clause_id), None)
        if clause is None:
            return cls(measure.text, plan.jurisdiction, measure.pieces)
        return cls(
            measure.text, plan.jurisdiction, measure.pieces, clause.heading or "", clause.kind, clause.path
        )

    @cached_property
    def _hash(self) -> int:
        return hash((self.text, self.place, self.pieces, self.heading, self.kind, self.path, self.body))

    def __hash__(self) -> int:
        return self._hash  # asked for at every look into a cache

    def __getstate__(self) -> dict[str, object]:
        # What was made of it is made again: another process hashes text differently.
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def folded(self) -> str:
        """The text as analysis sees it, character for character."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words with their norms, punctuation included (its norm is empty)."""
        return localise(self.text, self.place)

    @cached_property
    def norms(self) -> tuple[str, ...]:
        """The norms of the words that are not punctuation."""
        return tuple(word.norm for word in self.words if word.norm)

    @cached_property
    def sentences(self) -> tuple[tuple[str, ...], ...]:
        """The norms of each sentence, split at full stops and semicolons."""
        out: list[list[str]] = [[]]
        for word in self.words:
            if word.norm:
                out[-1].append(word.norm)
            elif word.text in _ENDS:
                out.append([])
        return tuple(tuple(norms) for norms in out if norms)

    @cached_property
    def heading_norms(self) -> tuple[str, ...]:
        """The norms of the heading."""
        return tuple(word.norm for word in localise(self.heading, self.place) if word.norm)

    @cached_property
    def path_norms(self) -> tuple[str, ...]:
        """The norms of the section headings above."""
        return tuple(word.norm for word in localise("。".join(self.path), self.place) if word.norm)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets in the passage, with offsets into its text."""
        from policycmp.targets.find import targets_in

        return targets_in(self.text, heading=self.heading)

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the source."""
        return source_span(self.pieces, start, end) if self.pieces else (start, end)


Made = TypeVar("Made")


def of_passage(make: Callable[[Passage], Made]) -> Callable[[Passage], Made]:
    """Keep with every passage what `make` makes of it; `make` must depend on nothing but the passage.

    Examples
    --------
    >>> @of_passage
    ... def length(passage):
    ...     return len(passage.text)
    >>> length(Passage.of("全县毛入园率"))
    6
    """

    @wraps(make)
    def kept(passage: Passage) -> Made:
        made: dict[object, Any] = passage.__dict__.setdefault("_made", {})
        if make not in made:
            made[make] = make(passage)
        found: Made = made[make]
        return found

    return kept
