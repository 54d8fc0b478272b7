"""One place string looked up by itself: a name, what it lies in, an office before it, all in one text.

A column's rows tell each other apart; a single string has only what stands in it. So every unit of any day
that bears the name is weighed: by how it is spelled, by its type word, by what is named behind it against
what the unit lay in at any time, and by whether it stood on the day. What costs as much is a tie.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from rapidfuzz.distance import OSA

from gazetteer.chain import PASSED_OVER, Chain, Link, chains
from gazetteer.changes import History
from gazetteer.match import LEVEL_PRIORS, TYPE_CHANGED, type_cost
from gazetteer.names import LEVELS, number_of, spelled_alike, tight
from gazetteer.slips import slip_cost
from gazetteer.store import Store
from model.place import AdminUnit, Candidate, PlaceType
from normalize.lexicon import entries
from normalize.unicode import fold

_FORMER = 1.2  # nats that a unit which was no more on the day is meant
_COMING = 2.5  # that one is which began only later
_NOT_ENDED = 3.0  # that a unit of the day is called one that is no more
_EARLIER = 1.9  # that a unit is said to lie where it lay before; dearer than that a former one is meant
_LATER = 3.0  # that one is said to lie where it came to lie only later
_HEIR = 0.3  # that one which is no more is said to lie in what took its province's place
_USUAL = 0.05  # that a name is written in a usual short or older form
_INITIALS = 0.7  # that one is written by initials of its syllables
_LOOSE = 0.5  # that a name is spelled as its language may be (`Pắk`, `Pắc`)
_NO_SIGN = 0.6  # that no sign parts a province's name from the one before it
_WHOLE_NAME = 1.5  # that a type word is part of the name (`TT Huế`)
_ELSEWHERE = 8.0  # that a unit does not lie in what is named behind it
_ONE_SLIP = 4.5  # nats: one letter, or some marks
_MOST = 6.0  # nats up to which a unit may be meant
_FAR = 4.0  # nats behind the likeliest from which a unit is not worth naming
_DOUBTED = 0.3  # belief at most in a unit that does not lie in what is named behind it
_COMMUNE = 3  # the level
_LETTERS = 2  # that a slip changes at most
_MOST_CANDIDATES = 10
_FARM = re.compile(r"\b(?:nong truong|n\.t\.?|nt\.)\s*(?=\S)")
_SIGNS = re.compile(r"[\s.'’-]+")


@dataclass(frozen=True, slots=True)
class _Found:
    unit: AdminUnit
    cost: float
    named: float  # the part of the cost that is the name's
    elsewhere: bool
    plain: bool  # the text was taken apart in the way that costs nothing


class SinglePlaces:
    """Looks single strings up among all states of all units."""

    def __init__(self, store: Store, history: History) -> None:
        self._store, self._history = store, history

    @cached_property
    def _by_key(self) -> dict[str, list[AdminUnit]]:
        """States by the loose matching keys of what they are called, and by their numbers."""
        found: dict[str, list[AdminUnit]] = defaultdict(list)
        for unit, key in zip(self._store.units, self._store.keys, strict=True):
            found[number_of(unit.name) or _loosely(key)].append(unit)
            for name in self._store.spellings.get(unit.code, ()):
                other = _loosely(tight(name))
                if other != _loosely(key) and spelled_alike(name, unit.name):
                    found[other].append(unit)
        return found

    def find(
        self, text: str, within: str = "", kind: PlaceType | None = None, *, day: date
    ) -> list[Candidate]:
        """The units that a text may mean, likeliest first; none where no unit is called just so, or nearly
        so where the text says what it lies in."""
        ways = [way for chain in chains(text) for way in self._with_province(self._joined(chain))]
        above = chains(within)[0].links if within else ()
        best: dict[tuple[str, date | None], _Found] = {}
        for slips in (False, True):
            for chain in ways:
                links = (*_typed(chain.links, kind), *above)
                for found in self._of_chain(chain, links, day, slips):
                    key = found.unit.code, found.unit.valid_from
                    if key not in best or found.cost < best[key].cost:
                        best[key] = found
            least = min((f.cost for f in best.values() if not f.elsewhere), default=math.inf)
            if least < PASSED_OVER or (slips and least <= _MOST):
                return self._ranked(_as_likely_elsewhere(best.values()) if slips else best.values(), day)
        return []

    def doubted(self, text: str, within: str, found: list[Candidate], day: date) -> list[Candidate]:
        """Candidates as they are, but in doubt where the likeliest does not lie in what the text names."""
        links = chains(text)[0].links if chains(text) else ()
        above = (*links[1:], *(chains(within)[0].links if within else ()))
        if found and any(self._lies_in(found[0].unit, link, day) >= _ELSEWHERE for link in above):
            return [replace(candidate, score=min(candidate.score, _DOUBTED)) for candidate in found]
        return found

    @cached_property
    def _provinces(self) -> frozenset[str]:
        return frozenset(
            key for unit, key in zip(self._store.units, self._store.keys, strict=True) if unit.level == 1
        )

    @cached_property
    def _dashed(self) -> frozenset[str]:
        return frozenset(tight(unit.name) for unit in self._store.units if "-" in unit.name)

    def _joined(self, chain: Chain) -> Chain:
        """A chain with names put together again that a dash stands in (`Bà Rịa - Vũng Tàu`)."""
        links: list[Link] = []
        for link in chain.links:
            if links and link.type is None and tight(links[-1].name + link.name) in self._dashed:
                link = Link(
                    links[-1].type, f"{links[-1].name} {link.name}", f"{links.pop().text} {link.text}"
                )
            links.append(link)
        return replace(chain, links=tuple(links))

    def _with_province(self, chain: Chain) -> Iterator[Chain]:
        """A chain, and where its last name ends with a province's without a sign between, that one cut."""
        yield chain
        if not chain.links:
            return
        *inner, last = chain.links
        words = last.name.split(" ")
        for start in range(1, len(words)):
            name = " ".join(words[start:])
            if tight(name) in self._provinces:
                head = last.text[: len(last.text) - len(name)].rstrip()
                cut = Link(last.type, " ".join(words[:start]), head), Link(None, name, name)
                yield replace(chain, links=(*inner, *cut), cost=chain.cost + _NO_SIGN)

    def _ranked(self, found: Iterable[_Found], day: date) -> list[Candidate]:
        kept = sorted(
            (f for f in found if f.cost <= _MOST),
            key=lambda f: (f.cost, f.unit.code, f.unit.valid_from or date.min),
        )
        kept = [f for f in kept if f.cost <= kept[0].cost + _FAR]
        whole = math.fsum(math.exp(-f.cost) for f in kept) + math.exp(-_MOST)
        return [
            Candidate(
                f.unit, round(math.exp(-f.cost) / whole, 4), tuple(self._path(f.unit, _day_of(f.unit, day)))
            )
            for f in kept[:_MOST_CANDIDATES]
        ]

    def _of_chain(self, chain: Chain, links: Sequence[Link], day: date, slips: bool) -> Iterator[_Found]:
        if not links:
            return
        own, above = links[0], links[1:]
        states = self._near(own) if slips and above else self._called(own, bool(above))
        for unit in self._of_the_day(states, day, chain.ended):
            if chain.bare and unit.level == _COMMUNE and not self._parent_named(unit, above, day):
                continue  # what an office is called after may be one of many communes, or their district
            named = min(_names_cost(own, unit, self._names(unit), slips))
            if named > _ONE_SLIP:
                continue
            where = sum(self._lies_in(unit, link, day) for link in above)
            cost = chain.cost + named + where + _time_cost(unit, day, chain.ended)
            yield _Found(unit, cost, named, where >= _ELSEWHERE, chain.cost == 0.0)

    def _parent_named(self, unit: AdminUnit, above: Sequence[Link], day: date) -> bool:
        """Whether one of the links names what the unit lies in next: of communes the district."""
        parents = self._path(unit, _day_of(unit, day))[1:2]
        return any(
            min(_names_cost(link, parent, self._names(parent), True, prior=False)) <= _ONE_SLIP
            for parent in parents
            for link in above
        )

    def _of_the_day(self, states: Iterable[AdminUnit], day: date, ended: bool) -> Iterator[AdminUnit]:
        """Of each code the state of the day and the last before it, but one of the same name whose parent
        still stands: of these the day's is meant. Where there is neither, the first after it."""
        by_code: dict[str, dict[date, AdminUnit]] = defaultdict(dict)
        for unit in states:
            by_code[unit.code][unit.valid_from or date.min] = unit
        for begun in by_code.values():
            known = [begun[start] for start in sorted(begun)]
            now = [unit for unit in known if _stands(unit, day)]
            past = [unit for unit in known if _last_day(unit) < day][-1:]
            if now and past and not ended and self._still_has_parent(past[0], day):
                past = [] if tight(now[0].name) == tight(past[0].name) else past
            yield from now
            yield from past
            if not now and not past:
                yield known[0]

    def _still_has_parent(self, unit: AdminUnit, day: date) -> bool:
        return unit.level < _COMMUNE or any(
            _stands(u, day) for u in self._store.by_code.get(unit.parent_code, ())
        )

    def _called(self, link: Link, nested: bool) -> list[AdminUnit]:
        """All states that bear a link's name, or what it may shorten: a district only where a type word or
        what it lies in (`nested`) stands beside the initials."""
        found: list[AdminUnit] = []
        for name in dict.fromkeys((link.name, link.text)):
            keys = dict.fromkeys((number_of(name) or "", *(_loosely(tight(n)) for n in _written_out(name))))
            for key in keys:
                found += self._by_key.get(key, ()) if key else ()
            if _may_shorten(name):
                levels = (1, 2) if link.type or nested else (1,)
                found += [u for u in self._store.units if u.level in levels and shortens(name, u.name)]
        return found

    def _near(self, link: Link) -> list[AdminUnit]:
        """All states whose names are a slip away."""
        keys = [tight(name) for name in _written_out(link.name)]
        return [
            unit
            for unit, key in zip(self._store.units, self._store.keys, strict=True)
            if (link.type is None or unit.level in LEVELS[link.type])
            and any(OSA.distance(key, own, score_cutoff=_LETTERS) <= _LETTERS for own in keys)
        ]

    def _lies_in(self, unit: AdminUnit, link: Link, day: date) -> float:
        """Nats that a unit is said to lie in what a link names."""
        best = _ELSEWHERE
        for above, cost in self._above(unit, day):
            if cost < best:
                named = min(_names_cost(link, above, self._names(above), True, prior=False))
                best = min(best, named + cost) if named <= _ONE_SLIP else best
        return best

    def _above(self, unit: AdminUnit, day: date) -> Iterator[tuple[AdminUnit, float]]:
        """What a unit lies in on the day, and what it lay in before or came to lie in."""
        now = self._path(unit, _day_of(unit, day))
        yield from ((above, 0.0) for above in now[1:])
        for ended in now:
            if ended.valid_to and ended.valid_to <= day:
                heirs = self._history.successors(ended, day)[0]
                yield from ((above, _HEIR) for heir in heirs for above in self._path(heir, day))
        for state in self._store.by_code.get(unit.code, ()):
            for then in self._days(state):
                other = _LATER if then > day else _EARLIER
                yield from ((above, other) for above in self._path(state, then)[1:])

    def _days(self, state: AdminUnit) -> Iterator[date]:
        """The first and the last day of a state, and those on which what it lies in changed."""
        yield state.valid_from or date.min
        yield _last_day(state)
        for parent in self._store.by_code.get(state.parent_code, ()):
            if parent.valid_from and _stands(state, parent.valid_from):
                yield parent.valid_from

    def _path(self, unit: AdminUnit, day: date) -> list[AdminUnit]:
        """A unit and what it lay in on a day, up to its province."""
        found = [unit]
        while found[-1].level > 1:
            states = self._store.by_code.get(found[-1].parent_code, ())
            parent = next((u for u in states if _stands(u, day)), None)
            if parent is None:
                break
            found.append(parent)
        return found

    def _names(self, unit: AdminUnit) -> tuple[str, ...]:
        others = self._store.spellings.get(unit.code, ())
        return (unit.name, *(name for name in others if spelled_alike(name, unit.name)))


