"""Where the rows of a table begin that its first column counts."""

import pytest

from extract.tables.counted import first_row, is_one_row_headed

NEAR = 10.0


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["STT", "1", "2", "3", "4"], 1),
        (["ẨSTT", "*", "1", "2", "3", "4"], 2),  # dirt of the header's shade
        (["STT", "(1)", "1", "2", "3", "4"], 1),  # the row of column numbers is one of its own
        (["STT", "I", "1", "2", "3", "4"], 1),  # a section
        (["1", "2", "3", "4"], 0),
        (["ST", "T", "2", "3", "4", "5"], 2),  # a header repeated on a further page
        (["3", "4", "II", "1", "2", "3", "4"], 0),  # rows that the page before began
        (["STT", "7", "II", "1", "2", "3", "4"], 0),  # a row of it under the repeated header
        (["STT", "5", "2", "9"], 0),  # nothing counts on
        ([], 0),
    ],
)
def test_the_header_ends_over_the_row_that_is_counted_as_one(texts, first):
    assert first_row(texts, [20.0 * k for k in range(len(texts))], NEAR) == first


def test_a_figure_close_to_the_head_is_dirt_beside_it():
    """`STT` with a clump of dots under it, read as `3`, once cut a header in two."""
    texts, heights = ["STT", "3", "1", "2", "3", "4"], [20.0, 28.0, 60.0, 80.0, 100.0, 120.0]
    assert first_row(texts, heights, NEAR) == 2


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [
        (["STT", "1"], True),
        (["ST", "T", "1"], True),
        (["STT", "1", "2"], False),
        (["S", "T", "1"], True),
        (["STT"], False),
        (["I", "1"], False),
    ],
)
def test_a_head_over_a_number(texts, is_one):
    assert is_one_row_headed(texts) is is_one
