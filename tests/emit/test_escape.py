from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emit.escape import escape, join_list, printable, split_list, unescape

CASES = [
    ("=1+1", "'=1+1"),
    ("+84 24", "+84 24"),
    ("+ 3,8", "+ 3,8"),
    ("+cmd", "'+cmd"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\r=1", "'\r=1"),
    ("-", "-"),
    (" - ", " - "),
    ("-5,1", "-5,1"),
    ("-5,1%", "-5,1%"),
    ("- Đúng hạn", "'- Đúng hạn"),
    ("--", "'--"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ("'=1", "''=1"),
    ("'hồ sơ'", "'hồ sơ'"),
    ("", ""),
    ("hồ sơ = 5", "hồ sơ = 5"),
    ("a\x00b", "a\ufffdb"),
    ("\ud800", "\ufffd"),
]


@pytest.mark.parametrize(("text", "written"), CASES)
def test_escape(text: str, written: str) -> None:
    assert escape(text) == written


@given(st.text())
def test_unescape_gives_back_what_escape_was_given(text: str) -> None:
    assert unescape(escape(text)) == printable(text)


@given(st.text())
def test_no_written_text_begins_like_a_formula(text: str) -> None:
    written = escape(text)
    assert written[:1] not in ("=", "@", "\t", "\r")
    if written[:1] in ("-", "+"):
        rest = written[1:].strip()
        assert not rest or rest[0].isdecimal()


@given(st.lists(st.text(min_size=1)))
def test_lists_come_back(parts: list[str]) -> None:
    assert split_list(join_list(parts)) == parts
