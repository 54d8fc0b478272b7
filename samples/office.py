"""The samples of office files: a Word file in TCVN3 fonts and a workbook, both the same bytes every time."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from normalize.encodings import encode_text
from samples.content import LAM_BINH, NAM_PO, Letter, dossiers, figure, with_total

_THE_DAY = (1980, 1, 1, 0, 0, 0)
_DATED = "docProps/"  # parts that hold the day they were written


def nam_po_report() -> tuple[Letter, list[list[str]]]:
    """A report and its table. Fault: Xã Nậm Tin's received dossiers are 2 more than its parts."""
    rows = with_total([[r[0], r[1], r[2], r[5]] for r in dossiers(NAM_PO, 211)])
    total = rows[-1]
    text = [[figure(v) for v in row] for row in rows]
    text[9][0] = figure(rows[9][0] + 2)
    letter = Letter(
        "TỈNH ĐIỆN BIÊN",
        "ỦY BAN NHÂN DÂN\nHUYỆN NẬM PỒ",
        "Số: 131/BC-UBND",
        "Nậm Pồ, ngày 06 tháng 10 năm 2008",
        "BÁO CÁO",
        "Kết quả tiếp nhận hồ sơ thủ tục hành chính quý III năm 2008",
        (
            f"Trong quý III năm 2008, các xã tiếp nhận {figure(total[0])} hồ sơ, trong đó nộp trực tiếp "
            f"{figure(total[2])} hồ sơ, qua bưu chính {figure(total[1])} hồ sơ.",
            "Số liệu của từng xã ở bảng dưới đây.",
        ),
        "CHỦ TỊCH",
        "Lò Văn Sương",
    )
    return letter, text


def _legacy(paragraph: object, text: str, bold: bool = False, capital: bool = False) -> None:
    """A run in TCVN3, capitals with tones in the font that prints small letters as capitals."""
    run = paragraph.add_run(encode_text(text.lower() if capital else text, "tcvn3").text)  # type: ignore[attr-defined]
    run.bold = bold
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), ".VnTimeH" if capital else ".VnTime")


def _put(cell: object, text: str, bold: bool = False, capital: bool = False) -> None:
    paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _legacy(paragraph, text, bold, capital)


def make_word(path: Path) -> None:
    """A report in TCVN3: letterhead in a table without lines, rows numbered by Word, a header of two rows."""
    letter, rows = nam_po_report()
    document = Document()
    head = document.add_table(3, 2)
    _put(head.cell(0, 0), letter.parent, capital=True)
    _put(head.cell(1, 0), letter.issuer.replace("\n", " "), bold=True, capital=True)
    _put(head.cell(2, 0), letter.number)
    _put(head.cell(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, capital=True)
    _put(head.cell(1, 1), "Độc lập - Tự do - Hạnh phúc", bold=True)
    _put(head.cell(2, 1), letter.place_date)
    for text, capital in ((letter.kind, True), (letter.subject, False)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _legacy(paragraph, text, bold=True, capital=capital)
    for text in letter.body:
        _legacy(document.add_paragraph(), text)
    _fill(document.add_table(2 + len(rows), 6, style="Table Grid"), rows)
    for text in (letter.signer_title, letter.signer):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _legacy(paragraph, text, bold=True, capital=text == letter.signer_title)
    document.save(str(path))
    _settle(path)


def _fill(table: object, rows: list[list[str]]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # type: ignore[attr-defined]
    cell = table.cell  # type: ignore[attr-defined]
    for col, text in ((0, "STT"), (1, "Tên xã"), (2, "Tổng số hồ sơ"), (5, "Quá hạn")):
        _put(cell(0, col).merge(cell(1, col)), text, bold=True)
    _put(cell(0, 3).merge(cell(0, 4)), "Trong đó", bold=True)
    for col, text in ((3, "Qua bưu chính"), (4, "Trực tiếp")):
        _put(cell(1, col), text, bold=True)
    for at, row in enumerate(rows, 2):
        last = at == len(rows) + 1
        if not last:
            cell(at, 0).paragraphs[0].style = "List Number"  # Word prints the number
        _put(cell(at, 1), "Tổng cộng" if last else NAM_PO[at - 2])
        for col, text in enumerate(row, 2):
            _put(cell(at, col), text)


def make_workbook(path: Path) -> None:
    """Two sheets of Lâm Bình: dossiers with stored percentages, fees in thousands of đồng, one of its rows
    hidden. Fault: the total of direct dossiers is 10 too low."""
    rows = with_total([[r[0], r[1], r[2], r[3] + r[4]] for r in dossiers(LAM_BINH, 87)])
    rows[-1][2] -= 10
    book = Workbook()
    first = book.active
    first.title = "Hồ sơ"
    head = ("STT", "Đơn vị", "Tiếp nhận", "Trực tuyến", "Trực tiếp", "Đúng hạn", "Tỷ lệ đúng hạn")
    body = [[*row, row[3] / row[0]] for row in rows]
    _sheet(first, "TỔNG HỢP HỒ SƠ QUÝ III NĂM 2024", "", head, body, ["#,##0"] * 4 + ["0.00%"])
    second = book.create_sheet("Lệ phí")
    fees = with_total([[12_350 * (3 + n), 8_120 * (2 + n % 4)] for n in range(len(LAM_BINH))])
    summed = [[a + b, a, b] for a, b in fees]
    head = ("STT", "Đơn vị", "Tổng thu", "Phí", "Lệ phí")
    _sheet(second, "THU PHÍ, LỆ PHÍ QUÝ III NĂM 2024", "Đơn vị tính: nghìn đồng", head, summed, ["#,##0"] * 3)
    second.row_dimensions[8].hidden = True
    book.save(path)
    _settle(path)


def _sheet(
    sheet: object, title: str, unit: str, head: tuple[str, ...], rows: list[list[float]], forms: list[str]
) -> None:
    lines = Border(*(Side("thin"),) * 4)
    put = sheet.cell  # type: ignore[attr-defined]
    put(1, 1, title).font = Font(bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))  # type: ignore[attr-defined]
    put(1, 1).alignment = Alignment(horizontal="center")
    if unit:
        put(2, len(head), unit)
    for col, text in enumerate(head, 1):
        put(4, col, text).border = lines
    for at, row in enumerate(rows, 5):
        last = at == len(rows) + 4
        put(at, 1, None if last else at - 4).border = lines
        put(at, 2, "Tổng cộng" if last else LAM_BINH[at - 5]).border = lines
        for col, (amount, form) in enumerate(zip(row, forms, strict=True), 3):
            cell = put(at, col, amount)
            cell.border, cell.number_format = lines, form


def _settle(path: Path) -> None:
    """The package without the day and the program it was written by."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in sorted(archive.namelist())]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts:
            if name.startswith(_DATED):
                continue
            if name in ("[Content_Types].xml", "_rels/.rels"):
                data = _without_dated(data)
            info = zipfile.ZipInfo(name, _THE_DAY)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)


def _without_dated(data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    for element in list(root):
        if "docProps/" in (element.get("PartName") or element.get("Target") or ""):
            root.remove(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
