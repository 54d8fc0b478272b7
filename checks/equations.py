"""Equations of a family kept as arrays: a large table has one a row, and records of all of them, each judged
by itself, take most of the time of its checks.

Only sums of plain figures are kept so (`Book.plain`): surely read, whole, with no other reading. Single ones
are made where one is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from checks.figures import Book
from checks.relation import ZERO, Amounts, Figures, Relation, Term, Verdict, judge

_FEWEST = 64  # equations that are worth arrays
MOST_FIGURES = 64  # of each of them


class Alike(Sequence[Relation]):
    """Equations that are `like` but for their figures: `figures` has a row for each, the target first, then
    the parts, each once and as it is; `amounts` what these are."""

    def __init__(self, like: Relation, figures: NDArray[np.int64], amounts: NDArray[np.int64]) -> None:
        self.like, self.figures, self.amounts = like, figures, amounts

    @staticmethod
    def of(book: Book, like: Relation, figures: NDArray[np.int64]) -> Alike | None:
        """The equations of these figures; None where they are few or long, or not all of their figures
        plain."""
        if len(figures) < _FEWEST or figures.shape[1] > MOST_FIGURES or figures.min() < 0:
            return None
        amounts, plain = book.plain
        return Alike(like, figures, amounts[figures]) if plain[figures].all() else None

    def __len__(self) -> int:
        return len(self.figures)

    @overload
    def __getitem__(self, at: int) -> Relation: ...
    @overload
    def __getitem__(self, at: slice) -> list[Relation]: ...
    def __getitem__(self, at: int | slice) -> Relation | list[Relation]:
        if isinstance(at, slice):
            return [self[i] for i in range(len(self))[at]]
        target, *parts = self.figures[at].tolist()
        like = self.like
        return Relation(
            like.kind,
            like.source,
            target,
            tuple([Term(n) for n in parts]),
            constant=like.constant,
            supported=like.supported,
            exact=like.exact,
            family=like.family,
            words=like.words,
            tries=like.tries,
        )

    def judged(self, supported: bool, exact: bool, tries: int) -> Alike:
        """The same equations, weighed with their family."""
        return Alike(self.like.judged(supported, exact, tries), self.figures, self.amounts)

    def only(self, which: NDArray[np.bool_]) -> Alike:
        """Some of the equations."""
        return self if which.all() else Alike(self.like, self.figures[which], self.amounts[which])

    @cached_property
    def off(self) -> NDArray[np.int64]:
        """How far each target is from its prediction."""
        off: NDArray[np.int64] = self.amounts[:, 0] - self.amounts[:, 1:].sum(axis=1)
        return off - int(self.like.constant)

    @cached_property
    def live(self) -> NDArray[np.int64]:
        """How many figures of each are not zero."""
        live: NDArray[np.int64] = np.count_nonzero(self.amounts, axis=1)
        return live

    def verdict(self, at: int) -> Verdict:
        """How one comes out among the amounts as they are."""
        off = int(self.off[at])
        return Verdict(not off, Decimal(off), ZERO, Decimal(int(self.amounts[at, 0]) - off))

    def told(self) -> NDArray[np.int64]:
        """The amounts of those that hold and could have failed, the same amounts once."""
        holds = np.ascontiguousarray(self.amounts[(self.off == 0) & (self.live > 1)])
        row = np.dtype((np.void, holds.dtype.itemsize * holds.shape[1]))
        return holds[np.unique(holds.view(row).ravel(), return_index=True)[1]]


class Equations(Sequence[Relation]):
    """A document's equations in their order; `groups` are those that are kept as arrays and, in lists, the
    others between them, `starts` the places of the first of each."""

    def __init__(self, laid: Sequence[Relation | Alike]) -> None:
        self.groups: list[Alike | list[Relation]] = []
        for found in laid:
            if isinstance(found, Alike):
                self.groups.append(found)
            elif self.groups and isinstance(last := self.groups[-1], list):
                last.append(found)
            else:
                self.groups.append([found])
        self.starts = [0, *accumulate(map(len, self.groups))]

    @staticmethod
    def of(relations: Sequence[Relation]) -> Equations:
        """Any sequence of relations as one of these."""
        return relations if isinstance(relations, Equations) else Equations(relations)

    def __len__(self) -> int:
        return self.starts[-1]

    @overload
    def __getitem__(self, at: int) -> Relation: ...
    @overload
    def __getitem__(self, at: slice) -> list[Relation]: ...
    def __getitem__(self, at: int | slice) -> Relation | list[Relation]:
        if isinstance(at, slice):
            return [self[i] for i in range(len(self))[at]]
        group = bisect_right(self.starts, at) - 1
        return self.groups[group][at - self.starts[group]]

    def __iter__(self) -> Iterator[Relation]:
        return chain.from_iterable(self.groups)


class Verdicts(Sequence[Verdict]):
    """How each of a document's equations comes out; `anew` those of equations whose figures were taken
    otherwise since."""

    def __init__(self, equations: Equations, amounts: Amounts, figures: Figures) -> None:
        self._equations = equations
        self._judged = [
            found if isinstance(found, Alike) else [judge(r, amounts, figures) for r in found]
            for found in equations.groups
        ]
        self.anew: dict[int, Verdict] = {}

    def __len__(self) -> int:
        return len(self._equations)

    @overload
    def __getitem__(self, at: int) -> Verdict: ...
    @overload
    def __getitem__(self, at: slice) -> list[Verdict]: ...
    def __getitem__(self, at: int | slice) -> Verdict | list[Verdict]:
        if isinstance(at, slice):
            return [self[i] for i in range(len(self))[at]]
        if (known := self.anew.get(at)) is not None:
            return known
        group = bisect_right(self._equations.starts, at) - 1
        judged, own = self._judged[group], at - self._equations.starts[group]
        return judged.verdict(own) if isinstance(judged, Alike) else judged[own]

    def __setitem__(self, at: int, verdict: Verdict) -> None:
        self.anew[at] = verdict

    def failing(self) -> set[int]:
        """The equations that do not hold, by index."""
        found: list[int] = []
        for start, judged in zip(self._equations.starts, self._judged):
            if isinstance(judged, Alike):
                found += (np.flatnonzero(judged.off) + start).tolist()
            else:
                found += [start + i for i, v in enumerate(judged) if not v.closes]
        return {i for i in sorted({*found, *self.anew}) if not self[i].closes} if self.anew else set(found)
