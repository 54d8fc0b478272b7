"""Fit confidences to how often readings are right: python -m extract.scan.readers.numbers.train.calibrate

Synthetic strips of a seed of their own, half in training fonts, half in fonts kept from training, text to
be rejected among them. The temperature is the one under which the decoder's chances tell right from wrong
readings best; then an isotonic table (pool adjacent violators, Zadrozny & Elkan 2002) over their log-odds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.readers.ctc import beam_search
from extract.scan.readers.numbers.alphabet import REJECT, decode, plain
from extract.scan.readers.numbers.reader import NumberReader, log_odds
from extract.scan.readers.numbers.train.export import DATA
from extract.scan.readers.numbers.train.fonts import find_fonts
from extract.scan.readers.numbers.train.samples import Strip, strips

Floats = npt.NDArray[np.float64]

_TEMPERATURES = (1.0, 1.3)
_SURE = 0.99  # readings given with this confidence or more ...
_TAIL_ERROR = 0.0005  # ... may be wrong this often: half of the 1 in 1,000 that is promised
_BINS = 60
_COARSEST = 0.5  # of the readings: the width of the bins far from certainty; also half a count
_FINEST = 0.004
_BELOW_SURE = 0.002
_NO_CHANCE = 1e-6
_TOP_TRUE = 0.9999
_RAW_DIGITS = 4
_TRUE_DIGITS = 5
_TAKEN = 0.5
_STRIPS = 40_000
_SEED = 77
_HELD_BACK_SEED = 4711


def judged(
    reader: NumberReader, sample: Sequence[Strip], temperature: float
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """(log-odds of the best reading's chance, whether it is right) of all strips read as numbers."""
    raw, right = [], []
    for strip, chances in zip(sample, reader.chances([s.ink for s in sample], temperature)):
        best, chance = beam_search(chances)[0]
        if REJECT in best or not best:
            continue
        raw.append(log_odds(chance))
        text = " ".join(decode(best).split())
        right.append(strip.label != (REJECT,) and _bare(text) == _bare(plain(strip.text)))
    return np.array(raw), np.array(right)


def _bare(text: str) -> str:
    return text.replace(" ", "")


def isotonic(raw: Floats, right: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Knots (log-odds, chance to be right), rising: equal-count bins, pooled where they fall."""
    order = np.argsort(raw)
    edges = np.unique(
        np.r_[
            np.linspace(0, len(raw), _BINS // 2),
            len(raw) * (1 - np.geomspace(_COARSEST, _FINEST, _BINS // 2)),
        ]
    )
    blocks: list[list[float]] = []
    for part in np.split(order, np.unique(edges.astype(int))[1:-1]):
        if len(part):
            blocks.append([float(raw[part].sum()), float(right[part].sum()), float(len(part))])
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    return np.array([b[0] / b[2] for b in blocks]), np.array([_share(b) for b in blocks])


def _share(block: list[float]) -> float:
    """The chance to be right of a block, with half an error more than was seen."""
    return max(0.0, (block[1] - _COARSEST) / block[2]) if block[1] else 0.0


def held_back(raw: Floats, right: npt.NDArray[np.bool_], knots: tuple[Floats, Floats]) -> Floats:
    """The knots' chances with everything below the sure limit kept under `_SURE`.

    The limit is the lowest log-odds from which on at most `_TAIL_ERROR` of all readings are wrong.
    """
    order = np.argsort(-raw)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(raw) + 1)
    allowed = np.flatnonzero(wrong <= _TAIL_ERROR)
    limit = raw[order][allowed[-1]] if len(allowed) else np.inf
    places, chances = knots
    return np.where(places < limit, np.minimum(chances, _SURE - _BELOW_SURE), chances)


def calibrate(reader: NumberReader, sample: Sequence[Strip]) -> dict[str, object]:
    """The content of calibration.json."""
    best: tuple[float, float, Floats, npt.NDArray[np.bool_]] | None = None
    for temperature in _TEMPERATURES:
        raw, right = judged(reader, sample, temperature)
        chances = np.clip(np.interp(raw, *isotonic(raw, right)), _NO_CHANCE, 1 - _NO_CHANCE)
        loss = float(-np.log(np.where(right, chances, 1 - chances)).mean())
        if best is None or loss < best[0]:
            best = (loss, temperature, raw, right)
    assert best is not None
    _, temperature, raw, right = best
    knots = isotonic(raw, right)
    true = np.minimum(held_back(raw, right, knots), _TOP_TRUE)
    return {
        "temperature": temperature,
        "raw": [round(float(x), _RAW_DIGITS) for x in knots[0]],
        "true": [round(float(x), _TRUE_DIGITS) for x in true],
        "strips": len(sample),
    }


def sure_and_wrong(reader: NumberReader, sample: Sequence[Strip]) -> dict[str, float]:
    """How the calibrated confidences hold over strips that had no part in fitting them.

    `exact` is the share of number strips read right; `sure` how many readings are given with 0.99 or more
    and `sure_wrong` how many of those are wrong; `texts_taken` how many strips of text are read as numbers
    with 0.5 or more; `expected` and `seen` the mean confidence and the share right of all readings.
    """
    right, confidences, texts_taken, numbers, numbers_right = [], [], 0, 0, 0
    for strip, reading in zip(sample, reader.read_strips([s.ink for s in sample])):
        is_text = strip.label == (REJECT,)
        ok = not reading.rejected and not is_text and _bare(reading.text) == _bare(plain(strip.text))
        numbers += not is_text
        numbers_right += ok
        texts_taken += is_text and reading.confidence >= _TAKEN
        if not reading.rejected:
            right.append(ok)
            confidences.append(reading.confidence)
    sure = [ok for ok, c in zip(right, confidences) if c >= _SURE]
    return {
        "strips": len(sample),
        "exact": round(numbers_right / max(1, numbers), _RAW_DIGITS),
        "sure": len(sure),
        "sure_wrong": sure.count(False),
        "texts": len(sample) - numbers,
        "texts_taken": texts_taken,
        "expected": round(float(np.mean(confidences)), _RAW_DIGITS),
        "seen": round(float(np.mean(right)), _RAW_DIGITS),
    }


def calibration_set(folders: list[Path], count: int, seed: int) -> list[Strip]:
    """`count` strips, half of them in fonts kept from training."""
    out: list[Strip] = []
    for held_out in (False, True):
        supply = strips(find_fonts(folders, held_out), np.random.default_rng([seed, held_out]), tidy=1.0)
        out += [next(supply) for _ in range(count // 2)]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, nargs="+", default=[Path("/usr/share/fonts")])
    parser.add_argument("--count", type=int, default=_STRIPS)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    file = args.out / "calibration.json"
    if not file.exists():
        file.write_text(json.dumps({"temperature": 1.0, "raw": [], "true": []}), "utf-8")
    facts = calibrate(NumberReader.load(args.out), calibration_set(args.fonts, args.count, _SEED))
    file.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    held_back_set = calibration_set(args.fonts, args.count // 2, _HELD_BACK_SEED)
    sys.stdout.write(json.dumps(sure_and_wrong(NumberReader.load(args.out), held_back_set)) + "\n")


if __name__ == "__main__":
    main()
