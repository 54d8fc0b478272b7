"""What a workbook says its figures are worked out from: sums, differences and shares of other cells.

Formulas are read as words, never worked out. Of all that Excel knows only what says a relation between
printed figures is understood (`SUM(C5:C12)`, `C5+C6-C7`, `D5/C5*100`, rounded or not).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from model.page import Place, WorkedOut

MOST_OPERANDS = 5_000
"""Cells of one formula; a column of a report has some hundreds."""

LONGEST = 1_000
"""Characters of a formula that is looked at."""

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![\w(!])"
    r"|(?P<name>[A-Z]+)(?=\()|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/(),;%]))"
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_ROUNDINGS = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN"})
_HUNDRED = Decimal(100)
_ALPHABET, _BEFORE_A = 26, 64
_DEEPEST = 12  # brackets within brackets


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as a cell has it: its text without `=`, and how many rows and columns its references are to
    be moved, for a cell that shares another's."""

    text: str
    down: int = 0
    right: int = 0


@dataclass(slots=True)
class _Sum:
    """Cells with their signs, and those that a share is taken of."""

    parts: list[tuple[Place, int]] = field(default_factory=list)
    whole: list[tuple[Place, int]] = field(default_factory=list)
    scale: Decimal = Decimal(1)

    @property
    def is_plain(self) -> bool:
        return not self.whole and self.scale == 1


class _NotToldError(Exception):
    """A formula that says no relation that is understood."""


def worked_out(at: Place, formula: Formula, filled: Collection[Place], percent: bool) -> WorkedOut | None:
    """What a cell at a place (row, column of its sheet) is worked out from; None where its formula does not
    say.

    `filled` are the places with something in them: others are left out of ranges. `percent` says that the
    cell shows its number times a hundred.
    """
    if len(formula.text) > LONGEST:
        return None
    try:
        found = _Parser(formula, filled).whole()
    except _NotToldError:
        return None
    named = [place for place, _ in (*found.parts, *found.whole)]
    if len(named) < 2 or len(named) > MOST_OPERANDS or at in named:
        return None
    scale = found.scale * (_HUNDRED if percent else 1)
    if not found.whole and scale != 1:
        return None
    return WorkedOut(at, tuple(found.parts), tuple(found.whole), scale)


class _Parser:
    """Reads a formula from the left, one token after another."""

    def __init__(self, formula: Formula, filled: Collection[Place]) -> None:
        self._formula, self._filled = formula, filled
        self._tokens = _tokens(formula.text)
        self._at = 0

    def whole(self) -> _Sum:
        found = self._sum(0)
        if self._at < len(self._tokens):
            raise _NotToldError
        return found

    def _next(self, *wanted: str) -> str:
        """The next sign if it is one of those wanted, taken; '' otherwise."""
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return self._tokens[self._at - 1]
        return ""

    def _sum(self, depth: int) -> _Sum:
        """Terms added and taken away; a share stands alone."""
        sign = -1 if self._next("-") else 1
        self._next("+")
        first = self._share(depth)
        if sign > 0 and not first.is_plain:
            return first
        parts = self._signed(first, sign)
        while mark := self._next("+", "-"):
            parts += self._signed(self._share(depth), -1 if mark == "-" else 1)
        return _Sum(parts)

    def _share(self, depth: int) -> _Sum:
        """A term, or one divided by another, as a percentage or not."""
        top = self._term(depth)
        times = self._hundred()
        if not self._next("/"):
            if times != 1 and not top.whole:
                raise _NotToldError
            return _Sum(top.parts, top.whole, top.scale * times)
        bottom = self._term(depth)
        if not (top.is_plain and bottom.is_plain):
            raise _NotToldError
        return _Sum(top.parts, bottom.parts, times * self._hundred())

    def _hundred(self) -> Decimal:
        """`*100` behind a term."""
        before = self._at
        if self._next("*"):
            if self._next("100"):
                return _HUNDRED
            if self._next("100%"):
                return Decimal(1)
            self._at = before
        return Decimal(1)

    @staticmethod
    def _signed(term: _Sum, sign: int) -> list[tuple[Place, int]]:
        if not term.is_plain:
            raise _NotToldError
        return [(place, sign * factor) for place, factor in term.parts]

    def _term(self, depth: int) -> _Sum:
        """A cell, a bracket, SUM of ranges, or a rounding of one of these."""
        if depth > _DEEPEST or self._at >= len(self._tokens):
            raise _NotToldError
        token = self._tokens[self._at]
        self._at += 1
        if token == "(":
            found = self._sum(depth + 1)
            self._close()
            return found
        if token == "SUM" and self._next("("):
            parts = self._signed(self._sum(depth + 1), 1)
            while self._next(",", ";"):
                parts += self._signed(self._sum(depth + 1), 1)
            self._close()
            return _Sum(parts)
        if token in _ROUNDINGS and self._next("("):
            found = self._sum(depth + 1)
            if not self._next(",", ";") or not self._tokens[self._at : self._at + 1][0].isdigit():
                raise _NotToldError
            self._at += 1
            self._close()
            return found
        return _Sum([(place, 1) for place in self._places(token)])

    def _close(self) -> None:
        if not self._next(")"):
            raise _NotToldError

    def _places(self, token: str) -> Iterator[Place]:
        """The filled places of a reference."""
        ends = [self._place(end) for end in token.split(":")]
        if len(ends) == 1:
            yield ends[0]
            return
        (top, left), (bottom, right) = ends
        top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
        if (bottom - top + 1) * (right - left + 1) > MOST_OPERANDS:
            raise _NotToldError
        for row in range(top, bottom + 1):
            for col in range(left, right + 1):
                if (row, col) in self._filled:
                    yield row, col

    def _place(self, name: str) -> Place:
        found = _CELL.fullmatch(name)
        if found is None:
            raise _NotToldError
        col = 0
        for letter in found[2]:
            col = col * _ALPHABET + ord(letter) - _BEFORE_A
        row = int(found[4]) - 1 + (0 if found[3] else self._formula.down)
        col += -1 + (0 if found[1] else self._formula.right)
        if row < 0 or col < 0:
            raise _NotToldError
        return row, col


def _tokens(text: str) -> list[str]:
    """The formula's references, names, numbers and signs. Raises _NotToldError where it has others: texts,
    other sheets, other files."""
    found: list[str] = []
    at = 0
    text = text.strip().upper()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotToldError
        token = match[match.lastgroup or 0]
        if token == "%":
            if not found or not found[-1].isdigit():
                raise _NotToldError
            found[-1] += token
        else:
            found.append(token)
        at = match.end()
    return found


def column_name(col: int) -> str:
    """A column's letters: 0 → A, 26 → AA."""
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, _ALPHABET)
        name = chr(_BEFORE_A + 1 + rest) + name
    return name
