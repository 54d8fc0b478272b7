"""Which heights and widths a page's table may have, by its row numbers, column numbers and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.labels import Item

_LEAST_ROWS = 3
_WIDEST, _WIDEST_UNTOLD = 16, 10  # columns, and those of a table whose rows nothing counts
_UNTOLD, _WIDER_THAN_HIGH = 12.0, 2.0  # nats of a width that nothing tells, of each column more than rows
_OTHER_TOTAL = 4.0  # nats of a total's row that no label names, or of none where one does
_LEADING = (0, 2, 3, 4)  # numbered columns before those of figures
_NAME = re.compile(r"[^\W\d_]{2}")
_COLUMN_NUMBER = re.compile(r"^\((\d{1,2})\)(?:$|=)|^(\d{1,2})=")


@dataclass(frozen=True, slots=True, order=True)
class Shape:
    """Rows and columns, whether the last row may be a total, and what the shape costs in nats."""

    height: int
    width: int
    total: bool
    cost: float


def by_rows(
    figures: Sequence[Dealt], numbered: int, leaves: int, most: int, *, totalled: bool
) -> list[Shape]:
    """Shapes as high as the row numbers tell, and by one row for a total; `totalled` says that a row without
    number is named as one."""
    sure = sum(f.pass_cost > 1 for f in figures)
    shapes: dict[Shape, None] = {}
    for height in (numbered, numbered + 1, leaves, leaves + 1):
        if height < _LEAST_ROWS:
            continue
        for width in (len(figures) // height, round(len(figures) / height), -(-sure // height)):
            total = height in (numbered + 1, leaves + 1)
            shapes[_shape(height, width, total, 0.0 if total == totalled else _OTHER_TOTAL)] = None
    return [s for s in shapes if 1 < s.width <= most]


def by_columns(figures: Sequence[Dealt], most: int, free: bool) -> list[Shape]:
    """Shapes as wide as the columns' numbers tell, or of any width where they are `free`, as high as the
    figures fill."""
    sure = sum(f.pass_cost > 1 for f in figures)
    widths = range(2, min(most, _WIDEST_UNTOLD) + 1)
    costs = {w: 0.0 if most < _WIDEST and most - w in _LEADING else _UNTOLD for w in widths}
    shapes = [_shape(-(-sure // width), width, False, cost) for width, cost in costs.items()]
    return [s for s in shapes if s.height >= _LEAST_ROWS and (free or s.cost < _UNTOLD)]


def _shape(height: int, width: int, total: bool, cost: float = 0.0) -> Shape:
    return Shape(height, width, total, cost + _WIDER_THAN_HIGH * max(0, width - height))


def most_columns(items: Sequence[Item]) -> int:
    """The greatest number that the lines give a column (`(7)=(6)-(5)`), the widest table's where none do; a
    mark beside a name (`Đại Tiến (1)`) is that of a note."""
    marked = [item.tokens for item in items if not any(_NAME.match(t.text) for t in item.tokens)]
    found = {int(m[1] or m[2]) for own in marked for t in own if (m := _COLUMN_NUMBER.match(t.text))}
    return max(found) if len(found) > 1 and max(found) <= _WIDEST else _WIDEST
