"""Figures that are part of names, times and places on roads: none of a row's columns."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts
from extract.dump.tokens import tokenize


def _draft(text: str) -> Draft:
    pages = [page.split("\n") for page in text.split("\f")]
    (draft,) = table_drafts(source_lines(pages, pages))
    return draft


def _figures(text: str, count: int) -> list[tuple[str, ...]]:
    draft = _draft(text)
    return [(row[0], *row[-count:]) for row in draft.rows[draft.header_rows or 0 :]]


STREETS = """STT Tên đường Loại VT 1 VT 2
1 Quốc lộ 1A Cầu Bà Bầu 1 1.200 720
2 Quốc lộ 1A Ngã tư Hà Lam Km 973 + 500 1 2.100 1.260
3 Quốc lộ 1A Km 973 + 500
Giáp xã Bình Phục
2 950 570
II TRỤC ĐƯỜNG 613, 14E
4 Đường 613 3 720 430
5 Đường 14E Kênh N22 4 380 230
"""


def test_figures_of_a_name_are_none_of_the_row() -> None:
    """`Km 973 + 500` and `Đường 613` pushed the prices two columns to the right."""
    rows = {row[0]: row[1:] for row in _figures(STREETS, 3)}
    assert rows == {
        "1": ("1", "1.200", "720"),
        "2": ("1", "2.100", "1.260"),
        "3": ("2", "950", "570"),
        "II": ("", "", ""),
        "4": ("3", "720", "430"),
        "5": ("4", "380", "230"),
    }


def test_a_row_with_an_amount_too_many_keeps_it_among_its_figures() -> None:
    text = "STT Tên Loại VT 1\n1 Chợ An 1 1.200\n2 Chợ Bình 2 900\n3 Chợ Cao 3 750\n4 Chợ Dừa 12.500 2 900\n"
    assert any("12.500" in row for row in _draft(text).rows)


ROADS = """TT Tên đường Lý trình Tổng BTN BTXM
1 QL 14B
Km32+000 -
Km74+390
42,390 19,932 5,588
2 QL 14D Km0+000 - Km74+595 76,595 23,544 23,845
3 ĐT 601 Km0+000 - Km18+183 18,183 12,951 -
"""


def test_places_on_a_road_are_words() -> None:
    """They passed for smudges of figures and stood in columns of their own."""
    assert [row[1:] for row in _figures(ROADS, 3)] == [
        ("42,390", "19,932", "5,588"),
        ("76,595", "23,544", "23,845"),
        ("18,183", "12,951", "-"),
    ]


TIMES = """TT Trạm Cách cửa sông Lớn nhất Thời gian Tuần trước Tăng, giảm
1 An Thuận 10 24,4 10h ngày 21/02 21,8 +2,6
2 Sơn Đốc 20 22,1 0h ngày 26/02 16,7 +5,4
3 Phú Khánh 32 13,2 13h ngày 23/02 10,3 +2,9
"""


def test_times_among_the_figures_are_a_column_of_words() -> None:
    """The figures before `10h ngày 21/02` stood in the name."""
    assert [row[1:] for row in _figures(TIMES, 5)] == [
        ("10", "24,4", "10h ngày 21/02", "21,8", "+2,6"),
        ("20", "22,1", "0h ngày 26/02", "16,7", "+5,4"),
        ("32", "13,2", "13h ngày 23/02", "10,3", "+2,9"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mở cửa 5h30 - 20h30", ["mở", "cửa", "5h30", "20h30"]),
        ("ngày 21/02 còn 3/5 hộ", ["ngày", "21/02", "còn", "hộ"]),
        ("ĐƯỜNG 613, 14E", ["ĐƯỜNG", "613,"]),
    ],
)
def test_times_days_and_listed_numbers_are_words(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text) if token.kind == "word"] == words


OWNERS = """TT Họ tên Thửa Đất Nhà Cây
I Thôn Lạc Cầu 5.643,5 242,9 20.568
1 Nguyễn Văn Quyết 4/397 1.385,8 - 4.988 Đã nhận
2 Lê Quang Ứng 5/405 635,9 1,0 3.715 Đã nhận
3 Phạm Văn Toản 6/313 1.047,7 - 183
II Thôn Quảng Uyên 3.165,6 - 25.994
4 Luyện Văn Đoàn 14/12 1.081,6 - 4.919 Đã nhận
III Tổ chức 1.205,4 - 5.896
UBND xã Minh Châu (đất công
5 5/90 322,6 - 3.421
ích)
CỘNG 10.014,5 242,9 52.458
"""


def test_sections_and_totals_that_lack_a_column_do_not_tell_how_many_there_are() -> None:
    """The last figure of each row with a note stood in the note, and 5 under III among the figures."""
    draft = _draft(OWNERS)
    rows = {row[0]: row[-5:-1] for row in draft.rows[draft.header_rows or 0 :]}
    assert rows["1"] == ("4/397", "1.385,8", "-", "4.988")
    assert rows["5"] == ("5/90", "322,6", "-", "3.421")
