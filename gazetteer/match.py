"""Which units a written name may mean within a pool of units, and how dear each belief is (in nats)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from gazetteer.epoch import Epoch
from gazetteer.names import LEVELS, Reading, Written, tight
from gazetteer.neighbours import Neighbours
from gazetteer.slips import forget_names, slip_cost
from model.copies import quick
from model.place import AdminUnit, PlaceType

SELF_PRIOR = 2.5  # the unit a document comes from, in a list of its members
FAR_PRIOR = 0.8  # members of members
ABOVE_PRIOR = 3.5  # what the unit lies in
NEXT_GUESS = 0.6  # each further guess at the scope
LEVEL_PRIORS = {1: 0.0, 2: 0.7, 3: 1.4}  # a name alone, in the whole country
TYPE_CHANGED = 1.6  # a type word of the same level: xã for a new thị trấn
TYPE_WRONG = 9.0
WRONG_TYPE_WORD = 2.5  # nats from which a reading's type word counts as another
_NO_RIVAL = 2.0  # nats of a reading that are no rival to a unit of the very name
_SAME_NAME = 0.5  # nats: the same letters, all marks there or all lost
_NEAREST = 8
_FARTHEST = 4  # letters apart at which a name is still near
_KEPT_NEAR = 50_000  # names of which a pool remembers what is near
_KEPT_AFTER = 4_000  # of both, after a column
_KEPT_MATCHES = 10_000  # names of which a pool remembers the units that they may mean
_COMPARED_TOGETHER = 256  # names compared with all others at a time: 3 MB for the country's
_BESIDE_TRUE = 1  # letters apart up to which others are weighed beside a unit of the very name


@quick
@dataclass(frozen=True, slots=True)
class Match:
    """A unit that a name may mean. `slip` is the damage to the name, `cost` includes type and prior."""

    unit: AdminUnit
    cost: float
    slip: float
    type_agrees: bool
    marks_only: bool = False  # the letters are the name's, only marks differ

    @property
    def exact(self) -> bool:
        return self.slip == 0.0 and self.type_agrees


class Pool:
    """Units among which names are looked up, each with a prior cost; indexed by matching key."""

    def __init__(self, epoch: Epoch, priors: Iterable[tuple[AdminUnit, float]]) -> None:
        self.epoch = epoch
        self.prior: dict[str, float] = {}
        self.units: list[AdminUnit] = []
        self._by_key: dict[str, list[AdminUnit]] = defaultdict(list)
        for unit, prior in priors:
            known = self.prior.get(unit.code)
            if known is None:
                self.units.append(unit)
                for key in dict.fromkeys(self._keys_of(unit)):
                    self._by_key[key].append(unit)
            self.prior[unit.code] = prior if known is None else min(known, prior)
        self._called: dict[str, tuple[str, ...]] = {}  # what units are called, by code
        self._keys = list(self._by_key)
        self._neighbours = Neighbours(self._keys)
        self._near: dict[str, list[tuple[AdminUnit, int]]] = {}
        self._known: dict[tuple[tuple[Reading, ...], bool], list[Match]] = {}

    @cached_property
    def orders(self) -> tuple[dict[str, int], dict[str, int]]:
        """Each unit's place in the orders that lists keep: by code, and by name."""
        by_code = sorted(self.units, key=lambda u: u.code)
        by_name = sorted(self.units, key=lambda u: (self._key_of(u), u.code))
        return _ranks(by_code), _ranks(by_name)

    def _key_of(self, unit: AdminUnit) -> str:
        """The matching key of the unit's name."""
        return self.epoch.keys[unit.code] if self.epoch.units.get(unit.code) is unit else tight(unit.name)

    def _keys_of(self, unit: AdminUnit) -> Iterator[str]:
        """The matching keys of what the unit is called; that of its official name is kept with it."""
        yield self._key_of(unit)
        yield from map(tight, self.epoch.spellings.get(unit.code, ()))

    def names(self, unit: AdminUnit) -> tuple[str, ...]:
        """What the unit is called, its official name first."""
        known = self._called.get(unit.code)
        if known is None:
            self._called[unit.code] = known = (unit.name, *self.epoch.spellings.get(unit.code, ()))
        return known

    def above(self, unit: AdminUnit) -> frozenset[str]:
        """The matching keys of what the unit lies in."""
        return frozenset(self.epoch.keys[u.code] for u in self.epoch.path(unit)[1:])

    @staticmethod
    def within(epoch: Epoch, codes: Sequence[str], step: float = NEXT_GUESS) -> Pool:
        """Members, the units themselves, members of members and what they lie in; all units if no code.

        The code `""` is the country, whose members are the provinces. `step` is what each further code
        costs: 0.0 where all are as likely.
        """
        if not codes:
            return Pool(epoch, ((unit, LEVEL_PRIORS[unit.level]) for unit in epoch.units.values()))
        priors: list[tuple[AdminUnit, float]] = []
        for guess, code in enumerate(codes):
            unit, extra = epoch.units.get(code), guess * step
            near = epoch.children.get(code, ())
            priors += [(child, extra) for child in near]
            priors += [(far, extra + FAR_PRIOR) for n in near for far in epoch.children.get(n.code, ())]
            if unit is not None:
                priors.append((unit, extra + SELF_PRIOR))
                priors += [(above, extra + ABOVE_PRIOR) for above in epoch.path(unit)[1:]]
        return Pool(epoch, priors)

    def bears(self, written: Written) -> bool:
        """Whether a unit most likely here is called just like the text, marks included (if it has any)."""
        for reading in written.readings:
            for unit in self._by_key.get(tight(reading.name), ()):
                slips = (slip_cost(reading.name, name) for name in self.names(unit))
                if self.prior[unit.code] == 0.0 and min(slips) < _SAME_NAME:
                    return True
        return False

    def near(self, name: str) -> list[tuple[AdminUnit, int]]:
        """The units whose names look most like `name`, itself included, and how many letters they differ
        in."""
        key = tight(name)
        if key not in self._near:
            self._compare([key])
        return self._near[key]

    def compare(self, rows: Iterable[Written]) -> None:
        """Finds what is near all names of a column at once, which takes a third of the time of one by one."""
        asked = (pair for written in rows for pair in self._asked(written))
        keys = dict.fromkeys(
            tight(reading.name) for reading, borne in asked if _looked_around(reading, borne)
        )
        self._compare([key for key in keys if key not in self._near])

    def _asked(self, written: Written) -> Iterator[tuple[Reading, bool]]:
        """The readings by which a text is looked up, and of each whether a unit bears its very name or that
        of one before it."""
        borne = False
        for reading in written.readings:
            if not borne or reading.cost < _NO_RIVAL:
                borne = borne or self._is_borne(reading)
                yield reading, borne

    def _is_borne(self, reading: Reading) -> bool:
        """Whether a unit likely here has the very name and type that the reading gives."""
        return any(self._bears(unit, reading) for unit in self._by_key.get(tight(reading.name), ()))

    def _beside(self, name: str) -> list[tuple[AdminUnit, int]]:
        """The first units of `near` that are one letter apart at most."""
        found = self._neighbours.within_one(tight(name))[:_NEAREST]
        return [(unit, apart) for key, apart in found for unit in self._by_key[key]]

    def _compare(self, keys: Sequence[str]) -> None:
        if len(self._near) + len(keys) > _KEPT_NEAR:
            self._near.clear()
        alike: dict[
            tuple[int, int], list[str]
        ] = {}  # the nearer names must be, the sooner they are told apart
        for key in keys:
            reach = _farthest(key)
            alike.setdefault((reach, len(key) - reach if key.isdigit() else 0), []).append(key)
        for (reach, digits), like in alike.items():
            self._compare_within(like, reach, digits)

    def _compare_within(self, keys: Sequence[str], reach: int, digits: int) -> None:
        """As `_compare`, of names that differ in so many letters at most, from those with so many digits (no
        other is near a number)."""
        others = [key for key in self._keys if digits <= 0 or sum(c.isdigit() for c in key) >= digits]
        for start in range(0, len(keys), _COMPARED_TOGETHER):
            together = keys[start : start + _COMPARED_TOGETHER]
            apart = process.cdist(together, others, scorer=OSA.distance, score_cutoff=reach, dtype=np.uint8)
            rows, columns = np.nonzero(apart <= reach)
            begins = np.searchsorted(rows, np.arange(len(together) + 1))
            for row, key in enumerate(together):
                found = columns[begins[row] : begins[row + 1]]
                distances = apart[row, found]
                nearest = np.argsort(distances, kind="stable")[:_NEAREST]
                self._near[key] = [
                    (u, int(distances[i])) for i in nearest for u in self._by_key[others[found[i]]]
                ]

    def bearing(self, written: Written) -> list[AdminUnit]:
        """The units that may bear the very name, marks apart; numbers are written in more ways than one."""
        found = {
            unit.code: unit
            for reading in written.readings
            for unit in (
                [unit for unit, _ in self.near(reading.name)]
                if any(ch.isdigit() for ch in reading.name)
                else self._by_key.get(tight(reading.name), ())
            )
        }
        return list(found.values())

    def matches(
        self, written: Written, marked: bool = False, units: Sequence[AdminUnit] | None = None
    ) -> list[Match]:
        """Every unit the name may mean, likeliest first; a unit once, by its cheapest reading.

        `marked`: other names of the page bear marks. With `units`, those and no others are compared,
        however unlike the name they look. Beside a unit of the very name only those are whose names are one
        letter apart: others cost so much more that they decide nothing.
        """
        best: dict[str, Match] = {}
        alone = ((reading, False) for reading in written.readings)
        for reading, borne in self._asked(written) if units is None else alone:
            if units is not None:
                near = [(unit, 0) for unit in units]
            else:
                around = _looked_around(reading, borne)
                near = self.near(reading.name) if around else self._beside(reading.name)
            slips: dict[tuple[str, ...], float] = {}  # many units have one name
            for unit, apart in near:
                if borne and apart > _BESIDE_TRUE:
                    break
                odd, prior, known = type_cost(reading.type, unit), self.prior[unit.code], best.get(unit.code)
                if known is not None and odd + reading.cost + prior >= known.cost:
                    continue  # dearer whatever the slip
                names = self.names(unit)
                slip = slips.get(names)
                if slip is None:
                    slips[names] = slip = min([slip_cost(reading.name, name, marked) for name in names])
                cost = slip + odd + reading.cost + prior
                if known is None or cost < known.cost:
                    agrees = odd == 0.0 and reading.cost < WRONG_TYPE_WORD
                    same = tight(reading.name) in map(tight, names)
                    best[unit.code] = Match(unit, cost, slip, agrees, same)
        return sorted(best.values(), key=lambda m: (m.cost, m.unit.code))

    def known(self, written: Written, marked: bool) -> list[Match]:
        """As `matches`, remembered by what is read: a column, or its lists, name a unit more than once."""
        key = written.readings, marked
        if key not in self._known:
            if len(self._known) >= _KEPT_MATCHES:
                self._known.clear()
            self._known[key] = self.matches(written, marked)
        return self._known[key]

    def let_go(self) -> None:
        """Forget what a long column was read with: of thousands of names it is some fifty megabytes, which
        whatever follows needs more."""
        if len(self._near) + len(self._known) > _KEPT_AFTER:
            self._near.clear()
            self._known.clear()
            forget_names()

    def _bears(self, unit: AdminUnit, reading: Reading) -> bool:
        typed = reading.type in (None, unit.type) and not reading.cost
        return typed and self.prior[unit.code] < SELF_PRIOR and reading.name in self.names(unit)


