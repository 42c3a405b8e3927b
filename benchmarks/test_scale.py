"""How long many plans take, as ratios to jieba cutting the same text in the same run.

``make bench`` runs this with the sizes below; POLICYCMP_BENCH_PLANS=2800 makes it a country. Every
figure is printed at the end with the machine it was measured on. Ratios carry over between machines,
seconds do not.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from generate import county_texts, law_texts, write_counties
from joblib.externals.loky import get_reusable_executor

import policycmp as pc

PLANS = int(os.environ.get("POLICYCMP_BENCH_PLANS", "280"))
FIGURES: list[tuple[str, float, str]] = []


def seconds(run, *arguments, **options):
    start = time.perf_counter()
    value = run(*arguments, **options)
    return time.perf_counter() - start, value


@pytest.fixture(scope="module", autouse=True)
def print_figures():
    yield
    print(
        f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {PLANS} plans"
    )
    for name, value, bar in FIGURES:
        print(f"{name:58s} {value:9.3f}   {bar}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("counties")
    write_counties(target, PLANS)
    return target


@pytest.fixture(scope="module")
def jieba_seconds():
    """Return the time jieba alone takes to cut all texts on one core, dictionary loaded."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    texts = [text for _, text in county_texts(PLANS)]
    spent, _ = seconds(lambda: [tokenizer.lcut(text) for text in texts])
    FIGURES.append(("jieba, all texts (s)", spent, f"{sum(map(len, texts)):,} characters"))
    return spent


def _import_seconds(name: str) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {name}"], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def test_import(benchmark):
    ratio = benchmark.pedantic(lambda: _import_seconds("policycmp") / _import_seconds("pandas"), rounds=1)
    FIGURES.append(("import policycmp / import pandas", ratio, "<= 1.3"))


ONE = """
import time
import policycmp as pc
def frames(*plans):
    result = pc.compare(*plans)
    return [getattr(result, name) for name in ("clauses", "measures", "targets", "evidence")]
frames("leshan-2021", "pingluo-2019")
for _ in range(2):
    start = time.perf_counter()
    frames(pc.load_plan("xiji-2025"), pc.load_plan("wuzhong-2023"))
    print(time.perf_counter() - start)
"""


def test_one_comparison(benchmark):
    """Dictionary and patterns loaded by a comparison of two other plans; then two plans never seen, and again."""

    def run():
        done = subprocess.run([sys.executable, "-c", ONE], check=True, capture_output=True, text=True)
        return [float(line) for line in done.stdout.split()]

    times = [run() for _ in range(3)]
    benchmark.pedantic(run, rounds=1)
    FIGURES.append(("one comparison, all frames, texts never seen (s)", min(t[0] for t in times), "<= 0.4"))
    FIGURES.append(("the same plans read and compared again (s)", min(t[1] for t in times), ""))


def test_550_by_650_articles(benchmark):
    """Two long laws of the corpus' articles, a third of them edited; their items are clauses too, parsing is not counted."""
    corpus = Path(os.environ.get("POLICYCMP_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
    if not (corpus / "V_REVISIONS").is_dir():
        pytest.skip("no corpus of real documents beside the project (set POLICYCMP_CORPUS)")
    texts = law_texts(corpus / "V_REVISIONS", 550, 650)
    local, template = (pc.parse_plan(text, plan_id=name) for text, name in zip(texts, "ab", strict=True))
    assert len(local.clause_list) >= 550 and len(template.clause_list) >= 650
    pc.compare("leshan-2021", "pingluo-2019")  # the dictionary is loaded, as in the other figures
    spent, result = seconds(lambda: benchmark.pedantic(lambda: pc.compare(local, template), rounds=1))
    assert result.clauses["template_id"].notna().sum() >= 550
    FIGURES.append(("550 by 650 articles (s)", spent, "<= 5"))


@pytest.mark.parametrize(("measures", "bar"), [(True, 4.0), (False, 2.0)])
def test_compare_many(benchmark, folder, jieba_seconds, tmp_path, measures, bar):
    options = pc.CompareOptions(measures=measures)
    paths = sorted(folder.glob("*.txt"))

    def run(some=paths, out=tmp_path / "whole"):
        return pc.compare_many(some, "wuzhong-2023", n_jobs=2, progress=False, out=out, options=options)

    # The yardstick has its dictionary loaded before the clock starts, and so have the workers; a tenth of
    # the plans has workers of its own, which have seen no more than the whole's have when they begin.
    name = "compare_many" + ("" if measures else ", measures=False")
    FIGURES.append((f"{name}: two workers started (s)", seconds(run, paths[:2], tmp_path / "first")[0], ""))
    tenth, _ = seconds(run, paths[: max(len(paths) // 10, 1)], tmp_path / "tenth")
    get_reusable_executor().shutdown(wait=True)
    run(paths[:2], tmp_path / "second")
    spent, result = seconds(lambda: benchmark.pedantic(run, rounds=1))
    assert result.failures.empty
    FIGURES.append((f"{name} / jieba", spent / jieba_seconds, f"<= {bar}"))
    FIGURES.append((f"{name}: whole / a tenth of the plans", spent / tenth, "<= 11"))
    get_reusable_executor().shutdown(wait=True)  # the system counts the memory of processes that have ended
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    FIGURES.append((f"{name}: peak memory of a process (GB)", peak / 1e6, "<= 1.5"))


def test_find_reuse(benchmark, folder):
    plans = [pc.read_plan(path) for path in sorted(folder.glob("*.txt"))]
    spent, found = seconds(lambda: benchmark.pedantic(lambda: pc.find_reuse(plans), rounds=1))
    clauses = sum(len(plan.clause_list) for plan in plans)
    FIGURES.append((f"find_reuse over {clauses:,} clauses (s)", spent, "78,000 clauses: <= 90"))
    assert len(found.pairs)


def test_parsing(benchmark):
    """Text to clauses and measures; the bar is 4 MB (UTF-8) a second on one core, patterns compiled."""
    texts = [text for _, text in county_texts(160)]

    def parse(some):
        return seconds(lambda: [pc.parse_plan(text, plan_id="x") for text in some])[0]

    parse(texts[:40])
    rates = [
        sum(len(t.encode()) for t in texts[k : k + 40]) / 1e6 / parse(texts[k : k + 40]) for k in (40, 80)
    ]
    benchmark.pedantic(parse, (texts[120:],), rounds=1)
    FIGURES.append(("parsing (MB/s)", max(rates), ">= 4"))


def test_doubling_the_length_of_a_text_doubles_the_time(benchmark):
    text = Path(__file__).parent.parent.joinpath("data/plans/wuzhong-2023.txt").read_text(encoding="utf-8")
    body = text[text.index("一、总体要求") : text.index("【编辑】")]
    times = [min(seconds(pc.parse_plan, body * n, plan_id="x")[0] for _ in range(3)) for n in (25, 50)]
    benchmark.pedantic(lambda: None, rounds=1)
    FIGURES.append(("parsing, doubled length: ratio of times", times[1] / times[0], "<= 2.2"))
