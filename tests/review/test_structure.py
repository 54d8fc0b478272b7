from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.flag import Flag
from pipeline.run.checked_anew import recheck_document
from review.corrected import corrected
from review.decisions import Decision, Subject
from review.structure.draft import Draft
from review.structure.frame import Frame
from review.structure.operations import Operation, UnfitError, operation_of
from review.structure.reshape import reshaped
from tests.review.grids import document, table, texts

HEAD = ["TT", "Đơn vị", "Tiếp nhận", "Giải quyết"]
GRID = [HEAD, ["1", "Xã A", "12", "10"], ["2", "Xã B", "30", "25"], ["", "Tổng cộng", "42", "35"]]


def after(rows, *operations, header_rows=1):
    frame = Frame.of(table(rows, header_rows))
    for operation in operations:
        frame = reshaped(frame, operation)
    return texts(frame.finished())


CASES = [
    ("a row goes", Operation("delete_rows", rows=("2",)), [GRID[0], GRID[1], GRID[3]]),
    ("two rows go", Operation("delete_rows", rows=("1", "2")), [GRID[0], GRID[3]]),
    ("a column goes", Operation("delete_cols", cols=("0",)), [line[1:] for line in GRID]),
    ("a row comes", Operation("insert_row", rows=("1",), made=("n1",)), [*GRID[:2], [""] * 4, *GRID[2:]]),
    ("a first row comes", Operation("insert_row", made=("n1",)), [[""] * 4, *GRID]),
    (
        "a column comes",
        Operation("insert_col", cols=("1",), made=("n1",)),
        [[*x[:2], "", *x[2:]] for x in GRID],
    ),
]


