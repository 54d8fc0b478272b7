"""Tables drawn with rules of which a reader of ink took some for signs and left others out."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.frames import is_row, told
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts
from extract.dump.swallowed import with_swallowed_rows


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _row(drafts: list[Draft], number: str) -> tuple[str, ...]:
    return next(row for draft in drafts for row in draft.rows if row[0].strip(".") == number)


TORN = """BANG TONG HOP THU HOACH NAM 2021
STT Ten xa Dien tich Nang suat San luong
| 1 |An Phu | 258,3 | 71,1 | 1.836,5 |
2 Binh Loc 371,0 71,9 2.667,5
, 3 ,Cam Son , 131,7 , 56,5 | 744,1 ,
| 4 | Dong Tien | 119,8 | 59,6 | 714,0 |
' 5 'Ea Lam ' 695,9 ' 55,4 ' 3.855,3 !
6 Gia Hoa 106,9 58,0 620,0
| 7 |Hoa Thinh | 486,0 | 59,4 | 2.886,8 |
"""


def test_rows_with_and_without_pipes_are_one_table():
    drafts = _drafts(TORN)
    assert len(drafts) == 1
    assert _row(drafts, "1")[-3:] == ("258,3", "71,1", "1.836,5")
    assert _row(drafts, "2")[-3:] == ("371,0", "71,9", "2.667,5")


@pytest.mark.parametrize(("number", "name"), [("3", "Cam Son"), ("5", "Ea Lam")])
def test_signs_that_stand_for_rules_are_no_part_of_cells(number, name):
    row = _row(_drafts(TORN), number)
    assert row[1] == name
    assert not any(sign in cell for cell in row for sign in "'|!")


def test_a_pipe_table_with_a_wrapped_cell_stays_one():
    text = (
        "| TT | Xa | Thu | Chi |\n| 1 | An Phu | 12 | 7 |\n| 2 | Binh Loc | 15 | 9 |\n| 3 | Cam | 8 | 5 |\n"
    )
    assert [len(draft.rows) for draft in _drafts(text)] == [4]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("' 12 'Duong so 1, doan 2 ' 74,500 ; 2,500 : ", "12 | Duong so 1, doan 2 | 74,500 | 2,500"),
        ("1 2.1 | Cau so 3 | 2.800 |! 1.120 !", "2.1 | Cau so 3 | 2.800 | 1.120"),
        ("1 01.001 Gas dun loai 2 64.500 2.500", "1 01.001 Gas dun loai 2 64.500 2.500"),
        ("(1) (2) (3)=(4)+(5) (4) (5)", "(1) (2) (3)=(4)+(5) (4) (5)"),
        ("3 Nha van hoa, san choi 12 7", "3 Nha van hoa, san choi 12 7"),
    ],
)
def test_a_sign_is_a_rule_where_it_stands_alone_or_at_a_figure(line, text):
    assert told(line) == text


def test_headings_over_rows_counted_anew_part_two_tables_whose_title_was_not_read():
    second = """Pa LUC 7. 3.8U YONG
| TT | Don vi chi | Tong so nhan | Ky truoc chuyen | Tiep nhan moi | Giai quyet |
| 1 | An Phu | 892 | 34 | 858 | 393 |
2 Binh Loc 127 19 108 46
, 3 , Cam Son , 675 | 59 , 616 | 340
"""
    drafts = _drafts(TORN + second)
    assert [len(draft.rows) - (draft.header_rows or 0) for draft in drafts] == [7, 3]


def test_a_row_whose_number_has_a_dot_and_whose_note_ends_it_is_no_heading():
    rows = "".join(
        f"{n}{dot} 02.0{n} Gao nep loai {n % 3} dong/kg 95,{n}00 97,{n}00 2,000 2.63 Gia niem yet tai cua hang\n"
        for n, dot in ((11, ""), (12, ""), (13, "."), (14, ""))
    )
    drafts = _drafts("BANG GIA THANG 9 NAM 2021\nTT Ma Hang Ky truoc Ky nay Tang Ty le Ghi chu\n" + rows)
    assert [row[0].strip(".") for draft in drafts for row in draft.rows][-4:] == ["11", "12", "13", "14"]
    assert len(drafts) == 1


def test_a_row_of_figures_in_a_heading_or_a_label_makes_the_table_doubtful():
    rows = (("TT", "Nội dung TỔNG CỘNG 46,716,000 36,048,700", "Thu"), ("1", "Lĩnh vực A", "7,751"))
    sound = (("TT", "Nội dung", "Thu"), ("1", "Diện tích 12,5 ha, thêm 3,2 ha", "7,751"))
    assert with_swallowed_rows(_draft(rows)).doubts
    assert with_swallowed_rows(_draft(sound)) == _draft(sound)


def _draft(rows: tuple[tuple[str, ...], ...]) -> Draft:
    return Draft(rows=rows, first_line=1, last_line=2, pages=(1, 1), header_rows=1)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "6 Thu khac _-6.065,0. 5.505,1 —«6.592,6 108,7.",
            "6 Thu khac | 6.065,0 | 5.505,1 | 6.592,6 108,7",
        ),
        ("7 Tang giam -500 -0.42", "7 Tang giam -500 -0.42"),
    ],
)
def test_strokes_before_a_figure_are_no_sign_and_one_dash_is(line, text):
    assert told(line) == text


def test_rows_without_numbers_between_rules_are_a_frames():
    text = """BANG CHI TIEU THANG 9
