"""Ordinals of rows (`1`, `3.5`, `IV`, `b)`): which one may follow which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalize.dates import year_of
from normalize.ordinals import roman_value

_DOTTED = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3})*)[.)/]*$")
_LETTER = re.compile(r"^\(?([a-zđ](?=[.)/])|[A-ZĐ])[.)/]*$")
_ROMAN = re.compile(r"^\(?((?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))[.)/]*$")
_FOLLOWING, _DEEPEST = 3, 7  # numbers that follow each other, and rows of a header before them
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def ordinal_path(text: str) -> tuple[str, tuple[int, ...]] | None:
    """The kind (`number`, `roman`, `letter`) and the figures of an ordinal, or None when it is none."""
    text = text.strip()
    if found := _DOTTED.match(text):
        return "number", tuple(int(p) for p in found[1].split("."))
    if found := _ROMAN.match(text):
        return "roman", (roman_value(found[1]),)
    if (found := _LETTER.match(text)) and found[1].lower() in _LETTERS:
        return "letter", (_LETTERS.index(found[1].lower()) + 1,)
    return None


def runs_on(above: Iterable[str], below: Sequence[str]) -> bool:
    """Whether the first ordinal among `below` continues those of the rows `above`.

    It continues the last one of its own kind and depth (`4.2`, `a)`, `b)` | `4.3`), steps out (`3.2` |
    `4`) or steps in (`4` | `4.1`, `IV` | `4.1`). A first letter (`a)`) may stand anywhere and proves
    nothing. Rows named by years run on, too (`2019`, `2020` | `2021`).
    """
    above = list(above)
    if _years_run_on(above, below):
        return True
    first = next((p for t in below if (p := ordinal_path(t))), None)
    paths = [p for t in above if (p := ordinal_path(t))]
    if first is None or not paths:
        return False
    kind, figures = first
    romans = [p[0] for k, p in paths if k == "roman"]
    if kind == "number" and len(figures) == 2 and figures[1] == 1 and romans[-1:] == [figures[0]]:
        return True
    for known_kind, known in reversed(paths):
        if known_kind != kind:
            continue
        if len(known) >= len(figures):
            return figures[:-1] == known[: len(figures) - 1] and figures[-1] == known[len(figures) - 1] + 1
        return figures == (*known, 1)
    return False


def _years_run_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first text below is the year that follows the last two above."""
    years = [year_of(text) for text in above[-2:]]
    following = year_of(below[0]) if below else None
    if len(years) < 2 or following is None or years[0] is None or years[1] is None:
        return False
    return following - years[1] == years[1] - years[0] != 0


def counts_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether rows count on after some at the top that were badly read (a header in a dithered shade): among
    the first of `below` stands the number that follows the last above, and the next two follow it."""
    numbers = [p[1] for t in above if (p := ordinal_path(t)) and p[0] == "number" and len(p[1]) == 1]
    if not numbers:
        return False
    following = [(numbers[-1][0] + k,) for k in range(1, _FOLLOWING + 1)]
    paths = [p[1] if (p := ordinal_path(t)) and p[0] == "number" else () for t in below]
    starts = [i for i, path in enumerate(paths[:_DEEPEST]) if path == following[0]]
    return any([path for path in paths[i:] if len(path) == 1][:_FOLLOWING] == following for i in starts)


def counts_over(above: Iterable[str], below: Sequence[str]) -> bool:
    """Whether the first of the rows `below` stands in the place of one whose number was badly read: the next
    is numbered two after the last above (`2` | ? `4`)."""
    numbers = [p[1] for t in above if (p := ordinal_path(t)) and p[0] == "number" and len(p[1]) == 1]
    following = ordinal_path(below[1]) if len(below) > 1 else None
    return bool(numbers) and following == ("number", (numbers[-1][0] + 2,))


def begins_anew(texts: Sequence[str]) -> bool:
    """Whether the first ordinal among `texts` is the first of a count (`1`, `I`)."""
    first = next((p for t in texts if (p := ordinal_path(t))), None)
    return first is not None and first[0] != "letter" and first[1] == (1,)
