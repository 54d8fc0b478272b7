"""Figures of a damaged row to columns: numbers split by blanks, smudges, rows whose figures stand on two
lines, missing ones. A beam search over ways to read the row, judged by the sums its columns obey.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from math import fsum, log1p

from extract.dump.relations import Relation
from extract.dump.stream.columns import ColumnModel, MayBe
from extract.dump.tokens import Token, kind_of
from normalize.lookalikes import from_lookalikes
from normalize.numbers import parse_number

_BEAM = 160
# Beginnings that a row of so many columns and lines (each column may be filled from any line, with up to two
# tokens passed over in any) is followed up from; of a row that has more of both fewer, but for these.
_WORK, _LEAST_BEAM = 600, 12
_MOST_MERGED = 3
# Costs in nats, chosen on made-up rows so that one kept relation outweighs one smudge passed over.
_MISSING, _SKIP_FIGURE, _SKIP_NUMBER, _SKIP_SMUDGE, _SKIP_WORD = 2.2, 4.0, 3.0, 1.2, 0.6
_MERGE, _MERGE_IN_RULES, _CUT_IN_RULES = 1.5, 0.4, 2.0
_SMUDGE_AS_FIGURE = 0.5
_STRAIGHT = 0.8
_KEPT, _KEPT_ZEROS, _BROKEN = 2.2, 0.3, 0.4
_KEPT_OF_SIZE, _KEPT_MOST = 0.6, 5.0  # of the nats by which a sum of such a size is no chance
_LOST_DIGIT = 0.7  # a digit that left no ink, of a figure that a sum tells: what is lost is mostly small
_PIECES_A_COLUMN = 3
_PIECES = 12
_ROUNDS = 3  # after which the column model stands still
_EMPTY_COST = 1.8
_FIT_WEIGHT = 0.5
_SIGNS_OF_ROW = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a row: a text for each column ('' when missing) and its cost (smaller is likelier).

    `kept` and `broken` count the relations that the figures obey and break; `straight` says that each
    token fills one column and none is left over.
    """

    cells: tuple[str, ...]
    cost: float
    kept: int = 0
    broken: int = 0
    straight: bool = False


@dataclass(slots=True)
class _State:
    cost: float
    at: tuple[int, ...]
    cells: tuple[str, ...] = field(default_factory=tuple)


# Signs drawn round a ring, as a nought in a speckled print is read.
_ROUND = str.maketrans(dict.fromkeys("°º©®¢¤○", "0"))


def as_digits(text: str) -> str:
    """The text with the letters and signs that OCR writes for digits put back."""
    return from_lookalikes(text).translate(_ROUND)


@lru_cache(maxsize=16384)
def amount_of(text: str) -> Decimal | None:
    """The amount a printed figure stands for, letters that look like digits taken for them."""
    if not text:
        return None
    plain = text.strip("|[]{} ")
    value = parse_number(plain) or parse_number(as_digits(plain))
    if value is None and " " in plain:
        value = parse_number(as_digits(plain).replace(" ", ""))
    return value.amount if value else None


def obeying(width: int, relations: Sequence[Relation]) -> MayBe:
    """Whether figures in some columns, and nothing in the others, obey the sums between columns."""

    def obeys(run: Sequence[Token], columns: Sequence[int]) -> bool:
        amounts: list[Decimal | None] = [Decimal(0)] * width
        for token, col in zip(run, columns, strict=True):
            amounts[col] = amount_of(token.text)
        return all(relation.holds(amounts) is not False for relation in relations)

    return obeys


