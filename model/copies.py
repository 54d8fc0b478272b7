"""A frozen record with some fields changed, for places that do so for every cell of a large table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

Record = TypeVar("Record")


def changed(record: Record, **changes: object) -> Record:
    """As `dataclasses.replace`, in half its time: the record must be a frozen one with slots, whose fields
    are all given when it is made and need no work done on them. Raises KeyError for a field it has not."""
    fields_of, setters = _form(cast(Any, type(record)))
    copy = object.__new__(type(record))
    for put, value in zip(setters.values(), fields_of(record)):
        put(copy, value)
    for name, value in changes.items():
        setters[name](copy, value)
    return copy


@cache
def _form(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, Callable[[Any, Any], None]]]:
    """What gets all fields of a record, and what sets each of a new one."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: kind.__dict__[name].__set__ for name in names}
