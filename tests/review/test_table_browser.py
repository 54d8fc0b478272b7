"""Badly read tables put right in the browser by keys alone; what is written equals what a careful person reads."""

from __future__ import annotations

import csv
from contextlib import contextmanager

import pytest

from emit import write_set
from model.document import Document, Metadata, Outcome, Source
from pipeline.ingest import find_inputs
from pipeline.keys import hash_file
from pipeline.run.checked_anew import recheck_document
from pipeline.run.recheck import recheck
from pipeline.workers.ledger import Ledger, ledger_path
from tests.review.grids import table, texts
from tests.review.test_browser import apply_all, browser, playwright, pytestmark, serve, visit  # noqa: F401

HEAD = ["TT", "Đơn vị", "Tiếp nhận", "Giải quyết"]
GOLD = [
    HEAD,
    ["1", "Xã Suối Mẫu", "12", "10"],
    ["2", "Xã Đồi Mẫu", "1.300", "1.250"],
    ["3", "Phường Mẫu", "88", "80"],
    ["", "Tổng cộng", "1.400", "1.340"],
]
GLUED = [
    ["TT", "Đơn vị", "Tiếp nhận"],
    ["1", "Xã Suối Mẫu", "12 10"],
    ["2", "Xã Đồi Mẫu", "1.3001.250"],
    ["3", "Phường Mẫu", "88 80"],
    ["", "Tổng cộng", "1.4001.340"],
]
SLIPPED = [
    [*GOLD[0], ""],
    [*GOLD[1], ""],
    ["2", "", "Xã Đồi Mẫu", "1.300", "1.250"],
    [*GOLD[3], ""],
    [*GOLD[4], ""],
]
TORN = [*GOLD[:2], ["2", "Xã Đồi", "1.300", ""], ["", "Mẫu", "", "1.250"], *GOLD[3:]]
LETTER = [
    ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["HUYỆN MẪU", "Độc lập - Tự do - Hạnh phúc"],
]
DOUBLED = [*GOLD[:3], GOLD[2], ["", "", "", ""], *GOLD[3:]]

# Of each document: its tables as they were read, and the keys that put them right.
CASES = {
    "glued": (
        [table(GLUED)],
        [("go", 1, 2), "S", ("go", 0, 3), ("type", "Giải quyết")],
    ),
    "slipped": ([table(SLIPPED)], [("go", 2, 2), "<", ("go", 0, 4), "X"]),
    "torn": ([table(TORN)], [("go", 2, 0), "m"]),
    "cut": (
        [table(GOLD[:3]), table([HEAD, *GOLD[3:]], table_id="t02", page=2)],
        [("go", 1, 0), "J"],
    ),
    "letter": ([table(LETTER), table(GOLD, table_id="t02")], ["T"]),
    "doubled": ([table(DOUBLED)], [("go", 3, 0), ("mark", 4), "x"]),
}


def make_run(folder, tables):
    """A run of text documents, each with the tables that were read in it."""
    inputs, run = folder / "in", folder / "run"
    inputs.mkdir()
    for name in tables:
        (inputs / f"{name}.txt").write_text(name, "utf-8")
    found = find_inputs([inputs])
    metadata = Metadata(number="1/BC", issuer="Ủy ban nhân dân huyện Mẫu", date="2024-06-30")
    outcomes = [
        Outcome(
            Source(s.doc_id, s.path, s.file, hash_file(s.file)),
            "ok",
            recheck_document(
                Document(
                    Source(s.doc_id, s.path, s.file, hash_file(s.file)),
                    "text",
                    1,
                    metadata,
                    ",",
                    tuple(tables[s.doc_id]),
                )
            ),
            pages=1,
        )
        for s in found.sources
    ]
    write_set(outcomes, run)
    ledger_path(run).parent.mkdir(exist_ok=True)
    ledger = Ledger(ledger_path(run))
    ledger.begin(found, "test")
    ledger.close()
    return run


@contextmanager
def drawn(page):
    """What is done in here is drawn when this ends: the table as it stands then."""
    page.evaluate("document.getElementById('main').dataset.before = 'yes'")
    yield
    playwright.expect(page.locator("#main:not([data-before])")).to_have_count(1)


def press(page, key):
    """A key that changes the table; what became of it is drawn."""
    with drawn(page):
        page.keyboard.press(key)
    assert page.locator(".conflict").count() == 0


