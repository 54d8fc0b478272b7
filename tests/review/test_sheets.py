import re
from dataclasses import replace

import pytest

from emit import write_set
from model.document import Outcome, Source
from model.flag import Flag
from model.geometry import Box
from model.table import Table
from pipeline.run.checked_anew import recheck_document
from review.sheets import sheets_of
from tests.review.desk_client import ORIGIN, client
from tests.review.grids import document, table
from tests.review.test_document_page import post, read_csv

GRID = [
    ["TT", "Đơn vị", "Số"],
    *[[str(n), f"Xã số {n}", text] for n, text in enumerate(("3", "3", "8", "3", "12"), 1)],
]


def doubted(grid: Table, rows=(1, 2, 3, 4, 5)) -> Table:
    """The table on a page, its figures in some rows in doubt."""
    return replace(
        grid,
        rows=tuple(
            tuple(
                replace(
                    cell,
                    box=Box(40.0 * cell.col, 20.0 * cell.row, 40.0 * cell.col + 38, 20.0 * cell.row + 18),
                    status="doubtful" if cell.col == 2 and cell.row in rows else cell.status,
                )
                for cell in line
            )
            for line in grid.rows
        ),
    )


def base():
    """A document whose column of figures is in doubt, with a flag on one of them."""
    flag = Flag("reading", "warning", "Ô này chưa rõ.", "t01", 3, 2, 1, found="8", check="table")
    return replace(document(doubted(table(GRID))), flags=(flag,))


def test_a_column_with_doubts_is_a_sheet():
    found = sheets_of("d", base(), base().flags)
    assert [(s.table_id, s.col, [t.text for t in s.tiles]) for s in found] == [
        ("t01", 2, ["3", "3", "8", "3", "12"])
    ]


@pytest.mark.parametrize(
    ("texts", "names"), [(("3", "3", "3", "3", "1"), ["3"]), (("3", "3", "3", "1", "1"), [])]
)
def test_cells_read_as_one_text_are_a_sheet_where_one_of_them_is_in_doubt(texts, names):
    grid = [GRID[0], *[[*line[:2], text] for line, text in zip(GRID[1:], texts)]]
    found = sheets_of("d", document(doubted(table(grid), rows=(1,))), ())
    assert [s.text for s in found] == names


@pytest.fixture
def run(tmp_path):
    source = Source("d", "d.png", str(tmp_path / "d.png"), "00")
    checked = recheck_document(replace(base(), source=source))
    write_set([Outcome(source, "ok", checked, pages=1)], tmp_path / "run")
    return tmp_path / "run"


def test_a_sheet_is_confirmed_as_one_batch_and_its_flags_are_settled(run):
    browser = client(run)
    left = browser.app.state.desk.progress()
    page = browser.get("/sheet?doc=d&table=t01&col=2").text
    shown = dict(re.findall(r'name="(shown\.[^"]+)" value="([^"]*)"', page))
    assert len(shown) == 5
    post(
        browser, "/sheet/confirm", doc="d", table="t01", col="2", text="", **shown,
        **{"wrong.t01.5.2": "1", "text.t01.5.2": "13"},
    )  # fmt: skip
    browser.app.state.desk.current.state("d", fresh=True)
    now = browser.app.state.desk.progress()
    assert now.total - now.done < left.total - left.done
    assert browser.get("/sheets?doc=d").text.count("/sheet?") == 0
    assert browser.post("/apply", headers=ORIGIN).status_code == 200
    cells = {c["row"]: c for c in read_csv(run / "reviewed" / "cells.csv") if c["col"] == "2"}
    assert [(cells[r]["text"], cells[r]["status"]) for r in "345"] == [
        ("8", "read"),
        ("3", "read"),
        ("13", "repaired"),
    ]
    audit = read_csv(run / "reviewed" / "audit.csv")
    assert len({a["together"] for a in audit}) == 1
    assert [a["action"] for a in audit] == ["read"] * 4 + ["value"]
    browser.app.state.desk.store.undo("Lan", int(audit[0]["id"]))
    assert browser.app.state.desk.store.standing() == []


def test_a_tile_that_says_something_else_by_now_is_left_alone(run):
    browser = client(run)
    post(browser, "/sheet/confirm", doc="d", table="t01", col="2", text="", **{"shown.t01.1.2": "7"})
    assert browser.app.state.desk.store.everything() == []


def test_the_doubtful_cells_of_a_table_are_a_sheet_and_what_is_taken_is_written(tmp_path):
    flags = tuple(
        Flag("reading", "warning", f"Ô {r} chưa rõ.", "t01", r, 2, 1, found="?", check="table")
        for r in (1, 2, 3, 4)
    )
    source = Source("d", "d.png", str(tmp_path / "d.png"), "00")
    checked = recheck_document(replace(document(doubted(table(GRID))), flags=flags, source=source))
    write_set([Outcome(source, "ok", checked, pages=1)], tmp_path / "run")
    browser = client(tmp_path / "run")
    (address,) = set(re.findall(r"/sheet\?[^\"]+", browser.get("/flag?key=" + first_key(browser)).text))
    page = browser.get(address.replace("&amp;", "&")).text
    shown = dict(re.findall(r'name="((?:shown|back)\.[^"]+)" value="([^"]*)"', page))
    assert len([name for name in shown if name.startswith("shown")]) == 5
    post(browser, "/sheet/confirm", doc="d", table="t01", text="", **shown, **{"take.t01.3.2": "6"})
    browser.post("/apply", headers=ORIGIN)
    cells = {c["row"]: c for c in read_csv(tmp_path / "run" / "reviewed" / "cells.csv") if c["col"] == "2"}
    assert [(cells[r]["text"], cells[r]["status"]) for r in "123"] == [
        ("3", "read"),
        ("3", "read"),
        ("6", "repaired"),
    ]


def first_key(browser):
    return re.findall(r"/flag\?key=([^&\"]+)", browser.get("/").text)[0]
