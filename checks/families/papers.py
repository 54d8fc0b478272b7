"""Papers cited by number and day: the year in the number (`61/2018/NĐ-CP`) is the year of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from checks.families.dates import anchors
from model.document import Document
from model.flag import Flag
from model.table import Cell, Table
from normalize.dates import PrintedDate, find_dates

# `Nghị định số 61/2018/NĐ-CP ngày 23/4/2018`, `... của Chính phủ, ngày 23 tháng 4 năm 2018`; where other
# words stand between, the day may be another one's, or that of its coming into force. In official legal texts
# (pháp điển) 16 of 2,411 such citations name two years: each a slip.
_NUMBER = re.compile(r"(?<![\d/])\d{1,5}\s?/\s?(?P<year>(?:19|20)\d\d)\s?/\s?[A-ZĐƯ][\wĐƯ&.-]*")
_TO_DAY = re.compile(r"\s*,?\s*(?:của\s[^\d.;:()]{2,60}?)?,?\s*(?:ban hành\s+)?(?=ngày\s)", re.IGNORECASE)
CHECK = "date of paper"
_AGREE = 2  # rows of two columns whose years agree, at least, and more than do not
_READ_WELL = 0.99  # confidence from which a year is held to be as printed


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper's number, the year in it, and the day printed for it."""

    number: str
    year: int
    day: PrintedDate


def find(document: Document) -> Iterator[Flag]:
    """One flag for each citation whose years differ: a `reading` where either may have been misread."""
    told: set[tuple[str, str]] = set()
    for flag, key in (*_of_cells(document), *_of_columns(document), *_of_lines(document)):
        if key not in told:
            told.add(key)
            yield flag


def citations(text: str) -> list[Citation]:
    """Papers of a text whose number and day name two years."""
    out = []
    for match in _NUMBER.finditer(text):
        gap = _TO_DAY.match(text, match.end())
        day = next((d for d in find_dates(text) if gap and _begins(text, gap.end(), d)), None)
        if day is not None and day.year != int(match["year"]):
            out.append(Citation(" ".join(match.group().split()), int(match["year"]), day))
    return out


def _begins(text: str, place: int, day: PrintedDate) -> bool:
    """Whether a day begins at a place, its word `ngày` counted with it or not."""
    return day.start == place or (day.start > place and text[place : day.start].strip().lower() == "ngày")


def _of_cells(document: Document) -> Iterator[tuple[Flag, tuple[str, str]]]:
    for table in document.tables:
        for cell in anchors(table, _NUMBER):
            for found in citations(cell.text):
                yield _flag_on(table, cell, found, _well_read(cell), cell.text), _key(found)


def _of_columns(document: Document) -> Iterator[tuple[Flag, tuple[str, str]]]:
    """Numbers and days in columns side by side (`Số, ký hiệu`, `Ngày ban hành`), where most rows agree."""
    for table in document.tables:
        for left, right in pairwise(range(table.n_cols)):
            if "/" not in table.column_lines(left):
                continue
            pairs = [
                (row[right], found)
                for row in table.body
                if "/" in row[left].text and (found := _citation(row[left].text, row[right].text)) is not None
            ]
            wrong = [(cell, found) for cell, found in pairs if found.year != found.day.year]
            right_ones = len(pairs) - len(wrong)
            if right_ones < _AGREE or right_ones <= len(wrong):
                continue
            for cell, found in wrong:
                beside = table.rows[cell.row][left]
                well = all(_well_read(c) for c in (cell, beside))
                yield _flag_on(table, cell, found, well, f"{beside.text} {cell.text}"), _key(found)


def _citation(number: str, day: str) -> Citation | None:
    """The paper whose number is a whole cell and whose day is another."""
    paper = _NUMBER.fullmatch(number.strip())
    if paper is None:
        return None
    days = find_dates(day)
    if len(days) != 1 or days[0].text != day.strip():
        return None
    return Citation(number.strip(), int(paper["year"]), days[0])


def _well_read(cell: Cell) -> bool:
    return cell.sure or (cell.confidence >= _READ_WELL and cell.status != "doubtful")


def _flag_on(table: Table, cell: Cell, found: Citation, well: bool, context: str) -> Flag:
    return Flag(
        "date" if well else "reading",
        "warning",
        _message(found),
        table.table_id,
        cell.row,
        cell.col,
        cell.page,
        cell.box,
        found.day.text,
        "",
        context,
        CHECK,
    )


def _of_lines(document: Document) -> Iterator[tuple[Flag, tuple[str, str]]]:
    """Citations of the running text; one may go over the end of a line."""
    inked = {p.page for p in document.page_records if p.status in ("ocr", "mixed")}
    lines = document.lines
    for n, line in enumerate(lines):
        text = line.text
        after = lines[n + 1].text if n + 1 < len(lines) and lines[n + 1].page == line.page else ""
        for found in citations(f"{text} {after}" if after else text):
            if found.number not in " ".join(text.split()):
                continue
            well = line.page not in inked or line.confidence >= _READ_WELL
            yield (
                Flag(
                    "date" if well else "reading",
                    "warning",
                    _message(found),
                    page=line.page,
                    found=found.day.text,
                    context=text,
                    check=CHECK,
                ),
                _key(found),
            )


def _key(found: Citation) -> tuple[str, str]:
    return found.number, found.day.text


def _message(found: Citation) -> str:
    day = found.day.text if found.day.text.lower().startswith("ng") else f"ngày {found.day.text}"
    return (
        f"Văn bản số {found.number} được ghi {day}: năm trong số hiệu ({found.year}) khác năm ban hành"
        f" ({found.day.year})."
    )
