"""Tables with rules between their rows and none between their columns."""

from hypothesis import given
from hypothesis import strategies as st

from extract.tables.assign import fill
from extract.tables.borderless import find_borderless
from extract.tables.header import header_depth
from extract.tables.lattice import find_lattices
from extract.tables.row_ruled import bands_unread
from extract.tables.rows import row_texts
from model.geometry import Box, Segment
from model.page import Word

EM = 10.0
XS = (60.0, 90.0, 220.0, 300.0, 380.0)
PITCH, PADDING = 12.5, 5.0


def printed(text, x, y, align):
    """Words of one printed line; each letter half an em wide, blanks a quarter."""
    width = sum(0.5 * EM * len(w) for w in text.split()) + 0.25 * EM * max(len(text.split()) - 1, 0)
    left = x if align == "left" else x - width / 2
    words = []
    for part in text.split():
        words.append(Word(part, Box(left, y, left + 0.5 * EM * len(part), y + 1.1 * EM), 1.0, "F", EM))
        left = words[-1].box.x1 + 0.25 * EM
    return words


def page(rows, merged=(), top=100.0):
    """Words and rules of a table whose rows are lists of (col, width, text); `merged` are (row, col) of cells
    under which no rule is drawn."""
    words, rules, y = [], [rule(XS[0], XS[-1], top)], top
    for r, row in enumerate(rows):
        height = max(len(text.split("\n")) for _, _, text in row) * PITCH + PADDING
        for c, width, text in row:
            lines = text.split("\n")
            first = y + (height - len(lines) * PITCH) / 2
            for i, line in enumerate(lines):
                x = XS[c] + 3 if c == 1 and r else (XS[c] + XS[c + width]) / 2
                words += printed(line, x, first + i * PITCH, "left" if c == 1 and r else "center")
        y += height
        rules += [rule(XS[c], XS[c + 1], y) for c in range(4) if (r, c) not in merged]
    return words, rules


def rule(x0, x1, y):
    return Segment(x0, y, x1, y)


def plain(texts):
    return [(c, 1, text) for c, text in enumerate(texts)]


def read(words, rules):
    grids = [fill(lattice, words, 1, "borderless") for lattice in find_borderless(words, rules, [])]
    return [row_texts(g.cells, g.n_rows, g.n_cols) for g in grids]


HEAD = plain(["STT", "Nội dung", "Số lượng", "Tỷ lệ"])


def test_lines_between_two_rules_are_one_row():
    rows = [HEAD] + [
        plain([str(i), "công tác hỗ trợ\nxác nhận vay\nvốn cho hộ nghèo", f"{i}2", f"{i},5"])
        for i in range(1, 6)
    ]
    [table] = read(*page(rows))
    assert [row[0] for row in table] == ["STT", "1", "2", "3", "4", "5"]
    assert {row[1] for row in table[1:]} == {"công tác hỗ trợ xác nhận vay vốn cho hộ nghèo"}


def test_a_cell_with_no_rule_under_it_goes_on_below():
    rows = [HEAD] + [plain([str(i), f"Xã {i}", f"{i}2", ""]) for i in range(1, 7)]
    rows[1][3] = (3, 1, "ghi chú")
    [table] = read(*page(rows, merged={(1, 3), (2, 3)}))
    assert [row[3] for row in table[1:]] == ["ghi chú", "ghi chú", "ghi chú", "", "", ""]


def test_the_caption_under_a_framed_table_is_no_row_of_the_next():
    """The lower border of the table above, as long as the rules below, made the caption a row of theirs."""
    rows = [HEAD] + [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 6)]
    words, rules = page(rows, top=160.0)
    caption = printed("BẢNG GIÁ ĐẤT Ở", 220.0, 140.0, "center")
    above = Box(XS[0], 60.0, XS[-1], 130.0)
    [lattice] = find_borderless(words + caption, rules, [above])
    assert lattice.row_edges[0] == 160.0


def test_a_framed_header_is_the_first_rule_of_the_rows_under_it():
    """The first row of a body, between the frame of its header and its first own rule, was lost."""
    rows = [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 8)]
    words, rules = page(rows)
    frame = Box(XS[0], 80.0, XS[-1], 100.0)
    [lattice] = find_borderless(words, [r for r in rules if r.y0 > 100.0], [frame])
    assert lattice.row_edges[0] == 100.0 and lattice.n_rows == 7


