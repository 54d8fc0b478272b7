"""What is seen is what is read: page boxes, hidden and covered text, fonts that lie, told from the ink."""

import importlib.util
import io
import sys
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import ImageFont

from extract.inputs import ReadOptions, open_document, text_layer
from extract.pdf import verify as verification
from extract.pdf.fonts import doubled_figures
from extract.pdf.ink import PageInk, cut_by_edges, seen_glyphs
from extract.pdf.painting import painting_of
from extract.pdf.specimen import specimens
from extract.pdf.verify import _percentile, sample, verify
from extract.pdf.view import objects_of
from extract.pdf.words import Glyph
from model.geometry import Box
from model.page import Word

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).parents[1] / "hostile" / "damage.py")
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage
_spec.loader.exec_module(damage)


def read(data, tmp_path, **options):
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    with open_document(path, ReadOptions(**options)) as reader:
        return reader.page(0)


def cells(page):
    return [cell.text for grid in page.grids for cell in grid.cells]


def named(makers):
    return [pytest.param(made, id=made.name) for maker in makers for made in maker()]


@pytest.mark.parametrize("made", named([damage.boxed, damage.hidden, damage.covered]))
def test_the_seen_figures_are_read_and_no_others(made, tmp_path):
    page = read(made.data, tmp_path)
    everything = " ".join([*cells(page), *(line.text for line in page.lines)]).split()
    assert not set(made.unseen) & set(everything)
    assert set(made.seen) <= set(cells(page)) or page.losses
    assert page.losses or not made.must_flag


def test_a_page_with_another_origin_loses_no_figure(tmp_path):
    """The first digit of the first column was cut off, and the rest proved by its sums."""
    pdf = damage.Pdf(damage.shifted(-80, 0), "/MediaBox [-80 0 515 842]")
    assert set(damage.FIGURES) <= set(cells(read(pdf.written(), tmp_path)))


@pytest.mark.parametrize("made", named([damage.lying_fonts]))
def test_a_font_that_calls_its_figures_others_is_caught(made, tmp_path):
    page = read(made.data, tmp_path)
    assert page.losses
    off = [c for grid in page.grids for c in grid.cells if c.doubtful]
    assert off and all(c.engine != "text-layer" and c.alternatives for c in off)
    told = {a.text for c in off for a in c.alternatives} | set(cells(page))
    assert set(made.seen) <= told


def bound(folder, *files):
    """One file of the first pages of others, equal files by the same objects."""
    out = pikepdf.new()
    for data in dict.fromkeys(files):
        with pikepdf.open(io.BytesIO(data)) as one:
            for _ in range(files.count(data)):
                out.pages.append(one.pages[0])
    path = folder / "bound.pdf"
    out.save(path)
    return path


HONEST = damage.Pdf().written()
LYING = next(damage.lying_fonts()).data


@pytest.mark.parametrize("before", [1, 3])
def test_a_font_that_lies_is_caught_behind_one_of_its_name_that_does_not(before, tmp_path):
    path = bound(tmp_path, *[HONEST] * before, LYING)
    with open_document(path, ReadOptions()) as reader:
        pages = [reader.page(n) for n in range(before + 1)]
    told = [any("khác số nhìn thấy" in loss for loss in page.losses) for page in pages]
    assert told == [False] * before + [True]


def test_what_a_font_was_seen_to_draw_is_not_looked_at_again_in_a_block(tmp_path, monkeypatch):
    asked = []
    reads = text_layer.number_reading()

    def counted(pictures):
        asked[-1] += len(pictures)
        return reads(pictures)

    monkeypatch.setattr(text_layer, "number_reading", lambda: counted)
    monkeypatch.setattr(verification, "surely_shaped", lambda shown: set())
    with open_document(bound(tmp_path, *[HONEST] * 6), ReadOptions()) as reader:
        for n in range(6):
            asked.append(0)
            reader.page(n)
    assert [n > 0 for n in asked] == [True, False, False, False, True, False]


@pytest.mark.parametrize("wanted", [1, 3, 4, 5])
def test_a_page_reads_the_same_in_its_turn_and_out_of_it(wanted, tmp_path):
    path = bound(tmp_path, *[HONEST] * 2, *[LYING] * 4)
    with open_document(path, ReadOptions()) as reader:
        in_turn = [reader.page(n) for n in range(6)][wanted]
        again = reader.page(wanted)
    with open_document(path, ReadOptions()) as reader:
        assert reader.page(wanted) == in_turn == again


def test_a_sound_page_raises_nothing(tmp_path):
    page = read(damage.Pdf().written(), tmp_path, verify_ink=True)
    assert set(damage.FIGURES) <= set(cells(page))
    assert not page.losses and not page.warnings
    assert not any(c.doubtful for grid in page.grids for c in grid.cells)


