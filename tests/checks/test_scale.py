"""A doubt of the decimal mark is one that no sum of like figures settles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from checks import check_document
from checks.proof import proves
from checks.relation import HUNDRED, ONE, Figure, Relation, Term, judge

ROWS = (("Phần một", "42,047", "28,778"), ("Phần hai", "40,717", "29,613"), ("Phần ba", "28,591", "24,187"),
        ("Phần bốn", "58,089", "67,451"), ("Phần năm", "68,887", "85,894"))  # fmt: skip
TOTAL = ("Tổng cộng", "238,331", "235,923")


@pytest.mark.parametrize("sure", [True, False])
def test_sums_of_figures_that_may_all_be_a_thousand_times_more_prove_none(table, document, sure):
    """42,047 and 40,717 were proved as 42.047 and 40.717: they add up either way."""
    grid = [["Nội dung", "Thu", "Chi"], *map(list, ROWS), list(TOTAL)]
    checked = check_document(document([table("t01", grid, 1, sure=sure)]))
    figures = [c for row in checked.tables[0].body for c in row[1:]]
    assert all(c.status == "doubtful" for c in figures)


def test_a_whole_figure_in_the_sum_settles_the_scale(table, document):
    grid = [["Nội dung", "Số hồ sơ"], ["Phần một", "42,047"], ["Phần hai", "317"], ["Phần ba", "1,208"],
            ["Phần bốn", "5,119"], ["Tổng cộng", "48,691"]]  # fmt: skip
    checked = check_document(document([table("t01", grid, 1)]))
    assert [c.value.amount for c in checked.tables[0].column_values(1)][-1] == Decimal(48691)
    assert {c.status for row in checked.tables[0].body for c in row[1:]} == {"proved"}


def open_figure(amount: str, other: str) -> Figure:
    value = Decimal(amount)
    step = ONE.scaleb(int(value.as_tuple().exponent))
    return Figure(value, Decimal(0), step, amount, otherwise=Decimal(other))


@pytest.mark.parametrize(
    ("figures", "proved"),
    [
        ([open_figure("6.181", "6181"), open_figure("5.151", "5151"), open_figure("1.030", "1030")], False),
        ([open_figure("6.181", "6181"), open_figure("5.151", "5151"), replace(open_figure("1.030", "1030"), otherwise=None)], True),
    ],
)  # fmt: skip
def test_a_relation_proves_a_scale_only_where_the_other_would_open_it(figures, proved):
    relation = Relation("total", "total", 0, (Term(1), Term(2)))
    amounts = [f.amount for f in figures]
    assert proves(relation, 0, amounts, figures, judge(relation, amounts, figures)) is proved


def test_a_share_is_the_same_of_thousands_and_of_units():
    figures = [Figure(Decimal("50.00"), Decimal("0.005"), Decimal("0.01"), "50,00"),
               open_figure("1.104", "1104"), open_figure("2.208", "2208")]  # fmt: skip
    relation = Relation("percent", "header", 0, (Term(1),), (Term(2),), scale=HUNDRED)
    amounts = [f.amount for f in figures]
    verdict = judge(relation, amounts, figures)
    assert verdict.closes
    assert not proves(relation, 1, amounts, figures, verdict)


MADE_SURE = (("Phần một", "12.450", "11.265", "-1.185"), ("Phần hai", "38.400", "41.052", "2.652"),
             ("Phần ba", "90.000", "62.318", "-27.682"), ("Phần bốn", "14.150", "14.065", "-85"),
             ("Phần năm", "27.300", "27.811", "511"))  # fmt: skip


def test_a_mark_taken_for_sure_proves_no_scale_either(table, document):
    """Thousands of what nobody says: their sums hold of units as well, however sure the column is."""
    grid = [["Nội dung", "Dự toán", "Thực hiện"], *(list(row[:3]) for row in MADE_SURE),
            ["Tổng cộng", "182.300", "156.511"]]  # fmt: skip
    checked = check_document(document([table("t01", grid, 1)]))
    cells = [c for row in checked.tables[0].body for c in row[1:]]
    assert {c.value.amount >= 1000 for c in cells} == {True}
    assert not [c.text for c in cells if c.status == "proved"]


def test_a_plain_figure_settles_the_scale_of_what_it_is_reckoned_with(table, document):
    """-85 and 511 are what they are: so are the figures they are the difference of, and then the totals."""
    grid = [["Nội dung", "Dự toán", "Thực hiện", "Chênh lệch"], *map(list, MADE_SURE),
            ["Tổng cộng", "182.300", "156.511", "-25.789"]]  # fmt: skip
    checked = check_document(document([table("t01", grid, 1)]))
    proved = {(c.row, c.col) for row in checked.tables[0].body for c in row[1:] if c.status == "proved"}
    assert {(4, 1), (4, 2), (5, 1), (5, 2), (6, 1), (6, 2), (6, 3)} <= proved


@pytest.mark.parametrize(
    ("head", "rows", "total"),
    [
        ("Số hồ sơ tiếp nhận", ["4.318", "5.204", "3.061"], "12.583"),
        ("Số tiền (đồng)", ["40.000", "52.000", "31.000"], "123.000"),
    ],
)
def test_what_has_no_thousandths_has_one_scale(table, document, head, rows, total):
    grid = [["TT", "Nội dung", head], *([str(n), f"Mục {n}", text] for n, text in enumerate(rows, 1)),
            ["", "Tổng cộng", total]]  # fmt: skip
    checked = check_document(document([table("t01", grid, 1)]))
    assert {c.status for row in checked.tables[0].body for c in row[2:]} == {"proved"}
