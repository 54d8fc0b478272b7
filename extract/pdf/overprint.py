"""Words printed over each other: a correction typed over a white box, layers of two versions, a made-up bold.

Which of them is seen is asked of the ink; what the ink does not decide is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.pdf.ink import Ink
from extract.pdf.specimen import DIGITS
from extract.pdf.verify import Mismatch, NumberReading, digits_of, read_ink
from extract.pdf.words import SpacedWord
from model.geometry import Box
from model.page import Word

OVER = 0.5
"""Share of the smaller word's box that another must cover to be printed over it; words of one line that are
set tightly share a tenth."""

_FEWEST_LETTERS = 2  # of a word without figures; single letters lie over others as their marks
_ROW_PT = 8.0  # height of the bands in which words are looked for together


@dataclass(frozen=True, slots=True)
class Settled:
    """Words each in a place of its own. `covered` are those under others, `open` those of which the ink did
    not say which is seen, each with what the ink reads."""

    words: tuple[SpacedWord, ...]
    covered: tuple[Word, ...] = ()
    open: tuple[Mismatch, ...] = ()


def settled(
    words: Sequence[SpacedWord], ink: Ink, read: NumberReading, drawn_at: Callable[[Word], Box]
) -> Settled:
    """The words without those that lie under others. `words` come in the order in which they are drawn;
    `drawn_at` tells where a word whose box lies over another's is really drawn."""
    dropped: set[int] = set()
    covered: list[Word] = []
    open_words: list[Mismatch] = []
    for pile in _piles([spaced.word for spaced in words], drawn_at):
        own = [words[n].word for n in pile]
        kept = pile[-1]
        if len({word.text for word in own}) > 1:
            said = read_ink(Box.union(word.box for word in own), ink, read)
            fits = [n for n in pile if said and digits_of(words[n].word.text) == digits_of(said)]
            kept = fits[-1] if fits else kept
            covered += [words[n].word for n in pile if n != kept]
            if not fits:
                open_words.append(Mismatch(words[kept].word, said))
        dropped |= set(pile) - {kept}
    rest = tuple(spaced for n, spaced in enumerate(words) if n not in dropped)
    return Settled(rest, tuple(covered), tuple(open_words))


def _piles(words: Sequence[Word], drawn_at: Callable[[Word], Box]) -> list[list[int]]:
    """Groups of words (by their places in `words`, ascending) that lie over each other."""
    bands: dict[int, list[tuple[float, int]]] = {}
    for n, word in enumerate(words):
        if not DIGITS.isdisjoint(word.text) or sum(map(str.isalpha, word.text)) >= _FEWEST_LETTERS:
            box = word.box
            bands.setdefault(int((box.y0 + box.y1) / 2 // _ROW_PT), []).append((box.x0, n))
    pairs = [
        (n, other)
        for n, other in _overlapping(words, bands)
        if _lies_over(drawn_at(words[n]), drawn_at(words[other]))
    ]
    if not pairs:
        return []
    parent = list(range(len(words)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for n, other in pairs:
        low, high = sorted((root(n), root(other)))
        parent[high] = low
    groups: dict[int, list[int]] = {}
    for n in range(len(words)):
        groups.setdefault(root(n), []).append(n)
    return [group for group in groups.values() if len(group) > 1]


def _overlapping(
    words: Sequence[Word], bands: Mapping[int, Sequence[tuple[float, int]]]
) -> Iterator[tuple[int, int]]:
    """Pairs of words whose boxes lie over each other. `bands` tell the words (left side, place) of each
    height, and those of one lie over words of the next at most."""
    for band in sorted(bands):
        near = sorted([*bands[band], *bands.get(band + 1, ())])
        for at, (_, n) in enumerate(near):
            box = words[n].box
            for x0, other in islice(near, at + 1, None):
                if x0 >= box.x1:
                    break
                over = words[other].box
                if over.y0 < box.y1 and box.y0 < over.y1 and _lies_over(box, over):
                    yield n, other


def _lies_over(a: Box, b: Box) -> bool:
    common = a.intersection(b)
    return common is not None and common.area > OVER * min(a.area, b.area)
