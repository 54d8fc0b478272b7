"""Text dumps of every kind to grids, on made-up reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.delimited import delimited_drafts
from extract.dump.lines import source_lines
from extract.dump.pages import read_text, read_text_file
from model.errors import DamagedFileError, EmptyFileError
from model.page import Grid


def matrix(grid: Grid) -> list[list[str]]:
    """The grid's texts, a spanning cell repeated in every position it covers."""
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.col, cell.col + cell.col_span):
                rows[r][c] = cell.text
    return rows


def grids(text: str) -> list[Grid]:
    return [grid for page in read_text(text) for grid in page.grids]


def the_grid(text: str) -> list[list[str]]:
    found = grids(text)
    assert len(found) == 1, [matrix(g) for g in found]
    return matrix(found[0])


TAB = """PHỤ LỤC I. KẾT QUẢ THÁNG 5
STT\tĐơn vị\tTiếp nhận\t\tGhi chú
\t\tSố lượng\tTỷ lệ (%)\t
1\tXã An Thử\t<u>12</u>\t<i>40,0%</i>\t
2\tXã Bình Thử\t18\t60,0%\tđã kiểm tra

\tTỔNG SỐ\t30\t100%\t
"""


def test_tab_table_keeps_spans_and_loses_marks() -> None:
    rows = the_grid(TAB)
    assert rows[0] == ["STT", "Đơn vị", "Tiếp nhận", "Tiếp nhận", "Ghi chú"]
    assert rows[1] == ["STT", "Đơn vị", "Số lượng", "Tỷ lệ (%)", "Ghi chú"]
    assert rows[2] == ["1", "Xã An Thử", "12", "40,0%", ""]
    assert rows[-1] == ["", "TỔNG SỐ", "30", "100%", ""]


def test_caption_stays_a_line() -> None:
    page = read_text(TAB)[0]
    assert [line.text for line in page.lines] == ["PHỤ LỤC I. KẾT QUẢ THÁNG 5"]
    assert page.grids[0].header_rows == 2


def test_pipe_table_with_its_rule() -> None:
    text = "| STT | Đơn vị | Số |\n|---|:---:|---:|\n| 1 | **Xã An** | 5 |\n| 2 | Xã \\| Bình | 7 |\n"
    assert the_grid(text) == [
        ["STT", "Đơn vị", "Số"],
        ["1", "Xã An", "5"],
        ["2", "Xã | Bình", "7"],
    ]


def test_stacked_pairs_become_one_row() -> None:
    body = "".join(
        f"{n}\tXã {x}\t{80 + n},5\t\n\t\t{n},25\tTăng {n},25 điểm\n" for n, x in enumerate("ABC", 1)
    )
    rows = the_grid("HẠNG\tĐƠN VỊ\tTĂNG, GIẢM\tGHI CHÚ\n" + body)
    assert rows[0] == ["HẠNG", "ĐƠN VỊ", "ĐIỂM", "TĂNG, GIẢM", "GHI CHÚ"]
    assert rows[1] == ["1", "Xã A", "81,5", "1,25", "Tăng 1,25 điểm"]
    assert len(rows) == 4


def test_cell_too_many_is_dropped_where_the_sum_closes_again() -> None:
    head = "STT\tĐơn vị\tTC1\tTC2\tTC3\tTC4\tTổng\n"
    sound = "1\tA\t1,5\t2\t3\t0\t6,5\n2\tB\t2\t2\t1\t1\t6\n3\tC\t1\t3\t3\t2\t9\n4\tD\t3\t1\t2\t2\t8\n"
    grid = grids(head + sound + "5\tE\t1,2\t2\t2\t2\t0\t5,2\n")[0]
    assert matrix(grid)[-1] == ["5", "E", "1,2", "2", "2", "0", "5,2"]
    assert "thừa 1 ô" in grid.notes[0]
    assert any(cell.doubtful for cell in grid.cells if cell.row == 5)


