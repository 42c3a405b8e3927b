"""Title, issuer, number, date, place and citations of real and of made documents."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.header import Header, read_header
from policycmp.header.citations import find_citations
from policycmp.header.dates import find_dates, parse_date
from policycmp.header.metadata import read_metadata
from policycmp.header.numbers import find_numbers
from policycmp.header.organs import split_organs
from policycmp.header.titles import covered, tidy
from policycmp.reading import read_document
from policycmp.structure.outline import read_outline

DATA = Path(__file__).resolve().parent.parent / "data"
FIELDS = ("title", "notice_title", "issuer", "jurisdiction", "level", "doc_number")


def header_of(text: str, **known: object) -> Header:
    return read_header(text, read_outline(text), known)


with (DATA / "sources.csv").open(encoding="utf-8") as handle:
    SOURCES = list(csv.DictReader(handle))


@pytest.mark.parametrize("row", SOURCES, ids=[row["plan_id"] for row in SOURCES])
def test_bundled_plans(row: dict[str, str]) -> None:
    header = header_of((DATA / row["file"]).read_text(encoding="utf-8"))
    for field in FIELDS:
        assert getattr(header, field) == (row[field] or None), field
    assert str(header.date or "") == row["date"]


def test_codes_come_from_the_page_or_from_the_name() -> None:
    codes = {r["plan_id"]: header_of((DATA / r["file"]).read_text(encoding="utf-8")).adcode for r in SOURCES}
    assert codes == {
        "xiji-2025": "640422",
        "wuzhong-2023": "640300",
        "pingluo-2019": "640221",
        "pingluo-table": "640221",
        "leshan-2021": "511100",
    }


def test_pingluo_2019_keeps_what_lost_as_remarks() -> None:
    header = header_of((DATA / "plans/pingluo-2019.txt").read_text(encoding="utf-8"))
    assert header.date == dt.date(2019, 1, 24)
    assert any("2019115" in r.text for r in header.remarks if r.kind == "damage")
    basis = {c.number: c for c in header.cites if c.basis}
    assert {"教督〔2017〕6号", "国教督办函〔2017〕42号", "宁教督导〔2017〕245号"} <= set(basis)
    assert basis["教督〔2017〕6号"].title == "教育部关于印发县域义务教育优质均衡发展督导评估办法的通知"
    assert header.index_number == "640221021/2019-00014"
    assert header.validity == "有效"


def test_wuzhong_names_its_basis_and_the_other_date() -> None:
    header = header_of((DATA / "plans/wuzhong-2023.txt").read_text(encoding="utf-8"))
    first = header.cites[0]
    assert (first.title, first.number, first.basis) == (
        "关于实施教育质量提升行动意见",
        "宁党办〔2022〕74号",
        True,
    )
    assert any("2023-07-04" in r.text for r in header.remarks if r.kind == "date")


def test_the_plan_s_own_titles_are_no_citations() -> None:
    for row in SOURCES:
        header = header_of((DATA / row["file"]).read_text(encoding="utf-8"))
        assert row["title"] not in {c.title for c in header.cites}


# A document as a county site prints it; the tests below change one thing at a time.
PAGE = """索引号: {index} 主题分类: 教育
发文机关: {body} 成文日期: {written}
标  题: {listed}
发文字号: {number} 有效性: 有效

