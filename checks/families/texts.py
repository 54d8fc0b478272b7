"""Cells of words that repeat or compare figures: notes beside a change, statuses of two periods."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from checks.figures import Book
from checks.relation import ONE, Relation, Term, judge
from checks.template import weigh
from checks.view import Sheet, TextFigure
from normalize.unicode import fold

_UP = re.compile(r"\btang\b(?!.*\bgiam\b)")
_DOWN = re.compile(r"\bgiam\b(?!.*\btang\b)")
_RANK = re.compile(r"\bhang\b|\bthu\b")
_STEPS = re.compile(r"^bac\b")
_SHARE = 0.6
_STATUSES = 3  # figures of a row that says two statuses and the change between them


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """Relations between figures inside texts and the figures beside them."""
    yield from _repeats(book, sheet)
    yield from _statuses(book, sheet)
    yield from _fractions(book, sheet)


def _sign(text: TextFigure) -> int:
    """The direction the words before a figure give it; 0 for none."""
    near = " ".join(text.before.split()[-3:])
    return 1 if _UP.search(near) else -1 if _DOWN.search(near) else 0


def _with_words(sheet: Sheet, col: int) -> list[int]:
    """The rows whose cell of a column may have words beside a figure."""
    if col in sheet.table.plain_columns:
        return []
    at, rows, texts = sheet.at, sheet.table.rows, sheet.texts
    return [
        r
        for r in sheet.body
        if ((r, col) in texts if at[r][col] is None else not rows[r][col].text[:1].isdigit())
    ]


def _repeats(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """A column of words whose figure repeats a column of numbers (`Tăng 0,57 điểm` beside 0,57)."""
    worded = {
        c: {r: f for r in _with_words(sheet, c) if (f := _worded(sheet, r, c)) is not None}
        for c in range(sheet.table.n_cols)
    }
    for words, by_row in worded.items():
        if len(by_row) < 3:
            continue
        for numbers in sheet.numeric:
            if numbers == words or len(worded[numbers]) >= 3:
                continue
            amounts = {r: n for r in by_row if (n := sheet.at[r][numbers]) is not None}
            signed = any(book.amounts[n] < 0 for n in amounts.values())
            relations = [_repeat(book, sheet, n, *by_row[r], signed) for r, n in amounts.items()]
            weight = weigh(book, relations)
            if weight.told >= 3 and weight.share >= _SHARE:
                yield from (replace(r, supported=True, exact=weight.exact) for r in relations)
                break


def _worded(sheet: Sheet, row: int, col: int) -> tuple[int, int] | None:
    """The one figure of a cell that says `tăng` or `giảm` before it, with the sign of the word."""
    index = sheet.at[row][col]
    if index is not None:
        text = sheet.cell(row, col).text
        if text[:1].isdigit():
            return None
        words = fold(text)
        sign = 1 if words.startswith("tang") else -1 if words.startswith("giam") else 0
        return (index, sign) if sign else None
    found = sheet.texts.get((row, col), ())
    return (found[0].figure, _sign(found[0])) if len(found) == 1 and _sign(found[0]) else None


def _repeat(book: Book, sheet: Sheet, number: int, worded: int, sign: int, signed: bool) -> Relation:
    """The number equals the words' figure, with the word's sign where the column prints signs."""
    want = sign if signed else (-1 if book.amounts[number] < 0 else 1)
    have = -1 if book.amounts[worded] < 0 else 1
    return Relation(
        "text_vs_number",
        "text",
        number,
        (Term(worded, ONE * want * have),),
        family=f"{sheet.table.table_id}:text",
        words="lời ghi bên cạnh",
    )


def _statuses(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """`Đạt 89,7/100 điểm; xếp hạng 2/9` and `Đạt 84,9/100 điểm; xếp hạng 7/9`, with `Giảm 4,8 điểm, giảm
    05 bậc` in the same row: new minus old, and for ranks old minus new."""
    figures: Counter[int] = Counter()
    for (row, _), told in sheet.texts.items():
        figures[row] += len(told)
    for row in sorted(row for row, n in figures.items() if n >= _STATUSES):
        cells = [sheet.texts[row, c] for c in range(sheet.table.n_cols) if (row, c) in sheet.texts]
        scores = [t for cell in cells for t in cell if t.of is not None and not _is_rank(t)]
        ranks = [t for cell in cells for t in cell if _is_rank(t)]
        changes = [t for cell in cells for t in cell if t.of is None and _sign(t)]
        steps = [t for t in changes if _STEPS.match(t.after)]
        points = [t for t in changes if t.after.startswith("diem")]
        if len(scores) == 2 and len(points) == 1:
            yield _difference(sheet, points[0], scores[1], scores[0])
        if len(ranks) == 2 and len(steps) == 1:
            yield _difference(sheet, steps[0], ranks[0], ranks[1])


def _is_rank(text: TextFigure) -> bool:
    return bool(_RANK.search(" ".join(text.before.split()[-2:])))


def _difference(sheet: Sheet, change: TextFigure, new: TextFigure, old: TextFigure) -> Relation:
    """The change in words (unsigned in print, signed by its word) is new minus old."""
    sign = ONE * _sign(change)
    return Relation(
        "delta",
        "text",
        change.figure,
        (Term(new.figure, sign), Term(old.figure, -sign)),
        family=f"{sheet.table.table_id}:status",
        words="hiệu hai kỳ trong cùng dòng",
    )


def _is_place_among(sheet: Sheet, row: int, col: int) -> bool:
    """Whether a fraction is a rank (`62/63`: 62nd of 63), which is no part of a whole."""
    value = sheet.cell(row, col).value
    ranked = sheet.column(col).role == "rank" or (value is not None and value.unit == "rank")
    return ranked or bool(_RANK.search(sheet.leaf(col)))


def _fractions(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """A fraction of counts beside a percentage in the same group of columns: `1795/1795`, `100%`."""
    for (row, col), whole in sheet.of.items():
        if sheet.column(col).role in ("rank", "score"):  # 62/63 is a place among so many, no share
            continue
        index = sheet.at[row][col]
        beside = sheet.at[row][col + 1] if col + 1 < sheet.table.n_cols else None
        if index is None or beside is None or not book.figures[beside].percent:
            continue
        if not sheet.percentish(col + 1) or book.figures[index].half or _is_place_among(sheet, row, col):
            continue
        relation = Relation(
            "percent",
            "header",
            beside,
            (Term(index),),
            (Term(whole),),
            ONE * 100,
            family=f"{sheet.table.table_id}:fraction",
            words="tính từ phân số bên cạnh",
        )
        if judge(relation, book.amounts, book.figures).closes or book.amounts[index] <= book.amounts[whole]:
            yield relation
