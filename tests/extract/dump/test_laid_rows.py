"""Numbered rows a cell a line with words among their figures, laid on lines."""

from __future__ import annotations

from extract.dump.cells.laid import goes_on, laid_rows
from extract.dump.draft import Draft
from extract.dump.lines import SourceLine, source_lines
from extract.dump.read import table_drafts


def _lines(text: str) -> list[SourceLine]:
    pages = [page.split("\n") for page in text.split("\f")]
    return source_lines(pages, pages)


def _drafts(text: str) -> list[Draft]:
    return table_drafts(_lines(text))


STATIONS = """TT
Trạm
Sông
Cách cửa sông
Lớn nhất
Thời gian
Tuần trước
Tăng, giảm
1
An Thuận
Hàm Luông
10
24,4 10h ngày 21/02
21,8
+2,6
2
Sơn Đốc
Hàm Luông
20
22,1 0h ngày 26/02
16,7
+5,4
3 Phú Khánh
Hàm Luông
32
13,2 13h ngày 23/02
10,3
+2,9

3. Lượng mưa

Trạm
Tuần 1
Tuần 2
Cả tháng
Số ngày
Ba Tri
-
4,6
8,0
12
Bến Tre
-
-
1,8
-
Thạnh Phú
1,1
-
2,8
3
"""


def test_words_among_the_figures_of_numbered_rows_are_a_column() -> None:
    """Each row was two, and the figures stood in columns of others; nothing told the table below."""
    stations, rain = _drafts(STATIONS)
    assert [(row[0], *row[-5:]) for row in stations.rows[stations.header_rows or 0 :]] == [
        ("1", "10", "24,4", "10h ngày 21/02", "21,8", "+2,6"),
        ("2", "20", "22,1", "0h ngày 26/02", "16,7", "+5,4"),
        ("3", "32", "13,2", "13h ngày 23/02", "10,3", "+2,9"),
    ]
    assert rain.rows[rain.header_rows or 0 :] == (
        ("Ba Tri", "-", "4,6", "8,0", "12"),
        ("Bến Tre", "-", "-", "1,8", "-"),
        ("Thạnh Phú", "1,1", "-", "2,8", "3"),
    )


def test_a_figure_that_is_the_next_row_s_number_does_not_begin_it() -> None:
    """Of two lines `2` the one that makes the rows as long as each other begins the second."""
    text = "TT\nTên\nLần\nĐiểm\n1\nAn\n2\nĐạt\n37,5\n2\nBình\n3\nKhá\n41,5\n3\nCao\n1\nĐạt\n33,5\nCộng\n6\n112,5\n"
    laid = laid_rows(_lines(text))
    assert laid is not None
    assert [line.text for line in laid.lines[4:]] == [
        "1 An 2 Đạt 37,5",
        "2 Bình 3 Khá 41,5",
        "3 Cao 1 Đạt 33,5",
        "Cộng 6 112,5",
    ]


def test_numbers_one_after_another_are_a_column_and_no_rows() -> None:
    assert (
        laid_rows(_lines("TT\n1\n2\n3\nTên\nAn\nBình\nCao\nĐiểm\n37,5\n41,5\n33,5\nLần\n4\n5\n6\n")) is None
    )


def _routes(*codes: str) -> str:
    rows = "".join(
        f"{code}\nBến xe An - Bến xe\nBình\n14.5 5h30 - 20h30\n5/6\n13,937\n97.{i}\n"
        for i, code in enumerate(codes)
    )
    return f"Mã\nTên tuyến\nCự ly\nGiờ\nXe\nChuyến\nTỷ lệ\n{rows}"


def test_codes_of_rows_may_leave_numbers_out() -> None:
    """Rows ended where `06A` did not go on after `04`, and those below were lost without a word."""
    codes = ("01", "02", "03", "06A", "06B", "07")
    laid = laid_rows(_lines(_routes(*codes)))
    assert laid is not None
    assert [line.text.split()[0] for line in laid.lines[7:]] == list(codes)


def test_rows_that_go_on_below_the_last_number_are_not_laid_without_them() -> None:
    assert laid_rows(_lines(_routes("1", "2", "3", "x", "y"))) is None


def test_rows_below_a_table_are_told_from_a_title_with_figures_below() -> None:
    """A row whose number passed for the note of the one above was lost with the total: nothing said so."""
    rows = _lines("Khắc phục\n889.627.500\n883.286.199\n50%\nCộng\n2.818.287.250")
    assert goes_on(rows, 20)
    assert not goes_on(_lines("2. Sửa chữa\n") + rows, 20)
