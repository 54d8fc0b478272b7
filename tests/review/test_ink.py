"""Every flag of a scan shows where it is: its cell, its row, its line, or its whole table on each of its pages."""

from dataclasses import replace

import pytest

from model.document import RunningLine
from model.flag import Flag
from model.geometry import Box
from review.folder import DocumentRow, flag_row
from review.ink import line_of, marks_of
from tests.review.grids import document, table

GRID = [["TT", "Đơn vị", "Số"], ["1", "Xã Suối Mẫu", "12"], ["2", "Xã Đồi Mẫu", "30"]]
DAY = "Mẫu, ngày 34 tháng 5 năm 2019"
LINES = (
    RunningLine(1, 1, "Theo báo cáo ngày 34 tháng 5 năm 2019 của xã", "", Box(40, 60, 300, 74)),
    RunningLine(1, 2, DAY, DAY, Box(300, 80, 500, 94)),
    RunningLine(2, 3, DAY, DAY, Box(300, 80, 500, 94)),
    RunningLine(1, None, "[t01]", "[t01]"),
)


def scan():
    grid = table(GRID)
    rows = tuple(
        tuple(
            replace(
                c, page=1 + (r > 1), box=Box(10 + 50 * c.col, 100 + 20 * r, 60 + 50 * c.col, 120 + 20 * r)
            )
            for c in row
        )
        for r, row in enumerate(grid.rows)
    )
    return replace(document(replace(grid, rows=rows)), running=LINES)


def marked(**said):
    source = DocumentRow("d", "d.pdf", "00", "ok", "", "", "", "", 2, "", 0)
    flag = flag_row(source, "f", Flag("reading", "warning", "…", **said), "")
    return [(m["page"], tuple(m["box"]), m["kind"]) for m in marks_of(scan(), flag)], line_of(scan(), flag)


def test_a_flag_on_a_whole_table_shows_it_on_all_its_pages():
    marks, line = marked(table_id="t01", page=1)
    assert marks == [(1, (10, 100, 160, 140), "at"), (2, (10, 140, 160, 160), "at")]
    assert line is None


def test_a_flag_on_a_row_shows_the_row_alone():
    marks, _ = marked(table_id="t01", row=1, page=1)
    assert {kind for *_, kind in marks} == {"row-mark"}
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ({"found": "ngày 34 tháng 5", "context": DAY, "page": 1}, (300, 80, 500, 94)),
        ({"found": "ngày 34 tháng 5", "page": 1}, (40, 60, 300, 74)),
        ({"found": "34 tháng 5", "context": DAY, "page": 2}, (300, 80, 500, 94)),
        ({"found": "ngày 35", "context": DAY, "page": 1}, None),
        ({"found": "", "context": DAY, "page": 1}, None),
    ],
)
def test_a_flag_on_the_running_text_shows_its_line(said, box):
    marks, line = marked(**said)
    assert marks == ([] if box is None else [(said["page"], box, "at")])
    assert (line is None) == (box is None)


def test_a_place_of_its_own_comes_first():
    marks, _ = marked(found="ngày 34 tháng 5", context=DAY, page=1, box=Box(1, 2, 3, 4))
    assert marks == [(1, (1, 2, 3, 4), "at")]
