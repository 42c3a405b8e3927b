"""A time limit for a parser that may never come back.

A broken or hostile PDF can send its parser round in circles (an object that refers to
itself, a character map of four thousand million entries). The work runs in a thread of its
own; when the time is up an exception is raised in that thread, which ends pure Python code
wherever it is.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

__all__ = ["TimeIsUp", "within"]

T = TypeVar("T")


class TimeIsUp(BaseException):
    """The work took longer than it may."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise `TimeIsUp` if it takes longer than `seconds`.

    Examples
    --------
    >>> within(5, lambda: 1 + 1)
    2
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    # An exception is only delivered between two bytecodes, and a bare except may swallow one.
    for _ in range(20):
        if not thread.is_alive():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeIsUp)
        )
        thread.join(0.5)
    if results:
        return results[0]
    raise errors[0] if errors else TimeIsUp()
