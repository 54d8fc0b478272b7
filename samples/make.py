"""Makes samples/scans: `python -m samples.make [DIR]`. The same files every time, on every machine that
has Liberation Serif (Debian: fonts-liberation2), Pillow and fpdf2."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TextEmphasis, XPos, YPos
from fpdf.fonts import FontFace

from samples.content import STRIPPED_DUMP, TAB_DUMP, Annex, Letter, lam_binh, nam_po, vung_liem
from samples.drawing import Page as DrawnPage
from samples.drawing import draw_annex, faxed, font_file, letter_page, save_fax, save_scan, scanned
from samples.office import make_word, make_workbook

_SCAN_DPI = 200


def make_scan(path: Path) -> None:
    """An image-only PDF of two pages, the second a ruled annex."""
    letter, annex = lam_binh()
    first, second = letter_page(letter, _SCAN_DPI), DrawnPage(_SCAN_DPI)
    draw_annex(second, annex)
    pages = [scanned(first.image, 0.35, 1), scanned(second.image, -0.5, 2)]
    save_scan(path, pages, _SCAN_DPI)


def make_fax(path: Path) -> None:
    """A fax of two pages."""
    letter, annex = nam_po()
    first, second = letter_page(letter, 300), DrawnPage(300)
    draw_annex(second, annex, size=12.5)
    save_fax(path, [faxed(first.image, 3), faxed(second.image, 4)])


class _Born(FPDF):
    """A PDF from a word processor: text with fonts, a table that runs over a page."""

    def __init__(self) -> None:
        super().__init__(format="A4", unit="pt")
        for style, name in (("", "Regular"), ("B", "Bold"), ("I", "Italic")):
            self.add_font("serif", style, str(font_file(name)))
        self.set_margins(57, 50, 57)
        self.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
        self.set_auto_page_break(True, 60)

    def centred(self, middle: float, text: str, size: float, style: str = "") -> None:
        """A line centred on `middle`, at the current height."""
        self.set_font("serif", style, size)
        self.set_xy(middle - 130, self.get_y())
        self.multi_cell(260, size * 1.25, text, align="C", new_x=XPos.LEFT, new_y=YPos.NEXT)

    def letterhead(self, letter: Letter) -> None:
        """Issuer at the left, country at the right, number and date below."""
        top = self.get_y()
        self.centred(160, letter.parent, 11.5)
        self.centred(160, letter.issuer, 11.5, "B")
        self.ln(8)
        self.centred(160, letter.number, 12)
        self.centred(160, letter.subject, 11.5)
        end = self.get_y()
        self.set_y(top)
        self.centred(430, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11.5, "B")
        self.centred(430, "Độc lập - Tự do - Hạnh phúc", 12.5, "B")
        self.ln(14)
        self.centred(430, letter.place_date, 12, "I")
        self.set_y(max(end, self.get_y()) + 20)

    def body(self, letter: Letter) -> None:
        """Paragraphs."""
        self.set_font("serif", "", 13)
        for paragraph in letter.body:
            self.multi_cell(0, 18, "      " + paragraph, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(5)

    def annex(self, annex: Annex) -> None:
        """The table, its header not repeated after the page break."""
        self.ln(8)
        self.set_font("serif", "B", 12.5)
        self.multi_cell(0, 18, annex.title, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(6)
        self.set_font("serif", "", 11.5)
        bold = FontFace(emphasis=TextEmphasis.B)
        align = ["C", "L", *["C"] * (len(annex.widths) - 2)]
        with self.table(
            col_widths=annex.widths, text_align=align, line_height=26, first_row_as_headings=False
        ) as table:
            head = table.row()
            for cell in annex.head:
                head.cell(cell.text, style=bold, align="C")
            for row in annex.rows:
                table.row(row)

    def signature(self, letter: Letter) -> None:
        """Title and name, at the right."""
        self.ln(14)
        self.centred(430, letter.signer_title, 12.5, "B")
        self.ln(60)
        self.centred(430, letter.signer, 12.5, "B")


def make_born_digital(path: Path) -> None:
    """A PDF with a text layer; its table runs over to the second page."""
    letter, annex = vung_liem()
    pdf = _Born()
    pdf.add_page()
    pdf.letterhead(letter)
    pdf.body(letter)
    pdf.annex(annex)
    pdf.signature(letter)
    pdf.output(str(path))


def make_all(folder: Path) -> None:
    """Every sample into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    make_scan(folder / "bao-cao-lam-binh-quet.pdf")
    make_fax(folder / "cong-van-nam-po-fax.tif")
    make_born_digital(folder / "cong-van-vung-liem.pdf")
    make_word(folder / "bao-cao-nam-po-vntime.docx")
    make_workbook(folder / "bieu-lam-binh.xlsx")
    (folder / "diem-so-lam-binh.txt").write_text(TAB_DUMP, encoding="utf-8")
    (folder / "ho-so-vung-liem-mat-dau.txt").write_text(STRIPPED_DUMP, encoding="utf-8")


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "scans")
