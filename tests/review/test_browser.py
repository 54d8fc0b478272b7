"""The review page in a real browser: list to `reviewed/`, by keyboard, by two people, through a crash."""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.review.make_run import make_run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true",
        reason="Chromium is not installed (apt-get install chromium)",
    ),
]

TOKEN = "b" * 43
SERVER = """
import sys
from pathlib import Path
import uvicorn
from review.app import create_app
from review.people import Twice
folder, port, user, token, share = sys.argv[1:]
app = create_app(Path(folder), token, user, None, "s" * 43, Twice(float(share)))
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")
"""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Server:
    """A review server in its own process, so that it can be killed."""

    def __init__(self, folder, user="Lan", port=0, share=0.1):
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-c", SERVER, str(folder), str(self.port), user, TOKEN, str(share)]
        self.process = subprocess.Popen(command)
        self._wait()

    def _wait(self):
        for _ in range(900):
            try:
                urlopen(self.address, timeout=2).close()
                return
            except OSError as error:
                if getattr(error, "code", None):  # it answers, if only to say no
                    return
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def serve():
    started = []

    def start(folder, user="Lan", port=0, share=0.1):
        started.append(Server(folder, user, port, share))
        return started[-1]

    yield start
    for server in started:
        server.kill()


def visit(browser, server, width=1280):
    """A page that has traded the token for its cookie; fails on any request that leaves this machine."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.on("request", lambda r: None if r.url.startswith((server.address, "data:")) else pytest.fail(r.url))
    page.goto(f"{server.address}/?token={TOKEN}")
    return page


def go(page, key):
    """Press a key that leads to another page, and wait until that page is there with its script."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def open_flag(page, doc):
    """Click the first flag of a document in the list.

    A search still under way pushes the list's own address, which is a navigation too: the flag's is waited for.
    """
    with page.expect_navigation(url="**/flag?*", wait_until="load"):
        page.click(f".list tbody:has-text('{doc}') td a")


def search(page, text):
    """Search the list and wait until what was found stands in it: a click on a line that goes is lost."""
    page.fill("#search", text)
    page.wait_for_url(re.compile(re.escape(quote(text))))
    playwright.expect(
        page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
    ).to_have_count(0)


def apply_all(page):
    """Press Apply and wait until it is done."""
    page.click("header form[action='/apply'] button")
    page.wait_for_selector(".done", timeout=60_000)


def picture_width(page):
    """The width of the page picture once it has come (its policy lets no condition be polled in the page)."""
    image = page.locator(".picture img")
    for _ in range(100):
        width = image.evaluate("img => img.naturalWidth")
        if width:
            return width
        page.wait_for_timeout(100)
    return 0


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_way_by_mouse(tmp_path, browser, serve):
    run = make_run(tmp_path)
    page = visit(browser, serve(run))
    assert "token" not in page.url
    search(page, "tong cong")
    playwright.expect(page.locator(".list td a")).to_have_count(3)
    open_flag(page, "anh")
    assert page.locator(".relation output").inner_text() == "31 + 12 + 24 = 67 ≠ 76"
    assert picture_width(page) > 300
    page.fill("#new-value", "68")
    page.wait_for_selector("#tried .bad")
    page.fill("#new-value", "67")
    page.wait_for_selector("#tried .ok")
    page.fill("#reason", "đọc lại trên ảnh")
    with page.expect_navigation(wait_until="load"):
        page.click("button[value=value]")
    assert "1 / 6" in page.locator("header").inner_text()
    apply_all(page)
    assert "1" in page.locator("main").inner_text()
    (audit,) = read_csv(run / "reviewed" / "audit.csv")
    assert (audit["action"], audit["new"], audit["reason"]) == ("value", "67", "đọc lại trên ảnh")
    cell = next(
        c
        for c in read_csv(run / "reviewed" / "cells.csv")
        if (c["doc_id"], c["row"], c["col"]) == ("anh", "4", "2")
    )
    assert cell["value"] == "67"


