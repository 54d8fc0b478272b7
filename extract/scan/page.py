"""The journey of one scanned page, from its picture to lines and grids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import fsum
from statistics import fmean
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from extract.raster import Raster
from extract.scan.blotted import read_blotted
from extract.scan.cells import CellInk, cut, read_cells
from extract.scan.crossed import doubted_where_crossed, hidden_cells
from extract.scan.inked import bounds_of, cell_bounds, holds_print, inked_cells
from extract.scan.lattices import finer_columns, finer_rows, upright_segments
from extract.scan.legible import LEGIBLE, legible_share
from extract.scan.lines.running_text import PlacedWord, read_prose, running_lines
from extract.scan.lines.words import read_words
from extract.scan.lost_sides import with_lost_sides
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.rules import paper_of
from extract.scan.prepare.shade_edges import cuts_print, screen_edges, shade_edges
from extract.scan.prepare.shades import Bounds, with_shades_of, without_shades
from extract.scan.prepare.sheet import Prepared, greyed, prepare
from extract.scan.readers.engine import OcrWord
from extract.scan.readings import EMPTY, CellReading, Readers, printed_lines
from extract.scan.unread_tables import doubts_of
from extract.tables.assign import place_words
from extract.tables.borderless import find_borderless
from extract.tables.broken_tokens import room_beside
from extract.tables.lattice import Lattice, LatticeCell, find_lattices
from extract.tables.row_below import rows_below, with_rows
from extract.tables.row_ruled import bands_between
from extract.tables.ruled_head import with_ruled_heads
from extract.tables.streaks_between import without_streaks
from model.copies import changed
from model.geometry import Box, Segment
from model.page import Grid, GridCell, GridKind, PageContent, TextLine, Word

RULE_TOLERANCE = 3.0
"""Points within which two pieces of rule are one on a scan (bent sheets, double rules)."""

TERRIBLE, TERRIBLE_LINES = 0.6, 0.88
"""Page confidence below which the page is tried the other way up, when the engine read it and when the line
reader did. Measured on the project's own scans: the engine gives 0.45 to 0.51 to pages on their head and 0.8
and more to others; the line reader, on 42 pages, 0.42 to 0.86 and 0.96 and more."""

FEWEST_LETTERS = 40
"""Letters a page must give before how badly they were read says anything of the way it lies."""

MOST_COLUMNS = 25
"""Columns of a table from which it may be one of as many rows, read sideways. The widest of 21 made-up and
real reports has 19, over a header of four rows."""

NEAR_RULE, NEAR_SCREEN, RULED_SHARE = 0.7, 1.3, 0.5
"""Letter heights within which a rule is the edge of a shade itself, and of a screen, whose end is less sharp;
the share of the table's width that it must cover."""

EM_HIGH = 1.5
"""Letter heights of a type size, as read ink has it: 1.45 to 1.6 in the fonts of reports."""

NO_ROOM: Mapping[int, tuple[float, ...]] = MappingProxyType({})

DARKEST_PAPER = 165
"""Grey of the middle of a page from which it is paper; a page that is darker and gave no print is a desk, a
floor or a wall. Yellowed and shadowed sheets have 180 and more."""

LEAST_INK = 0.0002
"""Share of ink below which a page is blank."""

NOTHING_KNOWN: Mapping[Box, list[OcrWord]] = MappingProxyType({})
"""No cell's words."""

QUARTER_TURN = 90
THREE_QUARTERS = 270
HALF_TURN = 180
DIGITS_KEPT = 4  # of a confidence


def read_scanned_page(
    picture_of: Callable[[], Raster],
    number: int,
    readers: Readers,
    keep: Callable[[str, NDArray[np.uint8]], None],
) -> PageContent:
    """One scanned page, read once. `picture_of` makes the page's picture, which is let go as soon as the
    page is grey; `number` counts from 1; `keep` gets the picture of each step."""
    sheet = greyed(picture_of())
    dark = paper_of(sheet.picture) < DARKEST_PAPER
    page = read_prepared(prepare(sheet, readers, keep), number, readers)
    if dark and not page.blocks:
        return replace(page, confidence=0.0)
    illegible = gave_no_print(page)
    for further in ways_to_try(page, readers):
        if further != HALF_TURN and illegible and not gave_no_print(page):
            break
        turned_page = prepare(greyed(picture_of()), readers, keep, further)
        tried = read_prepared(turned_page, number, readers)
        if illegible and letters_of(tried) < FEWEST_LETTERS:
            continue  # strokes of a desk or of a blurred photo pass for a letter or two some way round
        page = max(page, tried, key=lambda way: way.confidence)
    return page


