"""A commune's own table of what it was made of, with a slip in every name."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import Gazetteer
from model.place import AdminUnit, Scope

AFTER = date(2025, 10, 15)


def with_a_letter_doubled(name: str) -> str:
    """A typist's slip that no other name shares by chance as a lost mark does."""
    return f"{name[:-1]}{name[-1]}{name[-1]}"


def made_of(gazetteer: Gazetteer, own: AdminUnit) -> list[AdminUnit]:
    return [u for u, _ in gazetteer.predecessors(own) if u.level == 3 and u.valid_to]


@pytest.mark.parametrize("province", [0, 9, 20, 33])
def test_parts_are_known_though_every_name_is_damaged(gazetteer: Gazetteer, province: int) -> None:
    heir = gazetteer.children("", AFTER)[province]
    right = wrong = rows = 0
    for own in gazetteer.children(heir, AFTER)[::12]:
        parts = made_of(gazetteer, own)
        if len(parts) < 2 or any(u.name.isdigit() for u in parts):
            continue
        printed = [(n, f"{u.type.capitalize()} {with_a_letter_doubled(u.name)}") for n, u in enumerate(parts)]
        found = gazetteer.resolve_column(printed, Scope(AFTER, (own.code,))).mentions
        rows += len(parts)
        right += sum(m.unit == u for m, u in zip(found, parts, strict=True))
        wrong += sum(m.unit not in (None, u) for m, u in zip(found, parts, strict=True))
    assert rows and right >= 0.9 * rows
    assert wrong <= 0.05 * rows


def test_a_table_of_the_day_s_neighbours_is_no_table_of_parts(gazetteer: Gazetteer) -> None:
    heir = gazetteer.children("", AFTER)[9]
    communes = gazetteer.children(heir, AFTER)
    own, listed = communes[0], communes[:12]
    rows = [(n, f"{u.type.capitalize()} {u.name}") for n, u in enumerate(listed)]
    found = gazetteer.resolve_column(rows, Scope(AFTER, (own.code, heir.code))).mentions
    assert [m.unit.code if m.unit else "" for m in found] == [u.code for u in listed]
