"""Units through time: counts against the official ones, and what became of units."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer as package
from gazetteer import Gazetteer
from model.errors import MissingProgramError

DATA = Path(package.__file__).parent / "data"


def _count(gazetteer: Gazetteer, day: date) -> Counter[int]:
    return Counter(unit.level for unit in gazetteer.units(day))


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        (date(2016, 12, 31), 63, 713, 11162),
        (date(2019, 12, 31), 63, 713, 11055),
        (date(2020, 12, 31), 63, 707, 10614),
        (date(2021, 12, 31), 63, 705, 10599),
        (date(2023, 12, 31), 63, 705, 10598),
        (date(2025, 1, 1), 63, 696, 10035 + 10),  # ten explained one by one in docs/gazetteer.md
        (date(2025, 6, 30), 63, 696, 10035),
        (date(2025, 7, 1), 34, 0, 3321),
    ],
)
def test_counts(gazetteer: Gazetteer, day: date, provinces: int, districts: int, communes: int) -> None:
    counts = _count(gazetteer, day)
    assert (counts[1], counts[2], counts[3]) == (provinces, districts, communes)


def test_every_unit_lies_in_one_that_exists(gazetteer: Gazetteer) -> None:
    for day in (date(2006, 1, 1), date(2015, 6, 1), date(2024, 6, 1), date(2025, 7, 1), date(2026, 5, 1)):
        for unit in gazetteer.units(day):
            path = gazetteer.path(unit, day)
            assert path[-1].level == 1, unit


def test_the_files_bear_their_checksums() -> None:
    manifest = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
    for name, facts in manifest["files"].items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == facts["sha256"]


def test_damaged_or_missing_data_are_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(MissingProgramError):
        Gazetteer.load(tmp_path)
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "units.gz").write_bytes(b"no units")
    with pytest.raises(MissingProgramError, match="damaged"):
        Gazetteer.load(tmp_path / "data")


@pytest.mark.parametrize(
    ("code", "day", "as_of", "names", "kind"),
    [
        ("05590", date(2024, 10, 1), None, {"Phú Đình"}, "merged"),  # xã Điềm Mặc
        ("30", date(2023, 10, 1), None, {"Hải Phòng"}, "merged"),  # tỉnh Hải Dương
        ("28", date(2007, 1, 1), None, {"Hà Nội"}, "merged"),  # tỉnh Hà Tây
        ("46", date(2024, 1, 1), None, {"Huế"}, "renamed+retyped"),
        ("00094", date(2024, 1, 1), None, {"Hồng Hà", "Tây Hồ"}, "split"),  # phường Nhật Tân
        ("204", date(2019, 1, 1), date(2024, 1, 1), {"Hạ Long"}, "merged"),  # huyện Hoành Bồ
        ("536", date(2024, 1, 1), None, {"Lý Sơn"}, "retyped"),  # an island district
        ("25270", date(2025, 8, 1), None, {"Lộc Ninh"}, "retyped"),  # a xã made a phường in 2026
        ("01", date(2020, 1, 1), None, set(), ""),  # Hà Nội stands
    ],
)
def test_what_became_of_a_unit(
    gazetteer: Gazetteer, code: str, day: date, as_of: date | None, names: set[str], kind: str
) -> None:
    unit = gazetteer.unit(code, day)
    assert unit is not None
    found, change = gazetteer.successors(unit, as_of)
    assert {u.name for u in found} == names
    assert change == kind


def test_a_district_of_before_the_reform_became_communes(gazetteer: Gazetteer) -> None:
    district = gazetteer.unit("167", date(2024, 10, 1))
    assert district is not None and district.name == "Định Hóa"
    found, change = gazetteer.successors(district)
    assert len(found) == 8 and change == "dissolved" and {u.level for u in found} == {3}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_successors_stand_on_the_day_asked_for(gazetteer: Gazetteer, data: st.DataObject) -> None:
    day = date(2004, 9, 1) + timedelta(days=data.draw(st.integers(0, 7900)))
    later = day + timedelta(days=data.draw(st.integers(0, 4000)))
    units = gazetteer.units(day)
    unit = units[data.draw(st.integers(0, len(units) - 1))]
    found, change = gazetteer.successors(unit, later)
    for successor in found:
        assert gazetteer.unit(successor.code, later) == successor
    stands = gazetteer.unit(unit.code, later) == unit
    assert stands == (change == "")
