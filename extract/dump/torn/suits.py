"""What a column's figures and the heading of its group say for a heading or against it, in letters
explained."""

from __future__ import annotations

from extract.dump.torn.columns import ColumnFacts
from extract.dump.torn.groupings import Span
from extract.dump.torn.phrases import Phrase, groups_known, place_under

NEVER = 99.0
"""Against a heading that can't be."""

UNSUITED = 4.0
"""Against a heading of another sort than what its column holds: it is not tried."""

_SUITS = 2.0  # for one of the sort that its column holds
_TOTAL_FIRST = 2.5  # for a total's heading over the total of a group
# For a heading over several columns that is known there, against one that is known only over one, one that is
# known nowhere, and one that is known there over a column alone.
_KNOWN_GROUP, _NO_GROUP, _ALONE = 2.0, 8.0, 2.0
# For a heading that is known under its group, against another than those that are, and for each place by
# which one stands apart from its own.
_KNOWN_UNDER, _NOT_UNDER, _OUT_OF_PLACE = 3.0, 3.0, 8.0
_AS_ITS_GROUP = 3.0  # against a heading under one that says the same


def suits_group(p: Phrase) -> float:
    """What speaks for a heading over several columns."""
    if p.sort not in ("plain", "total"):
        return -NEVER
    return _KNOWN_GROUP if p.name in groups_known() else -_NO_GROUP


def suits_column(p: Phrase, facts: ColumnFacts, col: int, grouped: bool) -> float:
    """What a column's content says of a heading."""
    sort, holds = p.sort, facts.holds[col]
    if (sort == "ordinal") != (holds == "ordinal"):
        return -NEVER
    if holds == "ordinal":
        return _SUITS
    if (sort == "share") != (holds == "shares" or any(c == col for c, _ in facts.share_of)):
        return -UNSUITED if holds in ("figures", "shares") else -_SUITS
    if sort == "share":
        return _SUITS
    if sort == "label":
        return _SUITS if holds == "words" and col <= 1 else -UNSUITED if holds == "figures" else 0.0
    if sort == "note":
        return _SUITS if holds in ("words", "nothing") and col == facts.width - 1 else -UNSUITED
    if holds == "words" and col <= 1:
        return -UNSUITED
    if sort == "total" and grouped:
        return _TOTAL_FIRST if col in facts.totals else -_SUITS if col in facts.parts else 0.0
    return -_ALONE if p.name in groups_known() and not grouped and sort == "plain" else 0.0


def suits_under(p: Phrase, group: Phrase | None, span: Span, col: int) -> float:
    """What speaks for a heading under a group, or against it."""
    if group is None:
        return 0.0
    if p is group:
        return -_AS_ITS_GROUP
    under = groups_known().get(group.name)
    if under is None:
        return 0.0
    place = place_under(p, group)
    if place is None:
        return -_NOT_UNDER
    in_order = len(under) == span[1] - span[0] + 1
    return _KNOWN_UNDER - _OUT_OF_PLACE * (abs(place - col + span[0]) if in_order else 0)
