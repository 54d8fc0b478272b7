"""What a larger network, trained before, says of strips: a smaller one learns from that as well as from what
was printed (Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from extract.scan.readers.letters.network import LetterNetwork
from extract.scan.readers.letters.prepare import STEP
from extract.scan.readers.numbers.train.samples import Strip

KEPT = 6  # likeliest classes of a step; what the others have is less than one in a thousand
_AT_ONCE = 16


@dataclass(frozen=True)
class Taught:
    """Of each step of a batch's strips the likeliest classes (N, steps, KEPT) and their chances, 0 behind a
    strip's end."""

    classes: npt.NDArray[np.int16]
    chances: npt.NDArray[np.float16]


class Teacher:
    """The letter reader's network as installed, or another in the same form."""

    def __init__(self, network: LetterNetwork) -> None:
        self._network = network

    @classmethod
    def load(cls, weights: Path) -> Teacher:
        return cls(LetterNetwork.load(weights))

    def of(self, own: list[Strip], steps: int) -> Taught:
        """Its chances of strips, over so many steps as the batch has."""
        classes = np.zeros((len(own), steps, KEPT), np.int16)
        chances = np.zeros((len(own), steps, KEPT), np.float16)
        for start in range(0, len(own), _AT_ONCE):
            part = own[start : start + _AT_ONCE]
            said: npt.NDArray[Any] = self._network.chances([strip.ink for strip in part]).transpose(1, 0, 2)
            best = np.argpartition(-said, KEPT, axis=2)[:, :, :KEPT]
            for row, strip in enumerate(part):
                length = min(strip.ink.shape[1] // STEP, steps)
                classes[start + row, :length] = best[row, :length]
                chances[start + row, :length] = np.take_along_axis(said[row], best[row], 1)[:length]
        return Taught(classes, chances)


def taught_loss(likely: Tensor, taught: Taught) -> Tensor:
    """Cross entropy of `likely` (N, steps, classes; ln P) with what was taught, a step of the strips."""
    classes = torch.from_numpy(taught.classes).to(likely.device, torch.long)
    chances = torch.from_numpy(taught.chances).to(likely.device, torch.float32)
    said = -(chances * likely.gather(2, classes)).sum(2)
    counts = chances.sum(2) > 0
    return said[counts].mean()
