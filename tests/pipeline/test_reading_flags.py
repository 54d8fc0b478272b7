"""What the readers themselves say of pages and tables, as flags."""

from __future__ import annotations

import pytest

from extract.tables.raw import RawTable
from model.geometry import Box
from model.page import Grid, GridCell, PageContent
from model.table import Cell, Table
from pipeline.readings import reading_flags


def grid(page: int, doubt: float = 0.0) -> Grid:
    return Grid(page, "ruled", 1, 1, (GridCell(0, 0, "1"),), Box(0, 0, 9, 9), doubt=doubt)


def page(number: int, *grids: Grid, doubts: tuple[str, ...] = ()) -> PageContent:
    return PageContent(number, 595, 842, "ocr", grids, doubts=doubts)


def table(name: str) -> Table:
    return Table(name, "", "ruled", 0, ((Cell(0, 0, "1", "1"),),))


def raw(grids: int) -> RawTable:
    return RawTable("", "ruled", 1, 1, (GridCell(0, 0, "1"),), (1,), grids=grids)


@pytest.mark.parametrize(
    ("doubts", "flagged"),
    [
        ([0.0, 0.0, 0.0], []),
        ([0.1, 0.9, 0.0], ["t01"]),  # the second page of the first table
        ([0.0, 0.0, 0.7], ["t02"]),
        ([0.6, 0.0, 0.6], ["t01", "t02"]),
    ],
)
def test_a_table_of_which_a_part_is_doubtful_is_flagged_whole(
    doubts: list[float], flagged: list[str]
) -> None:
    first, second, third = (grid(n, doubt) for n, doubt in enumerate(doubts, start=1))
    pages = [page(1, first), page(2, second), page(3, third)]
    flags = reading_flags(pages, [table("t01"), table("t02")], [raw(2), raw(1)])
    found = [f for f in flags if f.kind == "structure" and f.severity == "warning"]
    assert [(f.table_id, f.row, f.col) for f in found] == [(name, None, None) for name in flagged]


def test_a_doubt_of_a_page_is_a_warning_on_the_page() -> None:
    flags = reading_flags([page(1), page(2, doubts=("Trang có đường kẻ.",))], [], [])
    assert [(f.page, f.severity, f.table_id) for f in flags] == [(2, "warning", "")]
