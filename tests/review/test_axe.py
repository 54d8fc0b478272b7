"""Every kind of page of the review server, by axe: nobody is kept out."""

import pytest

from tests.review.make_run import doubtful_run, make_run
from tests.review.test_browser import (  # noqa: F401
    CHROMIUM,
    apply_all,
    browser,
    go,
    open_flag,
    pytestmark,
    serve,
    visit,
)

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")


def violations(page):
    found = axe_module.Axe().run(page)
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]]


LOOKS = [("light", 1280), ("dark", 1280), ("dark", 390)]  # 390: a phone
looks = pytest.mark.parametrize(("scheme", "width"), LOOKS)


def opened(browser, server, scheme, width):  # noqa: F811
    page = visit(browser, server, width)
    page.emulate_media(color_scheme=scheme)
    return page


def check(page, server, *paths):
    """Open pages of a server, each of which has to be there, and ask axe."""
    for path in paths:
        answer = page.goto(f"{server.address}/{path}")
        assert answer.status == 200, path
        page.locator("h1, .dots, .list, main").first.wait_for()
        assert violations(page) == [], path


@looks
def test_no_page_breaks_a_rule_of_axe(tmp_path, browser, serve, scheme, width):  # noqa: F811
    server = serve(make_run(tmp_path))
    page = opened(browser, server, scheme, width)
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
    check(page, server, "table?doc=anh&table=t01&r=1&c=1", "document?doc=anh", "sheets", "overview", "second")
    check(page, server, "scan?doc=anh", "?state=done")
    page.goto(server.address)
    apply_all(page)
    assert violations(page) == []
    page.locator(".who summary").click()
    page.locator(".who form.second button").click()
    page.locator("input[value^=http]").wait_for()
    assert violations(page) == []


@looks
def test_sheets_places_and_the_letterhead_break_no_rule_of_axe(tmp_path, browser, serve, scheme, width):  # noqa: F811
    server = serve(doubtful_run(tmp_path))
    page = opened(browser, server, scheme, width)
    page.goto(f"{server.address}/sheet?doc=anh&table=t01")
    page.keyboard.press("v")
    page.locator(".tile input[type=text]").first.wait_for()
    page.keyboard.type("Ph")
    assert violations(page) == []
    for words in ("letterhead", "Xã"):
        page.goto(f"{server.address}/")
        go_to_flag(page, words)
        assert violations(page) == [], words


@looks
def test_the_second_reading_breaks_no_rule_of_axe(tmp_path, browser, serve, scheme, width):  # noqa: F811
    """With a cell to read, and with two readings that differ."""
    run = make_run(tmp_path)
    first = opened(browser, serve(run), scheme, width)
    open_flag(first, "anh")
    first.fill("#new-value", "67")
    with first.expect_navigation(wait_until="load"):
        first.keyboard.press("Enter")
    server = serve(run, "Minh", share=1.0)
    second = opened(browser, server, scheme, width)
    second.goto(f"{server.address}/second")
    second.locator("form[action='/second/read']").wait_for()
    assert violations(second) == []
    second.fill("input[name=text]", "61")
    with second.expect_navigation(wait_until="load"):
        second.keyboard.press("Enter")
    server = serve(run, "Bưởi", share=1.0)
    third = opened(browser, server, scheme, width)
    third.goto(f"{server.address}/second")
    third.locator("form[action='/second/settle']").first.wait_for()
    assert violations(third) == []


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
