"""Row numbers: which text is one (`1`, `3.5`, `IV`, `b)`), what heads their column, which follows which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from normalize.dates import year_of
from normalize.lexicon import entries
from normalize.unicode import fold, tone_key

Kind = Literal["number", "roman", "letter"]

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
RANK = {numeral: n for n, numeral in enumerate(ROMAN, start=1)}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2})*)[.)/]*$")
_LETTER = re.compile(r"^\(?([a-zđ](?=[.)/])|[A-ZĐ])[.)/]*$")
_ROMAN = re.compile(r"^\(?((?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3}))[.)/]*$")
_MARK = re.compile(r"\(?[A-Za-zĐđ]\d{0,2}[.)/]?\)?")  # a lone letter or a code of one
_EDGE = " \t\n|[]*'\"“”‘’"
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_FOREIGN = "fjwz"  # letters that a Vietnamese list may leave out

# Nats of a row number after another.
_NO_NUMBER, _BEGINS, _OTHER_KIND = 0.8, 0.3, 0.2
_POINT = 0.1  # a first lettered point, or the next chapter's first
_ILL, _NONSENSE = 1.5, 2.5  # what hardly follows, and what does not
_MOST_SKIPPED = 3  # numbers
_COUNTED_ON = 0.1  # the next number of its kind, others between
BULLETS = frozenset("-–+*•")  # what opens items of a list without numbers
_FOLLOWING, _DEEPEST = 3, 7  # numbers that follow each other, and rows of a header before them


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A row number: `value` is (7,), (1, 2) for `1.2`, or the place in the alphabet or of the Roman."""

    kind: Kind
    value: tuple[int, ...]


