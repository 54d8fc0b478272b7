"""What `proved` is worth: figures marked proved against gold, and repairs and proposals beside them.

    python -m benchmarks.proofs WHERE [--only print-] [--show 20] [--quick] [--gold FOLDER]

WHERE is what `benchmarks.net read` wrote, or, with `--gold`, a folder of CSV sets of documents it has. A
figure is a body cell with a number that the shared scorer pairs with a cell of the gold. Printed for each
set: figures that were read right, the share of them that is proved; proved figures, how many of them are
wrong, with the interval of Clopper and Pearson at 95 %; cells that the relations put right, how many of
these are wrong now, and how many were right before; proposals (`expected` of a flag on a figure), and how
many say what the page prints or what the gold says ought to stand there; inconsistencies found, and flags
that point at one.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.net import SHARED, input_sets

FILES = ("documents", "tables", "cells", "places", "flags")
_READERS = {"reading", "spelling", "structure"}
_CONFIDENCE = 0.95
_HALVINGS = 60
_FIGURE = re.compile(r"\d[\d.,]*")
Record = dict[str, str]


@dataclass
class Tally:
    """Counts of one set, and what is worth showing of it."""

    right: int = 0
    right_proved: int = 0
    proved: int = 0
    wrong: int = 0
    repairs: int = 0
    bad_repairs: int = 0
    spoilt: int = 0
    proposals: int = 0
    good_proposals: int = 0
    true: int = 0
    found: int = 0
    flags: int = 0
    pointing: int = 0
    shown: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        low, high = interval(self.wrong, self.proved)
        return (
            f"{name:18} {self.right:7} {_share(self.right_proved, self.right):>7} {self.proved:7}"
            f" {self.wrong:6}  {10000 * low:6.2f}-{10000 * high:<7.2f} {self.repairs:7}"
            f" {self.bad_repairs:5} {self.spoilt:6} {self.proposals:9}"
            f" {_share(self.good_proposals, self.proposals):>7}"
            f" {_share(self.found, self.true):>7} {_share(self.pointing, self.flags):>7}"
        )


HEAD = (
    f"{'set':18} {'right':>7} {'proved':>7} {'proved':>7} {'wrong':>6}  {'per 10,000':14} {'repairs':>7}"
    f" {'wrong':>5} {'spoilt':>6} {'proposals':>9} {'right':>7} {'recall':>7} {'precis.':>7}"
)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def interval(wrong: int, tried: int) -> tuple[float, float]:
    """The bounds of Clopper and Pearson for a share of `wrong` in `tried`; (0, 1) when nothing was tried."""
    if not tried:
        return 0.0, 1.0
    if 2 * wrong > tried:  # the chances of few are sums that do not vanish
        low, high = interval(tried - wrong, tried)
        return 1.0 - high, 1.0 - low
    tail = (1 - _CONFIDENCE) / 2
    low = 0.0 if wrong == 0 else _solve(lambda p: 1 - _at_most(wrong - 1, tried, p) < tail)
    high = 1.0 if wrong == tried else _solve(lambda p: _at_most(wrong, tried, p) > tail)
    return low, high


def _solve(below: Any) -> float:
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low


def _at_most(k: int, n: int, p: float) -> float:
    """The binomial chance of `k` or fewer among `n`."""
    if p in (0.0, 1.0):
        return 1.0 if p == 0.0 else float(k >= n)
    term = (1 - p) ** n
    total = term
    for i in range(k):
        term *= (n - i) / (i + 1) * p / (1 - p)
        total += term
    return min(1.0, total)


def scorer() -> ModuleType:
    """The shared scorer as a module: what equals what, and which cell is which."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "bench/score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def read_set(folder: Path) -> dict[str, list[Record]]:
    """The files of a CSV set that the measure needs."""
    out = {}
    for name in FILES:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            out[name] = list(csv.DictReader(file))
    return out


@dataclass(frozen=True)
class Pair:
    """A gold cell and the cell paired with it: its text, its true number or None, the mark it is read by."""

    gold: str
    spot: tuple[str, int, int]
    true: float | None
    mark: str
    cell: Record


def pairs(score: ModuleType, folder: Path, doc_id: str, out: dict[str, list[Record]]) -> Iterator[Pair]:
    """Every figure of the gold that some table of the document has a cell for."""
    golds, decimal, _ = score.gold_tables(folder)
    preds = score.predicted_tables(doc_id, out["tables"], out["cells"])
    offers = []
    for gi, g in enumerate(golds):
        for pi, p in enumerate(preds):
            rows, cols = score.match(g, p, decimal)
            hits = sum(
                score.same(g.rows[i][k], p.rows[j][c], decimal)
                for i, j in rows
                for k, c in cols
                if g.rows[i][k].strip()
            )
            if hits:
                offers.append((hits, gi, pi, rows, cols))
    taken: set[tuple[str, int]] = set()
    for _, gi, pi, rows, cols in sorted(offers, key=lambda o: -o[0]):
        if ("gold", gi) in taken or ("read", pi) in taken:
            continue
        taken |= {("gold", gi), ("read", pi)}
        gold, head = golds[gi], golds[gi].meta["header_rows"]
        unsure = {tuple(spot) for spot in gold.meta.get("uncertain", [])}
        mark = gold.meta.get("decimal", decimal)
        for i, j in rows:
            for k, c in cols:
                cell = preds[pi].rows[j][c]
                if cell.get("row") and (i + head, k) not in unsure:
                    yield Pair(gold.rows[i][k], (gold.id, i + head, k), gold.true.get((i, k)), mark, cell)


