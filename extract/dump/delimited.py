"""Tables whose columns are parted by tabs or by pipes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import mode

from extract.dump.draft import Draft, square
from extract.dump.figures import figures_together
from extract.dump.header_rows import count_header_rows, header_spans
from extract.dump.lines import SourceLine, is_caption, is_rule
from extract.dump.quotes import with_quoted_breaks
from extract.dump.slips import mend_slips
from extract.dump.stacked import unstack
from normalize.ordinals import is_ordinal_head
from normalize.unicode import squeeze

_PIPE_CELL = re.compile(r"(?<!\\)\|")
# A continuation without a tab is a wrapped cell only when it is no longer than a cell is.
_LONGEST_CONTINUATION = 120
_SAMPLE_LINES = 4
_FEWEST_CELLS, _FEWEST_BARE = 4, 3  # the second: lines of a table whose pipes do not enclose its rows
_CAPITALS = 0.7  # of the letters of a heading


def delimited_drafts(lines: Sequence[SourceLine]) -> list[Draft]:
    """The tab and pipe tables among the lines, in order."""
    drafts = []
    lines = with_quoted_breaks(lines)
    for split in (_tab_cells, _pipe_cells):
        for first, last in _regions(lines, split):
            draft = _read_region(lines[first : last + 1], split)
            if draft:
                drafts.append(draft)
    for first, last in _bare_regions(lines):
        if draft := _read_region(lines[first : last + 1], _bare_pipe_cells):
            drafts.append(draft)
    return sorted(drafts, key=lambda d: d.first_line)


def _tab_cells(line: SourceLine) -> list[str] | None:
    if "\t" not in line.text:
        return None
    return [squeeze(cell) for cell in line.text.split("\t")]


def _pipe_cells(line: SourceLine) -> list[str] | None:
    """The cells of a pipe row: it starts and ends with a pipe, or has two and more inside."""
    text = line.text.strip()
    if "\t" in text or text.count("|") < 2 or not (text.startswith("|") and text.endswith("|")):
        return None
    inner = text.removeprefix("|").removesuffix("|")
    return [squeeze(cell.replace("\\|", "|")) for cell in _PIPE_CELL.split(inner)]


def _bare_pipe_cells(line: SourceLine) -> list[str] | None:
    """The cells of a line that pipes part but do not enclose."""
    text = line.text.strip()
    if "\t" in text or text.startswith("|") or text.endswith("|") or len(_PIPE_CELL.findall(text)) < 2:
        return None
    return [squeeze(cell.replace("\\|", "|")) for cell in _PIPE_CELL.split(text)]


def _bare_regions(lines: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """First and last index of each run of lines with as many such cells, if their first is a header and no
    cell holds figures side by side: pipes that are strokes of a drawn frame stand in some places only."""
    regions: list[tuple[int, int]] = []
    start, width = -1, 0
    for i in range(len(lines) + 1):
        cells = _bare_pipe_cells(lines[i]) if i < len(lines) else None
        if cells is not None and len(cells) == width:
            continue
        if start >= 0 and i - start >= _FEWEST_BARE and _is_clean(lines[start:i]):
            regions.append((start, i - 1))
        start, width = (i, len(cells)) if cells is not None else (-1, 0)
    return regions


def _is_clean(lines: Sequence[SourceLine]) -> bool:
    rows = [cells for line in lines if not is_rule(line.text) and (cells := _bare_pipe_cells(line))]
    whole = all(figures_together(cell) == 0 for row in rows for cell in row)
    return whole and 0 < count_header_rows(rows) < len(rows)


def _regions(
    lines: Sequence[SourceLine], split: Callable[[SourceLine], list[str] | None]
) -> list[tuple[int, int]]:
    """First and last index of each run of rows. Blank lines and drawn rules inside a run are a page's seam
    when what follows looks like the same table; other lines end it, save a short one between two rows."""
    regions: list[tuple[int, int]] = []
    start = last = -1
    for i, line in enumerate(lines):
        if split(line) is not None:
            if start >= 0 and not _joins(lines, last, i, split):
                regions.append((start, last))
                start = i
            start = i if start < 0 else start
            last = i
    if start >= 0:
        regions.append((start, last))
    return [r for r in regions if _is_table([lines[i] for i in range(r[0], r[1] + 1)], split)]


def _joins(
    lines: Sequence[SourceLine], last: int, here: int, split: Callable[[SourceLine], list[str] | None]
) -> bool:
    """Whether the row at `here` goes on with the table whose last row is at `last`."""
    between = [line for line in lines[last + 1 : here] if not line.blank and not is_rule(line.text)]
    if not between:
        return here == last + 1 or not _opens_table(lines, here, split)
    if any(is_caption(line) for line in between) or len(between) > 2:
        return False
    page_number = all(re.fullmatch(r"\W*\d{1,3}\W*", line.text) for line in between)
    if not page_number and _is_headed(split(lines[here])):
        return False
    close = here - last - 1 == len(between)
    return page_number or (close and all(len(line.text) <= _LONGEST_CONTINUATION for line in between))


def _is_headed(cells: Sequence[str] | None) -> bool:
    """Whether a row is a table's first one: it begins with what heads the row numbers."""
    return cells is not None and len(cells) > 0 and is_ordinal_head(cells[0])


