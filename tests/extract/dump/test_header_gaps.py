"""Another table's title and header between two rows of a dump: what stands below is a table of its own."""

from __future__ import annotations

import re

import pytest

from extract.dump.cells.lines import cell_lines
from extract.dump.cells.rows import cell_table
from extract.dump.cells.summed import summed_rows
from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.page_ends import with_pages_told
from extract.dump.pages import read_text
from extract.dump.read import table_drafts
from extract.dump.stream.doubts import _numbers_taken
from extract.dump.stream.rows import StreamLine, StreamRow
from extract.dump.tokens import Token
from extract.tables.stitch import stitch

HEAD = "Tên đơn vị Số lớp Học sinh\nTỷ lệ\n(%)\n"
FIRST = "Trường Kim Sơn 12 410 97,5\nTrường Lam Hạ 9 288 95,1\nTrường Yên Bắc 15 502 98,0\n"
AGAIN = "Trường Kim Sơn 13 421 96,2\nTrường Lam Hạ 8 264 94,4\nTrường Yên Bắc 16 533 97,7\n"
NUMBERED = "TT Loại sổ Cũ\nMới\nHỏng\n1 Sổ hộ tịch 4 12 1\n2 Sổ địa chính 7 9 2\n3 Sổ lưu trú 5 8 3\n"
SECTION = (
    "TT Loại sổ Cũ\nMới\nHỏng\nI SỔ CỦA XÃ\n1 Sổ hộ tịch 4 12 1\n2 Sổ địa chính 7 9 2\nII SỔ CỦA THÔN BẢN\n"
)


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _rows(text: str) -> list[int]:
    """How many rows each table of a dump has."""
    return [len(draft.rows) - (draft.header_rows or 0) for draft in _drafts(text)]


def _cells(text: str) -> str:
    """The lines of a dump with each cell on its own line."""
    return re.sub(r"(?<=\S) (?=[-+]?\d[\d.,]*(?:\s|$))", "\n", text)


def test_a_header_printed_again_over_the_same_rows_opens_a_table() -> None:
    """Two tables of one width without a total between them were one, and the second was lost."""
    assert _rows(f"{HEAD}{FIRST}{HEAD}{AGAIN}") == [3, 3]


def test_a_header_over_rows_without_numbers_ends_the_numbered_table_above() -> None:
    assert _rows(f"{NUMBERED}Cấp phát vở\n{HEAD}{FIRST}") == [3, 3]


def test_a_heading_that_counts_on_numbers_no_row() -> None:
    assert _rows(f"1. Đầu năm học\n{HEAD}{FIRST}2. Cuối năm học\n{HEAD}{AGAIN}") == [3, 3]


def test_a_header_at_the_top_of_a_page_opens_no_table() -> None:
    more = "Trường An Lão 12 410 97,5\nTrường Bồ Đề 9 288 95,1\n"
    assert _rows(f"{NUMBERED}\fTT Loại sổ Cũ\nMới\nHỏng\n4 Sổ khám bệnh 4 12 1\n5 Sổ thu 7 9 2\n") == [5]
    assert len(stitch(read_text(f"{HEAD}{FIRST}\f{HEAD}{more}"))) == 1


@pytest.mark.parametrize(
    "rows", ["3 Sổ lưu trú 5 8 3\n4 Sổ khác 4 4 4\n", "1 Sổ lưu trú 5 8 3\n2 Sổ khác 4 4 4\n"]
)
def test_a_section_in_capitals_opens_no_table(rows: str) -> None:
    assert _rows(f"{SECTION}{rows}") == [6]


def test_long_names_open_no_table() -> None:
    rows = "".join(
        f"Công ty Trách nhiệm hữu hạn Tư vấn Xây dựng\nvà Thương mại {name} 12 41{i} 97,5\n"
        for i, name in enumerate(("An Phú", "Bắc Hà", "Cửu Long", "Đông Đô"))
    )
    assert _rows(f"{HEAD}{rows}") == [4]


