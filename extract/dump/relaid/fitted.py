"""One line of such a dump held against the others: its scale, and where another line was run into it.

Lines that overlap by half a height and more (a row's number beside the two lines of its label) come out as
one, the second from its own left edge again. A line is parted where that brings more of it in line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from extract.dump.relaid.places import Alignment, Stretch, is_row, stretches_of
from normalize.numbers import looks_numeric
from normalize.ordinals import is_ordinal_head, read_ordinal

# Headers and totals are set bolder or in another size than the rows: the line as a whole is wider.
_SCALES = tuple(percent / 100 for percent in range(92, 113, 2))
_OF_SCALE = 2.0  # stretches in line that a scale twice as large must bring
# Stretches in line that a parting must bring: a row's, one with good reason, and a header's, whose texts are
# in line with few others, so that some come to be by chance.
_OF_PIECE, _OF_LIKELY_PIECE, _OF_HEAD = 1.0, 0.3, 1.5
_MOST_PIECES = 6
_IN_LINE = 0.9  # of a line's stretches: nothing is left to mend
_APART = 0.2  # heights of letters between stretches on one line
_NUMBER_COLUMN = 3  # blanks before a row's number at the left edge
# Where a line may begin anew: at blanks, or at once with the number of a row or its heading.
_BEGINS = re.compile(
    r"(?<=\S) +(?=\S)|(?<=[^\W\d_])(?=S?TT\b|Số TT|[IVX]+ |\d+(?:\.\d+)* |[a-zđ]\) )|(?<=\))(?=[A-ZĐ])"
)
_CELLS = re.compile(r" {2,}")


def fitted(text: str, alignment: Alignment) -> list[list[Stretch]]:
    """The stretches of a line in their places; on several lines where those run into one stood over each
    other."""
    pieces = [text]
    gain, best = _scaled(pieces, alignment)
    several = is_row(best[0])
    while gain < _IN_LINE * sum(map(len, best)) and len(pieces) < _MOST_PIECES:
        found: tuple[float, list[list[Stretch]], list[str]] | None = None
        for offer, cost in _parted(pieces):
            own, placed = _scaled(offer, alignment)
            better = own - cost > (found[0] if found else gain)
            if better and not (several and any(map(_holds_more, _on_lines(placed)[1:]))):
                found = own - cost, placed, offer
        if found is None:
            break
        gain, best, pieces = found
    return _on_lines(best)


def _scaled(pieces: Sequence[str], alignment: Alignment) -> tuple[float, list[list[Stretch]]]:
    """How far pieces are in line with the others, and their stretches, at the scale at which most are."""
    own = [stretches_of(piece) for piece in pieces]
    every = [stretch for piece in own for stretch in piece]
    gain, scale = alignment.share(every), 1.0
    if gain < _IN_LINE * len(every) and len(every) > 1:
        gain, scale = max((alignment.share(every, s) - _OF_SCALE * abs(s - 1), s) for s in _SCALES)
    return gain, [[stretch.times(scale) for stretch in piece] for piece in own]


def _parted(pieces: Sequence[str]) -> Iterator[tuple[list[str], float]]:
    """The ways to part one of the pieces, each with how much it must bring."""
    row = sum(map(looks_numeric, chain.from_iterable(map(_CELLS.split, pieces)))) > 1
    numbered = read_ordinal(pieces[0].split()[0]) is not None
    bracket = any("(" in piece for piece in pieces)
    for k, piece in enumerate(pieces):
        for begin in _BEGINS.finditer(piece):
            rest, blanks = piece[begin.start() :], len(begin.group())
            before = piece[begin.start() - 1]
            if not blanks and not (before.islower() or before == ")"):
                continue
            if not blanks and bracket and rest.split()[0].endswith(")"):
                continue  # `(Cơ` over `quan)`
            number = _opens_row(rest, numbered)
            if blanks < 2 and not number:
                continue
            if blanks == 1 and not row and not is_ordinal_head(rest.split()[0]):
                continue  # `TH 6 tháng`: among headings a figure is none of a row
            label_goes_on = row and not _CELLS.search(rest.strip())
            likely = label_goes_on or (number and blanks <= _NUMBER_COLUMN)
            cost = _OF_LIKELY_PIECE if likely else _OF_PIECE if row else _OF_HEAD
            yield [*pieces[:k], piece[: begin.start()], rest, *pieces[k + 1 :]], cost


def _opens_row(text: str, numbered: bool) -> bool:
    """Whether a text opens with the heading of row numbers, or a row's number where its line has none."""
    first, *more = text.split()
    if is_ordinal_head(first):
        return True
    ordinal = read_ordinal(first)
    if numbered or not more or ordinal is None:
        return False
    return ordinal.kind != "letter" or first.endswith(")")


def _holds_more(line: Sequence[Stretch]) -> bool:
    """Whether a line has more than the second line of a label."""
    return len(line) > 1 or line[0].figure


def _on_lines(pieces: Sequence[list[Stretch]]) -> list[list[Stretch]]:
    """The pieces put on one line, a further one for those that stand over another."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        whole = sorted([*lines[-1], *piece], key=lambda s: s.start)
        if all(right.start >= left.end + _APART for left, right in pairwise(whole)):
            lines[-1] = whole
        else:
            lines.append(piece)
    return lines