def one_page(content, **parts):
    return damage.Pdf(content.encode(), **parts).written()


def lying(said, drawn, lines):
    """A page of sentences whose font calls one figure another, which it has itself too."""
    paper = damage.replace(damage.PAPERS[-1], prose=lines, told=())
    by = damage.Chances(lies=((said, drawn),))
    return next(damage.lying_fonts(paper, by)).data


def test_a_figure_that_a_font_has_twice_is_compared_wherever_it_stands(tmp_path):
    """A true 9 stood for the false ones in the sample, which are drawn as 5."""
    lines = ("BAO CAO so 1.496 cua 3.782 ho so", "con 194 ho so", "Tong thu 79.500.000 dong")
    page = read(lying("9", "5", lines), tmp_path)
    assert any("79.900.000" in loss for loss in page.losses)


def test_no_figure_stands_twice_in_a_sound_font(tmp_path):
    (tmp_path / "a.pdf").write_bytes(damage.Pdf().written())
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        page = pdf.pages[0]
        assert page.chars and doubled_figures(page) == set()


@pytest.mark.parametrize("dx", [0.3, 0.5, 0.7])
def test_a_figure_that_stands_once_on_its_page_and_is_half_covered_is_told(dx, tmp_path):
    """What a figure's ink should be was asked of the others of its kind; a short text has none."""
    size = 12
    at = 60 + 0.556 * size * (1 + dx)  # in the second figure
    words = damage.text(60, 700, "1396 ho so da giai quyet dung han", size) + damage.text(
        60, 680, "Tong so ho so", size
    )
    page = read(one_page(words + damage.bar(at, 697, 0.556 * size, 14, "1 g")), tmp_path)
    assert page.losses, dx


def test_grounds_of_cells_hurt_no_figure(tmp_path):
    """Boxes of colour lie under a table's cells and end between its figures."""
    xs, paper = damage.COUNTS.xs, damage.COUNTS
    grounds = "".join(
        damage.bar(xs[c], 700 - 20 * (r + 1), xs[c + 1] - xs[c], 20, f"{0.8 + 0.05 * ((r + c) % 4)} g")
        for r in range(len(paper.rows))
        for c in range(len(xs) - 1)
    )
    page = read(one_page(grounds + paper.content()), tmp_path)
    assert set(damage.FIGURES) <= set(cells(page))
    assert not page.losses


@pytest.mark.parametrize(
    ("box", "is_cut"),
    [
        (Box(13, 0, 40, 40), True),
        (Box(0, 0, 13, 40), True),
        (Box(0, 15, 40, 40), True),
        (Box(0, 0, 40, 14), True),
        (Box(12, 13, 14, 17), True),
        (Box(0, 0, 40, 40), False),
        (Box(0, 0, 11, 40), False),
        (Box(0, 18, 40, 40), False),
        (Box(30, 0, 40, 40), False),
        (Box(13, 0, 14, 40), False),
    ],
    ids=[
        "right",
        "left",
        "below",
        "above",
        "a spot",
        "whole",
        "beside",
        "at its foot",
        "elsewhere",
        "a rule",
    ],
)
def test_a_figure_is_cut_by_edges_through_its_middle(box, is_cut):
    figure = Glyph("8", Box(10, 10, 16, 20), "F", 10)
    letter = Glyph("B", Box(10, 10, 16, 20), "F", 10)
    assert cut_by_edges([letter, figure], [box]) == ([figure] if is_cut else [])


class Said:
    def __init__(self, text):
        self.text, self.confidence = text, 1.0


def words(texts):
    return [Word(text, Box(10, 20 * n, 60, 20 * n + 10), font="F", size=10) for n, text in enumerate(texts)]


INK = PageInk(np.full((2000, 200), 255, np.uint8), 1.0)


@given(st.lists(st.from_regex(r"[0-9]{1,5}", fullmatch=True), max_size=40))
def test_a_sample_shows_every_figure_of_every_font_unless_it_is_full(texts):
    chosen = sample(words(texts))
    shown = {c for word in chosen for c in word.text}
    assert shown == {c for text in texts for c in text}
    twice = sample(words(texts), {("F", "7")})
    assert {w for w in words(texts) if "7" in w.text} <= set(twice)
    seen = {("F", c) for c in "01234"}
    rest = sample(words(texts), {("F", "3")}, seen)
    assert {c for text in texts for c in text} - set("01234") <= {c for word in rest for c in word.text}
    assert all("3" in word.text or set(word.text) - set("01234") for word in rest)


