"""The library beside simple methods and another tool, on the same coded clauses and sentences.

    python benchmarks/baselines.py [--docs docs/evaluation.md]

Prints the tables of the evaluation chapter, or writes them into it. Every method answers the same
questions: which template unit corresponds to a local one (or none), and what relation the two have.

*Baselines* score every pair (cosine of TF-IDF vectors, rapidfuzz, difflib), take the best and call
the unit new below a threshold. For a label they know only how alike two texts are: ``copy`` from a
second threshold, one and the same label below it. Both thresholds and that label are chosen **on
the very rows they are judged on**, so that each baseline is shown at the best it can do; ours are the
library's defaults. They cut words with plain jieba and know nothing of localisation.

*governdiff* 0.6.0 compares documents, not clauses (``pip install governdiff==0.6.0``; without it its
rows are left out and the reason is printed). It is given the text as published, the same with
blank lines between paragraphs, and, to leave its reading of Chinese numbering out of account, our
clauses as paragraphs. A block stands for the clauses it shares text with; a unit's counterpart is that
of the block that holds most of it. Its findings are read as labels: only strengthening ones make
``sharpen``, only weakening ones ``weaken``, both ``mixed``; without such findings text that is the same
is ``copy`` and other text ``adapt``.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import jieba
import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer

import policycmp as pc

PLANS = ("xiji-2025", "pingluo-table", "leshan-2021")
TEMPLATE = "wuzhong-2023"
UNITS = {"clauses": PLANS, "measures": PLANS[:1]}
"""What is coded of which plans."""
plan = cache(pc.load_plan)
FRAME = ["local_id", "template_id", "relation", "confidence", "evidence", "rank"]


# ---------------------------------------------------------------- what is compared


@dataclass(frozen=True)
class Unit:
    id: str
    text: str
    start: int
    end: int


@cache
def units(plan_id: str, unit: str) -> list[Unit]:
    if unit == "clauses":
        return [Unit(c.clause_id, c.text, c.start, c.end) for c in plan(plan_id).clause_list]
    return [Unit(m.measure_id, m.text, m.start, m.end) for m in plan(plan_id).measure_list]


def answer(plan_id: str, unit: str, rows: Sequence[tuple[str, str | None, str]]) -> SimpleNamespace:
    """Return what `evaluate` needs of a comparison: the plans and one row a local unit."""
    frame = pd.DataFrame([(*row, float("nan"), "", 1) for row in rows], columns=FRAME)
    return SimpleNamespace(local=plan(plan_id), template=plan(TEMPLATE), **{unit: frame})


def judged(made: Sequence[object], unit: str) -> pc.Evaluation:
    return pc.evaluate(made, pc.load_gold(unit), unit=unit)


# ---------------------------------------------------------------- baselines

Scores = dict[str, np.ndarray]


@cache
def words(text: str) -> str:
    return " ".join(w for w in jieba.lcut(text) if w.strip())


def tfidf(unit: str) -> Scores:
    found = {}
    for name in UNITS[unit]:
        here, there = ([words(u.text) for u in units(p, unit)] for p in (name, TEMPLATE))
        model = TfidfVectorizer(token_pattern=r"\S+").fit([*here, *there])
        found[name] = (model.transform(here) @ model.transform(there).T).toarray()
    return found


def each(score: Callable[[str, str], float]) -> Callable[[str], Scores]:
    def scores(unit: str) -> Scores:
        return {
            name: np.array(
                [[score(a.text, b.text) for b in units(TEMPLATE, unit)] for a in units(name, unit)]
            )
            for name in UNITS[unit]
        }

    return scores


BASELINES: dict[str, Callable[[str], Scores]] = {
    "TF-IDF cosine": tfidf,
    "rapidfuzz token_sort_ratio": each(lambda a, b: fuzz.token_sort_ratio(words(a), words(b)) / 100),
    "difflib ratio": each(lambda a, b: difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()),
}


def cut(scores: Scores, unit: str, new: float, copy: float, else_: str) -> list[SimpleNamespace]:
    """Return the answers a score gives with two thresholds."""
    out = []
    for name, matrix in scores.items():
        rows = []
        for mine, row in zip(units(name, unit), matrix, strict=True):
            top = int(row.argmax())
            if row[top] < new:
                rows.append((mine.id, None, "new"))
            else:
                label = "copy" if row[top] >= copy else else_
                rows.append((mine.id, units(TEMPLATE, unit)[top].id, label))
        out.append(answer(name, unit, rows))
    return out


def best(scores: Scores, unit: str) -> tuple[pc.Evaluation, str]:
    """Return a baseline at its best on these very rows, and with which thresholds that is."""
    tops = np.unique(np.concatenate([matrix.max(axis=1) for matrix in scores.values()]).round(3))
    grid = np.unique(np.quantile(tops, np.linspace(0, 1, 41)).round(3))
    new = max(tops, key=lambda t: judged(cut(scores, unit, t, 2, "adapt"), unit).counterpart_agreement)
    copy, label = max(
        ((t, other) for t in grid for other in ("adapt", "sharpen", "mixed", "weaken")),
        key=lambda c: judged(cut(scores, unit, new, *c), unit).relation_agreement,
    )
    found = judged(cut(scores, unit, new, copy, label), unit)
    return found, f"new below {new:.2f}, copy from {copy:.2f}, else {label}"


# ---------------------------------------------------------------- governdiff

STRONGER = {
    "modality-strengthened",
    "deadline-shortened",
    "duty-added",
    "prohibition-added",
    "restriction-added",
    "exception-removed",
    "scope-expanded",
}
WEAKER = {
    "modality-weakened",
    "deadline-extended",
    "protection-removed",
    "permission-removed",
    "exception-added",
    "scope-narrowed",
}


def as_published(text: str, _: str) -> str:
    return text


def with_blank_lines(text: str, _: str) -> str:
    return re.sub(r"\n+", "\n\n", text)


def our_paragraphs(_: str, joined: str) -> str:
    return joined


GIVEN = {
    "governdiff 0.6.0, text as published": as_published,
    "governdiff 0.6.0, blank lines between paragraphs": with_blank_lines,
    "governdiff 0.6.0, our units as paragraphs": our_paragraphs,
}


def _tight(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _place(haystack: str, text: str) -> tuple[int, int]:
    """Return where a text stands among the letters of its plan; (0, 0) if it does not."""
    want = _tight(text)
    at = haystack.find(want) if want else -1
    return (at, at + len(want)) if at >= 0 else (0, 0)


def _spans(plan_id: str, unit: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the letters of a plan and where each unit stands among them."""
    text = plan(plan_id).text
    spans = [(len(_tight(text[: u.start])), len(_tight(text[: u.end]))) for u in units(plan_id, unit)]
    return _tight(text), spans


