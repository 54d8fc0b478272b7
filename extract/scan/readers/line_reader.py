"""Pictures of lines in, words out: a network of lines run over many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy.typing as npt

from extract.scan.prepare.ink import Picture
from extract.scan.readers.ctc import Chances
from extract.scan.readers.line_words import IsWord, LineWord, Signs, find_words

_MOST_COLUMNS = 1_500  # of ink in one run of a network: about 8 MB of memory at its widest layer
_MUCH_WIDER = 1.3
"""Times the narrowest line of a batch from which one waits for the next: lines are filled up to the widest,
which was a quarter of all the columns that the network went over, and is a twentieth."""


class LineNetwork(Protocol):
    """A network that reads lines. `name` stands in readings, `weak` is the confidence below which its word is
    not taken for itself, `trust` the share of its surety that counts where the words around call for other
    marks than it read, `step` the columns of ink for one step of its output."""

    name: str
    weak: float
    trust: float
    signs: Signs
    step: int

    def ink(self, line: Picture) -> npt.NDArray[Any]:
        """The line as the network was taught to see it: (height, columns)."""

    def chances(self, inks: Sequence[npt.NDArray[Any]]) -> Chances:
        """Chances (steps, lines, classes) of lines run together; beyond a line's own steps they are void."""


class LineReader:
    """A network ready to run on one thread. Load one a process. `is_word` says of a text whether it is one
    that the language has; it decides between readings."""

    def __init__(self, network: LineNetwork, is_word: IsWord = lambda text: True) -> None:
        self._network, self._is_word = network, is_word
        self.name, self.weak, self.trust = network.name, network.weak, network.trust

    def read(self, lines: Sequence[Picture]) -> list[list[LineWord]]:
        """The words of each picture (grey, dark on light, one line of print with a little paper around)."""
        inks = [self._network.ink(line) for line in lines]
        found: list[list[LineWord]] = [[] for _ in lines]
        for batch in _batches([ink.shape[1] for ink in inks]):
            chances = self._network.chances([inks[k] for k in batch])
            for place, k in enumerate(batch):
                steps = max(1, inks[k].shape[1] // self._network.step)
                found[k] = find_words(chances[:steps, place], self._network.signs, self._is_word)
        return found


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Line numbers, those of like width together, at most `_MOST_COLUMNS` of ink a batch."""
    batches: list[list[int]] = []
    for k in sorted(range(len(widths)), key=lambda k: widths[k]):
        full = not batches or (len(batches[-1]) + 1) * widths[k] > _MOST_COLUMNS
        if full or widths[k] > _MUCH_WIDER * widths[batches[-1][0]]:
            batches.append([])
        batches[-1].append(k)
    return batches
