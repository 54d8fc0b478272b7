"""The noisy channel: which syllables a damaged word may stand for, and how likely each is to be read so.

P(raw | syllable) mixes how often the whole syllable was seen read as `raw` with a letter model (what each
letter is read as, letters independent); the letter model walks a trie of the vocabulary along the raw word.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from normalize.diacritics.nearby import SHORTEST, Nearby
from normalize.diacritics.slips import Slips
from normalize.diacritics.spelling import SPECIALS, bare
from normalize.encodings.syllables import is_syllable

_ODD_CAPITAL = 1.5  # a small letter that was read as a capital
_SAME = -0.1  # ln P of an abbreviation or foreign word being read as it is
_NOISE_COST = 5.0  # a raw character that stands for nothing
_FLOOR = 0.0006  # of a letter for being read as its plain self, when the pairs never showed it
# A letter with marks that was not seen for a letter: what it costs beside its plain one, and at most.
_MARKED = (0xC0, 0x180)
_OTHER_MARK, _ANY_MARK = 3.0, 4.0
# A word that no letters' readings explain so well may be any word a slip away (`slips`), at such a price and
# the slip's own (-7 has 0.0001 fewer, -9 for any slip 0.0003).
_POOR, _AWAY = -4.5, -5.5
# A slip of such a price is likely: no second one is looked for.
_LIKELY_SLIP = 3.0
_UP_PRIOR = 20.0  # small-letter counts, put at capitals' disposal where those are few
# The weight of counts of whole syllables against the letter model where there are many, and what many is.
_WHOLE = 0.6
_PRIOR = 6.0
_PER_POSITION = 48  # partial readings kept at each character
_SLACK = 7.0  # and how much dearer than the best they may be
_LONGEST_READING = 3
_SHORTEST_FOREIGN = 4
_LONGEST_WORD = 14  # seven letters at most, some of them read as two or three
_MOST_KNOWN = 100_000

Node = dict[str, Any]
Readings = dict[str, dict[str, float]]
Scored = list[tuple[int, float]]

# Two house styles of placing the tone; a print may be in either.
_OTHER_STYLE = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip


class Lexicon:
    """A vocabulary's words by their letters, which all readers' channels share."""

    def __init__(self, vocabulary: list[str]) -> None:
        self.vocabulary = vocabulary
        syllables = {n: w for n, w in enumerate(vocabulary) if n >= len(SPECIALS) and is_syllable(w)}
        self.trie = _trie(syllables)
        self.bare: dict[str, list[int]] = defaultdict(list)
        self.others: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(vocabulary[len(SPECIALS) :], start=len(SPECIALS)):
            (self.bare if number in syllables else self.others)[bare(word)].append(number)
        marked = (number for numbers in self.others.values() for number in numbers)
        self.in_names = {n for n in marked if not vocabulary[n].replace("đ", "d").isascii()}

    @cached_property
    def nearby(self) -> Nearby:
        return Nearby(self.bare)

    @cached_property
    def slips(self) -> Slips:
        return Slips(self.bare.keys(), self.nearby)


class Channel:
    """Candidates for raw words, and the costs of reading them so."""

    def __init__(self, lexicon: Lexicon, tables: Mapping[str, Any]) -> None:
        self._trie, self._bare, self._others = lexicon.trie, lexicon.bare, lexicon.others
        self._in_names = lexicon.in_names
        units: dict[str, dict[str, int]] = tables["units"]
        self._small = _invert({k: v for k, v in units.items() if k == k.lower()})
        self._capital = _invert(_capitals(units))
        self._either = _either(self._capital, self._small)
        self._seen, self._totals = _seen(lexicon.vocabulary, tables["words"])
        self._is_bare: dict[str, bool] = {}
        self._slips = lexicon.slips

    def stripped(self, raw: str) -> Scored:
        """Words that are `raw` when their marks are taken off, all alike."""
        return [(number, 0.0) for number in self._bare.get(raw.lower(), ())] + self._foreign(raw)

    def slipped(self, raw: str, whole: bool = True) -> list[tuple[int, int, float]]:
        """Words that are `raw` without their marks but for a slip or two: number, how many, and the price of
        what they are; two only of a `whole` word that no likely one explains."""
        letters = bare(raw).lower()
        found = [(form, 1, price) for form, price in self._slips.one(letters).items()]
        if whole and min((price for _, _, price in found), default=math.inf) > _LIKELY_SLIP:
            once = {form for form, _, _ in found}
            found += [(f, 2, price) for f, price in self._slips.two(letters).items() if f not in once]
        return [(number, slips, price) for form, slips, price in found for number in self._bare.get(form, ())]

    def _foreign(self, raw: str) -> Scored:
        """The abbreviation (in capitals only), foreign word, or syllable of other peoples' names (with a
        capital) that `raw` is, but for its marks."""
        found = self._others.get(bare(raw).lower(), ())
        if not raw.isupper() and len(raw) < _SHORTEST_FOREIGN:
            found = [number for number in found if number in self._in_names and raw[0].isupper()]
        return [(number, _SAME) for number in found]

    def is_bare(self, raw: str) -> bool:
        """Whether `raw` without its marks is some known word without its marks; syllables of other peoples'
        names (`Krey`) count with a capital."""
        known = self._is_bare.get(raw)
        if known is None:
            if len(self._is_bare) > _MOST_KNOWN:
                self._is_bare.clear()
            letters = bare(raw).lower()
            named = raw[:1].isupper() and not self._in_names.isdisjoint(self._others.get(letters, ()))
            known = self._is_bare[raw] = letters in self._bare or named
        return known

    def read(self, raw: str) -> Scored:
        """Words that OCR may have read as `raw`, with ln P(raw | word), best first."""
        generated = self._walk(raw) if len(raw) <= _LONGEST_WORD else {}
        seen = self._seen.get(raw.lower(), {})
        scored: Scored = []
        for number in generated.keys() | seen.keys():
            by_letters = math.exp(-generated[number]) if number in generated else 1e-9
            total = self._totals.get(number, 0)
            known = _WHOLE * total / (total + _PRIOR)
            p = known * seen.get(number, 0) / max(total, 1) + (1.0 - known) * by_letters
            scored.append((number, math.log(p)))
        scored.extend(self._foreign(raw))
        if len(raw) >= SHORTEST and max((p for _, p in scored), default=-math.inf) < _POOR:
            scored.extend(self._near(raw, {number for number, _ in scored}))
        scored.sort(key=lambda pair: -pair[1])
        return scored

    def _near(self, raw: str, known: set[int]) -> Scored:
        """Words that a slip makes `raw`, whatever marks they have, that are not `known`."""
        found = self.slipped(raw, whole=False)
        return [(number, _AWAY - price) for number, _, price in found if number not in known]

    def _walk(self, raw: str) -> dict[int, float]:
        """Word number → cost of its cheapest reading as `raw`."""
        every = self._capital if raw.isupper() and len(raw) > 1 else self._small
        first = self._either if raw[:1].isupper() else self._small
        size = len(raw)
        states: list[dict[int, tuple[float, Node]]] = [{} for _ in range(size + 1)]
        states[0][id(self._trie)] = (0.0, self._trie)
        for j in range(size + 1):
            table = first if j == 0 else every
            here = _skipping(states[j], table.get("", {}))
            states[j] = here
            if j == size:
                break
            options = [(k, table.get(raw[j : j + k])) for k in range(1, min(_LONGEST_READING, size - j) + 1)]
            for key, (cost, node) in here.items():
                _offer(states[j + 1], key, cost + _NOISE_COST, node)
                for k, letters in options:
                    if letters:
                        _step(states[j + k], node, cost, letters)
        words: dict[int, float] = {}
        for cost, node in states[size].values():
            number = node.get("")
            if number is not None:
                words[number] = min(cost, words.get(number, math.inf))
        return words


def _offer(state: dict[int, tuple[float, Node]], key: int, cost: float, node: Node) -> None:
    old = state.get(key)
    if old is None or cost < old[0]:
        state[key] = (cost, node)


def _step(state: dict[int, tuple[float, Node]], node: Node, cost: float, letters: dict[str, float]) -> None:
    """All children of `node` whose letter can be read so."""
    common = node.keys() & letters.keys()
    for letter in common:
        child = node[letter]
        total = cost + letters[letter]
        key = id(child)
        old = state.get(key)
        if old is None or total < old[0]:
            state[key] = (total, child)


def _skipping(states: dict[int, tuple[float, Node]], lost: dict[str, float]) -> dict[int, tuple[float, Node]]:
    """The best states at one character, and those reached from them by letters that were not read at all."""
    if not states:
        return states
    limit = min(cost for cost, _ in states.values()) + _SLACK
    kept = sorted(
        ((key, pair) for key, pair in states.items() if pair[0] <= limit), key=lambda item: item[1][0]
    )[:_PER_POSITION]
    out = dict(kept)
    for _, (cost, node) in kept:
        for letter, child in node.items():
            more = lost.get(letter)
            if more is not None and cost + more <= limit:
                _offer(out, id(child), cost + more, child)
    return out


def _trie(words: Mapping[int, str]) -> Node:
    root: Node = {}
    for number, word in words.items():
        spellings = [word]
        if word[-2:] in _OTHER_STYLE and word[-3:-2] != "q":
            spellings.append(word[:-2] + _OTHER_STYLE[word[-2:]])
        for spelling in spellings:
            node = root
            for letter in spelling:
                node = node.setdefault(letter, {})
            node.setdefault("", number)
    return root


def _capitals(units: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, float]]:
    """The readings of capitals, under their small letters, filled up with those of the small letters."""
    out: dict[str, dict[str, float]] = {}
    for letter, small in units.items():
        if letter != letter.lower():
            continue
        total = math.fsum(small.values())
        table = {reading.upper(): _UP_PRIOR * n / total for reading, n in small.items()}
        for reading, n in units.get(letter.upper(), {}).items():
            table[reading] = table.get(reading, 0.0) + n
        out[letter] = table
    return out


def _invert(units: Mapping[str, Mapping[str, float]]) -> Readings:
    """Reading → letter → cost (-ln P of the letter being read so)."""
    out: Readings = defaultdict(dict)
    for letter, table in units.items():
        total = math.fsum(table.values()) + 3.0
        for reading, n in table.items():
            out[reading][letter] = -math.log(n / total)
        for reading in {letter, bare(letter), letter.upper(), bare(letter).upper()}:
            out[reading].setdefault(letter, -math.log(_FLOOR))
    _add_marked(out)
    return dict(out)


def _add_marked(readings: Readings) -> None:
    """Adds marks that no pair showed: `å` is what `a` is, and any letter with marks any other of its kind."""
    letters: dict[str, set[str]] = defaultdict(set)
    for table in list(readings.values()):
        for letter in table:
            letters[bare(letter)].add(letter)
    for code in range(*_MARKED):
        reading = chr(code)
        plain = bare(reading)
        if not reading.isalpha() or plain == reading:
            continue
        known = readings[reading]
        for letter, cost in readings.get(plain, {}).items():
            known.setdefault(letter, cost + _OTHER_MARK)
        for letter in letters.get(plain.lower(), ()):
            known.setdefault(letter, _ANY_MARK)


def _either(capital: Readings, small: Readings) -> Readings:
    """Readings of a word's first letter that came out as a capital: a small one may have, at a price."""
    out = {reading: dict(letters) for reading, letters in capital.items()}
    for reading, letters in small.items():
        into = out.setdefault(reading, {})
        price = 0.0 if reading == "I" else _ODD_CAPITAL
        for letter, cost in letters.items():
            into[letter] = min(into.get(letter, math.inf), cost + price)
    return out


