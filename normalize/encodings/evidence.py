"""How well each encoding explains a word, and which encoding each word of a text is in.

A text is a sequence of words; the encoding is a hidden state that seldom changes (a Viterbi search). So a
lone odd word never turns a Unicode text over, and a text in two encodings is cut where it really changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from math import fsum
from typing import Literal

from normalize.encodings import mojibake, tables
from normalize.encodings.syllables import is_syllable

Encoding = Literal["unicode", "tcvn3", "vni", "viqr", "vps", "mojibake"]
ENCODINGS: tuple[Encoding, ...] = ("unicode", "tcvn3", "vni", "viqr", "vps", "mojibake")

_LETTERS = frozenset(
    unicodedata.normalize("NFC", base + mark)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐ"
    for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
_EDGE = '()[]{}<>"“”‘’…–—,;:!/\\|*=_&%#@$'
_PIECES = re.compile(r"[0-9()\[\]{}<>\"“”…–—,;:!/\\|=_&%#@$-]+")
_VIQR_PIECES = re.compile(r"[0-9)\[\]{}<>\"“”…–—,;:!/|=_&%#@$-]+")
_VIQR_MARK = re.compile(r"[aAeEoO]\^|[aA]\(|[oOuU]\+|[aeiouyAEIOUY]['`?~.](?=[a-z])|[dD]d")
_VIQR_SURE = re.compile(r"[aAeEoO]\^['`?~.]?|[aA]\(['`?~.]?[a-z]|[oOuU]\+['`?~.]?|[aeiouy][`~][a-z]")
_OCR_SYMBOLS = frozenset("é¢£¤¥¦§©®«»¡ª")
_MEASURES = frozenset(("µm", "µg", "µl", "μm", "μg"))
# Letters a legacy font shows for Vietnamese ones, beyond what Unicode Vietnamese itself uses.
_ODD = re.compile(r"[\u0080-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db-\u00dc\u00de-\u00df"
                  r"\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff"
                  r"\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020-\u2022\u2030\u2039\u203a"
                  r"\u20ac\u2122\u2212\u2219\u22c5\u03bc\u03b2\uf020-\uf0ff]")  # fmt: skip

# Pairs of vowels that no Vietnamese syllable has, but VNI writes for one letter.
_VNI_PAIR = re.compile("[aAeE][ùÙõÕâÂáÁàÀãÃêÊéÉèÈúÚ]")

_SWITCH_IN_LINE = 7.0
_SWITCH_AT_LINE = 4.5
_START_LEGACY = 2.0
_BAD_LEGACY = 5.0
_ODD_UNICODE = 4.0
_FOREIGN = 1.5
_MIXED_CASE = 2.0
# VPS shares many letters with Unicode, so damaged OCR text could pass for it: every shared word counts
# against it a little, every word it cannot explain a lot.
_VPS_SAME = 0.6
_BAD_VPS = 8.0


def suspicious(text: str) -> bool:
    """Whether `text` could hold anything but composed Unicode: a fast look before the real one."""
    if text.isascii():
        return bool(_VIQR_MARK.search(text))
    return bool(
        _ODD.search(text) or _VNI_PAIR.search(text) or _VIQR_MARK.search(text)
    ) or mojibake.looks_mojibake(text)


@lru_cache(maxsize=65536)
def decode_word(word: str, encoding: Encoding) -> str:
    """One word (no blanks) of text as `encoding` reads it, NFC."""
    if encoding == "unicode":
        return word
    if encoding == "mojibake":
        return unicodedata.normalize("NFC", mojibake.undo(word))
    if encoding == "viqr":
        return tables.from_viqr(word)
    if len(word) == 1 and ord(word) in _SWAPPED:
        return word  # a bullet or a dash, not a letter of a word
    return tables.from_table(word.translate(_SWAPPED if encoding == "tcvn3" else _PRIVATE), encoding)


_PRIVATE = {0xF000 + b: b for b in range(0x20, 0x100)}
# Code points that PDF writers give for a TCVN3 byte when they go by the glyph's name.
_SWAPPED = {
    0x2212: 0xAD, 0x2010: 0xAD, 0x2011: 0xAD, 0x2219: 0xB7, 0x22C5: 0xB7, 0x2022: 0xB7,
    0x03BC: 0xB5, 0x03B2: 0xDF, 0x2205: 0xD8, 0x0110: 0xD0, 0x02C9: 0xAF,
} | _PRIVATE  # fmt: skip


def _pieces(word: str, encoding: Encoding) -> list[str]:
    pattern = _VIQR_PIECES if encoding == "viqr" else _PIECES
    return [p for p in pattern.split(word.strip(_EDGE if encoding != "viqr" else "")) if p]


def _word_score(piece: str, encoding: Encoding) -> float:
    """0 when `encoding` makes `piece` a Vietnamese syllable with marks, below 0 the less it explains."""
    if encoding == "viqr":
        return _viqr_score(piece)
    plain = piece.strip(".?'`~+^")
    if len(plain) == 1 and ord(plain) in _SWAPPED:
        return 0.0
    if plain.isascii():
        return -2.0 if _VIQR_SURE.search(piece) else 0.0
    decoded = decode_word(plain, encoding)
    if encoding == "unicode":
        return _unicode_score(plain)
    if decoded == plain:
        return _unicode_score(plain) - _VPS_SAME if encoding == "vps" else -_BAD_LEGACY
    if encoding == "vps" and len(plain) == 1:
        return -_FOREIGN
    if is_syllable(decoded) and all(c.isascii() or c in _LETTERS for c in decoded):
        return 0.0
    return -_BAD_VPS if encoding == "vps" else -_BAD_LEGACY


def _unicode_score(plain: str) -> float:
    if all(c.isascii() or c in _LETTERS for c in plain):
        if is_syllable(plain):
            return 0.0 if plain.islower() or plain.isupper() or plain.istitle() else -_MIXED_CASE
        return -2.0 * _FOREIGN if _VNI_PAIR.search(plain) else -_FOREIGN
    if plain in _MEASURES or not any(c.isalpha() for c in plain if c not in "µªº"):
        return 0.0 if len(plain) == 1 else -_FOREIGN
    odd = len(_ODD.findall(plain))
    return -_ODD_UNICODE if odd else -_FOREIGN


def _viqr_score(piece: str) -> float:
    if not piece.isascii():
        return -_BAD_LEGACY
    if not _VIQR_MARK.search(piece):
        return 0.0
    decoded = tables.from_viqr(piece).rstrip(".?'")
    return 0.0 if is_syllable(decoded) else -_BAD_LEGACY / 2


@lru_cache(maxsize=65536)
def scores(word: str) -> tuple[float, ...]:
    """The score (0 best) of `word`, blanks stripped, in each of ENCODINGS."""
    if word.isascii() and not _VIQR_MARK.search(word):
        return (0.0,) * len(ENCODINGS)
    return tuple(fsum(_word_score(p, e) for p in _pieces(word, e)) for e in ENCODINGS)


def choose_states(
    lines: Sequence[Sequence[str]], hints: Sequence[Encoding | None] | None = None
) -> list[list[Encoding]]:
    """The encoding of every word of every line: the best path of states through all of them in order.

    `hints` names per line the encoding its font stands for; a hint weighs as much as one odd word.
    """
    n = len(ENCODINGS)
    stay_all = list(range(n))
    all_from = [[state] * n for state in range(n)]
    best = [0.0] + [-_START_LEGACY] * (n - 1)
    leader, ranked = 0, sorted(best)
    back: list[list[int]] = []
    for number, line in enumerate(lines):
        hint = hints[number] if hints else None
        for position, word in enumerate(line):
            cost = _SWITCH_IN_LINE if position else _SWITCH_AT_LINE
            emitted = scores(word)
            moved = best[leader] - cost
            if hint is None and ranked[0] >= moved and not any(emitted):
                back.append(stay_all)  # figures and plain letters, which say nothing
                continue
            if hint is None and ranked[-2] < moved:  # most words: all other states are out of the running
                after = [moved + score for score in emitted]
                after[leader] = best[leader] + emitted[leader]
                back.append(all_from[leader])
            else:
                stays = [score >= moved for score in best]
                after = [(best[s] if stays[s] else moved) + emitted[s] for s in range(n)]
                if hint is not None and not position:
                    after[ENCODINGS.index(hint)] += _ODD_UNICODE
                back.append([s if stays[s] else leader for s in range(n)])
            best, ranked = after, sorted(after)
            leader = best.index(ranked[-1])
    return _unwind(lines, back, leader)


def _unwind(lines: Sequence[Sequence[str]], back: list[list[int]], state: int) -> list[list[Encoding]]:
    path: list[int] = []
    for came in reversed(back):
        path.append(state)
        state = came[state]
    path.reverse()
    cut = 0
    chosen: list[list[Encoding]] = []
    for line in lines:
        chosen.append([ENCODINGS[s] for s in path[cut : cut + len(line)]])
        cut += len(line)
    return chosen


def sure_states(lines: Sequence[Sequence[str]], states: list[list[Encoding]]) -> list[list[Encoding]]:
    """`states` with runs taken back that rest on too few letters: damaged OCR has such (`S¢` for `Sở`)."""
    flat = [(word, state) for line, path in zip(lines, states) for word, state in zip(line, path)]
    kept: list[Encoding] = []
    for state, group in groupby(flat, key=lambda pair: pair[1]):
        words = [word for word, _ in group]
        kept.extend([state if _rests_on_letters(words, state) else "unicode"] * len(words))
    rest = iter(kept)
    return [[next(rest) for _ in path] for path in states]


def _rests_on_letters(words: Sequence[str], state: Encoding) -> bool:
    if state not in ("vps", "tcvn3"):
        return True
    letters = {c for w in words for c in w if decode_word(c, state) != c}
    if state == "vps":
        return len(letters) >= 4
    return not letters or not letters <= _OCR_SYMBOLS
