"""Which unit's members a column lists: found from the names themselves, over the whole country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.epoch import Epoch
from gazetteer.names import LEVELS, Written, tight

OWN_BONUS = 0.35  # the document's own unit, in shares of the rows
NEXT_BONUS = 0.25
NEAR_BONUS = 0.15  # under or above it
WHOLE_BONUS = 0.2  # times the share of the parent's members that are listed
_TIE = 0.04


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a column is a list of `parent`'s members: rows found among them, and its members' number."""

    parent: str
    hits: int
    members: int
    rows: int
    score: float

    @property
    def share(self) -> float:
        return self.hits / self.rows if self.rows else 0.0


def _near(epoch: Epoch, code: str, scope: Sequence[str]) -> bool:
    unit = epoch.units.get(code)
    above = {u.code for u in epoch.path(unit)} if unit else set()
    for guess in scope:
        own = epoch.units.get(guess)
        if guess in above or (own and code in {u.code for u in epoch.path(own)}):
            return True
    return False


def fits(epoch: Epoch, rows: Sequence[Written], scope: Sequence[str] = ()) -> list[Fit]:
    """Parents by how well their members' names (marks set aside) cover the rows, best first.

    The empty parent `""` stands for the country: a list of provinces.
    """
    names = [w for w in rows if w.meaning == "name"]
    hits: dict[str, set[str]] = defaultdict(set)
    for written in names:
        for reading in written.readings:
            for unit in epoch.by_key.get(tight(reading.name), ()):
                if reading.type is None or unit.level in LEVELS[reading.type]:
                    hits[unit.parent_code].add(tight(written.raw))
    out = []
    distinct = len({tight(w.raw) for w in names})
    for parent in {*hits, *scope}:
        members = len(epoch.children.get(parent, ()))
        found = len(hits.get(parent, ()))
        bonus = 0.0
        if parent in scope:
            bonus = OWN_BONUS if parent == scope[0] else NEXT_BONUS
        elif scope and _near(epoch, parent, scope):
            bonus = NEAR_BONUS
        whole = found / members if members else 0.0
        score = found / max(distinct, 1) + WHOLE_BONUS * whole + bonus
        out.append(Fit(parent, found, members, distinct, score))
    return sorted(out, key=lambda f: (-f.score, f.parent))


def clear_winner(found: Sequence[Fit]) -> Fit | None:
    """The best fit, when it covers at least half of three or more rows and nothing comes near it."""
    if not found or found[0].hits < 3 or found[0].share < 0.5:
        return None
    if len(found) > 1 and found[0].score - found[1].score < _TIE:
        return None
    return found[0]
