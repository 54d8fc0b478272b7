"""Form fields, notes and signatures: what is print on the page is read where it stands, the rest is told."""

import importlib.util
import sys
from pathlib import Path

import pytest

from extract.inputs import open_document

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).parents[1] / "hostile" / "damage.py")
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage
_spec.loader.exec_module(damage)

PAGE = "/MediaBox [0 0 595 842] /Annots [6 0 R]"
FORM = "/AcroForm << /Fields [6 0 R] /DR << /Font << /Helv 5 0 R >> >> /DA (/Helv 10 Tf 0 g) >>"
X, Y = damage.COUNTS.struck_at()
GAP = damage.COUNTS.content().replace(f"({damage.COUNTS.struck})", "()")  # its cell is to be filled in


def box(x, y, width=80, height=14):
    return f"/Rect [{x - 2} {y - 4} {x - 2 + width} {y - 4 + height}]"


def field(value, x=X, y=Y, more=""):
    return f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (o) /V {value} {box(x, y)} {more} >>".encode(
        "latin-1"
    )


def appearance(words):
    drawn = f"BT /F1 10 Tf 0 g 2 4 Td ({words}) Tj ET".encode()
    return damage.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 80 14] /Resources << /Font << /F1 5 0 R >> >>", drawn
    )


def read(note, tmp_path, catalog="", content=GAP, **objects):
    pdf = damage.Pdf(content.encode(), PAGE, catalog=catalog, objects={6: note, **objects.get("more", {})})
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf.written())
    with open_document(path) as reader:
        return reader.page(0)


def cells(page):
    return [cell.text for grid in page.grids for cell in grid.cells]


def lines(page):
    return " ".join(line.text for line in page.lines)


@pytest.mark.parametrize("drawn", [False, True])
def test_a_filled_field_is_the_text_of_its_cell(drawn, tmp_path):
    """The value stood in a flag, and the cell was empty."""
    more = {"more": {7: appearance("2.718")}} if drawn else {}
    page = read(field("(2.718)", more="/AP << /N 7 0 R >>" if drawn else ""), tmp_path, FORM, **more)
    assert cells(page).count("2.718") == 1
    assert set(damage.FIGURES) - {damage.COUNTS.struck} <= set(cells(page))
    assert not page.losses


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("aside", [-30, 80])
def test_a_field_laid_across_a_rule_is_in_doubt_where_it_is_cut(aside, drawn, tmp_path):
    """Its parts stood as figures of two cells, or of one and the paper beside it, without a flag."""
    value = "123.456.789"
    more = {"more": {7: appearance(value)}} if drawn else {}
    page = read(
        field(f"({value})", X + aside, more="/AP << /N 7 0 R >>" if drawn else ""), tmp_path, FORM, **more
    )
    doubted = [cell for grid in page.grids for cell in grid.cells if cell.doubtful]
    assert doubted
    assert all(value in cell.alternatives[0].text for cell in doubted)


def test_figures_of_two_cells_beside_a_rule_are_in_no_doubt(tmp_path):
    """Between them and the rule there is white."""
    page = read(field("(2.718)"), tmp_path, FORM)
    assert not any(cell.doubtful for grid in page.grids for cell in grid.cells)


@pytest.mark.parametrize("kind", ["/Stamp", "/FreeText", "/Widget /FT /Sig"])
def test_the_text_of_signatures_stamps_and_typed_notes_is_text_of_the_page(kind, tmp_path):
    note = f"<< /Type /Annot /Subtype {kind} {box(300, 100)} /AP << /N 7 0 R >> >>".encode()
    page = read(note, tmp_path, more={7: appearance("Ky 12/3/2024")})
    assert "Ky 12/3/2024" in lines(page)
    assert not page.losses


@pytest.mark.parametrize("flag", [2, 32])
def test_hidden_fields_are_not_read(flag, tmp_path):
    page = read(
        field("(2.718)", more=f"/F {flag} /AP << /N 7 0 R >>"), tmp_path, FORM, more={7: appearance("2.718")}
    )
    assert "2.718" not in cells(page)


@pytest.mark.parametrize(
    "note",
    [
        b"<< /Type /Annot /Subtype /Text /Rect [60 400 80 420] /Contents (Sua thanh 3.141) >>",
        field("<FEFF00531EA50020003200330031>"),  # letters that qpdf can't draw
    ],
)
def test_what_nobody_sees_on_the_page_is_told(note, tmp_path):
    assert read(note, tmp_path, FORM).losses