def put_right(page, keys):
    """Play the keys; how many were pressed."""
    pressed = 0
    for key in keys:
        if isinstance(key, str):
            press(page, key)
            pressed += 1
            continue
        what, *where = key
        if what == "go":
            at = [int(page.locator(f"#edit [name={name}]").input_value()) for name in ("r", "c")]
            for now, wanted, back, on in zip(
                at, where, ("ArrowUp", "ArrowLeft"), ("ArrowDown", "ArrowRight")
            ):
                for _ in range(abs(wanted - now)):
                    page.keyboard.press(on if wanted > now else back)
                    pressed += 1
        elif what == "mark":
            now = int(page.locator("#edit [name=r]").input_value())
            for _ in range(where[0] - now):
                page.keyboard.press("Shift+ArrowDown")
                pressed += 1
        else:
            page.keyboard.press("Enter")
            page.keyboard.type(where[0])
            press(page, "Enter")
            pressed += 2 + len(where[0])
    return pressed


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def grid_of(rows):
    found = {}
    for row in rows:
        found.setdefault(int(row["row"]), []).append(row["text"])
    return [found[r] for r in sorted(found)]


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path, {name: tables for name, (tables, _) in CASES.items()})


def test_badly_read_tables_are_put_right_by_keys_and_equal_the_gold(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    for name, (_, keys) in CASES.items():
        page.goto(f"{page.url.split('/table')[0].split('/?')[0].rstrip('/')}/table?doc={name}&table=t01")
        assert put_right(page, keys) < 40, name
    page.goto(page.url.split("/table")[0] + "/")
    apply_all(page)

    reviewed = run / "reviewed"
    cells = read_csv(reviewed / "cells.csv")
    gold = table(GOLD)
    for name in CASES:
        own = [c for c in cells if c["doc_id"] == name]
        assert grid_of(own) == texts(gold), name
        columns = {int(c["col"]): c["column"] for c in own}
        assert [columns[c] for c in range(4)] == HEAD, name
        figures = [c for c in own if c["row"] != "0" and c["col"] in "23"]
        assert {c["status"] for c in figures} <= {"proved", "repaired"}, name
        (written,) = (reviewed / "tables" / name).iterdir()
        with written.open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == HEAD, name
    assert not [f for f in read_csv(reviewed / "flags.csv") if f["severity"] == "error"]
    lines = [line["text"] for line in read_csv(reviewed / "lines.csv") if line["doc_id"] == "letter"]
    assert lines[:2] == [" ".join(line) for line in LETTER]


def test_what_was_put_right_is_left_alone_by_the_next_check(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    page.goto(page.url.rstrip("/").split("/?")[0] + "/table?doc=torn&table=t01")
    put_right(page, CASES["torn"][1])
    apply_all(page)
    reviewed = run / "reviewed"
    before = {p.name: p.read_bytes() for p in reviewed.glob("*.csv")}
    summary = recheck(reviewed, jobs=1)
    assert summary.edited == 0
    assert {p.name: p.read_bytes() for p in reviewed.glob("*.csv")} == before


def test_a_change_is_taken_back_by_one_key(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    page.goto(page.url.rstrip("/").split("/?")[0] + "/table?doc=torn&table=t01&r=2&c=0")
    rows = page.locator("#grid tbody tr").count()
    press(page, "m")
    assert page.locator("#grid tbody tr").count() == rows - 1
    press(page, "u")
    assert page.locator("#grid tbody tr").count() == rows


def test_what_cannot_be_done_is_said_and_changes_nothing(run, browser, serve):  # noqa: F811
    page = visit(browser, serve(run))
    page.goto(page.url.rstrip("/").split("/?")[0] + "/table?doc=torn&table=t01&r=1&c=1")
    with drawn(page):
        page.keyboard.press(">")
    assert "không có ô trống" in page.locator(".conflict").inner_text()
    assert page.locator(".history").count() == 0


def test_cells_typed_one_after_another_are_all_kept_though_the_server_dies_meanwhile(run, browser, serve):  # noqa: F811
    server = serve(run)
    page = visit(browser, server)
    page.goto(page.url.rstrip("/").split("/?")[0] + "/table?doc=torn&table=t01&r=1&c=2")
    page.keyboard.press("Enter")
    page.keyboard.type("13")
    page.keyboard.press("Enter")
    for _ in range(100):
        if page.locator("#edit [name=seen]").input_value() != "0":
            break
        page.wait_for_timeout(50)
    server.kill()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("99")
    with drawn(page):
        page.keyboard.press("Enter")
        page.wait_for_selector("#lost:visible")
        serve(run, port=server.port)
    texts_now = page.locator("#grid td").all_inner_texts()
    assert "13" in texts_now and "99" in texts_now
