import html
import json
import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image

from emit import read_outcomes, write_set
from model.errors import EditedSetError
from model.flag import Flag
from review.app import create_app
from tests.review.desk_client import ORIGIN, TOKEN, client, form, key_of, read_csv
from tests.review.make_run import LONG_TEXT, doubtful_run, long_text_run, make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path)


def test_the_list_puts_errors_first_and_counts_all(run):
    page = client(run).get("/").text
    assert "0 / 6" in page
    severities = re.findall(r'<tr class="(error|warning|info)">', page)
    assert severities == ["error", "warning"] * 3  # table by table, the gravest first


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=suoi mau", 3), ("severity=error", 3), ("kind=spelling", 3), ("doc=anh", 2), ("q=khong co", 0)],
)
def test_filters_and_search_without_diacritics(run, query, count):
    page = client(run).get(f"/?state=open&{query}").text
    assert len(re.findall(r'<tr class="(?:error|warning|info)"', page)) == count


def test_a_flag_shows_its_relation_readings_and_table(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text, doc='anh')}").text
    assert "31 + 12 + 24 = 67 ≠ 76" in page
    assert "Ghi “67”" in page  # another reading, which is proposed too: one key away, and told once
    assert 'value="value:67"' not in page
    assert 'class="read num at in-row"' in page
    assert page.count('class="read num related') == 3


def test_the_page_picture_is_a_png(run):
    browser = client(run)
    answer = browser.get(f"/image?key={key_of(browser.get('/').text, doc='anh')}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG")