def solve_row(
    lines: Sequence[Sequence[Token]], width: int, model: ColumnModel, relations: Sequence[Relation]
) -> list[Reading]:
    """The ways to read a row's lines of tokens (rules included) over `width` columns, best first.

    Each line's tokens keep their order; lines may interleave. [] when there is nothing to place.
    """
    sequences = [list(line) for line in lines if any(t.kind != "rule" for t in line)]
    if not sequences or sum(map(len, sequences)) > _PIECES_A_COLUMN * width + _PIECES:
        return []
    beam = _beam(width, len(sequences))
    states = [_State(0.0, (0,) * len(sequences))]
    for col in range(width):
        grown: dict[tuple[tuple[int, ...], tuple[str, ...]], _State] = {}
        for state in _with_skips(states, sequences):
            for new in _fill(state, sequences, col, model):
                key = (new.at, new.cells)
                if key not in grown or new.cost < grown[key].cost:
                    grown[key] = new
        states = sorted(grown.values(), key=lambda s: s.cost)[:beam]
    found = []
    straight = tuple(t.text for t in sequences[0] if t.kind != "rule") if len(sequences) == 1 else ()
    for state in states:
        is_straight = state.cells == straight
        rest = -_STRAIGHT if is_straight else 0.0
        rest += fsum(_skip_cost(t) for seq, i in zip(sequences, state.at, strict=True) for t in seq[i:])
        found.append(replace(_judged(state, rest, relations), straight=is_straight))
    return sorted(found, key=lambda r: (r.cost, r.cells))


