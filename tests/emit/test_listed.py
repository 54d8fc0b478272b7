"""Rows kept by columns are written as `csv` writes rows."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emit import listed
from emit.columns import CELLS
from emit.listed import Listed, write_listed
from emit.packed import dump_rows, load_rows
from emit.rows import DocumentRows
from emit.tables import person_table

FIELDS = st.sampled_from(("", "7", "một, hai", 'gọi là "xã"', "dòng\nhai", "\r", " ", "'=1", "%s", "{}"))
ROWS = st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[FIELDS] * n), min_size=1, max_size=30))


def written(rows, first):
    """What the csv module makes of rows behind a field."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows((first, *row) for row in rows)
    return file.getvalue()


def kept(rows):
    """Rows as they come from the ledger: a column of one text for all is that text."""
    columns = [list(values) for values in zip(*rows, strict=True)]
    return Listed([values[0] if len(set(values)) == 1 else values for values in columns], len(rows))


@given(ROWS, FIELDS)
def test_rows_kept_by_columns_are_written_as_rows_are(rows, first):
    told = []
    write_listed(told.append, kept(rows), first)
    assert "".join(told) == written(rows, first)


def test_long_columns_are_written_a_part_at_a_time(monkeypatch):
    """A text of a whole large set takes its memory twice."""
    monkeypatch.setattr(listed, "_TOGETHER", 7)
    rows, told = [(str(n), "x") for n in range(20)], []
    write_listed(told.append, kept(rows), "a")
    assert [part.count("\n") for part in told] == [7, 7, 6]
    assert "".join(told) == written(rows, "a")


@given(ROWS)
def test_they_are_a_sequence_of_rows(rows):
    found = kept(rows)
    assert found == rows
    assert tuple(found) == tuple(rows)
    assert len(found) == len(rows)
    assert found[0] == rows[0]
    assert found[-1:] == tuple(rows[-1:])


@given(ROWS)
def test_parts_are_the_rows_that_stand_together(rows):
    parts = list(kept(rows).parts(0))
    assert [row for _, part in parts for row in part] == rows
    assert all({row[0] for row in part} == {text} for text, part in parts)
    assert all(a != b for (a, _), (b, _) in pairwise(parts))


def cells(body, heads=1, **others):
    """Rows of cells.csv of a grid of texts, all figures of a digit with a value; `others` by row, col, name."""
    at = {name: n for n, name in enumerate(CELLS.columns[1:])}
    out = []
    for r, row in enumerate(body):
        for c, text in enumerate(row):
            cell = [""] * len(at)
            told = {
                "row": r,
                "col": c,
                "is_header": str(r < heads).lower(),
                "text": text,
                "column": body[0][c],
            }
            told |= {"table_id": "t01", "value": f"{text}.0" if text.isdigit() else ""}
            for name, value in (told | others.get(f"at_{r}_{c}", {})).items():
                cell[at[name]] = str(value)
            out.append(tuple(cell))
    return tuple(out)


GRID = [["Tên", "Số"], ["a", "1"], ["b", "2"], ["c", "x"]]


@pytest.mark.parametrize(
    "rows",
    [
        cells(GRID),
        cells(GRID, heads=2),
        cells(GRID, heads=4),
        cells(GRID, heads=0),
        cells(GRID, at_2_0={"anchor": "1:0"}),
        cells(GRID, at_2_1={"of": "5"}),
        cells(GRID, at_2_1={"is_header": "true"}),
        cells(GRID, at_0_1={"column": ""}),
        cells(GRID)[:-1],
        cells(GRID)[2:],
        tuple(reversed(cells(GRID))),
        cells([["Tên"], ["a"], ["b"]]),
        cells([["Tên", "Số"]]),
    ],
)
def test_a_persons_table_is_the_same_by_columns_as_by_rows(rows):
    found = load_rows(dump_rows(DocumentRows("ok", cells=rows))).cells
    assert isinstance(found, Listed)
    assert person_table(found) == person_table(list(rows))
