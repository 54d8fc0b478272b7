"""What a page says before anybody has understood it: words, lines of text, grids of cells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.copies import quick
from model.geometry import Box

PageSource = Literal["text-layer", "ocr", "text", "office"]
GridKind = Literal["ruled", "borderless", "text"]

RESTORED = "heading"
"""The engine of a reading that is no reading: a heading that was put together from what is known of
headings."""


@quick
@dataclass(frozen=True, slots=True)
class Reading:
    """One way a cell or word may be read.

    `cost` is a negative natural log-likelihood relative to the reading that was chosen: 0 for that one,
    larger for the less likely; `engine` names who said so (`numbers`, `tesseract-vie`, `tesseract-eng`,
    `text-layer`, `text`, or a repair step).
    """

    text: str
    cost: float
    engine: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place. `confidence` (0..1) is the engine's own; 1.0 for a text layer."""

    text: str
    box: Box
    confidence: float = 1.0
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False


@quick
@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of running text. `number` counts from 1: on its page, or in the file for text inputs.
    `heading` says that the file itself sets the line apart as titles are (bold or centred throughout)."""

    text: str
    page: int
    number: int
    box: Box | None = None
    words: tuple[Word, ...] = ()
    confidence: float = 1.0
    heading: bool = False


Place = tuple[int, int]
"""Row and column of a cell in its workbook's sheet, from 0."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What a workbook says of a cell `at` a place of its sheet: that it is `scale` times the sum of `parts`,
    by the sum of `whole` where there are some; places with their signs. Without parts it says where the cell
    stands only."""

    at: Place
    parts: tuple[tuple[Place, int], ...] = ()
    whole: tuple[tuple[Place, int], ...] = ()
    scale: Decimal = Decimal(1)


@quick
@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid as read, anchored at its first row and column (from 0).

    `text` has one blank between words and `\\n` between printed lines. `alternatives` are other readings
    of the same ink, dearest last, without the chosen one. `doubtful` says that the readers disagreed or
    were unsure; a weak reading keeps its text. `stored` is the number that a workbook keeps for the cell,
    rounded and scaled as it is shown; None where the file holds only what is printed. `worked_out` is what
    its formula says, where the sheet has any. `room` is the white beside each printed line within the cell's
    borders, in letters of that line; empty where it is unknown.
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    box: Box | None = None
    confidence: float = 1.0
    alternatives: tuple[Reading, ...] = ()
    doubtful: bool = False
    engine: str = ""
    stored: Decimal | None = None
    room: tuple[float, ...] = ()
    worked_out: WorkedOut | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table region on one page (or in one text dump), cells placed but not understood.

    Every position of `n_rows` x `n_cols` belongs to exactly one cell; empty cells are kept.
    `column_edges` are the n_cols + 1 x-coordinates of the column borders in points (empty for text).
    `notes` are facts for a `structure` flag, in plain Vietnamese (what was guessed, what did not fit).
    `doubts` say, in plain Vietnamese, why the layout is not to be trusted: each is a flag of severity
    `warning` on the whole table.
    `row_pages` gives each row's page where a text dump's table runs over form feeds; else empty.
    `doubt` (0..1) says how likely it is that some border was drawn wrongly or missed: 0 for rules that all
    meet, nearer 1 the more of them had to be guessed.
    """

    page: int
    kind: GridKind
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    box: Box | None = None
    column_edges: tuple[float, ...] = ()
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    row_pages: tuple[int, ...] = ()
    title: str = ""
    header_rows: int | None = None
    doubt: float = 0.0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything read from one page, in reading order.

    `number` counts from 1. `rotation` is how far the page was turned clockwise (0, 90, 180, 270) to be
    read. `confidence` (0..1) is how well the page as a whole could be read. `steps` names what was done
    to its picture. `dpi` is the resolution of a scan as stored (0 where there is no picture); `warnings` is
    what must be known of the page beside its text (what a decoder said, ink that gave no text). `failure`
    says why the page could not be read at all: it then has no blocks. `doubts` are facts about it, in plain
    Vietnamese, that somebody must look at; `losses` such facts by which figures may be missing or wrong
    (hidden text, damaged content, a picture nobody could read).
    """

    number: int
    width: float
    height: float
    source: PageSource
    blocks: tuple[TextLine | Grid, ...]
    confidence: float = 1.0
    rotation: int = 0
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dpi: float = 0.0
    warnings: tuple[str, ...] = ()
    failure: str = ""
    doubts: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[TextLine, ...]:
        return tuple(b for b in self.blocks if isinstance(b, TextLine))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Grid))
