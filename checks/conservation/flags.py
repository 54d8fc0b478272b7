"""The traces of what was lost, as flags on the smallest place that holds them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from checks.conservation.counting import missing_numbers
from checks.conservation.grid_view import GridView
from checks.conservation.heads import headed_figures, repeated_heads
from checks.conservation.kin import kin
from checks.conservation.layout import BOUND, doubt, evidence
from checks.conservation.lone_rows import lone_rows, neighbours
from checks.conservation.misfit import Misfit
from checks.conservation.misfits import BROKEN_CODE, DOUBTED, LOST_DIGITS, misfits
from checks.conservation.strays import Strays, print_inside, strays
from checks.messages import shorten
from model.document import RunningLine
from model.flag import CellRef, Flag
from model.geometry import Box
from model.table import Cell, Table
from normalize.numbers import is_none_mark
from normalize.unicode import squeeze

CHECK = "conservation"
"""What the net calls itself in a flag."""

MOST_TOLD = 4
"""Doubtful words of a text that a message names."""

TORN_ROW = 2
"""Misfits of a row, or holes beside one, from which its figures may stand in each other's place."""


def conservation_flags(
    tables: Sequence[Table], flagged: Collection[CellRef], running: Sequence[RunningLine] = ()
) -> list[Flag]:
    """Flags for what the tables (after the checks) lost, and for rows among the `running` text. Cells that
    bear a flag already (`flagged`) get no second one, and where a whole table is doubtful, its cells none."""
    views = [GridView(table) for table in tables]
    found = [list(misfits(view)) for view in views]
    flags: list[Flag] = []
    parts = list(kin(views))
    for pair in parts:
        flags += [_part(views[pair.upper].table, views[pair.lower].table, pair.why, at) for at in (0, 1)]
    torn = {place for pair in parts for place in (pair.upper, pair.lower)}
    for place, (view, own) in enumerate(zip(views, found, strict=True)):
        share = doubt(evidence(view, own))
        if share >= BOUND:
            flags.append(_layout(view.table, share, len(own)))
        elif place not in torn:
            flags += _within(view, own, flagged)
            flags += _counted(view)
    for found_rows in strays(running):
        flags += _strays(found_rows, tables)
    flags += _lone(tables, running)
    for table in tables:
        flags += _inside(table, print_inside(table, running))
        flags += _headed(table)
        flags += _headed_again(table)
    return flags


def _headed(table: Table) -> Iterator[Flag]:
    """A flag on each row of a header that holds figures."""
    for row, figures in headed_figures(table):
        shown = ", ".join(f"“{squeeze(text)}”" for text in figures)
        yield Flag(
            kind="structure",
            severity="warning",
            message=f"Dòng này nằm trong tiêu đề của bảng nhưng ghi các số {shown}; "
            "có thể là dòng đầu của bảng.",
            table_id=table.table_id,
            row=row,
            page=table.rows[row][0].page,
            found=shown,
            context=_label(table, row),
            check=CHECK,
        )


def _inside(table: Table, lines: Sequence[RunningLine]) -> Iterator[Flag]:
    """A flag on the table within whose outline lines stand that are in none of its cells."""
    if lines:
        first = squeeze(lines[0].text)
        yield Flag(
            kind="structure",
            severity="warning",
            message=f"Trong khung bảng có chữ không thuộc ô nào: “{first}” ({len(lines)} dòng).",
            table_id=table.table_id,
            page=lines[0].page,
            box=lines[0].box,
            found=first,
            check=CHECK,
        )


def _strays(rows: Strays, tables: Sequence[Table]) -> Iterator[Flag]:
    """A flag on each table of the page, which may lack the rows, or on the page."""
    near = [table for table in tables if table.page_first <= rows.page <= table.page_last]
    for table_id in [table.table_id for table in near] or [""]:
        yield Flag(
            kind="structure",
            severity="warning",
            message=f"Trang {rows.page} có {rows.count} dòng toàn số nằm ngoài bảng, bắt đầu từ "
            f"“{rows.text}”; có thể là các dòng của một bảng.",
            table_id=table_id,
            page=rows.page,
            found=rows.text,
            check=CHECK,
        )


def _lone(tables: Sequence[Table], running: Sequence[RunningLine]) -> Iterator[Flag]:
    """A flag on each table to which rows alone in the running text may belong, or on their page."""
    found: dict[tuple[int, tuple[str, ...]], list[tuple[Strays, Box | None]]] = defaultdict(list)
    for row, box in lone_rows(running):
        near = tuple(table.table_id for table in neighbours(tables, row.page, box))
        found[row.page, near].append((row, box))
    for (page, near), rows in found.items():
        shown = squeeze(rows[0][0].text)
        for table_id in near or ("",):
            yield Flag(
                kind="structure",
                severity="warning",
                message=f"Trang {page} có {len(rows)} dòng số nằm ngoài bảng, bắt đầu từ “{shown}”; "
                "có thể là dòng của một bảng.",
                table_id=table_id,
                page=page,
                box=rows[0][1],
                found=shown,
                check=CHECK,
            )


def _headed_again(table: Table) -> Iterator[Flag]:
    """A flag on a table in whose rows its header stands again: another table may have joined it."""
    for row in repeated_heads(table):
        yield Flag(
            kind="structure",
            severity="warning",
            message=f"Dòng {row + 1} của bảng ghi lại tiêu đề cột; có thể hai bảng đã bị nhập làm một.",
            table_id=table.table_id,
            page=table.rows[row][0].page,
            check=CHECK,
        )


