"""Formulas of .xls and .ods files: read as those of .xlsx are, and never guessed."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office.opendocument.sheets import read_ods
from extract.office.sheet.biff_formulas import formulas_of
from extract.office.sheet.formulas import Formula, column_name
from tests.extract.office.make import odf

SECTOR = 512


def compound(stream: bytes) -> bytes:
    """A compound file with one stream, `Workbook` ([MS-CFB])."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    fat = [*range(1, count), -2, -2, -3]  # the stream, the directory, the table itself
    fat += [-1] * (SECTOR // 4 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIiIIiIiI", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, count, 0, 4096, -2, 0, -2, 0)
    head += struct.pack("<109i", count + 1, *[-1] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        told = name.encode("utf-16-le")
        return told.ljust(64, b"\0") + struct.pack(
            "<HBBiii36xiI4x", len(told) + 2, kind, 1, -1, -1, child, start, size
        )

    directory = entry("Root Entry", 5, 1, -2, 0) + entry("Workbook", 2, -1, 0, len(stream))
    return head + stream + directory.ljust(SECTOR, b"\0") + struct.pack(f"<{SECTOR // 4}i", *fat)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def formula(row: int, col: int, tokens: bytes) -> bytes:
    return record(6, struct.pack("<HHH8sHIH", row, col, 0, b"", 0, 0, len(tokens)) + tokens)


def shared(tokens: bytes) -> bytes:
    return record(0x4BC, struct.pack("<HHBBBBH", 0, 9, 0, 9, 0, 2, len(tokens)) + tokens)


def workbook(*records: bytes, version: int = 0x600) -> bytes:
    bof = record(0x809, struct.pack("<HHI", version, 5, 0))
    bound = lambda at: record(0x85, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"A")  # noqa: E731
    top = len(bof + bound(0) + record(10))
    return compound(bof + bound(top) + record(10) + bof + b"".join(records) + record(10))


def cell(row: int, col: int, kind: int = 0x44, fixed: bool = False) -> bytes:
    return struct.pack("<BHH", kind, row, col | (0 if fixed else 0xC000))


def area(top: int, bottom: int, left: int, right: int) -> bytes:
    return struct.pack("<BHHHH", 0x25, top, bottom, left | 0xC000, right | 0xC000)


SUM_OF_ONE = b"\x19\x10\0\0"
SPACE = b"\x19\x40\0\1"


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (area(4, 11, 2, 2) + SUM_OF_ONE, "SUM(C5:C12)"),
        (cell(4, 2) + cell(5, 2) + b"\x03" + cell(6, 2) + b"\x04", "C5+C6-C7"),
        (cell(4, 3) + cell(4, 2) + b"\x06" + b"\x1e" + struct.pack("<H", 100) + b"\x05", "D5/C5*100"),
        (cell(4, 2) + cell(5, 2) + cell(6, 2) + b"\x04\x15\x04", "C5-(C6-C7)"),
        (area(0, 1, 0, 0) + cell(3, 0) + b"\x42\x02\x04\0", "SUM(A1:A2,A4)"),
        (area(0, 1, 0, 0) + SUM_OF_ONE + b"\x1e\x02\0" + b"\x41\x1b\0", "ROUND(SUM(A1:A2),2)"),
        (SPACE + cell(4, 2) + b"\x13" + cell(5, 2) + SPACE + b"\x03", "-C5+C6"),
        (cell(4, 27, fixed=True) + cell(5, 2) + b"\x03", "AB5+C6"),
        (cell(0, 0) + b"\x1f" + struct.pack("<d", 0.5) + b"\x05", "A1*0.5"),
    ],
)
def test_tokens_are_read_as_they_were_typed(tokens: bytes, text: str) -> None:
    assert formulas_of(workbook(formula(9, 2, tokens))) == [{(9, 2): Formula(text)}]


@pytest.mark.parametrize(
    "tokens",
    [
        b"", b"\x03", cell(1, 1) + cell(1, 2), area(0, 1, 0, 0) + b"\x42\x01\x05\0",  # AVERAGE
        b"\x5a\x00\x00\x01\x00\x02\x00", b"\x23\x01\x00\x00\x00", b"\x17\x01\x00a", b"\x44\x01",
        cell(1, 1) + b"\x19\x02\x00\x00", b"\x42\x7f\x04\x00", b"\x01\x63\x00\x00\x00", cell(1, 1) + b"\x42\x00\x04\x00",
        (cell(9, 9) + cell(9, 9) + b"\x03") * 400,
    ],
)  # fmt: skip
def test_what_is_not_known_gives_no_formula(tokens: bytes) -> None:
    assert formulas_of(workbook(formula(9, 2, tokens))) == [{}]


def test_a_shared_formula_moves_with_its_cell() -> None:
    told = struct.pack("<BHHHH", 0x2D, 0xFFFD, 0xFFFF, 0xC000, 0xC000) + SUM_OF_ONE  # the three cells above
    uses = b"\x01" + struct.pack("<HH", 4, 2)
    found = formulas_of(workbook(formula(4, 2, uses), shared(told), formula(4, 3, uses), formula(9, 5, uses)))
    assert found == [
        {(4, 2): Formula("SUM(C2:C4)"), (4, 3): Formula("SUM(D2:D4)"), (9, 5): Formula("SUM(F7:F9)")}
    ]


def test_older_and_other_files_have_none() -> None:
    assert formulas_of(workbook(formula(0, 0, cell(1, 1)), version=0x500)) == []
    assert formulas_of(b"PK\x03\x04") == formulas_of(b"") == []


@given(st.binary(max_size=120), st.integers(0, 400))
def test_damaged_files_give_formulas_or_none(noise: bytes, at: int) -> None:
    whole = bytearray(workbook(formula(9, 2, area(4, 11, 2, 2) + SUM_OF_ONE), formula(3, 3, noise)))
    whole[SECTOR + at : SECTOR + at + 2] = noise[:2].ljust(2, b"\xff")
    assert isinstance(formulas_of(bytes(whole)), list)


def test_columns_have_letters() -> None:
    assert [column_name(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("of:=SUM([.C5:.C12])", "SUM(C5:C12)"),
        ("of:=[.$C$5]+[.C6]", "$C$5+C6"),
        ("oooc:=SUM([.C5:.C6];[.D7])", "SUM(C5:C6;D7)"),
        ("of:=[.D5]/[.C5]*100", "D5/C5*100"),
        ("of:=SUM([$'Trang 2'.C5:.C12])", None),
        ("of:=[.#REF!]+[.C5]", None),
        ("=[.A1]+[.A2]", "A1+A2"),
        ("SUM", None),
    ],
)
def test_formulas_of_spreadsheets_of_libreoffice(tmp_path, told, text) -> None:
    row = (
        f'<table:table-row><table:table-cell office:value-type="float" office:value="7" table:formula="{told}">'
        "<text:p>7</text:p></table:table-cell></table:table-row>"
    )
    (sheet,) = read_ods(
        odf(tmp_path / "a.ods", "spreadsheet", f'<table:table table:name="A">{row}</table:table>')
    )
    assert sheet.cells[0, 0].formula == (Formula(text) if text else None)
    twice = row.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    (sheet,) = read_ods(
        odf(tmp_path / "b.ods", "spreadsheet", f'<table:table table:name="A">{twice}</table:table>')
    )
    assert sheet.cells[0, 0].formula is None
