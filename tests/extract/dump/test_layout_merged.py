"""Laid-out cells that stand over several rows, tables over pages whose columns or figures differ, titles and
rows of years between tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.layout.merged import merged_rows
from extract.dump.lines import source_lines
from extract.dump.read import table_drafts


def _drafts(text: str) -> list[Draft]:
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    return table_drafts(source_lines(pages, pages))


def _body(draft: Draft) -> list[tuple[str, ...]]:
    return list(draft.rows[draft.header_rows or 0 :])


def _spans(draft: Draft) -> list[tuple[str, int]]:
    """The texts of cells over several rows of the body, and how many those are."""
    return [
        (draft.rows[s.row][s.col], s.height)
        for s in draft.spans
        if s.row >= (draft.header_rows or 0) and s.height > 1
    ]


def test_a_name_in_the_middle_of_its_rows_is_that_of_all() -> None:
    """Of three rows only the middle one had the field's name."""
    text = """
        Lĩnh vực               Mức độ              Số phiếu   Tỷ lệ (%)
                         Rất hài lòng                123       37,85
         Đất đai         Hài lòng                    123       37,85
                         Chưa hài lòng                79       24,31
                         Rất hài lòng                180       95,24
        Tư pháp
                         Hài lòng                      9        4,76
                         Rất hài lòng                236       71,73
        Xây dựng         Hài lòng                     71       21,58
                         Chưa hài lòng                22        6,69
"""
    (draft,) = _drafts(text)
    assert _spans(draft) == [("Đất đai", 3), ("Tư pháp", 2), ("Xây dựng", 3)]
    assert [row[1] for row in _body(draft)][:2] == ["Rất hài lòng", "Hài lòng"]


def test_the_height_of_a_row_is_that_of_its_cells_not_of_the_dump() -> None:
    """A row of two lines takes three of a dump where a one-line cell stands between them."""
    text = """
 TT  Tên đường           Từ                  Đến                Vị trí 1   Vị trí 2
 13  Đường 30/4       Cổng trường THCS    Trạm y tế               1,750      1,050
                      Ngã tư chợ          Cầu Sắt                11,600      6,960
     Cách Mạng        Cầu Sắt             Trạm y tế               9,950      5,970
 14
     Tháng Tám                            Hết thửa đất số
                      Giáp ranh xã bên                            8,350      5,010
                                          125, tờ bản đồ 14
 15  Trần Mẫu         Cầu Sắt             Ngã tư chợ              7,350      4,410
                      Trạm y tế           Cầu Sắt                 5,350      3,410
 16  Lê Mẫu           Cầu Mẫu             Ngã tư chợ              6,350      2,410
                      Chợ Mẫu             Cầu Sắt                 4,350      1,410
"""
    (draft,) = _drafts(text)
    assert _spans(draft)[:2] == [("14", 3), ("Cách Mạng Tháng Tám", 3)]
    assert _body(draft)[3][2:4] == ("Giáp ranh xã bên", "Hết thửa đất số 125, tờ bản đồ 14")


def test_a_name_at_the_top_of_its_rows_says_nothing_of_the_others() -> None:
    lines = [("A", "x", "1"), ("", "y", "2"), ("", "z", "3"), ("B", "x", "4"), ("", "y", "5"), ("", "z", "6")]
    assert merged_rows(lines, 1) is None


