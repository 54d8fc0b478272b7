"""Which rows of a column name units that are no more, and which of several homonyms each means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gazetteer.former import FormerUnits
from gazetteer.former_lists import COMMUNE, Above, Found, Heirs, heading_districts, level_listed, told_apart
from gazetteer.names import Written, told_once
from model.place import AdminUnit

FEWEST_FORMER = 2
FORMER_SHARE = 0.3
"""Rows that only a former unit bears, and their share, from which a name of both times is the former one."""

MOST_NEW = 0.1
"""Share of rows that only a unit of the day bears, up to which that holds."""

OWN_SHARE = 0.5
"""Share of rows that became the document's own commune, from which the table is of what that was made of."""


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
    scope: Sequence[str] = (),
) -> dict[int, FormerRow]:
    """The rows of a column that name former units, by row index.

    `current` says of each row what unit of the day bears its very name (None: none does); then it is that
    one, unless the row says otherwise (`cũ`, a district that is no more) or the column plainly lists units
    of an earlier day. `above` gives the matching keys of what a unit lay in, `heirs` the codes of its
    successors, `scope` the codes of the document's own unit, which comes first.
    """
    names = [i for i, w in enumerate(rows) if w.meaning == "name"]
    named = [rows[i] for i in names]
    known, lasting = (
        {i: found for i, found in zip(names, told_once(named, tell)) if found}
        for tell in (past.exact, past.exact_lasting)
    )
    now = {i: bearer for i in names if (bearer := current[i])}
    level, whole = level_listed(rows, known, {i: now[i].level for i in now}, past.members)
    ended = {i: found for i in known if (found := _listed(rows[i], known[i], level))}
    rivals = {i: bearer for i, bearer in now.items() if not whole or bearer.level == level}
    own = _own_parts(ended, lasting, rivals, len(names), heirs, scope[:1])
    only = [i for i in ended if i not in rivals]
    plainly = _plainly(only, ended, lasting, rivals, len(names))
    heads = heading_districts(rows, known, lasting) if plainly and level == COMMUNE else {}
    levels = Counter(ended[i][0].level for i in only)
    gone = {i: found for i, found in lasting.items() if rows[i].ended and i not in ended}
    said = [i for i in ended if i in rivals and _says_so(rows[i], ended[i], rivals[i], above)]
    both = [i for i in ended if i in rivals and i not in said and _of_level(rivals[i], ended[i], levels)]
    chosen = sorted({*only, *said, *gone, *own, *heads, *(both if plainly else ())})
    told = {
        i: _inside([*ended.get(i, ()), *lasting.get(i, ())], rows[i], above)
        for i in sorted({*chosen, *(lasting if plainly else ())} - {*own, *heads})
    }
    told |= {**own, **{i: (unit,) for i, unit in heads.items()}}
    decided = told_apart(dict(sorted(told.items())), above, heirs, scope)
    return {
        i: FormerRow(unit, () if unit else told[i])
        for i, unit in decided.items()
        if (i in chosen and unit not in lasting.get(i, ()))
        or (unit and (i in gone or heirs(unit) - {unit.code}))
    }


def _listed(row: Written, units: Sequence[AdminUnit], level: int) -> list[AdminUnit]:
    """The units that a row of a list of that level may mean: a bare name among communes is no district."""
    if row.type is not None:
        return list(units)
    found = [u for u in units if u.level == level]
    return found or (list(units) if row.ended else [])


def _plainly(
    only: Sequence[int], ended: Found, lasting: Found, rivals: Mapping[int, Bearer], names: int
) -> bool:
    """Whether a column plainly lists units of an earlier day."""
    change = max((u.valid_to for i in only for u in ended[i] if u.valid_to), default=date.max)
    new = sum(bearer.since >= change and i not in ended and i not in lasting for i, bearer in rivals.items())
    return len(only) >= max(FEWEST_FORMER, FORMER_SHARE * names) and new <= MOST_NEW * names


def _own_parts(
    ended: Found,
    lasting: Found,
    rivals: Mapping[int, Bearer],
    names: int,
    heirs: Heirs,
    own: Collection[str],
) -> dict[int, tuple[AdminUnit, ...]]:
    """Where the document's own commune was made of units that the rows name, those: a name that another
    unit of the day bears, too, is then the part's (`ended` and `lasting` by row)."""
    parts = {
        i: found
        for i in sorted({*ended, *lasting})
        if (found := tuple(u for u in (*ended.get(i, ()), *lasting.get(i, ())) if heirs(u) & set(own)))
    }
    gone = [i for i in parts if i not in rivals]
    whole = len(parts) == names > FEWEST_FORMER
    enough = whole or (gone and len(parts) >= max(FEWEST_FORMER, OWN_SHARE * names))
    return parts if enough else {}


def _says_so(row: Written, units: Sequence[AdminUnit], bearer: Bearer, above: Above) -> bool:
    """Whether a row says by itself that it means the former unit: by a word, or by what that lay in and the
    unit of the day does not."""
    if row.ended:
        return True
    keys = row.lies_in - bearer.above
    return any(keys & above(unit) for unit in units)


def _of_level(bearer: Bearer, units: Sequence[AdminUnit], levels: Counter[int]) -> bool:
    """Whether the former unit is rather what the other rows are than the unit of the day: a list of former
    provinces names a province that still stands, not the town of that name."""
    return not levels or levels[units[0].level] >= levels[bearer.level]


def _inside(units: Sequence[AdminUnit], row: Written, above: Above) -> tuple[AdminUnit, ...]:
    """The homonyms that lay in what the row says it lies in, if any did; of one code the state that ended
    last."""
    last: dict[str, AdminUnit] = {}
    for unit in units:
        known = last.get(unit.code)
        if known is None or (known.valid_to or date.max) < (unit.valid_to or date.max):
            last[unit.code] = unit
    inside = [u for u in last.values() if row.lies_in & above(u)]
    nearest = [u for u in inside if next(iter(above(u))) in row.lies_in]  # not the province of that name
    return tuple(nearest or inside or last.values())
