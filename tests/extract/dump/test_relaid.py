"""Dumps whose blanks are counted in letters of the next word: laid out anew where the print stood."""

from __future__ import annotations

from extract.dump.lines import SourceLine, source_lines
from extract.dump.pages import read_text
from extract.dump.relaid.fitted import _parted
from extract.dump.relaid.pages import relaid
from model.page import Grid

# As PyMuPDF's sorted text has a small table: the two lines of a label stand half a line over and under the
# figures beside it, and come out as one line with them, each from the left edge again.
COUNTED = """\
                                     Hồ sơ tiếp nhận                  Hồ sơ giải quyếtSTT         Tên đơn vị    \
                            Tổng số         Trực tuyến     Trực tiếp     Đúng hạn       Quá hạn

      Phòng Tài nguyên và 1                                      12.310               8.200           4.110      \
    12.300             10      Môi trường
 2    Phòng Nội vụ                     415               400            15            410              5
      Phòng Lao động và 3                                       1.020               1.000           20            \
 1.015              5      Thương binh
 4    Công an                          22.517              20.017           2.500          22.500             17
 5    Phòng Tư pháp                     7                 3              4              7               0
      Phòng Văn hóa và 6                                     96                90             6             90     \
          6      Thông tin
        TỔNG CỘNG              36.365              29.710           6.655          36.322             43
"""
FIGURES = [
    ["12.310", "8.200", "4.110", "12.300", "10"],
    ["415", "400", "15", "410", "5"],
    ["1.020", "1.000", "20", "1.015", "5"],
    ["22.517", "20.017", "2.500", "22.500", "17"],
    ["7", "3", "4", "7", "0"],
    ["96", "90", "6", "90", "6"],
    ["36.365", "29.710", "6.655", "36.322", "43"],
]


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _grid(text: str) -> Grid:
    (grid,) = [block for page in read_text(text) for block in page.blocks if isinstance(block, Grid)]
    return grid


def _texts(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def test_lines_run_into_one_are_parted_and_figures_stand_in_their_columns() -> None:
    rows = _texts(_grid(COUNTED))[2:]
    assert [row[2:] for row in rows] == FIGURES
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6", ""]
    assert rows[0][1] == "Phòng Tài nguyên và Môi trường"


def test_groups_of_counted_blanks_stand_over_their_columns() -> None:
    grid = _grid(COUNTED)
    groups = {cell.text: cell.col_span for cell in grid.cells if cell.row == 0}
    assert (groups["Hồ sơ tiếp nhận"], groups["Hồ sơ giải quyết"]) == (3, 2)
    headings = ["Tổng số", "Trực tuyến", "Trực tiếp", "Đúng hạn", "Quá hạn"]
    assert _texts(grid)[1][2:] == headings


def test_a_header_that_pages_repeat_is_laid_out_alike_on_all() -> None:
    head, rest = COUNTED.split("\n", 1)
    row = " 7    Phòng Y tế                       96                 90             6             90              6"
    found = relaid(_lines(f"{head}\n{rest}\f{head}\n\n{row}"))
    assert [line.text for line in found[:2]] == [line.text for line in found if line.page > 1][:2]


def test_a_dump_that_keeps_places_stays_as_it_is() -> None:
    lines = _lines(
        "  STT   Tên đơn vị               Tổng số     Đúng hạn\n"
        "   1    Phòng Nội vụ                 415          410\n"
        "   2    Phòng Tài nguyên          12.310       12.300\n"
        "   3    Công an                   22.517       22.500\n"
        "   4    Phòng Lao động             1.020        1.015\n"
    )
    assert relaid(lines) == lines


def test_a_number_one_blank_before_its_label_is_a_stretch_of_its_own() -> None:
    numbered = COUNTED.replace(" 4    Công an", "10 Công an   ")
    (row,) = [line.text for line in relaid(_lines(numbered)) if "Công an" in line.text]
    assert row.split("  ")[0].strip() == "10"


def test_a_quantity_among_headings_begins_no_line_of_its_own() -> None:
    """`TH 6 tháng` was parted before its figure, and the rest of the headings went into the first row."""
    head = "Chỉ số   ĐVT   KH năm 2019   TH 6 tháng   TH/KH   Đánh giá"
    begun = [offer[-1] for offer, _ in _parted([head])]
    assert begun
    assert not any(rest.startswith(" 6 ") for rest in begun)
    row = "Chợ Mới   12.310   8.200   4.110 7 Thới"
    assert any(offer[-1].startswith(" 7 ") for offer, _ in _parted([row]))
