"""Words that a document says elsewhere, for cells that were read badly and letters that are typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.page import TextLine
from model.table import Cell, Table
from review.vocabulary import alike, document_words, words_for
from tests.review.grids import document


def words_column(*texts, running=()):
    """A column of words under a header, the last of them in doubt, in a document with running text."""
    cells = [Cell(0, 0, "Đơn vị tính", "Đơn vị tính", True)]
    cells += [Cell(r, 0, text, text) for r, text in enumerate(texts, start=1)]
    cells[-1] = replace(cells[-1], status="doubtful")
    table = Table("t01", "", "ruled", 1, tuple((c,) for c in cells))
    made = document(table)
    return (
        replace(made, running=tuple(TextLine(text, 1, n) for n, text in enumerate(running, 1))),
        table,
        cells[-1],
    )


UNITS = ("đồng/kg", "đồng/lít", "đồng/kg", "đồng/lít", "đồng/bao", "đống/kg")


@pytest.mark.parametrize(
    ("read", "first"),
    [("dông/kg", "đồng/kg"), ("8ông/kg", "đồng/kg"), ("đổng/lit", "đồng/lít"), ("x8y/hh", "đồng/kg")],
)
def test_what_the_column_often_says_is_offered(read, first):
    made, table, cell = words_column(*UNITS, read)
    assert alike(made, table, cell)[0] == first


@pytest.mark.parametrize(
    ("read", "wanted"),
    [("Khôn 8 rõ", "Không rõ"), ("Khôn 5", "Không"), ("đồn9 ý", "đồng ý"), ("3,5", None)],
)
def test_digits_read_for_letters_are_put_right(read, wanted):
    made, table, cell = words_column("Có", read, running=("không có ai đồng ý",))
    assert (alike(made, table, cell) or [None])[0] == wanted


def test_words_that_complete_come_from_the_column_first():
    made, table, _ = words_column(*UNITS, running=("Ủy ban nhân dân tỉnh",))
    told = words_for(made, table)
    assert told["0"][:2] == ["đồng/kg", "đồng/lít"]
    assert told["header"] == ["Đơn vị tính"]
    assert "tỉnh" in told[""] and "Đơn vị tính" in document_words(made)
    assert all(text not in told["0"] for text in ("đống/kg",))  # it is in doubt


def test_a_document_without_that_table_still_has_words():
    made, _, _ = words_column(*UNITS)
    assert words_for(made, None)[""]
