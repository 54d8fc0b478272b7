"""Cells of spreadsheets that hold line breaks, written between quotation marks (RFC 4180, section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine

# A cell goes on over so many lines at most; a mark that is not closed by then is one of the text.
_MOST_LINES = 40


def with_quoted_breaks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, those of one quoted cell joined to one by blanks, and the marks round cells taken off.

    Without a cell that goes on over lines the marks are the text's own, and nothing changes.
    """
    out: list[SourceLine] = []
    joined = False
    i = 0
    while i < len(lines):
        end = _closes(lines, i)
        out.append(_as_one(lines[i : end + 1]) if end > i else lines[i])
        joined = joined or end > i
        i = end + 1
    return [_without_marks(line) if "\t" in line.text else line for line in out] if joined else list(lines)


def _closes(lines: Sequence[SourceLine], i: int) -> int:
    """The index of the line where the quoted cell that line `i` leaves open closes; `i` for none."""
    if "\t" not in lines[i].text or not _leaves_open(lines[i].text):
        return i
    text = lines[i].text
    for k in range(i + 1, min(len(lines), i + _MOST_LINES)):
        if lines[k].page != lines[i].page:
            return i
        text += "\n" + lines[k].text
        if not _leaves_open(text):
            return k
    return i


def _leaves_open(text: str) -> bool:
    """Whether the last cell begins with a quotation mark that nothing closes: marks of a text are doubled."""
    last = text.rsplit("\t", 1)[-1]
    return last.startswith('"') and last.count('"') % 2 == 1


def _as_one(lines: Sequence[SourceLine]) -> SourceLine:
    return replace(
        lines[0],
        text=" ".join(line.text for line in lines),
        key=" ".join(line.key for line in lines),
        more=lines[-1].number - lines[0].number,
    )


def _without_marks(line: SourceLine) -> SourceLine:
    cells = line.text.split("\t")
    return replace(line, text="\t".join(_bare(cell) for cell in cells))


def _bare(cell: str) -> str:
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if quoted else cell