ONE_BLANK = """Phụ lục 2
STT Đơn vị Kết quả xử lý
hồ sơ (%)
Tỷ lệ hài
lòng (%)
1 Thị trấn Thử 99.5 100
2 An Mẫu 98 97.25
3 Bình Mẫu  91.5 88
"""


def test_one_blank_between_cells() -> None:
    assert the_grid(ONE_BLANK) == [
        ["STT", "Đơn vị", "Kết quả xử lý hồ sơ (%)", "Tỷ lệ hài lòng (%)"],
        ["1", "Thị trấn Thử", "99.5", "100"],
        ["2", "An Mẫu", "98", "97.25"],
        ["3", "Bình Mẫu", "91.5", "88"],
    ]


CELLS_ON_LINES = """PHỤ LỤC I

Số

TT
Nội dung

Thống kê trên Cổng

ngày 31/3/2021

Thống kê trên Cổng

ngày 30/4/2021

Tăng giảm

so với ngày

31/3/2021

Số liệu Tỷ lệ (%) Số liệu  Tỷ lệ (%)
 

I Công khai (điểm) 12,5   14,5   + 2,0

1.1 Hồ sơ đã đồng bộ 200 80,00% 270 90,00%
0,10

1.2 Hồ sơ chưa đồng bộ 50 20,00% 30 10,00%
-0,10

II Tiến độ giải quyết (điểm) 17,5
 

 
18,0
+ 0,5

2.1 Tỷ lệ giải quyết đúng hạn
 

 
91,38%  93,40%
+0,0202

2.2 Tỷ lệ giải quyết quá hạn
 

 
8,62%  6,60%
-0,0202
"""


def test_cells_on_their_own_lines_find_their_columns() -> None:
    rows = the_grid(CELLS_ON_LINES)
    assert rows[0][:3] == ["Số TT", "Nội dung", "Thống kê trên Cổng ngày 31/3/2021"]
    assert rows[1][2:6] == ["Số liệu", "Tỷ lệ (%)", "Số liệu", "Tỷ lệ (%)"]
    by_label = {row[1]: row[2:] for row in rows[2:]}
    assert by_label["Công khai (điểm)"] == ["12,5", "", "14,5", "", "+ 2,0"]
    assert by_label["Hồ sơ đã đồng bộ"] == ["200", "80,00%", "270", "90,00%", "0,10"]
    assert by_label["Tỷ lệ giải quyết đúng hạn"] == ["", "91,38%", "", "93,40%", "+0,0202"]
    assert by_label["Tiến độ giải quyết (điểm)"] == ["17,5", "", "18,0", "", "+ 0,5"]


NOISY = """Phu luc 01

STT Tên đơn vị Tong so Truc tiep Online Dung han Qua han
1 | Xa An Mau 1.520 | 520 | 1.000 | 15 5
2 | Xa Binh Mau 2.400 | 400| 2.000| 30 | 0
3 | Xa Chi Mau 905 105 | 800 | 22 3
4 | Xa Dong Mau 17 71 | 771 | 1.000 | 40 2
5 | Xa Giang | 640 40 | 600 9 1
6 Xa Hoa 1 0
Mau 777 77 700
7 | Xa Kim 331 31 | 300 4 1
"""


def test_noisy_rows_are_judged_by_their_sums() -> None:
    grid = grids(NOISY)[0]
    by_label = {row[1]: row[2:] for row in matrix(grid)}
    assert by_label["Xa An Mau"] == ["1.520", "520", "1.000", "15", "5"]
    assert by_label["Xa Dong Mau"] == ["17 71", "771", "1.000", "40", "2"]
    assert by_label["Xa Hoa Mau"] == ["777", "77", "700", "1", "0"]


