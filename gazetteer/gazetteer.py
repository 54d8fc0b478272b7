"""The gazetteer as other packages use it: load once, then resolve names and columns as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from gazetteer.against_past import (
    FORMER_SCORE,
    bearer,
    lists_the_day,
    no_repair_over,
    of_former,
    taken_twice,
    within_former,
)
from gazetteer.chain import behind_office
from gazetteer.changes import History
from gazetteer.column import Decision, Lists, lists, within_decision
from gazetteer.district_lists import of_district_list
from gazetteer.earlier import may_list_earlier, of_earlier_day, solved_in
from gazetteer.epoch import Calendar, Epoch
from gazetteer.evidence import place_evidence
from gazetteer.fit import Fit, clear_winner, fits
from gazetteer.former import FormerUnits, Past
from gazetteer.former_rows import FEWEST_FORMER, FormerRow, former_rows
from gazetteer.listed import missing_of, own_rows, repeated_in
from gazetteer.match import Pool, belief, none_cost
from gazetteer.mentions import Mentions
from gazetteer.names import LEVELS, Written, read_name, spelled_alike, tight, told_once
from gazetteer.own_bodies import own_names
from gazetteer.own_parts import of_own_parts
from gazetteer.scope import find_scope, names_around
from gazetteer.single import SinglePlaces
from gazetteer.slips import slip_cost
from gazetteer.store import Store, load_store
from model.document import Metadata
from model.place import AdminUnit, Candidate, ColumnResolution, PlaceMention, PlaceType, Scope

_EVE_OF_REFORM = date(2025, 6, 30)
_POOR_FIT = 0.5
_GOOD_FIT = 0.75
_KEPT_POOLS = 64
_MOST_CANDIDATES = 10
_NO_NAMES = ("agency", "total")  # what a row that some unit bears the words of is not


def _other_days(as_of: date) -> tuple[date, ...]:
    """Days to try where a column does not fit its document's: the eve of the reform, a year around."""
    around = [date.fromordinal(max(1, min(as_of.toordinal() + d, date.max.toordinal()))) for d in (-365, 365)]
    return (_EVE_OF_REFORM, *around)


