"""Words that OCR read as one (`capcho` for `cấp cho`) taken apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from normalize.diacritics.channel import Scored
from normalize.diacritics.spelling import UNKNOWN
from normalize.diacritics.tokens import Token

# Two words of two letters and three; more than four words never ran together.
_SHORTEST, _LONGEST, _LEAST_PART = 5, 16, 2
# What a blank that was not read costs, and how well both words must be read for it.
_BLANK, _LEAST_READ = -6.0, -4.0
_READ_WELL = -7.0  # a word that was read so is one
_PAIRED = 4  # of each word's candidates, the likeliest of which one must have been met behind another
_ALONE = 0.5  # how much counts how often a word is met

Read = Callable[[str], Scored]
Met = Callable[[Sequence[int], Sequence[int]], bool]


def taken_apart(
    tokens: Sequence[Token], whole: Callable[[Token], Scored], read: Read, alone: Sequence[float], met: Met
) -> list[Token]:
    """`tokens`, those that two words read as one explain better as two, if one was ever met behind the other
    (`laptop` is no `lập tóp`). `whole` are a token's candidates, `read` what any letters may have been."""
    out: list[Token] = []
    for token in tokens:
        cut = 0
        if token.kind == "word" and not token.tail and _may_be_two(token.text):
            cut = _cut(token.text, whole(token), read, alone, met)
        if not cut:
            out.append(token)
            continue
        middle = token.start + cut
        out.append(replace(token, end=middle, text=token.text[:cut]))
        out.append(replace(token, start=middle, text=token.text[cut:], stop_before=False, joined=True))
    return out


def _may_be_two(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and text.islower()


def _cut(text: str, whole: Scored, read: Read, alone: Sequence[float], met: Met) -> int:
    """Where a word begins that ran together with the one before it; 0 where there is none."""
    known = [(number, p) for number, p in whole if number != UNKNOWN]
    if _nearest(known) > _READ_WELL:
        return 0
    best, cut = _worth(known, alone), 0
    for at in range(_LEAST_PART, len(text) - _LEAST_PART + 1):
        first, second = (_likeliest(read(part), alone) for part in (text[:at], text[at:]))
        if min(_nearest(first), _nearest(second)) < _LEAST_READ:
            continue
        worth = _worth(first, alone) + _worth(second, alone) + _BLANK
        if worth > best and met([n for n, _ in first], [n for n, _ in second]):
            best, cut = worth, at
    return cut


def _likeliest(found: Scored, alone: Sequence[float]) -> Scored:
    return sorted(found, key=lambda pair: -(pair[1] + _ALONE * alone[pair[0]]))[:_PAIRED]


def _worth(found: Scored, alone: Sequence[float]) -> float:
    return max((p + _ALONE * alone[number] for number, p in found), default=-100.0)


def _nearest(found: Scored) -> float:
    return max((p for _, p in found), default=-100.0)