def _beam(width: int, lines: int) -> int:
    """How many beginnings of a row are followed up: what each leads to grows with the cube of its lines, so
    that a noisy row of several would take seconds."""
    work = width * lines * (1 + lines + lines * lines)
    return max(_LEAST_BEAM, _BEAM * min(work, _WORK) // work)


def _judged(state: _State, rest: float, relations: Sequence[Relation]) -> Reading:
    amounts = [amount_of(text) for text in state.cells]
    verdicts = [relation.holds(amounts) for relation in relations]
    telling = [v is True and relation.tells(amounts) for relation, v in zip(relations, verdicts, strict=True)]
    kept, broken = sum(telling), sum(v is False for v in verdicts)
    hollow = sum(v is True for v in verdicts) - kept
    gain = fsum(_kept(amounts[r.total]) for r, is_kept in zip(relations, telling, strict=True) if is_kept)
    lost = fsum(_lost(relation, amounts, state.cells) for relation in relations)
    cost = state.cost + rest - gain - _KEPT_ZEROS * hollow + _BROKEN * broken + lost
    return Reading(state.cells, cost, kept, broken)


def _lost(relation: Relation, amounts: Sequence[Decimal | None], cells: Sequence[str]) -> float:
    """What it costs that the one figure of a sum which was not read is what the others say: each digit beyond
    the signs of its ink went without a trace; a part below nothing breaks the sum."""
    unread = [c for c in (relation.total, *relation.parts) if amounts[c] is None]
    if len(unread) != 1:
        return 0.0
    told = fsum(float(amounts[c] or 0) for c in relation.parts)
    amount = told if unread[0] == relation.total else float(amounts[relation.total] or 0) - told
    if amount < 0:
        return _BROKEN + _LOST_DIGIT
    signs = sum(not ch.isspace() for ch in cells[unread[0]])
    return _LOST_DIGIT * max(0, len(str(int(amount))) - max(1, signs))


def _kept(total: Decimal | None) -> float:
    """What a sum that holds is worth: the larger its total, the less by chance."""
    size = float(abs(total)) if total is not None else 0.0
    return min(_KEPT_MOST, max(_KEPT, _KEPT_OF_SIZE * log1p(size)))


def _skip_cost(token: Token) -> float:
    if token.kind == "rule":
        return 0.0
    if token.kind == "figure":
        return _SKIP_FIGURE
    if token.kind == "word":
        return _SKIP_WORD
    return _SKIP_SMUDGE if sum(c.isdigit() for c in token.text) < 2 else _SKIP_NUMBER


def _with_skips(states: Sequence[_State], sequences: Sequence[Sequence[Token]]) -> list[_State]:
    """The states with up to two tokens passed over; rules cost nothing to pass."""
    out: list[_State] = []
    layer = [_past_rules(s, sequences) for s in states]
    for _ in range(_ROUNDS):
        out += layer
        following = []
        for state in layer:
            for k, sequence in enumerate(sequences):
                if state.at[k] < len(sequence) and sequence[state.at[k]].kind != "figure":
                    moved = _moved(state, k, 1, _skip_cost(sequence[state.at[k]]))
                    following.append(_past_rules(moved, sequences))
        layer = following
    return out


def _past_rules(state: _State, sequences: Sequence[Sequence[Token]]) -> _State:
    at = list(state.at)
    for k, sequence in enumerate(sequences):
        while at[k] < len(sequence) and sequence[at[k]].kind == "rule":
            at[k] += 1
    return _State(state.cost, tuple(at), state.cells)


def _moved(state: _State, line: int, steps: int, cost: float) -> _State:
    at = list(state.at)
    at[line] += steps
    return _State(state.cost + cost, tuple(at), state.cells)


def _fill(state: _State, sequences: Sequence[Sequence[Token]], col: int, model: ColumnModel) -> list[_State]:
    """The states after column `col` is filled from one of the lines, or left missing."""
    out = [_State(state.cost + _MISSING + _emptiness(model, col), state.at, (*state.cells, ""))]
    for k, sequence in enumerate(sequences):
        for count in range(1, _MOST_MERGED + 1):
            piece = sequence[state.at[k] : state.at[k] + count]
            if len(piece) < count or any(t.kind == "rule" for t in piece):
                break
            text = " ".join(t.text for t in piece)
            cost = _figure_cost(piece, text, sequence, state.at[k], model, col)
            if cost is not None:
                moved = _moved(state, k, count, cost)
                moved.cells = (*state.cells, text)
                out.append(moved)
    return out


def _emptiness(model: ColumnModel, col: int) -> float:
    """What it costs more to leave a column empty that is filled in nearly every row."""
    filled = model.together[col, col] / model.rows if model.rows else 1.0
    return -_EMPTY_COST * (1.0 - filled)


def _figure_cost(
    piece: Sequence[Token], text: str, sequence: Sequence[Token], at: int, model: ColumnModel, col: int
) -> float | None:
    """What it costs to read a piece of a line as the figure of a column; None when it can't be one."""
    if len(piece) > 1 and not _may_be_split(piece):
        return None
    if piece[0].kind == "word" and len(piece) == 1 and len(piece[0].text) > 2:
        return None
    cost = -_FIT_WEIGHT * model.fits(Token(text, kind_of(text)), col)
    if len(piece) > 1:
        framed = _is_framed(sequence, at, len(piece))
        cost += (_MERGE_IN_RULES if framed else _MERGE) * (len(piece) - 1)
    elif any(_is_cut_cell(sequence, first) for first in (at - 1, at)):
        cost += _CUT_IN_RULES
    if any(t.kind != "figure" for t in piece):
        cost += _SMUDGE_AS_FIGURE
    return cost


def _is_framed(sequence: Sequence[Token], at: int, count: int) -> bool:
    """Whether a drawn rule stands right before and right behind some tokens of a line."""
    after = at + count
    return at > 0 and after < len(sequence) and sequence[at - 1].kind == sequence[after].kind == "rule"


def _is_cut_cell(sequence: Sequence[Token], at: int) -> bool:
    """Whether two tokens between rules, one of them a smudge, are a number that a blank cut: rules part cells
    before blanks do."""
    pair = sequence[max(at, 0) : at + 2]
    smudged = sum(t.kind == "loose" for t in pair) == 1
    return at > 0 and len(pair) == 2 and smudged and _is_framed(sequence, at, 2) and _may_be_split(pair)


def _may_be_split(piece: Sequence[Token]) -> bool:
    """Whether tokens may be one number that a blank or a fold broke: no complete grouped numbers, no zero
    by itself, and digits enough for a number long enough to be broken."""
    if any(t.text in ("0", "O", "o", "-") for t in piece) or sum(len(t.text) for t in piece) < _SIGNS_OF_ROW:
        return False
    if any(re.search(r"%$|/\d", t.text) for t in piece[:-1]):
        return False
    return sum(bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+", t.text)) for t in piece) == 0
