"""What equations kept as arrays prove: as `checks/proof.py` tells of single ones, asked of all at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from checks.equations import Alike, Equations, Verdicts
from checks.relation import ONE, Relation, Verdict

_DIGIT = 10  # a figure of one digit is one of ten
_REPEATED = 2  # figures other than nothing of a sum that may merely repeat one
Judged = tuple[Relation, Verdict]


def parted(relations: Sequence[Relation], verdicts: Sequence[Verdict]) -> tuple[list[Alike], list[Judged]]:
    """The equations kept as arrays whose figures are as they were read, and all others one by one with their
    verdicts: also those of a family of which not all are kept in one array."""
    if not isinstance(verdicts, Verdicts):
        return [], list(zip(relations, verdicts, strict=True))
    equations = Equations.of(relations)
    anew = sorted(verdicts.anew)
    spans = list(zip(equations.starts, equations.groups))
    lone = {r.family for _, group in spans if not isinstance(group, Alike) for r in group}
    arrays: list[Alike] = []
    singles: list[Judged] = []
    families = [group.like.family for _, group in spans if isinstance(group, Alike)]
    for start, group in spans:
        end = start + len(group)
        if (
            isinstance(group, Alike)
            and group.like.family not in lone
            and families.count(group.like.family) == 1
            and not any(start <= at < end for at in anew)
        ):
            arrays.append(group)
        else:
            singles += [(relation, verdicts[at]) for at, relation in enumerate(group, start)]
    return arrays, singles


def odds(found: Alike) -> tuple[int, int, float]:
    """How many equations of different amounts hold, how many fail, and the log10 of the odds that those hold
    by chance."""
    told = found.told()
    spans = np.abs(told).max(axis=1, initial=abs(int(found.like.constant))) if len(told) else told[:, 0]
    by_chance = {span: math.log10(ONE / Decimal(max(span, _DIGIT))) for span in set(spans.tolist())}
    failing = int(np.count_nonzero((found.off != 0) & (found.live > 1)))
    return len(told), failing, math.fsum([by_chance[span] for span in spans.tolist()])


def counted(found: Alike) -> tuple[NDArray[np.int64], list[Judged]]:
    """The figures that the equations prove, each as often as it is proved, and the equations that hold among
    few figures other than nothing, of which each must be asked."""
    few = found.live < _REPEATED if found.like.constant else found.live <= _REPEATED
    holds = found.off == 0
    rest = [(found[at], found.verdict(at)) for at in np.flatnonzero(holds & few).tolist()]
    proved: NDArray[np.int64] = found.figures[holds & ~few].ravel()
    return proved, rest
