"""The row that numbers the columns (`(1) (2) (3)=(1)+(2)`, `A B 1 2`): which row is one, its marks put right,
and what it declares: `5=6+7`, `(9)=(8)/(6)`, `7=5/3*100%`."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"^\W*\(?\s*(\d{1,2})\s*\)?")
_SHAPE = re.compile(r"^\(?(\d{1,2})\)?=(.+)$")
_TERM = re.compile(r"([+-]?)\(?(\d{1,2})\)?(?=$|[+\-/:*x])")
_TIMES = re.compile(r"[*x×]100%?$|[*x×]100")

_MARK = r"\(?\s*(?:\d{1,2}|[a-zđ])\s*\)?"
_NUMBERING = re.compile(
    rf"^(?P<mark>{_MARK})\s*(?:=\s*[\d\s()\[\]+\-–*x×:/.,%÷]+|(?:\s?[+-]\s?\(?\d{{1,2}}\)?)+)?$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"^\(?\d{1,2}\)?=\(?\d{1,2}\)?[+\-/:*x×]")
_LONGEST_MARK = 24  # letters of a column's number with its formula, `(9)=((7)+(8))/(6)*100`
_FEWEST_MARKS = 3
_FEWEST_AMONG_OTHERS = 5  # marks that count, where others are no marks at all
_MOST_LETTERS, _SIGN = 2, re.compile(r"[()=]")  # of a mark misread: `lO`, `50J=ỤF (5)`
_ONE_IN, _ONE_IN_STATED = 5, 3  # marks may be misread
_LAST_FIRST = 3  # the first column's number at most: unnumbered ones may stand before it


@dataclass(frozen=True, slots=True)
class Formula:
    """Columns by their printed numbers: `target = sum(parts) / sum(whole)`, signs in the pairs."""

    target: int
    parts: tuple[tuple[int, int], ...]
    whole: tuple[tuple[int, int], ...] = ()


def column_number(mark: str) -> int | None:
    """The number a mark gives its own column: 5 of `5=6+7`, 9 of `(9)`."""
    match = _NUMBER.match(mark)
    return int(match[1]) if match else None


def read_formula(mark: str) -> Formula | None:
    """The formula of a mark, or None when it has none or one of another shape."""
    text = re.sub(r"[\s\[\]]", "", mark).replace("–", "-").replace("−", "-").replace("÷", "/").lower()
    shape = _SHAPE.match(text)
    if not shape:
        return None
    body = _TIMES.sub("", shape[2]).rstrip("%")
    top, _, bottom = body.replace(":", "/").partition("/")
    parts, whole = _terms(top), _terms(bottom) if bottom else ()
    if not parts or (bottom and not whole):
        return None
    return Formula(int(shape[1]), parts, whole)


def _terms(text: str) -> tuple[tuple[int, int], ...]:
    """Signed column numbers of a sum; () when anything is left over."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")") and re.search(r"[+\-]", text):
        text = text[1:-1]
    found = list(_TERM.finditer(text))
    if "".join(m.group() for m in found) != text:
        return ()
    return tuple((int(m[2]), -1 if m[1] == "-" else 1) for m in found)


