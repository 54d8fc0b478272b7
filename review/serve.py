"""`extract review DIR`: the review page on 127.0.0.1, opened in the browser."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from review.app import create_app
from review.security import TOKEN_PARAMETER, new_token

_HOST = "127.0.0.1"


def serve(
    folder: Path, port: int = 0, open_browser: bool = True, user: str = "", *, say: Callable[[str], object]
) -> None:
    """Serve until interrupted. `port` 0 takes a free one; `say` gets the address with its token.

    Raises NothingReadError where `folder` holds no finished run.
    """
    token = new_token()
    app = create_app(folder, token, user or _login())
    with socket.create_server((_HOST, port)) as listening:
        address = f"http://{_HOST}:{listening.getsockname()[1]}/?{TOKEN_PARAMETER}={token}"
        say(address)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
