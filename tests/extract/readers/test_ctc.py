from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.readers.ctc import beam_search, softmax
from extract.scan.readers.numbers.alphabet import BLANK


def _all_paths(chances: np.ndarray) -> dict[tuple[int, ...], float]:
    """The slow reference: every path through every step, collapsed as CTC says."""
    total: dict[tuple[int, ...], float] = {}
    for path in itertools.product(range(chances.shape[1]), repeat=chances.shape[0]):
        labels = tuple(c for c, _ in itertools.groupby(path) if c != BLANK)
        total[labels] = total.get(labels, 0.0) + float(np.prod(chances[range(len(path)), path]))
    return total


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_wide_beam_finds_what_summing_all_paths_finds(seed: int, steps: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 2, (steps, 4)).astype(np.float32)
    chances = softmax(scores, 1.0)
    expected = _all_paths(chances)
    found = beam_search(chances, width=400)
    for labels, chance in found[:5]:
        assert abs(chance - expected[labels]) < 1e-3
    assert abs(found[0][1] - max(expected.values())) < 1e-3
    assert [c for _, c in found] == sorted((c for _, c in found), reverse=True)


def test_equal_neighbours_need_a_blank_between_them() -> None:
    one, two = np.eye(3, dtype=np.float32)[[1, 1]], np.eye(3, dtype=np.float32)[[1, 0, 1]]
    assert beam_search(one)[0][0] == (1,)
    assert beam_search(two)[0][0] == (1, 1)


def test_steps_sure_of_nothing_change_nothing_but_still_part_equals() -> None:
    sure = np.eye(3, dtype=np.float32)
    path = sure[[0, 0, 1, 0, 0, 0, 1, 2, 0]]
    assert beam_search(path)[0] == ((1, 1, 2), 1.0)


def test_a_strip_without_steps_reads_as_nothing() -> None:
    assert beam_search(np.zeros((0, 3), np.float32)) == [((), 1.0)]


@given(st.floats(0.5, 4), st.integers(0, 1000))
def test_chances_add_up_to_one_at_any_temperature(temperature: float, seed: int) -> None:
    chances = softmax(np.random.default_rng(seed).normal(0, 5, (3, 7)), temperature)
    np.testing.assert_allclose(chances.sum(-1), 1, rtol=1e-4)
