"""Accounts whose lines are numbered: a code ending in 0 is the sum of the codes that go on from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from checks.families.codes import parts_of
from model.document import Document
from model.table import Table

HEAD = ["Chỉ tiêu", "Mã số", "Số cuối năm", "Số đầu năm"]
ROWS = [
    ["Phải thu", "130", "4.918.203.114", "5.120.447.310"],
    ["Phải thu khách hàng", "131", "5.027.719.004", "5.209.113.870"],
    ["Dự phòng phải thu khó đòi", "139", "(109.515.890)", "(88.666.560)"],
    ["Tài sản khác", "150", "812.004.117", "790.150.263"],
]


def spots(document: Document) -> list[tuple[str, int | None, int | None]]:
    flags = check_document(document).flags
    return [(f.kind, f.row, f.col) for f in flags if f.kind not in ("reading", "structure")]


def test_a_line_is_the_sum_of_its_codes(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    checked = check_document(document([table("t01", [HEAD, *ROWS], 1)]))
    assert checked.flags == ()
    status = {(c.row, c.col): c.status for c in checked.tables[0].cells() if c.col >= 2 and c.value}
    assert {at for at, s in status.items() if s == "proved"} == {(r, c) for r in (1, 2, 3) for c in (2, 3)}


def test_a_line_that_is_not_the_sum_is_flagged(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    rows = [[*ROWS[0][:2], "4.918.203.114", "5.120.447.910"], *ROWS[1:]]
    assert [(kind, col) for kind, _, col in spots(document([table("t01", [HEAD, *rows], 1)]))] == [
        ("total", 3)
    ]


@pytest.mark.parametrize(
    ("code", "parts"), [("130", (1, 2)), ("100", (0, 5)), ("131", ()), ("150", ()), ("200", ())]
)
def test_codes_under_a_code(code: str, parts: tuple[int, ...]) -> None:
    rows = {"130": 0, "131": 1, "139": 2, "100": 4, "150": 5}
    assert parts_of(code, rows) == parts


def test_a_line_without_its_parts_is_left_alone(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    assert spots(document([table("t01", [HEAD, ROWS[0], ROWS[1], ROWS[3]], 1)])) == []


def test_codes_that_leave_numbers_out_make_no_layout_doubtful(
    table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    rows = [
        ["Tài sản", "110", "4.918.203.114"],
        ["Dự phòng", "139", "(88.666.560)"],
        ["Khác", "150", "790.150"],
    ]
    checked = check_document(document([table("t01", [HEAD[:3], *rows], 1)]))
    assert checked.flags == ()
