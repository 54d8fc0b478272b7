"""A column of words among the figures of a stream table."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _draft(text: str) -> Draft:
    page = text.split("\n")
    (draft,) = table_drafts(source_lines([page], [page]))
    return draft


def _body(draft: Draft) -> list[tuple[str, ...]]:
    return list(draft.rows[draft.header_rows or 0 :])


WORKS = """TT Công trình Tổng mức Kế hoạch Tình hình Ước cả năm Còn lại
TỔNG SỐ 4.100 1.200 900 300
1 Cầu Ba
1.050 310 Đang thi công 250 60
2 Đường liên xóm 1.020 290 Xong 80% khối lượng 210 80
3 Trạm bơm 1.030 300 Vướng 3 hộ 220 80
4
Kè suối 1.000 300 Đang thi công 220 80
"""


def test_figures_behind_words_have_columns_of_their_own() -> None:
    """`Đang thi công 250 60` was one note; the figures in it stood in no column."""
    rows = _body(_draft(WORKS))
    assert rows[0][2:] == ("4.100", "1.200", "", "900", "300")
    assert rows[1][2:] == ("1.050", "310", "Đang thi công", "250", "60")
    assert rows[2][2:] == ("1.020", "290", "Xong 80% khối lượng", "210", "80")
    assert [row[0] for row in rows] == ["", "1", "2", "3", "4"]


OVER_LINES = """TT Trạm Công suất Số hộ Hiện trạng Giá Sản lượng
1
Trạm Hòa An 220 150
Kém bền vững, cần
nâng cấp
6.850 45.120
2
Trạm Hòa Bình 300 188
Ngừng hoạt động để
sửa chữa
6.840 56.400
3
Trạm Hòa Lợi 100 84
Tương đối bền vững
6.700 25.440
4
Trạm Hòa Mỹ 340 194
Kém bền vững, cần
nâng cấp
6.620 58.380
"""


def test_words_on_lines_between_a_rows_figures_part_no_row() -> None:
    rows = _body(_draft(OVER_LINES))
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert rows[1][2:] == ("300", "188", "Ngừng hoạt động để sửa chữa", "6.840", "56.400")


NOTES = """Nghề Số lớp Học viên Nữ Nam Kinh phí Thời gian
Tổng số 10 244 136 108 432.000
May 1 24 19 5 48.000 3 tháng; cơ sở 1
Hàn 3 87 41 46 174.000 2 tháng; cơ sở 1
Gỗ 1 20 13 7 20.000 2 tháng; cơ sở 2
Nấu ăn 1 22 9 13 22.000 2 tháng; cơ sở 2
"""


def test_a_note_that_opens_and_ends_with_a_figure_stays_one() -> None:
    rows = _body(_draft(NOTES))
    assert rows[1][1:] == ("1", "24", "19", "5", "48.000", "3 tháng; cơ sở 1")


CODES = "\n".join(
    ["TT Ký hiệu lô Tờ Diện tích Giá Người trúng"]
    + [
        f"{n} LK1-0{n} 14 13{n},6 6.{n}00 Vi Văn {name}"
        for n, name in enumerate(("An", "Ba", "Tư", "Sáu"), 1)
    ]
)


def test_a_code_of_letters_and_figures_is_a_name() -> None:
    """`LK1-01` was a smudged figure, so that the row's number was one of its figures and no row began."""
    rows = _body(_draft(CODES))
    assert [row[:4] for row in rows] == [(str(n), f"LK1-0{n}", "14", f"13{n},6") for n in range(1, 5)]
    assert rows[0][-1] == "Vi Văn An"
