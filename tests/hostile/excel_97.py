"""Workbooks of Excel 97-2003 written record by record ([MS-XLS]) into a compound file ([MS-CFB]), so that each
part can be hurt alone."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

_SECTOR, _END, _FREE, _TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_LEAST = 4096  # bytes of a stream that is kept in sectors of the file

Record = tuple[int, bytes]


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _bof(kind: int) -> Record:
    return 0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6)


def _text(words: str) -> bytes:
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def sheet_records(rows: Sequence[Sequence[str | float]], strings: list[str]) -> list[Record]:
    """A sheet: its texts by their place in the table of strings, whole numbers packed, others as they are."""
    found: list[Record] = [
        _bof(0x10),
        (0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)),
    ]
    found += [
        (0x0208, struct.pack("<HHHHHHI", r, 0, len(row), 255, 0, 0, 0x100)) for r, row in enumerate(rows)
    ]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<HHH", r, c, 15)
            if isinstance(value, str):
                if value not in strings:
                    strings.append(value)
                found.append((0x00FD, at + struct.pack("<I", strings.index(value))))
            elif float(value).is_integer():
                found.append((0x027E, at + struct.pack("<I", int(value) << 2 | 2)))
            else:
                found.append((0x0203, at + struct.pack("<d", value)))
    formula = struct.pack("<HHHdHI", len(rows), 1, 15, 42.0, 0, 0) + struct.pack("<HBHH", 5, 0x44, 0, 1)
    return [*found, (0x0006, formula), (0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)), (0x000A, b"")]


def workbook(sheets: Sequence[Sequence[Sequence[str | float]]]) -> list[Record]:
    """All records of a workbook, in their order."""
    strings: list[str] = []
    bodies = [sheet_records(rows, strings) for rows in sheets]
    font = (
        struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
        + b"\x05\x01"
        + "Arial".encode("utf-16-le")
    )
    cell = struct.pack("<HHHBBBBIIH", 0, 164, 1, 0x20, 0, 0, 0, 0x11111111, 0, 0x20C0)
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(map(_text, strings))
    before: list[Record] = [_bof(0x05), (0x0042, struct.pack("<H", 1200)), (0x0022, b"\0\0"), *[(0x0031, font)] * 5,
                            (0x041E, struct.pack("<H", 164) + _text("#,##0.00")), *[(0x00E0, cell)] * 21]  # fmt: skip
    after: list[Record] = [(0x00FC, shared), (0x000A, b"")]
    names = [f"Sheet{n}".encode() for n in range(1, len(sheets) + 1)]
    offset = sum(4 + len(data) for _, data in (*before, *after)) + sum(4 + 8 + len(name) for name in names)
    bounds: list[Record] = []
    for name, body in zip(names, bodies, strict=True):
        bounds.append((0x0085, struct.pack("<IHBB", offset, 0, len(name), 0) + name))
        offset += sum(4 + len(data) for _, data in body)
    return [*before, *bounds, *after, *(one for body in bodies for one in body)]


def stream_of(records: Iterable[Record]) -> bytes:
    return b"".join(record(number, data) for number, data in records)


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream: header, table of sectors, directory, the stream's sectors."""
    stream = stream.ljust(_LEAST, b"\0")
    count = -(-len(stream) // _SECTOR)
    table = [_TABLE, _END, *(n + 3 for n in range(count - 1)), _END]
    assert len(table) <= _SECTOR // 4, "one sector of the table is enough for tests"
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _LEAST, _END, 0, _END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", _FREE) * 108
    return header + struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff") + (
        _entry("Root Entry", 5, _END, 0, 1) + _entry(name, 2, 2, len(stream)) + bytes(256)
    ) + stream.ljust(count * _SECTOR, b"\0")  # fmt: skip


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words), kind, 1, _FREE, _FREE, child) + bytes(36)
        + struct.pack("<III", start, size, 0)
    )  # fmt: skip


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A workbook of two sheets, the second with a line of the first."""
    return compound(stream_of(workbook([rows, rows[:1]])))
