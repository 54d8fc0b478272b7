"""Shares and sums that were held against the wrong figures, or against none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import check_document
from model.document import Document
from model.table import Table

Build = Callable[..., Table]
Make = Callable[..., Document]
Grid = list[list[str]]

# Ballots handed out are as many as came in but in two rows; those that came in are valid and void ones.
BALLOTS = [
    ["Khu vực", "Phiếu phát ra", "Phiếu thu vào", "Hợp lệ", "Không hợp lệ"],
    ["Thôn 1", "442", "442", "431", "11"],
    ["Thôn 2", "392", "392", "389", "3"],
    ["Thôn 3", "501", "501", "499", "2"],
    ["Thôn 4", "331", "330", "329", "1"],
    ["Thôn 5", "543", "543", "538", "5"],
    ["Thôn 6", "805", "804", "798", "6"],
    ["Thôn 7", "412", "412", "405", "7"],
    ["Thôn 8", "658", "658", "646", "12"],
    ["Thôn 9", "382", "382", "372", "10"],
    ["Thôn 10", "883", "883", "870", "13"],
]
# Three grades make 100 in most rows, a fourth has the rest in a few.
GRADES = [
    ["Xã", "Xuất sắc (%)", "Tốt (%)", "Hoàn thành (%)", "Không hoàn thành (%)"],
    ["Xã An", "19,4", "77,0", "3,6", "-"],
    ["Xã Bình", "15,5", "83,2", "1,3", "-"],
    ["Xã Chi", "12,3", "84,4", "3,3", "-"],
    ["Xã Dung", "13,1", "84,1", "2,5", "0,3"],
    ["Xã Em", "19,5", "75,6", "4,9", "-"],
    ["Xã Giang", "17,0", "79,4", "2,7", "0,9"],
    ["Xã Hoa", "19,5", "75,5", "5,0", "-"],
    ["Xã Khang", "15,0", "82,4", "2,6", "-"],
    ["Xã Lan", "12,5", "87,1", "0,4", "-"],
]
# The last three rows' counts come to 180, which two of them have as their whole.
RATES = [
    ["TT", "Trường", "Số học sinh", "Giỏi", "Tỷ lệ (%)"],
    ["1", "Trường An", "109", "23", "21,1"],
    ["2", "Trường Bình", "73", "8", "11,0"],
    ["3", "Trường Chi", "134", "19", "14,2"],
    ["4", "Trường Dung", "110", "19", "17,3"],
    ["5", "Trường Em", "180", "66", "36,7"],
    ["6", "Trường Giang", "183", "60", "32,8"],
    ["7", "Trường Hoa", "180", "54", "30,0"],
]
# Four shares of their total; three of them nearly share what they come to alone.
LANGUAGES = [
    ["Ngôn ngữ", "Số bản", "%"],
    ["Tiếng Việt", "280.945", "91,3"],
    ["Tiếng Anh", "16.001", "5,2"],
    ["Tiếng Pháp", "6.462", "2,1"],
    ["Ngôn ngữ khác", "4.309", "1,4"],
    ["Tổng", "307.717", "100,0"],
]
# Votes over the valid ballots of their district, which are printed elsewhere: 11.911.
VOTES = [
    ["Họ và tên", "Số phiếu bầu", "Tỷ lệ trên phiếu hợp lệ (%)"],
    ["Người An", "10.850", "91,09"],
    ["Người Bình", "10.434", "87,60"],
    ["Người Chi", "10.029", "84,20"],
    ["Người Dung", "9.493", "79,70"],
    ["Người Em", "8.814", "74,00"],
    ["Người Giang", "4.978", "41,79"],
    ["Người Hoa", "3.525", "29,59"],
]
CARDS = [
    ["Chỉ tiêu", "Năm 2020", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024"],
    ["Thẻ cấp mới", "3.000", "3.680", "4.471", "4.041", "5.338"],
    ["- Người lớn", "2.100", "2.575", "3.452", "2.796", "3.817"],
    ["- Thiếu nhi", "900", "1.105", "1.019", "1.245", "1.521"],
    ["Lượt bạn đọc", "98.000", "119.854", "150.076", "194.683", "179.595"],
]
PLACES = [
    ["Địa điểm", "Số sách", "Lượt bạn đọc", "Lượt tài liệu"],
    ["Trường An", "1.064", "542", "2.465"],
    ["Trường Bình", "815", "598", "2.031"],
    ["Trường Chi", "791", "247", "782"],
    ["Cộng 3 điểm", "2.670", "1.387", "5.278"],
]


def flagged(document: Document) -> list[tuple[int | None, int | None]]:
    return [(f.row, f.col) for f in check_document(document).flags if f.kind not in ("reading", "structure")]


@pytest.mark.parametrize("grid", [BALLOTS, GRADES, RATES, LANGUAGES, VOTES, CARDS, PLACES])
def test_what_holds_has_no_flag(table: Build, document: Make, grid: Grid) -> None:
    """False were: other columns as the same sum, 100 without a fourth part, three rows' own whole."""
    assert flagged(document([table("t01", grid, 1)])) == []


@pytest.mark.parametrize(
    ("grid", "row", "col", "text"),
    [(VOTES, 5, 2, "77,00"), (CARDS, 1, 3, "4.451"), (PLACES, 4, 2, "1.487"), (GRADES, 4, 3, "3,5")],
)
def test_one_figure_off_is_one_flag_on_its_row(
    table: Build, document: Make, grid: Grid, row: int, col: int, text: str
) -> None:
    """Unseen were: a share of what stands elsewhere, a row with one group of dashes under it, `Cộng 3 điểm`."""
    spoilt = [
        [text if (r, c) == (row, col) else own for c, own in enumerate(cells)] for r, cells in enumerate(grid)
    ]
    assert {at for at, _ in flagged(document([table("t01", spoilt, 1)]))} == {row}
