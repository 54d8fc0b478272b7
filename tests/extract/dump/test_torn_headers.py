"""Headers whose words a dump tore over lines and mixed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dump.pages import read_text
from extract.dump.torn.columns import facts_of, numbering_in_place
from extract.dump.torn.fit import places_of, word_fit
from extract.dump.torn.groupings import groupings
from extract.dump.torn.phrases import groups_known, phrase, phrases_for
from extract.dump.torn.printed import key_of, torn_header
from extract.dump.torn.search import best_tree, tree_like
from model.page import RESTORED, Grid
from tests.extract.dump.torn_report import TORN_REPORT

# Of an inspectorate's form, torn as readers tear ruled forms: two groups, each with its total.
_LINES = (
    "Hd so tiép nhan Hd so da giai quyet",
    "STT Tén don vi Tong s6 Truc Trwc Tongso Dung Qua",
    "^ > . tuyén tiép han han",
)
_BODY = (
    ("1", "Xa A", "10", "6", "4", "9", "8", "1"),
    ("2", "Xa B", "25", "5", "20", "21", "18", "3"),
    ("3", "Xa C", "31", "21", "10", "30", "23", "7"),
    ("4", "Xa D", "18", "9", "9", "16", "12", "4"),
)
_WANT = ["STT", "Tên đơn vị", "Tổng số", "Trực tuyến", "Trực tiếp", "Tổng số", "Đúng hạn", "Quá hạn"]


def _tree(lines: tuple[str, ...] = _LINES):
    header = torn_header(lines)
    return best_tree(header, facts_of(_BODY), phrases_for(header))


def _leaves(tree) -> list[str | None]:
    return [h.phrase.text if h.phrase else None for h in tree.headings if h.first == h.last]


def test_headings_are_found_among_words_that_lines_have_mixed():
    tree = _tree()
    assert tree is not None
    assert _leaves(tree) == _WANT
    assert [(g.first, g.last, g.phrase.text) for g in tree.groups] == [
        (2, 4, "Hồ sơ tiếp nhận"),
        (5, 7, "Hồ sơ đã giải quyết"),
    ]


def test_no_word_is_taken_twice_and_lines_are_read_from_left_to_right():
    tree = _tree()
    taken = [(line, i) for h in tree.headings for line, start, end in h.taken for i in range(start, end)]
    assert len(taken) == len(set(taken))
    leaves = [h for h in tree.headings if h.first == h.last]
    for line in range(len(_LINES)):
        starts = [start for h in leaves for n, start, _ in h.taken if n == line]
        assert starts == sorted(starts)


def test_the_headings_of_one_table_are_found_in_its_twin_with_worse_print():
    worse = torn_header(
        ("Hd so tiép nhan Hd s da giai quyet", "STT Tén don vi Tong Truc Tong Dung", "tuyén han")
    )
    found = tree_like(_tree(), worse, facts_of(_BODY))
    assert found is not None
    assert _leaves(found) == _WANT


def test_a_tree_for_more_columns_than_a_table_has_does_not_fit():
    assert tree_like(_tree(), torn_header(_LINES), facts_of([row[:5] for row in _BODY])) is None


def test_a_header_without_words_has_no_tree():
    assert best_tree(torn_header(("| |",)), facts_of(_BODY), []) is None


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Tổng", "tong"),
        ("S6", "so"),
        ("h0a", "hoa"),
        ("qu¢n", "quen"),
        ("(%)", "pct"),
        (">", ""),
        ("don,", "don"),
    ],
)
def test_a_word_is_compared_by_its_letters(printed, key):
    assert key_of(printed) == key


@pytest.mark.parametrize(
    ("word", "printed", "fits"),
    [("hoso", "hoso", True), ("giai", "giah", True), ("han", "tien", False), ("tong", "tang", True)],
)
def test_a_letter_may_be_misread(word, printed, fits):
    assert (word_fit(word, printed) > 0) == fits


def test_fused_and_cut_words_are_the_phrases_own():
    header = torn_header(("Tongso h o so",))
    best = places_of(phrase("Tổng số hồ sơ").words, header)[0]
    assert best.taken == ((0, 0, 4),)
    assert best.found == 1.0


def test_sums_and_shares_say_which_columns_stand_together():
    facts = facts_of(_BODY, ["", "", "1=2+3", "2", "3", "4=5+6", "5", "6"])
    assert groupings(facts)[0] == ((2, 4), (5, 7))
    assert groupings(facts)[-1] == ()


def test_column_numbers_move_to_where_the_figures_obey_them():
    marks = ["", "1", "2", "3", "4", "5=6+7", "6", "7"]
    moved = numbering_in_place(["1", "2", "3", "4", "5=6+7", "6", "7", ""], _BODY)
    assert list(moved) == marks


def test_column_numbers_stay_where_nothing_tells():
    marks = ("", "", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    assert numbering_in_place(marks, _BODY) == marks


def test_every_known_group_has_known_headings_under_it():
    for group, places in groups_known().items():
        assert group
        assert len(places) > 1
        assert all(text for texts in places for text in texts)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(groups_known())), st.integers(0, 3))
def test_a_groups_heading_stands_where_it_is_printed(group, before):
    header = torn_header([" ".join(["STT"] * before + [group, "Ghi chú"])])
    place = places_of(phrase(group).words, header)[0]
    assert place.found == 1.0
    assert place.taken == ((0, before, before + len(group.split())),)


def _grid(text: str) -> Grid:
    return read_text(text)[0].grids[0]


def test_a_restored_heading_keeps_the_words_as_read_and_says_what_it_is():
    grid = _grid(TORN_REPORT)
    cells = {(c.row, c.col): c for c in grid.cells}
    assert grid.header_rows == 2
    assert {"Truc", "tuyén"} <= set(cells[1, 3].text.split())
    assert [(a.text, a.engine) for a in cells[1, 3].alternatives] == [("Trực tuyến", RESTORED)]
    assert (cells[0, 2].text, cells[0, 2].col_span) == ("Hd so tiép nhan", 3)
    assert any("ghép lại" in note for note in grid.notes)
    assert not any("ghép lại" in doubt for doubt in grid.doubts)


def test_a_header_put_together_by_guesses_makes_its_table_doubtful():
    grid = _grid(TORN_REPORT.replace("Dung Qua", "Dxxg Qzza"))
    assert any("ghép lại" in doubt for doubt in grid.doubts)


def test_a_heading_that_was_hardly_found_is_less_sure_than_one_in_print():
    cells = {(c.row, c.col): c for c in _grid(TORN_REPORT.replace("Dung Qua", "Dxxg Qua")).cells}
    assert cells[1, 6].confidence < cells[1, 2].confidence


def test_no_word_of_a_torn_header_is_lost():
    grid = _grid(TORN_REPORT)
    read = " ".join([c.text for c in grid.cells] + [*grid.notes, *grid.doubts])
    for line in TORN_REPORT.splitlines()[2:5]:
        assert all(word in read for word in line.split())


def test_a_header_of_words_nobody_knows_is_left_as_it_was():
    unknown = TORN_REPORT.replace("Hd so tiép nhan Hd so da giai quyet", "Khoang bien do Ngan tram luc")
    unknown = unknown.replace("Tong s6 Truc Trwc Tongso Dung Qua", "Mot hai Ba bon Nam sau")
    cells = _grid(unknown).cells
    assert not any(a.engine == RESTORED for c in cells for a in c.alternatives)
