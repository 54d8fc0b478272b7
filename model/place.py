"""Administrative units through time, and mentions of them in tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PlaceType = Literal["tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu"]
MatchKind = Literal["exact", "repaired", "former", "within", "ambiguous", "unknown", "agency"]


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """A unit of one name, type and parent for one span of time, `valid_from <= day < valid_to`.

    `level` is 1 province, 2 district, 3 commune; `code` is the General Statistics Office's (GSO).
    """

    code: str
    name: str
    type: PlaceType
    level: int
    parent_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a name may mean; `score` 0..1; `path` from the unit up to its province."""

    unit: AdminUnit
    score: float
    path: tuple[AdminUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when a document's place names are to be looked up.

    `units` are the codes of the units whose members the rows are expected to be, best guess first;
    empty means the whole country. `as_of` is the document's day.
    """

    as_of: date
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A row of a table that names a unit (or might). `unit` is None when unknown or ambiguous. `former` is a
    unit that was no more on the document's day, `within` the commune of a hamlet."""

    row: int
    col: int
    raw: str
    kind: MatchKind
    as_of: date
    unit: AdminUnit | None = None
    score: float = 0.0
    parent: AdminUnit | None = None
    province: AdminUnit | None = None
    candidates: tuple[Candidate, ...] = ()
    successors: tuple[AdminUnit, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class ColumnResolution:
    """What a place column says as a whole: mentions a row, units missing or listed twice."""

    mentions: tuple[PlaceMention, ...]
    missing: tuple[AdminUnit, ...] = ()
    repeated: tuple[AdminUnit, ...] = ()
    scope: Scope | None = None
