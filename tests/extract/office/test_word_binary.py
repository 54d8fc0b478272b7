"""A Word 97 file's own text, held against what its conversion says."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.office import read
from extract.office.word import binary
from extract.office.word.binary import loss_of, lost_figures, with_last_table
from model.page import Grid, GridCell, PageContent, TextLine

TEXT = "BÁO CÁO\rTên\x07Số\x07\x07An\x074127\x07\x07Bình\x07\x13=1\x14388\x15\x07\x07"


def pieces(text: str, cut: int) -> tuple[bytes, bytes]:
    """A main stream and a table of two pieces: up to `cut` in two bytes a sign, the rest in one."""
    first, second = text[:cut].encode("utf-16-le"), text[cut:].encode("cp1252")
    main = bytes(0x200) + first + second
    places = struct.pack("<III", 0, cut, len(text))
    wide = struct.pack("<HIH", 0, 0x200, 0)
    narrow = struct.pack("<HIH", 0, (0x200 + len(first)) * 2 | 0x4000_0000, 0)
    return main, places + wide + narrow


def test_pieces_of_both_widths_are_one_text() -> None:
    text = "Tiếng Việt, 12\x07" + "Western 34\x07"
    main, table = pieces(text, 15)
    found = b"\x01" + struct.pack("<H", 3) + b"xyz" + b"\x02" + struct.pack("<I", len(table)) + table
    assert "".join(binary._pieces(main, binary._piece_table(found))) == text


def test_figures_are_what_a_cell_holds_alone() -> None:
    assert list(binary._figures(TEXT)) == ["4127", "388"]
    assert list(binary._figures("Năm 2023\rXã 5\x07" + "đoạn 1\r12,5%\x07" + "(3)\x07" + "7 hồ sơ\x07")) == [
        "12,5%",
        "(3)",
    ]


def page(*blocks: TextLine | Grid) -> PageContent:
    return PageContent(1, 0.0, 0.0, "office", blocks)


@pytest.mark.parametrize(
    ("blocks", "lost"),
    [
        ((TextLine("TênSốAn4127Bình388", 1, 1),), ("4127", "388")),
        ((Grid(1, "text", 1, 2, (GridCell(0, 0, "4127"), GridCell(0, 1, "388"))),), ()),
        ((TextLine("An        4127", 1, 1), TextLine("Bình        388", 1, 2)), ()),
        ((TextLine("4127", 1, 1),), ("388",)),
    ],
)
def test_a_table_that_a_conversion_ran_together_is_a_loss(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    blocks: tuple[TextLine | Grid, ...],
    lost: tuple[str, ...],
) -> None:
    """A table at the very end of a file that LibreOffice wrote came back as one paragraph, without a word."""
    monkeypatch.setattr(binary, "_text_of", lambda path: TEXT)
    assert lost_figures(tmp_path / "a.doc", [page(*blocks)]) == lost
    assert len(loss_of(lost)) == bool(lost)


@given(st.binary(max_size=3000))
def test_no_bytes_of_a_file_are_more_than_not_understood(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("doc") / "a.doc"
    for head in (b"", bytes.fromhex("d0cf11e0a1b11ae1")):
        path.write_bytes(head + data)
        assert lost_figures(path, []) == ()


def test_a_loss_stands_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("extract.office.libreoffice.converted", lambda path, form: nullcontext(path))
    monkeypatch.setattr(read, "_docx", lambda path: [page(TextLine("An4127", 1, 1))])
    monkeypatch.setattr(binary, "_text_of", lambda path: TEXT)
    (found,) = read._doc(tmp_path / "a.doc")
    assert len(found.losses) == 1
    assert "4127, 388" in found.losses[0]


LAST = "Đoạn\rSTT\x07Xã,\rphường\x07Số\x07\x071\x07An\x0712\x07\x072\x07\x0734\x07\x07"


def test_a_table_at_the_very_end_is_put_together_from_the_marks_of_its_cells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """LibreOffice gives such a table of its own back as one paragraph."""
    monkeypatch.setattr(binary, "_text_of", lambda path: LAST)
    read_back = page(TextLine("Đoạn", 1, 1), TextLine("STTXã,phườngSố1An12234", 1, 2), TextLine("chân", 1, 3))
    found = with_last_table(tmp_path / "a.doc", read_back)
    first, grid, foot = found.blocks
    assert isinstance(grid, Grid) and isinstance(foot, TextLine) and first == read_back.blocks[0]
    assert [(c.row, c.col, c.text) for c in grid.cells] == [
        (0, 0, "STT"), (0, 1, "Xã,\nphường"), (0, 2, "Số"), (1, 0, "1"), (1, 1, "An"), (1, 2, "12"),
        (2, 0, "2"), (2, 1, ""), (2, 2, "34"),
    ]  # fmt: skip
    assert foot.number == 3 and lost_figures(tmp_path / "a.doc", [found]) == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LAST + "\r", "STTXã,phườngSố1An12234"),  # a paragraph stands behind the table: it was read
        (LAST, "An12234"),  # no row's beginning
        (LAST, "STTXã,phườngSố1An1223"),
        ("STT\x07Xã\x07\x071\x07An\x0712\x07\x07", "STTXã1An12"),  # rows of unlike widths
        ("", "An"),
    ],
)
def test_a_line_is_no_table_whose_cells_are_not_those_of_the_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, line: str
) -> None:
    monkeypatch.setattr(binary, "_text_of", lambda path: text)
    read_back = page(TextLine(line, 1, 1))
    assert with_last_table(tmp_path / "a.doc", read_back) == read_back
