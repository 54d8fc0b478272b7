"""What a key does at a flag, in the browser: a reading is mended, another figure chosen, a letterhead filled in, all
doubts of a table settled at once."""

from __future__ import annotations

import re

import pytest

from tests.review.make_run import doubtful_run
from tests.review.test_browser import apply_all, browser, playwright, pytestmark, read_csv, serve, visit  # noqa: F401


@pytest.fixture
def page(tmp_path, browser, serve):  # noqa: F811
    return visit(browser, serve(doubtful_run(tmp_path)))


def at_flag(page, words):
    """Open the flag whose line says that."""
    page.locator(".list td a", has_text=words).first.click()
    page.locator("#decide").wait_for()


def pressed(page, *keys):
    """Press keys, the last of which leads to another flag or page."""
    was = page.url
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url != was)


def go_to_tile(page, text):
    """Move the cursor of a sheet to the tile that was read so."""
    tiles = page.locator(".tile")
    at = [tile.locator(".said").inner_text() for tile in tiles.all()].index(text)
    for _ in range(at):
        page.keyboard.press("ArrowRight")
    playwright.expect(tiles.nth(at)).to_have_class(re.compile("cursor"))
    return tiles.nth(at)


def cells_of(run):
    return {c["row"]: c for c in read_csv(run / "reviewed" / "cells.csv") if c["col"] == "2"}


def test_the_doubtful_sign_is_mended_in_three_keys(page, tmp_path):
    at_flag(page, "Ô 31 chưa rõ")
    assert page.locator("#new-value").get_attribute("data-doubt") == "1,2"
    pressed(page, "c", "8", "Enter")
    apply_all(page)
    assert cells_of(tmp_path / "run")["1"]["value"] == "38"


def test_another_figure_of_the_relation_is_put_right_from_the_flag(page, tmp_path):
    at_flag(page, "Tổng cộng Số hồ sơ")
    for _ in range(4):
        if page.locator("#decide [name=at]").count() and "t01:2:2" in page.url.replace("%3A", ":"):
            break
        pressed(page, "]")
    playwright.expect(page.locator("[role=status] b")).to_have_text("12")
    pressed(page, "v", *"21", "Enter")
    apply_all(page)
    assert cells_of(tmp_path / "run")["2"]["value"] == "21"


def test_one_key_says_of_day_and_month_that_the_paper_leaves_them_blank(page, tmp_path):
    at_flag(page, "Ngày ban hành")
    pressed(page, "r")
    apply_all(page)
    left = read_csv(tmp_path / "run" / "reviewed" / "flags.csv")
    assert not [f for f in left if f["check"].startswith("letterhead")]
    audit = read_csv(tmp_path / "run" / "reviewed" / "audit.csv")
    assert len(audit) == 2 and len({a["together"] for a in audit}) == 1


def test_digits_begin_the_day_of_a_letterhead(page, tmp_path):
    at_flag(page, "Ngày ban hành")
    for key in "15/11":
        page.keyboard.press(key)
    playwright.expect(page.locator("#tried")).to_contain_text("15/11/2024")
    pressed(page, "Enter")
    apply_all(page)
    (document,) = read_csv(tmp_path / "run" / "reviewed" / "documents.csv")
    assert document["date"] == "2024-11-15"


def held_back(page):
    """The script that asks the server, which does not come until it is let go on."""
    held = []

    def hold(route):
        held.append(route)

    page.route("**/htmx.min.js*", hold)
    return held


def test_what_is_typed_before_the_page_can_ask_is_tried_all_the_same(page):
    held = held_back(page)
    page.locator(".list td a", has_text="Ngày ban hành").first.click()
    page.locator("#new-value").wait_for()
    for key in "15/11":
        page.keyboard.press(key)
    playwright.expect(page.locator("#new-value")).to_have_value("15/11")
    assert held
    held[0].continue_()
    playwright.expect(page.locator("#tried")).to_contain_text("15/11/2024")


def test_what_was_kept_is_tried_after_a_reload(page):
    at_flag(page, "Ngày ban hành")
    page.keyboard.type("15/11")
    page.reload()
    playwright.expect(page.locator("#new-value")).to_have_value("15/11")
    playwright.expect(page.locator("#tried")).to_contain_text("15/11/2024")


