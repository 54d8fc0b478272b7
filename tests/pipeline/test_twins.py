"""The same report twice: found, held against each other, counted once."""

import csv
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pipeline.run.batch import RunOptions, run
from pipeline.run.copies import Line, Report, are_same, better, differences
from pipeline.run.recheck import recheck

HEAD = "ỦY BAN NHÂN DÂN\nHUYỆN ĐỊNH HÓA\n\nSố: {number}/BC-UBND\n\nBÁO CÁO\n\nSTT\tXã\tTiếp nhận 30/6/2024\tĐúng hạn\n"
ROWS = [("Kim Phượng", 1250, 1198), ("Điềm Mặc", 874, 870), ("Phú Đình", 2043, 2001), ("Bảo Linh", 651, 644),
        ("Thanh Định", 433, 421)]  # fmt: skip


def text(rows, number="12", total=True):
    lines = [f"{n}\t{name}\t{a}\t{b}" for n, (name, a, b) in enumerate(rows, 1)]
    sums = [f"\tTổng\t{sum(r[1] for r in rows)}\t{sum(r[2] for r in rows)}"] if total else []
    return HEAD.format(number=number) + "\n".join([*lines, *sums]) + "\n"


def read(tmp_path, **files):
    (tmp_path / "in").mkdir()
    for name, data in files.items():
        (tmp_path / "in" / f"{name.replace('_', '.')}").write_text(data, "utf-8")
    run([tmp_path / "in"], tmp_path / "out", RunOptions(jobs=1))
    return tmp_path / "out"


def rows_of(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same_as(out):
    return {row["doc_id"]: row["same_as"] for row in rows_of(out, "documents")}


def changed(row, col, value):
    rows = [list(r) for r in ROWS]
    rows[row][col] = value
    return [tuple(r) for r in rows]


def test_a_copy_is_marked_and_its_figures_count_once(tmp_path):
    web = "<html><table>" + "".join(
        "<tr>" + "".join(f"<td>{v}</td>" for v in line.split("\t")) + "</tr>"
        for line in text(ROWS).split("\n\n")[-1].strip().split("\n")
    ) + "</table></html>"  # fmt: skip
    out = read(
        tmp_path, a_txt=text(ROWS), b_html=web, c_txt=text([(n, a + 17, b + 3) for n, a, b in ROWS], "13")
    )
    assert same_as(out) == {"a": "", "b": "a", "c": ""}
    assert {row["doc_id"] for row in rows_of(out, "observations")} == {"a", "c"}
    assert not [
        row for row in rows_of(out, "flags") if row["kind"] == "cross_document" and row["doc_id"] == "b"
    ]


def test_copies_that_differ_are_flagged_in_both(tmp_path):
    out = read(tmp_path, a_txt=text(ROWS), b_txt=text(changed(2, 2, 2010), total=False))
    assert same_as(out) == {"a": "", "b": "a"}
    flags = [row for row in rows_of(out, "flags") if row["kind"] == "cross_document"]
    assert {(f["doc_id"], f["found"], f["expected"]) for f in flags} == {
        ("a", "2001", "2010"),
        ("b", "2010", "2001"),
    }
    assert all("Phú Đình" in f["message"] for f in flags)


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        ("13", ROWS),  # the same figures under another number
        ("12", [(n, a + 5, b + 1) for n, a, b in ROWS]),  # the next month's
        ("12", [*ROWS[:2], ("Lam Vỹ", 317, 311), ("Linh Thông", 298, 290), ("Quy Kỳ", 540, 533)]),
    ],
)
def test_other_reports_are_no_copies(number, rows, tmp_path):
    out = read(tmp_path, a_txt=text(ROWS), b_txt=text(rows, number))
    assert set(same_as(out).values()) == {""}


def test_checking_again_changes_no_byte_of_a_set_with_copies(tmp_path):
    out = read(tmp_path, a_txt=text(ROWS), b_txt=text(changed(2, 2, 2010)))
    before = {p.name: p.read_bytes() for p in out.glob("*.csv")}
    recheck(out)
    assert {p.name: p.read_bytes() for p in out.glob("*.csv")} == before


def test_a_correction_that_makes_copies_agree_takes_their_flags_back(tmp_path):
    out = read(tmp_path, a_txt=text(ROWS, total=False), b_txt=text(changed(2, 2, 2010), total=False))
    path = out / "cells.csv"
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    edited = [
        line.replace(",2010,2010,2010,", ",2001,2010,2001,") if line.startswith("b,") else line
        for line in lines
    ]
    assert edited != lines
    path.write_text("".join(edited), "utf-8-sig")
    recheck(out)
    assert not [row for row in rows_of(out, "flags") if row["kind"] == "cross_document"]
    assert same_as(out) == {"a": "", "b": "a"}


def test_three_copies_have_one_best(tmp_path):
    shutil.rmtree(tmp_path / "in", ignore_errors=True)
    out = read(tmp_path, a_txt=text(ROWS), b_txt=text(ROWS) + "\n", c_txt=text(ROWS) + "\n\n")
    assert sorted(same_as(out).values()) == ["", "a", "a"]


REPORT = Report("a", "ocr", "12/BC-UBND", "2024-06-30", 10)


@pytest.mark.parametrize(
    ("other", "shared", "same"),
    [
        (Report("b", "office", "12/BC-UBND", "2024-06-30", 10), 10, True),
        (Report("b", "office", "", "", 10), 6, True),
        (Report("b", "office", "/BC-UBND", "2024-06", 9), 6, True),  # its number was not read
        (Report("b", "office", "", "", 10), 5, False),
        (Report("b", "office", "", "", 40), 10, False),  # a part of the other
        (Report("b", "office", "13/BC-UBND", "2024-06-30", 10), 10, False),
        (Report("b", "office", "", "2024-07-31", 10), 10, False),
        (Report("b", "office", "012/BC-UBND", "", 2), 2, False),
    ],
)
def test_what_tells_a_copy(other, shared, same):
    assert are_same(REPORT, other, shared) == are_same(other, REPORT, shared) == same


def test_print_is_better_than_ink_and_fewer_doubts_than_more():
    scan, word = REPORT, Report("b", "office", "", "", 10, 5)
    assert better(scan, word) == better(word, scan) == word
    assert better(scan, Report("c", "ocr", "", "", 10, 1)) == scan


def test_rows_that_only_lie_in_the_same_place_are_not_compared():
    def line(label, *values):
        return Line("t01", 1, label, tuple(enumerate(values)))

    above, below = line("Mục một", "125", "77"), line("Mục ba", "312", "99")
    one = [above, line("Xã An Bình", "12", "30"), below]
    assert list(differences("a", one, "b", [above, line("Phường Trung Tâm", "45", "61"), below])) == []
    assert len(list(differences("a", one, "b", [above, line("Xã An Binh", "12", "31"), below]))) == 2
