"""Rows packed by columns come back as they were."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emit.packed import BROKEN_ROWS, dump_rows, load_rows
from emit.rows import DocumentRows

FEW = st.sampled_from(("", "read", "proved", "count", '"', "\\", "\n", "Xã Hòa"))


def tables(texts):
    """Rows of one length."""
    return st.integers(1, 5).flatmap(
        lambda width: st.lists(st.tuples(*[texts] * width), max_size=120).map(tuple)
    )


@given(tables(FEW), tables(st.text(max_size=3)), st.lists(FEW, max_size=3).map(tuple))
def test_rows_come_back(cells, lines, head):
    rows = DocumentRows("ok", "", head, 3, 7, cells=cells, lines=lines)
    assert load_rows(dump_rows(rows)) == rows
    assert dump_rows(rows) == dump_rows(load_rows(dump_rows(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("a", "b"),),
        (("a", "b"),) * 5,  # no column tells how many rows there are
        tuple((str(n), str(n), "x", str(n % 3)) for n in range(200)),  # like columns, and one of few texts
        tuple((str(n % 94), "x") for n in range(400)),  # more texts than there are signs
        tuple((str(n), "x", "", str(-n)) for n in range(900)),  # a long one
        tuple((str(n), "\x7f" * (n == 777)) for n in range(900)),  # and one that holds what stands between
        tuple((str(n) + "\x7f", "y") for n in range(900)),
    ],
)
def test_shapes_of_columns(rows):
    found = DocumentRows("ok", cells=rows)
    assert load_rows(dump_rows(found)) == found


def test_what_is_the_same_in_all_rows_is_kept_once():
    row = ("t01", "count", "Tổng số / Trực tuyến", "1.000", "read", "")
    many = DocumentRows("ok", cells=tuple((str(n), str(n), *row) for n in range(1000)))
    text = zlib.decompress(dump_rows(many)).decode()
    assert text.count("Tổng số") == 1
    assert text.count("999") == 1


@pytest.mark.parametrize(
    "cells",
    [[["1", "2"], ["1"]], [["1", "2"], 7], [{"of": ["a"], "at": "!"}], [{"of": 5}], [{"each": 5}], 3, [None]],
)
def test_columns_that_do_not_fit_are_refused(cells):
    packed = zlib.compress(json.dumps({"status": "ok", "head": [], "cells": cells}).encode())
    with pytest.raises(BROKEN_ROWS):
        load_rows(packed)


def test_rows_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="zip"):
        dump_rows(DocumentRows("ok", cells=(("a", "b"), ("a",))))
