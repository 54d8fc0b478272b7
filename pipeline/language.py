"""Damaged Vietnamese mended, where a document needs it, with a record of every change."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from model.flag import Flag
from model.page import PageContent, TextLine
from model.table import Cell, Table
from model.value import Repair
from normalize.encodings import decode_shown
from normalize.numbers import looks_numeric
from normalize.totals import proper_total
from normalize.unicode import fold, has_cased, squeeze
from pipeline.tools import gazetteer, repairer

if TYPE_CHECKING:
    from normalize.diacritics import RepairedLine

# Share of words that are no Vietnamese as printed, over which a document's text is mended. Proper text of
# the held-out corpus lies under 0.01, OCR without a Vietnamese model over 0.3.
_DAMAGED = 0.08

# Score under which a change that was made is still worth a look: on made pages of damaged OCR, changes
# between 0.35 (below which none is made) and 0.7 were right less than half the time.
_WEAK = 0.7

# Capitals at the end of a name of some words are an abbreviation.
_ABBREVIATION, _LEAST_BEFORE_ABBREVIATION = re.compile(r"[A-ZĐ]{2,4}"), 3

# What every text with a letter has; most figures are told without looking at each of their signs.
_LETTER = re.compile(r"[^\W\d_]")

# Letters up to which a text with as many digits is a figure misread (`g11`), and no words to mend.
_STRAY_LETTERS = 3


def needs_mending(pages: Sequence[PageContent]) -> bool:
    """Whether the document's words are damaged (OCR without Vietnamese, marks lost)."""
    texts = [line.text for page in pages for line in page.lines]
    texts += [cell.text for page in pages for grid in page.grids for cell in grid.cells]
    others = "\n".join([text for text in texts if not text[:1].isalpha()])
    if others.isascii() and not has_cased(others):
        words = [text for text in texts if text[:1].isalpha()]  # of most large sheets: all others are figures
    else:
        words = [
            text
            for text in texts
            if text[:1].isalpha() or (_LETTER.search(text) and any(ch.isalpha() for ch in text))
        ]
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


def mend_names(
    printed: Sequence[TextLine], mended: Sequence[TextLine], names: Collection[str]
) -> list[TextLine]:
    """The mended lines, those again that may hold one of the document's own `names` in a spelling of
    others."""
    texts = _with_names([line.text for line in printed], [line.text for line in mended], names)
    return [replace(line, text=text) for line, text in zip(mended, texts, strict=True)]


def repair_text(lines: Sequence[str]) -> list[str]:
    """The lines of a text brought to Unicode and repaired, with the places that it lies in known from its
    first repair."""
    lines = decode_shown("\n".join(lines)).split("\n")
    mended = [line.text for line in repairer().repair_lines(lines)]
    return _with_names(lines, mended, gazetteer().names_around(mended))


def _with_names(printed: Sequence[str], mended: Sequence[str], names: Collection[str]) -> list[str]:
    keys = sorted({_key(name) for name in names if " " in name})
    if not keys:
        return list(mended)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(key)}(?!\w)" for key in keys))
    texts = list(mended)
    knowing = repairer().knowing(names)
    for i, text in enumerate(mended):
        if texts[i] != printed[i] and pattern.search(_key(text)):
            around = slice(max(i - 1, 0), i + 2)
            texts[i] = knowing.repair_lines(printed[around])[i - around.start].text
    return texts


def _key(text: str) -> str:
    """The letters without their marks, which are what is in doubt."""
    return squeeze(fold(text))


def mend_tables(tables: Sequence[Table], damaged: bool) -> tuple[list[Table], list[Flag]]:
    """Tables with their texts (titles, headers, labels) repaired, and a flag for each cell left in doubt.

    A cell that spans several positions is repaired once: its copies must stay copies.
    """
    if not damaged:
        return list(tables), []
    out: list[Table] = []
    flags: list[Flag] = []
    for table in tables:
        worded = (c for c in reversed(list(table.cells())) if _is_words(c) and not _is_restored(c))
        cells = {_anchor(cell): cell for cell in worded}
        cells = dict(sorted(cells.items()))
        mended = repairer().repair_lines([table.title, *(cell.text for cell in cells.values())])
        new = {
            at: _known_total(table, cell) or line
            for (at, cell), line in zip(cells.items(), mended[1:], strict=True)
        }
        rows = tuple(tuple(_mended(cell, new.get(_anchor(cell))) for cell in row) for row in table.rows)
        out.append(replace(table, title=mended[0].text, rows=rows))
        flags.extend(flag for at, cell in cells.items() if (flag := _doubt(table, cell, new[at])))
    return out, flags


def _known_total(table: Table, cell: Cell) -> RepairedLine | None:
    """The name of a row that says nothing but what totals are called, which no model need guess (`Tổng công`
    is that of a `công ty`); elsewhere `cong` may be days of work."""
    from normalize.diacritics import RepairedLine

    before = table.rows[cell.row][: cell.col]
    named = not cell.is_header and not any(ch.isalpha() for c in before for ch in c.text)
    words = proper_total(cell.text) if named else ""
    return RepairedLine(words) if words else None


def _anchor(cell: Cell) -> tuple[int, int]:
    return (cell.row, cell.col) if cell.anchor == (-1, -1) else cell.anchor


def _is_words(cell: Cell) -> bool:
    letters, digits = (sum(test(ch) for ch in cell.text) for test in (str.isalpha, str.isdigit))
    misread_figure = digits >= letters and letters <= _STRAY_LETTERS
    return letters > 0 and not misread_figure and not looks_numeric(cell.text)


def _is_restored(cell: Cell) -> bool:
    """Whether a cell is a heading put together from what headings are called: proper words, which would speak
    for damaged ones beside them."""
    return cell.is_header and any(repair.kind == "structure" for repair in cell.repairs)


def _mended(cell: Cell, line: RepairedLine | None) -> Cell:
    if line is None:
        return cell
    text = _with_abbreviations(cell.text, line.text)
    if text == cell.text:
        return cell
    score = min((change.score for change in line.changes if change.applied), default=1.0)
    repair = Repair("diacritics", cell.text, text, "mô hình ngôn ngữ", score)
    return replace(cell, text=text, repairs=(*cell.repairs, repair))


def _with_abbreviations(printed: str, mended: str) -> str:
    """A cell's mended text with the abbreviations at its end as printed (`Sở Tài nguyên và MT`): no words to
    mend."""
    words, new = printed.split(), mended.split()
    if len(words) < _LEAST_BEFORE_ABBREVIATION or len(words) != len(new) or printed.isupper():
        return mended
    return " ".join([*new[:-1], words[-1]]) if _ABBREVIATION.fullmatch(words[-1]) else mended


def _doubt(table: Table, cell: Cell, line: RepairedLine) -> Flag | None:
    """A flag for the least certain change of a cell: one that was not made, or made on weak grounds."""
    weak = [change for change in line.changes if not change.applied or change.score < _WEAK]
    if not weak:
        return None
    change = min(weak, key=lambda c: c.score)
    if change.applied:
        message = f"Chữ “{change.old}” được sửa thành “{change.new}”, chưa thật chắc chắn."
    else:
        message = f"Chữ “{change.old}” có thể là “{change.new}”, chưa đủ chắc chắn để sửa."
    return Flag(
        kind="spelling",
        severity="info",
        message=message,
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
