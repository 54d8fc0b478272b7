"""The audit in the browser: one cell a page, the ink beside an empty field."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.run.audit import Audit, Item, Verdict, agrees, answers_of, quality_of, write_quality
from review.audit_view import ink_url, picture_of, places_of, question, source_lines
from review.desk import Desk
from review.page import desk_of, form_of, language_of, page

_VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "unread")
SIZE, SEED = 300, 0


def audit_routes() -> list[Route]:
    """The routes of the audit."""
    return [
        Route("/audit", show_audit),
        Route("/audit/image", show_image),
        Route("/audit/answer", answer, methods=["POST"]),
    ]


def _audit(request: Request) -> Audit:
    """The audit of this server: the one it was started for, else one of 300 figures, begun when asked for."""
    found: Audit | None = request.app.state.audit
    if found is None:
        desk = desk_of(request)
        found = request.app.state.audit = Audit(desk.folder.path, "figures", SIZE, SEED, desk.user)
    return found


def _id(item: Item) -> str:
    return item.drawn_by(0)


def _item(audit: Audit, ident: str) -> Item | None:
    return next((item for item in audit.items if _id(item) == ident), None)


def show_audit(request: Request) -> Response:
    """The next cell to read, or what came of it."""
    return _shown(request, "", None)


def _shown(request: Request, typed: str, differing: Item | None) -> Response:
    audit, desk = _audit(request), desk_of(request)
    item = differing or next(iter(audit.items), None)
    told = quality_of(a for a in answers_of(desk.folder.path) if a.what == audit.what)
    shown: dict[str, Any] = {
        "audit": audit,
        "item": item,
        "id": _id(item) if item else "",
        "question": question(item, language_of(request)) if item else "",
        "places": places_of(item, language_of(request)) if item else [],
        "ink": ink_url(item) if item and _has_picture(desk, item) else "",
        "has_picture": item is not None and _has_picture(desk, item),
        "source": source_lines(desk, item) if item else [],
        "typed": typed,
        "differing": differing,
        "quality": told,
        "upper": f"{100 * told.upper:.1f}",
    }
    return page(request, "audit.html", **shown)


def _has_picture(desk: Desk, item: Item) -> bool:
    return picture_of(desk, item) is not None


def show_image(request: Request) -> Response:
    """The page round a cell as PNG."""
    item = _item(_audit(request), request.query_params.get("id", ""))
    picture = picture_of(desk_of(request), item) if item else None
    if picture is None:
        return PlainTextResponse("The page can't be shown.", 404)
    return Response(picture, media_type="image/png")


async def answer(request: Request) -> Response:
    """Take an answer; where it differs from the reading, show both and ask to look again."""
    values = await form_of(request)
    audit = _audit(request)
    item = _item(audit, values.get("id", ""))
    typed, verdict = values.get("answer", "").strip(), values.get("verdict", "")
    if item is None or (not typed and verdict != "unread"):
        return RedirectResponse("/audit", 303)  # it was answered before, or nothing was typed
    if verdict in _VERDICTS:
        audit.judge(item, typed, verdict)
    elif agrees(item, typed):
        audit.judge(item, typed, "right")
    else:
        return _shown(request, typed, item)
    write_quality(desk_of(request).folder.path)
    return RedirectResponse("/audit", 303)
