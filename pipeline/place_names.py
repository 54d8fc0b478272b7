"""A unit's name written as a cell printed one: its prefix kept, its spelling that of some official source."""

from __future__ import annotations

from dataclasses import replace

from model.place import AdminUnit
from normalize.unicode import fold, tone_key
from pipeline.tools import gazetteer


def as_spelled(text: str, unit: AdminUnit) -> AdminUnit:
    """The unit by the name that the cell prints, where some official source calls it so."""
    printed = tone_key(text)
    names = (n for n in gazetteer().spellings(unit) if printed.endswith(tone_key(n)))
    return replace(unit, name=next(names, unit.name))


def as_named(text: str, unit: AdminUnit) -> str:
    """The unit's official name with the kind of prefix that was printed: `UBND xã`, `Xã` or none."""
    apart = spaced(text)
    words, given = apart.split(), len(unit.name.split())
    prefix = words[:-given]
    if prefix and _tight(" ".join(prefix)).endswith(_tight(unit.type)):
        kept = prefix[: -len(unit.type.split())] if len(prefix) >= len(unit.type.split()) else []
        kind = unit.type if prefix[-len(unit.type.split()) :][0].islower() else unit.type.capitalize()
        return " ".join([*kept, kind, unit.name])
    tight = fold(apart).replace(" ", "")
    if authority := next((a for a in ("UBND", "Ủy ban nhân dân") if tight.startswith(_tight(a))), ""):
        return f"{authority} {unit.type} {unit.name}"
    if len(tight) - len(_tight(unit.name)) >= len(_tight(unit.type)) - 1:
        return f"{unit.type.capitalize()} {unit.name}"
    return unit.name


def spaced(text: str) -> str:
    """The text with words that OCR ran together apart: a capital right after a small letter begins one."""
    pairs = zip(" " + text, text)
    return "".join(f" {c}" if before.islower() and c.isupper() else c for before, c in pairs)


def _tight(text: str) -> str:
    return fold(text).replace(" ", "")
