"""A table of a dump that writes a cell a line, row after row, as a section of a stream with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.dump.cells.late import rows_in_turn
from extract.dump.cells.lines import Cell, cell_lines
from extract.dump.cells.regular import regular_rows
from extract.dump.cells.rows import CellRow, CellTable, cell_table
from extract.dump.cells.summed import summed_rows
from extract.dump.lines import SourceLine
from extract.dump.stream.mends import with_codes_and_dates_whole
from extract.dump.stream.rows import StreamLine, StreamRow
from extract.dump.stream.sections import Section, header_start

_LEAST_ROWS = 3
# Nats a row of figures: tables written row after row cost less, those written column after column more.
_DEAREST = 0.9
_NUMBERED = 0.4  # of the rows with figures: columns with a heading each look like rows without numbers
_FEW_NOTES = 2  # rows with a note
_UNTOLD = "Các hàng không có số thứ tự, các số cùng kiểu: không chắc bảng được ghi theo hàng hay theo cột."
_DEEPEST = 3  # headings of sections over the first row of figures


@dataclass(frozen=True, slots=True)
class CellSection:
    """A table's section with its rows, texts of it that are none of its cells, and for each row whether a
    figure that stands alone on its line was taken for words (another may be that one), or its parts were put
    together."""

    section: Section
    rows: tuple[StreamRow, ...]
    dropped: tuple[str, ...]
    doubted: tuple[bool, ...]
    doubts: tuple[str, ...] = ()


def cell_section(piece: Sequence[SourceLine]) -> CellSection | None:
    """The table of the lines with its rows; None where they are written in another way."""
    piece = with_codes_and_dates_whole(piece)
    found = cell_lines(piece)
    few = found is None
    found = found or cell_lines(piece, few=True)
    table = cell_table(found.cells) if found else None
    if found is None or table is None:
        return None
    rows = _from_first(table)
    filled = sum(bool(row.figures) for row in rows)
    numbered = sum(bool(row.figures) and row.number is not None for row in rows)
    told = True
    if few or filled < _LEAST_ROWS or table.cost > _DEAREST * filled or numbered < _NUMBERED * filled:
        rows = [] if few else summed_rows(table)
        if not rows and (regular := regular_rows(table)):
            rows, told = list(regular.rows), regular.told
        if not rows:
            return None
    first = min(cell.line for cell in _cells_of(rows[0]))
    above = [cell for cell in found.cells if cell.line < first]
    header = [_line(piece, list(own)) for _, own in groupby(above, lambda cell: cell.line)]
    row = StreamLine(piece[first], tuple(cell.tokens[0] for cell in rows[0].figures), (), ())
    header = header[header_start([*header, row], len(header)) :]
    numbering = None
    if found.numbering and found.numbering_line < first:
        marks = piece[found.numbering_line]
        numbering = StreamLine(replace(marks, text=found.numbering), (), (), ())
    in_turn = rows_in_turn(_with_whole_labels(rows))
    rows = list(in_turn.rows)
    made = tuple(_stream_row(piece, row) for row in rows)
    body = tuple(line for row in made for line in row.lines)
    noted = any(row.note for row in rows if row.figures)
    section = Section(tuple(header), numbering, body, table.width, noted)
    doubted = tuple(
        not told or odd or _holds_stray(row) for row, odd in zip(rows, in_turn.together, strict=True)
    )
    return CellSection(section, made, found.again, doubted, () if told else (_UNTOLD,))


def _from_first(table: CellTable) -> list[CellRow]:
    """The rows from the first on: those without figures above the row that begins the count are the header's
    (`Tháng 1`)."""
    rows = list(table.rows)
    first = next((i for i, row in enumerate(rows) if row.figures), 0)
    begins = [i for i, row in enumerate(rows[: first + 1]) if _begins(row)]
    return rows[begins[-1] if begins and first - begins[0] > _DEEPEST else 0 :]


def _with_whole_labels(rows: Sequence[CellRow]) -> list[CellRow]:
    """The rows with notes that go on in small letters in their labels, and all notes where few rows have one:
    ends of labels that a page's end or the place of the figures parted from them."""
    noted = [row for row in rows if row.note and row.figures]
    few = len(noted) < min(_FEW_NOTES, len(rows))
    return [
        replace(row, label=(*row.label, *row.note), note=())
        if row.note and (few or row.note[0].text[:1].islower())
        else row
        for row in rows
    ]


def _holds_stray(row: CellRow) -> bool:
    return any(cell.is_figure and not cell.glued for cell in (*row.label, *row.note))


def _begins(row: CellRow) -> bool:
    """Whether a row's number is the first of its kind."""
    ordinal = row.number.ordinal if row.number else None
    return ordinal is not None and ordinal.value[-1] == 1


def _cells_of(row: CellRow) -> tuple[Cell, ...]:
    return (*((row.number,) if row.number else ()), *row.label, *row.figures, *row.note)


def _line(piece: Sequence[SourceLine], cells: Sequence[Cell]) -> StreamLine:
    """Cells that are words, as a line of a stream."""
    words = tuple(replace(token, kind="word") for cell in cells for token in cell.tokens)
    text = " ".join(token.text for token in words)
    blanks = int(cells[0].opens)
    line = piece[cells[0].line]
    own = line if text == line.text.strip() else replace(line, text=text)
    return StreamLine(own, (), words, (), (), blanks)


def _stream_row(piece: Sequence[SourceLine], row: CellRow) -> StreamRow:
    """A row's lines: its number's, its label's, its figures', its note's beside the last of these."""
    lines = [StreamLine(piece[row.number.line], (), (), ())] if row.number else []
    lines += [_line(piece, (cell,)) for cell in row.label]
    note = tuple(replace(token, kind="word") for cell in row.note for token in cell.tokens)
    for cell in row.figures:
        after = note if cell is row.figures[-1] else ()
        lines.append(StreamLine(piece[cell.line], cell.tokens, (), after, (), 0, cell.tokens))
    lines += [StreamLine(piece[cell.line], (), (), ()) for cell in row.note]
    return StreamRow(tuple(lines), row.number.text if row.number else "")
