"""Batches of cells typed, filled down or pasted, as the page sends them."""

import json

import pytest

from review.typed_cells import batch_of
from tests.review.desk_client import ORIGIN, client
from tests.review.make_run import make_run

DOC = "bao-cao-0000"


def sent(browser, *cells, doc=DOC):
    names = ("row", "col", "text", "was")
    body = {"doc": doc, "table": "t01", "cells": [dict(zip(names, cell)) for cell in cells]}
    return browser.post("/table/cells", content=json.dumps(body), headers=ORIGIN)


def texts(browser):
    frame = browser.app.state.desk.draft(DOC).frame("t01")
    return [slot[2].cell.text for slot in frame.slots]


def test_a_batch_is_written_and_undone_as_one(tmp_path):
    browser = client(make_run(tmp_path))
    before = texts(browser)
    answer = sent(browser, ("1", "2", "32", "31"), ("2", "2", "13", "12"))
    assert answer.json()["refused"] == []
    assert texts(browser) == [before[0], "32", "13", *before[3:]]
    browser.post("/table/undo", data={"doc": DOC, "table": "t01"}, headers=ORIGIN)
    assert texts(browser) == before


def test_a_batch_whose_answer_was_lost_is_not_written_twice(tmp_path):
    browser = client(make_run(tmp_path))
    first = sent(browser, ("1", "2", "32", "31")).json()
    assert sent(browser, ("1", "2", "32", "31")).json() == first
    assert len(browser.app.state.desk.store.everything()) == 1


def test_cells_that_say_something_else_or_are_no_more_are_refused_by_themselves(tmp_path):
    browser = client(make_run(tmp_path))
    told = sent(browser, ("1", "2", "32", "77"), ("2", "2", "13", "12"), ("n09", "2", "5", "")).json()
    assert told["refused"] == [{"text": "32", "now": "31"}, {"text": "5"}]
    assert texts(browser)[1:3] == ["31", "13"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"doc": "d", "table": "t01"}',
        b'{"doc": "d", "table": "t01", "cells": ["x"]}',
        b'{"doc": "d", "table": "t01", "cells": [{"row": 1, "col": "2", "text": "", "was": ""}]}',
        b'{"doc": "d", "table": "t01", "cells": ' + json.dumps([{}] * 6000).encode() + b"}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_batch_is_refused(tmp_path, body):
    with pytest.raises(ValueError):
        batch_of(body)
    assert client(make_run(tmp_path)).post("/table/cells", content=body, headers=ORIGIN).status_code == 400


def test_a_batch_for_an_unknown_document_is_refused_and_so_is_one_of_another_page(tmp_path):
    browser = client(make_run(tmp_path))
    assert sent(browser, ("1", "2", "32", "31"), doc="other").status_code == 404
    assert browser.post("/table/cells", content=b"{}", headers={"origin": "http://evil"}).status_code == 403
