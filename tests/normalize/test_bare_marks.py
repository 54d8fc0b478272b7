"""Columns of digits in groups: their marks asked of all figures at once are what each by itself would say."""

from hypothesis import given
from hypothesis import strategies as st

from normalize.columns.bare_marks import BareFigures
from normalize.columns.marks import Printed, decimal_odds, is_borne_out, shape_of_bare

_FIGURES = st.one_of(
    st.integers(0, 12_345_678).map(str),
    st.integers(1000, 99_999_999).map(lambda n: f"{n:,}"),
    st.integers(1000, 999_999).map(lambda n: f"{n:,}".replace(",", ".")),
)


@given(
    st.lists(_FIGURES, min_size=1, max_size=30),
    st.lists(st.integers(0, 35), max_size=4),
    st.sampled_from(["", "count", "money_vnd", "percent"]),
)
def test_marks_asked_of_a_whole_column_say_what_each_figure_says(texts, totals, unit):
    rows = list(range(2, 2 + len(texts)))
    prints = [Printed(row, text, shape_of_bare(text)) for row, text in zip(rows, texts, strict=True)]
    figures, totals = BareFigures(texts, rows), sorted(set(totals))
    for mark in ",.":
        expected = decimal_odds(prints, mark, unit, totals)
        assert len(figures.open_ones(mark)) == sum(p.shape == ("either", mark) for p in prints)
        assert expected is None or figures.odds(mark, unit, figures.sums(totals)) == expected
        assert (figures.sums(totals) > 0) == is_borne_out(prints, mark, totals)


def test_a_total_that_adds_up_as_decimals_is_heard():
    texts = ["1.250", "2.250", "900", "3.500"]
    assert BareFigures([*texts[:2], "3.500"], [1, 2, 3]).sums([3]) == 0.0  # as groups it adds up, too
    assert BareFigures(["1.250", "2.250", "1", "4.500"], [1, 2, 3, 4]).sums([4]) > 0
    assert BareFigures(["1.250", "2.250", "100", "3.600"], [1, 2, 3, 4]).sums([4]) < 0
