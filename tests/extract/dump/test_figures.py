"""Figures of a dump's lines: each in a cell, or named with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.figures import (
    figures_together,
    tally,
    with_lost_figures,
    with_run_together,
    with_stuck_figures,
    with_torn_figures,
)
from extract.dump.lines import SourceLine, source_lines
from extract.dump.pages import read_text
from extract.dump.swallowed import with_labels_together
from normalize.unicode import fold


def lines(text: str) -> list[SourceLine]:
    return [SourceLine(n, 1, line, fold(line)) for n, line in enumerate(text.split("\n"), start=1)]


def draft(rows: list[list[str]], last: int, head: int = 1) -> Draft:
    return Draft(tuple(map(tuple, rows)), 1, last, (1,) * len(rows), head)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("258,3 71,1", 2),
        ("1.577 6.691 3.324", 3),
        ("Thôn Bản Sửu 159 633", 2),
        ("81,38% 93,31% +0,1193", 3),
        ("15.000 - 16.000", 0),
        ("431 204", 2),
        ("1784/1784", 0),
        ("12 hồ sơ, 5 ngày", 0),
        ("Quý 3 năm 2024", 0),
        ("3,5", 0),
        ("", 0),
    ],
)
def test_figures_side_by_side(text: str, count: int) -> None:
    assert figures_together(text) == count


def test_numbers_grouped_by_blanks_are_one_where_the_dump_writes_them_so() -> None:
    assert figures_together("431 204", by_blanks=True) == 0
    poor = draft([["Xã", "Tiền"], *([n, "431 204"] for n in "ABC")], 4)
    sound = draft([["Xã", "Tiền"], *([n, "431 204"] for n in "ABC"), ["D", "12 045"]], 5)
    assert tally([poor]).is_poor
    assert not tally([sound]).is_poor


SOURCE = "Xã\tSố\tTỷ lệ\nAn\t12\t40,5\nBa\t18\t59,5\nXã\tSố\tTỷ lệ\nCộng\t30\t100"
ROWS = [["Xã", "Số", "Tỷ lệ"], ["An", "12", "40,5"], ["Ba", "18", "59,5"], ["Cộng", "30", "100"]]


def test_a_table_that_keeps_all_is_not_doubted() -> None:
    assert with_lost_figures(draft(ROWS, 5), lines(SOURCE)).doubts == ()


@pytest.mark.parametrize(
    ("row", "col", "text", "said"),
    [
        (1, 1, "", "12 (dòng 2)"),
        (2, 2, "59", "5 (dòng 3)"),
        (3, 2, "", "100 (dòng 5)"),
        (2, 1, "13", "18 (dòng 3)"),
    ],
)
def test_a_figure_in_no_cell_is_named_with_its_line(row: int, col: int, text: str, said: str) -> None:
    rows = [list(r) for r in ROWS]
    rows[row][col] = text
    (doubt,) = with_lost_figures(draft(rows, 5), lines(SOURCE)).doubts
    assert said in doubt


def test_a_header_printed_again_loses_nothing() -> None:
    source = "Năm 2023\tNăm 2024\n1\t2\nNăm 2023 Năm\t2024\n3\t4"
    rows = [["Năm 2023", "Năm 2024"], ["1", "2"], ["3", "4"]]
    assert with_lost_figures(draft(rows, 4), lines(source)).doubts == ()


def test_one_odd_cell_is_doubted_and_many_doubt_the_table() -> None:
    rows = [["Xã", "Số"], ["An", "12 13"], *([n, "5"] for n in "BCDEG")]
    one = with_run_together(draft(rows, 7))
    assert one.doubtful == {(1, 1)}
    assert one.doubts == ()
    many = with_run_together(draft([["Xã", "Số"], *([n, "5 6"] for n in "ABC")], 4))
    assert many.doubtful == {(1, 1), (2, 1), (3, 1)}
    assert "2, 3, 4" in many.doubts[0]


@given(st.lists(st.lists(st.integers(0, 9999).map(str), min_size=3, max_size=3), min_size=2, max_size=8))
def test_the_figures_of_a_tab_dump_are_all_kept_or_named(rows: list[list[str]]) -> None:
    text = "Xã\tMột\tHai\tBa\n" + "\n".join(
        "\t".join([f"Xã {chr(65 + i)}", *row]) for i, row in enumerate(rows)
    )
    grids = [grid for page in read_text(text) for grid in page.grids]
    kept = " ".join(cell.text for grid in grids for cell in grid.cells).split()
    assert all(cell in kept for row in rows for cell in row) or any(grid.doubts for grid in grids)


def sorted_dump(rows: list[tuple[str, ...]]) -> str:
    """As a PDF reader that sorts words by place prints a table: columns now one, now three blanks apart."""
    made = ["  TT   Xã, thôn      Số hộ   Nhân khẩu  Nam   Nữ"]
    for i, row in enumerate(rows):
        made.append(
            f" {row[0]}  {row[1]:14}{row[2]}"
            + "".join((" " if (i + k) % 3 else "    ") + x for k, x in enumerate(row[3:]))
        )
    return "\n".join(made) + "\n"


def test_columns_one_blank_apart_are_told_by_the_order_of_the_words() -> None:
    rows = [
        (str(n), f"Thôn {name}", f"{100 + 7 * n}", f"{400 + 31 * n}", f"{190 + 14 * n}", f"{210 + 17 * n}")
        for n, name in enumerate(("An", "Bình", "Cao", "Dũng", "Én", "Giang", "Hà", "Kim"), start=1)
    ]
    (grid,) = read_text(sorted_dump(rows))[0].grids
    found = [[c.text for c in grid.cells if c.row == r] for r in range(grid.n_rows)]
    assert [tuple(row) for row in found[-8:]] == rows
    assert not grid.doubts


def test_a_tally_knows_a_poor_reading() -> None:
    good = draft([["Xã", "Số"], ["An", "5"], ["Ba", "6"]], 3)
    poor = draft([["Xã", "Số"], *([f"Xã {n} 1 2", "3"] for n in "ABC")], 4)
    assert not tally([good]).is_poor
    assert tally([poor]).is_poor


def test_numbers_of_lines_run_through_the_file() -> None:
    made = source_lines([["a", "b"], ["c"]], [["a", "b"], ["c"]])
    assert [line.number for line in made] == [1, 2, 3]


def test_a_cell_dropped_with_a_note_is_not_lost() -> None:
    rows = [list(r) for r in ROWS]
    rows[2][1] = ""
    assert with_lost_figures(replace(draft(rows, 5), dropped=("18",)), lines(SOURCE)).doubts == ()


def test_figures_stuck_to_words_doubt_the_table_and_names_with_figures_do_not() -> None:
    """A column cut in the wrong place ran units and prices together, and nothing said so."""
    rows = tuple((str(n), f"Hàng {n}", f"đồng/lít {n}1,500", f"{n}2,000") for n in range(1, 6))
    stuck = with_stuck_figures(Draft(rows=rows, first_line=1, last_line=5, pages=(1,) * 5))
    assert "hàng 1, 2, 3, 4, 5" in stuck.doubts[0]
    assert {(r, 2) for r in range(5)} <= stuck.doubtful
    names = tuple((str(n), f"Đường tỉnh 29{n}", "Loại 2", f"{n}2,000") for n in range(1, 6))
    assert not with_stuck_figures(Draft(rows=names, first_line=1, last_line=5, pages=(1,) * 5)).doubts


def test_noughts_alone_are_ends_of_torn_figures() -> None:
    rows = (("1", "Cam", "162.5", "163.0"), ("", "sành", "00", "00"), ("2", "Bưởi", "175.0", "177.5"))
    torn = Draft(rows=(*rows, ("", "da xanh", "00", "00")), first_line=1, last_line=4, pages=(1,) * 4)
    assert "hàng 2, 4" in with_torn_figures(torn).doubts[0]
    assert not with_torn_figures(Draft(rows=rows, first_line=1, last_line=3, pages=(1,) * 3)).doubts


def test_figures_of_thousands_among_the_words_of_labels_doubt_the_table() -> None:
    """The first column of figures stood in the labels, and nothing said so."""
    rows = tuple((str(n), f"UBND thị trấn 1.{n}13 Bình", "9", "42") for n in range(1, 5))
    assert with_stuck_figures(Draft(rows, 1, 4, (1,) * 4)).doubts
    plain = tuple((str(n), "Vải khổ 1,2 m loại 1", "9", "42") for n in range(1, 5))
    assert not with_stuck_figures(Draft(plain, 1, 4, (1,) * 4)).doubts


def test_groups_excuse_no_digits_that_stand_apart() -> None:
    """A group of three that no line prints excused any two runs of digits that make it."""
    page = "STT Hàng Giá\n1 Cam 143.500\n2 Quýt 5\n3 Mận\n4 Đào\n5 Lê\n6 Mơ\n7 Mít 00\n8 Ổi"
    rows = [["1", "Cam", "143.500"], ["2", "Quýt", "143.500"], *([str(n), "Quả", ""] for n in range(3, 9))]
    (doubt,) = with_lost_figures(draft(rows, 9, 0), lines(page)).doubts
    assert "5 (dòng" in doubt
    assert "00 (dòng 8)" in doubt


def test_the_ends_of_a_torn_figure_are_not_lost() -> None:
    page = "STT Hàng Giá\n1 Cam 143,5\n00\n2 Quýt 12,75\n0"
    rows = [["1", "Cam", "143,500"], ["2", "Quýt", "12,750"]]
    assert not with_lost_figures(draft(rows, 5, 0), lines(page)).doubts


def test_names_of_several_rows_in_one_cell_are_told() -> None:
    """A table written column by column stood with its rows as columns, under no flag."""
    rows = (("Giờ 07 giờ 10 giờ 13 giờ 16 giờ Cao nhất", "1,18", "1,20"), ("Bình Đại", "1,19", "1,07"))
    assert "hàng 1" in with_labels_together(Draft(rows, 1, 2, (1, 1))).doubts[0]
    listed = (("Các thôn Phú 1, 2, 3, 4, 5 xã Tân Lập", "1,18", "1,20"), *rows[1:])
    assert not with_labels_together(Draft(listed, 1, 2, (1, 1))).doubts
