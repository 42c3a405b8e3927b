"""What each ingredient of the alignment adds, how weights were fitted, how sure it may be.

    python benchmarks/ablation.py [--corpus ../shared/corpus] [--images docs/images]

Fits the weights of `policycmp.alignment.align` and prints the tables of ``docs/alignment.md``. Coded
rows: the project's gold (``data/gold/clauses.csv``) and ``clauses_read.csv`` beside this script,
the remaining clauses of the four plans, read by the developers after the coding guide while the
alignment was made. Every figure of a plan comes from weights fitted on the other three
(leave-one-document-out); plans on other subjects from the corpus, where every clause has no
counterpart, enter the fit with weight 0.15 a clause, a quarter of them held out with each plan.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import policycmp as pc
from policycmp.alignment import vectors
from policycmp.alignment.settings import AlignOptions, Weights
from policycmp.alignment.similarity import SIDES, similarity
from policycmp.datasets import data_folder
from policycmp.language import passage
from policycmp.language.passage import Passage
from policycmp.language.words import cut

HERE = Path(__file__).parent
PLANS = ("xiji-2025", "pingluo-table", "leshan-2021", "pingluo-2019")
TEMPLATE = "wuzhong-2023"
STRANGERS = (
    "URB/318*",
    "CTY/170*",
    "ESER/311*",
    "NDP/237*",
    "MIXED_LOCAL/重庆*",
    "URB/575*",
    "URB/7、*",
    "GOVCN/15*",
)
RIDGE, STRANGER_WEIGHT = 0.03, 0.15
plan = cache(pc.load_plan)


# ---------------------------------------------------------------- what the coders said


def _at(it: pc.Plan, snippet: str) -> int:
    kept = [i for i, c in enumerate(it.text) if not c.isspace()]
    place = kept["".join(it.text[i] for i in kept).index(re.sub(r"\s", "", snippet))]
    inside = [(c.end - c.start, k) for k, c in enumerate(it.clause_list) if c.start <= place < c.end]
    return min(inside)[1]


@cache
def coded() -> dict[str, dict[int, tuple[frozenset[int | None], bool]]]:
    """Per plan: clause index → acceptable main counterparts, and whether the row is gold."""
    rows: dict[str, dict[int, tuple[frozenset[int | None], bool]]] = {name: {} for name in PLANS}
    for path, gold in ((HERE / "clauses_read.csv", False), (data_folder() / "gold" / "clauses.csv", True)):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                answers = row["main"].split("|")
                wanted = frozenset(None if s == "(none)" else _at(plan(TEMPLATE), s) for s in answers)
                rows[row["local_doc"]][_at(plan(row["local_doc"]), row["local_snippet"])] = (wanted, gold)
    return rows


def clauses(it: pc.Plan) -> list[Passage]:
    return [Passage.of_clause(it, clause) for clause in it.clause_list]


# ---------------------------------------------------------------- the model


def features(found: dict[str, np.ndarray], names: list[str]) -> np.ndarray:
    return np.stack(
        [found[n] if n in ("kinds", "order") else np.sqrt(np.clip(found[n], 0, 1)) for n in names], -1
    )


Row = tuple[np.ndarray, frozenset[int | None], float]


def fit(rows: list[Row]) -> np.ndarray:
    """Fit a conditional logit with *none* as an alternative; weights not below 0, ridge penalty."""
    size = rows[0][0].shape[1]

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = RIDGE * float(theta[:-1] @ theta[:-1]), np.zeros_like(theta)
        slope[:-1] = 2 * RIDGE * theta[:-1]
        for x, wanted, weight in rows:
            chance = chances(x, theta)
            index = [len(x) if j is None else j for j in wanted]
            right = np.zeros_like(chance)
            right[index] = chance[index] / max(chance[index].sum(), 1e-300)
            value -= weight * float(np.log(chance[index].sum() + 1e-300))
            off = weight * (chance - right)
            slope[:-1] += x.T @ off[:-1]
            slope[-1] += off[-1]
        return value, slope

    return minimize(loss, np.zeros(size + 1), jac=True, method="L-BFGS-B", bounds=[(0, None)] * (size + 1)).x


def chances(x: np.ndarray, theta: np.ndarray) -> np.ndarray:
    utility = np.append(x @ theta[:-1], theta[-1])
    odds = np.exp(utility - utility.max())
    return odds / odds.sum()


def decide(chance: np.ndarray, new: float) -> int | None:
    return None if chance[-1] >= new else int(chance[:-1].argmax())


class Trial:
    """One variant of the alignment: its sides computed once, fitted with each plan left out."""

    def __init__(self, corpus: Path | None, names: list[str], *, background: bool = True) -> None:
        there = clauses(plan(TEMPLATE))
        self.names = names
        self.sides = {
            name: similarity(clauses(plan(name)), there, background=background).sides for name in PLANS
        }
        self.strangers: list[tuple[int, str, np.ndarray]] = []
        for number, pattern in enumerate(STRANGERS if corpus else ()):
            other = clauses(_read(next(corpus.glob(pattern))))
            for name in PLANS[:3]:
                found = similarity(clauses(plan(name)), other, background=background).sides
                self.strangers.append((number, name, features(found, names)))

    def rows(self, names: tuple[str, ...], fold: int | None) -> list[Row]:
        made: list[Row] = []
        for name in names:
            x = features(self.sides[name], self.names)
            made += [(x[i], wanted, 1.0) for i, (wanted, _) in coded()[name].items()]
        for number, name, x in self.strangers:
            if fold is None or (number % 4 != fold and name in names):
                made += [(row, frozenset({None}), STRANGER_WEIGHT) for row in x]
        return made

    def weights(self) -> dict[str, float]:
        theta = fit(self.rows(PLANS, None))
        return dict(zip([*self.names, "none"], theta.round(2), strict=True))

    def predictions(self) -> Iterator[tuple[str, frozenset[int | None], bool, np.ndarray]]:
        """Every coded clause with the chances given by weights fitted on the other plans."""
        for fold, name in enumerate(PLANS):
            theta = fit(self.rows(tuple(p for p in PLANS if p != name), fold))
            x = features(self.sides[name], self.names)
            for i, (wanted, gold) in coded()[name].items():
                yield name, wanted, gold, chances(x[i], theta)

    def unrelated(self) -> float:
        """Share of task clauses found new against held-out plans on other subjects."""
        new = total = 0
        for fold, left_out in enumerate(PLANS[:3]):
            theta = fit(self.rows(tuple(p for p in PLANS if p != left_out), fold))
            for number, name, x in self.strangers:
                if name == left_out and number % 4 == fold:
                    kinds = [c.kind for c in plan(name).clause_list]
                    picks = [decide(chances(row, theta), AlignOptions().new) for row in x]
                    tasks = [pick for pick, kind in zip(picks, kinds, strict=True) if kind in ("task", "row")]
                    new, total = new + sum(pick is None for pick in tasks), total + len(tasks)
        return new / total if total else float("nan")


@cache
def _read(path: Path) -> pc.Plan:
    return pc.read_plan(path)


def summary(trial: Trial, new: float = AlignOptions().new) -> tuple[str, float]:
    hits = {name: [0, 0] for name in PLANS}
    gold_hits, loss = [0, 0], 0.0
    for name, wanted, gold, chance in trial.predictions():
        right = decide(chance, new) in wanted
        hits[name][0] += right
        hits[name][1] += 1
        gold_hits[0] += right and gold
        gold_hits[1] += gold
        loss -= float(np.log(sum(chance[-1 if j is None else j] for j in wanted) + 1e-9))
    number = sum(total for _, total in hits.values())
    cells = [f"{a}/{b}" for a, b in hits.values()]
    return " | ".join([*cells, f"{gold_hits[0]}/{gold_hits[1]}", f"{loss / number:.3f}"]), loss / number


# ---------------------------------------------------------------- variants


@contextmanager
def changed(owner: object, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    vectors.side.cache_clear()
    try:
        yield
    finally:
        setattr(owner, name, before)
        vectors.side.cache_clear()


def without_localisation(text: str, place: str | None = None) -> object:
    return cut(text)


def only_itself(norms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(norm for norm in norms if norm not in vectors._silent())


def with_fields_only(norms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for norm in norms for term in vectors._says(norm)[:1] + _fields_of(norm))


def _fields_of(norm: str) -> tuple[str, ...]:
    return tuple(term for term in vectors._says(norm) if term.startswith("#"))


def with_parts_only(norms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for norm in norms for term in vectors._says(norm) if not term.startswith("#"))


def baseline(score: Callable[[str, str], float]) -> str:
    """One score, one threshold; the threshold fitted on the other plans."""
    there = [c.text for c in plan(TEMPLATE).clause_list]
    best: dict[str, list[tuple[int, float, frozenset[int | None], bool]]] = {}
    for name in PLANS:
        best[name] = []
        for i, (wanted, gold) in coded()[name].items():
            scores = [score(plan(name).clause_list[i].text, text) for text in there]
            best[name].append((int(np.argmax(scores)), max(scores), wanted, gold))
    cells, gold_hits, gold_total = [], 0, 0
    for name in PLANS:
        others = [row for other in PLANS if other != name for row in best[other]]

        def right(rows: list, least: float) -> list[bool]:
            return [(j if top >= least else None) in wanted for j, top, wanted, _ in rows]

        least = max((row[1] for row in others), key=lambda value: sum(right(others, value)))
        hits = right(best[name], least)
        cells.append(f"{sum(hits)}/{len(hits)}")
        gold_hits += sum(hit and row[3] for hit, row in zip(hits, best[name], strict=True))
        gold_total += sum(row[3] for row in best[name])
    return " | ".join([*cells, f"{gold_hits}/{gold_total}", "—"])


def baselines() -> Iterator[tuple[str, str]]:
    from rapidfuzz import fuzz
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [c.text for name in (*PLANS, TEMPLATE) for c in plan(name).clause_list]
    model = TfidfVectorizer(analyzer=lambda text: [w.norm for w in cut(text) if w.norm]).fit(texts)
    vector = cache(lambda text: model.transform([text]))
    spaced = cache(lambda text: " ".join(w.norm for w in cut(text) if w.norm))
    yield (
        "difflib ratio, one threshold",
        baseline(lambda a, b: difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()),
    )
    yield (
        "rapidfuzz token set ratio, one threshold",
        baseline(lambda a, b: fuzz.token_set_ratio(spaced(a), spaced(b))),
    )
    yield "word TF-IDF, one threshold", baseline(lambda a, b: float((vector(a) @ vector(b).T).sum()))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path, default=HERE.parent.parent / "shared" / "corpus")
    arguments.add_argument("--images", type=Path)
    given = arguments.parse_args()
    corpus = given.corpus if given.corpus.is_dir() else None
    names = list(SIDES)
    full = Trial(corpus, names)
    print("fitted:", full.weights())
    print("defaults:", {name: getattr(Weights(), name) for name in [*names, "none"]})
    print(f"\n| variant | {' | '.join(PLANS)} | gold rows | log loss |\n|---|" + "---|" * 6)
    for name, cells in baselines():
        print(f"| {name} | {cells} |", flush=True)
    print(f"| **all sides** | {summary(full)[0]} |", flush=True)
    for side in names:
        print(
            f"| without {side} | {summary(Trial(corpus, [n for n in names if n != side]))[0]} |", flush=True
        )
    print(f"| without background idf | {summary(Trial(corpus, names, background=False))[0]} |", flush=True)
    with changed(passage, "localise", without_localisation):
        print(f"| without localisation | {summary(Trial(corpus, names))[0]} |", flush=True)
    for title, terms in (
        ("without fields and words inside words", only_itself),
        ("without fields", with_parts_only),
        ("without words inside words", with_fields_only),
    ):
        with changed(vectors, "_terms", terms):
            print(f"| {title} | {summary(Trial(corpus, names))[0]} |", flush=True)
    print(f"\nunrelated plans, task clauses new: {full.unrelated():.3f}")
    predicted = list(full.predictions())
    sensitivity = [(new, summary(full, new)[0]) for new in (0.3, 0.4, 0.5, 0.6, 0.7)]
    print("\n| threshold for new | " + " | ".join(PLANS) + " | gold rows | log loss |\n|---|" + "---|" * 6)
    for new, cells in sensitivity:
        print(f"| {new} | {cells} |")
    print("\n| confidence of the main answer | clauses | mean confidence | right |\n|---|---|---|---|")
    bins = [(0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)]
    points = []
    for low, high in bins:
        inside = []
        for _, wanted, _, chance in predicted:
            pick = decide(chance, AlignOptions().new)
            sure = float(chance[-1 if pick is None else pick])
            if low <= sure < high:
                inside.append((sure, pick in wanted))
        if inside:
            sure, right = (float(np.mean(column)) for column in zip(*inside, strict=True))
            points.append((sure, right, len(inside)))
            print(f"| {low}–{min(high, 1)} | {len(inside)} | {sure:.2f} | {right:.2f} |")
    if given.images:
        draw(given.images, predicted, points)


def draw(folder: Path, predicted: list, points: list[tuple[float, float, int]]) -> None:
    """Draw reliability, and the share of right answers over the threshold for new."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.2), layout="constrained")
    left.plot([0, 1], [0, 1], color="0.7", lw=1)
    left.scatter(
        *zip(*[(a, b) for a, b, _ in points], strict=True),
        s=[12 + 2 * n for *_, n in points],
        color="#2F6B9A",
    )
    left.set(
        xlabel="mean confidence", ylabel="share right", xlim=(0, 1.02), ylim=(0, 1.02), title="Reliability"
    )
    thresholds = np.linspace(0.1, 0.95, 35)
    for name in PLANS:
        rows = [(wanted, chance) for doc, wanted, _, chance in predicted if doc == name]
        share = [np.mean([decide(chance, t) in wanted for wanted, chance in rows]) for t in thresholds]
        right.plot(thresholds, share, label=name, lw=1.4)
    right.axvline(AlignOptions().new, color="0.7", lw=1)
    right.set(xlabel="threshold for new", ylim=(0, 1.02), title="Main counterpart right")
    right.legend(frameon=False, fontsize=7)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "alignment-reliability.svg")


if __name__ == "__main__":
    main()
