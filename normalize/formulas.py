"""What a numbering row declares: `5=6+7`, `(9)=(8)/(6)`, `(10)=(4)-(6)`, `7=5/3*100%`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"^\W*\(?\s*(\d{1,2})\s*\)?")
_SHAPE = re.compile(r"^\(?(\d{1,2})\)?=(.+)$")
_TERM = re.compile(r"([+-]?)\(?(\d{1,2})\)?(?=$|[+\-/:*x])")
_TIMES = re.compile(r"[*x×]100%?$|[*x×]100")


@dataclass(frozen=True, slots=True)
class Formula:
    """Columns by their printed numbers: `target = sum(parts) / sum(whole)`, signs in the pairs."""

    target: int
    parts: tuple[tuple[int, int], ...]
    whole: tuple[tuple[int, int], ...] = ()


def column_number(mark: str) -> int | None:
    """The number a mark gives its own column: 5 of `5=6+7`, 9 of `(9)`."""
    match = _NUMBER.match(mark)
    return int(match[1]) if match else None


def read_formula(mark: str) -> Formula | None:
    """The formula of a mark, or None when it has none or one of another shape."""
    text = re.sub(r"[\s\[\]]", "", mark).replace("–", "-").replace("−", "-").replace("÷", "/").lower()
    shape = _SHAPE.match(text)
    if not shape:
        return None
    body = _TIMES.sub("", shape[2]).rstrip("%")
    top, _, bottom = body.replace(":", "/").partition("/")
    parts, whole = _terms(top), _terms(bottom) if bottom else ()
    if not parts or (bottom and not whole):
        return None
    return Formula(int(shape[1]), parts, whole)


def _terms(text: str) -> tuple[tuple[int, int], ...]:
    """Signed column numbers of a sum; () when anything is left over."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")") and re.search(r"[+\-]", text):
        text = text[1:-1]
    found = list(_TERM.finditer(text))
    if "".join(m.group() for m in found) != text:
        return ()
    return tuple((int(m[2]), -1 if m[1] == "-" else 1) for m in found)


def declared(
    marks: Sequence[str],
) -> list[tuple[int, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    """The formulas of a numbering row, by column index: (target, parts, whole).

    A formula that names a column that is not there is left out.
    """
    by_number: dict[int, int] = {}
    for col, mark in enumerate(marks):
        number = column_number(mark)
        if number is not None:
            by_number.setdefault(number, col)
    out = []
    for col, mark in enumerate(marks):
        formula = read_formula(mark)
        if formula is None:
            continue
        named = [n for n, _ in (*formula.parts, *formula.whole)]
        if all(n in by_number for n in named):
            parts = tuple((by_number[n], s) for n, s in formula.parts)
            out.append((col, parts, tuple((by_number[n], s) for n, s in formula.whole)))
    return out
