"""What drawn rules tell of a table that was read by the order of its words: the cells of its header, and a
second column of words (`Gas đun | đồng/kg | 16.500`), which the order of words gives to the label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.dump.draft import Draft, Span
from extract.dump.stream.rows import StreamRow
from extract.dump.stream.sections import Section
from extract.dump.tokens import cut_line, tokenize
from normalize.unicode import fold, squeeze

_RULES = re.compile(r"[|\[\]{}¦]")
_NAMED = 0.7  # of a header's cells have words
_LEAST_DRAWN = 3  # rows that rules part into a cell of words more
_MOST_OTHERS = 0.75  # rows without it for each with it: rules are read here and there
_LONGEST_UNIT = 3  # words
_ALIKE = 75.0  # of 100: a row's last words and what other rows have between rules

Place = tuple[int, int]


def with_drawn_columns(
    draft: Draft, section: Section, rows: Sequence[StreamRow], starts: Sequence[int], lead: int
) -> Draft:
    """The draft with a second column of words after the `lead` columns where rules of its rows part them so,
    and with the header cells that rules part. `starts` are the rows of the draft at which `rows` begin."""
    draft = _with_second_words(draft, rows, starts, lead)
    heads = _heads(section, draft.n_cols)
    return _headed(draft, heads, bool(section.numbering)) if heads and draft.torn else draft


def _heads(section: Section, width: int) -> tuple[str, ...]:
    """The cells of a line of the header that rules part into as many as there are columns; () for none."""
    for line in section.header:
        cells = tuple(squeeze(cell) for cell in _RULES.split(line.line.text.strip(" |")))
        named = sum(sum(ch.isalpha() for ch in cell) > 1 for cell in cells)
        if len(cells) == width and named >= _NAMED * width:
            return cells
    return ()


def _headed(draft: Draft, heads: Sequence[str], numbered: bool) -> Draft:
    """The draft under other headings, its row of column numbers kept."""
    old = (draft.header_rows or 0) - numbered
    by = 1 - old
    places = _moved(draft, lambda at: (at[0] + by, at[1]) if at[0] >= old else None)
    return replace(
        places,
        rows=(tuple(heads), *draft.rows[old:]),
        pages=(draft.pages[0], *draft.pages[old:]),
        header_rows=(draft.header_rows or 0) + by,
        torn=None,
    )


def _with_second_words(draft: Draft, rows: Sequence[StreamRow], starts: Sequence[int], lead: int) -> Draft:
    """The draft with the words between the label and the figures in a column of their own."""
    parted = {at: cells for at, row in zip(starts, rows, strict=True) if (cells := _cells_before(row))}
    drawn = {at: cells[-2:] for at, cells in parted.items() if len(cells) == lead + 1}
    others = sum(len(cells) == lead for cells in parted.values())
    if len(drawn) < _LEAST_DRAWN or others > _MOST_OTHERS * len(drawn):
        return draft
    known = {fold(unit) for _, unit in drawn.values()}
    filled = {at for at, row in zip(starts, rows, strict=True) if row.figures}
    out = []
    doubtful: set[Place] = set()
    for r, row in enumerate(draft.rows):
        label, unit = drawn.get(r) or (_parted(row[lead - 1], known) if r in filled else (row[lead - 1], ""))
        if r in filled and r not in drawn:
            doubtful.add((r, lead))
        out.append((*row[: lead - 1], label, unit, *row[lead:]))
    places = _moved(draft, lambda at: (at[0], at[1] + (at[1] >= lead)))
    torn = draft.torn
    if torn and torn.marks:
        torn = replace(torn, marks=(*torn.marks[:lead], "", *torn.marks[lead:]))
    return replace(places, rows=tuple(out), doubtful=places.doubtful | doubtful, torn=torn)


def _cells_before(row: StreamRow) -> tuple[str, ...]:
    """What rules part before a row's figures, where all its words stand on their line; () for another."""
    if not row.figures or sum(bool(line.before or line.run) for line in row.lines) > 1:
        return ()
    line = next(line for line in row.lines if line.run).line
    if not any(token.kind == "rule" for token in tokenize(line.text)):
        return ()
    cells: list[list[str]] = [[]]
    for token in cut_line(line).before:
        if token.kind == "rule":
            cells.append([])
        else:
            cells[-1].append(token.text)
    return tuple(" ".join(cell) for cell in cells if cell)


def _parted(label: str, known: set[str]) -> tuple[str, str]:
    """A label without its last words, and these, where other rows have the like between rules."""
    words = label.split()
    offers = []
    for count in range(1, min(_LONGEST_UNIT, len(words) - 1) + 1):
        unit = " ".join(words[-count:])
        score = max((fuzz.ratio(fold(unit), other) for other in known), default=0.0)
        offers.append((score, count, unit))
    best = max(offers, default=(0.0, 0, ""))
    return (" ".join(words[: -best[1]]), best[2]) if best[0] >= _ALIKE else (label, "")


def _moved(draft: Draft, to: Callable[[Place], Place | None]) -> Draft:
    """The draft with all that is said of places said of where they go; what goes nowhere is dropped."""
    spans = []
    for span in draft.spans:
        first = to((span.row, span.col))
        last = to((span.row + span.height - 1, span.col + span.width - 1))
        if first and last:
            spans.append(Span(*first, last[0] - first[0] + 1, last[1] - first[1] + 1))
    return replace(
        draft,
        spans=tuple(spans),
        doubtful=frozenset(new for at in draft.doubtful if (new := to(at))),
        others={new: found for at, found in draft.others.items() if (new := to(at))},
        surely={new: found for at, found in draft.surely.items() if (new := to(at))},
    )
