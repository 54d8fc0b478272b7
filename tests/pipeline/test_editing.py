"""Twenty-odd ways in which people and programs hand a set back: nothing changes but what was edited."""

import csv
import io
import random
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pandas
import pytest

from emit import read_outcomes, write_set
from emit.columns import FILES
from emit.spreadsheet import same
from model.document import Document, Outcome, Source
from model.errors import EditedSetError
from model.geometry import Box
from model.table import Cell, Column, Table
from model.value import Value
from pipeline.run.recheck import recheck

EXPECTED = Path("samples/expected")
NAMES = [s.file for s in FILES]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The samples' set as the program writes it."""
    folder = tmp_path_factory.mktemp("set") / "out"
    write_set(read_outcomes(EXPECTED), folder)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    return Path(shutil.copytree(written, tmp_path / "out"))


def contents(folder):
    files = {n: (folder / n).read_bytes() for n in NAMES}
    tables = {str(p.relative_to(folder)): p.read_bytes() for p in (folder / "tables").rglob("*.csv")}
    return files | tables


def rows_of(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def save(path, rows, encoding="utf-8-sig", **how):
    text = io.StringIO(newline="")
    csv.writer(text, **({"lineterminator": "\n"} | how)).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def resaved(**how):
    def way(path):
        save(path, rows_of(path), **how)

    return way


def sorted_by_text(path):
    header, *rows = rows_of(path)
    save(path, [header, *sorted(rows, key=lambda r: (r[5], r[3]))])


def shuffled(path):
    header, *rows = rows_of(path)
    random.Random(5).shuffle(rows)
    save(path, [header, *rows])


def columns_moved(path):
    save(path, [list(reversed(row)) for row in rows_of(path)])


def column_added(path):
    header, *rows = rows_of(path)
    save(path, [["ghi chú", *header], *(["xem lại", *row] for row in rows)])


def blank_lines(path):
    header, *rows = rows_of(path)
    save(path, [header, [], *rows, [""] * len(header), []])


def pandas_resaved(path):
    pandas.read_csv(path, encoding="utf-8-sig").to_csv(path, index=False)


def pandas_sorted(path):
    frame = pandas.read_csv(path, encoding="utf-8-sig", low_memory=False)
    frame.sort_values(["value", "text"]).to_csv(path, encoding="utf-8-sig")  # with its index column


def pandas_as_text(path):
    pandas.read_csv(path, dtype=str, keep_default_na=False).to_csv(path, index=False)


def numbers_shown_short(path):
    """What Excel does: numbers without padding, true as TRUE, row:col as a time."""
    header, *rows = rows_of(path)

    def shown(name, cell):
        if name in ("text", "value", "raw", "repairs", "alternatives", "row_label", "column"):
            return cell
        if name == "anchor" and cell:
            r, c = cell.split(":")
            return f"{int(r):02}:{int(c):02}:00"
        try:
            return f"{float(cell):g}"
        except ValueError:
            return cell.upper() if cell in ("true", "false") else cell

    save(path, [header, *([shown(n, c) for n, c in zip(header, row)] for row in rows)])


def decimal_commas(path):
    """The program's own numbers as a Vietnamese Excel writes them."""
    header, *rows = rows_of(path)
    own = {header.index(n) for n in ("x0", "y0", "x1", "y1", "confidence")}
    made = [[c.replace(".", ",") if n in own else c for n, c in enumerate(row)] for row in rows]
    save(path, [header, *made], delimiter=";", lineterminator="\r\n")


def ragged(path):
    header, *rows = rows_of(path)
    save(path, [header, *(row[: max(n for n, c in enumerate(row) if c) + 1] for row in rows)])


def sep_line(path):
    text = path.read_text("utf-8-sig")
    save(path, rows_of(path), delimiter=";")
    path.write_text("sep=;\n" + path.read_text("utf-8-sig"), "utf-8-sig")
    assert text


WAYS = {
    "untouched": lambda path: None,
    "without BOM": resaved(encoding="utf-8"),
    "CRLF": resaved(lineterminator="\r\n"),
    "semicolons": resaved(delimiter=";"),
    "semicolons and sep=": sep_line,
    "tabs, UTF-16": resaved(delimiter="\t", encoding="utf-16"),
    "UTF-16 BE without BOM": resaved(encoding="utf-16-be"),
    "all quoted": resaved(quoting=csv.QUOTE_ALL),
    "sorted by text": sorted_by_text,
    "shuffled": shuffled,
    "columns moved": columns_moved,
    "column added": column_added,
    "blank lines": blank_lines,
    "pandas": pandas_resaved,
    "pandas, sorted": pandas_sorted,
    "pandas, as text": pandas_as_text,
    "Excel's numbers": numbers_shown_short,
    "Excel in Vietnam: semicolons, CRLF, decimal commas": decimal_commas,
    "line ends of old Macs": resaved(lineterminator="\r"),
    "UTF-16 LE, semicolons, CRLF": resaved(delimiter=";", encoding="utf-16", lineterminator="\r\n"),
    "empty cells at the ends of rows dropped": ragged,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_set_saved_anew_without_an_edit_stays_byte_for_byte(folder, way):
    before = contents(folder)
    WAYS[way](folder / "cells.csv")
    recheck(folder, jobs=1)
    assert contents(folder) == before


@pytest.mark.parametrize("name", [n for n in NAMES if n != "cells.csv"])
def test_another_file_saved_by_a_spreadsheet_is_no_edit(folder, name):
    before = contents(folder)
    shuffled(folder / name)
    recheck(folder, jobs=1)
    assert contents(folder) == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_round_trip_through_calc_is_no_edit(folder, tmp_path):
    before = contents(folder)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind, source, filters in (
        ("ods", folder / "cells.csv", []),
        ("csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "cells.ods", []),
    ):
        infilter = (
            ["--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"] if kind == "ods" else filters
        )
        command = ["soffice", profile, "--headless", *infilter, "--convert-to", kind, "--outdir"]
        subprocess.run([*command, str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    (folder / "cells.csv").write_bytes((tmp_path / "cells.csv").read_bytes())
    assert (folder / "cells.csv").read_bytes() != before["cells.csv"]
    recheck(folder, jobs=1)
    assert contents(folder) == before


def a_figure(folder):
    """The last row of cells.csv below a header whose text is its value, a count of two digits or more."""
    header, *rows = rows_of(folder / "cells.csv")
    at = {n: i for i, n in enumerate(header)}
    for row in reversed(rows):
        if row[at["role"]] == "count" and row[at["text"]] == row[at["value"]] and len(row[at["value"]]) > 1:
            return at, row
    raise AssertionError("no such figure")


def changed(folder, **new):
    """Edit one figure; which one."""
    at, row = a_figure(folder)
    header, *rows = rows_of(folder / "cells.csv")
    for other in rows:
        if other == row:
            for name, text in new.items():
                other[at[name]] = text
    save(folder / "cells.csv", [header, *rows])
    return [row[at[n]] for n in ("doc_id", "table_id", "row", "col")]


def cell_of(folder, key):
    header, *rows = rows_of(folder / "cells.csv")
    found = [dict(zip(header, r)) for r in rows]
    (cell,) = [r for r in found if [r[n] for n in ("doc_id", "table_id", "row", "col")] == key]
    return cell


@pytest.mark.parametrize(
    ("new", "text", "value"),
    [
        ({"text": "98765"}, "98765", "98765"),
        ({"text": "98.765"}, "98.765", "98765"),
        ({"value": "98765"}, None, "98765"),
        ({"text": "98 765 (sửa)", "value": "98765"}, "98 765 (sửa)", "98765"),
        ({"text": "-"}, None, None),
    ],
)
def test_a_changed_text_is_read_anew_and_a_changed_value_wins(folder, new, text, value):
    others = {k: v for k, v in contents(folder).items() if k in ("documents.csv", "lines.csv", "pages.csv")}
    key = changed(folder, **new)
    if new == {"text": "-"}:  # the value is left as it was: two statements that disagree, of which one wins
        recheck(folder, jobs=1)
        assert cell_of(folder, key)["value"] == ""
        return
    summary = recheck(folder, jobs=1)
    cell = cell_of(folder, key)
    assert (cell["text"], cell["value"]) == (text or cell["raw"], value)
    assert cell["status"] in ("repaired", "doubtful") and "review:" in cell["repairs"]
    assert summary.edited == 1 and summary.kept.is_dir()
    now = contents(folder)
    assert all(now[n] == others[n] for n in ("lines.csv", "pages.csv"))
    recheck(folder, jobs=1)
    assert contents(folder) == now


def test_an_edit_in_a_sorted_and_resaved_file_is_found(folder):
    key = changed(folder, text="98765")
    numbers_shown_short(folder / "cells.csv")
    sorted_by_text(folder / "cells.csv")
    recheck(folder, jobs=1)
    assert cell_of(folder, key)["value"] == "98765"


@pytest.mark.parametrize(
    ("written", "found", "alike"),
    [
        ("- 560", "-560", True),
        ("+ 3,8", "3.8", True),
        ("- 1.204", "-1.204", True),
        ("- 1.204", "-1204", True),
        ("- 5,1%", "-5.10%", True),
        ("- 5,1%", "-0.051", True),
        ("+ 12", "+12", True),
        ("- 560", "560", False),
        ("- 560", "-561", False),
        ("560", "-560", False),
        ("(560)", "-560", True),
        ("- 560 xã", "-560", False),
    ],
)
def test_a_sign_that_stands_apart_is_drawn_to_its_number_by_spreadsheets(written, found, alike):
    assert same(written, found) is alike


def test_zeros_that_calc_drops_after_a_mark_are_no_edit(tmp_path):
    """`1.260` dossiers became 1.26: rows whose measures have no zeros to lose were taken for untouched ones."""
    folder = tmp_path / "out"
    source = Source("thang", "thang.txt", "", "ab" * 32)
    figures = [("1.260", 1260), ("4.620", 4620), ("1,13%", None), ("12.665", 12665)]
    rows = tuple(
        (
            Cell(
                r, 0, text, text, anchor=(r, 0), confidence=0.988, box=Box(1, 2, 3, 4),
                value=None if number is None else Value(Decimal(number), unit="count"),
            ),
        )
        for r, (text, number) in enumerate(figures)
    )  # fmt: skip
    table = Table("t01", "", "text", 0, rows, (Column(0, ("Số hồ sơ",), "count", "count"),))
    write_set([Outcome(source, "ok", Document(source, "text", 1, tables=(table,)), pages=1)], folder)
    before = contents(folder)
    text = (folder / "cells.csv").read_text("utf-8-sig")
    for old, new in (("1.260", "1.26"), ("4.620", "4.62"), (".00,", ",")):
        text = text.replace(f",{old}", f",{new}") if old != ".00," else text.replace(old, new)
    (folder / "cells.csv").write_text(text, "utf-8-sig")
    recheck(folder, jobs=1)
    assert contents(folder) == before


def refused(folder, *words):
    before = {n: (folder / n).read_bytes() for n in NAMES}
    with pytest.raises(EditedSetError) as error:
        recheck(folder, jobs=1)
    assert all(word in str(error.value) for word in words), str(error.value)
    assert {n: (folder / n).read_bytes() for n in NAMES} == before
    assert not list(folder.glob("corrected-*"))


def test_deleted_rows_are_refused(folder):
    header, *rows = rows_of(folder / "cells.csv")
    save(folder / "cells.csv", [header, *rows[:40], *rows[43:]])
    refused(folder, "3 rows", rows[40][0], rows[40][1])


def test_a_row_twice_is_refused(folder):
    header, *rows = rows_of(folder / "cells.csv")
    save(folder / "cells.csv", [header, *rows, rows[7]])
    refused(folder, f"row {len(rows) + 2}", "row 9")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"text": ""}, ("column text", "empty")),
        ({"value": ""}, ("column value", "empty")),
        ({"text": "không rõ"}, ("column text", "no number")),
        ({"value": "chín"}, ("column value", "no plain number")),
        ({"value": "98,765"}, ("column value", "no plain number")),
        ({"raw": "98765"}, ("column raw",)),
        ({"status": "proved"}, ("column status",)),
        ({"row": "4000"}, ("no cell",)),
        ({"row": "hai"}, ("no cell",)),
        ({"doc_id": "khác"}, ("column doc_id", "khác")),
    ],
)
def test_what_cannot_be_understood_is_refused_with_row_and_column(folder, new, words):
    at, row = a_figure(folder)
    if "status" in new and row[at["status"]] == "proved":
        new = {"status": "read"}
    line = rows_of(folder / "cells.csv").index(row) + 1
    changed(folder, **new)
    refused(folder, f"row {line}", *words)


def test_a_column_left_out_is_refused(folder):
    save(folder / "cells.csv", [row[:-3] + row[-2:] for row in rows_of(folder / "cells.csv")])
    refused(folder, "cells.csv", "column")


def test_windows_letters_are_refused(folder):
    data = (folder / "cells.csv").read_text("utf-8-sig").encode("cp1258", "replace")
    (folder / "cells.csv").write_bytes(data)
    refused(folder, "UTF-8")


def test_an_edit_elsewhere_is_refused(folder):
    header, *rows = rows_of(folder / "places.csv")
    rows[0][header.index("code")] = "99999"
    save(folder / "places.csv", [header, *rows])
    refused(folder, "places.csv, row 2", "column code")


def test_a_set_copied_without_its_notes_is_found_by_its_keys(folder):
    before = contents(folder)
    shutil.rmtree(folder / ".extract")
    shuffled(folder / "cells.csv")
    key = changed(folder, text="98765")
    recheck(folder, jobs=1)
    assert cell_of(folder, key)["value"] == "98765"
    assert contents(folder)["lines.csv"] == before["lines.csv"]


def test_a_set_copied_without_its_notes_lacks_rows(folder):
    shutil.rmtree(folder / ".extract")
    header, *rows = rows_of(folder / "cells.csv")
    save(folder / "cells.csv", [header, *rows[:40], *rows[43:]])
    refused(folder, "3 cells", rows[40][0], rows[40][1])


def test_an_untouched_set_without_notes_stays(folder):
    shutil.rmtree(folder / ".extract")
    before = contents(folder)
    recheck(folder, jobs=1)
    assert contents(folder) == before
