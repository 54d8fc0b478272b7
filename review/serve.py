"""`extract review DIR`: the review page on 127.0.0.1, opened in the browser."""

from __future__ import annotations

import getpass
import hashlib
import html
import os
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from pipeline.run.audit import Audit
from review.app import create_app
from review.people import EVERY_TENTH, Twice
from review.security import TOKEN_PARAMETER, new_token
from review.words import Language

_HOST = "127.0.0.1"
_FIRST_PORT, _PORTS = 20_000, 10_000  # where few programs listen, and below those that systems hand out
_OWN_ONLY = 0o600


def serve(
    folder: Path,
    port: int = 0,
    open_browser: bool = True,
    user: str = "",
    *,
    say: Callable[[str], object],
    audit: Audit | None = None,
    twice: Twice = EVERY_TENTH,
    language: Language = "vi",
) -> None:
    """Serve until interrupted. `port` 0 takes a free one; `say` gets the address with its token; with an
    `audit` that is where it is done; `twice` says what is read a second time; `language` is that
    of the page.

    Raises NothingReadError where `folder` holds no finished run.
    """
    token = new_token()
    app = create_app(folder, token, user or login(), audit, twice=twice, language=language)
    with _listening(folder, port) as listening:
        port = listening.getsockname()[1]
        address = f"http://{_HOST}:{port}/{'audit' if audit else ''}?{TOKEN_PARAMETER}={token}"
        say(address)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        with doorstep(address) as page:
            if open_browser:
                webbrowser.open(page.as_uri())
            uvicorn.Server(config).run(sockets=[listening])


def _listening(folder: Path, port: int) -> socket.socket:
    """The port asked for; else the folder's own, so that what a browser keeps of a page is there again when
    the server is; else, where another program has that, a free one."""
    if port:
        return socket.create_server((_HOST, port))
    digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).digest()
    own = _FIRST_PORT + int.from_bytes(digest[:2], "big") % _PORTS
    try:
        return socket.create_server((_HOST, own))
    except OSError:
        return socket.create_server((_HOST, 0))


@contextmanager
def doorstep(address: str) -> Iterator[Path]:
    """A page that nobody else can read and that leads to `address`: a browser is told where to go by its
    command line, which every user of the machine can see. It goes with the server."""
    with tempfile.TemporaryDirectory(prefix="extract-review-") as folder:  # nobody else's, by its mode
        page = Path(folder) / "review.html"
        handle = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            target = html.escape(address, quote=True)
            file.write(
                f'<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
                f'<meta http-equiv="refresh" content="0;url={target}"><a href="{target}">extract</a>\n'
            )
        yield page


def login() -> str:
    """The name that a person is logged in by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
