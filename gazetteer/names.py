"""What a written name says besides the name: its type word, its authority, agency, total or plain name.

`UBND xã Bảo Cường`, `TT. Chợ Chu`, `P.1`, `Thi xa Kinh Mén` are taken apart into readings: a type (or
none), the rest that should be a unit's name, and what believing so costs (in nats, see `slips`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeVar

from rapidfuzz.distance import OSA

from gazetteer.agencies import is_agency, is_total
from gazetteer.around import is_council, lying_in, part_of, type_first, without_ended
from gazetteer.slips import has_marks, slip_cost
from model.place import PlaceType
from normalize.unicode import fold, nfc, squeeze, tone_key

Told = TypeVar("Told")
RowMeaning = Literal["blank", "total", "agency", "own", "name"]

TYPE_WORDS: dict[str, PlaceType] = {
    "thanh pho": "thành phố",
    "thi tran": "thị trấn",
    "dac khu": "đặc khu",
    "thi xa": "thị xã",
    "phuong": "phường",
    "huyen dao": "huyện",
    "huyen": "huyện",
    "quan": "quận",
    "tinh": "tỉnh",
    "xa": "xã",
}
_WHOLE_WORDS = {"huyen dao": "huyện đảo"}
_SHORT: dict[str, PlaceType] = {
    "tp": "thành phố",
    "t.p": "thành phố",
    "tt": "thị trấn",
    "ttr": "thị trấn",
    "t.tran": "thị trấn",
    "t.pho": "thành phố",
    "t.xa": "thị xã",
    "t.t": "thị trấn",
    "tx": "thị xã",
    "t.x": "thị xã",
    "dk": "đặc khu",
    "p": "phường",
    "f": "phường",
    "h": "huyện",
    "q": "quận",
    "t": "tỉnh",
    "x": "xã",
}
_OF_WORDS = {n: [(w, kind) for w, kind in TYPE_WORDS.items() if w.count(" ") == n - 1] for n in (1, 2)}
_GLUED = {word.replace(" ", ""): kind for word, kind in TYPE_WORDS.items()}
LEVELS: dict[PlaceType, tuple[int, ...]] = {
    "tỉnh": (1,),
    "thành phố": (1, 2),
    "quận": (2,),
    "huyện": (2,),
    "thị xã": (2,),
    "phường": (3,),
    "xã": (3,),
    "thị trấn": (3,),
    "đặc khu": (3,),
}
_AUTHORITY = re.compile(
    r"^(?:(?:h\.?d\.?n\.?d|hoi dong nhan dan)\s*(?:&|va|,|-|/)\s*)?"
    r"(?:u\.?b\.?n\.?d\.?|uy ban nhan dan|u ?y ban(?= (?:xa|phuong|thi|huyen|quan|tinh|thanh)))"
    r"(?:\s+cac)?[\s:.-]*"
    r"|^(?:h\.?d\.?n\.?d|hoi dong nhan dan|dang (?:uy|bo))\s+(?=(?:xa|phuong|thi tran|dac khu)\s)"
)
_LONG = re.compile(r"^(" + "|".join(w.replace(" ", " ?") for w in TYPE_WORDS) + r")(?=[\s.:\d])[\s.:]*")
_ABBREVIATED = re.compile(
    r"^(t\.tran|t\.pho|t\.xa|t\.p|t\.t|t\.x|ttr|tp|tt|tx|dk|[pfhqtx])(?:\s*[.:]\s*|\s+|(?=\d))"
)
_ORDINAL = re.compile(r"^(?:[-+*•–]\s*|\d{1,3}\s*[.)]\s*|\d{1,3}\s+(?=[^\W\d])|[IVL]+X?[IV]*\s*[.)]\s+)+")
_NUMBER_FIRST = re.compile(r"^(\d{1,2}) +([^\W\d].*)$")
_NUMBERED_NAME = 0.2  # nats that a number before a name is the name's (`2 Bảo Lộc`) and no row's
_FARM = re.compile(
    r"(?:nông trường|nong truong|n\.t\.?)\s+(\S.*)$", re.IGNORECASE
)  # official names have `NT`
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$")
_NO_TYPE = 2.0  # nats that a whole type word belongs to the name
_ALIASES = {
    "hcm": "Hồ Chí Minh",
    "tphcm": "Hồ Chí Minh",
    "saigon": "Hồ Chí Minh",
    "brvt": "Bà Rịa - Vũng Tàu",
    "vungtaubaria": "Bà Rịa - Vũng Tàu",
    "tthue": "Thừa Thiên Huế",
    "baccan": "Bắc Kạn",
    "daclac": "Đắk Lắk",
    "daklak": "Đắk Lắk",
    "dacnong": "Đắk Nông",
    "bmt": "Buôn Ma Thuột",
    "buonmethuot": "Buôn Ma Thuột",
    "prtc": "Phan Rang-Tháp Chàm",
}
_NUMBERED: frozenset[PlaceType | None] = frozenset({"quận", "phường"})
_UNDER_TEN = {
    "nhất": 1, "một": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"mười": 10, "hai mươi": 20}  # wards are numbered up to 28
_NUMBERS = {
    **{word: str(number) for word, number in {**_UNDER_TEN, **_TENS}.items()},
    **{
        f"{ten} {word}": str(tens + number)
        for ten, tens in _TENS.items()
        for word, number in {**_UNDER_TEN, "mốt": 1, "lăm": 5}.items()
    },
}
_ROMAN = {
    numeral: str(number)
    for number, numeral in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), start=1
    )
}
_BARE_NUMBERS = {fold(word): number for word, number in _NUMBERS.items()}
_EITHER = re.compile(r"\b([hklmstv]|qu)([iyíýìỳỉỷĩỹịỵ])\b", re.IGNORECASE)
_I_AND_Y = str.maketrans("iyíýìỳỉỷĩỹịỵIYÍÝÌỲỈỶĨỸỊỴ", "yiýíỳìỷỉỹĩỵịYIÝÍỲÌỶỈỸĨỴỊ")
_EDGE = " #.,;:|_*'\"“”‘`~=<>/\\"
_NOISE = re.compile(r"^([^\d]+?)\s+\d\S*(?:\s+\S+)+$")  # figures of the next columns read into the name
_NOISY = 2.5  # nats
_DIGITS = re.compile(r"\d+")
_ALIKE_LETTERS = 2  # that may differ in spellings of one name once marks and blanks are set aside
_ALIKE_SYMBOLS = 3  # letters and marks that may differ


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a written name apart; `cost` in nats is paid for damage in the type word."""

    name: str
    type: PlaceType | None
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Written:
    """A row's text, taken apart. `within` is a unit named behind the name (`xã A, huyện B`).

    A total or agency keeps its text as one reading: a few units are called like one (`Trung Tâm`). `own` is
    an authority without a name (`UBND huyện`): the document's own, or one above it. `part` is the part of the
    unit that the row is about (`Bản Củ` of `Bản Củ, xã Chiềng Ban`), `beside` what another column says the
    unit lies in, `ended` a word that it is no more (`xã A cũ`).
    """

    raw: str
    meaning: RowMeaning
    readings: tuple[Reading, ...] = ()
    within: str = ""
    part: str = ""
    beside: str = ""
    ended: bool = False

    @property
    def type(self) -> PlaceType | None:
        return self.readings[0].type if self.readings else None

    def lying_in(self, parent: str) -> Written:
        """The row with what another column says it lies in, where it does not say so itself."""
        return replace(self, beside=parent) if parent and not self.within else self

    @property
    def lies_in_type(self) -> PlaceType | None:
        """The type word of what the row, or the column beside it, says that the unit lies in."""
        where = self.within or self.beside
        return read_name(where).type if where else None

    @property
    def lies_in(self) -> frozenset[str]:
        """The matching keys of what the row, or the column beside it, says that the unit lies in."""
        where = self.within or self.beside
        return (
            frozenset(tight(reading.name) for reading in read_name(where).readings) if where else frozenset()
        )


