"""Many cells at once, by keys: filled down, copied and pasted, emptied, rows parted and inserted; each taken back as one."""

from __future__ import annotations

import pytest

from tests.review.grids import table
from tests.review.test_browser import browser, playwright, pytestmark, serve, visit  # noqa: F401
from tests.review.test_table_browser import GOLD, drawn, make_run, press
from tests.review.test_table_keys_browser import held_back, let_go, open_table, texts_shown

MISREAD = [
    ["TT", "Đơn vị", "Lĩnh vực", "Số"],
    ["1", "Xã Suối Mẫu", "Khám bệnh, chữa bệnh", "12"],
    ["2", "Xã Đồi Mẫu", "Khám bênh. chữa bênh", "30"],
    ["3", "Phường Mẫu", "Khám bênh. chua bệnh", "88"],
    ["", "Tổng cộng", "", "130"],
]
STACKED = [
    ["TT", "Đơn vị", "Số"],
    ["1 2", "Xã Mẫu", "12 30"],
    ["3 4", "Xã Thử", "5 6"],
    ["", "Tổng cộng", "53"],
]
FIELD = "Khám bệnh, chữa bệnh"


@pytest.fixture
def run(tmp_path):
    return make_run(
        tmp_path, {"misread": [table(MISREAD)], "stacked": [table(STACKED)], "gold": [table(GOLD)]}
    )


def column(page, at):
    return [row[at] for row in texts_shown(page)]


def mark(page, *keys):
    for key in keys:
        page.keyboard.press(f"Shift+{key}")


def paste(page, text):
    """What somebody copied in another program is pasted."""
    page.evaluate(
        """text => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const target = document.activeElement;
          target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_what_the_first_marked_row_says_is_filled_down_and_taken_back_as_one(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 1, 2)
    mark(page, "ArrowDown", "ArrowDown")
    press(page, "D")
    assert column(page, 2) == ["Lĩnh vực", FIELD, FIELD, FIELD, ""]
    press(page, "u")
    assert column(page, 2) == [row[2] for row in MISREAD]


def test_one_cell_says_what_the_one_above_says(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 2, 2)
    press(page, "D")
    assert column(page, 2) == ["Lĩnh vực", FIELD, FIELD, MISREAD[3][2], ""]


def test_a_heading_is_not_filled_into_the_cells_below_it(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 1, 2)
    page.keyboard.press("D")
    page.keyboard.press("ArrowDown")
    press(page, "D")  # had the first been filled, it would be filled on
    assert column(page, 2)[:3] == ["Lĩnh vực", FIELD, FIELD]


def test_a_block_is_copied_and_pasted(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 1, 1)
    mark(page, "ArrowDown", "ArrowRight")
    copied = page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
          return clipboardData.getData("text/plain");
        }"""
    )
    assert copied == "\n".join("\t".join(row[1:3]) for row in MISREAD[1:3])
    open_table(page, "misread", 3, 1)
    with drawn(page):
        paste(page, copied)
    assert [row[1:3] for row in texts_shown(page)[3:]] == [row[1:3] for row in MISREAD[1:3]]
    press(page, "u")
    assert texts_shown(page) == MISREAD


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("7\n8\n9\n", ["7", "8", "9", "1.400"]),
        ("7\r\n8\r\n", ["7", "8", "88", "1.400"]),
        ('"7"\n"1.2\n00"\n', ["7", "1.2 00", "88", "1.400"]),
        ('"nói ""thế"""\n', ['nói "thế"', "1.300", "88", "1.400"]),
    ],
)
def test_a_column_of_another_program_is_pasted(run, browser, serve, block, wanted):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "gold", 1, 2)
    with drawn(page):
        paste(page, block)
    assert column(page, 2)[1:] == wanted


def test_one_text_is_pasted_into_all_marked_cells(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 1, 2)
    mark(page, "ArrowDown", "ArrowDown")
    with drawn(page):
        paste(page, "Đất đai")
    assert column(page, 2)[1:4] == ["Đất đai"] * 3


def test_a_block_larger_than_what_is_left_is_refused_whole(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "gold", 3, 2)
    paste(page, "1\n2\n3")
    told = page.locator("#lost")
    playwright.expect(told).to_contain_text("3 dòng")
    playwright.expect(told).to_contain_text("còn 2 dòng")
    assert texts_shown(page) == GOLD


def test_marked_cells_are_emptied(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 2, 2)
    mark(page, "ArrowDown")
    press(page, "Delete")
    assert column(page, 2) == ["Lĩnh vực", FIELD, "", "", ""]
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    page.locator("nav.trail a[data-key=l]").focus()
    page.keyboard.press("Delete")  # meant for no cell
    page.locator("#grid").focus()
    page.keyboard.press("ArrowDown")
    press(page, "D")
    assert column(page, 2) == ["Lĩnh vực", FIELD, FIELD, "", ""]


