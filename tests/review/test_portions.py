"""Tables and documents closed as a whole, and documents given to reviewers."""

import re

import pytest

from tests.review.desk_client import ORIGIN, client, form, read_csv
from tests.review.make_run import make_run
from tests.review.test_handed import second_browser, shown

DOC = "bao-cao-0000"


def left(browser, **asked):
    keys = re.findall(r'/flag\?key=([^&"]+)', browser.get("/", params=asked).text.split("<main")[1])
    return list(dict.fromkeys(k.replace("%23", "#") for k in keys))


def closed(browser, **more):
    return browser.post("/close", data={"doc": DOC, "back.state": "open"} | more, headers=ORIGIN)


@pytest.mark.parametrize("table", ["t01", ""])
def test_what_is_left_of_a_table_or_a_document_is_closed_and_opened_again_as_one(tmp_path, table):
    browser = client(make_run(tmp_path))
    before = left(browser)
    own = [key for key in before if key.startswith(DOC)]
    assert own and len(own) < len(before), "there are others, which stay"
    page = closed(browser, table=table).text
    assert left(browser) == [key for key in before if key not in own]
    standing = browser.app.state.desk.store.standing()
    assert {(d.action, d.who) for d in standing} == {("read", "Lan")}
    ident = re.search(r'action="/reopen"><input type="hidden" name="id" value="(\d+)"', page)[1]
    browser.post("/reopen", data={"id": ident, "back.state": "open"}, headers=ORIGIN)
    assert left(browser) == before
    assert browser.app.state.desk.store.standing() == []


def test_what_was_decided_before_stays_as_decided_when_its_document_is_closed(tmp_path):
    run = make_run(tmp_path)
    browser = client(run)
    (key,) = [key for key in left(browser) if key.startswith(DOC)][:1]
    page = browser.get("/flag", params={"key": key}).text
    browser.post("/decide", data=form(page, action="keep"), headers=ORIGIN)
    closed(browser)
    browser.post("/apply", headers=ORIGIN)
    browser.get("/applied")
    rows = [r for r in read_csv(run / "reviewed" / "audit.csv") if r["doc_id"] == DOC]
    assert rows[0]["action"] == "keep"
    assert all(r["action"] == "read" and r["reason"] == "đóng cả văn bản" for r in rows[1:])
    assert [r for r in read_csv(run / "reviewed" / "flags.csv") if r["doc_id"] == DOC] == []


def test_nothing_is_closed_twice_and_no_unknown_document_at_all(tmp_path):
    browser = client(make_run(tmp_path))
    closed(browser)
    made = len(browser.app.state.desk.store.everything())
    closed(browser)
    assert len(browser.app.state.desk.store.everything()) == made
    assert closed(browser, doc="other").status_code == 404
    assert browser.post("/close", data={"doc": DOC}, headers={"origin": "http://evil"}).status_code == 403


def given(browser, name, *docs):
    return browser.post("/assign", data={"doc": list(docs), "name": name}, headers=ORIGIN)


def test_a_document_that_was_given_to_one_comes_last_for_the_others(tmp_path):
    lan = client(make_run(tmp_path, texts=4))
    minh = second_browser(lan, "Minh")
    first = left(lan)[0].split("#")[0]
    assert "Minh" in given(lan, "Minh", first, DOC).text
    assert shown(minh.get("/next")).startswith(first)
    led = shown(lan.get("/next"))
    assert led.split("#")[0] not in (first, DOC)
    seen = set()
    while not led.startswith((first, DOC)):  # nothing else is left for Lan
        seen.add(led)
        page = lan.get("/flag", params={"key": led}).text
        led = shown(lan.post("/decide", data=form(page, action="keep"), headers=ORIGIN))
    assert seen == {key for key in left(lan, state="") if not key.startswith((first, DOC))}


def test_the_list_shows_the_documents_of_a_reviewer_alone(tmp_path):
    browser = client(make_run(tmp_path, texts=4))
    given(browser, "Minh", DOC)
    assert {key.split("#")[0] for key in left(browser, who="Minh", state="open")} == {DOC}
    assert left(browser, who="Lan", state="open") == []
    assert shown(browser.get("/next", params={"who": "Minh", "state": "open"})).startswith(DOC)


def test_a_document_is_given_to_nobody_again_and_both_are_on_record(tmp_path):
    run = make_run(tmp_path)
    browser = client(run)
    given(browser, "Minh", DOC)
    given(browser, "Minh", DOC)  # has it already
    given(browser, "", DOC)
    store = browser.app.state.desk.store
    assert store.assigned() == {}
    assert [(d.action, d.old, d.new) for d in store.everything()] == [
        ("assign", "", "Minh"),
        ("assign", "Minh", ""),
    ]
    assert store.standing() == []
    browser.post("/apply", headers=ORIGIN)
    browser.get("/applied")
    assert [r["action"] for r in read_csv(run / "reviewed" / "audit.csv")] == ["assign", "assign"]
