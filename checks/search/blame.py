"""Whom a failing relation blames: what speaks for each figure being the wrong one, as odds, in one place.

Every explanation says that one figure truly is another amount. Its odds are those of a generative story:

- **Who went wrong.** A reader of ink misreads a figure as often as its confidence says; an author of these
  reports gets about one figure in a hundred wrong that is worked out from others, and far fewer of those that
  are given: of the 20 sums of five real reports that do not add up, gold calls the sum wrong in all, which
  puts the figures added, ten a sum, at one in two hundred each beside it.
- **What it turned into.** A reader takes a digit for one that looks like it, or loses a mark; a typist hits
  the key beside, exchanges two neighbours, leaves out a digit or doubles one (J. Verhoeff, Error Detecting
  Decimal Codes, 1969); who adds up is off by some units of one place, leaves a term out or counts it twice.
- **What should stand there.** Amounts of a table go by row and by column: a figure that its row and its
  column make likely is a likelier truth than one ten times as large.
- **What is left over.** Roundings of many figures hardly ever add up to all that a tolerance allows.
- **What else would fail.** A relation that holds and would not, were the explanation true, holds by chance;
  or a wrong result was reckoned on with.

All are log odds to the base e, added up. Only their differences between the figures of one relation count.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import Literal

from checks.relation import ZERO, Figure, Figures, Relation, Verdict
from checks.search.slips import COMMON, DROPPED, MARK, RARE, SWAPPED, change_cost, digits_of, plain_digits

Spot = tuple[str, int, int]  # table id, row, column
Role = Literal["result", "repeat", "given"]

# Odds that a reading is wrong: of those that the reader doubted one in ten (9 of 79 on damaged prints); of
# the others as the square of what its confidence leaves open, never under one in 10,000 (docs/numbers.md).
_DOUBTED, _OPEN, _MOST_OPEN, _LEAST_OPEN = 0.1, 4.0, 0.1, 1e-4
# Odds that an author's figure is wrong: one worked out, one that repeats another, one that is given.
_ODDS: Mapping[Role, float] = {"result": 1e-2, "repeat": 2.5e-4, "given": 4e-5}
# Shares of an author's slips in figures that are worked out: of 16 wrong sums of real reports nine are off by
# some units of one place.
_PLACE, _TERM, _TYPED, _TURNED, _ANY = 0.4, 0.1, 0.1, 0.1, 0.3
_WILD = 0.001  # share of the slips in other figures that no typing explains
_UNITS = 18  # ways to be off in one place: one to nine units, up or down
# Shares of a typist's slips (Verhoeff), and how many wrong digits there are, those beside counting twice.
_KEY, _EXCHANGE, _DROP, _DOUBLE, _OTHER = 0.7, 0.1, 0.1, 0.1, 0.01
_MARK, _SIGN = 0.1, 0.05  # not among his: decimal marks and signs
_DIGITS = 10  # that may be typed into a figure
_KEYS = 11.5
_BESIDE = frozenset(
    frozenset(pair)
    for pair in ("01", "02", "12", "14", "23", "25", "36", "45", "47", "56", "58", "69", "78", "89")
)
# Shares of a reader's slips, by the cost that `slips` gives them.
_SEEN = ((MARK, 0.2), (COMMON, 0.25), (DROPPED, 0.02), (RARE, 0.02), (SWAPPED, 0.001))
_UNSEEN = 1e-6  # any other
_LOST = 0.02  # ink that left nothing at all
_OFFERED = 0.7  # share of doubted misreadings whose reader offers the truth
_MOST_BROKEN, _UNSUPPORTED = 7.0, 1.0  # nats: a relation that does not hold after all, in a table or at all
_NORMAL, _MOST_MISFIT = 1.5, 4.0  # half the square of a sum's deviation, whose variance is n / 3; in nats
_MOVED, _EACH_MOVED = -10.0, -0.2  # log odds that cells stand in each other's places, and of each of them
_INHERITED = -1.0  # log odds of each relation that a wrong result was copied or reckoned on into
_RECKONED_ON = -1.5  # the same of a result that was typed wrongly: it was worked out right before
_TINY = 1e-12
_WHOLE = re.compile(r"\d+(?![.,\d])")
_NARROWEST, _TAIL, _WIDEST = 0.2, 3.0, 4.0
_FEWEST = 4  # figures of a column that say what is usual in it


@dataclass(frozen=True, slots=True)
class Setting:
    """What a figure is in the relations that an explanation closes and breaks.

    `role`: it is worked out from others, whose amounts are `terms`, repeats another, or is given; `off` is
    how far it is from what they come to. `broken` are the log odds against all that would fail, `sources`
    against those among them that work the figure out, `heirs` how many there are beside.
    """

    role: Role = "given"
    off: Decimal = ZERO
    terms: tuple[Decimal, ...] = ()
    broken: float = 0.0
    sources: float = 0.0
    heirs: int = 0


def guilt(figure: Figure, amount: Decimal, setting: Setting) -> float:
    """Log odds that a figure is wrong and truly says `amount`.

    A reader's slip leaves what else was worked out from the figure as it was; an author's wrong result is
    copied into sentences and shares, which then agree with it.
    """
    typed, anything = _mistyped(figure, amount), _anything(figure, amount)
    odds = _ODDS[setting.role]
    ways = [(reading_odds(figure) * _misread(figure, amount), setting.broken)]
    if setting.role == "result":
        counted = _PLACE * _off_in_one_place(figure, amount) + _TERM * _term(setting.off, setting.terms)
        turned = _TURNED if amount == -figure.amount else 0.0
        ways.append(
            (odds * (counted + turned + _ANY * anything), setting.sources + _INHERITED * setting.heirs)
        )
        kept = setting.sources + (_INHERITED + _RECKONED_ON) * setting.heirs
        ways.append((odds * _TYPED * typed, max(setting.broken, kept)))
    else:
        ways.append((odds * (typed + _WILD * anything), setting.broken))
    weighed = [math.log(max(_TINY, share)) + against for share, against in ways]
    most = max(weighed)
    return most + math.log(math.fsum(math.exp(w - most) for w in weighed)) + _beyond(figure, amount)


def broken_odds(relation: Relation, by_chance: float) -> float:
    """Log odds that a relation which holds does so by chance or is none; `by_chance` as `proof.chance`."""
    most = _MOST_BROKEN if relation.supported else _UNSUPPORTED
    return -min(most, -by_chance * math.log(10.0))


def misfit(relation: Relation, verdict: Verdict, figures: Figures) -> float:
    """Nats against an explanation that leaves a relation off by what its tolerance just allows: the roundings
    of several figures seldom add up to that. Each is even over its half unit, a variance of a third of the
    square; their sum is near to normal. One rounding alone may be anything."""
    rounded = sum(1 for n in relation.figures if figures[n].half)
    if rounded < 2 or not verdict.slack:
        return 0.0
    share = float(verdict.off / verdict.slack)
    return min(_MOST_MISFIT, _NORMAL * (rounded - 1) * share * share)


def moved_odds(cells: int) -> float:
    """Log odds that as many cells stand in each other's places."""
    return _MOVED + _EACH_MOVED * cells


