"""The bundled plans are what the registry says they are."""

from __future__ import annotations

import hashlib

import pytest

import policycmp as pc
from policycmp.datasets import data_folder


def test_every_file_has_a_row_and_its_hash():
    registry = pc.list_plans()
    files = {f"plans/{p.name}" for p in (data_folder() / "plans").iterdir()}
    assert files == set(registry["file"])
    for row in registry.itertuples():
        data = (data_folder() / row.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.sha256
        assert len(data.decode("utf-8")) == row.chars


@pytest.mark.parametrize(
    "plan_id", ["xiji-2025", "wuzhong-2023", "pingluo-2019", "pingluo-table", "leshan-2021"]
)
def test_the_parser_reads_what_the_registry_says(plan, plan_id):
    row = pc.list_plans().set_index("plan_id").loc[plan_id]
    read = plan(plan_id)
    for name in ("title", "issuer", "jurisdiction", "level", "adcode", "doc_number"):
        if isinstance(row[name], str):
            assert getattr(read, name) == row[name], name
    assert str(read.date) == (row["date"] if isinstance(row["date"], str) else "None")
    assert read.text == (data_folder() / row["file"]).read_text(encoding="utf-8")


def test_codes_that_are_not_printed_come_from_the_name(plan):
    assert plan("wuzhong-2023").adcode == "640300"
    assert plan("pingluo-table").adcode == "640221"


def test_an_unknown_plan_is_refused_with_the_ids_there_are():
    with pytest.raises(ValueError, match="xiji-2025"):
        pc.load_plan("xiji-1999")


def test_gold_tables_load_and_unknown_names_are_refused():
    assert len(pc.load_gold("contrast")) == 92
    with pytest.raises(ValueError, match="contrast"):
        pc.load_gold("nonsense")
