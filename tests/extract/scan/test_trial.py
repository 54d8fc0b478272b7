"""A trial reading tells the way a page lies, by figures where there are some, by lines where not."""

from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.inputs.readers import readers
from extract.raster import turned
from extract.scan.prepare.ink import ink_mask
from extract.scan.prepare.orientation import small_print
from extract.scan.prepare.trial import (
    best_read,
    by_figures,
    by_lines,
    is_sure_figure,
    reads_plainly,
    spread_out,
    sure_words,
    upright_piece,
)
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.line_words import LineWord
from extract.scan.readers.numbers.reader import NumberReader, NumberReading
from extract.scan.readings import Readers

WAYS = [(0, 0.0), (180, 0.0), (90, 0.0), (270, 0.0)]
UNIT = 11.0


@pytest.fixture(scope="module")
def figures_page(font):
    """A page of short figures, without a line of words."""
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    rng = np.random.default_rng(7)
    for row in range(14):
        for column in range(4):
            text = f"{rng.integers(10, 99)},{rng.integers(10, 99)}"
            draw.text((120 + 280 * column, 100 + 110 * row), text, font=font, fill=0)
    return np.asarray(page, np.uint8).copy()


def small_of(page):
    return small_print(ink_mask(page, 128), 300)


@pytest.mark.parametrize("lies", [0, 90, 180, 270])
def test_figures_tell_how_the_page_lies(figures_page, lies):
    page = turned(figures_page, lies)
    assert by_figures(small_of(page), page, UNIT, WAYS, NumberReader.load()) == (360 - lies) % 360


def test_words_tell_nothing_to_the_number_reader(table_page):
    page = table_page[280:520]
    assert by_figures(small_of(page), page, UNIT, WAYS, NumberReader.load()) is None


@dataclass
class Says:
    """Reads as many sure figures in its n-th batch as it is told; counts what it is shown."""

    sure: list[int]
    shown: list[int] = field(default_factory=list)

    def read(self, crops):
        count = self.sure[len(self.shown)] if len(self.shown) < len(self.sure) else 0
        self.shown.append(len(crops))
        return [
            NumberReading("87,5" if k < count else "", 0.99 if k < count else 0.0) for k in range(len(crops))
        ]


@pytest.mark.parametrize(
    ("sure", "turn", "batches"),
    [
        ([8, 0], 0, 1),  # plainly read: no other way is tried
        ([4, 0], 0, 1),
        ([1, 6], 180, 2),
        ([3, 1, 9, 0], 0, 4),  # too few at first: more pieces are read
        ([3, 3, 9, 9], None, 4),  # two ways read alike
        ([1, 0], None, 2),  # words: more of them would tell no more
    ],
)
def test_figures_must_be_many_and_of_one_way(figures_page, sure, turn, batches):
    reader = Says(sure)
    assert by_figures(small_of(figures_page), figures_page, UNIT, WAYS[:2], reader) == turn
    assert len(reader.shown) == batches


