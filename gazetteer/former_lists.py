"""What a list of former units says as a whole: of which level it is, which rows head others, where it
lies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, KeysView, Mapping, Sequence
from datetime import date
from itertools import pairwise

from gazetteer.names import Written, tight
from model.place import AdminUnit

LISTED_SHARE = 0.9
"""Share of rows that name former districts of one province, or provinces, from which it lists those though
no row bears a type word."""

WHOLE_SHARE, FEWEST_WHOLE = 0.6, 4
"""How much of a province's districts such a list names, and of how many rows it is."""

HALF_LISTED = 0.5
"""Share of rows of one level from which rows without a type word are of it where no other level has more."""

COMMON_PARENT = 0.5
"""Share of the former units told so far that lie in one district, from which it tells homonyms apart."""

COMMON_LAND, FEWEST_ON_LAND = 0.95, 8
"""Share of the former units that lay in one province, and of how many, from which that does."""

GROUPED = 0.6
"""Share of neighbouring rows that lay in one district, from which a list goes district by district."""

IN_ORDER, FEWEST_IN_ORDER = 0.85, 4
"""Share of neighbouring rows whose codes rise, and of how many rows, from which a list is one by code."""

PASSES = 4
"""How often homonyms are told apart by those told before."""

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
_NEXT = 2  # rows under a district without a type word that lay in it

Above = Callable[[AdminUnit], KeysView[str]]
Heirs = Callable[[AdminUnit], frozenset[str]]
Found = Mapping[int, Sequence[AdminUnit]]


def level_listed(
    rows: Sequence[Written], known: Found, now: Mapping[int, int], members: Callable[[str], int]
) -> tuple[int, bool]:
    """The level of the units that rows without a type word are, in a list of former ones; and whether it is
    plainly of former provinces or districts, so that units of the day on other levels are no rivals.

    `known` are the former units of the very name by row, `now` the level of the unit of the day that bears
    it, `members` how many districts an ended province had when it ended.
    """
    names = sum(w.meaning == "name" for w in rows)
    counts = Counter(level for units in known.values() for level in {u.level for u in units})
    provinces = [i for i, units in known.items() if any(u.level == PROVINCE for u in units)]
    gone = [i for i in provinces if now.get(i) != PROVINCE]
    standing = sum(now.get(i) == PROVINCE for i in {*now} - {*provinces})
    if len(gone) >= FEWEST_WHOLE and len(provinces) + standing >= LISTED_SHARE * names:
        return PROVINCE, True
    districts = Counter(
        parent for units in known.values() for parent in {u.parent_code for u in units if u.level == DISTRICT}
    )
    for parent, n in districts.items():
        if n >= max(FEWEST_WHOLE, LISTED_SHARE * names, WHOLE_SHARE * members(parent)):
            return DISTRICT, True
    best = max((COMMUNE, DISTRICT, PROVINCE), key=lambda level: counts[level])
    return (best if counts[best] >= HALF_LISTED * names else COMMUNE), False


def heading_districts(rows: Sequence[Written], known: Found, lasting: Found) -> dict[int, AdminUnit]:
    """Rows without a type word that name a district which the rows below them lay in. Where a commune of the
    district bears the name, too, it is the first of two rows that do."""
    communes = {
        i: [u for u in (*known.get(i, ()), *lasting.get(i, ())) if u.level == COMMUNE]
        for i in range(len(rows))
    }
    found: dict[int, AdminUnit] = {}
    for i, units in known.items():
        below = [communes[j] for j in range(i + 1, min(i + 1 + _NEXT, len(rows)))]
        for unit in units if rows[i].type is None and len(below) == _NEXT else ():
            starts = unit.level == DISTRICT and all(_any_in(row, unit) for row in below)
            key = tight(rows[i].raw)
            starts = (
                starts
                and not any(  # in a list by name `Thanh Xuân` stands before `Thanh Xuân Bắc`
                    tight(row.raw).startswith(key) and tight(row.raw) != key
                    for row in rows[i + 1 : i + 1 + _NEXT]
                )
            )
            inside = i and _any_in(communes[i - 1], unit)
            seats = len({u.code for u in communes[i] if u.parent_code == unit.code and _ended_since(u, unit)})
            if starts and not inside and (not seats or _times(rows, communes, i, unit) > seats):
                found[i] = unit
    return found


