"""Units that are no more keep their names: no unit of the day takes them."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import Gazetteer
from model.place import AdminUnit, ColumnResolution, PlaceMention, Scope
from normalize.diacritics.spelling import bare

EVE, AFTER = date(2025, 6, 30), date(2025, 9, 30)


def solved(gazetteer: Gazetteer, rows: list[str], *codes: str, day: date = AFTER) -> ColumnResolution:
    return gazetteer.resolve_column(list(enumerate(rows)), Scope(day, codes))


def province(gazetteer: Gazetteer, name: str, day: date = AFTER) -> str:
    return next(u.code for u in gazetteer.children("", day) if u.name == name)


def told(mentions: tuple[PlaceMention, ...]) -> list[tuple[str, str]]:
    return [(m.kind, m.unit.code if m.unit else "") for m in mentions]


@pytest.mark.parametrize("code", ["10", "17", "26", "34", "49", "60", "70"])
def test_every_commune_of_an_abolished_province_is_itself_with_its_successor(
    gazetteer: Gazetteer, code: str
) -> None:
    heir = gazetteer.successors(gazetteer.unit(code, EVE), AFTER)[0][0].code  # type: ignore[arg-type]
    for district in gazetteer.children(code, EVE):
        communes = gazetteer.children(district, EVE)
        rows = [f"{u.type.capitalize()} {u.name}" for u in communes]
        found = solved(gazetteer, rows, heir).mentions
        assert [m.unit.code if m.unit else "" for m in found] == [u.code for u in communes]
        assert all(m.successors or m.unit.valid_to is None for m in found if m.unit)


def test_a_table_of_all_former_provinces(gazetteer: Gazetteer) -> None:
    provinces = gazetteer.children("", EVE)
    rows = [f"{u.type.capitalize()} {u.name}" for u in provinces]
    found = solved(gazetteer, rows).mentions
    assert [m.unit.code if m.unit else "" for m in found] == [u.code for u in provinces]


def test_a_former_name_is_no_slip_of_a_new_one(gazetteer: Gazetteer) -> None:
    """`Xã Quang Thành` was rewritten to Quan Thành, a commune of the day nearby."""
    nghe_an = province(gazetteer, "Nghệ An")
    (mention,) = solved(gazetteer, ["Xã Quang Thành"], nghe_an).mentions
    assert mention.unit is None or (mention.kind, mention.unit.name) == ("former", "Quang Thành")
    assert {c.unit.name for c in mention.candidates} == {"Quang Thành"}


def test_a_name_of_the_day_stays_a_unit_of_the_day(gazetteer: Gazetteer) -> None:
    for code in [u.code for u in gazetteer.children("", AFTER)][::5]:
        members = gazetteer.children(code, AFTER)
        rows = [f"{u.type.capitalize()} {u.name}" for u in members]
        found = solved(gazetteer, rows, code).mentions
        assert [m.unit.code if m.unit else "" for m in found] == [u.code for u in members]


def test_a_spelling_of_an_official_source_is_the_units_name(gazetteer: Gazetteer) -> None:
    son_la = province(gazetteer, "Sơn La")
    assert told(solved(gazetteer, ["Xã Nà Ớt", "Xã Phiêng Pằn"], son_la).mentions)[0] == ("former", "04162")
    kon_tum = province(gazetteer, "Kon Tum", EVE)
    for name in ("Xã Rờ Kơi", "Xã Rơ Kơi"):
        assert told(solved(gazetteer, [name], kon_tum, day=EVE).mentions) == [("exact", "23530")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tỉnh Quảng Nam", "49"),
        ("huyện Mai Sơn", "125"),
        ("Quận Nhất", "760"),
        ("thành phố Thủ Đức", "769"),
        ("Tỉnh Hà Tây", "28"),
    ],
)
def test_abolished_units_are_found_by_name_today(gazetteer: Gazetteer, name: str, code: str) -> None:
    best = gazetteer.resolve(name)[0]
    assert (best.unit.code, best.unit.valid_to is not None) == (code, True)
    assert gazetteer.successors(best.unit)[0]


def test_parts_of_communes_lie_in_them(gazetteer: Gazetteer) -> None:
    rows = ["Bản Củ, xã Chiềng Ban", "Tiểu khu 3, thị trấn Hát Lót", "Tổ 5 - xã Cò Nòi", "Bản Mé (xã Cò Nòi)"]
    found = solved(gazetteer, rows, "125", day=date(2024, 6, 14)).mentions
    assert told(found) == [("within", c) for c in ("04120", "04105", "04138", "04138")]


def test_what_a_commune_was_made_of(gazetteer: Gazetteer) -> None:
    unit = gazetteer.unit("04159", AFTER)
    assert unit is not None
    assert [old.name for old, _ in gazetteer.predecessors(unit)] == ["Chiềng Lương", "Phiêng Pằn", "Nà Ơt"]


def test_predecessors_and_successors_answer_each_other(gazetteer: Gazetteer) -> None:
    for unit in gazetteer.children("14", AFTER):
        for old, _ in gazetteer.predecessors(unit):
            assert unit.code in {u.code for u in gazetteer.successors(old, AFTER)[0]}


def homonyms(gazetteer: Gazetteer) -> tuple[str, AdminUnit, AdminUnit]:
    """A new province, and two former communes of one name and type in it."""
    for heir in gazetteer.children("", AFTER):
        seen: dict[tuple[str, str], AdminUnit] = {}
        for old in gazetteer.children("", EVE):
            if heir.code not in {u.code for u in gazetteer.successors(old, AFTER)[0] or (old,)}:
                continue
            for district in gazetteer.children(old, EVE):
                for unit in gazetteer.children(district, EVE):
                    twin = seen.setdefault((unit.type, unit.name), unit)
                    if twin is not unit and twin.valid_to == unit.valid_to == date(2025, 7, 1):
                        return heir.code, twin, unit
    raise AssertionError("no homonyms")


def test_the_district_beside_tells_homonyms_apart(gazetteer: Gazetteer) -> None:
    code, *twins = homonyms(gazetteer)
    for unit in twins:
        row = [(0, f"Xã {unit.name}" if unit.type == "xã" else f"{unit.type} {unit.name}")]
        district = gazetteer.unit(unit.parent_code, EVE)
        assert district is not None
        beside = {0: f"{district.type} {district.name}"}
        alone = gazetteer.resolve_column(row, Scope(AFTER, (code,))).mentions[0]
        told_apart = gazetteer.resolve_column(row, Scope(AFTER, (code,)), 0, beside).mentions[0]
        assert alone.kind == "ambiguous"
        assert told_apart.unit is not None and told_apart.unit.code == unit.code
        behind = [(0, f"{row[0][1]}, {beside[0]}")]
        named = gazetteer.resolve_column(behind, Scope(AFTER, (code,))).mentions[0]
        assert named.unit is not None and named.unit.code == unit.code


def test_two_rows_of_one_name_are_not_one_unit(gazetteer: Gazetteer) -> None:
    code, one, _ = homonyms(gazetteer)
    rows = [f"{one.type} {one.name}", f"{one.type} {one.name}"]
    rows += [f"{u.type} {u.name}" for u in gazetteer.children(one.parent_code, EVE) if u != one]
    found = solved(gazetteer, rows, code).mentions
    units = [m.unit.code for m in found if m.unit]
    assert len(units) == len(set(units))


def test_a_word_or_an_abolished_district_asks_for_the_former_unit(gazetteer: Gazetteer) -> None:
    """Him Lam was a ward; Mường Thanh is one of both times."""
    dien_bien = province(gazetteer, "Điện Biên")
    today, former = (
        solved(gazetteer, [text], dien_bien).mentions[0]
        for text in ("Phường Mường Thanh", "Phường Mường Thanh cũ")
    )
    assert today.kind == "exact" and today.unit is not None and today.unit.valid_to is None
    assert former.kind == "former" and former.unit is not None and former.unit.valid_to is not None
    (beside,) = solved(gazetteer, ["Phường Mường Thanh, thành phố Điện Biên Phủ"], dien_bien).mentions
    assert beside.unit == former.unit


def test_a_whole_list_of_the_day_keeps_its_damaged_names(gazetteer: Gazetteer) -> None:
    """Without marks `Quảng Yên` of the day and a former `Quang Yên` look the same."""
    phu_tho = province(gazetteer, "Phú Thọ")
    members = gazetteer.children(phu_tho, AFTER)
    rows = [bare(f"{u.type.capitalize()} {u.name}") for u in members]
    found = solved(gazetteer, rows, phu_tho).mentions
    right = sum(m.unit is not None and m.unit.code == u.code for m, u in zip(found, members, strict=True))
    assert right >= 0.99 * len(members)


def test_a_block_of_a_ward_that_is_no_more_lies_in_that_ward(gazetteer: Gazetteer) -> None:
    dien_bien = province(gazetteer, "Điện Biên")
    (mention,) = solved(gazetteer, ["Tổ 3, phường Thanh Trường"], dien_bien).mentions
    assert mention.kind == "within" and mention.unit is not None
    assert (mention.unit.name, bool(mention.unit.valid_to), bool(mention.successors)) == (
        "Thanh Trường",
        True,
        True,
    )
