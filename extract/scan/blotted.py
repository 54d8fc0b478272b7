"""Words of shaded cells read in several cleanings, and put together by vote.

Copied dots break other words in each cleaning of a cell, so no cleaning reads all of it. The readings are
laid over each other by where their words stand, and every word is voted on (ROVER, Fiscus 1997): a reading's
voice weighs as much as it is sure, less where the language has no such word. Figures are left to the first
cleaning, which the readers of figures see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import fsum

from extract.scan.cells import Bounds
from extract.scan.lines.words import read_words
from extract.scan.prepare.cleanings import CLEANINGS
from extract.scan.prepare.ink import Picture
from extract.scan.prepare.shades import with_clear_borders
from extract.scan.prepare.sheet import Prepared, Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.figure_runs import EDGE
from extract.scan.readers.montage import Piece
from extract.scan.readings import Readers, is_figure_print, is_words, without_slips

# Measured on 390 header cells of copies.
NOT_A_WORD, SCRAP = 0.45, 0.15
"""Share of its confidence that a reading weighs where the language has no such word, and where it is signs
without a letter."""

NOTHING = 0.45
"""What a reading that has no word in a place says for there being none."""

SURE = 0.97
"""Confidence of words that the language has, from which a cell needs no other cleaning."""

SAME_PLACE = 0.5
"""Share of the narrower word's width, and of the lower one's height, from which two words are one place's."""

OTHER_FIGURE = 0.3
"""Share of the winner's votes from which a reading with other figures leaves the word's own in doubt."""

SURE_FIGURE, WIDEST = 0.5, 1.2
"""Confidence of figures that no vote takes away, and the width of a sign in heights of its word beyond which
it is dots that stand side by side: figures are 0.5 to 0.8 wide."""

SIGNS = frozenset(("(%)", "%", "-", "/", "(-)", "(+)", "&"))
"""Words of signs that headings have."""

SCRAPS = ".,:;'*~ˆ_"
"""Signs that dots are read as."""

IsWord = Callable[[str], bool]
Place = list[tuple[int, OcrWord]]
"""The words of one place, each with the number of its reading."""


def read_blotted(
    read: Mapping[int, tuple[Bounds, Bounds, list[OcrWord]]], prepared: Prepared, readers: Readers
) -> dict[int, list[OcrWord]]:
    """The words of shaded cells that were read badly, by their numbers: read in further cleanings and voted
    on. `read` are cells by their bounds, where their print lies, and their words as first read."""
    if readers.lines is None or readers.marks is None:
        return {}
    is_word, sheet, shaded = readers.marks.is_word, prepared.sheet, prepared.shaded
    blotted = {k: own for k, own in read.items() if own[0] in shaded and is_blotted(own[2], is_word)}
    pieces = [cleaned_pieces(shaded[box], (box[0], box[1]), ink, sheet) for box, ink, _ in blotted.values()]
    words = iter(read_words([piece for own in pieces for piece in own], sheet, readers))
    return {
        k: voted([first, *(next(words) for _ in own)], is_word)
        for (k, (_, _, first)), own in zip(blotted.items(), pieces, strict=True)
    }


def is_blotted(words: Sequence[OcrWord], is_word: IsWord) -> bool:
    """Whether a shaded cell is one of words that other cleanings may read better."""
    text = " ".join(word.text for word in words)
    if not is_words(text):
        return not any(c.isdigit() for c in text)
    return not all(
        word.text in SIGNS or (word.confidence >= SURE and is_word(word.text.strip(EDGE))) for word in words
    )


def cleaned_pieces(shaded: Picture, corner: tuple[int, int], bounds: Bounds, sheet: Sheet) -> list[Piece]:
    """The print of a shaded cell, its picture given as it was with its dots, in each further cleaning.
    `corner` is the cell's upper left one on the page, `bounds` where its print lies."""
    x0, y0 = max(corner[0], bounds[0]), max(corner[1], bounds[1])
    rows, columns = slice(y0 - corner[1], None), slice(x0 - corner[0], None)
    right, foot = bounds[2] - x0, bounds[-1] - y0
    pictures = (with_clear_borders(cleaning(shaded, sheet), sheet) for cleaning in CLEANINGS)
    return [Piece(picture[rows, columns][:foot, :right], x0, y0) for picture in pictures]