def _as_likely_elsewhere(found: Iterable[_Found]) -> list[_Found]:
    """Where only a slip makes a name one of what is named behind it, the units elsewhere of the very name are
    as likely: either may be what was miswritten."""
    kept = list(found)
    least = min(f.cost for f in kept if not f.elsewhere)
    return [replace(f, cost=least) if f.elsewhere and f.plain and f.named <= _INITIALS else f for f in kept]


def is_called(text: str, names: Sequence[str]) -> bool:
    """Whether a text names, by itself or behind an office, what bears one of the names, marks set aside."""
    keys = {number_of(name) or _loosely(tight(name)) for name in names}
    for chain in chains(text):
        for link in chain.links[:1]:
            words = link.name.split(" ")
            for name in (link.text, *(" ".join(words[:end]) for end in range(1, len(words) + 1))):
                written = {number_of(name) or "", *(_loosely(tight(n)) for n in _written_out(name))}
                if keys & written or any(shortens(name, known) for known in names):
                    return True
    return False


def _typed(links: tuple[Link, ...], kind: PlaceType | None) -> tuple[Link, ...]:
    if kind and links and links[0].type is None:
        return (Link(kind, links[0].name, links[0].text), *links[1:])
    return links


def _names_cost(
    link: Link, unit: AdminUnit, names: Sequence[str], slips: bool, prior: bool = True
) -> Iterator[float]:
    """Nats that a link names a unit: its name, its type word, and how likely it is where none stands."""
    odd = type_cost(link.type, unit)
    typeless = LEVEL_PRIORS[unit.level] if prior else 0.0
    yield _name_cost(link.name, names, slips) + odd + (typeless if link.type is None else 0.0)
    if link.type is not None:
        yield _name_cost(link.text, names, slips) + _WHOLE_NAME + typeless