def test_what_is_searched_before_the_page_can_ask_is_found(page):
    held = held_back(page)
    page.reload(wait_until="commit")
    page.locator("#search").fill("letterhead nothing")
    assert held
    held[0].continue_()
    playwright.expect(page.locator(".list td a")).to_have_count(0)


def test_all_doubts_of_a_table_on_one_screen_and_back_to_the_next_flag(page, tmp_path):
    at_flag(page, "Tổng cộng Số hồ sơ")
    pressed(page, "s")
    playwright.expect(page.locator(".tile .said")).to_have_count(5)
    go_to_tile(page, "12")
    page.keyboard.press("1")
    playwright.expect(page.locator(".tile.cursor .said")).to_have_text("72")
    page.keyboard.press("0")
    page.keyboard.press("1")
    pressed(page, "Enter")
    assert "/flag?" in page.url
    apply_all(page)
    cells = cells_of(tmp_path / "run")
    assert [(cells[r]["text"], cells[r]["status"]) for r in "12"] == [("31", "read"), ("72", "repaired")]


def open_sheet(page):
    at_flag(page, "Tổng cộng Số hồ sơ")
    pressed(page, "s")
    playwright.expect(page.locator(".tile .said")).to_have_count(5)


def test_on_a_sheet_a_reading_is_typed_anew_and_tab_goes_on(page, tmp_path):
    open_sheet(page)
    tile = go_to_tile(page, "31")
    page.keyboard.press("v")
    playwright.expect(tile.locator("input[type=text]")).to_be_focused()
    page.keyboard.type("2k")
    page.keyboard.press("Tab")
    playwright.expect(tile).not_to_have_class(re.compile("cursor"))
    playwright.expect(page.locator(".tile.cursor")).to_have_count(1)
    pressed(page, "Enter")
    apply_all(page)
    assert cells_of(tmp_path / "run")["1"]["value"] == "2000"


def test_on_a_sheet_the_doubtful_sign_is_mended(page, tmp_path):
    open_sheet(page)
    tile = go_to_tile(page, "12")
    page.keyboard.press("c")
    playwright.expect(tile.locator("input[type=text]")).to_be_focused()
    page.keyboard.press("9")
    playwright.expect(tile.locator("input[type=text]")).to_have_value("92")
    page.keyboard.press("Enter")
    playwright.expect(tile.locator("input[type=text]")).not_to_be_focused()
    pressed(page, "Enter")
    apply_all(page)
    assert cells_of(tmp_path / "run")["2"]["value"] == "92"


def test_what_the_document_says_elsewhere_is_suggested_and_taken_by_an_arrow(page):
    """Without marks, and nothing is put into the field by itself: what puts marks on letters takes letters back."""
    open_sheet(page)
    tile = go_to_tile(page, "Xã Suối Mẫu")
    field = tile.locator("input[type=text]")
    page.keyboard.press("v")
    playwright.expect(field).to_have_attribute("data-known", "yes")
    page.keyboard.type("phuong")
    playwright.expect(field).to_have_value("phuong")
    playwright.expect(tile.locator(".suggestion")).to_have_text("→ Phường Mẫu")
    page.keyboard.press("ArrowRight")
    playwright.expect(field).to_have_value("Phường Mẫu")
    playwright.expect(tile.locator(".suggestion")).to_have_text("")
    page.keyboard.press("ArrowLeft")  # moves the caret, as everywhere
    page.keyboard.type("x")
    playwright.expect(field).to_have_value("Phường Mẫxu")


def test_arrows_lead_from_one_part_of_a_sheet_to_the_other(page):
    open_sheet(page)
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    last = page.locator(".tile").last
    top = last.bounding_box()["y"]
    assert page.locator(".tile.cursor").bounding_box()["y"] == top
    for _ in range(6):
        page.keyboard.press("ArrowUp")
    assert page.locator(".tile.cursor").bounding_box()["y"] == page.locator(".tile").first.bounding_box()["y"]
