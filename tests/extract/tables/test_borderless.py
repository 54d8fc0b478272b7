"""Tables without rules: found by figures in columns; prose, letterheads and lists are left alone."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.tables import header_blocks
from extract.tables.assign import fill
from extract.tables.borderless import find_borderless
from extract.tables.half_ruled import with_printed_rows
from extract.tables.lattice import find_lattices
from extract.tables.printed import printed_lines
from extract.tables.whitespace import Region
from model.geometry import Box, Segment
from model.page import Word

EM = 10.0


def run(text, x, y, align="left"):
    """Words of one printed line; each letter half an em wide, blanks a quarter."""
    width = sum(0.5 * EM * len(w) for w in text.split()) + 0.25 * EM * (len(text.split()) - 1)
    left = {"left": x, "center": x - width / 2, "right": x - width}[align]
    words = []
    for part in text.split():
        words.append(Word(part, Box(left, y, left + 0.5 * EM * len(part), y + 1.1 * EM), 1.0, "F", EM))
        left = words[-1].box.x1 + 0.25 * EM
    return words


def table_words(rows, xs, y=200.0, pitch=12.5, padding=4.0, align="center"):
    """Rows of cells (lines parted by \\n) centred in height; returns the words and the height below."""
    words = []
    for row in rows:
        lines = [cell.split("\n") for cell in row]
        height = max(len(c) for c in lines) * pitch
        for c, cell in enumerate(lines):
            top = y + (height - len(cell) * pitch) / 2
            left = c == 1
            x = xs[c] + 3 if left else (xs[c] + xs[c + 1]) / 2
            for i, printed in enumerate(cell):
                words += run(printed, x, top + i * pitch, "left" if left else align)
        y += height + padding
    return words, y


XS = (60.0, 90.0, 200.0, 300.0, 400.0)
HEAD = ["STT", "Đơn vị", "Tiếp nhận", "Tỷ lệ"]


def read(words, segments=()):
    return [
        [[c.text.replace("\n", " ") for c in g.cells if c.row == r] for r in range(g.n_rows)]
        for t in find_borderless(words, list(segments), [])
        for g in [fill(t, words, 1, "borderless")]
    ]


def test_wrapped_labels_stay_one_row():
    rows = [
        HEAD,
        ["1", "Xã Đông", "120", "98,5%"],
        ["2", "Trung tâm phục vụ\nhành chính công", "1.250", "100%"],
        ["3", "Phòng Tài nguyên và\nMôi trường huyện\nvùng cao", "7", "-"],
        ["4", "Xã Tây", "36", "87,25%"],
    ]
    words, _ = table_words(rows, XS)
    (found,) = read(words)
    assert found == [[c.replace("\n", " ") for c in row] for row in rows]


def test_title_above_and_prose_below_stay_out():
    words, y = table_words([HEAD, *[[str(i), f"Xã số {i}", str(40 + i), "9,5%"] for i in range(1, 8)]], XS)
    title = run("BIỂU TỔNG HỢP KẾT QUẢ THÁNG BA", 230, 165, "center")
    prose = run("Trên đây là kết quả thực hiện trong tháng, kính đề nghị các cơ quan, đơn vị", 60, y + 20)
    (found,) = read(title + words + prose)
    assert found[0] == HEAD
    assert len(found) == 8


@pytest.mark.parametrize(
    "lines",
    [
        [("UBND HUYỆN A", 130, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 400),
         ("PHÒNG NỘI VỤ", 130, "Độc lập - Tự do - Hạnh phúc", 400),
         ("Số: 15/BC-PNV", 130, "A, ngày 5 tháng 3 năm 2024", 400)],
        [("Nơi nhận:", 110, "TM. ỦY BAN NHÂN DÂN", 420), ("- Như trên;", 110, "KT. CHỦ TỊCH", 420),
         ("- Lưu: VT (02).", 110, "PHÓ CHỦ TỊCH", 420), ("", 110, "Nguyễn Văn A", 420)],
    ],
    ids=["letterhead", "signature"],
)  # fmt: skip
def test_two_blocks_side_by_side_are_no_table(lines):
    words = []
    for i, (left, lx, right, rx) in enumerate(lines):
        words += run(left, lx, 60 + 14 * i, "center") + run(right, rx, 60 + 14 * i, "center")
    assert find_borderless(words, [], []) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_justified_prose_is_no_table(seed):
    """Paragraphs full of figures, blanks stretched to the margins: never a table."""
    rng = random.Random(seed)
    vocabulary = [
        "hồ",
        "sơ",
        "tiếp",
        "nhận",
        "12",
        "đạt",
        "98,5%",
        "trong",
        "tháng",
        "giải",
        "quyết",
        "1.204",
    ]
    words, y = [], 80.0
    for _ in range(20):
        parts = [rng.choice(vocabulary) for _ in range(15)]
        ink = sum(0.5 * EM * len(p) for p in parts)
        blank = min((470 - ink) / (len(parts) - 1), 0.75 * EM)
        x = 60.0
        for part in parts:
            words.append(Word(part, Box(x, y, x + 0.5 * EM * len(part), y + 11), 1.0, "F", EM))
            x = words[-1].box.x1 + max(blank, 2.0)
        y += 14
    assert find_borderless(words, [], []) == []


def test_header_groups_span_their_columns():
    xs = (60.0, 90.0, 200.0, 260.0, 320.0, 380.0, 440.0)
    rows = [[str(i), f"Xã số {i}", "12", "10", "9", "8"] for i in range(1, 6)]
    words, _ = table_words(rows, xs, y=240)
    words += run("Tiếp nhận", 260, 200, "center") + run("Giải quyết", 380, 200, "center")
    for x, name in zip((230, 290, 350, 410), ("Tổng", "Mạng", "Đúng", "Quá")):
        words += run(name, x, 220, "center")
    words += run("STT", 75, 210, "center") + run("Đơn vị", 145, 210, "center")
    (lattice,) = find_borderless(words, [], [])
    spans = {(c.row, c.col, c.row_span, c.col_span) for c in lattice.cells if c.row == 0}
    assert spans == {(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 1, 2)}


def test_three_line_table():
    rows = [HEAD, *[[str(i), f"Xã số {i}", str(40 + i), "9,5%"] for i in range(1, 6)]]
    words, y = table_words(rows, XS)
    rules = [Segment(60, at, 400, at) for at in (197, 214.5, y)]
    (found,) = read(words, rules)
    assert found == rows


@pytest.mark.parametrize("total", [False, True])
def test_a_figure_alone_on_a_header_s_last_line_ends_no_header(total):
    """`Ước tháng` over `9`: the second line of the header was taken for the first row of the body."""
    head = ["", "Đơn vị\ntính", "Thực hiện\ntháng 8", "Ước tháng\n9"]
    rows = [head, *[[f"Than số {i}", "Tấn", str(412 + 31 * i), "9,5"] for i in range(1, 6)]]
    words, y = table_words(rows, (60.0, 150.0, 230.0, 320.0, 400.0))
    heights = [197, 227, *([y - 17.5] if total else []), y]
    (found,) = read(words, [Segment(60, at, 400, at) for at in heights])
    assert found == [[c.replace("\n", " ") for c in row] for row in rows]


def test_column_of_dashes_and_figures_is_one_column():
    rows = [[str(i), f"Xã số {i}", "15" if i % 2 else "", "8"] for i in range(1, 7)]
    words, _ = table_words(rows, XS)
    for i in (2, 4, 6):
        words += run("-", 205, 200 + (i - 1) * 16.5)
    (found,) = read(words)
    assert [row[2] for row in found] == ["15", "-"] * 3


def test_rules_between_columns_only():
    """A frame with upright rules and a ruled header: the one tall row is cut into the printed ones."""
    rows = [["1", "Xã Đông", "12", "5"], ["2", "Thị trấn\nTây", "30", "-"], ["3", "Xã Nam", "7", "1"]]
    head, y = table_words([HEAD], XS)
    words, end = table_words(rows, XS, y=y)
    words += head
    rules = [Segment(x, 197, x, end) for x in XS] + [Segment(60, at, 400, at) for at in (197, y - 2, end)]
    (lattice,) = find_lattices(rules, 2.0)
    grid = fill(with_printed_rows(lattice, words), words, 1, "ruled")
    got = [[c.text.replace("\n", " ") for c in grid.cells if c.row == r] for r in range(grid.n_rows)]
    assert got == [HEAD] + [[c.replace("\n", " ") for c in row] for row in rows]


def test_figures_that_narrow_cells_broke_are_no_rows():
    """Rules between rows that a copier lost: ordinals count the rows, whose prices stand on two lines each."""
    rows = [[str(i), f"Gạo nếp\nloại {i}", "165.5\n00", "79.50\n0"] for i in range(1, 8)]
    head, y = table_words([HEAD], XS)
    words, end = table_words(rows, XS, y=y)
    words += head
    rules = [Segment(x, 197, x, end) for x in XS] + [Segment(60, at, 400, at) for at in (197, y - 2, end)]
    (lattice,) = find_lattices(rules, 2.0)
    grid = fill(with_printed_rows(lattice, words), words, 1, "ruled")
    assert [[c.text for c in grid.cells if c.row == r] for r in range(grid.n_rows)] == [HEAD, *rows]


def test_two_stacked_figures_in_a_ruled_cell_stay_one_cell():
    rules = [Segment(x, 200, x, 240) for x in (60, 120, 200, 300)]
    rules += [Segment(60, y, 300, y) for y in (200, 240)]
    words = run("Xã Đông", 65, 214) + run("0,57", 140, 206) + run("0,62", 140, 220) + run("8", 240, 214)
    (lattice,) = find_lattices(rules, 2.0)
    assert with_printed_rows(lattice, words) == lattice


def test_figures_that_end_a_label_make_no_column():
    """`Chi hoạt động số 1 của khối A`: the figures stand below each other, a blank from the words."""
    rows = [HEAD] + [[str(i), f"Chi hoạt động số {i} của khối", f"{i}.250", f"{i},5"] for i in range(1, 8)]
    words, _ = table_words(rows, (60.0, 90.0, 260.0, 330.0, 400.0))
    [table] = read(words)
    assert table[1:] == rows[1:]


def test_table_of_texts_counted_by_its_first_column():
    rows = [["STT", "Tên thủ tục", "Thời hạn", "Nơi nộp"]] + [
        [str(i), "Cấp giấy\nxác nhận\nloại hai", "ngày làm\nviệc", "Bộ phận\nMột cửa\ncấp xã"]
        for i in range(1, 6)
    ]
    words, _ = table_words(rows, XS)
    [table] = read(words)
    assert [row[0] for row in table] == ["STT", "1", "2", "3", "4", "5"]
    assert {row[3] for row in table[1:]} == {"Bộ phận Một cửa cấp xã"}


def test_first_section_row_is_no_header():
    """Its ordinal stands further left than the figures below it."""
    rows = [HEAD, ["VIII", "Khối xã", "", ""]] + [[str(i), f"Xã {i}", "12", "3,5"] for i in range(1, 6)]
    words, _ = table_words(rows, XS)
    [table] = read(words)
    assert table[:2] == rows[:2]


def test_heading_flush_with_its_first_column_spans_them():
    """Joined to the name below its left border, it was cut over the columns."""
    words = run("Giá đất ở theo vị trí", 202, 186) + run("STT", 75, 192, "center")
    words += run("Đơn vị", 145, 192, "center")
    for x, name in ((220, "Vị trí 1"), (264, "Vị trí 2"), (308, "Vị trí 3")):
        words += run(name, x, 197, "center")
    y = 214.0
    for i in range(1, 6):
        words += run(str(i), 75, y, "center") + run(f"Đường {i}", 100, y)
        for x in (220, 264, 308):
            words += run(f"{i}.500", x, y, "center")
        y += 16.0
    [lattice] = find_borderless(words, [], [])
    grid = fill(lattice, words, 1, "borderless")
    assert ("Giá đất ở theo vị trí", 3) in {(c.text, c.col_span) for c in grid.cells}


def test_marks_read_as_dashes_are_no_figures():
    words, _ = table_words([HEAD] + [[str(i), f"Xã {i}", "12", "3,5"] for i in range(1, 6)], XS)
    title = run("DANH MỤC THỦ TỤC", 100, 150)
    marks = [Word("-", Box(w.box.x0 + 2, 149, w.box.x0 + 5, 151), 0.0) for w in title]
    [table] = read(words + title + marks)
    assert table[0] == HEAD


def test_a_figure_broken_by_a_narrow_cell_is_one_row():
    rows = [HEAD] + [[str(i), f"Xã {i}", "12.500", "3.050,5"] for i in range(1, 4)]
    rows += [[str(i), f"Xã {i}", "54.500 -\n56.000", "49.050,\n2"] for i in range(4, 8)]
    words, _ = table_words(rows, XS)
    [table] = read(words)
    assert table == [[c.replace("\n", " ") for c in row] for row in rows]


def test_column_numbers_with_wrapped_formulas_are_one_row():
    numbers = ["(1)", "(2)", "(3)=(4)+\n(5)", "(4)"]
    rows = [HEAD, numbers] + [[str(i), f"Xã {i}", "12", "3,5"] for i in range(1, 6)]
    words, _ = table_words(rows, XS)
    [table] = read(words)
    assert table[1] == ["(1)", "(2)", "(3)=(4)+ (5)", "(4)"]
    assert table[2:] == rows[2:]


def test_a_second_header_under_a_caption_begins_a_second_table():
    body = [[str(i), f"Xã {i}", "12", "3,5"] for i in range(1, 6)]
    words, y = table_words([HEAD, *body], XS)
    more, _ = table_words([HEAD, *body], XS, y=y + 30)
    first, second = read(words + run("KẾT QUẢ KHỐI B", 230, y + 8, "center") + more)
    assert first == second == [HEAD, *body]


def test_a_heading_narrower_than_its_columns_spans_them():
    """`Ngô` stands over the middle one of three names, as wide as one; its neighbour spans its own."""
    xs = (60.0, 90.0, 150.0, 210.0, 270.0, 330.0, 390.0, 450.0)
    names = ["Diện tích", "Năng suất", "Sản lượng"] * 2
    words = [*run("TT", 75, 206, "center")]
    for i, name in enumerate(names, 1):
        words += run(name, (xs[i] + xs[i + 1]) / 2, 214, "center")
    words += run("Lúa vụ đông xuân", 180, 198, "center") + run("Ngô", 360, 198, "center")
    for r in range(1, 6):
        for c in range(7):
            words += run(str(r) if c == 0 else f"{r}{c},5", (xs[c] + xs[c + 1]) / 2, 214 + 17 * r, "center")
    [lattice] = find_borderless(words, [], [])
    spans = {(c.row, c.col): c.col_span for c in lattice.cells if c.col_span > 1}
    assert spans == {(0, 1): 3, (0, 4): 3}


def test_dust_beside_a_table_makes_no_column():
    rows = [HEAD] + [[str(i), f"Xã {i}", "12", "3,5"] for i in range(1, 11)]
    words, _ = table_words(rows, XS)
    dust = [Word("-", Box(40, y, 44, y + 3), 0.0, "", 0.0) for y in (225.0, 258.0)]
    [table] = read(words + dust)
    assert table == rows


def test_years_under_headings_are_the_header_s_last_row():
    xs = (60.0, 150.0, 210.0, 270.0, 330.0)
    words = run("Diện tích", 210, 196, "center") + run("Sản lượng", 330, 196, "center")
    for i, year in enumerate(["2022", "2023", "2022", "2023"]):
        words += run(year, xs[i + 1], 212, "center")
    for r in range(1, 7):
        words += run(f"Xã số {r}", 62, 212 + 17 * r)
        for c in range(1, 5):
            words += run(f"{r}{c},5", xs[c], 212 + 17 * r, "center")
    [table] = read(words)
    assert set(table[0]) == {"", "Diện tích", "Sản lượng"}
    assert table[1][-4:] == ["2022", "2023", "2022", "2023"]
    assert table[2] == ["Xã số 1", "11,5", "12,5", "13,5", "14,5"]


def test_a_label_without_figures_between_rows_names_a_group():
    xs = (60.0, 180.0, 240.0)
    labels = [
        "Tổng số",
        "Phân theo ngành",
        "Nông nghiệp",
        "Công nghiệp",
        "Phân theo vùng",
        "Đồng bằng",
        "Miền núi",
    ]
    words = run("2022", xs[1], 200, "center") + run("2023", xs[2], 200, "center")
    for r, label in enumerate(labels, 1):
        words += run(label, 62, 200 + 17 * r)
        if not label.startswith("Phân"):
            words += run(f"{r}1,5", xs[1], 200 + 17 * r, "center") + run(
                f"{r}2,5", xs[2], 200 + 17 * r, "center"
            )
    [table] = read(words)
    assert [row[0] for row in table[1:]] == labels
    assert table[2] == ["Phân theo ngành", "", ""]


def test_a_typewriter_s_blanks_part_no_heading():
    """Its blanks are as wide as its letters, 0.6 em: wider than the white between two names elsewhere."""
    typed = [
        Word(w, Box(100 + 6 * at, 100, 100 + 6 * (at + len(w)), 111), 1.0, "F", EM)
        for w, at in (("Lúa", 0), ("đông", 4), ("xuân", 9))
    ]
    lines = tuple(printed_lines(typed, EM))
    region = Region(lines, 0, 0, (60.0, 120.0, 150.0, 220.0), None, (), EM)
    assert header_blocks._parted(typed, region) == [Box.union(w.box for w in typed)]


def test_rows_whose_rule_was_lost_are_parted_though_a_column_lost_the_next_one_too():
    """Dotted rules of a scan: two rows stood in one, and in the last column a third with them."""
    rows = [[str(i), f"Xã số {i}", str(12 * i), str(5 * i)] for i in range(1, 6)]
    head, y = table_words([HEAD], XS)
    words, end = table_words(rows, XS, y=y)
    words += head
    pitch = (end - y) / len(rows)
    lines = [y - 2 + pitch * k for k in range(6)]
    rules = [Segment(x, 197, x, lines[-1]) for x in XS] + [
        Segment(60, at, 400, at) for at in (197, *(lines[k] for k in (0, 1, 4, 5)))
    ]
    rules.append(Segment(60, lines[3], XS[-2], lines[3]))
    (lattice,) = find_lattices(rules, 2.0)
    found = with_printed_rows(lattice, words)
    assert (lattice.n_rows, found.n_rows) == (5, 6)
    grid = fill(found, words, 1, "ruled")
    firsts = [c.text for c in grid.cells if c.col == 2 and c.row]
    assert firsts == [row[2] for row in rows]


AREAS = [
    ("702,2", "Nhẹ"),
    ("1.237,5", "Nhẹ - trung bình"),
    ("88,6", "Nặng"),
    ("319,1", "Trung bình"),
    ("9,4", "Nhẹ"),
]


def met_words(pairs, gap, size=EM, blank=0.25):
    """A table without rules in which a figure set to the right stands `gap` em before a text set to the left."""
    words = []
    for i, (figure, text) in enumerate([("Diện tích", "Mức độ"), *pairs]):
        y = 200.0 + 14 * i
        words += run("TT" if not i else str(i), 60, y) + run("Tên" if not i else f"Sâu số {i}", 90, y)
        words += run(figure, 250, y, "right") + run(text, 250 + gap * EM, y)
        words += run("Đã trừ" if not i else f"{40 + i},5", 480, y, "right")
    if size:
        return words
    inked = [Box(w.box.x0, w.box.y0, w.box.x1, w.box.y0 + EM / 1.3) for w in words]
    return [Word(w.text, box, w.confidence, w.font, size) for w, box in zip(words, inked, strict=True)]


@pytest.mark.parametrize("size", [EM, 0.0], ids=["text layer", "read ink"])
def test_a_figure_set_to_the_right_is_parted_from_the_text_that_begins_beside_it(size):
    """`702,2` and `Nhẹ` stood in one cell, and the figure was lost without a flag."""
    (found,) = read(met_words(AREAS, 0.42, size))
    assert [row[2:4] for row in found[1:]] == [list(pair) for pair in AREAS]


@pytest.mark.parametrize(
    ("pairs", "gap", "size"),
    [
        (AREAS, 0.31, EM),  # a blank like the others
        ([(f, "người") for f in ("12,5", "34,1", "56,7", "78,3", "90,2")], 0.42, 0.0),  # all as wide: no sign
    ],
)
def test_a_blank_after_figures_of_one_text_parts_no_columns(pairs, gap, size):
    (found,) = read(met_words(pairs, gap, size))
    assert [row[2] for row in found[1:]] == [f"{figure} {text}" for figure, text in pairs]


def bold(words):
    return [replace(w, bold=True) for w in words]


def test_a_table_under_another_without_row_numbers_is_one_of_its_own():
    """The title and the header of the second, in bold, were rows of the first."""
    rows = [["Chỉ tiêu", "Kế hoạch", "Thực hiện"]]
    rows += [[f"Cây {c}", f"{n}7,5", f"{n}8,1"] for n, c in enumerate("abcd", 1)]
    words, y = [], 200.0
    for title in ("1. Trồng trọt", "2. Chăn nuôi"):
        words += bold(run(title, 220, y))
        for n, row in enumerate(rows):
            top = y + 16 + 14 * n
            cells = [w for x, text in zip((120, 260, 360), row) for w in run(text, x, top, "center")]
            words += bold(cells) if not n else cells
        y += 90
    first, second = read(words)
    assert (first[-1], second) == (rows[-1], rows)


def test_what_stands_under_a_table_s_last_rule_is_no_rest_of_its_last_label():
    """The next table's title and header, within the columns, were rows of the table above."""
    rows = [["Chỉ tiêu", "Kế hoạch", "Thực hiện"]]
    rows += [[f"Cây {c}", f"{n}7,5", f"{n}8,1"] for n, c in enumerate("abcd", 1)]
    words = []
    for n, row in enumerate(rows):
        words += [w for x, text in zip((120, 260, 360), row) for w in run(text, x, 200 + 14 * n, "center")]
    words += run("Ghi chú", 106, 273)
    [table] = read(words, [Segment(90, at, 410, at) for at in (198, 213, 271)])
    assert table == rows
