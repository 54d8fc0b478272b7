"""How likely a printed name is as a damaged spelling of a true one: a confusion model in nats.

A cost is a negative log-likelihood: 0 for the same letters, small for what readers of Vietnamese print do
daily (marks lost, `ố` for `ó`, `l` for `i`, `rn` for `m`), large for what they hardly do. Names are compared
as letters with their shape marks (ă â đ ê ô ơ ư) and a tone mark at each syllable's end (`tone_key`), so
where the tone sits costs nothing, and blanks, hyphens and apostrophes next to nothing.

The costs were set on names read by Tesseract with and without its Vietnamese data and on typing slips in
published reports; what they do is measured by `benchmarks/places.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from normalize.lookalikes import from_lookalikes
from normalize.unicode import tone_key

LOST = 0.5  # a mark of the name is not in the print
LOST_ALL = 0.08  # the same where the whole print has no marks: its reader had none to give
WRONG = 1.0  # another mark of the same kind
ADDED = 1.2  # a mark where the name has none
CONFUSED = 1.6  # two letters of like shape, or of like sound
OTHER = 4.2  # any other letter
DROPPED = 2.8  # a letter of the name is not in the print
DROPPED_VOWEL = 2.2  # one of several vowels in a row
EXTRA = 3.2  # a letter too many
DOUBLED = 1.4  # a letter typed twice
SWAPPED = 2.0  # two neighbouring letters in each other's place
SPECK = 1.6  # a thin letter too many, as specks and rules are read
FORBIDDEN = 50.0

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NUMERAL = re.compile(r"(?<![^\W\d])\d+(?![^\W\d])")
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "il", "i1", "l1", "it", "lt", "tf", "ij", "o0", "oc", "oe", "oa", "ec", "ea", "ae", "un", "uv",
        "uo", "ui", "hb", "hn", "nr", "nm", "gq", "g9", "gy", "yv", "rn", "s5", "b8", "b6", "g6", "z2",
        "dp", "pb", "cg", "kx", "kh", "vy", "d0", "td", "ti", "a4", "q9", "rt", "vr", "dl", "db", "1t",
        "yi", "sx", "ln", "dg", "vd", "cq", "ck", "rd", "3a", "6o", "9q", "cd", "ps", "fp",
    )
)  # fmt: skip
_PAIRS: dict[tuple[str, str], float] = {  # printed letters, the name's letters
    ("rn", "m"): CONFUSED,
    ("m", "rn"): CONFUSED,
    ("nn", "m"): CONFUSED,
    ("in", "m"): CONFUSED,
    ("m", "in"): CONFUSED,
    ("cl", "d"): CONFUSED,
    ("d", "cl"): CONFUSED,
    ("ii", "u"): CONFUSED,
    ("u", "ii"): CONFUSED,
    ("li", "h"): CONFUSED,
    ("h", "li"): CONFUSED,
    ("vv", "w"): CONFUSED,
    ("f", "ph"): CONFUSED,
    ("ir", "u"): CONFUSED,
    ("ur", "u"): CONFUSED,  # ư read as u and a hook: cura for cửa
    ("wo", "uo"): CONFUSED,
    ("tr", "ch"): CONFUSED,
    ("ch", "tr"): CONFUSED,
    ("r", "gi"): CONFUSED,
    ("d", "gi"): CONFUSED,
    ("gi", "d"): CONFUSED,
    ("n", "ng"): 2.2,
    ("ng", "n"): 2.2,
    ("t", "c"): 2.2,
    ("c", "t"): 2.2,
}


@lru_cache(maxsize=65536)
def symbols(text: str) -> tuple[str, ...]:
    """`text` as letters with shape marks and tone marks at syllable ends; no blanks or punctuation."""
    key = tone_key(text)
    return tuple(c for c in key if c.isalnum() or c in _TONES)


@lru_cache(maxsize=65536)
def has_marks(text: str) -> bool:
    """Whether any letter of `text` bears a tone or shape mark."""
    return any(_marked(c) for c in symbols(text))


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


def _marked(letter: str) -> bool:
    return letter in _TONES or letter != _base(letter)


class _Swaps(dict[str, float]):
    """What it costs that symbols of a name were printed as one, by the name's; told when first asked for."""

    def __init__(self, printed: str, lost: float) -> None:
        self._printed, self._lost = printed, lost

    def __missing__(self, true: str) -> float:
        printed = self._printed
        cost = self[true] = 0.0 if printed == true else _substitution(printed, true, self._lost)
        return cost


@lru_cache(maxsize=4096)
def _swaps(printed: str, lost: float) -> _Swaps:
    return _Swaps(printed, lost)


def _substitution(printed: str, true: str, lost: float) -> float:
    """What it costs that `true` was printed as `printed` (one symbol each, not the same)."""
    if (printed in _TONES) != (true in _TONES):
        return FORBIDDEN
    if printed in _TONES:
        return WRONG
    p, t = _base(printed), _base(true)
    if p == t:
        if not _marked(printed):
            return lost
        return WRONG if _marked(true) else ADDED
    if frozenset((p, t)) in _ALIKE:
        return CONFUSED
    return OTHER