def reading_odds(figure: Figure) -> float:
    """Odds that the reader got a figure wrong."""
    if figure.sure:
        return 0.0
    if figure.weak:
        return _DOUBTED
    left = 1.0 - figure.confidence
    return min(_MOST_OPEN, max(_LEAST_OPEN, _OPEN * left * left))


def _misread(figure: Figure, amount: Decimal) -> float:
    """Share of a reader's faults that turn `amount` into what it read."""
    if any(amount == other for other, _ in figure.rivals):
        return _OFFERED
    if figure.blank:
        return 1.0 if figure.weak else _LOST
    cost = change_cost(figure.printed, figure.amount, amount, figure.step)
    places = max(1, len(digits_of(figure.printed)))
    share = next((share for top, share in _SEEN if cost <= top), _UNSEEN)
    return share if cost <= MARK else share / places


def _mistyped(figure: Figure, amount: Decimal) -> float:
    """Share of a typist's faults that turn `amount` into what is printed."""
    if amount and figure.amount and (amount < 0) != (figure.amount < 0):
        return _SIGN if amount == -figure.amount else 0.0
    places = max(0, -int(figure.step.as_tuple().exponent), -int(amount.as_tuple().exponent))
    printed = digits_of(figure.printed) or plain_digits(figure.amount, places)
    return typing_share(_as_typed(printed, places), _as_typed(plain_digits(amount, places), places))


def _as_typed(digits: str, places: int) -> str:
    """Digits with no nought before them but that of a fraction: 22 hundredths are typed 022."""
    return digits.lstrip("0").rjust(places + 1, "0")


