"""Builds the packed units under `gazetteer/data/` from the source tables: `python -m gazetteer.build`.

Reads (by default from ../shared/data/gazetteer, see its SOURCES.md) the dated states of every General
Statistics Office code since 2004, the lists of 2025-07-01 and 2026-04-30, and the dated changes. Writes

* `units.gz`: the states: `code, name, key, type, parent, from, to`; `key` is the name's matching key
  (`names.tight`), `to` empty while the state lasts;
* `links.gz`: `date, old, new, kind`: which code went into which, for codes that ended;
* `acts.gz`: `date, code, acts`: the legal acts of a change, numbers joined with a blank;
* `spellings.gz`: `code, name`: what some official source calls a unit besides (`build_spellings`);
* `manifest.json`: format version, SHA-256 and size of each file, counts.

The same sources give the same bytes. What is mended on the way is written out in `mend`.
"""

from __future__ import annotations

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

from gazetteer.build_spellings import read_rows, read_spellings
from gazetteer.names import tight
from normalize.unicode import fold, nfc, squeeze, tone_key

VERSION = 2
REFORM = "2025-07-01"
_AMENDED = "2026-04-30"
_DATA = Path(__file__).parent / "data"
_ACT = re.compile(r"\d+(?:/\d{4})?[/-](?:NĐ[-/]CP|NQ-CP|NQ-UBTVQH\d+|UBTVQH\d+|QH\d+|QĐ-TTg)")
_LEADING_ZERO = re.compile(r"\b0+(?=\d)")
_FLICKER_DAYS = 200
# Districts that the source shows changed from the day of signing, put back on 2019-11-01 and changed again:
# signing and effect of resolutions 767/NQ-UBTVQH14 (Sa Pa) and 768/NQ-UBTVQH14 (Kinh Môn).
_EARLY = {"088": ("2019-09-11", "2020-01-01"), "292": ("2019-09-11", "2019-11-01")}
_MERGERS_OF_2025 = ("2025-01-01", "2025-03-01")  # the day of effect, and the source's next state

# Successors that the sources lack and the acts name: day, ended code, new code, kind.
_FROM_ACTS = {
    ("2020-01-01", "03007", "03004", "merged"),  # Tả Giàng Phình in Ngũ Chỉ Sơn, 767/NQ-UBTVQH14
    ("2020-06-01", "21541", "536", "merged"),  # the communes of Lý Sơn in the district, which has none since
    ("2020-06-01", "21544", "536", "merged"),
    ("2020-06-01", "21547", "536", "merged"),
}


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


def _state(row: dict[str, str], start: str, end: str) -> State:
    name = squeeze(nfc(row["name"])).replace("’", "'")
    level = int(row["level"])
    return State(row["code"], name, row["type"].lower(), level, row["parent_code"], start, end)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _in_effect(states: list[State]) -> list[State]:
    """One code's states without those dated before their act took effect (`_EARLY`)."""
    if states[-1].level == 1:
        return states
    windows = [_EARLY[c] for c in {s.parent for s in states} | {states[0].code} if c in _EARLY]
    if not windows:
        return states
    signed, effect = windows[0]
    kept = [s for s in states if not (signed <= s.start < effect and s.end and s.end <= effect)]
    kept = [replace(s, start=effect) if signed <= s.start < effect else s for s in kept]
    return [replace(s, end=effect) if signed <= s.end < effect else s for s in kept]