def roman_value(numeral: str) -> int:
    """What a well-formed Roman numeral of capitals up to L counts; 0 for none at all."""
    values = [_ROMAN_DIGITS[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@lru_cache(maxsize=8192)
def read_ordinal(text: str) -> Ordinal | None:
    """The ordinal that a text is, or None. `0` numbers no row, `01.002` is a code, `88.960` an amount."""
    text = text.strip(_EDGE)
    if match := _NUMBER.match(text):
        value = tuple(int(part) for part in match[1].split("."))
        is_code = len(value) > 1 and match[1].startswith("0")
        return Ordinal("number", value) if all(value) and not is_code else None
    if match := _ROMAN.match(text):
        return Ordinal("roman", (roman_value(match[1]),))
    if match := _LETTER.match(text):
        return Ordinal("letter", (_ALPHABET.index(match[1].lower()) + 1,))
    return None


def is_ordinal(text: str) -> bool:
    """Whether a cell may be the number of a row: an ordinal, or a letter alone or with figures (`A1`)."""
    bare = text.strip(_EDGE)
    if bare[1:2].isalpha() and bare[:1].isalpha() and bare[0].upper() not in _ROMAN_DIGITS:
        return False  # a word
    return _is_ordinal(bare)


@lru_cache(maxsize=16384)
def _is_ordinal(bare: str) -> bool:
    return bool(_MARK.fullmatch(bare)) or read_ordinal(bare.upper()) is not None


def _step(before: Ordinal, after: Ordinal) -> int:
    """How far the last figure of one ordinal is after the other's of its kind and depth; letters that
    Vietnamese lists leave out (`e)`, `g)`) count for none."""
    old, new = before.value[-1], after.value[-1]
    skipped = _ALPHABET[old : new - 1] if before.kind == "letter" else ""
    return 1 if skipped and all(letter in _FOREIGN for letter in skipped) else new - old


def succession_cost(before: Ordinal | None, after: Ordinal | None) -> float:
    """How ill `after` follows `before`, in nats: 0 the next number; None is a row without."""
    if after is None:
        return _NO_NUMBER
    if before is None:
        return _BEGINS if after.value[-1] == 1 else _NO_NUMBER
    if before.kind == after.kind:
        return _same_kind_cost(before, after)
    if after.kind == "letter":
        return _POINT if after.value == (1,) else _ILL
    if after.kind == "roman":
        return _OTHER_KIND
    return _OTHER_KIND if after.value[-1] == 1 or before.kind == "letter" else 1.0


def _same_kind_cost(before: Ordinal, after: Ordinal) -> float:
    old, new = before.value, after.value
    if len(new) == len(old) and new[:-1] == old[:-1]:
        step = _step(before, after)
        if step == 1:
            return 0.0
        if new[-1] == 1 and len(new) == 1:
            return 1.0
        return _ILL if 2 <= step <= _MOST_SKIPPED else _NONSENSE
    if len(new) == len(old) + 1 and new[:-1] == old:
        return 0.0 if new[-1] == 1 else _ILL
    if len(new) == len(old) and new[-1] == 1 and new[0] == old[0] + 1:
        return _POINT
    if len(new) < len(old) and new[-1] == old[len(new) - 1] + 1:
        return 0.0
    return _ILL


class Counts(NamedTuple):
    """The row numbers of a table that may be counted on: the last one, and the last of each kind (a section's
    heading does not begin the count anew)."""

    last: Ordinal | None = None
    number: Ordinal | None = None
    roman: Ordinal | None = None
    small: Ordinal | None = None
    capital: Ordinal | None = None

    def followed(self, ordinal: Ordinal, text: str) -> tuple[float, Counts]:
        """How ill an ordinal, printed as `text`, follows these, in nats, and the counts after it."""
        kind = ordinal.kind if ordinal.kind != "letter" else "capital" if text.isupper() else "small"
        same = getattr(self, kind)
        cost = succession_cost(self.last, ordinal)
        if same is not None:
            cost = min(cost, succession_cost(same, ordinal) + _COUNTED_ON)
        return cost, self._replace(last=ordinal, **{kind: ordinal})


def runs_on(above: Iterable[str], below: Sequence[str]) -> bool:
    """Whether the first ordinal among `below` continues those of the rows `above`.

    It continues the last one of its own kind and depth (`4.2`, `a)`, `b)` | `4.3`), steps out (`3.2` |
    `4`) or steps in (`4` | `4.1`, `IV` | `4.1`). A first letter (`a)`) may stand anywhere and proves
    nothing. Rows named by years run on, too (`2019`, `2020` | `2021`).
    """
    above = list(above)
    if _years_run_on(above, below):
        return True
    first = next((o for t in below if (o := read_ordinal(t))), None)
    known = [o for t in above if (o := read_ordinal(t))]
    if first is None or not known:
        return False
    romans = [o.value[0] for o in known if o.kind == "roman"]
    if first.kind == "number" and len(first.value) == 2 and first.value == (*romans[-1:], 1):
        return True
    last = next((o for o in reversed(known) if o.kind == first.kind), None)
    if last is None:
        return False
    if len(last.value) < len(first.value):
        return first.value == (*last.value, 1)
    stem = Ordinal(last.kind, last.value[: len(first.value)])
    return first.value[:-1] == stem.value[:-1] and _step(stem, first) == 1


def _years_run_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first text below is the year that follows the last two above."""
    years = [year_of(text) for text in above[-2:]]
    following = year_of(below[0]) if below else None
    if len(years) < 2 or following is None or years[0] is None or years[1] is None:
        return False
    return following - years[1] == years[1] - years[0] != 0


def _whole(text: str) -> int:
    """The plain number that numbers a row; 0 for none."""
    ordinal = read_ordinal(text)
    return ordinal.value[0] if ordinal and ordinal.kind == "number" and len(ordinal.value) == 1 else 0


def counts_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether rows count on after some at the top that were badly read (a header in a dithered shade): among
    the first of `below` stands the number that follows the last above, and the next two follow it."""
    last = next((n for t in reversed(above) if (n := _whole(t))), 0)
    numbers = [_whole(t) for t in below]
    following = [last + k for k in range(1, _FOLLOWING + 1)]
    starts = [i for i, number in enumerate(numbers[:_DEEPEST]) if last and number == last + 1]
    return any([n for n in numbers[i:] if n][:_FOLLOWING] == following for i in starts)


def counts_over(above: Iterable[str], below: Sequence[str]) -> bool:
    """Whether the first of the rows `below` stands in the place of one whose number was badly read: the next
    is numbered two after the last above (`2` | ? `4`)."""
    numbers = [n for t in above if (n := _whole(t))]
    return bool(numbers) and len(below) > 1 and _whole(below[1]) == numbers[-1] + 2


def begins_anew(texts: Sequence[str]) -> bool:
    """Whether the first ordinal among `texts` is the first of a count (`1`, `I`)."""
    first = next((o for t in texts if (o := read_ordinal(t))), None)
    return first is not None and first.kind != "letter" and first.value == (1,)


@cache
def _heads() -> dict[str, str]:
    """The words by their folded form."""
    return {fold(head): head for head, _ in entries("ordinal_heads")}


def is_ordinal_head(text: str) -> bool:
    """Whether a header cell names the column that numbers the rows (`STT`, `Số TT`).

    Of a word that the list spells with marks (`mục`) other marks make another word: `Mức` is an amount.
    """
    word = fold(text).strip(" .:")
    listed = _heads().get(word)
    if listed is None or listed == word:
        return listed is not None
    return word in text.lower() or tone_key(text).strip(" .:") == tone_key(listed)


_LIKE_T = "TtFfYIÏÎỈÍÌIĨĩíìỉỷỶrRjJl"
_READ_HEADS = (
    (re.compile(r"\W*\w?STT(?:\s\d)?\W*"), "STT"),
    (re.compile(r"\W*7{1,2}\W*"), "TT"),
    (re.compile(rf"\W*[S5$8s][{_LIKE_T}][{_LIKE_T}E]\W*"), "STT"),
    (re.compile(rf"\W*[TFY][{_LIKE_T}]\W*"), "TT"),
)
"""What the heads of row numbers are read as on bad paper, where no other word can stand."""


_CUT_HEAD = re.compile(r"S ?T ?T|T T", re.IGNORECASE)


def whole_head(text: str) -> str:
    """The head of a column of row numbers without the blanks of a narrow cell that cut it (`ST T`); other
    texts as they are."""
    return text.replace(" ", "") if _CUT_HEAD.fullmatch(text.strip()) else text


def mended_head(text: str) -> str:
    """The head of a column of row numbers, put right where a misread `TT` or `STT` is all that it may be;
    other texts as they are. Ask only over a column whose cells count the rows."""
    if is_ordinal_head(text):
        return text
    return next((head for shape, head in _READ_HEADS if shape.fullmatch(text.strip())), text)
