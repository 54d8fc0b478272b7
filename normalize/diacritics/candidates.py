"""What each word of a text may have been, by who read it: the words worth deciding between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from normalize.diacritics.channel import Channel, Scored
from normalize.diacritics.noise import Noise
from normalize.diacritics.readers import Reader
from normalize.diacritics.spelling import CODE, NUMBER, UNKNOWN
from normalize.diacritics.tokens import Token

_MOST_CANDIDATES, _MOST_SLIPPED, _MOST_BESIDE = 16, 24, 32
_CANDIDATE_SLACK = 9.0
_UNIGRAM_SHARE = 0.5
# A word nobody knows, printed as it is: what each of its letters costs, and what being foreign costs.
_FOREIGN, _FOREIGN_LETTER = -4.0, -1.7
_ODD_SIGNS, _SMALL_LETTERS = 12.0, 5.0
# Words remembered with their candidates: about 60 MB of them.
_MOST_KNOWN = 40_000


class Candidates:
    """Candidates of words, remembered. Each channel is made when a word is first asked for that needs it."""

    def __init__(self, made: Callable[[Reader], Channel], alone: Callable[[], Sequence[float]]) -> None:
        """`alone`: natural log probabilities of the vocabulary's words by themselves."""
        self._made, self._made_alone = made, alone
        self._channels: dict[Reader, Channel] = {}
        self._known: dict[tuple[Reader | float, str], Scored] = {}

    @cached_property
    def _alone(self) -> Sequence[float]:
        return self._made_alone()

    def channel(self, reader: Reader) -> Channel:
        """What that reader reads letters as."""
        if reader not in self._channels:
            self._channels[reader] = self._made(reader)
        return self._channels[reader]

    def is_bare(self, word: str) -> bool:
        """Whether `word` is Vietnamese but for its marks (`Channel.is_bare`)."""
        return self.channel("english").is_bare(word)

    def is_known(self, word: str) -> bool:
        """Whether a word is Vietnamese but for its marks, or stands in Vietnamese texts."""
        return self.is_bare(word) or bool(self._stripped(word))

    def is_near(self, word: str) -> bool:
        """Whether a slip makes `word` of one that is Vietnamese."""
        return bool(self.channel("english").slipped(word, whole=False))

    def of(self, token: Token, reader: Reader, noise: Noise) -> Scored:
        """Numbers of words that a token may stand for, with ln P(what was read | word)."""
        if token.kind != "word":
            return [({"number": NUMBER, "code": CODE}.get(token.kind, UNKNOWN), 0.0)]
        raw = token.text
        if reader == "none":
            return self._plain(raw, noise)
        return self._remembered((reader, raw), lambda: self._read(raw, reader))

    def _read(self, raw: str, reader: Reader) -> Scored:
        known = best_of(self.channel(reader).read(raw), self._alone)
        return [*known, (UNKNOWN, foreign_cost(raw))]

    def _plain(self, raw: str, noise: Noise) -> Scored:
        """Of a word that lost its marks: those of its letters; where there are none, those that slips make of
        others."""
        if self.is_bare(raw):
            return self._remembered(("none", raw), lambda: best_of(self._stripped(raw), self._alone))
        found = self._remembered((noise.slip, raw), lambda: self._slipped(raw, noise.slip))
        return [*found, (UNKNOWN, noise.as_printed(raw) - self._alone[UNKNOWN])]

    def _stripped(self, raw: str) -> Scored:
        return self.channel("english").stripped(raw)

    def _slipped(self, raw: str, slip: float) -> Scored:
        slipped = self.channel("english").slipped(raw)
        near = [(number, slip * slips - price) for number, slips, price in slipped]
        return best_of([*self._stripped(raw), *near], self._alone, _MOST_SLIPPED)

    def beside(self, raw: str, noise: Noise) -> Scored:
        """Words that a slip makes `raw`, which is one itself."""
        return self._remembered((noise.slip, raw), lambda: self._beside(raw, noise.slip))

    def _beside(self, raw: str, slip: float) -> Scored:
        slipped = self.channel("english").slipped(raw, whole=False)
        return best_of([(number, slip - price) for number, _, price in slipped], self._alone, _MOST_BESIDE)

    def _remembered(self, key: tuple[Reader | float, str], made: Callable[[], Scored]) -> Scored:
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = made()
        return known


def foreign_cost(raw: str) -> float:
    """ln P of printing `raw` for a word nobody knows. Foreign words and names start with a capital or are
    abbreviations with digits (`QL1A`); other words with signs or digits in them are damaged ones."""
    cost = _FOREIGN + _FOREIGN_LETTER * len(raw)
    if not raw.isalpha() and not (raw.isalnum() and raw.isupper() and len(raw) > 2):
        return cost - _ODD_SIGNS
    return cost if raw[0].isupper() and raw[0] != "I" else cost - _SMALL_LETTERS


def best_of(found: Scored, alone: Sequence[float], most: int = _MOST_CANDIDATES) -> Scored:
    """The candidates worth deciding between."""
    if len(found) < 2:
        return list(found)
    ranked = sorted(found, key=lambda pair: -(pair[1] + _UNIGRAM_SHARE * alone[pair[0]]))
    best = ranked[0][1] + _UNIGRAM_SHARE * alone[ranked[0][0]]
    limit = best - _CANDIDATE_SLACK
    return [pair for pair in ranked[:most] if pair[1] + _UNIGRAM_SHARE * alone[pair[0]] > limit]
