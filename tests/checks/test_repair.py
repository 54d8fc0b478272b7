"""Readings put right, and those left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import check_document
from checks.messages import mended
from checks.relation import HUNDRED, Figure, Relation, Term
from checks.search.slips import WILD, change_cost, slip_cost, slips
from checks.search.solver import Solver
from model.document import Document
from model.page import Reading
from model.table import Cell, Table

Build = Callable[..., Table]
Make = Callable[..., Document]
Change = Callable[[Cell], Cell]

GRID = [
    ["TT", "Đơn vị", "Tổng số", "Trực tiếp", "Trực tuyến"],
    ["1", "Xã An Mẫu", "1.120", "20", "1.100"],
    ["2", "Xã Bình Mẫu", "75", "5", "70"],
    ["3", "Xã Chi Mẫu", "310", "33", "277"],
    ["4", "Xã Dung Mẫu", "48", "0", "48"],
    ["", "TỔNG SỐ", "1.553", "58", "1.495"],
]


def read(document: Document, changes: dict[tuple[int, int], Change]) -> Document:
    """The first table with some cells as a reader of ink gives them."""
    first = document.tables[0]
    rows = tuple(
        tuple(changes.get((c.row, c.col), lambda c: c)(replace(c, sure=False, confidence=0.99)) for c in row)
        for row in first.rows
    )
    return replace(document, tables=(replace(first, rows=rows),))


def spoilt(table: Build, document: Make, row: int, col: int, text: str) -> Document:
    grid = [[text if (r, c) == (row, col) else t for c, t in enumerate(line)] for r, line in enumerate(GRID)]
    return document([table("t01", grid, 1)])


def doubt(cell: Cell) -> Cell:
    return replace(cell, status="doubtful", confidence=0.5)


@pytest.mark.parametrize(
    ("row", "col", "text", "truth"),
    [
        (1, 2, "1.170", "1.120"),
        (3, 4, "211", "277"),
        (5, 4, "1.495", "1.495"),
        (2, 3, "6", "5"),
        (1, 4, "110", "1.100"),
    ],
)
def test_a_doubted_misreading_is_put_right(
    table: Build, document: Make, row: int, col: int, text: str, truth: str
) -> None:
    checked = check_document(read(spoilt(table, document, row, col, text), {(row, col): doubt}))
    cell = checked.tables[0].rows[row][col]
    assert cell.text == truth
    if text != truth:
        assert cell.status == "repaired"
        assert cell.repairs[-1].old == text
        assert cell.proofs == 0  # a relation that a repair has closed confirms nothing
        assert [(f.kind, f.severity) for f in checked.flags] == [("reading", "info")]


def test_a_sure_figure_is_the_documents_own_fault(table: Build, document: Make) -> None:
    checked = check_document(spoilt(table, document, 1, 2, "1.170"))
    assert checked.tables[0].rows[1][2].text == "1.170"
    assert [(f.kind, f.row, f.col, f.expected) for f in checked.flags] == [("row_sum", 1, 2, "1.120")]


def test_a_confident_reading_is_never_changed(table: Build, document: Make) -> None:
    checked = check_document(read(spoilt(table, document, 1, 2, "1.170"), {}))
    assert checked.tables[0].rows[1][2].text == "1.170"
    assert [(f.row, f.col) for f in checked.flags] == [(1, 2)]


def test_no_repair_names_the_fault_only(table: Build, document: Make) -> None:
    checked = check_document(read(spoilt(table, document, 1, 2, "1.170"), {(1, 2): doubt}), repair=False)
    assert checked.tables[0].rows[1][2].text == "1.170"
    assert checked.tables[0].rows[1][2].status == "doubtful"
    assert [(f.row, f.col) for f in checked.flags] == [(1, 2)]


def test_a_doubted_range_is_told(table: Build, document: Make) -> None:
    """A rule beside 34.180 was read as `3-`: a range, doubted, and nobody was told."""
    made = spoilt(table, document, 3, 4, "3 - 34.180")
    assert made.tables[0].rows[3][4].interval is not None
    checked = check_document(read(made, {(3, 4): doubt}), repair=False)
    assert [(f.kind, f.severity) for f in checked.flags if (f.row, f.col) == (3, 4)] == [
        ("reading", "warning")
    ]


def test_a_number_that_was_not_seen_is_filled_in(table: Build, document: Make) -> None:
    checked = check_document(read(spoilt(table, document, 3, 4, "z7?"), {}))
    cell = checked.tables[0].rows[3][4]
    assert (cell.text, cell.status) == ("277", "repaired")


@pytest.mark.parametrize("ink", ["g11", "2", "2 77", "", "2z77"])
def test_a_fill_that_does_not_fit_its_ink_is_left_open(table: Build, document: Make, ink: str) -> None:
    checked = check_document(read(spoilt(table, document, 3, 4, ink), {(3, 4): doubt}))
    cell = checked.tables[0].rows[3][4]
    assert (cell.text, cell.status == "repaired") == (ink, False)
    assert any(f.row == 3 and f.severity in ("warning", "error") for f in checked.flags)


def test_a_fill_proves_none_of_the_figures_it_was_taken_from(table: Build, document: Make) -> None:
    """Fills once closed totals of misread figures, which were called proved."""
    checked = check_document(read(spoilt(table, document, 3, 4, "z7?"), {}))
    column = [checked.tables[0].rows[r][4].status for r in (1, 2, 4, 5)]
    row = [checked.tables[0].rows[3][c].status for c in (2, 3)]
    assert checked.tables[0].rows[3][4].status == "repaired"
    others = [checked.tables[0].rows[r][4].proofs for r in (1, 2, 4, 5)]
    assert others == [1, 1, 1, 1]  # each by its own row or by the sum of sums, none by this column
    assert "repaired" not in column + row


def test_a_reading_that_nobody_doubted_is_not_bent_to_fit(table: Build, document: Make) -> None:
    """3.360,9 was made 3.410,9, since a wrong change asked for it."""
    undoubted = replace(read(spoilt(table, document, 5, 4, "1.405"), {}))
    assert all(c.status != "repaired" for c in check_document(undoubted).tables[0].cells())


def test_another_reading_that_holds_too_takes_the_proof_away(table: Build, document: Make) -> None:
    grid = [["TT", "Nội dung", "Số liệu", "Tỷ lệ (%)"], ["1", "Một phần", "2.713", "9,57%"]]
    grid += [["2", "Toàn trình", "7.138", "25,18%"], ["3", "Còn lại", "18.497", "65,25%"]]

    def rival(cell: Cell) -> Cell:
        return replace(doubt(cell), alternatives=(Reading("2.714", 0.8),))

    checked = check_document(read(document([table("t01", grid, 1)]), {(1, 2): rival}))
    assert checked.tables[0].rows[1][2].status == "doubtful"


def test_two_cells_exchanged_are_put_back(table: Build, document: Make) -> None:
    grid = [list(row) for row in GRID]
    grid[3][2], grid[3][3] = grid[3][3], grid[3][2]
    checked = check_document(read(document([table("t01", grid, 1)]), {(3, 2): doubt, (3, 3): doubt}))
    assert [c.text for c in checked.tables[0].rows[3][2:4]] == ["310", "33"]


def test_cells_are_not_exchanged_beside_a_hole(table: Build, document: Make) -> None:
    """A row that slipped by a column had two of its doubted figures put in each other's places."""
    grid = [[*row, str(3 * n)] for n, row in enumerate(GRID)]
    grid[0][5] = "Số lượt"
    grid[3][2], grid[3][3], grid[3][5] = grid[3][3], grid[3][2], ""
    checked = check_document(read(document([table("t01", grid, 1)]), {(3, 2): doubt, (3, 3): doubt}))
    row = checked.tables[0].rows[3]
    assert [c.text for c in row[2:4]] == ["33", "310"]
    assert all(c.status == "doubtful" for c in row[2:4])
    assert {(f.row, f.col) for f in checked.flags} & {(3, 2), (3, 3)}


