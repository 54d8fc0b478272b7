"""Which engine reads: the in-process one where its wheel is installed, else the program."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from extract.scan.readers.engine import Engine
from extract.scan.readers.names import EngineName


@cache
def engine_named(name: EngineName = "auto") -> Engine:
    """The engine, made once a process. `auto` falls back to pytesseract where tesserocr is missing;
    naming `tesserocr` does not (ImportError)."""
    if name == "pytesseract":
        return _subprocess_engine()
    if find_spec("tesserocr") is None:
        if name == "tesserocr":
            raise ModuleNotFoundError("No module named 'tesserocr'", name="tesserocr")
        return _subprocess_engine()
    from extract.scan.readers.in_process import InProcessEngine

    return InProcessEngine()


def _subprocess_engine() -> Engine:
    from extract.scan.readers.subprocess_engine import SubprocessEngine

    return SubprocessEngine()