def _name_cost(printed: str, names: Sequence[str], slips: bool) -> float:
    number = number_of(printed)
    if number or number_of(names[0]):
        return 0.0 if number == number_of(names[0]) else math.inf
    best = math.inf
    for written in _written_out(printed):
        short = 0.0 if written == printed else _USUAL
        for name in names:
            cost = slip_cost(written, name)
            same = _loosely(tight(written)) == _loosely(tight(name))
            if same:
                cost = min(cost, _LOOSE + _marks_apart(written, name))
            if same or slips:
                best = min(best, cost + short)
    if best > _INITIALS and any(shortens(printed, name) for name in names):
        best = _INITIALS
    return best


def _marks_apart(written: str, name: str) -> float:
    """Nats for the marks of two names whose letters are alike but for those that stand for one sound."""
    return min(slip_cost(_one_letter(written), _one_letter(name)), 2 * TYPE_CHANGED)


def _one_letter(name: str) -> str:
    return name.lower().replace("k", "c").replace("ă", "a").replace("ắ", "á")


def _loosely(key: str) -> str:
    """A matching key in which letters that stand for one sound are one: `Pắk` and `Pắc`, `Quý` and `Quí`."""
    return key.replace("k", "c").replace("y", "i")


def _written_out(name: str) -> tuple[str, ...]:
    """A name, and what it stands for where it is a usual short or older form, or a farm's."""
    usual = _usual().get(tight(name))
    farm = _FARM.sub("nt ", fold(name))
    return (name, *([usual] if usual else []), *([farm] if farm != fold(name) else []))


