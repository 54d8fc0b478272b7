"""Damaged Vietnamese mended, where a document needs it, with a record of every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from model.flag import Flag
from model.page import PageContent, TextLine
from model.table import Cell, Table
from model.value import Repair
from normalize.numbers import looks_numeric
from pipeline.tools import repairer

if TYPE_CHECKING:
    from normalize.diacritics import RepairedLine

# Share of words that are no Vietnamese as printed, over which a document's text is mended. Proper text of
# the held-out corpus lies under 0.01, OCR without a Vietnamese model over 0.3.
_DAMAGED = 0.08


def needs_mending(pages: Sequence[PageContent]) -> bool:
    """Whether the document's words are damaged (OCR without Vietnamese, marks lost)."""
    texts = [line.text for page in pages for line in page.lines]
    texts += [cell.text for page in pages for grid in page.grids for cell in grid.cells]
    words = [text for text in texts if any(ch.isalpha() for ch in text)]
    return bool(words) and repairer().damage(words) > _DAMAGED


def plain_lines(lines: Sequence[str]) -> list[str]:
    """Lines as they should read, for recognizing captions and headers in damaged dumps."""
    if repairer().damage(lines) <= _DAMAGED:
        return list(lines)
    return [line.text for line in repairer().repair_lines(lines)]


def mend_lines(lines: Sequence[TextLine], damaged: bool) -> list[TextLine]:
    """Prose lines after repair; as they are when the document's text is sound."""
    if not damaged:
        return list(lines)
    mended = repairer().repair_lines([line.text for line in lines])
    return [replace(line, text=new.text) for line, new in zip(lines, mended)]


def mend_tables(tables: Sequence[Table], damaged: bool) -> tuple[list[Table], list[Flag]]:
    """Tables with their texts (titles, headers, labels) repaired, and a flag for each cell left in doubt."""
    if not damaged:
        return list(tables), []
    out: list[Table] = []
    flags: list[Flag] = []
    for table in tables:
        anchors = [cell for cell in table.cells() if _is_words(cell)]
        texts = [table.title, *(cell.text for cell in anchors)]
        mended = repairer().repair_lines(texts)
        new = {(c.row, c.col): line for c, line in zip(anchors, mended[1:])}
        rows = tuple(
            tuple(_mended(cell, new.get((cell.row, cell.col))) for cell in row) for row in table.rows
        )
        out.append(replace(table, title=mended[0].text, rows=rows))
        flags.extend(
            _doubt(table, cell, new[cell.row, cell.col]) for cell in anchors if _left(new[cell.row, cell.col])
        )
    return out, flags


def _is_words(cell: Cell) -> bool:
    return any(ch.isalpha() for ch in cell.text) and not looks_numeric(cell.text)


def _mended(cell: Cell, line: RepairedLine | None) -> Cell:
    if line is None or line.text == cell.text:
        return cell
    score = min((change.score for change in line.changes if change.applied), default=1.0)
    repair = Repair("diacritics", cell.text, line.text, "mô hình ngôn ngữ", score)
    return replace(cell, text=line.text, repairs=(*cell.repairs, repair))


def _left(line: RepairedLine) -> bool:
    return any(not change.applied for change in line.changes)


def _doubt(table: Table, cell: Cell, line: RepairedLine) -> Flag:
    change = next(change for change in line.changes if not change.applied)
    return Flag(
        kind="spelling",
        severity="info",
        message=f"Chữ “{change.old}” có thể là “{change.new}”, chưa đủ chắc chắn để sửa.",
        table_id=table.table_id,
        row=cell.row,
        col=cell.col,
        page=cell.page,
        box=cell.box,
        found=change.old,
        expected=change.new,
        context=cell.text,
        check="diacritics",
    )
