"""Flags are handed out one to a reviewer, over restarts of the server and long looks at a page."""

import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.handed import HELD, Handed
from tests.review.desk_client import BASE, ORIGIN, client, form, key_of
from tests.review.make_run import make_run


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


def second_browser(first, name):
    """Another browser at the same server, let in by an invitation, with a name of its own."""
    other = type(first)(first.app, base_url=BASE)
    address = re.search(r'value="(http[^"]+)"', first.post("/invite", headers=ORIGIN).text)[1]
    asked = other.get(address)
    assert str(asked.url).endswith("/who") and 'action="/name"' in asked.text
    assert type(first)(first.app, base_url=BASE).get(address).status_code == 403  # good for one use
    assert other.post("/name", data={"name": name, "back": "/"}, headers=ORIGIN).url.path == "/"
    return other


def shown(answer):
    """The flag that a browser was led to."""
    assert answer.url.path == "/flag", answer.url
    return answer.url.params["key"]


def test_two_reviewers_do_not_get_the_same_flag(tmp_path):
    run = make_run(tmp_path)
    lan = client(run)
    minh = second_browser(lan, "Minh")
    first = key_of(lan.get("/").text)
    lan.get(f"/flag?key={first}")
    assert "Lan" in minh.get(f"/flag?key={first}").text.split('id="also-open"')[1].split("</p>")[0]
    keys = re.findall(r"/flag\?key=([^&\"]+)", lan.get("/").text)
    at = keys.index(first)
    page = minh.get(f"/flag?key={keys[at - 1]}").text  # the list begins again after its end
    answer = minh.post("/decide", data=form(page, action="keep"), headers=ORIGIN)
    assert f"key={first}" not in str(answer.url)
    assert "key=" in str(answer.url)


def test_a_flag_is_free_again_when_its_reviewer_goes_on(tmp_path):
    handed = Handed(tmp_path)
    assert handed.take("f1", "Lan") == ""
    assert handed.take("f1", "Minh") == "Lan"
    handed.take("f2", "Lan")
    assert handed.busy("Minh") == {"f2"}
    assert handed.take("f1", "Minh") == ""


def test_a_server_that_is_started_again_knows_who_has_what(tmp_path):
    clock = Clock()
    Handed(tmp_path, clock).take("f1", "Lan")
    clock.now += HELD - 1
    again = Handed(tmp_path, clock)
    assert again.names("Minh") == {"f1": "Lan"}
    assert again.take("f1", "Minh") == "Lan"
    assert again.busy("Lan") == set()


def test_whoever_works_at_a_page_keeps_its_flag_and_whoever_left_does_not(tmp_path):
    clock = Clock()
    handed = Handed(tmp_path, clock)
    handed.take("f1", "Lan")
    clock.now += HELD - 1
    handed.take("f1", "Lan")  # the page says that somebody is at work
    clock.now += HELD - 1
    assert handed.take("f1", "Minh") == "Lan"
    clock.now += 1
    assert handed.take("f1", "Minh") == ""
    assert handed.names("Lan") == {"f1": "Minh"}


def test_what_a_wrong_clock_wrote_holds_nobody_up(tmp_path):
    clock = Clock()
    Handed(tmp_path, clock).take("f1", "Lan")
    clock.now -= 86_400
    assert Handed(tmp_path, clock).take("f1", "Minh") == ""


@pytest.mark.parametrize("damage", [b"no database" * 40, b""])
def test_a_damaged_file_keeps_nobody_from_working(tmp_path, damage):
    (tmp_path / ".extract").mkdir()
    (tmp_path / ".extract" / "handed.sqlite").write_bytes(damage)
    handed = Handed(tmp_path)
    assert handed.take("f1", "Lan") == ""
    assert handed.busy("Lan") == set()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["Lan", "Minh", "Hoa"]), st.booleans())))
def test_never_do_two_have_the_same_flag(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("run")
    handed, has = Handed(folder), {}
    for flag, who, restarted in steps:
        handed = Handed(folder) if restarted else handed
        if handed.take(flag, who) == "":
            has[who] = flag
        assert len(set(has.values())) == len(has)
        assert handed.names("nobody") == {flag: name for name, flag in has.items()}


def test_one_flag_was_given_to_two_browsers_after_a_restart(tmp_path):
    run = make_run(tmp_path)
    lan = client(run)
    first = shown(lan.get("/next"))
    again = client(run, "Minh")  # another server of the same folder, and somebody else's browser
    assert shown(again.get("/next")) != first
    assert "Lan" in again.get("/").text.split("<main")[1]


def test_two_who_decide_at_once_are_led_to_different_flags(tmp_path):
    lan = client(make_run(tmp_path, texts=4))
    minh = second_browser(lan, "Minh")
    pages = [lan.get("/next").text, minh.get("/next").text]
    led = [b.post("/decide", data=form(p, action="keep"), headers=ORIGIN) for b, p in zip((lan, minh), pages)]
    assert shown(led[0]) != shown(led[1])


def test_the_next_flag_by_its_link_is_none_that_lies_before_another(tmp_path):
    lan = client(make_run(tmp_path, texts=4))
    minh = second_browser(lan, "Minh")
    first = shown(lan.get("/next"))
    second = shown(minh.get("/next"))
    link = re.search(r'href="(/flag[^"]+)" data-key="j"', lan.get("/flag", params={"key": first}).text)[1]
    assert f"key={second}" not in link.replace("%23", "#")


def test_a_page_that_is_worked_at_says_so_to_the_server(tmp_path):
    run = make_run(tmp_path)
    lan = client(run)
    minh = second_browser(lan, "Minh")
    key = shown(lan.get("/next"))
    assert lan.post("/hold", data={"key": key}, headers=ORIGIN).json() == {"other": ""}
    assert minh.post("/hold", data={"key": key}, headers=ORIGIN).json() == {"other": "Lan"}
    assert lan.post("/hold", data={"key": "nothing"}, headers=ORIGIN).status_code == 404
    with sqlite3.connect(run / ".extract" / "handed.sqlite") as db:
        assert db.execute("SELECT flag, who FROM handed").fetchall() == [(key, "Lan")]


def test_the_last_open_flag_is_shown_to_both_with_a_word_on_it(tmp_path):
    lan = client(make_run(tmp_path))
    minh = second_browser(lan, "Minh")
    keys = re.findall(r"/flag\?key=([^&\"]+)", lan.get("/").text)
    for key in dict.fromkeys(keys[1:]):
        page = lan.get(f"/flag?key={key}").text
        lan.post("/decide", data=form(page, action="keep"), headers=ORIGIN)
    left = shown(lan.get("/next"))
    assert shown(minh.get("/next")) == left
    assert key_of(lan.get("/").text, doc=left.split("#")[0])
