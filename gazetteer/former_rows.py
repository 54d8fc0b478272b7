"""Which rows of a column name units that are no more, and which of several homonyms each means."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from gazetteer.former import FormerUnits
from gazetteer.names import Written
from model.place import AdminUnit

FEWEST_FORMER = 2
FORMER_SHARE = 0.3
"""Rows that only a former unit bears, and their share, from which a name of both times is the former one."""

MOST_NEW = 0.1
"""Share of rows that only a unit of the day bears, up to which that holds."""

COMMON_PARENT = 0.5
"""Share of the former units told so far that lie in one district, from which it tells homonyms apart."""

LISTED_SHARE = 0.5
"""Share of rows that name former districts or provinces without a type word, from which it lists them."""

GROUPED = 0.6
"""Share of neighbouring rows that lay in one district, from which a list goes district by district."""

IN_ORDER, FEWEST_IN_ORDER = 0.85, 4
"""Share of neighbouring rows whose codes rise, and of how many rows, from which a list is one by code."""

_COMMUNE = 3

Above = Callable[[AdminUnit], frozenset[str]]
Heirs = Callable[[AdminUnit], frozenset[str]]


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A row that names a unit which is no more: which, or the homonyms among which nothing decides."""

    unit: AdminUnit | None
    homonyms: tuple[AdminUnit, ...]


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a row's very name is on the day of the document: since when a unit bears it, its level, and the
    matching keys of what it lies in."""

    since: date
    level: int
    above: frozenset[str]


def former_rows(
    rows: Sequence[Written],
    current: Sequence[Bearer | None],
    past: FormerUnits,
    above: Above,
    heirs: Heirs,
    scope: Collection[str] = (),
) -> dict[int, FormerRow]:
    """The rows of a column that name former units, by row index.

    `current` says of each row what unit of the day bears its very name (None: none does); then it is that
    one, unless the row says otherwise (`cũ`, a district that is no more) or the column plainly lists units
    of an earlier day. `above` gives the matching keys of what a unit lay in, `heirs` the codes of its
    successors, `scope` the codes of the document's own unit.
    """
    names = [i for i, w in enumerate(rows) if w.meaning == "name"]
    ended = {i: found for i in names if (found := past.exact(rows[i]))}
    lasting = {i: found for i in names if (found := past.exact_lasting(rows[i]))}
    bare = [i for i, found in ended.items() if rows[i].type is None and found[0].level < _COMMUNE]
    if len(bare) < LISTED_SHARE * len(names):  # a bare name among communes is no district
        ended = {i: found for i, found in ended.items() if i not in bare or rows[i].ended}
    only = [i for i in ended if current[i] is None]
    change = max((u.valid_to for i in only for u in ended[i] if u.valid_to), default=date.max)
    new = sum(
        bearer is not None and bearer.since >= change and i not in ended and i not in lasting
        for i, bearer in ((i, current[i]) for i in names)
    )
    plainly = len(only) >= max(FEWEST_FORMER, FORMER_SHARE * len(names)) and new <= MOST_NEW * len(names)
    levels = Counter(ended[i][0].level for i in only)
    said = [i for i in ended if i not in only and _says_so(rows[i], ended[i], current[i], above)]
    both = [i for i in ended if i not in only and i not in said and _of_level(current[i], ended[i], levels)]
    chosen = sorted({*only, *said, *(both if plainly else ())})
    told = {
        i: _inside([*ended.get(i, ()), *lasting.get(i, ())], rows[i], above)
        for i in sorted({*chosen, *(lasting if plainly else ())})
    }
    decided = _told_apart(told, heirs, scope)
    return {
        i: row
        for i, row in decided.items()
        if i in chosen and (row.unit is None or row.unit not in lasting.get(i, ()))
    }


def _says_so(row: Written, units: Sequence[AdminUnit], bearer: Bearer | None, above: Above) -> bool:
    """Whether a row says by itself that it means the former unit: by a word, or by what that lay in and the
    unit of the day does not."""
    if row.ended:
        return True
    keys = row.lies_in - (bearer.above if bearer else frozenset())
    return any(keys & above(unit) for unit in units)


def _of_level(bearer: Bearer | None, units: Sequence[AdminUnit], levels: Counter[int]) -> bool:
    """Whether the former unit is rather what the other rows are than the unit of the day: a list of former
    provinces names a province that still stands, not the town of that name."""
    if bearer is None or not levels:
        return True
    return levels[units[0].level] >= levels[bearer.level]


def _inside(units: Sequence[AdminUnit], row: Written, above: Above) -> tuple[AdminUnit, ...]:
    """The homonyms that lay in what the row says it lies in, if any did."""
    return tuple(u for u in units if row.lies_in & above(u)) or tuple(units)


def _told_apart(
    told: Mapping[int, tuple[AdminUnit, ...]], heirs: Heirs, scope: Collection[str]
) -> dict[int, FormerRow]:
    """Each row's unit. Homonyms are told apart by what became of them (the document's own unit), by the
    district named last above, by the district of most rows, by that of both neighbours, by the order of the
    list, or not at all."""
    left = {
        i: tuple(u for u in units if heirs(u) & set(scope)) or units if len(units) > 1 else units
        for i, units in told.items()
    }
    sure = {i: units[0] for i, units in left.items() if len(units) == 1}
    listing = _Listing(dict(sorted(sure.items())))
    chosen = {i: unit for i, units in left.items() if (unit := sure.get(i) or listing.choose(i, units))}
    times = Counter((unit.code, unit.valid_to) for unit in chosen.values())
    for i, unit in list(chosen.items()):
        if i not in sure and times[unit.code, unit.valid_to] > 1:
            del chosen[i]  # two rows of one name are two units
    return {
        i: FormerRow(chosen[i], ()) if i in chosen else FormerRow(None, units) for i, units in left.items()
    }


class _Listing:
    """What the sure rows of a list say of the others: how it goes, and where its units lie."""

    def __init__(self, sure: Mapping[int, AdminUnit]) -> None:
        self._sure, self._rows = sure, list(sure)
        units = list(sure.values())
        communes = Counter(unit.parent_code for unit in units if unit.level == _COMMUNE)
        self._common = {p for p, n in communes.items() if n >= COMMON_PARENT * communes.total()}
        self._grouped = _share(units, lambda a, b: a.parent_code == b.parent_code) >= GROUPED
        self._rising = _share(units, lambda a, b: a.code < b.code) >= IN_ORDER

    def choose(self, row: int, homonyms: Sequence[AdminUnit]) -> AdminUnit | None:
        """The one homonym that lies in the district named last above, in that of both neighbours, in that of
        most rows, or between its neighbours in the order of codes; None where no clue leaves just one."""
        at = bisect_left(self._rows, row)
        low = self._sure[self._rows[at - 1]] if at else None
        high = self._sure[self._rows[at]] if at < len(self._rows) else None
        heads = (self._sure[r] for r in reversed(self._rows[:at]) if self._sure[r].level < _COMMUNE)
        heading = next(heads, None)
        if heading and (near := [u for u in homonyms if u.parent_code == heading.code]):
            return near[0] if len(near) == 1 else None
        both = {low.parent_code} if low and high and low.parent_code == high.parent_code else set()
        for clue in (both if self._grouped else set(), self._common):
            if len(near := [u for u in homonyms if u.parent_code in clue]) == 1:
                return near[0]
        between = [u for u in homonyms if low and high and low.code < u.code < high.code]
        return between[0] if self._rising and len(between) == 1 else None


def _share(units: Sequence[AdminUnit], holds: Callable[[AdminUnit, AdminUnit], bool]) -> float:
    """The share of neighbours for which something holds; none among too few."""
    pairs = list(pairwise(units))
    return sum(holds(a, b) for a, b in pairs) / len(pairs) if len(units) >= FEWEST_IN_ORDER else 0.0
