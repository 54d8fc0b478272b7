"""Grids on pages, for the tests of tables over pages."""

from extract.tables.header import understand
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine

EDGES = (60.0, 90.0, 250.0, 330.0, 420.0)
HEAD = ["STT", "Tên đơn vị", "Tiếp nhận", "Trả"]


def grid(page, rows, edges=EDGES, kind="ruled", spans=()):
    """A grid of texts; `spans` are (row, col, row_span, col_span)."""
    size = {(r, c): (rs, cs) for r, c, rs, cs in spans}
    hidden = {
        (r + y, c + x) for (r, c), (rs, cs) in size.items() for y in range(rs) for x in range(cs) if y or x
    }
    cells = tuple(
        GridCell(r, c, text, *size.get((r, c), (1, 1)), engine="text-layer")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in hidden
    )
    box = Box(edges[0], 100, edges[-1], 100 + 20 * len(rows))
    return Grid(page, kind, len(rows), len(rows[0]), cells, box, tuple(edges))


def page(number, *blocks):
    return PageContent(number, 595, 842, "text-layer", blocks)


def line(text, number=1, y=80):
    return TextLine(text, number, 1, Box(200, y, 400, y + 12))


def body(first, last):
    return [[str(i), f"Xã thứ {i}", str(10 * i), str(i)] for i in range(first, last + 1)]


def texts(raw):
    return [[c.text for c in row] for row in understand(raw, "t01").rows]
