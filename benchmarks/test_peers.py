"""find_reuse beside its peers: the same clauses, planted copies, time at equal recall.

Each tool finds pairs among 5,000 clauses of which 600 are copies with a known share of their characters
edited (`planted`). It is run twice: with a low threshold, to see at which score it has found 99 % of
the copies (or all it ever finds), then with that score as its threshold, and this run is timed. So the
times are at equal recall, and precision says what else was reported there. CPU time is of all threads;
every tool may use two. difflib would take hours: it is run on a part, and its time is scaled by the number
of pairs. Not installed tools are skipped: ``pip install string-grouper`` (an environment of its own is
best, the peers are no dependencies).
"""

from __future__ import annotations

import importlib.util
import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import SimpleNamespace

import numpy as np
import pytest
from planted import LEVELS, Planted, planted

import policycmp as pc

NUMBER = int(os.environ.get("POLICYCMP_BENCH_CLAUSES", "5000"))
RECALL = 0.99
DIFFLIB = 300
THREADS = 2

Found = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Figures:
    tool: str
    cpu: float
    wall: float
    threshold: float
    recall: dict[float, float]
    precision: float
    note: str = ""


FIGURES: list[Figures] = []


def ours(clauses: list[str], threshold: float) -> Found:
    plans = [
        SimpleNamespace(plan_id=str(i), clause_list=[SimpleNamespace(clause_id="c", text=text)])
        for i, text in enumerate(clauses)
    ]
    options = pc.ReuseOptions(fuzzy=threshold, n_threads=THREADS)
    pairs = pc.find_reuse(plans, options=options).pairs
    ends = zip(pairs["plan_id"].astype(int), pairs["other_plan_id"].astype(int), strict=True)
    return dict(zip(ends, pairs["fuzzy"], strict=True))


def string_grouper(clauses: list[str], threshold: float) -> Found:
    import pandas as pd
    from string_grouper import match_strings

    # normalize_to_ascii would leave nothing of Chinese text.
    matches = match_strings(
        pd.Series(clauses),
        min_similarity=threshold,
        max_n_matches=20,
        number_of_processes=THREADS,
        normalize_to_ascii=False,
        ignore_index=False,
    )
    ends = zip(matches["left_index"], matches["right_index"], strict=True)
    return {(i, j): s for (i, j), s in zip(ends, matches["similarity"], strict=True) if i < j}


def rapidfuzz_cdist(clauses: list[str], threshold: float) -> Found:
    from rapidfuzz import fuzz, process

    scores = process.cdist(
        clauses,
        clauses,
        scorer=fuzz.ratio,
        score_cutoff=100 * threshold,
        dtype=np.float32,
        workers=THREADS,
    )
    one, other = np.nonzero(np.triu(scores, 1))
    return dict(zip(zip(one.tolist(), other.tolist(), strict=True), scores[one, other] / 100, strict=True))


def difflib(clauses: list[str], threshold: float) -> Found:
    found = {}
    matcher = SequenceMatcher(autojunk=False)
    for j, text in enumerate(clauses):
        matcher.set_seq2(text)
        for i in range(j):
            matcher.set_seq1(clauses[i])
            if matcher.real_quick_ratio() >= threshold and matcher.quick_ratio() >= threshold:
                score = matcher.ratio()
                if score >= threshold:
                    found[i, j] = score
    return found


def _part(whole: Planted, number: int) -> Planted:
    """Return a part of the clauses that holds an equal number of copies of each level."""
    chosen: list[int] = []
    for level in LEVELS:
        pairs = [pair for pair, of in whole.copies.items() if of == level]
        chosen += [i for pair in pairs[: number // (4 * len(LEVELS))] for i in pair]
    others = {i for pair in whole.copies for i in pair}
    chosen += [i for i in range(len(whole.clauses)) if i not in others][: number - len(chosen)]
    place = {old: new for new, old in enumerate(sorted(chosen))}
    copies = {(place[i], place[j]): of for (i, j), of in whole.copies.items() if i in place and j in place}
    return Planted([whole.clauses[i] for i in sorted(chosen)], copies)


def _threshold(found: Found, copies: dict[tuple[int, int], float]) -> float:
    """Return the highest score at which the wanted share of the copies is found, or all that ever are."""
    scores = sorted((found[pair] for pair in copies if pair in found), reverse=True)
    return float(scores[min(int(np.ceil(RECALL * len(copies))), len(scores)) - 1]) - 1e-6


@pytest.fixture(scope="module")
def clauses() -> Planted:
    return planted(NUMBER, copies_a_level=100 * NUMBER // 5000)


@pytest.fixture(scope="module", autouse=True)
def print_figures():
    yield
    print(
        f"\n{NUMBER} clauses, {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(
        "| tool | CPU s | wall s | threshold | " + " | ".join(f"{x:.0%}" for x in LEVELS) + " | precision |"
    )
    print("|---|" + "---:|" * (len(LEVELS) + 4))
    for f in FIGURES:
        recall = " | ".join(f"{f.recall[level]:.2f}" for level in LEVELS)
        print(
            f"| {f.tool}{f.note} | {f.cpu:.1f} | {f.wall:.1f} | {f.threshold:.2f} | {recall} | {f.precision:.2f} |"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of all of them in one process: {peak:.1f} GB")


@pytest.mark.parametrize(
    ("tool", "module", "low"),
    [
        (ours, "policycmp", 0.3),
        (string_grouper, "string_grouper", 0.2),
        (rapidfuzz_cdist, "rapidfuzz", 0.3),
        (difflib, "difflib", 0.3),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_time_at_equal_recall(
    benchmark, clauses, tool: Callable[[list[str], float], Found], module: str, low: float
):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    given, scale, note = clauses, 1.0, ""
    if tool is difflib:
        given = _part(clauses, DIFFLIB)
        scale = (len(clauses.clauses) / len(given.clauses)) ** 2
        note = f" (run on {len(given.clauses)} clauses, times scaled by {scale:.0f})"
    threshold = _threshold(tool(given.clauses, low), given.copies)
    cpu, wall = time.process_time(), time.perf_counter()
    found = benchmark.pedantic(tool, (given.clauses, threshold), rounds=1)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    recall = {
        level: float(np.mean([pair in found for pair, of in given.copies.items() if of == level]))
        for level in LEVELS
    }
    precision = sum(pair in given.copies for pair in found) / len(found)
    FIGURES.append(Figures(tool.__name__, cpu * scale, wall * scale, threshold, recall, precision, note))
