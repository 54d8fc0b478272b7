"""The net: what stands in no cell, or over several, leaves a flag on every place that it covers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.conservation import conservation_flags
from checks.conservation.grid_view import GridView
from checks.conservation.misfits import misfits
from checks.conservation.strays import is_row, print_inside
from model.document import RunningLine
from model.flag import CellRef
from model.geometry import Box
from model.page import Reading
from model.table import Cell
from model.value import Status
from tests.checks.net_tables import HEAD, ROWS, changed, places, typed


def test_ink_that_nobody_could_read_is_told_wherever_it_stands() -> None:
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    for col in (1, 2):
        rows[4][col] = replace(rows[4][col], text="", raw="", value=None, status="doubtful")
    flags = conservation_flags([replace(table, rows=tuple(tuple(row) for row in rows))], ())
    assert [(f.row, f.col) for f in flags] in ([(4, 1), (4, 2)], [(4, None)])


@pytest.mark.parametrize(
    ("status", "other", "told"),
    [
        ("doubtful", "Sau 18 ngày", True),
        ("repaired", "Sau 18 ngày", True),  # mended marks settle no figure
        ("doubtful", "Sâu 15 ngày", False),
        ("read", "Sau 18 ngày", False),
    ],
)
def test_texts_of_which_readers_read_the_figures_differently(status: Status, other: str, told: bool) -> None:
    head = ["STT", "Tên", "Thời hạn"]
    table = typed([[str(n), f"Thủ tục {n}", "Sau 15 ngày làm việc"] for n in range(1, 5)], head)
    rows = [list(row) for row in table.rows]
    others = (Reading(other, 1.0, "numbers"),)
    rows[2][2] = replace(
        rows[2][2], text="Sau 15 ngày", raw="Sau 15 ngày", status=status, alternatives=others
    )
    flags = conservation_flags([replace(table, rows=tuple(tuple(row) for row in rows))], ())
    assert [(f.kind, f.row, f.col) for f in flags] == ([("reading", 2, 2)] if told else [])


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("1 Xã An 1.204 1.100 91,4", True),
        ("12 7,5 - 300", True),
        ("Năm 2024 có 15 hồ sơ, tăng 3 hồ sơ so với cùng kỳ", False),
        ("Số: 15/BC-UBND", False),
        ("3", False),
    ],
)
def test_lines_that_are_rows(text: str, row: bool) -> None:
    assert is_row(text) == row


def test_rows_outside_tables_are_told_on_the_page_or_its_tables() -> None:
    lines = [RunningLine(2, n, f"{n} 1.204 1.100 91,4", "") for n in range(1, 5)]
    assert [(f.table_id, f.page) for f in conservation_flags([], (), lines)] == [("", 2)]
    near = replace(typed(ROWS), page_first=1, page_last=2)
    assert [(f.table_id, f.row, f.col) for f in conservation_flags([near], (), lines)] == [
        ("t01", None, None)
    ]
    assert conservation_flags([], (), lines[:2]) == []


def test_a_flag_stands_on_every_place_of_a_cell_that_spans_rows() -> None:
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    for row in (2, 3):
        rows[row][1] = replace(rows[row][1], raw="Bình Lâm (1)", text="Bình Lâm", anchor=(2, 1))
    flags = conservation_flags([replace(table, rows=tuple(tuple(row) for row in rows))], ())
    assert places(flags) == [(2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("head", "sure", "told"),
    [("Quá hạn", False, True), ("Ghi chú", False, False), ("", False, False), ("Quá hạn", True, False)],
)
def test_a_column_with_a_header_and_nothing_below_is_told_where_ink_was_read(
    head: str, sure: bool, told: bool
) -> None:
    table = typed([[*row, ""] for row in ROWS], [*HEAD, head], sure)
    assert places(conservation_flags([table], ())) == ([(None, 5)] if told else [])


@pytest.mark.parametrize(
    ("text", "box", "told"),
    [
        ("Còn thiếu vốn", Box(50, 50, 90, 60), True),
        ("Còn thiếu vốn", Box(50, 250, 90, 260), False),  # under the table
        ("Còn thiếu vốn", Box(300, 50, 390, 60), False),  # beside it
        ("1", Box(50, 50, 55, 60), False),  # dust
    ],
)
def test_print_within_the_outline_that_is_in_no_cell(text: str, box: Box, told: bool) -> None:
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    rows[0][0] = replace(rows[0][0], box=Box(0, 0, 20, 20))
    rows[-1][-1] = replace(rows[-1][-1], box=Box(180, 180, 200, 200))
    boxed = replace(table, rows=tuple(tuple(row) for row in rows))
    flags = conservation_flags([boxed], (), [RunningLine(1, 1, text, text, box)])
    assert [(f.table_id, f.row, f.col) for f in flags] == ([("t01", None, None)] if told else [])


def aslant(x0: float, y0: float, x1: float, y1: float, lean: float) -> Box:
    """The upright bounds of a rectangle on a page that leans."""
    corners = [(x - lean * y, y + lean * x) for x in (x0, x1) for y in (y0, y1)]
    return Box(*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))


@pytest.mark.parametrize("lean", [0.0, 0.052, -0.052])
@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ((100, 180, 400, 194), False),  # the caption
        ((60, 342, 300, 354), False),  # a note
        ((200, 250, 300, 262), True),
    ],
)
def test_lines_above_and_below_a_table_that_was_fed_aslant_stand_in_none(
    line: tuple[int, int, int, int], inside: bool, lean: float
) -> None:
    """The corners of the upright box round a leaning table held its caption, and the whole table was flagged."""
    table = typed(ROWS)
    rows = tuple(
        tuple(
            replace(
                cell, box=aslant(50 + 100 * cell.col, 200 + 20 * r, 150 + 100 * cell.col, 220 + 20 * r, lean)
            )
            for cell in row
        )
        for r, row in enumerate(table.rows)
    )
    told = RunningLine(1, 3, "KẾT QUẢ TIÊM CHỦNG", "", aslant(*line, lean))
    assert bool(print_inside(replace(table, rows=rows), [told])) == inside


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("2.310 2.300", "read", True),
        ("2.310 | 2.300", "read", True),
        ("2.310", "doubtful", True),  # one's or the other's
        ("2.310", "read", False),  # a merged cell
        ("Không thu", "doubtful", False),
    ],
)
def test_figures_over_two_columns_are_told_in_both(text: str, status: Status, told: bool) -> None:
    """The rule between two columns was lost in one row, and only the first was flagged."""
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    wide = replace(rows[2][2], raw=text, text=text, value=None, status=status, anchor=(2, 2))
    rows[2][2:4] = [wide, replace(wide, col=3)]
    spanned = replace(table, rows=tuple(tuple(row) for row in rows))
    found = [(m.row, m.col) for m in misfits(GridView(spanned))]
    assert found == ([(2, 2), (2, 3)] if told else [])
    covered = {(f.row, f.col) for f in conservation_flags([spanned], ())}
    assert bool(covered & {(2, None), (None, None)}) == told


def test_a_long_table_of_misfits_is_looked_at_once_a_column(monkeypatch):
    """A sheet of ten thousand rows took minutes: every misfit asked all cells of every column again."""
    asked: list[int] = []
    own = GridView.own

    def counted(view: GridView, row: int, col: int) -> Cell | None:
        asked.append(row)
        return own(view, row, col)

    monkeypatch.setattr(GridView, "own", counted)

    def looks(rows: int) -> int:
        asked.clear()
        body = [
            [str(n), f"Dòng {n}", f"{n}.204", "2", f"{2000 + n}" if n % 9 else "1.200\n7"]
            for n in range(1, rows + 1)
        ]
        assert conservation_flags([typed(body)], set())
        return len(asked)

    assert looks(200) < 3 * looks(100)


def test_figures_over_two_rows_are_told_in_both() -> None:
    """The rule between two rows was lost in some columns, and only the upper row was flagged."""
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    for col, text in ((2, "2.310 1.750"), (3, "2.300 1.700")):
        wide = replace(rows[2][col], raw=text, text=text, value=None, anchor=(2, col))
        rows[2][col], rows[3][col] = wide, replace(wide, row=3)
    spanned = replace(table, rows=tuple(tuple(row) for row in rows))
    covered = {row for row, _ in places(conservation_flags([spanned], ()))}
    assert {2, 3} <= covered or None in covered


def test_a_flag_on_the_first_place_of_a_cell_leaves_the_others_to_be_told() -> None:
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    wide = replace(rows[2][2], raw="2.310 1.750", text="2.310 1.750", value=None, anchor=(2, 2))
    rows[2][2], rows[3][2] = wide, replace(wide, row=3)
    spanned = replace(table, rows=tuple(tuple(row) for row in rows))
    flags = conservation_flags([spanned], {CellRef(table.table_id, 2, 2)})
    assert places(flags) == [(3, 2)]


@pytest.mark.parametrize(
    ("text", "told"), [("3 3.1", True), ("4 5", True), ("4 - II", True), ("3.1", False), ("3 a", False)]
)
def test_a_row_that_holds_the_numbers_of_two_is_told(text: str, told: bool) -> None:
    found = list(misfits(GridView(typed(changed(2, c0=text)))))
    assert [(m.row, m.col) for m in found] == ([(3, 0)] if told else [])
