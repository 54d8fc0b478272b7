"""Blanks that were lost (`nhandan`) or put in (`truo ng`) in a text without marks: each way that the words
there may be parted is read with the words around, and the likeliest stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from normalize.diacritics.beam import Judge, Lattice, scores
from normalize.diacritics.candidates import Candidates
from normalize.diacritics.names import NO_NAME
from normalize.diacritics.noise import Noise, measured, own_foreign
from normalize.diacritics.spelling import BREAK
from normalize.diacritics.tokens import Token

_SHORTEST, _LONGEST = 3, 18
# Words of one letter, the only ones: `ở`, `à`, `ý`.
_ALONE = frozenset("oay")
_AROUND = 3  # words on each side that say which way is likeliest
# Of so many words blanks are lost that they are put in beside figures, too (`318ha` may be meant so).
_MANY = 0.004
_WITH_FIGURE = re.compile(r"([a-zđ]{2,})\d+|(\d+)([a-zđ]{2,})")


@dataclass(frozen=True)
class Blanks:
    """`is_form`: whether a word is a known one without its marks."""

    is_form: Callable[[str], bool]
    candidates: Candidates
    judge: Judge

    def noise(self, tokens: Sequence[Token]) -> Noise:
        """Of the text of these tokens."""
        return measured(tokens, self.candidates.is_known, self.candidates.is_near, self.is_two, own_foreign())

    def restored(self, tokens: Sequence[Token], noise: Noise) -> list[Token]:
        """`tokens` as they are likeliest parted."""
        ways = [
            (begin, end, way, price)
            for begin in range(len(tokens))
            for end, way, price in self._ways(tokens, begin, noise)
        ]
        if not ways:
            return list(tokens)
        gains = self._gains(tokens, ways, noise)
        taken: dict[int, tuple[int, list[Token]]] = {}
        used: set[int] = set()
        for at in sorted(range(len(ways)), key=lambda i: (-gains[i], i)):
            begin, end, way, _ = ways[at]
            if gains[at] > 0 and used.isdisjoint(range(begin, end)):
                used.update(range(begin, end))
                taken[begin] = (end, way)
        return list(_put_together(tokens, taken))

    def is_two(self, text: str) -> bool:
        """Whether two known words stand there without their blank."""
        return any(self._is_part(text[:at]) and self._is_part(text[at:]) for at in range(1, len(text)))

    def _is_part(self, text: str) -> bool:
        return text.isalpha() and self.is_form(text) and (len(text) > 1 or text.lower() in _ALONE)

    def _ways(
        self, tokens: Sequence[Token], at: int, noise: Noise
    ) -> Iterator[tuple[int, list[Token], float]]:
        """Other ways to part the words from token number `at` on: where they end, and the price."""
        token = tokens[at]
        if token.kind != "word":
            return
        if (
            _SHORTEST <= len(token.text) <= _LONGEST
            and not self.is_form(token.text)
            and token.text.lower() not in noise.foreign
        ):
            for cuts in self._cuts(token.text):
                yield at + 1, _cut(token, cuts), noise.blank_lost * len(cuts)
        if figure := _WITH_FIGURE.fullmatch(token.text):
            at_figure = figure.end(1) if figure[1] else figure.end(2)
            word = figure[1] or figure[3]
            if self._is_part(word):
                yield at + 1, _from_figure(token, at_figure), noise.blank_lost
        joined = _together(token, tokens[at + 1]) if at + 1 < len(tokens) else None
        if joined and self.is_form(joined.text):
            yield at + 2, [joined], noise.blank_put_in

    def _cuts(self, text: str) -> Sequence[tuple[int, ...]]:
        twice = [(at,) for at in range(1, len(text)) if self._is_part(text[:at]) and self._is_part(text[at:])]
        if twice:
            return twice
        return [
            (one, other)
            for one in range(1, len(text) - 1)
            if self._is_part(text[:one])
            for other in range(one + 1, len(text))
            if self._is_part(text[one:other]) and self._is_part(text[other:])
        ]

    def _gains(
        self, tokens: Sequence[Token], ways: list[tuple[int, int, list[Token], float]], noise: Noise
    ) -> list[float]:
        """How much likelier each way is than the print's, ln."""
        begins: dict[tuple[int, int], int] = {}
        pieces: list[Sequence[Token]] = []
        prices: list[float] = []
        for begin, end, way, price in ways:
            low, high = max(begin - _AROUND, 0), min(end + _AROUND, len(tokens))
            if (begin, end) not in begins:
                begins[begin, end] = len(pieces)
                pieces.append(tokens[low:high])
                prices.append(0.0)
            pieces.append([*tokens[low:begin], *way, *tokens[end:high]])
            prices.append(price)
        found = self._scores(pieces, noise) + np.array(prices)
        worth: list[float] = []
        at = 0
        for begin, end, _, _ in ways:
            at += 1 + (begins[begin, end] == at)
            worth.append(float(found[at - 1] - found[begins[begin, end]]))
        return worth

    def _scores(self, pieces: Sequence[Sequence[Token]], noise: Noise) -> np.ndarray:
        starts, ids, log_p, first, last = [0], [], [], [], []
        for piece in pieces:
            first.append(len(starts) - 1)
            for token in piece:
                if token.stop_before:
                    ids.append(BREAK)
                    log_p.append(0.0)
                    starts.append(len(ids))
                for number, p in self.candidates.of(token, "none", noise):
                    ids.append(number)
                    log_p.append(p)
                starts.append(len(ids))
            last.append(len(starts) - 1)
        lattice = Lattice(
            np.array(starts, dtype=np.int64),
            np.array(ids, dtype=np.uint64),
            np.array(log_p, dtype=np.float32),
            np.full(len(starts) - 1, NO_NAME, dtype=np.uint8),
        )
        return scores(lattice, self.judge, np.array(first), np.array(last))


