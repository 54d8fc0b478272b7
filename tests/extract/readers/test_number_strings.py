from __future__ import annotations

import numpy as np
import pytest

from extract.scan.readers.numbers.alphabet import REJECT, decode, plain, readable
from extract.scan.readers.numbers.train.strings import draw


@pytest.mark.parametrize("seed", range(4))
def test_labels_say_what_is_printed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rejected = 0
    for _ in range(800):
        sample = draw(rng)
        if sample.label == (REJECT,):
            rejected += 1
            continue
        assert readable(sample.text)
        assert decode(sample.label) == plain(sample.text)
    assert 40 < rejected < 200


def test_text_to_be_rejected_never_looks_like_a_number() -> None:
    rng = np.random.default_rng(9)
    texts = [s.text for s in (draw(rng) for _ in range(3000)) if s.label == (REJECT,)]
    assert texts
    assert not [t for t in texts if readable(t)]
