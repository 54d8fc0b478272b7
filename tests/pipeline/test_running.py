from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extract.tables.raw import RawTable
from model.page import Grid, GridCell, PageContent, TextLine
from pipeline.readings import reading_flags
from pipeline.running import page_records, running_text


def grid(page: int) -> Grid:
    return Grid(page, "text", 1, 1, (GridCell(0, 0, "7"),))


def table(grids: int) -> RawTable:
    return RawTable("", "text", 1, 1, (GridCell(0, 0, "7"),), (1,), grids=grids)


def page(number: int, *blocks: TextLine | Grid) -> PageContent:
    return PageContent(number, 595, 842, "text", blocks)


def test_a_table_over_two_pages_stands_once_in_the_text_where_it_begins() -> None:
    above, below = TextLine("tren", 1, 1), TextLine("duoi", 2, 1)
    pages = [page(1, above, grid(1)), page(2, grid(2), below, grid(2))]
    mended = [TextLine("trên", 1, 1), TextLine("dưới", 2, 1)]
    lines = running_text(pages, mended, [table(2), table(1)])
    assert [(n.page, n.line, n.text, n.raw) for n in lines] == [
        (1, 1, "trên", "tren"),
        (1, None, "[t01]", "[t01]"),
        (2, 1, "dưới", "duoi"),
        (2, None, "[t02]", "[t02]"),
    ]


@given(st.lists(st.lists(st.sampled_from(["line", "grid"]), max_size=5), min_size=1, max_size=4))
def test_no_line_is_lost_and_every_table_has_one_place(kinds: list[list[str]]) -> None:
    pages = [
        page(n, *(TextLine(f"{n}-{i}", n, i) if k == "line" else grid(n) for i, k in enumerate(kind, 1)))
        for n, kind in enumerate(kinds, 1)
    ]
    read = [line for p in pages for line in p.lines]
    n_grids = sum(len(p.grids) for p in pages)
    lines = running_text(pages, read, [table(1)] * n_grids)
    assert [n.raw for n in lines if n.line is not None] == [n.text for n in read]
    assert [n.text for n in lines if n.line is None] == [f"[t{i:02d}]" for i in range(1, n_grids + 1)]


def test_a_page_without_print_is_blank() -> None:
    records = page_records([page(1), page(2, TextLine("a", 2, 1))])
    assert [(r.page, r.status) for r in records] == [(1, "blank"), (2, "text")]


def test_a_page_of_ink_that_is_no_print_is_unreadable_and_flagged_once() -> None:
    desk = replace(page(1), source="ocr", confidence=0.0)
    assert [r.status for r in page_records([desk])] == ["unreadable"]
    flags = reading_flags([desk, replace(page(2), source="ocr")], [], [])
    assert [(f.page, f.severity, f.kind) for f in flags] == [(1, "warning", "reading")]
