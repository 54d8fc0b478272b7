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
from model.document import Document
from model.flag import CellRef
from model.page import Reading
from model.table import Table
from normalize.columns import type_columns
from tests.checks.net_tables import HEAD, ROWS, built, changed, places, typed


def test_small_figures_beside_names_number_no_rows() -> None:
    """A table of villages with men and women was doubted whole, for 12, 20, 7 do not count on."""
    head = ["Thôn", "Nam", "Nữ", "Tổng số"]
    rows = [["Thôn Bãi", "12", "15", "27"], ["Thôn Gò", "20", "18", "38"], ["Thôn Lũng", "7", "9", "16"]]
    table = typed(rows, head, sure=True)
    assert GridView(table).ordinals == ()
    assert conservation_flags([table], ()) == []


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


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#REF!", "#NAME?"])
def test_a_formula_without_a_result_leaves_a_figure_to_be_looked_for(text: str) -> None:
    """A workbook's figure was missing without a word."""
    rows = changed(2, c2=text)
    assert [(m.row, m.col) for m in misfits(GridView(typed(rows, sure=True)))] == [(3, 2)]


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


@pytest.mark.parametrize(
    ("second", "flagged"),
    [
        (["I", "Xã An Bình", "1.204", "1.100", "91,4"], True),
        (["", "", "2022", "2023", "2024"], False),
        (["", "", "1", "2", "3"], False),
        (["", "", "Nam", "Nữ", "30a"], False),
        (["", "", "", "", "100"], False),
    ],
)
def test_a_row_of_figures_that_ended_in_the_header_is_flagged(second: list[str], flagged: bool) -> None:
    table = type_columns([built([HEAD, second, *ROWS], 2, sure=False)])[0][0]
    found = [f for f in conservation_flags([table], ()) if "tiêu đề" in f.message]
    assert places(found) == ([(1, None)] if flagged else [])
    assert all(f.kind == "structure" and f.severity == "warning" for f in found)


def test_a_doubted_text_names_the_words_on_which_readers_differ_and_is_quoted_short() -> None:
    """Messages had quoted whole paragraphs, and left it to the reviewer to find the figure."""
    text = (
        "Nộp hồ sơ tại bộ phận một cửa, tổ 12, phường Mẫu, " + "trước ngày làm việc cuối cùng của tháng " * 4
    )
    head, rows = (
        ["Thôn", "Nội dung"],
        [["Thôn Bãi", text], ["Thôn Gò", "như trên"], ["Thôn Lũng", "như trên"]],
    )
    table = typed(rows, head)
    grid = [list(row) for row in table.rows]
    others = (Reading(text.replace("12", "72"), 1.0, "numbers"),)
    grid[1][1] = replace(grid[1][1], status="doubtful", alternatives=others)
    (flag,) = conservation_flags([replace(table, rows=tuple(map(tuple, grid)))], ())
    assert flag.message.endswith("…” có chữ số mà hai lần đọc không giống nhau: “12”.")
    assert len(flag.message) < len(text)
    assert flag.found == text.strip()