def test_a_text_input_shows_its_lines(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    assert re.search(r'class="marked"><b>5</b> \tTỔNG CỘNG\t76', page)


def test_a_typed_value_is_tried_before_it_is_saved(run):
    browser = client(run)
    key = key_of(browser.get("/").text)
    assert "lệch" in browser.get(f"/try?key={key}&new=70").text
    assert "khớp" in browser.get(f"/try?key={key}&new=67").text
    assert "Không phải là số" in browser.get(f"/try?key={key}&new=bảy").text


def test_where_no_relation_holds_nothing_is_called_well(run):
    browser = client(run)
    key = key_of(browser.get("/?kind=spelling").text)
    page = browser.get(f"/try?key={key}&new=9999").text
    assert "khớp" not in page
    assert "Không có quan hệ" in page


def test_accepting_shows_what_it_will_write(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    assert "Ghi “67”" in page


def flag_of(browser, words):
    """The page of the flag whose line in the list says that."""
    found = re.search(rf'/flag\?key=([^&"]+)[^>]*>[^<]*{words}', browser.get("/").text)
    return browser.get(f"/flag?key={found[1]}").text


def test_another_reading_is_one_key(tmp_path):
    run = doubtful_run(tmp_path)
    browser = client(run)
    page = flag_of(browser, "Ô 12 chưa rõ")
    assert re.search(r'value="value:72" data-key="1"', page)
    browser.post("/decide", data=form(page, action="value:72"), headers=ORIGIN)
    browser.post("/apply", headers=ORIGIN)
    cells = read_csv(run / "reviewed" / "cells.csv")
    read = next(c for c in cells if (c["row"], c["col"]) == ("2", "2"))
    assert (read["value"], read["raw"]) == ("72", "12")


def test_ink_that_nobody_can_read_stays_in_doubt_but_comes_no_more(tmp_path):
    run = doubtful_run(tmp_path)
    browser = client(run)
    before = len(read_csv(run / "flags.csv"))
    answer = browser.post(
        "/decide", data=form(flag_of(browser, "Ô 12 chưa rõ"), action="unreadable"), headers=ORIGIN
    )
    assert answer.status_code == 200
    assert "Ô 12 chưa rõ." not in re.findall(r"Ô \d+ chưa rõ\.", browser.get("/").text)
    assert "Ô 12 chưa rõ." in browser.get("/?state=done").text
    browser.post("/apply", headers=ORIGIN)
    left = read_csv(run / "reviewed" / "flags.csv")
    assert len(left) == before  # a figure is right, or it is flagged
    assert "Ô 12 chưa rõ." in [f["message"] for f in left]
    cells = read_csv(run / "reviewed" / "cells.csv")
    assert next(c for c in cells if (c["row"], c["col"]) == ("2", "2"))["status"] == "doubtful"


def test_a_long_text_is_led_through_word_by_word(tmp_path):
    run = long_text_run(tmp_path)
    browser = client(run)
    page = flag_of(browser, "hai lần đọc")
    told = json.loads(html.unescape(re.search(r"data-words='([^']*)'", page)[1]))
    assert "".join(text + gap for text, gap, _, _ in told) == LONG_TEXT
    assert [(text, rivals[0]) for text, _, rivals, _ in told if rivals] == [("12,", "72,"), ("7", "1")]
    browser.post(
        "/decide",
        data=form(page, action="value", new=LONG_TEXT.replace("12,", "72,")),
        headers=ORIGIN,
    )
    browser.post("/apply", headers=ORIGIN)
    cells = read_csv(run / "reviewed" / "cells.csv")
    assert next(c for c in cells if (c["row"], c["col"]) == ("1", "1"))["text"] == LONG_TEXT.replace(
        "12", "72"
    )


def doubted(outcome):
    """The document with one figure in doubt, under a flag."""
    table = outcome.document.tables[0]
    rows = [list(row) for row in table.rows]
    rows[1][2] = replace(rows[1][2], status="doubtful", confidence=0.4)
    flag = Flag("reading", "warning", "Khó đọc.", "t01", 1, 2, 1, found="31", check="reading")
    table = replace(table, rows=tuple(map(tuple, rows)))
    flags = (*outcome.document.flags, flag)
    return replace(outcome, document=replace(outcome.document, tables=(table,), flags=flags))


def test_read_rightly_settles_a_doubtful_cell(run):
    write_set([doubted(o) for o in list(read_outcomes(run))], run)
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/?kind=reading').text)}").text
    browser.post("/decide", data=form(page, action="read"), headers=ORIGIN)
    browser.post("/apply", headers=ORIGIN)
    cells = read_csv(run / "reviewed" / "cells.csv")
    cell = next(c for c in cells if (c["doc_id"], c["row"], c["col"]) == ("bao-cao-0000", "1", "2"))
    assert (cell["status"], cell["confidence"], cell["value"]) == ("read", "1.000", "31")


def test_a_set_edited_by_hand_is_checked_before_it_is_reviewed(run):
    text = (run / "cells.csv").read_text("utf-8-sig")
    (run / "cells.csv").write_text(text.replace("TỔNG CỘNG", "Tổng"), "utf-8-sig")
    with pytest.raises(EditedSetError, match="edited by hand"):
        create_app(run, TOKEN, "Lan")


def test_accept_then_apply_writes_a_corrected_set_and_an_audit_trail(run):
    browser = client(run)
    before = {p.name: p.read_bytes() for p in run.glob("*.csv")}
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    answer = browser.post("/decide", data=form(page, action="accept", reason="xem lại"), headers=ORIGIN)
    assert answer.status_code == 200
    assert "1 / 6" in answer.text
    assert browser.post("/apply", headers=ORIGIN).status_code == 200
    cells = read_csv(run / "reviewed" / "cells.csv")
    total = next(c for c in cells if (c["doc_id"], c["row"], c["col"]) == ("bao-cao-0000", "4", "2"))
    assert (total["value"], total["raw"]) == ("67", "76")
    flags = read_csv(run / "reviewed" / "flags.csv")
    assert not [f for f in flags if f["doc_id"] == "bao-cao-0000" and f["kind"] == "total"]
    (audit,) = read_csv(run / "reviewed" / "audit.csv")
    assert (audit["who"], audit["old"], audit["new"], audit["applied"]) == ("Lan", "76", "67", "true")
    assert {p.name: p.read_bytes() for p in run.glob("*.csv")} == before


def test_keep_as_printed_settles_the_flag_and_changes_no_figure(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    browser.post("/decide", data=form(page, action="keep"), headers=ORIGIN)
    browser.post("/apply", headers=ORIGIN)
    cells = read_csv(run / "reviewed" / "cells.csv")
    total = next(c for c in cells if (c["doc_id"], c["row"], c["col"]) == ("bao-cao-0000", "4", "2"))
    assert total["value"] == "76"
    flags = read_csv(run / "reviewed" / "flags.csv")
    assert not [f for f in flags if f["doc_id"] == "bao-cao-0000" and f["kind"] == "total"]


def with_twin_flags(run):
    """The run with each total flagged twice, on its figure and on its label."""
    doubled = []
    for outcome in read_outcomes(run):
        total = outcome.document.flags[0]
        flags = (*outcome.document.flags, replace(total, col=1, message="Dòng tổng chưa rõ."))
        doubled.append(replace(outcome, document=replace(outcome.document, flags=flags)))
    write_set(doubled, run)


@pytest.mark.parametrize(("fields", "done"), [({"action": "keep"}, 2), ({"action": "value", "new": "67"}, 1)])
def test_one_decision_for_all_alike_stays_in_its_document_and_copies_nothing_typed(run, fields, done):
    with_twin_flags(run)
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    browser.post("/decide", data=form(page, alike="1", **fields), headers=ORIGIN)
    made = browser.app.state.desk.store.everything()
    assert len(made) == done
    assert {d.subject.doc_id for d in made} == {"bao-cao-0000"}
    assert len({d.together for d in made}) == 1


def test_undo_brings_the_flag_back(run):
    browser = client(run)
    key = key_of(browser.get("/").text)
    browser.post("/decide", data=form(browser.get(f"/flag?key={key}").text, action="dismiss"), headers=ORIGIN)
    page = browser.get(f"/flag?key={key}").text
    ident = re.search(r'name="id" value="(\d+)"', page)[1]
    key_field = re.search(r'name="key" value="([^"]+)"', page)[1]
    browser.post("/undo", data={"id": ident, "key": key_field}, headers=ORIGIN)
    assert "0 / 6" in browser.get("/").text


def test_a_second_reviewer_is_told_of_the_first(run):
    lan, minh = client(run, "Lan"), client(run, "Minh")
    key = key_of(lan.get("/").text)
    shown_to_minh = minh.get(f"/flag?key={key}").text
    lan.post("/decide", data=form(lan.get(f"/flag?key={key}").text, action="keep"), headers=ORIGIN)
    answer = minh.post("/decide", data=form(shown_to_minh, action="accept"), headers=ORIGIN)
    assert answer.status_code == 409
    assert "Lan" in answer.text


def test_decisions_that_no_longer_fit_are_named_and_not_applied(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    browser.post("/decide", data=form(page, action="accept"), headers=ORIGIN)
    documents = (run / "documents.csv").read_text("utf-8-sig")
    (run / "documents.csv").write_text(
        re.sub(r"(?m)^(bao-cao-0000,[^,]*,)[0-9a-f]{64}", r"\g<1>" + "f" * 64, documents), "utf-8-sig"
    )
    again = client(run)
    answer = again.post("/apply", headers=ORIGIN)
    assert "tệp gốc đã thay đổi" in answer.text
    cells = read_csv(run / "reviewed" / "cells.csv")
    assert not [c for c in cells if c["doc_id"] == "bao-cao-0000" and c["value"] == "67"]


def test_english(run):
    browser = client(run)
    answer = browser.post("/language", data={"to": "en", "back": "/"}, headers=ORIGIN)
    assert "Review what was read" in answer.text


@pytest.mark.parametrize("action", ["structure", "place", "metadata", "second", "undo", "drop"])
def test_only_what_is_decided_on_flags_is_taken_for_a_decision(run, action):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    assert browser.post("/decide", data=form(page, action=action), headers=ORIGIN).status_code == 400
    assert browser.get("/").status_code == 200


def test_a_cell_in_which_nothing_is_printed_is_emptied(run):
    browser = client(run)
    page = browser.get(f"/flag?key={key_of(browser.get('/').text)}").text
    browser.post("/decide", data=form(page, action="value:∅"), headers=ORIGIN)
    browser.post("/apply", headers=ORIGIN)
    (cell,) = [
        c
        for c in read_csv(run / "reviewed" / "cells.csv")
        if (c["doc_id"], c["row"], c["col"]) == ("bao-cao-0000", "4", "2")
    ]
    assert (cell["text"], cell["value"], cell["status"]) == ("", "", "repaired")


def ink_of(run, **more):
    """The print of a tall cell, as a picture."""
    asked = urlencode({"doc": "anh", "page": 1, "box": "40,60,400,230", **more})
    answer = client(run).get(f"/ink?{asked}")
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.content))


def test_the_ink_of_a_tall_cell_is_shown_without_the_white_round_its_print(tmp_path):
    run = make_run(tmp_path, texts=0)
    whole, trimmed = ink_of(run), ink_of(run, trim=1)
    assert trimmed.width == whole.width
    assert trimmed.height <= whole.height
    dark = np.asarray(whole.convert("L")) < 140
    kept = np.asarray(trimmed.convert("L")) < 140
    assert kept.sum() >= 0.9 * dark[10:-10, 10:-10].sum()  # nothing that is printed goes


def test_ink_without_print_is_shown_as_it_is(tmp_path):
    run = make_run(tmp_path, texts=0)
    asked = urlencode({"doc": "anh", "page": 1, "box": "5,5,30,30", "trim": 1})
    assert client(run).get(f"/ink?{asked}").status_code == 200


def test_the_letterhead_is_mended_beside_its_page_with_what_was_left_to_the_pen_marked(tmp_path):
    page = client(doubtful_run(tmp_path)).get("/document?doc=anh").text
    marks = json.loads(html.unescape(re.search(r"data-marks='([^']*)'", page)[1]))
    assert {"page": 1, "box": [300.0, 60.0, 500.0, 76.0], "kind": "at"} in marks


def test_a_document_without_pages_has_no_picture_beside_its_letterhead(run):
    assert "data-marks" not in client(run).get("/document?doc=bao-cao-0000").text
