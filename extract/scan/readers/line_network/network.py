"""Tesseract's own network of lines, run over many at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.prepare.ink import Picture
from extract.scan.readers.ctc import Chances
from extract.scan.readers.engine import TESSERACT_WEAK, Language
from extract.scan.readers.line_network.alphabet import without_unprinted
from extract.scan.readers.line_network.traineddata import TextNetwork, UnknownNetworkError, read_network
from extract.scan.readers.line_words import Signs
from extract.scan.readers.runtime import session_of
from extract.scan.readers.tessdata import data_folder

_WIDEST = 6_000  # columns of a line; longer ones are squeezed
_LEAST_STEPS = 4
_LEVELS = 256
_NEIGHBOURS = 3
_QUARTERS = 4
_UPPER_QUARTER = 3
_WHITE = 255.0


class TesseractNetwork:
    """The network of Tesseract's Vietnamese data. `name` stands in readings, whoever runs it."""

    name = "tesseract"
    weak = TESSERACT_WEAK
    trust = 0.0  # `Tống số` for `Tổng số` with full confidence

    def __init__(self, network: TextNetwork) -> None:
        from extract.scan.readers.line_network.graph import onnx_of

        self._network = network
        self.step = network.pool[0]
        self.signs = Signs(tuple(network.signs), network.blank)
        self._session: Any = session_of(onnx_of(network))

    @classmethod
    def load(cls) -> TesseractNetwork | None:
        """The network of the installed Vietnamese data; None where onnxruntime is missing or the data's
        network is built in a way that only Tesseract itself knows. Raises MissingProgramError without the
        data."""
        language: Language = "vie"
        file = Path(data_folder(language)) / f"{language}.traineddata"
        try:
            return cls(without_unprinted(read_network(file)))
        except (ImportError, UnknownNetworkError):
            return None

    def ink(self, line: Picture) -> npt.NDArray[np.float32]:
        """The line as the network was taught to see it: its height, black at -1, paper at 1."""
        height, least = self._network.height, _LEAST_STEPS * self.step
        width = min(_WIDEST, max(least, round(line.shape[1] * height / line.shape[0])))
        how = cv2.INTER_AREA if line.shape[0] > height else cv2.INTER_LINEAR
        scaled = cv2.resize(line, (width, height), interpolation=how)
        black, white = _black_and_white(scaled[height // 2])
        contrast = max(1.0, (white - black) / 2)
        tones = np.clip((np.arange(_LEVELS) - black) / contrast - 1, -1, 1).astype(np.float32)
        return np.asarray(cv2.LUT(scaled, tones), np.float32)

    def chances(self, inks: Sequence[npt.NDArray[Any]]) -> Chances:
        """Chances (steps, lines, classes) of a batch."""
        batch = np.ones((len(inks), 1, self._network.height, max(i.shape[1] for i in inks)), np.float32)
        for row, own in zip(batch, inks, strict=True):
            row[0, :, : own.shape[1]] = own
        steps = [ink.shape[1] // self.step for ink in inks]
        given = {"ink": batch, "lengths": np.array(steps, np.int32)}
        return np.asarray(self._session.run(None, given)[0], np.float32)


def _black_and_white(row: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """The tones of ink and paper, by the lows and highs along a line's middle row (networkio in
    Tesseract's sources)."""
    before, here, after = (row[k : len(row) - 2 + k].astype(np.int16) for k in range(_NEIGHBOURS))
    low = ((here < before) & (here <= after)) | ((here <= before) & (here < after))
    high = ((here > before) & (here >= after)) | ((here >= before) & (here > after))
    dark, light = np.sort(here[low]), np.sort(here[high])
    black = float(dark[len(dark) // _QUARTERS]) if len(dark) else 0.0
    white = float(light[_UPPER_QUARTER * len(light) // _QUARTERS]) if len(light) else _WHITE
    return black, white
