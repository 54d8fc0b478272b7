"""Rows of a laid-out table that a long label pushed: the text of the next column ran into it, and the row's
figures stand a column to the left of theirs, the last of which is empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from extract.dump.layout.columns import is_figure

# Of a column's texts: from the first on it is one of figures, up to the second one of words; of the rows with
# figures so many fill a column before an empty cell in it tells.
_FIGURES, _WORDS, _FILLED = 0.8, 0.25, 0.8
_LEAST_ROWS = 4
# A figure with words behind it, or round it where these stand on two lines and it is centred on them.
FIGURE_AND_WORDS = re.compile(r"^(?:([^\W\d]\D*) )?([-+]?\d[\d.,]*%?) ([^\W\d].*)$")
_PRINTED = re.compile(r"\d[.,]\d")  # a figure with its mark: a whole one may be part of a name


def pushed_back(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows that have just a figure for each column after one of words, but begin in that column or in the
    label before it, with these in their columns; the label gives back the words of the next column."""
    out = [list(row) for row in rows]
    columns = list(zip(*out, strict=True))
    filled = [_is_filled(out, c) for c in range(len(columns))]
    for col in range(1, len(columns) - 1):
        if _share(columns[col]) > _WORDS:
            continue
        stop = next((c for c in range(col + 1, len(columns)) if not filled[c]), len(columns))
        known = {text for text in columns[col] if text and not is_figure(text)}
        listed = _is_listed(columns[col])
        for row in out:
            pushed = _listed_and_figures(row, col, known) if listed else _label_and_figures(row, col)
            if pushed is None:
                continue
            words, figures = pushed
            figures += [text for text in row[col + 1 : stop] if text]
            if len(figures) == stop - col - 1 and all(map(is_figure, figures)):
                row[col + 1 - len(words) : stop] = [*words, *figures]
    return out


def with_words_apart(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows with the words behind a figure in the next column, which is empty there and has words in other
    rows: so wide a figure left one blank before them."""
    out = [list(row) for row in rows]
    for col in range(len(out[0]) - 1 if out else 0):
        known = {row[col + 1] for row in out if row[col + 1] and is_figure(row[col])}
        if len(known) == 0 or any(map(is_figure, known)):
            continue
        for row in out:
            parts = FIGURE_AND_WORDS.match(row[col])
            if parts and not row[col + 1] and (parts[3] in known or (parts[1] or parts[3])[0].isupper()):
                row[col : col + 2] = parts[2], " ".join(filter(None, (parts[1], parts[3])))
    return out


def _listed_and_figures(row: Sequence[str], col: int, known: Set[str]) -> tuple[list[str], list[str]] | None:
    """The label, the words of the listed column after it and the figures that begin in either; None where
    none does."""
    parts = _words_and_figure(row[col])
    if parts is None:
        return None
    if parts[0]:
        return [row[col - 1], parts[0]], [parts[1]]
    label, words = _given_back(row[col - 1], known)
    stuck = _words_and_figure(label) if not words else None
    if stuck is None:
        return [label, words], [parts[1]]
    return [*_given_back(stuck[0], known)], [stuck[1], parts[1]]


def _label_and_figures(row: Sequence[str], col: int) -> tuple[list[str], list[str]] | None:
    """A label and the printed figure that ends it; None where none does."""
    parts = _words_and_figure(row[col])
    return ([parts[0]], [parts[1]]) if parts and parts[0] and _PRINTED.search(parts[1]) else None


def _share(column: Sequence[str]) -> float:
    """The share of figures among a column's texts."""
    texts = [text for text in column if text]
    return sum(map(is_figure, texts)) / len(texts) if texts else 1.0


def _is_listed(column: Sequence[str]) -> bool:
    """Whether a column's words come again and again, as units do: a label's may hold figures of its own."""
    counts = Counter(text for text in column if text and not is_figure(text))
    return counts.total() >= _LEAST_ROWS and len(counts) * 2 <= counts.total()


def _is_filled(rows: Sequence[Sequence[str]], col: int) -> bool:
    """Whether nearly all rows with figures have one in the column."""
    with_figures = [row for row in rows if sum(map(is_figure, row[1:])) > 1]
    return len(with_figures) >= _LEAST_ROWS and sum(
        is_figure(row[col]) for row in with_figures
    ) >= _FILLED * len(with_figures)


def _words_and_figure(text: str) -> tuple[str, str] | None:
    """The words and the figure that ends a text, or that it is; None where it ends with none."""
    head, _, last = text.rpartition(" ")
    return (head, last) if last and is_figure(last) and last[-1].isdigit() else None


def _given_back(label: str, known: Set[str]) -> tuple[str, str]:
    """A label without the words at its end that the next column is known to hold, and those words."""
    taken = max((text for text in known if label.endswith(" " + text)), key=len, default="")
    return (label.removesuffix(taken).rstrip(), taken) if taken else (label, "")
