"""What every page of the review server has in common: its desk, its language, its forms."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from review.desk import Desk
from review.handed import Handed
from review.words import KEYS, LANGUAGES, Language, words
from review.worklist import Filter

REVIEWER = "reviewer"  # the cookie that holds a browser's reviewer
LONGEST_NAME = 60
LONGEST = 20_000  # characters of a typed value or reason; no cell of a report holds as many

_LONGEST_NUMBER = 9  # digits


def desk_of(request: Request) -> Desk:
    """The desk of this server."""
    desk: Desk = request.app.state.desk
    return desk


def handed_of(request: Request) -> Handed:
    """Which flag lies before whom at this server."""
    handed: Handed = request.app.state.handed
    return handed


def user_of(request: Request) -> str:
    """The name of the reviewer at this browser: the one given there, else that of the server's user."""
    given = unquote(request.cookies.get(REVIEWER, "")).strip()[:LONGEST_NAME]
    return given or desk_of(request).user


def language_of(request: Request) -> Language:
    """The language that this browser chose, else the one the server was started in."""
    chosen, first = request.cookies.get("language"), request.app.state.language
    return ("en" if chosen == "en" else "vi") if chosen in LANGUAGES else first


def whole_number(text: str) -> int | None:
    """A whole number that a request names; None for anything else, and for larger ones than there can be."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A page from its template, in the language that the browser asks for."""
    desk = desk_of(request)
    language = language_of(request)
    common = {
        "w": words(language),
        "version": static_version(),
        "language": language,
        "progress": desk.progress(),
        "user": user_of(request),
        "when": when,
        "keys": [(key, said[LANGUAGES.index(language)]) for key, *said in KEYS],
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return HTMLResponse(desk.render(template, common | context), status)


@lru_cache(maxsize=1)
def static_version() -> str:
    """What tells these scripts and styles from those of another version."""
    files = sorted(p for p in (Path(__file__).parent / "static").iterdir() if p.is_file())
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:12]


def when(moment: str) -> str:
    """A moment of the ledger (UTC, ISO 8601) in local time, as written in Vietnam."""
    return datetime.fromisoformat(moment).astimezone().strftime("%d/%m/%Y %H:%M")


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a posted form, as long as anybody types."""
    form = await request.form()
    return {k: v[:LONGEST] for k, v in form.items() if isinstance(v, str)}


def filter_of(values: dict[str, str]) -> Filter:
    """What an address asks the list to show."""
    return Filter(
        kind=values.get("kind", ""),
        severity=values.get("severity", ""),
        doc_id=values.get("doc", ""),
        state=values.get("state", "open"),
        text=values.get("q", "")[:200],
        who=values.get("who", "")[:LONGEST_NAME],
    )


def flag_url(key: str, wanted: Filter, at: str = "") -> str:
    """The address of a flag's page; `at` names the cell of its relation that the keys act on."""
    return "/flag?" + urlencode({"key": key, **wanted.query(), **({"at": at} if at else {})})


def others_of(request: Request) -> set[str]:
    """The flags that are for others: they lie before them, or in documents that were given to them."""
    who = user_of(request)
    return handed_of(request).busy(who) | desk_of(request).given_to_others(who)


def next_url(request: Request, key: str, wanted: Filter) -> str:
    """The address of the flag to go to after `key` ('': the first of the list), which is this reviewer's from
    now on; that of the list where none is left."""
    desk, handed, who = desk_of(request), handed_of(request), user_of(request)
    busy = others_of(request)
    following = desk.following(key, wanted, busy)
    while following and following not in busy and handed.take(following, who):
        busy.add(following)  # somebody was faster
        following = desk.following(key, wanted, busy)
    return flag_url(following, wanted) if following else "/?" + urlencode(wanted.query())
