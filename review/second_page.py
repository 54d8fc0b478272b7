"""The second reading in the browser: a cell's ink beside an empty field, and differences shown to a third."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from emit.cells import row_label
from model.table import Cell, Table
from model.value import DecimalMark
from review.corrected import place_of
from review.decisions import Choice, ConflictError, Subject
from review.desk import Desk
from review.page import LONGEST_NAME, REVIEWER, desk_of, form_of, page, user_of
from review.people import Reading, second_key, to_read, to_settle
from review.security import TOKEN_PARAMETER, Door


def people_routes() -> list[Route]:
    """The routes of the second reading, and of a browser's reviewer."""
    return [
        Route("/second", show_second),
        Route("/second/read", read, methods=["POST"]),
        Route("/second/settle", settle, methods=["POST"]),
        Route("/who", ask_name),
        Route("/name", set_name, methods=["POST"]),
        Route("/invite", invite, methods=["POST"]),
    ]


def _found(desk: Desk) -> tuple[list[Reading], dict[str, DecimalMark]]:
    found = desk.readings()
    documents = {r.first.subject.doc_id for r in found if r.second is not None}
    marks = {d: desk.folder.document(d).decimal_mark for d in documents if d in desk.folder.documents}
    return found, marks


def show_second(request: Request) -> Response:
    """The next cell to read, else the next difference to settle."""
    desk, who = desk_of(request), user_of(request)
    found, marks = _found(desk)
    waiting, open_ = to_read(found, who), to_settle(found, who, marks)
    reading = next(iter(waiting or open_), None)
    shown: dict[str, Any] = {
        "reading": reading,
        "settles": not waiting,
        "left": len(waiting) + len(open_),
        "twice": desk.twice,
        **(_place(desk, reading) if reading else {}),
    }
    return page(request, "second.html", **shown)


def _place(desk: Desk, reading: Reading) -> dict[str, Any]:
    """Where the cell is to be seen: page, marks, turns; without what stands in it."""
    subject = reading.first.subject
    document = desk.current.document(subject.doc_id)
    state = desk.current.state(subject.doc_id)
    at = place_of(subject, state.frames) if state else None
    table = next((t for t in document.tables if at and t.table_id == at[0]), None)
    cell = table.rows[at[1]][at[2]] if table and at else None
    marks: list[dict[str, object]] = []
    if table and cell and at:
        marks = [
            {"page": c.page, "box": [c.box.x0, c.box.y0, c.box.x1, c.box.y1], "kind": kind}
            for c in table.rows[at[1]]
            if c.box
            for kind in ("at" if c is cell else "row-mark",)
        ]
    return {
        "page_number": cell.page if cell else 1,
        "marks": marks,
        "turns": {p.page: p.rotation for p in document.page_records},
        "pages": document.pages,
        "has_picture": desk.has_pages(subject.doc_id) and bool(marks),
        "cell": cell,
        **_names(table, cell),
    }


def _names(table: Table | None, cell: Cell | None) -> dict[str, str]:
    """The names of a figure's row and column. A text may be the name itself: it gets none."""
    if table is None or cell is None or cell.is_header or cell.value is None:
        return {}
    column = table.columns[cell.col].name if cell.col < len(table.columns) else ""
    return {"label": row_label(table.rows[cell.row], table), "column": column}


async def read(request: Request) -> Response:
    """Write what the second reviewer reads."""
    values = await form_of(request)
    desk, typed = desk_of(request), values.get("text", "").strip()
    reading = _asked(desk, values)
    if reading is not None and (typed or values.get("blank")) and reading.second is None:
        first = reading.first
        s = first.subject
        subject = Subject(second_key(first), s.doc_id, s.sha256, s.table_id, s.row, s.col, s.at)
        choice = Choice(subject, "second", reading.stands, typed, str(first.id), 0)
        try:
            desk.store.record(user_of(request), [choice])
        except ConflictError:
            pass  # somebody else has just read it
    return RedirectResponse("/second", 303)


async def settle(request: Request) -> Response:
    """Write what a third reviewer sees where two differ: it stands in the place of the first's."""
    values = await form_of(request)
    desk, typed = desk_of(request), values.get("text", "").strip()
    reading = _asked(desk, values)
    if reading is not None and (typed or values.get("blank")) and reading.second is not None:
        first = reading.first
        choice = Choice(
            first.subject, "value", first.old, typed, "third reading", desk.store.last(first.subject.flag_id)
        )
        desk.store.record(user_of(request), [choice])
    return RedirectResponse("/second", 303)


def _asked(desk: Desk, values: dict[str, str]) -> Reading | None:
    found = desk.readings()
    return next((r for r in found if str(r.first.id) == values.get("id", "")), None)


def invite(request: Request) -> Response:
    """An address for another reviewer's browser, good for one use."""
    door: Door = request.app.state.door
    address = f"{request.url.scheme}://{request.url.netloc}/who?{TOKEN_PARAMETER}={door.invite()}"
    return page(request, "invited.html", address=address)


def ask_name(request: Request) -> Response:
    """Asks whoever was invited for a name: without one, two browsers would pass for one reviewer."""
    return page(request, "who.html")


async def set_name(request: Request) -> Response:
    """Who sits at this browser."""
    values = await form_of(request)
    back = values.get("back", "/")
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = RedirectResponse(back if local else "/", 303)
    name = " ".join(values.get("name", "").split())[:LONGEST_NAME]
    response.set_cookie(REVIEWER, quote(name), samesite="strict", httponly=True)
    return response
