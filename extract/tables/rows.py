"""What a row of a grid is: header, column numbers, section, total or body."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from model.page import GridCell
from model.table import RowKind
from normalize.numbers import is_ordinal, looks_numeric
from normalize.ordinals import is_ordinal_head
from normalize.totals import is_total_label
from normalize.wraps import unwrapped

_MARK = r"\(?\s*(?:\d{1,2}|[a-zđ])\s*\)?"
_NUMBERING = re.compile(rf"^(?P<mark>{_MARK})\s*(?:=\s*[\d\s()+\-–*x×:/.,%÷]+)?$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:năm\s+)?((?:19|20)\d\d)\s*(?:\(?\*+\)?)?$", re.IGNORECASE)
_FEWEST_YEARS = 2
_LABEL_COLUMNS = 3
_LONGEST_MARK = 24  # letters of a column's number with its formula, `(9)=((7)+(8))/(6)*100`
_FEWEST_MARKS = 3
_ONE_IN = 5  # marks may be misread
_LAST_FIRST = 3  # the first column's number at most: unnumbered ones may stand before it
_SECTION_WIDTH = 3  # columns of a table in which a label alone is a section


def row_texts(cells: Sequence[GridCell], n_rows: int, n_cols: int) -> list[list[str]]:
    """The grid's texts on one line each, spanning cells repeated in every position they cover."""
    rows = [[""] * n_cols for _ in range(n_rows)]
    for cell in cells:
        text = unwrapped(cell.text)
        for r in range(cell.row, min(n_rows, cell.row + cell.row_span)):
            for c in range(cell.col, min(n_cols, cell.col + cell.col_span)):
                rows[r][c] = text
    return rows


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: `(1) (2) (3)=(1)+(2)`, `A B 1 2 3 5=6+7`.

    The figures count up by one from left to right; one of five may be misread, and up to half of a row
    of brackets.
    """
    texts = [t for i, t in enumerate(texts) if i == 0 or t != texts[i - 1] or not t]
    filled = [t for t in texts if t]
    if len(filled) < _FEWEST_MARKS or len(filled) * 2 < len(texts):
        return False
    marks = [_NUMBERING.match(t) for t in filled]
    if sum(m is None for m in marks) > len(filled) // _ONE_IN:
        return _counts_in_brackets(filled)
    figures = [int(d) for m in marks if m and (d := re.sub(r"\D", "", m["mark"]))]
    if len(figures) < 2 or figures[0] > _LAST_FIRST:
        return False
    steps = [b - a for a, b in itertools.pairwise(figures)]
    return sum(s != 1 for s in steps) <= len(steps) // _ONE_IN + (1 if len(figures) < len(filled) else 0)


def _counts_in_brackets(filled: Sequence[str]) -> bool:
    """Whether every text has a bracket and at least half, and no less than three, count their own place:
    a row of column numbers of which a reader got the rest wrong (`q) (2) (3) 4) (@) (6) Œ)`)."""
    if not all(re.search(r"[()]", t) and len(t) <= _LONGEST_MARK for t in filled):
        return False
    firsts = [int(m[1]) if (m := re.match(r"\(?(\d{1,2})\)", t)) else None for t in filled]
    places = Counter(figure - place for place, figure in enumerate(firsts) if figure is not None)
    if not places:
        return False
    offset, count = places.most_common(1)[0]
    return 0 <= offset <= _LAST_FIRST and count >= _FEWEST_MARKS and count * 2 >= len(filled)


def names_years(texts: Sequence[str]) -> bool:
    """Whether a row heads columns by years (`2020 2021 2022`, `Năm 2022 Năm 2023 So sánh (%)`): its figures
    are years, at least two, in order, begun again where each of several headings has its own."""
    years = [int(m[1]) for t in texts[1:] if (m := _YEAR.match(t))]
    if len(years) < _FEWEST_YEARS or (is_ordinal(texts[0]) and not _YEAR.match(texts[0])):
        return False
    if any(looks_numeric(t) and not _YEAR.match(t) for t in texts):
        return False
    begun = [i for i, year in enumerate(years) if year == years[0]]
    runs = [years[a:b] for a, b in itertools.pairwise([*begun, len(years)])]
    return all(len(run) >= _FEWEST_YEARS and _in_order(run) for run in runs)


def _in_order(years: Sequence[int]) -> bool:
    steps = [b - a for a, b in itertools.pairwise(years)]
    return all(s > 0 for s in steps) or all(s < 0 for s in steps)


def looks_like_body(texts: Sequence[str]) -> bool:
    """Whether a row carries data: it begins with an ordinal, or most of its later cells are figures."""
    if not any(texts) or names_years(texts):
        return False
    first = texts[0]
    if is_ordinal_head(first):
        return False  # `STT | Nội dung | 1 | 2 | 4+5`: the answers of a survey are no figures
    distinct = [t for i, t in enumerate(texts) if i == 0 or t != texts[i - 1]]
    rest = [t for t in distinct[1:] if t]
    if first and is_ordinal(first) and any(rest):
        return True
    figures = sum(looks_numeric(t) for t in rest)
    return bool(rest) and figures * 2 > len(rest)


def is_section(texts: Sequence[str], spans_all: bool) -> bool:
    """Whether a body row only names what follows: one wide cell, or an ordinal and a label and nothing
    else (`I`, `II. UBND CÁC XÃ`)."""
    filled = [i for i, t in enumerate(texts) if t]
    if not filled or any(looks_numeric(texts[i]) and not is_ordinal(texts[i]) for i in filled):
        return False
    if spans_all:
        return True
    return (
        len(texts) >= _SECTION_WIDTH
        and len(filled) <= 2
        and filled[-1] <= 1
        and any(len(texts[i]) > 3 for i in filled)
    )


def is_total(texts: Sequence[str]) -> bool:
    """Whether a row sums others up (`TỔNG SỐ`, `Tổng cộng`, `Cộng`, `Toàn huyện`), marks lost or
    not. An indicator that merely begins so (`Tổng số hồ sơ tiếp nhận`) is none."""
    label = next((t for t in texts[:_LABEL_COLUMNS] if t.strip(" .:-–*") and not is_ordinal(t)), "")
    return is_total_label(label)


def body_kind(texts: Sequence[str], spans_all: bool) -> RowKind:
    """The kind of a row below the header."""
    if is_total(texts):
        return "total"
    return "section" if is_section(texts, spans_all) else "body"
