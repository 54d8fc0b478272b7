"""Row numbers put right by their run: `I` read as `l`, `II` as `H`, a `7` between 6 and 8 read as `1`.

OCR misreads ordinals more than anything else in a table (they are one or two strokes wide), and they tell
most about themselves: each follows from the ones above. A column is read as the cheapest walk in which
every cell is either what was read or what its place in the run asks for and its ink allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.lookalikes import strokes
from normalize.ordinals import RANK, ROMAN
from normalize.unicode import fold

_WHOLE = re.compile(r"\(?(\d{1,4})[.)]?\)?")
_CAPITAL = re.compile(r"[A-ZĐ]")
_OTHER = re.compile(r"\(?\w{1,2}(?:\.\d{1,3})*[.)]?\)?|\d+(?:\.\d+)+\.?|[-+–]")

# Costs in nats. A break in the run is dearer than a change the ink allows, cheaper than one it does not.
_BREAK, _ALLOWED, _FORCED = 3.0, 1.2, 4.5
_FIRST = 1.5  # more, for the first Roman numeral of a column that has shown none
_BEAM = 24
# Letters from which a column may be an alphabet, their share of its texts, the share of steps that rise.
_LEAST_LETTERS, _LETTERS, _RISING = 5, 0.6, 0.8


@dataclass(frozen=True, slots=True)
class _Walk:
    """A reading of the rows so far: its cost, the last Roman and Arabic numbers, what each row says."""

    cost: float
    roman: int
    arabic: int
    said: tuple[str, ...]


def as_roman(text: str) -> str:
    """The Roman numeral that a misread text may have been, '' for none: `H` → `II`, `IH` → `III`."""
    bare = text.strip(" .,:;'`_-")
    shape = strokes(bare)
    return shape if shape in RANK else ""


def mend_ordinals(texts: Sequence[str], sure: Sequence[bool] | None = None) -> list[str]:
    """The ordinals of a column, each as read or as its run asks for.

    Only whole numbers and Roman numerals are put right; everything else (`1.1`, `a)`, blanks) is passed
    through. A column whose run is no clearer than its readings comes back as it is. What was read surely
    (`sure`) and is an ordinal or a letter as it stands is one; the run goes on from it.
    """
    if _is_alphabet(texts):
        return list(texts)
    walks = [_Walk(0.0, 0, 0, ())]
    for n, text in enumerate(texts):
        kept = sure is not None and sure[n] and _stands(text)
        steps = (lambda walk, read: [_as_read(walk, read)]) if kept else _steps
        walks = _pruned([after for walk in walks for after in steps(walk, text)])
    best = min(walks, key=lambda w: w.cost)
    if best.cost >= _cost_as_read(texts) - 1.0:
        return list(texts)
    return [
        said if _confirmed(texts, best.said, n) else text
        for n, (text, said) in enumerate(zip(texts, best.said))
    ]


def _is_alphabet(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows by letters (`A`, `B`, ... of the kinds of industry): its `I` is no
    one, its `N` no two."""
    filled = [text.strip(" .)(") for text in texts if text.strip()]
    letters = [text for text in filled if len(text) == 1 and text.isalpha()]
    if len(letters) < _LEAST_LETTERS or len(letters) < _LETTERS * len(filled):
        return False
    rising = sum(fold(a) <= fold(b) for a, b in pairwise(letters))
    others = sum(letter.upper() not in "IVXL" for letter in letters)
    return rising >= _RISING * (len(letters) - 1) and 2 * others >= len(letters)


def _stands(text: str) -> bool:
    """Whether a text is a number, a Roman numeral of more than a stroke, or a capital, as it stands."""
    bare = text.strip().strip(".")
    return (
        bool(_WHOLE.fullmatch(text.strip()))
        or (bare in RANK and bare != "I")
        or bool(_CAPITAL.fullmatch(bare))
    )


def _confirmed(texts: Sequence[str], said: Sequence[str], at: int) -> bool:
    """Whether a change is borne out by its neighbours: the number before it and the one after it, as read;
    for a Roman numeral the one before or after it in the column."""
    if said[at] == texts[at]:
        return True
    if said[at] in RANK:
        near = {ROMAN[n - 1] for n in (RANK[said[at]] - 1, RANK[said[at]] + 1) if 1 <= n <= len(ROMAN)}
        return any(text.strip(" .") in near for text in said)
    number = int(said[at])
    above = [n for n in range(at - 1, -1, -1) if said[n].strip()][:2]
    before = said[above[0]].strip(" .()") if above else ""
    after = next((n for n in range(at + 1, len(said)) if said[n].strip()), None)
    follows = before == str(number - 1) or (number == 1 and (not before or before in RANK))
    if after is not None and said[after].strip(" .") not in RANK:
        return follows and said[after].strip(" .()") == str(number + 1) and said[after] == texts[after]
    run = [said[n].strip(" .()") for n in above if said[n] == texts[n]]
    return run == [str(number - 1), str(number - 2)]


