"""A table whose rows stand on lines of their own is none written column after column."""

from __future__ import annotations

import pytest

from extract.dump.draft import Draft
from extract.dump.lines import SourceLine
from extract.dump.read import _stands_in_rows

_ROWS = (
    "Xa An Binh | 435 | 78578 77593 98,20%",
    "Xa Hoa Lac 83 | 43270 | 43031 99,26%",
    "Xa Phu Cat 233 29707 29334 97,98%",
)
_VALUES = ("Xa An Binh", "Xa Hoa Lac", "435", "83", "78578", "43270", "77593", "43031", "98,20%", "99,26%")


def _draft(rows: int, lines: int) -> Draft:
    return Draft(
        rows=(("1", "Xa", "1", "2", "3", "4"),) * rows, first_line=1, last_line=lines, pages=(1,) * rows
    )


@pytest.mark.parametrize(
    ("texts", "rows", "stand"), [(_ROWS, 3, True), (_VALUES, 2, False), (_ROWS[:1], 3, False)]
)
def test_rows_stand_on_their_lines(texts, rows, stand):
    lines = [SourceLine(n, 1, text, text.lower()) for n, text in enumerate(texts, start=1)]
    assert _stands_in_rows(_draft(rows, len(lines)), lines) == stand
