import re
from dataclasses import replace

import pytest

from review.decisions import Choice, DecisionStore, Subject
from review.overview import pace
from review.people import Twice, differing, readings, same_reading, to_read, to_settle
from tests.review.desk_client import ORIGIN, client, form, key_of, read_csv
from tests.review.make_run import make_run


def test_the_name_given_at_a_browser_stands_beside_its_decisions(tmp_path):
    run = make_run(tmp_path)
    browser = client(run)
    browser.post("/name", data={"name": "  Trần  Thị Bưởi ", "back": "/"}, headers=ORIGIN)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    browser.post("/decide", data=form(page, action="keep"), headers=ORIGIN)
    browser.post("/apply", headers=ORIGIN)
    (row,) = read_csv(run / "reviewed" / "audit.csv")
    assert row["who"] == "Trần Thị Bưởi"


@pytest.fixture
def store(tmp_path):
    made = DecisionStore(tmp_path)
    for row in range(40):
        subject = Subject(f"d#f{row}", "d", "00", "t01", row, 2, f"{row}:2")
        made.record("Lan", [Choice(subject, "value", "70", "79")])
    return made


def second(store, reading, who, text):
    s = reading.first.subject
    subject = Subject(f"d#second.{reading.first.id}", "d", "00", s.table_id, s.row, s.col, s.at)
    store.record(who, [Choice(subject, "second", reading.stands, text)])


def test_a_share_of_the_decisions_is_read_again_by_another(store):
    found = readings(store.standing(), Twice(0.5))
    assert 8 < len(found) < 32
    assert readings(store.standing(), Twice(0.5)) == found
    assert to_read(found, "Lan") == []
    assert to_read(found, "Minh") == found


def test_where_two_differ_a_third_decides(store):
    first, other = readings(store.standing(), Twice(0.5))[:2]
    second(store, first, "Minh", "78")
    second(store, other, "Minh", "79")
    found = readings(store.standing(), Twice(0.5))
    assert [r.first.id for r in differing(found, {"d": ","})] == [first.first.id]
    assert to_settle(found, "Lan", {"d": ","}) == to_settle(found, "Minh", {"d": ","}) == []
    assert [r.first.id for r in to_settle(found, "Hoa", {"d": ","})] == [first.first.id]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.250", "1250", True),
        ("1,5", "1,50", True),
        ("12", "13", False),
        ("Xã  Hòa Bình", "Xã Hoà Bình", True),
        ("Xã Hòa Bình", "Xã Hòa Bính", False),
        ("12", "", False),
    ],
)
def test_two_people_read_the_same(one, other, same):
    assert same_reading(one, other, ",") is same


def test_all_flags_of_a_kind_can_be_read_twice(store):
    kinds = Twice(0.0, frozenset({"total"}))
    assert readings(store.standing(), Twice(0.0)) == []
    found = readings(store.standing(), kinds, lambda key: "total" if key.endswith("7") else "reading")
    assert [r.first.subject.flag_id for r in found] == ["d#f7", "d#f17", "d#f27", "d#f37"]


def test_the_second_reader_is_not_shown_the_first_reading(tmp_path):
    run = make_run(tmp_path)
    lan = client(run)
    lan.app.state.desk.twice = Twice(1.0)
    page = lan.get(f"/flag?key={key_of(lan.get('/').text)}").text
    lan.post("/decide", data=form(page, action="value", new="8123"), headers=ORIGIN)
    lan.post("/name", data={"name": "Minh", "back": "/"}, headers=ORIGIN)
    page = lan.get("/second").text.split("<main")[1]
    assert "/second/read" in page
    assert "8123" not in page and ">76<" not in page
    assert "100 %" in page
    number = re.search(r'name="id" value="(\d+)"', page)[1]
    lan.post("/second/read", data={"id": number, "text": "67"}, headers=ORIGIN)
    lan.post("/name", data={"name": "Hoa", "back": "/"}, headers=ORIGIN)
    page = lan.get("/second").text
    assert "8123" in page and "67" in page
    lan.post("/second/settle", data={"id": number, "text": "67"}, headers=ORIGIN)
    (stands,) = [d for d in lan.app.state.desk.store.standing() if d.action == "value"]
    assert (stands.who, stands.new) == ("Hoa", "67")


def test_the_second_reader_can_say_that_nothing_is_printed_and_so_can_the_third(tmp_path):
    lan = client(make_run(tmp_path))
    lan.app.state.desk.twice = Twice(1.0)
    page = lan.get(f"/flag?key={key_of(lan.get('/').text)}").text
    lan.post("/decide", data=form(page, action="value", new="8123"), headers=ORIGIN)
    lan.post("/name", data={"name": "Minh", "back": "/"}, headers=ORIGIN)
    number = re.search(r'name="id" value="(\d+)"', lan.get("/second").text)[1]
    lan.post("/second/read", data={"id": number, "text": ""}, headers=ORIGIN)
    assert "/second/read" in lan.get("/second").text, "an empty field says nothing"
    lan.post("/second/read", data={"id": number, "text": "", "blank": "1"}, headers=ORIGIN)
    lan.post("/name", data={"name": "Hoa", "back": "/"}, headers=ORIGIN)
    assert "/second/settle" in lan.get("/second").text
    lan.post("/second/settle", data={"id": number, "blank": "1"}, headers=ORIGIN)
    (stands,) = [d for d in lan.app.state.desk.store.standing() if d.action == "value"]
    assert (stands.who, stands.new) == ("Hoa", "")


def test_pauses_do_not_count_for_the_pace(tmp_path):
    store = DecisionStore(tmp_path)
    made = [store.record("Lan", [Choice(Subject(f"d#f{n}", "d", "00"), "keep")])[0] for n in range(4)]
    moments = ("10:00:00", "10:00:30", "12:00:00", "12:00:30")
    decisions = [replace(d, made_at=f"2026-01-01T{t}+00:00") for d, t in zip(made, moments)]
    assert pace(decisions) == 120
    assert pace(decisions[:1]) == 0


def test_a_batch_counts_once_for_the_pace(tmp_path):
    store = DecisionStore(tmp_path)
    made = [store.record("Lan", [Choice(Subject(f"d#f{n}", "d", "00"), "keep")])[0] for n in range(2)]
    batch = [Choice(Subject(f"d#f{n}", "d", "00"), "read") for n in range(2, 40)]
    made += store.record("Lan", batch, "a batch")
    moments = ["10:00:00", "10:00:30", *["10:01:00"] * len(batch)]
    assert pace([replace(d, made_at=f"2026-01-01T{t}+00:00") for d, t in zip(made, moments)]) == 120
