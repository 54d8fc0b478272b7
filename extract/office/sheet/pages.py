"""Sheets as pages: tables as grids, titles and notes as lines, what the file hides said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from extract.office.pages import ENGINE, TAB
from extract.office.sheet.formulas import column_name, worked_out
from extract.office.sheet.frames import Frame, Place
from extract.office.sheet.header_cells import joined_cells
from extract.office.sheet.model import Merge, Sheet, SheetCell
from extract.office.sheet.regions import find_regions
from extract.office.titles import first_below_titles
from extract.tables.footnote_marks import without_mark
from extract.tables.letterhead import printed_lines
from model.copies import changed, copier
from model.page import Grid, GridCell, PageContent, TextLine, WorkedOut
from normalize.encodings import decode_runs
from normalize.unicode import squeeze

_MOST_OPERANDS = 500_000  # cells that the formulas of a table name
_MOST_NAMED = 8  # hidden rows or columns that are named one by one
_MOST_MERGED = 1_000_000  # places under merges; a sheet has far fewer
_TITLE_ROWS = 3  # above a table, in which its title stands
_HEADING_SPAN = 3  # columns over which a merged text is a heading


def pages_of(sheets: Sequence[Sheet]) -> list[PageContent]:
    """A page a sheet, numbered as the workbook has them; evidence of fonts is pooled over the workbook."""
    texts = _decoded(sheets)
    return [_page(sheet, texts[at], at + 1) for at, sheet in enumerate(sheets)]


def _decoded(sheets: Sequence[Sheet]) -> list[dict[Place, str]]:
    """The texts of each sheet's filled cells in Unicode."""
    runs = [
        {place: _runs(cell) for place, cell in sheet.cells.items() if not cell.text.isascii()}
        for sheet in sheets
    ]
    distinct = list(dict.fromkeys(of_cell for of_sheet in runs for of_cell in of_sheet.values()))
    decoded = dict(zip(distinct, decode_runs(distinct)))
    out: list[dict[Place, str]] = []
    for sheet, of_sheet in zip(sheets, runs):
        texts = [cell.text for cell in sheet.cells.values()]
        shown = dict(zip(sheet.cells, texts))
        # Most texts are single words of ASCII, figures above all: they stand as they are.
        for place in [p for p, t in zip(shown, texts) if not t.isascii() or " " in t or not t.isprintable()]:
            of_cell = of_sheet.get(place)
            shown[place] = _clean(shown[place] if of_cell is None else decoded[of_cell])
        out.append({p: t for p, t in shown.items() if t} if "" in shown.values() else shown)
    return out


def _runs(cell: SheetCell) -> tuple[tuple[str, str], ...]:
    """A cell's text by font."""
    if cell.runs:
        return tuple((text, name or cell.look.font) for text, name in cell.runs)
    return ((cell.text, cell.look.font),)


def _clean(text: str) -> str:
    """A cell's printed lines, blanks squeezed."""
    if "\n" not in text and "\r" not in text:
        return squeeze(text)
    return "\n".join(line for part in text.splitlines() if (line := squeeze(part)))


def _page(sheet: Sheet, texts: dict[Place, str], number: int) -> PageContent:
    sheet = replace(sheet, merges=_within(sheet), bordered=_has_borders(sheet))
    frames = find_regions(sheet, texts)
    covered = _covered(sheet.merges)
    under = (
        [text for place, text in sorted(texts.items()) if covered.get(place, place) != place]
        if covered
        else []
    )
    if under:
        texts = {place: text for place, text in texts.items() if covered.get(place, place) == place}
    placed: list[tuple[int, int, TextLine | Grid]] = [*_lines(sheet, texts, frames, number)]
    for frame in frames:
        placed.extend(_table(sheet, texts, frame, number))
    blocks = [block for _, _, block in sorted(placed, key=lambda p: (p[0], p[1]))]
    blocks += [TextLine(line, number, 0) for text in sheet.loose for line in _clean(text).split("\n")]
    numbered = tuple(
        replace(b, number=i) if isinstance(b, TextLine) else b for i, b in enumerate(blocks, start=1)
    )
    remarks = _remarks(sheet, under)
    return PageContent(number, 0.0, 0.0, "office", numbered, notes=remarks, losses=sheet.losses)


def _remarks(sheet: Sheet, under: Sequence[str]) -> tuple[str, ...]:
    """What a reviewer should know of a sheet; `under` are the texts that lie under merged cells."""
    remarks = list(sheet.remarks)
    if sheet.hidden and sheet.cells:
        remarks.append(f"Trang tính “{sheet.name}” bị ẩn trong tệp; số liệu của nó vẫn được đọc.")
    if under:
        named = f"{len(under)} ô có nội dung nằm dưới ô gộp, không hiện ra nên không được đọc"
        remarks.append(f"Trang tính “{sheet.name}” có {named}: “{'”, “'.join(under[:_MOST_NAMED])}”.")
    return tuple(remarks)


