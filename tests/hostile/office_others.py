"""Hostile RTF, OpenDocument and web files, archives and mails."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator

from office_parts import HEAD, LURE, Made, Parts, packed


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