def set_in(figures, font="F", size=10.0, y=10.0):
    return [Glyph(c, Box(10 + 6 * n, y, 16 + 6 * n, y + 12), font, size) for n, c in enumerate(figures)]


WANTED = {(font, c) for font in "FG" for c in "0123456789"}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (set_in("2024"), [("F", "024")]),
        (set_in("31") + set_in("77", "G", y=30), [("F", "13"), ("G", "7")]),
        (set_in("123456") + set_in("79", size=8.0, y=30), [("F", "123456"), ("F", "79")]),
        (set_in("1233") + set_in("121", size=8.0, y=30), [("F", "123")]),
        (set_in("12", "H"), []),
        ([Glyph("4", Box(10, 10, 22, 16), "F", 10.0, 90)], []),
        ([Glyph("4", Box(195, 10, 201, 22), "F", 10.0)], []),
    ],
    ids=["once each", "two fonts", "two sizes", "a size that adds none", "none wanted", "turned", "cut off"],
)
def test_a_specimen_shows_each_figure_of_a_font_once(page, told):
    found = specimens(page, WANTED, INK)
    assert [(s.figures[0][0], s.text) for s in found] == told
    assert all(s.picture.shape == (14, 6 * len(s.text)) for s in found)


def test_figures_of_light_and_of_dark_cells_stand_on_one_white():
    pixels = np.full((100, 200), 255, np.uint8)
    pixels[:, 16:22] = 40
    for left in (12, 18):
        pixels[14:20, left : left + 2] = 255 - pixels[0, left]
    light, dark = set_in("12")
    piece = specimens([light, dark], WANTED, PageInk(pixels, 1.0))[0].picture
    assert piece[0].tolist() == [255] * 12
    assert (piece[6, [2, 8]] <= 80).all()


def test_what_stands_side_by_side_as_typed_needs_no_word_and_what_does_not_does():
    own, calls = words(["12", "34"]), []

    def reader(said):
        def read(cuts):
            calls.append(len(cuts))
            return [Said(said)] if len(calls) == 1 else [Said("12"), Said("34")]

        return read

    sound = verify(own, INK, reader("1234"), glyphs=set_in("1234"))
    assert (sound.compared, calls) == (0, [1])
    calls.clear()
    doubted = verify(own, INK, reader("7234"), glyphs=set_in("1234"))
    assert (doubted.compared, calls) == (2, [1, 2])


@given(st.lists(st.integers(10, 99), min_size=1, max_size=60), st.data())
def test_one_fault_in_the_sample_has_all_figures_compared(numbers, draw):
    own = words([str(n) for n in numbers])
    read_as = [str(n) for n in numbers]
    chosen = [own.index(word) for word in sample(own)]
    wrong = draw.draw(st.sampled_from(chosen))
    read_as[wrong] = str(numbers[wrong] + 1)
    calls = []

    def reader(cuts):
        calls.append(len(cuts))
        texts = [read_as[n] for n in chosen] if len(calls) == 1 and len(chosen) < len(own) else read_as
        return [Said(text) for text in texts]

    found = verify(own, INK, reader)
    assert found.compared == len(own)
    assert [m.word for m in found.off] == [own[wrong]]


def unsure(text, confidence):
    said = Said(text)
    said.confidence = confidence
    return said


@pytest.mark.parametrize(
    ("typed", "read_as", "told"),
    [
        (["12"], [("12", 0.6)], []),
        (["12"], [("21", 0.85)], ["12"]),
        (["12"], [("21", 0.4)], []),
        (["12", "21"], [("12", 0.99), ("12", 0.85)], []),
        (["12", "21"], [("21", 0.85), ("12", 0.85)], ["12", "21"]),
        (["12", "12", "34"], [("21", 0.85), ("21", 0.95), ("34", 0.99)], ["12", "12"]),
    ],
    ids=["as typed", "another", "not likely", "elsewhere as typed", "exchanged", "in a word of no sample"],
)
def test_a_figure_that_no_word_shows_as_it_was_typed_is_told_where_it_is_likely_another(typed, read_as, told):
    """A font that drew 1 and 2 for each other at 8 points was read so less surely than is asked of one word."""
    own = words(typed)

    def reader(cuts):
        said = [unsure(*pair) for pair in read_as]
        return said if len(cuts) == len(own) else [said[own.index(word)] for word in sample(own)]

    assert [m.word.text for m in verify(own, INK, reader).off] == told


