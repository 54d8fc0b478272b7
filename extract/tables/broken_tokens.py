"""Figures and codes that a cell too narrow for them broke over its printed lines, told by their column.

Word processors break a line at a blank. What is longer than its cell alone is set on a line of its own and
broken where the cell is full: `143,5` over `00`. So the halves of a broken figure are told by the room beside
the upper one, in which not one more letter would have stood, and by what they make together: a figure as the
column's others are. Two figures over each other (a score and its rank) leave room, or make figures
of all kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.page import Grid, GridCell

_LETTER = 1.2
"""Letters of more room than beside the column's fullest line, from which another letter would have stood."""

_MOST_ROOM = 4.0
"""Letters of room beside the fullest line of a column that is filled: 0.08 inch either side, as word
processors leave, is up to 3 letters at 8 points, and what is left of a letter."""

_ALIKE = 0.7
"""Share of a column's figures that have the digits behind their last mark that a joined one has."""

_GROUP = 3  # digits of a group of thousands
_LONG = 4  # digits without a mark that a cell may be too narrow to go on with

_TENTH = 10  # of a column's lines that may stand nearer to the borders than its fullest line
_NO_WIDTH = 1e-6  # keeps the letter of a line without width defined
_LEAST_LINE = 2  # letters of a line that says how wide a letter is

_FIGURE = re.compile(r"[+\-−–(]?\d[\d.,]*\)?%?")
_REST = re.compile(r"[\d.,]*\d\)?%?|[.,]|%|\)|\)?%")
_WELL_FORMED = re.compile(r"[+\-−–(]?(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\)?%?")
_CODE = re.compile(r"(?=.*\d)[A-ZĐ\d][A-ZĐ\d.\-/]*[A-ZĐ\d]")
_LOST_MARK, _ANY_MARK = re.compile(r"(?<=\d) (?=\d)"), "."
"""What a copy leaves of a mark of thousands within a figure."""

_MARKS = re.compile(r"[.,]")
_RUNS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column say: the room beside its fullest line in letters; the digits that figures
    have behind their last mark (None: no mark), on one line and `joined`; the shapes of all tokens, each with
    how often."""

    least_room: float
    places: Counter[int | None]
    joined: Counter[int | None]
    shapes: Counter[str]


def room_beside(lines: Sequence[tuple[float, float, int]], width: float) -> tuple[float, ...]:
    """For each printed line (left, right and letters) the white beside it in a cell of `width`, in letters of
    that line."""
    return tuple(round((width - (x1 - x0)) * n / max(x1 - x0, _NO_WIDTH), 2) for x0, x1, n in lines)


def whole_tokens(grid: Grid) -> Grid:
    """`grid` with its broken figures and codes on one line."""
    cells = joined_tokens(grid.cells)
    return grid if cells is grid.cells else replace(grid, cells=cells)


def joined_tokens(cells: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The cells of a table with the lines joined between which a figure or a code was broken; the same cells
    where none was. In a column most of whose broken cells make no figure, none is joined."""
    if "\n" not in "".join([cell.text for cell in cells]):
        return cells  # most large tables
    broken = [i for i, cell in enumerate(cells) if "\n" in cell.text and _may_be_one(cell)]
    if not broken:
        return cells
    out = list(cells)
    for col in sorted({cells[i].col for i in broken}):
        own = [i for i in broken if cells[i].col == col]
        column = _column(cells, col, own)
        whole = [i for i in own if _is_full(cells[i], column) and _fits(cells[i], column)]
        if len(whole) >= _ALIKE * len(own):
            for i in whole:
                out[i] = _on_one_line(cells[i])
    return tuple(out) if out != list(cells) else cells


def is_one_token(upper: GridCell, lower: GridCell, cells: Sequence[GridCell]) -> bool:
    """Whether a cell at the foot of a page and one at the top of the next hold the halves of one figure or
    code; `cells` are those of the table so far, `upper` among them."""
    whole = stacked(upper, lower)
    if not _may_be_one(whole):
        return False
    at = next(i for i, cell in enumerate(cells) if cell is upper)
    column = _column([*cells[:at], whole, *cells[at + 1 :]], upper.col, [at])
    return _is_full(whole, column) and _fits(whole, column)


