"""Born-digital pages: which layers are believed, and what is read from them."""

import importlib.util
from pathlib import Path

import pytest

from extract.pdf.pages import layer_is_trustworthy, read_text_page
from model.page import Grid

_spec = importlib.util.spec_from_file_location("pdf_pages", Path(__file__).with_name("pdf_pages.py"))
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)
text, line, bar, ruled, open_page = pages.text, pages.line, pages.bar, pages.ruled, pages.open_page

PROSE = "".join(
    text(60, 700 - 14 * i, "The quick report of the month, line of prose number") for i in range(6)
)
LONG = "".join(text(60, 760 - 14 * i, "A whole page typed over a tinted background, line") for i in range(14))
XS, YS = [60, 100, 260, 340], [700, 680, 660, 640]
TABLE = ruled(XS, YS) + "".join(
    text(XS[c] + 6, YS[r] - 14, value)
    for r, row in enumerate([("STT", "Don vi", "So"), ("1", "Xa Bac", "1.250"), ("2", "Xa Nam", "87,5")])
    for c, value in enumerate(row)
)


def read(content, **options):
    with open_page(content, **options) as page:
        return read_text_page(page, 1)


def rows(grid):
    table = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        table[cell.row][cell.col] = cell.text
    return table


@pytest.mark.parametrize(
    ("content", "options", "believed"),
    [
        (PROSE, {}, True),
        ("", {}, False),
        (PROSE, {"image": True}, False),
        (text(60, 700, "Signed by: Office 01/02/2024"), {"image": True}, False),
        (TABLE, {}, True),
        (text(300, 400, "14"), {}, True),
        (LONG, {"image": True}, True),
        (LONG.replace("BT ", "BT 3 Tr ", 1), {"image": True}, False),
    ],
    ids=[
        "prose",
        "empty",
        "text on a scan",
        "stamp text on a scan",
        "table",
        "only a page number",
        "typed over a background",
        "invisible ocr layer",
    ],
)
def test_which_layers_are_believed(content, options, believed):
    with open_page(content, **options) as page:
        assert layer_is_trustworthy(page) is believed


def test_ruled_table_with_title_above():
    page = read(text(150, 720, "BIEU SO 1") + TABLE)
    assert [type(b).__name__ for b in page.blocks] == ["TextLine", "Grid"]
    assert rows(page.grids[0]) == [["STT", "Don vi", "So"], ["1", "Xa Bac", "1.250"], ["2", "Xa Nam", "87,5"]]
    assert all(c.engine == "text-layer" for c in page.grids[0].cells)


def test_rules_as_thin_boxes():
    boxes = "".join(bar(XS[0], y, XS[-1] - XS[0], 0.5) for y in YS)
    boxes += "".join(bar(x, YS[-1], 0.5, YS[0] - YS[-1]) for x in XS)
    page = read(boxes + TABLE[len(ruled(XS, YS)) :])
    assert page.grids[0].n_cols == 3


def test_white_rules_and_shading_are_no_table():
    white = "".join(bar(XS[0], y, 280, 0.5, "1 g") for y in YS)
    white += "".join(bar(x, YS[-1], 0.5, 60, "1 g") for x in XS)
    page = read(white + bar(60, 640, 280, 60, "0.9 g") + PROSE)
    assert page.grids == ()


def test_underlined_letterhead_is_no_table():
    head = text(80, 780, "UY BAN NHAN DAN") + text(320, 780, "CONG HOA XA HOI") + line(100, 775, 160, 775)
    page = read(head + line(340, 775, 400, 775) + PROSE)
    assert page.grids == ()
    assert [x.text for x in page.lines[:2]] == ["UY BAN NHAN DAN", "CONG HOA XA HOI"]


def test_figures_that_touch_the_border_are_kept_apart():
    content = ruled([60, 100, 140], [700, 680, 660]) + text(74.5, 686, "12,5038,20") + text(62, 666, "a")
    page = read(content)
    assert rows(page.grids[0])[0] == ["12,50", "38,20"]


def test_made_up_bold_is_read_once():
    twice = text(60, 600, "TONG CONG 15") + text(60.3, 600, "TONG CONG 15")
    assert [x.text for x in read(PROSE + twice).lines][-1] == "TONG CONG 15"


def test_white_print_is_not_read():
    page = read(PROSE + text(60, 500, "hidden words", extra="1 g"))
    assert "hidden" not in " ".join(x.text for x in page.lines)


def test_white_print_on_a_dark_head_is_read():
    content = bar(60, 680, 280, 20, "0 0 0.6 rg") + ruled(XS, YS) + text(66, 686, "STT", extra="1 g")
    content += (
        text(106, 686, "Don vi", extra="1 g")
        + text(66, 666, "1", extra="0 g")
        + text(106, 666, "Bac", extra="0 g")
    )
    page = read(content)
    assert rows(page.grids[0])[0][:2] == ["STT", "Don vi"]


def test_footnote_mark_does_not_join_its_figure():
    content = ruled(XS, YS) + text(66, 686, "1.250") + text(66 + 25.1, 690, "1", size=6) + text(120, 686, "x")
    content += text(66, 666, "7") + text(120, 666, "y")
    value = rows(read(content).grids[0])[0][0]
    assert value == "1.250"


def test_page_with_text_running_up_is_read_turned():
    turned = "".join(
        text(500 - 14 * i, 100, f"line {i} of a page on its side", matrix="0 1 -1 0") for i in range(5)
    )
    page = read(turned)
    assert page.rotation == 90
    assert [x.text for x in page.lines] == [f"line {i} of a page on its side" for i in (4, 3, 2, 1, 0)]
    first = page.lines[0].box
    assert first.height > first.width
    assert 0 <= first.x0 <= 595


def test_turned_header_in_an_upright_table():
    content = ruled([60, 100, 140, 180], [700, 640, 620, 600])
    content += text(84, 645, "So luong", matrix="0 1 -1 0") + text(106, 660, "Don vi")
    content += text(66, 606, "12") + text(106, 606, "Bac") + text(146, 606, "3") + text(66, 626, "4")
    grid = read(content).grids[0]
    assert rows(grid)[0][0] == "So luong"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_page_rotation_of_the_file_is_applied(rotate):
    """A page shown turned by /Rotate: boxes lie on the page as shown."""
    with open_page(PROSE, rotate=rotate) as page:
        read_page = read_text_page(page, 1)
        box = read_page.lines[0].box
        assert 0 <= box.x0 < box.x1 <= float(page.width)
        assert 0 <= box.y0 < box.y1 <= float(page.height)
        assert "The quick report" in read_page.lines[0].text


def test_grids_stand_where_they_stand_on_the_page():
    page = read(text(60, 740, "before the table here") + TABLE + text(60, 600, "after the table here"))
    kinds = ["grid" if isinstance(b, Grid) else b.text.split()[0] for b in page.blocks]
    assert kinds == ["before", "grid", "after"]
