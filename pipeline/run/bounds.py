"""How wrong a set can be, given how many of a sample were: the exact bounds of Clopper and Pearson (1934).

The bounds are quantiles of beta distributions with whole parameters, and such a distribution is a sum of
binomial probabilities: P(Beta(a, b) <= p) = P(Binomial(a + b - 1, p) >= a).
"""

from __future__ import annotations

import math

LEVEL = 0.95
_HALVINGS = 80  # more than a double has bits


def beta_quantile(q: float, a: int, b: int) -> float:
    """The `q`-quantile of the beta distribution with whole parameters `a`, `b`, both 1 or more."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _beta_cdf(middle, a, b) < q:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_cdf(p: float, a: int, b: int) -> float:
    n = a + b - 1
    if p <= 0.0 or p >= 1.0:
        return float(p >= 1.0)
    below = math.fsum(map(math.exp, (_log_binomial(n, k, p) for k in range(a))))
    return (
        1.0 - below
        if below < 1 / 2
        else math.fsum(map(math.exp, (_log_binomial(n, k, p) for k in range(a, n + 1))))
    )


def _log_binomial(n: int, k: int, p: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(p) + (n - k) * math.log1p(-p)


def upper_bound(wrong: int, seen: int, level: float = LEVEL) -> float:
    """The largest share of wrong ones that `wrong` of `seen` still allow, at `level`, one-sided: with
    `wrong` 0 of 300 it is 0.99 %. 1 where nothing was seen."""
    return 1.0 if wrong >= seen else beta_quantile(level, wrong + 1, seen - wrong)


def lower_bound(wrong: int, seen: int, level: float = LEVEL) -> float:
    """The smallest share of wrong ones that `wrong` of `seen` still allow, at `level`, one-sided."""
    return 0.0 if wrong == 0 else beta_quantile(1 - level, wrong, seen - wrong + 1)
