"""Equations that are kept as arrays say, prove and accuse what each says by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import check_document, equations
from checks.distinct import Distinct
from checks.equations import Alike, Equations, Verdicts
from checks.figures import open_book
from checks.registry import relations_of
from checks.relation import ONE, Relation, Term, judge
from tests.checks.conftest import build_document, build_table

HEADS = ["STT", "Đơn vị", "Tổng số", "Nam", "Nữ", "Khác"]
FIGURES = st.one_of(st.sampled_from([0, 0, 1, 7]), st.integers(0, 9999))
PARTS = st.lists(st.tuples(FIGURES, FIGURES, FIGURES), min_size=4, max_size=14)
FAULTS = st.dictionaries(st.tuples(st.integers(0, 13), st.integers(0, 5)), st.integers(0, 9999), max_size=3)


def made(rows, faults):
    """A sheet of figures with their sums and a total row, a few figures changed."""
    grid = [[str(n), f"Mục {n}", sum(parts), *parts] for n, parts in enumerate(rows, start=1)]
    grid.append(["", "Tổng cộng", *(sum(row[c] for row in grid) for c in range(2, 6))])
    for (row, col), wrong in faults.items():
        if row < len(grid) and col != 1:
            grid[row][col] = wrong
    return build_document([build_table("t01", [HEADS, *([str(c) for c in row] for row in grid)], 1)])


@settings(deadline=None, max_examples=150)
@given(PARTS, FAULTS)
def test_a_sheet_comes_out_as_when_each_equation_is_a_record(rows, faults):
    document = made(rows, faults)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equations, "_FEWEST", 10**9)
        apart = check_document(document)
        patch.setattr(equations, "_FEWEST", 1)
        assert check_document(document) == apart


@settings(deadline=None)
@given(PARTS, FAULTS)
def test_relations_and_verdicts_are_those_of_single_records(rows, faults):
    book = open_book(made(rows, faults))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equations, "_FEWEST", 10**9)
        apart = relations_of(book)
        patch.setattr(equations, "_FEWEST", 1)
        kept = relations_of(book)
    assert list(kept) == list(apart) == [kept[i] for i in range(len(kept))] == kept[:]
    verdicts = Verdicts(kept, book.amounts, book.figures)
    assert list(verdicts) == [judge(r, book.amounts, book.figures) for r in apart]
    assert verdicts.failing() == {i for i, v in enumerate(verdicts) if not v.closes}


def test_sums_of_a_long_table_are_kept_as_arrays():
    rows = [(n, 3 * n % 997, 7 * n % 991) for n in range(1, 100)]
    kept = relations_of(open_book(made(rows, {})))
    assert sum(len(group) for group in kept.groups if isinstance(group, Alike)) == 2 * 99 - 1 + 1


@pytest.mark.parametrize("changed", ["7,5", "7%", "7a"])
def test_a_column_with_one_figure_that_is_not_plain_is_not(changed):
    rows = [(n, n + 1, n + 2) for n in range(1, 100)]
    grid = [[str(n), f"Mục {n}", str(sum(parts)), *map(str, parts)] for n, parts in enumerate(rows, start=1)]
    grid[50][2] = changed
    book = open_book(build_document([build_table("t01", [HEADS, *grid], 1)]))
    sums = [g for g in relations_of(book).groups if isinstance(g, Alike) and g.like.kind == "row_sum"]
    assert all(len(found) < len(rows) for found in sums)


def test_an_equation_said_before_is_not_said_again():
    """In whichever of both ways it was kept, and turned round."""
    rows = [(n, 3 * n % 997, 7 * n % 991) for n in range(1, 100)]
    book = open_book(made(rows, {}))
    (found,) = [g for g in relations_of(book).groups if isinstance(g, Alike) and g.like.kind == "row_sum"]
    turned = Relation(
        "row_sum", "discovered", found[5].parts[0].figure,
        (Term(found[5].target), *(Term(t.figure, -ONE) for t in found[5].parts[1:])),
    )  # fmt: skip
    distinct = Distinct(len(book.figures))
    assert distinct.is_new(turned)
    assert list(distinct.new_of(found)) == [r for i, r in enumerate(found) if i != 5]
    assert not len(distinct.new_of(found))
    assert not distinct.is_new(found[7])
    assert distinct.is_new(Relation("row_sum", "discovered", found[7].target, found[7].parts[1:]))


def test_equations_of_a_list_are_one_group():
    relation = Relation("row_sum", "discovered", 0, (Term(1), Term(2)))
    kept = Equations([relation, relation])
    assert len(kept) == 2 and kept[1] is relation and Equations.of(kept) is kept
