"""The lines of a source without pages round what was flagged."""

from __future__ import annotations

from pathlib import Path

from extract.kinds import kind_of_name
from model.document import Document
from review.folder import FlagRow
from review.targets import cell_at
from review.trial import table_of


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
    hits = [n for n, line in enumerate(lines) if wanted and wanted in line]
    near = [n for n in hits if label and label in lines[n]] or hits
    if not near:
        return []
    first, last = max(0, near[0] - around), min(len(lines), near[0] + around)
    return [(n + 1, lines[n], n == near[0]) for n in range(first, last)]


def _label(document: Document, flag: FlagRow) -> str:
    """The words of the flagged cell's row, by which its line is found among like figures."""
    if flag.row is None or not flag.table_id:
        return ""
    row = table_of(document, flag.table_id).rows[flag.row]
    return max((c.raw for c in row if any(ch.isalpha() for ch in c.raw)), key=len, default="")
