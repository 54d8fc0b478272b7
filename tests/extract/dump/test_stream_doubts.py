"""What a stream table cannot vouch for."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import source_lines
from extract.dump.stream.doubts import with_doubts
from extract.dump.stream.rows import StreamRow, stream_lines
from extract.dump.stream.sections import Section

BODY = ("2 Phan Lý 267 138 203 167", "3 Phan Dũng 264 137 261 147", "4 Phan Hòa 91 72 65 50")


def _doubts(header: tuple[str, ...], width: int = 4) -> tuple[str, ...]:
    texts = [*header, *BODY]
    lines = stream_lines(source_lines([texts], [texts]))
    section = Section(tuple(lines[: len(header)]), None, tuple(lines[len(header) :]), width, False)
    rows = [StreamRow((line,), str(i)) for i, line in enumerate(section.body, start=2)]
    cells = tuple((str(i), "Phan", *(t.text for t in row.figures)) for i, row in enumerate(rows, start=2))
    draft = Draft(cells, 1, len(texts), (1,) * len(cells))
    return with_doubts(draft, section, rows, range(len(rows))).doubts


@pytest.mark.parametrize(
    ("header", "doubted"),
    [
        (("STT", "Xã", "Mũi 1", "1", "Liên Sơn", "185", "156", "141", "99"), True),
        (("STT", "Xã", "TỔNG SỐ", "88.960", "85.856", "3.304"), True),
        (("STT", "Xã", "1", "2", "3", "4"), False),
        (("STT", "Xã", "2023", "2024"), False),
    ],
)
def test_a_row_that_the_header_took_along_doubts_the_table(header: tuple[str, ...], doubted: bool) -> None:
    """`185` alone on its line may number a row, and none of the row's figures was missed."""
    assert bool(_doubts(header)) is doubted


def test_columns_by_the_dozen_for_a_few_rows_doubt_the_table() -> None:
    assert any("cột số" in doubt for doubt in _doubts(("STT", "Xã"), width=34))


@pytest.mark.parametrize(
    ("second", "doubted"),
    [
        (("3 Phan Dũng", "264 137 261 147"), True),
        (("3 Phan Dũng", "Tổng cộng 264 137 261 147"), False),
        (("3 Phan Dũng 264 137 261 147",), False),
    ],
    ids=["one row in two", "a total", "whole"],
)
def test_a_number_without_figures_over_figures_without_a_number(
    second: tuple[str, ...], doubted: bool
) -> None:
    """Two rows written side by side gave the second one's figures no number, and none of them a flag."""
    texts = [BODY[0], *second, BODY[2]]
    lines = stream_lines(source_lines([texts], [texts]))
    section = Section((), None, tuple(lines), 4, False)
    rows = [
        StreamRow((line,), text.split()[0] if text[0].isdigit() and len(text.split()) != 4 else "")
        for line, text in zip(lines, texts, strict=True)
    ]
    cells = tuple((row.ordinal, "Phan", *(t.text for t in row.figures), "", "", "", "")[:6] for row in rows)
    draft = Draft(cells, 1, len(texts), (1,) * len(cells))
    found = with_doubts(draft, section, rows, range(len(rows))).doubts
    assert any("có lẽ là một hàng" in doubt for doubt in found) is doubted


@pytest.mark.parametrize(
    ("figures", "doubted"),
    [("5 6 7 8", True), ("5 6 8 9", False), ("8 9 10 11", False), ("5 6", False)],
    ids=["they count on", "they don't", "not from the last one", "two"],
)
def test_row_numbers_read_as_a_row_of_figures_doubt_the_table(figures: str, doubted: bool) -> None:
    """Numbers written after their rows were a row of figures, and the rows had none, without a flag."""
    texts = [*BODY, "xã Phan Rí 80 70 65 50", figures]
    lines = stream_lines(source_lines([texts], [texts]))
    section = Section((), None, tuple(lines), 4, False)
    rows = [StreamRow((line,), ordinal) for line, ordinal in zip(lines, ("2", "3", "4", "", ""), strict=True)]
    draft = Draft((("", "", "", "", "", ""),) * 5, 1, 5, (1,) * 5)
    found = with_doubts(draft, section, rows, range(5)).doubts
    assert any("thành một hàng số" in doubt for doubt in found) is doubted
