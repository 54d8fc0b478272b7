"""From class chances a step to the likeliest readings: CTC prefix beam search (Hannun et al. 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Chances = npt.NDArray[np.float32]
Beam = dict[int, tuple[float, float]]  # by the number of a reading

BLANK = 0
"""The class of "nothing here" (Graves et al. 2006); whoever has it elsewhere moves it here first."""

_CERTAIN_BLANK = 0.9998  # a step this sure of nothing says nothing; most steps of a strip are such
BEAM = 6
"""Readings that are gone on with at each step."""

_LEAST = 1e-4  # classes below this chance start no reading
_NOTHING = 0  # the number of the reading without signs
_SIGN_BITS = 16  # enough for the number of any sign


def softmax(scores: npt.NDArray[Any], temperature: float) -> Chances:
    """Chances over the last axis of (..., classes) scores, softened by `temperature` (Guo et al. 2017)."""
    chances: Chances = scores - scores.max(-1, keepdims=True)
    if temperature != 1:
        chances /= np.float32(temperature)
    np.exp(chances, out=chances)
    chances /= chances.sum(-1, keepdims=True)
    return chances


def beam_search(chances: Chances, width: int = BEAM) -> list[tuple[tuple[int, ...], float]]:
    """The likeliest label sequences of (steps, classes) chances with their chances, best first."""
    readings = _Readings()
    beam: Beam = {_NOTHING: (1.0, 0.0)}
    certain = (chances[:, BLANK] >= _CERTAIN_BLANK).tolist()
    skipped = False
    steps, classes = np.nonzero(chances > _LEAST)
    begins = np.searchsorted(steps, np.arange(len(chances) + 1)).tolist()
    likely_classes = classes.tolist()
    for t, row in enumerate(chances.tolist()):
        if certain[t]:
            skipped = True
            continue
        if skipped:
            beam = {reading: (ends + goes_on, 0.0) for reading, (ends, goes_on) in beam.items()}
            skipped = False
        likely = [(c, row[c]) for c in likely_classes[begins[t] : begins[t + 1]] if c != BLANK]
        beam = _pruned(readings.stepped(beam, row, likely), width)
    scored = [(reading, ends + goes_on) for reading, (ends, goes_on) in beam.items()]
    scored.sort(key=lambda item: -item[1])
    return [(readings.labels(reading), chance) for reading, chance in scored]


class _Readings:
    """The readings met so far by their numbers: each is another one and a sign more. Numbers are looked up in
    half the time that growing sequences of signs are."""

    def __init__(self) -> None:
        self._signs, self._before = [BLANK], [_NOTHING]
        self._longer: dict[int, int] = {}

    def labels(self, reading: int) -> tuple[int, ...]:
        """The signs of a reading."""
        signs = []
        while reading != _NOTHING:
            signs.append(self._signs[reading])
            reading = self._before[reading]
        return tuple(reversed(signs))

    def stepped(self, beam: Beam, row: list[float], likely: list[tuple[int, float]]) -> Beam:
        """The beam's readings after one more step: (chance ending in blank, chance ending in a sign)."""
        after: Beam = {}
        known, longer_ones, signs, nothing = after.get, self._longer, self._signs, row[BLANK]
        for reading, (ends, goes_on) in beam.items():
            both = ends + goes_on
            last = signs[reading]
            stays = goes_on * row[last] if reading else 0.0
            old = known(reading)
            after[reading] = (
                (both * nothing, stays) if old is None else (old[0] + both * nothing, old[1] + stays)
            )
            for sign, chance in likely:
                way = reading << _SIGN_BITS | sign
                longer = longer_ones.get(way)
                if longer is None:
                    longer_ones[way] = longer = len(signs)
                    signs.append(sign)
                    self._before.append(reading)
                goes = (ends if sign == last else both) * chance
                old = known(longer)
                after[longer] = (0.0, goes) if old is None else (old[0], old[1] + goes)
        return after


def _pruned(beam: Beam, width: int) -> Beam:
    if len(beam) <= width:
        return beam
    found = list(beam.items())
    less = [-(ends + goes_on) for _, (ends, goes_on) in found]
    return dict(found[k] for k in sorted(range(len(found)), key=less.__getitem__)[:width])
