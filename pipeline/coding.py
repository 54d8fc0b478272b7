"""Records as bytes and back, as JSON: what is read from disk, or said by a worker that a hostile file may
have taken over, can hold data only, never code, as a pickle can.

A record is the list of its fields in their order, so that another version of a record is not mistaken for
this one only where its fields are the same; who keeps records on disk keeps the program's version with them.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast

Record = TypeVar("Record")
_LEVEL = 1  # of compression: pages are kept for minutes


class CodingError(ValueError):
    """Bytes that are not such a record."""


class _Coder(NamedTuple):
    to_json: Callable[[Any], Any]
    from_json: Callable[[Any], Any]


def dumps(record: object) -> bytes:
    """A frozen record as compressed JSON."""
    return zlib.compress(encoded(record, type(record)), _LEVEL)


def loads(kind: type[Record], data: bytes) -> Record:
    """The record of a kind that `dumps` wrote. Raises CodingError for anything else."""
    try:
        return cast(Record, decoded(kind, zlib.decompress(data)))
    except zlib.error as error:
        raise CodingError(f"not a {kind.__name__} ({error})") from error


def encoded(record: object, hint: Any) -> bytes:
    """A record of the kind `hint`, which may be one of several (`Read | Help`), as JSON."""
    found = _coder(hint).to_json(record)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode("utf-8", "surrogatepass")


def decoded(hint: Any, data: bytes) -> Any:
    """The record of the kind `hint` that `encoded` wrote. Raises CodingError for anything else."""
    try:
        record = _coder(hint).from_json(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError) as error:
        raise CodingError(f"not a {_name(hint)} ({error})") from error
    if not isinstance(record, hint) or not _holds_its_kinds(record):
        raise CodingError(f"not a {_name(hint)}")
    return record


def _holds_its_kinds(record: Any) -> bool:
    """Whether the record's own texts, bytes and whole numbers are such."""
    hints = _plain_fields(cast(Any, type(record)))
    return all(isinstance(getattr(record, name), kind) for name, kind in hints.items())


@cache
def _plain_fields(kind: Any) -> dict[str, type]:
    hints = typing.get_type_hints(kind)
    return {name: hint for name, hint in hints.items() if hint in (str, bytes, int, bool)}


def _name(hint: Any) -> str:
    return str(getattr(hint, "__name__", hint))


def _plain(value: Any) -> Any:
    """A number of NumPy's as Python's."""
    return value.item()


def _same(value: Any) -> Any:
    return value


@cache
def _coder(hint: Any) -> _Coder:
    """How values of a type hint of our records become JSON and come back."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _record_coder(hint)
    if origin is tuple:
        return _tuple_coder(parts)
    if origin in (Union, types.UnionType):
        return _union_coder(parts)
    if hint is Decimal:
        return _Coder(str, Decimal)
    if hint is date:
        return _Coder(date.isoformat, date.fromisoformat)
    if hint is bytes:
        return _Coder(
            lambda data: b64encode(data).decode("ascii"), lambda text: b64decode(text, validate=True)
        )
    if hint in (str, int, float, bool) or origin is Literal:
        return _Coder(_same, _same)
    raise TypeError(f"no record holds {hint}")


def _record_coder(kind: Any) -> _Coder:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    made: list[_Coder] = []  # filled when first used: a record may hold records of its own kind

    def coders() -> list[_Coder]:
        if not made:
            made.extend(_coder(hints[name]) for name in names)
        return made

    def to_json(record: Any) -> Any:
        return [coder.to_json(getattr(record, name)) for name, coder in zip(names, coders(), strict=True)]

    def from_json(found: Any) -> Any:
        return kind(*(coder.from_json(value) for coder, value in zip(coders(), found, strict=True)))

    return _Coder(to_json, from_json)


def _tuple_coder(parts: tuple[Any, ...]) -> _Coder:
    if len(parts) == 2 and parts[1] is Ellipsis:
        one = _coder(parts[0])
        if one.to_json is _same:
            return _Coder(list, tuple)
        return _Coder(lambda t: [one.to_json(v) for v in t], lambda t: tuple(one.from_json(v) for v in t))
    each = [_coder(part) for part in parts]
    return _Coder(
        lambda t: [c.to_json(v) for c, v in zip(each, t, strict=True)],
        lambda t: tuple(c.from_json(v) for c, v in zip(each, t, strict=True)),
    )


def _union_coder(parts: tuple[Any, ...]) -> _Coder:
    """Nothing or a value; or one of several kinds of record, told by its name."""
    kinds = [part for part in parts if part is not type(None)]
    if len(kinds) == 1:
        one = _coder(kinds[0])
        return _Coder(
            lambda v: None if v is None else one.to_json(v),
            lambda v: None if v is None else one.from_json(v),
        )
    coders = {kind.__name__: _coder(kind) for kind in kinds}

    def to_json(value: Any) -> Any:
        name = type(value).__name__
        return [name, coders[name].to_json(value)]

    def from_json(found: Any) -> Any:
        name, value = found
        return coders[name].from_json(value)

    return _Coder(to_json, from_json)
