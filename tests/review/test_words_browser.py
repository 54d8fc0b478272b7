"""A long text at its flag, in the browser: led from doubt to doubt, any word found and typed, all by keyboard."""

from __future__ import annotations

import pytest

from tests.review.make_run import LONG_TEXT, long_text_run
from tests.review.test_browser import apply_all, browser, playwright, pytestmark, read_csv, serve, visit  # noqa: F401


@pytest.fixture
def page(tmp_path, browser, serve):  # noqa: F811
    page = visit(browser, serve(long_text_run(tmp_path)))
    page.locator(".list td a").first.click()
    page.locator("#words button").first.wait_for()
    return page


def press(page, *keys):
    for key in keys:
        if len(key) == 1:
            page.keyboard.type(key)
        else:
            page.keyboard.press(key)


def said(page):
    """What would be written."""
    return page.evaluate(
        "() => [...document.querySelectorAll('#words > *')].map((p) => (p.querySelector('ins, span') || p).textContent).join(' ')"
    )


def written(page, tmp_path):
    page.locator("#words").wait_for(state="detached")
    apply_all(page)
    cells = read_csv(tmp_path / "run" / "reviewed" / "cells.csv")
    return next(c["text"] for c in cells if (c["row"], c["col"]) == ("1", "1"))


def test_doubts_are_led_through_and_written(page, tmp_path):
    playwright.expect(page.locator("#words button")).to_have_count(2)
    assert page.locator("#rivals button").first.inner_text().startswith("72,")
    press(page, "1")  # and on to the next doubt
    playwright.expect(page.locator("#words [aria-current]")).to_contain_text("7")
    press(page, "Enter")
    assert written(page, tmp_path) == LONG_TEXT.replace("12,", "72,")


def test_a_word_taken_is_put_back(page):
    press(page, "1", "C", "0")
    assert said(page) == LONG_TEXT
    press(page, "c", "c")  # round to the first, and on
    playwright.expect(page.locator("#words [aria-current]")).to_have_text("7")


def test_a_doubtful_word_is_typed(page, tmp_path):
    press(page, "v", *"15,", "Enter", "a")
    assert written(page, tmp_path) == LONG_TEXT.replace("12,", "15,")


def test_any_word_is_found_by_its_letters_and_typed(page, tmp_path):
    press(page, "w", *"doi", "Enter", *"cạnh", "Enter")
    assert "phường Mẫu, cạnh diện" in said(page)
    press(page, ".", "v", "Delete", "Enter", "a")
    assert written(page, tmp_path) == LONG_TEXT.replace("đối diện", "cạnh")


def test_the_next_word_that_begins_so_is_one_key_on(page):
    press(page, "w", *"ma", "ArrowDown")
    playwright.expect(page.locator("#words .found")).to_have_text("Mẫu")
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('#words > *')].findIndex((p) => p.matches('.found'))"
        )
        == 16
    )


def test_the_whole_text_is_edited_in_one_field(page, tmp_path):
    press(page, "V")
    field = page.locator("#new-value")
    playwright.expect(field).to_be_focused()
    playwright.expect(field).to_have_value(LONG_TEXT)
    press(page, "Control+a", *"Chợ xã", "Enter")
    assert written(page, tmp_path) == "Chợ xã"


def test_what_was_edited_whole_is_kept_when_the_field_is_left(page):
    press(page, "V", "Control+a", *"Chợ xã", "Escape")
    playwright.expect(page.locator("#words")).to_be_visible()
    assert said(page) == "Chợ xã"


def test_words_taken_survive_a_reload_and_go_with_the_decision(page):
    press(page, "1")
    page.reload()
    page.locator("#words .put").wait_for()
    assert "72," in said(page)
    press(page, "a")
    page.locator("#words").wait_for(state="detached")
    assert page.evaluate("() => Object.keys(localStorage).filter((k) => k.startsWith('keep'))") == []


def test_r_says_that_the_text_was_read_rightly(page, tmp_path):
    press(page, "1", "r")
    assert written(page, tmp_path) == LONG_TEXT


def test_a_held_key_takes_one_word(page):
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.up("1")
    assert said(page) == LONG_TEXT.replace("12,", "72,")


def test_the_only_doubt_decides_the_text(tmp_path, browser, serve):  # noqa: F811
    page = visit(browser, serve(long_text_run(tmp_path, doubts=1)))
    page.locator(".list td a").first.click()
    page.locator("#words button").first.wait_for()
    press(page, "1")
    assert written(page, tmp_path) == LONG_TEXT.replace("12,", "72,")
