"""Texts wholly in an encoding, told by all their words: VISCII, Windows-1258 shown as 1252, Telex.

A word alone could be in these and in others; over a whole text nearly every word with marks becomes a
Vietnamese syllable in the right one, and hardly any in the wrong ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from normalize.encodings.syllables import is_syllable
from normalize.encodings.tables import byte_view

# RFC 1456: the bytes from 0x80, and six letters at places of control characters.
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" "Õắằặấầẩậẽẹếềểễệố" "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" "àáâãảăữẫèéêẻìíĩỉ" "đựòóôõỏọụùúũủýợỮ"
)  # fmt: skip
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_WORDS = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 4
# Of a text's words with marks, in its own encoding nearly all are syllables, in another at most two thirds.
_RIGHT, _WRONG = 0.9, 0.7
# A Telex text: this share of its words has marks, and of those nearly all are syllables.
_MARKED_TELEX = 0.3
_TELEX_SHAPES = (
    ("uwow", "ươ"), ("uow", "ươ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("ow", "ơ"),
    ("uw", "ư"), ("dd", "đ"),
)  # fmt: skip
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TELEX_WORD = re.compile(r"[A-Za-z]+")


def share_right(text: str) -> float:
    """The share of the words with marks that are Vietnamese syllables; 1 where there are too few to tell."""
    marked = [word for word in _WORDS.findall(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if len(marked) >= _LEAST_WORDS else 1.0


def whole_text(text: str) -> str:
    """The text as VISCII, Windows-1258 or Telex has it where all its words speak for one of these; else as it
    is. NFC."""
    if text.isascii():
        return _from_telex(text)
    if share_right(text) > _WRONG and not any(chr(low) in text for low in _VISCII_LOW):
        return text
    offers = [read(text) for read in (_from_viscii, _from_windows_1258)]
    best = max(offers, key=_share_of_all)
    return best if _share_of_all(best) >= _RIGHT and _share_of_all(best) > _share_of_all(text) else text


def _share_of_all(text: str) -> float:
    marked = [word for word in _WORDS.findall(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / max(len(marked), _LEAST_WORDS)


@cache
def _viscii() -> dict[int, str]:
    """Characters as Windows-1252 shows VISCII's bytes → letters."""
    high = {ord(byte_view(0x80 + i)): letter for i, letter in enumerate(_VISCII_HIGH)}
    return high | {0x80 + i: letter for i, letter in enumerate(_VISCII_HIGH)} | _VISCII_LOW


@cache
def _windows_1258() -> dict[int, str]:
    """Characters as Windows-1252 shows the bytes of Windows-1258 → letters and combining marks."""
    table = {}
    for code in range(0x80, 0x100):
        try:
            table[ord(byte_view(code))] = bytes([code]).decode("cp1258")
        except UnicodeDecodeError:
            continue
    return table


def _from_viscii(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_viscii()))


def _from_windows_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_windows_1258()))


def _from_telex(text: str) -> str:
    """The text with the words that Telex spells, where these are most of it; words it doesn't spell stay."""
    words = _TELEX_WORD.findall(text)
    marked = [word for word in words if _telex_word(word) != word]
    if len(marked) < max(_LEAST_WORDS, _MARKED_TELEX * len(words)):
        return text
    right = sum(is_syllable(_telex_word(word)) for word in marked)
    plain = sum(is_syllable(word) for word in marked)
    if right < _RIGHT * len(marked) or plain > right / 2:
        return text
    return _TELEX_WORD.sub(lambda match: _syllable_or(match.group()), text)


def _syllable_or(word: str) -> str:
    """The syllable that a word spells in Telex, or the word."""
    made = _telex_word(word)
    return made if is_syllable(made) else word


def _telex_word(word: str) -> str:
    """A word with the letters that Telex writes twice or with w, and the tone that its last letter is."""
    lower = word.lower()
    tone = ""
    if len(lower) > 1 and lower[-1] in _TELEX_TONES:
        tone, lower = _TELEX_TONES[lower[-1]], lower[:-1]
    for spelled, letter in _TELEX_SHAPES:
        lower = lower.replace(spelled, letter)
    lower = lower.replace("w", "ư")
    if tone:
        lower = _toned(lower, tone)
    if word.isupper() and len(word) > 1:
        return lower.upper()
    return lower.capitalize() if word[:1].isupper() else lower


def _toned(word: str, tone: str) -> str:
    """The word with its tone on the vowel that bears it: a shaped one, else that before the last."""
    vowels = [i for i, char in enumerate(word) if char in "aăâeêioôơuưy"]
    if word.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return word
    shaped = [i for i in vowels if word[i] in "ăâêôơư"]
    ends = vowels[-1] == len(word) - 1
    at = shaped[-1] if shaped else vowels[-2] if ends and len(vowels) > 1 else vowels[-1]
    return word[:at] + unicodedata.normalize("NFC", word[at] + tone) + word[at + 1 :]
