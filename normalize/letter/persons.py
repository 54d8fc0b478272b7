"""Names of persons as they stand under a signature: degrees and ranks apart, a stamp's ring over the first
letter."""

from __future__ import annotations

import re
from functools import cache

from normalize.lexicon import entries
from normalize.unicode import fold, nfc, squeeze

_SYLLABLE = re.compile(
    r"^[A-ZĐÀ-Ỹ][a-zà-ỹđ]{0,6}$|^[A-ZĐÀ-Ỹ]{2,7}$|^[A-ZĐÀ-Ỹ][a-zà-ỹđ]?['’][A-ZĐÀ-Ỹa-zà-ỹđ]{1,8}$"
)
_DEGREES = re.compile(
    r"^(?:(?:TS|ThS|BS|BSCK|BSCKI|BSCKII|CKI|CKII|CK1|CK2|PGS|GS|KS|CN|DS|LS|NGND|NGƯT|TTND|TTƯT|TSKH)"
    r"(?:\s*\.\s*|\s+)"
    r"|(?:[A-ZĐ][A-Za-z0-9ĐƯ]{0,5}\.)+\s*"  # also one read with a slip: `PG5.TS.`
    r"|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)\s*[.,]?\s+"
    r"|(?:Luật sư|Linh mục|Hòa thượng|Thượng tọa)\s+)+"
    r"(?=[A-ZĐÀ-Ỹ])"
)
_SCRAPS = re.compile(r"^(?:[^A-ZĐÀ-Ỹa-zà-ỹđ\d]+|[a-z]\s+)(?=[A-ZĐÀ-Ỹ])")
# The ring of a seal lies over the beginning of the name (Nghị định 30/2020/NĐ-CP: it covers a third of the
# signature, on its left): of the first letter a stroke is left, or nothing.
_STROKES = re.compile(r"^(?:\S{1,2}\s+)?(?P<tail>[a-zà-ỹđ]{1,7})(?=\s)")
_FEWEST, _MOST = 2, 5  # syllables of a name
_LEAST_LETTERS = 5


# Capitalized words that stand in the place of a name and are none, and middle names.
_NO_NAME = re.compile(
    r"(?:phu luc|phu bieu|chu tich|noi nhan|kinh (?:gui|te|phi)|can (?:cu|bo)|quan ly|van (?:phong|ban|thu)"
    r"|ho (?:so|ten)|thanh (?:tra|pho)|to (?:trinh|truong|chuc)|ban (?:hanh|sao)|bo truong|giao duc|tai chinh"
    r"|cong an|dan toc|thi (?:xa|tran)|tinh|huyen|dang ky|an ninh|vi tri|nguoi (?:ky|lap)|ngay ky|quoc hoi"
    r"|cao dang|bao cao)\b"
)
_MIDDLE = frozenset(
    ("van", "thi", "duc", "huu", "quang", "minh", "xuan", "ngoc", "dinh", "cong", "ba", "the", "trong")
)


@cache
def _surnames() -> dict[str, str]:
    """Family names by their folded letters; the first spelling of those that fold alike."""
    found: dict[str, str] = {}
    for name, _ in entries("surnames"):
        found.setdefault(fold(name), nfc(name))
    return found


@cache
def _spelled() -> frozenset[str]:
    return frozenset(nfc(name) for name, _ in entries("surnames"))


def person_in(text: str) -> str:
    """The person's name that a line is, in its usual case; '' where it is none.

    A name has two to five capitalized syllables, a family name first. Its first letter may lie under a
    stamp's ring where only one family name ends so.
    """
    line = _DEGREES.sub("", _SCRAPS.sub("", squeeze(nfc(text)).strip("*_ .")))
    words = _undivided(line.split())
    if _is_name(words):
        named = [w.capitalize() if w.isupper() and len(w) > 1 else w for w in words]
        return " ".join([_family(named[0]), *named[1:]])
    return _with_first_letter(line)


def _undivided(words: list[str]) -> list[str]:
    """The words, a family name whole through which a stamp's ring goes (`Ph an Đình`)."""
    if len(words) > _FEWEST and words[1].islower() and words[0] + words[1] in _spelled():
        return [words[0] + words[1], *words[2:]]
    return words


def _family(word: str) -> str:
    """A family name with marks that none has (`Nguyển`) as the one that has its letters."""
    if word in _spelled() or fold(word) == word.lower():
        return word
    alike = [name for name in sorted(_spelled()) if fold(name) == fold(word)]
    return alike[0] if len(alike) == 1 else word


def _is_name(words: list[str]) -> bool:
    if not _FEWEST <= len(words) <= _MOST or not all(_SYLLABLE.match(w) and w[0].isupper() for w in words):
        return False
    letters = sum(c.isalpha() for word in words for c in word)
    if letters < _LEAST_LETTERS or _NO_NAME.match(fold(" ".join(words))):
        return False
    first = re.split(r"['’]", words[0])[0].capitalize()
    if first in _spelled():
        return True
    bare = fold(" ".join(words)) == " ".join(words).lower()
    return fold(first) in _surnames() and (bare or _goes_on_as_name(words))


def _goes_on_as_name(words: list[str]) -> bool:
    """Whether a name whose first word's marks were misread goes on as names do."""
    return len(words) > _FEWEST and (fold(words[1]) in _MIDDLE or words[1].capitalize() in _spelled())


def _with_first_letter(line: str) -> str:
    """`i ò Thị Hoa` and `iàng A Chống` with the family name that alone ends so."""
    found = _STROKES.match(line)
    rest = line[found.end() :].split() if found else []
    if found is None or not _FEWEST <= len(rest) + 1 <= _MOST or not all(_SYLLABLE.match(w) for w in rest):
        return ""
    tail = found["tail"]
    if not tail.islower():  # a whole word: the family name before it was not read at all
        return ""
    whole = [name for name in _spelled() if name[1:] == tail]  # of the letter nothing is left
    if not whole and len(tail) > 1:
        whole = [name for name in _spelled() if name[1:] == tail[1:]]  # a stroke of it
    if len(whole) != 1 or fold(tail) == tail:  # without a mark too many end so
        return ""
    return " ".join([whole[0], *rest])
