"""Small office files, part by part, for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.oasis.opendocument."
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip file of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file of a body's XML; `parts` are the XML inside `styles`, `numbering`, `footnotes`, `header`."""
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "header": "hdr",
        "footer": "ftr",
    }
    rels = "".join(
        f'<Relationship Id="r{i}" Type="{_TYPES}/{name}" Target="{name}.xml"/>'
        for i, name in enumerate(parts)
    )
    files: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_TYPES}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{rels}</Relationships>',
    }
    for name, xml in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {_W}>{xml}</w:{roots[name]}>"
    return zipped(path, files)


def p(text: str, props: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{props}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, props: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str, props: str = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>') -> str:
    """A table with lines."""
    return f"<w:tbl><w:tblPr>{props}</w:tblPr>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def odf(path: Path, kind: str, body: str, styles: str = "") -> Path:
    """An OpenDocument file of kind `text` or `spreadsheet`."""
    return zipped(
        path,
        {
            "mimetype": _MIME + kind,
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        },
    )