@lru_cache(maxsize=65536)
def typing_share(printed: str, meant: str) -> float:
    """Share of a typist's faults in digits that were meant which give the printed ones."""
    if printed == meant:
        return _MARK
    if len(printed) == len(meant):
        wrong = [(a, b) for a, b in zip(printed, meant) if a != b]
        if len(wrong) == 1:
            return _KEY * (2.0 if frozenset(wrong[0]) in _BESIDE else 1.0) / (_KEYS * len(meant))
        if len(wrong) == 2 and wrong[0] == wrong[1][::-1]:
            return _EXCHANGE / (len(meant) - 1)
        return 0.0
    short, long = sorted((printed, meant), key=len)
    if long.startswith(short) and set(long[len(short) :]) == {"0"}:
        return _MARK
    if len(long) - len(short) > 1:
        return 0.0
    gone = sum(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    if len(meant) > len(printed):
        return _DROP * gone / len(meant)
    if gone > 1:
        return _DOUBLE / len(meant)
    return _OTHER / (_DIGITS * len(printed)) if gone else 0.0


def _off_in_one_place(figure: Figure, amount: Decimal) -> float:
    """Share of wrong sums that are as far off: some units of one place."""
    off = plain_digits(figure.amount - amount, max(0, -int(figure.step.as_tuple().exponent))).rstrip("0")
    places = max(1, len(digits_of(figure.printed)))
    return 1.0 / (_UNITS * places) if len(off) == 1 else 0.0


def _beyond(figure: Figure, amount: Decimal) -> float:
    """Log odds of an amount over the second figure of its own fraction."""
    _, slash, rest = figure.printed.partition("/")
    most = _WHOLE.match(rest.strip()) if slash else None
    if most is None:
        return 0.0
    return -_WIDEST if abs(figure.amount) <= Decimal(most.group()) < abs(amount) else 0.0


def _anything(figure: Figure, amount: Decimal) -> float:
    """Share of figures that are wrong by chance which are as far off: the odds fall as the distance grows."""
    off = float(abs(figure.amount - amount) / figure.step)
    most = float(max(abs(amount), abs(figure.amount)) / figure.step)
    return 1.0 / (2.0 * (1.0 + off) * math.log(math.e + most))


def _term(off: Decimal, terms: Sequence[Decimal]) -> float:
    """Share of sums with a term left out or counted twice that are as far off."""
    hits = sum(1 for t in terms if t and abs(t) == abs(off))
    return hits / (2.0 * len(terms)) if terms else 0.0


class Sizes:
    """What is usual in each table, by row and by column: the tables' figures as sums of a row's and a
    column's part, in logarithms where they are counts and as they are where they are shares."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._at: dict[int, Spot] = {}
        self._columns: dict[tuple[str, int], dict[int, float]] = {}
        for n, figure in enumerate(figures):
            if figure.ref is not None and not figure.in_text and not figure.blank:
                spot = figure.ref.table_id, figure.ref.row, figure.ref.col
                self._at[n] = spot
                self._columns.setdefault((spot[0], spot[2]), {})[spot[1]] = self._scale(figure)(figure.amount)
        self._apart = self._deviations(figures)
        self._parts: dict[tuple[str, int], dict[int, float]] = {}  # by column, each row's, once asked for

    @staticmethod
    def _scale(figure: Figure) -> Callable[[Decimal], float]:
        step = float(figure.step)
        if figure.percent:
            return float
        return lambda amount: math.log(abs(float(amount)) + step)

    def _deviations(self, figures: Sequence[Figure]) -> Mapping[tuple[str, int], Mapping[int, float]]:
        """How far each count of a row stands over what is usual in its column, by table and row."""
        usual = {place: median(column.values()) for place, column in self._columns.items()}
        apart: dict[tuple[str, int], dict[int, float]] = {}
        for n, (table, row, col) in self._at.items():
            column = self._columns[table, col]
            if not figures[n].percent and len(column) >= _FEWEST:
                apart.setdefault((table, row), {})[col] = column[row] - usual[table, col]
        return apart

    def _row_parts(self, table: str, col: int) -> Mapping[int, float]:
        """How far the other counts of each row of a column stand over what is usual, as a median."""
        if (table, col) not in self._parts:
            others = {
                row: [off for c, off in self._apart.get((table, row), {}).items() if c != col]
                for row in self._columns[table, col]
            }
            self._parts[table, col] = {row: median(offs) for row, offs in others.items() if offs}
        return self._parts[table, col]

    def surprise(self, n: int, figure: Figure, amount: Decimal) -> float:
        """Log odds of `amount` to the figure as it stands, were each to be met in its place; 0 where nothing
        is usual."""
        spot = self._at.get(n)
        if spot is None:
            return 0.0
        table, row, col = spot
        column = self._columns[table, col]
        if len(column) <= _FEWEST:
            return 0.0
        parts = {} if figure.percent else self._row_parts(table, col)
        part, middle, width = min(
            (_usual(column, row, parts), _usual(column, row, {})), key=lambda found: found[2]
        )  # yields and prices do not grow with their rows
        width = max(_NARROWEST, width)
        scale = self._scale(figure)
        now, then = (abs(scale(a) - part - middle) / width for a in (figure.amount, amount))
        odds = (_TAIL + 1) / 2 * (math.log1p(now * now / _TAIL) - math.log1p(then * then / _TAIL))
        if not figure.percent:
            odds += scale(figure.amount) - scale(amount)  # a density over logarithms, taken to amounts
        return max(-_WIDEST, min(_WIDEST, odds))


def _usual(column: Mapping[int, float], row: int, parts: Mapping[int, float]) -> tuple[float, float, float]:
    """A row's own part, and the middle and width of the others of its column less theirs."""
    rest = [x - parts.get(r, 0.0) for r, x in column.items() if r != row]
    middle = median(rest)
    return parts.get(row, 0.0), middle, median([abs(x - middle) for x in rest])