def test_tables_part_where_each_cell_has_a_line() -> None:
    """Twin tables a cell a line were read as one."""
    text = f"STT\nTên trường\nSố lớp\nHọc sinh\n{_numbered(FIRST)}STT\nTên trường\nSố lớp\nHọc sinh\n{_numbered(AGAIN)}"
    drafts = _drafts(text)
    assert [draft.rows[-1][-3:] for draft in drafts] == [("15", "502", "98,0"), ("16", "533", "97,7")]


def _numbered(rows: str) -> str:
    return "".join(f"{i}\n{_cells(row)}\n" for i, row in enumerate(rows.splitlines(), start=1))


def test_groups_that_blanks_part_make_one_figure() -> None:
    """`65 966,7` was two figures, of which one was read as 966,7."""
    text = "Vùng 2021 2022 2023\nCả tỉnh 141 138,9 139 012,6 144 250,0\nĐông 75 172,2 73 045,9 77 094,5\n"
    (draft,) = _drafts(f"{text}Tây 65 966,7 65 966,7 67 155,5\n")
    assert draft.rows[-1] == ("Tây", "65 966,7", "65 966,7", "67 155,5")
    assert draft.n_cols == 4


def test_whole_groups_are_told_by_the_rows_of_one_way() -> None:
    text = "Vùng Lợn Gà Vịt\nCả tỉnh 7 589 12 045 980\nĐông 2 045 7 031 410\nTây 5 544 5 014 570\n"
    (draft,) = _drafts(text)
    assert [row[1:] for row in draft.rows[-3:]] == [
        ("7 589", "12 045", "980"),
        ("2 045", "7 031", "410"),
        ("5 544", "5 014", "570"),
    ]


def test_figures_of_three_digits_side_by_side_are_no_groups() -> None:
    text = "Vùng Lợn Gà Vịt\nCả tỉnh 589 645 980\nĐông 45 131 410\nTây 544 514 570\n"
    (draft,) = _drafts(text)
    assert draft.rows[-1] == ("Tây", "544", "514", "570")


def test_years_head_columns() -> None:
    text = "3. Kết quả qua các năm\nVùng 2021 2022 2023\nCả tỉnh 141 139 144\nĐông 75 73 77\nTây 66 66 67\n"
    (draft,) = _drafts(text)
    assert [row[1:] for row in draft.rows[-3:]] == [
        ("141", "139", "144"),
        ("75", "73", "77"),
        ("66", "66", "67"),
    ]
    assert len(draft.rows) - (draft.header_rows or 0) == 3


def _page(name: str, number: int) -> str:
    return "\n".join(f"{name} {i}" for i in range(14)) + f"\n\n{number}\n\n"


def test_page_numbers_end_the_pages_of_a_dump_that_marks_none() -> None:
    lines = (_page("dòng", 1) + _page("hàng", 2) + _page("câu", 3)).split("\n")
    pages = with_pages_told([lines])
    assert [line for page in pages for line in page] == lines
    assert [next(filter(None, page)) for page in pages] == ["dòng 0", "hàng 0", "câu 0"]


def test_numbers_of_rows_end_no_pages() -> None:
    lines = "".join(f"\n{i}\n\nSổ\n4\n" for i in range(1, 9)).split("\n")
    assert with_pages_told([lines]) == [lines]


def test_a_table_of_the_same_rows_on_the_next_page_is_no_part_of_the_one_above() -> None:
    """The header stood again at the top of the page, over rows of the same names: they were joined."""
    assert len(stitch(read_text(f"{HEAD}{FIRST}\f{HEAD}{AGAIN}"))) == 2


def test_decimals_end_figures_whatever_rows_are_torn() -> None:
    """Where a figure was torn over lines no width explained all rows, and groups stood as figures."""
    rows = "Đông 1 874,3 32,3 2 824,0\nTây 732,4 25,4 4 400,3\nBắc 2 118,7 28,3 5 995,9\nNam 3 098,6 29,9\n"
    (draft,) = _drafts(f"Vùng Lúa Ngô Đậu\n{rows}")
    assert [row[1:] for row in draft.rows[-4:-1]] == [
        ("1 874,3", "32,3", "2 824,0"),
        ("732,4", "25,4", "4 400,3"),
        ("2 118,7", "28,3", "5 995,9"),
    ]


