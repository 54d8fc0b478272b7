"""Fonts of which a file says no widths."""

import importlib.util
import io
import re
import sys
from pathlib import Path

import pdfplumber
import pytest

from extract.inputs import ReadOptions, open_document
from extract.pdf.fonts import true_fonts
from extract.pdf.pages import layer_is_trustworthy
from extract.pdf.view import shown_page
from extract.pdf.widths import standard_name
from model.page import Grid

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).parents[1] / "hostile" / "damage.py")
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage
_spec.loader.exec_module(damage)


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("Helvetica", "Helvetica"),
        ("ArialMT", "Helvetica"),
        ("Arial-BoldMT", "Helvetica-Bold"),
        ("ABCDEF+Arial-BoldItalicMT", "Helvetica-BoldOblique"),
        ("Arial,Italic", "Helvetica-Oblique"),
        ("ArialNarrow", None),
        ("TimesNewRomanPSMT", "Times-Roman"),
        ("TimesNewRomanPS-BoldMT", "Times-Bold"),
        ("TimesNewRomanPS-BoldItalicMT", "Times-BoldItalic"),
        ("Times-Italic", "Times-Italic"),
        ("CourierNewPSMT", "Courier"),
        ("CourierNewPS-BoldMT", "Courier-Bold"),
        ("Courier-BoldOblique", "Courier-BoldOblique"),
        ("Verdana", None),
        (".VnArial Narrow", None),
        ("", None),
    ],
)
def test_the_standard_font_of_a_name(name, standard):
    assert standard_name(name) == standard


def paper_in(name, paper=damage.PAPERS[-1], more=""):
    font = f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /Encoding /WinAnsiEncoding {more} >>"
    return damage.Pdf(paper.content().encode(), objects={5: font.encode()}).written()


def figures_of(page):
    texts = []
    for part in page.blocks:
        texts += [cell.text for cell in part.cells] if isinstance(part, Grid) else [part.text]
    return re.findall(r"\d[\d.,]*\d|\d", " ".join(texts))


@pytest.mark.parametrize("name", ["ArialMT", "TimesNewRomanPS-BoldMT", "ABCDEF+CourierNewPSMT", "Helvetica"])
@pytest.mark.parametrize("paper", damage.PAPERS, ids=lambda paper: paper.name)
def test_figures_of_a_font_without_widths_are_not_lost(name, paper, tmp_path):
    """All letters of a text stood in one place: 11.250 was read 1.250, whole lines not at all, under no flag."""
    path = tmp_path / "page.pdf"
    path.write_bytes(paper_in(name, paper))
    with open_document(path, ReadOptions()) as reader:
        page = reader.page(0)
    assert not page.losses
    found = figures_of(page)
    assert all(found.count(figure) >= paper.figures.count(figure) for figure in paper.figures)


def shown(data):
    pdf = pdfplumber.open(io.BytesIO(data))
    return shown_page(pdf.pages[0])


@pytest.mark.parametrize(
    ("data", "trusted"),
    [
        (paper_in("Verdana"), False),
        (paper_in("Verdana", more=f"/FirstChar 32 /LastChar 126 /Widths [{'600 ' * 95}]"), True),
        (paper_in("Verdana", more="/FontDescriptor << /FontName /Verdana /MissingWidth 600 >>"), True),
        (paper_in("ArialMT"), True),
    ],
    ids=["none", "widths", "one width", "standard"],
)
def test_a_layer_whose_letters_all_stand_in_one_place_is_not_believed(data, trusted):
    assert layer_is_trustworthy(shown(data)) is trusted


def test_a_standard_font_keeps_the_name_that_the_file_gives_it():
    """pdfminer calls Arial Helvetica, which then was no font of the page."""
    page = shown(paper_in("Arial"))
    assert {char["fontname"] for char in page.chars} == true_fonts(page.page_obj) == {"Arial"}
