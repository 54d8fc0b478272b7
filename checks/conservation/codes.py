"""Columns of codes (`1.004567.000.00.00.H21`): a cell of another shape than the others is a slip, and no
relation would ever tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from model.table import Cell

FEWEST_CODES, CODE_SHARE, KIND = 5, 0.75, 0.2
"""Cells that have the shape of a code, and their share of a column's, from which the column is one of codes;
the share from which a shape is a kind of code (a firm's tax number, a branch's)."""

LEAST_DIGITS, LEAST_PARTS, LONG_PARTS = 4, 3, 2
"""Digits of a code, and parts told by its marks: years, phones and counts have fewer of one or the other. A
code with a run of LONG_RUN digits may have one part less."""

_PLAIN = re.compile(r"0{2,4}\.0{2,4}")
"""Shapes of codes of two parts (`02.014`): in a column of texts a point between digits makes no figure."""

LETTERS = 3
"""Digits for each letter of a code: with more letters it is a text that names a paper and its day."""

LONG_RUN, ODD_LETTERS = 8, 3
"""Digits in a run from which what stands behind a blank is no other figure but the code's rest: phones are
printed in groups of less. Letters of a garble beside it at most."""

_TORN = re.compile(rf"\d{{{LONG_RUN},}} [\d.\-/]+$")
_TORN_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,](?:\d \d\d|\d\d \d)")
_DIGIT, _LETTER, _MARK = re.compile(r"\d"), re.compile(r"[^\W\d_]"), re.compile(r"[./\-]")


def shape_of(text: str) -> str:
    """A text with each digit as `0`, each letter as `A`, its blanks and last stop left out."""
    bare = "".join(text.split()).rstrip(".")
    return _LETTER.sub("A", _DIGIT.sub("0", bare))


def broken_codes(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one column that were read from ink, hold digits and are of none of the kinds of code that
    it holds; none where the column is no one of codes."""
    if all(cell.sure for cell in cells):
        return []
    shapes = [shape_of(cell.text) for cell in cells]
    least = max(2.0, KIND * len(shapes))
    kinds = {shape: n for shape, n in Counter(shapes).items() if n >= least and _is_code(shape)}
    count = sum(kinds.values())
    if count < FEWEST_CODES or count < CODE_SHARE * len(shapes):
        return []
    return [
        cell for cell, shape in zip(cells, shapes, strict=True)
        if shape not in kinds and "0" in shape and not cell.sure
    ]  # fmt: skip


def is_torn_code(text: str) -> bool:
    """Whether a text without words is a long code and a rest behind a blank, odd signs apart, or a figure
    whose last group is torn (`180,00 0`): a narrow cell broke it."""
    bare = " ".join(text.split())
    if _TORN_FIGURE.fullmatch(bare):
        return True
    return _TORN.search(bare) is not None and sum(c.isalpha() for c in text) <= ODD_LETTERS


def _is_code(shape: str) -> bool:
    if shape.isdigit() or _PLAIN.fullmatch(shape):
        return len(shape) >= LONG_RUN or "." in shape
    digits, marks = shape.count("0"), len(_MARK.findall(shape))
    parts = LONG_PARTS if LONG_RUN * "0" in shape else LEAST_PARTS
    return digits >= LEAST_DIGITS and marks >= parts - 1 and LETTERS * shape.count("A") <= digits
