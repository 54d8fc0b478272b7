"""Columns that are parted in the same way: tables that were mixed on a page are told apart by them."""

from __future__ import annotations

from itertools import pairwise

from extract.dump.pages import read_text
from model.page import Grid

HOURS = ("01 giờ", "05 giờ", "09 giờ", "13 giờ")
STATIONS = ("Cầu Đá", "Bến Gỗ", "Vàm Sông")
MORNING = (
    ("0,12", "0,66", "1,18", "1,21"),
    ("0,31", "0,93", "1,19", "1,07"),
    ("0,57", "1,08", "1,12", "0,73"),
)
EVENING = (
    ("-0,17", "0,87", "1,30", "1,25", "1,02"),
    ("-0,57", "1,12", "1,23", "0,97", "0,52"),
    ("-0,76", "1,16", "1,07", "0,61", "0,10"),
)


def page(*blocks: tuple[str, ...]) -> str:
    return "BÁO CÁO MỰC NƯỚC\n\n" + "\n\n".join("\n".join(block) for block in blocks) + "\n"


def grids(text: str) -> list[Grid]:
    return [grid for page in read_text(text) for grid in page.grids]


def rows(grid: Grid) -> list[tuple[str, ...]]:
    found = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        found[cell.row][cell.col] = cell.text
    return [tuple(row) for row in found]


