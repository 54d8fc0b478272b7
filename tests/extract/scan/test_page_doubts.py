"""Pages with rules but no table."""

import numpy as np
import pytest

from extract.raster import Raster
from extract.scan.inked import holds_print
from extract.scan.page import read_lattice, read_open, read_scanned_page, ways_to_try
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import ink_mask
from extract.scan.prepare.rule_lines import RuleLine, Rules
from extract.scan.prepare.sheet import Prepared, Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readings import Readers
from extract.scan.unread_tables import FIGURES_UNREAD, doubts_of, figures_left, rules_cross
from extract.tables.lattice import Lattice, LatticeCell
from model.geometry import Box, Segment
from model.page import PageContent, TextLine, Word
from tests.extract.scan.conftest import NoEngine


def lying(y, width=300):
    return Segment(50, y, 50 + width, y, 1)


def standing(x, height=200):
    return Segment(x, 100, x, 100 + height, 1)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([lying(100), lying(200), standing(50), standing(300)], True),
        ([lying(100), lying(200)], False),  # lines under words
        ([lying(100, 60), lying(200, 60), standing(50), standing(300)], False),
        ([lying(100), lying(200), standing(50)], False),  # a fold
        ([], False),
    ],
)
def test_rules_that_stand_and_lie_as_those_of_a_table(rules, told):
    assert rules_cross(rules) is told


def lines(*rows):
    """Running text: rows of pieces, each set a column further right."""
    return [
        TextLine(text, 1, 1, Box(60 + 90 * k, 100 + 20 * r, 140 + 90 * k, 112 + 20 * r))
        for r, row in enumerate(rows)
        for k, text in enumerate(row)
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["Trạm Đông", "63", "61"], ["Trạm Tây", "60", "73"]], True),  # a table under a dithered shade
        ([["Toàn huyện", "36.378", "2.290", "6,30"]], True),  # the total under a table
        ([["12"], ["3"]], False),  # numbers of pages
        ([["Số: 12/BC-UBND", "Định Hóa, ngày 3 tháng 10 năm 2024"], ["2"]], False),
        ([["1.245", "hồ sơ"], ["7"]], False),
        ([["2023", "2024"]], False),
        ([], False),
    ],
)
def test_figures_side_by_side_outside_of_tables_are_told(rows, told):
    """A striped table, found nowhere, stood in the running text without a flag."""
    found = lines(*rows)
    assert figures_left(found) is told
    assert (FIGURES_UNREAD in doubts_of([], [], [], found, has_tables=True, framed=True)) is told


@pytest.mark.parametrize(
    ("cells", "printed", "doubt", "is_table"),
    [
        (6, 6, 0.0, True),
        (6, 1, 0.0, True),  # a form with little filled in
        (6, 0, 0.0, False),  # boxes to tick
        (30, 0, 0.0, True),  # a table's blank rest
        (7, 1, 1.0, False),  # boxes of a chart, the lines between them taken for borders
        (30, 5, 1.0, False),
        (6, 4, 1.0, True),  # a table copied badly: read, and flagged whole
        (30, 5, 0.9, True),
    ],
)
def test_a_lattice_is_a_table_where_print_stands_in_its_cells(cells, printed, doubt, is_table):
    picture = np.full((100 * cells, 300), 255, np.uint8)
    for k in range(printed):
        picture[100 * k + 30 : 100 * k + 60, 100:140] = 0
    frame = Frame.of_picture(300, 100 * cells, 300, 100 * cells)
    boxes = [Box(0, 100 * k, 300, 100 * (k + 1)) for k in range(cells)]
    lattice = Lattice(
        Box(0, 0, 300, 100 * cells),
        tuple(100.0 * k for k in range(cells + 1)),
        (0.0, 300.0),
        tuple(LatticeCell(k, 0, 1, 1, box) for k, box in enumerate(boxes)),
        doubt=doubt,
    )
    sheet = Sheet(picture, frame, 300, 300, 100 * cells)
    assert holds_print(lattice, Prepared(sheet, ink_mask(picture, 128), Rules((), 2.0))) == is_table


