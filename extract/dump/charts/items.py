"""What the words of a chart are: ranks, names, scores, changes with their arrows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.dump.lines import SourceLine
from normalize.numbers import RISES_AND_FALLS
from normalize.unicode import fold, squeeze

Kind = Literal["R", "I", "F", "D", "A", "S", "N", "L", "T", "X"]
"""A rank with its mark, a bare whole number, another figure, a change, an arrow alone, no change, a name (as
far as it stands on one line), the mark of a legend, a figure of an axis, a line that opens something else."""

_ARROWS = re.escape(RISES_AND_FALLS)
_GLUED_SIGNS = re.compile(r"(?<=\d)(?=[+\-−–]\d+[.,]\d)")
_RISE = re.compile(r"\d[.,]\d+\+\d")  # beside one, a minus behind a figure is a fall, no range
_GLUED = re.compile(rf"(?<=[\d%])(?=[{_ARROWS}])|(?<=[{_ARROWS}])(?=[^\W\d])")
_NUMBER = r"\d+(?:[.,]\d+)*"
_CHANGE = (
    rf"\(?[{_ARROWS}]\s*{_NUMBER}\s*(?:%|điểm\b)?\)?(?!\S)|\(?[+\-−–]{_NUMBER}%?\)?(?!\S)"
    rf"|(?:[Tt]ăng|[Gg]iảm)\s+{_NUMBER}%?(?!\S)"
)
_ITEM = re.compile(
    rf"(?<!\S)(?:(?P<L>[■□▪●○◆◼◻▬])|(?P<D>{_CHANGE})|(?P<A>[{_ARROWS}])(?!\S)"
    rf"|(?P<S>[=→►–—-]|\(?(?:[Kk]hông đổi|[Gg]iữ nguyên)\)?)(?!\S)"
    rf"|(?P<R>\d{{1,3}}[.)])(?=\s|[^\W\d_]|$)|(?P<F>{_NUMBER}\s?%?)(?:\s+(?:điểm|đ))?(?!\S))"
    r"|(?P<N>\S+)"
)
_LONGEST_RANK = 3
# A number right behind one of these is a part of the name, or of a legend's words.
_NUMBERED = frozenset(
    {"phuong", "quan", "khu", "to", "so", "thon", "ap", "xa", "khom", "ban", "thang", "quy", "nam", "ky"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a chart's text: what it is, how it is printed, and the place of its line among the lines."""

    kind: Kind
    text: str
    line: int


def items_of(lines: Sequence[SourceLine], opens: Callable[[int], bool]) -> list[Item]:
    """The parts of lines in order, arrows joined to their figures; a line that `opens` a table or a chart is
    one part."""
    found: list[Item] = []
    signed = any(_RISE.search(line.text) for line in lines)
    for at, line in enumerate(lines):
        text = _GLUED_SIGNS.sub(" ", line.text) if signed else line.text
        found += [Item("X", squeeze(text), at)] if opens(at) else _of_line(text, at)
    return _joined(found)


def _of_line(text: str, at: int) -> list[Item]:
    found: list[Item] = []
    for match in _ITEM.finditer(_GLUED.sub(" ", text)):
        kind = str(match.lastgroup)
        shown = squeeze(match[kind])
        if kind == "F" and shown.isdecimal() and len(shown) <= _LONGEST_RANK:
            kind = "I"
        last = found[-1] if found else None
        if last is not None and last.kind == "N":
            numbered = kind in "IF" and fold(last.text.split()[-1]) in _NUMBERED
            if kind in "NS" or numbered:
                found[-1] = Item("N", f"{last.text} {shown}", at)
                continue
        found.append(Item(kind, shown, at))  # type: ignore[arg-type]
    return found


def _joined(items: Sequence[Item]) -> list[Item]:
    """The items with each lone arrow joined to its figure: the one behind it where all arrows have one there,
    else the one before it. An arrow before words and behind no figure is a legend's."""

    def is_figure(i: int) -> bool:
        return 0 <= i < len(items) and items[i].kind in "IF"

    def is_named(i: int) -> bool:
        return i + 1 < len(items) and items[i + 1].kind == "N" and items[i + 1].line == items[i].line

    alone = [i for i, item in enumerate(items) if item.kind == "A"]
    legend = {i for i in alone if is_named(i) and not is_figure(i - 1)}
    arrows = [i for i in alone if i not in legend]
    step = 1 if all(is_figure(i + 1) for i in arrows) else -1
    taken = {i + step: items[i] for i in arrows if is_figure(i + step)}
    out = []
    for i, item in enumerate(items):
        if i in taken:
            out.append(Item("D", f"{taken[i].text}{item.text}", item.line))
        elif item.kind != "A":
            out.append(item)
        elif i in legend or not is_figure(i + step):
            out.append(Item("L", item.text, item.line))
    return out
