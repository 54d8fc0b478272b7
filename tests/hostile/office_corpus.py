"""Hostile office files by the hundred, the same ones every time: bombs, cycles, links to elsewhere, macros, broken
and absurd XML, sheets of a million rows, archives and mails that lie.

`python tests/hostile/office_corpus.py DIR` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from office_excel import cells, excel, sheet, xlsx
from office_others import containers, opendocument, opened, rtf
from office_parts import ROWS, SEED, Made, packed
from office_word import docx, word, word_table


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