@given(st.lists(st.integers(1, 5), min_size=3, max_size=8).filter(lambda sizes: max(sizes) > 2))
def test_groups_of_any_sizes_come_out_or_nothing_does(sizes: list[int]) -> None:
    """Names printed on the middle row of odd groups and between the two of even ones: never other groups."""
    lines = []
    for g, size in enumerate(sizes):
        for i in range(size):
            if size % 2 == 0 and i == size // 2:
                lines.append((f"Tên {g}", "", ""))
            lines.append((f"Tên {g}" if size % 2 and i == size // 2 else "", f"text {i}", str(10 * g + i)))
    found = merged_rows(lines, 1)
    if found is not None:
        assert [s.height for s in found.spans] == [size for size in sizes if size > 1]


YEARS = """
                                12. Một số chỉ tiêu chủ yếu
                                                                                            Sơ bộ
                                       2018         2019     2020       2021       2022
                                                                                             2023
Sản lượng lúa (tấn) - Production of
                                       18.499       20.799   19.243     20.106     17.718   19.292
paddy (ton)
Đàn trâu (con) - Buffaloes (head)       7.814        8.470    8.373      7.578      7.002    8.176
Đàn bò (con) - Cattle (head)           16.951       16.818   17.788     15.865     16.152   18.302


           13. Dân số trung bình phân theo giới tính (người)
             Tổng số - Total    Nam - Male      Nữ - Female
   2012              730.670          363.239         367.431
   2013              582.137          285.995         296.142
   2014              384.724          194.226         190.498
"""


def test_years_head_columns_and_a_counted_title_begins_a_table() -> None:
    """The years were a row, the title its label, and both tables one of five columns."""
    first, second = _drafts(YEARS)
    assert first.rows[0] == ("", "2018", "2019", "2020", "2021", "2022", "Sơ bộ 2023")
    assert _body(first)[0][:2] == ("Sản lượng lúa (tấn) - Production of paddy (ton)", "18.499")
    assert second.rows[0] == ("", "Tổng số - Total", "Nam - Male", "Nữ - Female")
    assert _body(second)[0] == ("2012", "730.670", "363.239", "367.431")


def test_rows_without_figures_go_on_with_the_table_of_the_page_before() -> None:
    """Rows of crosses at the top of a page were lost without a word."""
    text = """
TT            Tên văn bản               Đã ban hành   Đang soạn   Hạn hoàn thành
 1   Đề án sắp xếp                                        x         01/2025
 2   Quyết định kiện toàn                    x                      02/2025
 3   Quy chế phối hợp                                     x         03/2025
\f
 4   Đề án số hai                            x                      Quý 1
 5   Quy chế số ba                                        x         Quý 2
"""
    (draft,) = _drafts(text)
    assert [row[0] for row in _body(draft)] == ["1", "2", "3", "4", "5"]
    assert _body(draft)[3][2] == "x"


FIRST = """
TT     Tên công trình                    Xã            Quyết định       Kế hoạch   Giải ngân   Chủ đầu tư
 1     Cầu dân sinh bản Mẫu Một      Xã An Mẫu         12/QĐ-UBND         4.337      2.282     UBND xã
 2     Đường bản Mẫu Hai             Xã Bình Mẫu       731/QĐ-UBND        3.362      1.453     Ban Quản lý
 3     Trường học bản Mẫu Ba         Xã Chi Mẫu        99/QĐ-UBND        21.727     11.539     UBND xã
 4     Nhà văn hóa bản Mẫu Bốn       Xã Dung Mẫu       1638/QĐ-UBND      56.923     18.091     UBND xã
"""


@pytest.mark.parametrize("name", ["Nước sạch bản Mẫu Năm ở xa đi trung tâm Xã Em Mẫu"])
def test_a_part_that_lacks_a_column_of_words_keeps_its_figures_in_theirs(name: str) -> None:
    """On the next page a name came within a blank of the next column, and all its figures stood one column to
    the left, without a flag."""
    second = f"""
 5   {name}   1079/QĐ-UBND    75.219   39.260   Ban Quản lý
 6   {name}   2998/QĐ-UBND    41.795   18.106   UBND xã
"""
    drafts = _drafts(FIRST + "\f" + second)
    row = next(row for draft in drafts for row in draft.rows if row[0] == "5")
    assert row[-4:] == ("1079/QĐ-UBND", "75.219", "39.260", "Ban Quản lý")
    assert len(drafts) == 1
    assert drafts[0].doubtful
