"""No text makes a regular expression, or a whole reading, slow: work grows as the text does.

Steps are counted, not timed (`pattern_steps`), on texts made to be hard for each pattern
(`pattern_attacks`). What no counter sees, the library's own loops around its patterns, is measured
in processor time, with room: the text is four times as long, linear work takes about four times as
long and quadratic work sixteen.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pattern_attacks import attacks, unbounded
from pattern_inventory import inventory
from pattern_steps import Matcher, TooManySteps

import policycmp as pc
from policycmp.reading import read_document
from policycmp.targets.find import extract_targets

LENGTH = 48
GREW = 8
"""A text four times as long: linear is 4, quadratic 16."""
DEAREST = 2500
"""Steps a character may cost at most, bounds as they are: 20,000 characters are then done in about a second."""


def _text(attack: tuple[str, str, str], length: int) -> str:
    head, part, end = attack
    return head + (part * (length // len(part) + 1))[:length] + end


def _steps(matcher: Matcher, text: str, everywhere: bool, limit: int) -> float:
    count = matcher.scan if everywhere else matcher.begin
    try:
        return count(text, limit)
    except TooManySteps:
        return float("inf")


def growth(pattern: str | bytes, flags: int = 0, *, everywhere: bool = True) -> tuple[float, str]:
    """Return how many times the steps a text four times as long takes, at worst, and what it repeats."""
    matcher = Matcher(pattern, flags, ceiling=3)
    worst = (0.0, "")
    for attack in attacks(pattern, flags):
        short = _steps(matcher, _text(attack, LENGTH), everywhere, 100_000)
        long = _steps(matcher, _text(attack, 4 * LENGTH), everywhere, 400_000)
        if long > 30 * LENGTH:
            worst = max(worst, (long / short if short < float("inf") else long, attack[1]))
    return worst


def cost(pattern: str | bytes, flags: int = 0, *, everywhere: bool = True) -> tuple[float, str]:
    """Return the steps a character costs at worst, bounds as they are, and what the text repeats."""
    matcher = Matcher(pattern, flags)
    worst = (0.0, "")
    for attack in attacks(pattern, flags):
        steps = _steps(matcher, _text(attack, 150), everywhere, 150 * DEAREST)
        worst = max(worst, (steps / 150, attack[1]))
        if worst[0] > DEAREST:
            break
    return worst


@pytest.mark.parametrize(
    ("pattern", "everywhere", "linear"),
    [
        ("[一-龥]{2,40}局", True, True),
        (r"\s+", True, True),
        (r"(?<!\s)\s+$", True, True),
        (r"\s+$", True, False),
        (r"\s+$", False, True),
        ("《[^《》]*》", True, True),
        ("《[^》]*》", True, False),
        ("关于.*通知", True, False),
        ("关于.*的.*通知", False, False),
        ("(?:甲|乙|甲乙)+。", False, False),
        ("(?:甲|乙)++。", False, True),
        (r"^(?:a|b|ab)+$", True, False),
    ],
)
def test_growth_tells_linear_patterns_from_others(pattern: str, everywhere: bool, linear: bool) -> None:
    assert (growth(pattern, everywhere=everywhere)[0] < GREW) == linear


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?P<n>\d{1,3})(?:个|所)?(?=[,。])", "12所,3。45个"),
        (r"(?<=[)。])\s*(\w+?)局\b", "。教育局 )公安局"),
        (r"(甲|乙)\1+?|丙(?!丁)", "甲甲乙丙丁丙"),
        (r"^[^年\n]*?年$", "2025年\n2026年初\n长年"),
        (r"(?i:a+)[^b]??b|.{2,3}", "AaBaab甲乙丙"),
    ],
)
def test_the_counting_matcher_finds_what_re_finds(pattern: str, text: str) -> None:
    matcher = Matcher(pattern, re.M)
    matcher.limit, matcher.text, at, ends = 10_000, text, 0, []
    while at <= len(text):
        end = matcher._at(at, lambda i: True)
        if end is not None:
            ends.append((at, end))
        at = max(end or 0, at + 1)
    assert ends == [m.span() for m in re.finditer(pattern, text, re.M)]


def test_no_pattern_is_left_out() -> None:
    made, gaps = inventory()
    assert not gaps, "the inventory's exercise never came here"
    assert len(made) > 400
    files = {m.place.split(":")[0] for m in made}
    assert {"header/titles.py", "evidence/levels.py", "language/wording.py"} <= files
    assert {m.everywhere for m in made} == {True, False}


def test_every_pattern_is_linear() -> None:
    slow = []
    for made in inventory()[0]:
        if unbounded(made.pattern, made.flags):
            grew, part = growth(made.pattern, made.flags, everywhere=made.everywhere)
            if grew > GREW:
                slow.append((made.place, round(grew, 1), part, made.pattern))
    assert not slow


@pytest.mark.check
def test_no_pattern_is_dear() -> None:
    dear = []
    for made in inventory()[0]:
        steps, part = cost(made.pattern, made.flags, everywhere=made.everywhere)
        if steps > DEAREST:
            dear.append((made.place, round(steps), part, made.pattern))
    assert not dear


PARTS = (
    "1", "一", "a", " ", "\t", "\n", "\n ", "(", ")", "()", "《", "《》", "〈《》", "“", "“”", "。", "、", "：", "；",
    "-", ".", "……", "的", "和", "每", "5、", "5，", "5%", "1-2", "达到5%以上", "千", "万", "分之", "2025年", "2025-2027年",
    "第一条", "第一章 总则\n", "一、", "(一)", "1.", "①", "甲省乙市丙县", "宁夏回族自治区", "土族", "责任单位:教育局、",
    "(责任单位:教育局)", "关于印发", "关于印发方案的通知", "附件:", "附件1\n", "2025年5月1日\n", "某县人民政府\n", "目录\n",
    "国发〔2021〕33号", "每年培训教师5名，", "\n\t", "\n\t1\t校\n", "<div>", "<", "&amp;", "\x00", "\ud800",
)  # fmt: skip


def _read(folder: Path, suffix: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        path = folder / f"plan{suffix}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return read_document(path)
        except pc.PlanReadError as error:
            return error

    return read


def _seconds(work: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    work(text)
    return time.process_time() - before


@pytest.mark.check
@pytest.mark.parametrize("name", ["parse_plan", "extract_targets", "read .txt", "read .html"])
def test_work_grows_as_the_text_does(name: str, tmp_path: Path) -> None:
    work: Callable[[str], object] = {
        "parse_plan": lambda text: pc.parse_plan(f"某县方案\n一、任务\n{text}\n(二)完。\n", plan_id="x"),
        "extract_targets": extract_targets,
        "read .txt": _read(tmp_path, ".txt"),
        "read .html": _read(tmp_path, ".html"),
    }[name]
    work("一、任务")  # tables are read once
    grew = {}
    for part in PARTS:
        short, long = _text(("", part, ""), 4_000), _text(("", part, ""), 16_000)
        taken = _seconds(work, long)
        if taken > 0.4:  # less says nothing, and is no trouble
            # Once more: a collection of garbage of the tests before may have fallen into the first time.
            taken = min(taken, _seconds(work, long))
            grew[part] = taken / max(_seconds(work, short), _seconds(work, short + part))
    assert {part: ratio for part, ratio in grew.items() if ratio > 9} == {}
