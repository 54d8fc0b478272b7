"""Dashes that are empty cells before a decimal (`Gio An 60,0 - 15,0 8,5`), told from its sign by the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.dump.lines import SourceLine
from extract.dump.tokens import APART, LONE_SIGN, cut_line, tokenize

_FEWEST_TOLD = 2  # figures of a row


def with_dashes_apart(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with each dash before a decimal as a cell of its own, where rows are then as wide as each
    other; or where either reading makes them so, and other dashes of the lines are cells or signs stand close
    to their figures. Else the dash is the decimal's sign, as it was."""
    at = [i for i, line in enumerate(lines) if LONE_SIGN.search(line.text.strip())]
    if not at:
        return list(lines)
    parted = list(lines)
    for i in at:
        parted[i] = replace(lines[i], text=LONE_SIGN.sub(rf"\1{APART}", lines[i].text))
    own = set(at)
    widths = Counter(n for i, line in enumerate(lines) if i not in own and (n := _width(line)))
    joined = [_width(lines[i]) for i in at]
    apart = [_width(parted[i]) for i in at]
    usual = max(widths, key=lambda n: (widths[n], n), default=0)
    if usual:
        speaks_for, against = (sum(n == usual for n in found) for found in (apart, joined))
    else:
        speaks_for, against = (max(Counter(found).values()) for found in (apart, joined))
    if speaks_for == against and (_dashes_are_cells(lines) or _signs_are_close(lines)):
        return parted
    return parted if speaks_for > against else list(lines)


def _width(line: SourceLine) -> int:
    """How many figures and empty cells a row has; 0 of a line that is none."""
    run = [token for token in cut_line(line).run if token.kind in ("figure", "dash", "mark")]
    return len(run) if len(run) >= _FEWEST_TOLD else 0


def _dashes_are_cells(lines: Sequence[SourceLine]) -> bool:
    """Whether some dash stands where no sign can: at a row's end, before a dash or a whole number."""
    tokens = (tokenize(LONE_SIGN.sub("¤", line.text)) for line in lines if _width(line))
    return any(token.kind == "dash" for own in tokens for token in own[1:])


def _signs_are_close(lines: Sequence[SourceLine]) -> bool:
    return any(
        token.kind == "figure" and token.text[0] in "-−–" and " " not in token.text
        for line in lines
        for token in tokenize(line.text)
    )
