"""County plans that never were: the bundled plans, perturbed with a seed, for measuring at scale.

Each generated plan is Wuzhong's text for another county: some tasks are dropped, some come from
another bundled plan, sentences are left out or change places, numbers and deadlines change, and the
place is renamed. The result reads like a plan and parses like one; it says nothing about any county.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

PLANS = Path(__file__).resolve().parent.parent / "data" / "plans"
_TASK = re.compile(r"^\s*\d{1,2}\.", re.M)


def _lines(name: str) -> list[str]:
    return [
        line.strip()
        for line in (PLANS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _perturbed(line: str, chance: random.Random) -> str:
    """Return a task with sentences dropped or exchanged and numbers changed; its number and heading stay."""
    head, stop, body = line.partition("。")
    body, bracket, units = body.partition("(责任单位")
    sentences = [s for s in body.split("。") if s and chance.random() > 0.12]
    if len(sentences) > 2 and chance.random() < 0.3:
        i = chance.randrange(len(sentences) - 1)
        sentences[i], sentences[i + 1] = sentences[i + 1], sentences[i]
    text = "".join(f"{s}。" for s in sentences)
    text = re.sub(
        r"(?<![\d.])(\d{1,3})(?=[所名个节项])", lambda m: str(max(1, int(m[1]) + chance.randint(-5, 5))), text
    )
    text = re.sub(r"20(2\d)年", lambda m: f"20{min(35, int(m[1]) + chance.choice([0, 0, 1, 2]))}年", text)
    return f"{head}{stop}{text}{bracket}{units}"


def county_texts(number: int, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """Yield (plan_id, text) of `number` generated plans; the same seed gives the same plans."""
    template, others = _lines("wuzhong-2023"), _lines("xiji-2025") + _lines("leshan-2021")
    pool = [line for line in others if _TASK.match(line)]
    names = ("安", "宁", "平", "和", "兴", "永", "清", "丰", "通", "新", "东", "西", "南", "北")
    for i in range(number):
        chance = random.Random(seed * 1_000_003 + i)
        county = "".join(chance.sample(names, 2)) + "县"
        lines = []
        for line in template:
            if _TASK.match(line):
                draw = chance.random()
                if draw < 0.1:
                    continue
                if draw < 0.2:
                    line = re.sub(r"^\s*\d+\.", _TASK.match(line).group().strip(), chance.choice(pool))
                line = _perturbed(line, chance)
            lines.append(line.replace("吴忠市", county).replace("全市", "全县"))
        yield f"county-{i:05d}", "\n".join(lines)


_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零]+条[\s　]+(.+)$")


def _han(number: int) -> str:
    """Return a number below 1000 as laws print it (一百零五)."""
    digits, words = "零一二三四五六七八九", ""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        words = digits[hundreds] + "百" + ("零" if rest and not tens else "")
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    return words + (digits[ones] if ones else "")


def law_texts(folder: Path, local: int, template: int, seed: int = 2026) -> tuple[str, str]:
    """Return two laws made of the articles of the laws in `folder`, as many as asked for.

    The local one leaves articles of the template out and edits a third of the others: a sentence is
    dropped, or a figure changed.
    """
    chance = random.Random(seed)
    articles: list[list[str]] = []
    for path in sorted(folder.glob("*.md")):
        open_ = False
        for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
            if found := _ARTICLE.match(line):
                articles.append([found[1]])
                open_ = True
            elif line.startswith("#"):
                open_ = False
            elif open_:
                articles[-1].append(line)
    theirs = chance.sample(articles, template)
    ours = [articles[:] for articles in sorted(chance.sample(theirs, local), key=theirs.index)]
    for article in chance.sample(ours, local // 3):
        if len(sentences := article[0].split("。")) > 2:
            del sentences[chance.randrange(len(sentences) - 1)]
            article[0] = "。".join(sentences)
        else:
            article[0] = re.sub(r"[三五十]日", "二十日", article[0]) + "具体办法另行制定。"

    def law(title: str, articles: list[list[str]]) -> str:
        lines = (f"第{_han(n)}条　" + "\n".join(article) for n, article in enumerate(articles, 1))
        return "\n".join((title, *lines))

    return law("安宁市综合管理条例", ours), law("综合管理条例", theirs)


def write_counties(folder: Path, number: int, seed: int = 2026) -> list[Path]:
    """Write `number` generated plans as text files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for plan_id, text in county_texts(number, seed):
        path = folder / f"{plan_id}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
