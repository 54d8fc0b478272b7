"""What a sentence says of its own figures: a change and what it is counted from, what is left of a plan, a
share of a whole. Sums are `sums`, numbers repeated in words `spelled`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.value import DecimalMark
from normalize.prose.figures import Figure, find_figures, plain_key
from normalize.prose.sentences import LONGEST_SENTENCE

ClaimKind = Literal["change", "growth", "ratio", "remainder", "share", "mean"]
Signed = tuple[Figure, int]  # a figure and its sign

_DIGITS = re.compile(r"\d+")
_FEWEST_FIGURES = 2  # of an equation
_NOUN = re.compile(r"\s*(?P<word>[a-z]+)")
_NO_NOUN = frozenset(
    ("so", "tang", "giam", "trong", "con", "da", "dat", "chiem", "va", "voi", "o", "tai", "nam", "cua", "la",
     "duoc", "co", "gom", "bang", "tren", "thuoc", "cho", "tu", "len", "xuong")
)  # fmt: skip
_OF_MONEY = frozenset(("dong", "trieu", "ty", "nghin", "ngan", "vnd"))
_RATES = frozenset(("percent", "percent_point"))


@dataclass(frozen=True, slots=True)
class Claim:
    """An equation that a sentence states: `target = scale * sum(terms) / sum(whole)`, for a rate of change or
    a share in percent.

    `wholes` are, for a share, the figures that it may be a share of, the nearest first, `named` the one that
    its words name, `phrase` the telling words behind it. `sure` says that the words leave no other meaning.
    """

    kind: ClaimKind
    target: Figure
    terms: tuple[Signed, ...]
    wholes: tuple[Figure, ...] = ()
    named: Figure | None = None
    sure: bool = True
    phrase: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clauses:
    """A sentence, folded, with its figures in order."""

    text: str
    key: str
    figures: tuple[Figure, ...]

    def printed_end(self, figure: Figure) -> int:
        """Where the digits of a figure end; its unit may follow."""
        return self.text.find(figure.printed, figure.start) + len(figure.printed)

    def noun(self, figure: Figure) -> str:
        """The first word behind a figure that says what it counts; '%' of a rate, 'dong' of money."""
        if figure.unit in _RATES:
            return "%"
        if figure.unit == "money_vnd":
            return "dong"
        match = _NOUN.match(self.key, self.printed_end(figure))
        word = match["word"] if match else ""
        return "" if word in _NO_NOUN else "dong" if word in _OF_MONEY else word

    def between(self, first: Figure, second: Figure) -> str:
        return self.key[first.end : second.start]

    def alike(self, first: Figure, second: Figure) -> bool:
        """Whether two figures count the same thing, as far as their words tell."""
        a, b = self.noun(first), self.noun(second)
        if "%" in (a, b) or "dong" in (a, b):
            return a == b
        return a == b or not a or not b


def clauses_of(sentence: str, mark: DecimalMark) -> Clauses | None:
    """The sentence with its figures; None of one that is too long to be one, or has fewer than two."""
    if len(sentence) > LONGEST_SENTENCE or len(_DIGITS.findall(sentence)) < _FEWEST_FIGURES:
        return None
    figures = [f for f in find_figures(sentence, mark) if f.interval is None]
    return Clauses(sentence, plain_key(sentence), tuple(figures)) if len(figures) >= _FEWEST_FIGURES else None


def counts_before(clauses: Clauses, place: int) -> Sequence[Figure]:
    """The figures before a place that are counts or sums of money, and no changes, the nearest first."""
    found = [f for f in clauses.figures if f.end <= place and f.role == "value" and f.unit not in _RATES]
    return [f for f in reversed(found) if f.unit not in ("rank", "date", "score")]
