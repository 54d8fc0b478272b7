"""What each word of a text may have been, by who read it: the words worth deciding between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from normalize.diacritics.channel import Channel, Scored
from normalize.diacritics.readers import Reader
from normalize.diacritics.spelling import CODE, NUMBER, UNKNOWN
from normalize.diacritics.tokens import Token

_MOST_CANDIDATES = 16
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
        self._known: dict[tuple[Reader, str], Scored] = {}

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

    def of(self, token: Token, reader: Reader) -> Scored:
        """Numbers of words that a token may stand for, with ln P(what was read | word)."""
        if token.kind != "word":
            return [({"number": NUMBER, "code": CODE}.get(token.kind, UNKNOWN), 0.0)]
        raw = token.text
        known = self._known.get((reader, raw))
        if known is None:
            stripped = reader == "none"
            found = self.channel("english").stripped(raw) if stripped else self.channel(reader).read(raw)
            known = best_of(found, self._alone)
            if not (stripped and known):
                known.append((UNKNOWN, foreign_cost(raw)))
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[reader, raw] = known
        return known


def foreign_cost(raw: str) -> float:
    """ln P of printing `raw` for a word nobody knows. Foreign words and names start with a capital or are
    abbreviations with digits (`QL1A`); other words with signs or digits in them are damaged ones."""
    cost = _FOREIGN + _FOREIGN_LETTER * len(raw)
    if not raw.isalpha() and not (raw.isalnum() and raw.isupper() and len(raw) > 2):
        return cost - _ODD_SIGNS
    return cost if raw[0].isupper() and raw[0] != "I" else cost - _SMALL_LETTERS


def best_of(found: Scored, alone: Sequence[float]) -> Scored:
    """The candidates worth deciding between."""
    if len(found) < 2:
        return list(found)
    ranked = sorted(found, key=lambda pair: -(pair[1] + _UNIGRAM_SHARE * alone[pair[0]]))
    best = ranked[0][1] + _UNIGRAM_SHARE * alone[ranked[0][0]]
    limit = best - _CANDIDATE_SLACK
    return [pair for pair in ranked[:_MOST_CANDIDATES] if pair[1] + _UNIGRAM_SHARE * alone[pair[0]] > limit]