{heading}
{printed}
各乡镇人民政府,县直各部门:
《彭阳县养老服务提升行动方案》已经县人民政府同意,现印发给你们,请认真组织实施。
{signers}
{signed}
彭阳县养老服务提升行动方案
为贯彻落实《关于推进基本养老服务体系建设的意见》(宁政办发〔2023〕15号)精神,制定本方案。
一、总体要求
到2027年,建成养老服务中心3个。
二、重点任务
(一)建设机构。新建养老机构2所。
"""
USUAL = {
    "index": "640425001/2024-00007",
    "body": "彭阳县人民政府办公室",
    "written": "",
    "listed": "",
    "number": "",
    "heading": "彭阳县人民政府办公室关于印发\n彭阳县养老服务提升行动方案的通知",
    "printed": "彭政办发〔2024〕12号",
    "signers": "彭阳县人民政府办公室",
    "signed": "2024年5月6日",
}


def page(**changes: str) -> Header:
    return header_of(PAGE.format(**{**USUAL, **changes}))


def test_titles_keep_the_characters_as_printed() -> None:
    header = header_of(
        "关于印发《淳化县高标准农田规划\n（２０２１—2030年）》的通知\n各镇：\n现印发。\n一、总则\n抓好。"
    )
    assert header.title == "淳化县高标准农田规划（２０２１—2030年）"


def test_orders_joint_letter_spaced_signers_and_dates_above_names() -> None:
    order = header_of(
        "杭州市人民政府令\n第330号\n现予公布。\n市长 刘某\n2021年6月3日\n杭州市生活垃圾管理办法\n第一条 制定本办法。\n第二条 适用。"
    )
    assert (order.doc_number, order.issuer) == ("杭州市人民政府令第330号", "杭州市人民政府")
    assert (order.title, order.date) == ("杭州市生活垃圾管理办法", dt.date(2021, 6, 3))
    spaced = page(signers="国 家 发 展 改 革 委\n国    管    局\n商 务 部")
    assert (spaced.issuer, spaced.level) == ("国家发展改革委、国管局、商务部", "national")
    assert page(signers="2024年5月6日", signed="彭阳县民政局").issuer == "彭阳县民政局"


def test_long_titles_over_lines() -> None:
    header = page(
        heading="彭阳县人民政府\n关于印发彭阳县国民经济和社会发展第十四个五年规划\n和2035年远景目标纲要的通知"
    )
    assert header.notice_title == (
        "彭阳县人民政府关于印发彭阳县国民经济和社会发展第十四个五年规划和2035年远景目标纲要的通知"
    )


def test_a_county_page() -> None:
    header = page()
    assert header.title == "彭阳县养老服务提升行动方案"
    assert header.notice_title == "彭阳县人民政府办公室关于印发彭阳县养老服务提升行动方案的通知"
    assert (header.jurisdiction, header.level, header.adcode) == ("彭阳县", "county", "640425")
    assert (header.issuer, header.doc_number) == ("彭阳县人民政府办公室", "彭政办发〔2024〕12号")
    assert header.date == dt.date(2024, 5, 6)
    assert [c.number for c in header.cites if c.basis] == ["宁政办发〔2023〕15号"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"written": "2024年04月30日"}, dt.date(2024, 4, 30)),
        ({"signed": "二〇二四年五月十六日"}, dt.date(2024, 5, 16)),
        ({"signed": "2024 年5 月6 日"}, dt.date(2024, 5, 6)),
        ({"signed": "２０２４年５月６日"}, dt.date(2024, 5, 6)),
        ({"signed": "", "signers": "", "written": "2024-04-30"}, dt.date(2024, 4, 30)),
        ({"signed": "", "signers": ""}, None),
    ],
)
def test_dates(changes: dict[str, str], expected: dt.date | None) -> None:
    assert page(**changes).date == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"printed": "", "number": "彭政办发〔2024〕12号"}, "彭政办发〔2024〕12号"),
        ({"printed": "彭政办发〔202412号"}, "彭政办发〔2024〕12号"),
        ({"printed": "彭政办发〔202412", "number": "彭政办发〔2024〕12号"}, "彭政办发〔2024〕12号"),
        ({"printed": "彭政办发[2024]12号"}, "彭政办发〔2024〕12号"),
        ({"printed": "（彭政办发（2024）12号）"}, "彭政办发〔2024〕12号"),
        ({"printed": ""}, None),
        ({"printed": "", "number": "无"}, None),
        ({"printed": "字号:【大】【中】【小】"}, None),
    ],
)
def test_the_number_is_the_document_s_not_a_cited_one(changes: dict[str, str], expected: str | None) -> None:
    assert page(**changes).doc_number == expected


def test_joint_issuers_in_every_layout() -> None:
    together = "彭阳县民政局、彭阳县财政局"
    for signers in (
        "彭阳县民政局\n彭阳县财政局",
        "彭阳县民政局    彭阳县财政局",
        "彭阳县民政局、彭阳县财政局",
    ):
        assert page(signers=signers).issuer == together
    assert page(
        signers="",
        signed="",
        heading="中共彭阳县委办公室 县人民政府办公室关于印发\n彭阳县养老服务提升行动方案的通知",
    ).issuer == ("中共彭阳县委办公室、彭阳县人民政府办公室")


def test_a_foreign_page_code_is_a_remark_not_the_place() -> None:
    header = page(index="430626001/2017-00002")
    assert header.adcode == "640425"
    assert any(r.kind == "place" and "平江县" in r.text for r in header.remarks)


def test_known_values_win_and_are_checked() -> None:
    text = PAGE.format(**USUAL)
    header = header_of(text, title="甲方案", adcode="640300", date="2020-01-02")
    assert (header.title, header.jurisdiction, header.level) == ("甲方案", "吴忠市", "prefecture")
    assert header.date == dt.date(2020, 1, 2)
    assert header_of(text, jurisdiction="固原市").adcode == "640400"
    assert header_of(text, date=dt.date(2021, 3, 4)).date == dt.date(2021, 3, 4)
    for bad, message in (
        ({"titel": "x"}, "notice_title"),
        ({"date": "soon"}, "date"),
        ({"adcode": "64"}, "six digits"),
        ({"level": "city"}, "prefecture"),
        ({"title": " "}, "title"),
        ({"issuer": 3}, "issuer"),
    ):
        with pytest.raises(ValueError, match=message):
            header_of(text, **bad)


def test_a_letter_without_title_or_sections() -> None:
    text = "大战乡人民政府：\n你乡《关于要求调整行政村规模的请示》（战政〔2013〕92号）收悉。特此批复。\n仙居县人民政府\n2013年9月17日\n"
    header = read_header(text)
    assert (header.issuer, header.adcode, header.date) == ("仙居县人民政府", "331024", dt.date(2013, 9, 17))
    assert header.doc_number is None
    assert [c.number for c in header.cites] == ["战政〔2013〕92号"]


def test_text_without_line_breaks() -> None:
    text = (
        "海原县人民政府办公室关于加强农村供水工作的实施意见海政办发〔2021〕8号各乡镇人民政府，县直有关部门："
        "为保障农村供水，现提出如下意见。一、指导思想坚持以人民为中心。二、主要任务（一）建设。新建水厂2座。"
        "（二）管理。加强水质监测。海原县人民政府办公室2021年8月23日（此件公开发布）"
    )
    header = header_of(text)
    assert header.title == "海原县人民政府办公室关于加强农村供水工作的实施意见"
    assert (header.doc_number, header.date) == ("海政办发〔2021〕8号", dt.date(2021, 8, 23))
    assert (header.issuer, header.adcode) == ("海原县人民政府办公室", "640522")


def test_a_statute_s_last_order_counts() -> None:
    text = (
        "# 保障支付条例\n\n2020年7月5日 中华人民共和国国务院令第728号公布\n\n"
        "2025年3月17日 中华人民共和国国务院令第802号修订\n\n## 第一章 总则\n\n第一条 为了支付，制定本条例。\n"
    )
    header = header_of(text)
    assert (header.title, header.issuer, header.level) == ("保障支付条例", "国务院", "national")
    assert (header.doc_number, header.date) == ("中华人民共和国国务院令第802号", dt.date(2025, 3, 17))


def test_a_web_copy_s_date_does_not_date_an_older_number() -> None:
    text = "某省某县无关\n时间：2016-01-17 23:45\n山东省人民政府关于深化预算管理的实施意见\n鲁政发〔2014〕20号\n各市人民政府：\n一、要求\n抓好落实。"
    header = header_of(text)
    assert header.date is None
    assert any("2016-01-17" in r.text for r in header.remarks)


def test_a_bare_province_is_told_by_the_number_s_sign() -> None:
    text = "省人民政府关于\n进一步优化营商环境的若干意见\n鄂政发〔2018〕26号\n各市、州、县人民政府：\n一、要求\n抓好落实。"
    header = header_of(text)
    assert (header.adcode, header.issuer) == ("420000", "湖北省人民政府")


@pytest.mark.parametrize(
    ("printed", "number", "damaged"),
    [
        ("国发〔2021〕33 号", "国发〔2021〕33号", False),
        ("教督〔20176号", "教督〔2017〕6号", True),
        ("牟政办发〔201746", "牟政办发〔2017〕46号", True),
        ("沈政令[1997]29号", "沈政令〔1997〕29号", False),
        ("财政部令第6号", "财政部令第6号", False),
        ("（2021年版）", None, None),
        ("到2025年（2017）", None, None),
    ],
)
def test_document_numbers(printed: str, number: str | None, damaged: bool | None) -> None:
    from policycmp.text import fold

    found = find_numbers(fold(printed))
    assert [(n.text, n.damaged) for n in found] == ([] if number is None else [(number, damaged)])


def test_a_citation_keeps_its_place_over_a_line_break() -> None:
    text = (
        "根据省厅《关于推进我省绿色低碳县城建设的意见》（鲁建节科\n字〔2021〕8 号）等文件精神，制定本方案。"
    )
    from policycmp.text import fold

    found, _ = find_citations(text, fold(text), preamble=len(text))
    assert [(c.title, c.number) for c in found] == [
        ("关于推进我省绿色低碳县城建设的意见", "鲁建节科字〔2021〕8号")
    ]
    assert text[found[0].start : found[0].end].startswith("《关于推进") and text[: found[0].end].endswith(
        "号"
    )


def test_labels_in_every_layout() -> None:
    for text in (
        "索 引 号：640425001/2024-1 文号：彭政〔2024〕1号",
        "索引号:\n  640425001/2024-1\n文 号:\n彭政〔2024〕1号\n",
        "[ 索引号 ] 640425001/2024-1 [ 文号 ] 彭政〔2024〕1号",
        "| 索引号 | 640425001/2024-1 | 文号 | 彭政〔2024〕1号 |".replace("| 索引号", "索引号"),
        "\n\t索引号\n\t640425001/2024-1\n\t文号\n\t彭政〔2024〕1号\n",
    ):
        from policycmp.text import fold

        found = {f.field: f.value for f in read_metadata(fold(text), ((0, len(text)),))}
        assert found == {"index_number": "640425001/2024-1", "number": "彭政〔2024〕1号"}, text


def test_bodies_without_a_mark_between_them() -> None:
    assert split_organs("安徽省发展改革委安徽省经济和信息化厅安徽省能源局") == (
        "安徽省发展改革委",
        "安徽省经济和信息化厅",
        "安徽省能源局",
    )
    assert split_organs("认真贯彻落实") == ()


def test_titles_say_what_they_cover() -> None:
    assert covered("甲县人民政府关于印发《乙镇工作方案》的通知") == "乙镇工作方案"
    assert covered("某市人民政府关于转发《省教育厅关于加强管理的意见》的通知") == "省教育厅关于加强管理的意见"
    assert covered("关于《合肥市改造实施方案》的公示") == "合肥市改造实施方案"
    assert covered("国务院办公厅关于加快发展体育竞赛表演产业的指导意见") is None
    assert tidy("大 同 市 人 民 政 府\n办 公 室") == "大同市人民政府办公室"


def test_dates_must_exist() -> None:
    assert find_dates("2023年13月1日 2023年2月30日 1.2022.3.15.4 13.5") == []
    with pytest.raises(ValueError, match="date"):
        parse_date("2023年2月30日")


def test_headers_of_many_sites(corpus: Path) -> None:
    """48 first pages of as many sites: what can be read from them is (see docs/reading.md)."""
    lines = (corpus / "headers.jsonl").read_text(encoding="utf-8").splitlines()
    found = [header_of(json.loads(line)["excerpt"]) for line in lines]
    assert sum(h.title is not None for h in found) >= 43
    assert sum(h.doc_number is not None for h in found) >= 30
    assert sum(h.adcode is not None for h in found) >= 41
    assert found[13].issuer == "濮阳市人民政府"
    assert found[27].title == "凌海市推进县域义务教育优质均衡发展督导评估规划实施细则"


def test_every_corpus_document_has_a_header(corpus: Path) -> None:
    for path in sorted(corpus.glob("GOVCN/*.html")):
        header = header_of(read_document(path).text)
        assert header.level == "national", path.name
        assert header.date is not None and header.doc_number, path.name
        assert header.title, path.name


ALPHABET = (
    "《》〔〕()（）:：\n \t、。关于印发的通知方案省市县人民政府办公室〔2021〕号年月日0123456789一二|【】"
)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=300))
def test_any_text_has_a_header(text: str) -> None:
    header = read_header(text)
    for item in (*header.cites, *(r for r in header.remarks if r.start is not None)):
        assert 0 <= item.start <= item.end <= len(text)  # type: ignore[operator]