def governdiff(unit: str, given: Callable[[str, str], str]) -> pc.Evaluation:
    from governdiff.engine import analyze_texts  # type: ignore[import-not-found]

    out = []
    for name in UNITS[unit]:
        texts = []
        for plan_id in (TEMPLATE, name):
            joined = "\n\n".join(
                plan(plan_id).text[u.start : u.end].replace("\n", "") for u in units(plan_id, unit)
            )
            texts.append(given(plan(plan_id).text, joined))
        changes = analyze_texts(texts[0], texts[1], "template.txt", "local.txt", "zh").changes
        (here, mine), (there, theirs) = _spans(name, unit), _spans(TEMPLATE, unit)
        best_of: dict[int, tuple[int, str | None, str]] = {}
        for change in changes:
            if change.new_block is None:
                continue
            start, end = _place(here, change.new_block.text)
            counterpart = None
            if change.old_block is not None:
                a, b = _place(there, change.old_block.text)
                held = [min(b, y) - max(a, x) for x, y in theirs]
                if max(held) > 0:
                    counterpart = units(TEMPLATE, unit)[int(np.argmax(held))].id
            for i, (x, y) in enumerate(mine):
                shared = min(end, y) - max(start, x)
                if shared > best_of.get(i, (0,))[0]:
                    best_of[i] = (shared, counterpart, _label(change, counterpart))
        rows = [
            (u.id, *(best_of[i][1:] if i in best_of else (None, "new")))
            for i, u in enumerate(units(name, unit))
        ]
        out.append(answer(name, unit, rows))
    return judged(out, unit)


