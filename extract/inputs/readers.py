"""The readers of pictures, loaded once a process, and what keeps the pictures of a page's steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.verify import NumberReading
from extract.scan.memory import pictures_from_the_heap
from extract.scan.readers.engines import engine_named
from extract.scan.readers.letters.network import LetterNetwork
from extract.scan.readers.line_network.network import TesseractNetwork
from extract.scan.readers.line_reader import LineNetwork, LineReader
from extract.scan.readers.line_words import IsWord
from extract.scan.readers.names import EngineName
from extract.scan.readers.numbers.reader import NumberReader
from extract.scan.readings import Readers
from extract.scan.repairs.marks import MarkReader
from model.errors import MissingProgramError

_TYPED_BEAM = 3
"""The beam by which print of text layers is read, in half the time: of 24 figures side by side it finds the
chance within a hundredth."""


@cache
def readers(engine: EngineName) -> Readers:
    """The engine and the number reader, loaded once a process."""
    numbers = _number_reader()
    marks = MarkReader.load()
    lines = None if engine == "pytesseract" else _line_reader(marks.is_word)
    return Readers(engine_named(engine), numbers, marks, lines)


def _line_reader(is_word: IsWord) -> LineReader | None:
    """The letter reader; without its weights Tesseract's network, None where that can't be run either. Raises
    MissingProgramError without Tesseract's data."""
    network: LineNetwork | None
    try:
        network = LetterNetwork.load()
    except (ImportError, MissingProgramError):
        network = TesseractNetwork.load()
    return LineReader(network, is_word) if network is not None else None


@cache
def _number_reader() -> NumberReader | None:
    """The number reader, loaded once a process; None where it can't be. Every page that is drawn asks for
    it."""
    pictures_from_the_heap()
    cv2.setNumThreads(1)  # pages run in parallel; threads inside one would take each other's cores
    try:
        return NumberReader.load()
    except MissingProgramError:
        return None


def number_reading() -> NumberReading | None:
    """What reads cut-outs of a drawn page as numbers, or None."""
    reader = _number_reader()
    return partial(reader.read, beam=_TYPED_BEAM) if reader is not None else None


def keeper(path: Path, number: int, folder: str) -> Callable[[str, NDArray[np.uint8]], None]:
    """What keeps the pictures of a page's steps: `<folder>/<name>-p<number>-<n>-<step>.png`."""
    if not folder:
        return lambda step, picture: None
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", path.stem)
    done: list[str] = []

    def keep(step: str, picture: NDArray[np.uint8]) -> None:
        done.append(step)
        ok, data = cv2.imencode(".png", picture)
        if ok:
            (where / f"{stem}-p{number:03d}-{len(done)}-{step}.png").write_bytes(data.tobytes())

    return keep
