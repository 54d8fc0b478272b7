"""Every place row of the careful readings, with type, parent, province and code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from model.document import Metadata
from model.place import Scope
from normalize.unicode import tone_key

GOLD = Path(__file__).parents[3] / "shared" / "gold"
DAYS = {"000": date(2024, 11, 1), "002": date(2024, 10, 1), "003": date(2024, 3, 1), "004": date(2023, 11, 9)}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason="needs the gold folder beside the repository"),
]


def _scope(gazetteer: Gazetteer, name: str, with_letterhead: bool) -> Scope:
    meta = json.loads((GOLD / name / "meta.json").read_text(encoding="utf-8"))
    tables = json.loads((GOLD / name / "tables.json").read_text(encoding="utf-8"))
    if not with_letterhead:
        return Scope(DAYS[name])
    metadata = Metadata(
        issuer=meta.get("issuer") or "",
        parent_issuer=meta.get("parent_issuer") or "",
        place=meta.get("place") or "",
    )
    heads = [cell for table in tables for row in table["grid"][: table["header_rows"]] for cell in set(row)]
    lines = (GOLD / name / "prose.txt").read_text(encoding="utf-8").splitlines()
    return gazetteer.scope_of(
        metadata, [table["title"] for table in tables], DAYS[name], lines=[*heads, *lines]
    )


@pytest.mark.parametrize("with_letterhead", [True, False])
@pytest.mark.parametrize("name", sorted(DAYS))
def test_every_gold_place_is_right(gazetteer: Gazetteer, name: str, with_letterhead: bool) -> None:
    scope = _scope(gazetteer, name, with_letterhead)
    wrong = []
    for table in json.loads((GOLD / name / "tables.json").read_text(encoding="utf-8")):
        if table["place_col"] is None:
            continue
        rows = [
            (i, row[table["place_col"]]) for i, row in enumerate(table["grid"]) if i >= table["header_rows"]
        ]
        found = {m.row: m for m in gazetteer.resolve_column(rows, scope, table["place_col"]).mentions}
        for key, place in (table.get("places") or {}).items():
            mention = found.get(int(key))
            unit = mention.unit if mention else None
            parent = mention.parent if mention else None
            province = mention.province if mention else None
            right = (
                unit is not None
                and parent is not None
                and province is not None
                and tone_key(unit.name) == tone_key(place["name"])
                and unit.type == place["type"]
                and parent.name == place["parent"]
                and province.name == place["province"]
                and gazetteer.unit(unit.code, DAYS[name]) == unit
            )
            if not right:
                wrong.append((table["id"], key, place, mention))
        for row, text in rows:
            if str(row) not in (table.get("places") or {}) and row in found:
                assert found[row].kind == "agency", (table["id"], row, text)
    assert not wrong


@pytest.mark.parametrize(
    ("name", "first"), [("000", "Định Hóa"), ("002", "Bình Thành"), ("004", "Hải Dương")]
)
def test_the_documents_own_unit_is_found(gazetteer: Gazetteer, name: str, first: str) -> None:
    scope = _scope(gazetteer, name, True)
    units = [gazetteer.unit(code, scope.as_of) for code in scope.units]
    assert units[0] is not None and units[0].name == first


def test_a_document_without_letterhead_tells_its_district_by_its_column(gazetteer: Gazetteer) -> None:
    table = json.loads((GOLD / "003" / "tables.json").read_text(encoding="utf-8"))[0]
    names = [row[table["place_col"]] for row in table["grid"][table["header_rows"] :]]
    scope = gazetteer.infer_scope(names, DAYS["003"])
    unit = gazetteer.unit(scope.units[0], DAYS["003"])
    assert unit is not None and (unit.type, unit.name) == ("huyện", "Khoái Châu")
