"""Rows of an .ods cut without a parser of XML say what the parser says; what is not written plainly is its."""

from __future__ import annotations

import pytest

from extract.office.opendocument import sheets
from extract.office.opendocument.plain_rows import Content, parted
from extract.office.opendocument.sheets import read_ods
from model.errors import DamagedFileError
from tests.extract.office.make import zipped

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "draw")
)
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_STYLE = (
    '<style:style style:name="ruled" style:family="table-cell">'
    '<style:table-cell-properties fo:border="1pt solid"/></style:style>'
)
_NUMBER = (
    '<table:table-cell office:value-type="float" office:value="{0}" calcext:value-type="float">'
    "<text:p>{0}</text:p></table:table-cell>"
)
_TEXT = (
    '<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell>"
)
_STYLED = _TEXT.replace("cell ", 'cell table:style-name="ruled" ')
_REST = '<table:table-cell table:number-columns-repeated="{}"/>'
_COLUMNS = '<table:table-column table:number-columns-repeated="2"/><table:table-column{}/>'
_RULED = _COLUMNS.format(' table:number-columns-repeated="400" table:default-cell-style-name="ruled"')


def _row(*cells: str, said: str = ' table:style-name="ro1"') -> str:
    return f"<table:table-row{said}>{''.join(cells)}</table:table-row>"


_PLAIN = _row(_NUMBER.format(7), _TEXT.format("Xã Hòa"))
_NESTED = (
    f'<table:table-cell><text:p>ngoài</text:p><table:table table:name="B">{_PLAIN * 2}</table:table>'
    "</table:table-cell>"
)

WRITTEN = {
    "plain": _PLAIN * 3,
    "empty cells behind": _row(_NUMBER.format(7), _REST.format(16383)) + _PLAIN,
    "empty cells between": _row("<table:table-cell/>", _NUMBER.format(7), _REST.format(2), _TEXT.format("a")),
    "a row repeated": _row(_NUMBER.format(7), said=' table:number-rows-repeated="3"') + _PLAIN,
    "a hidden row": _row(_NUMBER.format(7), said=' table:visibility="collapse"') + _PLAIN,
    "a formula": _row('<table:table-cell table:formula="of:=[.B1]" office:value-type="float" office:value="3">'
                      "<text:p>3</text:p></table:table-cell>") + _PLAIN,
    "cells of a style": _row(_STYLED.format("a"), _STYLED.format(""), _NUMBER.format(1)) + _PLAIN,
    "shown otherwise": _row(_NUMBER.format(7).replace("<text:p>7", "<text:p>7,00")) + _PLAIN,
    "signs written otherwise": _row(_TEXT.format("Đất &amp; nước &lt;2")) + _PLAIN,
    "two lines": _row(_TEXT.format("a</text:p><text:p>b")) + _PLAIN,
    "a span": _row(_TEXT.format("a<text:span>b</text:span>c")) + _PLAIN,
    "no more cells than a sheet has": _row(_REST.format(16383), _NUMBER.format(7), _NUMBER.format(8)) + _PLAIN,
    "none at all": _row(_REST.format(0), _NUMBER.format(7)) + _PLAIN,
    "a table within a cell": _row(_NESTED, _NUMBER.format(7)) + _PLAIN,
    "other marks": _PLAIN.replace('"', "'") + _PLAIN,
    "rows of a group": f"<table:table-rows>{_PLAIN * 2}</table:table-rows>{_PLAIN}",
}  # fmt: skip


def _content(
    rows: str, columns: str = _RULED, more: str = "", calcext: str = ' xmlns:calcext="urn:c"'
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} xmlns:fo="{_FO}"{calcext}>'
        f"{more}<office:automatic-styles>{_STYLE}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{columns}{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )


def _file(path, content):
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(path, {"mimetype": mime, "content.xml": content})


@pytest.mark.parametrize("columns", [_RULED, _COLUMNS.format("")])
@pytest.mark.parametrize("rows", WRITTEN.values(), ids=WRITTEN)
def test_rows_cut_out_are_as_the_parser_reads_them(tmp_path, rows, columns):
    cut = _file(tmp_path / "a.ods", _content(rows, columns))
    parsed = _file(tmp_path / "b.ods", _content(rows, columns, more="<!-- leave all to the parser -->"))
    assert parted(_content(rows, columns).encode()).runs
    assert not parted(_content(rows, columns, more="<!-- -->").encode()).runs
    assert read_ods(cut) == read_ods(parsed)


def test_plain_rows_never_reach_the_parser(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets._Reader, "_row", None)
    (sheet,) = read_ods(_file(tmp_path / "a.ods", _content(_PLAIN * 3)))
    assert [cell.text for cell in sheet.cells.values() if cell.text] == ["7", "Xã Hòa"] * 3


@pytest.mark.parametrize(
    "content",
    [
        _content(_PLAIN, calcext=""),
        _content(_PLAIN).replace("table:1.0", "tables:1.0"),
        _content(_PLAIN, more='<office:scripts xmlns:table="urn:other"/>'),
        _content(_PLAIN, more="<![CDATA[]]>"),
        _content(_PLAIN, more="<?go on?>"),
        _content(_PLAIN, more='<office:scripts extract-rows="0"/>'),
        _content(_PLAIN).replace("UTF-8", "UTF-16"),
        _content(_PLAIN.replace("Hòa", "H\uffffa")),
    ],
)
def test_rows_that_may_not_be_what_they_look_like_are_left_to_the_parser(content):
    assert parted(content.encode()) == Content(content.encode())


def test_bytes_that_are_no_text_fail_as_they_do_in_the_parser(tmp_path):
    broken = _content(_PLAIN).encode().replace("Hòa".encode(), b"H\xffa")
    assert parted(broken) == Content(broken)
    path = _file(tmp_path / "a.ods", _content(_PLAIN))
    path.write_bytes(_file(tmp_path / "b.ods", broken).read_bytes())
    with pytest.raises(DamagedFileError):
        read_ods(path)