def _any_in(communes: Sequence[AdminUnit], district: AdminUnit) -> bool:
    return any(unit.parent_code == district.code for unit in communes)


def _ended_since(one: AdminUnit, other: AdminUnit) -> bool:
    return (one.valid_to or date.max) >= (other.valid_to or date.max)


def _times(
    rows: Sequence[Written], communes: Mapping[int, Sequence[AdminUnit]], at: int, unit: AdminUnit
) -> int:
    """How often the name of a row stands in it and in the rows of the district that follow it."""
    key, times = tight(rows[at].raw), 1
    for j in range(at + 1, len(rows)):
        if not _any_in(communes[j], unit):
            break
        times += tight(rows[j].raw) == key
    return times


def told_apart(
    told: Mapping[int, tuple[AdminUnit, ...]], above: Above, heirs: Heirs, scope: Collection[str]
) -> dict[int, AdminUnit | None]:
    """Each row's unit. Homonyms are told apart by what became of them (the document's own unit), by the
    district named last above, by the district of most rows, by that of both neighbours, by the order of the
    list, by the province that nearly all lay in, or not at all (None)."""
    left = {
        i: tuple(u for u in units if heirs(u) & set(scope)) or units if len(units) > 1 else units
        for i, units in told.items()
    }
    sure = {i: units[0] for i, units in left.items() if len(units) == 1}
    chosen = dict(sure)
    for _ in range(PASSES):
        listing = _Listing(dict(sorted(chosen.items())), above)
        more = {
            i: unit for i, units in left.items() if i not in chosen and (unit := listing.choose(i, units))
        }
        times = Counter((unit.code, unit.valid_to) for unit in [*chosen.values(), *more.values()])
        more = {i: unit for i, unit in more.items() if times[unit.code, unit.valid_to] == 1}
        chosen |= more  # two rows of one name are two units
        if not more:
            break
    return {i: chosen.get(i) for i in left}


class _Listing:
    """What the sure rows of a list say of the others: how it goes, and where its units lie."""

    def __init__(self, sure: Mapping[int, AdminUnit], above: Above) -> None:
        self._sure, self._rows, self._above = sure, list(sure), above
        units = list(sure.values())
        communes = Counter(unit.parent_code for unit in units if unit.level == COMMUNE)
        self._common = {p for p, n in communes.items() if n >= COMMON_PARENT * communes.total()}
        self._grouped = _share(units, lambda a, b: a.parent_code == b.parent_code) >= GROUPED
        self._rising = _share(units, lambda a, b: a.code < b.code) >= IN_ORDER
        lands = Counter(key for unit in units for key in above(unit))
        enough = max(FEWEST_ON_LAND, COMMON_LAND * len(units))
        self._land = {key for key, n in lands.items() if n >= enough}

    def choose(self, row: int, homonyms: Sequence[AdminUnit]) -> AdminUnit | None:
        """The one homonym that lies in the district named last above, in that of both neighbours, in that of
        most rows, between its neighbours in the order of codes, or in the province of nearly all; None where
        no clue leaves just one."""
        at = bisect_left(self._rows, row)
        low = self._sure[self._rows[at - 1]] if at else None
        high = self._sure[self._rows[at]] if at < len(self._rows) else None
        heads = (self._sure[r] for r in reversed(self._rows[:at]) if self._sure[r].level < COMMUNE)
        heading = next(heads, None)
        if heading and (near := [u for u in homonyms if u.parent_code == heading.code]):
            return near[0] if len(near) == 1 else None
        both = {low.parent_code} if low and high and low.parent_code == high.parent_code else set()
        for clue in (both if self._grouped else set(), self._common):
            if len(near := [u for u in homonyms if u.parent_code in clue]) == 1:
                return near[0]
        between = [u for u in homonyms if low and high and low.code < u.code < high.code]
        if self._rising and len(between) == 1:
            return between[0]
        inside = [u for u in homonyms if self._above(u) & self._land]
        return inside[0] if len(inside) == 1 else None


def _share(units: Sequence[AdminUnit], holds: Callable[[AdminUnit, AdminUnit], bool]) -> float:
    """The share of neighbours for which something holds; none among too few."""
    pairs = list(pairwise(units))
    return sum(holds(a, b) for a, b in pairs) / len(pairs) if len(units) >= FEWEST_IN_ORDER else 0.0
