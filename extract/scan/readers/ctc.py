"""From class chances a step to the likeliest readings: CTC prefix beam search (Hannun et al. 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Chances = npt.NDArray[np.float32]
Beam = dict[tuple[int, ...], tuple[float, float]]

BLANK = 0
"""The class of "nothing here" (Graves et al. 2006); whoever has it elsewhere moves it here first."""

_CERTAIN_BLANK = 0.9998  # a step this sure of nothing says nothing; most steps of a strip are such
BEAM = 6
"""Readings that are gone on with at each step."""

_LEAST = 1e-4  # classes below this chance start no reading


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
    beam: Beam = {(): (1.0, 0.0)}
    certain = chances[:, BLANK] >= _CERTAIN_BLANK
    skipped = False
    steps, classes = np.nonzero(chances > _LEAST)
    begins = np.searchsorted(steps, np.arange(len(chances) + 1)).tolist()
    likely_classes = classes.tolist()
    for t, row in enumerate(chances.tolist()):
        if certain[t]:
            skipped = True
            continue
        if skipped:
            beam = {prefix: (ends + goes_on, 0.0) for prefix, (ends, goes_on) in beam.items()}
            skipped = False
        likely = [(c, row[c]) for c in likely_classes[begins[t] : begins[t + 1]] if c != BLANK]
        beam = _pruned(_stepped(beam, row, likely), width)
    scored = [(prefix, ends + goes_on) for prefix, (ends, goes_on) in beam.items()]
    scored.sort(key=lambda item: -item[1])
    return scored


def _stepped(beam: Beam, row: list[float], likely: list[tuple[int, float]]) -> Beam:
    """Every reading of the beam after one more step: (chance ending in blank, chance ending in a sign)."""
    after: Beam = {}
    known, nothing = after.get, row[BLANK]
    for prefix, (ends, goes_on) in beam.items():
        both = ends + goes_on
        last = prefix[-1] if prefix else BLANK
        stays = goes_on * row[last] if prefix else 0.0
        old = known(prefix)
        after[prefix] = (both * nothing, stays) if old is None else (old[0] + both * nothing, old[1] + stays)
        for sign, chance in likely:
            longer = (*prefix, sign)
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
