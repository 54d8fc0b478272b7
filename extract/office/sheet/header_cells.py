"""The cells of a table of a sheet, merged as the file merges them and, in the header, as its lines show.

Headers of older workbooks are set by hand: a name is typed over two rows (`Đơn vị` above `tính`) or in the
middle one of three, with no line between. Such places are one cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.office.sheet.frames import Frame, Place, masks_of, sides
from extract.office.sheet.model import BOTTOM, Sheet

_DEEPEST = 6  # rows of a header


@dataclass(frozen=True, slots=True)
class JoinedCell:
    """A cell over several places of the sheet. `plain` is False where it was put together of several."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    plain: bool = True


def joined_cells(
    sheet: Sheet, texts: Mapping[Place, str], frame: Frame
) -> tuple[dict[Place, JoinedCell], Mapping[Place, Place]]:
    """The cells of the frame that cover several places, by their first one; and for each place that they
    cover where its cell begins. All other places are cells of their own."""
    cells: dict[Place, JoinedCell] = {}
    taken: dict[Place, Place] = {}
    for merge in sheet.merges:
        top, left = max(merge.top, frame.top), max(merge.left, frame.left)
        bottom, right = min(merge.bottom, frame.bottom), min(merge.right, frame.right)
        area = dict.fromkeys(
            ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)), (top, left)
        )
        if not area or any(place in taken for place in area):
            continue
        taken |= area
        text = texts.get((merge.top, merge.left), "")
        cells[top, left] = JoinedCell(top, left, text, bottom - top + 1, right - left + 1)
    for cell in _open_cells(sheet, texts, frame, taken):
        cells[cell.row, cell.col] = cell
        below = range(cell.row, cell.row + cell.row_span)
        taken |= dict.fromkeys(((r, cell.col) for r in below), (cell.row, cell.col))
    return cells, taken


def _open_cells(
    sheet: Sheet, texts: Mapping[Place, str], frame: Frame, taken: Mapping[Place, Place]
) -> list[JoinedCell]:
    """Places of the header that no line parts, each column's from the top down, as one cell."""
    masks = masks_of(sheet, frame.top, frame.top + _DEEPEST)
    depth = _header_depth(masks, frame, taken)
    out: list[JoinedCell] = []
    for col in range(frame.left, frame.right + 1) if depth > 1 else ():
        row = frame.top
        while row < frame.top + depth:
            last = row
            while (
                last + 1 < frame.top + depth
                and not sides(masks, last, col) & BOTTOM
                and (last, col) not in taken
                and (last + 1, col) not in taken
            ):
                last += 1
            if last > row:
                parts = [t for r in range(row, last + 1) if (t := texts.get((r, col), ""))]
                if parts:
                    out.append(JoinedCell(row, col, "\n".join(parts), last - row + 1, 1, False))
            row = last + 1
    return out


def _header_depth(masks: Mapping[Place, int], frame: Frame, taken: Mapping[Place, Place]) -> int:
    """Rows of the frame above the first line that goes through all columns; 0 when there is none near."""
    for depth in range(1, _DEEPEST + 1):
        row = frame.top + depth - 1
        if row >= frame.bottom:
            return 0
        crossed = [
            bool(sides(masks, row, col) & BOTTOM) and not _reaches_over(row, col, taken)
            for col in range(frame.left, frame.right + 1)
        ]
        if all(crossed):
            return depth
    return 0


def _reaches_over(row: int, col: int, taken: Mapping[Place, Place]) -> bool:
    """Whether a merged cell goes on below a row: a line drawn inside it is not printed."""
    return (row, col) in taken and taken[row, col] == taken.get((row + 1, col))