def _covered(merges: Sequence[Merge]) -> dict[Place, Place]:
    """For each place of a merge where its text stands."""
    out: dict[Place, Place] = {}
    for merge in merges:
        for row in range(merge.top, merge.bottom + 1):
            for col in range(merge.left, merge.right + 1):
                out.setdefault((row, col), (merge.top, merge.left))
    return out


def _within(sheet: Sheet) -> list[Merge]:
    """The merges as far as the sheet has cells; those that lie on others by the million are no merges."""
    if not sheet.merges:
        return []
    bottom, right = max([r for r, _ in sheet.cells], default=0), max([c for _, c in sheet.cells], default=0)
    out: list[Merge] = []
    area = 0
    for merge in sheet.merges:
        clipped = Merge(merge.top, merge.left, min(merge.bottom, bottom), min(merge.right, right))
        size = (clipped.bottom - clipped.top + 1) * (clipped.right - clipped.left + 1)
        if clipped.bottom < clipped.top or clipped.right < clipped.left or size == 1:
            continue
        area += size
        if area > _MOST_MERGED:
            break
        out.append(clipped)
    return out


def _lines(
    sheet: Sheet, texts: Mapping[Place, str], frames: Sequence[Frame], number: int
) -> list[tuple[int, int, TextLine]]:
    """The texts outside tables, a row's side by side, printed lines one by one; titles of tables that stand
    side by side each with its table."""
    rows: dict[int, list[Place]] = {}
    outside = list(texts)
    for frame in frames:
        top, left, bottom, right = frame.top, frame.left, frame.bottom, frame.right
        outside = [p for p in outside if not (top <= p[0] <= bottom and left <= p[1] <= right)]
    for place in sorted(outside):
        rows.setdefault(place[0], []).append(place)
    spans = {(m.top, m.left): m.right - m.left + 1 for m in sheet.merges}
    out = []
    for at, places in _parted(rows, frames):
        columns = [texts[p].split("\n") for p in places]
        looks = [sheet.cells[p].look for p in places]
        heading = all(
            look.bold or look.centred or spans.get(p, 1) >= _HEADING_SPAN for look, p in zip(looks, places)
        )
        for line in range(max(map(len, columns))):
            parts = [column[line] if line < len(column) else "" for column in columns]
            shown = TAB.join(parts).strip()
            out.append((*at, TextLine(shown, number, 0, heading=heading)))
    return [entry for entry in out if entry[2].text]


def _parted(rows: Mapping[int, list[Place]], frames: Sequence[Frame]) -> Iterator[tuple[Place, list[Place]]]:
    """The places of each row and where its line stands: those above tables side by side, each over one of
    them, are lines of their own, right before it."""
    for row, places in rows.items():
        below = [f for f in frames if row < f.top <= row + _TITLE_ROWS]
        over = [[f for f in below if f.left <= col <= f.right] for _, col in places]
        if len(below) > 1 and len(places) > 1 and all(len(found) == 1 for found in over):
            for frame in dict.fromkeys(found[0] for found in over):
                yield (
                    (frame.top, frame.left),
                    [p for p, found in zip(places, over) if found[0] == frame],
                )
        else:
            yield places[0], places


def _table(
    sheet: Sheet, texts: Mapping[Place, str], frame: Frame, number: int
) -> list[tuple[int, int, TextLine | Grid]]:
    """A table's grid, with titles inside its frame as lines above it."""
    frame = _trimmed(frame, texts)
    whole = Grid(
        number, "ruled" if _has_lines(sheet, frame) else "text",
        frame.bottom - frame.top + 1, frame.right - frame.left + 1, _grid_cells(sheet, texts, frame),
        notes=_hidden_notes(sheet, frame),
    )  # fmt: skip
    whole = replace(whole, row_pages=(number,) * whole.n_rows)
    first = first_below_titles(whole)
    if not first:
        return [(frame.top, frame.left, whole)]
    titles = replace(whole, n_rows=first, cells=tuple(c for c in whole.cells if c.row < first))
    body = tuple(replace(c, row=c.row - first) for c in whole.cells if c.row >= first)
    grid = replace(whole, n_rows=whole.n_rows - first, cells=body, row_pages=whole.row_pages[first:])
    above = [replace(line, heading=True) for line in printed_lines(titles, 1)]
    blocks: list[TextLine | Grid] = [*above, grid]
    return [(frame.top, frame.left, block) for block in blocks]


def _has_borders(sheet: Sheet) -> bool:
    looks = {id(look): look for look in [cell.look for cell in sheet.cells.values()]}  # a few
    return any(look.borders for look in looks.values())


