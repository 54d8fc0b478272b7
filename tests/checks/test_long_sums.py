"""A sum of many figures is judged at once; it must come out as one added up term by term."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checks.relation import Figure, Relation, Term, judge

_PRINTED = st.tuples(st.integers(-99_999, 99_999), st.integers(0, 2))


@given(st.lists(_PRINTED, min_size=1, max_size=40), _PRINTED, st.integers(-3, 3))
def test_a_long_sum_is_judged_as_its_terms_one_by_one(parts, whole, off):
    figures = []
    for number, places in (whole, *parts):
        step = Decimal(1).scaleb(-places)
        half = step / 2 if places else Decimal(0)
        figures.append(Figure(Decimal(number).scaleb(-places), half, step, ""))
    amounts = [f.amount for f in figures]
    amounts[0] = sum(amounts[1:], Decimal(off))
    verdict = judge(
        Relation("total", "total", 0, tuple(Term(n) for n in range(1, len(amounts)))), amounts, figures
    )
    slack = sum((f.half for f in figures), Decimal(0))
    assert (verdict.off, verdict.slack, verdict.closes) == (off, slack, abs(off) <= slack)
    assert verdict.predicted == amounts[0] - off
