import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbering import mend_column_numbers
from normalize.ordinal_runs import as_roman, mend_ordinals

CASES = [
    ("a bracket between 3 and 5", ["1", "2", "3", "]", "5"], ["1", "2", "3", "4", "5"]),
    (
        "strokes for Roman numerals",
        ["l", "1", "2", "H", "1", "IH", "1"],
        ["I", "1", "2", "II", "1", "III", "1"],
    ),
    ("a Roman I read as the digit", ["1", "1", "2", "H", "1", "IH"], ["I", "1", "2", "II", "1", "III"]),
    (
        "numbers that run on through sections",
        ["1", "1", "2", "3", "H", "4", "5", "6", "IH", "7", "8"],
        ["I", "1", "2", "3", "II", "4", "5", "6", "III", "7", "8"],
    ),
    ("a 7 read as 1", ["5", "6", "1", "8", "9"], ["5", "6", "7", "8", "9"]),
    ("the last of a run", ["10", "11", "12", "18"], ["10", "11", "12", "13"]),
    (
        "sub-numbers pass through",
        ["I", "1.1", "1.2", "H", "2.1", "HI"],
        ["I", "1.1", "1.2", "II", "2.1", "III"],
    ),
]


@pytest.mark.parametrize(("what", "read", "meant"), CASES)
def test_runs_that_tell(what, read, meant):
    assert mend_ordinals(read) == meant


@pytest.mark.parametrize(
    "read",
    [
        ["1", "2", "2", "4"],  # the document's own repetition: no lookalike of a 3
        ["1", "2", "5", "6"],  # rows are missing
        ["7", "6", "5"],  # no run at all
        ["12", "18"],  # too short to tell
        ["1", "1.1", "2", "2.1"],
        ["II", "1", "I", "1"],
        ["", "a)", "b)"],
        ["1", "2", "3", "", "4", "7", "6"],
    ],
)
def test_what_tells_nothing_stays(read):
    assert mend_ordinals(read) == read


@given(st.integers(1, 60), st.integers(2, 40))
def test_a_sound_run_stays(first, length):
    run = [str(n) for n in range(first, first + length)]
    assert mend_ordinals(run) == run


@given(st.lists(st.text(max_size=4), max_size=20))
def test_any_column_comes_back_whole(texts):
    assert len(mend_ordinals(texts)) == len(texts)


def test_strokes():
    assert [as_roman(t) for t in ("H", "IH", "l", "1V", "7", "abc")] == ["II", "III", "I", "IV", "", ""]


def test_an_alphabet_of_row_letters_is_no_row_of_numerals():
    letters = list("ABCDEFGHIKLMNOPQRSTU")
    assert mend_ordinals(letters) == letters
    assert mend_ordinals(["I", "1", "2", "H", "1", "2", "III"]) == ["I", "1", "2", "II", "1", "2", "III"]


@pytest.mark.parametrize(
    ("texts", "sure", "meant"),
    [
        (["II", "1", "2", "III"], [True] * 4, ["II", "1", "2", "III"]),  # a page that begins at II
        (["A", "N", "C"], [True] * 3, ["A", "N", "C"]),  # letters that are codes
        (["1", "2", "9", "4"], [True] * 4, ["1", "2", "9", "4"]),
        (["1", "2", "B", "4"], [True, True, False, True], ["1", "2", "3", "4"]),
    ],
)
def test_an_ordinal_that_was_read_surely_is_not_mended(
    texts: list[str], sure: list[bool], meant: list[str]
) -> None:
    assert mend_ordinals(texts, sure) == meant


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["(1)", "(a)", "(3)", "(4)=(3)/(1)"], ["(1)", "(2)", "(3)", "(4)=(3)/(1)"]),
        (["A", "B", "1", "Z", "3=1+2"], ["A", "B", "1", "2", "3=1+2"]),
        (["A", "B", "1", "2"], ["A", "B", "1", "2"]),
        (["(1)", "", "(3)"], ["(1)", "", "(3)"]),
        (["(1)", "(2)=(3)+(4)", "(3)"], ["(1)", "(2)=(3)+(4)", "(3)"]),
        (["(1)", "(a)", "(4)"], ["(1)", "(a)", "(4)"]),
        # Dots of a shade beside the brackets, and two misread side by side.
        (
            ["(1)", "% '-al)", "y. @)", "(4)", "‡ - (5)", "# (6)", "(7)=(6)-(5)", "(8)=(7)/(5)"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(6)-(5)", "(8)=(7)/(5)"],
        ),
        (["(1)", "% '-al)", "(3)"], ["(1)", "% '-al)", "(3)"]),
        (["(1)", "(a)", "q)", "(4)"], ["(1)", "(2)", "(3)", "(4)"]),
        (["(1)", "(2)", "Tên đơn vị", "(4)"], ["(1)", "(2)", "Tên đơn vị", "(4)"]),
        # A row that counts its own places: its ends, lost brackets, another figure.
        (["#1)", "(2", "(3)", "(4)", "(5)", "(6)"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]),
        (["(1)", "(2)", "(3)", "(4)", "(7\\-,", "@)"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]),
        (["(1)", "(2)", "(8)", "(4)", "(5)", "(6)"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]),
        (["A", "B", "1", "2", "3", "S"], ["A", "B", "1", "2", "3", "4"]),
        (["(1)", "(2)", "(3)", "(4)", "(8)-Y @5)"], ["(1)", "(2)", "(3)", "(4)", "(8)-Y @5)"]),
        (["(1)", "(2)", "(8)", "(9)"], ["(1)", "(2)", "(8)", "(9)"]),
    ],
)
def test_column_numbers_misread_between_their_neighbours(read, mended):
    assert mend_column_numbers(read) == mended


def test_ones_read_as_letters_are_put_right_between_their_neighbours():
    assert mend_ordinals(["9.", "10.", "LI.", "12.", "13."]) == ["9.", "10.", "11", "12.", "13."]


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["8", "9", "101", "11", "12"], ["8", "9", "10", "11", "12"]),
        (["9", "10", "I", "12", "13"], ["9", "10", "11", "12", "13"]),
        (["98", "99", "100", "101", "102"], ["98", "99", "100", "101", "102"]),
        (["9", "10", "101", "102", "103"], ["9", "10", "101", "102", "103"]),
    ],
)
def test_a_stroke_too_many_or_too_few_in_a_run(read, mended):
    """A rule beside `10` was read as one more stroke; of `11` one stroke was lost."""
    assert mend_ordinals(read) == mended