def _opens_table(
    lines: Sequence[SourceLine], here: int, split: Callable[[SourceLine], list[str] | None]
) -> bool:
    """Whether the rows from `here` on begin with a header of their own."""
    rows = [cells for line in lines[here : here + _SAMPLE_LINES] if (cells := split(line))]
    return bool(rows) and count_header_rows(rows) > 0


def _is_table(lines: Sequence[SourceLine], split: Callable[[SourceLine], list[str] | None]) -> bool:
    rows = [cells for line in lines if (cells := split(line)) and not is_rule(line.text)]
    return (
        len(rows) >= 2
        and max(len(r) for r in rows) >= 2
        and sum(bool(c) for r in rows for c in r) >= _FEWEST_CELLS
    )


def _read_region(
    lines: Sequence[SourceLine], split: Callable[[SourceLine], list[str] | None]
) -> Draft | None:
    rows: list[list[str]] = []
    pages: list[int] = []
    for line in lines:
        if line.blank or is_rule(line.text):
            continue
        cells = split(line)
        if cells is None:
            _take_single(rows, pages, line)
            continue
        rows.append(cells)
        pages.append(line.page)
    if not rows:
        return None
    header = count_header_rows(rows)
    before = Counter(cell for row in rows for cell in row)
    rows, doubtful, notes = mend_slips(_usual_width(rows, header), header)
    dropped = before - Counter(cell for row in rows for cell in row)
    squared = square(rows)
    draft = Draft(
        rows=squared,
        first_line=lines[0].number,
        last_line=lines[-1].number + lines[-1].more,
        pages=tuple(pages),
        header_rows=header or None,
        spans=tuple(header_spans(squared[:header])),
        doubtful=frozenset(doubtful),
        notes=tuple(notes),
        dropped=tuple(dropped.elements()),
    )
    return unstack(draft)


def _take_single(rows: list[list[str]], pages: list[int], line: SourceLine) -> None:
    """A line without a delimiter inside a table: a section row, a page number, or a cell going on."""
    text = squeeze(line.text)
    if re.fullmatch(r"\W*\d{1,3}\W*", text):
        return
    letters = [c for c in text if c.isalpha()]
    opens_row = text[:1].isupper() and (
        bool(re.match(r"^[IVX]+[.)]?\s", text))
        or sum(c.isupper() for c in letters) > _CAPITALS * len(letters)
    )
    if rows and not opens_row:
        filled = max((i for i, cell in enumerate(rows[-1]) if cell), default=0)
        rows[-1][filled] = squeeze(rows[-1][filled] + " " + text)
        return
    rows.append([text])
    pages.append(line.page)


def _usual_width(rows: list[list[str]], header: int) -> list[list[str]]:
    """The rows without empty cells past the width that header and body agree on."""
    widths = [len(r) for r in rows[:header]] or [len(r) for r in rows]
    width = max(mode(widths), *(len(r) for r in rows[:header])) if header else mode(widths)
    trimmed = []
    for row in rows:
        cells = list(row)
        while len(cells) > width and not cells[-1]:
            cells.pop()
        trimmed.append(cells)
    return trimmed
