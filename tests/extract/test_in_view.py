"""Pages on which nothing can hide a letter: told from how they are painted, seen in strips."""

import importlib.util
import io
import sys
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pytest
from pdfminer.psexceptions import PSException

from extract.inputs import ReadOptions, open_document, text_layer
from extract.pdf.fonts import drawn_fonts, true_fonts
from extract.pdf.glance import lines_of_all
from extract.pdf.in_view import all_in_view
from extract.pdf.ink import cut_by_edges, drawn_ink, half_covered, seen_glyphs
from extract.pdf.painting import painting_of
from extract.pdf.placement import Placement
from extract.pdf.specimen import Specimen, figure_signs, side_by_side
from extract.pdf.strips import InkInStrips
from extract.pdf.view import shown_page
from extract.pdf.words import Glyph, page_glyphs
from model.geometry import Box

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).parents[1] / "hostile" / "damage.py")
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage
_spec.loader.exec_module(damage)

TEXT = damage.text(60, 700, "Tong so 1.482 ho so")
PLAIN = damage.COUNTS.content()
STATES = (
    "/ExtGState << /Full << /ca 1 /CA 1 /BM /Normal /SMask /None /Type /ExtGState >> /Half << /ca 0.5 >>"
    " /Dark << /BM /Multiply >> /Masked << /SMask << /S /Luminosity >> >> /Odd << /HT /Default >> >>"
    " /ColorSpace << /Spot [/Separation /Gold /DeviceGray 7 0 R] >> /XObject << /Form 8 0 R /Cut 9 0 R"
    " /Hid 10 0 R >> /Shading << /Sh 11 0 R >>"
)
SHOWN = b"BT /F1 10 Tf 60 600 Td (86 ho so) Tj ET"
OBJECTS = {
    7: b"<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >>",
    8: damage.stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", SHOWN),
    9: damage.stream("/Type /XObject /Subtype /Form /BBox [0 0 70 842]", SHOWN),
    10: damage.stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC << /Type /OCG >>", SHOWN),
    11: b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 1] /Function 7 0 R >>",
}


def pdf_of(content, page="/MediaBox [0 0 595 842]", **parts):
    objects = OBJECTS | parts.pop("objects", {})
    return damage.Pdf(content.encode(), page, resources=STATES, objects=objects, **parts).written()


def is_in_view(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        return all_in_view(painting_of(page), true_fonts(page.page_obj) - drawn_fonts(page.page_obj))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PLAIN, True),
        ("", True),
        ("q 0 0 595 842 re W n " + TEXT + "Q", True),
        ("q 0 0 595 842 re W* n 50 690 200 30 re W n " + TEXT + "Q", True),
        ("q 0 0 70 842 re W n " + TEXT + "Q", False),
        ("q 0 0 595 703 re W n " + TEXT + "Q", False),
        ("q 0 0 70 842 re W n Q " + TEXT, True),
        ("q 0 0 m 595 0 l 595 842 l W n " + TEXT + "Q", False),
        ("q 0.7 0.7 -0.7 0.7 300 0 cm 0 0 595 842 re W n Q " + TEXT, True),
        ("q 0 0 595 842 re 0 0 10 10 re W* n " + TEXT + "Q", False),
        ("q /Full gs " + TEXT + "Q", True),
        ("q /Half gs /Full gs " + TEXT + "Q", True),
        ("q /Half gs " + TEXT + "Q", False),
        ("q /Half gs Q " + TEXT, True),
        ("q /Dark gs " + TEXT + "Q", False),
        ("q /Masked gs " + TEXT + "Q", False),
        ("q /Odd gs " + TEXT + "Q", False),
        ("q /Nowhere gs " + TEXT + "Q", False),
        ("3 Tr " + TEXT, False),
        ("7 Tr " + TEXT, False),
        ("2 Tr " + TEXT, True),
        ("2 Tr 1 G 3 w " + TEXT, False),
        ("1 Tr " + TEXT, False),
        ("0.9 g " + TEXT, False),
        ("1 0 0 rg " + TEXT, True),
        ("0 0 0 1 k " + TEXT, True),
        ("0 0 0 0 k " + TEXT, False),
        ("/Spot cs 1 scn " + TEXT, False),
        ("/Span BMC " + TEXT + " EMC", True),
        ("/OC /L1 BDC " + TEXT + " EMC", False),
        ("1 2 grow " + TEXT, False),
        (TEXT + " /Sh sh", False),
        (damage.bar(50, 690, 300, 30, "1 g") + TEXT, True),
        (damage.bar(50, 690, 300, 30, "0.8 g") + TEXT, True),
        (damage.bar(50, 690, 300, 30, "0.2 g") + TEXT, False),
        ("q /Dark gs " + damage.bar(50, 690, 300, 30, "0.8 g") + "Q " + TEXT, False),
        (TEXT + damage.bar(50, 690, 300, 30, "1 g"), False),
        (TEXT + damage.bar(50, 690, 300, 30, "0 g"), False),
        (TEXT + damage.bar(50, 600, 300, 30, "0 g"), True),
        (TEXT + damage.bar(50, 703, 300, 1, "0 g"), True),
        (TEXT + damage.bar(50, 703, 300, 1, "1 g"), False),
        (TEXT + "0 G 1 w 50 703 m 300 703 l S", True),
        (TEXT + "1 G 1 w 50 703 m 300 703 l S", False),
        (TEXT + "0 G 9 w 50 703 m 300 703 l S", False),
        (TEXT + "q 300 0 0 30 50 690 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", False),
        ("q 300 0 0 30 50 690 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q " + TEXT, False),
        ("q 300 0 0 30 50 90 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q " + TEXT, True),
        ("/Form Do", True),
        ("/Cut Do", False),
        ("/Hid Do", False),
        ("q 0 0 595 603 re W n /Form Do Q", False),
        ("q /Half gs /Form Do Q", False),
        (damage.text(60, 700, "1.482", 0.5), False),
        ("BT /F1 10 Tf 1 Tz 60 700 Td (1.482) Tj ET", False),
        (damage.text(592, 700, "1.482"), False),
        (TEXT + damage.text(900, 700, "1.482"), True),
    ],
)
def test_nothing_hides_a_letter(content, expected):
    assert is_in_view(pdf_of(content)) is expected


