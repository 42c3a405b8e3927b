"""One local plan beside its template: the result of a comparison.

It keeps the light objects the stages made (`policycmp.comparing`); DataFrames are built when first
asked for and kept, and what writes a file is loaded when it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.alignment.similarity import Scores
from policycmp.direction import Direction
from policycmp.frames import result_table
from policycmp.matching import Match, Matching
from policycmp.model import Clause, Measure
from policycmp.options import CompareOptions
from policycmp.redlines import Redline, redline
from policycmp.target_pairs.pairs import TargetPair

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.plan import Plan

__all__ = ["Comparison"]


@dataclass(frozen=True)
class Comparison:
    """A local plan compared with a template.

    Attributes
    ----------
    local, template : Plan
        The two plans.
    direction : Direction
        Kinship, order, and whether neutral words are due.
    options : CompareOptions
        The options it was made with.
    """

    local: Plan
    template: Plan
    direction: Direction
    options: CompareOptions
    clause_matching: Matching[Clause]
    measure_matching: Matching[Measure] | None
    target_pairs: tuple[TargetPair, ...]
    corrections: tuple[dict[str, str | None], ...] = ()
    """The human decisions applied, as rows of codes."""

    @property
    def kinship(self) -> str:
        """What the template's jurisdiction is to the local one: same, superior, subordinate, sibling, unrelated, unknown."""
        return self.direction.kinship

    @property
    def order(self) -> str:
        """template_earlier, template_later or unknown, by the documents' own dates."""
        return self.direction.order

    @property
    def neutral(self) -> bool:
        """Whether results must be worded as measures against a benchmark (see `Direction`)."""
        return self.direction.neutral

    def banner(self, lang: str = "zh") -> str:
        """Return the caution on direction of influence; empty where none is due."""
        return self.direction.banner(lang)

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """One row for each pair of clauses, each new and each dropped clause.

        Columns local_id, template_id, rank (1 = main counterpart), score, tfidf, fuzzy (all 0–1),
        copied (share of local words), relation, evidence (readable), confidence (0–1), in_scope,
        decided_by (machine, or a coder), local_heading, template_heading, local_start, local_end, template_start, template_end.
        """
        return result_table(self, "clauses").frame()

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The same for sentences, with local_clause_id and template_clause_id instead of headings."""
        return result_table(self, "measures").frame()

    @cached_property
    def targets(self) -> pd.DataFrame:
        """One row for each pair of target mentions, each added and each removed target."""
        return result_table(self, "targets").frame()

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row for each piece of evidence, with quotations and offsets into both plans."""
        return result_table(self, "evidence").frame()

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Runners-up: template clauses considered for a local clause and not chosen."""
        return result_table(self, "candidates").frame()

    @cached_property
    def similarity(self) -> Scores:
        """Matrices tfidf, fuzzy and score (0–1), local clauses by template clauses, in plan order."""
        alignment = self.clause_matching.alignment
        return Scores(alignment.similarity.tfidf, alignment.similarity.fuzzy, alignment.score)

    @cached_property
    def params(self) -> dict[str, Any]:
        """What one needs to repeat this comparison: options, versions, hashes of texts and of tables."""
        from policycmp.provenance import provenance

        return provenance(self)

    def summary(self) -> pd.DataFrame:
        """Return counts and shares of the relations.

        Returns
        -------
        DataFrame
            Columns unit (clause, measure), relation, count, of (local units; for ``dropped`` the
            template units in scope), share (count / of), out_of_scope (dropped rows outside the
            local plan's subject, not in count).
        """
        return result_table(self, "summary").frame()

    def match(self, local_id: str, template_id: str | None = None) -> Match[Any]:
        """Return the match of a local clause or measure (its main counterpart unless named).

        Raises
        ------
        ValueError
            If there is no such local unit or pair.
        """
        matchings: tuple[Matching[Any] | None, ...] = (self.clause_matching, self.measure_matching)
        for matching, name in zip(matchings, ("clause_id", "measure_id"), strict=True):
            for match in matching.matches if matching else ():
                if match.local is None or getattr(match.local, name) != local_id:
                    continue
                if template_id in (None, getattr(match.template, name, None)):
                    return match
        pair = local_id if template_id is None else f"{local_id} with {template_id}"
        raise ValueError(
            f"no clause or measure {pair} in {self.local.plan_id}; see .clauses and .measures for the ids"
        )

    def redline(self, local_id: str, template_id: str | None = None) -> Redline:
        """Return the word-level redline of a local clause or measure against its counterpart.

        A unit without counterpart gives a redline in which every word was inserted.
        """
        match = self.match(local_id, template_id)
        measure = isinstance(match.local, Measure)
        matching: Matching[Any] | None = self.measure_matching if measure else self.clause_matching
        assert matching is not None and match.link.local is not None
        there = "" if match.link.template is None else matching.template[match.link.template]
        return redline(matching.local[match.link.local], there)

    def methods(self, lang: str = "zh") -> str:
        """Return the methods section of a paper that uses this comparison.

        Parameters
        ----------
        lang : {"zh", "en"}
            Language of the text.

        Returns
        -------
        str
            Paragraphs on texts, words, counterparts, relations, copy measures, human decisions, limits,
            parameters that differ from the defaults, and versions; every figure is this comparison's own.

        Examples
        --------
        >>> import policycmp as pc
        >>> text = pc.compare("xiji-2025", "wuzhong-2023").methods("en")
        >>> text.split("\\n\\n")[-2].split(". ")[0]
        'All parameters have their default values'
        """
        from policycmp.methods import methods

        return methods(self, lang)

    def to_frame(self) -> pd.DataFrame:
        """Return `clauses` with local_text and template_text, ready to export."""
        frame = self.clauses.copy()
        for side, plan in (("local", self.local), ("template", self.template)):
            texts = {clause.clause_id: clause.text for clause in plan.clause_list}
            frame[f"{side}_text"] = [texts.get(i) for i in frame[f"{side}_id"]]
        return frame

    def to_excel(self, path: str | Path, *, lang: str = "zh", overwrite: bool = False) -> Path:
        """Write the workbook; see `policycmp.report.excel.write_excel`."""
        from policycmp.report.excel import write_excel

        return write_excel(self, path, lang=lang, overwrite=overwrite)

    def to_html(self, path: str | Path, *, lang: str = "zh", overwrite: bool = False) -> Path:
        """Write the self-contained report; see `policycmp.report.html.write_html`."""
        from policycmp.report.html import write_html

        return write_html(self, path, lang=lang, overwrite=overwrite)

    def to_coding_sheet(
        self,
        path: str | Path,
        *,
        coders: int = 2,
        sample: int | None = None,
        show_machine: bool = False,
        lang: str = "zh",
        overwrite: bool = False,
    ) -> Path:
        """Write a workbook for human coders.

        Parameters
        ----------
        path : str or Path
            The ``.xlsx`` to write.
        coders : int
            Number of coders' sheets.
        sample : int, optional
            Number of clauses to code, drawn at random but the same for the same plan; all by default.
        show_machine : bool
            Whether the machine's labels are shown. Coders who see them agree with them.

        See Also
        --------
        read_codes, agreement, Comparison.with_corrections
        """
        from policycmp.coding.sheet import write_coding_sheet

        return write_coding_sheet(
            self,
            path,
            coders=coders,
            sample=sample,
            show_machine=show_machine,
            lang=lang,
            overwrite=overwrite,
        )

    def with_corrections(self, codes: pd.DataFrame) -> Comparison:
        """Return this comparison with human decisions in place of the machine's.

        Parameters
        ----------
        codes : DataFrame
            Columns coder, local_id, text_hash, counterpart, relation, as `read_codes` gives them; one
            decision a clause (settle disagreements first).

        Returns
        -------
        Comparison
            ``decided_by`` in `clauses` says who decided; charts and report follow the decisions.

        Raises
        ------
        ValueError
            If codes contradict each other or name what is not in these plans.

        Warns
        -----
        PolicycmpWarning
            If a coded text has changed; its code is left out.
        """
        from policycmp.coding.corrections import with_corrections

        return with_corrections(self, codes)

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write everything to a zip of JSON and text that `load_comparison` and `verify` read.

        Raises
        ------
        ValueError
            If the options hold a function (an encoder), which no file can hold.
        """
        from policycmp.saved import save_comparison

        return save_comparison(self, path, overwrite=overwrite)

    def __repr__(self) -> str:
        from policycmp.comparison_view import counts_line

        return counts_line(self)

    def _repr_html_(self) -> str:
        from policycmp.comparison_view import counts_html

        return counts_html(self)
