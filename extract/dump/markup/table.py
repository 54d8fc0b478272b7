"""An HTML table to rows of texts and spans, as the HTML standard lays its cells out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.dump.draft import Draft, Span, square
from extract.dump.markup.text import is_hidden, name_of, shown_text
from normalize.numbering import is_numbering
from normalize.numbers import looks_numeric

# The HTML standard's own limits (4.9.11, "attributes common to td and th elements").
_WIDEST, _TALLEST = 1000, 65534
_ROW_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells, whether it stands in the table's head, and the row group it belongs to."""

    cells: tuple[Any, ...]
    in_head: bool
    group: int


def table_draft(table: Any, page: int) -> Draft | None:
    """The table as rows of texts; None where it holds no text. Tables nested in it are left out.

    Positions of a cell with two figures on lines of their own are doubtful: they were two cells.
    """
    rows = list(_rows(table))
    texts, spans = _laid_out(rows)
    if not any(any(row) for row in texts):
        return None
    doubtful = {(r, c) for r, row in enumerate(texts) for c, text in enumerate(row) if _holds_two(text)}
    return Draft(
        rows=square(texts),
        first_line=1,
        last_line=1,
        pages=(page,) * len(texts),
        header_rows=_header_rows(rows, texts),
        spans=tuple(spans),
        doubtful=frozenset(doubtful),
        title=_title(table),
    )


def tables_within(table: Any) -> list[Any]:
    """The tables nested in a table, not those nested in them."""
    found: list[Any] = []
    stack = list(reversed(table))
    while stack:
        node = stack.pop()
        if name_of(node) == "table":
            found.append(node)
        elif name_of(node) and not is_hidden(node):
            stack.extend(reversed(node))
    return found


def _rows(table: Any) -> Iterator[_Row]:
    """The rows in the order a browser shows them: the foot after the bodies, wherever it is written."""
    groups: list[Any] = []
    loose: list[Any] = []
    for child in table:
        if name_of(child) in _ROW_GROUPS:
            groups += [loose] if loose else []
            loose = []
            groups.append(child)
        elif name_of(child) == "tr":
            loose.append(child)
    groups += [loose] if loose else []
    order = {"thead": 0, "tfoot": 2}
    named = [(order.get(name_of(g), 1) if not isinstance(g, list) else 1, g) for g in groups]
    for number, (rank, group) in enumerate(sorted(named, key=lambda pair: pair[0])):
        for row in group:
            if name_of(row) == "tr" and not is_hidden(row):
                cells = tuple(c for c in row if name_of(c) in ("td", "th") and not is_hidden(c))
                yield _Row(cells, rank == 0, number)


def _laid_out(rows: list[_Row]) -> tuple[list[list[str]], list[Span]]:
    """Texts at the top left of their cells, and the cells that cover more than one position."""
    ends = {row.group: i + 1 for i, row in enumerate(rows)}
    grid: list[list[str]] = []
    spans: list[Span] = []
    taken: list[set[int]] = [set() for _ in rows]
    for r, row in enumerate(rows):
        col = 0
        line: list[str] = []
        for cell in row.cells:
            while col in taken[r]:
                col += 1
            width = min(max(1, _number(cell.get("colspan"), 1)), _WIDEST)
            below = ends[row.group] - r
            height = min(_number(cell.get("rowspan"), 1) or below, below, _TALLEST)
            while any(c in taken[r] for c in range(col, col + width)):
                width -= 1  # two cells claim a position: the one that came first keeps it
            line += [""] * (col - len(line)) + [shown_text(cell)] + [""] * (width - 1)
            for k in range(r, r + height):
                taken[k].update(range(col, col + width))
            if width * height > 1:
                spans.append(Span(r, col, height, width))
            col += width
        grid.append(line)
    return grid, spans


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() else default


def _header_rows(rows: list[_Row], texts: list[list[str]]) -> int | None:
    """The rows of the head, or the first rows of nothing but head cells, with a row of column numbers after
    them; None where the mark-up does not tell."""
    count = 0
    while count < len(rows) and (rows[count].in_head or _only_heads(rows[count])):
        count += 1
    if not count or count == len(rows):
        return None
    return count + 1 if is_numbering(texts[count]) else count


def _only_heads(row: _Row) -> bool:
    return bool(row.cells) and all(name_of(cell) == "th" for cell in row.cells)


def _holds_two(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) > 1 and sum(map(looks_numeric, lines)) > 1


def _title(table: Any) -> str:
    caption = next((c for c in table if name_of(c) == "caption"), None)
    return shown_text(caption).replace("\n", " ") if caption is not None else ""