LAYOUT = """          PHỤ LỤC III. BIỂU TỔNG HỢP
                           Thống kê ngày          Thống kê ngày
Số                           31/3/2021              30/4/2021          Tăng (+)/
          Nội dung
TT                                                                     giảm (-)
                         Số liệu     Tỷ lệ      Số liệu     Tỷ lệ

      Hồ sơ nhận qua
1                          1.250      62,5%       1.300     65,0%         50
      mạng
2     Hồ sơ nhận tại quầy   750       37,5%        700      35,0%        -50
      Hồ sơ quá hạn còn
3     phải giải quyết        12                     9                     -3
      trong kỳ
\f                           Thống kê ngày          Thống kê ngày
Số                           31/3/2021              30/4/2021          Tăng (+)/
          Nội dung
TT                                                                     giảm (-)
                         Số liệu     Tỷ lệ      Số liệu     Tỷ lệ
4     Hồ sơ rút              5                      6                      1
5     Hồ sơ trả lại          7                      9                      2
"""


def test_layout_dump_wrapped_labels_and_pages() -> None:
    found = grids(LAYOUT)
    assert len(found) == 1
    rows = matrix(found[0])
    body = rows[found[0].header_rows or 0 :]
    assert [row[0] for row in body] == ["1", "2", "3", "4", "5"]
    assert body[0][1:] == ["Hồ sơ nhận qua mạng", "1.250", "62,5%", "1.300", "65,0%", "50"]
    assert body[2][1:] == ["Hồ sơ quá hạn còn phải giải quyết trong kỳ", "12", "", "9", "", "-3"]
    assert found[0].row_pages[-1] == 2
    assert rows[0][2] == rows[0][3] == "Thống kê ngày 31/3/2021"


def test_prose_is_no_table() -> None:
    text = (
        "1. Trong tháng, xã tiếp nhận 120 hồ sơ, đã giải quyết 118 hồ sơ.\n"
        "2. Đúng hạn 110 hồ sơ, đạt 93,2%; quá hạn 8 hồ sơ.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    )
    assert grids(text) == []


def test_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf \n")
    with pytest.raises(EmptyFileError):
        read_text_file(path)


_CELL = st.text(alphabet="abcdefghêôơ ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(_CELL, st.integers(0, 9999), st.integers(0, 9999)), min_size=2, max_size=12))
def test_tab_rows_come_back_as_written(rows: list[tuple[str, int, int]]) -> None:
    text = "STT\tĐơn vị\tNăm nay\tNăm trước\n"
    text += "".join(f"{i}\t{name}\t{a}\t{b}\n" for i, (name, a, b) in enumerate(rows, 1))
    body = the_grid(text)[1:]
    want = [[str(i), " ".join(name.split()), str(a), str(b)] for i, (name, a, b) in enumerate(rows, 1)]
    assert body == want


@given(st.text(max_size=400))
def test_any_text_is_read_without_loss_of_lines_or_overlap(text: str) -> None:
    for page in read_text(text):
        for grid in page.grids:
            assert sum(c.row_span * c.col_span for c in grid.cells) == grid.n_rows * grid.n_cols


def test_roman_section_numbers_left_of_the_row_numbers_are_kept() -> None:
    text = """STT              Nội dung              Dự toán     Thực hiện
I        Lĩnh vực thử                     1.500        1.200
     1   Chi việc thử một                   900          700
     2   Chi việc thử hai                   600          500
II       Lĩnh vực mẫu                       800          400
     1   Chi việc mẫu một                   800          400
"""
    assert [row[0] for row in the_grid(text)[1:]] == ["I", "1", "2", "II", "1"]


def test_text_as_wide_as_its_column_does_not_swallow_the_next() -> None:
    text = """STT   Tên hàng               Đơn vị      Giá kỳ trước Giá kỳ này
 1    Gạo thử                đồng/kg        1.000        1.100
 2    Muối thử               đồng/kg        2.000        2.100
 3    Dầu ăn thử loại rất dài đồng/lít      3.000        3.100
 4    Đường thử              đồng/kg        4.000        4.100
"""
    rows = the_grid(text)
    assert rows[0] == ["STT", "Tên hàng", "Đơn vị", "Giá kỳ trước", "Giá kỳ này"]
    assert rows[3] == ["3", "Dầu ăn thử loại rất dài", "đồng/lít", "3.000", "3.100"]


def test_months_in_a_heading_are_no_row() -> None:
    text = """                           Tháng     Tháng     Tăng
STT      Chỉ tiêu
                           8/2024    9/2024    (+)
I        Việc thử
     1   Hồ sơ thử          906       3.185    2.279
     2   Hồ sơ mẫu          639       6.001    5.362
"""
    rows = the_grid(text)
    assert rows[0] == ["STT", "Chỉ tiêu", "Tháng 8/2024", "Tháng 9/2024", "Tăng (+)"]
    assert rows[1][:2] == ["I", "Việc thử"]


def test_figures_in_no_cell_are_named_and_rows_out_of_order_doubted() -> None:
    text = """STT Đơn vị Số lượng Kỳ trước
31,5
42,5
53,5
4 Xã An Thử 12 15
5 Xã Bình Thử 18 19
6 Xã Công Thử 20 21
"""
    found = grids(text)
    assert found and any("số thứ tự 4" in note for grid in found for note in grid.notes)
    assert all(c.doubtful for grid in found for c in grid.cells if c.text in ("12", "15", "18", "21"))
    assert any("31,5" in doubt for grid in found for doubt in grid.doubts)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Đạt 88,01%&nbsp;so với kế hoạch", "Đạt 88,01% so với kế hoạch"),
        ("H&#7891; s&#x1A1; &amp; k&yacute;", "Hồ sơ & ký"),
        ("A&B; C &khong; D &#9999999999;", "A&B; C &khong; D &#9999999999;"),
        ("R&D 5 &lt 7", "R&D 5 &lt 7"),
    ],
)
def test_characters_given_by_name(printed: str, read: str) -> None:
    (line,) = read_text(printed)[0].lines
    assert " ".join(line.text.split()) == read


