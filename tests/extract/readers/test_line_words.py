"""Which text of a line's chances a word is."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.readers.line_words import Signs, find_words

SIGNS = Signs(("", " ", "g", "8", "a", "b"), 0)


def chances(*steps: dict[str, float]) -> np.ndarray:
    """Chances a step, the rest of each given to nothing."""
    out = np.full((len(steps), len(SIGNS.signs)), 1e-6, np.float32)
    for row, step in zip(out, steps, strict=True):
        for sign, chance in step.items():
            row[SIGNS.signs.index(sign)] = chance
        row[0] = max(1e-6, 1 - sum(step.values()))
    return out


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([{"g": 0.6, "8": 0.35}], "g"),  # the rest of a word that a narrow cell broke
        ([{"8": 0.6, "g": 0.35}], "8"),
        ([{"a": 0.6, "b": 0.35}, {"g": 0.95}], "bg"),  # of two signs the word counts
    ],
)
def test_a_single_sign_is_what_it_looks_like_most(steps: list[dict[str, float]], text: str) -> None:
    (word,) = find_words(chances(*steps), SIGNS, {"8", "bg"}.__contains__)
    assert word.text == text
