"""Reads the packed units (`gazetteer/data/`, written by `gazetteer.build`) and keeps them by code."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from model.errors import MissingProgramError
from model.place import AdminUnit, PlaceType

FORMAT = 1
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Link:
    """`old` ended on `day` and went (`merged`, `split`, `kept`) into the code `new`."""

    day: date
    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class Store:
    """All states of all codes. `keys` is parallel to `units`: the matching key of each name.

    `by_code` and `links` hold a code's states and the links out of it in order of time; `acts` the legal
    acts of a change by day and code; `change_days` every day on which some state begins or ends.
    """

    units: tuple[AdminUnit, ...]
    keys: tuple[str, ...]
    by_code: dict[str, tuple[AdminUnit, ...]]
    links: dict[str, tuple[Link, ...]]
    acts: dict[tuple[date, str], str]
    change_days: tuple[date, ...]


def _table(folder: Path, name: str, manifest: dict[str, dict[str, object]]) -> list[list[str]]:
    path = folder / name
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != manifest[name]["sha256"]:
        raise MissingProgramError(f"{name} of the gazetteer is damaged", "Install the program again.")
    return list(csv.reader(gzip.decompress(body).decode().splitlines()))[1:]


def load_store(folder: Path = _DATA) -> Store:
    """Reads and verifies the packed files. Raises MissingProgramError when they are absent or damaged."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["version"] != FORMAT:
            raise MissingProgramError(
                "the gazetteer's data have another version", "Install the program again."
            )
        files = manifest["files"]
        rows = _table(folder, "units.csv.gz", files)
        link_rows = _table(folder, "links.csv.gz", files)
        act_rows = _table(folder, "acts.csv.gz", files)
    except FileNotFoundError as error:
        raise MissingProgramError("the gazetteer's data are missing", "Install the program again.") from error
    days = {text: date.fromisoformat(text) for row in rows for text in row[5:7] if text}
    days |= {row[0]: date.fromisoformat(row[0]) for row in [*link_rows, *act_rows] if row[0] not in days}
    units = []
    levels = {2: 1, 3: 2, 5: 3}
    for code, name, _, kind, parent, start, end in rows:
        units.append(
            AdminUnit(
                code, name, cast(PlaceType, kind), levels[len(code)], parent, days[start], days.get(end)
            )
        )
    by_code: dict[str, list[AdminUnit]] = defaultdict(list)
    for unit in units:
        by_code[unit.code].append(unit)
    links: dict[str, list[Link]] = defaultdict(list)
    for day, old, new, kind in link_rows:
        links[old].append(Link(days[day], old, new, kind))
    return Store(
        tuple(units),
        tuple(row[2] for row in rows),
        {code: tuple(states) for code, states in by_code.items()},
        {code: tuple(found) for code, found in links.items()},
        {(days[day], code): numbers for day, code, numbers in act_rows},
        tuple(
            sorted({u.valid_from for u in units if u.valid_from} | {u.valid_to for u in units if u.valid_to})
        ),
    )
