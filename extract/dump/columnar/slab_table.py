"""A page's table by the blocks its figures were written in, where these tell rows and columns firmly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

from extract.dump.code_length import code_length
from extract.dump.columnar.dealt_figures import row_numbers
from extract.dump.columnar.dealt_table import with_sections
from extract.dump.columnar.figures import Arrangement, Rows, make_of, proofs_of, sums_of
from extract.dump.columnar.labels import Item
from extract.dump.columnar.parts import in_pairs
from extract.dump.columnar.rectangle_sums import proof_of
from extract.dump.columnar.rows import leaves_of
from extract.dump.columnar.runs import counted, is_words, runs_of
from extract.dump.columnar.slabs import HOLE, Parse, Slabs
from normalize.ordinals import Ordinal

_LEAST_FIGURES, _LEAST_ROWS = 8, 3
# Nats: of each row number of rows as many as these tell, and how many count; of a column that adds up, and
# how many count; of each band; of each figure left out.
_TOLD, _MOST_TOLD, _CLOSES, _MOST_CLOSING, _BAND, _LEFT = 4.0, 10, 6.0, 4, 0.5, 2.0
# A parse is firm that holds so many of the strong figures and costs so few nats a figure, where blocks tell
# it or relations of so many nats hold; less where those of more hold. Of 21 tables of reports printed by two
# programs right ones cost 0.4 to 0.85 nats a figure, wrong ones 0.9 and more.
_NEARLY_ALL, _CHEAP, _PROVED = 0.97, 0.87, 12.0
# Rows of a block on the average from which on blocks tell rows, where row numbers are as many and where there
# are none: figures that stand alone fit any rows and columns.
_TOLD_BLOCK, _HIGH_BLOCK = 1.25, 3.0
_MOSTLY, _CHEAPLY, _WELL_PROVED, _PROVED_EACH = 0.93, 1.0, 20.0, 0.7
_LEAST_STACKED = 4  # columns
_MOST_SETTLED = 40  # ways to place the holes of a band of a column


@dataclass(frozen=True, slots=True)
class SlabTable:
    """Rows of figures, their items, each band of the first slab by height and first item, the
    row numbers' items, whether blocks tell it firmly, its cost in nats; which columns are shares that stand
    under their counts on the page (() where none do)."""

    figures: Arrangement
    items: tuple[int, ...]
    starts: tuple[tuple[int, int], ...]
    numbered: tuple[int, ...]
    firm: bool
    cost: float
    shares: tuple[bool, ...] = ()


def slab_table(items: Sequence[Item], last: Ordinal | None) -> SlabTable | None:
    """The likeliest table of the items' figures by their blocks; None where there is none."""
    numbered = _numbered(items, last)
    runs = runs_of(items, numbered)
    count = sum(len(run.texts) for run in runs)
    if count < _LEAST_FIGURES:
        return None
    leaves = leaves_of([items[i].ordinal for i in numbered])
    counts = (len(numbered), len(numbered) + 1, len(leaves), len(leaves) + 1)
    told = {n for n in counts if n >= _LEAST_ROWS}
    slabs = Slabs(runs, tuple(sorted(told)))
    weak = sum(len(run.texts) for run in runs if run.weak)
    best: tuple[float, Parse, Rows] | None = None
    for parse in slabs.parses():
        rows = _texts(slabs, parse)
        cost = (
            _cost(rows, count)
            + _BAND * parse.bands
            - (_TOLD * min(len(numbered), _MOST_TOLD) if len(rows) in told else 0.0)
        )
        if best is None or cost < best[0]:
            best = cost, parse, rows
    if best is None:
        return None
    cost, parse, rows = best
    rows = _settled(rows)
    shares = _shares_under(rows)
    own = [place for row in parse.rows for place in row if place != HOLE]
    where = [i for run in runs for i in run.items]
    proof = proof_of(in_pairs(rows, shares))
    least = _TOLD_BLOCK if len(parse.rows) in told else _HIGH_BLOCK
    fits = len(parse.rows) >= least * len(parse.starts) and (not told or len(parse.rows) in told)
    fits = fits or proof >= _PROVED
    share, nats = len(own) / max(1, count - weak), parse.cost / len(own)
    firm = fits and (
        (share >= _NEARLY_ALL and nats < _CHEAP)
        or (share >= _MOSTLY and nats < _CHEAPLY and proof >= _WELL_PROVED)
        or (share >= _MOSTLY and proof >= _PROVED_EACH * len(own))
    )
    starts = tuple((height, where[place]) for height, place in parse.starts)
    used = tuple(sorted({where[place] for place in own}))
    rows = with_sections(rows, leaves, len(numbered))
    figures = Arrangement(rows, sums_of(rows), False)
    return SlabTable(figures, used, starts, tuple(numbered), firm, cost, shares)


def _numbered(items: Sequence[Item], last: Ordinal | None) -> list[int]:
    """The items that number rows: of those that stand beside words the longer run."""
    own = counted(items)
    other = [i for i in row_numbers(items, last) if len(items[i].tokens) == 1 or not items[i].is_figures]
    if len(other) <= len(own) or not (is_words(items, other[0] - 1) or is_words(items, other[-1] + 1)):
        return own
    return other


def _texts(slabs: Slabs, parse: Parse) -> Rows:
    return tuple(tuple("" if place == HOLE else slabs.texts[place] for place in row) for row in parse.rows)


def _cost(rows: Rows, count: int) -> float:
    """The nats of `count` figures, knowing an arrangement of them and what its rows and columns obey."""
    held = sum(bool(text) for row in rows for text in row)
    closing = min(_MOST_CLOSING, proofs_of(rows))
    return code_length(rows, (), count - held) + _LEFT * (count - held) - proof_of(rows) - _CLOSES * closing


def _shares_under(rows: Rows) -> tuple[bool, ...]:
    """Which columns are shares, where rows are of counts and then of the shares of each, which stand under
    their counts on the page: they go with as many columns of counts as of shares, not one of these after each
    of those. () where they are not."""
    makes = [{make for text in column if (make := make_of(text))} for column in zip(*rows, strict=True)]
    shares = [bool(own) and all(make.endswith("%") for make in own) for own in makes]
    half, odd = divmod(len(rows[0]), 2)
    changes = sum(a != b for a, b in pairwise(shares))
    if odd or half < _LEAST_STACKED or sum(shares) != half or changes > half:
        return ()
    if any(own - {"whole"} for own, share in zip(makes, shares, strict=True) if not share):
        return ()
    return tuple(shares)


def _settled(rows: Rows) -> Rows:
    """The rows with the empty cells of each column where most relations hold: a dash that was lost may have
    stood in any row but the last of its block."""
    for col in range(len(rows[0])):
        column = [row[col] for row in rows]
        holes = column.count("")
        if not 0 < holes < len(column) // 2:
            continue
        filled = [text for text in column if text]
        ways = islice(combinations(range(len(column)), holes), _MOST_SETTLED)
        best, worth = rows, proof_of(rows)
        for way in ways:
            texts = iter(filled)
            new = ["" if r in way else next(texts) for r in range(len(column))]
            offer = tuple((*row[:col], text, *row[col + 1 :]) for row, text in zip(rows, new, strict=True))
            if (found := proof_of(offer)) > worth:
                best, worth = offer, found
        rows = best
    return rows
