import random

import pytest

from pipeline.run.bounds import beta_quantile, lower_bound, upper_bound

# Upper ends at 95 % one-sided and both ends at 95 % two-sided, as R gives them (qbeta, binom.test).
UPPER = [(0, 300, 0.009936), (0, 10, 0.258866), (1, 20, 0.216106), (5, 100, 0.102253), (535, 535, 1.0)]
TWO_SIDED = [(1, 10, 0.002529, 0.445016), (3, 100, 0.006230, 0.085176), (50, 100, 0.398321, 0.601679)]


@pytest.mark.parametrize(("wrong", "seen", "bound"), UPPER)
def test_upper_bound(wrong, seen, bound):
    assert upper_bound(wrong, seen) == pytest.approx(bound, abs=1e-6)


@pytest.mark.parametrize(("wrong", "seen", "low", "high"), TWO_SIDED)
def test_both_ends(wrong, seen, low, high):
    assert lower_bound(wrong, seen, 0.975) == pytest.approx(low, abs=1e-6)
    assert upper_bound(wrong, seen, 0.975) == pytest.approx(high, abs=1e-6)


def test_nothing_seen_says_nothing():
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (0.0, 1.0)


@pytest.mark.parametrize(("q", "b"), [(0.05, 3), (0.5, 40), (0.999, 700)])
def test_a_beta_with_a_one_is_known_in_closed_form(q, b):
    assert beta_quantile(q, 1, b) == pytest.approx(1 - (1 - q) ** (1 / b), rel=1e-9)
    assert beta_quantile(q, b, 1) == pytest.approx(q ** (1 / b), rel=1e-9)


@pytest.mark.parametrize("rate", [0.002, 0.01, 0.05, 0.3])
def test_the_bound_covers_the_true_rate_as_often_as_it_says(rate):
    chance = random.Random(20)
    covered = sum(
        rate <= upper_bound(sum(chance.random() < rate for _ in range(300)), 300) for _ in range(400)
    )
    assert covered >= 0.95 * 400 - 13  # three standard deviations of a count of 400 at 95 %
