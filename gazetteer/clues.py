"""Second clues of a column beside the letters: a common parent, a district above its communes, an order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from gazetteer.match import Match, Pool
from gazetteer.names import Written
from model.place import AdminUnit

OUT_OF_ORDER = 1.8  # nats for a unit that does not stand between its sure neighbours
OTHER_PARENT = 1.5  # for a unit that is no member of the parent most sure rows share
OTHER_DISTRICT = 2.5  # for a commune that is not of the district named above it
ORDERED = 0.85  # share of neighbouring sure rows in order from which a list counts as ordered
WHOLE_SHARE = 0.8  # share of a parent's members found from which a list counts as complete
SURE_MARGIN = 2.0


@dataclass(frozen=True)
class Clues:
    """What the sure rows of a list say of the others.

    `anchors` are the sure rows' units; `parent` is what most of them lie in (None: no such unit, `""`: the
    country); `ranks` gives each unit's place in the order the list keeps (empty: none); `districts` the
    district named last above each row, where the list mixes both levels.
    """

    anchors: dict[int, AdminUnit]
    parent: str | None
    ranks: dict[str, int]
    districts: tuple[str, ...]
    n_members: int

    def penalty(self, row: int, unit: AdminUnit) -> float:
        """Nats against `unit` standing in `row`."""
        extra = 0.0
        if self.parent is not None and self.parent not in (unit.parent_code, unit.code):
            extra += OTHER_PARENT
        district = self.districts[row] if self.districts else ""
        if district and unit.level == 3 and unit.parent_code != district:
            extra += OTHER_DISTRICT
        if self.ranks:
            rank = self.ranks[unit.code]
            low, high = self._neighbours(row)
            if not low < rank < high:
                extra += OUT_OF_ORDER
        return extra

    @cached_property
    def _rows(self) -> tuple[int, ...]:
        return tuple(self.anchors)

    def _neighbours(self, row: int) -> tuple[int, int]:
        """Ranks of the nearest sure rows above and below."""
        rows = self._rows
        at = bisect_left(rows, row)
        low = self.ranks[self.anchors[rows[at - 1]].code] if at > 0 else -1
        after = at + 1 if at < len(rows) and rows[at] == row else at
        high = self.ranks[self.anchors[rows[after]].code] if after < len(rows) else len(self.ranks)
        return low, high


def sure(matches: Sequence[Match], none: float) -> bool:
    """Whether a row's best match stands by itself: little damage, and nothing near it."""
    if not matches or matches[0].cost > 0.6 * none:
        return False
    return len(matches) == 1 or matches[1].cost - matches[0].cost >= SURE_MARGIN


def gather(
    rows: Sequence[Written],
    found: Sequence[Sequence[Match]],
    nones: Sequence[float],
    pool: Pool,
    expected: str | None,
) -> Clues:
    """The clues of one list. `found` holds each row's matches, best first; `expected` is the unit whose
    members the whole column plainly names, if any."""
    anchors = {i: m[0].unit for i, m in enumerate(found) if sure(m, nones[i])}
    parent = expected if expected is not None else _common_parent(anchors, len(rows))
    members = len(pool.epoch.children.get(parent, ())) if parent is not None else 0
    return Clues(anchors, parent, _order(anchors, pool), _districts(rows, anchors, found), members)


def _common_parent(anchors: dict[int, AdminUnit], n_rows: int) -> str | None:
    parents = Counter(unit.parent_code for unit in anchors.values())
    if not parents:
        return None
    parent, count = parents.most_common(1)[0]
    return parent if count >= 3 and count >= 0.6 * len(anchors) and count >= 0.3 * n_rows else None


def _order(anchors: dict[int, AdminUnit], pool: Pool) -> dict[str, int]:
    """Ranks by code or by name, whichever the sure rows follow; empty when they follow neither."""
    for ranks in pool.orders:
        line = [ranks[unit.code] for unit in anchors.values()]
        if len(line) < 4:
            continue
        rising = sum(a < b for a, b in pairwise(line))
        if rising / (len(line) - 1) >= ORDERED:
            return ranks
    return {}


def _districts(
    rows: Sequence[Written], anchors: dict[int, AdminUnit], found: Sequence[Sequence[Match]]
) -> tuple[str, ...]:
    """Per row the code of the district named last above it; empty unless both levels are listed."""
    levels = {m[0].unit.level for m in found if m}
    if not {2, 3} <= levels:
        return ()
    out, current = [], ""
    for i, written in enumerate(rows):
        unit = anchors.get(i)
        if unit and unit.level == 2 and written.type:
            current = unit.code
        out.append(current)
    return tuple(out)


def is_whole(clues: Clues, listed: int) -> bool:
    """Whether `listed` members make the list of the common parent's members a complete one but for slips."""
    return clues.parent is not None and listed >= 3 and listed >= WHOLE_SHARE * clues.n_members
