"""A line of many groups of three, which may be figures in more ways than can be looked at."""

from __future__ import annotations

from extract.dump.stream.groups import _cuts


def test_a_line_of_many_groups_is_not_read_in_every_way() -> None:
    """A column written on one line (`124 305 218 ...`) took more memory than a document may have."""
    run = tuple(str(200 + n) for n in range(36))
    assert _cuts(run, 18) == ()
    assert _cuts(run[:4], 2) == ((0, 1), (0, 2), (0, 3))
