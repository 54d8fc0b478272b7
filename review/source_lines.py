"""The lines of a source without pages round what was flagged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from extract.kinds import kind_of_name
from model.document import Document
from normalize.unicode import fold
from review.folder import FlagRow
from review.targets import cell_at
from review.trial import table_of

_WORD = re.compile(r"\w+")
_TOGETHER = 6  # lines over which a cell or a row of a dump is written, as a rule
_BEGINNING = 3  # rows by which a table is found


def lines_round(
    document: Document, flag: FlagRow, source: Path | None, around: int
) -> list[tuple[int, str, bool]]:
    """Lines `around` each way of what was flagged with their numbers, the one that holds it marked; [] when
    it is not found. Of a text file (`source`; None: it is gone) its own lines, of an office file its running
    text."""
    _, cell = cell_at(document, flag.table_id, flag.row, flag.col)
    kind = kind_of_name(document.source.path)
    lines = [line.text for line in document.running]
    wanted, label = (cell.raw if cell else "") or flag.found, _label(document, flag)
    if kind is not None and kind.kind == "text":
        try:
            lines = source.read_text("utf-8", errors="replace").splitlines() if source else []
        except OSError:
            return []
    elif flag.table_id:
        wanted, label = f"[{flag.table_id}]", ""
    at = _line_of(lines, wanted, label, _said_round(document, flag))
    if at is None:
        return []
    first, last = max(0, at - around), min(len(lines), at + around)
    return [(n + 1, lines[n], n == at) for n in range(first, last)]


def _line_of(lines: Sequence[str], wanted: str, label: str, said_round: str) -> int | None:
    """The line that says what is wanted: with its row's words, else the one nearest to where most of its row
    stands; where it is said nowhere the line where most of its words, or of its row, stand together."""
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    hits = [n for n, line in enumerate(lines) if wanted and whole.search(line)]
    beside = [n for n in hits if label and label in lines[n]]
    if beside:
        return beside[0]
    row = _likeliest(lines, said_round)
    if hits:
        return hits[0] if row is None else min(hits, key=lambda n: (abs(n - row), n))
    return _likeliest(lines, f"{wanted} {label}", row)


def _likeliest(lines: Sequence[str], wanted: str, otherwise: int | None = None) -> int | None:
    """Where most of some words stand together: the first line of them that says one, of several such places
    the closest, then the first; `otherwise` where half of the words are nowhere together. A cell may be
    written over several lines, or a row with each cell on its own."""
    words = set(_WORD.findall(fold(wanted)))
    said = [words & set(_WORD.findall(fold(line))) for line in lines]
    best, best_told = otherwise, ((len(words) + 1) // 2 - 1, 0)
    for n in range(len(lines)):
        together = len(set[str]().union(*said[n : n + _TOGETHER])) if said[n] else 0
        if together < best_told[0]:
            continue
        over = next(k for k in range(1, _TOGETHER + 1) if len(set[str]().union(*said[n : n + k])) == together)
        if (together, -over) > best_told and together:
            best, best_told = n, (together, -over)
    return best


def _said_round(document: Document, flag: FlagRow) -> str:
    """What the flagged row says, or the beginning of the flagged table."""
    tables = {t.table_id: t for t in document.tables}
    table = tables.get(flag.table_id)
    if table is None:
        return ""
    inside = flag.row is not None and 0 <= flag.row < table.n_rows
    rows = [table.rows[flag.row]] if inside and flag.row is not None else table.rows[:_BEGINNING]
    return " ".join([*([] if inside else [table.title]), *(c.raw for row in rows for c in row)])


def _label(document: Document, flag: FlagRow) -> str:
    """The words of the flagged cell's row, by which its line is found among like figures."""
    if flag.row is None or not flag.table_id:
        return ""
    row = table_of(document, flag.table_id).rows[flag.row]
    return max((c.raw for c in row if any(ch.isalpha() for ch in c.raw)), key=len, default="")
