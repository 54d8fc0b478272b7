"""Ordinals of a column (`I, II, III`, `a), b)`) settled by their run: alone they are a stroke or two that
engines read as l, H or 4."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.lookalikes import strokes
from normalize.ordinals import RANK, ROMAN, is_ordinal_head

_LETTERED = re.compile(r"[A-ZĐ]\.?|[a-zđ]\)")
_POINT = re.compile(r"(\(?)(\S)(\)|\.)")
_POINTS = "abcdđeghiklmn"
_READ_AS = {
    "a": "4838áàạả@nđ2", "b": "5686hB", "c": "e¢0€C(", "d": "đ4", "đ": "d4", "e": "ecéè6", "g": "g9q8s",
    "h": "hbn", "i": "i1lj!", "k": "kK", "l": "l1I",
}  # fmt: skip
"""Letters of points and what they are read as."""

_LONGEST = 5  # signs of a Roman numeral up to fifteen, one of two strokes read as two
_STROKES_ONLY = 3  # the last numeral of strokes alone
_CLOSING = 3
_NEAR = 3
_NEAR_END = 4


def settled_ordinals(texts: Sequence[str], sure: Sequence[bool]) -> list[str]:
    """The texts of an ordinal column from the top down, Roman numerals and lettered points mended where
    the run of them tells; every other text as it is. What is an ordinal as it stands and was read surely
    (`sure`) is not mended, and the run goes on from it."""
    bare = [text.strip() for text in texts]
    kept = [known and _stands(text) for text, known in zip(bare, sure, strict=True)]
    mended = _with_points(_with_numerals(bare, kept))
    return [old if fixed else new for old, new, fixed in zip(bare, mended, kept, strict=True)]


def _stands(text: str) -> bool:
    """Whether a text is a Roman numeral of more than one stroke, a lettered point or a capital."""
    plain = text.rstrip(".")
    return (plain in RANK and plain != "I") or bool(_LETTERED.fullmatch(text))


def roman_shape(text: str) -> str | None:
    """The Roman numeral a text may stand for, stroke by stroke, or None."""
    bare = text.rstrip(".")
    if is_ordinal_head(bare):  # TT, of strokes like a two
        return None
    return (strokes(bare) or None) if 1 <= len(bare) <= _LONGEST else None


def _with_numerals(texts: list[str], kept: Sequence[bool]) -> list[str]:
    """Numerals mended where they run on; a column without two clear ones has none."""
    shapes = [roman_shape(text) for text in texts]
    clear = [s for t, s in zip(texts, shapes, strict=True) if s in RANK and _is_clear(t)]
    if len(clear) < 2 and not _strokes_run_on(texts, shapes):
        return texts
    out = list(texts)
    last = 0
    for place, (text, shape) in enumerate(zip(texts, shapes, strict=True)):
        if shape is None:
            continue
        value = RANK.get(shape, 0)
        if kept[place]:
            last = value or last
            continue
        expected = last + 1
        if _is_arabic(texts, place, expected):
            continue
        if value == expected or (
            _only_strokes(shape) and abs(len(shape) - expected) <= 1 and expected <= _STROKES_ONLY
        ):
            last = expected
        elif last == 0 and value and _is_clear(text):
            last = value  # a table that goes on from the page before
        elif value == 1 and text in ("I", "l", "|"):
            last = 1  # a new run
        else:
            if value:
                last = value
            continue
        out[place] = ROMAN[last - 1] + ("." if text.endswith(".") else "")
    return out


def _strokes_run_on(texts: Sequence[str], shapes: Sequence[str | None]) -> bool:
    """Whether the strokes of a column without a V or X count one, two, three, give or take one, among
    other ordinals."""
    if not any(re.fullmatch(r"\d+\.\d+\.?|\S\)", text) for text in texts):
        return False
    counts = [
        len(shape)
        for place, shape in enumerate(shapes)
        if shape is not None and _only_strokes(shape) and not _is_arabic(texts, place, 1)
    ]
    run = all(abs(count - n) <= 1 for n, count in enumerate(counts, start=1))
    return 2 <= len(counts) <= _STROKES_ONLY and run and max(counts) >= 2


def _is_clear(text: str) -> bool:
    """Whether a text is a Roman numeral beyond doubt: with a V or X, or strokes read as capitals."""
    plain = text.rstrip(".")
    return plain in RANK and plain != "I"


def _only_strokes(shape: str) -> bool:
    return set(shape) == {"I"}


def _is_arabic(texts: Sequence[str], place: int, expected: int) -> bool:
    """Whether figures stand for themselves: all of them do, but one that stands first where I must and
    is followed by a row of its own (`1` or `1.1`), and a `11` where II must that follows no `10`."""
    text = texts[place].rstrip(".")
    if not text.isdigit():
        return False
    if text == "1" and expected == 1:
        following = next((t.rstrip(".") for t in texts[place + 1 :] if t), "")
        return following not in ("1", "1.1")
    if text == "11" and expected == 2:
        before = next((t.rstrip(".") for t in reversed(texts[:place]) if t), "")
        return before == "10"
    return True


def _with_points(texts: list[str]) -> list[str]:
    """Lettered points mended: the letter that must come next, where the one read looks like it."""
    out = list(texts)
    last = ""
    for place, text in enumerate(texts):
        match = _POINT.fullmatch(text)
        if match is None or match.group(_CLOSING) != ")":
            if text:
                last = ""
            continue
        letter = match.group(2)
        expected = (
            _POINTS[_POINTS.index(last) + 1 : _POINTS.index(last) + 2] if last in _POINTS and last else "a"
        )
        if letter != expected and letter in _READ_AS.get(expected, "") and not _counts(texts, place):
            out[place] = f"{match.group(1)}{expected})"
            letter = expected
        last = letter if letter in _POINTS else last
    return out


def _counts(texts: Sequence[str], place: int) -> bool:
    """Whether a numbered point `4)` follows its `3)` or opens the way for its `5)`."""
    match = _POINT.fullmatch(texts[place])
    if match is None or not match.group(2).isdigit():
        return False
    own = int(match.group(2))
    near = {texts[k] for k in range(max(0, place - _NEAR), min(len(texts), place + _NEAR_END)) if k != place}
    return f"{own - 1})" in near or f"{own + 1})" in near