LAYERS = {
    13: b"<< /Type /OCG /Name (one) /Usage << /PageElement << /Subtype /HF >> >> >>",
    14: b"<< /Type /OCG /Name (two) >>",
    17: b"<< /Type /OCG /Name (draft) /Usage << /View << /ViewState /OFF >> >> >>",
}
ON_LAYER = f"/OC /L BDC {TEXT} EMC"


@pytest.mark.parametrize(
    ("layer", "usual", "expected"),
    [
        ("13 0 R", "", True),
        ("13 0 R", "/BaseState /ON /OFF [14 0 R]", True),
        ("13 0 R", "/OFF [13 0 R]", False),
        ("13 0 R", "/BaseState /OFF /ON [13 0 R]", False),
        ("13 0 R", "/AS [<< /Event /View /Category [/View] /OCGs [13 0 R] >>]", False),
        ("15 0 R", "", False),
        ("17 0 R", "", False),
        ("<< /Type /OCG >>", "", False),
        ("<< /Type /OCMD /OCGs 13 0 R >>", "", True),
        ("<< /Type /OCMD /OCGs [13 0 R 14 0 R] /P /AllOn >>", "", True),
        ("<< /Type /OCMD /OCGs [13 0 R 14 0 R] >>", "/OFF [14 0 R]", False),
        ("<< /Type /OCMD /OCGs [13 0 R] /P /AllOff >>", "", False),
        ("<< /Type /OCMD /OCGs [13 0 R] /VE [/Not 13 0 R] >>", "", False),
        ("<< /Type /OCMD /OCGs [] >>", "", False),
    ],
)
def test_print_on_layers_that_are_shown_is_in_view(layer, usual, expected):
    catalog = f"/OCProperties << /OCGs [13 0 R 14 0 R 17 0 R] /D << {usual} >> >>"
    parts = damage.Pdf(
        ON_LAYER.encode(), resources=f"/Properties << /L {layer} >>", catalog=catalog, objects=LAYERS
    )
    assert is_in_view(parts.written()) is expected
    form = damage.stream(f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC {layer}", SHOWN)
    parts = damage.Pdf(
        b"/F Do", resources="/XObject << /F 16 0 R >>", catalog=catalog, objects=LAYERS | {16: form}
    )
    assert is_in_view(parts.written()) is expected


@pytest.mark.parametrize(
    ("lines", "wanted", "chosen"),
    [
        ({}, "", {}),
        ({}, "1", None),
        ({10: {"1": 0}}, "12", None),
        ({10: {"1": 0, "2": 5}, 20: {"1": 9}}, "12", {10: {0, 5}}),
        ({10: {"1": 0}, 20: {"2": 9, "1": 12}}, "12", {20: {9, 12}}),
        ({10: {"1": 0, "2": 900}, 20: {"1": 910}, 30: {"2": 920}}, "12", {20: {910}, 10: {900}}),
    ],
)
def test_few_lines_show_all_figures(lines, wanted, chosen):
    named = {y: {("F", c): place for c, place in shown.items()} for y, shown in lines.items()}
    assert lines_of_all(named, {("F", c) for c in wanted}) == chosen


def test_letters_that_are_drawn_by_contents_of_their_own_are_looked_at():
    drawn = {
        5: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /Name /Own"
        b" /BaseFont /Own /FirstChar 49 /LastChar 49 /Widths [1] /CharProcs << /one 12 0 R >>"
        b" /Encoding << /Differences [49 /one] >> /Resources << >> >>",
        12: damage.stream("", b"1 0 d0 0 0 0.6 0.7 re f"),
    }
    assert not is_in_view(pdf_of(damage.text(60, 700, "1"), objects=drawn))


def all_damages():
    return [pytest.param(m.data, id=m.name) for m in damage.everything()]


@pytest.mark.parametrize("data", all_damages())
def test_what_is_in_view_is_there_when_the_page_is_drawn(data):
    """The drawn page knows how things really are; what is told without it must never be more."""
    document = pdfium.PdfDocument(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            layer, page = pdf.pages[0], document[0]
            try:
                shown = shown_page(layer, page.get_bbox())
            except PSException:  # a page that pdfminer can't read is drawn
                return
            fonts = true_fonts(layer.page_obj)
            if shown.painting is None or not all_in_view(shown.painting, fonts):
                return
            glyphs = page_glyphs(shown)
            ink = drawn_ink(page)
            assert not glyphs.white
            assert not seen_glyphs(glyphs.shown, ink, fonts, Placement(page))[1]
            assert not half_covered(glyphs.shown, ink)
            assert not cut_by_edges(glyphs.shown, glyphs.fills) or not glyphs.fills
            page.close()
    finally:
        document.close()


def test_strips_are_the_drawn_page_pixel_by_pixel():
    document = pdfium.PdfDocument(pdf_of(PLAIN))
    page = document[0]
    whole = drawn_ink(page)
    windows = [(100, 180, 50, 900), (-20, 40, 0, 300), (1700, 2000, 900, 5000)]
    strips = InkInStrips(page)
    shifts = strips.draw(windows)
    for (top, bottom, left, right), (down, across) in zip(windows, shifts, strict=True):
        top, left = max(top, 0), max(left, 0)
        own = whole.pixels[top:bottom, left:right]
        rows, columns = (top, top + own.shape[0]), (left, left + own.shape[1])
        assert np.array_equal(strips.window(rows, columns), own)
        assert np.array_equal(strips.sheet.pixels[rows[0] + down : rows[1] + down][:, : own.shape[1]], own)
        assert columns[0] + across == 0
    assert "pixels" not in strips.__dict__
    assert np.array_equal(strips.window((600, 700), (0, 500)), whole.pixels[600:700, :500])
    assert "pixels" in strips.__dict__
    page.close()
    document.close()


def read(data, tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    with open_document(path, ReadOptions()) as reader:
        return reader.page(0)


@pytest.mark.parametrize("drawn", [True, False], ids=["not in view", "in view"])
def test_a_page_reads_the_same_drawn_and_at_a_glance(drawn, tmp_path, monkeypatch):
    glance = read(pdf_of(PLAIN), tmp_path)
    if drawn:
        monkeypatch.setattr(text_layer, "all_in_view", lambda *_: False)
    assert read(pdf_of(PLAIN), tmp_path) == glance
    assert not glance.losses


def test_a_plain_page_is_drawn_in_strips_only(tmp_path, monkeypatch):
    monkeypatch.setattr(InkInStrips, "pixels", property(lambda self: pytest.fail("the whole page was drawn")))
    assert not read(pdf_of(PLAIN), tmp_path).losses


def mapped(pairs, font=damage.HELVETICA):
    """A font that calls its letters as `pairs` say, the drawn one first; all others by their own names."""
    said = {chr(c): chr(c) for c in range(32, 127)} | pairs
    lines = " ".join(f"<{ord(drawn):02X}> <{ord(name):04X}>" for drawn, name in said.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF>"
        f" endcodespacerange 95 beginbfchar {lines} endbfchar endcmap end end"
    )
    return font.replace(b" >>", b" /ToUnicode 6 0 R >>"), damage.stream("", cmap.encode())


WIDTHS = " ".join(
    "556" if chr(c).isdigit() else "278" if chr(c) in " .,-/" else "600" for c in range(32, 127)
)
SUBSET = (
    f"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+ArialMT /Encoding /WinAnsiEncoding /FirstChar 32"
    f" /LastChar 126 /Widths [{WIDTHS}] >>"
).encode()


@pytest.mark.parametrize(("one", "other"), [("1", "7"), ("3", "8"), ("0", "6"), ("5", "9"), ("2", "4")])
def test_a_font_that_exchanges_two_figures_is_caught(one, other, tmp_path):
    """Neither of its figures stands twice in it, and all of its letters are in view."""
    font, cmap = mapped({one: other, other: one})
    page = read(pdf_of(PLAIN, objects={5: font, 6: cmap}), tmp_path)
    assert page.losses


def test_of_two_fonts_of_one_name_the_lying_one_is_caught(tmp_path):
    """What was seen of the one was taken for the other's."""
    font, cmap = mapped({"1": "7", "7": "1"})
    content = PLAIN + damage.text(60, 500, "1.717 va 71", font="F2")
    data = pdf_of(content, fonts="/F1 5 0 R /F2 12 0 R", objects={12: font, 6: cmap})
    assert read(data, tmp_path).losses


SIGNS = {"blank": " ", "no-break blank": "\u00a0", "point": ".", "comma": ",", "dash": "-", "zero-width": "\u200b",
         "no sign": "\u0001", "unknown": "\ufffd", "Arabic": "\u0660", "wide": "\uff11", "per cent": "%"}  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("lost", ["2", "7"])
def test_a_figure_that_its_font_calls_a_sign_is_told(sign, lost, tmp_path):
    """It was lost between the others, each of which was drawn as it was typed."""
    font, cmap = mapped({lost: sign}, SUBSET)
    assert read(pdf_of(PLAIN, objects={5: font, 6: cmap}), tmp_path).losses


def test_signs_as_wide_as_figures_are_told_by_their_faces():
    def glyph(text, width, face="", turn=0):
        box = Box(0, 0, 10, width) if turn else Box(0, 0, width, 10)
        return Glyph(text, box, "F", 10, turn, face)

    row = [glyph("7", 5), glyph(".", 2.5), glyph(".", 5), glyph(" ", 5.2), glyph("%", 8), glyph("a", 5)]
    other = [glyph(".", 5, "G 2"), glyph("1", 5, "G 3"), glyph("-", 5, "G 3", 90)]
    marks = [None, ("F", "~."), ("F", "~ "), None, None]
    assert figure_signs(row + other) == [("F", "7"), *marks, None, ("G 3", "1"), ("G 3", "~-")]


@pytest.mark.parametrize(
    ("rows", "is_low"), [((8, 14), False), ((3, 7), True), ((10, 12), True), ((0, 0), True)]
)
def test_the_ink_of_dashes_and_quotation_marks_is_low(rows, is_low):
    picture = np.full((14, 6), 255, np.uint8)
    picture[slice(*rows), 2:4] = 0
    assert Specimen((("F", "~-"),), 9.0, picture, (6,)).is_low == is_low


def specimen(text, size, high=10, font="F"):
    return Specimen(
        tuple((font, c) for c in text),
        size,
        np.full((high, 6 * len(text)), len(text), np.uint8),
        tuple(range(6, 6 * len(text) + 1, 6)),
    )


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ([], []),
        ([specimen("12", 10), specimen("7", 10, font="G")], ["127"]),
        ([specimen("12", 14), specimen("7", 10)], ["7", "12"]),
        ([specimen("12", 11), specimen("7", 10, 8)], ["712"]),
        ([specimen("12", 10), specimen("~", 10)], ["12", ""]),
        ([specimen("0123456789" * 3, 10), specimen("01234", 10)], ["0123456789" * 3, "01234"]),
    ],
    ids=["none", "two fonts", "two sizes", "like sizes", "signs", "too many"],
)
def test_specimens_of_like_size_are_read_together(shown, told):
    found = side_by_side(shown)
    assert [s.text for s in found] == told
    assert all(s.picture.shape[1] == 6 * len(s.figures) for s in found)
    assert {f for s in found for f in s.figures} == {f for s in shown for f in s.figures}