def measure(score: ModuleType, folder: Path, doc_id: str, out: dict[str, list[Record]]) -> Tally:
    """The counts of one document."""
    tally = Tally()
    path = folder / "inconsistencies.json"
    faults: list[dict[str, Any]] = json.loads(path.read_text("utf8")) if path.exists() else []
    owed = {(f["table"], f.get("row"), f.get("col")): str(f["expected"]) for f in faults if f["expected"]}
    by_cell: dict[tuple[str, str, str], list[Record]] = {}
    for flag in out["flags"]:
        if flag["doc_id"] == doc_id and flag["row"] and flag["col"]:
            by_cell.setdefault((flag["table_id"], flag["row"], flag["col"]), []).append(flag)
    for pair in pairs(score, folder, doc_id, out):
        cell = pair.cell
        want = score.number(pair.gold, pair.mark) if pair.true is None else pair.true
        right = score.same(pair.gold, cell, pair.mark, true=pair.true)
        where = f"{folder.name} {pair.spot} {pair.gold!r} read as {cell['text']!r} (raw {cell['raw']!r})"
        if want is not None:
            tally.right += right
            tally.right_proved += right and cell["status"] == "proved"
        if cell["status"] == "proved" and cell["value"]:
            tally.proved += 1
            tally.wrong += not right
            if not right:
                tally.shown.append(f"PROVED {where}")
        if "quan hệ" in cell["repairs"]:
            tally.repairs += 1
            tally.bad_repairs += not right
            was = score.same(pair.gold, {**cell, "value": _plain(score, cell["raw"], pair.mark)}, pair.mark)
            tally.spoilt += was and not right
            if not right:
                tally.shown.append(f"REPAIR {where}: {cell['repairs']}")
        for flag in by_cell.get((cell["table_id"], cell["row"], cell["col"]), ()):
            if not flag["expected"] or flag["severity"] == "info" or flag["kind"] in ("date", "rank"):
                continue
            good = any(
                _means(score, flag["expected"], text, pair.mark) for text in (pair.gold, owed.get(pair.spot))
            ) or _mends(score, flag["expected"], pair.gold, owed.get(pair.spot), pair.mark)
            tally.proposals += 1
            tally.good_proposals += good
            if not good:
                tally.shown.append(f"PROPOSAL {flag['expected']!r} {flag['check']} {where}")
    return tally


def _plain(score: ModuleType, text: str, mark: str) -> str:
    value = score.number(text, mark)
    return "" if value is None else repr(value)


def _means(score: ModuleType, said: str, gold: str | None, mark: str) -> bool:
    """Whether a proposal says what a gold text says, as a number or as a text."""
    if gold is None:
        return False
    a, b = (score.number(text.partition("/")[0], mark) for text in (said, gold))
    if a is not None and b is not None:
        return bool(abs(a - b) <= 1e-9 * max(1.0, abs(b)))
    return bool(score.fold(said) == score.fold(gold))


def _mends(score: ModuleType, said: str, gold: str, owed: str | None, mark: str) -> bool:
    """Whether a proposal is the gold text with the owed number in the place of another."""
    new, old = (_FIGURE.findall(text) for text in (said, gold))
    changed = [a for a, b in zip(new, old) if a != b]
    return len(new) == len(old) and bool(changed) and all(_means(score, a, owed, mark) for a in changed)


def faults_of(score: ModuleType, folder: Path, doc_id: str, out: dict[str, list[Record]]) -> Tally:
    """Inconsistencies found, and check flags that point at one, as the shared scorer counts them."""
    counted = score.score_document(folder, doc_id, out)["tally"]
    return Tally(
        true=counted["true_inconsistencies"],
        found=counted["inconsistencies_found"],
        flags=counted["check_flags"],
        pointing=counted["check_flags_right"],
    )


def check_set(score: ModuleType, folder: Path, gold: Path, quick: bool) -> Tally:
    """The counts of one set over the documents that gold knows."""
    out = read_set(folder)
    tally = Tally()
    for document in out["documents"]:
        name, doc_id = Path(document["path"]).stem, document["doc_id"]
        if (gold / name / "tables.json").exists():
            # The scorer walks over all that it is given: it gets this document's rows.
            own = {file: [row for row in rows if row["doc_id"] == doc_id] for file, rows in out.items()}
            tally.add(measure(score, gold / name, doc_id, own))
            if not quick:
                tally.add(faults_of(score, gold / name, doc_id, own))
    return tally


def golds(where: Path) -> dict[str, str]:
    """The gold of every set of figures below `where`, by the set's name."""
    known = {s.name: str(s.gold) for s in input_sets(None) if s.gold}
    printed = {
        p.name: str(SHARED / "gold-paper") for p in sorted(where.iterdir()) if p.name.startswith("print")
    }
    return {name: gold for name, gold in {**known, **printed}.items() if (where / name).is_dir()}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("where", type=Path)
    parser.add_argument("--only", default="", help="sets whose name holds this")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong cells a set")
    parser.add_argument("--quick", action="store_true", help="leave inconsistencies out")
    parser.add_argument("--gold", type=Path, help="of all sets below WHERE")
    args = parser.parse_args(argv)
    score = scorer()
    sets = sorted(p.name for p in args.where.iterdir() if (p / "documents.csv").exists())
    known = dict.fromkeys(sets, str(args.gold)) if args.gold else golds(args.where)
    whole = Tally()
    print(HEAD)
    for name, gold in known.items():
        if args.only in name and (args.where / name / "documents.csv").exists():
            tally = check_set(score, args.where / name, Path(gold), args.quick)
            print(tally.line(name), flush=True)
            for line in tally.shown[: args.show]:
                print("   ", line)
            whole.add(tally)
    print(whole.line("all"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
