"""Who may talk to the review page: one reviewer's browser on this machine, and nobody else.

The first address carries a random token, which is good for one use: it is traded for a cookie with another
secret, named after the port, so that several reviews on one machine stand side by side. Every request needs
the cookie, a Host header that names this machine, and, where it writes, an Origin that is our own.
Answers carry a strict Content-Security-Policy: nothing is loaded from elsewhere, no inline script runs.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

COOKIE = "extract_review"  # and the port
TOKEN_PARAMETER = "token"
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: under it browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """A token nobody guesses: 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


class Door:
    """The secrets that let browsers in: addresses that are good for one use each, and that of the cookie."""

    def __init__(self, token: str, session: str = "") -> None:
        """`token` is that of the first address; `session` the secret in the cookie ('': a new one)."""
        self._tokens, self.session = [token], session or new_token()

    def invite(self) -> str:
        """The token of one address more, for another reviewer's browser."""
        self._tokens.append(new_token())
        return self._tokens[-1]

    def knows(self, token: str) -> bool:
        """Whether an address with that token was given out and not used yet."""
        return sum(_same(token, known) for known in self._tokens) > 0  # all are compared, whichever it is

    def spend(self, token: str) -> None:
        """That address has been used."""
        self._tokens = [known for known in self._tokens if not _same(token, known)]


class Guard(BaseHTTPMiddleware):
    """Turns away every request that is not a reviewer's own; puts the security headers on answers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        super().__init__(app)
        self._door = door

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = self._refusal(request) or self._trade(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "").rsplit(":", 1)[0] if request.headers.get("host") else ""
        if host not in _LOCAL_HOSTS:
            return PlainTextResponse("This page answers on 127.0.0.1 only.", 421)
        if request.method not in _SAFE_METHODS and not self._same_origin(request):
            return PlainTextResponse("This request came from another page.", 403)
        if self._has_cookie(request) or self._has_token(request):
            return None
        return PlainTextResponse(
            "Open the address that `extract review` printed; it is good for one browser, once.", 403
        )

    def _trade(self, request: Request) -> Response | None:
        """The token in the first address becomes a cookie, and the address is shown without it."""
        if not _token_of(request) or request.method != "GET":
            return None
        response = RedirectResponse(request.url.path, 303)
        if not self._has_cookie(request):
            self._door.spend(_token_of(request))
            response.set_cookie(
                _cookie_of(request), self._door.session, httponly=True, samesite="strict", path="/"
            )
        return response

    def _has_cookie(self, request: Request) -> bool:
        return _same(request.cookies.get(_cookie_of(request), ""), self._door.session)

    def _has_token(self, request: Request) -> bool:
        return self._door.knows(_token_of(request))

    def _same_origin(self, request: Request) -> bool:
        origin = request.headers.get("origin", "")
        return bool(origin) and urlsplit(origin).netloc == request.headers.get("host", "")


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode(), secret.encode())


def _cookie_of(request: Request) -> str:
    """Cookies know no ports: each server's has its own in its name."""
    return f"{COOKIE}_{request.url.port or 80}"


def _token_of(request: Request) -> str:
    return request.query_params.get(TOKEN_PARAMETER, "")
