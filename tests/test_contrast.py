"""Contrast pairs: one difference each, and the label it must give."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import policycmp as pc

ROOT = Path(__file__).resolve().parent.parent
MIRROR = {"sharpen": "weaken", "weaken": "sharpen"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


GOLD = rows(ROOT / "data" / "gold" / "contrast.csv")
OWN = rows(ROOT / "tests" / "pairs" / "contrast.csv")


def misses(pairs, *, mirrored=False):
    out = []
    for pair in pairs:
        wanted = pair["label"].split("|")
        sides = pair["local"], pair["template"]
        if mirrored:
            wanted, sides = [MIRROR.get(label, label) for label in wanted], sides[::-1]
        if pc.relate(*sides).label not in wanted:
            out.append(pair)
    return out


def test_gold():
    wrong = misses(GOLD)
    assert len(wrong) <= 0.02 * len(GOLD), [(p["id"], p["label"]) for p in wrong]
    by_kind = Counter(p["evidence_kind"] for p in wrong)
    assert all(number <= 1 for number in by_kind.values()), by_kind


def test_gold_with_the_sides_exchanged():
    wrong = misses(GOLD, mirrored=True)
    assert len(wrong) <= 0.03 * len(GOLD), [(p["id"], p["label"]) for p in wrong]


@pytest.mark.parametrize("phenomenon", sorted({p["phenomenon"] for p in OWN}))
def test_other_fields(phenomenon):
    pairs = [p for p in OWN if p["phenomenon"] == phenomenon]
    wrong = misses(pairs)
    assert len(wrong) <= max(1, len(pairs) // 8), [(p["template"], p["local"], p["label"]) for p in wrong]


def test_other_fields_together():
    assert len(misses(OWN)) <= 0.05 * len(OWN)
