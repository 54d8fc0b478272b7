"""The page on what a document says beside its tables: letterhead, places, figures of the prose."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from emit.rows import METADATA_FIELDS
from gazetteer.names import read_name, tight
from model.document import Document
from model.place import AdminUnit, Candidate, PlaceMention
from model.value import Unit
from normalize.numbers import parse_quantity
from normalize.unicode import fold
from pipeline.tools import gazetteer
from review.decisions import Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.fields import (
    NO_PLACE,
    Said,
    as_kept,
    as_written,
    day_of,
    metadata_key,
    named,
    place_key,
    said_of,
    statement_key,
    understood,
    unit_of,
)
from review.ink import Mark
from review.page import LONGEST, desk_of, form_of, page, user_of, whole_number
from review.targets import LETTERHEAD
from review.vocabulary import words_for

_MOST_CANDIDATES = 9  # as many as there are number keys
_MOST_LONGER = 4


def document_routes() -> list[Route]:
    """The routes of the document page, and of the search for places that the flag page uses too."""
    return [
        Route("/document", show_document),
        Route("/document/metadata", decide_metadata, methods=["POST"]),
        Route("/document/statement", decide_statement, methods=["POST"]),
        Route("/places", find_places),
        Route("/words", find_words),
        Route("/place", decide_place, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """A unit offered for a name: its code, what it is called, where it lies, from when to when it stood, and
    what its cell would say."""

    code: str
    name: str
    path: str
    stood: str
    text: str


def show_document(request: Request) -> Response:
    """Letterhead, places and figures of the prose as decided so far."""
    return _shown(request, request.query_params.get("doc", ""))


def _shown(
    request: Request, doc_id: str, conflict: Decision | None = None, wrong: str = "", status: int = 200
) -> Response:
    desk = desk_of(request)
    if doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    document = desk.current.document(doc_id, fresh=True)
    tables = {t.table_id: t for t in document.tables}
    places = [
        (table_id, m, tables[table_id].rows[m.row][m.col].text)
        for table_id, mentions in document.places
        for m in mentions
        if table_id in tables and m.row < tables[table_id].n_rows and m.col < tables[table_id].n_cols
    ]
    shown: dict[str, Any] = {
        "document": desk.folder.documents[doc_id],
        "fields": [(n, as_written(n, getattr(document.metadata, n))) for n in METADATA_FIELDS],
        "seen": {name: desk.store.last(metadata_key(doc_id, name)) for name in METADATA_FIELDS},
        "places": places,
        "statements": _statements(desk, doc_id),
        "units": [u for u in get_args(Unit) if u],
        "tables": document.tables,
        "conflict": conflict,
        "left": len(desk.left_of(doc_id)),
        "wrong": wrong,
        "has_pages": desk.has_pages(doc_id),
        "turns": {p.page: p.rotation for p in document.page_records},
        "marks": _letterhead_marks(desk, doc_id),
    }
    return page(request, "document.html", status, **shown)


def _letterhead_marks(desk: Desk, doc_id: str) -> list[dict[str, object]]:
    """The lines of the letterhead that are in doubt, as the viewer marks them."""
    flags = [
        f for f in desk.current.flags().values() if f.doc_id == doc_id and f.check.startswith(LETTERHEAD)
    ]
    return [Mark(f.page, f.box, "at").told() for f in flags if f.box is not None]


def _statements(desk: Desk, doc_id: str) -> list[dict[str, Any]]:
    """The figures of the prose as read, each with what a reviewer says of it."""
    standing = desk.store.in_force()
    found = []
    for n, s in enumerate(desk.folder.document(doc_id).statements):
        decision = standing.get(statement_key(doc_id, n))
        said = said_of(decision.new) if decision else Said(s.subject, s.value.plain(), s.unit)
        found.append(
            {
                "number": n,
                "said": said,
                "context": s.context,
                "page": s.page,
                "line": s.line,
                "decided": decision is not None,
                "seen": desk.store.last(statement_key(doc_id, n)),
            }
        )
    return found


async def decide_metadata(request: Request) -> Response:
    """Write the lines of the letterhead that were changed."""
    values = await form_of(request)
    desk, doc_id = desk_of(request), values.get("doc", "")
    if doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    metadata = desk.current.document(doc_id, fresh=True).metadata
    sha256 = desk.folder.documents[doc_id].sha256
    choices = []
    for name in METADATA_FIELDS:
        old, new = getattr(metadata, name), as_kept(name, values.get(name, ""))
        if name not in values or new == old:
            continue
        if not understood(name, new):
            return _shown(request, doc_id, wrong=f"metadata.{name}", status=409)
        seen = values.get(f"seen.{name}", "")
        subject = Subject(metadata_key(doc_id, name), doc_id, sha256)
        choices.append(Choice(subject, "metadata", old, new, "", whole_number(seen) or 0))
    return _recorded(request, doc_id, choices)


async def decide_statement(request: Request) -> Response:
    """Write a figure of the prose as the reviewer reads it, or that there is none."""
    values = await form_of(request)
    desk, doc_id, number = desk_of(request), values.get("doc", ""), whole_number(values.get("number", ""))
    known = desk.folder.documents.get(doc_id)
    if known is None or number is None:
        return PlainTextResponse("No such figure.", 404)
    base = desk.folder.document(doc_id)
    if number >= len(base.statements):
        return PlainTextResponse("No such figure.", 404)
    said = Said(values.get("subject", "").strip(), values.get("value", "").strip(), values.get("unit", ""))
    if values.get("gone"):
        said = Said(gone=True)
    elif parse_quantity(said.value, base.decimal_mark) is None:
        return _shown(request, doc_id, wrong="value", status=409)
    seen = values.get("seen", "")
    statement = base.statements[number]
    subject = Subject(statement_key(doc_id, number), doc_id, known.sha256)
    old = str(Said(statement.subject, statement.value.plain(), statement.unit))
    choice = Choice(subject, "statement", old, str(said), "", whole_number(seen) or 0)
    return _recorded(request, doc_id, [choice])


def _recorded(request: Request, doc_id: str, choices: list[Choice]) -> Response:
    desk = desk_of(request)
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex if len(choices) > 1 else "")
    except ConflictError as conflict:
        return _shown(request, doc_id, conflict=conflict.latest, status=409)
    return RedirectResponse("/document?" + urlencode({"doc": doc_id}), 303)


def find_words(request: Request) -> Response:
    """What completes the first letters that are typed into a cell of a table."""
    desk, query = desk_of(request), request.query_params
    if query.get("doc", "") not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    document = desk.current.document(query["doc"])
    table = next((t for t in document.tables if t.table_id == query.get("table", "")), None)
    return JSONResponse(words_for(document, table), headers={"Cache-Control": "no-store"})


def find_places(request: Request) -> Response:
    """Units that a name may mean, those near the document's other places first, as a fragment."""
    desk = desk_of(request)
    query = request.query_params
    doc_id, table_id = query.get("doc", ""), query.get("table", "")
    row, col = whole_number(query.get("row", "")), whole_number(query.get("col", ""))
    name = query.get("name", "").strip()[:LONGEST]
    if doc_id not in desk.folder.documents or row is None or col is None:
        return HTMLResponse("")
    document = desk.current.document(doc_id)
    table = next((t for t in document.tables if t.table_id == table_id), None)
    if table is None or row >= table.n_rows or col >= table.n_cols:
        return HTMLResponse("")
    cell = table.rows[row][col]
    offered = [
        Offered(
            c.unit.code,
            f"{c.unit.type} {c.unit.name}",
            ", ".join(f"{u.type} {u.name}" for u in c.path if u.code != c.unit.code),
            _stood(c.unit),
            named(cell, c.unit),
        )
        for c in candidates(document, name or cell.text)
    ]
    same = _same(document, table_id, cell.text)
    shown: dict[str, Any] = {
        "offered": offered,
        "cell": cell,
        "doc": doc_id,
        "table": table_id,
        "row": row,
        "col": col,
        "key": query.get("key", ""),
        "flag": query.get("flag", ""),
        "seen": query.get("seen", "0"),
        "name": name,
        "same": len(same) - 1,
        "no_place": NO_PLACE,
    }
    return page(request, "places.html", **shown)


