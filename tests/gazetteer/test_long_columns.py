"""A long column of places: rows that vie for no unit are assigned apart, and nothing changes by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from gazetteer import column
from gazetteer.column import Row, _assign, _assign_together, _least_cost, _vying
from gazetteer.former import FormerUnits
from gazetteer.gazetteer import Gazetteer
from gazetteer.match import _NEAREST, Match, Pool, _farthest
from gazetteer.names import read_name
from model.place import AdminUnit, Scope

UNITS = [AdminUnit(f"{n:05d}", f"Mẫu {n}", "xã", 3, "001", date(2010, 1, 1), None) for n in range(8)]


def row(choices: dict[int, float], none: float) -> Row:
    matches = tuple(Match(UNITS[n], cost, cost, True) for n, cost in sorted(choices.items()))
    return Row(read_name("xã Mẫu"), none, matches, False)


ROWS = st.lists(
    st.builds(
        row,
        st.dictionaries(st.integers(0, 7), st.floats(0, 12), max_size=3),
        st.floats(1, 9),
    ),
    max_size=7,
)


def cheapest(rows: list[Row]) -> float:
    """The cost of the cheapest assignment among all matches, those dearer than none of the units too."""
    cost = np.full((len(rows), len(UNITS) + len(rows)), 1e3)
    for i, r in enumerate(rows):
        cost[i, len(UNITS) + i] = r.none
        for match in r.matches:
            cost[i, UNITS.index(match.unit)] = match.cost
    return float(sum(cost[i, j] for i, j in enumerate(_least_cost(cost))))


@given(ROWS)
def test_rows_assigned_apart_cost_what_they_cost_together(rows: list[Row]) -> None:
    def total(units: list[AdminUnit | None]) -> float:
        costs = []
        for r, unit in zip(rows, units, strict=True):
            match = r.of(unit) if unit else None
            costs.append(match.cost if match else r.none)
        return sum(costs)

    apart, together = _assign(rows), _assign_together(rows)
    given_out = [u.code for u in apart if u]
    assert len(given_out) == len(set(given_out))
    assert abs(total(apart) - total(together)) < 1e-9
    assert abs(total(apart) - cheapest(rows)) < 1e-9


@given(ROWS)
def test_rows_of_two_groups_have_no_unit_in_common(rows: list[Row]) -> None:
    groups = [{m.unit.code for i in group for m in rows[i].worth} for group in _vying(rows)]
    assert len({code for codes in groups for code in codes}) == sum(map(len, groups))


def test_numbered_names_are_compared_together(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each had been held against the country's names by itself, at three times the cost."""
    asked: list[int] = []
    compare = Pool._compare
    monkeypatch.setattr(
        Pool, "_compare", lambda pool, keys: (asked.append(len(keys)), compare(pool, keys))[1]
    )
    day = date(2024, 1, 1)
    found = gazetteer.resolve_column([(n, f"Xã {n}") for n in range(1, 61)], Scope(day))
    assert len(found.mentions) == 60
    assert max(asked) >= 60
    assert sum(n == 1 for n in asked) <= 2


def test_what_is_near_is_what_the_distance_says(gazetteer: Gazetteer) -> None:
    pool = Pool.within(gazetteer._calendar.epoch(date(2024, 1, 1)), ())
    names = ("4711", "12", "7", "105", "quan1", "1a", "hoabinh", "thanhxuann", "xyzxyz", "baviii", "")
    pool._compare(names)
    for name in names:
        apart = [(OSA.distance(name, key), key) for key in pool._keys]
        nearest = sorted((d, i) for i, (d, _) in enumerate(apart) if d <= _farthest(name))[:_NEAREST]
        wanted = [(unit, d) for d, i in nearest for unit in pool._by_key[pool._keys[i]]]
        assert pool._near[name] == wanted


def test_a_list_that_is_named_again_is_solved_once(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that names a district's communes under each month had been solved month by month."""
    solved: list[int] = []
    solve = column.solve
    monkeypatch.setattr(
        column, "solve", lambda rows, *more: (solved.append(len(rows)), solve(rows, *more))[1]
    )
    day = date(2024, 1, 1)
    names = [f"Xã {unit.name}" for unit in gazetteer.units(day) if unit.type == "xã"][:20]
    once = gazetteer.resolve_column(list(enumerate(names)), Scope(day))
    assert sum(m.unit is not None for m in once.mentions) > 10
    solved.clear()
    again = gazetteer.resolve_column(list(enumerate(names * 6)), Scope(day))
    assert solved == [20]
    assert [m.row for m in again.mentions] == list(range(120))
    assert [replace(m, row=m.row % 20) for m in again.mentions] == [*once.mentions] * 6


def test_names_of_a_list_that_are_asked_for_again_are_compared_once(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row of a repeated list had been held against all former units."""
    asked: list[str] = []
    nearest = FormerUnits._nearest_slip
    monkeypatch.setattr(
        FormerUnits,
        "_nearest_slip",
        lambda past, readings, but: (asked.append(readings[0].name), nearest(past, readings, but))[1],
    )
    past = gazetteer._past.of(gazetteer._calendar.epoch(date(2025, 8, 1)), ())
    told = {past.nearest_slip(read_name(f"Xã Mẫu {n % 3}"), "00001")[0] for n in range(30)}
    assert len(asked) == 3
    assert told
