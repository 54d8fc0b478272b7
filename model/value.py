"""Typed values of cells, and the record of every change made to a reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.copies import quick

Unit = Literal[
    "",
    "count",
    "count_thousand",
    "count_million",
    "percent",
    "percent_point",
    "score",
    "ratio",
    "money_vnd",
    "money_thousand_vnd",
    "money_million_vnd",
    "money_billion_vnd",
    "rank",
    "date",
    "ordinal",
    "other",
]
Status = Literal["proved", "read", "doubtful", "repaired"]
DecimalMark = Literal[",", "."]
REVIEW = "review"  # the kind of a repair that a person made
BY_RELATIONS = "quan hệ"  # what a repair says that relations asked for: `2 quan hệ (total, row_sum)`


@quick
@dataclass(frozen=True, slots=True)
class Value:
    """A number as printed, in plain form.

    `decimals` counts the digits printed after the decimal mark: half a unit of that place is the
    rounding a reader must allow. `of` is the second figure of a fraction (`1784/1784`, `12,9/18 điểm`).
    `percent_sign` says that a `%` stood in the cell. `mark` is the decimal mark this cell used, when its
    text shows one.
    """

    amount: Decimal
    decimals: int = 0
    of: Decimal | None = None
    unit: Unit = ""
    percent_sign: bool = False
    mark: DecimalMark | None = None

    def plain(self) -> str:
        """The plain decimal form, without exponent or grouping: `3744`, `97.88`, `-5.1`."""
        text = str(self.amount)  # in a quarter of the time
        return format(self.amount, "f") if "E" in text else text


@quick
@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends of a printed range (`15.000 - 16.000`), `low` no larger than `high`."""

    low: Value
    high: Value


@dataclass(frozen=True, slots=True)
class Repair:
    """One change to a reading: what it was, what it is, why, how sure (0..1).

    `kind` is `diacritics`, `place`, `digits`, `decimal`, `structure`, `encoding`, `review`;
    applying `old` again gives the reading back.
    """

    kind: str
    old: str
    new: str
    why: str = ""
    score: float = 1.0

    @property
    def by_relations(self) -> bool:
        """Whether relations asked for this change: the number put there is not read from the page."""
        return self.kind in ("digits", "decimal") and BY_RELATIONS in self.why

    @property
    def by_person(self) -> bool:
        """Whether a person wrote it: no rule of the program takes it back."""
        return self.kind == REVIEW

    def __str__(self) -> str:
        if self.kind == "place":
            return f"place:{self.score:.2f}"
        if self.kind in ("diacritics", "encoding"):
            return self.kind
        return f"{self.kind}:{self.old}->{self.new}" + (f" by {self.why}" if self.why else "")
