"""The units of one day, indexed by code, parent and name."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from datetime import date

from gazetteer.names import spelled_alike, tight
from gazetteer.store import Store
from model.place import AdminUnit

_KEPT_EPOCHS = 12


@dataclass(frozen=True, slots=True)
class Epoch:
    """The state of the country on `day`: units in order of code, with their matching keys; `spellings` are
    what official sources call some of them besides."""

    day: date
    units: dict[str, AdminUnit]
    keys: dict[str, str]
    children: dict[str, tuple[AdminUnit, ...]]
    by_key: dict[str, tuple[AdminUnit, ...]]
    spellings: dict[str, tuple[str, ...]]

    def path(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """`unit` and what it lies in, up to its province."""
        found = [unit]
        while found[-1].parent_code in self.units and len(found) < 4:
            found.append(self.units[found[-1].parent_code])
        return tuple(found)

    def below(self, code: str) -> tuple[AdminUnit, ...]:
        """All units under `code`, nearest level first."""
        near = self.children.get(code, ())
        return near + tuple(far for unit in near for far in self.children.get(unit.code, ()))


class Calendar:
    """Epochs by day. Days between two changes share one epoch; a few are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[int, Epoch] = OrderedDict()

    def epoch(self, day: date) -> Epoch:
        """The country on `day`; before the first known day, as on that day."""
        days = self._store.change_days
        slot = max(0, bisect_right(days, day) - 1)
        if slot in self._kept:
            self._kept.move_to_end(slot)
            return self._kept[slot]
        epoch = self._made(days[slot])
        self._kept[slot] = epoch
        if len(self._kept) > _KEPT_EPOCHS:
            self._kept.popitem(last=False)
        return epoch

    def _made(self, day: date) -> Epoch:
        units: dict[str, AdminUnit] = {}
        keys: dict[str, str] = {}
        children: dict[str, list[AdminUnit]] = defaultdict(list)
        by_key: dict[str, list[AdminUnit]] = defaultdict(list)
        for unit, key in zip(self._store.units, self._store.keys):
            if unit.valid_from and unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to):
                units[unit.code] = unit
                keys[unit.code] = key
                children[unit.parent_code].append(unit)
                by_key[key].append(unit)
        spellings = {
            code: tuple(n for n in names if spelled_alike(n, units[code].name) and n != units[code].name)
            for code, names in self._store.spellings.items()
            if code in units
        }
        for code, names in spellings.items():
            for key in dict.fromkeys(tight(name) for name in names):
                if key != keys[code]:
                    by_key[key].append(units[code])
        return Epoch(
            day,
            units,
            keys,
            {code: tuple(sorted(found, key=lambda u: u.code)) for code, found in children.items()},
            {key: tuple(found) for key, found in by_key.items()},
            spellings,
        )