class Gazetteer:
    """Vietnam's administrative units from 2004-08-31 to today. Safe to share between readers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._calendar = Calendar(store)
        self._history = History(store)
        self._pools: dict[tuple[date, tuple[str, ...]], Pool] = {}
        self._past = Past(store, self._calendar, self._history)
        self._single = SinglePlaces(store, self._history)
        self._levels: dict[str, set[int]] = defaultdict(set)
        for unit, key in zip(store.units, store.keys, strict=True):
            self._levels[key].add(unit.level)
        self._known = frozenset(store.keys) | {tight(n) for names in store.spellings.values() for n in names}

    @classmethod
    def load(cls, folder: Path | None = None) -> Gazetteer:
        """Reads the packed data that come with the program (or from `folder`).

        Raises MissingProgramError when they are absent or damaged.
        """
        return cls(load_store(folder) if folder else load_store())

    # -- units ------------------------------------------------------------------------------------------

    def unit(self, code: str, as_of: date) -> AdminUnit | None:
        """The unit that bears `code` on that day."""
        return self._calendar.epoch(as_of).units.get(code)

    def last_known(self, code: str, as_of: date) -> AdminUnit | None:
        """The unit that bears `code` on that day, else the last that bore it before, else the first after."""
        states = self._store.by_code.get(code, [])
        begun = [u for u in states if u.valid_from is None or u.valid_from <= as_of]
        return begun[-1] if begun else (states[0] if states else None)

    def units(self, as_of: date) -> tuple[AdminUnit, ...]:
        """All units of all levels on that day, in order of level and code."""
        return tuple(self._calendar.epoch(as_of).units.values())

    def children(self, unit: AdminUnit | str, as_of: date) -> tuple[AdminUnit, ...]:
        """The members of a unit (`""`: the provinces) on that day, in order of code."""
        code = unit if isinstance(unit, str) else unit.code
        return self._calendar.epoch(as_of).children.get(code, ())

    def path(self, unit: AdminUnit, as_of: date | None = None) -> tuple[AdminUnit, ...]:
        """`unit` and the units it lies in, up to its province, on `as_of` (default: its last day)."""
        day = as_of or (unit.valid_to - timedelta(days=1) if unit.valid_to else date.max)
        return self._calendar.epoch(day).path(unit)

    def successors(self, unit: AdminUnit, as_of: date | None = None) -> tuple[tuple[AdminUnit, ...], str]:
        """What became of a unit's state by `as_of` (default: by the newest data), and how.

        See `changes.History.successors` for the kinds. `((), "")` when it still stands.
        """
        return self._history.successors(unit, as_of)

    def acts(self, code: str, day: date) -> str:
        """The legal acts behind the change of `code` on `day`, as far as known (numbers, blank-joined)."""
        return self._store.acts.get((day.isoformat(), code), "")

    # -- names ------------------------------------------------------------------------------------------

    def resolve(
        self,
        name: str,
        within: str | AdminUnit | None = None,
        type: str | None = None,
        as_of: date = date.max,
    ) -> list[Candidate]:
        """The units that `name` may mean on that day, likeliest first, at most ten.

        `within` is a unit or the name of one; `type` a type word, for a name without one. A score
        near 1 says that no other unit of that scope comes near; two equal scores are a tie. Units that were
        no more on that day stand behind those of the day that bear the very name, and before all repairs
        (see the unit's `valid_to`).
        """
        written = read_name(f"{type} {name}" if type and not name.lower().startswith(type) else name)
        where = within or written.within
        found = self._candidates(written, where, as_of)
        former = self._former_candidates(written, where, as_of)
        if not found and not former and as_of > _EVE_OF_REFORM:
            found = self._candidates(written, where, _EVE_OF_REFORM)
        exact = [c for c in found if self._bears(c.unit, written)]
        first = [*former, *exact] if written.ended else [*exact, *former]
        return [*first, *(c for c in found if c not in first)][:_MOST_CANDIDATES]

    def locate(
        self, text: str, within: str = "", type: PlaceType | None = None, as_of: date = date.max
    ) -> list[Candidate]:
        """As `resolve`, of a text as reports write it: with an office or a hamlet before the unit, and what
        it lies in behind it, with and without type words (`Trạm y tế xã A, H. B (tỉnh C)`)."""
        if found := self._single.find(text, within, type, day=as_of):
            return found
        if read_name(text).meaning != "name":  # `UBND thành phố`, or an office before a damaged name
            text = behind_office(text)
        found = self.resolve(text, within or None, type, as_of) if text else []
        return self._single.doubted(text, within, found, as_of)

    def spellings(self, unit: AdminUnit) -> tuple[str, ...]:
        """What official sources call a unit, its name here first."""
        others = self._store.spellings.get(unit.code, ())
        return (unit.name, *(n for n in others if n != unit.name and spelled_alike(n, unit.name)))

    def predecessors(self, unit: AdminUnit) -> tuple[tuple[AdminUnit, str], ...]:
        """The states that a state was made of on its first day, and how (see `History.predecessors`)."""
        return self._history.predecessors(unit)

    def _bears(self, unit: AdminUnit, written: Written) -> bool:
        names = self.spellings(unit)
        return any(
            r.type in (None, unit.type) and min(slip_cost(r.name, n) for n in names) == 0.0
            for r in written.readings
        )

    def _former_candidates(
        self, written: Written, within: str | AdminUnit | None, day: date
    ) -> list[Candidate]:
        """Former units of that very name, those that ended last first, homonyms as a tie."""
        past = self._past.of(self._calendar.epoch(day), ())
        units = past.exact(written)
        if isinstance(within, AdminUnit):
            units = [u for u in units if within.code in {v.code for v in self._past.path(u)}] or units
        elif within:
            keys = {tight(r.name) for r in read_name(within).readings}
            units = [u for u in units if keys & self._past.above(u)]
        units.sort(key=lambda u: (-(u.valid_to or date.max).toordinal(), u.code))
        return [Candidate(u, round(FORMER_SCORE / len(units), 4), self._past.path(u)) for u in units]

    def _candidates(self, written: Written, within: str | AdminUnit | None, day: date) -> list[Candidate]:
        epoch = self._calendar.epoch(day)
        if isinstance(within, AdminUnit):
            pool = self._pool(epoch, (within.code,))
        else:
            pool = self._pool_named(epoch, within, day) if within else self._pool(epoch, ())
        none = none_cost(written)
        found = [m for m in pool.matches(written) if m.cost < none + 2.0][:10]
        return [
            Candidate(match.unit, round(belief(match, found, none), 4), epoch.path(match.unit))
            for match in found
        ]

    def _pool_named(self, epoch: Epoch, within: str, day: date) -> Pool:
        """What lies in the units that `within` names, all of them where several are as likely."""
        named = self._candidates(read_name(within), None, day)
        likely = [c.unit for c in named if c.unit.level < 3 and c.score >= 0.5 * named[0].score]
        codes = tuple(unit.code for unit in likely or [c.unit for c in named[:1]])
        return Pool.within(epoch, codes, step=0.0) if len(codes) > 1 else self._pool(epoch, codes)

    def is_place(self, text: str) -> float:
        """How surely (0..1) `text` names a unit of any time, by itself: for telling names from captions."""
        return place_evidence(text, self._known)

    def names_level(self, text: str, levels: Sequence[int]) -> bool:
        """Whether `text` is the very name of a unit of any time on one of these levels (see `AdminUnit`);
        marks may be lost, and a type word that stands there counts."""
        written = read_name(text)
        if written.meaning != "name":
            return False
        keys = {(tight(r.name), r.type) for r in written.readings}
        return any(
            (kind is None or level in LEVELS[kind]) and level in levels
            for key, kind in keys
            for level in self._levels.get(key, ())
        )

    def names_around(self, lines: Sequence[str], as_of: date = _EVE_OF_REFORM) -> frozenset[str]:
        """The names of the units that a text names with their type words in its province, and of the members
        of those; none where it does not speak of one province most of all."""
        return names_around(self._calendar.epoch(as_of), lines)

    # -- columns ----------------------------------------------------------------------------------------

    def scope_of(
        self,
        metadata: Metadata,
        titles: Sequence[str] = (),
        as_of: date = date.max,
        province_hint: str = "",
        lines: Sequence[str] = (),
    ) -> Scope:
        """Where the document's place names are to be looked up, from what it says of itself."""
        epoch = self._calendar.epoch(as_of)
        return find_scope(epoch, as_of, metadata, titles, province_hint, lines)

    def own_names(self, issuer: str, parent: str, as_of: date) -> dict[str, str]:
        """The names of an issuer's unit and of the one over it by what a scan was read to call them."""
        return own_names(self._calendar.epoch(as_of), issuer, parent)

    def infer_scope(self, rows: Sequence[str], as_of: date) -> Scope:
        """The unit whose members the names are, found over the whole country; no units if none is clear."""
        written = [read_name(text) for text in rows]
        best = clear_winner(fits(self._calendar.epoch(as_of), written))
        return Scope(as_of, (best.parent,) if best and best.parent else ())

    def resolve_column(
        self,
        rows: Sequence[tuple[int, str]],
        scope: Scope,
        col: int = 0,
        beside: Mapping[int, str] = MappingProxyType({}),
    ) -> ColumnResolution:
        """Resolves the rows `(row number, text)` of one place column together.

        `beside` gives, by row number, the district or province that another column names for the row.

        Total rows, captions and blanks get no mention, agencies one of kind `agency`. The scope is a
        first guess: where the names are clearly the members of another unit, or of another day, that is
        used (and returned in `.scope`).
        """
        written = [read_name(text).lying_in(beside.get(row, "")) for row, text in rows]
        used, fit = self._working_scope(written, scope)
        epoch = self._calendar.epoch(used.as_of)
        country = fit is not None and fit.parent == "" and not used.units
        pool = self._pool(epoch, ("",) if country else used.units)
        expected = fit.parent if fit and fit.hits >= 3 and fit.share >= _GOOD_FIT else None
        past = self._past.of(epoch, used.units)
        written = [
            replace(w, meaning="name") if w.meaning in _NO_NAMES and (pool.bears(w) or past.bears(w)) else w
            for w in written
        ]
        former = self._former(written, pool, past, scope)
        inside = [i for i, w in enumerate(written) if w.part]
        apart = {*former, *inside}
        of_the_day, among_former = lists_the_day(fit, len(former)), len(former) >= FEWEST_FORMER
        decisions: dict[int, Decision] = {i: of_former(row) for i, row in former.items()}
        decisions |= {
            i: within_former(past, written[i], within_decision(written[i], pool), self._past.above)
            for i in inside
        }
        missing, repeated = dict[str, AdminUnit](), dict[str, AdminUnit]()
        of_lists = Lists(pool, expected)
        for group in lists([replace(w, meaning="blank") if i in apart else w for i, w in enumerate(written)]):
            named = [written[i] for i in group]
            solved = of_lists.solve(named)
            decisions.update(
                (i, decision if of_the_day else no_repair_over(past, written[i], decision, among_former))
                for i, decision in zip(group, solved)
            )
            missing |= {unit.code: unit for unit in missing_of(epoch, solved)}
            repeated |= {unit.code: unit for unit in repeated_in(named, solved)}
        decisions |= self._earlier(written, decisions, former, scope)
        districts = past.districts if used.units and not of_the_day else {}
        decisions |= self._listed(written, decisions, scope, districts)
        decisions |= taken_twice(past, written, decisions)
        decisions |= own_rows(epoch, used.units, written)
        made = Mentions(self._calendar, self._history, self._past, used.as_of, scope.as_of)
        mentions = []
        for i, (row, text) in enumerate(rows):
            if written[i].meaning == "agency" or (written[i].meaning == "own" and i not in decisions):
                mentions.append(PlaceMention(row, col, text, "agency", used.as_of))
            elif i in decisions:
                mentions.append(made.of(row, col, text, decisions[i]))
        pool.let_go()
        return ColumnResolution(tuple(mentions), tuple(missing.values()), tuple(repeated.values()), used)

    def _earlier(
        self,
        written: Sequence[Written],
        decisions: Mapping[int, Decision],
        former: Mapping[int, FormerRow],
        scope: Scope,
    ) -> dict[int, Decision]:
        """The rows of a column after the reform that plainly lists, damaged, units of its eve."""
        names = [i for i, w in enumerate(written) if w.meaning == "name" and not w.part]
        told = {i for i, row in former.items() if row.unit}
        if scope.as_of <= _EVE_OF_REFORM or not may_list_earlier(names, decisions, told):
            return {}
        eve = self._calendar.epoch(_EVE_OF_REFORM)
        land = self._past.provinces_before(self._calendar.epoch(scope.as_of), scope.units, eve)
        pool = Pool.within(eve, land, step=0.0) if scope.units else self._pool(eve, ())
        then = solved_in(
            [w if i in names else replace(w, meaning="blank") for i, w in enumerate(written)], pool
        )
        return of_earlier_day(names, decisions, then, told)

    def _listed(
        self,
        written: Sequence[Written],
        decisions: Mapping[int, Decision],
        scope: Scope,
        districts: Mapping[str, Sequence[AdminUnit]],
    ) -> dict[int, Decision]:
        """The rows of a damaged list of a province's districts, or of what the own commune was made of."""
        listed = of_district_list(written, decisions, districts, self.spellings)
        own = self._calendar.epoch(scope.as_of).units.get(scope.units[0]) if scope.units else None
        parts = self.predecessors(own) if own else ()
        return listed or (of_own_parts(written, decisions, own, parts, self.spellings) if own else {})

    def _former(
        self, written: Sequence[Written], pool: Pool, past: FormerUnits, scope: Scope
    ) -> dict[int, FormerRow]:
        """The rows that name units which are no more."""
        if not past.by_key:
            return {}
        pool.compare(w for w in written if any(ch.isdigit() for ch in w.raw))  # asked one by one by `bearer`
        current = told_once(written, lambda w: bearer(w, pool))
        rows = [replace(w, meaning="blank") if w.part else w for w in written]
        return former_rows(rows, current, past, self._past.above, self._heirs, scope.units)

    def _heirs(self, unit: AdminUnit) -> frozenset[str]:
        """The codes of what became of a unit."""
        return frozenset(u.code for u in self._history.successors(unit)[0])

    def _working_scope(self, written: Sequence[Written], scope: Scope) -> tuple[Scope, Fit | None]:
        """The given scope, or the unit and day whose members the rows plainly are; and the fit behind it."""
        here = fits(self._calendar.epoch(scope.as_of), written, scope.units)
        best, day = (here[0] if here else None), scope.as_of
        if best and best.rows >= 3 and best.share < _POOR_FIT:
            for other in _other_days(scope.as_of):
                then = fits(self._calendar.epoch(other), written, scope.units)
                if then and then[0].share >= max(_GOOD_FIT, best.share + 0.2):
                    here, best, day = then, then[0], other
        if best is None:
            return scope, None
        if best.parent in scope.units or (best.hits >= 2 and self._beats(best, here, scope)):
            rest = tuple(code for code in scope.units if code != best.parent)
            return Scope(day, ((best.parent,) if best.parent else ()) + rest), best
        return Scope(day, scope.units), None

    def _beats(self, best: Fit, found: Sequence[Fit], scope: Scope) -> bool:
        own = max((f.hits for f in found if f.parent in scope.units), default=0)
        return clear_winner(found) is best if not scope.units else best.hits >= own + 2

    def _pool(self, epoch: Epoch, codes: tuple[str, ...]) -> Pool:
        key = (epoch.day, codes)
        if key not in self._pools:
            if len(self._pools) >= _KEPT_POOLS:
                self._pools.pop(next(iter(self._pools)))
            self._pools[key] = Pool.within(epoch, codes)
        return self._pools[key]
