"""A table on its way to becoming a grid: texts in rows and columns, spans, doubts, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from extract.dump.lines import SourceLine
from model.page import Grid, GridCell, Reading


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that covers `height` rows and `width` columns from (`row`, `col`)."""

    row: int
    col: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class TornHead:
    """A header whose cells could not be told apart: its lines, and the marks of its row of column numbers by
    column (() where it has none)."""

    lines: tuple[SourceLine, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Rows of texts, as wide as each other, with the file lines (first, last) they were taken from.

    `doubtful` names positions that were guessed; `others` further readings of a position's text; `dropped`
    texts left out on purpose, each told in a note; `doubts` say why the layout as a whole is not to be
    trusted, as `Grid.doubts`. `surely` says how sure a position is that is not as sure as the others; `torn`
    is the header where its cells could not be told apart. `own` are the lines of a table between whose lines
    those of others stand."""

    rows: tuple[tuple[str, ...], ...]
    first_line: int
    last_line: int
    pages: tuple[int, ...]
    header_rows: int | None = None
    spans: tuple[Span, ...] = ()
    doubtful: frozenset[tuple[int, int]] = frozenset()
    others: dict[tuple[int, int], tuple[Reading, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    title: str = ""
    confidence: float = 1.0
    surely: dict[tuple[int, int], float] = field(default_factory=dict)
    torn: TornHead | None = None
    own: frozenset[int] = frozenset()

    @property
    def n_cols(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def lines(self) -> Set[int]:
        """The numbers of the lines that it was taken from."""
        return self.own or frozenset(range(self.first_line, self.last_line + 1))


# Below this a cell's place in its row was guessed; the share of guesses that proved right on the dumps at
# hand lies between 0.6 and 0.8.
DOUBTFUL_CONFIDENCE = 0.6


def square(rows: Iterable[Sequence[str]], width: int = 0) -> tuple[tuple[str, ...], ...]:
    """The rows padded with empty texts to the same width."""
    listed = [tuple(row) for row in rows]
    width = max([width, *(len(row) for row in listed)])
    return tuple(row + ("",) * (width - len(row)) for row in listed)


def to_grid(draft: Draft) -> Grid:
    """The grid of a draft; each spanned position belongs to the one cell at the span's top left."""
    covered: dict[tuple[int, int], Span] = {}
    for span in draft.spans:
        for row in range(span.row, span.row + span.height):
            for col in range(span.col, span.col + span.width):
                covered.setdefault((row, col), span)
    cells = []
    for r, texts in enumerate(draft.rows):
        for c, text in enumerate(texts):
            span = covered.get((r, c), Span(r, c, 1, 1))
            if (span.row, span.col) != (r, c):
                continue
            doubtful = (r, c) in draft.doubtful
            cells.append(
                GridCell(
                    row=r,
                    col=c,
                    text=text,
                    row_span=span.height,
                    col_span=span.width,
                    confidence=draft.surely.get(
                        (r, c), DOUBTFUL_CONFIDENCE if doubtful else draft.confidence
                    ),
                    alternatives=draft.others.get((r, c), ()),
                    doubtful=doubtful,
                    engine="text",
                )
            )
    return Grid(
        page=draft.pages[0] if draft.pages else 1,
        kind="text",
        n_rows=len(draft.rows),
        n_cols=draft.n_cols,
        cells=tuple(cells),
        confidence=draft.confidence,
        notes=draft.notes,
        doubts=draft.doubts,
        row_pages=draft.pages,
        title=draft.title,
        header_rows=draft.header_rows,
    )
