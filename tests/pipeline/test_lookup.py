"""A column of a CSV file looked up as a whole."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from model.errors import NothingReadError
from pipeline.lookup import lookup, lookup_column
from pipeline.tools import gazetteer

AFTER, EVE = date(2025, 9, 30), date(2025, 6, 30)


def looked_up(folder: Path, text: str, **how: str) -> list[dict[str, str]]:
    (folder / "names.csv").write_text(text, encoding="utf-8")
    lookup_column(
        folder / "names.csv", "Xã", how.get("within", ""), AFTER, folder / "out.csv", how.get("beside", "")
    )
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("within", ["Tỉnh Quảng Nam", "Huyện Tủa Chùa"])
def test_within_a_unit_that_is_no_more(tmp_path: Path, within: str) -> None:
    """Nothing was found in a province without members on the day."""
    unit = gazetteer().resolve(within, as_of=AFTER)[0].unit
    members = gazetteer().children(unit.code, EVE)
    communes = [c for m in members for c in (gazetteer().children(m.code, EVE) or (m,))][:12]
    rows = looked_up(tmp_path, "Xã\n" + "".join(f"{c.type} {c.name}\n" for c in communes), within=within)
    assert [row["code"] for row in rows] == [c.code for c in communes]
    assert all(row["successor_code"] for row in rows)


def test_a_column_beside_names_the_district(tmp_path: Path) -> None:
    text = "Huyện,Xã\nĐịnh Hóa,Tân Thịnh\nĐồng Hỷ,Tân Long\n"
    rows = looked_up(tmp_path, text, within="Tỉnh Thái Nguyên", beside="Huyện")
    assert [row["parent"] for row in rows] == ["Định Hóa", "Đồng Hỷ"]


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError, match="Huyện"):
        looked_up(tmp_path, "Xã\nTân Thịnh\n", beside="Huyện")


def test_a_numbered_ward_is_shown_as_a_number() -> None:
    """The lists have `06` in one district and `6` in another."""
    (found,) = lookup("P6/Q3 TP.HCM", "", "", date(2012, 3, 31))
    assert (found["name"], found["spellings"]) == ("6", ["06"])
