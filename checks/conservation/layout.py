"""How doubtful the layout of a table is: one number out of what does not fit in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from checks.conservation.grid_view import GridView, letters_in
from checks.conservation.misfit import Misfit

LONG_HEAD = 300
"""Letters of a column's header from which rows of the body stand in it."""

LONE = 2
"""Letters up to which a text in a column of words is a piece of one. Units (`kg`, `ha`) are as short, but
stand in more rows than one."""

NATS = {
    "misfits": 7.5,
    "void": 1.0,
    "headless": 2.6,
    "pieces": 5.5,
    "breaks": 2.3,
    "blank": 1.0,
    "long_head": 0.5,
    "unread": 6.5,
    "bars": 2.2,
}
"""What each share, were it whole, adds to the log-odds of a wrong layout. A logistic regression over 169
tables read from 96 prints of made-up papers in twelve kinds of damage, eleven real documents and clean scans;
a table was wrong where more than one figure in twenty was."""

PRIOR = -1.8
"""Log-odds of a wrong layout where nothing speaks against it."""

BOUND = 0.5
"""Doubt from which a table is flagged whole. Of those tables 2 of 97 good ones were; of the 72 wrong ones
none was missed but those whose other half had become a table by itself, and some with a few wrong cells that
are flagged by themselves."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks against a table's layout, each a share (0..1): `misfits` of the cells of figures;
    `void` of the columns, with neither header nor body; `headless` of the columns, with a body but no
    header; `pieces` of the cells of words, a letter or two and no unit; `bars` of the cells of words, with
    the stroke of a rule among them; `breaks` of the steps from row number to row number;
    `blank` of the places in columns of figures; `long_head` 1 where the header holds rows of the body;
    `unread` what the readers' mean confidence lacks to 1."""

    misfits: float = 0.0
    void: float = 0.0
    headless: float = 0.0
    pieces: float = 0.0
    breaks: float = 0.0
    blank: float = 0.0
    long_head: float = 0.0
    unread: float = 0.0
    bars: float = 0.0


def evidence(view: GridView, found: Sequence[Misfit]) -> Evidence:
    """What speaks against the layout of a table with these misfits."""
    table, figures = view.table, view.figure_columns
    filled = [len(view.column(col)) for col in range(table.n_cols)]
    words = [c for col in range(table.n_cols) if col not in figures for c in view.column(col)]
    read = [c.text for c in words if not c.sure]
    places = len(view.rows) * len(figures)
    heads = view.heads
    steps = list(pairwise(view.ordinals))
    return Evidence(
        misfits=_share(sum(m.col in figures for m in found), len(view.figure_cells)),
        void=_share(sum(not n and not head for n, head in zip(filled, heads, strict=True)), table.n_cols),
        headless=_headless(view, filled),
        pieces=_share(sum(n == 1 for text, n in Counter(read).items() if _is_piece(text)), len(words)),
        breaks=_share(sum(b not in (a + 1, 1) for a, b in steps), len(steps)),
        blank=_share(places - len(view.figure_cells), places),
        long_head=float(any(letters_in(head) > LONG_HEAD for head in heads)),
        unread=1.0 - table.confidence,
        bars=_share(sum("|" in text.strip("|") for text in read), len(words)),
    )


def _headless(view: GridView, filled: Sequence[int]) -> float:
    """The share of the columns with a body but no header, where that speaks against the layout."""
    heads = zip(filled, view.heads, strict=True)
    return _share(sum(n > 0 and not head for n, head in heads), view.table.n_cols)


def _is_piece(text: str) -> bool:
    return text.isalpha() and len(text) <= LONE


def doubt(found: Evidence) -> float:
    """The chance (0..1) that a table's layout is wrong, given what speaks against it."""
    odds = math.fsum((PRIOR, *(NATS[field.name] * getattr(found, field.name) for field in fields(found))))
    return 1.0 / (1.0 + math.exp(-odds))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
