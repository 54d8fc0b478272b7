"""HTML files, and HTML tables inside Markdown and text, to lines and grids."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dump.pages import read_text, read_text_file
from extract.kinds import kind_of_name
from model.errors import DamagedFileError, EmptyFileError
from model.page import Grid, PageContent
from normalize.unicode import nfc, squeeze


def matrix(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.col, cell.col + cell.col_span):
                rows[r][c] = cell.text
    return rows


def page(text: str) -> PageContent:
    (only,) = read_text(text)
    return only


HEAD = '<table><tr><td rowspan="2">STT</td><td rowspan=2>Xã</td><td colspan="2">Hồ sơ</td></tr>'
SPANNED = (
    HEAD + "<tr><td>Đến</td><td>Đi</td></tr><tr><td>1</td><td>An</td><td>12</td><td>3,5</td></tr></table>"
)

TABLES = {
    "spans of rows and columns": (
        SPANNED,
        [["STT", "Xã", "Hồ sơ", "Hồ sơ"], ["STT", "Xã", "Đến", "Đi"], ["1", "An", "12", "3,5"]],
    ),
    "cells and rows left open": (
        "<table><tr><td>Xã<td>Số<tr><td>An<td>5</table>",
        [["Xã", "Số"], ["An", "5"]],
    ),
    "entities": (
        "<table><tr><td>X&atilde;&nbsp;An &amp; B&#236;nh</td><td>&lt;5</td></tr><tr><td>-</td><td>7</td></tr></table>",
        [["Xã An & Bình", "<5"], ["-", "7"]],
    ),
    "a line break in a cell": (
        "<table><tr><td>Xã An<br>(mới)</td><td>5</td></tr><tr><td>B</td><td>6</td></tr></table>",
        [["Xã An\n(mới)", "5"], ["B", "6"]],
    ),
    "the foot is shown last": (
        "<table><thead><tr><th>Xã</th><th>Số</th></tr></thead><tfoot><tr><td>Cộng</td><td>9</td></tr></tfoot>"
        "<tbody><tr><td>An</td><td>9</td></tr></tbody></table>",
        [["Xã", "Số"], ["An", "9"], ["Cộng", "9"]],
    ),
    "a span ends with its row group": (
        "<table><tbody><tr><td rowspan=9>A</td><td>1</td></tr></tbody>"
        "<tbody><tr><td>B</td><td>2</td></tr></tbody></table>",
        [["A", "1"], ["B", "2"]],
    ),
    "a span to the end": (
        '<table><tr><td rowspan="0">A</td><td>1</td></tr><tr><td>2</td></tr></table>',
        [["A", "1"], ["A", "2"]],
    ),
    "two cells that claim one place": (
        "<table><tr><td>A</td><td rowspan=2>B</td></tr><tr><td colspan=2>C</td></tr></table>",
        [["A", "B"], ["C", "B"]],
    ),
    "a raised mark is no digit": (
        "<table><tr><td>An</td><td>1.234<sup>2</sup></td></tr><tr><td>m<sup>3</sup></td><td>5</td></tr></table>",
        [["An", "1.234 (2)"], ["m3", "5"]],
    ),
    "what is hidden is not read": (
        "<table><tr><td>An</td><td>5<span style='display: none'>0</span></td></tr>"
        "<tr hidden><td>x</td><td>9</td></tr><tr><td>B</td><td>6</td></tr></table>",
        [["An", "5"], ["B", "6"]],
    ),
}


@pytest.mark.parametrize(("source", "rows"), TABLES.values(), ids=TABLES)
def test_a_table_lies_as_the_standard_says(source: str, rows: list[list[str]]) -> None:
    for text in (
        source,
        f"Kết quả tháng 5\n\n{source}\n\nHết.",
        f"<!DOCTYPE html><html><body>{source}</body></html>",
    ):
        (grid,) = page(text).grids
        assert matrix(grid) == rows


@pytest.mark.parametrize("newline", ["", "\n", "\n  "])
def test_one_line_or_a_cell_a_line_reads_alike(newline: str) -> None:
    found = page("Trước\n" + SPANNED.replace("<", newline + "<") + "\nSau")
    assert matrix(found.grids[0]) == TABLES["spans of rows and columns"][1]
    assert [line.text for line in found.lines] == ["Trước", "Sau"]


def test_text_beside_a_table_on_its_line_is_kept_in_order() -> None:
    found = page(f"Bảng 1. {SPANNED} Đạt 88,01% kế hoạch.")
    kinds = [b if isinstance(b, str) else type(b).__name__ for b in found.blocks]
    assert kinds == ["TextLine", "Grid", "TextLine"]
    assert [line.text for line in found.lines] == ["Bảng 1.", "Đạt 88,01% kế hoạch."]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("<thead><tr><th>Xã</th><th>Số</th><th>Tỷ lệ</th></tr></thead>", 1),
        ("<tr><th>Xã</th><th>Số</th><th>Tỷ lệ</th></tr>", 1),
        (
            "<thead><tr><th>Xã</th><th>Số</th><th>Tỷ lệ</th></tr></thead><tr><td>(1)</td><td>(2)</td><td>(3)</td></tr>",
            2,
        ),
        ("<tr><td>Xã</td><td>Số</td><td>Tỷ lệ</td></tr>", None),
    ],
)
def test_the_head_is_what_the_markup_says(head: str, rows: int | None) -> None:
    body = "<tr><td>An</td><td>12</td><td>3</td></tr><tr><td>Ba</td><td>13</td><td>4</td></tr>"
    (grid,) = page(f"<table>{head}{body}</table>").grids
    assert grid.header_rows == rows


def test_a_table_that_only_sets_others_side_by_side_is_none() -> None:
    inner = "<table><tr><td>Xã</td><td>Số</td></tr><tr><td>An</td><td>5</td></tr></table>"
    found = page(
        f"<html><table><tr><td>Biểu 1 {inner}</td></tr><tr><td>Ghi chú {inner}</td></tr></table></html>"
    )
    assert [matrix(g) for g in found.grids] == [[["Xã", "Số"], ["An", "5"]]] * 2
    assert [line.text for line in found.lines] == ["Biểu 1", "Ghi chú"]


def test_a_table_within_a_table_of_cells_follows_it() -> None:
    inner = "<table><tr><td>Nam</td><td>3</td></tr><tr><td>Nữ</td><td>2</td></tr></table>"
    source = f"<table><tr><td>An</td><td>5{inner}</td></tr><tr><td>Ba</td><td>6</td></tr></table>"
    found = page(f"Trước\n{source}\nSau")
    assert [matrix(g) for g in found.grids] == [[["An", "5"], ["Ba", "6"]], [["Nam", "3"], ["Nữ", "2"]]]


def test_two_figures_stacked_in_one_cell_are_doubted() -> None:
    (grid,) = page("<table><tr><td>An</td><td>12<br>34</td></tr><tr><td>Ba</td><td>5</td></tr></table>").grids
    assert {(c.row, c.col) for c in grid.cells if c.doubtful} == {(0, 1)}


def test_tables_after_a_form_feed_are_on_their_page() -> None:
    pages = read_text(f"Một\n{SPANNED}\n\f{SPANNED}\nHai")
    assert [[g.page for g in p.grids] for p in pages] == [[1], [2]]


def test_a_caption_names_its_table() -> None:
    (grid,) = page(
        "<table><caption>Biểu 3</caption><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>"
    ).grids
    assert grid.title == "Biểu 3"


def test_lines_are_parted_as_a_browser_shows_them() -> None:
    found = page(
        "<html><head><title>x</title><style>p{}</style></head><body><h1>Báo cáo</h1><p>Đạt\n12 <b>hồ</b> sơ<br>và 5</p></body></html>"
    )
    assert [line.text for line in found.lines] == ["Báo cáo", "Đạt 12 hồ sơ", "và 5"]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.txt"])
def test_html_files_are_read_as_such(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"<html><p>Đầu</p>{SPANNED}</html>", encoding="utf-8")
    assert len(read_text_file(path)[0].grids) == 1


def test_html_that_shows_nothing_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><head><title>Báo cáo</title></head><body> </body></html>", encoding="utf-8")
    with pytest.raises(EmptyFileError):
        read_text_file(path)


def nested(depth: int) -> str:
    deep = "<div>" * depth + "5" + "</div>" * depth
    return f"<html><table><tr><td>{deep}</td><td colspan=99999999>1</td></tr><tr><td>a</td><td>b</td></tr></table></html>"


def test_deep_nesting_and_wild_spans_are_read() -> None:
    (grid,) = page(nested(200)).grids
    assert grid.n_cols == 1001
    assert grid.cells[0].text == "5"


def test_nesting_past_the_parsers_depth_is_a_failure_and_no_loss() -> None:
    with pytest.raises(DamagedFileError, match="to its end"):
        page(nested(9000))


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=8)


@given(
    st.integers(1, 5).flatmap(
        lambda w: st.lists(st.lists(texts, min_size=w, max_size=w), min_size=1, max_size=6)
    )
)
def test_what_is_written_as_html_is_read_back(rows: list[list[str]]) -> None:
    source = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    found = read_text(f"<html><p>x</p><table>{source}</table></html>")[0]
    want = [[squeeze(nfc(c)) for c in row] for row in rows]
    if any(any(row) for row in want):
        assert matrix(found.grids[0]) == want
    else:
        assert not found.grids


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_html_is_among_the_kinds_that_are_read(name: str) -> None:
    kind = kind_of_name(name)
    assert kind is not None
    assert kind.kind == "text"
