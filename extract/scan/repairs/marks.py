"""Marks that Tesseract's Vietnamese data confuses (ổ for ố, ề for ê), decided by what the words around say.

The fast data reads letters well and small marks badly: on 200 dpi scans `Tổng số` comes out as `Tống số`
with full confidence, at any size and sharpness of the picture. A language model over syllables tells them
apart where the phrase is known, and only when the reading with other marks is far likelier; unknown names
are left alone. Of letters only the first of a small-letter word is ever changed, among those that blurred
print makes alike (`quá bạn` for `quá hạn`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.scan.repairs.abbreviations import SPOKEN
from extract.scan.repairs.mark_distance import horned, mark_distance
from normalize.diacritics.case import recase
from normalize.diacritics.lm import BITS, MASK, LanguageModel, own_model
from normalize.diacritics.spelling import BREAK, CODE, LM_TOKEN, NUMBER, SPECIALS, UNKNOWN, bare, one_spelling
from normalize.units import spelled_unit

MARGIN = 2.0
"""Gain in natural log-likelihood from which another reading is believed."""

NAME_MARGIN = 4.0
"""The same for a capitalised word, which may be a name."""

LEAST_BY_CONTEXT, NAME_BY_CONTEXT = 0.5, 1.5
"""Gain that must come from the words around, not from one word being commoner than the other."""

UNKNOWN_COST = 5.0
"""What it costs a small-letter word to be no syllable the model knows."""

HOOK = 1.2
"""Cost up to which a slip is so usual (a hook over a roof read as an acute, `điếm` for `điểm`) that being
commoner is reason enough."""

SURE_OF_MARKS = 2.0
"""Worth in nats of a word by its reader's own account, from which a capitalised word stays, unless
the reader itself thought of another (`Chi`, `Thẳm` were no `Chỉ`, `Thắm`)."""

LINK_WORDS = frozenset((
    "trên", "tại", "của", "trong", "theo", "về", "từ", "đến", "các", "những", "và", "với", "cho", "qua", "ở",
    "số", "tổng", "do",
))  # fmt: skip
"""Words that are no part of a name, even where a heading has them with a capital."""

DEAREST_OFFER = 4.0
"""Cost of another reading up to which the words around may call for it."""

Others = Sequence[tuple[str, float]]
_Window = tuple[int, ...]  # numbers of a word in the middle of those around it
"""Other readings of a word, each with its cost: ln(chance of the reading / chance of the other)."""

ROUNDS = 3
"""Times a text is gone through: a word mended may be what its neighbour is known by."""

MOST_KNOWN = 20_000
"""Windows whose likelihood is kept: some 5 MB, of six pages."""

_MIXED = re.compile(r"\d[.,]?[^\W\d_]|[^\W\d_][.,]?\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND = ".,;:()"

_ALIKE_FIRST = {"b": "h", "h": "b", "c": "e", "e": "c", "t": "l", "l": "t"}
_LETTER_COST = 4.5
"""What it costs to take the first letter of a word for another that blurs into the same shape."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the reader of the ink would have read next: the model's number for it, its cost, its text."""

    number: int
    cost: float
    raw: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the text as the model counts it: which of the given words it lies in, and where."""

    word: int
    start: int
    end: int
    raw: str
    number: int
    margin: float
    offers: tuple[_Offer, ...] = ()
    surety: float = 0.0


class MarkReader:
    """Decides marks. Load one a process."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._single = np.asarray(model.orders[1].log_p[:], dtype=np.float64)
        self._number = {word: i for i, word in enumerate(model.vocabulary)}
        self._known: dict[_Window, float] = {}
        self._other_marks: dict[str, tuple[tuple[int, float], ...]] = {}
        self._alike: dict[str, list[int]] = defaultdict(list)
        self._horned: dict[str, list[int]] = defaultdict(list)
        words = "\n".join(model.vocabulary[len(SPECIALS) :])  # at once: a tenth of the time of one by one
        both = zip(bare(words).split("\n"), horned(words).split("\n"), strict=True)
        for i, (unmarked, kept) in enumerate(both, start=len(SPECIALS)):
            self._alike[unmarked].append(i)
            if kept != unmarked:
                self._horned[kept].append(i)
        self._spoken = {
            short: tuple(self._number[syllable] for syllable in spoken.split())
            for short, spoken in SPOKEN.items()
            if all(syllable in self._number for syllable in spoken.split())
        }

    @classmethod
    def load(cls) -> MarkReader:
        """The reader with the language model that the repairer uses too. Raises OSError without it."""
        return cls(own_model())

    def is_word(self, text: str) -> bool:
        """Whether a text is a figure, or every run of letters in it a syllable (or an abbreviation) that the
        model knows. A letter among figures is a misread one."""
        if _MIXED.search(text):
            return False
        runs = _LETTERS.findall(text)
        if not runs:
            return any(c.isdigit() for c in text)
        return all(run in SPOKEN or one_spelling(run.lower()) in self._number for run in runs)

    def settled(
        self,
        texts: Sequence[Sequence[str]],
        others: Sequence[Sequence[Others]] | None = None,
        sureties: Sequence[Sequence[float]] | None = None,
    ) -> list[list[str]]:
        """Each text's words with their marks as the language has them; words that stand are given back
        as they are. Words of one text are each other's context, texts stand for themselves.

        `others` are each word's next best readings with their costs, where its reader gave them: what the
        ink itself leaves open is decided by the words around, other letters included. `sureties` are what
        its reader's word is worth in nats: any reading that it did not offer costs as much. A unit that
        stands alone (`ha`, `nghìn con`) has no words around it, and stays.
        """
        pieces = [
            []
            if _is_unit(words)
            else self._pieces(
                words,
                others[k] if others else [()] * len(words),
                sureties[k] if sureties else [0.0] * len(words),
            )
            for k, words in enumerate(texts)
        ]
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
            self._other_marks.clear()
        for _ in range(ROUNDS):
            changes = self._changes(pieces)
            if not changes:
                break
            for (text, place), number in changes.items():
                old = pieces[text][place]
                offered = [offer.raw for offer in old.offers if offer.number == number]
                new = (
                    offered[0]
                    if offered
                    else recase(old.raw, self._model.vocabulary[number], shouting=old.raw.isupper())
                )
                pieces[text][place] = replace(old, raw=new, number=number, offers=())
        return [_rejoined(words, found) for words, found in zip(texts, pieces, strict=True)]

    def _pieces(
        self, words: Sequence[str], others: Sequence[Others], sureties: Sequence[float]
    ) -> list[_Piece]:
        cut = [(i, m) for i, word in enumerate(words) for m in LM_TOKEN.finditer(word)]
        margins = _margins([match.group() for _, match in cut])
        return [
            _Piece(
                index,
                match.start(),
                match.end(),
                match.group(),
                self._counted(match.group()),
                float("inf") if self._stands(words[index], match.group(), sureties[index]) else margin,
                self._offers(words[index], match, others[index]),
                sureties[index],
            )
            for margin, (index, match) in zip(margins, cut, strict=True)
        ]

    def _stands(self, word: str, token: str, surety: float) -> bool:
        """Whether a token is left alone but for a reading that its reader offered: part of a composed unit
        (`kg/con`), or a capitalised word that is one and was surely read."""
        if "/" in word and _is_unit([word.strip(_AROUND)]):
            return True
        titled = token.istitle() and token.isalpha()
        return titled and surety >= SURE_OF_MARKS and self._counted(token) != UNKNOWN

    def _offers(self, word: str, token: re.Match[str], others: Others) -> tuple[_Offer, ...]:
        """The other readings of a word that differ in this token alone."""
        before, after = word[: token.start()], word[token.end() :]
        found = []
        for text, cost in others:
            inside = text[len(before) : len(text) - len(after)]
            if cost <= DEAREST_OFFER and inside and text == before + inside + after and inside.isalpha():
                number = self._counted(inside)
                if number > UNKNOWN and inside.isupper() == token.group().isupper():
                    found.append(_Offer(number, max(cost, 0.0), inside))
        return tuple(found)

    def _counted(self, token: str) -> int:
        if token[0].isdigit():
            return CODE if any(c.isalpha() for c in token) else NUMBER
        return self._number.get(one_spelling(token.lower()), UNKNOWN) if token[0].isalpha() else BREAK

    def _changes(self, texts: Sequence[Sequence[_Piece]]) -> dict[tuple[int, int], int]:
        """(text, place) → the likelier word, for places far enough apart to be judged singly."""
        reach = self._model.top - 1
        windows: list[_Window] = []
        asked: list[_Window] = []
        places, costs = [], []
        for text, pieces in enumerate(texts):
            numbers, at = [BREAK] * reach, []
            for piece in pieces:
                at.append(len(numbers))
                numbers.extend(self._spoken.get(piece.raw, (piece.number,)))
            numbers.extend([BREAK] * reach)
            for place, piece in enumerate(pieces):
                rivals = self._rivals(piece)
                if not rivals:
                    continue
                here = at[place]
                before, after = numbers[here - reach : here], numbers[here + 1 : here + 1 + reach]
                windows.extend([(*before, numbers[here], *after)] * len(rivals))
                asked.extend([(*before, number, *after) for number, _ in rivals])
                places.extend([(text, place)] * len(rivals))
                costs.extend([cost for _, cost in rivals])
        if not places:
            return {}
        gain = self._worth(asked) - self._worth(windows) - np.array(costs)
        words = [window[reach] for window in asked]
        commoner = self._single[words] - self._single[[window[reach] for window in windows]]
        offers = [
            (
                float(gain[k]),
                float(gain[k] - max(0.0, commoner[k])) if costs[k] > HOOK else float(gain[k]),
                places[k],
                words[k],
            )
            for k in np.flatnonzero(gain >= MARGIN).tolist()
        ]
        return _best_apart(offers, texts, reach)

    def _rivals(self, piece: _Piece) -> list[tuple[int, float]]:
        """Words with the same letters under other marks, and what reading the raw word for them costs."""
        if not piece.raw.isalpha() or len(piece.raw) < 2:
            return []
        offers = [(offer.number, offer.cost) for offer in piece.offers if offer.number != piece.number]
        unknown = piece.number == UNKNOWN
        if unknown and piece.raw[0].isupper() and not piece.raw.isupper():
            return offers  # a name that nobody here knows
        word = one_spelling(piece.raw.lower())
        credit = UNKNOWN_COST if unknown else 0.0
        costs, own, surety = dict(offers), piece.number, piece.surety
        for number, apart in self._marked_otherwise(word):
            if number != own:
                distance = apart if apart > surety else surety
                costs[number] = min(distance, costs.get(number, distance)) if offers else distance
        rivals = [(number, cost - credit) for number, cost in costs.items()]
        other = self._number.get(_ALIKE_FIRST.get(word[0], "?") + word[1:]) if piece.raw.islower() else None
        return rivals if other is None else [*rivals, (other, max(_LETTER_COST, piece.surety))]

    def _marked_otherwise(self, word: str) -> tuple[tuple[int, float], ...]:
        """The words with the same letters under any marks, each with what it costs to read `word` for it."""
        found = self._other_marks.get(word)
        if found is None:
            numbers = {*self._alike.get(bare(word), ()), *self._horned.get(horned(word), ())}
            found = tuple((n, mark_distance(word, self._model.vocabulary[n])) for n in numbers)
            self._other_marks[word] = found
        return found

    def _worth(self, windows: Sequence[_Window]) -> NDArray[np.float64]:
        """The likelihood of each window, asked of the model once: most are those of the last round, of other
        rows of a table, or of the words when they were first read."""
        new = [window for window in dict.fromkeys(windows) if window not in self._known]
        if new:
            self._known.update(zip(new, self._likelihood(np.array(new, np.uint64)).tolist(), strict=True))
        return np.array([self._known[window] for window in windows])

    def _likelihood(self, windows: NDArray[np.uint64]) -> NDArray[np.float64]:
        """ln P of the middle and later words of each window of 2 x reach + 1 words."""
        reach = self._model.top - 1
        grams = np.zeros((reach + 1, len(windows)), dtype=np.uint64)  # of each word with those before it
        for column in range(2 * reach + 1):
            for own in range(max(0, column - reach), min(reach, column) + 1):
                grams[own] = (grams[own] << np.uint64(BITS)) | windows[:, column]
        asked, where = np.unique(grams, return_inverse=True)
        found = self._model.log_p(asked >> np.uint64(BITS), asked & MASK)[where].reshape(grams.shape)
        total = np.zeros(len(windows))
        for log_p in found:
            total += log_p
        return total


