"""`extract review DIR`: the review page on 127.0.0.1, opened in the browser."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.run.audit import Audit
from review.app import create_app
from review.security import TOKEN_PARAMETER, new_token

_HOST = "127.0.0.1"


def serve(
    folder: Path,
    port: int = 0,
    open_browser: bool = True,
    user: str = "",
    *,
    say: Callable[[str], object],
    audit: Audit | None = None,
) -> None:
    """Serve until interrupted. `port` 0 takes a free one; `say` gets the address with its token; with an
    `audit` that is where it is done.

    Raises NothingReadError where `folder` holds no finished run.
    """
    token = new_token()
    app = create_app(folder, token, user or login(), audit)
    with socket.create_server((_HOST, port)) as listening:
        port = listening.getsockname()[1]
        address = f"http://{_HOST}:{port}/{'audit' if audit else ''}?{TOKEN_PARAMETER}={token}"
        say(address)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


def login() -> str:
    """The name that a person is logged in by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