def test_marked_rows_go_apart_together_and_as_many_come_as_are_marked(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "stacked", 1, 0)
    mark(page, "ArrowDown")
    press(page, "s")
    apart = [["1", "Xã Mẫu", "12"], ["2", "", "30"], ["3", "Xã Thử", "5"], ["4", "", "6"]]
    assert texts_shown(page)[1:5] == apart
    press(page, "u")
    assert texts_shown(page) == STACKED
    mark(page, "ArrowDown")
    press(page, "o")
    assert texts_shown(page)[3:5] == [["", "", ""]] * 2


def test_a_cell_that_another_changed_is_refused_and_the_rest_of_the_batch_is_written(run, browser, serve):  # noqa: F811
    first, second = visit(browser, serve(run, "Lan")), visit(browser, serve(run, "Minh"))
    for page in (first, second):
        open_table(page, "misread", 1, 2)
    second.keyboard.press("ArrowDown")
    with drawn(second):
        paste(second, "Đất đai")
    mark(first, "ArrowDown", "ArrowDown")
    press(first, "D")
    assert column(first, 2)[1:4] == [FIELD, "Đất đai", FIELD]
    assert "“Đất đai”" in first.locator("#lost").inner_text()


def test_what_was_filled_down_while_the_server_was_gone_is_written_by_the_next(run, browser, serve):  # noqa: F811
    server = serve(run)
    page = visit(browser, server)
    open_table(page, "misread", 1, 2)
    mark(page, "ArrowDown", "ArrowDown")
    server.kill()
    page.keyboard.press("D")
    page.wait_for_selector("#lost:visible")
    serve(run, port=server.port)
    page.reload()
    for row in (2, 3):
        playwright.expect(page.locator(f"#grid [data-r='{row}'][data-c='2']")).to_have_text(FIELD)


def test_a_page_asked_for_before_cells_were_written_shows_them_all_the_same(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 1, 2)
    mark(page, "ArrowDown", "ArrowDown")
    batches = held_back(page, "**/table/cells")
    page.keyboard.press("D")
    while not batches:
        page.wait_for_timeout(20)

    def overtaken(route):
        before = route.fetch()
        with page.expect_response("**/table/cells"):
            batches[0].continue_()
        page.wait_for_timeout(200)  # for the page that is left to hear of it
        route.fulfill(response=before)

    page.route("**/table?*", overtaken, times=1)
    page.reload()
    for row in (2, 3):
        playwright.expect(page.locator(f"#grid [data-r='{row}'][data-c='2']")).to_have_text(FIELD)


def test_a_key_pressed_while_rows_change_fills_down_afterwards(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "misread", 3, 2)
    held = held_back(page, "**/table/edit")
    for key in ("x", "ArrowUp", "D"):
        page.keyboard.press(key)
    with drawn(page):
        let_go(page, held, "**/table/edit")
    playwright.expect(page.locator("#grid [data-r='2'][data-c='2']")).to_have_text(FIELD)
    assert column(page, 2) == ["Lĩnh vực", FIELD, FIELD, ""]


def test_a_title_that_is_typed_slowly_is_not_drawn_over(run, browser, serve):  # noqa: F811
    """The table is drawn anew a while after a cell was saved, and took with it what stood in the field."""
    page = visit(browser, serve(run))
    open_table(page, "gold", 1, 2)
    field = page.locator("main input[name=title]")
    for key in ("1", "3", "Enter", "N"):
        page.keyboard.press(key)
    playwright.expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Biểu 01.")
    page.wait_for_timeout(1500)  # twice as long as nothing need be typed for it
    page.keyboard.type(" Tiếp nhận")
    playwright.expect(field).to_have_value("Biểu 01. Tiếp nhận")
    with drawn(page):
        page.keyboard.press("Enter")
    playwright.expect(field).to_have_value("Biểu 01. Tiếp nhận")


def test_the_title_of_a_table_is_typed_and_taken_back(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    open_table(page, "gold", 1, 2)
    field = page.locator("main input[name=title]")
    before = field.input_value()
    page.keyboard.press("1")  # a cell, saved while the title is typed
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.keyboard.press("N")
    playwright.expect(field).to_be_focused()
    page.keyboard.type("Biểu 01. Tiếp nhận và giải quyết")
    with drawn(page):
        page.keyboard.press("Enter")
    playwright.expect(field).to_have_value("Biểu 01. Tiếp nhận và giải quyết")
    assert texts_shown(page) == [GOLD[0], [*GOLD[1][:2], "13", GOLD[1][3]], *GOLD[2:]], "no row went with it"
    page.locator("#grid").focus()
    press(page, "u")
    playwright.expect(field).to_have_value(before)
