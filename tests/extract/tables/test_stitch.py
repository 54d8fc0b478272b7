"""Tables over pages: what is joined, what is dropped, what is proved, what is kept apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.alignment import overlapping_columns, same_columns
from extract.tables.stitch import stitch
from model.geometry import Box
from model.page import TextLine
from tests.extract.tables.grids import EDGES, HEAD, body, grid, line, page, texts


def test_repeated_header_is_dropped():
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [HEAD, *body(6, 9)]))])
    assert raw.n_rows == 10
    assert raw.row_pages == (1,) * 6 + (2,) * 4
    assert raw.seams[0].row == 6
    assert set(raw.seams[0].proof) == {"header repeated", "ordinals run on", "columns align"}


def test_a_header_that_was_misread_on_the_second_page_parts_no_table():
    """Its shade made one row of two: `Giá đ | ất ở`. The columns are the same, and the rows are counted on."""
    misread = ["ST", "m", "Ti ếpn", "T r"]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [misread, *body(6, 9)]))])
    assert [row[0] for row in texts(raw)] == ["STT", *map(str, range(1, 10))]
    assert raw.seams[0].proof == ("ordinals run on", "columns align")


@pytest.mark.parametrize(
    ("first", "edges"), [(1, EDGES), (7, EDGES), (6, (60.0, 90.0, 200.0, 330.0, 420.0))], ids=str
)
def test_another_header_over_other_columns_or_rows_parts_tables(first, edges):
    other = ["STT", "Lĩnh vực", "Đúng hạn", "Quá hạn"]
    upper, lower = grid(1, [HEAD, *body(1, 5)]), grid(2, [other, *body(first, 9)], edges=edges)
    assert len(stitch([page(1, upper), page(2, lower)])) == 2


def test_rows_that_count_on_below_rubbish_prove_the_seam():
    """A header in a dithered shade gave rows of signs, the first of which looked like a row number."""
    rubbish = [["2", "", "--", "."], ["STT", "- Tên", "x.", "(£7"], [".", "cơ", "", ""]]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [*rubbish, *body(6, 9)]))])
    assert "ordinals run on" in raw.seams[0].proof and raw.doubts == ()


@pytest.mark.parametrize(("scale", "parts"), [(1.28, 1), (0.8, 1), (1.9, 2)])
def test_a_table_goes_on_on_a_photo_whose_sheet_was_taken_for_a_larger_one(scale, parts):
    edges = tuple(20 + scale * x for x in EDGES)
    found = stitch(
        [page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [HEAD, *body(6, 9)], edges=edges))]
    )
    assert len(found) == parts


def test_no_header_on_the_second_page():
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, line("2", 2, 30), grid(2, body(6, 9)))])
    assert raw.n_rows == 10
    assert "ordinals run on" in raw.seams[0].proof
    assert raw.notes == ()


def test_seam_that_only_columns_prove_is_noted():
    rows = [["", "Tổng hợp khác", "5", "1"], ["", "Còn lại", "4", "0"]]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, rows))])
    assert raw.seams[0].proof == ("columns align",)
    assert "trang 2" in raw.doubts[0]


def test_new_caption_starts_a_new_table():
    found = stitch(
        [page(1, grid(1, [HEAD, *body(1, 5)])), page(2, line("BIỂU SỐ 2"), grid(2, [HEAD, *body(1, 4)]))]
    )
    assert [r.n_rows for r in found] == [6, 5]
    assert found[1].title == "BIỂU SỐ 2"


def test_other_header_starts_a_new_table():
    other = ["STT", "Lĩnh vực", "Đúng hạn", "Quá hạn"]
    found = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [other, *body(1, 4)]))])
    assert len(found) == 2


def test_other_columns_start_a_new_table():
    narrow = grid(2, [["6", "Xã", "1", "2"]], edges=(60, 150, 200, 260, 420))
    assert len(stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, narrow)])) == 2


def test_prose_between_two_tables_keeps_them_apart():
    found = stitch(
        [page(1, grid(1, [HEAD, *body(1, 3)]), line("Các đơn vị còn lại báo cáo sau."), grid(1, body(4, 6)))]
    )
    assert len(found) == 2


def test_grids_side_by_side_on_a_page_are_two_tables():
    right = tuple(x + 380 for x in EDGES)
    assert (
        len(stitch([page(1, grid(1, [HEAD, *body(1, 5)]), grid(1, [HEAD, *body(6, 9)], edges=right))])) == 2
    )


def test_three_pages_are_one_table():
    pages = [page(n, grid(n, [HEAD, *body(5 * n - 4, 5 * n)])) for n in (1, 2, 3)]
    (raw,) = stitch(pages)
    assert raw.n_rows == 16
    assert [s.page for s in raw.seams] == [2, 3]


def test_caption_printed_again_goes_on():
    first = page(1, line("BIỂU SỐ 2"), grid(1, [HEAD, *body(1, 5)]))
    found = stitch([first, page(2, line("BIỂU SỐ 2 (tiếp theo)"), grid(2, [HEAD, *body(6, 9)]))])
    assert [r.n_rows for r in found] == [10]


def test_caption_printed_again_over_a_new_count_is_a_new_table():
    first = page(1, line("BIỂU SỐ 2"), grid(1, [HEAD, *body(1, 5)]))
    assert len(stitch([first, page(2, line("BIỂU SỐ 2"), grid(2, [HEAD, *body(1, 4)]))])) == 2


def test_only_the_column_numbers_repeated():
    numbers = ["1", "2", "3", "4"]
    (raw,) = stitch(
        [page(1, grid(1, [HEAD, numbers, *body(1, 5)])), page(2, grid(2, [numbers, *body(6, 9)]))]
    )
    assert raw.n_rows == 11


def test_stamp_in_the_margin_does_not_part_a_table():
    stamp = line("Ký bởi: Văn phòng", 1, 815)
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)]), stamp), page(2, grid(2, body(6, 9)))])
    assert raw.n_rows == 10


def test_running_heads_do_not_part_a_table():
    pages = [
        page(n, TextLine("Công báo tỉnh số 5", n, 1, Box(60, 20, 200, 30)), grid(n, body(5 * n - 4, 5 * n)))
        for n in range(1, 5)
    ]
    assert len(stitch(pages)) == 1


@given(
    st.lists(st.floats(20, 120), min_size=2, max_size=10),
    st.floats(-30, 30),
    st.floats(0.97, 1.03),
)
def test_columns_are_known_again_after_a_shift_and_a_stretch(widths, shift, scale):
    edges = [50.0]
    for width in widths:
        edges.append(edges[-1] + width)
    moved = [50 + (e - 50) * scale + shift for e in edges]
    mapping = same_columns(edges, moved)
    assert mapping is not None
    assert mapping.n_cols == len(widths)
    assert mapping.second == mapping.first


@pytest.mark.parametrize(
    ("second", "places"),
    [
        ((60, 100, 240, 340, 420), ((0, 1), (1, 2), (2, 3), (3, 4))),
        ((60, 100, 240, 340), ((0, 1), (1, 2), (2, 3))),
        ((60, 420), None),
    ],
)
def test_overlapping_columns(second, places):
    mapping = overlapping_columns(EDGES, second)
    assert (mapping.second if mapping and places else None) == places


def test_nothing_to_stitch():
    assert stitch([]) == []
    assert stitch([page(1, line("chỉ có chữ"))]) == []


@pytest.mark.parametrize("number", ["1-2", "- 3 -", "-.2", "Trang 4/9"])
def test_page_number_read_in_pieces_does_not_part_a_table(number):
    pages = [page(1, grid(1, [HEAD, *body(1, 5)])), page(2, line(number, 2), grid(2, body(6, 9)))]
    assert len(stitch(pages)) == 1


@pytest.mark.parametrize(
    "speck",
    [
        TextLine("I", 1, 1, Box(580, 150, 584, 156), confidence=0.99),  # beside the grid, at the sheet's edge
        TextLine("a", 1, 1, Box(300, 260, 304, 262), confidence=0.4),
        TextLine("..", 1, 1, Box(300, 260, 304, 262), confidence=0.95),
    ],
)
def test_a_speck_does_not_part_a_table(speck):
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)]), speck), page(2, grid(2, body(6, 9)))])
    assert raw.n_rows == 10


def test_header_with_its_column_numbers_misread_is_the_same_where_ordinals_run_on():
    numbers = ["(1)", "(2)", "(3)", "(4)"]
    glued = ["STT h", "Tên đơn vị (2", "Tiếp nhận 8", "Trả 4)"]
    (raw,) = stitch([page(1, grid(1, [HEAD, numbers, *body(1, 5)])), page(2, grid(2, [glued, *body(6, 9)]))])
    assert raw.n_rows == 11
    assert len(stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [glued, *body(1, 4)]))])) == 2


def test_page_cropped_and_scaled_otherwise_goes_on_though_it_shows_a_column_less():
    edges = (60.0, 90.0, 250.0, 300.0, 350.0, 400.0, 450.0, 500.0)
    moved = [80 + (x - 60) * 1.04 for x in edges if x != 300.0]
    mapping = same_columns(edges, moved)
    assert mapping is not None
    assert mapping.second == ((0, 1), (1, 2), (2, 4), (4, 5), (5, 6), (6, 7))


def test_header_taken_for_a_body_on_one_page_is_told_by_the_other():
    pale = ["r", *HEAD[1:]]
    rows = [["I", "Miền núi", "", ""], *body(1, 5)]
    (raw,) = stitch([page(1, grid(1, [pale, *rows])), page(2, grid(2, [HEAD, *body(6, 9)]))])
    assert raw.header_rows == 1
    assert raw.n_rows == 11
    assert set(raw.seams[0].proof) == {"header repeated", "ordinals run on", "columns align"}


def test_the_confidence_of_a_table_is_that_of_its_cells_whatever_their_page():
    first, second = grid(1, [HEAD, *body(1, 9)]), grid(2, body(10, 10))
    (raw,) = stitch([page(1, replace(first, confidence=0.9)), page(2, replace(second, confidence=0.4))])
    assert raw.confidence == pytest.approx((0.9 * 40 + 0.4 * 4) / 44, abs=1e-4)


def test_a_table_of_two_columns_with_a_header_of_its_own_is_one_of_its_own():
    """Of two columns each cell is as wide as all but one: its header was taken for a section's row."""
    other = ["Bãi chôn lấp", "Khối lượng"], ["Bãi số một", "840"], ["Bãi số hai", "1.204,5"]
    first = grid(1, [HEAD, *body(1, 5)])
    below = replace(grid(1, list(other), edges=(60.0, 250.0, 420.0)), box=Box(60, 400, 420, 460))
    assert [raw.n_rows for raw in stitch([page(1, first, below)])] == [6, 3]


