"""Every kind of page of the review server, by axe: nobody is kept out."""

import pytest

from tests.review.make_run import doubtful_run, make_run
from tests.review.test_browser import CHROMIUM, browser, go, open_flag, pytestmark, serve, visit  # noqa: F401

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")


def violations(page):
    found = axe_module.Axe().run(page)
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_axe(tmp_path, browser, serve, scheme):  # noqa: F811
    server = serve(make_run(tmp_path))
    page = visit(browser, server)
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == []
    go(page, "j")
    page.fill("#new-value", "68")
    page.wait_for_selector("#tried .bad")
    assert violations(page) == []
    page.goto(f"{server.address}/audit")
    assert violations(page) == []
    page.fill("input[name=answer]", "999")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert violations(page) == []
    page.goto(f"{server.address}/table?doc=anh&table=t01&r=1&c=1")
    assert violations(page) == []
    page.goto(f"{server.address}/document?doc=anh")
    assert violations(page) == []
    for path in ("sheets", "overview", "second", "scan?doc=anh", "applied"):
        page.goto(f"{server.address}/{path}")
        page.wait_for_timeout(200)
        assert violations(page) == [], path
    page.goto(f"{server.address}/?state=done")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sheets_places_and_the_letterhead_break_no_rule_of_axe(tmp_path, browser, serve, scheme):  # noqa: F811
    server = serve(doubtful_run(tmp_path))
    page = visit(browser, server)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server.address}/sheet?doc=anh&table=t01")
    page.keyboard.press("x")
    assert violations(page) == []
    for check in ("letterhead", "Xã"):
        page.goto(f"{server.address}/")
        go_to_flag(page, check)
        assert violations(page) == [], check


def go_to_flag(page, words):
    page.locator(
        ".list td a", has_text={"letterhead": "Ngày ban hành", "Xã": "Xã Suối Mẫu"}[words]
    ).first.click()
    page.locator("#decide").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_relation_and_buttons_are_in_view_without_scrolling(tmp_path, browser, serve, scheme):  # noqa: F811
    page = visit(browser, serve(make_run(tmp_path)))
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme=scheme)
    open_flag(page, "anh")
    for part in (".relation", ".picture img", "button[value=keep]", "button[value=accept]", "#new-value"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert (box["y"] if "img" in part else box["y"] + box["height"]) <= 768
