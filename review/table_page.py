"""The page on which a table is put right: its grid, its ink, and what may be done to rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from model.document import Document
from model.table import Table
from review.decisions import Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.page import desk_of, form_of, page, user_of, whole_number
from review.sheet import Grid, grid_of
from review.structure.draft import Draft
from review.structure.operations import NAMES, Operation, UnfitError, operation_of
from review.typed_cells import batch_of, shape_key, write_cells

_RANGED_ROWS = ("delete_rows", "insert_row", "merge_rows", "split_row", "shift", "span")
_RANGED_COLS = ("delete_cols", "merge_cols", "span")
_NEW_COLS = ("insert_col", "split_col")


def table_routes() -> list[Route]:
    """The routes of the table page."""
    return [
        Route("/table", show_table),
        Route("/table/edit", edit, methods=["POST"]),
        Route("/table/cells", write, methods=["POST"]),
        Route("/table/undo", undo, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class At:
    """What is looked at: a table and a cell of it, by their numbers now; `flag` leads back to where it came
    from."""

    doc_id: str
    table_id: str
    row: int = 0
    col: int = 0
    flag: str = ""

    def url(self) -> str:
        """Its address."""
        named = {"doc": self.doc_id, "table": self.table_id, "r": self.row, "c": self.col, "key": self.flag}
        return "/table?" + urlencode(named)


def _at(values: dict[str, str]) -> At:
    return At(
        values.get("doc", ""),
        values.get("table", ""),
        _number(values.get("r", "")),
        _number(values.get("c", "")),
        values.get("key", ""),
    )


def _number(text: str) -> int:
    return whole_number(text) or 0


def show_table(request: Request) -> Response:
    """The table as decided so far, checked."""
    return _shown(request, _at(dict(request.query_params)))


def _shown(
    request: Request,
    at: At,
    unfit: UnfitError | None = None,
    conflict: Decision | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    if at.doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    document = desk.current.document(at.doc_id, fresh=True)
    table = next((t for t in document.tables if t.table_id == at.table_id), None)
    standing = [d for d in desk.store.standing() if d.action == "structure" and d.subject.doc_id == at.doc_id]
    if table is not None:
        at = replace(at, row=min(at.row, table.n_rows - 1), col=min(at.col, table.n_cols - 1))
    history = [d for d in standing if d.subject.table_id == at.table_id]
    shown: dict[str, Any] = {
        "at": at,
        "table": table,
        "tables": document.tables,
        "document": desk.folder.documents[at.doc_id],
        "grid": _grid(desk, document, table, at) if table else None,
        "frame": desk.draft(at.doc_id).frame(at.table_id) if table else None,
        "flags": _flags(desk, at),
        "history": [(d, operation_of(d.new)) for d in reversed(history)],
        "seen": desk.store.last(shape_key(at.doc_id, at.table_id)),
        "turns": {p.page: p.rotation for p in document.page_records},
        "has_picture": desk.has_pages(at.doc_id),
        "unfit": unfit,
        "conflict": conflict,
        "operations": _OPERATIONS,
        "word_of": word_of,
        "url_of": lambda table_id: At(at.doc_id, table_id, flag=at.flag).url(),
    }
    return page(request, "table.html", status, **shown)


_OPERATIONS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "rows",
        (
            ("delete_rows", "", "x"),
            ("insert_row", "", "o"),
            ("merge_rows", "", "m"),
            ("split_row", "", "s"),
            ("shift", "right", ">"),
            ("shift", "left", "<"),
        ),
    ),
    (
        "cols",
        (
            ("delete_cols", "", "X"),
            ("insert_col", "", "O"),
            ("merge_cols", "", "M"),
            ("merge_cols", " ", "B"),
            ("split_col", "first", "S"),
            ("split_col", "last", "L"),
        ),
    ),
    ("cells", (("span", "", "P"), ("unspan", "", "p"))),
    ("whole", (("header", "", "h"), ("cut", "", "c"), ("join", "", "J"), ("not_table", "", "T"))),
)
"""What the page offers: operation, its text, its key."""


def word_of(name: str, text: str) -> str:
    """The key of the words for an operation."""
    told = {"shift": text, "split_col": text, "merge_cols": "blank" if text else ""}.get(name, "")
    return f"op.{name}.{told}" if told else f"op.{name}"


def _grid(desk: Desk, document: Document, table: Table, at: At) -> Grid:
    state = desk.current.state(at.doc_id)
    flags: dict[tuple[int, int], str] = {}
    for flag in state.open_flags if state is not None else document.flags:
        if flag.table_id == at.table_id and flag.row is not None and flag.col is not None:
            flags.setdefault((flag.row, flag.col), flag.message)
    return grid_of(table, at.row, flags)


def _flags(desk: Desk, at: At) -> list[tuple[str, str]]:
    """The table's open flags: key and message, those of the row first."""
    decided = desk.current.decided()
    found = [
        f
        for f in desk.current.flags().values()
        if (f.doc_id, f.table_id) == (at.doc_id, at.table_id) and f.key not in decided
    ]
    found.sort(key=lambda f: (f.row is not None, abs((f.row or 0) - at.row), f.col or 0))
    return [(f.key, f.message) for f in found]


