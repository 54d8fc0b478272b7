"""One place name looked up for the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.place import AdminUnit, Candidate
from pipeline.tools import gazetteer

NEWEST = date(2026, 6, 30)


def lookup(name: str, within: str, kind: str, as_of: date | None) -> list[dict[str, Any]]:
    """Candidates of a name, best first: code, name, type, path, validity, score, successors."""
    day = as_of or NEWEST
    found = gazetteer().resolve(name, within or None, kind or None, as_of=day)
    return [_row(candidate) for candidate in found[:10]]


def _row(candidate: Candidate) -> dict[str, Any]:
    unit = candidate.unit
    successors, change = gazetteer().successors(unit)
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type,
        "path": ", ".join(f"{u.type} {u.name}" for u in candidate.path if u.code != unit.code),
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
        "score": round(candidate.score, 3),
        "successors": [_named(u) for u in successors],
        "change": change,
    }


def _named(unit: AdminUnit) -> str:
    return f"{unit.type} {unit.name} ({unit.code})"


def lookup_table(found: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """The candidates as rows of text under a header row."""
    rows: list[tuple[str, ...]] = [("code", "unit", "within", "valid", "score", "today")]
    for item in found:
        valid = f"{item['valid_from'] or '…'} – {item['valid_to'] or '…'}"
        today = "; ".join(item["successors"])
        today = f"{item['change']}: {today}" if item["change"] and today else today
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
