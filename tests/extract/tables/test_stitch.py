"""Tables over pages: what is joined, what is dropped, what is proved, what is kept apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.alignment import overlapping_columns, same_columns
from extract.tables.header import understand
from extract.tables.stitch import stitch
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine

EDGES = (60.0, 90.0, 250.0, 330.0, 420.0)
HEAD = ["STT", "Tên đơn vị", "Tiếp nhận", "Trả"]


def grid(page, rows, edges=EDGES, kind="ruled", spans=()):
    """A grid of texts; `spans` are (row, col, row_span, col_span)."""
    size = {(r, c): (rs, cs) for r, c, rs, cs in spans}
    hidden = {
        (r + y, c + x) for (r, c), (rs, cs) in size.items() for y in range(rs) for x in range(cs) if y or x
    }
    cells = tuple(
        GridCell(r, c, text, *size.get((r, c), (1, 1)), engine="text-layer")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in hidden
    )
    box = Box(edges[0], 100, edges[-1], 100 + 20 * len(rows))
    return Grid(page, kind, len(rows), len(rows[0]), cells, box, tuple(edges))


def page(number, *blocks):
    return PageContent(number, 595, 842, "text-layer", blocks)


def line(text, number=1, y=80):
    return TextLine(text, number, 1, Box(200, y, 400, y + 12))


def body(first, last):
    return [[str(i), f"Xã thứ {i}", str(10 * i), str(i)] for i in range(first, last + 1)]


def texts(raw):
    return [[c.text for c in row] for row in understand(raw, "t01").rows]


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


def test_the_empty_rest_of_a_row_that_the_page_break_cut_is_no_row():
    lower = grid(2, [HEAD, ["", "", "", ""], *body(6, 9)])
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, lower)])
    assert [row[0] for row in texts(raw)] == ["STT", *map(str, range(1, 10))]
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


def test_row_cut_by_the_page_break_is_joined():
    upper = [HEAD, *body(1, 4), ["5", "Trung tâm phục vụ", "50", "5"]]
    lower = [["", "hành chính công", "", ""], *body(6, 8)]
    (raw,) = stitch([page(1, grid(1, upper)), page(2, grid(2, lower))])
    assert texts(raw)[5] == ["5", "Trung tâm phục vụ hành chính công", "50", "5"]
    assert raw.n_rows == 9


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        # figures centred in the height of their row went to the next page with the rest of the label
        (["5", "Xã thứ năm", "", ""], ["", "vùng cao", "50", "5"], ["5", "Xã thứ năm vùng cao", "50", "5"]),
        # a narrow cell broke the figure, and the page the row
        (
            ["5", "Chi cân đối ngân", "202.398,", "5"],
            ["", "sách huyện", "4", ""],
            ["5", "Chi cân đối ngân sách huyện", "202.398,4", "5"],
        ),
    ],
)
def test_row_cut_with_its_figures_is_joined(above, below, joined):
    upper = [HEAD, *body(1, 4), above]
    (raw,) = stitch([page(1, grid(1, upper)), page(2, grid(2, [HEAD, below, *body(6, 9)]))])
    assert texts(raw)[5] == joined
    assert raw.n_rows == 10


def test_a_piece_of_a_rule_in_a_cut_row_is_no_print():
    """Between the last two columns the rule was too short to be found; it was read as a capital I."""
    upper = [HEAD, *body(1, 4), ["5", "Gạo nếp", "33,00", "1"]]
    lower = grid(2, [["", "loại hai", "I", ""], *body(6, 8)], spans=[(0, 2, 1, 2)])
    (raw,) = stitch([page(1, grid(1, upper)), page(2, lower)])
    assert texts(raw)[5] == ["5", "Gạo nếp loại hai", "33,00", "1"]
    assert raw.n_rows == 9


@pytest.mark.parametrize(
    ("below", "doubtful"),
    [
        (["", "", "0", "0"], {(5, 2), (5, 3), (6, 2), (6, 3)}),
        (["", "loại hai", "0", ""], {(5, 2), (6, 2)}),
        (["", "Loại hai", "20", "2"], set()),
        (["", "Tổng cộng", "150", "15"], set()),
    ],
)
def test_halves_of_figures_that_cannot_be_joined_are_in_doubt(below, doubtful):
    """A price's last digit on the next page (`33,00` over `0`) stood as a row of its own, and nothing told."""
    upper = [HEAD, *body(1, 4), ["5", "Gạo nếp", "33,000", "7"]]
    (raw,) = stitch([page(1, grid(1, upper)), page(2, grid(2, [below, *body(6, 9)]))])
    assert {(c.row, c.col) for c in raw.cells if c.doubtful} == doubtful


@pytest.mark.parametrize(
    "below",
    [
        ["", "Tổng cộng", "150", "15"],
        ["", "Nam", "20", "2"],  # a row of its own under a full one
        ["", "vùng cao", "20", "2"],
    ],
)
def test_row_with_figures_under_a_full_row_is_its_own(below):
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [HEAD, below, *body(6, 9)]))])
    assert texts(raw)[6] == below


