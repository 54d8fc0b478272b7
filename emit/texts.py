"""How measures, boxes and values are written in every file of the set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any

from model.geometry import Box
from model.value import Interval, Value

Row = tuple[str, ...]

NO_BOX: Row = ("", "", "", "")
NO_ENDS: Row = ("", "")


def number_text(value: float) -> str:
    """A measure (confidence, score) with three decimals: enough to sort by, the same on every machine."""
    return f"{value:.3f}"


def box_texts(box: Box | None) -> Row:
    """A box's sides in points."""
    if box is None:
        return NO_BOX
    return tuple(f"{v:.2f}" for v in (box.x0, box.y0, box.x1, box.y1))


def whole_text(value: int | None) -> str:
    """A whole number; nothing for none."""
    return "" if value is None else str(value)


def end_texts(interval: Interval | None) -> Row:
    """Both ends of a range."""
    return NO_ENDS if interval is None else (interval.low.plain(), interval.high.plain())


def plain_texts(values: Sequence[Value]) -> list[str]:
    """Each value in plain decimal form (`Value.plain`)."""
    texts = [str(value.amount) for value in values]
    if "E" not in "".join(texts):
        return texts  # as good as always
    return [value.plain() for value in values]


Column = str | list[str]
"""A column of a file: one text for all its rows, or the text of each."""


def column_of(records: Sequence[Any], field: str, shown: Callable[[Any], str]) -> Column:
    """A column of which the records' `field` says the text; its few values are each written once."""
    values = list(map(attrgetter(field), records))
    texts = {value: shown(value) for value in set(values)}
    if len(texts) == 1:
        return next(iter(texts.values()))
    return [texts[value] for value in values]


def rows_of(columns: Sequence[Column]) -> Iterator[Row]:
    """The rows of a file's columns, of which one at least has a text for each row; none of no columns."""
    spread = (repeat(column) if isinstance(column, str) else column for column in columns)
    return zip(*spread)
