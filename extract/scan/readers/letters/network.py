"""The letter reader's weights, run over lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.scan.prepare.ink import Picture
from extract.scan.readers.ctc import BLANK, Chances
from extract.scan.readers.letters.alphabet import SIGNS
from extract.scan.readers.letters.prepare import HEIGHT, STEP, prepare
from extract.scan.readers.line_words import Signs
from extract.scan.readers.quarters import quartered
from extract.scan.readers.runtime import checked_weights, session_of

WEIGHTS = Path(__file__).with_name("data") / "letters.onnx"
_WIDTH_STEP = 16


class LetterNetwork:
    """A network of our own, taught on worn print of Vietnamese reports (docs/lines.md)."""

    name = "letters"
    weak = 0.82
    trust = (
        1.0  # in eight reports of clean print the words around had changed seven, all of them right as read
    )
    step = STEP
    signs = Signs(("", *SIGNS), BLANK)

    def __init__(self, session: Any) -> None:
        self._session = session

    @classmethod
    def load(cls, weights: Path = WEIGHTS) -> LetterNetwork:
        """The network with its weights, run on one thread. Raises ImportError without
        onnxruntime, MissingProgramError when the weights are not there or not those of the checksum."""
        return cls(session_of(checked_weights(weights)))

    def ink(self, line: Picture) -> npt.NDArray[np.uint8]:
        """uint8 ink of (48, columns), paper 0."""
        return prepare(line)

    def chances(self, inks: Sequence[npt.NDArray[Any]]) -> Chances:
        """Chances (steps, lines, classes) of a batch."""
        width = -(-max(ink.shape[1] for ink in inks) // _WIDTH_STEP) * _WIDTH_STEP
        batch = np.zeros((len(inks), HEIGHT, width), np.uint8)
        for row, own in zip(batch, inks, strict=True):
            row[:, : own.shape[1]] = own
        chances: Chances = self._session.run(None, {"ink": quartered(batch)})[0]
        return chances.transpose(1, 0, 2)
