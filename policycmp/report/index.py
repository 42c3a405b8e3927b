"""One page over several comparisons: what each found, at a glance, with links to the rest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from policycmp.files import make_folder, write_text
from policycmp.labels import check_lang, label
from policycmp.report.figures import Picture, embed
from policycmp.report.page import render_page
from policycmp.report.view import ReportView

if TYPE_CHECKING:
    from policycmp.comparison import Comparison

__all__ = ["PARTS", "folder_name", "write_index"]

PARTS = {
    "report": "report.html",
    "workbook": "comparison.xlsx",
    "charts": "charts",
    "tables": "tables",
    "saved": "comparison.zip",
}
"""What lies in the folder of a comparison, by the word a page calls it."""

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    view: ReportView
    banner: str
    links: dict[str, str | None]


def folder_name(plan_id: str) -> str:
    """Return the name of the folder for a plan: its id where that can be a file name.

    An id with other characters, or a very long one, keeps what can be kept and ends in a hash, so
    that two plans never share a folder.

    Examples
    --------
    >>> folder_name("xiji-2025")
    'xiji-2025'
    >>> folder_name("../a b")
    'a-b-2c2c791a'
    """
    name = _NOT_IN_NAMES.sub("-", plan_id).strip("-.")[:60]
    if name == plan_id:
        return name
    return f"{name}-{hashlib.sha256(plan_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".lstrip("-")


def write_index(
    comparisons: Iterable[Comparison],
    folder: str | os.PathLike[str],
    lang: str = "zh",
    *,
    overwrite: bool = False,
) -> Path:
    """Write ``index.html`` into `folder` and return its path.

    Each comparison is linked to what lies in its folder (`folder_name` of the local plan's id):
    ``report.html``, ``comparison.xlsx``, ``charts/``, ``tables/`` and ``comparison.zip``, where they exist.

    Parameters
    ----------
    comparisons : iterable of Comparison
    folder : str or Path
    lang : {"zh", "en"}
    overwrite : bool
        Whether an existing index may be replaced.

    Raises
    ------
    FileExistsError
        If there is an index and `overwrite` is false.
    ValueError
        If the folder cannot be written to, or `lang` is unknown.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import policycmp as pc
    >>> write_index([pc.compare("pingluo-2019", "wuzhong-2023")], mkdtemp(), "en").name
    'index.html'
    """
    check_lang(lang)
    folder = make_folder(folder)
    kept = list(comparisons)
    entries = [_Entry(ReportView(c, lang), c.banner(lang), _links(folder, c.local.plan_id)) for c in kept]
    page = render_page(
        "index.html.j2",
        lang=lang,
        t=partial(_words, lang=lang),
        entries=entries,
        figure=_matrix(kept, lang),
    )
    return write_text(folder / "index.html", page, overwrite=overwrite)


def _words(key: str, *, lang: str, **values: object) -> str:
    return label(key, lang).format(**values)


def _links(folder: Path, plan_id: str) -> dict[str, str | None]:
    name = folder_name(plan_id)
    return {
        part: f"{quote(name)}/{file}" if (folder / name / file).exists() else None
        for part, file in PARTS.items()
    }


def _matrix(comparisons: Sequence[Comparison], lang: str) -> Picture | None:
    from policycmp import charts

    if len({c.template.plan_id for c in comparisons}) != 1 or not hasattr(charts, "plot_matrix"):
        return None
    return embed(charts.plot_matrix, comparisons, lang, label("report.chart.matrix", lang))