@pytest.mark.parametrize(
    ("text", "confidence", "counts"),
    [
        ("87,5%", 0.95, True),
        ("-0,70%", 0.95, True),
        ("-05", 0.99, False),
        ("1.250", 0.95, True),
        ("1.250", 0.8, False),
        ("001", 0.99, False),
        ("%098", 0.99, False),
        ("0", 0.99, False),
        ("", 0.99, False),
    ],
)
def test_what_counts_as_a_sure_figure(text, confidence, counts):
    assert is_sure_figure(NumberReading(text, confidence)) is counts


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_piece_is_cut_where_it_lies_and_set_upright(turn):
    page = np.full((300, 500), 255, np.uint8)
    cv2.putText(page, "7", (60, 90), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    stored = turned(page, (360 - turn) % 360)  # `turn` sets it upright again
    small = turned(255 - page, (-turn) % 360)
    stood = turned(small, turn % 180)
    box = cv2.boundingRect(stood)
    piece = upright_piece(stored, small, (*box, 0), turn, 0.0)
    assert np.array_equal(inked(piece), inked(page))
    assert piece.shape[0] < 60 and piece.shape[1] < 60


def inked(picture):
    """What of a picture has ink."""
    x, y, width, height = cv2.boundingRect(255 - picture)
    return picture[y : y + height, x : x + width]


def test_pieces_are_from_all_over_the_page():
    boxes = np.arange(500, dtype=np.int32).reshape(100, 5)
    chosen = spread_out(boxes)
    assert len(chosen) == 24 and len({int(row[0]) for row in chosen}) == 24
    assert np.ptp(chosen[:8, 0]) > 400
    assert len(spread_out(boxes[:5])) == 5 and len(spread_out(boxes[:0])) == 0


@dataclass
class WaysEngine:
    """Gives a word of so many letters for each call in turn."""

    letters: list[int]
    name: str = "ways"
    asked: int = 0

    def read(self, picture, layout, language="vie"):
        self.asked += 1
        return [OcrWord("x" * self.letters[self.asked - 1], 0, 0, 9, 9, 0.95, (1, 1, 1))]


@pytest.mark.parametrize(
    ("letters", "turn", "asked"),
    [
        ([60], 0, 1),  # plainly read: the other way is not tried
        ([3, 60], 180, 2),
        ([9, 0], 0, 2),
        ([6, 6], None, 2),
        ([0, 0], None, 2),
    ],
)
def test_lines_are_read_until_a_way_reads_plainly(table_page, letters, turn, asked):
    engine = WaysEngine(letters)
    assert by_lines(small_of(table_page), table_page, UNIT, WAYS[:2], Readers(engine, None)) == turn
    assert engine.asked == asked


@dataclass
class OneLineReader:
    """Gives these words, whatever it sees."""

    words: tuple[tuple[str, float], ...]

    def read(self, lines):
        return [[LineWord(text, confidence, 0.0) for text, confidence in self.words]] * len(lines)


class Marks:
    """A language of two words."""

    def is_word(self, text):
        return text in ("trường", "học")


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ((("trường", 0.95), ("học", 0.99)), ["trường", "học"]),
        ((("ọôw", 0.99), ("học", 0.5)), []),  # print on its head, and a word that was hardly read
    ],
)
def test_of_a_line_only_sure_words_of_the_language_count(words, sure):
    asked = Readers(WaysEngine([]), None, Marks(), OneLineReader(words))
    assert sure_words([np.zeros((40, 400), np.uint8)], asked) == sure


@pytest.mark.parametrize(
    ("words", "plainly"),
    [
        ((("trường", 0.95), ("học", 0.99)), True),
        ((("trường", 0.95), ("học", 0.5)), True),
        ((("học", 0.99),), False),
        ((("6809", 0.99), ("961", 0.99), ("108", 0.99)), False),  # figures on their head are figures
        ((("ọôw", 0.99), ("nuôx", 0.99)), False),
    ],
)
def test_words_alone_read_plainly(table_page, words, plainly):
    asked = Readers(WaysEngine([]), None, AnyFigure(), OneLineReader(words))
    assert reads_plainly(small_of(table_page), table_page, UNIT, WAYS[0], asked) == plainly


class AnyFigure(Marks):
    """That language with its figures."""

    def is_word(self, text):
        return text.isdigit() or super().is_word(text)


def test_a_page_that_reads_plainly_is_not_asked_for_its_figures(table_page):
    read = OneLineReader((("trường", 0.95), ("học", 0.99)))
    figures = Says([0, 8])
    ways = Readers(WaysEngine([]), figures, Marks(), read)
    assert best_read(small_of(table_page), table_page, UNIT, WAYS, ways) == 0
    assert not figures.shown
    few = Readers(WaysEngine([]), figures, Marks(), OneLineReader((("học", 0.95),)))
    assert best_read(small_of(table_page), table_page, UNIT, WAYS, few) == 180
    assert figures.shown


@pytest.mark.parametrize("clockwise", [0, 180])
def test_a_page_is_set_on_its_feet_by_the_reader_of_lines(table_page, clockwise):
    lying = turned(table_page, clockwise)
    ways = [(180, 0.0), (0, 0.0)]
    assert by_lines(small_of(lying), lying, UNIT, ways, readers("auto")) == clockwise
