"""Nothing that is typed or pressed at a table is lost: while rows change, while it is drawn anew, by a reload, by a click
elsewhere, by what others do to it."""

from __future__ import annotations

import pytest

from tests.review.grids import table
from tests.review.test_browser import browser, playwright, pytestmark, serve, visit  # noqa: F401
from tests.review.test_table_browser import CASES, HEAD, drawn, make_run, press

LONG = [HEAD, *([str(n), f"Xã Số {n}", str(n), "1"] for n in range(1, 151))]


@pytest.fixture
def run(tmp_path):
    tables = {name: CASES[name][0] for name in ("torn", "doubled")}
    return make_run(tmp_path, tables | {"long": [table(LONG)]})


def open_table(page, name, row, col):
    page.goto(
        page.url.split("/table")[0].split("/?")[0].rstrip("/")
        + f"/table?doc={name}&table=t01&r={row}&c={col}"
    )


def held_back(page, pattern):
    """Requests that do not go out until they are let go on."""
    held = []

    def hold(route):
        held.append(route)

    page.route(pattern, hold)
    return held


def let_go(page, held, pattern):
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    page.unroute(pattern)


def texts_shown(page):
    return [
        [cell.inner_text() for cell in line.locator("td, th").all()]
        for line in page.locator("#grid tbody tr").all()
    ]


def test_keys_pressed_while_rows_change_are_played_afterwards(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "doubled", 3, 0)
    held = held_back(page, "**/table/edit")
    for key in (
        "x",
        "x",
        "ArrowUp",
        "ArrowRight",
        "ArrowRight",
        "Enter",
        "4",
        "5",
        "Backspace",
        "7",
        "Enter",
        "6",
    ):
        page.keyboard.press(key)
    let_go(page, held, "**/table/edit")
    field = page.locator("#grid input")
    playwright.expect(field).to_have_value("6")
    page.keyboard.press("Escape")
    rows = texts_shown(page)
    assert [row[0] for row in rows[1:4]] == ["1", "2", "3"]
    assert rows[2][2] == "47"
    assert page.locator("#edit [name=r]").input_value() == "3"


def test_keys_pressed_while_the_table_is_drawn_anew_stay_where_they_are_typed(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "torn", 1, 2)
    held = held_back(page, "**/table?*")
    for key in ("1", "3", "Enter"):
        page.keyboard.press(key)
    while not held:  # what was typed is saved, and the table asked for
        page.wait_for_timeout(20)
    page.keyboard.press("ArrowRight")
    for key in ("9", "9"):
        page.keyboard.press(key)
    let_go(page, held, "**/table?*")
    field = page.locator("#grid input")
    page.wait_for_timeout(300)  # in which what came too late would be drawn
    playwright.expect(field).to_be_focused()
    playwright.expect(field).to_have_value("99")
    with drawn(page):
        page.keyboard.press("Enter")
    rows = texts_shown(page)
    assert rows[1][2] == "13"
    assert rows[2][3] == "99"


def test_a_cursor_and_scrolling_stay_where_they_are_when_the_table_is_drawn_anew(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "torn", 1, 2)
    with drawn(page):
        for key in ("1", "3", "Enter", "ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
    assert [page.locator(f"#edit [name={n}]").input_value() for n in ("r", "c")] == ["3", "1"]
    playwright.expect(page.locator("#grid")).to_be_focused()


def test_what_is_being_typed_outlives_a_reload_and_escape_takes_it_back(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "torn", 1, 2)
    page.keyboard.type("139")
    page.reload()
    field = page.locator("#grid input")
    playwright.expect(field).to_have_value("139")
    playwright.expect(field).to_be_focused()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("#grid .cursor").wait_for()
    assert field.count() == 0
    assert texts_shown(page)[1][2] == "12"


def test_a_click_elsewhere_and_a_way_out_keep_what_was_typed(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "torn", 1, 2)
    page.keyboard.type("13")
    page.locator("#grid [data-r='4'][data-c='2']").click()
    page.keyboard.type("89")
    with page.expect_navigation(url="**/?doc=*"):
        page.locator("nav.trail a[data-key=l]").click()
    open_table(page, "torn", 1, 2)
    rows = texts_shown(page)
    assert rows[1][2] == "13"
    assert rows[4][2] == "89"


def test_cells_that_no_server_took_are_told_elsewhere_and_saved_by_their_table(run, browser, serve):  # noqa: F811
    server = serve(run)
    page = visit(browser, server)
    kept = '[{"row": "1", "col": "2", "text": "13", "was": "12"}]'  # as a page leaves it whose server is gone
    page.evaluate("kept => localStorage.setItem('typed torn t01', kept)", kept)
    page.goto(f"{server.address}/")
    told = page.locator("main .conflict a")
    playwright.expect(told).to_contain_text("torn t01")
    told.click()
    page.locator("#grid .cursor").wait_for()
    playwright.expect(page.locator("#grid [data-r='1'][data-c='2']")).to_have_text("13")
    page.goto(f"{server.address}/")
    playwright.expect(page.locator(".list")).to_be_visible()
    assert told.count() == 0


def cursor(page):
    return [int(page.locator(f"#edit [name={name}]").input_value()) for name in ("r", "c")]


def test_what_others_change_in_a_table_is_in_the_way_of_nobody_at_another_cell(run, browser, serve):  # noqa: F811
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    open_table(first, "torn", 4, 2)
    open_table(second, "torn", 1, 0)
    press(second, "x")  # what stands below goes up
    with drawn(first):
        for key in ("8", "9", "Enter"):
            first.keyboard.press(key)
    assert [row[2] for row in texts_shown(first)] == ["Tiếp nhận", "1.300", "", "89", "1.400"]
    assert cursor(first) == [4, 2]


def test_of_two_texts_for_one_cell_the_later_is_told_that_it_is_not_saved(run, browser, serve):  # noqa: F811
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    for page in (first, second):
        open_table(page, "torn", 4, 2)
    for page, digit in ((first, "5"), (second, "7")):
        with drawn(page):
            for key in (digit, "Enter"):
                page.keyboard.press(key)
    assert texts_shown(second)[4][2] == "5"
    told = second.locator("#lost").inner_text()
    assert "“7”" in told and "“5”" in told


def test_a_text_for_a_row_that_is_gone_is_told(run, browser, serve):  # noqa: F811
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    for page in (first, second):
        open_table(page, "doubled", 3, 2)
    press(first, "x")
    with drawn(second):
        for key in ("7", "Enter"):
            second.keyboard.press(key)
    assert "“7”" in second.locator("#lost").inner_text()


def test_a_long_table_goes_on_under_the_cursor(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "long", 0, 1)
    shown = page.locator("#grid [data-r]").last.get_attribute("data-r")
    assert int(shown) < len(LONG) - 1
    for _ in range(len(LONG) - 1):
        page.keyboard.press("ArrowDown")
    playwright.expect(page.locator("#edit [name=r]")).to_have_value(str(len(LONG) - 1))
    assert page.locator("#grid .cursor").inner_text() == "Xã Số 150"
    for _ in range(len(LONG) - 1):
        page.keyboard.press("ArrowUp")
    playwright.expect(page.locator("#edit [name=r]")).to_have_value("0")
