"""Figures, and the relations between them that should hold.

A relation says `target = scale * sum(parts) / sum(whole) + constant`, with no division when `whole` is
empty. Sums, differences, percentages, complements and repeated figures are all of this shape. What a
reader must allow for rounding follows from the digits printed in every term, as in XBRL Calculations 1.1;
no tolerance is a fixed number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol

from model.copies import quick
from model.flag import CellRef, FlagKind

Source = Literal["formula", "total", "header", "discovered", "text", "prose", "annex"]

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_TRUSTED = 0.99
_HALF = Decimal("0.5")
_FEW_TERMS = 8
# Kinds whose target is worked out from the other figures.
WORKED_OUT: frozenset[FlagKind] = frozenset({"total", "row_sum", "formula", "prose_sum", "percent", "delta"})


class Amounts(Protocol):
    """Amounts by a figure's index: a document's list, or a few of them that are tried otherwise."""

    def __getitem__(self, figure: int, /) -> Decimal: ...


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: a cell's, one inside a cell's text, or one of the prose.

    `half` is the most its print may be off by rounding (0 for a count), `step` one unit of its last
    printed digit. `sure` says that the print itself was read (a text layer), `weak` that the reader
    doubted it. `blank` stands for a cell of a column of figures that was read as empty or as no number;
    its amount is zero until a relation says otherwise. `as_read` is the amount before the column's range
    was heeded. `signed` says that it may be negative: a change, or one of a column that prints a minus.
    `mended` says that the program put it there because relations asked for it: it speaks for none of them.
    `otherwise` is the amount with its lone mark before three digits read the other way (5,583 as 5583), where
    that can be (checks/scale.py).
    `printed` is the text it stands in, `name` what to call it in a message. `shown` is all that running text
    prints of it, its groups and scale word too (`104,76 tỷ đồng`), `power` that of the scale word.
    """

    amount: Decimal
    half: Decimal
    step: Decimal
    printed: str
    ref: CellRef | None = None
    in_text: bool = False
    sure: bool = True
    weak: bool = False
    confidence: float = 1.0
    rivals: tuple[tuple[Decimal, float], ...] = ()  # other readings: amount, cost in nats
    page: int = 0
    line: int = 0
    name: str = ""
    context: str = ""
    percent: bool = False
    blank: bool = False
    as_read: Decimal | None = None
    signed: bool = True
    mended: bool = False
    otherwise: Decimal | None = None
    shown: str = ""
    power: int = 0

    @property
    def trusted(self) -> bool:
        """Whether the print was read too well for a slip of the reader to be the likelier fault: of readings
        of ink given at 0.99 and above fewer than one in a thousand is wrong (docs/numbers.md), of sums in
        these reports about one in a hundred."""
        return self.sure or (not self.weak and self.confidence >= _TRUSTED)


class Figures(Protocol):
    """Figures by their index: a document's, or a few of them taken otherwise."""

    def __getitem__(self, figure: int, /) -> Figure: ...


@quick
@dataclass(frozen=True, slots=True)
class Term:
    """A figure (by its index) and its factor."""

    figure: int
    factor: Decimal = ONE


@quick
@dataclass(frozen=True)
class Relation:
    """One equation. `supported` says that enough like it hold for it to prove its figures; `exact` that
    those hold to the digit, so that this one proves nothing unless it does too. `family` groups the
    equations that stand or fall together, `tries` how many were tried to find that one; `words` says in
    Vietnamese what the other side is. `rounds` says that its target is a mean or a quotient, rounded also
    where it is printed without decimals."""

    kind: FlagKind
    source: Source
    target: int
    parts: tuple[Term, ...]
    whole: tuple[Term, ...] = ()
    scale: Decimal = ONE
    constant: Decimal = ZERO
    supported: bool = True
    exact: bool = False
    family: str = ""
    words: str = ""
    tries: int = 1
    rounds: bool = False

    @cached_property
    def figures(self) -> tuple[int, ...]:
        """Every figure of the relation, the target first."""
        named = [self.target, *[t.figure for t in self.parts], *[t.figure for t in self.whole]]
        return tuple(dict.fromkeys(named))

    def live(self, amounts: Amounts) -> int:
        """How many of its figures are not zero."""
        count = 0
        for n in self.figures:
            if amounts[n]:
                count += 1
        return count

    def has_live(self, amounts: Amounts, least: int) -> bool:
        """Whether so many of its figures are not zero."""
        for n in self.figures:
            if amounts[n]:
                least -= 1
                if not least:
                    return True
        return False

    def judged(self, supported: bool, exact: bool, tries: int) -> Relation:
        """The same equation, weighed with its family (as `replace`, in a fifth of its time)."""
        copy = object.__new__(Relation)
        copy.__dict__.update(self.__dict__, supported=supported, exact=exact, tries=tries)
        return copy

    @property
    def is_plain_sum(self) -> bool:
        """Whether it says that its target is the sum of other figures, each once and as it is."""
        return (
            not self.whole
            and self.scale is ONE
            and len(self.figures) == len(self.parts) + 1
            and all(term.factor is ONE for term in self.parts)
        )

    def predicted(self, amounts: Amounts) -> Decimal | None:
        """What the target should be, or None when the whole is zero."""
        top = _weighed(self.parts, amounts)
        if not self.whole:
            return self.scale * top + self.constant
        bottom = _weighed(self.whole, amounts)
        return self.scale * top / bottom + self.constant if bottom else None

    def slack(self, amounts: Amounts, figures: Figures) -> Decimal:
        """The most that rounding of every printed term may move target minus prediction."""
        own = figures[self.target].half
        if self.rounds and not own:
            own = figures[self.target].step * _HALF
        top = _rounded(self.parts, figures)
        if not self.whole:
            return own + abs(self.scale) * top if top else own
        over = _rounded(self.whole, figures)
        if not top and not over:
            return own
        bottom = abs(_weighed(self.whole, amounts)) or ONE
        upper = abs(_weighed(self.parts, amounts))
        least = bottom - over if over < bottom else bottom  # the whole as small as its print allows
        return own + abs(self.scale) * (top / least + upper * over / (bottom * least))

    @cached_property
    def factors(self) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
        """Each figure's factor in the parts, and in the whole."""
        return _factors(self.parts), _factors(self.whole)

    def _factor(self, terms: Sequence[Term], side: int, figure: int) -> Decimal:
        """A figure's factor in the parts (side 0) or the whole (1). Few terms are looked through: a table of
        them for each equation of a large sheet takes more memory than all else."""
        if len(terms) > _FEW_TERMS:
            return self.factors[side].get(figure, ZERO)
        total = ZERO
        for term in terms:
            if term.figure == figure:
                total += term.factor
        return total

    def pulls(self, amounts: Amounts) -> dict[int, Decimal]:
        """How far target minus prediction moves when each of its figures grows by one."""
        if self.whole:
            return {n: self.pull(n, amounts) for n in self.figures}
        found = dict.fromkeys(self.figures, ZERO)
        found[self.target] = ONE
        for term in self.parts:
            found[term.figure] -= self.scale * term.factor
        return found

    def pull(self, figure: int, amounts: Amounts) -> Decimal:
        """How far target minus prediction moves when `figure` grows by one (its derivative)."""
        moved = ONE if figure == self.target else ZERO
        top = self._factor(self.parts, 0, figure)
        if not self.whole:
            return moved - self.scale * top
        over = self._factor(self.whole, 1, figure)
        bottom = _weighed(self.whole, amounts)
        if not bottom:
            return moved
        upper = _weighed(self.parts, amounts)
        return moved - self.scale * (top / bottom - upper * over / (bottom * bottom))


