"""The scorer of statements: what counts as found, as its subject, and as too much."""

from dataclasses import replace

from benchmarks.statements import Figure, Score, pair, same_subject, score

ONE = Figure("120", "count", "hồ sơ tiếp nhận", "", "")


def test_a_figure_is_found_by_its_value_however_it_is_written() -> None:
    read = [Figure("120.0", "count", "Tổng số hồ sơ đã tiếp nhận", "", "")]
    assert score(pair([ONE], read), len(read)) == Score(1, 1, 1, 1, 1, 0)


def test_of_equal_values_the_one_with_the_subject_is_taken() -> None:
    other = replace(ONE, subject="đơn thư")
    ((_, got),) = pair([ONE], [other, ONE])
    assert got == ONE


def test_misses_and_what_is_too_much() -> None:
    read = [replace(ONE, value="75")]
    assert score(pair([ONE], read), len(read)) == Score(1, 0, 0, 0, 0, 1)


def test_a_subject_holds_most_of_the_words() -> None:
    assert same_subject("hồ sơ tiếp nhận trực tuyến", "số hồ sơ tiếp nhận")
    assert not same_subject("hồ sơ tiếp nhận", "đã trả kết quả")
