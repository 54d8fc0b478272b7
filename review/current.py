"""The documents of a run folder as decided so far.

Nothing is written: what stands is derived from the run and the ledger, document by document, whenever a
decision has changed one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Lock

from model.document import Document
from pipeline.run.checked_anew import recheck_document
from review.corrected import CORRECTING, Corrected, corrected, drafted
from review.decisions import Decision, DecisionStore
from review.folder import FlagRow, RunFolder, flag_row
from review.structure.draft import Draft
from review.worklist import Progress, Worklist, progress

_KEPT_CHECKED = 4  # documents as the checks see them before any decision, kept for the next decision
_KEPT_STATES = 16  # documents as decided
_REST = 0.25  # seconds left to the page of the next flag: checks beside it would take half the processor


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The flags that stand in a document by key, those of them that are `decided`, and the keys of flags as
    read whose cells stand elsewhere now (`moved`): those stand in the list under other keys. Equal only to
    itself: each is worked out anew."""

    version: int
    rows: Mapping[str, FlagRow]
    moved: frozenset[str]
    decided: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Own:
    """The decisions that stand on a document, and a number that is another whenever those are that correct
    something."""

    decisions: Sequence[Decision]
    version: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All flags of a folder by key, those that need nobody any more, those of them that another correction
    settled, the list to work through, and how far it is. `standing` and `rows` tell whether it is of now."""

    flags: Mapping[str, FlagRow]
    decided: frozenset[str]
    settled: frozenset[str]
    worklist: Worklist
    standing: Sequence[Decision]
    rows: Mapping[str, _Rows]
    progress: Progress


class Current:
    """What stands in a folder. Thread-safe.

    A document is corrected and checked again in the background, so that a reviewer gets the next flag at
    once; `document` of one that is being checked waits only where `fresh` is asked for.
    """

    def __init__(self, folder: RunFolder, store: DecisionStore) -> None:
        self._folder, self._store = folder, store
        self._lock = Lock()
        self._checked: OrderedDict[str, Document] = OrderedDict()
        self._states: OrderedDict[str, tuple[int, Corrected]] = OrderedDict()
        self._rows: dict[str, _Rows] = {}
        self._grouped: tuple[Sequence[Decision], Mapping[str, _Own]] = ((), {})
        self._running: dict[str, Future[Corrected]] = {}
        self._wanted: dict[str, Event] = {}  # of documents that somebody waits for
        self._snapshot: Snapshot | None = None
        self._read_flags: dict[str, list[str]] = {}
        for key, flag in folder.flags.items():
            self._read_flags.setdefault(flag.doc_id, []).append(key)
        self._workers = ThreadPoolExecutor(1, thread_name_prefix="checks")
        self._standing()

    def document(self, doc_id: str, fresh: bool = False) -> Document:
        """The document as decided. Raises KeyError for an unknown id."""
        state = self.state(doc_id, fresh)
        return self._folder.document(doc_id) if state is None else state.document

    def state(self, doc_id: str, fresh: bool = False) -> Corrected | None:
        """The document with its decisions; None where there are none (or none is worked out yet)."""
        version = self._own(doc_id).version
        if not version:
            return None
        known = self._states.get(doc_id)
        if known is not None and known[0] == version:
            return known[1]
        running = self._start(doc_id)
        if fresh or known is None:
            self._wanted[doc_id].set()
            running.result()
            return self._work_out(doc_id) if fresh else self._states.get(doc_id, (0, running.result()))[1]
        return known[1]

    def draft(self, doc_id: str) -> Draft:
        """The document's tables as decided, open for one change more. Raises KeyError for an unknown id."""
        return drafted(self._folder.document(doc_id), self._own(doc_id).decisions)[0]

    def flags(self) -> Mapping[str, FlagRow]:
        """All flags of the folder by key: as read, and those that corrections raised."""
        return self.snapshot().flags

    def decided(self) -> frozenset[str]:
        """The keys of flags that need nobody any more: decided, or settled by another correction."""
        return self.snapshot().decided

    def settled(self) -> frozenset[str]:
        """The keys of flags that no longer stand, since something else was corrected."""
        return self.snapshot().settled

    def snapshot(self) -> Snapshot:
        """What stands now; the same as before where nothing was decided or worked out since."""
        rows, standing = self._standing(), self._store.standing()
        kept = self._snapshot
        if kept is not None and kept.standing is standing and kept.rows == rows:
            return kept
        if kept is not None and kept.rows == rows:
            flags, settled, work = kept.flags, kept.settled, kept.worklist
        else:
            flags, settled = self._derived(rows)
            work = Worklist(flags.values())
        decided = frozenset(self._store.in_force()).union(settled, *(r.decided for r in rows.values()))
        self._snapshot = Snapshot(flags, decided, settled, work, standing, rows, progress(flags, decided))
        return self._snapshot

    def _derived(self, rows: Mapping[str, _Rows]) -> tuple[Mapping[str, FlagRow], frozenset[str]]:
        """All flags by key, and which of them no longer stand."""
        found = dict(self._folder.flags)
        settled: set[str] = set()
        for doc_id, standing in rows.items():
            settled.update(k for k in self._read_flags.get(doc_id, ()) if k not in standing.rows)
            for key in standing.moved:
                found.pop(key, None)
            found.update(standing.rows)
        return found, frozenset(settled)

    def _standing(self) -> dict[str, _Rows]:
        """The flags that stand in each document with decisions, as far as they are worked out."""
        found = {}
        for doc_id, own in self._by_document().items():
            version = own.version
            known = self._rows.get(doc_id)
            if version and (known is None or known.version != version):
                self._start(doc_id)
            if version and known is not None:
                found[doc_id] = known
        return found

    def _by_document(self) -> Mapping[str, _Own]:
        """The decisions that stand and fit what was read, by document."""
        standing = self._store.standing()
        if self._grouped[0] is not standing:
            found: dict[str, list[Decision]] = {}
            for decision in standing:
                document = self._folder.documents.get(decision.subject.doc_id)
                if document is not None and document.sha256 == decision.subject.sha256:
                    found.setdefault(document.doc_id, []).append(decision)
            self._grouped = (standing, {doc_id: _Own(made, _version(made)) for doc_id, made in found.items()})
        return self._grouped[1]

    def _own(self, doc_id: str) -> _Own:
        return self._by_document().get(doc_id, _Own((), 0))

    def _start(self, doc_id: str) -> Future[Corrected]:
        with self._lock:
            running = self._running.get(doc_id)
            if running is None or running.done():
                wanted = self._wanted[doc_id] = Event()
                running = self._running[doc_id] = self._workers.submit(self._later, doc_id, wanted)
            return running

    def _later(self, doc_id: str, wanted: Event) -> Corrected:
        """The document worked out once the reviewer has the next page, unless somebody waits for it."""
        wanted.wait(_REST)
        return self._work_out(doc_id)

    def _work_out(self, doc_id: str) -> Corrected:
        """The document with the decisions that stand now."""
        own = self._own(doc_id)
        decisions, version = own.decisions, own.version
        with self._lock:
            known = self._states.get(doc_id)
            if known is not None and known[0] == version:
                return known[1]
        base = self._folder.document(doc_id)
        state = corrected(base, self._as_checked(doc_id, base), decisions)
        rows = self._rows_of(doc_id, version, state)
        with self._lock:
            self._states[doc_id] = (version, state)
            self._rows[doc_id] = rows
            while len(self._states) > _KEPT_STATES:
                self._states.popitem(last=False)
        return state

    def _as_checked(self, doc_id: str, base: Document) -> Document:
        with self._lock:
            known = self._checked.get(doc_id)
        if known is None:
            known = recheck_document(base)
            with self._lock:
                self._checked[doc_id] = known
                while len(self._checked) > _KEPT_CHECKED:
                    self._checked.popitem(last=False)
        return known

    def _rows_of(self, doc_id: str, version: int, state: Corrected) -> _Rows:
        document = self._folder.documents[doc_id]
        places = {
            (table_id, m.row): f"{m.unit.name} {m.unit.code}" if m.unit else m.raw
            for table_id, mentions in state.document.places
            for m in mentions
        }
        read = (self._folder.flags[key] for key in self._read_flags.get(doc_id, ()))
        known = {f.flag_id: f for f in read}
        rows = {}
        for ident, flag in state.flags:
            row = known.get(ident) or flag_row(
                document,
                ident,
                flag,
                places.get((flag.table_id, flag.row if flag.row is not None else -1), ""),
            )
            rows[row.key] = row
        said = {(r.kind, r.check, r.found, r.expected) for r in rows.values() if r.flag_id not in known}
        gone = frozenset(
            f.key
            for f in known.values()
            if f.key not in rows
            and f.table_id in state.change.reshaped
            and (f.kind, f.check, f.found, f.expected) in said
        )
        decided = frozenset(f"{doc_id}#{ident}" for ident in state.decided)
        return _Rows(version, rows, gone, decided)


def _version(decisions: Sequence[Decision]) -> int:
    """A number that is another whenever the decisions that correct something are; 0 for none.

    Decisions are numbered upwards and only taken back, so that two sets of them differ in their hash."""
    idents = tuple(d.id for d in decisions if d.action in CORRECTING)
    return hash(idents) or 1 if idents else 0
