"""Whether a column whose names are damaged lists the units of an earlier day: which explain its rows, the
units of the document's own day or those of the eve of a reform."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gazetteer.column import Decision, lists, solve
from gazetteer.former_rows import FEWEST_FORMER, FORMER_SHARE, MOST_NEW
from gazetteer.match import Pool
from gazetteer.names import Written


def may_list_earlier(names: Sequence[int], today: Mapping[int, Decision], former: Collection[int]) -> bool:
    """Whether so many rows are former units by their very name, or nothing of the day, that it is worth
    asking."""
    open_ = [i for i in names if i in former or i not in today or today[i].unit is None]
    return len(open_) >= max(FEWEST_FORMER, FORMER_SHARE * len(names))


def solved_in(written: Sequence[Written], pool: Pool) -> dict[int, Decision]:
    """The decisions on a column's names among the units of one pool, row by row."""
    found: dict[int, Decision] = {}
    for group in lists(written):
        solved = solve([written[i] for i in group], pool, None) if group else []
        found.update(zip(group, solved, strict=True))
    return found


def of_earlier_day(
    names: Sequence[int],
    today: Mapping[int, Decision],
    then: Mapping[int, Decision],
    former: Collection[int],
) -> dict[int, Decision]:
    """The rows that are better taken for units of the earlier day, where the column plainly lists those: many
    rows are nothing else, and hardly any is a unit of today alone. No row else."""
    told = {i for i in names if i in then and then[i].unit is not None}
    known = {i for i in names if i in today and today[i].unit is not None}
    only_then = {*former} | (told - known)
    only_now = known - told - {*former}
    if len(only_then) < max(FEWEST_FORMER, FORMER_SHARE * len(names)) or len(only_now) > MOST_NEW * len(
        names
    ):
        return {}
    return {i: then[i] for i in names if i in then and i not in former}
