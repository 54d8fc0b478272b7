"""A report of paragraphs alone is no table."""

from __future__ import annotations

from extract.dump.lines import source_lines
from extract.dump.read import table_drafts

PROSE = """
I. THỦY LỢI
1. Công trình
Đã nạo vét 12,5 km kênh loại III, đạt 83% kế hoạch, kinh phí 1.240 triệu đồng.
Trong quý sửa chữa 07 cống và 02 trạm bơm, bảo đảm tưới cho 640 ha lúa xuân.
2. Phòng, chống thiên tai
Xảy ra 03 đợt mưa lớn làm hư hại 45 ha hoa màu, ước thiệt hại 820 triệu đồng.
II. NƯỚC SẠCH
Tỷ lệ hộ dùng nước hợp vệ sinh đạt 96,4%, tăng 1,2% so với cùng kỳ năm trước.
Đấu nối mới 312 hộ; sản lượng nước thương phẩm đạt 148.000 m3 trong ba tháng.
"""

TABLE = """
STT
Tên công trình
Chiều dài (m)
Kinh phí
1
Kênh Đồng Mới, đoạn từ cống số 2 đến trạm bơm thôn Hạ.
1.250
310
2
Kênh Bãi Dài, đoạn từ cầu Đá đến ngã ba chợ huyện mới.
840
225
3
Kênh Cây Gạo
2.060
540
4
Kênh Ao Sen
715
180
Tổng cộng
4.865
1.255
"""


def tables(text: str) -> int:
    lines = text.strip("\n").split("\n")
    return len(table_drafts(source_lines([lines], [lines])))


def test_numbered_headings_over_sentences_with_figures_are_no_table() -> None:
    """Reports without a table lost their sentences to one, and statements.csv their figures."""
    assert tables(PROSE) == 0


def test_names_that_end_as_sentences_leave_a_table_one() -> None:
    assert tables(TABLE) == 1
