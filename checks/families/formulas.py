"""What a workbook's formulas declare: `=SUM(C5:C12)` makes C13 their sum, whatever its header says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checks.figures import Book
from checks.relation import ONE, Relation
from checks.template import Spot, lay
from checks.view import Sheet
from model.page import Place, WorkedOut


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The relations that the formulas of a table declare, for those of which it shows all cells."""
    told = [
        ((cell.row, cell.col), cell.worked_out)
        for row in sheet.table.body
        for cell in row
        if cell.worked_out is not None and cell.anchor in ((-1, -1), (cell.row, cell.col))
    ]
    spots = {worked_out.at: spot for spot, worked_out in told}
    for spot, worked_out in told:
        relation = _relation(sheet, spot, worked_out, spots) if worked_out.parts else None
        if relation is not None:
            yield replace(relation, supported=True)


def _relation(
    sheet: Sheet, spot: Spot, worked_out: WorkedOut, spots: Mapping[Place, Spot]
) -> Relation | None:
    parts, whole = (_laid(sheet, terms, spots) for terms in (worked_out.parts, worked_out.whole))
    if parts is None or whole is None or len(parts) + len(whole) < 2:
        return None
    if whole and worked_out.scale == ONE and _lacks_its_hundred(sheet, spot):
        return None
    return lay(
        sheet, spot, parts, whole, kind="formula", source="formula", scale=worked_out.scale,
        family=f"{sheet.table.table_id}:worked out:{spot[0]}:{spot[1]}", words="công thức trong bảng tính",
    )  # fmt: skip


def _lacks_its_hundred(sheet: Sheet, spot: Spot) -> bool:
    """Whether a plain quotient stands bare in a column of percentages: `=C5/D5` bears out no 0,0435 among
    figures like 4,35, of which other cells were multiplied by a hundred."""
    column = sheet.column(spot[1])
    of_percent = sheet.percentish(spot[1]) or column.unit == "percent_point"
    return of_percent and not sheet.cell(*spot).text.rstrip().endswith("%")


def _laid(
    sheet: Sheet, terms: tuple[tuple[Place, int], ...], spots: Mapping[Place, Spot]
) -> list[tuple[Spot, int]] | None:
    """The terms at their places in the table, texts left out, as a workbook leaves them out of its sums; None
    where one stands outside."""
    found = []
    for place, factor in terms:
        spot = spots.get(place)
        if spot is None:
            return None
        if sheet.at[spot[0]][spot[1]] is not None or spot in sheet.blanks:
            found.append((spot, factor))
    return found