@pytest.mark.parametrize(("printed", "is_table"), [(1, False), (5, True)])
def test_the_walls_of_a_plan_within_its_measures_make_no_table(printed, is_table):
    """Lines of measures were taken for borders, the rooms for one cell. A table with a picture in it is filled."""
    picture = np.full((1200, 1200), 255, np.uint8)
    picture[220:1180, 600:615] = picture[700:715, 220:1180] = 0
    boxes = [Box(200 * k, 0, 200 * (k + 1), 200) for k in range(6)] + [Box(0, 200, 1200, 1200)]
    for k in range(printed):
        picture[60:90, 200 * k + 60 : 200 * k + 100] = 0
    cells = tuple(LatticeCell(k // 6, k % 6, 1, 1 if k < 6 else 6, box) for k, box in enumerate(boxes))
    edges = tuple(200.0 * k for k in range(7))
    lattice = Lattice(Box(0, 0, 1200, 1200), (0.0, 200.0, 1200.0), edges, cells)
    sheet = Sheet(picture, Frame.of_picture(1200, 1200, 1200, 1200), 300, 1200, 1200, letter=30.0)
    assert holds_print(lattice, Prepared(sheet, ink_mask(picture, 128), Rules((), 2.0))) is is_table


def test_a_desk_without_a_sheet_is_told_and_a_blank_sheet_is_not():
    """15 megapixels of wood were read as a blank page, and nothing said so."""
    grain = 120 + 20 * np.sin(np.arange(900) / 40)
    desk = np.repeat(grain[:, None], 1200, axis=1).astype(np.uint8)
    for pixels, confidence in ((desk, 0.0), (np.full((900, 1200), 250, np.uint8), 1.0)):
        raster = Raster(pixels, 1200 * 0.48, 900 * 0.48, 150.0, 150.0)
        page = read_scanned_page(lambda raster=raster: raster, 1, Readers(NoEngine(), None), lambda *_: None)
        assert (page.blocks, page.confidence) == ((), confidence)


@pytest.mark.parametrize(("confidence", "ways"), [(0.15, (180, 90, 270)), (1.0, ())])
def test_a_page_whose_ink_gave_no_print_is_read_in_the_other_ways_too(confidence, ways):
    """Seven rows at the top of a skewed sheet were taken for standing on their head, and were gone. A blank
    page has no other way."""
    page = PageContent(1, 595, 842, "ocr", (), confidence)
    assert ways_to_try(page, Readers(NoEngine(), None)) == ways


def test_cells_that_were_read_are_not_read_again(line_engine_class):
    picture = np.full((200, 300), 255, np.uint8)
    picture[30:60, 100:140] = picture[130:160, 100:140] = 0
    boxes = Box(0, 0, 300, 100), Box(0, 100, 300, 200)
    cells = tuple(LatticeCell(k, 0, 1, 1, box) for k, box in enumerate(boxes))
    lattice = Lattice(Box(0, 0, 300, 200), (0.0, 100.0, 200.0), (0.0, 300.0), cells)
    sheet = Sheet(picture, Frame.of_picture(300, 200, 300, 200), 300, 300, 200)
    prepared = Prepared(sheet, ink_mask(picture, 128), Rules((), 2.0))
    found, words = read_lattice(lattice, prepared, Readers(line_engine_class(["7", "8"]), None))
    engine = line_engine_class(["9"])
    again, reread = read_lattice(lattice, prepared, Readers(engine, None), {boxes[0]: words[0]})
    assert again == found and reread[0] == words[0] and len(engine.shown) == 1


def test_the_room_beside_the_lines_of_an_open_table_is_known():
    """A figure that its column was too narrow for is told by the white beside it, with rules or without."""
    picture = np.full((120, 120), 255, np.uint8)
    ocr = [OcrWord("180,00", 10, 20, 100, 40, 0.99, (0, 0, 0)), OcrWord("0", 48, 60, 63, 80, 0.99, (0, 0, 1))]
    words = [(Word(w.text, Box(w.x0, w.y0, w.x1, w.y1)), w) for w in ocr]
    cell = LatticeCell(0, 0, 1, 1, Box(0, 0, 120, 120))
    lattice = Lattice(Box(0, 0, 120, 120), (0.0, 120.0), (0.0, 120.0), (cell,))
    sheet = Sheet(picture, Frame.of_picture(120, 120, 120, 120), 300, 120, 120)
    prepared = Prepared(sheet, ink_mask(picture, 128), Rules((), 2.0))
    (read,) = read_open(lattice, words, prepared, Readers(NoEngine(), None), 1).cells
    assert (read.text, read.room) == ("180,00\n0", (2.0, 7.0))


@pytest.mark.parametrize(("x", "doubtful"), [(98.0, True), (118.0, False)])
def test_a_figure_of_an_open_table_that_a_streak_ran_along_is_in_doubt(x, doubtful):
    """`1,380` between rules that lie was read surely as `1,38`: the streak had taken the nought along."""
    picture = np.full((120, 120), 255, np.uint8)
    ocr = OcrWord("1,38", 10, 20, 96, 60, 0.99, (0, 0, 0))
    words = [(Word(ocr.text, Box(ocr.x0, ocr.y0, ocr.x1, ocr.y1)), ocr)]
    cell = LatticeCell(0, 0, 1, 1, Box(0, 0, 120, 120))
    lattice = Lattice(Box(0, 0, 120, 120), (0.0, 120.0), (0.0, 120.0), (cell,))
    sheet = Sheet(picture, Frame.of_picture(120, 120, 120, 120), 300, 120, 120)
    streak = RuleLine(x, 0, x, 120, 2.0, False, 0, 0, np.ones((1, 60), np.uint8), border=False)
    prepared = Prepared(sheet, ink_mask(picture, 128), Rules((streak,), 2.0))
    (read,) = read_open(lattice, words, prepared, Readers(NoEngine(), None), 1).cells
    assert read.doubtful is doubtful
