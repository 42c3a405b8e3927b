"""Every regular expression of policycmp: those in the source, and those made of tables when it runs.

A literal pattern is read from the source, whoever calls it. A pattern put together at run time is
caught where it is made: ``python tests/pattern_inventory.py`` watches `re` while it imports every
module and runs the library over the bundled plans, and prints what it saw. A place in the source
that makes a pattern and was never seen is a gap, and is named.
"""

from __future__ import annotations

import ast
import functools
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1] / "policycmp"
FUNCTIONS = ("compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
FROM_ONE_PLACE = {"match", "fullmatch"}


class Made(NamedTuple):
    """A pattern, the place in the source that makes it, and whether it is tried at every place of a text."""

    pattern: str | bytes
    flags: int
    place: str
    everywhere: bool


@functools.cache
def _modules() -> dict[str, ast.Module]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {p.relative_to(PACKAGE).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def _calls() -> dict[tuple[str, int, int], ast.Call]:
    """Return the calls of `re` by file, first and last line."""
    return {
        (name, node.lineno, node.end_lineno or node.lineno): node
        for name, module in _modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in FUNCTIONS
    }


def _literal(call: ast.Call) -> tuple[str | bytes, int] | None:
    first = call.args[0]
    if not isinstance(first, ast.Constant):
        return None
    at = {"compile": 1, "match": 2, "fullmatch": 2, "search": 2, "findall": 2, "finditer": 2}
    position = at.get(call.func.attr, 99)  # type: ignore[attr-defined]
    given = [k.value for k in call.keywords if k.arg == "flags"] + call.args[position : position + 1]
    flags = 0
    for node in given:
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute):
                flags |= int(getattr(re, part.attr))
    return first.value, flags


def _everywhere(file: str, call: ast.Call) -> bool:
    """Say whether a pattern is searched for; what is only ever matched begins at one place.

    A pattern that is handed on, or comes out of a function, counts as searched for.
    """
    if call.func.attr != "compile":  # type: ignore[attr-defined]
        return call.func.attr not in FROM_ONE_PLACE  # type: ignore[attr-defined]
    name = _uses(file).named.get(call)
    if name is None:
        return True
    users = [other for other in _modules() if other == file or name in _uses(other).imported]
    return not set().union(*(_uses(other).ways.get(name, ()) for other in users)) <= FROM_ONE_PLACE


class _Uses(NamedTuple):
    """What a module names, imports, and does with its names."""

    named: dict[ast.AST, str]
    imported: set[str]
    ways: dict[str, set[str]]


@functools.cache
def _uses(file: str) -> _Uses:
    found = _Uses({}, set(), {})
    bases = set()
    for node in ast.walk(_modules()[file]):  # a base comes after its attribute
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.named[node.value] = node.targets[0].id
        elif isinstance(node, ast.ImportFrom):
            found.imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            bases.add(node.value)
            if node.attr != "pattern":  # its text becomes part of another pattern
                found.ways.setdefault(node.value.id, set()).add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in bases:
            found.ways.setdefault(node.id, set()).add("handed on")
    return found


@functools.cache
def inventory() -> tuple[tuple[Made, ...], tuple[str, ...]]:
    """Return the patterns, each once, and the places no pattern is known of."""
    watched = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    seen: dict[tuple[str, int], list[tuple[str | bytes, int]]] = {}
    for kind, text, flags, name, line in json.loads(watched.stdout):
        pattern = text.encode("latin-1") if kind == "bytes" else text
        seen.setdefault((name, line), []).append((pattern, flags))
    made: dict[tuple[str | bytes, int], Made] = {}
    gaps = []
    for (name, first, last), call in _calls().items():
        literal = _literal(call)
        found = [literal] if literal else [x for n in range(first, last + 1) for x in seen.get((name, n), [])]
        for key in found:
            everywhere = _everywhere(name, call) or (key in made and made[key].everywhere)
            made[key] = Made(*key, made[key].place if key in made else f"{name}:{first}", everywhere)
        if not found:
            gaps.append(f"{name}:{first}")
    return tuple(made.values()), tuple(gaps)


def _watch() -> list[tuple[str, str, int, str, int]]:
    """Run the library and return every pattern it gave to `re`, and where."""
    seen: dict[tuple[str, str, int, str, int], None] = {}
    known: set[tuple[str, int, object]] = set()
    inside = f"{PACKAGE}{os.sep}"
    compiled_by_re = re.compile

    def watching(real):
        def watched(pattern, *args, **kwargs):
            frame = sys._getframe(1)
            file = frame.f_code.co_filename
            at = (file, frame.f_lineno, pattern)
            if file.startswith(inside) and at not in known:
                known.add(at)
                given = args if real is compiled_by_re else ()
                compiled = compiled_by_re(
                    pattern, *given, **{k: v for k, v in kwargs.items() if k == "flags"}
                )
                kind, text = "str", compiled.pattern
                if isinstance(text, bytes):
                    kind, text = "bytes", text.decode("latin-1")
                flags = int(compiled.flags & ~re.UNICODE)
                place = Path(file).relative_to(PACKAGE).as_posix()
                seen[kind, text, flags, place, frame.f_lineno] = None
            return real(pattern, *args, **kwargs)

        return watched

    for name in FUNCTIONS:
        setattr(re, name, watching(getattr(re, name)))
    import policycmp

    for module in pkgutil.walk_packages(policycmp.__path__, "policycmp."):
        if not module.name.endswith("__main__"):
            _call_makers(importlib.import_module(module.name))
    _exercise(policycmp)
    return list(seen)


def _call_makers(module: ModuleType) -> None:
    """Call the functions of a module that give a pattern and ask for nothing."""
    for made in vars(module).values():
        if getattr(made, "__annotations__", {}).get("return") == "re.Pattern[str]" and not [
            name for name in made.__annotations__ if name != "return"
        ]:
            made()


_MORE = """某县工作方案
一、任务
(一)帮扶。建成5个示范县，接报后当即上报，对投资100万元以上的给予奖励。
(二)学校
到2027年每年培训3次，立即整改。
(三)总结
做好总结。
各地区要认真落实。
本方案自发布之日起施行。
"""
_OTHER = _MORE.replace("5个", "9个").replace("当即", "2小时内").replace("立即", "10日内")


def _exercise(pc) -> None:
    """Run what makes patterns of tables: the bundled plans, a page, and texts with rarer words."""
    from tempfile import TemporaryDirectory

    from policycmp.target_pairs.size import is_one_of
    from policycmp.target_pairs.value import counts_places

    plans = [pc.load_plan(name) for name in pc.list_plans()["plan_id"]]
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f"<html><body><p>{_MORE}</p></body></html>", encoding="utf-8")
        read = pc.read_plan(page)
    other = pc.parse_plan(_OTHER, plan_id="other")
    for plan, template in [(plan, read) for plan in plans] + [(plans[0], plans[1]), (read, other)]:
        made = pc.compare(plan, template)
        for frame in (made.clauses, made.measures, made.targets, made.evidence):
            assert len(frame) >= 0
    for per in ("县", "乡镇"):
        is_one_of(per, read.target_list[0], None)
    counts_places(read.target_list[0])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_watch()))