def _without_flicker(states: list[State]) -> list[State]:
    """One code's states with short excursions taken out.

    A state that comes back unchanged within `_FLICKER_DAYS` never left: the source lost it for a month
    or two (Cao Bằng 2020), or showed another for as long.
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
    * States dated by the signing of an act that took effect later (`_in_effect`).
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
        mended += _without_flicker(_in_effect(kept))
    return _recoded(mended)


def _recoded(states: list[State]) -> list[State]:
    """States with the codes of 2025-01-01 from that day on.

    For wards merged on that day the source kept one parent's code for two months and then took the other's,
    which is the one in the GSO's list: same name, type and parent, one code ending as the other begins.
    """
    day, seen = _MERGERS_OF_2025
    ending = {s.meaning: s for s in states if s.end == seen and s.type == "phường"}
    twins = {s.code: ending[s.meaning].code for s in states if s.start == seen and s.meaning in ending}
    twins |= {
        s.code: ending[s.meaning].code
        for s in states
        if s.start < day and s.end == "" and s.meaning in ending and ending[s.meaning].code != s.code
    }
    out = []
    for state in states:
        if state.code in twins.values() and state.end == seen:
            if state.start < day:
                out.append(replace(state, end=day))
        elif state.code in twins and state.start == seen:
            out.append(replace(state, start=day))
        else:
            out.append(state)
    return out


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
    raw = read_rows(source / "unit_history_2004_2025.csv")
    history = [_state(row, row["valid_from"], row["valid_to"]) for row in raw]
    truth = {row["code"]: _state(row, "", "") for row in read_rows(source / "units_pre2025.csv")}
    before = [replace(s, end=s.end or REFORM) for s in mend(history, truth)]
    amended = {row["code"]: _state(row, _AMENDED, "") for row in read_rows(source / "units_2026-04-30.csv")}
    after: list[State] = []
    for row in read_rows(source / "units_2025.csv"):
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
    for row in read_rows(source / "changes.csv"):
        old, new, day = row["old_code"], row["new_code"], row["date"]
        kind = kinds.get(row["kind"], "")
        if day == REFORM and not old:  # a district without communes (an island) became a special zone
            old, kind = row["old_parent"], "kept"
        if kind and old and new:
            if (old, day) not in ends:  # mended above: the code ended on another day
                day = max((e for c, e in ends if c == old and e), default=day)
            links.add((day, old, new, kind))
        numbers = _acts_for(row["decree"], provinces.get(row["province_code"], ""))
        for code in {old, new} - {""}:
            if numbers and day != REFORM:
                acts[day, code] = numbers
    links |= _FROM_ACTS
    links |= _heirs(states, {(day, old) for day, old, _, _ in links})
    return [list(link) for link in sorted(links)], [[d, c, n] for (d, c), n in sorted(acts.items())]


def _heirs(states: list[State], known: set[tuple[str, str]]) -> set[tuple[str, str, str, str]]:
    """Links for ended codes of which the sources name no successor, as far as the states prove one.

    `recoded`: on the same day another code takes over the very name and type in the same parent.
    `merged`: on that day another unit of the same parent takes the name.
    """
    goes_on = {(s.code, s.start) for s in states}
    starting: dict[tuple[str, str, str], list[State]] = defaultdict(list)
    for state in states:
        starting[state.start, state.parent, tone_key(state.name)].append(state)
    found = set()
    for state in states:
        if (
            state.level < 3
            or not state.end
            or (state.code, state.end) in goes_on
            or (state.end, state.code) in known
        ):
            continue
        heirs = [s for s in starting[state.end, state.parent, tone_key(state.name)] if s.level == 3]
        if len(heirs) == 1:
            kind = "recoded" if heirs[0].type == state.type else "merged"
            found.add((state.end, state.code, heirs[0].code, kind))
    return found


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
    spellings = read_spellings(source, ((s.code, s.name) for s in states))
    tables = {"units": units, "links": links, "acts": acts, "spellings": spellings}
    counts = {name: len(rows) for name, rows in tables.items()}
    files = {f"{name}.gz": _packed(rows) for name, rows in tables.items()}
    _write(folder, files, counts)
    return counts


if __name__ == "__main__":
    default = Path(__file__).parents[2] / "shared" / "data" / "gazetteer"
    for what, count in build(Path(sys.argv[1]) if len(sys.argv) > 1 else default).items():
        sys.stdout.write(f"{what}: {count}\n")
