"""Columns whose quotients may be a column of percentages."""

import numpy as np

from checks.families.columns import _meeting


def test_what_is_not_there_meets_no_goal() -> None:
    """The sum of a table's last column and the one behind it, which there is not, met every rate, and an
    equation was laid on each row for it: of 10,000 rows that took a third of the time."""
    goal, known = np.array([50.0, 25.0, 10.0, 80.0]), np.ones(4, dtype=np.bool_)
    part, whole = np.array([5.0, 4.0, 1.0, 8.0]), np.array([10.0, 16.0, 10.0, 10.0])
    top = np.column_stack([part, whole, np.full(4, np.nan)])
    assert _meeting(goal, known, 0.01, top, np.broadcast_to(whole[:, None], top.shape)) == [0]