def test_entry_of_two_rows_cut_between_them_keeps_its_label():
    """Counts, and under them their percentages: ordinal and question span both."""
    pairs = [
        row for i in (1, 2) for row in ([f"{i}.", f"Câu hỏi {i}", "30", "4"], ["", "", "88,2%", "11,8%"])
    ]
    spans = [(1, 0, 2, 1), (1, 1, 2, 1), (3, 0, 2, 1), (3, 1, 2, 1)]
    upper = grid(1, [HEAD, *pairs, ["3.", "Câu hỏi ba dài", "30", "4"]], spans=spans)
    lower = grid(2, [["", "quá một dòng", "88,2%", "11,8%"], *[["4.", "Câu hỏi 4", "1", "2"]]])
    (raw,) = stitch([page(1, upper), page(2, lower)])
    assert [row[:2] for row in texts(raw)[5:7]] == [["3.", "Câu hỏi ba dài quá một dòng"]] * 2


def test_grids_side_by_side_on_a_page_are_two_tables():
    right = tuple(x + 380 for x in EDGES)
    assert (
        len(stitch([page(1, grid(1, [HEAD, *body(1, 5)]), grid(1, [HEAD, *body(6, 9)], edges=right))])) == 2
    )


def test_total_row_at_the_top_of_a_page_is_not_joined_to_the_row_before():
    (raw,) = stitch(
        [page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [["", "Tổng cộng", "150", "15"]]))]
    )
    assert texts(raw)[-1] == ["", "Tổng cộng", "150", "15"]


def test_merged_first_column_missing_on_the_second_page():
    """A page on which the outer column has no border still lies on the columns of the first."""
    rows = [["Xã thứ 6", "60", "6"], ["Xã thứ 7", "70", "7"]]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, rows, edges=EDGES[1:]))])
    assert texts(raw)[-1] == ["", "Xã thứ 7", "70", "7"]


def test_label_merged_over_rows_goes_on_behind_the_break():
    upper = [HEAD, *body(1, 2), ["3", "Huyện A", "5", "1"], ["4", "", "6", "1"]]
    lower = [["5", "", "7", "1"], ["6", "", "8", "2"]]
    (raw,) = stitch(
        [
            page(1, grid(1, upper, spans=[(3, 1, 2, 1)])),
            page(2, grid(2, lower, spans=[(0, 1, 2, 1)])),
        ]
    )
    assert [row[1] for row in texts(raw)[3:]] == ["Huyện A"] * 4


def test_three_pages_are_one_table():
    pages = [page(n, grid(n, [HEAD, *body(5 * n - 4, 5 * n)])) for n in (1, 2, 3)]
    (raw,) = stitch(pages)
    assert raw.n_rows == 16
    assert [s.page for s in raw.seams] == [2, 3]


def test_row_cut_after_a_section_and_a_single_row():
    """A table whose first page holds one section row and one long row that the page break cuts."""
    upper = grid(
        1,
        [HEAD, ["Lĩnh vực hộ tịch", "", "", ""], ["1", "Cấp bản sao", "", "theo điều"]],
        spans=[(1, 0, 1, 4)],
    )
    lower = grid(2, [["", "", "", "khoản 2 của Luật"], ["2", "Khai sinh", "", "x"]])
    (raw,) = stitch([page(1, upper), page(2, lower)])
    assert texts(raw)[2] == ["1", "Cấp bản sao", "", "theo điều khoản 2 của Luật"]
    assert raw.n_rows == 4


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


def test_row_cut_by_the_break_beside_a_cell_over_several_rows():
    """The half row was kept as a row of its own where an empty cell reached down beside it."""
    first = grid(1, [HEAD, *body(1, 3)])
    second = grid(2, [HEAD, ["", "kéo dài", "", ""], ["4", "Xã thứ 4", "", "4"]], spans=[(1, 2, 2, 1)])
    (raw,) = stitch([page(1, first), page(2, second)])
    assert [row[0] for row in texts(raw)] == ["STT", "1", "2", "3", "4"]
    assert texts(raw)[3][1] == "Xã thứ 3 kéo dài"


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


def test_rest_of_a_row_at_the_top_of_a_page_is_no_header():
    """A page that begins with the rest of a long text names no columns by it."""
    rest = ["", "- Cơ quan thực hiện", "", ""]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [rest, *body(6, 9)]))])
    assert raw.n_rows == 10
    assert texts(raw)[5][1] == "Xã thứ 5 - Cơ quan thực hiện"


def test_double_rule_at_the_foot_makes_no_row():
    rows = [HEAD, *body(1, 3), ["4", "Xã thứ 4", "40", ""], ["", "", "", ""]]
    (raw,) = stitch([page(1, grid(1, rows, spans=[(4, 0, 2, 1), (4, 1, 2, 1), (4, 2, 2, 1)]))])
    assert [row[0] for row in texts(raw)] == ["STT", "1", "2", "3", "4"]


