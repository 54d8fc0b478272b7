"""Decisions applied: a corrected CSV set in `reviewed/`, checked again, with an audit trail.

The run's own files are not touched. A decision that no longer fits (its document was read again and
the flag or the printed value is another) is not applied, and is named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emit.csvset import SetWriter
from emit.escape import escape
from emit.readset import read_outcomes
from emit.rows import document_rows, flag_ids
from model.document import Document
from model.flag import Flag
from pipeline.run.recheck import recheck_document
from review.decisions import Decision, DecisionStore
from review.folder import RunFolder
from review.trial import table_of, with_value

FOLDER = "reviewed"
AUDIT = "audit.csv"
_AUDIT_COLUMNS = (
    "id",
    "made_at",
    "who",
    "doc_id",
    "table_id",
    "row",
    "col",
    "flag_id",
    "action",
    "old",
    "new",
    "reason",
    "undoes",
    "in_force",
    "applied",
    "why_not",
)


@dataclass(frozen=True, slots=True)
class ApplySummary:
    """What applying did: cells changed, flags before and after, decisions that no longer fit."""

    changed: int
    flags_before: int
    flags_after: int
    unfit: tuple[str, ...]


def misfits(folder: RunFolder, standing: Mapping[str, Decision]) -> dict[int, str]:
    """Decisions in force that no longer fit the run, by id, with the reason in Vietnamese."""
    found = {}
    for key, decision in standing.items():
        name = f"{decision.subject.doc_id} {decision.subject.table_id}"
        document = folder.documents.get(decision.subject.doc_id)
        if document is None:
            found[decision.id] = f"{name}: văn bản không còn trong lần đọc này"
        elif document.sha256 != decision.subject.sha256:
            found[decision.id] = f"{name}: tệp gốc đã thay đổi"
        elif key not in folder.flags:
            found[decision.id] = f"{name}: cờ này không còn nữa"
    return found


def unfit_decisions(path: Path) -> list[str]:
    """The decisions of a run folder that no longer fit what was read last, a line each."""
    return list(misfits(RunFolder(path), DecisionStore(path).in_force()).values())


def apply_decisions(folder: RunFolder, store: DecisionStore) -> ApplySummary:
    """Write `reviewed/` anew from the run and the decisions in force. Raises OutputError."""
    standing = store.in_force()
    unfit = misfits(folder, standing)
    by_document: dict[str, list[Decision]] = {}
    for decision in standing.values():
        if decision.id not in unfit:
            by_document.setdefault(decision.subject.doc_id, []).append(decision)
    changed = before = after = 0
    target = folder.path / FOLDER
    with SetWriter(target) as writer:
        for outcome in read_outcomes(folder.path):
            document = outcome.document
            if document is not None:
                before += len(document.flags)
                document, count = _corrected(document, by_document.get(outcome.source.doc_id, []), unfit)
                changed, after = changed + count, after + len(document.flags)
                outcome = replace(outcome, document=document)
            writer.add(outcome.source, document_rows(outcome))
    _write_audit(target / AUDIT, store.everything(), standing.values(), unfit)
    return ApplySummary(changed, before, after, tuple(unfit.values()))


def _corrected(
    document: Document, decisions: Sequence[Decision], unfit: dict[int, str]
) -> tuple[Document, int]:
    """The document with its decisions in it and its checks run again, and how many cells changed."""
    settled = {d.subject.flag_id.rpartition("#")[2] for d in decisions}
    kept = [f for f, ident in zip(document.flags, flag_ids(document.flags)) if ident not in settled]
    decided_flags = [f for f, ident in zip(document.flags, flag_ids(document.flags)) if ident in settled]
    corrected, count = replace(document, flags=tuple(kept)), 0
    for decision in decisions:
        if decision.action not in ("accept", "value"):
            continue
        s = decision.subject
        if s.row is None or s.col is None:
            continue
        cell = table_of(corrected, s.table_id).rows[s.row][s.col]
        if decision.old and cell.text != decision.old:
            unfit[decision.id] = (
                f"{s.doc_id} {s.table_id}: ô này nay ghi “{cell.text}”, không phải “{decision.old}”"
            )
            continue
        why = f"{decision.who}: {decision.reason}" if decision.reason else decision.who
        corrected, count = with_value(corrected, s.table_id, s.row, s.col, decision.new, why), count + 1
    checked = _confirmed(recheck_document(corrected), decisions)
    standing = [f for f in checked.flags if not _settled(f, decided_flags)]
    return replace(checked, flags=tuple(standing)), count


def _confirmed(document: Document, decisions: Iterable[Decision]) -> Document:
    """The document with every cell of which a reviewer said that it was read rightly in doubt no more."""
    cells = {(d.subject.table_id, d.subject.row, d.subject.col) for d in decisions if d.action == "read"}
    tables = tuple(
        replace(
            table,
            rows=tuple(
                tuple(
                    replace(cell, status="read", confidence=1.0)
                    if cell.status == "doubtful" and (table.table_id, cell.row, cell.col) in cells
                    else cell
                    for cell in row
                )
                for row in table.rows
            ),
        )
        for table in document.tables
    )
    return replace(document, tables=tables)


def _settled(flag: Flag, decided: Iterable[Flag]) -> bool:
    """Whether a flag that the checks raised again is one a reviewer has decided on."""
    return any(
        (flag.table_id, flag.row, flag.col, flag.kind, flag.found)
        == (old.table_id, old.row, old.col, old.kind, old.found)
        for old in decided
    )


def _write_audit(
    path: Path, record: Sequence[Decision], standing: Iterable[Decision], unfit: Mapping[int, str]
) -> None:
    in_force = {d.id for d in standing}
    aside = path.with_suffix(".new")
    with aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_AUDIT_COLUMNS)
        for d in record:
            s = d.subject
            fits = d.id in in_force and d.id not in unfit
            row = (d.id, d.made_at, d.who, s.doc_id, s.table_id, s.row, s.col, s.flag_id.rpartition("#")[2])
            rest = (d.action, d.old, d.new, d.reason, d.undoes)
            state = (d.id in in_force, fits, unfit.get(d.id, ""))
            cells = (
                "" if v is None else str(v).lower() if isinstance(v, bool) else str(v)
                for v in (*row, *rest, *state)
            )
            writer.writerow([escape(c) for c in cells])
    aside.replace(path)
