"""The comparison as one page: read it without a network, without JavaScript, on a phone, on paper.

The order is that of a reader who decides: a banner says what may be concluded at all, the
overview what was found, then every clause with its evidence and the words side by side, the
targets, what the local plan left out, and last the method with every parameter.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp.files import replacing
from policycmp.labels import RELATIONS, check_lang
from policycmp.report.figures import figures
from policycmp.report.page import render_page
from policycmp.report.values import flat
from policycmp.report.view import ReportView

if TYPE_CHECKING:
    from policycmp.comparison import Comparison

__all__ = ["render_html", "write_html"]


def render_html(comparison: Comparison, lang: str = "zh") -> str:
    """Return the report as one self-contained HTML document.

    Parameters
    ----------
    comparison : Comparison
    lang : {"zh", "en"}
        The language of the page; the plans' texts stay as they are.

    Examples
    --------
    >>> import policycmp as pc
    >>> page = render_html(pc.compare("pingluo-2019", "wuzhong-2023"), "en")
    >>> "http://" in page or "https://" in page
    False
    """
    view = ReportView(comparison, check_lang(lang))
    return render_page(
        "report.html.j2",
        lang=lang,
        t=view.label,
        view=view,
        banner=comparison.banner(lang),
        relations=[name for name in RELATIONS if name != "dropped"],
        definitions=RELATIONS,
        counts={share.relation: share.count for share in view.shares if share.relation != "dropped"},
        figures=figures(comparison, lang, view.label),
        params=flat(comparison.params),
    )


def write_html(
    comparison: Comparison, path: str | os.PathLike[str], *, lang: str = "zh", overwrite: bool = False
) -> Path:
    """Write the report to `path` and return it.

    Parameters
    ----------
    comparison : Comparison
    path : str or Path
        A file; missing folders are made.
    lang : {"zh", "en"}
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    FileExistsError
        If the file exists and `overwrite` is false.
    ValueError
        If the folder cannot be written to, or `lang` is unknown.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> import policycmp as pc
    >>> comparison = pc.compare("pingluo-2019", "wuzhong-2023")
    >>> write_html(comparison, Path(mkdtemp()) / "report.html").name
    'report.html'
    """
    check_lang(lang)
    with replacing(path, overwrite=overwrite, suffixes=(".html", ".htm")) as temporary:
        temporary.write_text(render_html(comparison, lang), encoding="utf-8", newline="\n")
    return Path(path)
