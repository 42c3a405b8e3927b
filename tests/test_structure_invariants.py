"""What holds for every text: nothing lost, offsets true, the same clauses in other clothes."""

import random
import re
from itertools import pairwise

import pytest
from conftest import corpus_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.datasets import data_folder
from policycmp.structure.outline import read_outline
from policycmp.text import fold, join

PLANS = ["xiji-2025", "wuzhong-2023", "leshan-2021", "pingluo-2019", "pingluo-table"]
WORDS = """
    一、 二、 三、 （一） （二） (三) 1. 2． ３、 （1） ① 第一条 第二章 专栏1 附件1 附件： 目录 1.1 主要目标 重点任务 保障措施 加强领导。
    新建学校2所， 到2025年达到98%； （责任单位：市教育局、市财政局） （市教育局牵头，市财政局配合） 教体局：负责 组长：张三
    某县人民政府 2024年3月1日 （此件公开发布） 各地区要落实。 主办： —3— （ ） “ ” 。 ； ⾊ 𠀀 A # ##
"""
PARTS = [
    *re.findall(r"\S+", WORDS),
    "\u200b",
    "\ud800",
    "\n",
    "\n\n",
    "\n\t",
    "\t",
    " ",
    "  ",
    "\u3000",
    "\r\n",
    "\x0c",
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


def bundled(plan_id):
    return (data_folder() / "plans" / f"{plan_id}.txt").read_text(encoding="utf-8")


def check(text):
    """Assert what must hold for the outline of any text, and return it."""
    outline = read_outline(text)
    folded = fold(text)
    claims = [0] * len(text)
    inside = []

    def claim(start, end):
        assert 0 <= start <= end <= len(text)
        for at in range(start, end):
            claims[at] += 1

    for start, end in (outline.header, *outline.headings, *outline.leftover):
        claim(start, end)
    for part in (*outline.clauses, *outline.duties):
        claim(part.start, part.end)
        inside.append((part.start, part.end))
    for gap in outline.omitted:
        if not any(a <= gap.start and gap.end <= b for a, b in inside):
            claim(gap.start, gap.end)
    wrong = [at for at, count in enumerate(claims) if count != 1 and not folded[at].isspace()]
    assert not wrong, (
        f"{len(wrong)} characters are not claimed once, first {text[wrong[0] : wrong[0] + 20]!r}"
    )
    for clause, following in pairwise(outline.clauses):
        assert clause.end <= following.start
    for clause in outline.clauses:
        assert join(text, clause.pieces) == clause.text
        assert all(clause.start <= a < b <= clause.end for a, b in clause.pieces)
        assert all(a[1] <= b[0] for a, b in pairwise(clause.pieces))
        assert 0 <= clause.body <= len(clause.text)
        left_out = {
            at
            for gap in outline.omitted
            for at in range(max(gap.start, clause.start), min(gap.end, clause.end))
        }
        kept = {at for a, b in clause.pieces for at in range(a, b)}
        missing = [at for at in range(clause.start, clause.end) if at not in kept | left_out]
        assert all(folded[at].isspace() for at in missing), (
            "text of a clause leaves out what is not in omitted"
        )
    for measure in outline.measures:
        assert join(text, measure.pieces) == measure.text == measure.text.strip()
    return outline


@pytest.mark.parametrize("plan_id", PLANS)
def test_nothing_is_lost_in_the_bundled_plans(plan_id):
    check(bundled(plan_id))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_nothing_is_lost_in_any_text(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_characters_can_be_read(text):
    check(text)


def files():
    folder = corpus_folder()
    if folder is None:
        return []
    return sorted(path for path in folder.glob("*/*") if path.suffix in (".txt", ".md", ".html"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name[:24])
def test_nothing_is_lost_in_real_documents(path):
    from policycmp.reading import read_document

    text = read_document(path).text
    outline = check(text)
    # What is left over is boilerplate of the site: a few short lines at the end.
    assert sum(b - a for a, b in outline.leftover) < 150


def essence(text):
    """Return what must not depend on widths, breaks and white space."""

    def plain(words):
        return re.sub(r"\s", "", fold(words or ""))

    return [
        (
            plain(c.number),
            plain(c.heading),
            plain(c.text),
            c.kind,
            tuple(map(plain, c.lead)),
            tuple(map(plain, c.cooperating)),
        )
        for c in read_outline(text).clauses
    ]


WIDE = str.maketrans({code: chr(code + 0xFEE0) for code in map(ord, "0123456789().,:;%")} | {ord("."): "．"})


@pytest.mark.parametrize("plan_id", PLANS)
def test_widths_do_not_matter(plan_id):
    text = bundled(plan_id)
    assert essence(text.translate(WIDE)) == essence(text)


@pytest.mark.parametrize("plan_id", PLANS)
def test_kinds_of_line_breaks_do_not_matter(plan_id):
    text = bundled(plan_id)
    assert essence(text.replace("\n", "\r\n")) == essence(text)


@pytest.mark.parametrize("plan_id", ["xiji-2025", "leshan-2021", "pingluo-2019", "wuzhong-2023"])
def test_white_space_does_not_matter(plan_id):
    text = bundled(plan_id)
    spaced = re.sub(r"(?<=[一-龥])(?=\d)|(?<=\d)(?=[一-龥])", " ", text)
    indented = re.sub(r"^(?=\S)", "　　", text, flags=re.M)
    apart = text.replace("\n", "\n\n")
    for other in (spaced, indented, apart):
        assert essence(other) == essence(text)


def wrapped(text, width):
    """Return the text as a PDF layer prints it: lines broken at `width` Chinese characters, paragraphs indented."""
    lines = []
    for paragraph in text.splitlines():
        line = "　　"
        for char in paragraph.strip():
            if sum(2 - (c < "\u0100") for c in line) >= 2 * width - 1:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return "\n".join(line for line in lines if line.strip())


@pytest.mark.parametrize("width", [28, 36, 44])
@pytest.mark.parametrize("plan_id", ["xiji-2025", "leshan-2021", "pingluo-2019", "wuzhong-2023"])
def test_rewrapped_lines_give_the_same_clauses(plan_id, width):
    text = bundled(plan_id)
    # The header's and the footer's short lines are no prose; the body is what is compared.
    start, end = read_outline(text).header[1], read_outline(text).tail[0]
    body = text[start:end]
    assert essence(wrapped(body, width)) == essence(body)


def test_pages_between_lines_give_the_same_clauses():
    text = bundled("xiji-2025")
    outline = read_outline(text)
    lines = wrapped(text[outline.header[1] : outline.tail[0]], 36).splitlines()
    paged = []
    for number, at in enumerate(range(0, len(lines), 22), 1):
        paged += [*lines[at : at + 22], "", f"— {number} —", "\x0c西吉县教育质量提升行动实施方案"]
    assert essence("\n".join(paged)) == essence("\n".join(lines))


def test_cutting_a_document_anywhere_loses_nothing():
    text = bundled("pingluo-2019")
    chance = random.Random(7)
    for _ in range(25):
        start = chance.randrange(len(text))
        check(text[start : start + chance.randrange(2000)])