def candidates(document: Document, name: str) -> list[Candidate]:
    """The units that a name may mean: first those beside the document's other places, last those beside them
    whose name has a word more than what is left of this one."""
    day = day_of(document)
    parents = Counter(
        m.parent.code for _, mentions in document.places for m in mentions if m.unit is not None and m.parent
    )
    near: list[Candidate] = []
    beside: list[AdminUnit] = []
    for code, _ in parents.most_common(2):
        unit = gazetteer().last_known(code, day)
        if unit is not None:
            near += gazetteer().resolve(name, unit, as_of=day)
            beside += gazetteer().children(code, day)
    found = {c.unit.code: c for c in [*near, *gazetteer().resolve(name, as_of=day)]}
    wanted = tight(name)
    exact = [c for c in found.values() if wanted.endswith(tight(c.unit.name))]
    longer = [c for c in _longer(document, name, beside) if c.unit.code not in {e.unit.code for e in exact}]
    known = {c.unit.code for c in (*exact, *longer)}
    return [*exact, *longer, *(c for c in found.values() if c.unit.code not in known)][:_MOST_CANDIDATES]


def _longer(document: Document, name: str, beside: Sequence[AdminUnit]) -> list[Candidate]:
    """Units of `beside` whose name holds all words that are left of a name, and others: those that no row of
    the document names yet first."""
    readings = read_name(name).readings
    left = set(fold(readings[0].name if readings else name).split())
    named = {m.unit.code for _, mentions in document.places for m in mentions if m.unit is not None}
    found = [u for u in beside if left and left < set(fold(u.name).split())]
    found.sort(key=lambda u: (u.code in named, u.name))
    day = day_of(document)
    return [Candidate(u, 0.0, gazetteer().path(u, day)) for u in found[:_MOST_LONGER]]


