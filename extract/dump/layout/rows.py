"""Lines of a laid-out table grouped into rows: labels wrap over and under the line of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extract.dump.layout.columns import is_figure
from normalize.numbers import is_none_mark
from normalize.ordinals import read_ordinal
from normalize.unicode import fold
from normalize.wraps import unwrapped

Alignment = Literal["middle", "top", "bottom"]
_LONGEST_ROW = 14
_NUMBERED_SHARE = 0.3
_FEWEST_NUMBERED = 3
# Pairs of lines of counts and shares: of the lines of figures, and row numbers for each.
_FEWEST_PAIRS, _PAIRED, _ONE_EACH = 3, 0.9, 1.2
_FIGURES_AGAIN = 3.5  # nats of a second line of figures in one row
_NUMBER_AGAIN = 4.0
_NUMBER_ONLY = 0.3  # nats of a row without figures that has a number
_NOTHING = 2.2
_SECTION_WITHIN = 4.0  # a section's heading in one row with other lines
_FIGURES = 1.9  # nats gained
_TOTAL_ROW = 0.3
_UNNUMBERED = 1.2
_WORDS = 0.4  # of a column's texts that are figures, below which it is one of words
_A_LINE = 0.4  # nats a line more
_APART = 0.8  # nats a line between number and figures
_ONE_OFF = 0.15  # nats of a figure line a line off the middle
_OFF = 0.9
_UNEVEN = 0.001  # nats: of ways that cost the same, the one with rows of like height
_NOT_MIDDLE = 0.05


def group_rows(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows' texts, the lines of a cell joined.

    Every way to part the lines into rows has a cost: a row has one line with figures and one row number,
    and its other lines stand round that line as the whole table aligns its cells (middle, top, bottom);
    the cheapest of the three alignments is taken.
    """
    shares = lines_of_shares(lines)
    cuts = row_starts(lines, shares)
    rows = []
    for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        below = [
            [c if k and i in shares and is_figure(c) else "" for k, c in enumerate(lines[i])]
            for i in range(start, end)
        ]
        above = [
            [a if not b else "" for a, b in zip(line, under, strict=True)]
            for line, under in zip(lines[start:end], below, strict=True)
        ]
        rows += [_joined(part) for part in (above, below) if part is above or any(map(any, part))]
    return rows


def row_starts(lines: Sequence[Sequence[str]], shares: frozenset[int] = frozenset()) -> list[int]:
    """The lines at which rows begin by the cheapest way; those of `shares` go on with the row above them."""
    offers = [_cheapest(lines, shares, alignment) for alignment in ("middle", "top", "bottom")]
    return min(offers, key=lambda o: o[0])[1]


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    return [unwrapped("\n".join(filter(None, texts))) for texts in zip(*lines, strict=True)]


def lines_of_shares(lines: Sequence[Sequence[str]]) -> frozenset[int]:
    """The lines of percentages in a table whose rows are two each: counts, and under them the shares they
    make, with one number and label for both. None where not nearly all lines of figures make such pairs, or
    where there is a number for each line."""
    with_figures = [i for i, line in enumerate(lines) if figures_of(line)]
    shares = [_are_shares(lines[i]) for i in with_figures]
    pairs = [k for k in range(1, len(shares)) if shares[k] and not shares[k - 1]]
    if sum(shares) != len(pairs) or len(pairs) < _FEWEST_PAIRS or 2 * len(pairs) < _PAIRED * len(shares):
        return frozenset()
    numbers = sum((o := read_ordinal(line[0])) is not None and o.kind == "number" for line in lines)
    return frozenset(with_figures[k] for k in pairs) if numbers <= _ONE_EACH * len(pairs) else frozenset()


def _are_shares(line: Sequence[str]) -> bool:
    """Whether all figures of a line are printed as percentages."""
    figures = [c for c in line[1:] if is_figure(c) and not is_none_mark(c)]
    return bool(figures) and all(c.endswith("%") for c in figures)