def ways_to_try(page: PageContent, readers: Readers) -> tuple[int, ...]:
    """The further turns, degrees, in which a page is read again to see whether it reads better: on its head
    where it was read terribly, to both sides where rows were taken for columns, and all ways where ink gave
    no print at all: the few rows of a table's last page hardly tell which way it lies."""
    if gave_no_print(page):
        return (HALF_TURN, QUARTER_TURN, THREE_QUARTERS)
    if letters_of(page) < FEWEST_LETTERS:
        return ()
    if any(grid.n_cols >= MOST_COLUMNS and grid.n_cols > 2 * grid.n_rows for grid in page.grids):
        return (QUARTER_TURN, THREE_QUARTERS)
    terrible = TERRIBLE if readers.lines is None else TERRIBLE_LINES
    return (HALF_TURN,) if page.confidence < terrible else ()


def gave_no_print(page: PageContent) -> bool:
    """Whether a page has ink of which nothing could be read; a blank one's confidence is 1."""
    return not page.blocks and page.confidence < 1


def letters_of(page: PageContent) -> int:
    """How many letters were read from a page."""
    cells = sum(len(cell.text) for grid in page.grids for cell in grid.cells)
    return cells + sum(len(line.text) for line in page.lines)


def read_prepared(prepared: Prepared, number: int, readers: Readers) -> PageContent:
    """The page of a picture made readable."""
    if np.count_nonzero(prepared.ink) < LEAST_INK * prepared.ink.size:
        return page_of((), 1.0, prepared, number)
    if not prepared.sheet.print_found and readers.lines is not None:
        share = legible_share(prepared, readers)
        if share < LEGIBLE:
            return page_of((), round(share, DIGITS_KEPT), prepared, number)
    segments = upright_segments(prepared)
    lattices = find_lattices(segments, RULE_TOLERANCE)
    edges = edges_of_shades(lattices, segments, prepared)
    if edges:
        segments += edges
        lattices = find_lattices(segments, RULE_TOLERANCE)
    prepared = without_shades(prepared, shadable(lattices, segments, prepared))
    ruled, grids = [], []
    for lattice in [lattice for lattice in lattices if holds_print(lattice, prepared)]:
        lattice, grid = read_ruled(lattice, prepared, readers, number)
        ruled.append(lattice)
        grids.append(grid)
    prose = read_prose(prepared, ruled, readers)
    free = [w for w, _ in prose.pieces]
    for k, lattice in enumerate(ruled):
        below = rows_below(lattice, grids[k], free)
        if below is not None:
            grids[k] = with_rows(grids[k], read_open(below, prose.pieces, prepared, readers, number))
            ruled[k] = replace(lattice, box=Box.union((lattice.box, below.box)))
    open_tables = find_borderless(free, segments, [t.box for t in ruled])
    grids += [read_open(lattice, prose.pieces, prepared, readers, number) for lattice in open_tables]
    lines = running_lines(prose.words, [t.box for t in (*ruled, *open_tables)], number)
    blocks = in_reading_order(with_ruled_heads(grids), lines)
    stored = on_stored_page(blocks, prepared.sheet.frame)
    page = page_of(stored, page_confidence(blocks) if blocks else 1.0, prepared, number)
    tables = [t.box for t in (*ruled, *open_tables)]
    doubts = doubts_of(segments, tables, free, lines, has_tables=bool(grids), framed=bool(lattices))
    return replace(page, doubts=doubts) if doubts else page


def shadable(lattices: Sequence[Lattice], segments: Sequence[Segment], prepared: Prepared) -> list[Bounds]:
    """What may be shaded, in pixels of the upright page: cells, and bands between rules that none cross."""
    frame = prepared.sheet.frame
    em = EM_HIGH * prepared.sheet.letter * frame.upright_scale
    free = (s for s in segments if not any(t.box.contains_point((s.x0 + s.x1) / 2, s.y0) for t in lattices))
    bands = (bounds_of(box, frame) for box in bands_between(list(free), em))
    return [*cell_bounds(lattices, frame), *bands]


