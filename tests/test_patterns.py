"""Every regular expression takes time in proportion to the text, also on text made to prevent it.

The patterns are those the modules hold after a comparison has warmed them up, in variables and in
caches, and those written out in calls of `re`. A text of four times the length may take eight times
as long; twenty milliseconds are always granted, since nothing under that hurts.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import pkgutil
import re
import sys
import time
import types
from pathlib import Path

import pytest

import policycmp as pc

SIZE = 1_000
FLOOR = 0.02
RATIO = 8
UNITS = (
    "1", "1.", "1,", "一", "十", "第", "、", " ", "\t", "\n", "\u3000", "(", "（", "〔", ")", "《", "》", "a", "<", "<!--",
    "教育", "到2027年", "2027年", "1月", "第一条", "95%", "达到", "-", "—", "…", "。", "；", "责任单位:", "县教育局、", "(一)", "一、",
    "每年", "1万", "〇", "不", "附件", "关于", "的", "关于印发", "人民政府", "通知", "\n\t", "\n\n", " \n", "1 ", "1-", "占", "x ",
)  # fmt: skip
ENDS = (("", ""), ("第(", "\x01"))


def _patterns() -> dict[str, re.Pattern]:
    modules = [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(pc.__path__, "policycmp.")
        if not m.name.endswith("__main__")
    ]
    warm = pc.compare("xiji-2025", "pingluo-table")
    assert len(warm.clauses) and len(warm.targets)
    found: dict[tuple, tuple[str, re.Pattern]] = {}
    seen: set[int] = set()

    def walk(value: object, name: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found.setdefault((value.pattern, value.flags), (name, value))
        elif depth > 5 or isinstance(value, str | bytes | int | types.ModuleType) or id(value) in seen:
            return
        else:
            seen.add(id(value))
            if isinstance(value, dict):
                inner: list = [*value.keys(), *value.values()]
            elif isinstance(value, list | tuple | set | frozenset):
                inner = list(value)
            elif isinstance(value, functools._lru_cache_wrapper):
                inner = [held for held in gc.get_referents(value) if isinstance(held, dict | re.Pattern)]
            elif type(value).__module__.startswith("policycmp"):
                slots = getattr(type(value), "__slots__", ())
                inner = [*getattr(value, "__dict__", {}).values(), *(getattr(value, s, None) for s in slots)]
            else:
                inner = []
            for item in inner:
                walk(item, name, depth + 1)

    for module in modules:
        for name, value in list(vars(module).items()):
            walk(value, f"{module.__name__}.{name}")
        source = Path(sys.modules[module.__name__].__file__).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).startswith("re.")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and ast.unparse(node.func) != "re.escape"
            ):
                flags = re.DOTALL if "DOTALL" in ast.unparse(node) else 0
                walk(re.compile(node.args[0].value, flags), f"{module.__name__}:{node.lineno}")
    return {f"{name} {pattern.pattern[:60]!r}": pattern for name, pattern in found.values()}


def _seconds(pattern: re.Pattern, text: str) -> float:
    # Time of this process, so that a busy machine does not count.
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    for _ in pattern.finditer(given):
        pass
    return time.process_time() - start


def slow(patterns: dict[str, re.Pattern]) -> list[str]:
    """Return the patterns that take more than their share of time, with the text that shows it."""
    out = []
    for name, pattern in patterns.items():
        for unit in UNITS:
            for begin, end in ENDS:
                short, long = (begin + unit * (n // len(unit)) + end for n in (SIZE, 4 * SIZE))
                if _seconds(pattern, long) < FLOOR:
                    continue
                least, most = (min(_seconds(pattern, text) for _ in range(3)) for text in (short, long))
                if most > FLOOR and most > RATIO * least:
                    out.append(f"{name} on {begin + unit!r}: {least:.4f} s, then {most:.4f} s")
                    break
            else:
                continue
            break
    return out


def test_the_measure_finds_a_slow_pattern() -> None:
    assert slow({"slow": re.compile(r"1+1+x")})
    assert not slow({"quick": re.compile(r"1{1,9}x")})


@pytest.mark.check
@pytest.mark.xfail(reason="six patterns of header and one of endings are quadratic on runs of spaces, digits or brackets")
def test_every_pattern_is_linear() -> None:
    patterns = _patterns()
    assert len(patterns) > 300
    assert not slow(patterns)
