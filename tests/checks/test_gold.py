"""Whole documents: the faults a careful person finds, all of them and no others; and how long it takes."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.table import Table

Gold = Callable[[str], Document]


@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_faults_of_a_gold_document(
    gold: Gold, gold_faults: Callable[[str], list[dict[str, object]]], name: str
) -> None:
    document = gold(name)
    flags = [f for f in check_document(document).flags if f.kind not in ("reading", "structure", "spelling")]
    sure = [
        i
        for i in gold_faults(name)
        if i["kind"] != "spelling" and i.get("confidence") == "high" and not i.get("doubtful")
    ]

    def speaks_of(item: dict[str, object], flag: object) -> bool:
        if item["table"] == "prose":
            return flag.table_id == "" and str(item["printed"]) in flag.context + flag.found  # type: ignore[attr-defined]
        return (flag.table_id, flag.row) == (item["table"], item["row"])  # type: ignore[attr-defined]

    assert [i["id"] for i in sure if not any(speaks_of(i, f) for f in flags)] == []
    everything = gold_faults(name)
    assert [f.message for f in flags if not any(speaks_of(i, f) for i in everything)] == []


def test_district_tables_prove_their_figures(gold: Gold) -> None:
    checked = check_document(gold("004"))
    figures = [c for t in checked.tables for c in t.cells() if c.value is not None]
    assert sum(c.status == "proved" for c in figures) >= 0.9 * len(figures)


def test_two_thousand_cells_in_half_a_second(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    rng = random.Random(5)
    grid = [["TT", "Đơn vị", *(["Tiếp nhận"] * 3), *(["Đã giải quyết"] * 3), "Tỷ lệ (%)", "Ghi chú"]]
    grid.append(
        [
            "TT",
            "Đơn vị",
            "Tổng số",
            "Trực tiếp",
            "Trực tuyến",
            "Tổng số",
            "Đúng hạn",
            "Quá hạn",
            "Tỷ lệ (%)",
            "Ghi chú",
        ]
    )
    for n in range(1, 199):
        a, b, c = rng.randint(0, 99), rng.randint(1, 999), rng.randint(0, 9)
        share = f"{100 * (a + b - c) / (a + b):.2f}".replace(".", ",")
        grid.append(
            [str(n), f"Xã Mẫu {n}", str(a + b), str(a), str(b), str(a + b), str(a + b - c), str(c), share, ""]
        )
    made = document([table("t01", grid, 2)])
    check_document(made)
    start = time.process_time()
    check_document(made)
    assert time.process_time() - start < 0.5


def test_gold_lists_are_read(gold_faults: Callable[[str], list[dict[str, object]]]) -> None:
    assert json.dumps(gold_faults("000"))
