"""Tall ruled rows cut into the printed ones: rests of lost rules, headers, rows that only their numbers tell."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.tables.assign import fill
from extract.tables.counted import counts_rows
from extract.tables.half_ruled import torn_head, with_printed_rows
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box
from model.page import Word

XS = (60.0, 100.0, 260.0, 330.0, 400.0)
PITCH = 12.0


def printed(text, col, middle):
    """One line of a cell, its words from the column's left side; letters 5 points wide, 10 high."""
    words, x = [], XS[col] + 3
    for part in text.split():
        words.append(Word(part, Box(x, middle - 5, x + 5 * len(part), middle + 5), 1.0, "F", 10.0))
        x = words[-1].box.x1 + 2.5
    return words


def cell_words(text, col, middle):
    """Lines over each other, centred on a height."""
    lines = text.split("\n")
    first = middle - (len(lines) - 1) / 2 * PITCH
    return [w for i, line in enumerate(lines) for w in printed(line, col, first + i * PITCH)]


def table(rows, top=100.0):
    """The words of rows whose cells are centred in height, each row's middle, and the height below the last."""
    words, middles, y = [], [], top
    for row in rows:
        height = max(cell.count("\n") + 1 for cell in row) * PITCH + 6
        middles.append(y + height / 2)
        for col, cell in enumerate(row):
            words += cell_words(cell, col, middles[-1]) if cell else []
        y += height
    return words, middles, y


def tall(edges, cells):
    """A lattice of these row edges; `cells` are (row, col, rows)."""
    made = tuple(
        LatticeCell(r, c, n, 1, Box(XS[c], edges[r], XS[c + 1], edges[r + n])) for r, c, n in sorted(cells)
    )
    return Lattice(Box(XS[0], edges[0], XS[-1], edges[-1]), tuple(edges), XS, made, 0.5)


def texts(lattice, words):
    grid = fill(lattice, words, 1, "ruled")
    return [[c.text for c in grid.cells if c.row == r] for r in range(grid.n_rows)]


HEAD = ["STT", "Tên đơn vị", "Số hộ", "Tỷ lệ"]
ROWS = [[str(i), f"Thôn số {i}", str(100 + i), f"{i},5"] for i in range(1, 9)]


def test_a_rest_of_a_lost_rule_parts_no_rows():
    """All rules between rows faded; a piece of one was left over two of four columns (a copied list of
    hamlets became two rows of eighty figures each)."""
    words, middles, end = table([HEAD, *ROWS])
    edge = (middles[5] + middles[6]) / 2
    lattice = tall((100.0, edge, end), [(0, 0, 2), (0, 2, 2), (0, 3, 2), (0, 1, 1), (1, 1, 1)])
    assert texts(with_printed_rows(lattice, words), words) == [HEAD, *ROWS]


def test_entries_of_several_rows_stay_whole():
    """A question over three rows of counts: the cells that go over the borders hold one text each."""
    rows = [["1", "Câu hỏi thứ nhất", "10", "5"], ["", "", "20", "6"], ["", "", "30", "7"]]
    words, middles, end = table(rows)
    edges = (100.0, *((a + b) / 2 for a, b in itertools.pairwise(middles)), end)
    spans = [(0, 0, 3), (0, 1, 3), *((r, c, 1) for r in range(3) for c in (2, 3))]
    lattice = tall(edges, spans)
    assert with_printed_rows(lattice, words) == lattice


def test_print_above_the_first_row_is_the_header():
    """A header of words in no row of their own: not a part of the first row, though its numbers' column has
    another name than usual."""
    head = ["Mã số\nhàng", "Tên hàng hóa", "Giá kỳ\ntrước", "Giá kỳ\nnày"]
    words, _, end = table([head, *ROWS])
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == [head, *ROWS]


def test_dirt_beside_the_ordinals_head_is_no_row():
    """`STT` of two lines with a clump of dots below: each of the header's lines was a row."""
    head = ["STT\n*", "Tên hàng hóa", "Giá kỳ\ntrước", "Giá kỳ\nnày"]
    words, _, end = table([head, *ROWS])
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == [head, *ROWS]


def test_a_header_over_the_page_s_only_row_is_cut_off():
    """A table that began at the foot of a page: its header and first row were one cell a column, and the next
    page's header stood for it."""
    head, row = (
        ["ST\nT", "Tên thủ tục", "Thời hạn\ngiải quyết", "Phí"],
        ["1", "Cấp giấy\nxác nhận", "6 ngày", "0"],
    )
    words, _, end = table([head, row])
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == [head, row]