Chi tieu | Thang 8 | Thang 9 | Tang |
Ho so so hoa | 2.707 | 6.668 | 3.961 |
Ket qua so hoa 2.061 7.031 4.970
Ho so truc tuyen , 3.633 , 2.283 , -1.350 ,
Ket qua giai quyet | 8.860 | 8.790 | -70 |
Phan anh da xu ly 5.474 217 -5.257
"""
    (draft,) = _drafts(text)
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[-3:] for row in body][2] == ("3.633", "2.283", "-1.350")


GOODS = """BANG GIA THANG 9 NAM 2021
| Ten hang | Don vi tinh | Ky truoc | Ky nay | Tang giam |
| 1 | Gas dun loai 2 | dong/kg | 64.500 | 67.000 | 2.500 |
2 Thit lon loai 3 dong/lit 82.000 82.000 0
| 3 | Gao nep loai 1 | dong/m | 127.500 | 127.500 | 0 |
, 4 , Trung vit loai 3 , dong/m , 37.000 | 39.500 , 2.500 |
5 Rau cai loai 1 d6ng/kg 40.000 41.000 1.000
| 6 | Cat xay loai 3 | dong/lit | 161.500 | 162.500 | 1.000 |
"""


def test_words_that_rules_part_from_the_label_have_a_column_of_their_own():
    (draft,) = _drafts(GOODS)
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[1:3] for row in body] == [
        ("Gas dun loai 2", "dong/kg"),
        ("Thit lon loai 3", "dong/lit"),
        ("Gao nep loai 1", "dong/m"),
        ("Trung vit loai 3", "dong/m"),
        ("Rau cai loai 1", "d6ng/kg"),
        ("Cat xay loai 3", "dong/lit"),
    ]
    assert [row[3] for row in body] == ["64.500", "82.000", "127.500", "37.000", "40.000", "161.500"]


def test_a_header_that_rules_part_into_as_many_cells_as_columns_is_read_by_them():
    text = GOODS.replace("| Ten hang", "| str | Ten hang")
    (draft,) = _drafts(text)
    heads = ("str", "Ten hang", "Don vi tinh", "Ky truoc", "Ky nay", "Tang giam")
    assert draft.rows[: draft.header_rows or 0] == (heads,)


def test_rows_above_the_column_numbers_of_a_second_page_are_of_the_table():
    """Those of the first page were not read, and all rows above the second page's were left outside."""
    second = "TT Xa Dien tich Nang suat San luong\n(1) (2) (3) (4) (5)=(3)x(4)\n8 Ia Mo 12,5 60,0 75,0\n"
    drafts = _drafts(TORN.replace("STT Ten xa", "Ten xa") + second + "9 Ia Nan 10,0 50,0 50,0\n")
    assert [_row(drafts, str(n))[1] for n in (1, 2, 8, 9)] == ["An Phu", "Binh Loc", "Ia Mo", "Ia Nan"]


def test_a_garbled_row_of_column_numbers_is_no_row():
    assert not is_row("(1) (2) (3)=(4)4+15) (4) (5) (6)=(7)+(8) (7) (8)")
    assert is_row("(1) Xa Hoa Thinh 12 15")


def test_a_row_of_column_numbers_over_rows_counted_anew_parts_two_tables():
    second = """PHT LC 4, BIEN TONG HOP
Don vi H6 so tiep nhan Ket qua Dung han
(1) (2) (3)=(4)4+15) (4) (5)
1 An Phu 427 4 423
2 Binh Loc 127 19 108
"""
    drafts = _drafts(TORN.replace("STT Ten xa", "Ten xa") + second)
    assert [len(draft.rows) - (draft.header_rows or 0) for draft in drafts] == [7, 2]
