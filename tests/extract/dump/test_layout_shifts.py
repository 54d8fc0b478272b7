"""Rows of laid-out tables that a long label pushed out of their columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.dump.draft import Draft
from extract.dump.figures import with_mixed_cells
from extract.dump.layout.shifts import pushed_back

UNITS = [
    ["1", "Cà phê nhân", "kg", "95.000", "96.500", "1.500", ""],
    ["2", "Hạt tiêu", "kg", "143.000", "142.000", "-1.000", ""],
    ["3", "Xăng sinh học", "lít", "19.800", "20.100", "300", "Bán lẻ"],
    ["4", "Dầu hỏa", "lít", "18.900", "18.900", "0", ""],
    ["5", "Phân đạm", "kg", "11.000", "10.500", "-500", ""],
]


def test_the_figures_of_a_pushed_row_go_back_to_their_columns() -> None:
    """A label that reached its unit pushed the row's first figures into the column of units, and the last of
    the run was missing: each stood in another's place without a word."""
    pushed = ["6", "Gạo thơm đặc sản loại 1 kg", "21.500", "22.000", "", "500", "Bán lẻ"]
    assert pushed_back([*UNITS, pushed])[-1] == [
        "6", "Gạo thơm đặc sản loại 1", "kg", "21.500", "22.000", "500", "Bán lẻ",
    ]  # fmt: skip


def test_a_figure_that_the_label_took_with_its_unit_comes_back() -> None:
    pushed = ["6", "Gạo thơm đặc sản kg 21.500", "22.000", "", "500", "", ""]
    assert pushed_back([*UNITS, pushed])[-1] == ["6", "Gạo thơm đặc sản", "kg", "21.500", "22.000", "500", ""]


def test_a_printed_figure_that_ends_a_label_comes_back() -> None:
    rows = [[row[0], f"{row[1]} {row[2]}", *row[3:]] for row in UNITS]
    pushed = ["6", "Gạo thơm đặc sản kg 21.500", "22.000", "500", "", ""]
    assert pushed_back([*rows, pushed])[-1] == ["6", "Gạo thơm đặc sản kg", "21.500", "22.000", "500", ""]


def test_an_empty_cell_beside_a_numbered_name_stays() -> None:
    rows = [[row[0], row[1], *row[3:]] for row in UNITS]
    empty = ["6", "Gạo loại 2", "", "22.000", "500", ""]
    assert pushed_back([*rows, empty])[-1] == empty


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "kg", "12", "1.500", "Gạo kg", "Gạo 1.500", "kg 7"]), min_size=4, max_size=4
        ),
        max_size=8,
    )
)
def test_no_word_is_lost_or_won(rows: list[list[str]]) -> None:
    def words(texts: list[list[str]]) -> list[str]:
        return sorted(word for row in texts for text in row for word in text.split())

    assert words(pushed_back(rows)) == words(rows)


def test_words_in_a_column_of_figures_doubt_their_cell() -> None:
    """A note that wrapped under its row's last figure was part of it, and the figure none, unflagged."""
    rows = [("Mặt hàng", "Giá"), *((f"Hàng {i}", f"{i}.500") for i in range(1, 9)), ("Cá", "0,91 cửa hàng")]
    draft = Draft(tuple(rows), 1, 10, (1,) * 10, header_rows=1)
    assert with_mixed_cells(draft).doubtful == {(9, 1)}
