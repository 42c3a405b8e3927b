"""Mutate real documents and parse them: no foreign exception, no hang, no lost text.

    python benchmarks/fuzz_parse.py --inputs 200000 --seed 1

Every input is a stretch of a bundled plan (or of a document in the folder that the
environment variable POLICYCMP_CORPUS names) after one to six random mutations: cuts,
repeats, moves, other widths, other line breaks, stray signs and numbers, two documents in
one. Inputs are numbered, so that a find is made again by its seed and number. The script
stops early at ``--seconds`` and prints how many inputs it read.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from pathlib import Path

from policycmp.datasets import data_folder
from policycmp.errors import PlanReadError
from policycmp.plan import parse_plan
from policycmp.reading import read_document
from policycmp.structure.outline import Outline, read_outline
from policycmp.text import fold, join

SIGNS = [
    *"（）()〔〕【】《》“”、，。；：:.-—%#*|\t\n\r\x0c\u3000 \u200b\ufeff\ufffd①⒈㈠⑴０９",
    *("一、", "（一）", "1.", "第一条 ", "第一章 ", "附件", "附件：1.", "附件1\n", "目录\n", "专栏1 ", "1.1 ", "\n\t", "\n\n\t", "\r\n"),
    *("（责任单位：", "牵头单位：", "负责）", "2025年", "97%96%", "\n某县人民政府\n2024年3月1日\n", "组长：", "教体局：", "## ", "⾊"),
    *("— 7 —\n", "𠀀", "\ud800"),
]  # fmt: skip
WIDE = str.maketrans({code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
SLOW = 5.0


def documents() -> list[str]:
    """Return the texts to mutate."""
    files = sorted((data_folder() / "plans").glob("*.txt"))
    folder = os.environ.get("POLICYCMP_CORPUS")
    if folder:
        files += sorted(p for p in Path(folder).glob("*/*") if p.suffix in (".txt", ".md", ".html"))
    return [read_document(path).text for path in files]


def mutate(text: str, chance: random.Random, texts: list[str]) -> str:
    """Return the text after one mutation."""
    size = len(text)
    a, b = sorted((chance.randrange(size + 1), chance.randrange(size + 1)))
    near = min(a + chance.randrange(1, 60), size)
    kind = chance.randrange(13)
    if kind == 0:
        return text[:a] + text[near:]
    if kind == 1:
        return text[:near] + text[a:near] * chance.randrange(1, 6) + text[near:]
    if kind == 2:
        return text[:a] + text[b:] + text[a:b]
    if kind == 3:
        return text[:a] + text[a:b].translate(WIDE) + text[b:]
    if kind == 4:
        return text.replace("\n", chance.choice(("", " ", "\r\n", "\n\n", "\x0c", "　")))
    if kind == 5:
        width = chance.randrange(5, 60)
        return "\n".join(text[at : at + width] for at in range(0, size, width))
    if kind == 6:
        return text[:a] + chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 40)) + text[a:]
    if kind == 7:
        sign = chance.choice(SIGNS)
        return "".join(char + (sign if chance.random() < 0.03 else "") for char in text)
    if kind == 8:
        return re.sub(r"\d", lambda _: chance.choice("0123456789"), text)
    if kind == 9:
        return re.sub("[一二三四五六七八九十]", lambda _: chance.choice("一二三四五六七八九十"), text)
    if kind == 10:
        lines = text.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines)
    if kind == 11:
        other = chance.choice(texts)
        start = chance.randrange(len(other))
        return text[:a] + other[start : start + chance.randrange(800)] + text[a:]
    sign = chance.choice(text) if text else "x"
    return text.replace(sign, chance.choice(("", sign * 2, "\n", " ")))


def lost(text: str, outline: Outline) -> str | None:
    """Return what is wrong with an outline, None if it holds."""
    parts = sorted((part.start, part.end) for part in (*outline.clauses, *outline.duties))
    spans = [outline.header, *outline.headings, *outline.leftover, *parts]
    at = 0
    for gap in sorted(outline.omitted, key=lambda gap: gap.start):
        while at < len(parts) and parts[at][1] <= gap.start:
            at += 1
        if at == len(parts) or not parts[at][0] <= gap.start or gap.end > parts[at][1]:
            spans.append((gap.start, gap.end))
    folded = fold(text)
    reached = 0
    for start, end in (*sorted(spans), (len(text), len(text))):
        if start < reached and start < end and folded[start : min(reached, end)].strip():
            return f"{text[start : min(reached, end)][:12]!r} at {start} is claimed twice"
        if folded[reached:start].strip():
            return f"{text[reached:start][:12]!r} at {reached} is claimed by nothing"
        reached = max(reached, end)
    for clause in outline.clauses:
        if join(text, clause.pieces) != clause.text:
            return f"{clause.clause_id}: pieces do not make its text"
    return None


def main() -> int:
    """Run the fuzzer; the exit status is 1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="make one input again and print it")
    arguments = parser.parse_args()
    texts = documents()
    begun = time.perf_counter()
    finds = slowest = slow_at = count = 0
    for count in range(arguments.inputs):
        if time.perf_counter() - begun > arguments.seconds:
            break
        number = count if arguments.only is None else arguments.only
        chance = random.Random(arguments.seed * 1_000_003 + number)
        source = chance.choice(texts)
        start = chance.randrange(len(source))
        text = source[start : start + chance.choice((80, 300, 700, 1500))] or "x"
        for _ in range(chance.randrange(1, 7)):
            text = mutate(text, chance, texts)[:3000] or "x"
        if arguments.only is not None:
            print(repr(text))
        clock = time.process_time()
        found = None
        try:
            outline = read_outline(text)
            found = lost(text, outline)
            if number % 8 == 0:
                plan = parse_plan(text, plan_id="fuzz")
                if number % 64 == 0:
                    plan.check()  # finds the targets too
        except (PlanReadError, ValueError) as error:
            found = f"refused: {error!r}" if not isinstance(error, PlanReadError) else None
        except Exception as error:  # any other exception is what we are looking for
            found = f"raised {error!r}"
        took = time.process_time() - clock
        if took > slowest:
            slowest, slow_at = took, number
        if took > SLOW:
            found = f"took {took:.1f} s"
        if found:
            finds += 1
            print(f"seed {arguments.seed} input {number}: {found}", flush=True)
            if finds >= 20:
                break
        if arguments.only is not None:
            break
    else:
        count += 1
    print(
        f"{count} inputs, {finds} finds, slowest {slowest:.2f} s (input {slow_at}), {time.perf_counter() - begun:.0f} s"
    )
    return int(finds > 0)


if __name__ == "__main__":
    sys.exit(main())
