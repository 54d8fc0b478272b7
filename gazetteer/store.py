"""Reads the packed units (`gazetteer/data/`, written by `gazetteer.build`) and keeps them by code."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from model.errors import MissingProgramError
from model.place import AdminUnit, PlaceType

FORMAT = 2
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Store:
    """All states of all codes. `keys` is parallel to `units`: the matching key of each name.

    `by_code` holds a code's states in order of time; `links` where an ended code went: `(ISO day, new code,
    merged|split|kept)`; `acts` the legal acts of a change by ISO day and code; `change_days` every day on
    which some state begins or ends; `spellings` what some official source calls a code's unit besides.
    """

    units: tuple[AdminUnit, ...]
    keys: tuple[str, ...]
    by_code: dict[str, list[AdminUnit]]
    links: dict[str, list[tuple[str, str, str]]]
    acts: dict[tuple[str, str], str]
    change_days: tuple[date, ...]
    spellings: dict[str, tuple[str, ...]]


def _columns(folder: Path, name: str, manifest: dict[str, dict[str, object]]) -> list[list[str]]:
    """The columns of a packed table, after its checksum."""
    body = (folder / name).read_bytes()
    if hashlib.sha256(body).hexdigest() != manifest[name]["sha256"]:
        raise MissingProgramError(f"{name} of the gazetteer is damaged", "Install the program again.")
    return [line.split("\t") for line in gzip.decompress(body).decode().split("\n")]


def _days(texts: Iterable[str]) -> dict[str, date | None]:
    return {text: date.fromisoformat(text) if text else None for text in set(texts)}


def load_store(folder: Path = _DATA) -> Store:
    """Reads and verifies the packed files. Raises MissingProgramError when they are absent or damaged."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["version"] != FORMAT:
            raise MissingProgramError(
                "the gazetteer's data have another version", "Install the program again."
            )
        files = manifest["files"]
        codes, names, keys, types, parents, starts, ends = _columns(folder, "units.gz", files)
        link_columns = _columns(folder, "links.gz", files)
        act_days, act_codes, acts = _columns(folder, "acts.gz", files)
        spelled = _columns(folder, "spellings.gz", files)
    except FileNotFoundError as error:
        raise MissingProgramError("the gazetteer's data are missing", "Install the program again.") from error
    days = _days([*starts, *ends, *link_columns[0], *act_days])
    levels = {2: 1, 3: 2, 5: 3}
    units = tuple(
        map(
            AdminUnit,
            codes,
            names,
            cast(list[PlaceType], types),
            [levels[len(code)] for code in codes],
            parents,
            [days[start] for start in starts],
            [days[end] for end in ends],
        )
    )
    by_code: dict[str, list[AdminUnit]] = {}
    for code, unit in zip(codes, units):
        by_code.setdefault(code, []).append(unit)
    links: dict[str, list[tuple[str, str, str]]] = {}
    for day, old, new, kind in zip(*link_columns):
        links.setdefault(old, []).append((day, new, kind))
    change_days = sorted(day for text in {*starts, *ends} if (day := days[text]))
    spellings: dict[str, tuple[str, ...]] = {}
    for code, name in zip(*spelled):
        spellings[code] = (*spellings.get(code, ()), name)
    return Store(
        units=units,
        keys=tuple(keys),
        by_code=by_code,
        links=links,
        acts=dict(zip(zip(act_days, act_codes), acts)),
        change_days=tuple(change_days),
        spellings=spellings,
    )