def test_the_rest_of_a_row_cut_by_the_page_is_no_header():
    """One column goes on with a text of the page before; a header would stand over most."""
    rest = ["", "đến cầu", "", ""]
    words, _, end = table([rest, *ROWS])
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert with_printed_rows(lattice, words).n_rows == len(ROWS)


def test_rows_of_texts_are_told_by_their_numbers():
    """A list of procedures has no figures but its numbers: wrapped texts, centred each beside its number."""
    rows = [
        [str(i), f"Cấp giấy\nxác nhận loại {i}\ncho hộ gia đình", "Bộ phận\nMột cửa", "Không\nquy định"]
        for i in range(3, 8)
    ]
    words, _, end = table(rows)
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == rows


def test_a_total_without_a_number_is_a_row_where_the_others_are_counted():
    """The last ruled row of a copied list held three of its rows and the total, which went into the last."""
    rows = [*ROWS, ["", "TỔNG CỘNG", "836", "4,5"]]
    words, middles, end = table(rows)
    edges = (100.0, *((middles[k - 1] + middles[k]) / 2 for k in range(1, 6)), end)
    lattice = tall(edges, [(r, c, 1) for r in range(6) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == rows


@pytest.mark.parametrize(
    ("lines", "pieces"),
    [
        (["ST", "T", "1", "2"], 2),
        (["STT", "3", "1", "2"], 0),  # specks under the head were read as 3, and the header was cut there
        (["Số", "TT", "1"], 0),
        (["1", "2"], 0),
    ],
)
def test_a_whole_head_of_row_numbers_is_not_left_out(lines, pieces):
    assert torn_head(lines) == pieces


def test_three_numbers_are_too_few_to_tell_rows_of_texts():
    rows = [[str(i), "Cấp giấy\nxác nhận", "Một cửa", "Không"] for i in range(1, 4)]
    words, _, end = table(rows)
    lattice = tall((100.0, end), [(0, 0, 1), (0, 1, 1), (0, 2, 1), (0, 3, 1)])
    assert with_printed_rows(lattice, words) == lattice


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 12), st.sets(st.integers(1, 10), max_size=3), st.sampled_from([(1,), (2,), (1, 3)]))
def test_whatever_is_left_of_the_rules_the_rows_are_the_printed_ones(count, left, columns):
    rows = [[str(i), f"Thôn số {i}", str(100 + i), f"{i},5"] for i in range(1, count + 1)]
    words, middles, end = table(rows)
    borders = [(middles[k - 1] + middles[k]) / 2 for k in sorted(left) if k < count]
    edges = (100.0, *borders, end)
    n = len(edges) - 1
    spans = [(0, c, n) for c in range(4) if c not in columns]
    spans += [(r, c, 1) for r in range(n) for c in columns]
    lattice = tall(edges, spans)
    assert texts(with_printed_rows(lattice, words), words) == rows


@pytest.mark.parametrize("texts_over", [["1", "2", "3"], ["a", "b", "c"]])
def test_a_header_over_two_rows_is_not_cut(texts_over):
    """Two header rows under which nothing is stacked stay as the rules have them."""
    words = [w for c, t in enumerate(texts_over, 1) for w in cell_words(t, c, 130.0)]
    lattice = tall((100.0, 120.0, 140.0), [(0, 0, 2), (0, 1, 2), (0, 2, 2), (0, 3, 1), (1, 3, 1)])
    assert with_printed_rows(lattice, words) == lattice


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        (["STT", "(1)", "55", "56", "57", "58", "59", "60"], True),
        (["STT", "ch%", "55", "90", "57", "58", "59", "60"], True),  # 56 misread
        (["1", "x", "2", "3", "4", "5"], True),  # a line between two numbers
        (["12", "40", "7", "31", "5"], False),
        (["55", "56"], False),
        ([], False),
    ],
)
def test_one_misread_number_does_not_end_the_count_of_rows(texts, counts):
    """A 56 read as 90 made twenty rows of six whose figures a narrow column wraps."""
    assert counts_rows(texts) is counts


