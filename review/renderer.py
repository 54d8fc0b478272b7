"""Pages of sources drawn in a process of their own, within a budget: a file may hang or crash who draws it.

The child lives as long as the review, so that only its first page waits for it to start. It is asked in JSON
and answers with pixels; one that says nothing in time, or nonsense, is ended, and the next page has a new
one.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from threading import Lock
from typing import IO, Any

import numpy as np

from extract.kinds import kind_of_name
from extract.pdf.render import render_page
from extract.pdf.rescue import open_or_rescue
from extract.raster import Raster
from extract.scan.image import open_image, read_frame
from model.errors import DocumentError
from pipeline.workers.child import limit, watch_parent

DPI = 150
BUDGET_S = 20.0
"""Seconds for a page, the start of the child with it; a page of a sound file takes 0.02 to 0.3."""

MEMORY = 2 << 30
_LARGEST = 1 << 28  # bytes of an answer: A3 at 600 dpi in colour has 209 million
_SIZE = struct.Struct(">I")
_ENTRY = "from review.renderer import serve; serve()"


class DrawingError(OSError):
    """A page that could not be drawn within its budget."""


class Renderer:
    """Draws pages. Thread-safe: one page at a time."""

    def __init__(self, budget_s: float = BUDGET_S) -> None:
        self._budget_s = budget_s
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def page(self, file: Path, index: int) -> Raster:
        """Page `index` (from 0) of a source. Raises DrawingError for a page that can't be drawn in time,
        DocumentError for one that can't be drawn at all."""
        with self._lock:
            try:
                question = {"file": str(file), "page": index}
                head, pixels = self._asked(question, time.monotonic() + self._budget_s)
            except (OSError, ValueError) as error:
                self.close()
                raise DrawingError(f"{file.name}: the page cannot be drawn ({error})") from error
        if head.get("error"):
            raise DocumentError(str(head["error"]))
        shape = tuple(int(n) for n in head["shape"])
        drawn = np.frombuffer(pixels, np.uint8).reshape(shape)
        return Raster(drawn, float(head["width"]), float(head["height"]), DPI, DPI)

    def _asked(self, question: dict[str, Any], until: float) -> tuple[dict[str, Any], bytes]:
        child = self._running()
        assert child.stdin is not None and child.stdout is not None
        said = json.dumps(question).encode()
        child.stdin.write(_SIZE.pack(len(said)) + said)
        head = json.loads(self._heard(child.stdout, until))
        if not isinstance(head, dict):
            raise ValueError("no answer")
        return head, self._heard(child.stdout, until)

    def _heard(self, pipe: IO[bytes], until: float) -> bytes:
        (size,) = _SIZE.unpack(_exactly(pipe, _SIZE.size, until))
        if size > _LARGEST:
            raise ValueError("too large an answer")
        return _exactly(pipe, size, until)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", _ENTRY],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            )
        return self._child

    def close(self) -> None:
        """End the child and all that it started."""
        child, self._child = self._child, None
        if child is None:
            return
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _exactly(pipe: IO[bytes], size: int, until: float) -> bytes:
    """So many bytes, by then. Raises TimeoutError, ConnectionResetError."""
    parts, left = [], size
    while left:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError("it takes too long")
        part = os.read(pipe.fileno(), min(left, 1 << 20))
        if not part:
            raise ConnectionResetError("the file ended the program that drew it")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def serve() -> None:
    """The child: questions on standard input, answers on standard output, until the other end is gone."""
    limit(MEMORY)
    watch_parent()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what libraries print is no answer
    while head := sys.stdin.buffer.read(_SIZE.size):
        question = json.loads(sys.stdin.buffer.read(_SIZE.unpack(head)[0]))
        said, pixels = _answer(Path(question["file"]), int(question["page"]))
        told = json.dumps(said).encode()
        answers.write(_SIZE.pack(len(told)) + told + _SIZE.pack(len(pixels)) + pixels)
        answers.flush()


def _answer(file: Path, index: int) -> tuple[dict[str, Any], bytes]:
    try:
        raster = drawn(file, index)
    except Exception as error:
        # PDFium and Pillow raise anything on damaged files.
        return {"error": f"{type(error).__name__}: {error}"}, b""
    pixels = np.ascontiguousarray(raster.pixels)
    return {"shape": pixels.shape, "width": raster.width, "height": raster.height}, pixels.tobytes()


def drawn(file: Path, index: int) -> Raster:
    """The page, drawn here. Raises OSError for a file that is gone or is no picture, DocumentError."""
    found = kind_of_name(file)
    kind = found.kind if found else ""
    if kind == "pdf":
        with open_or_rescue(file) as pdf:
            return render_page(pdf.document, index, DPI)
    if kind == "image":
        with open_image(file) as opened:
            return read_frame(opened, index)
    raise FileNotFoundError(file)
