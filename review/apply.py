"""Decisions applied: a corrected CSV set in `reviewed/`, checked again, with an audit trail.

The run's own files are not touched. A decision that no longer fits (its document was read again and
the flag or the printed value is another) is not applied, and is named.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from emit.columns import FLAGS
from emit.csvset import WORK, SetWriter, refuse_links
from emit.escape import escape
from emit.packed import dump_rows
from emit.readset import read_outcomes
from emit.rows import DocumentRows, document_rows, flag_ids
from emit.written import written_last
from model.document import DocumentStatus, Outcome, Source
from model.flag import Flag
from pipeline.run.panel import Panel
from pipeline.run.recheck import Spool
from review.corrected import CORRECTING, Corrected
from review.current import Current
from review.decisions import ON_FLAGS, Decision, DecisionStore
from review.folder import RunFolder
from review.words import WORDS

FOLDER = "reviewed"
AUDIT = "audit.csv"
_KIND, _IDENT = FLAGS.columns.index("kind") - 1, FLAGS.columns.index("flag_id") - 1  # of a row without doc_id
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
    "together",
    "seal",
)
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class ApplySummary:
    """What applying did: decisions that changed something, flags before and after, decisions that no longer
    fit."""

    changed: int
    flags_before: int
    flags_after: int
    unfit: tuple[str, ...]


def misfits(folder: RunFolder, standing: Iterable[Decision]) -> dict[int, str]:
    """Decisions in force that no longer fit the run, by id, with the reason in Vietnamese. What is about a
    flag of a corrected document is not looked for here: applying tells it."""
    found = {}
    shaped = {d.subject.doc_id for d in standing if d.action in CORRECTING}
    for decision in standing:
        subject = decision.subject
        name = f"{subject.doc_id} {subject.table_id}"
        document = folder.documents.get(subject.doc_id)
        if document is None:
            found[decision.id] = f"{name}: văn bản không còn trong lần đọc này"
        elif document.sha256 != subject.sha256:
            found[decision.id] = f"{name}: tệp gốc đã thay đổi"
        elif (
            decision.action in ON_FLAGS
            and subject.flag_id not in folder.flags
            and subject.doc_id not in shaped
        ):
            found[decision.id] = f"{name}: điểm này không còn nữa"
    return found


def unfit_decisions(path: Path) -> list[str]:
    """The decisions of a run folder that no longer fit what was read last, a line each."""
    return list(misfits(RunFolder(path), DecisionStore(path).standing()).values())


def apply_decisions(
    folder: RunFolder, store: DecisionStore, current: Current | None = None, told: Progress | None = None
) -> ApplySummary:
    """Write `reviewed/` anew from the run and the decisions in force. `told` hears how many of how many
    documents are done. Raises OutputError; EditedSetError where the record was changed from outside."""
    seals = store.seals(folder.path / FOLDER / AUDIT)
    current = current or Current(folder, store)
    standing = store.standing()
    unfit = misfits(folder, standing)
    changed = before = after = done = 0
    (folder.path / WORK).mkdir(exist_ok=True)
    with Spool(folder.path / WORK / "reviewed.sqlite") as spool:
        for source, rows in _written(folder.path):
            before += len(rows.flags)
            state = current.state(source.doc_id, fresh=True)
            settled = _settled(source.doc_id, standing)
            if state is not None:
                changed += state.changed
                unfit |= _reasons(state, standing)
                rows = _as_decided(folder, source, state)
            elif settled:
                rows = replace(rows, flags=tuple(r for r in rows.flags if r[_IDENT] not in settled))
            own = tuple(row for row in rows.flags if row[_KIND] != "cross_document")  # the panel renews these
            spool.put(source, dump_rows(replace(rows, flags=own), 1))
            done += 1
            if told is not None:
                told(done, len(folder.documents))
        after = _write(folder.path, spool, standing)
    _write_audit(folder.path / FOLDER / AUDIT, store.everything(), seals, standing, unfit)
    return ApplySummary(changed, before, after, tuple(unfit.values()))


def _written(path: Path) -> Iterator[tuple[Source, DocumentRows]]:
    """The inputs of the run with their rows, as noted when they were written, else read back."""
    written = written_last(path, WORK)
    if written is not None and not written.changed:
        yield from written.documents()
        return
    for outcome in read_outcomes(path):
        yield outcome.source, document_rows(outcome)


def _as_decided(folder: RunFolder, source: Source, state: Corrected) -> DocumentRows:
    document = replace(state.document, flags=state.left_flags)
    status = folder.documents[source.doc_id].status
    error = folder.documents[source.doc_id].error
    outcome = Outcome(source, cast(DocumentStatus, status), document, error, document.pages)
    return document_rows(outcome)


def _settled(doc_id: str, standing: Iterable[Decision]) -> set[str]:
    """The ids of a document's flags that need to be told no more."""
    return {
        d.subject.flag_id.rpartition("#")[2]
        for d in standing
        if d.subject.doc_id == doc_id and d.action != "unreadable"
    }


def _reasons(state: Corrected, standing: Iterable[Decision]) -> dict[int, str]:
    by_id = {d.id: d.subject for d in standing}
    return {
        ident: f"{by_id[ident].doc_id} {by_id[ident].table_id}: {WORDS[why.reason][0]} {why.what}".strip()
        for ident, why in state.unfit.items()
        if ident in by_id
    }


def _write(path: Path, spool: Spool, standing: Sequence[Decision]) -> int:
    """Write the spooled inputs into `reviewed/`; how many flags stand there."""
    after = 0
    decided = {d.subject.flag_id for d in standing if d.action != "unreadable"}
    target = path / FOLDER
    refuse_links(target)
    target.mkdir(exist_ok=True)
    (target / WORK).mkdir(exist_ok=True)
    with Panel(target / WORK / "panel.sqlite") as panel:
        panel.compare(spool.rows())
        with SetWriter(target) as writer:
            for source, rows in spool.rows():
                more = _undecided(source.doc_id, panel.flags_of(source), decided)
                after += len(rows.flags) + len(more)
                writer.add(source, rows, more, panel.same_as(source))
    return after


def _undecided(doc_id: str, flags: Sequence[Flag], decided: set[str]) -> list[Flag]:
    return [f for f, ident in zip(flags, flag_ids(flags)) if f"{doc_id}#{ident}" not in decided]


def _write_audit(
    path: Path,
    record: Sequence[Decision],
    seals: Mapping[int, str],
    standing: Iterable[Decision],
    unfit: Mapping[int, str],
) -> None:
    """The record as of the seals that were checked: rows written meanwhile are of the next audit."""
    in_force = {d.id for d in standing}
    aside = path.with_suffix(".new")
    with aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_AUDIT_COLUMNS)
        for d in (d for d in record if d.id in seals):
            s = d.subject
            fits = d.id in in_force and d.id not in unfit
            row = (d.id, d.made_at, d.who, s.doc_id, s.table_id, s.row, s.col, s.flag_id.rpartition("#")[2])
            rest = (d.action, d.old, d.new, d.reason, d.undoes)
            state = (d.id in in_force, fits, unfit.get(d.id, ""), d.together, seals[d.id])
            cells = (
                "" if v is None else str(v).lower() if isinstance(v, bool) else str(v)
                for v in (*row, *rest, *state)
            )
            writer.writerow([escape(c) for c in cells])
    aside.replace(path)