def _cut(token: Token, cuts: Sequence[int]) -> list[Token]:
    edges = [0, *cuts, len(token.text)]
    out = []
    for begin, end in pairwise(edges):
        part = replace(token, start=token.start + begin, end=token.start + end, text=token.text[begin:end])
        out.append(replace(part, stop_before=False, joined=True) if begin else part)
    return out


def _from_figure(token: Token, at: int) -> list[Token]:
    """A word and a figure that stand in one."""
    parts = [
        replace(token, end=token.start + at, text=token.text[:at]),
        replace(token, start=token.start + at, text=token.text[at:], stop_before=False),
    ]
    return [replace(part, kind="number") if part.text.isdigit() else part for part in parts]


def gaps(lines: Sequence[str], tokens: Sequence[Token], noise: Noise) -> Iterator[tuple[int, int]]:
    """Line and place of blanks that a text lost beside figures and behind commas, where it loses many."""
    if noise.joined < _MANY:
        return
    for token, other in pairwise(tokens):
        if token.line != other.line or other.kind not in ("word", "number"):
            continue
        between = lines[token.line][token.end : other.start]
        words = [part.text for part in (token, other) if part.kind == "word"]
        plain = all(len(word) > 1 and word.islower() for word in words)
        if (not between and {token.kind, other.kind} == {"word", "number"} and plain) or (
            between in (",", ";") and other.kind == "word" and token.kind in ("word", "number")
        ):
            yield token.line, other.start


def _together(token: Token, other: Token) -> Token | None:
    """Two words with nothing but a blank between them, as one."""
    if other.kind != "word" or other.line != token.line or other.start != token.end + 1 or other.stop_before:
        return None
    if not (token.text.isalpha() and other.text.isalpha()) or (
        other.text[0].isupper() and not token.text.isupper()
    ):
        return None
    text = token.text + other.text
    return replace(token, end=other.end, text=text, tail=other.tail, printed=f"{token.text} {other.text}")


def _put_together(tokens: Sequence[Token], taken: dict[int, tuple[int, list[Token]]]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        end, way = taken.get(at, (at + 1, [tokens[at]]))
        yield from way
        at = end
