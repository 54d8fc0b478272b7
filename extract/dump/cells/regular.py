"""Rows without numbers, written a cell a line: each on one line, where all have as many figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.dump.lines import SourceLine
from extract.dump.tokens import tokenize

# So many rows in turn have as many figures, so many at least; a label has so many lines at most.
_LEAST_ROWS, _LEAST_FIGURES, _LABEL_LINES = 4, 3, 3
_NEARLY_ALL, _NUMBERED = 0.9, 0.3  # of a column's figures; of steps that count on, for numbers of rows

Group = tuple[list[int], list[int]]
"""The lines of words and those of one figure each that follow them."""


def with_rows_on_lines(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with a table's rows each on one line where a figure a line follows each label, as many for
    each. Only where columns of decimals and of whole numbers tell rows from columns written one by one."""
    out = list(lines)
    for rows in _runs(_groups(lines)):
        if len(rows) < _LEAST_ROWS or not _are_rows(lines, rows):
            continue
        for k, (words, figures) in enumerate(rows):
            own = _label(lines, words, k == 0)
            taken = [lines[i] for i in (*own, *figures)]
            out[own[0]] = replace(
                taken[0],
                text=" ".join(line.text.strip() for line in taken),
                key=" ".join(line.key.strip() for line in taken),
                more=taken[-1].number - taken[0].number,
            )
            for i in (*own[1:], *figures):
                out[i] = replace(lines[i], text="", key="")
    return out


def _runs(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups in turn with as many figures each; the last may have the page's number below it."""
    found: list[list[Group]] = []
    for words, figures in groups:
        count = len(found[-1][-1][1]) if found else 0
        if found and (len(figures) == count or (len(found[-1]) >= _LEAST_ROWS and len(figures) == count + 1)):
            found[-1].append((words, figures[:count]))
        elif len(figures) >= _LEAST_FIGURES:
            found.append([(words, figures)])
        else:
            found.append([(words, [])])
    return [run for run in found if run[0][1]]


def _groups(lines: Sequence[SourceLine]) -> list[Group]:
    filled = [i for i, line in enumerate(lines) if not line.blank]
    groups: list[Group] = []
    for lone, found in groupby(filled, lambda i: _is_figure(lines[i])):
        if not lone:
            groups.append((list(found), []))
        elif groups:
            groups[-1][1].extend(found)
    return groups


def _is_figure(line: SourceLine) -> bool:
    tokens = tokenize(line.text)
    return len(tokens) == 1 and tokens[0].kind in ("figure", "dash")


def _label(lines: Sequence[SourceLine], words: Sequence[int], first: bool) -> list[int]:
    """The lines of a row's label: those below the last blank one, or the last alone under a header."""
    start = max((k for k in range(1, len(words)) if words[k] != words[k - 1] + 1), default=0)
    own = list(words[start:])
    lone = len(own) > _LABEL_LINES or (first and not start)
    return own[-1:] if lone else own


def _are_rows(lines: Sequence[SourceLine], rows: Sequence[Group]) -> bool:
    """Whether each row is a block of lines, figures in the same place of all are decimals, others whole, and
    the last of each are no numbers of the rows that follow."""
    columns = list(zip(*([lines[i].text.strip() for i in figures] for _, figures in rows), strict=True))
    shares = [sum("," in text or "." in text for text in column) / len(column) for column in columns]
    lasts = [int(text) if text.isdigit() else 0 for text in columns[-1]]
    numbers = _NUMBERED * (len(lasts) - 1) <= sum(b - a == 1 for a, b in pairwise(lasts))
    blocks = all(_are_together([*words[-1:], *figures]) for words, figures in rows)
    told = any(share >= _NEARLY_ALL for share in shares) and any(share <= 1 - _NEARLY_ALL for share in shares)
    return told and blocks and not numbers


def _are_together(places: Sequence[int]) -> bool:
    return all(b - a == 1 for a, b in pairwise(places))
