"""The year in a paper's number against the year of its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from checks import check_document
from checks.families.papers import citations
from model.document import Document, PageRecord
from model.table import Table

Make = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ", "61/2018/NĐ-CP"),
        (
            "Quyết định số 45/2016/QĐ-UBND của Ủy ban nhân dân tỉnh, ngày 05 tháng 12 năm 2017",
            "45/2016/QĐ-UBND",
        ),
        ("Nghị quyết số 12 / 2020 / NQ-HĐND ban hành ngày 08.12.2021", "12 / 2020 / NQ-HĐND"),
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", ""),
        ("Luật số 63/2010/QH12, có hiệu lực từ ngày 01/7/2011", ""),
        ("Thông tư 01/2018/TT-VPCP ngày 23/11/2018 và 22/2019/TT-BTC hiệu lực ngày 01/01/2020", ""),
        ("Kế hoạch số 15/KH-UBND ngày 02/3/2021", ""),  # no year in the number
        ("số hồ sơ 12/2020 đến ngày 03/4/2021", ""),
    ],
)
def test_only_a_day_said_of_the_number_counts(text: str, number: str) -> None:
    assert [c.number for c in citations(text)] == ([number] if number else [])


def test_a_citation_over_two_lines_is_told_once(document: Make) -> None:
    prose = ["Căn cứ Nghị định số 61/2018/NĐ-CP", "ngày 23 tháng 4 năm 2019 của Chính phủ;",
             "thực hiện Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2019,"]  # fmt: skip
    found = [f for f in check_document(document([], prose)).flags if f.check == "date of paper"]
    assert [(f.kind, f.severity, f.found) for f in found] == [("date", "warning", "ngày 23 tháng 4 năm 2019")]
    assert "2018" in found[0].message


@pytest.mark.parametrize(("confidence", "kind"), [(0.999, "date"), (0.8, "reading")])
def test_years_of_ink_that_was_hard_to_read_are_a_reading(
    document: Make, confidence: float, kind: str
) -> None:
    page = document([], ["Nghị định số 61/2018/NĐ-CP ngày 23/4/2019"])
    page = replace(page, lines=tuple(replace(line, confidence=confidence) for line in page.lines),
                   page_records=(PageRecord(1, "ocr"),))  # fmt: skip
    assert [f.kind for f in check_document(page).flags] == [kind]


def test_a_cell_is_pointed_at(table: Callable[..., Table], document: Make) -> None:
    grid = [
        ["TT", "Thủ tục", "Căn cứ"],
        ["1", "Cấp giấy xác nhận", "Nghị định 10/2020/NĐ-CP ngày 17/01/2021"],
    ]
    found = [f for f in check_document(document([table("t01", grid, 1)])).flags if f.kind == "date"]
    assert [(f.row, f.col, f.found) for f in found] == [(1, 2, "17/01/2021")]
