"""Whole documents: the faults a careful person finds, all of them and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document

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


@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_every_fault_of_the_gold_names_a_row_of_its_document(
    gold: Gold, gold_faults: Callable[[str], list[dict[str, object]]], name: str
) -> None:
    """A fault on a row that is not there would be found by no check and missed by no test."""
    rows = {(t.table_id, r) for t in gold(name).tables for r in range(t.n_rows)}
    faults = gold_faults(name)
    assert faults
    assert [i["id"] for i in faults if i["table"] != "prose" and (i["table"], i["row"]) not in rows] == []