def test_column_numbers_of_a_repeated_header_begin_no_count():
    """`(1)` under a header whose first row was read as nothing was taken for row 1: the header's rows became
    rows of the table."""
    numbers = ["(1)", "(2)", "(3)", "(4)=(3)/(2)"]
    whole = replace(grid(1, [["STT", "", "Hồ sơ", "Hồ sơ"], HEAD, numbers, *body(1, 5)]), header_rows=3)
    broken = grid(2, [["", "", "Hồ sơ", "62 LÀ"], HEAD, numbers, *body(6, 9)])
    (raw,) = stitch([page(1, whole), page(2, broken)])
    assert [row[0] for row in texts(raw)][-5:] == ["5", "6", "7", "8", "9"]
    assert "header repeated" in raw.seams[0].proof


def test_a_page_that_ends_under_a_header_of_two_rows_leaves_the_rows_to_the_next():
    """The header's second row, alone with the first on its page, was taken for the table's first row, and
    that the numbers begin below it proved nothing."""
    upper = ["Số TT", "Tên xã", "Số sinh", "Số sinh"]
    lower = ["Số TT", "Tên xã", "Tổng số", "Nữ"]
    spans = [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)]
    (raw,) = stitch([page(1, grid(1, [upper, lower], spans=spans)), page(2, grid(2, body(1, 5)))])
    assert raw.header_rows == 2 and raw.n_rows == 7
    assert raw.seams[0].proof == ("ordinals run on", "columns align")


@pytest.mark.parametrize(("name", "tables"), [("Toàn huyện", 2), ("Tổng cộng", 2), ("Cộng", 1)])
def test_below_a_wholes_total_the_same_rows_again_are_another_table(name, tables):
    """`MÔN TIẾNG ANH` under `Toàn huyện` stood in the table of the subject above, header and all."""
    rows = [["", f"Trường {n}", str(10 * n), str(n)] for n in range(1, 5)]
    total = ["", name, "100", "10"]
    first, second = grid(1, [HEAD, *rows, total]), grid(2, [HEAD, *rows, total])
    assert len(stitch([page(1, first), page(2, second)])) == tables


def test_a_total_over_its_rows_does_not_end_the_table_that_a_page_breaks_below_it():
    """The rows on the next page, under the same header, were a table of their own, and nothing said so."""
    rows = [["", f"Chi cục {n}", str(10 * n), str(n)] for n in range(1, 5)]
    first = grid(1, [HEAD, ["", "TỔNG SỐ", "100", "10"]])
    (raw,) = stitch([page(1, first), page(2, grid(2, [HEAD, *rows]))])
    assert [row[1] for row in texts(raw)][1:] == ["TỔNG SỐ", *(row[1] for row in rows)]
