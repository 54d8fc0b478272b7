"""What the review page needs of a run folder, gathered: flags, documents, decisions, pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from extract.kinds import kind_of_name
from model.document import Document, Source
from model.flag import KINDS, CellRef
from model.geometry import Box
from model.table import Cell, Table
from pipeline.members import split_address
from pipeline.remote import fetched
from pipeline.workers.sources import source_file
from review.corrected import NO_SPAN
from review.current import Current
from review.decisions import Action, DecisionStore
from review.evidence import Evidence
from review.folder import SEVERITY_ORDER, FlagRow, RunFolder
from review.ink import line_of, marks_of
from review.manner import completed
from review.offers import doubt_of, offers_of
from review.people import EVERY_TENTH, Reading, Twice, readings
from review.pictures import Pictures
from review.relation import relation_text, terms_of
from review.sheet import shown_rows
from review.sheets import LEAST, seen_at
from review.source_lines import lines_round
from review.structure.draft import Draft
from review.targets import Target, cell_at, siblings, target_of, written
from review.texts import Texts
from review.worklist import (
    Filter,
    Progress,
    counts,
    following,
    grouped,
    neighbours,
    page_of,
)

_LINES_AROUND = 12


class Desk:
    """One reviewer's desk over one run folder."""

    def __init__(self, folder: Path, user: str, twice: Twice = EVERY_TENTH) -> None:
        self.twice = twice
        self.folder = RunFolder(folder)
        self.user = user
        self._reviewing = bool(user)  # a report is about what was read
        self._pictures = Pictures()
        self._evidence = Evidence()
        self.texts = Texts()
        self._folder = TemporaryDirectory(prefix="extract-review-")  # of files that lie in archives
        self._copies: dict[str, str] = {}
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    @cached_property
    def store(self) -> DecisionStore:
        """The folder's decisions; their file is made when first asked for (a report makes none)."""
        return DecisionStore(self.folder.path)

    @cached_property
    def current(self) -> Current:
        """The folder as decided so far."""
        return Current(self.folder, self.store)

    def document(self, doc_id: str) -> Document:
        """A document as decided so far. Raises KeyError."""
        return self.current.document(doc_id) if self._reviewing else self.folder.document(doc_id)

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """A page; all text in it is escaped."""
        return self._templates.get_template(template).render(context)

    def readings(self) -> list[Reading]:
        """The decisions on cells that are read a second time."""
        flags = self.current.flags()
        return readings(
            self.store.standing(), self.twice, lambda key: flags[key].kind if key in flags else ""
        )

    def progress(self) -> Progress:
        """Flags that need nobody any more, of all."""
        return self.current.snapshot().progress

    def flag(self, key: str) -> FlagRow | None:
        return self.folder.flags.get(key) or self.current.flags().get(key)

    def listing(self, wanted: Filter, number: int) -> dict[str, Any]:
        """The rows of one page of the work list, and the counts its filters show."""
        now, standing = self.current.snapshot(), self.store.in_force()
        every, decided = now.flags, now.decided
        given = self.store.assigned()
        flags = now.worklist.select(wanted, decided, given)
        groups = grouped(flags)
        shown, page, pages = page_of(groups, number)
        tally = counts(every.values(), wanted, decided, given)
        return {
            "groups": shown,
            "total": len(flags),
            "faults": sum(len(g.entries) for g in groups),
            "page": page,
            "pages": pages,
            "counts": tally,
            "kinds": sorted({f.kind for f in every.values()}),
            "severities": sorted({f.severity for f in every.values()}, key=_severity),
            "document_counts": sorted(tally["document"].items()),
            "standing": standing,
            "settled": self.current.settled(),
            "postponed": self.store.postponed(),
            "given": given,
            "left": Counter((f.doc_id, f.table_id) for f in every.values() if f.key not in decided),
            "failed": [d for d in self.folder.documents.values() if d.status == "failed"],
        }

    def view(self, flag: FlagRow, wanted: Filter, at: str = "", busy: Collection[str] = ()) -> dict[str, Any]:
        """All that one flag's page shows; `at` names another cell of its relation that the keys act on,
        `busy` the flags that lie before others."""
        document = self.document(flag.doc_id)
        target = target_of(document, flag, at)
        table = target.table
        history = self.store.history(flag.key)
        standing = self.store.in_force().get(flag.key)
        before, after = self._around(flag, wanted, busy)
        related = {(c.row, c.col) for c in flag.cells if c.table_id == flag.table_id}
        proposal = self.proposal(flag, target)
        words = self.texts.words(document, target.cell) if not proposal else ()
        offers = self.offers(flag, target) if not words else []
        self._think_ahead(after)
        return {
            "flag": flag,
            "document": self.folder.documents[flag.doc_id],
            "target": target,
            "table": table,
            "cell": target.cell,
            "relation": relation_text(document, flag),
            "terms": terms_of(document, flag, target.at),
            "shown_rows": shown_rows(table, (flag.row, flag.col), related) if table else [],
            "has_picture": self.has_picture(flag),
            "marks": marks_of(document, flag, target.cell),
            "line_box": flag.box or ((line := line_of(document, flag)) and line.box),
            "turns": {p.page: p.rotation for p in document.page_records},
            "lines": self.source_lines(flag, _LINES_AROUND),
            "history": history,
            "seen": history[-1].id if history else 0,
            "undoable": standing.id if standing else None,
            "together": standing is not None and bool(standing.together),
            "settled": flag.key in self.current.settled() and standing is None,
            "proposal": proposal,
            "offers": [offer for offer in offers if offer != proposal],
            "words": [word.told() for word in words],
            "doubt": doubt_of(target.text, offers) if target.cell is not None else "",
            "sheet_cells": self.doubtful_cells(flag, table) if table else 0,
            "alike": len(self.alike(flag)),
            "is_place": flag.check == "places" and target.cell is not None and not target.other,
            "previous": before,
            "following": after,
        }

    def _think_ahead(self, key: str) -> None:
        """Begin with the text of the flag that comes next."""
        other = self.flag(key)
        if other is not None and other.table_id:
            document = self.document(other.doc_id)
            self.texts.ahead(document, target_of(document, other).cell)

    def doubtful_cells(self, flag: FlagRow, table: Table) -> int:
        """How many cells of a flag's table wait for a look at their ink; 0 for too few to see at once."""
        if not self.has_pages(flag.doc_id):
            return 0
        places = {
            (f.row, f.col)
            for f in self._open_of(flag.doc_id)
            if f.table_id == table.table_id and KINDS[f.kind].of_reading  # type: ignore[index]  # of flags.csv
        }
        cells = seen_at(table, places)
        return len(cells) if len(cells) >= LEAST else 0

    def target(self, flag: FlagRow, at: str = "") -> Target:
        """What the keys of a flag's page act on."""
        return target_of(self.document(flag.doc_id), flag, at)

    def siblings(self, flag: FlagRow) -> list[FlagRow]:
        """The open flags on the same line of the letterhead."""
        return siblings(flag, self._open_of(flag.doc_id))

    def of_span(self, flag: FlagRow, cell: Cell | None) -> list[FlagRow]:
        """The readers' open flags on the other positions of a cell that spans several: its ink is one."""
        if cell is None or cell.anchor == NO_SPAN:
            return []
        return [
            f
            for f in self._open_of(flag.doc_id)
            if f.key != flag.key
            and f.table_id == flag.table_id
            and KINDS[f.kind].of_reading  # type: ignore[index]  # of flags.csv
            and (other := cell_at(self.document(f.doc_id), f.table_id, f.row, f.col)[1]) is not None
            and other.anchor == cell.anchor
            and (other.row, other.col) != (cell.row, cell.col)
        ]

    def left_of(self, doc_id: str, table_id: str = "") -> list[FlagRow]:
        """The flags of a table, or of a whole document, that nobody has decided on."""
        return [f for f in self._open_of(doc_id) if not table_id or f.table_id == table_id]

    def given_to_others(self, who: str) -> set[str]:
        """The flags of documents that were given to somebody else than `who`."""
        of_document = self.current.snapshot().worklist.of_document
        given = [doc_id for doc_id, name in self.store.assigned().items() if name != who]
        return {f.key for doc_id in given for f in of_document.get(doc_id, ())}

    def _open_of(self, doc_id: str) -> list[FlagRow]:
        """The flags of a document that nobody has decided on."""
        now = self.current.snapshot()
        return [f for f in now.worklist.of_document.get(doc_id, ()) if f.key not in now.decided]

    def _around(self, flag: FlagRow, wanted: Filter, busy: Collection[str]) -> tuple[str, str]:
        """The flags before and after this one in the filtered list, whether it is decided or not, without
        those that lie before others."""
        now = self.current.snapshot()
        flags = now.worklist.select(wanted, now.decided - {flag.key}, self.store.assigned())
        return neighbours([f for f in flags if f.key == flag.key or f.key not in busy], flag.key)

    def following(self, key: str, wanted: Filter, busy: Collection[str] = ()) -> str:
        """The flag to go to after `key` ('': the first of the list), those last that are put off or lie
        before others; '' when none is left."""
        now = self.current.snapshot()
        flags = now.worklist.select(wanted, now.decided - {key}, self.store.assigned())
        return following(flags, key, now.decided, self.store.postponed() | set(busy))

    def alike(self, flag: FlagRow) -> list[FlagRow]:
        """Other open flags of the document by the same check that found and expect the same: one misreading,
        many times."""
        if not flag.found:
            return []
        same = (flag.kind, flag.check, flag.found, flag.expected)
        return [
            other
            for other in self._open_of(flag.doc_id)
            if other.key != flag.key and (other.kind, other.check, other.found, other.expected) == same
        ]

    def new_text(self, flag: FlagRow, target: Target, action: Action, typed: str) -> str | None:
        """What the place shall say after an action; None when the action lacks it."""
        if action == "accept":
            return self.proposal(flag, target) or None
        if action == "value":
            return self.written(flag.doc_id, target, typed) or None
        return ""

    def written(self, doc_id: str, target: Target, typed: str) -> str:
        """What the place says when that is typed for it; '' for what is not understood."""
        if target.cell is None or target.table is None:
            return written(target, typed)
        return completed(target.table, target.cell, self.document(doc_id).decimal_mark, typed)

    def proposal(self, flag: FlagRow, target: Target) -> str:
        """What the whole place would say were the proposal accepted; '' where that can't be told.

        A flag may speak of a part of a text: that part is put right, the rest stays.
        """
        cell = target.cell
        if not flag.expected or target.other or not target.typed:
            return ""
        if cell is None:
            return flag.expected
        text, found = cell.text.strip(), flag.found.strip()
        if text == found or cell.value is not None:
            return flag.expected
        return text.replace(found, flag.expected) if found and text.count(found) == 1 else ""

    def offers(self, flag: FlagRow, target: Target) -> list[str]:
        """What else the place may say, the likeliest first: as many as there are number keys."""
        if target.cell is None or target.table is None:
            return []
        at = CellRef(target.table.table_id, target.cell.row, target.cell.col)
        failing = [f.terms for f in self._open_of(flag.doc_id) if any(t.cell == at for t in f.terms)]
        return offers_of(self.document(flag.doc_id), target.table, target.cell, failing)

    def named(self, doc_id: str, table_id: str, row: int | None, col: int | None) -> str:
        """The names of a cell's row and column in the document as decided; '' for no cell, or where nothing
        was decided yet (then they are their numbers)."""
        state = self.current.state(doc_id)
        if state is not None:
            return state.named(table_id, row, col)
        return f"{row}:{col}" if row is not None and col is not None else ""

    def picture(self, flag: FlagRow) -> bytes:
        """The page round a flag as PNG. Raises OSError when its source is gone."""
        document = self.document(flag.doc_id)
        _, cell = cell_at(document, flag.table_id, flag.row, flag.col)
        boxes = [c.box for c in self._related(document, flag) if c.box and c.page == flag.page]
        box = cell.box if cell else flag.box
        return self._pictures.crop(self._source(flag.doc_id), flag.page, box, _row_box(document, flag), boxes)

    def _related(self, document: Document, flag: FlagRow) -> Sequence[Cell]:
        tables = {t.table_id: t for t in document.tables}
        return [
            tables[c.table_id].rows[c.row][c.col]
            for c in flag.cells
            if c.table_id in tables
            and 0 <= c.row < tables[c.table_id].n_rows
            and 0 <= c.col < tables[c.table_id].n_cols
            and (c.table_id, c.row, c.col) != (flag.table_id, flag.row, flag.col)
        ]

    def _source(self, doc_id: str) -> Path:
        """The document's file, with the bytes that were read. Raises OSError."""
        return self._evidence.checked(self._located(doc_id), self.folder.documents[doc_id].sha256)

    def _located(self, doc_id: str) -> Path:
        found = source_file(self.folder.path, doc_id)
        if found is None:
            raise FileNotFoundError(doc_id)
        if split_address(found) is None:
            return Path(found)
        if found not in self._copies:
            source = Source(doc_id, self.folder.documents[doc_id].path, found)
            self._copies[found] = fetched(source, Path(self._folder.name)).file
        return Path(self._copies[found])

    def has_picture(self, flag: FlagRow) -> bool:
        """Whether the flag has a page to show."""
        return flag.page > 0 and self.has_pages(flag.doc_id)

    def has_pages(self, doc_id: str) -> bool:
        """Whether a document has pages to show (a text file has lines, an office file its table)."""
        found = kind_of_name(self.folder.documents[doc_id].path)
        return found is not None and found.kind in ("pdf", "image")

    def page_size(self, doc_id: str, number: int) -> tuple[float, float]:
        """A page's width and height in points. Raises OSError, DocumentError where it can't be shown."""
        return self._pictures.size(self._source(doc_id), number)

    def whole_page(self, doc_id: str, number: int) -> bytes:
        """A page as JPEG. Raises OSError, DocumentError where it can't be shown."""
        return self._pictures.page(self._source(doc_id), number)

    def ink(self, doc_id: str, number: int, box: Box, trim: bool = False) -> bytes:
        """What is printed in a box of a page, upright, as PNG; with `trim` without the white over and under
        it. Raises OSError, DocumentError."""
        records = self.folder.document(doc_id).page_records
        turn = next((p.rotation for p in records if p.page == number), 0)
        return self._pictures.ink(self._source(doc_id), number, box, turn, trim)

    def draft(self, doc_id: str) -> Draft:
        """The document's tables as decided, open for one change more. Raises KeyError."""
        return self.current.draft(doc_id)

    def source_lines(self, flag: FlagRow, around: int) -> list[tuple[int, str, bool]]:
        """Lines of an input without pages, `around` each way of what was flagged, the one that holds it
        marked; [] when it is not found, or there are pages."""
        if self.has_pages(flag.doc_id):
            return []
        try:
            source = self._source(flag.doc_id)
        except OSError:
            source = None
        return lines_round(self.document(flag.doc_id), flag, source, around)


def _severity(name: str) -> int:
    return SEVERITY_ORDER.get(name, 9)


def _row_box(document: Document, flag: FlagRow) -> Box | None:
    table, cell = cell_at(document, flag.table_id, flag.row, flag.col)
    if table is None or cell is None:
        return None
    boxes = [c.box for c in table.rows[cell.row] if c.box and c.page == flag.page]
    return Box.union(boxes) if boxes else None
