"""Builds the packed units under `gazetteer/data/` from the source tables: `python -m gazetteer.build`.

Reads (by default from ../shared/data/gazetteer, see its SOURCES.md) the dated states of every General
Statistics Office code since 2004, the lists of 2025-07-01 and 2026-04-30, and the dated changes. Writes

* `units.gz`: the states: `code, name, key, type, parent, from, to`; `key` is the name's matching key
  (`names.tight`), `to` empty while the state lasts;
* `links.gz`: `date, old, new, kind`: which code went into which, for codes that ended;
* `acts.gz`: `date, code, acts`: the legal acts of a change, numbers joined with a blank;
* `manifest.json`: format version, SHA-256 and size of each file, counts.

The same sources give the same bytes. What is mended on the way is written out in `mend`.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gazetteer.names import tight
from normalize.unicode import fold, nfc, squeeze, tone_key

VERSION = 1
REFORM = "2025-07-01"
_AMENDED = "2026-04-30"
_DATA = Path(__file__).parent / "data"
_ACT = re.compile(r"\d+(?:/\d{4})?[/-](?:NĐ[-/]CP|NQ-CP|NQ-UBTVQH\d+|UBTVQH\d+|QH\d+|QĐ-TTg)")
_LEADING_ZERO = re.compile(r"\b0+(?=\d)")
_FLICKER_DAYS = 200


@dataclass(frozen=True, slots=True)
class State:
    """One code with one name, type and parent, `start <= day < end` (ISO dates, `end` empty: lasting)."""

    code: str
    name: str
    type: str
    level: int
    parent: str
    start: str
    end: str

    @property
    def meaning(self) -> tuple[str, str, str]:
        return _LEADING_ZERO.sub("", tone_key(self.name)), self.type, self.parent


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _state(row: dict[str, str], start: str, end: str) -> State:
    name = squeeze(nfc(row["name"])).replace("’", "'")
    level = int(row["level"])
    return State(row["code"], name, row["type"].lower(), level, row["parent_code"], start, end)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _without_flicker(states: list[State]) -> list[State]:
    """One code's states with short excursions taken out.

    A state that comes back unchanged within `_FLICKER_DAYS` never left: the source took an act's day of
    signing for its day of effect and put it back later (Sa Pa 2019), or lost a code for a month (Cao Bằng
    2020).
    """
    kept: list[State] = []
    for state in states:
        for back in range(len(kept) - 1, max(-1, len(kept) - 3), -1):
            before = kept[back]
            if before.meaning == state.meaning and _days(before.end, state.start) < _FLICKER_DAYS:
                kept[back:] = [replace(state, start=before.start)]
                break
        else:
            kept.append(state)
    return kept


def mend(history: list[State], truth: dict[str, State]) -> list[State]:
    """The history with the known faults of its source taken out.

    * Codes that came back on 2025-01-01 after years of absence and are not in the GSO's own list of 2025
      (`truth`) never came back.
    * Codes that the source ends on 2025-03-01 and the GSO's list lacks ended on 2025-01-01, the day on
      which the resolutions of 2024 on their provinces took effect.
    * Short excursions (`_without_flicker`).
    * A spelling that differs from the GSO's only in case or by a slip takes the GSO's.
    """
    by_code: dict[str, list[State]] = defaultdict(list)
    for state in sorted(history, key=lambda s: (s.code, s.start)):
        by_code[state.code].append(state)
    mended: list[State] = []
    for code, states in by_code.items():
        official = truth.get(code)
        kept = [s for s in states if s.end or official]
        if official and not kept[-1].end:
            last = kept[-1].name
            kept = [replace(s, name=official.name) if s.name == last else s for s in kept]
        mended += _without_flicker(kept)
    return mended


def _joined(states: Iterable[State]) -> list[State]:
    """States in order of code and day; neighbours that mean the same made one (latest spelling)."""
    out: list[State] = []
    for state in sorted(states, key=lambda s: (s.level, s.code, s.start)):
        last = out[-1] if out else None
        if last and last.code == state.code and last.end == state.start and last.meaning == state.meaning:
            out[-1] = replace(state, start=last.start)
        else:
            out.append(state)
    return out


def read_states(source: Path) -> list[State]:
    """All states 2004 to today from the source folder."""
    raw = _rows(source / "unit_history_2004_2025.csv")
    history = [_state(row, row["valid_from"], row["valid_to"]) for row in raw]
    truth = {row["code"]: _state(row, "", "") for row in _rows(source / "units_pre2025.csv")}
    before = [replace(s, end=s.end or REFORM) for s in mend(history, truth)]
    amended = {row["code"]: _state(row, _AMENDED, "") for row in _rows(source / "units_2026-04-30.csv")}
    after: list[State] = []
    for row in _rows(source / "units_2025.csv"):
        state, later = _state(row, REFORM, ""), amended[row["code"]]
        if state.type == later.type:
            corrected = state.name if tone_key(state.name) == tone_key(later.name) else later.name
            after.append(replace(state, name=corrected))
        else:
            after += [replace(state, end=_AMENDED), later]
    return _joined([*before, *after])


def _acts_for(text: str, province: str) -> str:
    """The numbers of the acts in `text` that speak of `province`; all of them when none names it."""
    parts = [part for part in re.split(r";|\|", text) if _ACT.search(part)]
    named = [part for part in parts if province and fold(province) in fold(part)]
    numbers = [number for part in named or parts for number in _ACT.findall(part)]
    return " ".join(dict.fromkeys(numbers)) if len(numbers) <= 4 else ""


def read_links(source: Path, states: list[State]) -> tuple[list[list[str]], list[list[str]]]:
    """Links (`date, old, new, kind`) and acts (`date, code, numbers`) of the dated changes."""
    kinds = {"merged_into": "merged", "split_part": "split", "kept": "kept"}
    provinces = {s.code: s.name for s in states if s.level == 1}
    ends = {(s.code, s.end) for s in states}
    links: set[tuple[str, str, str, str]] = set()
    acts: dict[tuple[str, str], str] = {}
    for row in _rows(source / "changes.csv"):
        old, new, day = row["old_code"], row["new_code"], row["date"]
        if row["kind"] in kinds and old and new:
            if (old, day) not in ends:  # mended above: the code ended on another day
                day = max((e for c, e in ends if c == old and e), default=day)
            links.add((day, old, new, kinds[row["kind"]]))
        numbers = _acts_for(row["decree"], provinces.get(row["province_code"], ""))
        for code in {old, new} - {""}:
            if numbers and day != REFORM:
                acts[day, code] = numbers
    return [list(link) for link in sorted(links)], [[d, c, n] for (d, c), n in sorted(acts.items())]


def _packed(rows: list[list[str]]) -> bytes:
    """A table as gzipped text, a line a column, cells parted by tabs: split at once when it is read."""
    lines = ["\t".join(column) for column in zip(*rows, strict=True)]
    return gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)


def _write(folder: Path, files: dict[str, bytes], counts: dict[str, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {
        "version": VERSION,
        "counts": counts,
        "files": {
            name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
            for name, body in sorted(files.items())
        },
    }
    for name, body in files.items():
        (folder / name).write_bytes(body)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def build(source: Path, folder: Path = _DATA) -> dict[str, int]:
    """Reads `source`, writes the packed files into `folder`, returns the counts of their rows."""
    states = read_states(source)
    links, acts = read_links(source, states)
    units = [[s.code, s.name, tight(s.name), s.type, s.parent, s.start, s.end] for s in states]
    counts = {"units": len(units), "links": len(links), "acts": len(acts)}
    files = {"units.gz": _packed(units), "links.gz": _packed(links), "acts.gz": _packed(acts)}
    _write(folder, files, counts)
    return counts


if __name__ == "__main__":
    default = Path(__file__).parents[2] / "shared" / "data" / "gazetteer"
    for what, count in build(Path(sys.argv[1]) if len(sys.argv) > 1 else default).items():
        sys.stdout.write(f"{what}: {count}\n")