def test_a_page_without_notes_is_read_from_the_file_itself(tmp_path):
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x.test/1) >> >>"
    page = read(link, tmp_path, content=damage.COUNTS.content())
    assert set(damage.FIGURES) <= set(cells(page))
    assert not page.losses


def test_a_tick_is_no_figure(tmp_path):
    """Ticks are set as the figure 4 of a font of signs."""
    states = "/FT /Btn /AS /Yes /AP << /N << /Yes 7 0 R >> >>"
    note = f"<< /Type /Annot /Subtype /Widget /T (o) {box(300, 100)} {states} >>".encode()
    page = read(note, tmp_path, FORM, content=damage.COUNTS.content(), more={7: appearance("4")})
    assert "4" not in lines(page).split()
    assert cells(page).count("4") == 1  # the row's own number


def test_a_field_takes_kind_and_value_from_its_parent(tmp_path):
    note = f"<< /Type /Annot /Subtype /Widget /Parent 8 0 R {box(X, Y)} >>".encode()
    parent = b"<< /FT /Tx /T (o) /V (2.718) /Kids [6 0 R] >>"
    page = read(note, tmp_path, FORM.replace("[6 0 R]", "[8 0 R]"), more={8: parent})
    assert cells(page).count("2.718") == 1


@pytest.mark.parametrize(
    "form", ["/AcroForm << /Fields [6 0 R] >>", "/AcroForm << /Fields [6 0 R] /DA (/Gone 9 Tf) >>"]
)
def test_a_field_of_a_form_that_names_no_font_is_read_or_told(form, tmp_path):
    """Nothing drew it, it counted as drawn, and its figure was gone without a word."""
    page = read(field("(2.718)"), tmp_path, form)
    assert cells(page).count("2.718") == 1 or page.losses


def test_an_appearance_without_its_font_is_told(tmp_path):
    drawn = damage.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 80 14]", b"BT /Gone 10 Tf 2 4 Td (3.141) Tj ET"
    )
    note = f"<< /Type /Annot /Subtype /Stamp {box(300, 100)} /Contents (3.141) /AP << /N 7 0 R >> >>".encode()
    assert read(note, tmp_path, more={7: drawn}).losses


def drawing(kind, drawn, at=(X - 4, Y - 6, X + 40, Y + 14), flags=4):
    note = (
        f"<< /Type /Annot /Subtype /{kind} /Rect [{' '.join(map(str, at))}] /F {flags} /AP << /N 7 0 R >> >>"
    )
    form = damage.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << /ExtGState << /M << /BM /Multiply >> >> >>",
        drawn.encode(),
    )
    return note.encode(), {7: form}


WHOLE = damage.COUNTS.content()
BOX = "0 0 10 10 re f"


@pytest.mark.parametrize("kind", ["Square", "Stamp", "Redact", "Ink", "Polygon", "Watermark", "FreeText"])
@pytest.mark.parametrize("colour", ["1 g", "0 g", "0.7 g"])
def test_what_a_note_hides_is_told(kind, colour, tmp_path):
    """A white box of a reader's pen lay over figures, which were read as if they could be seen."""
    note, more = drawing(kind, f"{colour} {BOX}")
    page = read(note, tmp_path, content=WHOLE, more=more)
    assert any("che" in loss for loss in page.losses)


@pytest.mark.parametrize(
    ("kind", "drawn", "options"),
    [
        ("Highlight", f"/M gs 1 1 0 rg {BOX}", {}),
        ("Square", "1 0 0 RG 0.5 w 0 0 10 10 re S", {}),
        ("Square", f"1 g {BOX}", {"at": (20, 20, 50, 50)}),
        ("Square", f"1 g {BOX}", {"flags": 2}),
        ("Link", f"1 g {BOX}", {}),
    ],
    ids=["marked", "framed", "beside", "hidden itself", "a link"],
)
def test_notes_that_hide_nothing_raise_nothing(kind, drawn, options, tmp_path):
    note, more = drawing(kind, drawn, **options)
    assert not read(note, tmp_path, content=WHOLE, more=more).losses


def test_a_name_in_a_field_that_nobody_draws_is_told(tmp_path):
    """Names of signers typed into a form without appearances were neither read nor told."""
    page = read(field("<FEFF004E1EE5>"), tmp_path, FORM, content=damage.COUNTS.content())
    assert any("Nụ" in told for told in (*page.losses, *page.doubts, *page.warnings, *page.notes))
