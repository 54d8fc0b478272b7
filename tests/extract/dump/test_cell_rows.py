"""Tables written row after row, a cell a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dump.cells.lines import cell_lines, joined_numbering
from extract.dump.cells.rows import CellTable, cell_table
from extract.dump.cells.section import cell_section
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _draft(text: str) -> Draft:
    (draft,) = table_drafts(_lines(text))
    return draft


def _table(text: str) -> CellTable:
    found = cell_lines(_lines(text))
    assert found
    table = cell_table(found.cells)
    assert table
    return table


def _figures(table: CellTable) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.figures) for row in table.rows]


ENDS_IN_NUMBER = """TT
Trường
Số lớp
Số học sinh
Nữ
I
Vùng thấp
5
90
41
1
Trường Mai Hắc Đế 1
2
40
19
2
Trường Mai Hắc Đế 2
3
50
22
Đạt chuẩn mức 1
II
Vùng cao
4
66
30
3
Trường Tô Hiệu
4
66
30
Có 2 điểm lẻ
Tổng cộng
9
156
71
"""


def test_numbers_that_end_names_are_no_figures() -> None:
    rows = [row for row in _draft(ENDS_IN_NUMBER).rows if row[0] or row[1] == "Tổng cộng"][1:]
    assert [row[:5] for row in rows] == [
        ("I", "Vùng thấp", "5", "90", "41"),
        ("1", "Trường Mai Hắc Đế 1", "2", "40", "19"),
        ("2", "Trường Mai Hắc Đế 2", "3", "50", "22"),
        ("II", "Vùng cao", "4", "66", "30"),
        ("3", "Trường Tô Hiệu", "4", "66", "30"),
        ("", "Tổng cộng", "9", "156", "71"),
    ]
    assert [row[5] for row in rows] == ["", "", "Đạt chuẩn mức 1", "", "Có 2 điểm lẻ", ""]


LIST = """STT
Nội dung
Dự toán
Thực hiện
Tỷ lệ
A
B
1
2
3=2/1
A
TỔNG THU
1.200
600
50,0
I
Thu nội địa
1.000
500
50,0
-
Trong đó: tiền đất
400
100
25,0
II
Thu bổ sung
hưởng 100%
200
100
50,0
B
TỔNG CHI
900
450
50,0
"""


def test_letters_and_dashes_alone_number_rows() -> None:
    assert [(row.number.text if row.number else "") for row in _table(LIST).rows] == [
        "A",
        "I",
        "-",
        "II",
        "B",
    ]
    assert _figures(_table(LIST))[3] == ("200", "100", "50,0")


def test_marks_of_columns_are_no_row() -> None:
    found = cell_lines(_lines(LIST))
    assert found and found.numbering == "A B 1 2 3=2/1"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["(1)", "(2)", "(3)=(4)", "+(5)"], "(1) (2) (3)=(4)+(5)"),
        (["(6)=(7)+(", "8)", "(9)"], "(6)=(7)+(8) (9)"),
        (["1", "2", "3"], "1 2 3"),
    ],
)
def test_formulas_are_whole_again(lines: list[str], text: str) -> None:
    assert joined_numbering(lines) == text


TORN = """STT
Họ tên
Ngày sinh
Hệ số
Thành tiền
1
Lò Văn Ún
03/02/197
4
3,66
8.564.40
0
2
Vì Thị Ban
21/11/198
0
2,34
5.475.600
3
Cà Văn Pâng
09/07/199
1
3,00
7.020.000
4
Lò Thị Ính
09/07/199
2
3,00
7.020.000
"""


def test_dates_and_amounts_that_a_narrow_column_tore_are_whole() -> None:
    table = _table(TORN)
    assert _figures(table)[0] == ("3,66", "8.564.400")
    assert table.rows[0].label[-1].text == "03/02/1974"
    assert not _draft(TORN).doubts


SHARES = "\n".join(
    ["STT", "Câu hỏi", "Kém", "Khá", "Tốt", "I.", "Tiếp đón"]
    + [f"{n}.\nCâu thứ {word}\n{n}0\n{n}1\n{n}2\n{n},1%\n{n},2%\n{n},3%" for n, word in ((1, "nhất"), (2, "hai"))]
    + ["II.", "Kết quả"]
    + [f"{n}.\nCâu thứ {word}\n{n}0\n{n}1\n{n}2\n{n},1%\n{n},2%\n{n},3%" for n, word in ((3, "ba"), (4, "tư"))]
)  # fmt: skip


def test_counts_and_their_shares_are_two_rows() -> None:
    assert [row for row in _figures(_table(SHARES)) if row][:4] == [
        ("10", "11", "12"), ("1,1%", "1,2%", "1,3%"), ("20", "21", "22"), ("2,1%", "2,2%", "2,3%"),
    ]  # fmt: skip


COLUMNS = """Đơn vị
Đã nhận
12
30
44
51
Đã xong
10
29
40
50
Quá hạn
2
1
4
1
"""


def test_columns_with_headings_are_no_rows() -> None:
    assert cell_section(_lines(COLUMNS)) is None


WORDS = st.sampled_from(["Mường Ảng", "Nậm Nhừ", "Pu Nhi", "Keo Lôm", "Xa Dung", "Tìa Dình"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_full_rows_come_back_as_they_were_written(data: st.DataObject) -> None:
    width = data.draw(st.integers(2, 7))
    amounts = st.integers(100, 99_999).map(lambda n: f"{n:,}".replace(",", "."))
    rows = data.draw(
        st.lists(
            st.tuples(WORDS, st.lists(amounts, min_size=width, max_size=width), st.sampled_from(["", "Đạt"])),
            min_size=4, max_size=12,
        )
    )  # fmt: skip
    text = ["STT", "Đơn vị", *("Cột số",) * width]
    for n, (name, figures, note) in enumerate(rows, start=1):
        text += [str(n), name, *figures, *filter(None, (note,))]
    found = _figures(_table("\n".join(text)))
    assert found == [tuple(figures) for _, figures, _ in rows]


LATE = "\n\n".join(
    ["STT", "Tên hàng", "Kỳ trước", "Kỳ này", "Mức tăng"]
    + [f"{n}\n\nMuối hạt loại {n}\n\n{n}1.500\n\n{n}2.500\n\n1.000" for n in range(1, 6)]
    + ["6\n\nXăng khoáng\n\n12.500\n\n1.500"]
    + [f"{n}\n\nMuối hạt loại {n}\n\n{n}1.500\n\n{n}2.500\n\n1.000" for n in range(7, 9)]
    + ["11.000\n\n9\n\nĐường phèn\n\n30.000\n\n31.000\n\n1.000"]
)


def test_a_figure_written_late_pushes_no_other_out_of_its_row() -> None:
    """It had been the last figure of the row above it, whose first one had become part of the name."""
    draft = _draft(LATE)
    head = draft.header_rows or 0
    assert draft.rows[head + 7][2:5] == ("81.500", "82.500", "1.000")
    assert {(head + 7, c) for c in (2, 3, 4)} <= draft.doubtful


ROADS = "\n\n".join(
    ["Số TT", "Tên đường", "Mặt đường", "Trong ngõ", "1", "Xã Na Ư"]
    + [
        f"1.{n}\n\nĐường liên thôn số {n}, từ cầu số {n}\nđến ngã ba\n\n{n}.800\n\n{n}.100"
        for n in range(1, 7)
    ]
)


def test_figures_within_names_make_no_other_kind_of_dump() -> None:
    assert [len(row) for row in _figures(_table(ROADS))] == [0, 2, 2, 2, 2, 2, 2]


def test_rows_on_lines_are_no_cells() -> None:
    """Counts without a mark on lines with words had not been counted as figures."""
    rows = [f"{n} Bệnh số {n} {n}1 {n}2 - {n}4 {n}9" for n in range(1, 9)]
    head = ["TT", "Bệnh", *(f"Tháng\n{n}" for n in range(1, 9))]
    assert cell_lines(_lines("\n".join(head + rows))) is None
