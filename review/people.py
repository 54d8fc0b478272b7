"""Several reviewers at one folder: cells that a second person reads blind.

A share of what one reviewer decided is shown to another without saying what was read or decided. Where the
two differ a third decides. How often they agree says how far a single reviewer is to be trusted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from model.value import DecimalMark
from normalize.numbers import parse_quantity
from normalize.unicode import tone_key
from review.decisions import Decision

SHARE = 0.1  # of the decisions on cells that a second person reads, where nobody says otherwise
_READS = frozenset({"accept", "value", "read"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A decision that is read a second time: what the first reviewer says stands there, and what the second
    does (None: nobody yet)."""

    first: Decision
    second: Decision | None = None

    @property
    def stands(self) -> str:
        """What stands there by the first reviewer."""
        return self.first.old if self.first.action == "read" else self.first.new


def second_key(decision: Decision) -> str:
    """The subject of the second reading of a decision."""
    return f"{decision.subject.doc_id}#second.{decision.id}"


@dataclass(frozen=True, slots=True)
class Twice:
    """What is read twice: a share of the decisions on cells, and all on flags of some kinds."""

    share: float = SHARE
    kinds: frozenset[str] = frozenset()

    @property
    def percent(self) -> str:
        """The share as it is told."""
        return f"{100 * self.share:.4g}"


EVERY_TENTH = Twice()


def readings(
    standing: Iterable[Decision], twice: Twice = EVERY_TENTH, kind_of: Callable[[str], str] = lambda _: ""
) -> list[Reading]:
    """The decisions on cells that a second person reads, the same whoever asks. `kind_of` tells the kind of a
    flag by its key."""
    rows = list(standing)
    seconds = {d.subject.flag_id: d for d in rows if d.action == "second"}
    drawn = [
        d
        for d in rows
        if d.action in _READS and d.subject.names and (d.new or d.old)
        if _drawn(d) < twice.share or kind_of(d.subject.flag_id) in twice.kinds
    ]
    return [Reading(d, seconds.get(second_key(d))) for d in drawn]


def _drawn(decision: Decision) -> float:
    """A number in 0..1 that the decision's cell draws."""
    subject = decision.subject
    name = f"{subject.sha256} {subject.table_id} {subject.names}"
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def same_reading(one: str, other: str, mark: DecimalMark) -> bool:
    """Whether two people read the same: the same number, or the same words."""
    a, b = parse_quantity(one, mark), parse_quantity(other, mark)
    if a is not None and b is not None:
        return (a.amount, a.of) == (b.amount, b.of)
    return tone_key(" ".join(one.split())) == tone_key(" ".join(other.split()))


def to_read(found: Sequence[Reading], who: str) -> list[Reading]:
    """What `who` may read as the second: what others decided."""
    return [r for r in found if r.second is None and r.first.who != who]


def to_settle(found: Sequence[Reading], who: str, mark_of: dict[str, DecimalMark]) -> list[Reading]:
    """Where two differ and `who` is neither of them."""
    return [
        r
        for r in differing(found, mark_of)
        if r.second is not None and who not in (r.first.who, r.second.who)
    ]


def differing(found: Sequence[Reading], mark_of: dict[str, DecimalMark]) -> list[Reading]:
    """Where the two read differently."""
    return [
        r
        for r in found
        if r.second is not None
        and not same_reading(r.stands, r.second.new, mark_of.get(r.first.subject.doc_id, ","))
    ]
