"""Tables with three rules (over the header, under it, under the last row) one below the other, as statistical
yearbooks print them."""

from extract.tables.borderless import find_borderless
from model.geometry import Segment
from tests.extract.tables.test_borderless import read, run

LEFT, RIGHT = 60.0, 420.0
COLUMNS = (280.0, 350.0, 415.0)  # right borders of the figures


def rule(y):
    return Segment(LEFT, y, RIGHT, y)


def yearbook(top, title, heads, rows):
    """Words and rules of a table, and the height below it."""
    words = run(title, 240, top, "center")
    rules = [rule(top + 16)]
    for text, x in zip(heads, COLUMNS):
        words += run(text, x, top + 20, "right")
    rules.append(rule(top + 36))
    y = top + 40
    for label, *figures in rows:
        words += run(label, LEFT + 3, y)
        for text, x in zip(figures, COLUMNS):
            words += run(text, x, y, "right")
        y += 14
    return words, [*rules, rule(y + 2)], y + 2


LIVESTOCK = [("Trâu (con)", "7.814", "8.470", "8.373"), ("Bò (con)", "16.951", "16.818", "17.788"),
             ("Lợn (con)", "53.870", "54.330", "64.410"), ("Dê (con)", "1.230", "1.310", "1.402")]  # fmt: skip
PEOPLE = [(str(year), f"{90 + year - 2015}.{year % 7}41", f"4{year % 10}.105", f"45.{year % 9}36")
          for year in range(2015, 2021)]  # fmt: skip


def two():
    upper, rules, below = yearbook(100, "12. Chăn nuôi", ("2018", "2019", "2020"), LIVESTOCK)
    lower, more, _ = yearbook(below + 24, "13. Dân số", ("Tổng số", "Nam", "Nữ"), PEOPLE)
    return upper + lower, rules + more


def test_two_tables_of_a_yearbook_are_not_taken_for_one():
    """Both were lost, without a word: their columns run through, and a numbered title looks like a section."""
    words, rules = two()
    first, second = read(words, rules)
    assert [row[1:] for row in first[1:]] == [list(row[1:]) for row in LIVESTOCK]
    assert [row[0] for row in second[1:]] == [row[0] for row in PEOPLE]


def test_a_title_above_the_upper_rule_is_no_header():
    words, rules = two()
    first, second = read(words, rules)
    assert first[0] == ["", "2018", "2019", "2020"]
    assert second[0] == ["", "Tổng số", "Nam", "Nữ"]


def test_a_section_between_rules_begins_no_table():
    """Rules stand over and under a section's title as well, but no header under it."""
    words, rules, below = yearbook(100, "12. Chăn nuôi", ("2018", "2019", "2020"), LIVESTOCK)
    words += run("II. GIA CẦM", LEFT + 3, below + 4)
    for i, (label, *figures) in enumerate(LIVESTOCK):
        words += run(label, LEFT + 3, below + 22 + 14 * i)
        for text, x in zip(figures, COLUMNS):
            words += run(text, x, below + 22 + 14 * i, "right")
    assert len(find_borderless(words, [*rules, rule(below + 18)], [])) == 1


def test_the_last_rows_over_the_closing_rule_are_a_table_though_nothing_counts_them():
    words = []
    for i, (label, *figures) in enumerate(PEOPLE[-2:]):
        words += run(label, LEFT + 3, 60 + 14 * i)
        for text, x in zip(figures, COLUMNS):
            words += run(text, x, 60 + 14 * i, "right")
    assert read(words, []) == []
    assert read(words, [rule(90)]) == [[list(row) for row in PEOPLE[-2:]]]