async def edit(request: Request) -> Response:
    """Do one thing to the table, if it can be done, and show what came of it."""
    values = await form_of(request)
    at, desk = _at(values), desk_of(request)
    name, _, text = values.get("op", "").partition(":")
    seen = whole_number(values.get("seen", ""))
    if name not in NAMES or at.doc_id not in desk.folder.documents or seen is None:
        return PlainTextResponse("This is no change of a table.", 400)
    draft = desk.draft(at.doc_id)
    text = " ".join(values.get("title", "").split()) if name == "title" else text or values.get("text", "")
    try:
        operation = _operation(draft, at, name, text, values)
        old = _old(draft, at, operation)
        if name == "text":
            draft.with_cell(at.table_id, f"{operation.rows[0]}:{operation.cols[0]}", lambda cell: cell)
        else:
            draft.with_operation(at.table_id, operation)
    except UnfitError as error:
        return _shown(request, at, unfit=error, status=409)
    choice = _choice(desk, at, operation, old, seen, values.get("reason", ""))
    try:
        desk.store.record(user_of(request), [choice])
    except ConflictError as conflict:
        return _shown(request, at, conflict=conflict.latest, status=409)
    return RedirectResponse(_after(at, values).url(), 303)


def _choice(
    desk: Desk, at: At, operation: Operation, old: tuple[str, str], seen: int, reason: str = ""
) -> Choice:
    """An operation as it is recorded; `old` is what `_old` says."""
    source = desk.folder.documents[at.doc_id]
    subject = Subject(
        shape_key(at.doc_id, at.table_id), at.doc_id, source.sha256, at.table_id, at.row, at.col, old[0]
    )
    return Choice(subject, "structure", old[1], str(operation), reason, seen)


async def write(request: Request) -> Response:
    """Write cells that were typed, filled down or pasted, while the page goes on (`review.typed_cells`)."""
    try:
        batch = batch_of(await request.body())
    except ValueError:
        return PlainTextResponse("These are no cells.", 400)
    desk = desk_of(request)
    if batch.doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    seen, refused = write_cells(desk, user_of(request), batch)
    return JSONResponse({"seen": seen, "refused": [cell.told() for cell in refused]})


def _after(at: At, values: dict[str, str]) -> At:
    """Where the cursor stands after a change: on the first of what was marked."""
    row, col = (_number(values.get(name) or str(now)) for name, now in (("r2", at.row), ("c2", at.col)))
    return At(at.doc_id, at.table_id, min(at.row, row), min(at.col, col), at.flag)


def _operation(draft: Draft, at: At, name: str, text: str, values: dict[str, str]) -> Operation:
    """What is asked for, rows and columns by name. Raises UnfitError."""
    frame = draft.frame(at.table_id)
    if at.row >= len(frame.rows) or at.col >= len(frame.cols):
        raise UnfitError("unfit_row")
    rows = _range(at.row, values.get("r2", ""), frame.rows) if name in _RANGED_ROWS else (frame.rows[at.row],)
    cols = _range(at.col, values.get("c2", ""), frame.cols) if name in _RANGED_COLS else (frame.cols[at.col],)
    if name == "merge_rows" and len(rows) == 1:
        rows = frame.rows[at.row : at.row + 2]
    if name == "merge_cols" and len(cols) == 1:
        cols = frame.cols[at.col : at.col + 2]
    if name == "header" and at.row == 0:
        rows = ()
    if name == "join":
        text = _next_table(draft, at.table_id)
    made: tuple[str, ...] = ()
    for _ in rows if name in ("insert_row", "split_row") else cols if name in _NEW_COLS else ():
        made = (*made, _fresh("n", (*frame.rows, *frame.cols, *made)))
    if name == "cut":
        made = (_fresh("t", tuple(f.table.table_id for f in draft.frames), len(draft.document.tables) + 1),)
    return Operation(name, rows, cols, text, made)  # type: ignore[arg-type]  # held to NAMES by the caller


def _range(first: int, last: str, names: tuple[str, ...]) -> tuple[str, ...]:
    other = _number(last) if last else first
    return names[min(first, other) : max(first, other) + 1]


def _fresh(letter: str, taken: tuple[str, ...], first: int = 1) -> str:
    """A name that nothing bears: `n3`, `t07`."""
    number = first
    while (name := f"{letter}{number:02d}") in taken:
        number += 1
    return name


def _next_table(draft: Draft, table_id: str) -> str:
    ids = [f.table.table_id for f in draft.frames]
    at = ids.index(table_id) + 1
    if at >= len(ids):
        raise UnfitError("unfit_last")
    return ids[at]


def _old(draft: Draft, at: At, operation: Operation) -> tuple[str, str]:
    """The cell's name, and what stood there before, for the record."""
    frame = draft.frame(at.table_id)
    name = frame.named(at.row, at.col)
    if operation.name == "text":
        return name, frame.slots[at.row][at.col].cell.text
    if operation.name == "title":
        return name, frame.table.title
    rows = operation.rows if operation.name in ("delete_rows", "merge_rows", "split_row") else ()
    texts = [" | ".join(s.cell.text for s in frame.slots[frame.row(r)]) for r in rows]
    if operation.name in ("delete_cols", "merge_cols", "split_col"):
        texts = [" | ".join(line[frame.col(c)].cell.text for line in frame.slots) for c in operation.cols]
    return name, "\n".join(texts)


async def undo(request: Request) -> Response:
    """Take the last change of the table back."""
    values = await form_of(request)
    at, desk = _at(values), desk_of(request)
    mine = [
        d
        for d in desk.store.standing()
        if d.action == "structure" and (d.subject.doc_id, d.subject.table_id) == (at.doc_id, at.table_id)
    ]
    if mine:
        desk.store.undo(user_of(request), mine[-1].id)
    return RedirectResponse(at.url(), 303)