def _missing(true: tuple[str, ...], at: int, lost: float) -> float:
    """What it costs that the name's symbol at `at` is not in the print."""
    symbol = true[at]
    if symbol in _TONES:
        return lost
    if _base(symbol) in _VOWELS:
        beside = [true[k] for k in (at - 1, at + 1) if 0 <= k < len(true)]
        if any(c not in _TONES and _base(c) in _VOWELS for c in beside):
            return DROPPED_VOWEL
    return DROPPED


def _numerals(text: str, true: str) -> tuple[str, ...]:
    """The numbers in `text` (`Phường 01` → 1); letters read for digits count where `true` is a number."""
    if true.isdigit():
        text = from_lookalikes(text)
    return tuple(number.lstrip("0") for number in _NUMERAL.findall(text))


def _extra(printed: tuple[str, ...], at: int) -> float:
    symbol = printed[at]
    if symbol in _TONES:
        return ADDED
    if at and printed[at - 1] == symbol:
        return DOUBLED
    return SPECK if symbol in "il1j" else EXTRA


def slip_cost(printed: str, true: str, marked: bool = False) -> float:
    """Nats that the name `true` came to be printed as `printed`; 0.0 for the same name.

    `marked` says that the page has marks elsewhere: then a name without any has lost them one by one.
    """
    return _slip_cost(printed, true, marked or has_marks(printed))


@lru_cache(maxsize=131072)
def _slip_cost(printed: str, true: str, marked: bool) -> float:
    """The same where `printed` or its page has marks (`marked`), and where neither has."""
    a, b = symbols(printed), symbols(true)
    if a == b:
        return 0.0
    if printed.count(" ") != true.count(" "):  # each syllable's tone is told at its end
        a = symbols(_spaced_like(printed, true))
        if a == b:
            return 0.0
    if _numerals(printed, true) != _numerals(true, true):
        return FORBIDDEN
    if true.isdigit():
        return 0.0
    return _aligned(a, b, LOST if marked else LOST_ALL)


def forget_names() -> None:
    """Forget the names that were compared."""
    for remembered in (_slip_cost, symbols, has_marks, _skips, _plain):
        remembered.cache_clear()


def _spaced_like(printed: str, true: str) -> str:
    """`printed` with its blanks where `true` has them, if both have as many letters (`PhúMỹ`, `Tri  Tôn`)."""
    letters = unicodedata.normalize("NFC", printed).replace(" ", "")
    words = unicodedata.normalize("NFC", true).split(" ")
    if len(letters) != sum(map(len, words)):
        return printed
    ends = list(accumulate(map(len, words)))
    return " ".join(letters[end - len(word) : end] for word, end in zip(words, ends, strict=True))


def _aligned(a: tuple[str, ...], b: tuple[str, ...], lost: float) -> float:
    """The cheapest way from a name's symbols `b` to the printed `a`: edit distance with our costs."""
    skip = _skips(b, lost)
    doubles = _doubles(a, b)
    before = [0.0, *accumulate(skip)]
    rows = [before]
    for i, symbol in enumerate(a, 1):
        extra = _extra(a, i - 1)
        left = before[0] + extra
        row = [left]
        doubled = doubles.get(i)
        swaps = _swaps(symbol, lost)
        # The innermost loop of a column's solving: comparisons take half of what min() does.
        for diagonal, over, other, skipped in zip(before, before[1:], b, skip):
            left += skipped
            if (cost := diagonal + swaps[other]) < left:
                left = cost
            if (above := over + extra) < left:
                left = above
            if doubled:
                j = len(row)
                for back, ahead, price in doubled.get(j, ()):
                    left = min(left, rows[i - back][j - ahead] + price)
            row.append(left)
        rows.append(row)
        before = row
    return before[-1]


@lru_cache(maxsize=65536)
def _skips(true: tuple[str, ...], lost: float) -> tuple[float, ...]:
    return tuple(_missing(true, at, lost) for at in range(len(true)))


@lru_cache(maxsize=65536)
def _plain(letters: tuple[str, ...]) -> str:
    return "".join(map(_base, letters))


_Doubled = dict[int, list[tuple[int, int, float]]]


def _doubles(a: tuple[str, ...], b: tuple[str, ...]) -> dict[int, _Doubled]:
    """Where one or two letters stand for two or one (`rn` for `m`), or two change places.

    By end in the print, then in the name: how many symbols each side takes, and the cost.
    """
    plain_a, plain_b = _plain(a), _plain(b)
    found: dict[int, _Doubled] = {}
    for (printed, true), cost in _PAIRS.items():
        if printed in plain_a and true in plain_b:
            for i in _ends(plain_a, printed):
                for j in _ends(plain_b, true):
                    found.setdefault(i, {}).setdefault(j, []).append((len(printed), len(true), cost))
    for i in range(2, len(a) + 1):
        swapped = plain_a[i - 1] + plain_a[i - 2]
        if swapped[0] != swapped[1] and swapped in plain_b:
            for j in _ends(plain_b, swapped):
                found.setdefault(i, {}).setdefault(j, []).append((2, 2, SWAPPED))
    return found


def _ends(text: str, part: str) -> list[int]:
    """The places in `text` where `part` ends."""
    return [i + len(part) for i in range(len(text) - len(part) + 1) if text.startswith(part, i)]