def test_row_numbers_between_which_a_piece_of_rule_is_lost_are_two():
    """On a photo the pale rule under one row number was not seen, and `9` and `10` were one cell."""
    rows = [HEAD] + [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 9)]
    [table] = read(*page(rows, merged={(5, 0), (6, 2)}))
    assert [row[0] for row in table[1:]] == [str(i) for i in range(1, 9)]
    assert [row[2] for row in table[1:]] == [f"{i}2" for i in range(1, 9)]


def test_a_heading_over_named_columns_spans_them():
    upper = [(0, 1, "STT"), (1, 1, "Nội dung"), (2, 2, "Kết quả")]
    lower = [(2, 1, "Số lượng"), (3, 1, "Tỷ lệ")]
    rows = [upper, lower, *(plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 6))]
    words, rules = page(rows, merged={(0, 0), (0, 1)})
    [table] = read(words, rules)
    assert table[0] == ["STT", "Nội dung", "Kết quả", "Kết quả"]
    assert table[1] == ["STT", "Nội dung", "Số lượng", "Tỷ lệ"]
    [lattice] = find_borderless(words, rules, [])
    grid = fill(lattice, words, 1, "borderless")
    assert header_depth(grid.cells, grid.n_rows, grid.n_cols) == 2


def test_a_section_s_name_runs_over_the_columns():
    rows = [HEAD, [(0, 1, "I"), (1, 1, "lương thực thực phẩm đồ uống và thuốc lá")]]
    rows += [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 6)]
    [table] = read(*page(rows))
    assert set(table[1]) == {"I", "lương thực thực phẩm đồ uống và thuốc lá"}


def test_two_tables_of_one_width_are_two():
    body = [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 5)]
    words, rules = page([HEAD, *body])
    bottom = max(r.y0 for r in rules)
    words += printed("KHỐI THỨ HAI", 220, bottom + 8, "center")
    more, below = page([HEAD, *body], top=bottom + 30)
    first, second = read(words + more, rules + below)
    assert first == second
    assert len(first) == 5


WIDE = (60.0, 180.0, 250.0, 320.0, 390.0)


def named(rows, top=100.0):
    """A table without row numbers, its figures set to the right; `rows` are lists of four texts."""
    words, rules, y = [], [rule(WIDE[0], WIDE[-1], top)], top
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            half = (0.5 * EM * len(text.replace(" ", "")) + 0.25 * EM * text.count(" ")) / 2
            x = (
                WIDE[c] + 4 + half
                if not c
                else (WIDE[c] + WIDE[c + 1]) / 2
                if not r
                else WIDE[c + 1] - 4 - half
            )
            words += printed(text, x, y + 4, "center")
        y += PITCH + PADDING
        rules.append(rule(WIDE[0], WIDE[-1], y))
    return words, rules


LAND = [
    ["", "Kế hoạch", "Thực hiện", "So sánh"],
    ["Lúa", "10,5", "11,5", "9,1"],
    ["Ngô", "20,1", "9,5", "8,2"],
]


def test_tables_of_one_width_without_row_numbers_are_two():
    """Both were one table, and the second's header, whose columns stand elsewhere, made their figures one cell."""
    words, rules = named([*LAND, ["Lạc", "7,5", "6,5", "88,2"]])
    bottom = rules[-1].y0
    words += printed("2. Chăn nuôi", WIDE[0], bottom + 4, "left") + printed(
        "Con", WIDE[-1] - 20, bottom + 18, "left"
    )
    more, below = named(LAND, top=bottom + 36)
    assert [len(t) for t in read(words + more, rules + below)] == [4, 3]


def test_tables_with_nothing_but_white_between_them_are_two():
    """Their rules were one ladder, whose columns held nothing, and all of their rows were running text."""
    words, rules = named([*LAND, ["Lạc", "7,5", "6,5", "88,2"]])
    more, below = named(LAND, top=rules[-1].y0 + 20)
    assert [len(t) for t in read(words + more, rules + below)] == [4, 3]