def _is_unit(words: Sequence[str]) -> bool:
    """Whether the words are a unit as a whole, as it is spelled."""
    text = " ".join(words)
    return text[:1].lower() + text[1:] == spelled_unit(text)


def _margins(tokens: Sequence[str]) -> list[float]:
    """What it takes to change each word: a capital alone among small words may be a name or a heading,
    capitals in a row are a name and stay."""
    titled = [t.isalpha() and t[0].isupper() and not t.isupper() for t in tokens]
    of_name = [is_titled and t.lower() not in LINK_WORDS for is_titled, t in zip(titled, tokens, strict=True)]
    beside = [before or after for before, after in zip([False, *of_name], [*of_name[1:], True])]
    return [
        MARGIN if not is_titled else float("inf") if is_beside else NAME_MARGIN
        for is_titled, is_beside in zip(titled, beside)
    ]


def _best_apart(
    offers: list[tuple[float, float, tuple[int, int], int]], texts: Sequence[Sequence[_Piece]], reach: int
) -> dict[tuple[int, int], int]:
    """The offers (gain, gain by the words around alone, place, word) that gain enough where they stand, best
    first, none within another's context. What a word gains by being commoner does not count: a rare word is
    not yet a misread one."""
    chosen: dict[tuple[int, int], int] = {}
    for gain, by_context, (text, place), number in sorted(offers, key=lambda offer: -offer[0]):
        piece = texts[text][place]
        offered = any(offer.number == number for offer in piece.offers)
        margin = min(piece.margin, NAME_MARGIN) if offered else piece.margin
        near = any((text, place + step) in chosen for step in range(-reach, reach + 1))
        around = LEAST_BY_CONTEXT if margin == MARGIN else NAME_BY_CONTEXT
        if gain >= margin and by_context >= around and not near:
            chosen[text, place] = number
    return chosen


def _rejoined(words: Sequence[str], pieces: Sequence[_Piece]) -> list[str]:
    out = list(words)
    for piece in reversed(pieces):  # from the end, since a new reading may be longer or shorter
        word = out[piece.word]
        out[piece.word] = word[: piece.start] + piece.raw + word[piece.end :]
    return out
