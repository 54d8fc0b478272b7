"""A list of the districts that a province had, its names damaged and without type words.

Most new communes are called like a district that is no more. Of a list whose names are undamaged
`former_rows` knows it by the very names; with a slip in every row each is as near to a commune of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gazetteer.column import Decision
from gazetteer.former_lists import FEWEST_WHOLE, LISTED_SHARE, WHOLE_SHARE
from gazetteer.names import Written
from gazetteer.own_parts import as_listed, nearest_surely
from model.place import AdminUnit

_MOST_ROWS = 1.5  # times a province's districts: a longer column is no list of them


def of_district_list(
    written: Sequence[Written],
    decisions: Mapping[int, Decision],
    districts: Mapping[str, Sequence[AdminUnit]],
    names_of: Callable[[AdminUnit], Sequence[str]],
) -> dict[int, Decision]:
    """The rows that are districts which are no more, where nearly all rows are near to different ones of one
    province, and to most of that province's. `districts` are by their province (`FormerUnits.districts`)."""
    rows = [i for i, w in enumerate(written) if w.meaning == "name" and not w.part]
    if len(rows) < FEWEST_WHOLE:
        return {}
    for members in districts.values():
        if len(rows) > _MOST_ROWS * len(members):
            continue
        near = {i: found for i in rows if (found := nearest_surely(written[i], members, names_of))}
        meant = {unit.code for unit, _ in near.values()}
        fewest = max(FEWEST_WHOLE, LISTED_SHARE * len(rows), WHOLE_SHARE * len(members))
        if len(near) == len(meant) >= fewest:
            return {
                i: as_listed(unit, cost, decisions[i]) for i, (unit, cost) in near.items() if i in decisions
            }
    return {}
