"""Units as printed: `đồng/m³`, `tạ/ha`, `nghìn con`, `đ/1.000 cây`, `%`, with what OCR makes of powers.

A unit is a scale word or none, a unit word, and any number of `/` with what it is reckoned by. The unit word
alone decides what is measured; powers and what follows a slash only name it further.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from model.value import Unit
from normalize.lexicon import entries
from normalize.unicode import fold

# What OCR makes of a power beside a metre: any one sign that ends no word of its own (m”, mỶ, m*, m?).
_POWER = re.compile(r"(?<![a-z])(?P<metre>[kcd]?m)\s?(?:[23²³]|[^\w\s/.,;:()%-]{1,2}|y|°|º|ª)(?=$|[\s/.,;)])")
_PER = re.compile(r"\s*/\s*")
_EDGES = " .,;:()[]*'"
_BY = re.compile(r"(?:[\d.,]+\s?)?[^\W\d_][^\d/–—-]{0,20}(?:[23](?!\d)[^\d/–—-]{0,20})?")
_MONEY: dict[int, Unit] = {
    0: "money_vnd",
    3: "money_thousand_vnd",
    6: "money_million_vnd",
    9: "money_billion_vnd",
}
_COUNTS: dict[int, Unit] = {0: "count", 3: "count_thousand", 6: "count_million"}
# Whole words of a header or a caption before its unit.
_NAMED = re.compile(r"\b(?:don vi(?: tinh)?|dvt|dv tinh|dv)\s*[:.]?\s*(?P<unit>[^():;]+)")
_PREFIX = re.compile(r"^(?:don vi(?: tinh)?|dvt|dv tinh|dv|tinh bang)\s*[:.]?\s*")
_BRACKETED = re.compile(r"\((?P<unit>[^()]+)\)")
_AFTER_COLON = re.compile(r"[:,]\s*(?P<unit>[^:,()]+)$")


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit as printed: what is measured (without the scale) and the power of ten of its scale word."""

    base: Unit
    power: int = 0

    @property
    def unit(self) -> Unit:
        """The unit a bare figure of a column or row with this unit has: its scale is told, not applied."""
        if self.base == "money_vnd":
            return _MONEY.get(self.power, "other")
        if self.base == "count":
            return _COUNTS.get(self.power, "other")
        return self.base if not self.power else "other"


_SCALED: tuple[tuple[Unit, dict[int, Unit]], ...] = (("money_vnd", _MONEY), ("count", _COUNTS))


@lru_cache(maxsize=64)
def base_of(unit: Unit) -> PrintedUnit:
    """A unit without the scale that it tells, and that scale: `money_million_vnd` is đồng to the sixth."""
    told = ((base, power) for base, units in _SCALED for power, scaled in units.items() if scaled == unit)
    return PrintedUnit(*next(told, (unit, 0)))


@cache
def _scales() -> dict[str, int]:
    """The power of each scale word, the longest words first."""
    listed = {word: int(power) for word, power, _ in entries("scales")}
    return dict(sorted(listed.items(), key=lambda item: -len(item[0])))


@cache
def _bases() -> dict[str, Unit]:
    return {word: cast(Unit, unit) for word, unit, _ in entries("units")}


@lru_cache(maxsize=16384)
def read_unit(text: str) -> PrintedUnit | None:
    """The unit that a text is as a whole, else None.

    `đồng/m³`, `đ/kg`, `1.000 đồng`, `tr.đ`, `nghìn con`, `%`, `m”`. A unit word that goes on with a noun
    (`đồng bộ`, `hộ nghèo`) is none.
    """
    key = fold(text).strip(_EDGES)
    if not key:
        return None
    head, *by = _PER.split(key)
    if not all(_BY.fullmatch(part.strip(_EDGES)) for part in by):
        return None
    return _scaled(head.strip(_EDGES))


def _scaled(head: str) -> PrintedUnit | None:
    """A scale word and a unit word, run together or not (`tr.đ`, `000đ`, `nghìn đồng`)."""
    bases = _bases()
    if base := bases.get(_POWER.sub(r"\g<metre>2", head)):
        return PrintedUnit(base)
    for word, power in _scales().items():
        if not head.startswith(word):
            continue
        rest = head[len(word) :].strip(" .")
        apart = not word.isalpha() or not head[len(word) : len(word) + 1].isalpha()
        if rest == "" and word in ("ty", "ti", "trieu"):
            return PrintedUnit("money_vnd", power)
        if (apart or rest == "d") and (base := bases.get(_POWER.sub(r"\g<metre>2", rest))):
            return PrintedUnit(base, power)
    return None


@lru_cache(maxsize=4096)
def bracketed_unit(text: str) -> PrintedUnit | None:
    """The unit that a label names in brackets or after `ĐVT:` (`Thu ngân sách (tỷ đồng)`), else None."""
    key = fold(text)
    for pattern in (_BRACKETED, _NAMED):
        for match in pattern.finditer(key):
            if unit := read_unit(_PREFIX.sub("", match["unit"].strip())):
                return unit
    return None


@lru_cache(maxsize=4096)
def unit_of_head(text: str) -> PrintedUnit | None:
    """The unit a header or caption names for the figures below it, else None.

    In brackets (`Kinh phí (triệu đồng)`, `Tỷ lệ (%)`), after `ĐVT:`, or after the last colon or comma. The
    `15%` of a rate is no unit.
    """
    if unit := bracketed_unit(text):
        return unit
    key = fold(text)
    after = _AFTER_COLON.search(key)
    return (read_unit(after["unit"]) if after else None) or read_unit(key)


@cache
def _spellings() -> dict[str, str]:
    """Folded unit word or scale word → as it is spelled."""
    scales = ("nghìn", "ngàn", "vạn", "triệu", "tỷ")
    return {fold(word): word for word in (*scales, *(row[0] for row in entries("unit_spellings")))}


@lru_cache(maxsize=16384)
def spelled_unit(text: str) -> str | None:
    """A text that is a unit as a whole (`tan`, `nghin con`, `ta/ha`), in small letters with its marks (`tấn`,
    `nghìn con`, `tạ/ha`); None for any other text, and for units that are not written in words."""
    parts = [_spelled(part) for part in _PER.split(fold(text).strip())]
    return None if None in parts else "/".join(part for part in parts if part)


def _spelled(words: str) -> str | None:
    known = _spellings()
    if words in known:
        return known[words] if read_unit(words) else None
    scale, _, word = words.partition(" ")
    return f"{known[scale]} {known[word]}" if {scale, word} <= known.keys() and read_unit(words) else None
