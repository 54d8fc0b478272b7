"""Ordinals settled by the run of their column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.repairs.ordinals import roman_shape, settled_ordinals


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (
            ["l", "1.1", "1.2", "H", "2.1", "IH", "3.1", "IV", "V", "VỊ"],
            ["I", "1.1", "1.2", "II", "2.1", "III", "3.1", "IV", "V", "VI"],
        ),
        (["1", "1.1", "H", "2.1", "IH"], ["I", "1.1", "II", "2.1", "III"]),
        (["4.1", "4)", "b)", "4.2", "8)", "5)", "c)"], ["4.1", "a)", "b)", "4.2", "a)", "b)", "c)"]),
        (["III", "3.1", "IV", "4.1", "V"], ["III", "3.1", "IV", "4.1", "V"]),
    ],
)
def test_runs_mend_what_was_misread(read, meant):
    assert settled_ordinals(read, [False] * len(read)) == meant


@pytest.mark.parametrize(
    "texts",
    [
        [str(n) for n in range(1, 13)],
        ["1)", "2)", "3)", "4)", "5)"],
        ["x", "x", "", "x"],
        ["1", "1.1", "1.2", "2", "2.1", "3"],
        ["STT", "1", "2", "", "3"],
        ["Xã Hòa An", "Xã Vĩnh Lộc"],
        [],
    ],
)
def test_other_columns_are_left_alone(texts):
    assert settled_ordinals(texts, [False] * len(texts)) == texts


@given(st.lists(st.sampled_from(["1", "2", "10", "11", "12", "1.1", "97,5", "-", ""]), max_size=20))
def test_columns_of_figures_are_never_changed(texts):
    assert settled_ordinals(texts, [False] * len(texts)) == texts


@pytest.mark.parametrize(
    ("text", "shape"),
    [("H", "II"), ("IH", "III"), ("VỊ", "VI"), ("X", "X"), ("a", None), ("", None), ("IIIIII", None)],
)
def test_strokes_of_a_numeral(text, shape):
    assert roman_shape(text) == shape


@pytest.mark.parametrize(
    ("read", "sure", "meant"),
    [
        (["II", "1", "III"], [True, True, True], ["II", "1", "III"]),
        (
            ["II", "1", "H", "2", "IV"],
            [True, True, False, True, True],
            ["II", "1", "III", "2", "IV"],
        ),  # the run goes on from it
        (["I", "1", "II", "2", "III"], [False] * 5, ["I", "1", "II", "2", "III"]),
        (["A", "N", "C"], [True] * 3, ["A", "N", "C"]),
        (["a)", "b)", "h)"], [True, True, True], ["a)", "b)", "h)"]),
    ],
)
def test_numerals_and_letters_that_were_read_surely_stay(read, sure, meant):
    assert settled_ordinals(read, sure) == meant


def test_a_column_of_numerals_keeps_its_head():
    """`TT` over I, 1, 2, II was taken for strokes and read as the first numeral; every one below moved on."""
    texts = ["TT", "I", "1", "2", "II", "1", "III", "1"]
    assert settled_ordinals(texts, [False] * len(texts)) == texts