def edges_of_shades(
    lattices: Sequence[Lattice], segments: Sequence[Segment], prepared: Prepared
) -> list[Segment]:
    """Borders of rows, in points of the upright page, where the background of a table changes its tone over
    its whole width, no print stands and no rule was found."""
    sheet = prepared.sheet
    scale, found = sheet.frame.upright_scale, []
    for lattice in lattices:
        box = lattice.box
        x0, y0, x1, y1 = (round(v) for v in sheet.frame.pixels(box))
        seen = ((x0, y0, x1, y1), sheet.letter, float(sheet.paper - sheet.ink))
        edges = [((edge, edge), NEAR_RULE) for edge in shade_edges(sheet.picture, *seen)]
        if sheet.screens is not None:
            edges += [(ends, NEAR_SCREEN) for ends in screen_edges(sheet.screens, sheet.picture, *seen)]
        for (end, edge), reach in edges:
            y, near = edge * scale, reach * sheet.letter * scale
            first, last = sorted((end * scale, y))
            lying = (s for s in segments if s.horizontal and first - near < (s.y0 + s.y1) / 2 < last + near)
            ruled = fsum(max(0.0, min(s.x1, box.x1) - max(s.x0, box.x0)) for s in lying)
            inside = box.y0 + near < y < box.y1 - near and ruled < RULED_SHARE * box.width
            if inside and not cuts_print(prepared.ink, edge, (x0, x1), sheet.letter):
                found.append(Segment(box.x0, y, box.x1, y))
    return found


def read_ruled(lattice: Lattice, prepared: Prepared, readers: Readers, number: int) -> tuple[Lattice, Grid]:
    """A ruled table: its cells cut out, read in one pass, figures and weak cells read again. Where rules
    lack, or break over a cell, cells are cut by the print; the lattice is given back as read."""
    sheet = prepared.sheet
    lattice = with_lost_sides(lattice, prepared.ink, sheet.frame, sheet.letter)
    found, words = read_lattice(lattice, prepared, readers)
    columns = finer_columns(lattice, words, prepared)
    finer = finer_rows(columns, words, prepared)
    if finer.cells != lattice.cells:
        bare = with_shades_of(prepared, cell_bounds([finer], sheet.frame))
        if bare is not prepared:  # of a header that had been a part of a taller cell
            words = read_lattice(finer, bare, readers)[1]
            finer = finer_rows(columns, words, bare)
            prepared = with_shades_of(bare, cell_bounds([finer], sheet.frame))
            sheet, found = prepared.sheet, {}
        known = {lattice.cells[k].box: own for k, own in zip(found, words, strict=True)} if found else {}
        lattice = finer
        found, words = read_lattice(lattice, prepared, readers, known)
    inks = list(found.values())
    readings = read_cells(sheet.picture, inks, words, readers, sheet.letter)
    readings = doubted_where_crossed(readings, [ink.bounds for ink in inks], prepared.rules.lines)
    room = {i: room_of(own, lattice.cells[i], sheet.frame) for i, own in zip(found, words, strict=True)}
    own = dict(zip(found, readings, strict=True))
    prints = {k: (own[k], ink.bounds) for k, ink in found.items()}
    hidden = hidden_cells(lattice, prints, prepared.rules, sheet)
    return lattice, without_streaks(as_grid(lattice, own | hidden, number, "ruled", room))


def room_of(words: Sequence[OcrWord], cell: LatticeCell, frame: Frame) -> tuple[float, ...]:
    """The white beside each line of a cell's words, in letters; see `GridCell.room`."""
    x0, _, x1, _ = frame.pixels(cell.box)
    lines = [
        (min(w.x0 for w in line), max(w.x1 for w in line), sum(len(w.text) + 1 for w in line) - 1)
        for line in printed_lines(words)
    ]
    return room_beside(lines, x1 - x0)


def read_lattice(
    lattice: Lattice, prepared: Prepared, readers: Readers, known: Mapping[Box, list[OcrWord]] = NOTHING_KNOWN
) -> tuple[dict[int, CellInk], list[list[OcrWord]]]:
    """The inked cells of a lattice by their place, and the words of each; those of cells `known` already are
    not read again."""
    found = inked_cells(lattice, prepared)
    new = [k for k in found if lattice.cells[k].box not in known]
    pieces = [cut(prepared.sheet.picture, found[k].bounds) for k in new]
    read = dict(zip(new, read_words(pieces, prepared.sheet, readers), strict=True))
    boxes = {k: bounds_of(lattice.cells[k].box, prepared.sheet.frame) for k in new}
    blotted = read_blotted({k: (boxes[k], found[k].bounds, read[k]) for k in new}, prepared, readers)
    read |= blotted
    found |= {k: replace(found[k], voted=True) for k in blotted}
    return found, [read[k] if k in read else known[lattice.cells[k].box] for k in found]


def as_grid(
    lattice: Lattice,
    readings: dict[int, CellReading],
    number: int,
    kind: GridKind,
    room: Mapping[int, tuple[float, ...]] = NO_ROOM,
) -> Grid:
    """The grid of a lattice with its cells' readings (boxes still in the upright frame) and, by the same
    places, the room beside their lines."""
    cells = []
    for index, cell in enumerate(lattice.cells):
        r = readings.get(index, EMPTY)
        cells.append(
            GridCell(
                cell.row, cell.col, r.text, cell.row_span, cell.col_span, cell.box,
                round(r.confidence, DIGITS_KEPT), r.alternatives, r.doubtful, r.engine,
                room=room.get(index, ()),
            )
        )  # fmt: skip
    sure = [r.confidence for r in readings.values()]
    return Grid(
        number, kind, lattice.n_rows, lattice.n_cols, tuple(cells), lattice.box, lattice.col_edges,
        round(fmean(sure), DIGITS_KEPT) if sure else 1.0, doubt=lattice.doubt,
    )  # fmt: skip


