"""The palette: an order that survives grey print, hues that survive colour blindness."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from policycmp.charts.palette import colour, hatch, ink_on, ramp
from policycmp.labels import RELATIONS

# Machado, Oliveira & Fernandes (2009), severity 1.0, for linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(hexa: str) -> np.ndarray:
    c = np.array([int(hexa[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1, 1.089])
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    a, b = (float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) + 0.05 for c in (one, other))
    return max(a, b) / min(a, b)


def test_lightness_rises_from_copy_to_dropped():
    lightness = [lab(linear(colour(r)))[0] for r in RELATIONS]
    assert all(b - a >= 7.5 for a, b in pairwise(lightness))


def test_grey_print_keeps_neighbours_apart():
    # What a printer makes of it: Rec. 601 luma of the printed values.
    luma = [
        np.dot((0.299, 0.587, 0.114), [int(colour(r)[i : i + 2], 16) for i in (1, 3, 5)]) for r in RELATIONS
    ]
    assert all(b - a >= 20 for a, b in pairwise(luma))


@pytest.mark.parametrize("sight", SIGHT)
def test_relations_stay_apart_for_every_sight(sight):
    seen = {r: lab(np.array(SIGHT[sight]) @ linear(colour(r))) for r in RELATIONS}
    for one, other in combinations(RELATIONS, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= 17, (one, other)


def test_what_is_nearly_paper_is_hatched():
    for relation in RELATIONS:
        assert (contrast(colour(relation), "#FFFFFF") < 1.2) == bool(hatch(relation))


def test_text_reads_on_every_ground():
    for key in (*RELATIONS, "grid", "line", "paper"):
        assert contrast(ink_on(colour(key)), colour(key)) >= 4.5
    assert contrast(colour("muted"), "#FFFFFF") >= 4.5


def test_amounts_get_darker_evenly():
    steps = [
        lab(linear("#" + "".join(f"{round(255 * c):02X}" for c in ramp()(x)[:3])))[0]
        for x in np.linspace(0, 1, 11)
    ]
    assert all(a > b for a, b in pairwise(steps))