def _usual() -> dict[str, str]:
    return {tight(short): name for short, name, _ in entries("place_short_forms")}


def _may_shorten(name: str) -> bool:
    """Whether a name has a word of capitals only, or of single letters."""
    words = [word for word in _SIGNS.split(name) if word]
    return any(word.isupper() and word.isalpha() for word in words) and not (name.isupper() and len(name) > 6)


def shortens(printed: str, name: str) -> bool:
    """Whether `printed` is the name with syllables written by their initials: `BR-VT`, `TT. Huế`, `ĐBP`."""
    if not _may_shorten(printed):
        return False
    words = [word for word in _SIGNS.split(printed) if word]
    syllables = [fold(word) for word in _SIGNS.split(name) if word]
    at = short = 0
    for word in words:
        if at < len(syllables) and fold(word) == syllables[at]:
            at += 1
        elif word.isupper() and fold(word) == "".join(s[0] for s in syllables[at : at + len(word)]):
            at, short = at + len(word), short + len(word)
        else:
            return False
    return at == len(syllables) and short > 0 and len(syllables) > 1


def _stands(unit: AdminUnit, day: date) -> bool:
    return (unit.valid_from or date.min) <= day and (unit.valid_to is None or day < unit.valid_to)


def _last_day(unit: AdminUnit) -> date:
    return unit.valid_to - timedelta(days=1) if unit.valid_to else date.max


def _day_of(unit: AdminUnit, day: date) -> date:
    """The day, or the nearest on which the unit stood."""
    return day if _stands(unit, day) else _last_day(unit) if _last_day(unit) < day else unit.valid_from or day


def _time_cost(unit: AdminUnit, day: date, ended: bool) -> float:
    if _stands(unit, day):
        return _NOT_ENDED if ended else 0.0
    if _last_day(unit) < day:
        return 0.0 if ended else _FORMER
    return _COMING
