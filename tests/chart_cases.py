"""Comparisons made by hand for the chart tests: any number of clauses, every relation, awkward texts."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

HEADINGS = (
    "坚持不懈用党的创新理论铸魂育人",
    "提升思政工作育人成效",
    "强化铸牢中华民族共同体意识教育",
    "提高学前教育普惠水平",
    "扩大义务教育优质资源覆盖面并实现义务教育优质均衡发展",
    "推进特殊教育融合提质",
    "提高校(园)长办学治校能力",
    "巩固拓展“双减”成果",
    "完善$校园$安全防控体系",
    "西安市鄠邑区堽城镇犇羊小学№①㎡≥−\ue000",
    "强化组织领导",
)
RELATIONS = ("copy", "adapt", "sharpen", "mixed", "weaken", "new")
SECTIONS = (
    "(一)全面落实立德树人根本任务",
    "(二)统筹协调推动基础教育优质均衡发展",
    "(三)多措并举提升教师队伍素质",
    "三、工作要求",
)
TARGET_COLUMNS = [
    "indicator",
    "mention",
    "local_value",
    "template_value",
    "local_low",
    "local_high",
    "local_unit",
    "local_comparator",
    "local_deadline",
    "local_level",
    "local_per",
    "local_snippet",
    "local_start",
    "local_end",
    "local_target_id",
    "local_clause_id",
    "template_low",
    "template_high",
    "template_unit",
    "template_comparator",
    "template_deadline",
    "template_level",
    "template_per",
    "template_snippet",
    "template_start",
    "template_end",
    "template_target_id",
    "template_clause_id",
    "direction",
    "deadline_direction",
    "effect",
    "comparable",
    "reason",
]
EVIDENCE_COLUMNS = [
    "local_id",
    "template_id",
    "unit",
    "kind",
    "direction",
    "weight",
    "local_quote",
    "template_quote",
    "text",
]


def make_plan(plan_id: str, count: int, *, place: str = "西吉县", year: int = 2025) -> Any:
    frame = pd.DataFrame(
        [
            {
                "clause_id": f"{plan_id}-{n}",
                "number": f"{n + 1}.",
                "path": ("二、重点任务", SECTIONS[min(n * len(SECTIONS) // max(count, 1), 3)]),
                "heading": HEADINGS[n % len(HEADINGS)],
                "text": HEADINGS[n % len(HEADINGS)] + "。到2027年普惠性幼儿园覆盖率达到93%以上。" * 3,
                "kind": "task",
                "lead": ("县教育体育局",) if n % 2 else ("县财政局", "县委宣传部"),
                "cooperating": ("县人力资源和社会保障局",),
                "deadline": "2027",
            }
            for n in range(count)
        ],
        columns=["clause_id", "number", "path", "heading", "text", "kind", "lead", "cooperating", "deadline"],
    )
    measures = pd.DataFrame(
        [(f"{c}-m", c, t) for c, t in zip(frame["clause_id"], frame["text"], strict=True)],
        columns=["measure_id", "clause_id", "text"],
    )
    return SimpleNamespace(
        plan_id=plan_id,
        jurisdiction=place,
        date=date(year, 5, 14),
        title=f"{place}教育质量提升行动方案",
        clauses=frame,
        measures=measures,
        targets=pd.DataFrame(),
    )


def make_comparison(local: int = 12, template: int = 13, *, neutral: bool = False) -> Any:
    """Every relation in turn, the last template clauses dropped, one second counterpart."""
    here, there = make_plan("xiji", local), make_plan("wuzhong", template, place="吴忠市", year=2023)
    records, evidence = [], []
    linked = min(local, max(template - 2, 0))
    for n in range(local):
        relation = RELATIONS[n % 6] if n < linked else "new"
        partner = None if relation == "new" else f"wuzhong-{(n * 5) % linked if n % 4 == 3 else n}"
        records.append((f"xiji-{n}", partner, 1, relation, 0.3 + 0.6 * ((n * 7) % 10) / 10, True))
        if partner and n % 5 == 1:
            records.append((f"xiji-{n}", f"wuzhong-{(n + 3) % linked}", 2, "adapt", 0.3, True))
        for way in {"sharpen": ("sharpen",), "weaken": ("weaken",), "mixed": ("sharpen", "weaken")}.get(
            relation, ()
        ):
            evidence.append(
                (f"xiji-{n}", partner, "clause", "target", way, 0.5 + n % 3, "93%", "90%", "覆盖率: 93%→90%")
            )
    used = {r[1] for r in records}
    records += [
        (None, f"wuzhong-{n}", 1, "dropped", 0.1, n % 2 == 0)
        for n in range(template)
        if f"wuzhong-{n}" not in used
    ]
    frame = pd.DataFrame(
        records, columns=["local_id", "template_id", "rank", "relation", "score", "in_scope"]
    )
    random = np.random.default_rng(7)
    score = random.random((local, template)) * 0.3
    for r in records:
        if r[0] and r[1]:
            score[int(r[0].split("-")[1]), int(r[1].split("-")[1])] = r[4]
    texts = dict(zip(here.clauses["clause_id"], here.clauses["text"], strict=True))

    def redline(local_id: str, template_id: str | None = None) -> Any:
        whole = len(texts[local_id])
        cuts = [0, whole // 3, whole // 2, whole]
        ops = ("equal", "replace", "move")
        blocks = [
            SimpleNamespace(
                op=op,
                local_start=a,
                local_end=b,
                template_start=a,
                template_end=b,
                local_text="",
                template_text="",
            )
            for op, a, b in zip(ops, cuts, cuts[1:], strict=False)
        ]
        gone = SimpleNamespace(
            op="delete",
            local_start=whole // 2,
            local_end=whole // 2,
            template_start=0,
            template_end=9,
            local_text="",
            template_text="每年",
        )
        return SimpleNamespace(blocks=(*blocks, gone))

    return SimpleNamespace(
        local=here,
        template=there,
        clauses=frame,
        targets=make_targets(min(local, 9)),
        evidence=pd.DataFrame(evidence, columns=EVIDENCE_COLUMNS),
        measures=pd.DataFrame(),
        similarity=SimpleNamespace(score=score, tfidf=score, fuzzy=score),
        redline=redline,
        neutral=neutral,
        kinship="sibling",
        order="template_earlier",
        banner=lambda lang="zh": (
            (
                "西吉县不受吴忠市管辖，对照方不是其上级方案；本图把它当作基准，不表示影响方向。"
                if lang == "zh"
                else "Xiji is not under Wuzhong: the other plan is a benchmark here, and nothing is said on who followed whom."
            )
            if neutral
            else ""
        ),
    )


def make_targets(count: int) -> pd.DataFrame:
    """Rates, counts, deadlines, one-sided and repeated targets."""
    records = []
    for n in range(count):
        rate = n % 3 != 1
        low, high = (85.0 + n, 93.0) if rate else (3.0 + n, 40.0)
        unit = "%" if rate else "所"
        effect = ("sharpen", "weaken", "none")[n % 3] if rate else "none"
        records.append(
            {
                "indicator": ("普惠性幼儿园覆盖率", "区级示范校", "九年义务教育阶段学生近视率年均下降比例")[
                    n % 3
                ]
                + f"{n}",
                "mention": "repeat" if n == 6 else "main",
                "local_value": f"≥{low:g}{unit}",
                "template_value": f"≥{high:g}{unit}",
                "local_low": low,
                "local_high": low,
                "template_low": high,
                "template_high": high,
                "local_unit": unit,
                "template_unit": unit,
                "local_comparator": ">=",
                "template_comparator": ">=",
                "local_deadline": "2025" if n % 2 else "2027",
                "template_deadline": "2027",
                "direction": "lower",
                "deadline_direction": "earlier" if n % 2 else "same",
                "effect": effect,
                "comparable": "direct" if rate else "scale_dependent",
                "reason": "85%低于93%",
                "local_clause_id": f"xiji-{n}",
                "template_clause_id": f"wuzhong-{n}",
            }
        )
    for side, way in (("local", "added"), ("template", "removed")) if count else ():
        records.append(
            {
                "indicator": f"只在一方的指标{side}",
                "mention": "main",
                f"{side}_value": "100%",
                f"{side}_low": 100.0,
                f"{side}_high": 100.0,
                f"{side}_unit": "%",
                f"{side}_deadline": "2026",
                "direction": way,
                "deadline_direction": way,
                "effect": "none",
                "comparable": "direct",
                "reason": "",
            }
        )
    return pd.DataFrame(records, columns=TARGET_COLUMNS)


CASES = {
    "small": lambda: make_comparison(),
    "neutral": lambda: make_comparison(26, 33, neutral=True),
    "huge": lambda: make_comparison(140, 120, neutral=True),
    "one clause": lambda: make_comparison(1, 3),
    "unmatched": lambda: make_comparison(5, 0),
    "empty": lambda: make_comparison(0, 0),
}
