"""A review server in a process of its own, and a browser to drive it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

TOKEN = "b" * 43
_PROGRAM = """
import sys
from pathlib import Path
import uvicorn
from review.app import create_app
folder, port, user, token = sys.argv[1:]
app = create_app(Path(folder), token, user, None, "s" * 43)
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")
"""
_PATIENCE = 1800  # tenths of a second in which a server starts, on a busy machine


def chromium() -> str | None:
    """Where Chromium is; None where it is not."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Server:
    """A review server that can be killed, and started again at its port."""

    def __init__(self, folder: Path, user: str = "Lan", port: int = 0) -> None:
        self.folder, self.user, self.port = folder, user, port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-c", _PROGRAM, str(self.folder), str(self.port), self.user, TOKEN]
        self.process = subprocess.Popen(command)
        for _ in range(_PATIENCE):
            if _answers(self.address):
                return
            time.sleep(0.1)
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def cpu_ms(self) -> float:
        """What its process has spent so far, in milliseconds."""
        return _spent(self.process.pid)[1]

    def others_ms(self) -> float:
        """What all other processes that this one started have spent: the browser's."""
        known = {int(p.name): _spent(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdecimal()}
        ours = {os.getpid()}
        while more := {pid for pid, (parent, _) in known.items() if parent in ours} - ours:
            ours |= more
        return sum(known[pid][1] for pid in sorted(ours - {os.getpid(), self.process.pid}))


def _spent(pid: int) -> tuple[int, float]:
    """The parent of a process and the processor time it has spent, in milliseconds; 0 where it is gone."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    return int(parts[1]), 1000 * (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def opened(run: Path, program: str) -> Iterator[tuple[Server, Any]]:
    """A server on a run folder, and a page of the browser `program` that has opened it."""
    from playwright.sync_api import sync_playwright

    server = Server(run)
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(f"{server.address}/?token={TOKEN}")
            yield server, page
            browser.close()
    finally:
        server.kill()


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=2).close()
    except OSError as error:
        return getattr(error, "code", None) is not None  # it answers, if only to say no
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
