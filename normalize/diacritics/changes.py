"""What a repair changes of a line, and lines with their changes made."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.diacritics.marks import footnotes, points
from normalize.units import spelled_unit


@dataclass(frozen=True, slots=True)
class Change:
    """`old`, at characters start to end of the printed line, is believed to be `new`.

    `score` is the probability (0..1) of `new` among its rivals; `runner_up` the next best word. Where
    `applied` is false the evidence was too even and the line keeps `old`.
    """

    start: int
    end: int
    old: str
    new: str
    score: float
    runner_up: str
    applied: bool


@dataclass(frozen=True, slots=True)
class RepairedLine:
    """A line with its changes applied; white space is as it was."""

    text: str
    changes: tuple[Change, ...] = ()


def joined_to(one: Change, other: Change) -> Change:
    """Two words that ran together, as one change."""
    old, new = one.old + other.old, f"{one.new} {other.new}"
    score, applied = min(one.score, other.score), one.applied and other.applied
    return Change(one.start, other.end, old, new, score, "", applied)


def has_horn(word: str) -> bool:
    """Whether `word` has an ơ or ư, whose horn is often read as an apostrophe behind the word."""
    return "\u031b" in unicodedata.normalize("NFD", word)


def unit_of(line: str) -> str | None:
    """The unit that a line is as a whole, where the print has it in small letters and without marks."""
    own = line.strip()
    return spelled_unit(own) if own.islower() and own.isascii() else None


def as_unit(line: str) -> RepairedLine:
    """A line that is a unit (`ta/ha`), as the unit is spelled: no words stand around it to judge by."""
    own = line.strip()
    start, new = line.index(own), unit_of(line) or own
    if new == own:
        return RepairedLine(line)
    return applied(line, [Change(start, start + len(own), own, new, 1.0, "", True)])


def add_marks(lines: Sequence[str], changes: list[list[Change]], footnotes_too: bool) -> None:
    """Letters of listed points and raised footnote numbers, beside the words' changes."""
    for number, start, end, letter in points(lines):
        changes[number].append(Change(start, end, lines[number][start:end], letter, 1.0, "", True))
    for number, line in enumerate(lines):
        for start, end, raised in footnotes(line) if footnotes_too else ():
            changes[number].append(Change(start, end, line[start:end], raised, 1.0, "", True))
        changes[number].sort(key=lambda change: (change.start, change.end))


def applied(line: str, changes: Sequence[Change]) -> RepairedLine:
    text = line
    for change in reversed(changes):
        if change.applied:
            text = text[: change.start] + change.new + text[change.end :]
    return RepairedLine(text, tuple(changes))
