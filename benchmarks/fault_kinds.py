"""How a figure comes to be wrong: what a reader or a typist makes of it, and how likely each outcome is.

Each kind is a distribution over texts, so that trials draw from it and an oracle
(benchmarks/fault_oracle.py) can turn it round. Shares of a typist's slips follow J. Verhoeff, Error Detecting
Decimal Codes (1969): of errors in copied numbers of one length four in five change one digit, one in ten
exchanges two neighbours; digits left out, and digits doubled, are taken to be as many as exchanges. A wrong
key is one beside the right one on the number pad twice as often as any other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

# What a reader takes a digit for, each as likely (the confusions of the shared scanned pages).
ALIKE: Mapping[str, str] = {
    "0": "689",
    "1": "74",
    "2": "73",
    "3": "85",
    "4": "19",
    "5": "63",
    "6": "580",
    "7": "12",
    "8": "306",
    "9": "04",
}
_BESIDE: Mapping[str, str] = {
    "0": "12",
    "1": "024",
    "2": "0135",
    "3": "26",
    "4": "157",
    "5": "2468",
    "6": "359",
    "7": "48",
    "8": "579",
    "9": "68",
}  # keys that touch on the number pad
_WRONG_KEY, _EXCHANGED, _LEFT_OUT, _DOUBLED = 0.7, 0.1, 0.1, 0.1
_NEAR = 2.0  # how much likelier a key beside the right one is than another
_MOST_UNITS = 9  # of one place of a sum by which a carried digit puts it wrong
_DIGITS = "0123456789"
_NUMBER = re.compile(r"(\D*)(\d[\d.,]*\d|\d)(.*)", re.DOTALL)

Outcomes = dict[str, float]


def outcomes(text: str, kind: str) -> Outcomes:
    """What may be read or typed for a printed figure, with its odds; empty where it cannot bear the fault."""
    if kind == "digit":
        return _substituted(text, lambda d: dict.fromkeys(ALIKE[d], 1.0 / len(ALIKE[d])))
    if kind == "typed":
        return _typed(text)
    if kind == "mark":
        bare = text.replace(",", "").replace(".", "") if "," in text else ""
        return {bare: 1.0} if len(bare) > 1 else {}
    if kind == "added":
        return _added(text)
    raise ValueError(kind)


def origins(text: str, kind: str) -> Iterator[str]:
    """Texts one fault of a kind away, of which `text` may have come."""
    if kind == "mark":
        first = next((i for i, ch in enumerate(text) if ch.isdigit()), len(text))
        for i in range(first + 1, len(text)):
            if text[i - 1].isdigit() and text[i].isdigit():
                yield text[:i] + "," + text[i:]
        return
    found = _NUMBER.fullmatch(text)
    if found is None:
        return
    before, number, after = found.groups()
    digits, places = _digits(number)
    for other in dict.fromkeys(_neighbours(digits)):
        yield before + styled(other, places, number) + after
    if kind == "added":
        yield from (before + styled(d, places, number) + after for d in _carried(digits))


def drawn(text: str, kind: str, rng: random.Random) -> str | None:
    """One outcome by chance, or None where the figure cannot bear the fault."""
    found = outcomes(text, kind)
    return rng.choices(list(found), list(found.values()))[0] if found else None


def confused(text: str, rng: random.Random) -> str:
    """One digit read as one that looks like it."""
    return drawn(text, "digit", rng) or text


def _substituted(text: str, others: Callable[[str], dict[str, float]]) -> Outcomes:
    """One digit for another, each place as likely; `others` gives what a digit is taken for, with odds."""
    places = [i for i, ch in enumerate(text) if ch.isdigit()]
    out: Outcomes = {}
    for i in places:
        for digit, odds in others(text[i]).items():
            new = text[:i] + digit + text[i + 1 :]
            out[new] = out.get(new, 0.0) + odds / len(places)
    return out


def _keys(digit: str) -> dict[str, float]:
    weights = {d: _NEAR if d in _BESIDE[digit] else 1.0 for d in _DIGITS if d != digit}
    whole = sum(int(w) for w in weights.values())
    return {d: w / whole for d, w in weights.items()}


def _typed(text: str) -> Outcomes:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return {}
    before, number, after = found.groups()
    digits, places = _digits(number)
    out: Outcomes = {}

    def add(others: Sequence[str], share: float) -> None:
        for other in others:
            new = before + styled(other, places, number) + after
            if new != text:
                out[new] = out.get(new, 0.0) + share / len(others)

    for new, odds in _substituted(text, _keys).items():
        out[new] = out.get(new, 0.0) + _WRONG_KEY * odds
    n = len(digits)
    if n > 1:
        add([digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(n - 1)], _EXCHANGED)
        add([digits[:i] + digits[i + 1 :] for i in range(n)], _LEFT_OUT)
    add([digits[: i + 1] + digits[i:] for i in range(n)], _DOUBLED)
    return out


def _added(text: str) -> Outcomes:
    """A figure that was worked out wrongly: one place of it off by some units, carried on."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return {}
    before, number, after = found.groups()
    digits, places = _digits(number)
    texts = [before + styled(d, places, number) + after for d in _carried(digits)]
    return dict.fromkeys(texts, 1.0 / len(texts)) if texts else {}


def _carried(digits: str) -> list[str]:
    whole = int(digits)
    units = [sign * n for n in range(1, _MOST_UNITS + 1) for sign in (1, -1)]
    moved = (whole + n * 10**place for place in range(len(digits)) for n in units)
    return list(dict.fromkeys(str(m).zfill(len(digits)) for m in moved if m >= 0))


def _neighbours(digits: str) -> Iterator[str]:
    n = len(digits)
    for i in range(n):
        yield from (digits[:i] + d + digits[i + 1 :] for d in _DIGITS if d != digits[i])
        if n > 1:
            yield digits[:i] + digits[i + 1 :]
        if i + 1 < n and digits[i] != digits[i + 1]:
            yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    for i in range(n + 1):
        yield from (digits[:i] + d + digits[i:] for d in _DIGITS)


def _digits(number: str) -> tuple[str, int]:
    """A figure's digits, and how many of them stand after its decimal mark."""
    mark = max(number.rfind(","), number.rfind("."))
    tail = number[mark + 1 :]
    alone = number.count(number[mark]) == 1 if mark >= 0 else False
    places = len(tail) if alone and len(tail) != 3 else 0
    return re.sub(r"\D", "", number), places


def styled(digits: str, places: int, like: str) -> str:
    """Digits printed with as many decimals and the same marks as another figure."""
    digits = digits.rjust(places + 1, "0")
    whole, fraction = (digits[:-places], digits[-places:]) if places else (digits, "")
    marks = [ch for ch in like if ch in ".,"]
    decimal = marks[-1] if places else ""
    group = next((m for m in marks if m != decimal), "")
    if group:
        parts = []
        while len(whole) > 3:
            parts.insert(0, whole[-3:])
            whole = whole[:-3]
        whole = group.join([whole, *parts])
    return whole + (decimal + fraction if places else "")