def declared(
    marks: Sequence[str],
) -> list[tuple[int, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    """The formulas of a numbering row, by column index: (target, parts, whole).

    A formula that names a column that is not there is left out.
    """
    by_number: dict[int, int] = {}
    for col, mark in enumerate(marks):
        number = column_number(mark)
        if number is not None:
            by_number.setdefault(number, col)
    out = []
    for col, mark in enumerate(marks):
        formula = read_formula(mark)
        if formula is None:
            continue
        named = [n for n, _ in (*formula.parts, *formula.whole)]
        if all(n in by_number for n in named):
            parts = tuple((by_number[n], s) for n, s in formula.parts)
            out.append((col, parts, tuple((by_number[n], s) for n, s in formula.whole)))
    return out


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: `(1) (2) (3)=(1)+(2)`, `A B 1 2 3 5=6+7`.

    The figures count their columns up from left to right; one of five may be misread, and up to half of a
    row of brackets. A row of data does not: between its number and its figures stands what it is about
    (`1 | Xã A | 2 | 3 | 4`), or they count on from elsewhere (`1 | x1 | 11 | 12 | 13`).
    """
    texts = [t for i, t in enumerate(texts) if i == 0 or t != texts[i - 1] or not t]
    filled = [t for t in texts if t]
    if len(filled) < _FEWEST_MARKS or len(filled) * 2 < len(texts):
        return False
    marks = [_NUMBERING.match(t) for t in filled]
    if _counts_with_formula(filled):
        return True
    if sum(m is None for m in marks) > len(filled) // _ONE_IN:
        return _counts_in_brackets(filled)
    found = [(place, int(d)) for place, m in enumerate(marks) if m and (d := re.sub(r"\D", "", m["mark"]))]
    if len(found) < 2 or found[0][1] > _LAST_FIRST:
        return False
    if any(m is None and _is_word(filled[place]) for place, m in enumerate(marks) if place > found[0][0]):
        return False
    columns = [column for column, text in enumerate(texts) if text]
    wrong = sum(b - a not in (q - p, columns[q] - columns[p]) for (p, a), (q, b) in itertools.pairwise(found))
    offset = Counter(number - place for place, number in found).most_common(1)[0][0]
    return offset <= _LAST_FIRST and wrong <= min((len(found) - 1) // _ONE_IN, len(found) - 2)


def _is_word(text: str) -> bool:
    """Whether a text has too many letters for a column's number misread, and no sign of one."""
    return sum(ch.isalpha() for ch in text) > _MOST_LETTERS and not _SIGN.search(text)


# One way to read each sign: a pattern with two takes for ever where a text fits but for its last letters.
_PART = re.compile(r"^(?=.*[()=])(?:(?<!\d)(?:\d{1,2}|100)(?!\d)|[()\[\]=+\-–*x×:/%÷\s])+$", re.IGNORECASE)

_HALF_UNIT = re.compile(r"^\(\d{1,3}$")


def is_part_of_numbering(texts: Sequence[str]) -> bool:
    """Whether texts are pieces of a row of column numbers that narrow cells broke over lines: `(3)=(4)` over
    `(1) (2) (4)` over `+(5)`. Bracketed small figures are such pieces, too: ask only over a body. A unit in
    brackets (`(%)` under `Tỷ lệ`) is none, nor is the first half of one (`(18` over `điểm)`)."""
    if all(_HALF_UNIT.match(text) for text in texts if text):
        return False
    return any(c.isdigit() for text in texts for c in text) and all(_PART.match(t) for t in texts if t)


def _counts_in_brackets(filled: Sequence[str]) -> bool:
    """Whether at least half of the texts, and no less than three, count their own place in brackets: a row of
    column numbers of which a reader got the rest wrong (`q) (2) (3) 4) (@) (6) Œ)`). Where others have lost
    their brackets, too, it takes five."""
    if any(len(t) > _LONGEST_MARK for t in filled):
        return False
    firsts = [int(m[1]) if (m := re.match(r"\(?(\d{1,2})\)", t)) else None for t in filled]
    places = Counter(figure - place for place, figure in enumerate(firsts) if figure is not None)
    if not places:
        return False
    offset, count = places.most_common(1)[0]
    fewest = _FEWEST_MARKS if all(re.search(r"[()]", t) for t in filled) else _FEWEST_AMONG_OTHERS
    return 0 <= offset <= _LAST_FIRST and count >= fewest and count * 2 >= len(filled)


def _counts_with_formula(filled: Sequence[str]) -> bool:
    """Whether one text is a sum of column numbers (`5=6+7`) and at least half of all count their own place,
    no less than five: a row of column numbers however the rest was read."""
    if not any(_FORMULA.match(text) for text in filled) or any(len(t) > _LONGEST_MARK for t in filled):
        return False
    firsts = [column_number(text) for text in filled]
    places = Counter(figure - place for place, figure in enumerate(firsts) if figure is not None)
    offset, count = places.most_common(1)[0]
    return 0 <= offset <= _LAST_FIRST and count >= _FEWEST_AMONG_OTHERS and count * 2 >= len(filled)


_COLUMN_MARK = re.compile(r"^(?P<open>\(?)(?P<figure>\d{1,2})(?P<close>\)?)(?:\s*=.*)?$")
_LONGEST_MISREAD = 4  # letters of a misread mark, brackets included (`(a)`, `q)`, `(@)`)
_LONGEST_TORN = 5  # the same in a row that counts its places: longer ones are formulas that lost their sign


def mend_column_numbers(texts: Sequence[str]) -> list[str]:
    """The marks of a row that numbers the columns, with those put right that were misread: between two that
    count as many on as they stand apart (`(1) (a) (3)`), in the brackets of the one before; and wherever they
    stand (`(2 (3) (4) 6}`) where at least three and half of the row count their own places. Formulas stay,
    and so does a longer text unless most of the row counts its own place."""
    marks = [_COLUMN_MARK.match(text) for text in texts]
    places = [(i, int(mark["figure"])) for i, mark in enumerate(marks) if mark]
    stated = _counts_with_formula([text for text in texts if text])
    offset = _own_places(places, sum(map(bool, texts)) if stated else len(texts), stated)
    mended = _mended_between(texts, marks)
    if offset is None:
        return mended
    style = Counter((m["open"], m["close"]) for m in marks if m).most_common(1)[0][0]
    for i, text in enumerate(mended):
        if text and "=" not in text and i + offset > 0 and len(text) <= _LONGEST_TORN:
            mended[i] = f"{style[0]}{i + offset}{style[1]}"
        elif "=" in text and (mark := marks[i]) and int(mark["figure"]) != i + offset > 0:
            mended[i] = f"{style[0]}{i + offset}{style[1]}{text[text.index('=') :]}"
    return mended


def _mended_between(texts: Sequence[str], marks: Sequence[re.Match[str] | None]) -> list[str]:
    """The marks of a row, misread ones between two that count on put right."""
    known = [i for i, mark in enumerate(marks) if mark]
    counted = _counts_in_brackets([text for text in texts if text])
    mended = list(texts)
    for i, text in enumerate(texts):
        before = max((k for k in known if k < i), default=None)
        after = min((k for k in known if k > i), default=None)
        if marks[i] or not text or "=" in text or before is None or after is None:
            continue
        if len(text) > (_LONGEST_MARK if counted else _LONGEST_MISREAD):
            continue
        first, last = marks[before], marks[after]
        if first and last and int(last["figure"]) - int(first["figure"]) == after - before:
            mended[i] = f"{first['open']}{int(first['figure']) + i - before}{first['close']}"
    return mended


def _own_places(figures: Sequence[tuple[int, int]], n_columns: int, stated: bool = False) -> int | None:
    """What most marks (place, figure) of a row are ahead of their places, where three and half of the row
    agree and hardly any other says otherwise, else None. In a row with a formula, `stated`, more may."""
    ahead = Counter(figure - place for place, figure in figures)
    if not ahead:
        return None
    offset, count = ahead.most_common(1)[0]
    others = len(figures) - count
    may_be_wrong = others * (_ONE_IN_STATED if stated else _ONE_IN) <= len(figures)
    sure = count >= _FEWEST_MARKS and count * 2 >= n_columns and may_be_wrong
    return offset if sure and abs(offset) <= _LAST_FIRST else None
