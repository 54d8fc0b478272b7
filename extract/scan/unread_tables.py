"""What a scanned page shows of tables that were not read, in plain Vietnamese: each is a flag on the page."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.row_ruled import bands_unread
from model.geometry import Box, Segment
from model.page import TextLine, Word
from normalize.numbers import looks_numeric

LONG_RULE, FEWEST_RULES = 72.0, 2
"""Points of a rule (an inch), and such rules each way, from which a page without a table may have one:
letterheads have short ones and none that stand."""

NO_TABLE = "Trang có đường kẻ ngang và dọc nhưng không nhận ra bảng nào; cần xem bản gốc."

ROWS_UNREAD = (
    "Trang có các hàng kẻ ngang như của một bảng nhưng không nhận ra bảng nào ở đó; cần xem bản gốc."
)

FIGURES_UNREAD = (
    "Trang có số đứng thành hàng, thành cột ngoài các bảng đã nhận ra; có thể là bảng chưa đọc được, cần xem "
    "bản gốc."
)

FEWEST_LONE, FEWEST_LONE_ROWS, MANY_LONE = 2, 2, 3
"""Figures side by side that stand alone, rows of so many, and figures of one row, from which running text
holds a table: a page number stands by itself, a date and a number are in lines of words."""


def doubts_of(
    segments: Sequence[Segment],
    tables: Sequence[Box],
    words: Sequence[Word],
    lines: Sequence[TextLine],
    *,
    has_tables: bool,
    framed: bool,
) -> tuple[str, ...]:
    """What must be looked at on a page, whose rules are `segments`, `tables` the boxes that were read (all in
    points), `words` what stands beside ruled ones, `lines` its running text. `framed` says that rules made a
    grid, whatever was in it."""
    is_open = not has_tables and (framed or rules_cross(segments))
    found = (
        (NO_TABLE, is_open),
        (ROWS_UNREAD, bands_unread(segments, tables, words)),
        (FIGURES_UNREAD, figures_left(lines)),
    )
    return tuple(message for message, holds in found if holds)


def figures_left(lines: Sequence[TextLine]) -> bool:
    """Whether running text has figures side by side as only a table has."""
    lone = [line.box for line in lines if line.box is not None and looks_numeric(line.text)]
    rows: list[list[Box]] = []
    for box in sorted(lone, key=lambda b: b.center[1]):
        if rows and box.y0 < rows[-1][-1].center[1] < box.y1:
            rows[-1].append(box)
        else:
            rows.append([box])
    full = [len(row) for row in rows if len(row) >= FEWEST_LONE]
    return len(full) >= FEWEST_LONE_ROWS or max(full, default=0) >= MANY_LONE


def rules_cross(segments: Sequence[Segment]) -> bool:
    """Whether rules of a page stand and lie as those of a table do, and long enough to be no letterhead's."""
    across = sum(abs(s.x1 - s.x0) >= LONG_RULE and abs(s.x1 - s.x0) > abs(s.y1 - s.y0) for s in segments)
    along = sum(abs(s.y1 - s.y0) >= LONG_RULE and abs(s.y1 - s.y0) > abs(s.x1 - s.x0) for s in segments)
    return across >= FEWEST_RULES and along >= FEWEST_RULES