@pytest.mark.parametrize(("operation", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_rows_and_columns_go_and_come(operation, wanted):
    assert after(GRID, operation) == wanted


def test_two_columns_read_from_one_figure_are_one_again():
    torn = [["TT", "Đơn vị", "Số", ""], ["1", "Xã A", "1.2", "34"], ["2", "Xã B", "5", ""]]
    merged = after(torn, Operation("merge_cols", cols=("2", "3")))
    assert merged == [["TT", "Đơn vị", "Số"], ["1", "Xã A", "1.234"], ["2", "Xã B", "5"]]


def test_a_row_read_as_two_is_one_again():
    torn = [HEAD, ["1", "Xã A", "12", ""], ["", "Bắc", "", "10"], ["2", "Xã B", "3", "2"]]
    merged = after(torn, Operation("merge_rows", rows=("1", "2")))
    assert merged == [HEAD, ["1", "Xã A Bắc", "12", "10"], ["2", "Xã B", "3", "2"]]


@pytest.mark.parametrize(
    ("glued", "left", "right"),
    [
        ("1.585 18", "1.585", "18"),
        ("1.5671.148", "1.567", "1.148"),
        ("1.915224", "1.915", "224"),
        ("1.585", "1.585", ""),
        ("659503", "659503", ""),
        ("", "", ""),
    ],
)
def test_columns_run_together_go_apart_where_the_figures_tell_where(glued, left, right):
    rows = [["TT", "Số"], ["1", glued], ["2", "4 5"]]
    parted = after(rows, Operation("split_col", cols=("1",), text="first", made=("n1",)))
    assert parted == [["TT", "Số", ""], ["1", left, right], ["2", "4", "5"]]


def test_a_row_that_was_two_goes_apart():
    rows = [HEAD, ["1 2", "Xã A Xã B", "12 30", "10 25"]]
    parted = after(rows, Operation("split_row", rows=("1",), made=("n1",)))
    assert parted == [HEAD, ["1", "Xã A Xã B", "12", "10"], ["2", "", "30", "25"]]


SLIPS = [
    (["1", "", "Xã A", "12", "10"], "left", "2", ["1", "Xã A", "12", "10", ""]),
    (["1", "Xã A", "12", "10", ""], "right", "1", ["1", "", "Xã A", "12", "10"]),
    (["1", "Xã A", "", "12", "10"], "left", "3", ["1", "Xã A", "12", "10", ""]),
    (["1", "12", "", "10", "8"], "right", "1", ["1", "", "12", "10", "8"]),
]


@pytest.mark.parametrize(("line", "way", "col", "wanted"), SLIPS)
def test_a_slipped_row_goes_back(line, way, col, wanted):
    rows = [["TT", "Đơn vị", "A", "B", "C"], line]
    assert after(rows, Operation("shift", rows=("1",), cols=(col,), text=way))[1] == wanted


def test_a_heading_over_columns_is_made_and_parted():
    rows = [["TT", "Hồ sơ", "", ""], ["TT", "A", "B", "C"], ["1", "5", "6", "7"]]
    frame = Frame.of(table(rows, 2))
    made = reshaped(frame, Operation("span", rows=("0",), cols=("1", "2", "3"))).finished()
    assert texts(made)[0] == ["TT", "Hồ sơ", "Hồ sơ", "Hồ sơ"]
    assert {c.anchor for c in made.rows[0][1:]} == {(0, 1)}
    again = Frame.of(made)
    parted = reshaped(again, Operation("unspan", rows=("0",), cols=("2",))).finished()
    assert texts(parted) == texts(made)
    assert [c.anchor for c in parted.rows[0]] == [(0, 0), (0, 1), (0, 2), (0, 3)]


def test_nothing_is_shifted_over_what_stands_there():
    with pytest.raises(UnfitError, match="unfit_shift"):
        after(GRID, Operation("shift", rows=("1",), cols=("1",), text="right"))


def test_the_last_row_stays():
    with pytest.raises(UnfitError, match="unfit_empty"):
        after(GRID, Operation("delete_rows", rows=("0", "1", "2", "3")))


def test_only_neighbours_are_merged():
    with pytest.raises(UnfitError, match="unfit_neighbours"):
        after(GRID, Operation("merge_rows", rows=("1", "3")))


@given(st.integers(0, 3), st.integers(0, 3))
def test_what_comes_and_goes_leaves_the_table_as_it_was(row, col):
    come = (
        Operation("insert_row", rows=(str(row),), made=("n1",)),
        Operation("insert_col", cols=(str(col),), made=("n2",)),
    )
    go = (Operation("delete_rows", rows=("n1",)), Operation("delete_cols", cols=("n2",)))
    assert after(GRID, *come, *go) == GRID


@given(st.lists(st.text(alphabet="123", min_size=1, max_size=2), min_size=2, max_size=2))
def test_a_column_parted_and_joined_says_the_same(words):
    rows = [["TT", "Số"], ["1", " ".join(words)]]
    part = Operation("split_col", cols=("1",), text="last", made=("n1",))
    assert after(rows, part, Operation("merge_cols", cols=("1", "n1"), text=" ")) == rows


@pytest.mark.parametrize("operation", [c[1] for c in CASES])
def test_an_operation_outlives_the_ledger(operation):
    assert operation_of(str(operation)) == operation


@pytest.mark.parametrize("text", ["{}", "[]", '{"name": "drop"}', '{"name": "cut", "depth": 3}'])
def test_what_is_no_operation_is_refused(text):
    with pytest.raises(ValueError, match="operation"):
        operation_of(text)


# -- whole documents -------------------------------------------------------------------------------------


def decision(number, action, new, table_id="t01", at="", old="", flag="d#x"):
    row, _, col = at.rpartition(":")
    subject = Subject(
        flag,
        "d",
        "00",
        table_id,
        int(row) if row.isdecimal() else None,
        int(col) if col.isdecimal() else None,
        at,
    )
    return Decision(number, "2026-01-01T00:00:00+00:00", "Lan", subject, action, old, str(new), "")


def decided(base, *decisions):
    return corrected(base, recheck_document(base), decisions)


def test_a_table_cut_by_pages_is_one_again_and_its_total_proves_it():
    upper = table(GRID[:3])
    lower = table([HEAD, ["3", "Xã C", "5", "5"], ["", "Tổng cộng", "47", "40"]], table_id="t02", page=2)
    state = decided(document(upper, lower), decision(1, "structure", Operation("join", text="t02")))
    (joined,) = state.document.tables
    assert texts(joined) == [*GRID[:3], ["3", "Xã C", "5", "5"], ["", "Tổng cộng", "47", "40"]]
    assert (joined.page_first, joined.page_last) == (1, 2)
    assert {c.status for c in joined.rows[4] if c.value} == {"proved"}


def test_two_tables_read_as_one_are_two_again():
    base = document(table([*GRID, ["STT", "Nội dung", "Năm", "Số"], ["1", "Thủ tục", "2024", "7"]]))
    state = decided(
        base,
        decision(1, "structure", Operation("cut", rows=("4",), made=("t02",))),
        decision(2, "structure", Operation("header", rows=("5",)), table_id="t02"),
    )
    first, second = state.document.tables
    assert texts(first) == GRID
    assert (second.table_id, second.header_rows) == ("t02", 1)
    assert [c.name for c in second.columns] == ["STT", "Nội dung", "Năm", "Số"]


def test_what_is_no_table_becomes_lines_and_loses_no_word():
    base = document(
        table([["Nơi nhận:", "CHỦ TỊCH"], ["- Như trên;", "Nguyễn Văn A"]]), table(GRID, table_id="t02")
    )
    state = decided(base, decision(1, "structure", Operation("not_table")))
    assert [t.table_id for t in state.document.tables] == ["t02"]
    assert [line.text for line in state.document.running] == [
        "Nơi nhận: CHỦ TỊCH",
        "- Như trên; Nguyễn Văn A",
    ]


def test_a_new_header_names_the_columns_and_their_values():
    base = document(table(GRID, header_rows=0))
    state = decided(base, decision(1, "structure", Operation("header", rows=("1",))))
    (found,) = state.document.tables
    assert [c.name for c in found.columns] == HEAD
    assert [c.role for c in found.columns][2:] == ["count", "count"]


def test_a_header_typed_renames_the_column():
    base = document(table(GRID))
    operation = Operation("text", rows=("0",), cols=("3",), text="Đã giải quyết")
    (found,) = decided(base, decision(1, "structure", operation)).document.tables
    assert found.columns[3].name == "Đã giải quyết"


def test_a_value_finds_its_cell_after_rows_above_went():
    base = document(table(GRID))
    state = decided(
        base,
        decision(1, "structure", Operation("delete_rows", rows=("1",))),
        decision(2, "value", "31", at="2:2", old="30"),
    )
    (found,) = state.document.tables
    assert found.rows[1][2].text == "31"
    assert not state.unfit


def test_a_change_taken_back_in_the_middle_leaves_the_others():
    base = document(table(GRID))
    first = decision(1, "structure", Operation("delete_rows", rows=("1",)))
    second = decision(2, "structure", Operation("text", rows=("2",), cols=("2",), text="31"), at="2:2")
    with_both, without = decided(base, first, second), decided(base, second)
    assert texts(with_both.document.tables[0])[1][2] == texts(without.document.tables[0])[2][2] == "31"


def test_a_decision_on_a_row_that_went_is_named():
    base = document(table(GRID))
    state = decided(
        base,
        decision(1, "structure", Operation("delete_rows", rows=("2",))),
        decision(2, "value", "31", at="2:2", old="30"),
    )
    assert state.unfit[2].reason == "unfit_row"


def test_flags_of_readers_follow_their_cells_and_go_with_them():
    doubt = [
        Flag("reading", "warning", f"Ô này chưa rõ ({r}).", "t01", r, 2, found=GRID[r][2], check="table")
        for r in (1, 2)
    ]
    base = replace(document(table(GRID)), flags=tuple(doubt))
    state = decided(base, decision(1, "structure", Operation("delete_rows", rows=("1",))))
    kept = [f for _, f in state.flags if f.check == "table"]
    assert [(f.row, f.found) for f in kept] == [(1, "30")]


def test_a_flag_decided_before_its_cell_moved_stays_decided():
    doubt = Flag("reading", "warning", "Ô này chưa rõ.", "t01", 2, 2, found="30", check="table")
    base = replace(document(table(GRID)), flags=(doubt,))
    key = "d#" + decided(base).flags[0][0]
    state = decided(
        base,
        decision(1, "keep", "", at="2:2", flag=key),
        decision(2, "structure", Operation("delete_rows", rows=("1",))),
    )
    assert doubt.message not in [f.message for f in state.open_flags]


def test_a_draft_without_decisions_is_the_document():
    base = document(table(GRID))
    finished, change = Draft.of(base).finished()
    assert finished == base
    assert not change.cells and not change.reshaped


@pytest.mark.parametrize("text", ["1.170-\n1.180", "Xã  A - B", "a-\nb", " 12"])
def test_what_a_person_wrote_stays_as_written_when_the_table_is_understood_anew(text):
    base = document(table(GRID))
    state = decided(
        base,
        decision(1, "structure", Operation("text", rows=("1",), cols=("1",), text=text), at="1:1"),
        decision(2, "structure", Operation("delete_rows", rows=("2",))),
    )
    assert state.document.tables[0].rows[1][1].text == text
