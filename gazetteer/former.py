"""Units that are no more: reports name them long after, and no unit of the day may take their names.

They are looked up by the province in which their land lies on the day asked for: after 2025-07-01 a table of
Sơn La's former communes holds names of twelve abolished districts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import KeysView, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gazetteer.changes import History
from gazetteer.epoch import Calendar, Epoch
from gazetteer.names import LEVELS, Reading, Written, in_other_spelling, spelled_alike, tight
from gazetteer.slips import has_marks, slip_cost
from gazetteer.store import Store
from model.place import AdminUnit
from normalize.unicode import tone_key

_NEAREST, _FARTHEST = 6, 3
_DISTRICT = 2
_KEPT_SLIPS = 1_000  # names of a list that are asked for again


_ByProvince = dict[str, dict[str, dict[str, AdminUnit]]]  # province, matching key, code


@dataclass(frozen=True)
class FormerUnits:
    """The ended states of one province's land, by matching key, the latest state of a code only. `lasting`
    are those that only lie in another unit now: the unit of the day has their code, name and type."""

    by_key: Mapping[str, tuple[AdminUnit, ...]]
    lasting: Mapping[str, tuple[AdminUnit, ...]]
    spellings: Mapping[str, tuple[str, ...]]

    def members(self, province: str) -> int:
        """How many districts of a province ended on the last day that any did."""
        return len(self.districts.get(province, ()))

    @cached_property
    def districts(self) -> Mapping[str, tuple[AdminUnit, ...]]:
        """By the code of a province, its districts that ended on the last day that any did, by code."""
        ended: dict[str, dict[str, AdminUnit]] = defaultdict(dict)
        for units in self.by_key.values():
            for unit in units:
                if unit.level == _DISTRICT and unit.valid_to:
                    ended[unit.parent_code][unit.code] = unit
        out = {}
        for province, known in ended.items():
            last = max(unit.valid_to or date.min for unit in known.values())
            out[province] = tuple(known[code] for code in sorted(known) if known[code].valid_to == last)
        return out

    def names(self, unit: AdminUnit) -> tuple[str, ...]:
        """What the unit was called, its official name first."""
        others = self.spellings.get(unit.code, ())
        return (unit.name, *(n for n in others if spelled_alike(n, unit.name)))

    def exact(self, written: Written) -> list[AdminUnit]:
        """The former units of that very name and type (marks may be lost all together), of each level those
        that ended last."""
        return self._exact(self.by_key, written)

    def exact_lasting(self, written: Written) -> list[AdminUnit]:
        """The same among the lasting ones."""
        return self._exact(self.lasting, written)

    def _exact(self, known: Mapping[str, tuple[AdminUnit, ...]], written: Written) -> list[AdminUnit]:
        found: dict[tuple[str, date | None], AdminUnit] = {}
        for reading in written.readings:
            for name in dict.fromkeys((reading.name, in_other_spelling(reading.name))):
                for unit in known.get(tight(name), ()):
                    if reading.type not in (None, unit.type):
                        continue
                    same, marked = self._slip(name, unit) == 0.0, has_marks(name)
                    doubted = reading.type is None and reading.cost  # the first syllable may be a type word
                    if (same and marked) if doubted else (same or not marked):
                        found[unit.code, unit.valid_to] = unit
        last: dict[int, date] = {}
        for unit in found.values():
            last[unit.level] = max(unit.valid_to or date.min, last.get(unit.level, date.min))
        return [unit for unit in found.values() if unit.valid_to == last[unit.level]]

    def bears(self, written: Written) -> bool:
        """Whether a text that is called like a total or a person (`Trung Bình`, `Hoàng Văn Thụ`), each word
        in capitals at least at its beginning, was the very name of a unit."""
        return written.raw.strip().istitle() and bool(self.exact(written))

    def nearest_slip(self, written: Written, but: str) -> tuple[float, AdminUnit | None]:
        """The former unit whose name is nearest to the print, and how dear the slip is in nats; those with
        the code `but` (the same unit under an earlier type) are passed over."""
        asked = written.readings, but
        if asked not in self._slips:
            if len(self._slips) >= _KEPT_SLIPS:
                self._slips.clear()
            self._slips[asked] = self._nearest_slip(*asked)
        return self._slips[asked]

    @cached_property
    def _slips(self) -> dict[tuple[tuple[Reading, ...], str], tuple[float, AdminUnit | None]]:
        """What `nearest_slip` has told: long lists ask for the same names again."""
        return {}

    def _nearest_slip(self, readings: Sequence[Reading], but: str) -> tuple[float, AdminUnit | None]:
        best: tuple[float, AdminUnit | None] = (float("inf"), None)
        for reading in readings:
            near = process.extract(
                tight(reading.name), list(self.by_key), scorer=OSA.distance, limit=_NEAREST,
                score_cutoff=_FARTHEST, processor=None,
            )  # fmt: skip
            for key, _, _ in near:
                for unit in self.by_key[key]:
                    fits = reading.type is None or unit.level in LEVELS[reading.type]
                    if fits and unit.code != but:
                        cost = self._slip(reading.name, unit) + reading.cost
                        best = min(best, (cost, unit), key=lambda pair: pair[0])
        return best

    def _slip(self, name: str, unit: AdminUnit) -> float:
        return min(slip_cost(name, known) for known in self.names(unit))


class Past:
    """Former units by province and day. Built when first asked for, kept for a few days."""

    def __init__(self, store: Store, calendar: Calendar, history: History) -> None:
        self._store, self._calendar, self._history = store, calendar, history
        self._ended: list[tuple[AdminUnit, str, str]] | None = None  # state, its key, its province's code
        self._kept: dict[date, dict[str, FormerUnits]] = {}
        self._heirs: dict[tuple[str, date, date], tuple[str, ...]] = {}

    def of(self, epoch: Epoch, codes: Sequence[str]) -> FormerUnits:
        """The former units of the provinces in which the units `codes` lie (no code: of the country)."""
        by_province = self._by_province(epoch)
        wanted = {epoch.path(epoch.units[code])[-1].code for code in codes if code in epoch.units}
        if not wanted:
            wanted = set(by_province)
        if len(wanted) == 1:
            return by_province.get(next(iter(wanted)), FormerUnits({}, {}, self._store.spellings))
        parts = [by_province[province] for province in sorted(wanted) if province in by_province]
        ended, lasting = ([getattr(part, name) for part in parts] for name in ("by_key", "lasting"))
        return FormerUnits(_joined(ended), _joined(lasting), self._store.spellings)

    def provinces_before(self, epoch: Epoch, codes: Sequence[str], before: Epoch) -> tuple[str, ...]:
        """The codes of the provinces of an earlier day on whose land the provinces of `codes` lie."""
        now = {epoch.path(epoch.units[code])[-1].code for code in codes if code in epoch.units}
        found = []
        for province in before.children.get("", ()):
            heirs = self._history.successors(province, epoch.day)[0] or (province,)
            if now & {unit.code for unit in heirs}:
                found.append(province.code)
        return tuple(found)

    def _by_province(self, epoch: Epoch) -> dict[str, FormerUnits]:
        if epoch.day not in self._kept:
            if len(self._kept) > _NEAREST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[epoch.day] = self._gathered(epoch)
        return self._kept[epoch.day]

    def _gathered(self, epoch: Epoch) -> dict[str, FormerUnits]:
        ended: _ByProvince = defaultdict(lambda: defaultdict(dict))
        lasting: _ByProvince = defaultdict(lambda: defaultdict(dict))
        for state, key, province in self._states():
            end = state.valid_to
            if end is None or end > epoch.day:
                continue
            found = lasting if self._goes_on(state, epoch) else ended
            for heir in self._provinces_now(province, end, epoch):
                known = found[heir][key].get(state.code)
                if known is None or (known.valid_to or end) <= end:
                    found[heir][key][state.code] = state
                    self._also_spelled(found[heir], state, key)
        return {
            province: FormerUnits(_frozen(ended[province]), _frozen(lasting[province]), self._store.spellings)
            for province in {*ended, *lasting}
        }

    def _also_spelled(self, keys: dict[str, dict[str, AdminUnit]], state: AdminUnit, key: str) -> None:
        for name in self._store.spellings.get(state.code, ()):
            if spelled_alike(name, state.name) and (other := tight(name)) != key:
                keys[other][state.code] = state

    @staticmethod
    def _goes_on(state: AdminUnit, epoch: Epoch) -> bool:
        """Whether a unit of the day has the state's code, name and type: only what it lies in has changed."""
        now = epoch.units.get(state.code)
        if now is None or now.type != state.type:
            return False
        return now.name == state.name or tone_key(now.name) == tone_key(state.name)

    def _states(self) -> list[tuple[AdminUnit, str, str]]:
        if self._ended is None:
            self._ended = []
            provinces: dict[tuple[str, date | None], str] = {}
            for unit, key in zip(self._store.units, self._store.keys, strict=True):
                if unit.valid_to is None:
                    continue
                beside = (unit.parent_code, unit.valid_to) if unit.level > 1 else (unit.code, None)
                if beside not in provinces:  # what ended with it in the same place lay in the same province
                    provinces[beside] = self._province(unit)
                self._ended.append((unit, key, provinces[beside]))
        return self._ended

    def path(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """An ended state and what it lay in on its last day, up to its province."""
        day = (unit.valid_to or date.max) - timedelta(days=1)
        found = [unit]
        while found[-1].level > 1:
            states = self._store.by_code.get(found[-1].parent_code, ())
            parent = next((u for u in states if _valid(u, day)), None)
            if parent is None:
                break
            found.append(parent)
        return tuple(found)

    def above(self, unit: AdminUnit) -> KeysView[str]:
        """The matching keys of what an ended state lay in, inmost first."""
        return dict.fromkeys(tight(u.name) for u in self.path(unit)[1:]).keys()

    def _province(self, unit: AdminUnit) -> str:
        """The code of the province in which a state lay on its last day."""
        last = self.path(unit)[-1]
        return last.code if last.level == 1 else last.parent_code

    def _provinces_now(self, code: str, end: date, epoch: Epoch) -> tuple[str, ...]:
        """The provinces of the day on the land of the province that had `code` when a unit of it ended."""
        key = (code, end, epoch.day)
        if key not in self._heirs:
            day = end - timedelta(days=1)
            then = next((u for u in self._store.by_code.get(code, ()) if _valid(u, day)), None)
            later = self._history.successors(then, epoch.day)[0] if then else ()
            heirs = tuple(u.code for u in later if u.level == 1)
            self._heirs[key] = heirs or ((code,) if code in epoch.units else ())
        return self._heirs[key]


def _valid(unit: AdminUnit, day: date) -> bool:
    return bool(unit.valid_from and unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to))


def _frozen(keys: Mapping[str, Mapping[str, AdminUnit]]) -> dict[str, tuple[AdminUnit, ...]]:
    return {key: tuple(units.values()) for key, units in keys.items()}


def _joined(parts: Sequence[Mapping[str, tuple[AdminUnit, ...]]]) -> dict[str, tuple[AdminUnit, ...]]:
    joined: dict[str, tuple[AdminUnit, ...]] = {}
    for part in parts:
        for key, units in part.items():
            joined[key] = (*joined.get(key, ()), *units)
    return joined
