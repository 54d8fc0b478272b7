"""The pages of sheets: which there are, and one of them to be confirmed as a whole."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from review.decisions import Choice, ConflictError, Decision, Subject
from review.desk import Desk
from review.page import desk_of, form_of, page, user_of
from review.sheets import Sheet, Tile, sheet_of, sheets_of

_MOST_DOCUMENTS = 40  # of which sheets are looked for at once: each has to be read


def sheets_routes() -> list[Route]:
    """The routes of the sheets."""
    return [
        Route("/sheets", show_sheets),
        Route("/sheet", show_sheet),
        Route("/sheet/confirm", confirm, methods=["POST"]),
    ]


def cell_key(doc_id: str, table_id: str, names: str) -> str:
    """The subject of a decision on a cell that no flag led to; `names` of its row and column."""
    return f"{doc_id}#cell.{table_id}:{names}"


def _sheets(desk: Desk, doc_id: str) -> list[Sheet]:
    state = desk.current.state(doc_id, fresh=True)
    document = desk.current.document(doc_id)
    flags = document.flags if state is None else state.open_flags
    return sheets_of(doc_id, document, flags)


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
    return page(request, "sheet.html", status, sheet=sheet, conflict=conflict)


def _asked_sheet(desk: Desk, values: dict[str, str]) -> Sheet | Response:
    """The sheet that an address or a form names, or the answer where there is none."""
    doc_id = values.get("doc", "")
    if doc_id not in desk.folder.documents:
        return PlainTextResponse("No such document.", 404)
    sheet = sheet_of(
        _sheets(desk, doc_id), values.get("table", ""), values.get("col", ""), values.get("text", "")
    )
    return sheet if sheet is not None else RedirectResponse("/sheets?" + urlencode({"doc": doc_id}), 303)


async def confirm(request: Request) -> Response:
    """Write that all cells of the sheet were read rightly, but for those that were marked: of these what was
    typed, or nothing. One batch, undone as one."""
    values = await form_of(request)
    desk, doc_id = desk_of(request), values.get("doc", "")
    sheet = _asked_sheet(desk, values)
    if not isinstance(sheet, Sheet):
        return sheet
    choices = [c for tile in sheet.tiles if (c := _choice(desk, sheet, tile, values)) is not None]
    try:
        desk.store.record(user_of(request), choices, uuid.uuid4().hex)
    except ConflictError as conflict:
        return _shown(request, values, conflict.latest, 409)
    return RedirectResponse("/sheets?" + urlencode({"doc": doc_id}), 303)


def _choice(desk: Desk, sheet: Sheet, tile: Tile, values: dict[str, str]) -> Choice | None:
    """What is written of one cell; None for one that is marked and left to be looked at by itself, and for
    one that the page did not show so."""
    at = f"{tile.table_id}.{tile.row}.{tile.col}"
    if values.get(f"shown.{at}") != tile.text:
        return None
    state = desk.current.state(sheet.doc_id)
    names = state.named(tile.table_id, tile.row, tile.col) if state else f"{tile.row}:{tile.col}"
    key = cell_key(sheet.doc_id, tile.table_id, names)
    sha256 = desk.folder.documents[sheet.doc_id].sha256
    subject = Subject(key, sheet.doc_id, sha256, tile.table_id, tile.row, tile.col, names)
    seen = desk.store.last(key)
    if not values.get(f"wrong.{at}"):
        return Choice(subject, "read", tile.text, "", "", seen)
    typed = values.get(f"text.{at}", "").strip()
    return Choice(subject, "value", tile.text, typed, "", seen) if typed and typed != tile.text else None
