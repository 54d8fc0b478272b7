"""Place names looked up for the command line: one name, what a unit was or became, a whole column."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import process

from emit.escape import escape
from gazetteer.names import TYPE_WORDS, read_name, tight
from gazetteer.single import is_called
from model.errors import NothingReadError
from model.place import AdminUnit, Candidate, PlaceMention, Scope
from normalize.unicode import fold
from pipeline.collecting import not_collecting
from pipeline.tools import gazetteer

NEWEST = date(2026, 6, 30)
EVE_OF_REFORM = date(2025, 6, 30)  # the last day of the 63 provinces
_NEAR = 60  # of 100: names below it have little in common with what was typed


def lookup(name: str, within: str, kind: str, as_of: date | None) -> list[dict[str, Any]]:
    """Candidates of a name, best first: code, name, type, path, validity, score, successors."""
    day = as_of or NEWEST
    found = _located(name, within, kind, day)
    return [_row(candidate) for candidate in found[:10]]


def _located(name: str, within: str, kind: str, day: date) -> list[Candidate]:
    return gazetteer().locate(name, within, TYPE_WORDS.get(fold(kind)), day)


def _row(candidate: Candidate) -> dict[str, Any]:
    unit = candidate.unit
    successors, change = gazetteer().successors(unit)
    name = unit.name.lstrip("0") if unit.name.isdigit() else unit.name  # lists have `06` beside `6`
    return {
        "code": unit.code,
        "name": name,
        "type": unit.type,
        "spellings": [known for known in gazetteer().spellings(unit) if known != name],
        "path": ", ".join(f"{u.type} {u.name}" for u in candidate.path if u.code != unit.code),
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
        "score": round(candidate.score, 3),
        "successors": [_named(u) for u in successors],
        "change": change,
    }


def _named(unit: AdminUnit) -> str:
    return f"{unit.type} {unit.name} ({unit.code})"


def lookup_table(found: list[dict[str, Any]], tell: Callable[[str], str] = str) -> list[tuple[str, ...]]:
    """The candidates as rows of text under a header row, the program's own words as `tell` puts them."""
    rows = [tuple(map(tell, ("code", "unit", "within", "valid", "score", "today")))]
    for item in found:
        valid = f"{item['valid_from'] or '…'} – {item['valid_to'] or '…'}"
        today = "; ".join(item["successors"])
        today = f"{_change(item['change'], tell)}: {today}" if item["change"] and today else today
        rows.append(
            (
                item["code"],
                f"{item['type']} {item['name']}",
                item["path"],
                valid,
                f"{item['score']:.3f}",
                today,
            )
        )
    return rows


def _change(kinds: str, tell: Callable[[str], str]) -> str:
    """What happened to a unit: `renamed+moved`."""
    return "+".join(map(tell, kinds.split("+")))


def province_like(name: str) -> tuple[bool, list[str]]:
    """Whether some province bears, or bore, that name, marks set aside; and the nearest such names."""
    written = tight(read_name(name).readings[0].name if read_name(name).readings else name)
    known = {u.name: tight(u.name) for day in (EVE_OF_REFORM, NEWEST) for u in gazetteer().children("", day)}
    for day in (EVE_OF_REFORM, NEWEST):
        for unit in gazetteer().children("", day):
            known |= {spelling: tight(spelling) for spelling in gazetteer().spellings(unit)}
    if written in known.values() or tight(name) in known.values():
        return True, []
    near = process.extract(written, known, limit=3, score_cutoff=_NEAR)
    return False, [found[2] for found in near]


def is_named(found: Sequence[dict[str, Any]], name: str) -> bool:
    """Whether the first of the candidates bears the name, marks set aside; else they are but the nearest."""
    if not found:
        return False
    names = (found[0]["name"], *found[0]["spellings"])
    written = {tight(reading.name) for reading in read_name(name).readings}
    return any(tight(known) in written for known in names) or is_called(name, names)


