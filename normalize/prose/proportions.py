"""Shares that a sentence tells with their parts: `trong 35 dự án, 21 dự án đã hoàn thành (đạt 60%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.prose.claims import Claim, Clauses, counts_before
from normalize.prose.figures import Figure

_SAYS_SHARE = re.compile(
    r"\b(?:chiem|dat|bang|tuong ung|tuong duong|t[yi] le(?: [a-z]+){0,4})(?: (?:t[yi] le|khoang|la|gan|hon))*"
    r"\s*:?\s*$"
)
_RATE_OF = re.compile(r"^[^.;]{0,30},\s*(?:chiem |dat )?t[yi] le (?P<what>[a-z ]+?)\s*(?:la|dat|:)?\s*$")
_WORD = re.compile(r"[a-z]{2,}")
_EMPTY = frozenset(("tong", "so", "cac", "cua", "tren", "toan", "duoc", "trong", "va", "ca", "nay", "noi"))
_LEADING = frozenset(("tong", "cua", "so"))
_ENDS = re.compile(r"[,;.():]|\b(?:va|trong do|tang|giam|con|so voi)\b")
_OF_ALL = re.compile(r"\b(?:trong|tren)(?: (?:tong )?so)?\s*$")
_FURTHEST = 70  # letters between a part and its share
_NOUN_WORDS, _SUBJECT_LETTERS = 6, 60  # of what a figure counts, behind it and before it
_CLAUSE = re.compile(r"[,;.(](?!\d)")
_FEWEST_NAMED = 2  # words that name a whole, the last of which may be its noun


def find(clauses: Clauses) -> Iterator[Claim]:
    """Each share of a figure said right before it, with what it may be a share of."""
    for share in clauses.figures:
        if share.unit != "percent" or share.role not in ("share", "value") or share.value.of is not None:
            continue
        opens = clauses.key[: share.start].rstrip().endswith("(")
        if not opens and not _SAYS_SHARE.search(clauses.key[: share.start]):
            continue
        before = counts_before(clauses, share.start)
        if not before or share.start - before[0].end > _FURTHEST:
            continue
        part = before[0]
        wholes = tuple(f for f in before[1:] if f.unit == part.unit or not f.unit or not part.unit)
        phrase = whole_of(clauses, share)
        named = [f for f in before[1:] if names(phrase, words_of(clauses, f)) or _repeats(clauses, share, f)]
        named += [f for f in wholes if not phrase and _opens_shares(clauses, f, part)]
        named += _of_like(clauses, share, part, wholes) if not named and not phrase else []
        if part.value.of is None or named:
            first = named[0] if named else None
            yield Claim("share", share, ((part, 1),), wholes, first, phrase=tuple(phrase))


def _of_like(clauses: Clauses, share: Figure, part: Figure, wholes: Sequence[Figure]) -> list[Figure]:
    """`kiểm tra 260 công trình, phát hiện 39 công trình vi phạm, tỷ lệ vi phạm 15%`: a rate named as its part
    is, of the one figure that counts the same."""
    rate = _RATE_OF.search(clauses.between(part, share))
    words = telling(rate["what"]) if rate else []
    alike = [f for f in wholes if clauses.noun(f) and clauses.noun(f) == clauses.noun(part)]
    return alike if len(alike) == 1 and words and words_of(clauses, part).issuperset(words) else []


def _opens_shares(clauses: Clauses, whole: Figure, part: Figure) -> bool:
    """Whether words say that what follows are parts of a figure (`trong 200 hộ được hỏi, 96 hộ ...`)."""
    if clauses.noun(whole) != clauses.noun(part) or ";" in clauses.between(whole, part):
        return False
    return bool(_OF_ALL.search(clauses.key[: whole.start]))


def whole_of(clauses: Clauses, share: Figure) -> list[str]:
    """The telling words behind a share that say what it is a share of; none where nothing does."""
    tail = _ENDS.split(clauses.key[share.end :], maxsplit=1)[0]
    return telling(tail)


def _repeats(clauses: Clauses, share: Figure, whole: Figure) -> bool:
    """Whether the words behind a share open the clause of a figure (`đạt 90% dân số`, `dân số là 1.200`)."""
    tail = _ENDS.split(clauses.key[share.end :], maxsplit=1)[0].split()
    while tail and tail[0] in _LEADING:
        tail.pop(0)
    start = max((m.end() for m in _CLAUSE.finditer(clauses.key, 0, whole.start)), default=0)
    before = clauses.key[start : whole.start]
    return len(tail) >= _FEWEST_NAMED and bool(re.search(rf"\b{re.escape(' '.join(tail))}\b", before))


def telling(key: str) -> list[str]:
    """The words of folded text that name something."""
    return [w for w in _WORD.findall(key) if w not in _EMPTY]


def words_of(clauses: Clauses, figure: Figure) -> frozenset[str]:
    """The words round a figure: of its clause before it, and the first behind it."""
    start = max((m.end() for m in _CLAUSE.finditer(clauses.key, 0, figure.start)), default=0)
    before = clauses.key[max(start, figure.start - _SUBJECT_LETTERS) : figure.start]
    tail = _ENDS.split(clauses.key[clauses.printed_end(figure) :], maxsplit=1)[0]
    return frozenset((*_WORD.findall(before), *_WORD.findall(tail)[:_NOUN_WORDS]))


def names(phrase: list[str], words: frozenset[str]) -> bool:
    """Whether a phrase names the figure that stands among some words."""
    return len(phrase) >= _FEWEST_NAMED and words.issuperset(phrase)
