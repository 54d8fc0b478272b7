"""Columns of codes (`1.004567.000.00.00.H21`): a cell of another shape than the others is a slip, and no
relation would ever tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from model.table import Cell

FEWEST_CODES, CODE_SHARE = 5, 0.75
"""Cells of one shape, and their share of a column's, from which the column is one of codes."""

LEAST_DIGITS, LEAST_PARTS = 4, 3
"""Digits of a code, and parts told by its marks: years, phones and counts have fewer of one or the other."""

LETTERS = 3
"""Digits for each letter of a code: with more letters it is a text that names a paper and its day."""

LONG_RUN = 8
"""Digits in a run from which what stands behind a blank is no other figure but the code's rest: phones are
printed in groups of less."""

_TORN = re.compile(rf"\d{{{LONG_RUN},}} [\d.\-/]+")
_DIGIT, _LETTER, _MARK = re.compile(r"\d"), re.compile(r"[^\W\d_]"), re.compile(r"[./\-]")


def shape_of(text: str) -> str:
    """A text with each digit as `0`, each letter as `A`, its blanks and last stop left out."""
    bare = "".join(text.split()).rstrip(".")
    return _LETTER.sub("A", _DIGIT.sub("0", bare))


def broken_codes(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one column that were read from ink, hold digits, and lack the shape that its codes share;
    none where the column is no one of codes."""
    shapes = [shape_of(cell.text) for cell in cells]
    if not shapes:
        return []
    usual, count = Counter(shapes).most_common(1)[0]
    if count < FEWEST_CODES or count < CODE_SHARE * len(shapes) or not _is_code(usual):
        return []
    return [
        cell for cell, shape in zip(cells, shapes, strict=True)
        if shape != usual and "0" in shape and not cell.sure
    ]  # fmt: skip


def is_torn_code(text: str) -> bool:
    """Whether a text without words is a long code and a rest behind a blank: a narrow cell broke it."""
    return _TORN.fullmatch(" ".join(text.split())) is not None


def _is_code(shape: str) -> bool:
    digits, marks = shape.count("0"), len(_MARK.findall(shape))
    return digits >= LEAST_DIGITS and marks >= LEAST_PARTS - 1 and LETTERS * shape.count("A") <= digits
