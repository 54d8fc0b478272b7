"""The review page: routes of a small server-rendered application over one run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from model.errors import DocumentError
from model.geometry import Box
from pipeline.run.audit import Audit
from review.applying import Applying
from review.audit_page import audit_routes
from review.desk import Desk
from review.document_page import document_routes
from review.flag_page import flag_routes
from review.handed import Handed
from review.overview import overview_routes
from review.page import desk_of, filter_of, flag_url, form_of, handed_of, page, user_of, whole_number
from review.people import EVERY_TENTH, Twice
from review.portions_page import portion_routes
from review.second_page import people_routes
from review.security import Door, Guard
from review.sheets_page import sheets_routes
from review.table_page import table_routes
from review.words import LANGUAGES, Language

_HERE = Path(__file__).parent
_APPLY_WAIT = 1.5  # seconds in which Apply is most often done: then its result is the answer


class Static(StaticFiles):
    """Scripts and styles, which browsers keep: their addresses name what is in them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response


def create_app(
    folder: Path,
    token: str,
    user: str,
    audit: Audit | None = None,
    session: str = "",
    twice: Twice = EVERY_TENTH,
    language: Language = "vi",
) -> Starlette:
    """The application for a finished run folder, and for an audit of it. `token` lets one browser in, which
    then has the secret `session` ('': a new one); `twice` says what is read a second time, `language` in
    which language a browser is met that chose none. Raises NothingReadError where there is no run."""
    door = Door(token, session)
    app = Starlette(
        routes=[
            Route("/", show_list),
            Route("/alive", alive),
            Route("/image", show_image),
            Route("/apply", apply, methods=["POST"]),
            Route("/applied", show_applied),
            Route("/language", set_language, methods=["POST"]),
            Route("/page", show_page),
            Route("/page.json", page_size),
            Route("/ink", show_ink),
            *flag_routes(),
            *table_routes(),
            *document_routes(),
            *sheets_routes(),
            *people_routes(),
            *portion_routes(),
            *overview_routes(),
            *audit_routes(),
            Mount("/static", Static(directory=_HERE / "static")),
        ],
        middleware=[Middleware(Guard, door=door)],
    )
    app.state.desk = Desk(folder, user, twice)
    app.state.door = door
    app.state.applying = Applying(app.state.desk)
    app.state.audit = audit
    app.state.language = language
    app.state.handed = Handed(folder)
    return app


def alive(request: Request) -> Response:
    """Says that the server is there, before a form is sent."""
    return Response(status_code=204)


def show_list(request: Request) -> Response:
    """The work list, filtered; also the part that htmx swaps while a reviewer types."""
    values = dict(request.query_params)
    wanted = filter_of(values)
    number = whole_number(values.get("page", "1"))
    listing = desk_of(request).listing(wanted, 1 if number is None else number)
    return page(
        request,
        "list.html",
        filter=wanted,
        flag_url=lambda key: flag_url(key, wanted),
        next_url="/next?" + urlencode(wanted.query()),
        page_url=lambda n: "/?" + urlencode({**wanted.query(), "page": str(n)}),
        busy=handed_of(request).names(user_of(request)),
        closed=_closed(desk_of(request), values.get("closed", "")),
        **listing,
    )


def _closed(desk: Desk, ident: str) -> tuple[int, int]:
    """The decision by which a table or a document was closed, and how many flags with it; 0 where it was
    taken back."""
    number = whole_number(ident)
    standing = desk.store.standing() if number is not None else []
    batch = next((d.together for d in standing if d.id == number), "")
    return (number, sum(d.together == batch for d in standing)) if number and batch else (0, 0)


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
    return (doc_id if known else "", whole_number(number) or 0)


def show_page(request: Request) -> Response:
    """A whole page as JPEG."""
    doc_id, number = _page_asked(request)
    try:
        picture = desk_of(request).whole_page(doc_id, number) if doc_id and number else b""
    except (OSError, DocumentError):
        picture = b""
    if not picture:
        return PlainTextResponse("The page can't be shown.", 404)
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(picture, media_type="image/jpeg", headers=headers)


def show_ink(request: Request) -> Response:
    """What is printed in a box of a page, upright, as PNG."""
    doc_id, number = _page_asked(request)
    edges = request.query_params.get("box", "").split(",")
    trim = request.query_params.get("trim", "") == "1"
    try:
        x0, y0, x1, y1 = (float(e) for e in edges)
        box = Box(x0, y0, x1, y1)
        picture = desk_of(request).ink(doc_id, number, box, trim) if doc_id and number else b""
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
