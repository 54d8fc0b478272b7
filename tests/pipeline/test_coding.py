"""Records as JSON and back: whole, and nothing but data."""

import pickle
import zlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document import Source
from model.flag import CellRef, Flag, FlagTerm
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, Reading, TextLine, Word
from pipeline.coding import CodingError, decoded, dumps, encoded, loads
from pipeline.settings import Settings
from pipeline.workers.child import ChildConfig
from pipeline.workers.messages import (
    Answer,
    Failed,
    Failure,
    Finished,
    Have,
    Helped,
    Kept,
    Next,
    Read,
    Ready,
    Take,
    Told,
    Want,
)

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


MESSAGES = st.one_of(
    st.builds(Want, st.integers(0, 99), st.integers(1, 99)),
    st.builds(Have, st.integers(0, 99), st.binary(max_size=50)),
    st.builds(Finished, TEXT, TEXT, st.binary(max_size=50), st.integers(0, 9), st.integers(0, 9)),
    st.builds(Failed, st.builds(Failure, TEXT, st.booleans(), st.booleans(), TEXT)),
    st.just(Ready()), st.just(Next()), st.just(Helped()),
)  # fmt: skip


@given(MESSAGES)
def test_what_a_worker_says_comes_back_whole(message):
    assert decoded(Answer, encoded(message, Answer)) == message


@given(st.one_of(
    st.builds(Read, st.builds(Source, TEXT, TEXT, TEXT, TEXT), st.none() | st.lists(st.integers(0, 9)).map(tuple)),
    st.builds(Kept, st.none() | st.binary(max_size=20)), st.builds(Take, st.none() | st.integers(0, 9)),
))  # fmt: skip
def test_what_a_worker_is_told_comes_back_whole(word):
    assert decoded(Told, encoded(word, Told)) == word


def test_the_settings_of_a_worker_come_back_whole():
    config = ChildConfig(
        Settings(as_of=date(2025, 7, 1), province="Huế", verify_ink=True), memory_bytes=1 << 30
    )
    assert decoded(ChildConfig, encoded(config, ChildConfig)) == config
    assert decoded(ChildConfig, encoded(ChildConfig(Settings()), ChildConfig)) == ChildConfig(Settings())


@pytest.mark.parametrize(
    "said",
    [b"", b"\x80\x04N.", b"[]", b'["Finished",[1,2,3,4,5]]', b'["Have",["0","AA=="]]', b'["Have",[0,"%%"]]',
     b'["Source",["a","b","c","d"]]', b"[" * 100_000, pickle.dumps(Ready())],
)  # fmt: skip
def test_a_worker_that_talks_nonsense_is_not_believed(said):
    """Messages were pickles: a file that took a worker over could have run code in the process that holds the
    ledger."""
    with pytest.raises(CodingError):
        decoded(Answer, said)
