"""In which order the figures of a row stand that a dump writes on two lines, the torn ones on one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import comb, fsum
from statistics import median

from extract.dump.columnar.figures import make_of, size_of
from extract.dump.relations import Relation, learn_relations
from normalize.numbers import parse_number

Row = tuple[str, ...]

_MOST_WAYS = 2000
_CLEARLY = 0.5
_OTHER_MAKE = 1.0  # against a power of ten by which a figure is smaller or larger than its column's
_SIZE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Woven:
    """A row's figures in their order, and whether no other order does nearly as well."""

    figures: Row
    sure: bool


def woven(torn: Sequence[str], middle: Sequence[str], rows: Sequence[Row]) -> Woven | None:
    """The figures of two lines as one row, either line's in its order, so that it obeys the sums of whole
    `rows` and is most like them in what figures are made of; None where there are none to tell."""
    width = len(torn) + len(middle)
    known = tuple(row for row in rows if len(row) == width)
    if not known or comb(width, len(torn)) > _MOST_WAYS:
        return None
    relations, columns = _learnt(known)
    ways = [(_kept(row, relations), -_unlike(row, columns), row) for row in _ways(torn, middle)]
    kept, like, best = max(ways, key=lambda way: way[:2])
    rivals = [way for way in ways if way[2] != best and way[0] == kept and like - way[1] < _CLEARLY]
    return Woven(best, not rivals)


@lru_cache(maxsize=256)
def _learnt(rows: tuple[Row, ...]) -> tuple[tuple[Relation, ...], tuple[_Column, ...]]:
    columns = tuple(_Column(texts) for texts in zip(*rows, strict=True))
    return learn_relations([_amounts(row) for row in rows]), columns


def _ways(torn: Sequence[str], middle: Sequence[str]) -> Iterator[Row]:
    """Every way to put the figures of one line among those of the other, the torn ones first."""
    width = len(torn) + len(middle)
    for places in combinations(range(width), len(torn)):
        rest, own = iter(middle), iter(torn)
        yield tuple(next(own) if c in places else next(rest) for c in range(width))


def _kept(row: Row, relations: Sequence[Relation]) -> int:
    amounts = _amounts(row)
    return sum(r.holds(amounts) is True for r in relations) - sum(
        r.holds(amounts) is False for r in relations
    )


def _amounts(row: Row) -> list[Decimal | None]:
    return [value.amount if (value := parse_number(text)) else None for text in row]


class _Column:
    """What a column's figures are made of as a rule, and how large they are in the middle."""

    def __init__(self, texts: Sequence[str]) -> None:
        makes = Counter(make for text in texts if (make := make_of(text)))
        self.make = max(sorted(makes), key=makes.__getitem__, default="")
        sizes = [size for text in texts if (size := size_of(text)) is not None]
        self.size = median(sizes) if sizes else None

    def unlike(self, text: str) -> float:
        make, size = make_of(text), size_of(text)
        other = _OTHER_MAKE if make and self.make and make != self.make else 0.0
        apart = abs(size - self.size) if size is not None and self.size is not None else 0.0
        return other + _SIZE_WEIGHT * apart


def _unlike(row: Row, columns: Sequence[_Column]) -> float:
    return fsum(column.unlike(text) for text, column in zip(row, columns, strict=True))
