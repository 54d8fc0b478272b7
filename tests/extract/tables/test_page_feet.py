from __future__ import annotations

from extract.tables.page_feet import with_page_feet
from extract.tables.stitch import stitch
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, PageSource, TextLine, Word

EDGES = (60.0, 200.0, 300.0, 420.0)
HEAD = ["Thông số", "Đơn vị", "Giá trị"]
ROWS = [["Mực nước chết", "m", "896,5"], ["Dung tích", "triệu m³", "41,75"], ["Số khoang", "khoang", "3"]]
HEIGHT = 842.0


def line(texts: list[str], top: float, page: int = 1) -> list[TextLine]:
    """A text of each column, printed at a height."""
    found = []
    for text, left in zip(texts, EDGES):
        words, x = [], left + 6.0
        for part in text.split():
            words.append(Word(part, Box(x, top, x + 5.0 * len(part), top + 12.0)))
            x += 5.0 * len(part) + 4.0
        if words:
            found.append(
                TextLine(text, page, len(found) + 1, Box.union(w.box for w in words), words=tuple(words))
            )
    return found


def table(rows: list[list[str]], top: float, page: int) -> Grid:
    cells = tuple(
        GridCell(
            r,
            c,
            text,
            box=Box(EDGES[c], top + 17.0 * r, EDGES[c + 1], top + 17.0 * (r + 1)) if text else None,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    box = Box(EDGES[0], top, EDGES[-1], top + 17.0 * len(rows))
    return Grid(page, "borderless", len(rows), 3, cells, box=box, column_edges=EDGES)


def pages(foot: list[TextLine], source: PageSource = "text-layer") -> list[PageContent]:
    above = TextLine("Các thông số chính như sau:", 1, 1, Box(60, 600, 300, 612), words=())
    number = TextLine("1", 1, 9, Box(300, 800, 306, 811), words=(Word("1", Box(300, 800, 306, 811)),))
    grid = table([HEAD, *ROWS], 57.0, 2)
    return [
        PageContent(1, 595.0, HEIGHT, source, (above, *foot, number)),
        PageContent(2, 595.0, HEIGHT, source, (grid,)),
    ]


def texts(found: list[PageContent]) -> list[list[str]]:
    (raw,) = stitch(found)
    rows = [[""] * raw.n_cols for _ in range(raw.n_rows)]
    for cell in raw.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


FIRST = ["Lưu vực", "km²", "326"]


def test_a_row_alone_under_its_header_at_the_foot_of_a_page_is_the_tables_first() -> None:
    """It was running text, and nothing said that the table had lost its first row."""
    found = with_page_feet(pages([*line(HEAD, 742.0), *line(FIRST, 759.0)]))
    assert texts(found) == [HEAD, FIRST, *ROWS]
    assert [b.text for b in found[0].lines] == ["Các thông số chính như sau:", "1"]


def test_a_name_on_two_lines_stands_in_one_row_at_the_foot_of_a_page() -> None:
    name = ["Lưu vực sông"], ["(tính đến đập)"]
    figures = ["", "km²", "326"]
    foot = [*line(HEAD, 730.0), *line(name[0], 749.0), *line(figures, 756.0), *line(name[1], 763.0)]
    (grid,) = with_page_feet(pages(foot))[0].grids
    assert [c.text for c in grid.cells][3:] == ["Lưu vực sông\n(tính đến đập)", "km²", "326"]


def test_what_is_no_header_of_the_next_page_or_has_no_figures_stays_text() -> None:
    for foot in (
        [*line(["Thông số", "Đơn vị", "Ghi chú"], 742.0), *line(FIRST, 759.0)],
        [*line(HEAD, 742.0), *line(["Nơi nhận", "Ủy ban", "xã"], 759.0)],
        line(HEAD, 742.0),
    ):
        given = pages(foot)
        assert with_page_feet(given) == given


def test_a_scans_figures_at_the_foot_of_a_page_are_doubtful() -> None:
    """The reader of numbers never saw them: what one reader alone says must be looked at."""
    foot = [*line(HEAD, 742.0), *line(FIRST, 759.0)]
    kinds: tuple[tuple[PageSource, list[str]], ...] = (("ocr", ["326"]), ("text-layer", []))
    for source, doubtful in kinds:
        (grid,) = with_page_feet(pages(foot, source))[0].grids
        assert [c.text for c in grid.cells if c.doubtful] == doubtful
