"""A page's table by its figures: how many rows and columns, and which way to arrange them, sums decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.dump.anchored_rows import anchored_rows
from extract.dump.code_length import code_length
from extract.dump.columnar.dealing import Hand, deal
from extract.dump.columnar.dealt import Dealt
from extract.dump.columnar.dealt_figures import IN_NAME, figures_to_deal
from extract.dump.columnar.dealt_shapes import Shape, by_columns, by_rows, most_columns
from extract.dump.columnar.figures import Arrangement, Rows, proofs_of, sums_of
from extract.dump.columnar.labels import Item, label_text
from extract.dump.columnar.rectangle_sums import are_proved, proof_of
from extract.dump.columnar.rectangle_table import Offer, in_rectangles
from extract.dump.columnar.rows import leaves_of
from extract.dump.proved_holes import with_proved_holes
from extract.tables.rows import is_total

_LEAST_FIGURES, _MOST_FIGURES = 8, 900
_HOPELESS = 2.0  # nats a figure of a shape's first trial: it comes down by a nat at most
_GOOD = 0.2  # nats a figure: shapes that row numbers tell and that fit so are not questioned
_MANY_NUMBERED = 8  # rows: a shape of another height needs columns' numbers
_FEW, _MOST_TRIED = 16, 2  # beginnings followed up at first, and shapes tried with more of them
_PROOF, _MOST_PROOFS = 6.0, 3  # nats that a sum is worth, and how many count
# Nats a figure, and of a table's few irregular steps: dealt so dearly, figures are no table's or stand in
# another order.
_DEAR, _IRREGULAR = 0.4, 12.0
_COLUMN = 3.0  # nats of a column more
_MOST_SHAPES = 5
_RELATED = -0.5  # nats a figure of rows that obey relations throughout
_CHEAP = -0.3  # nats a figure of tables dealt rightly


@dataclass(frozen=True, slots=True)
class _Found:
    """A way to deal: its cost less what its sums are worth, its cost, its sums."""

    worth: float
    cost: float
    proofs: int
    hand: Hand


@dataclass(frozen=True, slots=True)
class DealtTable:
    """Rows of figures, their first and last item, and whether their rows obey relations throughout."""

    figures: Arrangement
    first: int
    last: int
    related: bool


def deal_table(items: Sequence[Item], numbered: Sequence[int]) -> DealtTable | None:
    """The likeliest table of a page's figures: with as many rows as row numbers, or one more for a total; or
    as wide as column numbers or, at a cost, as any."""
    figures = [f for f in figures_to_deal(items, numbered) if f.pass_cost != IN_NAME]
    if not _LEAST_FIGURES <= len(figures) <= _MOST_FIGURES:
        return None
    leaves = leaves_of([items[i].ordinal for i in numbered])
    widest = most_columns(items)
    told = by_rows(figures, len(numbered), len(leaves), widest, totalled=_is_totalled(items, numbered))
    untold = by_columns(figures, widest, len(numbered) < _MANY_NUMBERED)
    dealt = _dealt(figures, told, untold)
    whole = None if dealt and dealt.related else in_rectangles(figures, told)
    related = dealt is not None and dealt.related
    rows = (
        None
        if related
        else anchored_rows(figures, (len(numbered), len(numbered) + 1, len(leaves), len(leaves) + 1))
    )
    anchored = Offer(rows, sums_of(rows), tuple(range(len(figures))), False) if rows else None
    found = [dealt] if dealt and dealt.related else [dealt, whole, anchored]
    offers = [_with_proved(offer, figures) for offer in found if offer]
    if not offers:
        return None
    best = min(offers, key=lambda o: _cost(o, len(figures)))
    rows = with_sections(best.rows, leaves, len(numbered))
    lines = [figures[i].line for i in best.used]
    return DealtTable(Arrangement(rows, best.sums, best.sure), min(lines), max(lines), related)


def _is_totalled(items: Sequence[Item], numbered: Sequence[int]) -> bool:
    """Whether a line without a row number names a total."""
    own = set(numbered)
    return any(
        i not in own and not item.is_figures and is_total([label_text(item)]) for i, item in enumerate(items)
    )


def _with_proved(offer: Offer, figures: Sequence[Dealt]) -> Offer:
    """The offer with figures it left out in its empty cells, where relations prove them."""
    kept = set(offer.used)
    spare = [i for i in range(len(figures)) if i not in kept]
    rows, found = with_proved_holes(offer.rows, [figures[i].text for i in spare])
    if not found:
        return offer
    used = (*offer.used, *(spare[k] for k in found))
    return replace(offer, rows=rows, sums=sums_of(rows), used=used, sure=are_proved(rows))


def _cost(offer: Offer, count: int) -> float:
    """The nats that it takes to write `count` figures down, knowing an arrangement and what its rows obey."""
    return code_length(offer.rows, (), count - len(offer.used)) - proof_of(offer.rows)


def _dealt(figures: Sequence[Dealt], told: Sequence[Shape], untold: Sequence[Shape]) -> Offer | None:
    """The likeliest way to deal the figures to columns, of shapes that row numbers tell or, where these don't
    fit, of others; an empty last row left out."""
    found = _best(figures, told)
    if found is None or found.cost > _GOOD * len(figures):
        other = _best(figures, untold)
        found = min((x for x in (found, other) if x), key=lambda x: x.worth, default=None)
    if found is None or found.cost > _DEAR * len(figures) + _IRREGULAR:
        return None
    rows = found.hand.rows if any(found.hand.rows[-1]) else found.hand.rows[:-1]
    used = tuple(i for i in range(len(figures)) if i not in found.hand.passed)
    sure = found.cost < _CHEAP * len(figures) and are_proved(rows)
    related = found.cost < _RELATED * len(figures)
    return Offer(rows, sums_of(rows), used, sure, related)


def with_sections(rows: Rows, leaves: Sequence[int], count: int) -> Rows:
    """The rows with empty ones for headings of sections, where they are as many as the rows that are none."""
    if len(rows) not in (len(leaves), len(leaves) + 1) or len(leaves) == count:
        return rows
    place = {row: i for i, row in enumerate(leaves)}
    blank = ("",) * len(rows[0])
    return (*(rows[place[i]] if i in place else blank for i in range(count)), *rows[len(leaves) :])


def _best(figures: Sequence[Dealt], shapes: Iterable[Shape]) -> _Found | None:
    """The likeliest way to deal the figures to one of the shapes, sums of columns and rows counted: of those
    that leave the fewest cells empty, the most promising."""
    sure = sum(f.pass_cost > 1 for f in figures)
    near = sorted(shapes, key=lambda s: (abs(s.height * s.width - sure), s))[:_MOST_SHAPES]
    tried = sorted((_cost_of(deal(figures, s.height, s.width, s.total, _FEW)[0], s), s) for s in near)
    offers = []
    for _, shape in [t for t in tried if t[0] < _HOPELESS * len(figures)][:_MOST_TRIED]:
        for hand in deal(figures, shape.height, shape.width, shape.total):
            proofs = min(_MOST_PROOFS, proofs_of(hand.rows))
            cost = _cost_of(hand, shape)
            offers.append(_Found(cost - _PROOF * proofs, cost, proofs, hand))
        if offers and min(offer.cost for offer in offers) < _RELATED * len(figures):
            break
    return min(offers, key=lambda o: o.worth, default=None)


def _cost_of(hand: Hand, shape: Shape) -> float:
    return hand.cost + shape.cost + _COLUMN * shape.width