def _label(change: object, counterpart: str | None) -> str:
    if counterpart is None:
        return "new"
    found = {finding.check_id for finding in change.findings}  # type: ignore[attr-defined]
    up, down = bool(found & STRONGER), bool(found & WEAKER)
    if up or down:
        return "mixed" if up and down else "sharpen" if up else "weaken"
    return "copy" if change.change_type in ("moved", "unchanged", "format_only") else "adapt"  # type: ignore[attr-defined]


# ---------------------------------------------------------------- tables


def ours(unit: str) -> pc.Evaluation:
    return judged([pc.compare(name, TEMPLATE) for name in UNITS[unit]], unit)


def line(name: str, found: pc.Evaluation, unit: str) -> str:
    """Return a row of the table: counts where a share of so few rows would look too exact."""
    codes, cells = found.codes, []
    for plan_id in UNITS[unit]:
        agrees = codes.loc[codes["local_plan"] == plan_id, "counterpart_agrees"]
        cells.append(f"{agrees.sum()}/{len(agrees)}")
    for part, whole in (("pairs_found", "pairs_wanted"), ("pairs_right", "pairs_given")):
        cells.append(f"{codes[part].sum():.0f}/{codes[whole].sum():.0f}")
    cells.append(f"{codes['relation_agrees'].sum()}/{len(codes)}")
    cells.append(f"{round(found.kappa, 2) + 0.0:.2f}")  # no -0.00
    return f"| {name} | {' | '.join(cells)} |"


def heading(unit: str) -> str:
    names = [f"counterpart {name}" for name in UNITS[unit]]
    columns = ["method", *names, "pair recall", "pair precision", "label", "κ"]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def table(unit: str, log: Callable[[str], object]) -> str:
    lines, notes = [heading(unit), line("**policycmp**", ours(unit), unit)], []
    for name, scores in BASELINES.items():
        found, how = best(scores(unit), unit)
        lines.append(line(name, found, unit))
        notes.append(f"{name}: {how}")
    try:
        import governdiff as _  # noqa: F401
    except ImportError as error:
        log(f"governdiff is left out: {error}")
    else:
        lines += [line(name, governdiff(unit, given), unit) for name, given in GIVEN.items()]
    return "\n".join(lines) + f"\n\nThresholds of the baselines, best on these rows: {'; '.join(notes)}."


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--docs", type=Path, help="write the tables between the marks of this page")
    given = arguments.parse_args()
    jieba.setLogLevel(60)
    packages = ("policycmp", "jieba", "scikit-learn", "rapidfuzz")
    made = f"{date.today():%Y-%m-%d}; " + ", ".join(f"{name} {version(name)}" for name in packages)
    log = sys.stderr.write
    parts = [
        f"Clauses of three plans ({made}):",
        table("clauses", log),
        "Sentences of Xiji:",
        table("measures", log),
    ]
    text = "\n\n".join(parts)
    if given.docs is None:
        sys.stdout.write(text + "\n")
        return
    page = given.docs.read_text(encoding="utf-8")
    before, rest = page.split("<!-- baselines -->\n")
    _, after = rest.split("<!-- /baselines -->")
    given.docs.write_text(
        f"{before}<!-- baselines -->\n\n{text}\n\n<!-- /baselines -->{after}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
