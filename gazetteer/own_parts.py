"""A table of what the document's own commune was made of, its names damaged.

Of a column whose names are undamaged `former_rows` knows it by the very names. A slip in every row leaves
none: each part is then as near to some commune of the day elsewhere, and the commune itself often bears a
part's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gazetteer.column import Decision
from gazetteer.former_lists import COMMUNE
from gazetteer.former_rows import OWN_SHARE
from gazetteer.match import none_cost
from gazetteer.names import LEVELS, Written
from gazetteer.slips import slip_cost
from model.place import AdminUnit
from normalize.unicode import tone_key

_FEWEST_PARTS = 2
_REPAIRED = 0.9  # that a damaged name is the part's it is nearest to, in such a table
_MARGIN = 1.2  # nats to the next part; nearer, nothing decides


def of_own_parts(
    written: Sequence[Written],
    decisions: Mapping[int, Decision],
    own: AdminUnit,
    made_of: Sequence[tuple[AdminUnit, str]],
    names_of: Callable[[AdminUnit], Sequence[str]],
) -> dict[int, Decision]:
    """The rows better taken for parts of the commune `own` (see `History.predecessors`), by row.

    Where half the rows are near to different parts, one of them not called like the commune itself, each is
    its part. Where they are fewer, a repair to another unit is no more than a guess beside a part that is as
    near.
    """
    parts = [unit for unit, _ in made_of if unit.valid_to and unit.level == own.level == COMMUNE]
    rows = [i for i, w in enumerate(written) if w.meaning == "name" and not w.part]
    near = {i: found for i in rows if (found := nearest_surely(written[i], parts, names_of))}
    open_ = {i: found for i, found in near.items() if _may_be_part(decisions.get(i), own, parts)}
    meant = {unit.code for unit, _ in open_.values()}
    others = [unit for unit, _ in open_.values() if tone_key(unit.name) != tone_key(own.name)]
    listed = len(open_) >= max(_FEWEST_PARTS, OWN_SHARE * len(rows)) and len(meant) == len(open_)
    if listed and others:
        return {i: as_listed(unit, cost, decisions[i]) for i, (unit, cost) in open_.items() if i in decisions}
    return {
        i: _even(unit, decisions[i])
        for i, (unit, _) in open_.items()
        if i in decisions and decisions[i].kind == "repaired"
    }


def nearest_surely(
    written: Written, parts: Sequence[AdminUnit], names_of: Callable[[AdminUnit], Sequence[str]]
) -> tuple[AdminUnit, float] | None:
    """The unit whose name is surely nearest to the print, and how dear the slip is in nats."""
    costs = sorted(((_cost(written, unit, names_of), unit.code, unit) for unit in parts), key=lambda c: c[:2])
    if not costs or costs[0][0] >= none_cost(written):
        return None
    if len(costs) > 1 and costs[1][0] - costs[0][0] < _MARGIN:
        return None
    return costs[0][2], costs[0][0]


def _cost(written: Written, unit: AdminUnit, names_of: Callable[[AdminUnit], Sequence[str]]) -> float:
    return min(
        (
            slip_cost(reading.name, name) + reading.cost
            for reading in written.readings
            if reading.type is None or unit.level in LEVELS[reading.type]
            for name in names_of(unit)
        ),
        default=float("inf"),
    )


def _may_be_part(decision: Decision | None, own: AdminUnit, parts: Sequence[AdminUnit]) -> bool:
    """Whether a row is a part already, no unit, a repaired one, or the commune's own name."""
    if decision is None or decision.unit is None or decision.kind == "repaired":
        return True
    return decision.unit.code == own.code or any(decision.unit == unit for unit in parts)


def as_listed(unit: AdminUnit, cost: float, decision: Decision) -> Decision:
    """The decision on a row of a list that is plainly of such units as `unit`, which it is nearest to."""
    if decision.unit == unit:
        return decision
    return Decision("repaired" if cost else "exact", unit, _REPAIRED, ((unit, _REPAIRED),))


def _even(unit: AdminUnit, decision: Decision) -> Decision:
    if decision.unit is None or decision.unit == unit:
        return decision
    half = decision.score / 2
    return Decision("ambiguous", None, half, ((unit, half), (decision.unit, half), *decision.candidates[1:]))