def _pruned(walks: list[_Walk]) -> list[_Walk]:
    """The cheapest walk to each state, and of those the cheapest few."""
    kept: dict[tuple[int, int], _Walk] = {}
    for walk in sorted(walks, key=lambda w: w.cost):
        kept.setdefault((walk.roman, walk.arabic), walk)
    return list(kept.values())[:_BEAM]


def _steps(walk: _Walk, text: str) -> list[_Walk]:
    bare = text.strip()
    if not bare:
        return [_Walk(walk.cost, walk.roman, walk.arabic, (*walk.said, text))]
    steps = [_as_read(walk, text)]
    roman = as_roman(bare)
    if roman and RANK[roman] == walk.roman + 1 and roman != bare.rstrip("."):
        # The first section stands above the first numbered row.
        first = 0.0 if walk.roman else _FIRST + (0.3 if walk.arabic else 0.0)
        steps.append(_Walk(walk.cost + _ALLOWED + first, walk.roman + 1, walk.arabic, (*walk.said, roman)))
    elif walk.roman and _may_be_next_roman(bare, walk.roman):
        wanted = ROMAN[walk.roman]
        steps.append(_Walk(walk.cost + _FORCED / 2, walk.roman + 1, walk.arabic, (*walk.said, wanted)))
    wanted = str(walk.arabic + 1)
    allowed = _ink_allows(bare, wanted)
    if wanted != bare.strip("().") and (allowed or _is_odd(bare)):
        cost = _ALLOWED if allowed else _FORCED
        steps.append(_Walk(walk.cost + cost, walk.roman, walk.arabic + 1, (*walk.said, wanted)))
    return steps


def _may_be_next_roman(bare: str, last: int) -> bool:
    """Whether strokes that make no numeral as they stand may be the one after `last`."""
    if last >= len(ROMAN) or len(bare) > 4 or _WHOLE.fullmatch(bare) or bare.rstrip(".") in RANK:
        return False
    return _like_strokes(bare)


def _as_read(walk: _Walk, text: str) -> _Walk:
    bare = text.strip().strip(".")
    said = (*walk.said, text)
    if bare in RANK:
        new = RANK[bare]
        follows = new == walk.roman + 1
        return _Walk(walk.cost + (0.0 if follows else _BREAK), new, walk.arabic, said)
    if whole := _WHOLE.fullmatch(text.strip()):
        number = int(whole[1])
        # Numbers run on through sections or start at 1 again after each; elsewhere a 1 is a small break.
        starts = number == 1 and (not walk.said or walk.said[-1].strip(" .") in RANK)
        cost = 0.0 if starts or number == walk.arabic + 1 else 0.4 if number == 1 else _BREAK
        return _Walk(walk.cost + cost, walk.roman, number, said)
    return _Walk(walk.cost + (_BREAK if _is_odd(text) else 0.0), walk.roman, walk.arabic, said)


def _is_odd(text: str) -> bool:
    """Whether a text is no ordinal of any kind, or only strokes."""
    bare = text.strip().strip(".")
    if _WHOLE.fullmatch(text.strip()) or bare in RANK:
        return False
    return not _OTHER.fullmatch(text.strip()) or (len(bare) <= 3 and _like_strokes(bare))


def _cost_as_read(texts: Sequence[str]) -> float:
    walk = _Walk(0.0, 0, 0, ())
    for text in texts:
        walk = _as_read(walk, text) if text.strip() else walk
    return walk.cost


def _like_strokes(text: str) -> bool:
    """Whether a text could be the strokes of a Roman numeral: no letter that is written otherwise."""
    return bool(strokes(text)) or not text


# Digits that OCR takes for one another, and signs it takes for digits.
_LOOKALIKE = (
    "1lLI|i!]['7tÌÍj", "2Z7", "3B8S", "4A9", "5S6s", "6Gb58ó", "7T1?/", "8B36&", "9gq4", "0OoQDö",
)  # fmt: skip


def _ink_allows(read: str, wanted: str) -> bool:
    """Whether `wanted` may have been read as `read`: same length, each sign a known lookalike, at most one
    of two or more digits wrong (of ones alone all may be: `LI` for `11`). A rule beside it may have been read
    as one more stroke (`101` for `10`), and of two strokes one be lost (`I` for `11`)."""
    read = read.strip("().,;:'` ")
    if len(wanted) > 1 and read[:-1] == wanted and read[-1] in _LOOKALIKE[0]:
        return True
    if wanted == "11" and len(read) == 1 and read in _LOOKALIKE[0]:
        return True
    if len(read) != len(wanted):
        return False
    wrong = [(a, b) for a, b in zip(read, wanted) if a != b]
    if len(wrong) > max(1, len(wanted) - 1) and set(wanted) != {"1"}:
        return False
    return all(any(a in group and b in group for group in _LOOKALIKE) for a, b in wrong)
