"""What a file is, by its name and first bytes; web archives."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.markup.archive import pages_within
from extract.inputs import open_document
from extract.kinds import kind_of
from extract.office import libreoffice
from extract.office.libreoffice import ConverterMissingError
from model.errors import DocumentError

SHEET = (
    b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)
MHT = b"From: <saved>\r\nSubject: x\r\n\tgoes on\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>a</p>"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.xls", b"TT\tX\xc3\xa3\n1\tA\n", "text"),
        ("a.xls", "TT\tXã\n".encode("utf-16"), "text"),
        ("a.doc", b"BAO CAO\r\n", "text"),
        ("a.xls", b"\x09\x00\x04\x00\x02\x00", "xls"),  # Excel 2
        ("a.xls", SHEET, "sheet-xml"),
        ("a.doc", b'<?xml version="1.0"?><w:wordDocument/>', "doc"),
        ("a.doc", MHT, "text"),
        ("a.xls", b"\xef\xbb\xbf <html><body>", "text"),
        ("a.docx", b"no package", "docx"),
        ("a.xls", b"  \n", "xls"),
        ("a.mht", MHT, "text"),
        ("a.txt", b"TT\tA\n", "text"),
    ],
)
def test_a_file_is_what_its_bytes_say(name, data, form, tmp_path):
    (tmp_path / name).write_bytes(data)
    assert kind_of(tmp_path / name).format == form


def archive(*pages, charset='; charset="utf-8"'):
    parts = "".join(
        f"--X\r\nContent-Type: {kind}{charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{base64.b64encode(data).decode()}\r\n"
        for kind, data in pages
    )
    return (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n{parts}--X--\r\n'.encode()
    )


TABLE = "<html><body><p>Biểu {0}</p><table><tr><td>TT</td><td>Số hộ</td></tr><tr><td>1</td><td>{0}.234</td></tr></table></body></html>"


def test_every_page_of_a_web_archive_is_read(tmp_path):
    """Its code was read for its text, and no figure stood in a table."""
    pages = [("text/html", TABLE.format(n).encode()) for n in (1, 2)]
    (tmp_path / "a.doc").write_bytes(archive(*pages, ("image/png", b"\x89PNG")))
    with open_document(tmp_path / "a.doc") as reader:
        read = [reader.page(n) for n in range(reader.n_pages)]
    assert [line.text for page in read for line in page.lines] == ["Biểu 1", "Biểu 2"]
    assert [cell.text for page in read for grid in page.grids for cell in grid.cells][3::4] == [
        "1.234",
        "2.234",
    ]
    assert [page.number for page in read] == [grid.page for page in read for grid in page.grids] == [1, 2]


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (archive(("text/html", "Xã".encode("utf-16-le")), charset="; charset=utf-16-le"), ["Xã"]),
        (archive(("text/html", "Xã".encode()), charset="; charset=none-such"), ["Xã"]),
        (archive(("text/html", "Xã".encode()), charset=""), ["Xã"]),
        (archive(("text/plain", b"a")), []),
        (b"Kinh gui: phong Tai chinh\n", []),
    ],
)
def test_pages_in_any_charset_and_what_is_no_archive(data, read):
    assert pages_within(data) == read


@given(st.binary(max_size=200))
def test_what_breaks_the_rules_of_an_archive_is_a_damaged_file(data):
    try:
        pages_within(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n" + data)
    except DocumentError:
        pass


def test_a_sheet_in_xml_fails_with_the_advice_where_nothing_reads_it(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    (tmp_path / "a.xls").write_bytes(SHEET)
    with pytest.raises(ConverterMissingError), open_document(tmp_path / "a.xls"):
        pass
