"""Would rjieba, jieba in Rust, be worth an extra? How often it cuts otherwise, and what it would save.

    python benchmarks/tokenizers.py [--corpus ../shared/corpus]      (pip install rjieba)

rjieba takes its own copy of jieba's dictionary and words of ours with whole frequencies only, so a word
that should win by a hair over its parts wins by more, and sometimes over a neighbour. The words of every
different stretch of Han characters are compared with ours, and the time of all three is measured.
"""

from __future__ import annotations

import argparse
import re
import time
from math import ceil
from pathlib import Path

import jieba
import rjieba
from generate import PLANS, county_texts

from policycmp.language import words
from policycmp.tables import read_table
from policycmp.text import fold

COUNTIES = 60


def milliseconds(run, of: int) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) / of * 1000


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path, default=PLANS.parent.parent.parent / "shared" / "corpus")
    corpus = arguments.parse_args().corpus
    tokenizer = words._tokenizer()
    fast = rjieba.Jieba()
    for word in sorted({row["word"] for row in read_table("policy_words")}, key=lambda w: (len(w), w)):
        fast.add_word(word, max(1, ceil(tokenizer.FREQ[word])), None)

    for title, files in (("bundled plans", PLANS.glob("*.txt")), ("corpus", corpus.rglob("*.txt"))):
        texts = [fold(path.read_text(encoding="utf-8", errors="replace")) for path in sorted(files)]
        runs = {run for text in texts for run in re.findall("[\u3400-\u9fff]+", text)}
        otherwise = [run for run in runs if tuple(fast.cut(run, False)) != words._split(run)]
        if runs:
            share = len(otherwise) / len(runs)
            print(f"{title}: {len(otherwise)} of {len(runs):,} stretches cut otherwise ({share:.2%})")

    counties = [fold(text) for _, text in county_texts(COUNTIES)]
    runs_of = [re.findall("[\u3400-\u9fff]+", text) for text in counties]
    plain = jieba.Tokenizer()
    plain.initialize()
    afresh = words._split.__wrapped__
    words._split.cache_clear()
    for title, cutting in (
        ("jieba", lambda: [plain.lcut(text) for text in counties]),
        ("rjieba", lambda: [fast.cut(text, False) for text in counties]),
        ("ours, each stretch anew", lambda: [afresh(run) for runs in runs_of for run in runs]),
        ("ours, stretches kept", lambda: [words._split(run) for runs in runs_of for run in runs]),
    ):
        print(f"{title}: {milliseconds(cutting, COUNTIES):.2f} ms a plan")


if __name__ == "__main__":
    main()