def test_a_unit_read_as_a_figure_parts_tables_all_the_same():
    """`%` beside the title, read as 96 on a copy, made two tables one."""
    words, rules = named([*LAND, ["Lạc", "7,5", "6,5", "88,2"]])
    bottom = rules[-1].y0
    words += printed("2. Chăn nuôi", WIDE[0], bottom + 4, "left")
    words += printed("96", WIDE[-1] - 10, bottom + 4, "left")
    more, below = named(LAND, top=bottom + 22)
    assert [len(t) for t in read(words + more, rules + below)] == [4, 3]


def test_one_row_and_two_under_a_header_are_tables():
    """Of three rules only, with one or two rows, they were running text."""
    prose = printed("Số liệu đã được rà soát lại theo quy định.", WIDE[0], 300.0, "left")
    words, rules = named(LAND[:2])
    [table] = read(words + prose, rules)
    assert table == LAND[:2]
    words, rules = named(LAND)
    [table] = read(words + prose, [*rules[:2], rules[-1]])
    assert table == LAND


def test_a_text_among_names_and_figures_is_a_row_of_its_own():
    """`Trụ sở`, whose figure is words, ran into the row above it where the table has two columns only."""
    pairs = [
        ["Nội dung", "Số liệu"],
        ["Diện tích", "10,5"],
        ["Dân số", "3.104"],
        ["Số hộ", "86"],
        ["Thu", "43,1"],
    ]
    words, rules, y = [], [rule(WIDE[0], WIDE[-1], 100.0)], 100.0
    for name, what in [*pairs, ["Trụ sở", "Số 12, đường Lê Lợi"]]:
        words += printed(name, WIDE[0] + 4, y + 4, "left") + printed(what, 320, y + 4, "center")
        y += PITCH + PADDING
        rules.append(rule(WIDE[0], WIDE[-1], y))
    [table] = read(words, rules)
    assert table[1:] == [*pairs[1:], ["Trụ sở", "Số 12, đường Lê Lợi"]]


def test_a_section_s_name_over_a_row_of_figures_begins_no_table():
    words, rules = named([*LAND, ["II. Cây lâu năm", "", "", ""], ["Chè", "7,5", "6,5", "88,2"]])
    assert [len(t) for t in read(words, rules)] == [5]


def test_the_last_row_of_a_table_stands_over_the_next_table_on_a_page():
    """A row alone on top of a page was running text, and nobody was told."""
    words, rules = named([["Lạc", "7,5", "6,5", "88,2"]])
    bottom = rules[-1].y0
    words += printed("2. Chăn nuôi", WIDE[0], bottom + 4, "left")
    more, below = named(LAND, top=bottom + 22)
    assert read(words + more, rules + below) == [[["Lạc", "7,5", "6,5", "88,2"]], LAND]


def test_a_year_over_a_whole_rule_is_the_header_s():
    """Over a rule that goes over some columns only, a year of the header's last line began the rows."""
    words, rules = named([["", "Ước năm", "So với", "So với"], ["", "2024", "Tháng", "Quý"], *LAND[1:]])
    rules[1] = rule(WIDE[2], WIDE[-1], rules[1].y0)
    [table] = read(words, rules)
    assert table[-2:] == LAND[1:]
    assert table[1][1] == "Ước năm 2024"


def test_a_header_s_words_are_parted_where_cells_are_though_figures_stand_at_their_right():
    """The middle of the white between figures lay in the next cell's name."""
    words, rules = named([["", "", "", ""], *LAND[1:], ["Lạc", "7,5", "6,5", "88,2"]])
    for name, left in (("5 tháng 2023", 186), ("5 tháng 2024", 249), ("So sánh", 340)):
        words += printed(name, left, rules[0].y0 + 4, "left")
    [table] = read(words, rules)
    assert table[0] == ["", "5 tháng 2023", "5 tháng 2024", "So sánh"]


def test_rules_round_the_header_only_make_no_rows():
    """A yearbook's three rules: rows are told by their figures, not by rules."""
    rows = [HEAD] + [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 6)]
    words, rules = page(rows, merged={(r, c) for r in range(1, 5) for c in range(4)})
    [table] = read(words, rules)
    assert [row[0] for row in table] == ["STT", "1", "2", "3", "4", "5"]


@given(st.lists(st.integers(1, 3), min_size=4, max_size=9))
def test_as_many_rows_as_bands_between_rules(lines):
    rows = [HEAD]
    rows += [
        plain([str(i), "\n".join(["tên xã nào đó"] * n), f"{i}2", f"{i},5"]) for i, n in enumerate(lines, 1)
    ]
    [table] = read(*page(rows))
    assert len(table) == len(rows)
    assert [row[2] for row in table[1:]] == [f"{i}2" for i in range(1, len(rows))]


