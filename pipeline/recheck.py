"""The checks run again over a CSV set: after corrections, without reading a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checks import check_document, check_folder
from emit.csvset import SetWriter
from emit.readback import read_outcomes
from emit.rows import document_rows
from model.document import Document, Observation
from model.flag import Flag
from model.table import Cell, Table

# Flags that say how something was read, not whether figures agree: only reading again could renew them.
READER_KINDS = frozenset({"reading", "structure", "spelling"})


@dataclass(frozen=True, slots=True)
class RecheckSummary:
    """What stands after the checks: documents, and flags by severity."""

    documents: int
    flags: int
    errors: int
    warnings: int

    def fails(self, fail_on: str | None) -> bool:
        """Whether flags of that severity or above stand."""
        return bool(fail_on) and bool(self.errors or (fail_on == "warning" and self.warnings))


def recheck(folder: Path) -> RecheckSummary:
    """Check every document of the set in `folder` again and write the set anew in place.

    Raises NothingReadError where there is no set, OutputError where it can't be written.
    """
    bom = (folder / "documents.csv").is_file() and (folder / "documents.csv").read_bytes()[
        :3
    ] == b"\xef\xbb\xbf"
    found: Counter[str] = Counter()
    documents = 0
    across = _across(folder)
    with SetWriter(folder, bom) as writer:
        for outcome in read_outcomes(folder):
            more = across.get(outcome.source.doc_id, [])
            if outcome.document is not None:
                document = recheck_document(outcome.document)
                outcome = replace(outcome, document=document)
                documents += 1
                found.update(flag.severity for flag in (*document.flags, *more))
            writer.add(outcome.source, document_rows(outcome), more)
    return RecheckSummary(documents, found.total(), found["error"], found["warning"])


def _across(folder: Path) -> dict[str, list[Flag]]:
    """Conflicts between the documents of the set, by document."""
    panel: list[tuple[str, Sequence[Observation]]] = []
    for outcome in read_outcomes(folder):
        if outcome.document is not None:
            panel.append((outcome.source.doc_id, recheck_document(outcome.document).observations))
    by_document: dict[str, list[Flag]] = {}
    for doc_id, flag in check_folder(panel):
        by_document.setdefault(doc_id, []).append(flag)
    return by_document


def recheck_document(document: Document) -> Document:
    """The document with its table figures checked anew.

    Repairs already made stay; nothing further is repaired, since the page is not at hand. Flags of the
    prose stay as they are: a CSV set keeps the prose's figures, not its sentences.
    """
    kept = [f for f in document.flags if _keeps(f)]
    tables = tuple(_unproved(table) for table in document.tables)
    checked = check_document(replace(document, tables=tables, flags=()), repair=False)
    renewed = [f for f in checked.flags if f.table_id and f.kind not in READER_KINDS]
    return replace(checked, flags=tuple(_distinct([*kept, *renewed])))


def _keeps(flag: Flag) -> bool:
    return flag.kind in READER_KINDS or (not flag.table_id and flag.kind != "cross_document")


def _distinct(flags: Iterable[Flag]) -> list[Flag]:
    return list(dict.fromkeys(flags))


def _unproved(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(_forgotten(cell) for cell in row) for row in table.rows))


def _forgotten(cell: Cell) -> Cell:
    """The cell without the proofs of the last check; a doubt of the reader stays a doubt."""
    if cell.status != "proved":
        return replace(cell, proofs=0)
    return replace(cell, status="repaired" if cell.repairs else "read", proofs=0)
