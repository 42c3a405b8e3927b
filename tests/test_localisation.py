"""A copy that moved to another place is a copy; a real change is not hidden."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.language.localisation import localise
from policycmp.text import fold


def norms(text: str, place: str | None = None) -> list[str]:
    return [word.norm for word in localise(text, place) if word.norm]


SAME = [
    # one level down, with and without the places known
    ("市教育局会同市委编办、市人力资源社会保障局办理。", "县教育体育局会同县委编办、县人力资源和社会保障局办理。", "吴忠市", "西吉县"),
    ("省教育厅、省发展改革委牵头，各设区市人民政府落实。", "市教育局、市发展和改革委员会牵头，各县(市、区)人民政府落实。", "河北省", "石家庄市"),
    ("教育部、国家发展改革委牵头，各省、自治区、直辖市人民政府负责。", "省教育厅、省发展改革委牵头，各市人民政府负责。", "国家", "安徽省"),
    ("自治区党委和人民政府决定，在全区推广，自治区住房和城乡建设厅负责。", "市委和人民政府决定，在全市推广，市住建局负责。", "宁夏回族自治区", "吴忠市"),
    ("州教育和体育局、州人社局支持我州发展。", "县教体局、县人力资源社会保障局支持我县发展。", "恩施土家族苗族自治州", "巴东县"),
    ("盟委、盟行署要求各旗县市在全盟推进。", "旗委、旗人民政府要求各苏木乡镇在全旗推进。", "锡林郭勒盟", None),
    ("支持吴忠市特色产业，打造先行区建设示范市。", "支持西吉县特色产业，打造先行区建设示范县。", "吴忠市", "西吉县"),
    ("以市第一中学、第二中学为牵头校。", "以县第三中学、第四中学为牵头校。", "吴忠市", "西吉县"),
    ("深化吴忠中学试点。", "深化西吉中学试点。", "吴忠市", "西吉县"),
    ("建成市级平台。", "建成县级平台。", "吴忠市", "西吉县"),
    ("按照《吴忠市养老规划》（吴政发〔2021〕18号）执行。", "按照《西吉县养老规划》（西政发〔2022〕26号）执行。", "吴忠市", "西吉县"),
    ("团市委、市妇联、市残联配合。", "团县委、县妇联、县残联配合。", "吴忠市", "西吉县"),
    ("市直各部门落实。", "县直各部门落实。", "吴忠市", "西吉县"),
    ("各县<市、区>负责。", "各乡镇(街道)负责。", "吴忠市", "西吉县"),
    ("扩建市第一人民医院、第二污水处理厂。", "扩建县第三人民医院、第四污水处理厂。", "吴忠市", "西吉县"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "local", "above", "here"), [pair for pair in SAME if pair[3]])
def test_a_localised_copy_has_the_same_norms(template, local, above, here):
    assert norms(template, above) == norms(local, here)


@pytest.mark.parametrize(("template", "local", "above", "here"), [SAME[0], SAME[6], SAME[7], *SAME[9:13]])
def test_so_it_has_without_knowing_the_places(template, local, above, here):
    assert norms(template) == norms(local)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新建校舍2万平方米", "新建校舍２００００平方米"),
        ("上1节课", "上1堂课"),
        ("新建幼儿园二十三所", "新建幼儿园23所"),
        ("推进“互联网+教育”，实现一网通办", '推进"互联网＋教育",实现"一网通办"'),
        ("中等职业学校", "中职学校"),
        ("普通公路3千米", "普通公路3公里"),
    ],
)
def test_notation_is_no_change(one, other):
    assert norms(one) == norms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("争创自治区级特色高中", "争创县级特色高中"),
        ("覆盖80%的乡镇", "覆盖90%的乡镇"),
        ("每学期两次", "每学期一次"),
        ("应当公开", "可以公开"),
        ("小学", "中学"),
        ("财政局负责", "教育局负责"),
        ("三四年级", "三五年级"),
    ],
)
def test_a_change_stays_visible(one, other):
    assert norms(one) != norms(other)


def test_the_level_of_the_place_decides_what_is_its_own():
    assert norms("在全市有影响力", "吴忠市")[1] == "〈全域〉"
    assert norms("在全市有影响力", "西吉县")[1] == "全市"
    assert norms("在全区领先", "宁夏回族自治区")[1] == norms("在全区领先", "朝阳区")[1] == "〈全域〉"
    assert norms("在全区领先", "西吉县")[1:2] != ["〈全域〉"]


def test_a_place_is_ones_own_in_its_own_plan_alone():
    text = "西吉县教育局负责"
    assert norms(text, "西吉县") == ["〈教育〉", "负责"]
    assert norms(text, "海原县") == ["〈地〉", "〈教育〉", "负责"]
    assert norms(text, "西吉县") == ["〈教育〉", "负责"]  # whatever was read between


@pytest.mark.parametrize("text", ["全市场主体", "城区学校", "新城区建设", "市场主体", "各区域"])
def test_common_nouns_are_no_places(text):
    assert not [norm for norm in norms(text, "吴忠市") if norm.startswith("〈")]


def test_words_cover_the_text_in_order():
    text = "吴忠市第一中学、市教育局（吴政发〔2021〕18号）在各县(市、区)建2万平方米；全市推进。"
    for word in localise(text, "吴忠市"):
        assert text[word.start : word.end] == word.text
    assert [w.text for w in localise(text, "吴忠市")][:3] == ["吴忠市第一中学", "、", "市教育局"]


@settings(deadline=None)
@given(
    st.text(alphabet="全市县区省教育局各(、)第一二中学12万〔〕号。；a \n", max_size=60),
    st.sampled_from([None, "吴忠市", "西吉县"]),
)
def test_nothing_is_lost_or_moved(text, place):
    at = 0
    for word in localise(text, place):
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert not fold(text[at : word.start]).strip()
        at = word.end
    assert not fold(text[at:]).strip()


def test_hostile_text_is_read_in_one_pass():
    assert localise("各" + "(、" * 5000 + "第" * 5000 + "〔2021" * 2000)
