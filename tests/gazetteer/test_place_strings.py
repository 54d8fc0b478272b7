"""Place strings as reports write them, each alone, and lists of former units that say what they are together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.names import in_other_spelling, read_name
from model.place import PlaceMention, Scope

EVE, AFTER = date(2025, 6, 30), date(2025, 10, 15)
STRINGS = [
    line.split("\t")
    for line in (Path(__file__).parent / "place_strings.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def meant(mention: PlaceMention | None) -> str:
    """What a mention says, as the list of strings writes it."""
    if mention is None:
        return "none"
    if mention.unit is None:
        return "agency" if mention.kind == "agency" else "?"
    above = [mention.parent] if mention.parent and mention.parent != mention.unit else []
    return ", ".join(f"{unit.type} {unit.name}" for unit in (mention.unit, *above))


@pytest.mark.parametrize(("text", "within", "day", "wanted"), STRINGS, ids=[row[0] for row in STRINGS])
def test_a_place_string_is_the_unit_that_is_meant(
    gazetteer: Gazetteer, text: str, within: str, day: str, wanted: str
) -> None:
    as_of = date.fromisoformat(day)
    found = gazetteer.resolve(within, as_of=as_of) if within else []
    standing = [c.unit for c in found if c.unit.valid_to is None or c.unit.valid_to > as_of]
    mentions = gazetteer.resolve_column(
        [(0, text)], Scope(as_of, tuple(u.code for u in standing[:1]))
    ).mentions
    assert meant(mentions[0] if mentions else None) == wanted


def codes(gazetteer: Gazetteer, rows: list[str], *scope: str) -> list[str]:
    found = {m.row: m for m in gazetteer.resolve_column(list(enumerate(rows)), Scope(AFTER, scope)).mentions}
    return [m.unit.code if (m := found.get(i)) and m.unit else "" for i in range(len(rows))]


def test_a_bare_list_of_a_provinces_districts_is_of_districts(gazetteer: Gazetteer) -> None:
    """`Vĩnh Yên`, `Lập Thạch`: all became names of communes of the new province as well."""
    districts = gazetteer.children("26", EVE)
    assert codes(gazetteer, [u.name for u in districts], "25") == [u.code for u in districts]


def test_a_bare_list_of_provinces_is_of_provinces(gazetteer: Gazetteer) -> None:
    provinces = gazetteer.children("", EVE)
    assert codes(gazetteer, [u.name for u in provinces]) == [u.code for u in provinces]


def test_a_bare_list_of_the_communes_of_the_day_is_of_those(gazetteer: Gazetteer) -> None:
    for province in gazetteer.children("", AFTER)[::7]:
        communes = gazetteer.children(province, AFTER)
        assert codes(gazetteer, [u.name for u in communes], province.code) == [u.code for u in communes]


def test_a_district_without_its_type_word_heads_its_communes(gazetteer: Gazetteer) -> None:
    rows, wanted = [], []
    for district in gazetteer.children("26", EVE)[2:5]:
        for unit in (district, *gazetteer.children(district, EVE)):
            rows.append(unit.name)
            wanted.append(unit.code)
    found = codes(gazetteer, rows, "25")
    assert sum(a == b for a, b in zip(found, wanted, strict=True)) >= 0.97 * len(rows)
    assert all(a in ("", b) for a, b in zip(found, wanted, strict=True))


def test_what_a_commune_was_made_of_is_no_other_commune_of_the_day(gazetteer: Gazetteer) -> None:
    """Xã Tân Thanh is one of the day elsewhere in the province, and part of this one."""
    commune = gazetteer.unit("06172", AFTER)
    assert commune is not None
    parts = [unit for unit, _ in gazetteer.predecessors(commune)]
    assert codes(gazetteer, [f"Xã {u.name}" for u in parts], commune.code) == [u.code for u in parts]


def test_a_province_that_nearly_all_rows_lay_in_tells_homonyms_apart(gazetteer: Gazetteer) -> None:
    communes = [u for d in gazetteer.children("26", EVE) for u in gazetteer.children(d, EVE)]
    twins = [u for u in communes if (u.type, u.name) in {("phường", "Hùng Vương"), ("xã", "Ngọc Mỹ")}]
    rows = sorted([*communes[::6], *twins], key=lambda u: u.name)
    found = codes(gazetteer, [f"{u.type} {u.name}" for u in rows], "25")
    assert [a for a, u in zip(found, rows, strict=True) if u in twins] == [u.code for u in rows if u in twins]


def test_a_damaged_list_of_former_communes_is_read_among_the_units_of_the_eve(gazetteer: Gazetteer) -> None:
    communes = gazetteer.children(gazetteer.children("26", EVE)[3], EVE)
    rows = [f"Xã {u.name[:-1]}" if len(u.name) > 8 else f"{u.type} {u.name}" for u in communes]
    found = codes(gazetteer, rows, "25")
    assert all(a in ("", u.code) for a, u in zip(found, communes, strict=True))
    assert sum(a == u.code for a, u in zip(found, communes, strict=True)) >= 0.9 * len(rows)


def test_a_name_that_is_called_like_an_average_or_a_person_is_a_former_commune(gazetteer: Gazetteer) -> None:
    communes = [u for d in gazetteer.children("94", EVE) for u in gazetteer.children(d, EVE)]
    near = [u for u in communes if u.name == "Trung Bình"]
    rows = [u.name for u in (*near, *gazetteer.children(near[0].parent_code, EVE)) if u.level == 3]
    assert (
        codes(gazetteer, rows, "92")[0] != "" and codes(gazetteer, ["Trung bình", *rows[1:]], "92")[0] == ""
    )


def test_a_misread_syllable_is_no_number() -> None:
    """`Phờng Nẫm` (for Phong Nẫm) was ward number five."""
    assert "5" not in {reading.name for reading in read_name("Phờng Nẫm").readings}
    assert read_name("Phường Năm").readings[0].name == "5"


@pytest.mark.parametrize(
    ("name", "other"), [("Phú Quý", "Phú Quí"), ("Mỹ Lý", "Mĩ Lí"), ("Thủy Yên", "Thủy Yên")]
)
def test_syllables_that_are_spelled_either_way(name: str, other: str) -> None:
    assert in_other_spelling(name) == other
    assert in_other_spelling(other) == name


@pytest.mark.parametrize(
    "text", ["P.Mỹ Đình 1, Q. Nam Từ Liêm", "Mỹ Đình 1, Nam Từ Liêm", "X. Mễ Trì, TX. Sơn Tây"]
)
def test_a_district_behind_a_name_is_what_it_lies_in(text: str) -> None:
    written = read_name(text)
    assert written.within and "," not in written.readings[0].name


def test_a_district_in_a_list_by_name_heads_nothing(gazetteer: Gazetteer) -> None:
    """`Thanh Xuân` before `Thanh Xuân Bắc` was the district of that name."""
    rows = ["Thanh Trì", "Thanh Xuân", "Thanh Xuân Bắc", "Thanh Xuân Nam", "Thượng Đình", "Văn Điển"]
    found = gazetteer.resolve_column(list(enumerate(rows)), Scope(AFTER, ("01",))).mentions
    assert not any(m.unit and m.unit.level == 2 for m in found)
