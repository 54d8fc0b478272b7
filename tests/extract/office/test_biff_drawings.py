"""What sheets of .xls files draw beside their cells."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from extract.office.sheet.biff_drawings import drawings_of
from tests.extract.office.test_biff_formulas import record, workbook

CHART, PICTURE, NOTE, BOX = 0x05, 0x08, 0x19, 0x06


def drawn(kind: int, embedded: bool = False) -> bytes:
    common = struct.pack("<HHHHH12x", 0x15, 0x12, kind, 1, 0)
    return record(0x5D, common + (struct.pack("<HH4x", 0x09, 4) if embedded else b"") + b"\0" * 4)


def text(letters: str, *pieces: bytes) -> bytes:
    head = struct.pack("<HH6xHH4x", 0, 0, len(letters), 0)
    return record(0x1B6, head) + b"".join(record(0x3C, piece) for piece in pieces)


def test_text_boxes_are_read_and_those_of_notes_left_to_the_notes() -> None:
    """Text boxes of .xls were lost without a word, those of .xlsx read."""
    told = "Đơn vị: đồng"
    wide = b"\1" + told.encode("utf-16-le")
    (sheet,) = drawings_of(
        workbook(
            drawn(BOX),
            text(told, wide, b"runs"),
            drawn(NOTE),
            text("của ai", b"\1" + "của ai".encode("utf-16-le")),
        )
    )
    assert sheet.texts == [told]


def test_a_text_that_goes_on_in_letters_of_another_width() -> None:
    pieces = b"\0nam ", b"\1" + "2024 đủ".encode("utf-16-le")
    (sheet,) = drawings_of(workbook(drawn(BOX), text("nam 2024 đủ", *pieces)))
    assert sheet.texts == ["nam 2024 đủ"]


def test_charts_pictures_and_objects_are_counted_and_what_stands_in_charts_is_not() -> None:
    inside = record(0x809, struct.pack("<HHI", 0x600, 0x20, 0)) + drawn(PICTURE) + record(10)
    (sheet,) = drawings_of(workbook(drawn(CHART), inside, drawn(PICTURE), drawn(PICTURE, embedded=True)))
    assert sheet.seen == {"drawn": 1, "pictures": 1, "objects": 1}


@given(
    st.lists(st.tuples(st.sampled_from([0x5D, 0x1B6, 0x3C, 0x809, 10]), st.binary(max_size=40)), max_size=8)
)
def test_damaged_records_draw_nothing_or_something(found: list[tuple[int, bytes]]) -> None:
    assert len(drawings_of(workbook(*(record(kind, body) for kind, body in found)))) in (0, 1)