def test_the_whole_way_by_keyboard(tmp_path, browser, serve):
    run = make_run(tmp_path)
    page = visit(browser, serve(run))
    go(page, "j")
    page.keyboard.press("v")
    page.keyboard.type("67")
    page.wait_for_selector("#tried .ok")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    go(page, "k")
    go(page, "a")
    assert "3 / 6" in page.locator("header").inner_text()
    go(page, "d")
    go(page, "l")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_undo_by_keyboard(tmp_path, browser, serve):
    page = visit(browser, serve(make_run(tmp_path)))
    go(page, "j")
    address = page.url
    go(page, "k")
    page.goto(address)
    assert "1 / 6" in page.locator("header").inner_text()
    go(page, "u")
    assert "0 / 6" in page.locator("header").inner_text()


def test_a_hostile_name_and_text_do_nothing(tmp_path, browser, serve):
    page = visit(browser, serve(make_run(tmp_path, texts=0, hostile=True)))
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    open_flag(page, "đậm")
    page.wait_for_selector(".sheet")
    assert "<script>" in page.locator(".sheet").inner_text()
    assert page.title().endswith("Kiểm tra kết quả đọc")
    assert not dialogs
    assert page.locator(".where b").count() == 0


def test_two_browsers_at_once(tmp_path, browser, serve):
    run = make_run(tmp_path)
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    for page in (first, second):
        open_flag(page, "anh")
    with first.expect_navigation():
        first.click("button[value=keep]")
    second.click("button[value=accept]")
    second.wait_for_selector(".conflict")
    assert "Lan" in second.locator(".conflict").inner_text()
    with second.expect_navigation():
        second.click("button[value=accept]")
    apply_all(second)
    audit = read_csv(run / "reviewed" / "audit.csv")
    assert [(a["who"], a["action"], a["in_force"]) for a in audit] == [
        ("Lan", "keep", "false"),
        ("Minh", "accept", "true"),
    ]


def test_a_killed_server_started_again_has_lost_nothing(tmp_path, browser, serve):
    run = make_run(tmp_path)
    server = serve(run)
    page = visit(browser, server)
    go(page, "j")
    go(page, "k")
    server.kill()
    again = serve(run, port=server.port)
    page.goto(f"{again.address}/")
    assert "1 / 6" in page.locator("header").inner_text()


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_nothing_runs_over_the_edge(tmp_path, browser, serve, width):
    page = visit(browser, serve(make_run(tmp_path)), width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    go(page, "j")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_typed_outlives_a_reload_and_a_dead_server(tmp_path, browser, serve):
    run = make_run(tmp_path)
    server = serve(run)
    page = visit(browser, server)
    open_flag(page, "anh")
    page.keyboard.press("v")
    page.keyboard.type("67")
    page.reload()
    assert page.input_value("#new-value") == "67"
    server.kill()
    page.click("button[value=value]")
    playwright.expect(page.locator("#lost")).to_be_visible()
    assert page.input_value("#new-value") == "67"
    serve(run, port=server.port)
    with page.expect_navigation():
        page.click("button[value=value]")
    assert "1 / 6" in page.locator("header").inner_text()


def test_what_is_typed_outlives_a_conflict(tmp_path, browser, serve):
    run = make_run(tmp_path)
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    for page in (first, second):
        open_flag(page, "anh")
    second.fill("#new-value", "67")
    with first.expect_navigation():
        first.click("button[value=keep]")
    second.click("button[value=value]")
    playwright.expect(second.locator(".conflict")).to_contain_text("Lan")
    assert second.input_value("#new-value") == "67"


def test_a_held_key_decides_once(tmp_path, browser, serve):
    run = make_run(tmp_path)
    page = visit(browser, serve(run))
    go(page, "j")
    with page.expect_navigation(wait_until="load"):
        for _ in range(6):  # a key that is down goes on sending
            page.keyboard.down("k")
    for _ in range(6):
        page.keyboard.down("k")
    page.wait_for_timeout(300)
    assert "1 / 6" in page.locator("header").inner_text()


def test_nothing_decided_comes_back_as_next_and_what_is_put_off_comes_last(tmp_path, browser, serve):
    page = visit(browser, serve(make_run(tmp_path)))
    go(page, "j")
    seen = [page.locator("h1").inner_text() + page.url.split("key=")[1].split("&")[0]]
    go(page, "z")
    for _ in range(5):
        seen.append(page.locator("h1").inner_text() + page.url.split("key=")[1].split("&")[0])
        go(page, "d")
    assert len(set(seen)) == 6
    assert page.locator("h1").inner_text() in seen[0]  # the one put off is the last
    go(page, "d")
    assert "6 / 6" in page.locator("header").inner_text()
