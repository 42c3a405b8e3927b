"""Candidates for ``policycmp/tables/policy_words.csv`` from a folder of plans.

    python benchmarks/policy_words.py data/plans ../shared/corpus > candidates.csv

A candidate is a run of two to four of jieba's words, two to six characters long, that

* stands in at least three documents and six times altogether,
* holds together: its parts meet far more often than by chance (pointwise mutual information), and
* stands free: many different characters come before and after it (branching entropy).

The table takes from this list what a reader would call one term; the choice is by hand, the
``source`` column says "corpus" for words that came this way.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from math import log
from pathlib import Path

import jieba

HAN = re.compile(r"[\u4e00-\u9fff]+")


def entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    return -sum(n / total * log(n / total) for n in neighbours.values())


def main(folders: list[str]) -> None:
    jieba.setLogLevel(60)
    cutter = jieba.Tokenizer()
    single: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    documents: dict[tuple[str, ...], set[str]] = defaultdict(set)
    before: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.*")):
            if path.suffix not in (".txt", ".md") or path.name == "README.md":
                continue
            text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", path.read_text(encoding="utf-8"))
            for stretch in HAN.findall(text):
                words = [*cutter.cut(stretch, HMM=False)]
                single.update(words)
                for size in (2, 3, 4):
                    for at in range(len(words) - size + 1):
                        run = tuple(words[at : at + size])
                        if 2 <= sum(map(len, run)) <= 6:
                            runs[run] += 1
                            documents[run].add(path.name)
                            before[run][words[at - 1][-1] if at else f"^{len(before[run])}"] += 1
                            after[run][
                                words[at + size][0] if at + size < len(words) else f"${len(after[run])}"
                            ] += 1
    total = sum(single.values())
    out = csv.writer(sys.stdout)
    out.writerow(["word", "parts", "count", "documents", "pmi", "entropy"])
    rows = []
    for run, count in runs.items():
        if count < 6 or len(documents[run]) < 3:
            continue
        pmi = log(count / total) - sum(log(single[w] / total) for w in run)
        free = min(entropy(before[run]), entropy(after[run]))
        if pmi / (len(run) - 1) > 4.5 and free > 0.9:
            rows.append(
                ("".join(run), " ".join(run), count, len(documents[run]), round(pmi, 1), round(free, 2))
            )
    out.writerows(sorted(rows, key=lambda row: -row[2] * row[4]))


if __name__ == "__main__":
    main(sys.argv[1:])
