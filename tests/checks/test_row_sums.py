"""What sets of rows come to, told of many at once: the same as equation by equation."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import check_document
from checks.families.row_sums import Nested, RowSums
from checks.figures import open_book
from checks.relation import judge
from checks.template import lay
from model.document import Document
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]

CELL = st.one_of(
    st.integers(0, 30).map(str), st.integers(-5, 5).map(str), st.sampled_from(["", "-", "chưa có", "1,5", "12,25"]),
    st.just("123456789012345678901234"),
)  # fmt: skip
LABEL = st.sampled_from(["Xã An", "Xã Bình", "Tổng cộng", "Cộng", "Trung bình", "Tổng thu"])
ROW = st.tuples(st.sampled_from(["I", "1", "2", "a", ""]), LABEL, CELL, CELL, CELL)
ROWS = st.lists(ROW, min_size=4, max_size=14)
HEAD = ["STT", "Đơn vị", "Số hồ sơ", "Diện tích (ha)", "Số hộ"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(ROWS, st.booleans(), st.data())
def test_sums_of_rows_are_those_of_their_equations(
    table: Build, document: Make, rows: list[tuple[str, ...]], sure: bool, data: st.DataObject
) -> None:
    built = table("t01", [HEAD, *map(list, rows)], 1, sure=sure)
    book = open_book(document([built]))
    sheet = book.sheets[0]
    if not sheet.body:
        return
    sums, columns = RowSums(book, sheet), sheet.numeric
    row = data.draw(st.sampled_from(sheet.body))
    others = [r for r in sheet.body if r != row]
    chosen = sorted(data.draw(st.sets(st.sampled_from(others), max_size=8))) if others else []
    for candidate in (*sums.sets.candidates(row), np.array(chosen, dtype=np.int64)):
        tried = sums.tried(row, candidate, columns)
        of = [c for c in columns if (n := sheet.at[row][c]) is None or not book.figures[n].percent]
        parts = {c: [((r, c), 1) for r in tried.rows.tolist()] for c in of}
        laid = [lay(sheet, (row, c), parts[c], kind="total", source="total") for c in of]
        told = [r for r in laid if r is not None]
        live = [r for r in told if r.has_live(book.amounts, 3)]
        verdicts = [judge(r, book.amounts, book.figures) for r in live]
        offs = [v.off for v in verdicts if not v.closes]
        closed = len([v for v in verdicts if v.closes])
        turned = [off for off in offs if abs(off) >= 10 and -off in offs]
        assert (tried.laid, tried.live, tried.closed) == (len(told), len(live), closed + len(turned))
        digits = [
            len(str(abs(book.amounts[r.target]))) for r, v in zip(live, verdicts, strict=True) if v.closes
        ]
        assert tried.digits == sum(digits) + sum(len(str(abs(off))) for off in turned)


def test_rows_that_others_count_are_left_out_for_each_total(table: Build, document: Make) -> None:
    """Fields above their lines, without numbers, and a total after each half of the table."""
    grid = [["Tên", "Số hồ sơ", "Số hộ", "Số tiền"]]
    for half in range(2):
        for field in range(2):
            lines = [
                [f"Việc {half}{field}{n}", 10 * n + field, 7 * n + half, 100 + 13 * n] for n in range(1, 4)
            ]
            grid.append([f"Mảng {half}{field}", *(str(sum(int(x[c]) for x in lines)) for c in (1, 2, 3))])
            grid += [[str(x) for x in line] for line in lines]
    built = table("t01", [*grid, ["Tổng cộng", "1", "2", "3"]], 1)
    book = open_book(document([built]))
    sheet = book.sheets[0]
    nested = Nested(RowSums(book, sheet), sheet.numeric)
    found = nested.below(1)
    assert found is not None
    assert found[0].tolist() == [2, 3, 4]
    assert [rows.tolist() for rows in nested.around(17)] == [[1, 5, 9, 13]]
    assert [rows.tolist() for rows in nested.around(8)] == [[1, 5], [9, 13, 17]]


@pytest.mark.parametrize("rows", [3, 40])
def test_a_mean_row_far_below_is_found_among_rows_that_are_called_so_too(
    table: Build, document: Make, rows: int
) -> None:
    """Each of many rows called a mean once asked anew which rows are."""
    figures = [[7 * n % 50, 11 * n % 60] for n in range(1, rows + 1)]
    grid = [["STT", "Xếp loại", "Điểm A", "Điểm B"]]
    grid += [[str(n), f"Nhóm {n}", *map(str, line)] for n, line in enumerate(figures, 1)]
    means = [sum(column) / rows for column in zip(*figures, strict=True)]
    grid.append(["", "Trung bình", *(f"{mean:.2f}".replace(".", ",") for mean in means)])
    wrong = [*grid[:-1], ["", "Trung bình", grid[-1][2], "99,99"]]
    checked = check_document(document([table("t01", grid, 1)]))
    assert {c.status for c in checked.tables[0].rows[-1][2:]} == {"proved"}
    told = check_document(document([table("t01", wrong, 1)]))
    assert {c.status for c in told.tables[0].rows[-1][2:]} == {"read"}


def test_sums_of_a_table_of_very_many_columns_are_found(table: Build, document: Make) -> None:
    """All pairs of a thousand columns once filled the memory; those near a sum are told still."""
    width = 160
    head = [f"Cột {n}" for n in range(width)]
    grid = [["Tên", *head]]
    draw = Random(5)
    for row in range(1, 13):
        cells = [draw.randint(100, 9999) for _ in range(width)]
        cells[100] = cells[60] + cells[130]
        cells[20] = sum(cells[21:26])
        grid.append([f"Dòng {row}", *map(str, cells)])
    checked = check_document(document([table("t01", grid, 1)]))
    proved = {c.col for c in checked.tables[0].rows[1] if c.status == "proved"}
    assert {101, 61, 131, *range(21, 27)} <= proved