def test_broken_figures_of_numbered_rows_make_no_rows_of_their_own():
    """The rule between a section and the first row had faded: `165.5`, the number beside it and `00` became
    three rows, and 165.5 was sure."""
    rows = [["I", "NHÓM HÀNG\nTHỨ 1", "", ""], ["1", "Gạo tẻ\nloại 1", "165.5\n00", "168.0\n00"]]
    words, _, end = table(rows)
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    cut = with_printed_rows(lattice, words)
    assert texts(cut, words) == [
        ["I", "NHÓM HÀNG\nTHỨ 1", "", ""],
        ["1", "Gạo tẻ\nloại 1", "165.5\n00", "168.0\n00"],
    ]


def test_rows_are_cut_where_rules_were_lost_in_all_columns_and_others_in_some():
    """A faint fax kept one rule of three between rows, each over a few columns: a cell over two ruled rows
    held three figures, its neighbours other ones (five communes were two rows)."""
    words, middles, end = table([HEAD, *ROWS[:6]])
    at = [(a + b) / 2 for a, b in itertools.pairwise(middles)]
    edges = (100.0, at[0], at[2], at[4], end)
    spans = [*((0, c, 1) for c in range(4)), (1, 0, 3), (1, 3, 3), (1, 1, 1), (2, 1, 1), (3, 1, 1)]
    spans += [(1, 2, 2), (3, 2, 1)]
    lattice = tall(edges, spans)
    assert texts(with_printed_rows(lattice, words), words) == [HEAD, *ROWS[:6]]


def test_cells_over_rows_with_a_line_in_each_are_not_cut_anew():
    words, middles, end = table(ROWS[:4])
    edges = (100.0, *((a + b) / 2 for a, b in itertools.pairwise(middles)), end)
    spans = [(0, 0, 2), (2, 0, 2), (0, 2, 2), (2, 2, 2), *((r, c, 1) for r in range(4) for c in (1, 3))]
    lattice = tall(edges, spans)
    assert with_printed_rows(lattice, words) == lattice


def test_numbers_that_count_over_the_whole_table_part_rows_of_texts():
    """Procedures 1 to 6, two rules left between them: three rows of texts were one, two rows the header's."""
    rows = [[str(i), f"Cấp giấy số\n{i} cho\ncá nhân", "Một cửa\ncấp xã", "Không"] for i in range(1, 7)]
    words, middles, end = table([["ST\nT", "Tên thủ tục", "Nơi thực\nhiện", "Phí"], *rows])
    at = [(a + b) / 2 for a, b in itertools.pairwise(middles)]
    edges = (100.0, at[2], at[5], end)
    lattice = tall(edges, [(r, c, 1) for r in range(3) for c in range(4)])
    found = texts(with_printed_rows(lattice, words), words)
    assert [row[0] for row in found] == ["ST\nT", "1", "2", "3", "4", "5", "6"]
    assert found[1:] == rows


@pytest.mark.parametrize("numbers", [("4", "4.1"), ("5.2", "6"), ("9", "II")])
def test_two_row_numbers_over_each_other_are_two_rows(numbers):
    """The rule under a section's row was lost: its number stood over that of its first row (`4 4.1`)."""
    rows = [
        [numbers[0], "Xã Đức Giang", "", ""],
        [numbers[1], "Đường liên thôn số 1,\nđoạn từ cầu", "3.800", "1,5"],
    ]
    words, _, end = table(rows)
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert [row[:2] for row in texts(with_printed_rows(lattice, words), words)] == [row[:2] for row in rows]


def test_a_number_over_a_figure_that_does_not_follow_it_is_one_row():
    words, _, end = table([["4", "Xã Đức Giang\nhuyện Yên Dũng", "12", ""], ["9", "", "", ""]])
    lattice = tall((100.0, end), [(0, c, 1) for c in range(4)])
    assert with_printed_rows(lattice, words) == lattice


def test_a_figure_alone_in_a_wrapped_text_opens_no_row_where_numbers_count():
    """`khu dân cư số` over `14`: of three procedures between two rules ten rows were made."""
    rows = [
        [str(i), f"Cấp giấy loại {i}\ntại khu dân cư số\n1{i}", "Bộ phận\nMột cửa", "80"] for i in range(1, 7)
    ]
    words, middles, end = table(rows)
    at = [(a + b) / 2 for a, b in itertools.pairwise(middles)]
    lattice = tall((100.0, at[2], end), [(r, c, 1) for r in range(2) for c in range(4)])
    assert texts(with_printed_rows(lattice, words), words) == rows
