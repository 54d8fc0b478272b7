"""Rows that a page break cuts, and rests of rows at the top of a page."""

import pytest

from extract.tables.stitch import stitch
from tests.extract.tables.grids import EDGES, HEAD, body, grid, page, texts


def test_the_empty_rest_of_a_row_that_the_page_break_cut_is_no_row():
    lower = grid(2, [HEAD, ["", "", "", ""], *body(6, 9)])
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, lower)])
    assert [row[0] for row in texts(raw)] == ["STT", *map(str, range(1, 10))]
    assert "ordinals run on" in raw.seams[0].proof and raw.doubts == ()


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


def test_row_cut_by_the_break_beside_a_cell_over_several_rows():
    """The half row was kept as a row of its own where an empty cell reached down beside it."""
    first = grid(1, [HEAD, *body(1, 3)])
    second = grid(2, [HEAD, ["", "kéo dài", "", ""], ["4", "Xã thứ 4", "", "4"]], spans=[(1, 2, 2, 1)])
    (raw,) = stitch([page(1, first), page(2, second)])
    assert [row[0] for row in texts(raw)] == ["STT", "1", "2", "3", "4"]
    assert texts(raw)[3][1] == "Xã thứ 3 kéo dài"


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


def test_rest_of_a_row_on_a_page_that_shows_no_last_column_is_joined():
    rows = [["", "vùng cao", ""], *[[str(i), f"Xã thứ {i}", str(10 * i)] for i in range(6, 9)]]
    (raw,) = stitch([page(1, grid(1, [HEAD, *body(1, 5)])), page(2, grid(2, rows, edges=EDGES[:4]))])
    assert texts(raw)[5] == ["5", "Xã thứ 5 vùng cao", "50", "5"]
    assert raw.n_rows == 9


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


@pytest.mark.parametrize(("total", "tables"), [("Tổng cộng", 2), ("Cộng", 1)])
def test_a_header_again_below_a_whole_table_s_total_opens_another(total, tables):
    """Two tables of one shape, each counted from 1, were one; below a section's sum the next one may begin."""
    upper = [HEAD, *body(1, 4), ["", total, "100", "10"]]
    found = stitch([page(1, grid(1, upper)), page(2, grid(2, [HEAD, *body(1, 4)]))])
    assert len(found) == tables
