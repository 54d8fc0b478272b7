"""Two parts of a laid-out table that were cut into columns differently: as many columns for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum

from extract.dump.draft import Draft
from extract.dump.layout.columns import is_figure
from extract.dump.layout.mends import label_and_figure

_FIGURES = 0.8  # of a column's texts: it is one of figures
_MOST_MISSING = 2  # columns that a part may lack
_UNLIKE = 0.5  # share of figures by which two columns differ that are not the same
_FIGURES_TELL, _LENGTH = (
    3.0,
    20.0,
)  # weight of that share; characters of mean length that tell as much as digits


def levelled(before: Draft, after: Draft) -> tuple[Draft, Draft]:
    """Two parts as wide as each other where they have the same columns of figures at their right and one has
    fewer columns of words: two of those ran into each other on its page. Or where the second lacks the first
    column of figures, which its labels came so near that they hold it. Or where its columns are like some of
    the first one's, in their order, the last of which are of words."""
    if before.n_cols == after.n_cols + 1 and (opened := _label_opened(after, _figure_columns(before) - 1)):
        return before, opened
    if before.n_cols == after.n_cols or _figure_columns(before) != _figure_columns(after):
        return before, after
    if not _figure_columns(after) and not after.header_rows and before.n_cols > after.n_cols:
        return before, _spread(after, before) or after
    width = max(before.n_cols, after.n_cols)
    return _widened(before, width), _widened(after, width)


def _label_opened(draft: Draft, figures: int) -> Draft | None:
    """The part with a column of figures taken out of its labels, before its last `figures` columns; None
    where most rows have none there."""
    label, head = draft.n_cols - figures - 1, draft.header_rows or 0
    if label < 0 or figures < 1:
        return None
    rows = [(*row[: label + 1], "", *row[label + 1 :]) for row in draft.rows[:head]]
    held = 0
    for row in draft.rows[head:]:
        parts = label_and_figure(row[label]) or (row[label], "")
        held += bool(parts[1])
        rows.append((*row[:label], *parts, *row[label + 1 :]))
    if held < _FIGURES * len(draft.rows[head:]):
        return None
    spans = tuple(replace(s, col=s.col + 1) if s.col > label else s for s in draft.spans)
    return replace(draft, rows=tuple(rows), spans=spans)


def _figure_columns(draft: Draft) -> int:
    """How many columns at the right hold nothing but figures."""
    columns = list(zip(*draft.rows[draft.header_rows or 0 :], strict=True))
    count = 0
    for column in reversed(columns):
        filled = [text for text in column if text]
        if sum(map(is_figure, filled)) < _FIGURES * len(filled):
            break
        count += 1
    return count


def _widened(draft: Draft, width: int) -> Draft:
    """The part with empty columns before its columns of figures."""
    more = width - draft.n_cols
    at = draft.n_cols - _figure_columns(draft)
    if more <= 0:
        return draft
    spans = tuple(replace(s, col=s.col + more) if s.col >= at else s for s in draft.spans)
    rows = tuple((*row[:at], *("",) * more, *row[at:]) for row in draft.rows)
    return replace(draft, rows=rows, spans=spans)


@dataclass(frozen=True, slots=True)
class _Make:
    """What a column's texts are like: the shares that are figures and that hold digits, the mean length."""

    figures: float
    digits: float
    length: float

    def unlike(self, other: _Make) -> float:
        """How little two columns are alike; from `_UNLIKE` of figures on they are not the same."""
        return (
            _FIGURES_TELL * abs(self.figures - other.figures)
            + abs(self.digits - other.digits)
            + min(1.0, abs(self.length - other.length) / _LENGTH)
        )


def _makes(draft: Draft) -> list[_Make]:
    found = []
    for column in zip(*draft.rows[draft.header_rows or 0 :], strict=True):
        texts = [text for text in column if text]
        count = max(1, len(texts))
        found.append(
            _Make(
                sum(map(is_figure, texts)) / count,
                sum(any(c.isdigit() for c in text) for text in texts) / count,
                fsum(map(len, texts)) / count,
            )
        )
    return found


def _spread(draft: Draft, known: Draft) -> Draft | None:
    """A part without a header in the columns of the one before it that are likest to its own, in order; the
    others stay empty, and the words beside them, which hold theirs, are doubted. None where a column of
    figures would stand among words, or too many are missing."""
    missing = known.n_cols - draft.n_cols
    own, others = _makes(draft), _makes(known)
    if not 0 < missing <= _MOST_MISSING:
        return None
    best: tuple[float, tuple[int, ...]] | None = None
    for kept in combinations(range(known.n_cols), draft.n_cols):
        pairs = [(make, others[c]) for make, c in zip(own, kept, strict=True)]
        if any(abs(a.figures - b.figures) > _UNLIKE for a, b in pairs):
            continue
        cost = fsum(a.unlike(b) for a, b in pairs)
        if best is None or cost < best[0]:
            best = cost, kept
    if best is None:
        return None
    at = {c: i for i, c in enumerate(best[1])}
    rows = tuple(tuple(row[at[c]] if c in at else "" for c in range(known.n_cols)) for row in draft.rows)
    beside = {c + step for c in range(known.n_cols) if c not in at for step in (-1, 0, 1)}
    doubtful = {
        (r, c)
        for r, row in enumerate(rows)
        for c in sorted(beside)
        if 0 <= c < known.n_cols and row[c] and not is_figure(row[c])
    }
    return replace(draft, rows=rows, spans=(), doubtful=draft.doubtful | doubtful)
