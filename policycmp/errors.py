"""The two ways policycmp speaks of trouble: an error to mend, a warning to know.

Everything a user can cause by input is a `ValueError`, so scripts need no
import to catch it; `PlanReadError` adds which file, what was found and what to do.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["PlanReadError", "PolicycmpWarning"]


class PlanReadError(ValueError):
    """A document could not be read as a plan.

    Parameters
    ----------
    path : str or Path
        The file (or plan id) as the caller named it.
    found : str
        What was found there, e.g. ``"a PDF without a text layer (12 pages of images)"``.
    todo : str
        What the user can do about it, as one sentence.

    Examples
    --------
    >>> raise PlanReadError("scan.pdf", "a PDF without a text layer", "Run OCR first.")
    Traceback (most recent call last):
    ...
    policycmp.errors.PlanReadError: scan.pdf: found a PDF without a text layer. Run OCR first.
    """

    def __init__(self, path: str | Path, found: str, todo: str) -> None:
        self.path, self.found, self.todo = str(path), found, todo
        super().__init__(f"{path}: found {found}. {todo}")

    def __reduce__(self) -> tuple[type[PlanReadError], tuple[str, str, str]]:
        # joblib sends errors between processes by pickle, which would call __init__ with the message alone.
        return (type(self), (self.path, self.found, self.todo))


class PolicycmpWarning(UserWarning):
    """Something a researcher should know before using the result; filter by this category."""
