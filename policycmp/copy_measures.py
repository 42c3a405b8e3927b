"""How much of one text is another's: the measures social scientists cite, in one place.

All work on the same localised words (`policycmp.language.passage`), so that a copy with the place names
exchanged is a copy. None of them says whether the local text demands more; that is
`policycmp.relation`.

=====================  =========================================================================
``copied``             share of local words in passages of at least two words taken over
                       (text reuse; greedy string tiling, Wise 1993)
``kept``               share of template words in such passages
``cosine``             cosine of the two word vectors, weighted by jieba's background IDF
``reproduction``       content reproduction (政策内容再生产): share of the template's weighted content
                       that reappears in the local text, wherever and in whatever order
``reinvention``        share of the local text's weighted content that the template has not
                       (Rice & Rogers 1980: an innovation is changed as it is adopted)
``intensity``          modality intensity (政策语气强度), the mean grade of a text's segments, from
                       0 (exempt) over 3 (plain statement) to 5 (必须, 严禁)
=====================  =========================================================================

The literature names content reproduction and reinvention but has no one formula for them; ours
are the two one-sided shares of a weighted overlap, given below.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from policycmp.language.passage import Passage
from policycmp.language.wording import intensity
from policycmp.language.words import background_idf, stop_words
from policycmp.redlines import redline

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

__all__ = ["CopyMeasures", "clause_copy_measures", "copy_measures"]

_USUAL_IDF = 9.0
"""For words jieba's table does not have: rarer than most of those it has."""


@dataclass(frozen=True, slots=True)
class CopyMeasures:
    """How much of a local text is the template's, and how both are worded. Shares from 0 to 1."""

    copied: float
    kept: float
    cosine: float
    reproduction: float
    reinvention: float
    local_intensity: float
    template_intensity: float

    @property
    def intensity_difference(self) -> float:
        """Modality intensity of the local text less the template's."""
        return self.local_intensity - self.template_intensity


def copy_measures(local: str | Passage, template: str | Passage) -> CopyMeasures:
    """Return the copy measures of two texts.

    Parameters
    ----------
    local, template : str or Passage

    Returns
    -------
    CopyMeasures

    Notes
    -----
    With :math:`f` the frequency of a word and :math:`w` its IDF, reproduction is
    :math:`\\sum_i w_i \\min(f_i^{local}, f_i^{template}) / \\sum_i w_i f_i^{template}` and reinvention
    one less the same sum over the local total. Stop words and punctuation are left out.

    References
    ----------
    Rice, R. E., & Rogers, E. M. (1980). Reinvention in the innovation process. *Knowledge*, 1(4).

    Wise, M. J. (1993). *String similarity via greedy string tiling and running Karp-Rabin
    matching.* University of Sydney.

    Examples
    --------
    >>> found = copy_measures("全县中小学每年开展安全演练。", "全市中小学每年开展安全演练。")
    >>> found.copied, round(found.cosine, 2), round(found.reinvention, 2)
    (1.0, 1.0, 0.0)
    """
    here = Passage.of(local) if isinstance(local, str) else local
    there = Passage.of(template) if isinstance(template, str) else template
    lines = redline(here, there)
    one, other = _weighted(here), _weighted(there)
    common = sum(min(value, other[norm]) for norm, value in one.items() if norm in other)
    dot = sum(value * other[norm] for norm, value in one.items() if norm in other)
    length = sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    mine, theirs = sum(one.values()), sum(other.values())
    return CopyMeasures(
        lines.copied,
        lines.kept,
        min(1.0, dot / length) if length else 0.0,
        common / theirs if theirs else 0.0,
        1 - common / mine if mine else 0.0,
        intensity(here.text),
        intensity(there.text),
    )


def _weighted(passage: Passage) -> dict[str, float]:
    stops, idf = stop_words(), background_idf()
    counts = Counter(norm for norm in passage.norms if norm not in stops)
    return {norm: number * idf.get(norm, _USUAL_IDF) for norm, number in counts.items()}


def clause_copy_measures(comparison: Comparison) -> pd.DataFrame:
    """Return the copy measures of every aligned pair of clauses of a comparison.

    Returns
    -------
    DataFrame
        Columns local_id, template_id, rank, relation and those of `CopyMeasures`.

    Examples
    --------
    >>> import policycmp as pc
    >>> frame = clause_copy_measures(pc.compare("xiji-2025", "wuzhong-2023"))
    >>> frame["copied"].between(0, 1).all()
    np.True_
    """
    import pandas as pd

    matching = comparison.clause_matching
    names = CopyMeasures.__slots__
    rows = []
    for match in matching.matches:
        i, k = match.link.local, match.link.template
        if match.local is None or match.template is None or i is None or k is None:
            continue
        found = copy_measures(matching.local[i], matching.template[k])
        ids = (match.local.clause_id, match.template.clause_id, match.link.rank, match.label)
        rows.append((*ids, *(getattr(found, name) for name in names)))
    return pd.DataFrame(rows, columns=["local_id", "template_id", "rank", "relation", *names])
