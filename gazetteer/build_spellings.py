"""Spellings that official sources use for a unit besides the one kept (`Nà Ớt` for Nà Ơt).

A name counts as another spelling of a unit when some source gives it to the unit's code, or the official text
on what a commune of 2025 was made of names it where the sources have a unit of nearly that name, and it
differs by a letter or two or by marks. A name that the unit bore at another time (a renaming, as `Kỳ Lạc` for
Kỳ Lâm) is another spelling only where the letters are the same.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from gazetteer.names import spelled_alike, tight
from normalize.unicode import nfc, squeeze, tone_key

_REFORM = "2025-07-01"
_LISTS = ("unit_history_2004_2025", "units_pre2025", "units_2025", "units_2026-04-30")
_TYPE = re.compile(r"^(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh)\s+")
_IN_TEXT = re.compile(
    r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+([^,()]+?)(?=\s*(?:[,()]|$)|\s+(?:và|của|thuộc)\s)"
)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one source table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _clean(name: str) -> str:
    return squeeze(nfc(name)).replace("’", "'")


def read_spellings(source: Path, kept: Iterable[tuple[str, str]]) -> list[list[str]]:
    """`[code, spelling]` for every other spelling, in order; `kept` are the codes and names of the states."""
    names: dict[str, set[str]] = defaultdict(set)
    for code, name in kept:
        names[code].add(name)
    given: dict[str, set[str]] = defaultdict(set, {code: set(found) for code, found in names.items()})
    for code, name in (*_listed(source), *_in_texts(source)):
        given[code].add(name)
    out = []
    for code, known in names.items():
        for name in given[code]:
            borne = name in known
            if any(
                tone_key(name) != tone_key(other)
                and (tight(name) == tight(other) if borne else spelled_alike(name, other))
                for other in known - {name}
            ):
                out.append([code, name])
    return sorted(out)


def _listed(source: Path) -> Iterable[tuple[str, str]]:
    """The names that the lists and the changes give to codes."""
    for file in _LISTS:
        for row in read_rows(source / f"{file}.csv"):
            yield row["code"], _clean(row["name"])
    for row in read_rows(source / "changes.csv"):
        for side in ("old", "new"):
            if row[f"{side}_code"] and row[f"{side}_name"]:
                yield row[f"{side}_code"], _TYPE.sub("", _clean(row[f"{side}_name"]))


def _in_texts(source: Path) -> Iterable[tuple[str, str]]:
    """The names that the official texts of 2025 give to the units a commune was made of."""
    units = read_rows(source / "units_2025.csv")
    provinces = {row["code"]: tight(row["name"]) for row in units if row["level"] == "1"}
    new = {(provinces[row["province_code"]], row["type"].lower(), row["name"]): row["code"] for row in units}
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_rows(source / "changes.csv"):
        if row["date"] == _REFORM and row["old_code"] and row["level"] == "3":
            parts[row["new_code"]].append((row["old_code"], _TYPE.sub("", _clean(row["old_name"]))))
    for row in read_rows(source / "units_2025_predecessor_text.csv"):
        where = next((p for p in provinces.values() if tight(row["province"]).endswith(p)), "")
        code = new.get((where, row["type"].lower(), row["name"]))
        printed = [_clean(name) for name in _IN_TEXT.findall(row["predecessors"])]
        for old, name in parts.get(code or "", ()):
            if tone_key(name) in {tone_key(p) for p in printed}:
                continue
            known = {tone_key(other) for _, other in parts[code or ""]}
            alike = [p for p in printed if tone_key(p) not in known and spelled_alike(p, name)]
            if len(alike) == 1:
                yield old, alike[0]