def _stood(unit: AdminUnit) -> str:
    if unit.valid_to is None:
        return ""
    return f"{unit.valid_from.year if unit.valid_from else '…'}–{unit.valid_to.year}"


def _same(document: Document, table_id: str, text: str) -> list[tuple[str, PlaceMention]]:
    """The document's rows that print that name."""
    tables = {t.table_id: t for t in document.tables}
    return [
        (name, m)
        for name, mentions in document.places
        for m in mentions
        if name in tables and tight(tables[name].rows[m.row][m.col].text) == tight(text)
    ] or [(table_id, PlaceMention(0, 0, text, "unknown", day_of(document)))]


async def decide_place(request: Request) -> Response:
    """Write which unit a row names; with `same`, all rows of the document that print the name."""
    values = await form_of(request)
    desk, doc_id, table_id = desk_of(request), values.get("doc", ""), values.get("table", "")
    row, col = whole_number(values.get("row", "")), whole_number(values.get("col", ""))
    code = values.get("code", "")
    if doc_id not in desk.folder.documents or row is None or col is None:
        return PlainTextResponse("No such place.", 404)
    document = desk.current.document(doc_id, fresh=True)
    if code != NO_PLACE and unit_of(code, day_of(document)) is None:
        return PlainTextResponse("No such unit.", 400)
    at = {(table_id, row, col)}
    table = next((t for t in document.tables if t.table_id == table_id), None)
    if table is None or row >= table.n_rows or col >= table.n_cols:
        return PlainTextResponse("No such place.", 404)
    if values.get("same"):
        text = table.rows[row][col].text
        at |= {(name, m.row, m.col) for name, m in _same(document, table_id, text) if m.kind != "agency"}
    choices = [_place_choice(desk, document, doc_id, cell, code) for cell in sorted(at)]
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex if len(choices) > 1 else "")
    except ConflictError as conflict:
        return _shown(request, doc_id, conflict=conflict.latest, status=409)
    back = values.get("back", "")
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    return RedirectResponse(back if local else "/document?" + urlencode({"doc": doc_id}), 303)


def _place_choice(
    desk: Desk, document: Document, doc_id: str, cell: tuple[str, int, int], code: str
) -> Choice:
    table_id, row, col = cell
    state = desk.current.state(doc_id)
    at = state.named(table_id, row, col) if state else f"{row}:{col}"
    key = place_key(doc_id, table_id, at.rpartition(":")[0])
    mentions = dict(document.places).get(table_id, ())
    old = next((m.unit.code for m in mentions if (m.row, m.col) == (row, col) and m.unit), "")
    subject = Subject(key, doc_id, desk.folder.documents[doc_id].sha256, table_id, row, col, at)
    return Choice(subject, "place", old, code, "", desk.store.last(key))
