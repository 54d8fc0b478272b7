"""What became of a unit: through mergers, splits, new names and types, up to a day."""

from __future__ import annotations

from datetime import date, timedelta

from gazetteer.store import Store
from model.place import AdminUnit
from normalize.unicode import tone_key

_REFORM = date(2025, 7, 1)
_END = date.max
_LAST_KNOWN = date(9999, 1, 1)
_LONGEST_CHAIN = 24  # changes in a row; twelve is the most there is


def _on(store: Store, code: str, day: date) -> AdminUnit | None:
    for unit in store.by_code.get(code, ()):
        if unit.valid_from and unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to):
            return unit
    return None


def _difference(old: AdminUnit, new: AdminUnit) -> list[str]:
    kinds = []
    if tone_key(old.name) != tone_key(new.name):
        kinds.append("renamed")
    if old.type != new.type:
        kinds.append("retyped")
    if old.parent_code != new.parent_code and not (old.level == 3 and new.valid_from == _REFORM):
        kinds.append("moved")
    return kinds


class History:
    """Answers what became of a unit, from the states and links of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._members: dict[str, list[AdminUnit]] = {}
        self._back: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def successors(self, unit: AdminUnit, as_of: date | None = None) -> tuple[tuple[AdminUnit, ...], str]:
        """The units that `unit` (one state of it) is part of on `as_of` (None: after all known changes).

        Returns them in order of code with the kinds of change on the way, joined by `+` (`renamed`,
        `retyped`, `moved`, `merged`, `split`, `dissolved`, `abolished`, `kept`). Nothing and `""` when the
        state itself still stands; nothing and `abolished` when it ended and no successor is known.
        """
        day = as_of or _END
        if unit.valid_to is None or day < unit.valid_to:
            return (), ""
        kinds: dict[str, None] = {}
        found = self._follow(unit, day, kinds, 0)
        if not found:
            kinds["abolished"] = None
        return tuple(sorted(set(found), key=lambda u: u.code)), "+".join(kinds)

    def predecessors(self, unit: AdminUnit) -> tuple[tuple[AdminUnit, str], ...]:
        """The states that ended on the day `unit` (one state of it) began and went into it, in order of
        code, each with the kind of change: `merged`, `split` (a part of it only), `kept`, `recoded`, or what
        changed of the same code (`renamed`, `retyped`, `moved`, joined by `+`)."""
        begin = unit.valid_from
        if begin is None:
            return ()
        found: dict[str, tuple[AdminUnit, str]] = {}
        day = begin - timedelta(days=1)
        for old, kind in self._sources().get((begin.isoformat(), unit.code), ()):
            state = _on(self._store, old, day)
            if state is not None:
                found[old] = (state, kind)
        same = _on(self._store, unit.code, day)
        if same is not None and unit.code not in found:
            found[unit.code] = (same, "+".join(_difference(same, unit)) or "kept")
        return tuple(found[code] for code in sorted(found))

    def _sources(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The links the other way round: by day and new code, the old codes and kinds."""
        if not self._back:
            for old, links in self._store.links.items():
                for day, new, kind in links:
                    self._back.setdefault((day, new), []).append((old, kind))
        return self._back

    def _follow(self, unit: AdminUnit, day: date, kinds: dict[str, None], depth: int) -> list[AdminUnit]:
        if unit.valid_to is None or day < unit.valid_to:
            return [unit]
        if depth > _LONGEST_CHAIN:
            return []
        later = self._next(unit, unit.valid_to, kinds)
        if not later and unit.level < 3:
            return self._dissolved(unit, unit.valid_to, day, kinds, depth)
        return [found for step in later for found in self._follow(step, day, kinds, depth + 1)]

    def _next(self, unit: AdminUnit, end: date, kinds: dict[str, None]) -> list[AdminUnit]:
        """The states that take over on the day `unit` ends; the kinds of change are added to `kinds`."""
        links = [link for link in self._store.links.get(unit.code, ()) if link[0] == end.isoformat()]
        named = [(kind, _on(self._store, new, end)) for _, new, kind in links]
        known = [(kind, later) for kind, later in named if later]
        for kind, later in known:
            for change in (_difference(unit, later) or ["kept"]) if kind == "kept" else [kind]:
                kinds[change] = None
        if known:
            return [later for _, later in known]
        same = _on(self._store, unit.code, end)
        if same is None:
            return []
        kinds.update(dict.fromkeys(_difference(unit, same)))
        return [same]

    def _dissolved(
        self, unit: AdminUnit, end: date, day: date, kinds: dict[str, None], depth: int
    ) -> list[AdminUnit]:
        """A district or province that ended: where its own members are on `day`.

        Given as units of its level while that level exists (districts until June 2025), else as communes.
        """
        found: dict[str, AdminUnit] = {}
        for member in self._members_of(unit.code, end):
            for later in self._follow(member, day, {}, depth + 1):
                above = later
                while above.level > unit.level:
                    parent = _on(self._store, above.parent_code, min(day, _LAST_KNOWN))
                    if parent is None or parent.level < unit.level:
                        above = later
                        break
                    above = parent
                found[above.code] = above
        if found:
            kinds["dissolved" if len(found) > 1 else "merged"] = None
        return list(found.values())

    def _members_of(self, code: str, end: date) -> list[AdminUnit]:
        """The members that ended together with the unit `code`."""
        if not self._members:
            for unit in self._store.units:
                if unit.valid_to:
                    self._members.setdefault(unit.parent_code, []).append(unit)
        return [unit for unit in self._members.get(code, ()) if unit.valid_to == end]
