"""The picture of a page in the browser: what was asked for last is shown, with its own marks."""

from __future__ import annotations

import io

from PIL import Image

from tests.review.make_run import make_run
from tests.review.test_browser import browser, playwright, pytestmark, serve, visit  # noqa: F401
from tests.review.test_table_keys_browser import held_back, let_go


def png(width, height):
    made = io.BytesIO()
    Image.new("L", (width, height), 255).save(made, "PNG")
    return made.getvalue()


def test_a_page_that_comes_late_does_not_hide_the_one_asked_for_after_it(tmp_path, browser, serve):  # noqa: F811
    """A table of page 2 was marked on page 1, whose answer had come after that of page 2."""
    server = serve(make_run(tmp_path))
    page = visit(browser, server)
    page.route("**/page.json?*page=2", lambda route: route.fulfill(json={"width": 400, "height": 300}))
    page.route("**/page?*page=2", lambda route: route.fulfill(body=png(400, 300), content_type="image/png"))
    held = held_back(page, "**/page.json?*page=1")
    page.goto(f"{server.address}/?doc=anh&state=open")
    page.keyboard.press("j")
    page.wait_for_function("() => (document.querySelector('main .viewer') || {}).viewer")
    page.evaluate(
        """() => {
          const { viewer } = document.querySelector("main .viewer");
          window.first = viewer.latest;
          viewer.pages = 2;
          viewer.marks = [{ page: 2, box: [10, 10, 60, 30], kind: "at" }];
          return viewer.show(2);
        }"""
    )
    with page.expect_event("requestfinished", lambda r: r.url.endswith("page=1") and "json" in r.url):
        let_go(page, held, "**/page.json?*page=1")
    page.evaluate(
        "async () => { await fetch('/alive'); await window.first; }"
    )  # the late answer is there by now
    shown = page.locator("main .viewer img")
    assert shown.get_attribute("src").endswith("page=2")
    playwright.expect(page.locator("main .viewer .mark.at")).to_have_count(1)
    assert page.evaluate("() => document.querySelector('main .viewer').viewer.size.width") == 400
