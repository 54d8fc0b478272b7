import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from emit import write_set
from model.document import Metadata, Outcome, Source, Statement
from model.place import PlaceMention
from model.value import Value
from pipeline.places import resolve_places
from pipeline.run.checked_anew import recheck_document
from pipeline.settings import Settings
from review.document_page import candidates
from tests.review.desk_client import ORIGIN, client
from tests.review.grids import document, table

GRID = [
    ["TT", "Đơn vị", "Tiếp nhận"],
    ["1", "Xã Định Biên", "12"],
    ["2", "Xã Bảo Linh", "30"],
    ["3", "Xã Kim Phượng", "8"],
    ["", "Tổng cộng", "50"],
]


@pytest.fixture
def run(tmp_path):
    """A folder of one document: a table of communes, one of them not recognized, and a figure of the prose."""
    source = Source("d", "d.txt", str(tmp_path / "d.txt"), "00")
    metadata = Metadata(
        number="1/BC-UBND", issuer="Ủy ban nhân dân huyện Định Hóa", place="Định Hóa", date="2019-06-30"
    )
    base = replace(document(table(GRID)), source=source, metadata=metadata, kind="text")
    day = date(2019, 6, 30)
    found = resolve_places(base.tables, metadata, [], day, Settings(as_of=day))
    ((name, mentions),) = found.mentions
    lost = tuple(PlaceMention(m.row, m.col, m.raw, "unknown", day) if m.row == 3 else m for m in mentions)
    said = Statement(1, 4, "Tổng số hồ sơ", Value(Decimal(51)), "count", context="Tổng số hồ sơ là 51.")
    base = replace(base, tables=found.tables, places=((name, lost),), statements=(said,))
    write_set([Outcome(source, "ok", recheck_document(base), pages=1)], tmp_path / "run")
    return tmp_path / "run"


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reviewed(browser, run, name):
    assert browser.post("/apply", headers=ORIGIN).status_code == 200
    return read_csv(run / "reviewed" / name)


def post(browser, path, **fields):
    answer = browser.post(path, data=fields, headers=ORIGIN)
    assert answer.status_code == 200, answer.text[:300]
    return answer


def test_lines_of_the_letterhead_reach_documents_csv_as_one_undoable_batch(run):
    browser = client(run)
    page = browser.get("/document?doc=d").text
    seen = {f"seen.{n}": s for n, s in re.findall(r'name="seen\.(\w+)" value="(\d+)"', page)}
    post(browser, "/document/metadata", doc="d", number="12/BC-UBND", date="2019-07-01", **seen)
    (row,) = reviewed(browser, run, "documents.csv")
    assert (row["number"], row["date"]) == ("12/BC-UBND", "2019-07-01")
    assert row["issuer"] == "Ủy ban nhân dân huyện Định Hóa"
    assert len({a["together"] for a in read_csv(run / "reviewed" / "audit.csv")}) == 1


@pytest.mark.parametrize(
    ("name", "typed", "kept", "shown"),
    [
        ("date", "1/7/2019", "2019-07-01", "01/07/2019"),
        ("date", "2019-07-01", "2019-07-01", "01/07/2019"),
        ("date", "7/2019", "2019-07", "07/2019"),
        ("date", "2019", "2019", "2019"),
        ("period", "10/2024", "2024-10", "10/2024"),
        ("period", "2024-Q4", "2024-Q4", "2024-Q4"),
        ("number", "1-2-2019/QĐ", "1-2-2019/QĐ", "1-2-2019/QĐ"),
    ],
)
def test_days_are_typed_and_shown_as_people_write_them(run, name, typed, kept, shown):
    browser = client(run)
    post(browser, "/document/metadata", doc="d", **{name: typed, f"seen.{name}": "0"})
    assert getattr(browser.app.state.desk.current.document("d", fresh=True).metadata, name) == kept
    assert f'name="{name}" value="{shown}"' in browser.get("/document?doc=d").text


def test_a_day_that_is_none_is_refused(run):
    browser = client(run)
    answer = browser.post(
        "/document/metadata", data={"doc": "d", "date": "30 tháng sáu", "seen.date": "0"}, headers=ORIGIN
    )
    assert answer.status_code == 409
    assert "Ngày" in answer.text.split('role="alert"')[1].split("</p>")[0]


def test_a_figure_of_the_prose_is_put_right(run):
    browser = client(run)
    post(
        browser,
        "/document/statement",
        doc="d",
        number="0",
        seen="0",
        subject="Số hồ sơ",
        value="50",
        unit="count",
    )
    (row,) = reviewed(browser, run, "statements.csv")
    assert (row["subject"], row["value"], row["confidence"]) == ("Số hồ sơ", "50", "1.000")


def test_a_figure_that_the_prose_does_not_name_goes(run):
    browser = client(run)
    post(browser, "/document/statement", doc="d", number="0", seen="0", gone="1")
    assert reviewed(browser, run, "statements.csv") == []


def test_a_place_is_found_without_marks_near_the_others(run):
    browser = client(run)
    found = browser.get("/places?doc=d&table=t01&row=3&col=1&name=kim phuong").text
    first = re.search(r'value="(\d+)"[^>]*data-key="1"', found)
    assert first
    post(browser, "/place", doc="d", table="t01", row="3", col="1", code=first[1])
    places = {p["row"]: p for p in reviewed(browser, run, "places.csv")}
    assert (places["3"]["name"], places["3"]["code"]) == ("Kim Phượng", first[1])
    assert places["3"]["parent_name"] == "Định Hóa"
    codes = {c["row"]: c["place_code"] for c in read_csv(run / "reviewed" / "cells.csv") if c["col"] == "2"}
    assert codes["3"] == first[1]
    assert first[1] in {o["place_code"] for o in read_csv(run / "reviewed" / "observations.csv")}


def test_a_place_writes_its_name_where_another_stands(run):
    browser = client(run)
    document = browser.app.state.desk.current.document("d")
    (unit, *_) = [c.unit for c in candidates(document, "Phú Tiến")]
    post(browser, "/place", doc="d", table="t01", row="3", col="1", code=unit.code)
    cells = reviewed(browser, run, "cells.csv")
    assert [c["text"] for c in cells if (c["row"], c["col"]) == ("3", "1")] == ["Xã Phú Tiến"]


def test_a_name_that_lost_a_word_leads_to_the_units_beside_the_others(run):
    document = client(run).app.state.desk.current.document("d")
    found = candidates(document, "Xã Phượng")  # Kim Phượng lies beside the other places
    assert "Kim Phượng" in [c.unit.name for c in found[:3]]
    assert len({c.unit.code for c in found}) == len(found)


def test_a_row_that_names_no_place_leaves_places_csv(run):
    browser = client(run)
    post(browser, "/place", doc="d", table="t01", row="2", col="1", code="-")
    assert "2" not in {p["row"] for p in reviewed(browser, run, "places.csv")}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/place", {"doc": "x", "table": "t01", "row": "1", "col": "1", "code": "1"}),
        ("/place", {"doc": "d", "table": "t01", "row": "1", "col": "1", "code": "00000"}),
        ("/place", {"doc": "d", "table": "t09", "row": "1", "col": "1", "code": "-"}),
        ("/document/statement", {"doc": "d", "number": "7"}),
        ("/document/metadata", {"doc": "x"}),
    ],
)
def test_what_is_not_there_is_refused(run, path, fields):
    assert client(run).post(path, data=fields, headers=ORIGIN).status_code in (400, 404)
