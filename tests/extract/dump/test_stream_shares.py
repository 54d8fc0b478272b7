"""Streams whose rows are two each: counts, and under them the shares they make."""

from __future__ import annotations

from extract.dump.pages import read_text

CENTRED = """STT Câu hỏi
1 2 3 4
A. Nơi chờ
Ghế ở hành lang có 12 30 18 4
1. đủ cho người
18.8% 46.9% 28.1% 6.3%
già.
Nước uống ở 20 22 11 11
2. mỗi tầng nhà
31.3% 34.4% 17.2% 17.2%
Cán bộ nói rõ 21 21 10 12
3. và chỉ dẫn
32.8% 32.8% 15.6% 18.8%
tận nơi.
Phòng chờ đủ 30 20 10 4
4. ánh sáng
46.9% 31.3% 15.6% 6.3%
"""


def _rows(text: str) -> list[tuple[str, ...]]:
    (grid,) = [grid for page in read_text(text) for grid in page.grids]
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return [tuple(row) for row in rows[grid.header_rows or 0 :]]


def test_the_number_between_counts_and_shares_is_that_of_the_counts() -> None:
    """The shares had the number, the counts the row before's last words, and the section's line was lost."""
    rows = [row for row in _rows(CENTRED) if any(row[2:])]
    assert [row[0] for row in rows] == ["1.", "", "2.", "", "3.", "", "4.", ""]
    assert rows[0][2:] == ("12", "30", "18", "4")
    assert rows[1][2:] == ("18.8%", "46.9%", "28.1%", "6.3%")


def test_labels_that_begin_with_their_row_are_read_as_they_flow() -> None:
    flowing = "STT Câu hỏi\n1 2 3 4\n" + "".join(
        f"{n}. Câu hỏi về\nviệc {name}\n{n}2 3{n} 1{n} 2{n}\n1{n}.0% 2{n}.0% 3{n}.0% 4{n}.0%\n"
        for n, name in enumerate(("chờ", "nước", "cán bộ", "phòng"), start=1)
    )
    rows = [row for row in _rows(flowing) if any(row[2:])]
    assert [row[0] for row in rows if row[0]] == ["1.", "2.", "3.", "4."]
    assert rows[0][1] == "Câu hỏi về việc chờ"
