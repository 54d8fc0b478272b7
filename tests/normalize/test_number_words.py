"""Numbers written out in words, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.number_words import spelled

_ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_SCALES = ["", "nghìn", "triệu", "tỷ"]


def below_hundred(number: int, after_hundreds: bool) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return f"linh {_ONES[ones]}" if after_hundreds and ones else _ONES[ones] if ones else ""
    head = "mười" if tens == 1 else f"{_ONES[tens]} mươi"
    last = {0: "", 5: "lăm"}.get(ones, "mốt" if ones == 1 and tens > 1 else _ONES[ones])
    return f"{head} {last}".strip()


def below_thousand(number: int, inside: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds or inside:
        return f"{_ONES[hundreds]} trăm {below_hundred(rest, True)}".strip()
    return below_hundred(rest, False)


def in_words(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    parts = []
    for power in reversed(range(len(groups))):
        if groups[power]:
            words = below_thousand(groups[power], power < len(groups) - 1)
            parts.append(f"{words} {_SCALES[power]}".strip())
    return " ".join(parts)


@given(st.integers(1, 999_999_999_999))
def test_what_is_written_out_is_read_back(number: int) -> None:
    assert spelled(f"{in_words(number)} đồng") == (number, ("dong",))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Một tỷ hai trăm năm mươi triệu đồng chẵn", (1_250_000_000, ("dong", "chan"))),
        ("bảy", (7, ())),
        ("hai triệu rưỡi", (2_500_000, ())),
        ("hai mươi tư người", (24, ("nguoi",))),
        ("xã vùng cao", None),
        ("", None),
    ],
)
def test_words_that_follow_are_kept(text: str, wanted: tuple[int, tuple[str, ...]] | None) -> None:
    assert spelled(text) == wanted
