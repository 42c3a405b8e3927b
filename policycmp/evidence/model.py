"""One piece of evidence: what changed, which way, how much it weighs, and both quotations."""

from __future__ import annotations

from dataclasses import dataclass

from policycmp.labels import label

__all__ = ["KINDS", "Evidence"]

KINDS = (
    "target",
    "deadline",
    "frequency",
    "coverage",
    "modality",
    "level",
    "scope",
    "exception",
    "accountability",
    "commitment",
)
"""Every kind of evidence, in the order charts and tables show them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A difference between a local and a template passage and what it means.

    Attributes
    ----------
    kind : str
        target, deadline, frequency, coverage, modality, level, scope, exception, accountability
        or commitment.
    direction : str
        sharpen, weaken or neutral (a difference that is no evidence either way, as between
        absolute counts of unequal places).
    weight : float
        How much it counts in the label; from ``tables/evidence_weights.csv``.
    case : str
        changed, added (only local) or dropped (only template).
    local_quote, template_quote : str
        The words themselves; empty where a side has none.
    local_start, local_end, template_start, template_end : int or None
        Where the quotation stands in the passage's text (`Passage.span` leads to the plan's).
    about : str
        What the change is about (an indicator, the words around).
    reason : str
        Key of the line of plain words, or the words themselves in both languages.
    """

    kind: str
    direction: str
    weight: float
    local_quote: str
    template_quote: str
    local_start: int | None
    local_end: int | None
    template_start: int | None
    template_end: int | None
    case: str = "changed"
    about: str = ""
    reason: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        """The line of plain words in Chinese."""
        return self.line()

    def line(self, lang: str = "zh", *, neutral: bool = False) -> str:
        """Return one line of plain words: quotations, subject, meaning.

        Parameters
        ----------
        lang : {"zh", "en"}
        neutral : bool
            Speak of a benchmark: the template was not given to the local government.

        Examples
        --------
        >>> Evidence("frequency", "weaken", 1, "每年", "每季度", 0, 2, 0, 3, about="隐患排查").line()
        '每季度→每年 隐患排查: 频次要求降低'
        """
        quotes = {
            "changed": f"{self.template_quote}→{self.local_quote}",
            "added": f"＋{self.local_quote}",
            "dropped": f"－{self.template_quote}",
        }[self.case]
        said = self.template_quote if self.case == "dropped" else self.local_quote
        about = f" {self.about}" if self.about and self.about not in said else ""
        if self.reason is not None:
            meaning = self.reason[lang == "en"]
        else:
            meaning = label(f"evidence.{self.kind}.{self.case}.{self.direction}", lang, neutral=neutral)
        return f"{quotes}{about}: {meaning}"
