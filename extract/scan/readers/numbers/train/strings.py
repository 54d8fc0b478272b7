"""Strings as these reports print them in number columns, and strings that are not numbers at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator

from extract.scan.readers.numbers.alphabet import REJECT, encode, plain

_GIBBERISH = 0.03  # of the strips: signs without sense
_WORDED = 0.15  # and those of words, up to this
_ROUND = 0.12  # of the numbers: few digits, again and again
_BASE = 10
_POINTS = 0.75  # of the grouped numbers; the rest with commas
_GROUP = 3  # digits
_LONGEST_NUMBER = 3  # digits
_COMMAS = 0.6  # of the decimals
_GROUPED_DECIMAL = 0.08
_DECIMAL_PERCENT = 0.65
_SPACED_PERCENT = 0.1
_PLUS = 0.35  # of the signed numbers
_SPACED_SIGN = 0.2
_LONGEST_PART = 4  # digits of a fraction's ends
_WHOLE_OF = 0.4  # of the fractions: both ends alike
_DAYS = 33  # one and two more than there are, so that order is not learnt
_MONTHS = 13
_FIRST_YEAR = 1990
_LAST_YEAR = 2036
_PADDED = 0.5  # of the dates: 01/02
_SHORT_DATE = 0.4
_DAY_MONTH = 0.7
_LARGEST_COLUMN = 30
_MOST_TERMS = 5
_TERMS_END = 4
_DOTTED_END = 0.35
_BRACKET_END = 0.1
_MOST_ORDINAL = 40
_ONSET = 0.88  # of the syllables
_MADE_UP = 0.7  # of the words
_WORD_ALONE = 0.5
_FIGURE_FIRST = 0.66
_FIGURE_LAST = 0.78
_LONE_SIGN = 0.88
_NEXT_KIND = 0.94
_SHORTEST_CODE = 6
_LONGEST_CODE = 15
_LONGEST_GIBBERISH = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """What to print, and the classes the network should answer."""

    text: str
    label: tuple[int, ...]


_MINUSES = "---–−"
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()  # noqa: SIM905
_RIMES = (  # noqa: SIM905
    "a à á ả ã ạ ai ài ải ao áo am ám an án ang àng anh ánh ac ác ạch at át âm ấm ân ấn ận âu ầu ấu ây ấy "
    "ăn ăng ằng ắt ặt e é em en ét ê ế ề ên ện êm ếp i í ị iên iện iết ích inh ình ình it ịch iêu iếu o ó "
    "oa oà oan oàn oá on ong ông ống ồng ộng ốc ốt ôn ồn ộ ồ ở ơ ờ ơn ới ợi ớp u ú ủ ụ ung ùng uc ục uyên "
    "uyện uyết uộc uông ướng ương ường ươi ười ưa ư ừ ứ ưu ươc ước y ý yên"
).split()
_WORDS = (  # noqa: SIM905
    "Không Đạt Tăng Giảm Có xã phường điểm hồ sơ bậc người Tổng số Cộng tháng quý năm Ghi chú ngày Đã Chưa "
    "trước hạn đúng hạn quá hạn"
).split()
_LONE = "ABCDEGHKLMNPRTUVYabcdeghkmnpqrtuvyđĐêâôưăơÂÊ*?!:;#&▲▼"


def draw(rng: Generator, tidy: bool = False) -> Sample:
    """One sample: 85 % numbers and their like, 12 % text to be rejected, 3 % empty cells.

    `tidy` leaves out what is there to be hard: signs in any order, blanks inside groups.
    """
    kind = rng.random()
    if kind < _GIBBERISH:
        return Sample("", ())
    if kind < _WORDED:
        return Sample(_text(rng), (REJECT,))
    text = _pick(rng, _TIDY if tidy else _FORMATS)(rng)
    return Sample(text, tuple(encode(plain(text))))


def _pick(
    rng: Generator, weighted: list[tuple[float, Callable[[Generator], str]]]
) -> Callable[[Generator], str]:
    point = rng.random() * sum(weight for weight, _ in weighted)
    for weight, make in weighted:
        point -= weight
        if point < 0:
            return make
    return weighted[-1][1]


def _digits(rng: Generator, count: int) -> str:
    """Random digits; sometimes only two different ones, so that runs (`1111`, `0,000`) are common."""
    if rng.random() < _ROUND:
        few = rng.integers(0, _BASE, 2)
        return "".join(str(few[k]) for k in rng.integers(0, 2, count))
    return "".join(str(d) for d in rng.integers(0, _BASE, count))


def _number(rng: Generator, longest: int = 5) -> str:
    count = int(rng.integers(1, longest + 1))
    text = _digits(rng, count)
    return text.lstrip("0") or "0"


def _grouped(rng: Generator) -> str:
    mark = "." if rng.random() < _POINTS else ","
    groups = int(rng.choice([1, 2, 3, 4], p=[0.74, 0.18, 0.06, 0.02]))
    head = _number(rng, _GROUP)
    return mark.join([head if head != "0" else "1", *(_digits(rng, _GROUP) for _ in range(groups))])


def _decimal(rng: Generator) -> str:
    mark = "," if rng.random() < _COMMAS else "."
    places = int(rng.choice([1, 2, 3, 4, 5], p=[0.36, 0.42, 0.14, 0.06, 0.02]))
    head = (
        _grouped(rng).replace(mark, "." if mark == "," else ",")
        if rng.random() < _GROUPED_DECIMAL
        else _number(rng, _LONGEST_NUMBER)
    )
    return head + mark + _digits(rng, places)


def _percent(rng: Generator) -> str:
    body = _decimal(rng) if rng.random() < _DECIMAL_PERCENT else _number(rng, _LONGEST_NUMBER)
    if rng.random() < 0.15:
        body = str(rng.choice(["100", "100,0", "100.00", "0", "0,00"]))
    return body + (" %" if rng.random() < _SPACED_PERCENT else "%")


def _signed(rng: Generator) -> str:
    sign = "+" if rng.random() < _PLUS else str(rng.choice(list(_MINUSES)))
    gap = " " if rng.random() < _SPACED_SIGN else ""
    return sign + gap + _pick(rng, [(2, _decimal), (1, _number), (1, _percent), (0.4, _grouped)])(rng)


def _fraction(rng: Generator) -> str:
    one = _number(rng, _LONGEST_PART)
    other = one if rng.random() < _WHOLE_OF else _number(rng, _LONGEST_PART)
    if rng.random() < 0.3:
        one = _decimal(rng)
    if rng.random() < 0.15:
        one, other = _grouped(rng), _grouped(rng)
    gap = " " if rng.random() < 0.06 else ""
    return f"{one}{gap}/{gap}{other}"


def _date(rng: Generator) -> str:
    day, month, year = (
        int(rng.integers(1, _DAYS)),
        int(rng.integers(1, _MONTHS)),
        int(rng.integers(_FIRST_YEAR, _LAST_YEAR)),
    )
    pad = rng.random() < _PADDED
    two = (lambda n: f"{n:02d}") if pad else str
    mark = str(rng.choice(["/", "/", "/", "-", "."]))
    parts = [two(day), two(month), str(year)]
    if rng.random() < _SHORT_DATE:
        parts = parts[:2] if rng.random() < _DAY_MONTH else parts[1:]
    return mark.join(parts)


def _parenthesised(rng: Generator) -> str:
    return (
        f"({_pick(rng, [(4, lambda r: _number(r, 2)), (1, _decimal), (1, _percent), (0.6, _signed)])(rng)})"
    )


def _formula(rng: Generator) -> str:
    terms = [str(n) for n in rng.integers(1, _LARGEST_COLUMN, int(rng.integers(2, _MOST_TERMS)))]
    if rng.random() < 0.5:
        terms = [f"({t})" for t in terms]
    gap = " " if rng.random() < 0.15 else ""
    text = terms[0] + gap + "=" + gap
    for at, term in enumerate(terms[1:]):
        text += (gap + str(rng.choice(list("++-/x"))) + gap if at else "") + term
    if rng.random() < 0.15:
        text += str(rng.choice(["x100", "*100".replace("*", "x"), "x100%", "/100"]))
    return text if rng.random() < 0.85 else f"({text})"


def _sum(rng: Generator) -> str:
    terms = [_number(rng, 3) for _ in range(int(rng.integers(2, _TERMS_END)))]
    return str(rng.choice(["+", "-", " + ", "-", "x", " - "])).join(terms)


def _lone(rng: Generator) -> str:
    marks = "- - - - – – — _ _ x x X 0 0 1 1 1 1 1 7 4 + % / ... -- = . ,".split()  # noqa: SIM905
    return str(rng.choice(marks))


def _broken(rng: Generator) -> str:
    """A number with a blank beside a mark, as a badly set column prints it (`1. 554`, `87 ,94`)."""
    text = _pick(rng, [(1, _grouped), (1, _decimal), (0.5, _percent)])(rng)
    at = [k for k, sign in enumerate(text) if sign in ".,"]
    if not at:
        return text
    k = int(rng.choice(at)) + int(rng.integers(0, 2))
    return text[:k] + " " + text[k:]


def _spaced(rng: Generator) -> str:
    """Thousands set apart by blanks (`1 250 000`), or two numbers in one cell."""
    if rng.random() < 0.5:
        return " ".join(
            [
                _number(rng, _LONGEST_NUMBER),
                *(_digits(rng, _LONGEST_NUMBER) for _ in range(int(rng.integers(1, _LONGEST_NUMBER)))),
            ]
        )
    first = _number(rng, _LONGEST_NUMBER)
    return f"{first} {_pick(rng, [(1, _parenthesised), (1, _number), (1, _decimal)])(rng)}"


def _padded(rng: Generator) -> str:
    return "0" + _number(rng, 2)


def _ordinal(rng: Generator) -> str:
    parts = [str(n) for n in rng.integers(1, _MOST_ORDINAL, int(rng.integers(1, _TERMS_END)))]
    return ".".join(parts) + (
        "." if rng.random() < _DOTTED_END else ")" if rng.random() < _BRACKET_END else ""
    )


def _anything(rng: Generator) -> str:
    """Any signs in any order: the network must not lean on what numbers usually look like."""
    signs = list("0123456789" * 3 + ".,%/+-()=x")
    return "".join(rng.choice(signs, int(rng.integers(1, _LONGEST_GIBBERISH))))


def _long(rng: Generator) -> str:
    return _digits(rng, int(rng.integers(_SHORTEST_CODE, _LONGEST_CODE)))


_FORMATS: list[tuple[float, Callable[[Generator], str]]] = [
    (17, _number),
    (13, _grouped),
    (20, _decimal),
    (13, _percent),
    (9, _signed),
    (5, _fraction),
    (3, _date),
    (4, _parenthesised),
    (3, _formula),
    (1, _sum),
    (10, _lone),
    (2, _broken),
    (1.5, _spaced),
    (2, _padded),
    (3, _ordinal),
    (5, _anything),
    (1, _long),
]


_TIDY = [(weight, make) for weight, make in _FORMATS if make not in (_anything, _broken, _spaced, _long)]


def _syllable(rng: Generator) -> str:
    return (str(rng.choice(_ONSETS)) if rng.random() < _ONSET else "") + str(rng.choice(_RIMES))


def _words(rng: Generator, most: int = 3) -> str:
    words = [
        _syllable(rng) if rng.random() < _MADE_UP else str(rng.choice(_WORDS))
        for _ in range(int(rng.integers(1, most)))
    ]
    text = " ".join(words)
    return rng.choice([text, text.capitalize(), text.title(), text.upper()])  # type: ignore[no-any-return]


def _text(rng: Generator) -> str:
    """Ink that is not a number: words, words with figures, lone letters, Roman numerals, a) b)."""
    kind = rng.random()
    if kind < _WORD_ALONE:
        return _words(rng)
    if kind < _FIGURE_FIRST:
        return f"{_number(rng, _LONGEST_NUMBER)} {_words(rng, _LONGEST_NUMBER)}"
    if kind < _FIGURE_LAST:
        return (
            f"{_words(rng, _LONGEST_NUMBER)} {_pick(rng, [(1, _number), (1, _decimal), (1, _percent)])(rng)}"
        )
    if kind < _LONE_SIGN:
        return str(rng.choice(list(_LONE))) + str(rng.choice(["", "", ")", ".", str(rng.integers(1, 9))]))
    if kind < _NEXT_KIND:
        return str(
            rng.choice(["II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "A.I", "B.II", "II.1", "IV."])
        )
    return _number(rng, _LONGEST_NUMBER) + str(rng.choice(["đ", "a", "b", "kg", "m2", "h", "đ/m", "B", "A"]))
