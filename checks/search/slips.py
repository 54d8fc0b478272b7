"""How one printed number becomes another: digits confused, marks lost, digits dropped, neighbours swapped.

Costs are negative natural log-likelihoods of the slip, relative: about 1 for what scanners do every day,
3 for what they seldom do, and more where no single slip explains the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import fsum

# Pairs of digits that Tesseract and people confuse in print (the shared scanned pages, both directions).
_ALIKE = frozenset(
    frozenset(p)
    for p in (
        "38",
        "56",
        "17",
        "08",
        "68",
        "06",
        "35",
        "14",
        "09",
        "27",
        "49",
        "89",
        "13",
        "47",
        "58",
        "69",
        "23",
    )
)
_GLYPHS = frozenset("?|!¡$&§#@")  # what readers write for a digit, beside letters
_SHOWN_MARK = re.compile(r"\d[.,]\d{1,2}(?!\d)")  # decimals, no group of thousands
_APART = re.compile(r"\d\s+\S*\d")
_MOST_PLACES = 3  # decimals that a figure may have lost the mark of
COMMON, RARE, WILD = 1.0, 2.5, 9.0
MARK, SIGN, DROPPED, SWAPPED = 0.8, 1.2, 2.0, 3.0


def digits_of(text: str) -> str:
    """The digits of a printed number, without marks, signs and units."""
    return re.sub(r"\D", "", text.split("/", maxsplit=1)[0])


def fits_ink(printed: str, amount: Decimal, step: Decimal) -> bool:
    """Whether an amount may be what ink says that was read as `printed`, which is no number.

    As many digits as signs of ink were seen (blanks and marks aside), and every digit that was seen in its
    place: `z7?` may be 277, `g11` is not 8.654. No ink, or ink of two figures side by side, fits nothing.
    """
    if holds_several(printed):
        return False
    seen = [ch for ch in printed if ch.isalnum() or ch in _GLYPHS]
    digits = plain_digits(amount, max(0, -int(step.as_tuple().exponent)))
    return len(seen) == len(digits) and all(a == b for a, b in zip(seen, digits) if a.isdigit())


def with_mark(printed: str, wanted: Decimal) -> Decimal | None:
    """The printed digits with a decimal mark that was left out, where they come to what is wanted to their
    last digit; None where they do not."""
    digits = digits_of(printed)
    if wanted == wanted.to_integral_value() or not digits:
        return None
    for places in range(1, min(_MOST_PLACES, len(digits)) + 1):
        amount = Decimal(int(digits)).scaleb(-places).copy_sign(wanted)
        if abs(amount - wanted) < Decimal(1).scaleb(-places):
            return amount
    return None


def left_of(printed: str, amount: Decimal, step: Decimal) -> bool:
    """Whether a print without decimals, where they belong, is one end of an amount's digits: ink of which the
    mark and what stood beyond it were lost (`1` of 7,1). An author leaves noughts out, no other digits."""
    seen, whole = digits_of(printed), plain_digits(amount, max(0, -int(step.as_tuple().exponent)))
    if step >= 1 or _SHOWN_MARK.search(printed) or not seen or len(seen) >= len(whole):
        return False
    return whole.endswith(seen) or (whole.startswith(seen) and bool(whole[len(seen) :].strip("0")))


def holds_several(printed: str) -> bool:
    """Whether a cell's text has digits on both sides of a blank: two figures, or one that was cut."""
    return bool(_APART.search(printed.strip()))


def plain_digits(amount: Decimal, places: int) -> str:
    """The digits an amount has when printed with `places` decimals."""
    try:
        scaled = abs(amount).scaleb(places).to_integral_value()
    except InvalidOperation:
        return ""
    return str(int(scaled))


@lru_cache(maxsize=65536)
def slip_cost(old: str, new: str) -> float:
    """The cost of reading (or writing) `old` for `new`, both strings of digits; 0 when they are equal."""
    if old == new:
        return 0.0
    if old.lstrip("0") == new.lstrip("0"):
        return MARK
    if len(old) == len(new):
        wrong = [(a, b) for a, b in zip(old, new) if a != b]
        if len(wrong) == 2 and wrong[0] == wrong[1][::-1]:
            return SWAPPED
        cost = fsum(COMMON if frozenset(p) in _ALIKE else RARE for p in wrong)
        return cost if len(wrong) == 1 else min(WILD, cost + 2.5 * (len(wrong) - 1))
    short, long = sorted((old, new), key=len)
    if len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
        return DROPPED
    if long.startswith(short) and set(long[len(short) :]) <= {"0"}:
        return MARK + 0.5 * (len(long) - len(short))
    return WILD


def change_cost(printed: str, old: Decimal, new: Decimal, step: Decimal) -> float:
    """The cost of a cell that prints `printed` (value `old`) truly meaning `new`.

    A mark lost or moved keeps the digits and is cheap; a sign is cheap; both together add up.
    """
    cost = SIGN if old and new and (old < 0) != (new < 0) else 0.0
    before = digits_of(printed) or plain_digits(old, 0)
    places = max(0, -int(step.as_tuple().exponent))
    tries = [plain_digits(new, places)]
    trimmed = new.normalize()
    exponent = int(trimmed.as_tuple().exponent)
    own = max(0, -exponent)
    if own != places:
        tries.append(plain_digits(new, own))
    moved = abs(old) != abs(new)
    # A print that shows its decimals would show those of another amount, too: `40,1` for 401 is `401,0` with
    # its last digit lost and a mark where there was none.
    shown = places > 0 and bool(_SHOWN_MARK.search(printed))
    best = WILD
    for after in tries:
        slip = slip_cost(before, after)
        if slip == 0.0 and moved:
            slip = DROPPED if shown and after != tries[0] else MARK
        best = min(best, slip)
    return cost + best if moved else cost


def slips(printed: str, amount: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Amounts that one slip away from this reading: another digit, a digit more or less, the mark moved,
    two neighbours exchanged, the sign."""
    places = max(0, -int(step.as_tuple().exponent))
    digits = plain_digits(amount, places).rjust(places + 1, "0")
    sign = -1 if amount < 0 else 1
    seen = {abs(amount)}
    texts: list[tuple[str, int]] = []
    for i, old in enumerate(digits):
        texts.extend((digits[:i] + d + digits[i + 1 :], places) for d in "0123456789" if d != old)
        if len(digits) > 1:
            texts.append((digits[:i] + digits[i + 1 :], places))
        if i + 1 < len(digits) and old != digits[i + 1]:
            texts.append((digits[:i] + digits[i + 1] + old + digits[i + 2 :], places))
    texts.extend((digits[:i] + d + digits[i:], places) for i in range(len(digits) + 1) for d in "0123456789")
    texts.extend((digits, p) for p in range(0, min(len(digits), 4)) if p != places)
    for text, p in texts:
        value = Decimal(int(text)).scaleb(-p)
        if value not in seen:
            seen.add(value)
            yield sign * value
    if amount:
        yield -amount