def test_a_streak_over_rules_between_rows_makes_no_table_of_two_columns():
    rows = [HEAD] + [plain([str(i), f"Xã {i}", f"{i}2", f"{i},5"]) for i in range(1, 12)]
    words, rules = page(rows)
    heights = sorted({r.y0 for r in rules})
    assert find_lattices([*rules, Segment(250, heights[3], 250, heights[8])], 3.0) == []
    assert find_lattices([*rules, Segment(250, heights[3], 250, heights[-1] + 90)], 3.0) == []
    [kept] = find_lattices([*rules, Segment(250, heights[0], 250, heights[-1])], 3.0)
    assert kept.n_cols == 2
    [table] = read(words, [*rules, Segment(250, heights[3], 250, heights[8])])
    assert [row[0] for row in table] == ["STT", *map(str, range(1, 12))]


FEES = (60.0, 110.0, 220.0, 282.0, 350.0)


def list_page(rows, first=1):
    """A list of procedures whose fees stand right before the papers they rest on, half an em away."""
    words, rules, y = [], [rule(FEES[0], FEES[-1], 100.0)], 100.0
    names = ["STT", "Tên thủ tục", "Phí,\nlệ phí\n(đồng)", "Căn cứ"]
    for texts in [
        names,
        *([str(first + i), f"Cấp giấy\nxác nhận\nloại {i}", *row] for i, row in enumerate(rows)),
    ]:
        height = max(len(t.split("\n")) for t in texts) * PITCH + PADDING
        for c, text in enumerate(texts):
            lines = text.split("\n")
            for i, line in enumerate(lines):
                right = FEES[c + 1] - 3 - sum(5.0 * len(w) for w in line.split())
                x = {0: 70.0, 2: right}.get(c, FEES[c] + 2)
                words += printed(line, x, y + (height - len(lines) * PITCH) / 2 + i * PITCH, "left")
        y += height
        rules.append(rule(FEES[0], FEES[-1], y))
    return words, rules


def test_texts_that_are_centred_each_in_its_cell_are_two_columns_though_near():
    """A fee stood before the four lines of the decree it rests on, and was one text with it."""
    papers = "Nghị\nđịnh số\n11/2024/\nNĐ-CP"
    rows = [[fee, papers] for fee in ("15.000", "Không", "180.000", "Không", "50.000")]
    (found,) = read(*list_page(rows))
    assert [row[2] for row in found[1:]] == ["15.000", "Không", "180.000", "Không", "50.000"]


def test_the_last_two_rows_of_a_list_are_a_table():
    """Four rules, texts only: alone on the last page, they had been running text."""
    rows = [["Không", f"Nghị\nđịnh số\n{number}\n/NĐ-CP"] for number in ("104/2017", "118/2023")]
    (found,) = read(*list_page(rows, 8))
    assert [row[0] for row in found] == ["STT", "8", "9"]
    assert [row[2] for row in found[1:]] == ["Không", "Không"]


def procedures(first, count):
    """Rows of a list of procedures: texts wrapped to three lines, and a number."""
    return [
        plain(
            [str(n), f"Cấp giấy xác\nnhận loại {n}\ncho hộ", "Bộ phận\nMột cửa\ncấp xã", "Không\nquy\nđịnh"]
        )
        for n in range(first, first + count)
    ]


def test_the_shade_of_a_header_is_no_figure():
    """A copied list of procedures was lost whole: specks of the header's shade were read as dashes and figures,
    so it was taken for the first row."""
    words, rules = page([HEAD, *procedures(1, 4)])
    words += [Word(text, Box(x, 101.0, x + 5, 111.0), 0.0, "F", EM) for text, x in (("-", 150), ("3", 300))]
    [found] = read(words, rules)
    assert [row[0] for row in found] == ["STT", "1", "2", "3", "4"]


def test_the_last_two_rows_of_a_list_of_texts_are_a_table():
    words, rules = page([HEAD, *procedures(8, 2)])
    [found] = read(words, rules)
    assert [row[0] for row in found[1:]] == ["8", "9"]


