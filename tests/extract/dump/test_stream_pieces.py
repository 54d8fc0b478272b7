"""Where tables of a stream dump part that name no row numbers."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _body(draft: Draft) -> list[tuple[str, ...]]:
    return list(draft.rows[draft.header_rows or 0 :])


HEAD = """Xếp
hạng
Đơn vị
Điểm A
Điểm B
Điểm C
Tổng
Tháng trước
Xếp loại
"""
RANKS = f"""{HEAD}1 Yên Trung 17,18 8,89 17,92 43,99 60,21 Tốt
2 Yên Phong 13,79 9,62 18,82 42,23 68,33 Tốt
\f{HEAD}3 Tam Đa 16,38 10,33 17,38 44,09 79,25 Khá
4 An Lạc 16,03 8,37 17,16 41,56 81,19
Trung
bình
\fXếp loại Số đơn vị Tỷ lệ (%)
Tốt 2 50,0
Khá 1 25,0
Trung bình 1 25,0
Tổng 4 100,0
"""


def test_a_small_table_on_a_new_page_is_one_of_its_own() -> None:
    """Its rows went into the table above and its header into that one's last row, without a doubt."""
    ranks, counts = _drafts(RANKS)
    assert [row[0] for row in _body(ranks)] == ["1", "2", "3", "4"]
    assert _body(ranks)[1][-1] == "Tốt", "the header printed again is in no note"
    assert counts.rows[0] == ("Xếp loại", "Số đơn vị", "Tỷ lệ (%)")
    assert [row[1:] for row in _body(counts)] == [("2", "50,0"), ("1", "25,0"), ("1", "25,0"), ("4", "100,0")]


BOOKS = """STT Đơn vị Tổng Đúng hạn Quá hạn Khai tử Kết hôn Trích lục Cộng
1 Xã An 49 43 6 112 38 26 225
2 Xã Bình 156 146 10 92 22 30 300
3 Xã Hòa 44 40 4 62 12 20 138
Cộng 249 229 20 266 72 76 663
Loại sổ
Số lượng
Phải làm
Đã làm
Còn lại
Tỷ lệ
Sổ khai sinh
250
quyển
250 192 58 76,80%
Sổ khai tử
862
quyển
862 787 75 91,30%
Sổ kết hôn
783
quyển
783 680 103 86,85%
"""


def test_a_table_under_a_total_whose_rows_have_other_figures_is_one_of_its_own() -> None:
    of_places, of_books = _drafts(BOOKS)
    assert len(_body(of_places)) == 4
    assert [row[1:] for row in _body(of_books)] == [
        ("250", "250", "192", "58", "76,80%"),
        ("862", "862", "787", "75", "91,30%"),
        ("783", "783", "680", "103", "86,85%"),
    ]
    assert not of_books.doubts


GOES_ON = """STT Đơn vị Tổng Nam Nữ Kinh Khác Ghi chú
1 Xã An 49 43 6 40 9
2 Xã Bình 156 146 10 92 64
\fchuyển từ trang trước sang trang này theo mẫu
3 Xã Hòa 12 2
4 Xã Lợi 15 3
"""


def test_rows_that_go_on_in_number_stay_in_their_table() -> None:
    (draft,) = _drafts(GOES_ON)
    assert [row[0] for row in _body(draft)][-2:] == ["3", "4"]


def test_words_right_above_rows_without_numbers_are_their_header() -> None:
    """The columns of a table whose header names no row numbers had no names."""
    (draft,) = _drafts("Biểu số 02\nNghề\nSố lớp\nTổng\nNữ\nHàn 3 87 41\nMay 1 24 19\nGỗ 1 20 13\n")
    assert draft.header_rows == 1
    assert draft.rows[0] == ("Nghề", "Số lớp", "Tổng", "Nữ")
    assert not draft.doubts


def test_a_letterhead_over_two_figures_of_a_sentence_is_no_header() -> None:
    """The letter's number, date and kind went into the header of a table of one line of running text."""
    text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 214/BC-SNN\n"
        "Lâm Đồng, ngày 18 tháng 6 năm 2026\nBÁO CÁO\nTiến độ sản xuất năm\nI. Cây lâu năm\n"
        "Tại 14 xã, phường, diện tích cho thu hoạch là 30 202,5\nha, trong đó có 12 140,5\nha trồng mới\n"
    )
    assert all("BÁO CÁO" not in " ".join(cell for row in d.rows for cell in row) for d in _drafts(text))


TWINS = """Theo môn loại
Môn loại Số bản Tỷ lệ
Chính trị, xã hội 80.298 26,1
Khoa học 13.704 4,5
Văn học 213.715 69,4
Tổng 307.717 100,0
Theo ngôn ngữ
Ngôn ngữ Số bản Tỷ lệ
Tiếng Việt 280.945 91,3
Tiếng Anh 16.001 5,2
Tiếng Pháp 10.771 3,5
Tổng 307.717 100,0
"""
NUMBERED = """MÔN TOÁN
TT Trường Số HS Giỏi Khá
1 Tiểu học Phước Sơn 109 31 78
2 Tiểu học Phước Hòa 73 19 54
3 Tiểu học Phước An 60 15 45
Toàn huyện 242 65 177
MÔN VĂN
TT Trường Số HS Giỏi Khá
1 Tiểu học Phước Sơn 109 44 65
2 Tiểu học Phước Hòa 73 31 42
3 Tiểu học Phước An 60 21 39
Toàn huyện 242 96 146
"""


def test_two_tables_of_one_width_are_parted_below_the_first_total() -> None:
    first, second = _drafts(TWINS)
    assert [row[-2] for row in _body(first)] == ["80.298", "13.704", "213.715", "307.717"]
    assert [row[-2] for row in _body(second)] == ["280.945", "16.001", "10.771", "307.717"]


def test_a_short_title_below_a_total_parts_rows_that_count_anew() -> None:
    first, second = _drafts(NUMBERED)
    assert [row[-2] for row in _body(first)] == ["31", "19", "15", "65"]
    assert [row[-2] for row in _body(second)] == ["44", "31", "21", "96"]


def test_parts_below_a_total_stay_in_its_table() -> None:
    parts = TWINS.replace("Theo ngôn ngữ\nNgôn ngữ Số bản Tỷ lệ", "Trong đó: sách\nbằng các tiếng")
    (draft,) = _drafts(parts)
    assert len([row for row in _body(draft) if row[-1]]) == 8


def test_an_indicator_that_begins_like_a_total_ends_no_table() -> None:
    """`Tổng số hộ nghèo` was taken for the total, and a long name below it for another table's header."""
    (draft,) = _drafts("""Chỉ tiêu Kế hoạch Thực hiện
Dân số trung bình 12.400 12.450
Số hộ có điện 3.010 3.002
Tổng số hộ nghèo 210 198
Số hộ dùng nước hợp vệ sinh
từ công trình cấp nước tập trung
của xã 1.800 1.790
Số hộ có nhà tiêu 2.900 2.874
""")
    assert [row[-1] for row in _body(draft)] == ["12.450", "3.002", "198", "1.790", "2.874"]
