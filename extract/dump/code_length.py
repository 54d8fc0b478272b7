"""How well an arrangement of figures explains them: what it takes to write the figures down, knowing their
columns, in nats. Columns of like figures and sums that hold make it short; of two arrangements of the same
figures the shorter one is the likelier (minimum description length)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import fsum, log
from statistics import median

from extract.dump.columnar.figures import Rows, make_of, size_of
from extract.dump.relations import Relation
from normalize.numbers import parse_number

# Powers of ten by which sizes of a column differ at least: so finely a size is written down, and no finer.
_FINEST = 0.1
_OF_A_NUMBER = 1.0  # nats of each number that tells of a column: its middle, its spread, the share of a make
_NUMBERS = 3
_HELD = 4.0  # nats that a row's sum saves, of which one figure need not be written
_MAKES = 4  # that a figure may have


def code_length(rows: Rows, sums: Sequence[Relation], left: int = 0) -> float:
    """The nats of the rows, knowing that `sums` hold between their columns, and of figures `left` out, each
    written without a column."""
    kinds = [_kind_of(row) for row in rows]
    cells: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row, kind in zip(rows, kinds, strict=True):
        for col, text in enumerate(row):
            if make_of(text):
                cells[col, kind].append(text)
    alone = [text for texts in cells.values() for text in texts]
    written = fsum(_column(texts) for texts in cells.values())
    spare = _column(alone) / max(1, len(alone))
    saved = fsum(_saved(rows, relation) for relation in sums)
    return written + left * spare - saved


def _kind_of(row: Sequence[str]) -> str:
    """What most of a row's figures are made of, where rows are of two kinds: percentages or not."""
    makes = [make for text in row if (make := make_of(text))]
    return "%" if makes and 2 * sum(make.endswith("%") for make in makes) > len(makes) else ""


def _column(texts: Sequence[str]) -> float:
    """The nats of a column's figures: their makes and sizes, and the numbers that tell of these."""
    if not texts:
        return 0.0
    makes = Counter(make_of(text) for text in texts)
    cost = _NUMBERS * _OF_A_NUMBER + log(_MAKES)
    cost -= fsum(n * log(n / len(texts)) for n in makes.values())
    sizes = [size for text in texts if (size := size_of(text)) is not None]
    middle = median(sizes) if sizes else 0.0
    apart = fsum(abs(size - middle) for size in sizes) / max(1, len(sizes)) + _FINEST
    return cost + len(sizes) * (1.0 + log(2 * apart / _FINEST))  # of Laplace's law: totals stand far out


def _saved(rows: Rows, relation: Relation) -> float:
    """What a sum saves in the rows that it holds in and tells in, less what it takes to name it."""
    width = len(rows[0])
    amounts = [[value.amount if (value := parse_number(text)) else None for text in row] for row in rows]
    held = sum(bool(relation.holds(row)) and relation.tells(row) for row in amounts)
    return max(0.0, _HELD * held - (1 + len(relation.parts)) * log(width) * 2)
