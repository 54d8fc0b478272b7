"""The page of one flag: what is wrong, where it stands, and the keys that decide it."""

from __future__ import annotations

import uuid
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from review.decisions import ON_FLAGS, Action, Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.folder import FlagRow
from review.page import (
    LONGEST,
    desk_of,
    filter_of,
    flag_url,
    form_of,
    handed_of,
    next_url,
    others_of,
    page,
    user_of,
    whole_number,
)
from review.relation import steps
from review.targets import Target, beside, cell_key
from review.trial import Trial, try_value
from review.worklist import Filter

BLANK = "∅"  # the value that says that nothing is printed there


def flag_routes() -> list[Route]:
    """The routes of a flag's page."""
    return [
        Route("/flag", show_flag),
        Route("/next", show_next),
        Route("/hold", hold, methods=["POST"]),
        Route("/try", try_typed),
        Route("/decide", decide, methods=["POST"]),
        Route("/undo", undo, methods=["POST"]),
    ]


def show_flag(request: Request) -> Response:
    """One flag: page, relation, table, decision."""
    return _shown(request, dict(request.query_params))


def _shown(
    request: Request, values: dict[str, str], conflict: Decision | None = None, status: int = 200
) -> Response:
    desk = desk_of(request)
    flag = desk.flag(values.get("key", ""))
    if flag is None:
        return PlainTextResponse("No such flag.", 404)
    wanted = filter_of(values)
    other = handed_of(request).take(flag.key, user_of(request))
    busy = others_of(request)
    after = desk.following(flag.key, wanted, busy)
    view = desk.view(flag, wanted, values.get("at", ""), busy)
    return page(
        request,
        "flag.html",
        status,
        conflict=conflict,
        other=other,
        hidden=list(wanted.query().items()),
        list_url="/?" + urlencode(wanted.query()),
        flag_url=lambda key: flag_url(key, wanted),
        term_url=lambda at: flag_url(flag.key, wanted, at),
        term_steps=steps(view["terms"]),
        places_url=_places_url(flag, flag_url(after or flag.key, wanted), view["seen"]),
        ahead=_page_ahead(desk, flag, after),
        sheet_url=_sheet_url(flag, wanted) if view["sheet_cells"] else "",
        blank=BLANK,
        **view,
    )


def show_next(request: Request) -> Response:
    """From the list to the first flag of it that lies before nobody else."""
    return RedirectResponse(next_url(request, "", filter_of(dict(request.query_params))), 303)


async def hold(request: Request) -> Response:
    """Somebody still works at the page of a flag; says who else has it, where another has."""
    values = await form_of(request)
    flag = desk_of(request).flag(values.get("key", ""))
    if flag is None:
        return PlainTextResponse("No such flag.", 404)
    return JSONResponse({"other": handed_of(request).take(flag.key, user_of(request))})


def _page_ahead(desk: Desk, flag: FlagRow, after: str) -> str:
    """The page of the next flag, as its picture is asked for; '' where it is this one's, or has none."""
    other = desk.flag(after)
    if other is None or not desk.has_picture(other) or (other.doc_id, other.page) == (flag.doc_id, flag.page):
        return ""
    return urlencode({"doc": other.doc_id, "page": other.page}, quote_via=quote)


def _sheet_url(flag: FlagRow, wanted: Filter) -> str:
    """The sheet of all doubtful cells of the flag's table, which leads back to the list of the flag."""
    asked = {"doc": flag.doc_id, "table": flag.table_id, "key": flag.key}
    return "/sheet?" + urlencode({k: v for k, v in wanted.query().items() if k not in asked} | asked)


def _places_url(flag: FlagRow, back: str, seen: int) -> str:
    """Where the units are searched that the flagged cell may name, and whither choosing one leads."""
    cell = {"doc": flag.doc_id, "table": flag.table_id, "row": flag.row or 0, "col": flag.col or 0}
    return "/places?" + urlencode({**cell, "key": back, "flag": flag.key, "seen": seen})