def told_once(rows: Sequence[Written], tell: Callable[[Written], Told]) -> list[Told]:
    """What is told of each row; once of those that are one record, as rows of one text are (`read_name`): a
    list names many units again."""
    found: dict[int, Told] = {}
    for written in rows:
        if id(written) not in found:
            found[id(written)] = tell(written)
    return [found[id(written)] for written in rows]


@lru_cache(maxsize=32768)
def tight(text: str) -> str:
    """Letters and digits only, folded, without leading zeros: `Cư M'gar` → `cumgar`, `01` → `1`."""
    folded = _DIGITS.sub(lambda m: m.group().lstrip("0") or "0", fold(text))
    return "".join(c for c in folded if c.isalnum())


@lru_cache(maxsize=4096)
def number_of(name: str) -> str:
    """The number that a unit's whole name is, in figures (`04`, `IV`, `Mười bốn`), or nothing."""
    text = squeeze(name).strip(_EDGE)
    if text.isdigit():
        return text.lstrip("0")
    if text in _ROMAN:
        return _ROMAN[text]
    words = text.lower()
    if not has_marks(words) and words in _BARE_NUMBERS:
        return _BARE_NUMBERS[words]
    return _NUMBERS.get(words, "")


def in_other_spelling(name: str) -> str:
    """`name` with y for i and i for y where a syllable may be written either way: `Phú Quí`, `Phú Quý`."""
    return _EITHER.sub(lambda m: m.group(1) + m.group(2).translate(_I_AND_Y), name)


