"""The pages of sheets: which there are, and one of them to be confirmed as a whole."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from emit.rows import flag_ids
from model.document import Document
from model.flag import Flag
from review.decisions import Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.manner import completed
from review.page import desk_of, filter_of, flag_url, form_of, next_url, page, user_of
from review.sheets import Sheet, Tile, offered, sheet_of, sheets_of, table_sheet
from review.targets import cell_at, cell_key

_BACK = ("key", "kind", "severity", "state", "q")  # of an address: the flag that led here, and its list
_MOST_DOCUMENTS = 40  # of which sheets are looked for at once: each has to be read


def sheets_routes() -> list[Route]:
    """The routes of the sheets."""
    return [
        Route("/sheets", show_sheets),
        Route("/sheet", show_sheet),
        Route("/sheet/confirm", confirm, methods=["POST"]),
    ]


def _state(desk: Desk, doc_id: str) -> tuple[Document, Sequence[Flag]]:
    """A document as decided, and the flags that nobody has decided on."""
    state = desk.current.state(doc_id, fresh=True)
    document = desk.current.document(doc_id)
    if state is not None:
        return document, state.open_flags
    decided = desk.current.decided()
    return document, [
        f for f, ident in zip(document.flags, flag_ids(document.flags)) if f"{doc_id}#{ident}" not in decided
    ]


def _sheets(desk: Desk, doc_id: str) -> list[Sheet]:
    return sheets_of(doc_id, *_state(desk, doc_id))


def show_sheets(request: Request) -> Response:
    """The sheets of a document, or of the documents with most to look at."""
    desk, doc_id = desk_of(request), request.query_params.get("doc", "")
    decided = desk.current.decided()
    left: dict[str, int] = {}
    for flag in desk.current.flags().values():
        if flag.key not in decided and desk.has_pages(flag.doc_id):
            left[flag.doc_id] = left.get(flag.doc_id, 0) + 1
    wanted = sorted(left, key=lambda d: (-left[d], d))[:_MOST_DOCUMENTS]
    if doc_id in desk.folder.documents:
        wanted = [doc_id]
    sheets = [s for d in wanted for s in _sheets(desk, d)]
    return page(request, "sheets.html", sheets=sheets, doc_id=doc_id, url_of=_url)


def _url(sheet: Sheet) -> str:
    named = {"doc": sheet.doc_id, "table": sheet.table_id, "text": sheet.text}
    return "/sheet?" + urlencode(named | ({"col": str(sheet.col)} if sheet.col is not None else {}))


def show_sheet(request: Request) -> Response:
    """One sheet."""
    return _shown(request, dict(request.query_params))


def _shown(
    request: Request, values: dict[str, str], conflict: Decision | None = None, status: int = 200
) -> Response:
    sheet = _asked_sheet(desk_of(request), values)
    if not isinstance(sheet, Sheet):
        return sheet
    back = {k: v for k, v in values.items() if k in _BACK}
    return page(
        request,
        "sheet.html",
        status,
        sheet=sheet,
        misfits=sum(t.misfit for t in sheet.tiles),
        conflict=conflict,
        back=list(back.items()),
    )


def _asked_sheet(desk: Desk, values: dict[str, str]) -> Sheet | Response:
    """The sheet that an address or a form names, or the answer where there is none."""
    doc_id = values.get("doc", "")
    if doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    document, flags = _state(desk, doc_id)
    table_id, col, text = (values.get(name, "") for name in ("table", "col", "text"))
    if table_id and not col and not text:
        sheet = table_sheet(doc_id, document, table_id, flags)
    else:
        sheet = sheet_of(sheets_of(doc_id, document, flags), table_id, col, text)
    if sheet is None:
        return RedirectResponse("/sheets?" + urlencode({"doc": doc_id}), 303)
    return offered(sheet, document, flags)


async def confirm(request: Request) -> Response:
    """Write that all cells of the sheet were read rightly, but for those that were marked: of these what was
    typed, or nothing. One batch, undone as one."""
    values = await form_of(request)
    desk = desk_of(request)
    sheet = _asked_sheet(desk, values)
    if not isinstance(sheet, Sheet):
        return sheet
    choices = [c for tile in sheet.tiles if (c := _choice(desk, sheet, tile, values)) is not None]
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex)
    except ConflictError as conflict:
        return _shown(request, values, conflict.latest, 409)
    return RedirectResponse(_after(request, values), 303)


def _after(request: Request, values: dict[str, str]) -> str:
    """Where to go on: to the next flag that the sheet did not settle, where a flag led here."""
    desk, wanted = desk_of(request), filter_of({k: values.get(f"back.{k}", "") for k in _BACK})
    flag = desk.flag(values.get("back.key", ""))
    if flag is None:
        return "/sheets?" + urlencode({"doc": values.get("doc", "")})
    desk.current.state(flag.doc_id, fresh=True)
    own = flag.key not in desk.current.decided()
    return flag_url(flag.key, wanted) if own else next_url(request, flag.key, wanted)


def _choice(desk: Desk, sheet: Sheet, tile: Tile, values: dict[str, str]) -> Choice | None:
    """What is written of one cell; None for one that is marked and left to be looked at by itself, and for
    one that the page did not show so."""
    at = f"{tile.table_id}.{tile.row}.{tile.col}"
    if values.get(f"shown.{at}") != tile.text:
        return None
    names = desk.named(sheet.doc_id, tile.table_id, tile.row, tile.col)
    key = cell_key(sheet.doc_id, tile.table_id, names)
    sha256 = desk.folder.documents[sheet.doc_id].sha256
    subject = Subject(key, sheet.doc_id, sha256, tile.table_id, tile.row, tile.col, names)
    seen = desk.store.last(key)
    if not values.get(f"wrong.{at}"):
        taken = values.get(f"take.{at}", "").strip()
        if taken and taken != tile.text:
            return Choice(subject, "value", tile.text, taken, "", seen)
        return Choice(subject, "read", tile.text, "", "", seen)
    document = desk.current.document(sheet.doc_id)
    table, cell = cell_at(document, tile.table_id, tile.row, tile.col)
    typed = values.get(f"text.{at}", "").strip()
    if table is not None and cell is not None:
        typed = completed(table, cell, document.decimal_mark, typed)
    return Choice(subject, "value", tile.text, typed, "", seen) if typed and typed != tile.text else None
