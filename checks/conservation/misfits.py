"""Cells that do not fit: figures fused or torn, ink that gave no figure, digits that a text lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from checks.conservation.among_words import figures_among_words
from checks.conservation.codes import broken_codes, is_torn_code
from checks.conservation.grid_view import GridView, digits_in, holds_several, is_paired, is_range, letters_in
from checks.conservation.misfit import SEVERAL, Misfit
from model.table import Cell, Role
from normalize.numbers import is_none_mark
from normalize.ordinals import is_ordinal

HOUSE_OF_GROUPS = 3
"""Times more cells of a table that print thousands in groups than not, from which a run of four digits is
no number of this house: two figures in one, or a lost mark."""

FEW_LETTERS = 3
"""Letters up to which a text in a column of figures may be a misread figure; words are longer. Kind scans
and prints give garbles of one to three (`°`, `47 gỗ`)."""

UNSURE_WORDS = 0.8
"""Confidence below which words in a column of figures may be a misread figure."""

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?!\d)")
_BLANK_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\s\d{3})+(?!\d)")
_LONG_WHOLE = re.compile(r"(?<![\d.,/])\d{4,}(?![\d/])")
_FOUR_DIGITS = 4
_DIGITS = re.compile(r"\d+")
_ALONE = re.compile(r"(?<!\w)\d+(?!\w)")
_TICKS = frozenset("xX+v✓")


NO_VALUE = "có chữ in nhưng không đọc được thành số"
UNGROUPED = "không có dấu ngăn nghìn như các số khác trong bảng, có thể hai số dính nhau hoặc mất dấu"
BAR = "có nét “|” có thể là chữ số 1"
UNREAD = "có nét mực nhưng không đọc được gì"
DOUBTED = "có chữ số mà hai lần đọc không giống nhau"
BROKEN_CODE = "không có dạng mã như các ô khác của cột"
HALF_A_PAIR = "không có dạng “số (số)” như các ô khác của cột"
LOST_DIGITS = "có chữ số đọc được nhưng không còn trong nội dung ô"


_NO_RESULT = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NUM!|NULL!|NAME\?)")
"""What a workbook prints for a formula that gives no number."""


def misfits(view: GridView) -> Iterator[Misfit]:
    """The misfits of a table, column by column. A figure that a relation proves fits."""
    grouped = cache(lambda: house_of_groups(view))
    for col in view.figure_columns:
        for cell in view.column(col):
            why = "" if cell.proofs else _why(cell, grouped)
            if why:
                yield Misfit(cell.row, cell.col, why)
    for col in range(view.table.n_cols):
        if col not in view.figure_columns:
            broken = (cell for cell in broken_codes(view.column(col)) if not is_torn_code(cell.text))
            yield from (Misfit(cell.row, col, BROKEN_CODE) for cell in broken)
    if view.wide:
        yield from _over_columns(view)
    if view.table.kind == "borderless":
        yield from figures_among_words(view)
    of_figures, paired = frozenset(view.figure_columns), view.paired_columns
    others = view.table.other_columns
    for row in view.table.body if others else ():
        for cell in [row[col] for col in others]:
            if cell.sure and (cell.text is cell.raw or cell.text == cell.raw) and cell.status != "doubtful":
                continue  # print as it was read
            if cell.anchor not in ((-1, -1), (cell.row, cell.col)):
                continue
            if cell.status == "doubtful" and not cell.text.strip():
                yield Misfit(cell.row, cell.col, UNREAD)
            elif cell.col in paired and not cell.sure and not is_paired(cell.text):
                if digits_in(cell.text):
                    yield Misfit(cell.row, cell.col, HALF_A_PAIR)
            elif cell.col not in of_figures:
                yield from _of_text(cell, view.role(cell.col))


def _over_columns(view: GridView) -> Iterator[Misfit]:
    """A misfit for each column of figures over which a cell of the body stands that holds several figures, or
    one in doubt: the rule between two columns was lost there, and each has lost its figure."""
    for row in view.rows:
        for cell in view.table.rows[row]:
            over = cell.anchor in view.wide and cell.anchor[0] == row and cell.col in view.figure_columns
            if over and not cell.sure and _may_be_fused(cell):
                yield Misfit(row, cell.col, SEVERAL)


def _may_be_fused(cell: Cell) -> bool:
    text = cell.text.replace("|", " ").strip()  # a bar is the rest of the rule between them
    in_doubt = cell.status == "doubtful" and digits_in(text) > 0 and letters_in(text) <= FEW_LETTERS
    return not cell.proofs and (holds_several(text) or in_doubt)


def _of_text(cell: Cell, role: Role) -> Iterator[Misfit]:
    """The misfit of a cell outside the columns of figures, if it is one."""
    if lost_digits(cell):
        yield Misfit(cell.row, cell.col, LOST_DIGITS)
    elif not cell.sure and (
        is_torn_code(cell.text) or (role == "ordinal" and holds_several_ordinals(cell.text))
    ):
        yield Misfit(cell.row, cell.col, SEVERAL)
    elif role != "ordinal" and doubted_figures(cell):
        yield Misfit(cell.row, cell.col, DOUBTED)


def house_of_groups(view: GridView) -> bool:
    """Whether a table prints its thousands in groups, told by a mark."""
    grouped = sum(not c.text.isdecimal() and bool(_GROUPED.search(c.text)) for c in view.figure_cells)
    bare = sum(_is_ungrouped(cell.text) for cell in view.figure_cells)
    return grouped >= HOUSE_OF_GROUPS * max(1, bare)


def _why(cell: Cell, grouped: Callable[[], bool]) -> str:
    """Why a cell of a column of figures does not fit, or ''; `grouped`: its table prints groups."""
    text = cell.text.strip()
    if cell.interval is not None:
        return ""
    if holds_several(text) and (cell.value is None or (_BLANK_GROUPS.search(text) and grouped())):
        return SEVERAL
    if cell.value is None:
        return NO_VALUE if not cell.date and _may_be_figure(cell) else ""
    if "|" in cell.raw and not cell.sure:
        return BAR
    return UNGROUPED if cell.stored is None and _is_ungrouped(text) and grouped() else ""


def _is_ungrouped(text: str) -> bool:
    """Whether a text has a whole part of four digits or more in one run; fractions and codes are none."""
    if text.isdecimal():
        return len(text) >= _FOUR_DIGITS  # most figures
    return bool(_LONG_WHOLE.search(text)) and "/" not in text and not letters_in(text)


def _may_be_figure(cell: Cell) -> bool:
    """Whether a text without a value, in a column of figures, may be a figure read wrongly."""
    text = cell.text.strip()
    letters, digits = letters_in(text), digits_in(text)
    if set(text) <= _TICKS or is_range(text):
        return False
    if _NO_RESULT.fullmatch(text):
        return True
    if digits > letters or (digits and letters <= FEW_LETTERS):
        return True
    if cell.sure or letters > FEW_LETTERS:
        return not cell.sure and letters > 0 and cell.confidence < UNSURE_WORDS
    return True


def holds_several_ordinals(text: str) -> bool:
    """Whether a cell that numbers a row holds those of two (`3 3.1`, `4 - II`): the rule between them was
    lost. A small letter behind a number (`3 a`) is a part of it."""
    parts = [part for part in text.split() if not is_none_mark(part)]
    numbers = (is_ordinal(part) and (part.isupper() or any(map(str.isdigit, part))) for part in parts)
    return len(parts) > 1 and all(numbers) and any(map(str.isdigit, text))


def doubted_figures(cell: Cell) -> bool:
    """Whether readers differ on the figures in a text."""
    if cell.value is not None or cell.date or cell.sure or cell.status not in ("doubtful", "repaired"):
        return False
    own = _DIGITS.findall(cell.text)
    return any(_DIGITS.findall(other.text) != own for other in cell.alternatives)


def lost_digits(cell: Cell) -> bool:
    """Whether figures that were read among words stand in the text no more: a repair of words took them out.
    A figure within a word (`S6` for `Sở`) is a misread letter; a value keeps its own, and so does what a
    person put right."""
    if cell.value is not None or cell.date or any(repair.by_person for repair in cell.repairs):
        return False
    return cell.text != cell.raw and len(_ALONE.findall(cell.text)) < len(_ALONE.findall(cell.raw))
