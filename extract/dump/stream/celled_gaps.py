"""Tables parted in a dump that writes a cell a line: its rows are laid on lines to be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.cells.laid import laid_rows
from extract.dump.cells.lines import cell_lines, numbering_runs
from extract.dump.lines import SourceLine
from extract.dump.stream.gaps import parted_at_gaps
from extract.dump.tokens import kind_of, tokenize
from normalize.ordinals import Ordinal, read_ordinal, succession_cost

_NEXT = 0.3  # nats of a number that goes on after another
_FIRST = (1,)


def parted_between_rows(piece: Sequence[SourceLine], paged: bool) -> list[list[SourceLine]]:
    """The lines parted where another table's header stands between two rows, on lines or a cell a line.

    `paged` says that the dump has marks of its pages."""
    if cell_lines(piece) is None:
        return parted_at_gaps(piece)
    rows = _rows(piece)
    laid = [_as_line([piece[i] for i in row]) for row in rows]
    starts = {line.number: row[0] for line, row in zip(laid, rows, strict=True)}
    cells = frozenset(line.number for line, row in zip(laid, rows, strict=True) if len(row) == 1)
    parted = parted_at_gaps(laid, paged=paged, celled=True, cells=cells)
    told = laid_rows(piece)
    within = range(told.first + 1, told.last + 1) if told else range(0)  # whose numbers run on
    cuts = [starts[part[0].number] for part in parted[1:] if part[0].number not in within]
    return [list(piece[a:b]) for a, b in zip([0, *cuts], [*cuts, len(piece)], strict=True)]


def _rows(piece: Sequence[SourceLine]) -> list[list[int]]:
    """The lines by rows: figures go with the words above them; a lone number that counts on goes with the
    words below it."""
    rows: list[list[int]] = []
    last: Ordinal | None = None
    marks = {k: run for run in numbering_runs([tokenize(line.text) for line in piece]) for k in range(*run)}
    for i, line in enumerate(piece):
        number = _number(piece, i)
        if line.blank or (i in marks and i != marks[i][0]):
            continue
        if i in marks:
            rows.append([k for k in range(*marks[i]) if not piece[k].blank])
        elif number and (number.value == _FIRST or (last and succession_cost(last, number) <= _NEXT)):
            last = number
            rows.append([i])
        elif rows and (_is_figures(line) or rows[-1] == [_numbered(piece, rows[-1])]):
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _numbered(piece: Sequence[SourceLine], row: Sequence[int]) -> int | None:
    """The line of a row's number that has no words yet."""
    return row[0] if len(row) == 1 and _number(piece, row[0]) else None


def _number(piece: Sequence[SourceLine], i: int) -> Ordinal | None:
    """The row number that a line is with words below it."""
    text = piece[i].text.strip()
    below = next((line for line in piece[i + 1 :] if not line.blank), None)
    if below is None or _is_figures(below) or len(text.split()) != 1:
        return None
    ordinal = read_ordinal(text)
    return ordinal if ordinal is not None and ordinal.kind == "number" else None


def _is_figures(line: SourceLine) -> bool:
    return all(kind_of(word) in ("figure", "dash", "mark") for word in line.text.split())


def _as_line(lines: Sequence[SourceLine]) -> SourceLine:
    """Lines as one, with the number of the first."""
    text, key = (" ".join(texts) for texts in zip(*((x.text.strip(), x.key.strip()) for x in lines)))
    return replace(lines[0], text=text, key=key)