def _cheapest(
    lines: Sequence[Sequence[str]], shares: frozenset[int], alignment: Alignment
) -> tuple[float, list[int]]:
    worded = worded_columns(lines)
    figures = [0 if i in shares else figures_of(line, worded) for i, line in enumerate(lines)]
    numbered = [read_ordinal(line[0]) is not None and bool(line[0].strip()) for line in lines]
    any_number = sum(numbered) >= _NUMBERED_SHARE * len(lines) or sum(numbered) >= _FEWEST_NUMBERED
    best = [0.0] + [float("inf")] * len(lines)
    came = [0] * (len(lines) + 1)
    for end in range(1, len(lines) + 1):
        for start in range(max(0, end - _LONGEST_ROW), end):
            cost = best[start] + _row_cost(lines, start, end, figures, numbered, any_number, alignment)
            cost += _share_cost(shares, figures, numbered, start, end)
            if cost < best[end]:
                best[end], came[end] = cost, start
    cuts: list[int] = []
    end = len(lines)
    while end > 0:
        cuts.append(came[end])
        end = came[end]
    return best[-1], cuts[::-1]


def _share_cost(
    shares: frozenset[int], figures: Sequence[int], numbered: Sequence[bool], start: int, end: int
) -> float:
    """What it costs that a line of shares begins a row; that its number stands beside the line saves as much
    as the number's way to the line of the counts costs."""
    if not shares:
        return 0.0
    here = [i for i in range(start, end) if figures[i] or i in shares]
    cost = _FIGURES_AGAIN if here and here[0] in shares else 0.0
    number = next((i for i in range(start, end) if numbered[i]), None)
    if number is None or not here or not figures[here[0]]:
        return cost
    return cost - _APART * (abs(here[0] - number) - min(abs(i - number) for i in here))


def figures_of(line: Sequence[str], worded: frozenset[int] = frozenset()) -> int:
    return sum(is_figure(text) for c, text in enumerate(line) if c and c not in worded)


def worded_columns(lines: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns whose texts are words as a rule: a figure alone on a line there ends a wrapped text (`trong
    10` over `70%`), and begins no row."""
    texts = [[text for text in column if text] for column in zip(*lines, strict=True)]
    return frozenset(c for c, own in enumerate(texts) if own and sum(map(is_figure, own)) < _WORDS * len(own))


def _row_cost(
    lines: Sequence[Sequence[str]],
    start: int,
    end: int,
    figures: Sequence[int],
    numbered: Sequence[bool],
    any_number: bool,
    alignment: Alignment,
) -> float:
    with_figures = [i for i in range(start, end) if figures[i]]
    with_number = [i for i in range(start, end) if numbered[i]]
    cost = _FIGURES_AGAIN * max(0, len(with_figures) - 1) + _NUMBER_AGAIN * max(0, len(with_number) - 1)
    if not with_figures:
        cost += _NUMBER_ONLY if with_number else _NOTHING
        if not with_number and end - start == 1 and _heads_section(lines[start]):
            cost -= _FIGURES
    if end - start > 1 and any(map(_names_section, lines[start:end])):
        cost += _SECTION_WITHIN
    if any_number and not with_number:
        cost += _TOTAL_ROW if _is_total(lines, start, end) else _UNNUMBERED
    anchors = with_number or with_figures
    if not anchors:
        return cost + _A_LINE * (end - start - 1)
    if with_number and with_figures and with_figures[0] != with_number[0]:
        cost += _APART * abs(with_figures[0] - with_number[0])
    above, below = anchors[0] - start, end - 1 - anchors[0]
    if alignment == "middle":
        off = abs(above - below)
        cost += _UNEVEN * (end - start - 1) ** 2
        return cost + (_ONE_OFF if off == 1 else _OFF * off if off else 0.0)
    return cost + _OFF * (above if alignment == "top" else below) + _NOT_MIDDLE


def _heads_section(line: Sequence[str]) -> bool:
    """Whether the only text of a line is in capitals or opens with a Roman number: a section's heading."""
    filled = [c for c in line if c.strip()]
    return len(filled) == 1 and (filled[0].isupper() or read_ordinal(filled[0].split()[0]) is not None)


def _names_section(line: Sequence[str]) -> bool:
    """Whether the only text of a line is a section's Roman number and its title."""
    filled = [c for c in line if c.strip()]
    number, _, title = filled[0].partition(" ") if len(filled) == 1 else ("", "", "")
    ordinal = read_ordinal(number) if number.endswith(".") else None
    return ordinal is not None and ordinal.kind == "roman" and title[:1].isupper()


def _is_total(lines: Sequence[Sequence[str]], start: int, end: int) -> bool:
    text = fold(" ".join(c for line in lines[start:end] for c in line[:2]))
    return text.startswith(("tong", "cong", "toan "))
