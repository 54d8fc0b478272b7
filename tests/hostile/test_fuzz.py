"""Any text through the parsers: they answer, in time, and what they say can be written and read again.

`FUZZ_EXAMPLES=20000 pytest tests/hostile/test_fuzz.py` looks longer.
"""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.dump.pages import read_text
from normalize.columns.marks import decimal_mark
from normalize.dates import find_dates, parse_date
from normalize.numbers import looks_numeric, parse_number
from normalize.ordinals import is_ordinal

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
long_enough = settings(
    max_examples=EXAMPLES,
    deadline=5000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# What figures, and what OCR makes of figures, are written with.
figures = st.text(alphabet="0123456789.,-+−–%/() \tOoQlI|SBGZ▲▼đồngtỷ", max_size=40)
words = st.sampled_from(
    ["STT", "Xã An Bình", "Tổng số", "Tổng cộng", "5=6+7", "(1)", "I", "1.1", "-", "Tỷ lệ (%)"]
)
cells = st.one_of(words, figures, st.text(max_size=12))
separators = st.sampled_from(["\t", "|", "   ", " | ", "\t\t"])


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A text with something like a table in it: rows of cells, torn and broken in places."""
    between = draw(separators)
    rows = draw(st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=14))
    lines = [between.join(row) for row in rows]
    breaks = draw(st.lists(st.sampled_from(["", "\n", "\f", "<u>x</u>", "**A**"]), max_size=4))
    return "\n".join([*lines, *breaks, *lines[:2]])


@long_enough
@given(st.one_of(figures, st.text(max_size=60)), st.sampled_from([",", "."]))
def test_any_text_as_a_number(text: str, mark: str) -> None:
    value = parse_number(text, mark)  # type: ignore[arg-type]
    looks_numeric(text)
    is_ordinal(text)
    if value is not None:
        assert value.amount.is_finite()
        assert Decimal(value.plain()) == value.amount
        assert value.decimals >= 0


@long_enough
@given(st.lists(figures, max_size=12))
def test_any_texts_have_a_decimal_mark(texts: list[str]) -> None:
    assert decimal_mark(texts) in (",", ".")


@long_enough
@given(st.text(alphabet="0123456789/.- ngàythángnămQuýIV", max_size=40))
def test_any_text_as_a_date(text: str) -> None:
    find_dates(text)
    parse_date(text)


@long_enough
@given(st.one_of(tables(), st.text(max_size=300)))
def test_any_text_as_tables(text: str) -> None:
    pages = read_text(text)
    for page in pages:
        for grid in page.grids:
            covered = [
                (r, c)
                for cell in grid.cells
                for r in range(cell.row, cell.row + cell.row_span)
                for c in range(cell.col, cell.col + cell.col_span)
            ]
            assert len(covered) == len(set(covered)) == grid.n_rows * grid.n_cols
