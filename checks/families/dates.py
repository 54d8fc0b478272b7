"""Days that do not exist, periods that run backwards, and changes counted from another day than shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from model.document import Document
from model.flag import Flag
from model.table import Cell, Table
from normalize.dates import PrintedDate, find_dates
from normalize.unicode import fold, has_digit

_A_HEAD = 12  # letters: a longer text that stands twice side by side is one head, a date alone is not
_SAME = 92  # of 100: two readings of one text
_DAY_SIGNS = re.compile(r"[/.-]\s*\d{4}|ng[àa]y", re.IGNORECASE)  # some of them stand in every printed day
_DAY_DIGITS = re.compile(r"\.\d{4}")  # the same of digits, points, commas and `%` alone
_NO_YEAR = re.compile(r"ng[àa]y\s+((\d{1,2})\s*/\s*(\d{1,2}))(?!\s*[/\d-])", re.IGNORECASE)
_LEAP = 2024
_SINCE = re.compile(r"so voi")


def find(document: Document) -> Iterator[Flag]:
    """Flags of every printed day: one a cell, one a line of text."""
    for table in document.tables:
        dated = list(anchors(table, _DAY_SIGNS, _DAY_DIGITS))
        for cell in dated:
            yield from _cell(table, cell)
        yield from _other_day(table, dated)
        yield from _text(table.title, table.page_first)
    seen: set[str] = {fold(t.title) for t in document.tables}
    for line in document.lines:
        if fold(line.text) not in seen:
            yield from _text(line.text, line.page)


def anchors(
    table: Table, signs: re.Pattern[str], of_figures: re.Pattern[str] | None = None
) -> Iterator[Cell]:
    """Each cell in which `signs` are found, once: the anchor of a span; of like neighbouring texts, the first
    (a head printed over several columns is one head, however the reader cut it and misread its parts). In
    columns of plain figures these are `of_figures`, told in a tenth of the time (None: there are none)."""
    plain = table.plain_columns
    may_hold = [
        c
        for c in range(table.n_cols)
        if (found := of_figures if c in plain else signs) and found.search(table.column_lines(c))
    ]
    for r, row in enumerate(table.rows):
        for c in range(len(row)) if r < table.header_rows else may_hold:
            cell = row[c]
            text = cell.text
            if text.isdecimal() or signs.search(text) is None or not has_digit(text):
                continue  # most figures, most words
            if cell.anchor not in ((-1, -1), (r, c)):
                continue
            if len(cell.text) > _A_HEAD:
                left = c > 0 and _alike(row[c - 1].text, cell.text)
                above = r > 0 and _alike(table.rows[r - 1][c].text, cell.text)
                if left or above:
                    continue
            yield cell


def _alike(a: str, b: str) -> bool:
    """Whether two heads are one: equal, or equal in their days and nearly so in their words."""
    if a == b:
        return True
    days = [d.text for d in find_dates(a)]
    return bool(days) and days == [d.text for d in find_dates(b)] and fuzz.ratio(a, b) >= _SAME


def _cell(table: Table, cell: Cell) -> Iterator[Flag]:
    for day in missing_days(cell.text):
        yield Flag(
            "date",
            "warning",
            _missing(day),
            table.table_id,
            cell.row,
            cell.col,
            cell.page,
            cell.box,
            day.text,
            _nearest(day),
            cell.text,
            "date exists",
        )
        return
    yield from _backwards(cell.text, cell.page, table.table_id, cell)


def _text(text: str, page: int) -> Iterator[Flag]:
    for day in missing_days(text):
        yield Flag(
            "date",
            "warning",
            _missing(day),
            page=page,
            found=day.text,
            expected=_nearest(day),
            context=text,
            check="date exists",
        )
    yield from _backwards(text, page, "", None)


def missing_days(text: str) -> list[PrintedDate]:
    """Days of a text that no calendar has: full ones, and `ngày 31/9` without a year (29/2 is let pass)."""
    full = find_dates(text)
    found = [d for d in full if not d.exists]
    for match in _NO_YEAR.finditer(text):
        if not any(d.start <= match.start(1) < d.end for d in full):
            printed = PrintedDate(int(match[2]), int(match[3]), _LEAP, match.start(1), match.end(1), match[1])
            if not printed.exists:
                found.append(printed)
    return found


def _missing(day: PrintedDate) -> str:
    nearest = day.nearest()
    text = (
        day.text[:1].upper() + day.text[1:] if day.text.casefold().startswith("ngày") else f"Ngày {day.text}"
    )
    if nearest is None:
        return f"{text} không có thật."
    return f"{text} không có thật: tháng {day.month} chỉ có {nearest.day} ngày."


def _nearest(day: PrintedDate) -> str:
    nearest = day.nearest()
    return nearest.text if nearest is not None else ""


def _backwards(text: str, page: int, table_id: str, cell: Cell | None) -> Iterator[Flag]:
    """`từ ngày 31/10/2023 đến ngày 01/01/2023`."""
    for first, second in pairwise(find_dates(text)):
        before = fold(text[: first.start][-12:]).split()
        between = fold(text[first.end : second.start])
        if not (first.exists and second.exists and "tu" in before and "den" in between.split()):
            continue
        if len(between) <= 16 and first.iso > second.iso:
            yield Flag(
                "date",
                "warning",
                f"Kỳ từ {first.text} đến {second.text} chạy ngược: ngày đầu sau ngày cuối.",
                table_id,
                cell.row if cell else None,
                cell.col if cell else None,
                page,
                cell.box if cell else None,
                f"{first.text} - {second.text}",
                f"{second.text} - {first.text}",
                text,
                "date order",
            )


def _other_day(table: Table, dated: Sequence[Cell]) -> Iterator[Flag]:
    """A head `so với ngày 30/8/2024` in a table whose other heads show other days only; `dated` are the cells
    that may name one."""
    heads = [c for c in dated if c.value is None and find_dates(c.text)]
    shown = {
        (d.day, d.month, d.year) for c in heads if not _SINCE.search(fold(c.text)) for d in find_dates(c.text)
    }
    if len(shown) < 2:
        return
    told: set[str] = set()
    for cell in heads:
        for day in find_dates(cell.text):
            if (
                not _SINCE.search(fold(cell.text))
                or (day.day, day.month, day.year) in shown
                or not day.exists
            ):
                continue
            if day.text in told:
                continue
            told.add(day.text)
            near = [d for d in sorted(shown) if d[1:] == (day.month, day.year)]
            if not near:
                continue
            want = f"{near[0][0]}/{near[0][1]}/{near[0][2]}"
            yield Flag(
                "cross",
                "info",
                f"Cột so sánh ghi so với ngày {day.text}, nhưng số liệu trong bảng là của ngày {want}.",
                table.table_id,
                cell.row,
                cell.col,
                cell.page,
                cell.box,
                day.text,
                want,
                cell.text,
                "date compared",
            )