def spelled_alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: a letter or two, or marks, apart; numbers never."""
    if _DIGITS.findall(one) != _DIGITS.findall(other) or one.strip().isdigit():
        return False
    letters = OSA.distance(tight(one), tight(other), score_cutoff=_ALIKE_LETTERS)
    return letters <= _ALIKE_LETTERS and OSA.distance(tone_key(one), tone_key(other)) <= _ALIKE_SYMBOLS


def _parted(text: str) -> str:
    """`text` with lost blanks put back before capitals: `HuyệnBình Giang`. Matching keys know no blanks."""
    cuts = [i for i in range(1, len(text)) if text[i - 1].islower() and text[i].isupper()]
    return " ".join(text[i:j] for i, j in zip([0, *cuts], [*cuts, len(text)]))


def _split_at(text: str, folded: str, end: int) -> str:
    """What follows the first `end` letters; the folded rest where folding changed the length."""
    source = text if len(text) == len(folded) else folded
    return source[end:].strip(_EDGE)


def _exact_type(text: str) -> tuple[Reading, float] | None:
    """The reading with its type word, and what the reading without one costs then.

    A word with other marks (`Phượng Tiến`) or none where the name has some (`Quan Sơn`) may be the name's
    own first syllable.
    """
    folded = fold(text)
    found = _LONG.match(folded)
    if found and (rest := _split_at(text, folded, found.end())):
        kind = _GLUED[found.group(1).replace(" ", "")]
        word = text[: found.end(1)] if len(text) == len(folded) else kind
        cost = slip_cost(word, _WHOLE_WORDS.get(found.group(1), kind), marked=has_marks(rest))
        if " " in found.group(1).strip():  # no name begins so
            return Reading(rest, kind, min(cost, 0.5)), _NO_TYPE
        return Reading(rest, kind, cost), max(0.0, _NO_TYPE - 2.0 * cost)
    found = _ABBREVIATED.match(folded)
    if found and (rest := _split_at(text, folded, found.end())):
        loose = len(found.group(1)) == 1 and "." not in found.group() and not rest[:1].isdigit()
        return Reading(rest, _SHORT[found.group(1)], 1.5 if loose else 0.0), 0.5 if loose else _NO_TYPE
    return None


def _damaged_type(text: str) -> Reading | None:
    """A type word with a letter or two misread: `Huyén`, `Thi xi`, `thj trân`, `Xi`."""
    words = fold(text).split(" ")
    original = text.split(" ")
    if len(original) != len(words):
        original = words
    for count in (2, 1):
        if len(words) <= count:
            continue
        head = " ".join(words[:count])
        rest = " ".join(original[count:]).strip(_EDGE)
        for word, kind in _OF_WORDS[count] if rest else ():
            near = OSA.distance(head, word, score_cutoff=2)
            if word == "xa":
                if len(head) == 2 and head[0] in "xk" and near == 1:
                    return Reading(rest, kind, 1.5)
            elif near <= (2 if " " in word else 1):
                return Reading(rest, kind, 1.0 * near)
    return None


def _without_authority(text: str) -> tuple[str, bool]:
    """`text` without a leading `UBND`, and whether there was one (a letter of it may be misread)."""
    folded = fold(text)
    found = _AUTHORITY.match(folded)
    if found:
        return _split_at(text, folded, found.end()), True
    head, _, rest = text.partition(" ")
    folded_head = fold(head).strip(_EDGE)
    if rest and len(folded_head) in (4, 5) and OSA.distance(folded_head, "ubnd") <= 1:
        return rest.strip(_EDGE), True
    return text, False


@lru_cache(maxsize=16384)
def read_name(raw: str) -> Written:
    """Takes a cell's text apart. Readings come with the most likely first."""
    text = squeeze(nfc(raw).replace("’", "'").replace("\n", " "))
    text = _parted(_ORDINAL.sub("", text).strip(_EDGE))
    text, ended = without_ended(text)
    part, text = part_of(text)
    text = type_first(text)
    text = _NOTE.sub("", text).strip(_EDGE) or text
    if not any(c.isalpha() for c in text):
        return Written(raw, "blank")
    if not part and is_total(text):
        return Written(raw, "total", (Reading(text, None),))
    if not part and is_agency(text) and not is_council(text):
        return Written(raw, "agency", (Reading(text, None),))
    head, within = lying_in(text)
    name, authority = _without_authority(head)
    if authority and (own := TYPE_WORDS.get(fold(name))):
        return Written(raw, "own", (Reading(name, own),))
    readings: list[Reading] = []
    typed = _exact_type(name)
    if typed:
        readings.append(typed[0])
        if not authority or typed[0].cost:
            readings.append(Reading(name, None, typed[1]))
    else:
        readings.append(Reading(name, None))
        damaged = _damaged_type(name)
        if damaged:
            readings.append(damaged)
    readings += [Reading(f"NT {m.group(1)}", r.type, r.cost) for r in readings if (m := _FARM.match(r.name))]
    noisy = [(r, found.group(1)) for r in readings if r.type and (found := _NOISE.match(r.name))]
    readings += [Reading(rest, r.type, r.cost + _NOISY) for r, rest in noisy]
    if number := _NUMBER_FIRST.match(squeeze(raw)):
        readings.append(Reading(f"{number.group(1)} {name}", None, _NUMBERED_NAME))
    kept = tuple(sorted((_unabridged(r) for r in readings if r.name), key=lambda r: r.cost))
    return Written(raw, "name", kept, within, part, ended=ended) if kept else Written(raw, "blank")


def _unabridged(reading: Reading) -> Reading:
    """The reading with a common short name written out (`TP.HCM`, `BR-VT`), and a number in figures where
    wards and urban districts are numbered (`Quận Nhất`)."""
    if reading.type not in _NUMBERED:
        full = _ALIASES.get(tight(reading.name))
    else:
        words = squeeze(reading.name).lower()
        known = _NUMBERS.get(words) or (None if has_marks(words) else _BARE_NUMBERS.get(words))
        full = None if reading.cost else known
    return Reading(full, reading.type, reading.cost) if full else reading
