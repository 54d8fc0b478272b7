"""What a row of a grid is: header, column numbers, section, total or body."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from model.page import GridCell
from model.table import RowKind
from normalize.dates import in_order, year_of
from normalize.numbers import looks_numeric
from normalize.ordinals import is_ordinal, is_ordinal_head
from normalize.totals import is_total_label
from normalize.wraps import unwrapped

_FEWEST_YEARS = 2
_LABEL_COLUMNS = 3
_SECTION_WIDTH = 3  # columns of a table in which a label alone is a section


def row_texts(cells: Sequence[GridCell], n_rows: int, n_cols: int) -> list[list[str]]:
    """The grid's texts on one line each, spanning cells repeated in every position they cover."""
    rows = [[""] * n_cols for _ in range(n_rows)]
    for cell in cells:
        text = cell.text
        if not text.isalnum() and (" " in text or not text.isprintable()):
            text = unwrapped(text)
        if cell.row_span == cell.col_span == 1:  # most cells
            if cell.row < n_rows and cell.col < n_cols:
                rows[cell.row][cell.col] = text
            continue
        for r in range(cell.row, min(n_rows, cell.row + cell.row_span)):
            for c in range(cell.col, min(n_cols, cell.col + cell.col_span)):
                rows[r][c] = text
    return rows


def names_years(texts: Sequence[str]) -> bool:
    """Whether a row heads columns by years (`2020 2021 2022`, `Năm 2022 Năm 2023 So sánh (%)`): its figures
    are years, at least two, in order, begun again where each of several headings has its own."""
    years = [year for t in texts[1:] if (year := year_of(t))]
    if len(years) < _FEWEST_YEARS or (is_ordinal(texts[0]) and not year_of(texts[0])):
        return False
    if any(looks_numeric(t) and not year_of(t) for t in texts):
        return False
    begun = [i for i, year in enumerate(years) if year == years[0]]
    runs = [years[a:b] for a, b in itertools.pairwise([*begun, len(years)])]
    return all(len(run) >= _FEWEST_YEARS and in_order(run) for run in runs)


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
    if not spans_all and len(filled) > 2:
        return False  # most rows
    if not filled or any(looks_numeric(texts[i]) and not is_ordinal(texts[i]) for i in filled):
        return False
    if spans_all:
        return True
    return len(texts) >= _SECTION_WIDTH and filled[-1] <= 1 and any(len(texts[i]) > 3 for i in filled)


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