def lineage(
    name: str, within: str, kind: str, as_of: date | None, was: bool, tell: Callable[[str], str] = str
) -> list[tuple[str, ...]]:
    """What the unit of that name was made of (`was`), or what it became: rows of text under a header row, the
    program's own words as `tell` puts them."""
    day = as_of or NEWEST
    found = _located(name, within, kind, day)
    if not found:
        return []
    unit = found[0].unit
    rows = [tuple(map(tell, ("day", "change", "code", "unit", "acts")))]
    if was:
        day_of = unit.valid_from.isoformat() if unit.valid_from else ""
        acts = gazetteer().acts(unit.code, unit.valid_from) if unit.valid_from else ""
        for old, how in gazetteer().predecessors(unit):
            rows.append((day_of, _change(how, tell), old.code, f"{old.type} {old.name}", acts))
        return rows
    successors, change = gazetteer().successors(unit, as_of)
    ended = unit.valid_to.isoformat() if unit.valid_to else ""
    acts = gazetteer().acts(unit.code, unit.valid_to) if unit.valid_to else ""
    for new in successors:
        rows.append((ended, _change(change, tell), new.code, f"{new.type} {new.name}", acts))
    if not successors:
        rows.append(("", tell("stands"), unit.code, f"{unit.type} {unit.name}", ""))
    return rows


_COLUMN = ("code", "name", "type", "match", "score", "parent", "province", "successor_code", "successor_name")


def lookup_column(
    path: Path, column: str, within: str, as_of: date | None, out: Path, beside: str = ""
) -> Counter[str]:
    """Resolve one column of a CSV file as a whole and write the file with the units beside it.

    `within` names the unit all rows lie in, of the day or one that is no more; `beside` another column, which
    names each row's district or province. Returns how many rows are exact, former, repaired, within,
    ambiguous, unknown, agencies or none of these. Raises NothingReadError where the file has no such column.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = list(reader), list(reader.fieldnames or ())
    for wanted in (column, *([beside] if beside else [])):
        if wanted not in header:
            raise NothingReadError(f"{path.name} has no column {wanted!r}", f"It has: {', '.join(header)}.")
    day = as_of or NEWEST
    names = [(n, row[column] or "") for n, row in enumerate(rows)]
    parents = {n: (row[beside] if beside else "") or within for n, row in enumerate(rows)}
    with not_collecting():
        found = gazetteer().resolve_column(names, _scope(within, day), 0, parents)
    mentions = {m.row: m for m in found.mentions}
    added = [name if name not in header else f"place_{name}" for name in _COLUMN]
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*header, *added])
        for n, row in enumerate(rows):
            writer.writerow([*(row[h] or "" for h in header), *_told(mentions.get(n))])
    return Counter(m.kind for m in mentions.values())


def _scope(within: str, day: date) -> Scope:
    """Where the rows are looked up: the unit that `within` names, or, where that was no more on the day, the
    provinces on its land."""
    found = gazetteer().resolve(within, as_of=day)[:1] if within else []
    if not found:
        return Scope(day, ())
    unit = found[0].unit
    if gazetteer().unit(unit.code, day) == unit:
        return Scope(day, (unit.code,))
    heirs = gazetteer().successors(unit, day)[0]
    return Scope(day, tuple(dict.fromkeys(gazetteer().path(heir, day)[-1].code for heir in heirs)))


def _told(mention: PlaceMention | None) -> tuple[str, ...]:
    if mention is None:
        return ("",) * len(_COLUMN)
    unit, parent, province = mention.unit, mention.parent, mention.province
    return (
        unit.code if unit else "",
        escape(unit.name) if unit else "",
        unit.type if unit else "",
        mention.kind,
        f"{mention.score:.3f}",
        escape(parent.name) if parent else "",
        escape(province.name) if province else "",
        ";".join(u.code for u in mention.successors),
        escape(";".join(u.name for u in mention.successors)),
    )
