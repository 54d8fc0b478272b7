from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.readers.numbers.alphabet import BLANK, REJECT, SIGNS, decode, encode, plain, readable


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1.250.000", "1.250.000"),
        ("– 4,8", "- 4,8"),
        ("—", "-"),
        ("−5,1", "-5,1"),
        ("_", "-"),
        ("X", "x"),
        ("  12   345 ", "12 345"),
        ("…", "..."),
        ("1\u00a0554", "1 554"),
    ],
)
def test_plain_writes_every_print_in_the_readers_signs(printed: str, expected: str) -> None:
    assert plain(printed) == expected
    assert readable(printed)


@pytest.mark.parametrize("text", ["Không", "5 xã", "1784đ", "a)", "8:30"])
def test_text_is_not_readable(text: str) -> None:
    assert not readable(text)


@given(st.text(SIGNS, max_size=20))
def test_encoding_can_be_undone(text: str) -> None:
    assert decode(encode(text)) == text


def test_decoding_leaves_out_blank_and_reject() -> None:
    assert decode([BLANK, *encode("7"), REJECT, BLANK]) == "7"


def test_an_unknown_sign_cannot_be_encoded() -> None:
    with pytest.raises(ValueError, match="substring"):
        encode("đ")
