"""Lines that hold a row and a piece of its label, told by the words themselves before any place is known.

A label of two lines stands half a line over and under its row's number, so that PyMuPDF puts the number
behind the label's first line, or the label's second line behind the last figure. Where half of a page's rows
are so, they are in line with each other, and places alone do not tell which half is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.numbers import looks_numeric
from normalize.totals import is_total_label

_NUMBERED = re.compile(r" *(?P<number>\d{1,3}) {2,}\S")
_NUMBER_BEHIND = re.compile(r"(?P<label> *\D\S*(?: \S+)*)(?P<row> (?P<number>\d{1,3}) {3,}\S.*)$")
_CELLS = re.compile(r" {2,}")
_TAIL = re.compile(r"(?<=\S)(?P<gap> {2,})(?P<words>[^\W\d]\S*(?: \S+)*)$")
_LEAST_FIGURES = 2  # of a row
_AS_FAR_IN = 3  # blanks by which a label's lines, counted in other letters, begin otherwise


def known_parts(page: Sequence[str]) -> list[list[str]]:
    """The pieces of each line of a page: the label's line before a row whose number goes on counting, and the
    one behind a row without a label of its own whose label began on the line above."""
    numbers = [_number(text) for text in page]
    out = []
    for i, text in enumerate(page):
        above, row, pieces = page[i - 1] if i else "", text, list[str]()
        found = _NUMBER_BEHIND.match(text)
        if (
            found
            and _is_label(found["label"])
            and _figures(found["row"])
            and _counts(numbers, i, int(found["number"]))
        ):
            above, row, pieces = found["label"], found["row"], [found["label"]]
            numbers[i] = int(found["number"])
        tail = _TAIL.search(row)
        if tail and _goes_on(above, row[: tail.start()], tail):
            out.append([*pieces, row[: tail.start()], tail.group()])
        else:
            out.append([*pieces, row])
    return out


def _number(text: str) -> int | None:
    """The number at the head of a row."""
    found = _NUMBERED.match(text)
    return int(found["number"]) if found else None


def _is_label(text: str) -> bool:
    return bool(text.strip()) and not any(map(str.isdigit, text))


def _figures(text: str) -> bool:
    """Whether a text holds the figures of a row, its number apart."""
    return sum(map(looks_numeric, _CELLS.split(text.strip())[1:])) >= _LEAST_FIGURES


def _counts(numbers: Sequence[int | None], i: int, number: int) -> bool:
    """Whether the rows over and under line `i` leave a place for its number, one of them next to it."""
    above = next((n for n in reversed(numbers[:i]) if n is not None), None)
    below = next((n for n in numbers[i + 1 :] if n is not None), None)
    ordered = (above is None or above < number) and (below is None or number < below or below == 1)
    return ordered and (above == number - 1 or below == number + 1)


def _goes_on(above: str, row: str, tail: re.Match[str]) -> bool:
    """Whether words behind a row go on with the lone words on the line above it, as far in as those are."""
    first, *more = _CELLS.split(row.strip())
    if not (_NUMBERED.match(row) or is_total_label(f"{above.strip()} {tail['words']}")):
        return False
    if not looks_numeric(first) or sum(map(looks_numeric, more)) < _LEAST_FIGURES:
        return False
    indent = len(above) - len(above.lstrip())
    lone = len(_CELLS.split(above.strip())) == 1
    return (
        lone
        and _is_label(above)
        and abs(len(tail["gap"]) - indent) <= _AS_FAR_IN
        and all(map(looks_numeric, more))
    )