def voted(readings: Sequence[Sequence[OcrWord]], is_word: IsWord) -> list[OcrWord]:
    """The words of a cell, of its readings in several cleanings. The reading with most sure words gives the
    lines and the places; a word beside them needs the votes of the others."""
    readings = [[_plain(word) for word in reading] for reading in readings]
    base = max(range(len(readings)), key=lambda k: fsum(_voice(word, is_word) for word in readings[k]))
    places: list[Place] = [[(base, word)] for word in readings[base]]
    for number, reading in enumerate(readings):
        if number == base:
            continue
        for word in reading:
            own = [place for place in places if _same_place(place[0][1], word)]
            if not own:
                places.append([(number, word)])
            elif len(own) == 1 and all(n != number for n, _ in own[0]):
                own[0].append((number, word))
    chosen = (_elected(place, len(readings), base, is_word) for place in places)
    return _in_lines([word for word in chosen if word is not None])


def _plain(word: OcrWord) -> OcrWord:
    """A word without the slips of its reader, and a sign without points of the shade beside it."""
    text = without_slips(word.text)
    bare = text.strip(SCRAPS)
    return replace(word, text=bare if bare in SIGNS else text)


def _elected(place: Place, voters: int, base: int, is_word: IsWord) -> OcrWord | None:
    """The word of a place, or None where it is voted to be none. Figures of the first cleaning, or of the
    reading that gave the places, are never voted away where they were read as figures are."""
    votes: dict[str, list[float]] = defaultdict(list)
    for _, word in place:
        votes[word.text].append(_voice(word, is_word))
    counts = {text: fsum(voices) for text, voices in votes.items()}
    best = max(counts, key=lambda text: counts[text])
    kept = any(number in (0, base) and _may_be_figures(word) for number, word in place)
    figured = {_digits(word.text) for _, word in place} if kept else {""}
    nothing = NOTHING * (voters - len({number for number, _ in place}))
    if nothing > counts[best] and figured == {""}:
        return None
    if not any(c.isalnum() for c in best) and best not in SIGNS and figured == {""}:
        return None
    own = max((word for _, word in place if word.text == best), key=lambda word: word.confidence)
    against = [t for t in counts if _digits(t) != _digits(best) and counts[t] >= OTHER_FIGURE * counts[best]]
    if not against or figured == {""}:
        return own
    return replace(own, others=tuple((t, 0.0) for t in sorted(against)), figures="doubtful")


def _may_be_figures(word: OcrWord) -> bool:
    """Whether a word was read surely enough, and is as narrow, as figures are."""
    wide = (word.x1 - word.x0) > WIDEST * len(word.text) * (word.y1 - word.y0)
    return word.confidence >= SURE_FIGURE and not wide


def _voice(word: OcrWord, is_word: IsWord) -> float:
    if word.text in SIGNS:
        return word.confidence
    if not any(c.isalnum() for c in word.text):
        return SCRAP * word.confidence
    core = word.text.strip(EDGE)
    known = is_word(core) and (len(core) > 1 or core.isdigit())
    return word.confidence * (1.0 if known or is_figure_print(word.text) else NOT_A_WORD)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _same_place(one: OcrWord, other: OcrWord) -> bool:
    """Whether two words lie over each other."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    width, height = min(one.x1 - one.x0, other.x1 - other.x0), min(one.y1 - one.y0, other.y1 - other.y0)
    return across > SAME_PLACE * width and down > SAME_PLACE * height


def _in_lines(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Words of several readings numbered by lines of their own, from the top down, left to right."""
    lines: list[list[OcrWord]] = []
    for word in sorted(words, key=lambda w: (w.y0 + w.y1, w.x0)):
        middle = (word.y0 + word.y1) / 2
        own = next((line for line in lines if any(w.y0 < middle < w.y1 for w in line)), None)
        if own is None:
            lines.append([word])
        else:
            own.append(word)
    return [
        replace(word, line=(0, 0, k))
        for k, line in enumerate(lines)
        for word in sorted(line, key=lambda w: w.x0)
    ]
