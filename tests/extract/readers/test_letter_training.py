"""How the letter reader's networks are fitted: their sizes, and what a trained one teaches."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from extract.scan.readers.letters.train.network import Network, Sizes  # noqa: E402
from extract.scan.readers.letters.train.taught import KEPT, Taught, taught_loss  # noqa: E402


def test_sizes_are_nine_numbers() -> None:
    assert Sizes.parsed("16,32,48,64,96,1,1,1,2").line_blocks == 2
    with pytest.raises(ValueError, match="9 numbers"):
        Sizes.parsed("16,32")


def test_a_network_of_any_size_gives_a_step_every_four_columns() -> None:
    scores = Network(Sizes(8, 8, 8, 8, 8, 1, 1, 1, 1), 5).eval()(torch.zeros(2, 1, 48, 64))
    assert scores.shape == (2, 16, 5)


def test_what_was_taught_costs_least_where_it_is_believed() -> None:
    classes = np.tile(np.arange(KEPT, dtype=np.int16), (1, 2, 1))
    chances = np.zeros((1, 2, KEPT), np.float16)
    chances[0, 0, 1] = 1.0  # the second step lies behind the strip's end
    taught = Taught(classes, chances)
    even = torch.zeros(1, 2, 8).log_softmax(2)
    believed = torch.zeros(1, 2, 8)
    believed[0, :, 1] = 9.0
    assert taught_loss(believed.log_softmax(2), taught) < 0.01
    assert taught_loss(even, taught).item() == pytest.approx(np.log(8), abs=1e-4)
