"""Hostile Excel files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from office_parts import HEAD, LURE, ROWS, Made, Parts, R, S, packed, relations


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