def test_doubt_is_lifted_by_a_proof(table: Build, document: Make) -> None:
    checked = check_document(read(document([table("t01", GRID, 1)]), {(3, 4): doubt}))
    assert checked.tables[0].rows[3][4].status == "proved"
    assert checked.flags == ()


def test_doubt_that_nothing_lifts_is_flagged(table: Build, document: Make) -> None:
    grid = [["TT", "Đơn vị", "Số hồ sơ"], ["1", "Xã An Mẫu", "17"], ["2", "Xã Bình Mẫu", "45"]]

    def weak(cell: Cell) -> Cell:
        return replace(doubt(cell), alternatives=(Reading("11", 0.8),))

    checked = check_document(read(document([table("t01", grid, 1)]), {(1, 2): weak}))
    (flag,) = checked.flags
    assert (flag.kind, flag.row, flag.col, flag.expected) == ("reading", 1, 2, "")
    assert "có thể là 11;" in flag.message


def test_flags_of_readers_are_kept(table: Build, document: Make) -> None:
    first = check_document(spoilt(table, document, 1, 2, "1.170"))
    again = check_document(replace(spoilt(table, document, 5, 4, "1.405"), flags=first.flags))
    assert set(first.flags) <= set(again.flags)


@pytest.mark.parametrize(
    ("old", "new", "cost"),
    [("92", "92", 0.0), ("38", "88", 1.0), ("12", "21", 3.0), ("5.166", "5166", 0.0), ("123", "987", WILD)],
)
def test_slip_costs(old: str, new: str, cost: float) -> None:
    digits = "".join(ch for ch in old if ch.isdigit())
    assert slip_cost(digits, new) == cost


