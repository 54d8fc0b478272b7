"""A place column solved as a whole: rows are distinct units of one parent, often all of them, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import lap
import numpy as np
from numpy.typing import NDArray

from gazetteer.clues import OTHER_DISTRICT, Clues, gather, is_whole
from gazetteer.match import Match, Pool, belief, beliefs, none_cost
from gazetteer.names import Written, read_name
from gazetteer.slips import CONFUSED, has_marks
from model.copies import changed, copier
from model.place import AdminUnit, MatchKind
from normalize.unicode import tone_key

_FAR = 1e3
MARKED = 0.25  # share of names with marks from which a name without any counts as damaged
REPEATING = 0.3  # share of rows printed before from which a table counts as several lists
EXACT_MARGIN = 1.2  # nats to the runner-up for a true name that is another unit's as well
TRUE_NAME_MARGIN = 0.45  # nats for a true name to those that it may be a damaged print of
LONE_MARGIN = 1.6  # for a repair without a second clue
CLUE_MARGIN = 1.2  # for a repair with one: order, common parent, complete list, type word, only marks
LEFT_OVER = 1.6  # how much dearer a repair may be when row and unit are what a complete list leaves over
_CANDIDATES = 5

_at_cost: Callable[[Match, float], Match] = copier(Match, "cost")
Shown = tuple[tuple[AdminUnit, float], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one row means: `kind`, the unit when there is one, belief, and the candidates."""

    kind: MatchKind
    unit: AdminUnit | None
    score: float
    candidates: tuple[tuple[AdminUnit, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list while it is solved: its matches with all costs (letters, type, prior, clues)."""

    written: Written
    none: float
    matches: tuple[Match, ...]
    twin: bool  # another row of the list is printed the same

    @property
    def worth(self) -> list[Match]:
        """The matches that are not dearer than none of the units: no cheapest assignment has another."""
        return [m for m in self.matches if m.cost <= self.none]

    def of(self, unit: AdminUnit) -> Match | None:
        return next((m for m in self.matches if m.unit.code == unit.code), None)


def lists(rows: Sequence[Written]) -> list[list[int]]:
    """Row indices by list: a column that names many units again is several lists under one another."""
    names = [i for i, w in enumerate(rows) if w.meaning == "name"]
    keys = [tone_key(rows[i].raw) for i in names]
    again = sum(n - 1 for n in Counter(keys).values())
    if not names or again / len(names) < REPEATING:
        return [names]
    out: list[list[int]] = [[]]
    seen: set[str] = set()
    for index, key in zip(names, keys):
        if key in seen:
            out.append([])
            seen = set()
        seen.add(key)
        out[-1].append(index)
    return out


def solve(written: Sequence[Written], pool: Pool, expected: str | None = None) -> list[Decision]:
    """One decision a row of one list (all rows are names), from a least-cost assignment of rows to units.

    `expected` is the code of the unit whose members the column plainly lists (`""`: provinces), if known.
    """
    marked = sum(has_marks(min((r.name for r in w.readings), key=len)) for w in written) >= MARKED * len(
        written
    )
    pool.compare(written)
    found = [pool.known(w, marked) for w in written]
    nones = [none_cost(w) for w in written]
    clues = gather(written, found, nones, pool, expected)
    printed = Counter(tone_key(w.raw) for w in written)
    rows = [
        Row(w, none, _priced(_where(w, matches, pool), clues, i), printed[tone_key(w.raw)] > 1)
        for i, (w, none, matches) in enumerate(zip(written, nones, found))
    ]
    assigned = _assign(rows)
    whole = is_whole(clues, sum(u is not None and u.parent_code == clues.parent for u in assigned))
    decisions = _accept(rows, assigned, clues, whole)
    if whole:
        decisions = _leftovers(rows, decisions, clues, pool)
    return [_unless_contradicted(w, d, pool) for w, d in zip(written, decisions, strict=True)]


class Lists:
    """The lists of one column, solved by `solve` with a pool. Tables name the same units again for each month
    or indicator, in the same order and words: such a list is solved once."""

    def __init__(self, pool: Pool, expected: str | None) -> None:
        self._pool, self._expected = pool, expected
        self._solved: dict[tuple[Written, ...], list[Decision]] = {}

    def solve(self, rows: Sequence[Written]) -> list[Decision]:
        """One decision a row, as `solve` says; none of no rows."""
        names = tuple(rows)
        if names not in self._solved:
            self._solved[names] = solve(names, self._pool, self._expected) if names else []
        return self._solved[names]


def _unless_contradicted(written: Written, decision: Decision, pool: Pool) -> Decision:
    if decision.unit is None or not _contradicts(written, decision.unit, pool):
        return decision
    return replace(decision, kind="ambiguous", unit=None)


def within_decision(written: Written, pool: Pool) -> Decision:
    """What a part of a commune (a hamlet, a street block) lies in: the unit of that very name, or, where its
    name is damaged, the one that is by far the nearest. Many rows may lie in one unit."""
    matches = sorted(_where(written, pool.matches(written), pool), key=lambda m: (m.cost, m.unit.code))
    none = none_cost(written)
    shown = _shown(matches, none)
    if not matches or matches[0].cost >= none:
        return Decision("unknown", None, 0.0, shown)
    exact = [m for m in matches if m.exact and m.cost < matches[0].cost + OTHER_DISTRICT]
    others = matches[1:]
    margin = others[0].cost - matches[0].cost if others else LONE_MARGIN
    if len(exact) == 1 or (not exact and matches[0].slip <= CONFUSED and margin >= LONE_MARGIN):
        chosen = exact[0] if exact else matches[0]
        if _contradicts(written, chosen.unit, pool):
            return Decision("ambiguous", None, shown[0][1], shown)
        return Decision("within", chosen.unit, belief(chosen, matches, none), shown)
    return Decision("ambiguous", None, shown[0][1], shown)


def _where(written: Written, matches: Sequence[Match], pool: Pool) -> Sequence[Match]:
    """The matches, those dearer that don't lie in what the row or the column beside it names, if any does."""
    keys = written.lies_in
    inside = {m.unit.code for m in matches if keys & pool.above(m.unit)} if keys else set()
    if not inside:
        return matches
    return [m if m.unit.code in inside else changed(m, cost=m.cost + OTHER_DISTRICT) for m in matches]


def _contradicts(written: Written, unit: AdminUnit, pool: Pool) -> bool:
    """Whether a row names another unit of the day behind the name than the one that `unit` lies in."""
    if not written.within or written.lies_in & pool.above(unit):
        return False
    typed = read_name(written.within).type is not None
    known = (u for key in written.lies_in for u in pool.epoch.by_key.get(key, ()))
    return not typed or any(u.level < unit.level for u in known)


def _priced(matches: Sequence[Match], clues: Clues, row: int) -> tuple[Match, ...]:
    priced = [_at_cost(m, m.cost + clues.penalty(row, m.unit)) for m in matches]
    return tuple(sorted(priced, key=lambda m: (m.cost, m.unit.code)))


def _least_cost(cost: NDArray[np.float64]) -> list[int]:
    """The column of each row in the cheapest assignment (as many columns as rows or more)."""
    if not cost.size:
        return []
    columns = lap.lapjv(cost, extend_cost=True)[1]  # Jonker & Volgenant 1987
    return [int(c) for c in columns]


def _assign(rows: Sequence[Row]) -> list[AdminUnit | None]:
    """Each row's unit in the cheapest assignment; None where a name is better taken for none. Rows that vie
    for no unit with others are assigned apart: a long list costs what its homonyms do."""
    out: list[AdminUnit | None] = [None] * len(rows)
    for group in _vying(rows):
        for i, unit in zip(group, _assign_together([rows[i] for i in group])):
            out[i] = unit
    return out


def _vying(rows: Sequence[Row]) -> list[list[int]]:
    """Row indices by the units that they may name: rows of two groups have none in common."""
    above: dict[str, str] = {}

    def top(code: str) -> str:
        while above[code] != code:
            above[code] = above[above[code]]
            code = above[code]
        return code

    named = [[match.unit.code for match in row.worth] for row in rows]
    for codes in named:
        for code in codes:
            above.setdefault(code, code)
            above[top(code)] = top(codes[0])
    groups: dict[str, list[int]] = {}
    for i, codes in enumerate(named):
        if codes:
            groups.setdefault(top(codes[0]), []).append(i)
    return list(groups.values())


def _assign_together(rows: Sequence[Row]) -> list[AdminUnit | None]:
    units = list({m.unit.code: m.unit for row in rows for m in row.worth}.values())
    columns = {unit.code: j for j, unit in enumerate(units)}
    cost = np.full((len(rows), len(units) + len(rows)), _FAR)
    for i, row in enumerate(rows):
        for match in row.worth:
            cost[i, columns[match.unit.code]] = match.cost
        cost[i, len(units) + i] = row.none
    return [units[j] if j < len(units) else None for j in _least_cost(cost)]


def _accept(
    rows: Sequence[Row], assigned: Sequence[AdminUnit | None], clues: Clues, whole: bool
) -> list[Decision]:
    """Decides row after row until nothing changes: a unit surely given to one row is no rival in others."""
    decisions = [Decision("unknown", None, 0.0)] * len(rows)
    taken: dict[str, int] = {}
    shown = [_shown(row.matches, row.none) for row in rows]
    heeded: dict[int, set[str]] = {}  # by row the rivals that were known to be others' when it was decided
    for _ in range(4):
        before = len(taken)
        for i, row in enumerate(rows):
            held = {m.unit.code for m in row.matches if taken.get(m.unit.code, i) != i}
            if heeded.get(i) == held:
                continue
            heeded[i] = held
            decisions[i] = _decided(row, shown[i], assigned[i], held, clues, whole)
            unit = decisions[i].unit
            if unit is not None:
                taken[unit.code] = i
        if len(taken) == before:
            break
    return decisions


def _shown(matches: Sequence[Match], none: float) -> Shown:
    """The likeliest units with the belief in each."""
    likely = matches[:_CANDIDATES]
    return tuple((m.unit, share) for m, share in zip(likely, beliefs(likely, matches, none), strict=True))


def _decided(
    row: Row, shown: Shown, unit: AdminUnit | None, taken: set[str], clues: Clues, whole: bool
) -> Decision:
    """Turns an assigned unit into exact, repaired, ambiguous or unknown; `shown` are the likeliest units."""
    if not row.matches or row.matches[0].cost >= row.none:
        return Decision("unknown", None, 0.0, shown)
    match = row.of(unit) if unit else None
    if match is None:
        return Decision("ambiguous", None, shown[0][1], shown)
    rivals = [
        m for m in row.matches if m.unit.code != match.unit.code and (m.exact or m.unit.code not in taken)
    ]
    margin = min((m.cost for m in rivals), default=row.none + LONE_MARGIN) - match.cost
    score = belief(match, [match, *rivals], row.none)
    ordered = bool(clues.ranks)
    if row.twin and not ordered:
        return Decision("ambiguous", None, score, shown)
    if match.exact:
        least = EXACT_MARGIN if any(m.exact for m in rivals) else TRUE_NAME_MARGIN
        kind: MatchKind = "exact" if margin >= least else "ambiguous"
        return Decision(kind, match.unit if kind == "exact" else None, score, shown)
    if any(m.exact for m in rivals):  # the print is another unit's true name, and that stands elsewhere
        return Decision("ambiguous", None, score, shown)
    typed = match.type_agrees and row.written.type is not None
    clue = ordered or whole or clues.parent is not None or match.marks_only or typed
    if match.cost < row.none and margin >= (CLUE_MARGIN if clue else LONE_MARGIN):
        return Decision("repaired", match.unit, score, shown)
    return Decision("ambiguous", None, score, shown)


def _leftovers(rows: Sequence[Row], decisions: list[Decision], clues: Clues, pool: Pool) -> list[Decision]:
    """What a complete list leaves over belongs together: its open rows against its units not yet found."""
    listed = {d.unit.code for d in decisions if d.unit}
    units = [u for u in pool.epoch.children.get(clues.parent or "", ()) if u.code not in listed]
    open_rows = [
        i
        for i, d in enumerate(decisions)
        if d.unit is None and not rows[i].twin and not any(m.exact for m in rows[i].matches)
    ]
    if not units or not open_rows:
        return decisions
    priced: dict[int, tuple[Match, ...]] = {}
    cost = np.full((len(open_rows), len(units) + len(open_rows)), _FAR)
    for k, i in enumerate(open_rows):
        priced[i] = _priced(pool.matches(rows[i].written, units=units), clues, i)
        for match in priced[i]:
            cost[k, units.index(match.unit)] = match.cost
        cost[k, len(units) + k] = LEFT_OVER * rows[i].none
    out = list(decisions)
    for k, j in enumerate(_least_cost(cost)):
        i = open_rows[k]
        if j >= len(units):
            continue
        none = LEFT_OVER * rows[i].none
        match = next(m for m in priced[i] if m.unit is units[j])
        margin = min((m.cost for m in priced[i] if m is not match), default=none + LONE_MARGIN) - match.cost
        if match.cost < none and margin >= CLUE_MARGIN:
            score = belief(match, priced[i], none)
            out[i] = replace(decisions[i], kind="repaired", unit=match.unit, score=score)
    return out
