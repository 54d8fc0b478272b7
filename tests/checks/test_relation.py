"""Relations, their rounding, and what they prove."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checks.proof import proves
from checks.relation import HUNDRED, ONE, ZERO, Figure, Relation, Term, judge


def figure(amount: str, half: str = "0") -> Figure:
    value = Decimal(amount)
    exponent = min(0, int(value.as_tuple().exponent))
    return Figure(value, Decimal(half), ONE.scaleb(exponent), amount)


def test_a_sum_of_counts_is_exact() -> None:
    figures = [figure("81"), figure("51"), figure("30")]
    relation = Relation("total", "total", 0, (Term(1), Term(2)))
    amounts = [f.amount for f in figures]
    assert judge(relation, amounts, figures).closes
    amounts[0] = Decimal(79)
    verdict = judge(relation, amounts, figures)
    assert not verdict.closes
    assert verdict.off == -2
    assert verdict.slack == 0


def test_rounding_of_every_printed_term_is_allowed() -> None:
    figures = [figure("-29", "0.5"), figure("68.65", "0.005"), figure("97.88", "0.005")]
    relation = Relation("delta", "header", 0, (Term(1), Term(2, -ONE)))
    amounts = [f.amount for f in figures]
    verdict = judge(relation, amounts, figures)
    assert verdict.closes
    assert verdict.slack == Decimal("0.51")


def test_a_percentage_may_be_cut_off_towards_zero_but_not_away() -> None:
    figures = [figure("98.8", "0.05"), figure("835236"), figure("844567")]
    relation = Relation("percent", "prose", 0, (Term(1),), (Term(2),), HUNDRED)
    amounts = [f.amount for f in figures]
    assert judge(relation, amounts, figures).closes  # 98.895 cut to 98.8
    amounts[0] = Decimal("99.0")
    assert not judge(relation, amounts, figures).closes


def test_nothing_over_nothing_is_no_fault() -> None:
    figures = [figure("100", "0.5"), figure("0"), figure("0")]
    relation = Relation("percent", "header", 0, (Term(1),), (Term(2),), HUNDRED)
    verdict = judge(relation, [f.amount for f in figures], figures)
    assert verdict.closes
    assert verdict.predicted is None


def test_zeros_and_lone_digits_prove_nothing() -> None:
    zeros = [figure("0"), figure("0"), figure("0")]
    relation = Relation("row_sum", "formula", 0, (Term(1), Term(2)))
    amounts = [f.amount for f in zeros]
    verdict = judge(relation, amounts, zeros)
    assert not any(proves(relation, n, amounts, zeros, verdict) for n in range(3))
    same = [figure("0"), figure("4"), figure("4")]
    difference = Relation("delta", "header", 0, (Term(1), Term(2, -ONE)))
    amounts = [f.amount for f in same]
    assert not proves(difference, 1, amounts, same, judge(difference, amounts, same))


def test_a_rounded_relation_proves_only_the_digits_it_reaches() -> None:
    figures = [figure("-29", "0.5"), figure("68.65", "0.005"), figure("97.88", "0.005")]
    relation = Relation("delta", "header", 0, (Term(1), Term(2, -ONE)))
    amounts = [f.amount for f in figures]
    verdict = judge(relation, amounts, figures)
    assert proves(relation, 0, amounts, figures, verdict)
    assert not proves(relation, 1, amounts, figures, verdict)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=8), st.integers(1, 500))
def test_a_sum_holds_exactly_when_it_adds_up(parts: list[int], error: int) -> None:
    figures = [figure(str(sum(parts))), *(figure(str(p)) for p in parts)]
    relation = Relation("total", "total", 0, tuple(Term(i + 1) for i in range(len(parts))))
    amounts = [f.amount for f in figures]
    assert judge(relation, amounts, figures).closes
    amounts[0] += error
    assert not judge(relation, amounts, figures).closes


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 3))
def test_a_percentage_rounded_as_printed_never_fails(part: int, rest: int, places: int) -> None:
    exact = HUNDRED * part / (part + rest)
    printed = exact.quantize(ONE.scaleb(-places))
    half = ONE.scaleb(-places) / 2
    figures = [Figure(printed, half, half * 2, str(printed)), figure(str(part)), figure(str(part + rest))]
    relation = Relation("percent", "formula", 0, (Term(1),), (Term(2),), HUNDRED)
    assert judge(relation, [f.amount for f in figures], figures).closes


@given(
    st.lists(st.tuples(st.integers(1, 15), st.integers(-3, 3)), min_size=1, max_size=30), st.integers(0, 15)
)
def test_what_a_figure_moves_is_what_it_moves_however_many_terms_there_are(
    terms: list[tuple[int, int]], figure: int
) -> None:
    relation = Relation("total", "total", 0, tuple(Term(n, Decimal(f)) for n, f in terms))
    amounts = [Decimal(7 * n) for n in range(16)]
    moved = [a + (n == figure) for n, a in enumerate(amounts)]

    def off(tried: list[Decimal]) -> Decimal:
        predicted = relation.predicted(tried)
        assert predicted is not None
        return tried[0] - predicted

    assert relation.pull(figure, amounts) == off(moved) - off(amounts)
    assert relation.pulls(amounts) == {n: relation.pull(n, amounts) for n in relation.figures}


@given(st.lists(st.integers(0, 2), min_size=1, max_size=6), st.integers(1, 4))
def test_so_many_figures_are_live(amounts: list[int], least: int) -> None:
    relation = Relation("total", "total", 0, tuple(Term(n) for n in range(1, len(amounts))))
    told = [Decimal(a) for a in amounts]
    assert relation.has_live(told, least) == (relation.live(told) >= least)


AMOUNTS = st.decimals(-1000, 1000, allow_nan=False, places=2)


@given(
    st.lists(
        st.tuples(AMOUNTS, st.sampled_from([ONE, -ONE, Decimal(2)]), st.sampled_from(["0", "0.5"])),
        max_size=5,
    ),
    AMOUNTS,
    st.sampled_from([ZERO, ONE, Decimal("0.00")]),
    st.sampled_from(["0", "0.005"]),
)
def test_a_sum_is_judged_in_one_go_as_by_what_it_predicts(
    parts: list[tuple[Decimal, Decimal, str]], goal: Decimal, constant: Decimal, half: str
) -> None:
    figures = [figure(str(goal), half), *(figure(str(amount), own) for amount, _, own in parts)]
    terms = tuple(Term(n, factor) for n, (_, factor, _) in enumerate(parts, start=1))
    relation = Relation("total", "total", 0, terms, constant=constant)
    amounts = [f.amount for f in figures]
    verdict = judge(relation, amounts, figures)
    assert str(verdict.predicted) == str(relation.predicted(amounts))
    assert str(verdict.slack) == str(relation.slack(amounts, figures))
    assert verdict.off == goal - (verdict.predicted or ZERO)
    assert verdict.closes is (abs(verdict.off) <= verdict.slack)
