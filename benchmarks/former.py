"""How well tables of units that are no more are read after the reform: python benchmarks/former.py [--seed 5]

Tables of the communes, districts and provinces of the eve of the reform of July 2025, of every province, as
reports print them months later: whole districts, districts one after another (with and without rows that
name them), provinces by code or by name, rows drawn at random, a district in the column beside or behind the
name, what one new commune was made of, and lists of districts and of provinces; each in several ways of
printing. The document is the new province's or, for a commune's own list, the new commune's. Prints, by kind
of table and by print, the shares of rows right (the unit and what became of it), wrong without a word, and
flagged (ambiguous or unknown). The same seed gives the same figures. Slips are those of
`benchmarks/places.py`; every row of a table has one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # this folder's names would hide Python's own

from benchmarks.places import SLIPS  # noqa: E402
from gazetteer import Gazetteer  # noqa: E402
from model.place import AdminUnit, PlaceMention, Scope  # noqa: E402

EVE, AFTER = date(2025, 6, 30), date(2025, 10, 15)
_DRAWN = 30  # rows of a table drawn at random
PRINTS = (
    "type word", "as printed", "abbreviated", "upper case", "marks dropped, typed", "one mark wrong",
    "typist",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of former units: each row's unit (None: a row that heads others), the document's unit, whether
    a column beside names what each row lay in, and whether that stands behind the name."""

    kind: str
    rows: tuple[AdminUnit, ...]
    scope: str
    beside: bool = False
    behind: bool = False


def _typed(unit: AdminUnit) -> str:
    return f"{unit.type.capitalize()} {unit.name}"


def _printed(unit: AdminUnit, how: str, rng: random.Random) -> str:
    if unit.name.isdigit():
        return _typed(unit)
    if how == "upper case":
        return _typed(unit).upper()
    if how == "type word":
        return _typed(unit)
    return SLIPS[how](unit, rng)


def tables(gazetteer: Gazetteer, rng: random.Random, share: float = 1.0) -> Iterator[Listed]:
    """Every kind of table, of a share of the provinces (1: every one)."""
    provinces = gazetteer.children("", EVE)
    for province in sorted(rng.sample(provinces, round(share * len(provinces))), key=lambda u: u.code):
        heirs = gazetteer.successors(province, AFTER)[0]
        scope = heirs[0].code if heirs else province.code
        districts = gazetteer.children(province, EVE)
        members = {d.code: gazetteer.children(d, EVE) for d in districts}
        everyone = [u for d in districts for u in members[d.code]]
        yield Listed("districts", districts, scope)
        yield Listed("province by code", tuple(sorted(everyone, key=lambda u: u.code)), scope)
        yield Listed("province by name", tuple(sorted(everyone, key=lambda u: (u.name, u.code))), scope)
        order = rng.sample(districts, len(districts))
        yield Listed("district by district", tuple(u for d in order for u in members[d.code]), scope)
        headed = tuple(u for d in order for u in (d, *members[d.code]))
        yield Listed("under its district", headed, scope)
        drawn = tuple(rng.sample(everyone, min(_DRAWN, len(everyone))))
        yield Listed("drawn at random", drawn, scope)
        yield Listed("district beside", drawn, scope, beside=True)
        yield Listed("district behind", drawn, scope, behind=True)
        for district in rng.sample(districts, min(3, len(districts))):
            rows = members[district.code]
            if rows:
                yield Listed("one district", tuple(rng.sample(rows, len(rows))), scope)
    now = gazetteer.children("", AFTER)
    for heir in rng.sample(now, round(share * len(now))):
        for commune in rng.sample(gazetteer.children(heir, AFTER), 8):
            was = tuple(u for u, _ in gazetteer.predecessors(commune) if u.level == 3 and u.valid_to)
            if was:
                yield Listed("a new commune's", was, commune.code)
    yield Listed("provinces", provinces, "")


def outcome(gazetteer: Gazetteer, truth: AdminUnit, mention: PlaceMention | None) -> str:
    """What a row came to; right says the unit and, where it has any, what became of it."""
    if mention is None:
        return "silent"
    if mention.unit is None:
        return "flagged"
    if mention.unit.code != truth.code:
        return "wrong"
    heirs = {u.code for u in gazetteer.successors(truth, AFTER)[0]}
    told = {u.code for u in mention.successors} or {mention.unit.code}
    return "right" if not heirs or heirs == told else "wrong"


def measure(
    seed: int, shown: int = 0, share: float = 1.0, prints: Sequence[str] = PRINTS
) -> dict[tuple[str, str], Counter[str]]:
    """Outcomes by kind of table and print; the first `shown` rows of each that are not right are printed."""
    gazetteer = Gazetteer.load()
    tally: dict[tuple[str, str], Counter[str]] = {}
    for how in prints:
        rng = random.Random(f"{seed} {how}")
        for listed in tables(gazetteer, random.Random(seed), share):
            rows, beside = [], {}
            for n, unit in enumerate(listed.rows):
                above = gazetteer.unit(unit.parent_code, EVE)
                text = _printed(unit, how, rng)
                if listed.behind and above:
                    text = f"{text}, {_printed(above, how, rng)}"
                if listed.beside and above:
                    beside[n] = _printed(above, how, rng)
                rows.append((n, text))
            scope = Scope(AFTER, (listed.scope,) if listed.scope else ())
            found = {m.row: m for m in gazetteer.resolve_column(rows, scope, 0, beside).mentions}
            counts = tally.setdefault((listed.kind, how), Counter())
            for n, unit in enumerate(listed.rows):
                came = outcome(gazetteer, unit, found.get(n))
                if came != "right" and counts[came] < shown:
                    mention = found.get(n)
                    print(
                        listed.kind,
                        how,
                        came,
                        listed.scope,
                        rows[n][1],
                        "=",
                        _typed(unit),
                        unit.code,
                        end=" ",
                    )
                    print(mention and (mention.kind, mention.unit, [c.unit.code for c in mention.candidates]))
                counts[came] += 1
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="share of the provinces (1: all)")
    parser.add_argument("--prints", nargs="*", default=list(PRINTS), choices=PRINTS)
    parser.add_argument("--show", type=int, default=0, help="rows to print of each kind that are not right")
    options = parser.parse_args()
    start = time.process_time()
    tally = measure(options.seed, options.show, options.share, options.prints)
    kinds = sorted({kind for kind, _ in tally})
    print(f"{'':44} {'rows':>7} {'right':>8} {'wrong':>8} {'flagged':>8} {'silent':>8}")
    sums = [
        *((kind, [tally[kind, how] for how in options.prints]) for kind in kinds),
        *((how, [tally[kind, how] for kind in kinds]) for how in options.prints),
        ("all", list(tally.values())),
    ]
    for label, parts in sums:
        counts: Counter[str] = Counter()
        for part in parts:
            counts += part
        n = sum(counts.values())
        shares = [counts[name] / n for name in ("right", "wrong", "flagged", "silent")]
        print(f"{label:44} {n:7} " + " ".join(f"{100 * share:7.2f}%" for share in shares))
    print(f"\n{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
