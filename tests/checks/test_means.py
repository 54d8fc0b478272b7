"""Means of rows and of columns, indices over a maximum: held where most of them are so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.flag import Flag
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

CRITERIA = ["TT", "Đơn vị", "Tiêu chí 1", "Tiêu chí 2", "Tiêu chí 3", "Điểm trung bình"]
SCORES = [(18.5, 16.25, 9.1), (17.0, 15.5, 8.4), (19.25, 12.75, 9.9), (12.35, 14.4, 7.7), (15.1, 13.3, 8.8)]
INDEX = ["TT", "Đơn vị", "Điểm (tối đa 20 điểm)", "Chỉ số (%)"]
POINTS = [19.35, 18.11, 17.52, 16.04, 12.77]


def decimal(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def criteria() -> list[list[str]]:
    """Five offices, their mean over the criteria, and the mean of the offices."""
    body = [(*s, round(sum(s) / 3 + 1e-9, 2)) for s in SCORES]
    rows = [[str(n), f"Xã Mẫu {n}", *map(decimal, b)] for n, b in enumerate(body, 1)]
    means = [sum(column) / len(column) + 1e-9 for column in zip(*body, strict=True)]
    return [*rows, ["", "Trung bình", *map(decimal, means)]]


def index() -> list[list[str]]:
    return [[str(n), f"Sở Mẫu {n}", decimal(p), decimal(5 * p)] for n, p in enumerate(POINTS, 1)]


def faults(document: Document) -> list[Flag]:
    return list(check_document(document).flags)


@pytest.mark.parametrize(("head", "rows"), [(CRITERIA, criteria()), (INDEX, index())])
def test_tables_that_hold_are_calm(
    table: Build, document: Make, head: list[str], rows: list[list[str]]
) -> None:
    assert faults(document([table("t01", [head, *rows], 1)])) == []


@pytest.mark.parametrize(
    ("head", "rows", "row", "col", "text", "expected"),
    [
        (CRITERIA, criteria(), 2, 5, "19,37", "13,97"),
        (CRITERIA, criteria(), 5, 3, "15,44", "14,44"),
        (INDEX, index(), 2, 3, "85,60", "87,60"),
    ],
)
def test_one_that_is_off_is_one_flag(
    table: Build, document: Make, head: list[str], rows: list[list[str]], row: int, col: int, text: str,
    expected: str,
) -> None:  # fmt: skip
    rows[row][col] = text
    found = [(f.row, f.col, f.expected) for f in faults(document([table("t01", [head, *rows], 1)]))]
    assert found[0] == (row + 1, col, expected)
    assert len(found) == 1


def test_a_weighted_mean_is_no_fault(table: Build, document: Make) -> None:
    """The rate of all is not the mean of the rates."""
    head = ["TT", "Đơn vị", "Tỷ lệ đúng hạn (%)", "Tỷ lệ trực tuyến (%)"]
    rows = [["1", "Xã An", "90,00", "71,25"], ["2", "Xã Bình", "99,00", "65,00"], ["3", "Xã Chi", "80,00", "44,10"],
            ["", "Bình quân", "94,89", "63,30"]]  # fmt: skip
    assert faults(document([table("t01", [head, *rows], 1)])) == []


def test_a_mean_among_figures_in_words_fails_no_document(table: Build, document: Make) -> None:
    """A dump's columns had run into cells of words, `Trung bình` among them: no column is one of figures."""
    rows = [[f"Xếp loại {n}: 12 em nam, 15 em nữ", "Đạt"] for n in ("giỏi", "khá", "trung bình", "yếu")]
    assert faults(document([table("t01", [["Xếp loại", "Kết quả"], *rows], 1)])) == []
