"""Names of sections, headings broken after a bracket, and words behind wide figures in laid-out tables."""

from __future__ import annotations

from extract.dump.draft import Draft
from extract.dump.layout.tables import layout_drafts
from extract.dump.lines import source_lines


def _drafts(text: str) -> list[Draft]:
    pages = [page.split("\n") for page in text.split("\f")]
    return layout_drafts(source_lines(pages, pages))


SECTIONS = """
            TT     Xã            Số hộ      Tổng      Lợn thịt
Khu vực phía Đông
            1      Nam Quang        38       271            53
            2      Quảng Lâm        57       383           163
                   Cộng             95       654           216
Khu vực phía Tây
            3      Lũng Nặm         30       404           184
            4      Tổng Cọt         38       107            14
\f            TT     Xã            Số hộ      Tổng      Lợn thịt
            5      Hà Quảng         30        53            26
            6      Trà Lĩnh         55       276            35
"""


def test_a_sections_name_left_of_all_rows_parts_no_header_from_them() -> None:
    """The header over `Khu vực phía Đông` took it in, or was lost."""
    (draft,) = _drafts(SECTIONS)
    body = draft.rows[draft.header_rows or 0 :]
    assert "Khu vực" not in " ".join(draft.rows[0])
    assert "Khu vực phía Đông" in " ".join(body[0])
    assert [row[-3:] for row in body if row[0].isdigit()][-1] == ("55", "276", "35")


POINTS = """
Xếp                     Minh     Tiến độ       Tổng
        Đơn vị          bạch     giải          (100    Tăng       Xếp loại
hạng                    (18      quyết         điểm)
                                 (12
                        điểm)    điểm)
 1      Yên Trung       17,18    8,89          88,43   +28,22 Tốt
 2      Yên Phong       13,79    9,62          88,21   +19,88 Tốt
        Phường Từ
 3                      12,62    10,54         83,80   -8,15      Tốt
        Sơn
 4      Tam Đa          16,38    10,33         83,73   +4,48      Khá
 5      Tam Giang       16,31    10,31         82,73   +4,41      Khá
 6      Đèo Gia         16,32    10,32         81,73   +4,42      Khá
"""


def test_words_one_blank_behind_wide_figures_stand_in_the_next_column() -> None:
    """`+28,22 Tốt` was one text; `(12` alone on a heading's line numbered columns, so that what stands under
    it was a row's."""
    (draft,) = _drafts(POINTS)
    body = draft.rows[draft.header_rows or 0 :]
    assert [row[-2:] for row in body][:3] == [("+28,22", "Tốt"), ("+19,88", "Tốt"), ("-8,15", "Tốt")]
    assert [row[1] for row in body][2] == "Phường Từ Sơn"
    assert body[0][2] == "17,18"
