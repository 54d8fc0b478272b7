"""A place column solved as a whole: rows are distinct units of one parent, often all of them, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from gazetteer.match import Match, Pool, none_cost, scores
from gazetteer.names import Written, tight
from model.place import AdminUnit, MatchKind
from normalize.unicode import tone_key

_FAR = 1e3
OUT_OF_ORDER = 1.5  # nats for a unit that does not stand between its exact neighbours
ORDERED = 0.85  # share of neighbouring exact rows in order from which a list counts as ordered
REPEATING = 0.3  # share of rows printed before from which a table counts as several lists
ALONE_MARGIN = 2.5  # nats to the runner-up for a repair without a second clue
CLUE_MARGIN = 1.2  # the same with one
WHOLE_SHARE = 0.8  # share of a parent's members found from which a list counts as complete
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """What one row means: `kind`, the unit when there is one, belief, and the candidates."""

    kind: MatchKind
    unit: AdminUnit | None
    score: float
    candidates: tuple[tuple[AdminUnit, float], ...] = ()


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


def _rank_orders(pool: Pool) -> list[dict[str, int]]:
    by_code = sorted(pool.units, key=lambda u: u.code)
    by_name = sorted(pool.units, key=lambda u: (tight(u.name), u.code))
    return [{u.code: rank for rank, u in enumerate(order)} for order in (by_code, by_name)]


def _order_penalty(found: Sequence[Sequence[Match]], pool: Pool) -> list[tuple[dict[str, int], int, int]]:
    """Per row the rank order of an ordered list and the ranks of its exact neighbours; empty if unordered."""
    anchors = {i: m[0].unit.code for i, m in enumerate(found) if m and _sole_exact(m)}
    for ranks in _rank_orders(pool):
        line = [ranks[code] for _, code in sorted(anchors.items())]
        rising = sum(b > a for a, b in pairwise(line))
        if len(line) < 4 or rising / (len(line) - 1) < ORDERED:
            continue
        out = []
        for i in range(len(found)):
            before = [ranks[c] for k, c in anchors.items() if k < i]
            after = [ranks[c] for k, c in anchors.items() if k > i]
            out.append((ranks, before[-1] if before else -1, after[0] if after else len(ranks)))
        return out
    return []


def _sole_exact(matches: Sequence[Match]) -> bool:
    return matches[0].exact and not (len(matches) > 1 and matches[1].exact)


def solve(rows: Sequence[Written], pool: Pool) -> list[Decision]:
    """One decision a row of one list (all rows are names), from a least-cost assignment of rows to units."""
    found = [pool.matches(written) for written in rows]
    order = _order_penalty(found, pool)
    nones = [none_cost(written) for written in rows]
    columns = {unit.code: j for j, unit in enumerate(pool.units)}
    cost = np.full((len(rows), len(columns) + len(rows)), _FAR)
    ordered: list[list[tuple[float, Match]]] = []
    for i, matches in enumerate(found):
        priced = []
        for match in matches:
            total = match.cost
            if order:
                ranks, low, high = order[i]
                total += 0.0 if low < ranks[match.unit.code] < high else OUT_OF_ORDER
            priced.append((total, match))
            cost[i, columns[match.unit.code]] = total
        cost[i, len(columns) + i] = nones[i]
        ordered.append(sorted(priced, key=lambda p: (p[0], p[1].unit.code)))
    _, chosen = linear_sum_assignment(cost)
    taken = {
        pool.units[j].code
        for i, j in enumerate(chosen)
        if j < len(columns) and found[i] and pool.units[j].code == found[i][0].unit.code and found[i][0].exact
    }
    whole = _is_whole(pool, [pool.units[j] for j in chosen if j < len(columns)])
    out = []
    for i, j in enumerate(chosen):
        unit = pool.units[j] if j < len(columns) else None
        out.append(_decided(ordered[i], unit, taken, nones[i], bool(order), whole))
    return out


def _is_whole(pool: Pool, units: Sequence[AdminUnit]) -> bool:
    parents = Counter(u.parent_code for u in units)
    if not parents:
        return False
    parent, count = parents.most_common(1)[0]
    members = len(pool.epoch.children.get(parent, ()))
    return count >= 3 and count >= WHOLE_SHARE * members


def _decided(
    priced: Sequence[tuple[float, Match]],
    unit: AdminUnit | None,
    taken: set[str],
    none: float,
    in_order: bool,
    whole: bool,
) -> Decision:
    """Turns an assigned unit into exact, repaired, ambiguous or unknown."""
    plain = [match for _, match in priced]
    beliefs = scores(plain, none)
    shown = tuple((m.unit, b) for m, b in zip(plain, beliefs))[:_CANDIDATES]
    likely = [(total, m) for total, m in priced if total < none]
    if not likely:
        return Decision("unknown", None, 0.0, shown)
    if unit is None:
        return Decision("ambiguous", None, beliefs[0], shown)
    total, match = next((t, m) for t, m in priced if m.unit.code == unit.code)
    rivals = [t for t, m in priced if m.unit.code != unit.code and (m.unit.code not in taken or m.exact)]
    margin = min(rivals, default=none + ALONE_MARGIN) - total
    belief = scores([match], none)[0] if margin >= ALONE_MARGIN else beliefs[plain.index(match)]
    if match.exact:
        clear = margin >= 0.5
        return Decision("exact" if clear else "ambiguous", unit if clear else None, max(belief, 0.5), shown)
    if priced[0][1].exact:
        # the print is another unit's true name, and that unit stands in another row
        return Decision("ambiguous", None, belief, shown)
    clues = in_order or whole
    if total < none and margin >= (CLUE_MARGIN if clues else ALONE_MARGIN):
        return Decision("repaired", unit, belief, shown)
    return Decision("ambiguous", None, belief, shown)
