"""Place columns as a whole: repairs with a second clue, honest doubts, lists complete but for one."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from model.place import AdminUnit, ColumnResolution, Scope

DAY = date(2024, 6, 1)


def _district(gazetteer: Gazetteer, name: str, day: date = DAY) -> AdminUnit:
    found = [u for u in gazetteer.units(day) if u.level == 2 and u.name == name]
    assert len(found) == 1
    return found[0]


def _solved(
    gazetteer: Gazetteer, names: list[str], units: tuple[str, ...] = (), day: date = DAY
) -> ColumnResolution:
    return gazetteer.resolve_column(list(enumerate(names, start=2)), Scope(day, units), col=1)


def _codes(found: ColumnResolution) -> list[str]:
    return [m.unit.code if m.unit else "" for m in found.mentions]


@pytest.mark.parametrize(
    "district", ["Khoái Châu", "Tam Đường", "Cư M'gar", "Đức Cơ", "Thuận Bắc", "Gò Quao"]
)
def test_a_clean_list_is_exact(gazetteer: Gazetteer, district: str) -> None:
    parent = _district(gazetteer, district)
    members = gazetteer.children(parent, DAY)
    found = _solved(gazetteer, [f"{u.type} {u.name}" for u in members], (parent.code,))
    assert {m.kind for m in found.mentions} == {"exact"}
    assert _codes(found) == [u.code for u in members]
    assert not found.missing and not found.repeated
    assert all(m.parent == parent and m.province and m.successors and m.change for m in found.mentions)


def test_a_list_finds_its_district_over_the_whole_country(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Tam Đường")
    found = _solved(gazetteer, [u.name for u in gazetteer.children(parent, DAY)])
    assert found.scope is not None and found.scope.units == (parent.code,)
    assert "" not in _codes(found)


def test_a_wrong_scope_gives_way_to_what_the_rows_say(gazetteer: Gazetteer) -> None:
    parent, other = _district(gazetteer, "Tam Đường"), _district(gazetteer, "Gò Quao")
    members = gazetteer.children(parent, DAY)
    assert _codes(_solved(gazetteer, [u.name for u in members], (other.code,))) == [u.code for u in members]


def test_rows_of_one_list_are_distinct_units(gazetteer: Gazetteer) -> None:
    """`Đồng Tân` where `Đồng Tâm` is listed as well must not become it twice."""
    parent = _district(gazetteer, "Khoái Châu")
    names = [u.name for u in gazetteer.children(parent, DAY)]
    damaged = ["Tan Chau" if n == "Tân Châu" else "Tan Dan" if n == "Tân Dân" else n for n in names]
    found = _solved(gazetteer, damaged, (parent.code,))
    codes = [c for c in _codes(found) if c]
    assert len(codes) == len(set(codes)) == len(names)


def test_a_unit_missing_from_a_complete_list_is_reported(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    members = list(gazetteer.children(parent, DAY))
    left_out = members.pop(7)
    found = _solved(gazetteer, [u.name for u in members], (parent.code,))
    assert found.missing == (left_out,)


def test_a_few_units_of_many_are_no_incomplete_list(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    assert not _solved(
        gazetteer, [u.name for u in gazetteer.children(parent, DAY)[:6]], (parent.code,)
    ).missing


def test_a_unit_listed_twice_is_reported_and_never_guessed_silently(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    members = list(gazetteer.children(parent, DAY))
    random.Random(3).shuffle(members)
    names = [u.name for u in members]
    names[9] = names[4]
    found = _solved(gazetteer, names, (parent.code,))
    assert found.repeated == (members[4],)
    assert found.mentions[4].kind == found.mentions[9].kind == "ambiguous"
    assert members[9] in found.missing


def test_two_lists_under_one_another_are_two_lists(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Tam Đường")
    members = gazetteer.children(parent, DAY)
    found = _solved(gazetteer, [u.name for u in members] * 2, (parent.code,))
    assert _codes(found) == [u.code for u in members] * 2
    assert not found.repeated


def test_agencies_totals_and_captions(gazetteer: Gazetteer) -> None:
    province = next(u for u in gazetteer.children("", DAY) if u.name == "Hải Dương")
    rows = [
        "Cấp tỉnh",
        "Sở Y tế",
        "Sở Tư pháp",
        "Huyện Thanh Mién",
        "Thi xa Kinh Mén",
        "TP Hải Dương",
        "TỔNG SỐ",
    ]
    found = _solved(gazetteer, rows, (province.code,))
    assert [m.row for m in found.mentions] == [3, 4, 5, 6, 7]
    assert [m.kind for m in found.mentions] == ["agency", "agency", "repaired", "repaired", "exact"]
    assert [m.unit.name for m in found.mentions if m.unit] == ["Thanh Miện", "Kinh Môn", "Hải Dương"]
    assert [m.unit.level for m in found.mentions if m.unit] == [2, 2, 2]


def test_the_documents_own_unit_may_stand_among_its_members(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    names = ["UBND huyện Khoái Châu", *(f"UBND {u.type} {u.name}" for u in gazetteer.children(parent, DAY))]
    found = _solved(gazetteer, names, (parent.code,))
    assert _codes(found)[0] == parent.code and "" not in _codes(found)


def test_an_authority_without_a_name_is_the_documents_own(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    names = ["UBND tỉnh", "UBND huyện", *(u.name for u in gazetteer.children(parent, DAY))]
    found = _solved(gazetteer, names, (parent.code,))
    assert _codes(found)[:2] == [parent.parent_code, parent.code]
    assert [m.kind for m in _solved(gazetteer, ["UBND huyện"]).mentions] == ["agency"]


def test_communes_under_their_districts(gazetteer: Gazetteer) -> None:
    """In a province's list of both levels, a repeated commune name is of the district named above it."""
    province = next(u for u in gazetteer.children("", DAY) if u.name == "Thái Nguyên")
    rows, truth = [], []
    for district in gazetteer.children(province, DAY):
        rows.append(f"{district.type} {district.name}")
        truth.append(district.code)
        for commune in gazetteer.children(district, DAY):
            rows.append(f"{commune.type} {commune.name}")
            truth.append(commune.code)
    assert _codes(_solved(gazetteer, rows, (province.code,))) == truth