@pytest.mark.parametrize("line", ["a 12,5 " * 150_000, "\t".join(["1"] * 100_000)])
def test_lines_that_no_report_has_are_a_clear_failure(line: str) -> None:
    with pytest.raises(DamagedFileError, match="line 2 has"):
        read_text(f"Báo cáo\n{line}\n")


BARE = """STT | Đơn vị | Tiếp nhận | Đúng hạn
--- | --- | --- | ---
1 | Xã An | 120 | 118
2 | Xã Bình | 85 | 85
"""


def test_pipes_that_do_not_enclose_their_rows_keep_the_header() -> None:
    """Its first line was taken for a label of the first row."""
    (grid,) = grids(BARE)
    assert grid.header_rows == 1
    assert matrix(grid) == [
        ["STT", "Đơn vị", "Tiếp nhận", "Đúng hạn"],
        ["1", "Xã An", "120", "118"],
        ["2", "Xã Bình", "85", "85"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "STT | Đơn vị | Nhận\n1 | Xã An 120 118 | 3\n2 | Xã Bình 85 85 | 2",  # strokes of a frame
        "1 | Xã An | 120\n2 | Xã Bình | 85\n3 | Xã Cao | 64",  # no header
        "Xã An | Xã Bình | Xã Cao",
    ],
)
def test_pipes_in_some_places_part_no_cells(text: str) -> None:
    lines = text.split("\n")
    assert not delimited_drafts(source_lines([lines], [lines]))


@pytest.mark.parametrize(
    ("end", "is_cut"), [("ộ".encode()[:1], True), ("ộ".encode()[:2], True), ("ộ".encode(), False)]
)
def test_a_file_that_ends_amid_a_letter_was_cut(end: bytes, is_cut: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Tổng số hồ sơ: 1.482\nXã Tân Ph".encode() + end)
    assert bool(read_text_file(path)[-1].losses) == is_cut
