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


def write_counties(folder: Path, number: int, seed: int = 2026) -> list[Path]:
    """Write `number` generated plans as text files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for plan_id, text in county_texts(number, seed):
        path = folder / f"{plan_id}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