def test_row_with_a_text_beside_spanning_cells_stays():
    rows = [HEAD, *body(1, 3), ["4", "Xã thứ 4", "40", "a"], ["", "", "", "b"]]
    (raw,) = stitch([page(1, grid(1, rows, spans=[(4, 0, 2, 1), (4, 1, 2, 1), (4, 2, 2, 1)]))])
    assert raw.n_rows == 6


@pytest.mark.parametrize("text", ["40\n50", "40 50"])
def test_figures_sharing_a_cell_of_an_open_table_are_doubtful(text):
    """Two rows or columns taken for one: nothing but white space parted them."""
    rows = [HEAD, *body(1, 5), ["6", "Xã thứ 6", text, "6"]]
    (raw,) = stitch([page(1, grid(1, rows, kind="borderless"))])
    assert [c.text for c in raw.cells if c.doubtful] == [text]
    assert any("không có đường kẻ" in note for note in raw.notes)


def test_open_table_whose_figures_fit_has_no_note():
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)], kind="borderless"))])
    assert not raw.notes and not any(c.doubtful for c in raw.cells)


def test_header_with_its_column_numbers_misread_is_the_same_where_ordinals_run_on():
    numbers = ["(1)", "(2)", "(3)", "(4)"]
    glued = ["STT h", "Tên đơn vị (2", "Tiếp nhận 8", "Trả 4)"]
    (raw,) = stitch([page(1, grid(1, [HEAD, numbers, *body(1, 5)])), page(2, grid(2, [glued, *body(6, 9)]))])
    assert raw.n_rows == 11
    assert len(stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [glued, *body(1, 4)]))])) == 2


def test_rest_of_a_row_on_a_page_that_shows_no_last_column_is_joined():
    rows = [["", "vùng cao", ""], *[[str(i), f"Xã thứ {i}", str(10 * i)] for i in range(6, 9)]]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, rows, edges=EDGES[:4]))])
    assert texts(raw)[5] == ["5", "Xã thứ 5 vùng cao", "50", "5"]
    assert raw.n_rows == 9


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


def test_figures_of_two_columns_in_one_cell_are_doubtful_where_another_page_shows_the_rule():
    fused = [["STT", "Tên đơn vị", "Tiếp nhận Trả"], *[[r[0], r[1], f"{r[2]} {r[3]}"] for r in body(1, 5)]]
    edges = (*EDGES[:3], EDGES[4])
    (raw,) = stitch([page(1, grid(1, fused, edges=edges)), page(2, grid(2, [HEAD, *body(6, 9)]))])
    assert raw.n_cols == 4
    assert any("trang 1" in doubt for doubt in raw.doubts)
    (whole,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, [HEAD, *body(6, 9)]))])
    assert not whole.doubts


def test_a_row_whose_number_was_misread_at_the_top_of_a_page_is_no_header():
    """`3.` was read as `2 2`: the count leaves a place for it between 2 and 4, and proves the seam."""
    words = [["2 2", "Cấp lại giấy phép", "Phí: đồng", "Toàn trình"], *body(4, 6)]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 2)])), page(2, grid(2, words))])
    assert raw.n_rows == 7
    assert "ordinals run on" in raw.seams[0].proof


def test_the_confidence_of_a_table_is_that_of_its_cells_whatever_their_page():
    first, second = grid(1, [HEAD, *body(1, 9)]), grid(2, body(10, 10))
    (raw,) = stitch([page(1, replace(first, confidence=0.9)), page(2, replace(second, confidence=0.4))])
    assert raw.confidence == pytest.approx((0.9 * 40 + 0.4 * 4) / 44, abs=1e-4)


def test_the_last_word_of_a_cut_text_may_be_a_figure():
    """An address ended in `phường` at the foot of the page and in `1` at the top of the next."""
    head = ["STT", "Họ và tên", "Địa chỉ", "Số người"]
    rows = [
        [str(i), f"Nguyễn Văn {'ABCDEFGHI'[i]}", f"số {i}, tổ 4, phường {i}", str(i)] for i in range(1, 8)
    ]
    upper = [head, *rows[:5], ["6", "Nguyễn Văn G", "số 37, đường Hoa Lư, tổ 1, phường", "6"]]
    (raw,) = stitch([page(1, grid(1, upper)), page(2, grid(2, [head, ["", "", "1", ""], *rows[6:]]))])
    assert texts(raw)[6] == ["6", "Nguyễn Văn G", "số 37, đường Hoa Lư, tổ 1, phường 1", "6"]
    assert raw.n_rows == 8


def test_a_table_of_two_columns_with_a_header_of_its_own_is_one_of_its_own():
    """Of two columns each cell is as wide as all but one: its header was taken for a section's row."""
    other = ["Bãi chôn lấp", "Khối lượng"], ["Bãi số một", "840"], ["Bãi số hai", "1.204,5"]
    first = grid(1, [HEAD, *body(1, 5)])
    below = replace(grid(1, list(other), edges=(60.0, 250.0, 420.0)), box=Box(60, 400, 420, 460))
    assert [raw.n_rows for raw in stitch([page(1, first, below)])] == [6, 3]