def _weighed(terms: Sequence[Term], amounts: Amounts) -> Decimal:
    """The sum of the terms. (Loops, here and below: a large table asks hundreds of thousands of times.)"""
    total = ZERO
    for term in terms:
        amount = amounts[term.figure]
        total += amount if term.factor is ONE else term.factor * amount
    return total


def _rounded(terms: Sequence[Term], figures: Figures) -> Decimal:
    """The most that rounding of the terms may move their sum."""
    total = ZERO
    for term in terms:
        half = figures[term.figure].half
        if half:
            total += abs(term.factor) * half
    return total


def _factors(terms: Sequence[Term]) -> dict[int, Decimal]:
    out: dict[int, Decimal] = {}
    for term in terms:
        out[term.figure] = out.get(term.figure, ZERO) + term.factor
    return out


@quick
@dataclass(frozen=True, slots=True)
class Verdict:
    """How a relation came out. `closes`: within rounding (or, for a percentage, truncation)."""

    closes: bool
    off: Decimal
    slack: Decimal
    predicted: Decimal | None


def judge(relation: Relation, amounts: Amounts, figures: Figures) -> Verdict:
    """Whether a relation holds among `amounts`. A percentage of nothing holds whatever it is."""
    if not relation.whole and relation.scale is ONE and not relation.rounds:
        return _judged_sum(relation, amounts, figures)
    predicted = relation.predicted(amounts)
    if predicted is None:
        return Verdict(True, ZERO, HUNDRED, None)
    off = amounts[relation.target] - predicted
    slack = relation.slack(amounts, figures)
    closes = abs(off) <= slack
    if not closes and relation.whole and figures[relation.target].half:
        # Some houses cut digits off instead of rounding; towards zero only.
        cut = figures[relation.target].step
        closes = abs(amounts[relation.target]) < abs(predicted) and abs(off) < cut
    return Verdict(closes, off, slack, predicted)


def _judged_sum(relation: Relation, amounts: Amounts, figures: Figures) -> Verdict:
    """The same of a sum, as most of a large sheet's relations are, its terms gone through once."""
    total, slack, target = ZERO, ZERO, relation.target
    short: Sequence[Term] = relation.parts
    if len(short) > _FEW_TERMS and False not in [term.factor is ONE for term in short]:
        named, short = [term.figure for term in short], ()
        total = sum([amounts[n] for n in named], ZERO)
        slack = sum([half for n in named if (half := figures[n].half)], ZERO)
    for term in short:
        n = term.figure
        half = figures[n].half
        if term.factor is ONE:
            total += amounts[n]
            if half:
                slack += half
        else:
            total += term.factor * amounts[n]
            if half:
                slack += abs(term.factor) * half
    if relation.constant is not ZERO:
        total += relation.constant
    own = figures[target].half
    slack = own + slack if slack else own
    off = amounts[target] - total
    return Verdict(abs(off) <= slack, off, slack, total)


def bears_out(verdict: Verdict) -> bool:
    """Whether an equation speaks for its figures: a percentage of nothing holds, and says nothing."""
    return verdict.closes and verdict.predicted is not None


def keeps(before: Verdict, after: Verdict) -> bool:
    """Whether an equation that held still does once figures are read otherwise. What bore figures out and
    then is a share of nothing was broken: 238 people in 80 households are no people in none."""
    return after.closes and (after.predicted is not None or before.predicted is None)
