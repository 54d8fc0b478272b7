"""Rivers of white space between the columns of a table without rules."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import fmean, median

from extract.tables.assign import line_text
from extract.tables.printed import Line
from model.page import Word
from normalize.numbers import is_none_mark, looks_numeric
from normalize.ordinals import is_ordinal

# Shares of the type size (em), measured on renders of ruled-less reports: cells of neighbouring columns may
# come as near as 0.35 em.
_RIVER = 0.3
_CLEAR_GAP = 0.55  # with this much white in nine of ten lines, and at least five, no blank is meant
_CLEAR_LINES = 5
_FEW_SHARED = 0.3  # of the lines of the side with fewer that stand beside lines of the other
_BLANK = 0.5  # blanks between words of read ink are up to 0.45 em wide
_FEWEST_TEXTS = 3
_FEWEST_EDGES = 3  # of two columns
_DUSTY = 0.3  # share of the lines; a column of dashes has one in most
_MARGIN = 0.5  # em
_SLACK = 0.1  # points
_UPPER_QUARTER = 3
_QUARTERS = 4
_TENTH = 10
_WIDE_RIVER = 1.2  # em
_USUAL_BLANK = 0.28  # em; of most fonts, where the lines have no other blank
_BEYOND_BLANK = 1.35  # blanks of the lines; text layers place each letter, and cells are not justified
_FEWEST_MET, _FEWEST_LEVEL = 3, 4  # lines with cells on both sides of such a river, and on one of them
_LEVEL = 0.1  # em
_MOST_TEXTS = 0.7
_MORE_EDGES = 4
_FEW_EDGES = 3


def kept_rivers(
    rivers: Sequence[tuple[float, float]], words: Sequence[Word], em: float
) -> list[tuple[float, float]]:
    """The rivers that stay at least `_RIVER` em wide when `words` are laid over them."""
    kept = []
    for low, high in rivers:
        pieces = [(low, high)]
        for word in words:
            x0, x1 = word.box.x0, word.box.x1
            pieces = [
                (a, b)
                for p0, p1 in pieces
                for a, b in ((p0, min(p1, x0)), (max(p0, x1), p1))
                if b - a >= _RIVER * em
            ]
            if not pieces:
                break
        if pieces:
            kept.append(max(pieces, key=lambda p: p[1] - p[0]))
    return kept


def columns_of(body: Sequence[Line], em: float, head: Sequence[Line] = ()) -> tuple[float, ...] | None:
    """Column edges: the outer bounds and the middles of the rivers that part cells. The lines of the header,
    `head`, bear witness where none of its words lies over a river."""
    words = [w for line in body for w in line.words]
    spans = sorted((w.box.x0, w.box.x1) for w in words)
    rivers: list[tuple[float, float]] = []
    reach = spans[0][1]
    for x0, x1 in spans:
        if x0 - reach >= _RIVER * em:
            rivers.append((reach, x0))
        reach = max(reach, x1)
    rivers = [
        r
        for i, r in enumerate(rivers)
        if _parts_cells(r, rivers, i, body, em) or _is_staggered(r, rivers, i, [*body, *head])
    ]
    rivers = _without_dashes(rivers, body)
    if not rivers:
        return None
    left, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    return (left - _MARGIN * em, *((a + b) / 2 for a, b in rivers), right + _MARGIN * em)


def _parts_cells(
    river: tuple[float, float],
    rivers: Sequence[tuple[float, float]],
    index: int,
    body: Sequence[Line],
    em: float,
) -> bool:
    """Whether a river is more than blanks that happen to stand below each other: figures or ordinals
    fill the column on one side of it, or most gaps across it are wide."""
    low = rivers[index - 1][1] if index else float("-inf")
    high = rivers[index + 1][0] if index + 1 < len(rivers) else float("inf")
    gaps = []
    for line in body:
        before = [w.box.x1 for w in line.words if low - _SLACK <= w.box.x0 and w.box.x1 <= river[0] + _SLACK]
        after = [w.box.x0 for w in line.words if river[1] - _SLACK <= w.box.x0 and w.box.x1 <= high + _SLACK]
        if before and after:
            gaps.append(min(after) - max(before))
    left = texts_between(body, low, river[0])
    right = texts_between(body, river[1], high)
    if _figures(left) or _figures(right):
        # A figure that ends or opens a text (`loại 1`) has a blank beside it wherever it stands.
        if not gaps or sorted(gaps)[_UPPER_QUARTER * len(gaps) // _QUARTERS] > _BLANK * em:
            return True
        return _meets_level(gaps, river, body, em)
    if river[1] - river[0] > em and min(len(left), len(right)) >= _FEWEST_TEXTS:
        return True  # texts centred in height against each other share few lines, or none
    if not gaps:
        return False
    clear = sorted(gaps)[len(gaps) // _TENTH] > _CLEAR_GAP * em and len(gaps) >= _CLEAR_LINES
    return clear or median(gaps) > _WIDE_RIVER * em


def _meets_level(gaps: Sequence[float], river: tuple[float, float], body: Sequence[Line], em: float) -> bool:
    """Whether figures set to the right meet what is set to the left beside them: line after line ends at one
    x and goes on at another. In a text layer the white is wider than the blanks between words as well; in
    read ink, whose blanks are of any width, the words that end together begin apart."""
    if len(gaps) < _FEWEST_MET:
        return False
    near = _BLANK * em
    words = [w for line in body for w in line.words]
    ending = [w.box for w in words if river[0] - near < w.box.x1 <= river[0] + _SLACK]
    begins = [w.box.x0 for w in words if river[1] - _SLACK <= w.box.x0 < river[1] + near]
    if max(len(ending), len(begins)) < _FEWEST_LEVEL:
        return False
    if any(max(at) - min(at) > _LEVEL * em for at in ([b.x1 for b in ending], begins)):
        return False
    if not all(w.size > 0 for w in words):
        starts = sorted(b.x0 for b in ending)
        return len(ending) >= _FEWEST_LEVEL and starts[-2] - starts[1] > near
    steps = [(b.box.x0 - a.box.x1, a.box.x1) for line in body for a, b in itertools.pairwise(line.words)]
    blanks = [step for step, at in steps if 0 < step <= near and not river[0] - _SLACK <= at < river[1]]
    return min(gaps) > _BEYOND_BLANK * (median(blanks) if blanks else _USUAL_BLANK * em)


def _is_staggered(
    river: tuple[float, float], rivers: Sequence[tuple[float, float]], index: int, lines: Sequence[Line]
) -> bool:
    """Whether the lines on one side of a river hardly ever go on on the other: texts centred in height, each
    in its own cell. In one text every line begins on the left of a blank."""
    if any(
        w.box.x0 < river[0] - _SLACK and w.box.x1 > river[1] + _SLACK for line in lines for w in line.words
    ):
        return False
    low = fmean(rivers[index - 1]) if index else float("-inf")  # headings are wider than what stands below
    high = fmean(rivers[index + 1]) if index + 1 < len(rivers) else float("inf")
    sides = [
        (bool(texts_between([n], low, river[0])), bool(texts_between([n], river[1], high))) for n in lines
    ]
    fewest = min(sum(left for left, _ in sides), sum(right for _, right in sides))
    return fewest >= _CLEAR_LINES and sum(a and b for a, b in sides) <= _FEW_SHARED * fewest


def _without_dashes(rivers: Sequence[tuple[float, float]], body: Sequence[Line]) -> list[tuple[float, float]]:
    """The rivers without those between dashes and figures of one column (dashes set to the left, figures
    centred): a column of none but dashes joins the neighbour that is empty where it is filled."""
    kept = list(rivers)
    while True:
        bounds = [float("-inf"), *(x for r in kept for x in r), float("inf")]
        spans = list(zip(bounds[::2], bounds[1::2]))
        filled = [_filled(body, low, high) for low, high in spans]
        for i, column in enumerate(filled):
            if not column or not all(is_none_mark(t) for t in column.values()):
                continue
            free = [j for j in (i + 1, i - 1) if 0 < j < len(filled) and not set(filled[j]) & set(column)]
            if i > 0 and free:
                del kept[min(i, free[0])]
                break
        else:
            return kept


def without_dust(body: Sequence[Line], edges: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """`edges` without a first or last column of nothing but pieces nobody could read, in a few of the lines:
    dust beside the table, which a reader takes for dashes."""
    while edges is not None and len(edges) > _FEWEST_EDGES:
        own = [(_unread(body, *pair), pair) for pair in (edges[:2], edges[-2:])]
        dusty = next((pair for share, pair in own if 0 < share < _DUSTY), None)
        if dusty is None:
            break
        edges = edges[1:] if dusty == edges[:2] else edges[:-1]
    return edges


def _unread(body: Sequence[Line], low: float, high: float) -> float:
    """The share of the lines that have something between two x when all of it is unread, else 0."""
    found = [[w for w in line.words if low <= w.box.center[0] < high] for line in body]
    words = [w for own in found for w in own]
    if any(w.confidence > 0 or not is_none_mark(w.text) for w in words):
        return 0.0
    return sum(bool(own) for own in found) / max(len(body), 1)


def _filled(body: Sequence[Line], low: float, high: float) -> dict[int, str]:
    """Which lines have text between two x, and what."""
    found = {}
    for index, line in enumerate(body):
        text = line_text([w for w in line.words if w.box.x0 >= low - _SLACK and w.box.x1 <= high + _SLACK])
        if text:
            found[index] = text
    return found


def texts_between(body: Sequence[Line], low: float, high: float) -> list[str]:
    """What stands between two heights of x, line by line."""
    texts = []
    for line in body:
        words = [w for w in line.words if w.box.x0 >= low - _SLACK and w.box.x1 <= high + _SLACK]
        if words:
            texts.append(line_text(words))
    return texts


def _figures(texts: Sequence[str]) -> bool:
    hits = sum(looks_numeric(t) or is_none_mark(t) or is_ordinal(t) for t in texts)
    return bool(texts) and hits >= _MOST_TEXTS * len(texts)


def holds_figures(body: Sequence[Line], edges: Sequence[float], fewest: int) -> bool:
    """Whether the columns make a table: one of figures to the right of the first, filled in at least
    `fewest` lines; with only two columns in one more. Texts in four columns and more are a table when
    the first column counts as many rows."""
    counted = [t for t in texts_between(body, edges[0], edges[1]) if is_ordinal(t)]
    if len(edges) > _MORE_EDGES and len(set(counted)) >= max(2, fewest):
        return True
    counts = []
    for low, high in list(itertools.pairwise(edges))[1:]:
        texts = texts_between(body, low, high)
        counts.append(len(texts) if _figures(texts) else 0)
    if len(edges) > _FEW_EDGES:
        return max(counts) >= fewest
    return counts[0] >= fewest + 1
