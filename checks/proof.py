"""What a relation that holds proves, and of which figures.

A figure is proved by a relation that would stand open were it read otherwise, that no repair or fill of the
program has closed, and that is no mere chance. The odds of chance are those of the whole family of equations:
how many of them hold, to how many digits, how many of them fail, and how many families were tried to find
this one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from checks.alike_proofs import Judged, counted, odds, parted
from checks.equations import Alike
from checks.relation import HUNDRED, ONE, ZERO, Figure, Relation, Verdict, judge

# Log10 of the odds at which figures may agree by chance and still be called proved: 1 in 10,000.
BOUND = -4.0
# Log10 of the odds that the words of a document (a formula row, a total row, a header) were understood to
# declare what they do not: taken as 1 in 100.
_MISUNDERSTOOD = -2.0
_STATED = frozenset({"formula", "total", "header", "text", "prose"})
_OTHERS = 2  # figures of a relation other than nothing, beside each of which stands another
_DIGIT = 10  # a figure of one digit is one of ten
# Significant digits of a figure that merely repeats another, for the two to agree by no chance.
_ALIKE_DIGITS = 2


def proofs(
    relations: Sequence[Relation],
    verdicts: Sequence[Verdict],
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
    changed: Collection[int],
) -> dict[int, int]:
    """How many relations prove each figure among `amounts`; `changed` are the figures that repairs of this
    search touched: a relation with one of them was closed by the program and proves nothing."""
    arrays, singles = parted(relations, verdicts)
    mended = _mended(figures)
    likely = _family_odds(arrays, singles, amounts, figures, mended)
    sure = {family for family, chances in likely.items() if chances <= BOUND}
    untold = {*changed, *mended}
    odd = mended.union([n for n, f in enumerate(figures) if f.rivals or f.otherwise is not None or f.blank])
    count: Counter[int] = Counter()
    for found in arrays:
        if found.like.supported and found.like.family in sure:
            proved, few = counted(found)
            count.update(proved.tolist())
            singles += few
    unscaled: list[tuple[Relation, int]] = []
    for relation, verdict in singles:
        if not verdict.closes or not relation.supported or relation.family not in sure:
            continue
        if untold and any(n in untold for n in relation.figures):
            continue
        if _could_fail(relation, amounts, figures, verdict):
            if _moved_by_all(relation, amounts, verdict) and odd.isdisjoint(relation.figures):
                count.update(relation.figures)  # of most equations
                continue
            for n in _reached(relation, amounts, figures, verdict):
                if figures[n].otherwise is not None and _scale_open(relation, n, amounts, figures):
                    unscaled.append((relation, n))
                else:
                    count[n] += 1
    return _with_scales(count, unscaled, amounts, figures)


def _with_scales(
    count: dict[int, int],
    unscaled: list[tuple[Relation, int]],
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
) -> dict[int, int]:
    """The proofs with those of relations (each with its figure) that leave a scale open until another has
    settled it for one of their figures."""
    while unscaled:
        still = [
            (relation, n) for relation, n in unscaled if _scale_open(relation, n, amounts, figures, count)
        ]
        if len(still) == len(unscaled):
            break
        for relation, n in unscaled:
            if (relation, n) not in still:
                count[n] = count.get(n, 0) + 1
        unscaled = still
    return count


def family_odds(
    relations: Iterable[Relation],
    verdicts: Iterable[Verdict],
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
) -> dict[str, float]:
    """Log10 of the odds that as many equations of each family hold by chance as do."""
    singles = list(zip(relations, verdicts, strict=True))
    return _family_odds([], singles, amounts, figures, _mended(figures))


def _family_odds(
    arrays: Iterable[Alike],
    singles: Iterable[Judged],
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
    mended: frozenset[int],
) -> dict[str, float]:
    members: dict[str, list[Judged]] = {}
    for relation, verdict in singles:
        members.setdefault(relation.family, []).append((relation, verdict))
    found = {family: _odds(judged, amounts, figures, mended) for family, judged in members.items()}
    for alike in arrays:
        found[alike.like.family] = _odds_of(alike.like, alike.like.tries, *odds(alike))
    return found


def _odds(
    members: Sequence[Judged],
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
    mended: frozenset[int],
) -> float:
    """Equations of the same figures count once; those of nothing but zeros not at all, nor those of `mended`
    figures."""
    told: dict[tuple[Decimal, ...], float] = {}
    failing = 0
    for relation, verdict in members:
        if verdict.predicted is None or not relation.has_live(amounts, 2):
            continue
        if mended and any(n in mended for n in relation.figures):
            continue
        if verdict.closes:
            told[tuple([amounts[n] for n in relation.figures])] = chance(relation, verdict, amounts, figures)
        else:
            failing += 1
    tries = max(r.tries for r, _ in members)
    return _odds_of(members[0][0], tries, len(told), failing, math.fsum(told.values()))


def _odds_of(first: Relation, tries: int, told: int, failing: int, by_chance: float) -> float:
    """The odds of a family like `first`, of which so many different equations hold."""
    stated = first.source in _STATED or first.kind == "structure"  # a column of row numbers says so
    understood = _MISUNDERSTOOD if stated else 0.0
    understood += math.log10(tries)
    ways = math.log10(math.comb(told + failing, failing))
    return understood + ways + by_chance


def _mended(figures: Sequence[Figure]) -> frozenset[int]:
    """The figures that relations asked for, and that speak for none."""
    return frozenset([n for n, f in enumerate(figures) if f.mended])


def chance(
    relation: Relation, verdict: Verdict, amounts: Sequence[Decimal], figures: Sequence[Figure]
) -> float:
    """Log10 of the odds that figures of this size close an equation of this tolerance by chance."""
    step = figures[relation.target].step
    window = 2 * verdict.slack + step
    if relation.whole and abs(relation.scale) == HUNDRED:
        span = HUNDRED
    elif relation.whole:
        span = abs(amounts[relation.target]) or ONE
    else:
        span = max(
            [
                abs(amounts[t.figure] if t.factor is ONE else t.factor * amounts[t.figure])
                for t in relation.parts
            ]
        )
        span *= abs(relation.scale)
        span = max(span, abs(amounts[relation.target]), abs(relation.constant))
    return min(0.0, math.log10(window / max(span, window, _DIGIT * step)))


def proves(
    relation: Relation, figure: int, amounts: Sequence[Decimal], figures: Sequence[Figure], verdict: Verdict
) -> bool:
    """Whether a relation that holds would have failed had this figure's last digit been another, or had
    another of its readings been taken.

    A sum of nothing but zeros could hold by two like misreadings, and proves nothing; so could a figure that
    merely repeats another of fewer than two digits, or one that was doubted. Nor does a rounded relation that
    the digit does not reach.
    """
    return (
        _could_fail(relation, amounts, figures, verdict)
        and figure in _reached(relation, amounts, figures, verdict)
        and not _scale_open(relation, figure, amounts, figures)
    )


def _could_fail(
    relation: Relation, amounts: Sequence[Decimal], figures: Sequence[Figure], verdict: Verdict
) -> bool:
    """Whether a relation holds, and would not whatever its figures were: it may prove some of them."""
    if not verdict.closes or verdict.predicted is None:
        return False
    if abs(verdict.off) > verdict.slack or (relation.exact and verdict.off):
        return False
    return not _repeats(relation, amounts, figures)


def _reached(
    relation: Relation, amounts: Sequence[Decimal], figures: Sequence[Figure], verdict: Verdict
) -> Iterator[int]:
    """The figures of a relation that holds of which another last digit, or another reading, would open it."""
    live, least = relation.live(amounts), ZERO if relation.exact else verdict.slack
    for n, pull in relation.pulls(amounts).items():
        own = figures[n]
        if own.blank or (live < _OTHERS and live - bool(amounts[n]) < 1):
            continue
        if abs(pull) * own.step <= least if least else not pull:
            continue
        if not (own.rivals and _holds_otherwise(relation, n, amounts, figures)):
            yield n


def _moved_by_all(relation: Relation, amounts: Sequence[Decimal], verdict: Verdict) -> bool:
    """Whether an equation that holds would be opened by another last digit of any of its figures: a sum that
    leaves nothing to rounding."""
    exact = relation.exact or not verdict.slack
    return exact and relation.is_plain_sum and relation.has_live(amounts, _OTHERS)


def _scale_open(
    relation: Relation,
    figure: int,
    amounts: Sequence[Decimal],
    figures: Sequence[Figure],
    settled: Collection[int] = (),
) -> bool:
    """Whether a figure's mark may be read the other way, and the relation holds as well with every such mark
    of its figures: a sum of thousands is one of units, too, and a share the same of both. The marks of the
    `settled` figures may not."""
    if figures[figure].otherwise is None or figure in settled:
        return False
    scaled = {}
    for n in relation.figures:
        other = figures[n].otherwise
        free = other is not None and amounts[n] == figures[n].amount and n not in settled
        scaled[n] = other if other is not None and free else amounts[n]
    return judge(relation, scaled, figures).closes


def _repeats(relation: Relation, amounts: Sequence[Decimal], figures: Sequence[Figure]) -> bool:
    """Whether a relation only says that two figures are the same, and they might be misread alike."""
    live = [n for n in relation.figures if amounts[n]]
    if len(live) != 2 or relation.whole or relation.constant or relation.source == "text":
        return False
    first, second = (abs(amounts[n]) for n in live)
    if first != second:
        return False
    short = len(str(first).replace(".", "").strip("0")) < _ALIKE_DIGITS
    return short or any(figures[n].weak for n in live)


def _holds_otherwise(
    relation: Relation, figure: int, amounts: Sequence[Decimal], figures: Sequence[Figure]
) -> bool:
    """Whether another reading of the figure would close the relation as well."""
    if not figures[figure].rivals:
        return False
    rivals = [a for a, _ in figures[figure].rivals if a != amounts[figure]]
    if not rivals:
        return False
    own = {n: amounts[n] for n in relation.figures}
    return any(judge(relation, {**own, figure: rival}, figures).closes for rival in rivals)