def try_typed(request: Request) -> Response:
    """What a typed value would do to the relations, or what it would be written as, as a fragment."""
    desk = desk_of(request)
    flag = desk.flag(request.query_params.get("key", ""))
    text = request.query_params.get("new", "").strip()[:LONGEST]
    if flag is None or not text:
        return HTMLResponse("")
    target = desk.target(flag, request.query_params.get("at", ""))
    if target.field:
        told = target.as_written(desk.written(flag.doc_id, target, text))
        return page(request, "tried.html", written=told, trial=None)
    if target.cell is None or target.table is None:
        return HTMLResponse("")
    cell, told = target.cell, desk.written(flag.doc_id, target, text)
    trial: Trial = try_value(desk.document(flag.doc_id), target.table.table_id, cell.row, cell.col, told)
    return page(request, "tried.html", trial=trial, written=told if told != text else "")


async def decide(request: Request) -> Response:
    """Write a decision (or several alike), then go on to the next flag."""
    values = await form_of(request)
    desk = desk_of(request)
    flag = desk.flag(values.get("key", ""))
    action, _, rival = values.get("action", "").partition(":")
    seen = whole_number(values.get("seen", ""))
    if flag is None or action not in ON_FLAGS or seen is None:
        return PlainTextResponse("This is no decision.", 400)
    chosen: Action = action  # type: ignore[assignment]  # held to ON_FLAGS above
    target = desk.target(flag, values.get("at", ""))
    blank = (action, rival) == ("value", BLANK)
    new = "" if blank else desk.new_text(flag, target, chosen, rival or values.get("new", ""))
    if new is None:
        return PlainTextResponse("A value is needed.", 400)
    if chosen == "value" and not blank and new == target.text:
        chosen, new = "read", ""  # what stands there was typed again
    typed = chosen == "value" and not rival  # read from one place on the page, and holds there
    alike = values.get("alike") == "1" and not typed
    choices = _choices(desk, flag, target, chosen, new, values.get("reason", "").strip(), seen, alike)
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex if len(choices) > 1 else "")
    except ConflictError as conflict:
        return _shown(request, values, conflict.latest, status=409)
    wanted = filter_of(values)
    if chosen == "note":
        return RedirectResponse(flag_url(flag.key, wanted, target.at), 303)
    return RedirectResponse(next_url(request, flag.key, wanted), 303)


def _choices(
    desk: Desk,
    flag: FlagRow,
    target: Target,
    action: Action,
    new: str,
    reason: str,
    seen: int,
    alike: bool,
) -> list[Choice]:
    """What a decision writes: on the flag, or the cell of its relation that was chosen; what it settles with
    it; and the same of all alike."""
    if target.other and action in ("value", "read"):
        assert target.table is not None and target.cell is not None
        names = desk.named(flag.doc_id, target.table.table_id, target.cell.row, target.cell.col)
        key = cell_key(flag.doc_id, target.table.table_id, names)
        cell = (target.table.table_id, target.cell.row, target.cell.col)
        subject = Subject(key, flag.doc_id, flag.sha256, *cell, names)
        return [Choice(subject, action, target.text, new, reason, desk.store.last(key))]
    found = [_choice(desk, flag, action, new, reason, seen)]
    others = desk.siblings(flag) if target.field else desk.of_span(flag, target.cell)
    found += beside(target, flag, action, new, others, desk.store.last)
    if alike and action != "note":
        found += [_choice(desk, f, action, new, reason, desk.store.last(f.key)) for f in desk.alike(flag)]
    return found


def _choice(desk: Desk, flag: FlagRow, action: Action, new: str, reason: str, seen: int) -> Choice:
    names = desk.named(flag.doc_id, flag.table_id, flag.row, flag.col)
    subject = Subject(flag.key, flag.doc_id, flag.sha256, flag.table_id, flag.row, flag.col, names)
    return Choice(subject, action, desk.target(flag).text, new, reason, seen)


async def undo(request: Request) -> Response:
    """Take a decision back."""
    values = await form_of(request)
    desk = desk_of(request)
    ident = whole_number(values.get("id", ""))
    if desk.flag(values.get("key", "")) is None or ident is None:
        return PlainTextResponse("No such decision.", 404)
    desk.store.undo(user_of(request), ident)
    return RedirectResponse(flag_url(values["key"], filter_of(values)), 303)
