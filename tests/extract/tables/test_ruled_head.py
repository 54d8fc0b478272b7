"""A framed header over a body without rules: joined where each column stands under its own."""

from dataclasses import replace

import pytest

from extract.tables.ruled_head import with_ruled_heads
from model.geometry import Box
from model.page import Grid, GridCell

EDGES = (50.0, 80.0, 200.0, 300.0, 400.0)
HEAD = [["TT", "Cơ sở y tế", "Giường kế hoạch", "Lượt khám"]]
BODY = [["1", "Trạm Đông", "63", "13.341"], ["2", "Trạm Tây", "60", "11.210"], ["", "Tổng", "123", "24.551"]]


def grid(rows, y0, pitch, kind, edges=EDGES):
    cells = tuple(
        GridCell(r, c, text, box=Box(edges[c], y0 + pitch * r, edges[c + 1], y0 + pitch * (r + 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    box = Box(edges[0], y0, edges[-1], y0 + pitch * len(rows))
    return Grid(1, kind, len(rows), len(rows[0]), cells, box, edges)


def texts(found):
    return [[c.text for c in found.cells if c.row == r] for r in range(found.n_rows)]


@pytest.mark.parametrize("gap", [-2.0, 0.0, 6.0])
@pytest.mark.parametrize("edges", [EDGES, (55.0, 85.0, 190.0, 290.0, 395.0)])
def test_a_framed_header_and_its_body_are_one_table(gap, edges):
    head, body = grid(HEAD, 100, 30, "ruled"), grid(BODY, 130 + gap, 16, "borderless", edges)
    (found,) = with_ruled_heads([head, body])
    assert texts(found) == HEAD + BODY
    assert (found.kind, found.column_edges, found.n_rows) == ("borderless", edges, 4)
    assert found.box == Box.union((head.box, body.box))


@pytest.mark.parametrize(
    "head",
    [
        grid(HEAD, 70, 30, "ruled"),  # a paragraph further up
        grid([["1", "Trạm Nam", "70", "9.120"]], 100, 30, "ruled"),  # a table of figures
        grid([["TT", "", "", ""]], 100, 30, "ruled"),  # a form's empty frame
        grid(HEAD, 100, 30, "ruled", (50.0, 80.0, 120.0, 180.0, 400.0)),  # other columns
        grid([row[:3] for row in HEAD], 100, 30, "ruled", EDGES[:4]),
        grid(HEAD, 100, 30, "borderless"),
    ],
)
def test_another_frame_is_left_alone(head):
    body = grid(BODY, 132, 16, "borderless")
    assert with_ruled_heads([head, body]) == [head, body]


def test_what_is_doubted_of_the_header_is_doubted_of_the_table():
    head = replace(grid(HEAD, 100, 30, "ruled"), doubt=0.6, doubts=("đường kẻ",), confidence=0.7)
    (found,) = with_ruled_heads([head, grid(BODY, 130, 16, "borderless")])
    assert (found.doubt, found.doubts, found.confidence) == (0.6, ("đường kẻ",), 0.7)