def _has_lines(sheet: Sheet, frame: Frame) -> bool:
    return sheet.bordered and any(
        cell.look.borders and frame.holds(place) for place, cell in sheet.cells.items()
    )


def _trimmed(frame: Frame, texts: Mapping[Place, str]) -> Frame:
    """The frame without empty rows and columns at its edges."""
    held = _within_frame(texts, frame)
    rows, cols = {r for r, _ in held}, {c for _, c in held}
    return Frame(min(rows), min(cols), max(rows), max(cols))


def _within_frame(texts: Mapping[Place, str], frame: Frame) -> list[Place]:
    top, left, bottom, right = frame.top, frame.left, frame.bottom, frame.right
    return [place for place in texts if top <= place[0] <= bottom and left <= place[1] <= right]


def _worked_out(sheet: Sheet, texts: Mapping[Place, str], frame: Frame) -> dict[Place, WorkedOut]:
    """What the formulas of a table say, and where all of its cells stand, if there is any formula."""
    formulas = [cell.formula for cell in sheet.cells.values()]
    if formulas.count(None) == len(formulas):
        return {}
    held = _within_frame(texts, frame)
    out: dict[Place, WorkedOut] = {}
    operands = 0
    for place in held:
        cell = sheet.cells[place]
        if cell.formula is None or operands > _MOST_OPERANDS:
            continue
        told = worked_out(place, cell.formula, texts, "%" in cell.look.form)
        if told is not None:
            out[place] = told
            operands += len(told.parts) + len(told.whole)
    return {place: out.get(place) or WorkedOut(place) for place in held} if out else {}


def _grid_cells(sheet: Sheet, texts: Mapping[Place, str], frame: Frame) -> tuple[GridCell, ...]:
    """Every cell of the frame, row by row; each position belongs to exactly one."""
    joined, taken = joined_cells(sheet, texts, frame)
    told = _worked_out(sheet, texts, frame)
    top, left, stored_at = frame.top, frame.left, sheet.cells
    if not taken and not told:
        return _plain_cells(sheet, texts, frame)
    out: list[GridCell] = []
    for row in range(top, frame.bottom + 1):
        for col in range(left, frame.right + 1):
            place = row, col
            if taken and place in taken and place not in joined:
                continue
            stored = stored_at.get(place)
            number = stored.number if stored is not None else None
            if place in joined:
                cell = joined[place]
                made = _cell_at(_EMPTY, row - top, col - left, cell.text, number if cell.plain else None)
                made = changed(made, row_span=cell.row_span, col_span=cell.col_span)
            else:
                made = _cell_at(_EMPTY, row - top, col - left, texts.get(place, ""), number)
            if told and (says := told.get(place)):
                made = changed(made, worked_out=says)
            out.append(made if made.stored is not None else without_mark(made))
    return tuple(out)


def _plain_cells(sheet: Sheet, texts: Mapping[Place, str], frame: Frame) -> tuple[GridCell, ...]:
    """The same where no cell spans others and no formula says anything, as in most large sheets."""
    top, left, stored_at = frame.top, frame.left, sheet.cells
    out: list[GridCell] = []
    places = list(product(range(top, frame.bottom + 1), range(left, frame.right + 1)))
    if len(texts) == len(stored_at) and places == list(texts):  # a sheet that is its table, without a hole
        shown, numbers = list(texts.values()), [cell.number for cell in stored_at.values()]
    else:
        shown = [texts.get(place, "") for place in places]
        numbers = [None if (cell := stored_at.get(place)) is None else cell.number for place in places]
    for (row, col), text, number in zip(places, shown, numbers):
        made = _cell_at(_EMPTY, row - top, col - left, text, number)
        out.append(without_mark(made) if number is None else made)
    return tuple(out)


_EMPTY = GridCell(0, 0, "", engine=ENGINE)
_cell_at: Callable[[GridCell, int, int, str, Decimal | None], GridCell] = copier(
    GridCell, "row", "col", "text", "stored"
)


def _hidden_notes(sheet: Sheet, frame: Frame) -> tuple[str, ...]:
    rows = [str(r + 1) for r in sorted(sheet.hidden_rows) if frame.top <= r <= frame.bottom]
    cols = [column_name(c) for c in sorted(sheet.hidden_cols) if frame.left <= c <= frame.right]
    notes = []
    if rows:
        notes.append(f"Bảng có {len(rows)} dòng ẩn trong trang tính (dòng {_listed(rows)}); vẫn được đọc.")
    if cols:
        notes.append(f"Bảng có {len(cols)} cột ẩn trong trang tính (cột {_listed(cols)}); vẫn được đọc.")
    return tuple(notes)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
