"""A page tells the server that somebody works at its flag, and says when another has it."""

from __future__ import annotations

from tests.review.make_run import make_run
from tests.review.test_browser import browser, playwright, pytestmark, serve, visit  # noqa: F401

LONG_MS = 150_000  # of a clock that the test sets


def test_whoever_works_at_a_page_keeps_its_flag_and_is_told_of_another(tmp_path, browser, serve):  # noqa: F811
    server = serve(make_run(tmp_path))
    page = visit(browser, server)
    page.clock.install()
    page.goto(f"{server.address}/")
    page.keyboard.press("j")
    page.locator("#decide").wait_for()
    page.route("**/hold", lambda route: route.fulfill(json={"other": "Minh"}))
    page.keyboard.press("Shift")  # too soon to say anything
    page.clock.fast_forward(LONG_MS)
    with page.expect_request("**/hold") as asked:
        page.keyboard.press("Shift")
    assert "key=" in asked.value.post_data
    playwright.expect(page.locator("#also-open")).to_have_text("Minh đang xem chỗ này.")
    page.clock.fast_forward(LONG_MS)
    with page.expect_request("**/hold"):
        page.mouse.down()
    playwright.expect(page.locator("#also-open")).to_have_count(1)


def test_another_browser_is_asked_for_a_name_and_begins_elsewhere(tmp_path, browser, serve):  # noqa: F811
    server = serve(make_run(tmp_path))
    lan = visit(browser, server)
    lan.keyboard.press("j")
    lan.locator("#decide").wait_for()
    own = lan.locator("#decide [name=key]").input_value()
    lan.locator(".who summary").click()
    lan.locator("form[action='/invite'] button").click()
    address = lan.locator("main input[readonly]").input_value()
    minh = browser.new_context().new_page()
    minh.goto(address)
    field = minh.locator("main input[name=name]")
    playwright.expect(field).to_be_focused()
    minh.keyboard.type("Minh")
    minh.keyboard.press("Enter")
    playwright.expect(minh.locator("[data-key=j]")).to_be_visible()
    playwright.expect(minh.locator("main")).to_contain_text("Lan đang xem")
    minh.keyboard.press("j")
    minh.locator("#decide").wait_for()
    assert minh.locator("#decide [name=key]").input_value() != own
