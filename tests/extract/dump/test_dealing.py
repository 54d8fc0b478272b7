"""Figures of a stream dealt to columns: whatever order a reader writes a table in, its rows come back."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dump.columnar.dealing import deal
from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.dealt_figures import figures_to_deal, row_numbers, stand_beside_rows
from extract.dump.columnar.dealt_table import deal_table, most_columns
from extract.dump.columnar.labels import Item
from extract.dump.columnar.rows import is_laid_out
from extract.dump.lines import source_lines
from extract.dump.pages import read_text
from extract.dump.tokens import tokenize
from normalize.ordinals import read_ordinal

ROWS = (
    ("1.369", "10", "1.359", "1.037", "1.036", "1", "99,90"),
    ("105", "48", "57", "26", "26", "0", "100,00"),
    ("1.979", "42", "1.937", "1.818", "1.803", "15", "99,17"),
    ("2.283", "39", "2.244", "1.107", "1.107", "0", "100,00"),
    ("876", "8", "868", "469", "469", "0", "100,00"),
    ("882", "27", "855", "142", "135", "7", "95,07"),
    ("606", "19", "587", "308", "308", "0", "100,00"),
    ("1.006", "9", "997", "352", "351", "1", "99,72"),
)
HEIGHT, WIDTH = len(ROWS), len(ROWS[0])
COLUMNS = tuple(zip(*ROWS, strict=True))

WAYS = {
    "by rows": [(text,) for row in ROWS for text in row],
    "a column, then the others by rows": [COLUMNS[0], *((text,) for row in ROWS for text in row[1:])],
    "rows, then chunks of columns": [
        *((text,) for row in ROWS[:3] for text in row),
        *(column[3:] for column in COLUMNS),
    ],
}
"""Blocks of figures, a value a line."""
TOTAL = tuple(
    f"{sum(int(text.replace('.', '')) for text in column):,}".replace(",", ".") for column in COLUMNS[:6]
)
SUMMED = (TOTAL, *(row[:6] for row in ROWS))


def _dealt(blocks: list[tuple[str, ...]]) -> list[Dealt]:
    lines = [(text, block) for block, texts in enumerate(blocks) for text in texts]
    return [Dealt(text, line, block, 3.0) for line, (text, block) in enumerate(lines)]


@pytest.mark.parametrize("blocks", WAYS.values(), ids=WAYS)
def test_rows_come_back_whatever_the_order_of_writing(blocks: list[tuple[str, ...]]) -> None:
    best = deal(_dealt(blocks), HEIGHT, WIDTH)[0]
    assert best.rows == ROWS
    assert not best.passed


def test_a_page_number_among_the_figures_is_passed_over() -> None:
    figures = _dealt(WAYS["a column, then the others by rows"])
    figures.insert(HEIGHT, Dealt("4", 999, 999, 0.1))
    best = deal(figures, HEIGHT, WIDTH)[0]
    assert best.rows == ROWS
    assert best.passed == (HEIGHT,)


SUMMED_WAYS = {
    "its total first, then columns": [
        *((text,) for text in TOTAL),
        *(column[:8] for column in zip(*SUMMED[1:], strict=True)),
    ],
    "columns, its total last": [*zip(*SUMMED[1:], strict=True), *((text,) for text in TOTAL)],
}


@pytest.mark.parametrize("way", SUMMED_WAYS)
def test_a_total_apart_from_its_columns(way: str) -> None:
    best = deal(_dealt(SUMMED_WAYS[way]), HEIGHT + 1, 6)[0]
    assert best.rows == (SUMMED if "first" in way else (*SUMMED[1:], TOTAL))


def test_an_empty_cell_stands_where_the_row_needs_it() -> None:
    blocks = [(text,) for r, row in enumerate(ROWS) for c, text in enumerate(row) if (r, c) != (4, 6)]
    best = deal(_dealt(blocks), HEIGHT, WIDTH)[0]
    assert best.rows == (*ROWS[:4], (*ROWS[4][:6], ""), *ROWS[5:])


def test_a_column_that_comes_late_is_not_lost() -> None:
    bands = [*(column[:5] for column in COLUMNS[1:]), *((text,) for text in ROWS[5])]
    blocks = [*bands, *(column[6:] for column in COLUMNS), COLUMNS[0][:5]]
    best = deal(_dealt(blocks), HEIGHT, WIDTH)[0]
    cells = {text for row in best.rows for text in row}
    assert set(COLUMNS[0][:5]) <= cells


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9999).map(str), min_size=6, max_size=30), st.integers(3, 6), st.integers(2, 5))
def test_dealing_neither_loses_nor_makes_figures(texts: list[str], height: int, width: int) -> None:
    for hand in deal(_dealt([(text,) for text in texts]), height, width):
        cells = [text for row in hand.rows for text in row if text]
        assert sorted([*cells, *(texts[i] for i in hand.passed)]) == sorted(texts)


def _items(text: str) -> list[Item]:
    items, block = [], 0
    for line in source_lines([text.split("\n")], [text.split("\n")]):
        block += line.blank
        if not line.blank:
            items.append(Item(line, tuple(tokenize(line.text)), block))
    return items


NUMBERS = {
    "one under another": ("STT\n1\n2\n3\nXã A\nXã B\nXã C\n5\n6\n7\n", None, ["1", "2", "3"]),
    "sections between": ("I\n1\n2\nII\n3\n4\nNgành A\n", None, ["I", "1", "2", "II", "3", "4"]),
    "beside their rows": ("1\nXã A\n15\n20\n2\nXã B\n16\n30\n3\nXã C\n17\n40\n", None, ["1", "2", "3"]),
    "marks of columns are none": ("(1)\n(2)\n(3)\n1\n2\n3\n4\n", None, ["1", "2", "3", "4"]),
    "of two levels": ("1\n1.1\n1.2\n2\n2.1\nĐường\n", None, ["1", "1.1", "1.2", "2", "2.1"]),
    "none far below the others": ("1\n2\n3\n" + "chữ\n" * 200 + "4\n", None, ["1", "2", "3"]),
    "sections that count anew": (
        "A\n1\n2\nB\n1\n2\nC\n1\nNgành\n",
        None,
        ["A", "1", "2", "B", "1", "2", "C", "1"],
    ),
    "a figure far behind that counts on is none": ("1\n2\n3\nXã\n15\n20\n4\n17\n", None, ["1", "2", "3"]),
    "out of order, some beside their labels": (
        "1\n3\n2 Đường B\nĐường A\n4\n5 Đường E\n6\n29,0\n51,9\n",
        None,
        list("123456"),
    ),
    "going on from the page before": ("15\n16\n17\nXã A\n", "14", ["15", "16", "17"]),
}


@pytest.mark.parametrize(("text", "last", "wanted"), NUMBERS.values(), ids=NUMBERS)
def test_row_numbers_count_on(text: str, last: str | None, wanted: list[str]) -> None:
    items = _items(text)
    found = row_numbers(items, read_ordinal(last) if last else None)
    assert [items[i].tokens[0].text for i in found] == wanted


def test_figures_after_most_row_numbers_are_rows() -> None:
    rows = _items(NUMBERS["beside their rows"][0])
    columns = _items(NUMBERS["one under another"][0])
    assert stand_beside_rows(rows, row_numbers(rows, None))
    assert not stand_beside_rows(columns, row_numbers(columns, None))


FIGURES = {
    "torn at the mark": ("49.050,\n2\n\n7,5\n", ["49.050,2", "7,5"]),
    "torn in a group, others whole": ("8.000\n165.5\n00\n79.50\n0\n", ["8.000", "165.500", "79.500"]),
    "no rest without such groups": ("165,5\n12,5\n120\nHết\n", ["165,5", "12,5", "120"]),
    "two torn side by side": ("8.000\nđồng/ 83.50 29.00\nlít\n0\n0\n", ["8.000", "83.500", "29.000"]),
    "marks and numbers of columns": ("(1)\n(7)=(6)-(5)\n1\n2\n3\n4\n850\nHết\n", ["850"]),
    "a figure of running text": (
        "120\nTổng diện tích toàn huyện đạt được 490 ha trong năm 2023\n\n80\n7,5\n",
        ["120", "80", "7,5"],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), FIGURES.values(), ids=FIGURES)
def test_figures_to_deal_are_whole_and_a_table_s(text: str, wanted: list[str]) -> None:
    assert [f.text for f in figures_to_deal(_items(text), []) if f.pass_cost > 0.2] == wanted


def test_a_figure_of_a_name_is_passed_over_cheaply() -> None:
    found = figures_to_deal(_items("1\nGạo tẻ hạng 2\n12.500\n"), [0])
    assert [f.text for f in found if f.pass_cost < 1] == ["2"]


def test_column_numbers_bound_the_width() -> None:
    assert most_columns(_items("(1)\n(2)\n(3)=(1)-(2)\n")) == 3
    assert most_columns(_items("Tên\nSố\n")) > 10


def test_marks_of_notes_beside_names_number_no_columns() -> None:
    """`(1)` and `(2)` behind names said that the table has two columns: it was not dealt."""
    assert most_columns(_items("4 Đại Tiến (1)\nđất ở hợp pháp (2)\n(2) Gồm 14 hộ\n(1)\n")) > 10


def test_a_table_is_dealt_by_its_row_numbers_and_total() -> None:
    total = ("9.106", "202", "8.904", "5.259", "5.235", "24", "99,54")
    columns = [(*column, last) for column, last in zip(COLUMNS, total, strict=True)]
    text = "STT\n" + "\n".join(str(n) for n in range(1, HEIGHT + 1)) + "\n\nĐơn vị\n\n"
    text += "\n\n".join("\n".join(column) for column in columns)
    items = _items(text)
    found = deal_table(items, row_numbers(items, None))
    assert found is not None
    assert found.figures.rows == (*ROWS, total)
    assert found.figures.sure


def test_what_makes_no_columns_is_not_dealt() -> None:
    items = _items(
        "1\n2\n3\n\n" + "\n".join(["7", "12,5%", "3/8", "1.204", "0,1", "88", "9/10", "4,25%", "13"])
    )
    assert deal_table(items, row_numbers(items, None)) is None


def test_lines_with_wide_gaps_between_figures_are_laid_out() -> None:
    assert is_laid_out(_items("1   Xã A     12      34\n2   Xã B     15      36\n"))
    assert not is_laid_out(_items("12 34\n15\n36\n"))


def test_a_first_column_among_the_labels_comes_back_under_a_flag() -> None:
    numbers = "\n".join(map(str, range(1, HEIGHT + 1)))
    labels = "\n".join(f"Ủy ban nhân\n{row[0]}\nphường Đông" for row in ROWS)
    rest = "\n\n".join(text for row in ROWS for text in row[1:])
    (grid,) = chain.from_iterable(page.grids for page in read_text(f"{numbers}\n\n{labels}\n\n{rest}\n"))
    texts = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        texts[cell.row][cell.col] = cell.text
    assert [tuple(row[2:]) for row in texts[grid.header_rows or 0 :]] == list(ROWS)
    assert grid.doubts
