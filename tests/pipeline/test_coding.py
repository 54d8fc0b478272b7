"""Records as JSON and back: whole, and nothing but data."""

import pickle
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document import Source
from model.flag import CellRef, Flag, FlagTerm
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, Reading, TextLine, Word
from pipeline.coding import CodingError, dumps, loads

TEXT = st.text(max_size=12)
SHARE = st.floats(0, 1)
BOX = st.builds(Box, *(st.floats(-1e4, 1e4),) * 4)
CELL = st.builds(
    GridCell, st.integers(0, 99), st.integers(0, 9), TEXT, box=st.none() | BOX, confidence=SHARE,
    alternatives=st.lists(st.builds(Reading, TEXT, SHARE, TEXT), max_size=2).map(tuple), doubtful=st.booleans(),
    stored=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip
LINE = st.builds(
    TextLine, TEXT, st.integers(1, 9), st.integers(1, 99), st.none() | BOX,
    st.lists(st.builds(Word, TEXT, BOX, SHARE, TEXT), max_size=3).map(tuple),
)  # fmt: skip
GRID = st.builds(
    Grid, st.integers(1, 9), st.sampled_from(["ruled", "text"]), st.integers(0, 9), st.integers(0, 9),
    st.lists(CELL, max_size=4).map(tuple), column_edges=st.lists(SHARE, max_size=4).map(tuple),
    header_rows=st.none() | st.integers(0, 3),
)  # fmt: skip
PAGE = st.builds(
    PageContent, st.integers(1, 99), st.floats(1, 1e4), st.floats(1, 1e4), st.sampled_from(["ocr", "text"]),
    st.lists(LINE | GRID, max_size=4).map(tuple), losses=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip


@given(PAGE)
def test_a_page_comes_back_whole(page):
    assert loads(PageContent, dumps(page)) == page


def test_a_flag_with_its_terms_comes_back_whole():
    terms = (FlagTerm(Decimal("-2.50"), CellRef("t01", 3, 2)), FlagTerm(Decimal(1), None, Decimal("7")))
    flag = Flag("total", "error", "Tổng lệch", "t01", 3, 2, 1, Box(0, 0, 1, 1), terms=terms)
    again = loads(Flag, dumps(flag))
    assert again == flag
    assert again.terms[0].factor.as_tuple() == flag.terms[0].factor.as_tuple()


@pytest.mark.parametrize(
    "data",
    [b"", b"no page", zlib.compress(b"[1, 2"), zlib.compress(b"[1,2]"), zlib.compress(b"{}"),
     zlib.compress(pickle.dumps(Box(0, 0, 1, 1))), pickle.dumps(Box(0, 0, 1, 1)), dumps(Source("a", "b", "c"))],
)  # fmt: skip
def test_what_is_no_such_record_is_refused(data):
    with pytest.raises(CodingError):
        loads(PageContent, data)


def test_a_pickle_in_the_ledger_runs_nothing(tmp_path):
    """A planted ledger page was unpickled, which runs whatever it says."""

    class Planted:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    with pytest.raises(CodingError):
        loads(PageContent, zlib.compress(pickle.dumps(Planted())))
    assert not (tmp_path / "ran").exists()
