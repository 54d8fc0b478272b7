"""The review page: routes of a small server-rendered application over one run folder."""

from __future__ import annotations

import uuid
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from model.errors import DocumentError
from model.geometry import Box
from pipeline.run.audit import Audit
from review.applying import Applying
from review.audit_page import audit_routes
from review.decisions import ON_FLAGS, Action, Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.document_page import document_routes
from review.folder import FlagRow
from review.overview import overview_routes
from review.page import LONGEST, desk_of, form_of, page, user_of
from review.people import Handed
from review.second_page import people_routes
from review.security import Door, Guard
from review.sheets_page import sheets_routes
from review.table_page import table_routes
from review.trial import Trial, try_value
from review.words import LANGUAGES
from review.worklist import Filter

_HERE = Path(__file__).parent
BLANK = "∅"  # the value that says that nothing is printed there
_APPLY_WAIT = 1.5  # seconds in which Apply is most often done: then its result is the answer


def create_app(
    folder: Path, token: str, user: str, audit: Audit | None = None, session: str = ""
) -> Starlette:
    """The application for a finished run folder, and for an audit of it. `token` lets one browser in, which
    then has the secret `session` ('': a new one). Raises NothingReadError where there is no run."""
    door = Door(token, session)
    app = Starlette(
        routes=[
            Route("/", show_list),
            Route("/alive", alive),
            Route("/flag", show_flag),
            Route("/image", show_image),
            Route("/try", try_typed),
            Route("/decide", decide, methods=["POST"]),
            Route("/undo", undo, methods=["POST"]),
            Route("/apply", apply, methods=["POST"]),
            Route("/applied", show_applied),
            Route("/language", set_language, methods=["POST"]),
            Route("/page", show_page),
            Route("/page.json", page_size),
            Route("/ink", show_ink),
            *table_routes(),
            *document_routes(),
            *sheets_routes(),
            *people_routes(),
            *overview_routes(),
            *audit_routes(),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        middleware=[Middleware(Guard, door=door)],
    )
    app.state.desk = Desk(folder, user)
    app.state.door = door
    app.state.applying = Applying(app.state.desk)
    app.state.audit = audit
    app.state.handed = Handed()
    return app


def _filter(values: dict[str, str]) -> Filter:
    return Filter(
        kind=values.get("kind", ""),
        severity=values.get("severity", ""),
        doc_id=values.get("doc", ""),
        state=values.get("state", "open"),
        text=values.get("q", "")[:200],
    )


def _flag_url(key: str, wanted: Filter) -> str:
    return "/flag?" + urlencode({"key": key, **wanted.query()})


def alive(request: Request) -> Response:
    """Says that the server is there, before a form is sent."""
    return Response(status_code=204)


def show_list(request: Request) -> Response:
    """The work list, filtered; also the part that htmx swaps while a reviewer types."""
    values = dict(request.query_params)
    wanted = _filter(values)
    number = int(values.get("page", "1")) if values.get("page", "1").isdecimal() else 1
    listing = desk_of(request).listing(wanted, number)
    return page(
        request,
        "list.html",
        filter=wanted,
        flag_url=lambda key: _flag_url(key, wanted),
        page_url=lambda n: "/?" + urlencode({**wanted.query(), "page": str(n)}),
        **listing,
    )


def show_flag(request: Request) -> Response:
    """One flag: page, relation, table, decision."""
    return _flag_page(request, dict(request.query_params))


def _flag_page(
    request: Request, values: dict[str, str], conflict: Decision | None = None, status: int = 200
) -> Response:
    desk = desk_of(request)
    flag = desk.flag(values.get("key", ""))
    if flag is None:
        return PlainTextResponse("No such flag.", 404)
    wanted = _filter(values)
    handed: Handed = request.app.state.handed
    other = handed.take(flag.key, user_of(request))
    after = desk.following(flag, wanted, handed.busy(user_of(request)))
    return page(
        request,
        "flag.html",
        status,
        conflict=conflict,
        other=other,
        hidden=list(wanted.query().items()),
        list_url="/?" + urlencode(wanted.query()),
        flag_url=lambda key: _flag_url(key, wanted),
        places_url=_places_url(flag, _flag_url(after or flag.key, wanted)),
        blank=BLANK,
        **desk.view(flag, wanted),
    )


def _places_url(flag: FlagRow, back: str) -> str:
    """Where the units are searched that the flagged cell may name, and whither choosing one leads."""
    cell = {"doc": flag.doc_id, "table": flag.table_id, "row": flag.row or 0, "col": flag.col or 0}
    return "/places?" + urlencode({**cell, "key": back})


def show_image(request: Request) -> Response:
    """The page round a flag as PNG."""
    desk = desk_of(request)
    flag = desk.flag(request.query_params.get("key", ""))
    if flag is None:
        return PlainTextResponse("No such flag.", 404)
    try:
        picture = desk.picture(flag)
    except (OSError, DocumentError):
        return PlainTextResponse("The page can't be shown.", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(picture, media_type="image/png", headers=headers)


def _page_asked(request: Request) -> tuple[str, int]:
    number = request.query_params.get("page", "")
    doc_id = request.query_params.get("doc", "")
    known = doc_id in desk_of(request).folder.documents
    return (doc_id if known else "", int(number) if number.isdecimal() else 0)


def show_page(request: Request) -> Response:
    """A whole page as PNG."""
    doc_id, number = _page_asked(request)
    try:
        picture = desk_of(request).whole_page(doc_id, number) if doc_id and number else b""
    except (OSError, DocumentError):
        picture = b""
    if not picture:
        return PlainTextResponse("The page can't be shown.", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(picture, media_type="image/png", headers=headers)


def show_ink(request: Request) -> Response:
    """What is printed in a box of a page, upright, as PNG."""
    doc_id, number = _page_asked(request)
    edges = request.query_params.get("box", "").split(",")
    try:
        x0, y0, x1, y1 = (float(e) for e in edges)
        picture = desk_of(request).ink(doc_id, number, Box(x0, y0, x1, y1)) if doc_id and number else b""
    except (ValueError, OSError, DocumentError):
        picture = b""
    if not picture:
        return PlainTextResponse("The place can't be shown.", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(picture, media_type="image/png", headers=headers)


def page_size(request: Request) -> Response:
    """A page's width and height in points."""
    doc_id, number = _page_asked(request)
    try:
        width, height = desk_of(request).page_size(doc_id, number) if doc_id and number else (0.0, 0.0)
    except (OSError, DocumentError):
        width, height = 0.0, 0.0
    return JSONResponse({"width": width, "height": height}, 200 if width else 404)


def try_typed(request: Request) -> Response:
    """What a typed value would do to the relations, as a fragment."""
    desk = desk_of(request)
    flag = desk.flag(request.query_params.get("key", ""))
    text = request.query_params.get("new", "").strip()[:LONGEST]
    if flag is None or flag.row is None or flag.col is None or not text:
        return HTMLResponse("")
    trial: Trial = try_value(desk.document(flag.doc_id), flag.table_id, flag.row, flag.col, text)
    return page(request, "tried.html", trial=trial)


async def decide(request: Request) -> Response:
    """Write a decision (or several alike), then go on to the next flag."""
    values = await form_of(request)
    desk = desk_of(request)
    flag = desk.flag(values.get("key", ""))
    action, _, rival = values.get("action", "").partition(":")
    seen = values.get("seen", "")
    if flag is None or action not in ON_FLAGS or not seen.isdecimal():
        return PlainTextResponse("This is no decision.", 400)
    chosen: Action = action  # type: ignore[assignment]  # held to ON_FLAGS above
    blank = (action, rival) == ("value", BLANK)
    new = "" if blank else desk.new_text(flag, chosen, rival or values.get("new", ""))
    if new is None:
        return PlainTextResponse("A value is needed.", 400)
    wanted = _filter(values)
    handed: Handed = request.app.state.handed
    following = desk.following(flag, wanted, handed.busy(user_of(request)))
    choices = [_choice(desk, flag, chosen, new, values.get("reason", ""), int(seen))]
    typed = (
        chosen == "value" and not rival
    )  # what is typed is read from one place on the page, and holds there
    if values.get("alike") == "1" and chosen != "note" and not typed:
        choices += [
            _choice(desk, other, chosen, new, values.get("reason", ""), desk.last_seen(other))
            for other in desk.alike(flag)
        ]
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex if len(choices) > 1 else "")
    except ConflictError as conflict:
        return _flag_page(request, values, conflict.latest, status=409)
    goal = (
        _flag_url(flag.key if chosen == "note" else following, wanted)
        if following or chosen == "note"
        else ""
    )
    return RedirectResponse(goal or "/?" + urlencode(wanted.query()), 303)


def _choice(desk: Desk, flag: FlagRow, action: Action, new: str, reason: str, seen: int) -> Choice:
    subject = Subject(
        flag.key, flag.doc_id, flag.sha256, flag.table_id, flag.row, flag.col, desk.names_of(flag)
    )
    return Choice(subject, action, desk.printed(flag), new, reason.strip(), seen)


async def undo(request: Request) -> Response:
    """Take a decision back."""
    values = await form_of(request)
    desk = desk_of(request)
    if desk.flag(values.get("key", "")) is None or not values.get("id", "").isdecimal():
        return PlainTextResponse("No such decision.", 404)
    desk.store.undo(user_of(request), int(values["id"]))
    return RedirectResponse(_flag_url(values["key"], _filter(values)), 303)


def apply(request: Request) -> Response:
    """Begin to write `reviewed/`."""
    applying: Applying = request.app.state.applying
    applying.start()
    return RedirectResponse("/applied", 303)


def show_applied(request: Request) -> Response:
    """How far Apply is, and what came of it."""
    applying: Applying = request.app.state.applying
    state = applying.state(_APPLY_WAIT)
    return RedirectResponse("/", 303) if state is None else page(request, "applied.html", state=state)


async def set_language(request: Request) -> Response:
    """Switch between Vietnamese and English."""
    values = await form_of(request)
    back = values.get("back", "/")
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = RedirectResponse(back if local else "/", 303)
    if values.get("to") in LANGUAGES:
        response.set_cookie("language", values["to"], samesite="strict", httponly=True)
    return response