@pytest.mark.parametrize("typed", [True, False])
def test_every_unit_of_the_country_is_right_in_its_clean_list(gazetteer: Gazetteer, typed: bool) -> None:
    """Names that look like type words (`Phượng Tiến`), agencies (`Trung Tâm`) or totals (`Trung Bình`)."""
    wrong = []
    for parent in gazetteer.units(DAY):
        members = [u for u in gazetteer.children(parent, DAY) if typed or not u.name.isdigit()]
        names = [f"{u.type} {u.name}" if typed else u.name for u in members]
        if parent.level == 2 and members:
            codes = _codes(_solved(gazetteer, names, (parent.code,)))
            wrong += [(parent.name, u.name) for u, code in zip(members, codes) if code != u.code]
            assert len(codes) == len(members), (parent.name, names)
    assert len(wrong) <= (0 if typed else 25), wrong  # bare: a township and a commune of one name


def test_provinces_as_rows(gazetteer: Gazetteer) -> None:
    provinces = gazetteer.children("", DAY)
    assert _codes(_solved(gazetteer, [u.name for u in provinces])) == [u.code for u in provinces]


def test_communes_since_the_reform_lie_in_their_province(gazetteer: Gazetteer) -> None:
    day = date(2025, 9, 1)
    province = next(u for u in gazetteer.children("", day) if u.name == "Lào Cai")
    members = gazetteer.children(province, day)
    found = _solved(gazetteer, [u.name for u in members], (province.code,), day)
    assert _codes(found) == [u.code for u in members]
    assert all(m.parent == m.province == province for m in found.mentions)


def test_a_report_on_the_time_before_the_reform_dated_after_it(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    members = gazetteer.children(parent, date(2025, 6, 1))
    found = _solved(gazetteer, [f"Xã {u.name}" for u in members if u.type == "xã"], (), date(2025, 7, 20))
    assert found.scope is not None and found.scope.as_of == date(2025, 6, 30)
    assert "" not in _codes(found)


def test_numbered_wards_keep_their_numbers(gazetteer: Gazetteer) -> None:
    parent = next(u for u in gazetteer.units(DAY) if u.level == 2 and u.name == "Gò Vấp")
    members = gazetteer.children(parent, DAY)
    found = _solved(gazetteer, [f"P.{u.name}" for u in members], (parent.code,))
    assert _codes(found) == [u.code for u in members]


def test_another_units_true_name_is_not_repaired_without_a_word(gazetteer: Gazetteer) -> None:
    parent = _district(gazetteer, "Khoái Châu")
    (mention,) = _solved(gazetteer, ["Xã Không Có Thật"], (parent.code,)).mentions
    assert mention.kind == "unknown" and mention.unit is None


def test_homonyms_are_ambiguous_with_their_candidates(gazetteer: Gazetteer) -> None:
    (mention,) = _solved(gazetteer, ["xã Tân Tiến"]).mentions
    assert mention.kind == "ambiguous" and mention.unit is None
    assert {c.unit.name for c in mention.candidates} == {"Tân Tiến"} and len(mention.candidates) > 2


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_unit_is_given_to_two_rows_of_a_list(gazetteer: Gazetteer, data: st.DataObject) -> None:
    parent = _district(gazetteer, data.draw(st.sampled_from(["Khoái Châu", "Gò Quao", "Tam Đường"])))
    names = [u.name for u in gazetteer.children(parent, DAY)]
    rows = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=12))
    spot = data.draw(st.integers(0, len(rows) - 1))
    rows[spot] = data.draw(st.text("abeghnotưáàạ ", min_size=1, max_size=12))
    codes = [c for c in _codes(_solved(gazetteer, rows, (parent.code,))) if c]
    assert len(codes) == len(set(codes))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_rows_are_resolved_without_error(gazetteer: Gazetteer, rows: list[str]) -> None:
    found = _solved(gazetteer, rows)
    assert {m.row for m in found.mentions} <= set(range(2, len(rows) + 2))