def headed(columns: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    return [(name, *column) for name, column in zip(STATIONS, columns, strict=True)]


ONE, OTHER = headed(MORNING), headed(EVENING)
MIXED = page(
    ("Giờ", *HOURS), ("Giờ", *HOURS, "17 giờ"), ONE[0], OTHER[0], ("Ngày 23/02",), ONE[1], ONE[2],
    ("Ngày 24/02",), OTHER[1], OTHER[2], ("Ghi chú: cao độ quốc gia.",),
)  # fmt: skip


def test_two_tables_whose_columns_were_mixed_are_two() -> None:
    """Their columns are as high as each other's; each has its heading in its block, the labels have theirs."""
    found = sorted(grids(MIXED), key=lambda grid: grid.n_rows)
    assert [rows(grid)[1:] for grid in found] == [
        [("", hour, *figures) for hour, *figures in zip(HOURS, *MORNING, strict=True)],
        [("", hour, *figures) for hour, *figures in zip((*HOURS, "17 giờ"), *EVENING, strict=True)],
    ]
    assert all(rows(grid)[0][2:] == STATIONS for grid in found)


def test_even_columns_are_told_and_what_stands_between_them_stays() -> None:
    """Nothing holds them but their blocks: the tables say so; captions among them are no lines of theirs."""
    (found,) = read_text(MIXED)
    assert all("ghi bảng theo từng cột" in grid.doubts[0] for grid in found.grids)
    assert {"Ngày 23/02", "Ngày 24/02"} <= {line.text for line in found.lines}


def test_columns_are_told_by_the_blocks_that_high_rows_part_them_into() -> None:
    """A name on two lines parts each column of its table; another table's columns part elsewhere."""
    pupils = ("109", "73", "134", "110", "60", "87")
    shares = ("2,8", "2,7", "3,7", "2,7", "6,7", "5,7")
    marks = ("6,99", "6,92", "7,12", "6,83", "6,66", "6,64")
    names = tuple(f"Trường số {n}" for n in ("một", "hai", "ba", "bốn", "năm", "sáu"))

    def parted(column: tuple[str, ...], *cuts: int) -> list[tuple[str, ...]]:
        ends = (0, *cuts, len(column))
        return [column[a:b] for a, b in pairwise(ends)]

    first = [
        block for column in (pupils, shares, marks, pupils) for block in (("SL",), *parted(column, 3, 4))
    ]
    second = [
        block for column in (marks, pupils, shares, marks) for block in (("SL",), *parted(column, 1, 2))
    ]
    text = page(names, names, *first[:12], *second, *first[12:])
    found = [[row[-4:] for row in rows(grid)] for grid in grids(text)]
    assert list(zip(pupils, shares, marks, pupils, strict=True)) in found
    assert list(zip(marks, pupils, shares, marks, strict=True)) in found


def test_columns_whose_headings_are_numbered_stand_in_their_order() -> None:
    """A reader wrote the column that stands furthest from the labels before the others."""
    names = ("Xã An", "Xã Bình", "Xã Cao", "Xã Dũng")
    far = (
        ("VT 3", "90", "40", "30", "60"),
        ("VT 1", "180", "80", "60", "120"),
        ("VT 2", "126", "56", "42", "84"),
    )
    (found,) = grids(page(("Xã", *names), *far))
    assert rows(found)[0][2:] == ("VT 1", "VT 2", "VT 3")
    assert rows(found)[1:] == [
        ("", name, *figures) for name, *figures in zip(names, far[1][1:], far[2][1:], far[0][1:], strict=True)
    ]


def test_signs_of_a_heading_are_no_figures_and_those_left_over_are_told() -> None:
    """`Tăng (+), giảm (-)` stands over the figures of its block; a short table beside them is kept and flagged."""
    one = headed(MORNING)
    change = ("Tăng", "(+),", "giảm", "(-)", "+0,10", "-0,12", "+0,08", "-0,03")
    left = ("Chỉ số A",), ("1,620",), ("0,873",), ("Chỉ số B",), ("486,500",), ("231,884",)
    found = grids(page(("Giờ", *HOURS), *one, change, *left))
    assert [row[-1] for row in rows(found[0])] == ["Tăng (+), giảm (-)", *change[4:]]
    kept = {word for grid in found[1:] for row in rows(grid) for word in row}
    assert {"1,620", "0,873", "486,500", "231,884"} <= kept
    assert all(grid.doubts for grid in found)


def test_a_few_figures_beside_a_page_of_values_are_kept_and_told() -> None:
    """Seven lines of figures and words among a page of single values stood in no table and under no flag."""
    names = tuple(f"Xã {name}" for name in ("An", "Bình", "Cao", "Dũng", "Én"))
    columns = tuple(tuple(str(100 * k + 7 * n + 13) for n in range(5)) for k in range(1, 6))
    few = ("Vụ Đông",), ("25.000,5",), ("12.417,5",), ("Vụ Xuân",), ("30.000,5",), ("17.311,5",)
    text = page(("STT",), tuple("12345"), names, *columns) + "\n\n"
    text += "\n\n".join(
        [*(f"Căn cứ kế hoạch số {n}, các xã báo cáo." for n in "abcdefghijklmn"), *(f[0] for f in few)]
    )
    kept = {word for grid in grids(text) for row in rows(grid) for cell in row for word in cell.split()}
    assert {"25.000,5", "12.417,5", "30.000,5", "17.311,5"} <= kept


def test_a_column_as_high_as_a_high_table_is_its_though_nothing_heads_it() -> None:
    """The headings of the last columns stood together before them: these were a table of their own."""
    names = tuple(f"Xã {name}" for name in ("An", "Bình", "Cao", "Dũng", "Én", "Gia", "Hòa", "Kim"))
    headed_columns = [
        (f"Chỉ tiêu {word}", *(f"{10 + 3 * k + n},{n}" for n in range(8))) for k, word in enumerate("abc")
    ]
    bare = [tuple(f"{70 + 2 * n},{k}5" for n in range(8)) for k in range(2)]
    few = ("Khoảng",), ("12", "9", "3", "1"), ("Tổng điểm",)
    text = page(("Xã", *names), *headed_columns, *few, *bare)
    found = grids(text)[0]
    columns = [column[found.header_rows or 0 :] for column in zip(*rows(found), strict=True)]
    assert columns[-5:] == [*(own[1:] for own in headed_columns), *bare]


def test_crosses_are_no_figures_that_even_columns_explain() -> None:
    """Three columns of crosses seemed to hold the page's figures, so that its table was taken apart for them."""
    ticked = [(f"Tiêu chí {k}", "x", "x", "x") for k in (1, 2, 3)]
    found = grids(page(*ticked, ("12", "7", "9", "15"), ("Tăng",), ("14", "3", "8", "11")))
    assert not any("ghi bảng theo từng cột" in doubt for grid in found for doubt in grid.doubts)
