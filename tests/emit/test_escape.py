from __future__ import annotations

import re

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
    ("\r=1", "'\r'=1"),
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
    ("x;=1+1", "x;'=1+1"),
    ("x;'=1+1", "x;''=1+1"),
    ("x;@y;z", "x;'@y;z"),
    ("=a;=b", "'=a;'=b"),
    ("x\n=cmd|' /C calc'!A0", "x\n'=cmd|' /C calc'!A0"),
    ("1;-5,1%;+3", "1;-5,1%;+3"),
    ("1;-2+3+cmd|' /C calc'!A0", "1;'-2+3+cmd|' /C calc'!A0"),
    ("gồm;\n- Đúng hạn;\n- Trễ hạn", "gồm;\n- Đúng hạn;\n- Trễ hạn"),
    ("a;-", "a;-"),
    ("a; = b", "a; = b"),
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


PIECES = st.lists(
    st.sampled_from([";", "\n", "\r", "'", "=", "@", "+", "-", " ", "1", "x", "|"]), max_size=12
)


@given(PIECES.map("".join))
def test_no_line_parted_at_semicolons_holds_a_formula(text: str) -> None:
    """A spreadsheet of Vietnam opened `x;=1+1` as two cells, of which it ran the second."""
    written = escape(text)
    assert unescape(written) == printable(text)
    for part in re.split(r"[;\r\n]", written)[1:]:
        assert part[:1] not in ("=", "@")
        if part[:1] in ("+", "-"):
            assert part[1:2].isspace() or not part[1:] or part[1:].strip().isdecimal()


@given(st.lists(st.text(min_size=1)))
def test_lists_come_back(parts: list[str]) -> None:
    assert split_list(join_list(parts)) == parts