def read_open(
    lattice: Lattice, words: Sequence[PlacedWord], prepared: Prepared, readers: Readers, number: int
) -> Grid:
    """A table without rules: its words are read already, its figures and weak cells are read again."""
    whole = {id(word): ocr for word, ocr in words}
    boxes = place_words(lattice, [word for word, _ in words])
    scale = prepared.sheet.frame.upright_scale
    cells, texts, places = [], [], []
    for index, (cell, found) in enumerate(zip(lattice.cells, boxes, strict=True)):
        if not found:
            continue
        box = Box.union(word.box for word in found)
        bounds = (round(box.x0 / scale), round(box.y0 / scale), round(box.x1 / scale), round(box.y1 / scale))
        cells.append(CellInk(cell.row, cell.col, bounds))
        texts.append([whole.get(id(word)) or _piece_of(word, scale) for word in found])
        places.append(index)
    readings = read_cells(prepared.sheet.picture, cells, texts, readers, prepared.sheet.letter)
    readings = doubted_where_crossed(readings, [ink.bounds for ink in cells], prepared.rules.lines)
    frame = prepared.sheet.frame
    room = {i: room_of(own, lattice.cells[i], frame) for i, own in zip(places, texts, strict=True)}
    return as_grid(lattice, dict(zip(places, readings, strict=True)), number, "borderless", room)


def _piece_of(word: Word, scale: float) -> OcrWord:
    """A word cut at a border, as read: a line of its own by its height on the page."""
    box = word.box
    middle = round((box.y0 + box.y1) / 2)
    return OcrWord(
        word.text,
        box.x0 / scale,
        box.y0 / scale,
        box.x1 / scale,
        box.y1 / scale,
        word.confidence,
        (0, 0, middle),
    )


def in_reading_order(grids: Sequence[Grid], lines: Sequence[TextLine]) -> list[TextLine | Grid]:
    """Lines as they came, each grid before the first line that begins below its top."""
    blocks: list[TextLine | Grid] = []
    waiting = sorted(grids, key=lambda g: (g.box.y0, g.box.x0) if g.box else (0.0, 0.0))
    for line in lines:
        while waiting and waiting[0].box and line.box and waiting[0].box.y0 < line.box.center[1]:
            blocks.append(waiting.pop(0))
        blocks.append(line)
    return [*blocks, *waiting]


def on_stored_page(blocks: Sequence[TextLine | Grid], frame: Frame) -> tuple[TextLine | Grid, ...]:
    """The blocks with lines numbered and boxes brought to the page as stored. A grid's column edges stay
    in the upright frame, in which columns of neighbouring pages can be compared."""
    out: list[TextLine | Grid] = []
    count = 0
    for block in blocks:
        if isinstance(block, Grid):
            cells = tuple(changed(c, box=frame.page_box_of(c.box) if c.box else None) for c in block.cells)
            out.append(replace(block, cells=cells, box=frame.page_box_of(block.box) if block.box else None))
            continue
        count += 1
        words = tuple(changed(w, box=frame.page_box_of(w.box)) for w in block.words)
        box = frame.page_box_of(block.box) if block.box else None
        out.append(replace(block, number=count, words=words, box=box))
    return tuple(out)


def page_confidence(blocks: Sequence[TextLine | Grid]) -> float:
    """How well the page could be read, 0..1: the mean confidence of its letters."""
    weight = total = 0.0
    for block in blocks:
        cells = (
            [(c.text, c.confidence) for c in block.cells]
            if isinstance(block, Grid)
            else [(block.text, block.confidence)]
        )
        for text, confidence in cells:
            weight += len(text)
            total += len(text) * confidence
    return round(total / weight, DIGITS_KEPT) if weight else 0.0


def page_of(
    blocks: tuple[TextLine | Grid, ...], confidence: float, prepared: Prepared, number: int
) -> PageContent:
    """The record of a page read by OCR."""
    sheet = prepared.sheet
    return PageContent(
        number,
        sheet.page_width,
        sheet.page_height,
        "ocr",
        blocks,
        confidence,
        sheet.rotation,
        sheet.steps,
        dpi=round(sheet.scanned_dpi, 1),
    )
