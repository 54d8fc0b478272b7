"""Narrow columns of laid-out dumps: figures stuck to labels, figures torn over two lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.dump.layout.mends import join_torn_figures
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _body(text: str) -> list[tuple[str, ...]]:
    pages = [page.split("\n") for page in text.split("\f")]
    (draft,) = table_drafts(source_lines(pages, pages))
    assert not draft.doubts
    return list(draft.rows[draft.header_rows or 0 :])


STUCK = """
TT     Nội dung khảo sát              Có         Không     Tổng
1      Đường vào chợ có đèn       71             20        91
2      Chợ có nơi gửi xe cho khách 7,69%         12        77
3      Nước sạch dùng được cả ngày 77            9         86
4      Rác được gom mỗi buổi sáng 7,57%          14        78
5      Giá ghi rõ ở từng gian hàng 60            4         64
"""


def test_a_label_as_wide_as_its_column_does_not_take_the_figure_after_it() -> None:
    """The first figure of rows with long labels stood in the label, one blank after its last word."""
    assert [row[-3:] for row in _body(STUCK)] == [
        ("71", "20", "91"),
        ("7,69%", "12", "77"),
        ("77", "9", "86"),
        ("7,57%", "14", "78"),
        ("60", "4", "64"),
    ]


LABELS_WITH_FIGURES = """
TT     Tuyến đường             Dài (m)     Kinh phí
1      Đường tỉnh 293            1.200        850
2      Quốc lộ 37                2.400      1.900
3      Đường liên xã             3.150        720
4      Đường tỉnh 398              900        610
"""


def test_a_figure_that_is_part_of_a_name_stays_in_it() -> None:
    assert [row[1] for row in _body(LABELS_WITH_FIGURES)] == [
        "Đường tỉnh 293",
        "Quốc lộ 37",
        "Đường liên xã",
        "Đường tỉnh 398",
    ]


TORN = """
TT   Xã, phường       Lúa        Ngô       Rau
                     (tấn)     (tấn)     (tấn)
 1   Hòa Tân       28.050,1    104,6      71,5
 2   Hòa Thịnh     21.000,1    100,0      60,2
                    49.050,                131,
     Tổng cộng                 204,6
                          2                  7
"""


def test_a_figure_torn_at_its_mark_is_one() -> None:
    """A total too wide for its column went over two lines, and was lost without a word."""
    assert _body(TORN)[-1] == ("", "Tổng cộng", "49.050,2", "204,6", "131,7")


@given(
    st.lists(
        st.lists(st.sampled_from(["", "12", "49.050,", "2", "3,5", "Hòa Tân", "-"]), min_size=3, max_size=3),
        max_size=6,
    )
)
def test_no_digit_is_lost_or_won(rows: list[list[str]]) -> None:
    def digits(texts: list[list[str]]) -> list[str]:
        return sorted(c for row in texts for text in row for c in text if c.isdigit())

    assert digits(join_torn_figures(rows)) == digits(rows)


PAGES = """
TT   Đơn vị           Số hộ    Hộ nghèo
1    Xã Hòa Tân       1.204          88
2    Xã Hòa Thịnh     3.861         142
3    Xã Hòa Lợi       1.530          97
\f
     Tổng cộng        6.595         327
Nơi nhận: như trên
"""


def test_a_total_row_alone_on_the_next_page_belongs_to_its_table() -> None:
    """A single row after a form feed made no table, and the totals became running text."""
    assert _body(PAGES)[-1] == ("", "Tổng cộng", "6.595", "327")


def test_a_total_of_another_width_is_left_where_it_stands() -> None:
    other = PAGES.replace("Tổng cộng        6.595         327", "Tổng cộng        6.595")
    assert len(_body(other)) == 3


TOTAL_FIRST = """
STT   Nội dung             Dự toán      Thực hiện     Tỷ lệ
                          31,402,00     28,116,50
      Tổng cộng                                        89.5
                                  0             7
1     Đường giao thông    9,400,000     9,116,500      97.0
2     Trường học         22,002,000    19,000,007      86.4
"""


def test_a_total_torn_over_the_first_rows_is_no_heading() -> None:
    """The first parts of its figures stood in the header's cells, its ends in a row of their own."""
    assert _body(TOTAL_FIRST)[0] == ("", "Tổng cộng", "31,402,000", "28,116,507", "89.5")


OVER_PAGES = """
STT   Mặt hàng           Kỳ trước    Kỳ này    Tăng
1     Cá tra nguyên con    21,500    22,000     500
2     Tôm sú                98,50     99,00     500
                                0         0
3     Mực ống              187,00    190,00   3,000
\f
STT   Mặt hàng           Kỳ trước    Kỳ này    Tăng
      loại một                  0         0
4     Cua biển            250,000   251,500   1,500
5     Ghẹ xanh            180,000   180,000       0
"""


def test_figures_that_a_pages_end_tears_are_whole() -> None:
    """Their ends were a row of the next page, or a line of its header."""
    body = _body(OVER_PAGES)
    assert [row[0] for row in body] == ["1", "2", "3", "4", "5"]
    assert body[2] == ("3", "Mực ống loại một", "187,000", "190,000", "3,000")


FEES = """
STT   Tên thủ tục            Thời hạn            Lệ phí  Căn cứ
1     Đăng ký hộ kinh doanh  03 ngày làm việc    Không   Nghị định
2     Cấp đổi giấy phép      05 ngày làm     100,000 22/2015/NĐ
3     Cấp lại giấy phép      05 ngày làm     150,000 136/2023/NĐ
4     Xác nhận hồ sơ         10 ngày làm     120,000 50/2020/NĐ
"""


def test_figures_of_thousands_before_a_documents_number_doubt_the_table() -> None:
    """Fees that ran into the column of grounds were lost without a word."""
    pages = [page.split("\n") for page in FEES.split("\f")]
    (draft,) = table_drafts(source_lines(pages, pages))
    alone = {text for row in draft.rows for text in row}
    assert draft.doubts or {"100,000", "150,000", "120,000"} <= alone
