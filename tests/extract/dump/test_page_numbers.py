"""Which lines of a dump are only the number of their page."""

from __future__ import annotations

import pytest

from extract.dump.lines import source_lines


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        # A row's number over a page whose number stands below: it was taken for the page's.
        ([["Biểu 1", "1"], ["3", "Xã An", "2"], ["4", "Xã Bo", "3"]], [["Biểu 1"], ["3", "Xã An"], ["4", "Xã Bo"]]),
        ([["Biểu 1"], ["2", "Xã An", "5"], ["- 3 -", "Xã Bo", "9"]], [["Biểu 1"], ["Xã An", "5"], ["Xã Bo", "9"]]),
        ([["Biểu 1", "1"]], [["Biểu 1", "1"]]),
    ],
)  # fmt: skip
def test_page_numbers_stand_on_one_edge(pages: list[list[str]], left: list[list[str]]) -> None:
    kept: list[list[str]] = [[] for _ in pages]
    for line in source_lines(pages, pages):
        if line.text:
            kept[line.page - 1].append(line.text)
    assert kept == left
