"""Quick evidence that a text names a unit: for readers that must tell a name from a caption."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from gazetteer.names import read_name, tight

_LONGEST = 60
_ROMAN = frozenset("ivx")
_WHOLE_WORD = 0.5  # nats of damage at which a type word still stands for itself before an unknown name


def place_evidence(text: str, known: AbstractSet[str]) -> float:
    """0..1: 1.0 type word and a known name, 0.85 a known name alone, less for one syllable or no such name.

    `known` holds the matching keys (`names.tight`) of all units of all times. Marks may be lost.
    """
    if len(text) > _LONGEST:
        return 0.0
    written = read_name(text)
    if written.meaning == "own":
        return 0.6
    if written.meaning != "name":
        return 0.0
    best = 0.0
    for reading in written.readings:
        key = tight(reading.name)
        if key in known:
            if reading.type:
                best = max(best, 1.0 - 0.2 * reading.cost)
            elif not key.isdigit() and not set(key) <= _ROMAN:
                best = max(best, 0.85 if " " in reading.name.strip() else 0.4)
        elif reading.type and reading.cost <= _WHOLE_WORD and _like_a_name(reading.name):
            best = max(best, 0.4 if text.isupper() else 0.6)
    return max(best, 0.0)


def _like_a_name(rest: str) -> bool:
    """Whether what follows a type word is written as a name: a few words, the first with a capital."""
    return (rest[0].isupper() or rest[0].isdigit()) and len(rest.split()) <= 4