def stacked(upper: GridCell, lower: GridCell) -> GridCell:
    """A cell with the lines of another under its own."""
    known = all(len(cell.room) == len(_lines(cell)) for cell in (upper, lower))
    return replace(
        upper, text=f"{upper.text}\n{lower.text}", room=(*upper.room, *lower.room) if known else ()
    )


def _lines(cell: GridCell) -> list[str]:
    return cell.text.split("\n")


def _may_be_one(cell: GridCell) -> bool:
    """Whether a cell holds the lines of one figure or code and nothing else."""
    if "\n" not in cell.text or cell.col_span > 1:
        return False
    lines = _lines(cell)
    lines = [_LOST_MARK.sub(_ANY_MARK, line) for line in lines]
    if any(" " in line for line in lines):
        return False
    if (
        not len(lines) - 1 <= len(cell.room) <= len(lines)
    ):  # a last line of one letter may be lost to one reader
        return False
    figure = _FIGURE.fullmatch(lines[0]) and all(_REST.fullmatch(line) for line in lines[1:])
    return bool(figure or _CODE.fullmatch("".join(lines)))


def _column(cells: Sequence[GridCell], col: int, broken: Sequence[int]) -> _Column:
    """What the cells of column `col` say; the tokens of the cells at `broken` go over their lines."""
    rooms: list[float] = []
    places, joined, shapes = Counter[int | None](), Counter[int | None](), Counter[str]()
    for i, cell in enumerate(cells):
        if cell.col != col or cell.col_span > 1 or not cell.text:
            continue
        lines = _lines(cell)
        if len(lines) == len(cell.room):
            rooms += [room for line, room in zip(lines, cell.room, strict=True) if len(line) >= _LEAST_LINE]
        if len(lines) > 1 and i not in broken:
            continue
        token = _LOST_MARK.sub(_ANY_MARK, "".join(lines))
        if _FIGURE.fullmatch(token):
            (joined if i in broken else places)[_places(token)] += 1
        shapes[_shape(token)] += 1
    fullest = sorted(rooms)[len(rooms) // _TENTH] if rooms else _MOST_ROOM  # dirt may fill a cell to the brim
    return _Column(fullest, places, joined, shapes)


def _is_full(cell: GridCell, column: _Column) -> bool:
    """Whether beside no line of a cell but its last one more letter would have stood."""
    return (
        column.least_room <= _MOST_ROOM
        and max(cell.room[: len(_lines(cell)) - 1]) < column.least_room + _LETTER
    )


def _fits(cell: GridCell, column: _Column) -> bool:
    """Whether the joined lines make a figure or code as the column's others are."""
    lines = _lines(cell)
    token = _LOST_MARK.sub(_ANY_MARK, "".join(lines))
    if not _FIGURE.fullmatch(token):
        alike, every = column.shapes[_shape(token)], column.shapes.total()
        if any(not _WELL_FORMED.fullmatch(line) for line in lines):  # a column of codes may have two kinds
            return alike > 1 and sum(n for n in column.shapes.values() if n > 1) >= _ALIKE * every
        return alike > 1 and alike >= _ALIKE * every
    if not _WELL_FORMED.fullmatch(token):
        return False
    places = _places(token)
    if places is None:
        return column.joined[None] > 1 and len(lines[0]) >= _LONG
    marked = column.places.total() - column.places[None]
    if places == _GROUP and not marked:  # groups of thousands speak for themselves
        return True
    alike = column.places[places]
    return alike > 0 and alike >= _ALIKE * marked


def _places(figure: str) -> int | None:
    """The digits behind a figure's last mark, None where it has no mark."""
    parts = _MARKS.split(figure.strip("()%+-−–"))
    return len(parts[-1]) if len(parts) > 1 else None


def _shape(token: str) -> str:
    """A token with every run of digits as how many they are."""
    return _RUNS.sub(lambda run: f"9{len(run[0])}", token)


def _on_one_line(cell: GridCell) -> GridCell:
    """A cell without its line ends, in those of its readings, too, that have as many lines."""
    n = len(_lines(cell))

    def whole(text: str) -> str:
        return text.replace("\n", "") if text.count("\n") == n - 1 else text

    return replace(
        cell,
        text=whole(cell.text),
        doubtful=cell.doubtful or bool(_LOST_MARK.search(cell.text)),
        alternatives=tuple(replace(a, text=whole(a.text)) for a in cell.alternatives),
        room=(min(cell.room),),
    )
