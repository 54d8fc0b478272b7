"""A row's unit of the day against the former units that its print may name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from gazetteer.clues import WHOLE_SHARE
from gazetteer.column import Decision, lists
from gazetteer.fit import Fit
from gazetteer.former import FormerUnits
from gazetteer.former_lists import Above
from gazetteer.former_rows import Bearer, FormerRow
from gazetteer.match import Pool
from gazetteer.names import Written
from gazetteer.slips import has_marks, slip_cost

FORMER_SCORE = 0.98  # that a former unit of the very name is meant, shared by its homonyms
_MOST_FORMER = 0.1  # share of former units up to which a column may be a unit's whole list of the day
_FEWEST_LISTED = 3
_TWICE = 2
_ONE_SLIP = 4.0  # nats: one letter, or one mark
_DISTRICT = 2


def bearer(written: Written, pool: Pool) -> Bearer | None:
    """The unit of the pool that bears the very name (its marks may be lost all together), None where none
    does; of several, since when the first does, and what any lies in."""
    if written.meaning != "name":
        return None
    bare = not any(has_marks(reading.name) for reading in written.readings)
    bearing = [
        m.unit
        for m in pool.matches(written, units=pool.bearing(written))
        if m.exact or (bare and m.marks_only and m.type_agrees)
    ]
    if not bearing:
        return None
    kind = written.lies_in_type
    above = frozenset(
        pool.epoch.keys[around.code]
        for unit in bearing
        for around in pool.epoch.path(unit)[1:]
        if kind in (None, around.type) or around.level == _DISTRICT  # a province is no city of its name
    )
    return Bearer(min(u.valid_from or date.min for u in bearing), bearing[0].level, above)


def of_former(row: FormerRow) -> Decision:
    """The decision on a row that names a former unit; homonyms share the belief."""
    if row.unit is not None:
        return Decision("exact", row.unit, FORMER_SCORE, ((row.unit, FORMER_SCORE),))
    share = FORMER_SCORE / len(row.homonyms)
    return Decision("ambiguous", None, share, tuple((unit, share) for unit in row.homonyms))


def within_former(past: FormerUnits, written: Written, decision: Decision, above: Above) -> Decision:
    """The decision on a part of a commune (`Tổ 3, phường A`), where no unit of the day is meant by its
    commune's very name but just one that is no more."""
    if decision.unit is not None:
        return decision
    units = past.exact(written)
    units = [u for u in units if written.lies_in & above(u)] or units
    if len(units) != 1:
        return decision
    return Decision("within", units[0], FORMER_SCORE, ((units[0], FORMER_SCORE),))


def lists_the_day(fit: Fit | None, former: int) -> bool:
    """Whether a column is a unit's whole list of the day: then a damaged name is one of its members', though
    a former unit's may be nearer to the print."""
    return (
        fit is not None
        and fit.hits >= max(float(_FEWEST_LISTED), WHOLE_SHARE * fit.members)
        and former <= _MOST_FORMER * fit.rows
    )


def taken_twice(
    past: FormerUnits, written: Sequence[Written], decisions: Mapping[int, Decision]
) -> dict[int, Decision]:
    """The rows that name a former unit which another row of their list names as well, where another unit,
    which no row names, is near to the print: a slip may have made that one's name the first's."""
    out = {}
    for group in lists(written):
        told = Counter(d.unit.code for i in group if (d := decisions.get(i)) and d.unit)
        for i in group:
            unit = decisions[i].unit if i in decisions else None
            if unit is None or unit.valid_to is None or told[unit.code] < _TWICE:
                continue
            slip, other = past.nearest_slip(written[i], unit.code)
            if other is not None and other.code not in told and slip <= _ONE_SLIP:
                half = decisions[i].score / 2
                out[i] = Decision("ambiguous", None, half, ((unit, half), (other, half)))
    return out


def no_repair_over(past: FormerUnits, written: Written, decision: Decision, among_former: bool) -> Decision:
    """A repair is no more than a guess where a former unit's name is nearer to the print; in a column that
    names other former units (`among_former`), also where one is as near."""
    if decision.kind != "repaired" or decision.unit is None:
        return decision
    slip, unit = past.nearest_slip(written, decision.unit.code)
    own = min(slip_cost(r.name, decision.unit.name) + r.cost for r in written.readings)
    if unit is None or slip > own or (slip == own and not among_former):
        return decision
    half = decision.score / 2
    return Decision("ambiguous", None, half, ((unit, half), (decision.unit, half), *decision.candidates[1:]))
