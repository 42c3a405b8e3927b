"""Templates into one self-contained page.

Three guards stand between a plan's text and the reader's browser. Jinja escapes whatever a
template prints. The page declares a content security policy that allows only its own style
and script, named by their hashes, and pictures it carries itself: an event handler, a frame
or a picture from the network would not run or load even if it got through. And characters
no HTML document may hold are replaced.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policycmp.labels import RELATIONS
from policycmp.report.sides import split_numbers
from policycmp.tables import read_table
from policycmp.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_page"]

_SWATCH_OF = {"added": "new", "removed": "dropped", "none": "copy", "scale_dependent": "adapt"}
"""Which relation's colour a change of a target is shown in."""


def render_page(template: str, /, **values: Any) -> str:
    """Return the page that `template` makes of `values`, with style, script and policy in place.

    Examples
    --------
    >>> render_page("index.html.j2", lang="en", t=lambda key, **_: key, entries=[], figure=None)[:15]
    '<!doctype html>'
    """
    style, script = _style(), _asset("page.js")
    policy = f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    page = _environment().get_template(template)
    return clean(
        page.render(
            style=_safe(style), script=_safe(script), policy=policy, version=version("policycmp"),
            swatch_of=_SWATCH_OF, **values,
        )
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("policycmp.report", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["percent"] = lambda share: "—" if share is None else f"{share:.0%}"
    environment.filters["numbers"] = split_numbers
    return environment


@cache
def _style() -> str:
    """The style sheet with the palette's colours as variables and classes."""
    colours = {row["key"]: row["colour"] for row in read_table("palette")}
    names = "".join(f"--{key}:{colours[key]};" for key in ("ink", "muted", "line", "grid", "paper"))
    classes = "".join(
        f".fill-{key}{{fill:{colours[key]}}}.edge-{key}{{border-left-color:{colours[key]}}}"
        for key in RELATIONS
    )
    return f":root{{{names}}}\n{_asset('style.css')}\n{classes}"


@cache
def _asset(name: str) -> str:
    return (files("policycmp.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe(text: str) -> Any:
    """Our own file, not the user's: print it as it is."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704
