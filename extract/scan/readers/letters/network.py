"""The letter reader's weights, run over lines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.scan.prepare.ink import Picture
from extract.scan.readers.ctc import BLANK, Chances, softmax
from extract.scan.readers.letters.alphabet import SIGNS
from extract.scan.readers.letters.prepare import HEIGHT, STEP, prepare
from extract.scan.readers.line_words import Signs
from model.errors import MissingProgramError

_DATA = Path(__file__).with_name("data")
_WIDTH_STEP = 16
_TEMPERATURE = 1.0
_ERRORS_ONLY = 3
_WHITE = 255


class LetterNetwork:
    """A network of our own, taught on worn print of Vietnamese reports (docs/lines.md)."""

    name = "letters"
    weak = 0.82
    step = STEP
    signs = Signs(("", *SIGNS), BLANK)

    def __init__(self, session: Any) -> None:
        self._session = session

    @classmethod
    def load(cls, folder: Path = _DATA) -> LetterNetwork:
        """The network with the weights in `folder`, run on one thread. Raises ImportError without
        onnxruntime, MissingProgramError when the weights are not there or not those of the checksum."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        return cls(
            onnxruntime.InferenceSession(_checked(folder), options, providers=["CPUExecutionProvider"])
        )

    def ink(self, line: Picture) -> npt.NDArray[np.uint8]:
        """uint8 ink of (48, columns), paper 0."""
        return prepare(line)

    def chances(self, inks: Sequence[npt.NDArray[Any]]) -> Chances:
        """Chances (steps, lines, classes) of a batch."""
        width = -(-max(ink.shape[1] for ink in inks) // _WIDTH_STEP) * _WIDTH_STEP
        batch = np.zeros((len(inks), 1, HEIGHT, width), np.float32)
        for row, own in zip(batch, inks, strict=True):
            row[0, :, : own.shape[1]] = own
        batch /= _WHITE
        scores = self._session.run(None, {"ink": batch})[0]
        return softmax(scores, _TEMPERATURE).transpose(1, 0, 2)


def _checked(folder: Path) -> bytes:
    """The weights' bytes, once they agree with their checksum."""
    advice = "Install the package again; docs/lines.md says how the weights are made."
    try:
        weights = (folder / "letters.onnx").read_bytes()
        wanted = (folder / "letters.sha256").read_text("ascii").split()[0]
    except OSError as error:
        raise MissingProgramError(f"the letter reader's weights are missing: {error}", advice) from error
    if hashlib.sha256(weights).hexdigest() != wanted:
        raise MissingProgramError("the letter reader's weights are damaged", advice)
    return weights
