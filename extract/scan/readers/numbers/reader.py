"""Numbers read by a reader that knows nothing else: crops of cells in, readings with confidences out."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.scan.readers.ctc import BEAM, beam_search, softmax
from extract.scan.readers.numbers.alphabet import REJECT, decode
from extract.scan.readers.numbers.prepare import HEIGHT, Picture
from extract.scan.readers.numbers.strips import line_strips
from extract.scan.readers.runtime import checked_weights, session_of
from model.errors import MissingProgramError
from model.page import Reading

ENGINE = "numbers"
_DATA = Path(__file__).with_name("data")
_BATCH = 50
_WIDTH_STEP = 16  # strips are padded to a multiple of this; few shapes keep the runtime's memory small
_STEP = 4  # strip columns an output step
_MOST_ALTERNATIVES = 5
_EMPTY = 0.95  # no more: where the line was not found in the crop, the strip is empty, too
_DEAREST = 14.0  # readings a million times less likely than the best are not worth handing on
LEAST_DOUBT = 1e-7
WHITE = 255
NO_CHANCE = 1e-30


@dataclass(frozen=True, slots=True)
class NumberReading:
    """How the ink of one crop reads as a number.

    `text` is in the reader's signs (`0123456789.,%/+-()=x` and blanks; every dash is `-`), its printed
    lines joined with `\\n`, and empty for an empty crop. `confidence` (0..1) is the calibrated chance
    that `text` is exactly what is printed. `rejected` says that the ink is not a number: `text` is empty
    and `confidence` 0. `alternatives` are the next best readings as numbers, with costs relative to what
    was chosen (the rejection, too), cheapest first.
    """

    text: str
    confidence: float
    alternatives: tuple[Reading, ...] = ()
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Calibration:
    """How raw chances become confidences: a temperature, then a table interpolated in log-odds."""

    temperature: float = 1.0
    raw: tuple[float, ...] = ()
    true: tuple[float, ...] = ()

    def confidence(self, chance: float) -> float:
        """The calibrated confidence of a reading whose chance (0..1) the decoder gave."""
        if not self.raw:
            return min(1.0, chance)
        return float(np.interp(log_odds(chance), self.raw, self.true))


def log_odds(chance: float) -> float:
    """ln(p / (1 - p)), kept within ±16."""
    inside = min(1 - LEAST_DOUBT, max(LEAST_DOUBT, chance))
    return math.log(inside / (1 - inside))


class NumberReader:
    """The network with its calibration. Load one a worker; it holds about 60 MB, all of it at start."""

    def __init__(self, session: Any, calibration: Calibration) -> None:
        self._session = session
        self._calibration = calibration

    @classmethod
    def load(cls, folder: Path = _DATA) -> NumberReader:
        """The reader with the weights in `folder`, run on one thread.

        Raises MissingProgramError when onnxruntime or the weights are not there, or when the weights are
        not those of the checksum beside them.
        """
        weights = checked_weights(folder / "numbers.onnx")
        try:
            session = session_of(weights)
        except ImportError as error:
            raise MissingProgramError(
                f"onnxruntime is missing: {error}", "pip install onnxruntime"
            ) from error
        facts = json.loads((folder / "calibration.json").read_text("utf-8"))
        return cls(session, Calibration(facts["temperature"], tuple(facts["raw"]), tuple(facts["true"])))

    def read(self, crops: Sequence[Picture], beam: int = BEAM) -> list[NumberReading]:
        """A reading a crop (grey uint8, dark ink on light, any size; a cell or a line of one). A narrower
        `beam` is for who asks for no alternatives."""
        lines = [line_strips(crop) for crop in crops]
        flat = self.read_strips([line for cell in lines for line in cell], beam)
        readings, at = [], 0
        for cell in lines:
            readings.append(_joined(flat[at : at + len(cell)]))
            at += len(cell)
        return readings

    def chances(self, strips: Sequence[Picture], temperature: float) -> list[npt.NDArray[np.float32]]:
        """Class chances (steps, classes) of each prepared strip. Strips of one width, once padded, run
        together: padding costs time, and what one reads as must not depend on how wide others are."""
        out: list[npt.NDArray[np.float32]] = [np.zeros((0, REJECT + 1), np.float32)] * len(strips)
        by_width: dict[int, list[int]] = {}
        for k, strip in enumerate(strips):
            by_width.setdefault(_padded(strip.shape[1]), []).append(k)
        for width, alike in sorted(by_width.items()):
            for start in range(0, len(alike), _BATCH):
                chosen = alike[start : start + _BATCH]
                ink = _stacked([strips[k] for k in chosen], width)
                scores = self._session.run(None, {"ink": ink})[0]
                for k, own in zip(chosen, softmax(scores, temperature)):
                    out[k] = own[: max(1, strips[k].shape[1] // _STEP)]
        return out

    def read_strips(self, strips: Sequence[Picture], beam: int = BEAM) -> list[NumberReading]:
        """A reading a strip that is prepared already (extract.scan.readers.numbers.prepare)."""
        chances = self.chances(strips, self._calibration.temperature)
        return [_reading(beam_search(own, beam), self._calibration) for own in chances]


def _padded(width: int) -> int:
    """The width in columns that a strip of such a width is run at."""
    return -(-width // _WIDTH_STEP) * _WIDTH_STEP


def _stacked(strips: list[Picture], width: int) -> npt.NDArray[np.float32]:
    """Strips as one (N, 1, 32, `width`) batch of ink in 0..1, padded with paper on the right."""
    out = np.zeros((len(strips), 1, HEIGHT, width), np.float32)
    for row, strip in zip(out, strips):
        row[0, :, : strip.shape[1]] = strip
    out /= WHITE
    return out


def _reading(found: list[tuple[tuple[int, ...], float]], calibration: Calibration) -> NumberReading:
    """The decoder's readings (classes, chance), best first, as one reading with its alternatives."""
    best, chance = found[0]
    rejected = REJECT in best
    chance = max(chance, NO_CHANCE)
    others = []
    for classes, other in found[1:]:
        cost = math.log(chance / max(other, NO_CHANCE))
        if REJECT not in classes and cost <= _DEAREST:
            others.append(Reading(_tidy(decode(classes)), cost, ENGINE))
    kept = tuple(_distinct(others, "" if rejected else _tidy(decode(best)), rejected))
    if rejected:
        return NumberReading("", 0.0, kept, True)
    text, confidence = _tidy(decode(best)), calibration.confidence(chance)
    return NumberReading(text, confidence if text else min(confidence, _EMPTY), kept)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _distinct(others: list[Reading], chosen: str, rejected: bool) -> list[Reading]:
    """The cheapest of each text, without the chosen one (readings may differ in edge blanks only)."""
    seen, out = set() if rejected else {chosen}, []
    for reading in sorted(others, key=lambda r: r.cost):
        if reading.text not in seen:
            seen.add(reading.text)
            out.append(reading)
    return out[:_MOST_ALTERNATIVES]


def _joined(lines: list[NumberReading]) -> NumberReading:
    """One cell's reading out of its lines': rejected when any line is; each alternative changes one line."""
    if len(lines) > 1:
        lines = [line for line in lines if line.text or line.rejected] or lines[:1]
    if len(lines) == 1:
        return lines[0]
    texts = [line.text for line in lines]
    if any(line.rejected for line in lines):
        return NumberReading("", 0.0, (), True)
    others = [
        Reading("\n".join([*texts[:k], other.text, *texts[k + 1 :]]), other.cost, ENGINE)
        for k, line in enumerate(lines)
        for other in line.alternatives
    ]
    confidence = math.prod(line.confidence for line in lines)
    return NumberReading("\n".join(texts), confidence, tuple(_distinct(others, "\n".join(texts), False)))
