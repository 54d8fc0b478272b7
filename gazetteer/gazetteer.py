"""The gazetteer as other packages use it: load once, then resolve names and columns as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from gazetteer.changes import History
from gazetteer.clues import WHOLE_SHARE
from gazetteer.column import Decision, lists, solve
from gazetteer.epoch import Calendar, Epoch
from gazetteer.evidence import place_evidence
from gazetteer.fit import Fit, clear_winner, fits
from gazetteer.match import Pool, belief, none_cost
from gazetteer.names import Written, read_name
from gazetteer.scope import find_scope
from gazetteer.store import Store, load_store
from model.document import Metadata
from model.place import AdminUnit, Candidate, ColumnResolution, PlaceMention, Scope
from normalize.unicode import tone_key

_EVE_OF_REFORM = date(2025, 6, 30)
_POOR_FIT = 0.5
_GOOD_FIT = 0.75
_KEPT_POOLS = 64


def _other_days(as_of: date) -> tuple[date, ...]:
    """Days to try where a column does not fit its document's: the eve of the reform, a year around."""
    around = [date.fromordinal(max(1, min(as_of.toordinal() + d, date.max.toordinal()))) for d in (-365, 365)]
    return (_EVE_OF_REFORM, *around)


def _own_unit(epoch: Epoch, codes: Sequence[str], written: Written) -> AdminUnit | None:
    """The document's unit, or one it lies in, that is of the type an authority without a name has."""
    unit = epoch.units.get(codes[0]) if codes else None
    return next((u for u in epoch.path(unit) if u.type == written.type), None) if unit else None


class Gazetteer:
    """Vietnam's administrative units from 2004-08-31 to today. Safe to share between readers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._calendar = Calendar(store)
        self._history = History(store)
        self._pools: dict[tuple[date, tuple[str, ...]], Pool] = {}
        self._known = frozenset(store.keys)

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
        near 1 says that no other unit of that scope comes near; two equal scores are a tie. A name that is
        none's after the reform of 2025-07-01 is looked up on its eve (see the unit's `valid_to`).
        """
        written = read_name(f"{type} {name}" if type and not name.lower().startswith(type) else name)
        found = self._candidates(written, within or written.within, as_of)
        if not found and as_of > _EVE_OF_REFORM:
            found = self._candidates(written, within or written.within, _EVE_OF_REFORM)
        return found

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

    def infer_scope(self, rows: Sequence[str], as_of: date) -> Scope:
        """The unit whose members the names are, found over the whole country; no units if none is clear."""
        written = [read_name(text) for text in rows]
        best = clear_winner(fits(self._calendar.epoch(as_of), written))
        return Scope(as_of, (best.parent,) if best and best.parent else ())

    def resolve_column(self, rows: Sequence[tuple[int, str]], scope: Scope, col: int = 0) -> ColumnResolution:
        """Resolves the rows `(row number, text)` of one place column together.

        Total rows, captions and blanks get no mention, agencies one of kind `agency`. The scope is a
        first guess: where the names are clearly the members of another unit, or of another day, that is
        used (and returned in `.scope`).
        """
        written = [read_name(text) for _, text in rows]
        used, fit = self._working_scope(written, scope)
        epoch = self._calendar.epoch(used.as_of)
        country = fit is not None and fit.parent == "" and not used.units
        pool = self._pool(epoch, ("",) if country else used.units)
        expected = fit.parent if fit and fit.hits >= 3 and fit.share >= _GOOD_FIT else None
        written = [
            replace(w, meaning="name") if w.meaning in ("agency", "total") and pool.bears(w) else w
            for w in written
        ]
        decisions: dict[int, Decision] = {}
        missing: dict[str, AdminUnit] = {}
        repeated: dict[str, AdminUnit] = {}
        for group in lists(written):
            solved = solve([written[i] for i in group], pool, expected) if group else []
            decisions.update(zip(group, solved))
            for unit in self._missing(epoch, solved):
                missing[unit.code] = unit
            for unit in self._repeated([written[i] for i in group], solved):
                repeated[unit.code] = unit
        mentions = []
        for i, (row, text) in enumerate(rows):
            if written[i].meaning == "own" and (own := _own_unit(epoch, used.units, written[i])):
                decisions[i] = Decision("exact", own, 1.0, ((own, 1.0),))
            if written[i].meaning == "agency" or (written[i].meaning == "own" and i not in decisions):
                mentions.append(PlaceMention(row, col, text, "agency", used.as_of))
            elif i in decisions:
                mentions.append(self._mention(row, col, text, decisions[i], epoch, used.as_of))
        return ColumnResolution(tuple(mentions), tuple(missing.values()), tuple(repeated.values()), used)

    def _mention(
        self, row: int, col: int, text: str, decision: Decision, epoch: Epoch, as_of: date
    ) -> PlaceMention:
        candidates = tuple(
            Candidate(unit, round(score, 4), epoch.path(unit)) for unit, score in decision.candidates
        )
        mention = PlaceMention(
            row, col, text, decision.kind, as_of, score=round(decision.score, 4), candidates=candidates
        )
        unit = decision.unit
        if unit is None:
            return mention
        path = epoch.path(unit)
        successors, change = self._history.successors(unit)
        return replace(
            mention,
            unit=unit,
            parent=path[1] if len(path) > 1 else None,
            province=path[-1],
            successors=successors,
            change=change,
        )

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

    def _missing(self, epoch: Epoch, solved: Sequence[Decision]) -> list[AdminUnit]:
        """Members not listed, where nearly all members of one unit are."""
        listed = {d.unit.code: d.unit for d in solved if d.unit}
        parents = {u.parent_code for u in listed.values()}
        out: list[AdminUnit] = []
        for parent in sorted(parents):
            members = epoch.children.get(parent, ())
            found = [u for u in members if u.code in listed]
            if len(found) >= 3 and len(found) >= WHOLE_SHARE * len(members):
                out += [u for u in members if u.code not in listed]
        return out

    def _repeated(self, rows: Sequence[Written], solved: Sequence[Decision]) -> list[AdminUnit]:
        """Units whose very name stands in two rows of one list."""
        first: dict[str, int] = {}
        out = []
        for i, written in enumerate(rows):
            key = tone_key(written.raw)
            if key in first:
                unit = solved[first[key]].unit or solved[i].unit
                if unit is None and solved[i].candidates:
                    unit = solved[i].candidates[0][0]
                if unit:
                    out.append(unit)
            first.setdefault(key, i)
        return out

    def _pool(self, epoch: Epoch, codes: tuple[str, ...]) -> Pool:
        key = (epoch.day, codes)
        if key not in self._pools:
            if len(self._pools) >= _KEPT_POOLS:
                self._pools.pop(next(iter(self._pools)))
            self._pools[key] = Pool.within(epoch, codes)
        return self._pools[key]