@pytest.mark.parametrize(("one", "other"), [("1", "2"), ("2", "7"), ("3", "6"), ("6", "9")])
def test_a_font_that_exchanges_two_figures_of_small_print_is_caught(one, other, tmp_path):
    """Its words are hardly read surely at 150 dpi."""
    font = ImageFont.truetype("DejaVuSans.ttf").path
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("F", fname=font)
    pdf.set_font("F", size=8)
    rows = [f"{n}  {1123 * n % 9000 + 1000}  {54321 * n % 90000}" for n in range(1, 9)]
    pdf.multi_cell(0, 6, "\n".join(["Bao cao so lieu cua xa nam nay", *rows]))
    with pikepdf.open(io.BytesIO(bytes(pdf.output()))) as lying:
        maps = [o.ToUnicode for o in lying.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o]
        codes = [f"<{ord(char):04X}>".encode() for char in (one, other)]
        for said in maps:
            lines = said.read_bytes().splitlines()
            ends = [line.split()[-1:] for line in lines]
            swap = {(codes[0],): codes[1], (codes[1],): codes[0]}
            said.write(
                b"\n".join(
                    line.split()[0] + b" " + swap[tuple(end)]
                    if tuple(end) in swap and len(line.split()) == 2
                    else line
                    for line, end in zip(lines, ends, strict=True)
                )
            )
        assert len(maps) == 1
        lying.save(tmp_path / "lying.pdf")
    assert read((tmp_path / "lying.pdf").read_bytes(), tmp_path).losses


class Nowhere:
    def box_of(self, text, near):
        return None


def glyphs(count, font="F"):
    return [Glyph("8", Box(10 + 6 * n, 10, 16 + 6 * n, 20), font, 10) for n in range(count)]


def drawn(shown):
    pixels = np.full((80, 2000), 255, np.uint8)
    for n, there in enumerate(shown):
        if there:
            x = 2 * (10 + 6 * n)
            pixels[24:36, x + 4 : x + 8] = 0
    return PageInk(pixels, 2.0)


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [([True] * 40, 0), ([True] * 20 + [False] * 6 + [True] * 20, 6), ([True] * 30 + [False] * 3, 3)],
    ids=["all seen", "a run under white", "the end of a line"],
)
def test_hidden_glyphs_are_those_without_ink(shown, hidden):
    seen, gone = seen_glyphs(glyphs(len(shown)), drawn(shown), {"F"}, Nowhere())
    assert len(gone) == hidden
    assert len(seen) + len(gone) == len(shown)


def test_a_font_that_is_drawn_with_another_hides_nothing_single():
    """Single letters of fonts that are not in the file stand beside their boxes."""
    shown = [n % 5 != 2 for n in range(60)]
    assert not seen_glyphs(glyphs(60), drawn(shown), {"F"}, Nowhere())[1]
    assert not seen_glyphs(glyphs(60), drawn(shown), set(), Nowhere())[1]


def test_white_print_under_the_same_black_print_hides_nothing(tmp_path):
    """A white edge under black letters made them the second strike of themselves, and they were gone."""
    content = damage.COUNTS.content()
    both = f"q 1 g {damage.COUNTS.cells()} Q {content}".encode()
    page = read(damage.Pdf(both).written(), tmp_path)
    assert set(damage.FIGURES) <= set(cells(page))
    assert not page.losses


@pytest.mark.parametrize("paper", damage.PAPERS, ids=lambda paper: paper.name)
def test_a_figure_with_a_box_through_it_is_doubted(paper, tmp_path):
    x, y = paper.struck_at()
    again = "".join(damage.text(60 + 60 * n, 60, paper.struck) for n in range(4))  # the same figures, whole
    content = paper.content() + again
    assert not read(damage.Pdf(content.encode()).written(), tmp_path).losses
    cut = content + damage.bar(x + 5.4, y - 2, 5.3, 10, "1 g")
    assert read(damage.Pdf(cut.encode()).written(), tmp_path).losses


@pytest.mark.parametrize("made", named([damage.boxed, damage.hidden, damage.covered]))
def test_characters_are_what_pdfplumber_says_of_them(made, tmp_path):
    """They are described here, without the half that nobody asks for: what is asked must be the same."""
    path = tmp_path / "page.pdf"
    path.write_bytes(made.data)
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[0]
        own, theirs = objects_of(page, painting_of(page).items), page.objects
        assert {kind: len(items) for kind, items in own.items()} == {k: len(v) for k, v in theirs.items()}
        for char, other in zip(own["char"], theirs["char"], strict=True):
            assert char == {key: other[key] for key in char.keys() - {"face"}} | {"face": char["face"]}
        for kind in own.keys() - {"char"}:
            for item, other in zip(own[kind], theirs[kind], strict=True):
                assert item == {key: other[key] for key in item}


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 7), st.integers(1, 7))), st.integers(0, 100))
def test_a_percentile_is_numpys(tones, percent):
    assert _percentile(np.sort(tones, axis=None), percent) == pytest.approx(np.percentile(tones, percent))
