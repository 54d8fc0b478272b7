"""Where a document's places are to be looked up: from its issuer, letterhead, place, titles and prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from gazetteer.epoch import Epoch
from gazetteer.names import LEVELS, TYPE_WORDS, tight
from gazetteer.slips import slip_cost
from model.document import Metadata
from model.place import AdminUnit, PlaceType, Scope
from normalize.unicode import fold, nfc, squeeze

_WORD = re.compile(r"\b(tp\.?|tx\.?|tt\.?|" + "|".join(TYPE_WORDS) + r")\s+", re.IGNORECASE)
_ABBREVIATED: dict[str, PlaceType] = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_NAME_WORD = re.compile(r"[\w'’]+(?:-[\w'’]+)*")
_LONGEST_NAME = 5
ISSUER, PARENT, TITLE, PLACE, LINE = 8.0, 6.0, 3.0, 4.0, 0.5
_MOST_DAMAGE = 1.0  # nats between a printed name and the unit's, in running text
_BARE_SHARE = {1: 1.0, 2: 0.8, 3: 0.6}  # of the evidence, for a name without its type word, by level
_CLEAR = 0.4  # how much more evidence the document's unit needs than any unit elsewhere
_MOST_OF_TEXT = 0.5  # of the units that a text names, those of the province it speaks of
_LINES_TOGETHER = 40
_LINES_READ = 4000
_MOST_FROM_LINES = 4.0


@dataclass(frozen=True, slots=True)
class _Named:
    kind: PlaceType | None
    key: str
    name: str


def named_units(text: str, epoch: Epoch) -> list[_Named]:
    """Units named with their type word in running text, by the longest name that exists then."""
    text = squeeze(nfc(text))
    folded = fold(text)
    out = []
    for word in _WORD.finditer(folded):
        short = word.group(1).rstrip(".")
        kind = _ABBREVIATED.get(short) or TYPE_WORDS[short]
        printed = text if len(text) == len(folded) else folded
        following = _NAME_WORD.findall(printed[word.end() : word.end() + 60])[:_LONGEST_NAME]
        for count in range(len(following), 0, -1):
            name = " ".join(following[:count])
            if _names_one(name, kind, epoch):
                out.append(_Named(kind, tight(name), name))
                break
    return out


def _names_one(name: str, kind: PlaceType, epoch: Epoch) -> bool:
    """Whether some unit of that type's level is so called, the marks that are printed being its own."""
    if not name[0].isupper() and not name[0].isdigit():
        return False
    return any(
        unit.level in LEVELS[kind] and slip_cost(name, unit.name) <= _MOST_DAMAGE
        for unit in epoch.by_key.get(tight(name), ())
    )


def _bare(text: str) -> list[_Named]:
    key = tight(text)
    return [_Named(None, key, text)] if key else []


def find_scope(
    epoch: Epoch,
    as_of: date,
    metadata: Metadata,
    titles: Sequence[str],
    province_hint: str,
    lines: Sequence[str],
) -> Scope:
    """The document's unit (and, for a commune, its district behind it); the whole country if unsaid."""

    def weighed(found: Sequence[_Named], weight: float, most: float = 99.0) -> dict[str, float]:
        return _weighed(epoch, found, weight, most)

    own = weighed(named_units(metadata.issuer, epoch), ISSUER)
    parts = [
        weighed(named_units(metadata.parent_issuer, epoch), PARENT),
        weighed([*named_units(metadata.place, epoch), *_bare(metadata.place)], PLACE),
        weighed(_bare(province_hint), PARENT),
        weighed([n for title in titles for n in named_units(title, epoch)], TITLE, 2 * TITLE),
        weighed(_in_prose(lines, epoch), LINE, _MOST_FROM_LINES),
    ]
    supporting: dict[str, float] = defaultdict(float)
    for part in parts:
        for code, weight in part.items():
            supporting[code] += weight
    if not own:
        strong = {code: weight for code, weight in supporting.items() if weight >= TITLE}
        own.update(strong)
    if not own:
        return Scope(as_of, ())
    weights = {code: _weight(epoch, code, own, supporting) for code in own}
    ranked = sorted(weights, key=lambda code: (-weights[code], len(code), code))
    best = epoch.units[ranked[0]]
    related = {unit.code for unit in epoch.path(best)} | {unit.code for unit in epoch.below(best.code)}
    rivals = [code for code in ranked[1:] if code not in related]
    if rivals and weights[rivals[0]] > weights[best.code] - _CLEAR:
        return Scope(as_of, ())
    return Scope(as_of, _chain(epoch, best))


def names_around(epoch: Epoch, lines: Sequence[str]) -> frozenset[str]:
    """The names of the units that the lines name, type words before them, in the province that most of them
    lie in, and of the members of those; none where no province has most of them."""
    weights = _weighed(epoch, _in_prose(lines, epoch), 1.0, float(len(lines)))
    by_province: dict[str, float] = defaultdict(float)
    for code, weight in weights.items():
        by_province[epoch.path(epoch.units[code])[-1].code] += weight
    best = max(sorted(by_province), key=lambda code: by_province[code], default="")
    if not best or by_province[best] < _MOST_OF_TEXT * fsum(by_province.values()):
        return frozenset()
    named = [epoch.units[code] for code in weights if epoch.path(epoch.units[code])[-1].code == best]
    return frozenset(u.name for unit in named for u in (unit, *epoch.children.get(unit.code, ())))


def _in_prose(lines: Sequence[str], epoch: Epoch) -> list[_Named]:
    """Units named in the lines, read in pieces, since a name may break over lines."""
    found: list[_Named] = []
    for start in range(0, min(len(lines), _LINES_READ), _LINES_TOGETHER):
        found += named_units(" ".join(lines[start : start + _LINES_TOGETHER]), epoch)
    return found


def _weighed(epoch: Epoch, found: Sequence[_Named], weight: float, most: float) -> dict[str, float]:
    """Evidence by code: `weight` for each mention, half where the type is not the unit's, at most `most`.

    A name without a type word is the larger unit's rather than the smaller's of the same name.
    """
    evidence: dict[str, float] = defaultdict(float)
    for named in found:
        for unit in epoch.by_key.get(named.key, ()):
            if named.kind is None and any(epoch.keys[u.code] == named.key for u in epoch.path(unit)[1:]):
                continue
            if named.kind is None or unit.level in LEVELS[named.kind]:
                share = (
                    _BARE_SHARE[unit.level] if named.kind is None else 1.0 if named.kind == unit.type else 0.5
                )
                evidence[unit.code] = min(evidence[unit.code] + weight * share, most)
    return evidence


def _weight(epoch: Epoch, code: str, own: dict[str, float], supporting: dict[str, float]) -> float:
    """A unit's own evidence, its ancestors' evidence, and a little of its members'."""
    path = epoch.path(epoch.units[code])
    above = fsum(supporting.get(unit.code, 0.0) for unit in path[1:])
    below = fsum(supporting.get(unit.code, 0.0) for unit in epoch.below(code))
    return own[code] + supporting.get(code, 0.0) + above + min(0.1 * below, 2.0)


def _chain(epoch: Epoch, unit: AdminUnit) -> tuple[str, ...]:
    """Codes to look in: the unit, and for a commune (which has no members) what it lies in as well."""
    if epoch.children.get(unit.code):
        return (unit.code,)
    return tuple(u.code for u in epoch.path(unit)[:2])
