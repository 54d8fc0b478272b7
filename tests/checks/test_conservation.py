"""The net: figures fused, torn or lost leave a flag on the smallest place that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from checks.conservation import conservation_flags
from checks.conservation.grid_view import GridView, holds_several, is_range
from checks.conservation.kin import GOES_ON, NO_HEAD, SAME, kin
from checks.conservation.layout import BOUND, Evidence, doubt, evidence
from checks.conservation.misfits import misfits
from checks.conservation.strays import is_row, print_inside
from model.document import Document, RunningLine
from model.flag import CellRef, Flag
from model.geometry import Box
from model.page import Reading
from model.table import Cell, Column, Table
from model.value import Status
from normalize.columns import type_columns

HEAD = ["STT", "Đơn vị", "Tiếp nhận", "Giải quyết", "Tỷ lệ (%)"]
ROWS = [
    ["1", "Xã An Bình", "1.204", "1.100", "91,4"],
    ["2", "Xã Bình Lâm", "2.310", "2.300", "99,6"],
    ["3", "Xã Cát Tài", "1.750", "1.700", "97,1"],
    ["4", "Xã Đức Phú", "3.412", "3.400", "99,6"],
    ["5", "Phường Hòa Hội", "1.015", "1.000", "98,5"],
    ["6", "Xã Kim Sơn", "4.020", "4.000", "99,5"],
]


def built(grid: Sequence[Sequence[str]], header_rows: int, sure: bool) -> Table:
    """A table of strings without spans."""
    rows = tuple(
        tuple(Cell(r, c, t, t, r < header_rows, page=1, anchor=(r, c), sure=sure) for c, t in enumerate(row))
        for r, row in enumerate(grid)
    )
    columns = tuple(Column(c, (text,) if header_rows else ()) for c, text in enumerate(grid[0]))
    return Table("t01", "", "ruled", header_rows, rows, columns)


def typed(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, sure: bool = False) -> Table:
    """A table of one header row (none where `head` is empty), its columns typed."""
    grid = [list(head), *map(list, rows)] if head else [list(row) for row in rows]
    return type_columns([built(grid, 1 if head else 0, sure)])[0][0]


def changed(row: int, **texts: str) -> list[list[str]]:
    """ROWS with other texts in one row, by `cN`."""
    rows = [list(r) for r in ROWS]
    for name, text in texts.items():
        rows[row][int(name[1:])] = text
    return rows


def places(flags: Sequence[Flag]) -> list[tuple[int | None, int | None]]:
    return [(f.row, f.col) for f in flags]


def test_a_good_table_has_no_flag() -> None:
    assert conservation_flags([typed(ROWS)], ()) == []


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("15,9 21,4", True),
        ("224\n787", True),
        ("21.370 - 23.870", False),
        ("12/18", False),
        ("05 ngày", False),
        ("1.204", False),
        ("", False),
    ],
)
def test_what_holds_several_figures(text: str, several: bool) -> None:
    assert holds_several(text) == several


@pytest.mark.parametrize(
    ("text", "ranged"),
    [("15.000 - 16.000", True), ("3 x 4", True), ("12/18", True), ("1 - 2 - 3", False), ("-5", False)],
)
def test_what_ties_two_figures(text: str, ranged: bool) -> None:
    assert is_range(text) == ranged


@pytest.mark.parametrize(
    ("text", "misfit"),
    [
        ("1.204 1.100", True),  # two cells in one
        ("12041100", True),  # the same without a blank, where thousands have marks
        ("1.2041.100", True),  # no number has this shape
        ("4@7", True),
        ("°", True),
        ("1.204", False),
        ("-", False),
        ("", False),
        ("x", False),
        ("1.204 - 1.300", False),  # a range has two ends
        ("987", False),
        ("12/18", False),
    ],
)
def test_misfits_of_a_column_of_figures(text: str, misfit: bool) -> None:
    found = list(misfits(GridView(typed(changed(2, c2=text)))))
    assert [(m.row, m.col) for m in found] == ([(3, 2)] if misfit else [])


def test_words_in_a_column_of_figures_are_doubted_only_when_read_unsurely() -> None:
    table = typed(changed(2, c2="Chưa báo cáo"))
    assert list(misfits(GridView(table))) == []
    rows = [list(row) for row in table.rows]
    rows[3][2] = replace(rows[3][2], confidence=0.4)
    weak = replace(table, rows=tuple(tuple(row) for row in rows))
    assert [(m.row, m.col) for m in misfits(GridView(weak))] == [(3, 2)]


def test_a_proved_figure_fits() -> None:
    table = typed(changed(2, c2="12041100"))
    rows = [list(row) for row in table.rows]
    rows[3][2] = replace(rows[3][2], proofs=1, status="proved")
    assert list(misfits(GridView(replace(table, rows=tuple(tuple(row) for row in rows))))) == []


def test_digits_that_a_repair_of_words_took_out_are_told() -> None:
    table = typed(ROWS)
    rows = [list(row) for row in table.rows]
    rows[2][1] = replace(rows[2][1], raw="Bình Lâm (1)")
    flags = conservation_flags([replace(table, rows=tuple(tuple(row) for row in rows))], ())
    assert [(f.kind, f.severity, f.row, f.col) for f in flags] == [("reading", "warning", 2, 1)]


def test_a_bearer_of_a_flag_gets_no_second_one() -> None:
    table = typed(changed(2, c2="4@7"))
    assert places(conservation_flags([table], ())) == [(3, 2)]
    assert conservation_flags([table], {CellRef("t01", 3, 2)}) == []


def test_figures_that_slid_together_leave_a_flag_on_their_row() -> None:
    table = typed(changed(2, c2="17501700", c3="", c4="97,1"))
    assert places(conservation_flags([table], ())) == [(3, None)]


def test_columns_fused_over_the_table_flag_it_whole() -> None:
    rows = [[r[0], r[1], f"{r[2]} {r[3]}", r[4]] for r in ROWS]
    table = typed(rows, [*HEAD[:2], HEAD[2], HEAD[4]])
    flags = conservation_flags([table], ())
    assert [(f.kind, f.row, f.col) for f in flags] == [("structure", None, None)]


def parts(lower: Sequence[Sequence[str]], head: Sequence[str], title: str = "", page: int = 2) -> list[Table]:
    upper = typed(ROWS[:3])
    below = replace(typed(lower, head), table_id="t02", title=title, page_first=page, page_last=page)
    return [upper, below]


@pytest.mark.parametrize(
    ("lower", "head", "title", "page", "why"),
    [
        (ROWS[3:], HEAD, "", 2, GOES_ON),
        (ROWS[3:], [], "", 2, GOES_ON),
        (ROWS[4:], HEAD, "", 2, SAME),  # a row was lost between
        ([["1", "x", "5", "6", "7"], ["1", "y", "3", "2", "7"]], [], "", 2, NO_HEAD),
        (ROWS[:3], HEAD, "Biểu số 2", 2, None),
        (ROWS[:3], HEAD, "", 2, None),
        (ROWS[4:], HEAD, "Biểu số 2", 2, None),  # another table that begins inside
        (ROWS[3:], HEAD, "", 4, None),  # two pages further on
        ([["1", "x", "5", "6", "7"], ["1", "y", "3", "2", "7"]], [], "Biểu số 2", 2, None),
    ],
)
def test_parts_of_one_table(
    lower: list[list[str]], head: list[str], title: str, page: int, why: str | None
) -> None:
    found = [pair.why for pair in kin([GridView(t) for t in parts(lower, head, title, page)])]
    assert found == ([why] if why else [])


def test_a_dump_of_another_width_without_a_header_goes_on_nothing() -> None:
    """In a dump without pages every table without a header was told to be the rest of the one above it, and
    both were doubted throughout."""
    upper, lower = parts([["1", "x", "5", "6"], ["2", "y", "3", "2"]], [], "", 1)
    texts = [GridView(replace(table, kind="text")) for table in (upper, lower)]
    assert list(kin(texts)) == []
    assert [pair.why for pair in kin([GridView(upper), GridView(lower)])] == [NO_HEAD]


def test_a_lost_header_doubts_the_layout_of_a_dump_too() -> None:
    table = typed(ROWS, [])
    assert evidence(GridView(table), ()).headless == 1.0
    assert evidence(GridView(replace(table, kind="text")), ()).headless == 1.0


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        (
            ROWS[:4],
            [["(1)", "(a)", ":á.", "t4ì", "(5)"], *ROWS[4:]],
            True,
        ),  # 5 after 4, under a row of numbers
        (ROWS[:2], ROWS, False),  # 1, 2 above another table of its own: 1, 2, 3
        (ROWS[:4], [["1", "Nhóm", "", "", ""], *ROWS[4:]], True),
        (ROWS, ROWS, False),
    ],
)
def test_row_numbers_that_run_on_under_a_misread_row_are_told(
    above: list[list[str]], below: list[list[str]], told: bool
) -> None:
    """Twenty rows of a copied page stood in a table of their own, under no flag: its row of column numbers was
    taken for the first of the body."""
    lower = replace(typed(below), page_first=2, page_last=2)
    assert [pair.why for pair in kin([GridView(typed(above)), GridView(lower)])] == [GOES_ON] * told


def test_a_refused_continuation_is_told_on_both_parts() -> None:
    flags = conservation_flags(parts(ROWS[3:], HEAD), ())
    assert [(f.table_id, f.kind, f.row, f.col) for f in flags] == [
        ("t01", "structure", None, None),
        ("t02", "structure", None, None),
    ]


def test_the_doubt_of_a_layout_grows_with_what_speaks_against_it() -> None:
    assert doubt(Evidence()) < BOUND / 2
    for name in ("misfits", "headless", "pieces", "breaks", "void", "blank", "long_head", "unread", "bars"):
        assert doubt(Evidence(**{name: 0.5})) > doubt(Evidence())
    assert doubt(Evidence(misfits=0.4)) > BOUND
    assert doubt(Evidence(pieces=0.5)) > BOUND


def test_units_are_no_pieces_of_words_but_letters_are() -> None:
    head = ["STT", "Tên", "ĐVT", "Giá"]
    units = typed([[str(n), f"Mặt hàng {n}", "kg", f"1.{n}00"] for n in range(1, 7)], head)
    assert evidence(GridView(units), []).pieces == 0
    torn = typed([[str(n), f"Mặt hàng {n}", "abcdef"[n - 1], f"1.{n}00"] for n in range(1, 7)], head)
    assert evidence(GridView(torn), []).pieces > 0.3


COUNT = st.integers(0, 9_999_999)


@given(st.lists(st.tuples(COUNT, COUNT), min_size=2, max_size=20))
def test_tables_as_they_should_be_have_no_flag(figures: list[tuple[int, int]]) -> None:
    rows = [
        [str(n), f"Xã thứ {'abcdefghijklmnopqrst'[n - 1] * 3}", *(f"{f:,}".replace(",", ".") for f in pair)]
        for n, pair in enumerate(figures, start=1)
    ]
    assert conservation_flags([typed(rows, HEAD[:4])], ()) == []


@given(
    st.lists(st.tuples(st.integers(1000, 9999), st.integers(1000, 9999)), min_size=4, max_size=12), st.data()
)
def test_two_figures_in_one_cell_are_never_silent(
    figures: list[tuple[int, int]], data: st.DataObject
) -> None:
    rows = [
        [str(n), "Xã An Bình", *(f"{f:,}".replace(",", ".") for f in pair)]
        for n, pair in enumerate(figures, start=1)
    ]
    at = data.draw(st.integers(0, len(rows) - 1))
    joint = data.draw(st.sampled_from(["", " ", "\n"]))
    rows[at][2:] = [joint.join(rows[at][2:]), ""]
    flags = conservation_flags([typed(rows, HEAD[:4])], ())
    assert any(f.row in (at + 1, None) and f.col in (2, None) for f in flags)


def test_the_checks_run_the_net(document: Callable[..., Document]) -> None:
    rows = [[r[0], r[1], f"{r[2]} {r[3]}", r[4]] for r in ROWS]
    checked = check_document(document([typed(rows, [*HEAD[:2], HEAD[2], HEAD[4]])]))
    assert [(f.row, f.col) for f in checked.flags if f.check == "conservation"] == [(None, None)]


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


@pytest.mark.parametrize(("text", "told"), [("3 3.1", True), ("4 5", True), ("3.1", False), ("3 a", False)])
def test_a_row_that_holds_the_numbers_of_two_is_told(text: str, told: bool) -> None:
    found = list(misfits(GridView(typed(changed(2, c0=text)))))
    assert [(m.row, m.col) for m in found] == ([(3, 0)] if told else [])
