"""Dashes before decimals: empty cells, or signs with a blank behind them."""

from __future__ import annotations

import pytest

from extract.dump.lines import source_lines
from extract.dump.stream.lone_dashes import with_dashes_apart
from extract.dump.tokens import tokenize


def _figures(text: str) -> list[list[str]]:
    pages = [text.split("\n")]
    lines = with_dashes_apart(source_lines(pages, pages))
    return [[t.text for t in tokenize(line.text) if t.kind in ("figure", "dash")] for line in lines]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Gio Mỹ 45,0 20,0 10,5\nGio An 60,0 - 15,0", ["60,0", "-", "15,0"]),  # rows as wide as the others
        (
            "Ba Tri - 4,6 8,0\nBến Tre - - 1,8\nThạnh Phú 1,1 - 2,8",
            ["1,1", "-", "2,8"],
        ),  # other dashes are cells
        ("Ba Tri - 4,6 8,0\nThạnh Phú - 2,8 -0,5", ["-", "2,8", "-0,5"]),  # signs stand close
        ("Gio Mỹ 45,0 20,0\nGio An 60,0 - 15,0", ["60,0", "- 15,0"]),
        ("Gio Mỹ - 45,0 20,0\nGio An 60,0 - 15,0", ["60,0", "- 15,0"]),  # nothing tells
    ],
)
def test_a_dash_before_a_decimal_is_a_cell_where_the_rows_say_so(text: str, last: list[str]) -> None:
    """`60,0 - 15,0` was 60,0 and -15,0: the figures of all rows with a dash stood a column too far left."""
    assert _figures(text)[-1] == last