def _looked_around(reading: Reading, borne: bool) -> bool:
    """Whether more than names one letter apart are asked for; numbers are written in more ways than one."""
    return not borne or any(map(str.isdigit, reading.name))


def _farthest(key: str) -> int:
    """How many letters a name may differ in: numbers and short names in hardly any."""
    return 1 if len(key) <= 2 else 2 if len(key) <= 4 else 3 if len(key) <= 8 else _FARTHEST


def _ranks(units: Sequence[AdminUnit]) -> dict[str, int]:
    return {unit.code: rank for rank, unit in enumerate(units)}


def type_cost(written: PlaceType | None, unit: AdminUnit) -> float:
    """Nats that a unit is called by the type word `written` (None: no word stands there)."""
    if written is None or written == unit.type:
        return 0.0
    return TYPE_CHANGED if unit.level in LEVELS[written] else TYPE_WRONG


def none_cost(written: Written) -> float:
    """Nats at which a name is better taken for none of the units: grows with what was printed."""
    letters = max((len(tight(reading.name)) for reading in written.readings), default=0)
    return 2.0 + 0.55 * letters


def belief(match: Match, among: Sequence[Match], none: float) -> float:
    """The share of belief (0..1) in `match` against `among` (itself included) and against none of them."""
    return beliefs([match], among, none)[0]


def beliefs(matches: Sequence[Match], among: Sequence[Match], none: float) -> list[float]:
    """The share of belief in each of `matches`, as `belief` says."""
    whole = math.fsum(math.exp(-m.cost) for m in among) + math.exp(-none)
    return [math.exp(-m.cost) / whole for m in matches]
