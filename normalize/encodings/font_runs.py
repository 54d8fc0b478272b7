"""Runs of text with the names of their fonts → Unicode: office files say which font each run is set in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from normalize.encodings.capitals import is_capital_font, restore_line
from normalize.encodings.evidence import ENCODINGS, Encoding, decode_word, scores, suspicious
from normalize.encodings.fonts import font_encoding
from normalize.unicode import nfc

FontRun = tuple[str, str]
"""A text and the name of its font ('' for none)."""

# One odd word against one that fits; a font's name counts as three of them, as in the layers of PDFs.
_NAMED = 12.0
_UNNAMED = -3.0
_BLANKS = re.compile(r"(\s+)")
_WORD_LIMIT = 4000  # words of a font that are looked at: its encoding is sure long before
_SOFT_HYPHEN = "\u00ad"
# Letters that no single-byte encoding shows: who typed them typed Unicode, whatever the font is called.
_UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)


def decode_runs(paragraphs: Sequence[Sequence[FontRun]]) -> list[str]:
    """The text of each paragraph in Unicode (NFC).

    Each font is in one encoding, decided by its name and by all words set in it; in a run with letters that
    only Unicode has each word decides. Runs of one encoding are put together first, since a word (and a VNI
    letter of two signs) may be cut anywhere. Words of a capital font (`.VnTimeH`) come back as capitals.
    """
    chosen = _encodings(run for paragraph in paragraphs for run in _whole_runs(paragraph))
    if all(encoding == "unicode" for encoding in chosen.values()):
        return [_plain("".join(text for text, _ in paragraph)) for paragraph in paragraphs]
    return [_decoded(paragraph, chosen) for paragraph in paragraphs]


def _whole_runs(paragraph: Sequence[FontRun]) -> Iterator[FontRun]:
    """Runs of one font as one: files cut them at every change, RTF at every letter with a mark."""
    for font, group in groupby(paragraph, key=lambda run: run[1]):
        yield "".join(text for text, _ in group), font


def _encodings(runs: Iterable[FontRun]) -> dict[str, Encoding]:
    """The encoding of each font."""
    words: dict[str, list[str]] = {}
    for text, font in runs:
        seen = words.setdefault(font, [])
        if len(seen) < _WORD_LIMIT and not _UNICODE_ONLY.search(text):
            seen.extend(text.split())
    return {font: _encoding(font, seen) for font, seen in words.items()}


def _encoding(font: str, words: Sequence[str]) -> Encoding:
    named = font_encoding(font)
    if named is None:
        return "unicode"  # the evidence of whole lines decides later
    totals = [0.0] * len(ENCODINGS)
    for word in words:
        for i, score in enumerate(scores(word)):
            totals[i] += score
    prior = [_NAMED if e == named else 0.0 if e == "unicode" else _UNNAMED for e in ENCODINGS]
    return max(zip(ENCODINGS, totals, prior, strict=True), key=lambda t: t[1] + t[2])[0]


def _decoded(paragraph: Sequence[FontRun], chosen: dict[str, Encoding]) -> str:
    tagged = [(text, chosen[font], is_capital_font(font)) for text, font in paragraph if text]
    parts: list[str] = []
    legacy = False
    for (encoding, capital), group in groupby(_blanks_joined(tagged), key=lambda t: (t[1], t[2])):
        text = "".join(piece for piece, _, _ in group)
        if encoding == "unicode":
            parts.append(_plain(text))
            continue
        mixed = bool(_UNICODE_ONLY.search(text))
        parts_of = _BLANKS.split(text)
        decoded = "".join(_word(part, encoding, mixed) if part.strip() else part for part in parts_of)
        parts.append(decoded.upper() if capital and encoding == "tcvn3" else decoded)
        legacy = legacy or encoding == "tcvn3"
    whole = nfc("".join(parts))
    return "\n".join(restore_line(line) for line in whole.split("\n")) if legacy else whole


def _word(word: str, encoding: Encoding, mixed: bool) -> str:
    """A word of a legacy font. In a run that also has letters of Unicode alone, somebody typed Unicode over
    an old text: there each word is in the encoding that explains it."""
    if mixed:
        known = scores(word)
        if _UNICODE_ONLY.search(word) or known[ENCODINGS.index(encoding)] <= known[0]:
            return word
    return decode_word(word, encoding)


def _blanks_joined(tagged: Sequence[tuple[str, Encoding, bool]]) -> list[tuple[str, Encoding, bool]]:
    """Runs of blanks take the encoding of the run before them, so that they part nothing."""
    out: list[tuple[str, Encoding, bool]] = []
    for text, encoding, capital in tagged:
        if out and not text.strip():
            _, encoding, capital = out[-1]
        out.append((text, encoding, capital))
    return out


def _plain(text: str) -> str:
    """Composed text. One that may be in another encoding all the same keeps its soft hyphens (`ư` in TCVN3)
    for the evidence of whole lines."""
    if _SOFT_HYPHEN in text and suspicious(text.replace(_SOFT_HYPHEN, "")):
        return text
    return nfc(text)