def test_groups_that_may_be_of_several_widths_are_doubted() -> None:
    rows = "Đông 2 045 731 410\nTây 5 544 514 570\nBắc 1 012 300 118 203\nNam 9 033 214 806\n"
    (draft,) = _drafts(f"Vùng Lợn Gà Vịt\n{rows}")
    assert any("khoảng trắng" in doubt for doubt in draft.doubts)


def test_rows_with_percentages_in_their_second_half_are_no_two_rows() -> None:
    """Each row of ten figures was two of five: the second half held percentages beside counts."""
    rows = "".join(
        f"{i}\nKhoa {name}\n1{i}\n2{i}\n3{i}4\n5{i}1\n9{i},5%\n8{i},1%\n4{i}\n2,{i}%\n"
        for i, name in enumerate(("Nội", "Ngoại", "Nhi", "Mắt"), start=1)
    )
    heads = "STT\nKhoa\nGiường\nMáy\nLượt\nNgày\nKế hoạch\nThực tế\nChuyển\nTỷ lệ\n"
    (draft,) = _drafts(heads + rows)
    assert draft.rows[-1] == ("4", "Khoa Mắt", "14", "24", "344", "541", "94,5%", "84,1%", "44", "2,4%")


def test_rows_without_numbers_that_a_total_sums_up_are_a_table() -> None:
    """A table a cell a line without row numbers was lost below another."""
    rows = [
        ("Kim Sơn", 12, 410),
        ("Lam Hạ", 9, 288),
        ("Yên Bắc", 15, 502),
        ("Bồ Đề", 4, 117),
        ("Tổng", 40, 1317),
    ]
    text = "Trường\nLớp\nHọc sinh\n" + "".join(f"{name}\n{a}\n{b}\n" for name, a, b in rows)
    (draft,) = _drafts(text)
    assert [row for row in draft.rows if row[0] in ("Kim Sơn", "Tổng")] == [
        ("Kim Sơn", "12", "410"),
        ("Tổng", "40", "1317"),
    ]


def test_columns_written_one_after_another_are_no_rows_without_a_sum() -> None:
    cells = [line.split() for line in ("A 12 9 15 4", "B 410 288 502 117", "C 7 8 9 11", "D 31 44 52 61")]
    found = cell_lines(source_lines([[x for row in cells for x in row]], [[x for row in cells for x in row]]))
    table = cell_table(found.cells) if found else None
    assert table is not None and summed_rows(table) == []


def test_row_numbers_among_the_figures_are_told() -> None:
    """Columns with blanks took the next row's number for a figure, and no row was flagged."""
    names = ("Lúa", "Ngô", "Sắn", "Mía", "Lạc", "Vừng")
    rows = [_row(str(i), name, ("17", "52", "40")) for i, name in enumerate(names[:3], start=1)]
    taken = [_row("", name, (str(i), "61", "33")) for i, name in enumerate(names[3:], start=4)]
    others = [_row("", name, ("71", "61", "33")) for name in names[3:]]
    assert (_numbers_taken([*rows, *taken]), _numbers_taken([*rows, *others])) == (3, 0)


def _row(number: str, name: str, figures: tuple[str, ...]) -> StreamRow:
    run = tuple(Token(text, "figure") for text in figures if text)
    line = source_lines([[name]], [[name]])[0]
    return StreamRow((StreamLine(line, run, (Token(name, "word"),), ()),), number)


def test_a_heading_of_the_report_numbers_no_row_of_the_table_below_it() -> None:
    """`II.` between two tables went on after a section's number, and people stood in the rows of places."""
    people = "".join(
        f"Trần Thị {name} {i}/5/1985\nTrưởng thôn {i} {i}.850 9{i},09%\n" for i, name in enumerate("ABCD", 1)
    )
    text = f"{NUMBERED}Toàn xã 16 29 6\nII. KẾT QUẢ BẦU CỬ\nHọ và tên Ngày sinh\nChức vụ Số phiếu\nTỷ lệ\n{people}"
    first, below = _drafts(text)
    assert (first.n_cols, first.rows[-1][1]) == (5, "Toàn xã") and below.rows[-1][-1] == "94,09%"
