"""Figures and codes that narrow cells broke over their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.tables.broken_tokens import is_one_token, joined_tokens, room_beside
from model.page import GridCell, Reading

LETTER, PADDING = 6.0, 11.0


def column(*texts, letters=5):
    """A column of cells wide enough for so many letters, a cell a row."""
    width = letters * LETTER + PADDING + 1
    return tuple(
        GridCell(
            row, 1, text, room=room_beside([(0, LETTER * len(t), len(t)) for t in text.split("\n")], width)
        )
        for row, text in enumerate(texts)
    )


def texts(cells):
    return [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        (("143,5\n00", "56,00\n0", "2,500"), ["143,500", "56,000", "2,500"]),
        (("01.00\n1", "01.00\n2", "02.01\n0"), ["01.001", "01.002", "02.010"]),
        (("52,90\n7,000", "1,250"), ["52,907,000", "1,250"]),
        (("180,0\n00", "15,00\n0", "Khôn\ng"), ["180,000", "15,000", "Khôn\ng"]),  # a word broken beside them
        (("16.95\n6", "-2.38\n5"), ["16.956", "-2.385"]),
        (("12345\n6", "12345\n7", "12346\n8"), ["123456", "123457", "123468"]),
        (("100,0\n0", "99,85", "97,20"), ["100,00", "99,85", "97,20"]),
        (  # a column of codes of two kinds: those of firms and of their branches
            ("12345\n6", "12346\n7-01", "12347\n8-02", "12348\n9"),
            ["123456", "123467-01", "123478-02", "123489"],
        ),
        (("TH-00\n12", "TH-00\n13", "TH-01\n14"), ["TH-0012", "TH-0013", "TH-0114"]),
    ],
)
def test_a_figure_that_fills_its_cell_goes_on_below(printed, joined):
    assert texts(joined_tokens(column(*printed))) == joined


@pytest.mark.parametrize(
    "printed",
    [
        ("97,5\n3", "88,0\n12", "100\n1"),  # a score over its rank, none of which fills the cell
        ("97,50\n3", "88,00\n12", "79,25\n10"),  # full cells, but what they make are figures of all shapes
        ("1.234\n56", "12.34\n78"),  # two columns in one
        ("12.345\n6.789", "9.870"),  # no figure at all together
        ("Gạo nếp\nloại 2", "Cát xây\ntô"),
        ("12345\n6", "1", "2"),  # nothing says that figures are so long here
    ],
)
def test_figures_over_each_other_stay_two(printed):
    assert texts(joined_tokens(column(*printed))) == list(printed)


def test_room_for_one_more_letter_parts_the_lines():
    assert texts(joined_tokens(column("1.234\n567", "1.234.5", letters=8))) == ["1.234\n567", "1.234.5"]


def test_a_cell_that_nothing_is_known_of_stays_as_it_is():
    assert joined_tokens((GridCell(0, 0, "143,5\n00"),))[0].text == "143,5\n00"


def test_a_figure_whose_mark_the_copy_lost_is_one_in_doubt():
    cells = joined_tokens(column("69 50\n0", "56.00\n0", "82.50\n0", "2.500"))
    assert [(c.text, c.doubtful) for c in cells[:2]] == [("69 500", True), ("56.000", False)]


def test_a_last_letter_that_only_one_reader_saw_joins_all_the_same():
    first, *rest = column("01.00\n1", "01.00\n2", "01.00\n3")
    cells = (GridCell(0, 1, first.text, room=first.room[:1]), *rest)
    assert texts(joined_tokens(cells)) == ["01.001", "01.002", "01.003"]


def test_the_other_readings_of_a_joined_cell_are_joined_too():
    cell, _ = column("143,5\n00", "2,500")
    other = Reading("143,5\n08", 2.0)
    joined = joined_tokens((GridCell(0, 1, cell.text, alternatives=(other,), room=cell.room),))
    assert [a.text for a in joined[0].alternatives] == ["143,508"]


def test_a_figure_that_the_page_break_cut_is_one():
    upper = column("56,00\n0", "63,00")
    (lower,) = column("0")
    assert is_one_token(upper[1], lower, upper)
    short = column("56,00\n0", "63")
    assert not is_one_token(short[1], lower, short)


@given(st.lists(st.integers(1000, 9_999_999), min_size=2, max_size=8), st.integers(4, 8))
def test_whole_figures_come_back_whatever_the_width(values, letters):
    figures = [f"{value:,}".replace(",", ".") for value in values]
    broken = ["\n".join(f[at : at + letters] for at in range(0, len(f), letters)) for f in figures]
    assert texts(joined_tokens(column(*broken, letters=letters))) == figures
