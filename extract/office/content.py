"""What a word processor's file says, before its fonts are decoded: paragraphs of runs, tables, in order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one font ('' when the file names none). Line breaks are `\\n`, tabs `\\t`."""

    text: str
    font: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its number as printed among its runs. `centred` as it is set on the page."""

    runs: tuple[Run, ...] = ()
    centred: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all that is printed is bold."""
        shown = [run for run in self.runs if run.text.strip()]
        return bool(shown) and all(run.bold for run in shown)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at its first row and column (from 0), with what stands in it. `ruled` says whether the file
    draws a line at it."""

    row: int
    col: int
    row_span: int
    col_span: int
    blocks: tuple[Paragraph | OfficeTable, ...] = ()
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """A table; every position belongs to one cell. `edges` are the n_cols + 1 column borders in points
    from the table's left side, () where the file does not say. `header_rows` are those the file itself
    repeats on every page (0: it names none)."""

    n_rows: int
    n_cols: int
    cells: tuple[TableCell, ...]
    edges: tuple[float, ...] = ()
    header_rows: int = 0


Block = Paragraph | OfficeTable


@dataclass(frozen=True, slots=True)
class TextBody:
    """A whole text. `header` and `footer` are what is printed at the edges of its pages, each once; `notes`
    its footnotes and endnotes; `remarks` facts for a reviewer, in plain Vietnamese, `losses` those that say
    what is printed and was not read."""

    blocks: tuple[Block, ...]
    header: tuple[Paragraph, ...] = ()
    footer: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    losses: tuple[str, ...] = field(default=())
