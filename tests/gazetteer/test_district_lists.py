"""Lists of the districts that a province had, each name damaged, after the reform that ended them all."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import Gazetteer
from gazetteer.slips import slip_cost
from model.place import AdminUnit, Scope

EVE, AFTER = date(2025, 6, 30), date(2025, 10, 15)


def doubled(name: str) -> str:
    return f"{name[:-1]}{name[-1]}{name[-1]}"


def joined(name: str) -> str:
    return name.replace(" ", "", 1)


def districts(gazetteer: Gazetteer, code: str) -> tuple[AdminUnit, ...]:
    return tuple(u for u in gazetteer.children(code, EVE) if not u.name.isdigit())


def solved(gazetteer: Gazetteer, names: list[str], province: str) -> list[AdminUnit | None]:
    heir = gazetteer.successors(gazetteer.unit(province, EVE), AFTER)[0]  # type: ignore[arg-type]
    scope = Scope(AFTER, (heir[0].code if heir else province,))
    found = gazetteer.resolve_column(list(enumerate(names)), scope).mentions
    return [m.unit for m in found]


@pytest.mark.parametrize("slip", [doubled, joined])
@pytest.mark.parametrize("province", ["27", "56", "74", "89"])
def test_a_list_of_former_districts_is_known_though_new_communes_bear_their_names(
    gazetteer: Gazetteer, province: str, slip: object
) -> None:
    listed = districts(gazetteer, province)
    assert callable(slip)
    found = solved(gazetteer, [slip(u.name) for u in listed], province)
    assert all(unit in (u, None) for unit, u in zip(found, listed, strict=True)), "none silently a commune"
    assert sum(unit == u for unit, u in zip(found, listed, strict=True)) >= 0.9 * len(listed)


def test_a_few_damaged_communes_among_others_are_no_list_of_districts(gazetteer: Gazetteer) -> None:
    heir = gazetteer.successors(gazetteer.unit("27", EVE), AFTER)[0][0]  # type: ignore[arg-type]
    communes = gazetteer.children(heir, AFTER)[:20]
    rows = [(n, f"{u.type.capitalize()} {doubled(u.name)}") for n, u in enumerate(communes)]
    found = gazetteer.resolve_column(rows, Scope(AFTER, (heir.code,))).mentions
    assert not any(m.unit and m.unit.level == 2 for m in found)
    assert sum(m.unit == u for m, u in zip(found, communes, strict=True)) >= 0.9 * len(communes)


@pytest.mark.parametrize(
    ("printed", "true"), [("PhúMỹ", "Phú Mỹ"), ("Tri  Tôn", "Tri Tôn"), ("A Lưới", "ALưới")]
)
def test_a_blank_more_or_less_is_the_same_name(printed: str, true: str) -> None:
    assert slip_cost(printed, true) == 0.0
    assert slip_cost(printed, f"{true[:-1]}x") > 0.0