def _seen(
    vocabulary: list[str], words: Mapping[str, Mapping[str, int]]
) -> tuple[dict[str, dict[int, int]], dict[int, int]]:
    """Raw word → word number → count; word number → all its counts."""
    ids = {word: number for number, word in enumerate(vocabulary)}
    seen: dict[str, dict[int, int]] = defaultdict(dict)
    totals: dict[int, int] = {}
    for word, readings in words.items():
        if word in ids:
            totals[ids[word]] = sum(readings.values())
            for raw, n in readings.items():
                seen[raw][ids[word]] = n
    return dict(seen), totals


def blended(tables: Mapping[str, Any], other: Mapping[str, Any], share: float) -> dict[str, Any]:
    """Confusion tables with `share` of the counts of others added."""
    out: dict[str, Any] = {}
    for part in ("units", "words"):
        out[part] = {key: dict(readings) for key, readings in tables[part].items()}
        for key, readings in other[part].items():
            into = out[part].setdefault(key, {})
            for reading, n in readings.items():
                into[reading] = into.get(reading, 0.0) + share * n
    return out


def load_tables(paths: Iterable[Path]) -> dict[str, Any]:
    """The confusion tables of one or more files, counts added up."""
    units: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    words: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path in paths:
        tables = json.loads(path.read_text(encoding="utf-8"))
        for total, part in ((units, tables["units"]), (words, tables["words"])):
            for key, readings in part.items():
                for reading, n in readings.items():
                    total[key][reading] += n
    return {"units": units, "words": words}