def test_a_rule_that_faded_at_one_end_belongs_to_its_table():
    words, rules = page([HEAD, *procedures(8, 2)])
    height = sorted({r.y0 for r in rules})[1]
    faded = [
        Segment(r.x0, r.y0, XS[-1] - 20, r.y1) if r.y0 == height and r.x1 == XS[-1] else r for r in rules
    ]
    [found] = read(words, faded)
    assert len(found) == 3


def test_rows_between_rules_that_no_table_holds_are_told():
    """Texts without numbers make no table here; the page says so, but not for the lines of a form."""
    rows = [plain(["a", f"Việc thứ\nnhất {c}", "Một cửa", "Không"]) for c in "bcde"]
    words, rules = page([HEAD, *rows])
    form = [word for word in words if word.box.x0 < XS[1]]
    assert bands_unread(rules, [], words)
    assert not bands_unread(rules, [Box(XS[0], 90.0, XS[-1], 400.0)], words)
    assert not bands_unread(rules, [], form)
    assert not bands_unread(rules[:1], [], words)


def test_a_dot_of_a_header_s_shade_begins_no_body():
    """A clump of dots beside a heading was read as `8`: the header's first row was the body's."""
    head = [(0, 1, "TT"), (1, 1, "Tên đường"), (2, 1, "Vị trí một"), (3, 1, "Vị trí hai")]
    rows = [
        [(0, 1, f"3.{i}"), (1, 1, f"Đường số {i}"), (2, 1, f"{i}00"), (3, 1, f"{i}50")] for i in range(1, 8)
    ]
    words, rules = page([head, *rows])
    dirt = printed("8", XS[-1] - 4, 104.0, "center")
    (lattice,) = find_borderless([*words, *dirt], rules, [])
    cells = fill(lattice, [*words, *dirt], 1, "borderless").cells
    assert header_depth(cells, lattice.n_rows, lattice.n_cols) == 1
    assert lattice.n_cols == 4


def test_a_heading_that_reaches_into_the_white_beside_its_column_stays_whole():
    """`Tăng (+), giảm` over narrow figures set right began left of the middle of the white: its first word was
    given to the column before."""
    rows = [[(0, 1, str(i)), (1, 1, f"Hồ sơ {i}"), (2, 1, f"{i}00"), (3, 1, str(i))] for i in range(1, 8)]
    words, rules = page([[(0, 1, "TT"), (1, 1, "Chỉ tiêu"), (2, 1, "Tháng 9")], *rows])
    heading = printed("Tăng (+), giảm", 322.0, 104.0, "center")
    (lattice,) = find_borderless([*words, *heading], rules, [])
    assert lattice.col_edges[3] < heading[0].box.x0


def test_a_header_ends_over_the_first_numbered_row_though_its_rule_broke():
    """On a faint fax pieces of the rule under the header and of the next one were lost, and two rows of
    figures ended in the header without a flag."""
    head = ["TT", "Xã, thị trấn", "Số nhà\ncần xóa", "Đã khởi công"]
    rows = [[str(i), f"Xã Thứ {i}", str(20 + i), str(3 * i)] for i in range(1, 7)]
    words, rules = page([plain(head), *map(plain, rows)], merged={(0, 2), (1, 3)})
    (found,) = read(words, rules)
    texts = [[text.replace("\n", " ") for text in row] for row in found]
    assert texts[0] == ["TT", "Xã, thị trấn", "Số nhà cần xóa", "Đã khởi công"]
    assert texts[1:] == rows


def test_years_held_against_each_other_head_a_column():
    """`2008/2007` over `(%)` beside the first of two lines of headings passed for a figure, so that the header
    and the first row became one."""
    upper = [(0, 1, "Thời"), (1, 2, "Kim ngạch"), (3, 1, "2008/2007")]
    lower = plain(["gian", "Xuất khẩu", "Nhập khẩu", "(%)"])
    rows = [upper, lower, *(plain([f"T{i}", f"{i}0,5", f"{i}2,1", f"10{i},5"]) for i in range(1, 3))]
    [table] = read(*page(rows, merged={(0, 0), (0, 3)}))
    assert table[1] == ["Thời gian", "Xuất khẩu", "Nhập khẩu", "2008/2007 (%)"]
    assert [row[0] for row in table[2:]] == ["T1", "T2"]