def _part(upper: Table, lower: Table, why: str, at: int) -> Flag:
    own, other = (lower, upper) if at else (upper, lower)
    way = "nối tiếp" if at else "còn tiếp ở"
    return Flag(
        kind="structure",
        severity="warning",
        message=f"Bảng này có lẽ {way} bảng {other.table_id} (trang {other.page_first}): {why}; "
        "có thể thiếu dòng hoặc tiêu đề.",
        table_id=own.table_id,
        page=own.page_first,
        check=CHECK,
    )


def _counted(view: GridView) -> Iterator[Flag]:
    """A flag on the table whose row numbers leave some out."""
    where = missing_numbers(view)
    if where:
        yield Flag(
            kind="structure",
            severity="warning",
            message=f"Số thứ tự của bảng {where}; có thể thiếu dòng.",
            table_id=view.table.table_id,
            page=view.table.page_first,
            found=where,
            check=CHECK,
        )


def _layout(table: Table, share: float, count: int) -> Flag:
    cells = f"; {count} ô không khớp với cột của nó" if count else ""
    return Flag(
        kind="structure",
        severity="warning",
        message=f"Hàng và cột của bảng này có thể bị đọc sai (nghi ngờ {share:.0%}){cells}; "
        "nên đối chiếu cả bảng.",
        table_id=table.table_id,
        page=table.page_first,
        found=f"{share:.2f}",
        check=CHECK,
    )


def _within(view: GridView, own: Sequence[Misfit], flagged: Collection[CellRef]) -> Iterator[Flag]:
    """Flags on rows in which figures may stand in each other's place, and on the other misfits' cells."""
    table = view.table
    by_row: dict[int, list[Misfit]] = defaultdict(list)
    for misfit in own:
        if misfit.why not in (LOST_DIGITS, DOUBTED, BROKEN_CODE):
            by_row[misfit.row].append(misfit)
    torn = {row for row, found in by_row.items() if len(found) + _holes(view, row, found) >= TORN_ROW}
    for col in view.bare_columns:
        yield _column(view, col)
    for row in sorted(torn):
        covered = {at for m in by_row[row] for at, _ in view.places_of(m.row, m.col)}
        for at in sorted(covered):  # where a rule between rows was lost, each has lost its figures
            yield _row(view, at, by_row[row])
    for misfit in own:
        if misfit.row in torn:
            continue
        for row, col in view.places_of(misfit.row, misfit.col):  # each is a cell of cells.csv
            if CellRef(table.table_id, row, col) not in flagged:
                yield _cell(view, replace(misfit, row=row, col=col))


def _holes(view: GridView, row: int, found: Sequence[Misfit]) -> int:
    """How many of a row's misfits have nothing in the column of figures beside them, where other rows have
    something."""
    filled = {col: len(view.column(col)) for col in view.figure_columns}
    holes = 0
    for misfit in found:
        for col in (misfit.col - 1, misfit.col + 1):
            cell = view.own(row, col) if col in filled else None
            empty = cell is not None and is_none_mark(cell.text) and not cell.text.strip()
            holes += empty and filled[col] * 2 > len(view.rows)
    return holes


def _column(view: GridView, col: int) -> Flag:
    table, head = view.table, squeeze(view.heads[col])
    return Flag(
        kind="structure",
        severity="warning",
        message=f"Cột “{head}” có tiêu đề nhưng không có số hay chữ nào ở dưới; có thể đã nhập vào cột bên.",
        table_id=table.table_id,
        col=col,
        page=table.page_first,
        found="",
        context=head,
        check=CHECK,
    )


def _row(view: GridView, row: int, found: Sequence[Misfit]) -> Flag:
    table = view.table
    texts = ", ".join(f"“{squeeze(table.rows[row][m.col].text)}”" for m in found)
    return Flag(
        kind="structure",
        severity="warning",
        message=f"Các số của dòng này có thể bị dính nhau hoặc lệch cột: {texts}.",
        table_id=table.table_id,
        row=row,
        page=table.rows[row][0].page,
        found=texts,
        context=_label(table, row),
        check=CHECK,
    )


def _cell(view: GridView, misfit: Misfit) -> Flag:
    cell = view.table.rows[misfit.row][misfit.col]
    text = squeeze(cell.raw if misfit.why == LOST_DIGITS else cell.text)
    return Flag(
        kind="reading",
        severity="warning",
        message=f"Ô “{shorten(text)}” {misfit.why}{_doubted(cell, misfit)}.",
        table_id=view.table.table_id,
        row=misfit.row,
        col=misfit.col,
        page=cell.page,
        box=cell.box,
        found=text,
        context=_label(view.table, misfit.row),
        check=CHECK,
    )


def _doubted(cell: Cell, misfit: Misfit) -> str:
    """The words of a text whose figures readers read differently, as the end of a sentence."""
    if misfit.why != DOUBTED:
        return ""
    others = [set(squeeze(other.text).split()) for other in cell.alternatives]
    words = squeeze(cell.text).split()
    told = [w for w in words if any(map(str.isalnum, w)) and any(w not in other for other in others)]
    shown = [f"“{w.strip('.,;:()') or w}”" for w in dict.fromkeys(told)]
    return f": {', '.join(shown[:MOST_TOLD])}" if shown and len(shown) < len(words) else ""


def _label(table: Table, row: int) -> str:
    """The first words of a row."""
    words = (squeeze(cell.text) for cell in table.rows[row] if cell.value is None)
    return next((text for text in words if any(c.isalpha() for c in text)), "")
