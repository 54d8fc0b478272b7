"""Whole tables and documents at once: what is left of one is said to be as on the paper, and documents are
given to a reviewer. Each is one batch, undone as one."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from review.decisions import Choice, ConflictError, Subject
from review.desk import Desk
from review.folder import FlagRow
from review.page import LONGEST_NAME, desk_of, filter_of, form_of, language_of, user_of, whole_number
from review.words import words

_ATTEMPTS = 3  # while others decide on the same flags


def portion_routes() -> list[Route]:
    """The routes of what is done to a whole table or document."""
    return [
        Route("/close", close, methods=["POST"]),
        Route("/reopen", reopen, methods=["POST"]),
        Route("/assign", assign, methods=["POST"]),
    ]


async def close(request: Request) -> Response:
    """Say that whatever is left to look at in a table, or in a whole document, was read as it is printed."""
    values = await form_of(request)
    desk, doc_id, table_id = desk_of(request), values.get("doc", ""), values.get("table", "")
    if doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    told = words(language_of(request))
    reason = told["closed_table" if table_id else "closed_document"]
    batch = uuid.uuid4().hex
    for _ in range(_ATTEMPTS):
        last = {d.subject.flag_id: d.id for d in desk.store.everything()}
        choices = [_closed(desk, f, reason, last.get(f.key, 0)) for f in desk.left_of(doc_id, table_id)]
        try:
            made = desk.store.record(user_of(request), choices, batch)
        except ConflictError:
            continue  # somebody has just decided on one of them
        done = {"closed": made[0].id} if made else {}
        return RedirectResponse("/?" + urlencode({**_back(values), **done}), 303)
    return RedirectResponse("/?" + urlencode(_back(values)), 303)


def _closed(desk: Desk, flag: FlagRow, reason: str, seen: int) -> Choice:
    names = desk.named(flag.doc_id, flag.table_id, flag.row, flag.col)
    subject = Subject(flag.key, flag.doc_id, flag.sha256, flag.table_id, flag.row, flag.col, names)
    return Choice(subject, "read", desk.target(flag).text, "", reason, seen)


def _back(values: dict[str, str]) -> dict[str, str]:
    """The list that a form stood in."""
    return filter_of({k.removeprefix("back."): v for k, v in values.items() if k.startswith("back.")}).query()


async def reopen(request: Request) -> Response:
    """Take back that a table or a document was closed."""
    values = await form_of(request)
    ident = whole_number(values.get("id", ""))
    if ident is not None:
        desk_of(request).store.undo(user_of(request), ident)
    return RedirectResponse("/?" + urlencode(_back(values)), 303)


async def assign(request: Request) -> Response:
    """Give documents to a reviewer ('': to nobody): others are led to their flags when no more are left."""
    form = await request.form()
    desk = desk_of(request)
    chosen = [d for d in form.getlist("doc") if isinstance(d, str) and d in desk.folder.documents]
    name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
    has = desk.store.assigned()
    subjects = [Subject(assigned_key(d), d, desk.folder.documents[d].sha256) for d in dict.fromkeys(chosen)]
    choices = [
        Choice(s, "assign", has.get(s.doc_id, ""), name, "", desk.store.last(s.flag_id))
        for s in subjects
        if has.get(s.doc_id, "") != name
    ]
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex if len(choices) > 1 else "")
    except ConflictError:
        pass  # somebody has just given one of them away: the page shows to whom
    return RedirectResponse("/overview", 303)


def assigned_key(doc_id: str) -> str:
    """The subject of who is to review a document."""
    return f"{doc_id}#assigned"