def test_a_print_that_shows_its_decimals_lost_no_mark() -> None:
    """40,1 was once repaired to 401,0: the same digits, as if a mark had been put where none was."""
    assert change_cost("40,1", Decimal("40.1"), Decimal(401), Decimal("0.1")) > change_cost(
        "401", Decimal(401), Decimal("40.1"), Decimal("0.1")
    )


def test_a_lost_mark_is_the_cheapest_slip() -> None:
    lost = change_cost("9231", Decimal(9231), Decimal("92.31"), Decimal(1))
    other = change_cost("9231", Decimal(9231), Decimal(9281), Decimal(1))
    assert lost < other < WILD


@given(st.integers(1, 99999))
def test_every_slip_is_another_amount_and_comes_back(amount: int) -> None:
    value = Decimal(amount)
    found = list(slips(str(amount), value, Decimal(1)))
    assert value not in found
    assert len(found) == len(set(found))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_slip_cost_is_zero_only_for_equal_digits(a: int, b: int) -> None:
    assert (slip_cost(str(a), str(b)) == 0.0) == (a == b)


def test_a_mark_that_only_its_column_put_back_goes_again_where_the_row_slipped(
    table: Build, document: Make
) -> None:
    """`295` dossiers stood among percentages, and became 2,95; with the row whole it may be 29,5."""
    head = ["TT", "Đơn vị", "Tỷ lệ số hóa (%)", "Số hồ sơ", "Tỷ lệ đúng hạn (%)"]
    rows = [["1", "Xã An Mẫu", "73,99", "295", "94,25"], ["2", "Xã Bình Mẫu", "81,20", "310", "97,10"],
            ["3", "Xã Chi Mẫu", "70,15", "288", "95,14"], ["4", "Xã Dung Mẫu", "68,02", "301", "92,69"],
            ["5", "Xã Em Mẫu", "77,31", "264", "96,97"]]  # fmt: skip

    def last(row: list[str]) -> Cell:
        page = table("t01", [head, *rows[:2], row, *rows[3:]], 1, sure=False)
        return check_document(document([page])).tables[0].rows[3][4]

    slipped = last(["3", "Xã Chi Mẫu", "", "70,15", "288"])
    assert (slipped.text, slipped.status, slipped.repairs) == ("288", "doubtful", ())
    assert [reading.text for reading in slipped.alternatives] == ["2,88"]
    lost = last(["3", "Xã Chi Mẫu", "70,15", "288", "9514"])
    assert (lost.text, lost.status) == ("95,14", "doubtful")


def test_a_repair_is_told_in_words_of_the_language():
    said = mended("Gạo tẻ", "Giá kỳ này", "457,500", "157,500", "2 quan hệ (row_sum, delta)")
    assert said.endswith("vì khớp với 2 quan hệ (cộng hàng, tăng/giảm).")
    assert "_" not in said


def test_a_figure_is_not_bent_to_one_that_was_read_worse() -> None:
    """11,848 was cut to 11,8, in silence, to go with 14,530 read as 14,50."""

    def of_ink(amount: str, half: str, step: str, printed: str, confidence: float, **more: object) -> Figure:
        figure = Figure(Decimal(amount), Decimal(half), Decimal(step), printed, sure=False)
        return replace(figure, confidence=confidence, **more)  # type: ignore[arg-type]

    part = of_ink("11848", "0", "1", "11,848", 0.999, weak=True, rivals=((Decimal("11.8"), 9.4),))
    share = of_ink("81.5", "0.05", "0.1", "81.5", 0.999, percent=True)
    relation = Relation("percent", "discovered", 2, (Term(0),), (Term(1),), HUNDRED)
    for confidence, bent in ((0.294, False), (1.0, True)):
        whole = of_ink("14.50", "0.005", "0.01", "14,50", confidence, weak=confidence < 1)
        (fault,) = Solver([part, whole, share], [relation]).solve()
        assert fault.repaired is bent


@pytest.mark.parametrize(("rival", "bent"), [("0", False), ("80", True)])
def test_a_count_is_not_bent_to_nothing_so_that_its_mean_says_nothing(rival: str, bent: bool) -> None:
    """80 households read as 30 became none, in silence: 238 people in none are no mean that could be off."""

    def of_ink(amount: str, **more: object) -> Figure:
        decimals = len(amount.partition(".")[2])
        half = Decimal(5).scaleb(-decimals - 1) if decimals else Decimal(0)
        step = Decimal(1).scaleb(-decimals)
        return replace(Figure(Decimal(amount), half, step, amount, sure=False, confidence=0.999), **more)  # type: ignore[arg-type]

    homes = of_ink("30", weak=True, confidence=0.5, rivals=((Decimal(rival), 2.676),))
    relation = Relation("formula", "header", 2, (Term(1),), (Term(0),), rounds=True)
    (fault,) = Solver([homes, of_ink("238"), of_ink("3.0")], [relation]).solve()
    assert fault.repaired is bent
