"""Stretches of text: what is read sentence by sentence is read as in the whole."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.stretches import in_stretches, stretches
from policycmp.targets.find import targets_in

TEXTS = st.text(alphabet='建设5所。“”《》、，"每', max_size=40)


class Place(NamedTuple):
    at: int

    def moved(self, by: int) -> Place:
        return Place(self.at + by)


@given(TEXTS)
def test_stretches_make_the_text_and_begin_where_they_say(text: str) -> None:
    parts = stretches(text)
    assert "".join(part for _, part in parts) == text
    assert all(text.startswith(part, at) and part for at, part in parts)


def test_a_full_stop_in_a_quotation_or_title_parts_nothing() -> None:
    assert len(stretches("坚持“一校一策。一生一案。”的办法。按照《办法。》执行。")) == 2
    assert len(stretches("“" + "甲。" * 60)) == 60  # too far for a quotation


@given(TEXTS)
def test_what_is_found_is_moved_to_its_place(text: str) -> None:
    calls = []

    @in_stretches
    def fives(part: str) -> tuple[Place, ...]:
        calls.append(part)
        return tuple(Place(i) for i, sign in enumerate(part) if sign == "5")

    assert [place.at for place in fives(text)] == [i for i, sign in enumerate(text) if sign == "5"]
    fives(text)
    assert len(calls) == len({part for _, part in stretches(text)})  # each stretch once


SENTENCES = st.lists(
    st.sampled_from(
        [
            "新建幼儿园21所，新增学位5580个。",
            "到2027年，普惠性幼儿园覆盖率达到93%以上。",
            "每学期开展2次演练；落实“一校一策。”办法。",
            "力争2025年6月底前完成《方案。》编制。",
            "实现结对帮扶全覆盖。",
            "三年内培育名师3-5名。",
            "加强领导。",
        ]
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_targets_of_sentences_are_those_of_the_text(sentences: list[str]) -> None:
    def told(text: str, at: int = 0) -> list[tuple[object, ...]]:
        return [
            (
                t.indicator,
                t.value_low,
                t.value_high,
                t.unit,
                t.deadline,
                t.qualifiers,
                t.snippet,
                t.start + at,
            )
            for t in targets_in(text)
        ]

    apart, at = [], 0
    for sentence in sentences:
        apart += told(sentence, at)
        at += len(sentence)
    assert told("".join(sentences)) == apart


def test_a_month_is_of_the_year_named_before_it() -> None:
    first, second = targets_in("2024年6月底前建成学校5所。9月底前建成幼儿园3所。")
    assert (first.deadline, second.deadline) == ("2024-06", "2024-09")
    assert targets_in("9月底前建成幼儿园3所。")[0].deadline is None
