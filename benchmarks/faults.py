"""Seed faults into tables whose figures are known, and see who is blamed and what is put right.

    python -m benchmarks.faults [--gold ../shared/gold ../shared/gold-paper] [--trials 400] [--seed 7]

A trial takes one table, spoils one cell (a digit confused, a decimal mark lost, two neighbours exchanged, a
row shifted by a column, a total added up wrong) or several, types the table as a reader would, and runs the
checks. Tables come from gold documents (seeds, made-up papers, real scans) and from made-up reports. Results
are printed by kind of fault, and by the structure of the relations that cover the spoilt cell.

Readings are tried with a reader's confidences (nine in ten misreadings are doubted, seven in ten of those
offer the truth as another reading, the tenth is read at 0.85 to 0.985; one good cell in thirty is doubted
too, the rest read at 0.95 to 0.999) and without (all cells alike at 0.95).

Only cells that some relation covers are spoiled. Faults of the author are seeded into sure print.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made import make_document
from checks import check_document
from checks.figures import open_book
from checks.proof import proves
from checks.registry import relations_of
from checks.search.beliefs import Ledger
from extract.tables.header import understand
from extract.tables.raw import RawTable
from gazetteer import Gazetteer
from model.document import Document, Source
from model.page import GridCell, Reading
from model.table import Cell, Table
from normalize.columns import type_columns
from normalize.numbers import parse_number

Spot = tuple[int, int]
_STRUCTURES = 12  # lines of structures printed for a way of reading
MISREADINGS = ("digit", "mark", "swap", "shift")
_ALIKE = {
    "0": "689",
    "1": "74",
    "2": "73",
    "3": "85",
    "4": "19",
    "5": "63",
    "6": "580",
    "7": "12",
    "8": "306",
    "9": "04",
}


@dataclass
class Score:
    """Counts over trials of one kind of fault."""

    tried: int = 0
    named: int = 0
    first: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    seconds: float = 0.0

    def add(self, other: Score) -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        def share(n: int) -> str:
            return f"{100 * n / self.tried:6.1f}%" if self.tried else "     -"

        return (
            f"{name:34} {self.tried:6} {share(self.first)} {share(self.named)} {share(self.right)}"
            f" {share(self.wrong)} {share(self.missed)} {1000 * self.seconds / max(1, self.tried):8.0f} ms"
        )


@dataclass(frozen=True)
class Trial:
    """A spoilt table: `truth` is what the cells touched really say; `culprits` the cells themselves."""

    table: Table
    culprits: tuple[Spot, ...]
    truth: dict[Spot, str] = field(default_factory=dict)


def raw_table(grid: Sequence[Sequence[str]], header_rows: int, title: str) -> RawTable:
    """A grid of strings as a stitched table, equal neighbours of the header merged."""
    cells: list[GridCell] = []
    taken: set[Spot] = set()
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if (r, c) in taken:
                continue
            wide = high = 1
            if r < header_rows and text:
                while c + wide < len(row) and row[c + wide] == text and (r, c + wide) not in taken:
                    wide += 1
                while r + high < header_rows and all(grid[r + high][c + x] == text for x in range(wide)):
                    high += 1
            taken.update((r + y, c + x) for y in range(high) for x in range(wide))
            cells.append(GridCell(r, c, text, high, wide, engine="text"))
    return RawTable(title, "ruled", len(grid), len(grid[0]), tuple(cells), (1,) * len(grid), header_rows)


def gold_tables(folder: Path) -> Iterator[Table]:
    """Tables of strings of every gold document, the author's own faults put right."""
    for path in sorted(folder.glob("*/tables.json")):
        known = path.with_name("inconsistencies.json")
        faults = json.loads(known.read_text("utf8")) if known.exists() else []
        for t in json.loads(path.read_text("utf8")):
            grid = [list(row) for row in t["grid"]]
            for f in faults:
                here = f["table"] == t["id"] and f["row"] is not None and f["col"] is not None
                if here and f["expected"] and grid[f["row"]][f["col"]].strip() == str(f["printed"]).strip():
                    grid[f["row"]][f["col"]] = str(f["expected"])
            yield understand(raw_table(grid, t["header_rows"], t["title"]), t["id"])


def made_reports(count: int, seed: int) -> Iterator[Table]:
    """Tables of made-up reports of all kinds (benchmarks/made.py), with the faults of their own."""
    known = Gazetteer.load()
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            make_document(Path(folder) / f"m{seed}-{n:02d}", seed * 100 + n, known)
        yield from gold_tables(Path(folder))


def made_up_tables(count: int, seed: int) -> Iterator[Table]:
    """District tables as these reports print them: sums across, totals down, shares in percent."""
    rng = random.Random(seed)
    for n in range(count):
        head = [
            [
                "STT",
                "Đơn vị",
                "Tiếp nhận",
                "Tiếp nhận",
                "Tiếp nhận",
                "Đã giải quyết",
                "Đã giải quyết",
                "Đã giải quyết",
                "Tỷ lệ đúng hạn (%)",
            ],
            [
                "STT",
                "Đơn vị",
                "Tổng số",
                "Trực tiếp",
                "Trực tuyến",
                "Tổng số",
                "Đúng hạn",
                "Quá hạn",
                "Tỷ lệ đúng hạn (%)",
            ],
        ]
        body: list[list[int]] = []
        for _ in range(rng.randint(8, 20)):
            direct, online = rng.randint(0, 900), rng.randint(20, 9000)
            solved = rng.randint(int(0.8 * (direct + online)), direct + online)
            late = rng.randint(0, max(1, solved // 20))
            body.append([direct + online, direct, online, solved, solved - late, late])
        body.append([sum(column) for column in zip(*body)])
        grid = [list(row) for row in head]
        for i, row in enumerate(body):
            last = i == len(body) - 1
            share = f"{100 * row[4] / row[3]:.2f}".replace(".", ",")
            label = "TỔNG CỘNG" if last else f"Xã Mẫu {chr(65 + i)}"
            grid.append(["" if last else str(i + 1), label, *(_grouped(x) for x in row), share])
        yield understand(raw_table(grid, 2, f"Bảng mẫu {n}"), f"m{n:02d}")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def ink(table: Table, confidence: float) -> Table:
    """The table as a reading of ink, all cells alike."""
    return _each(table, lambda cell: replace(cell, sure=False, confidence=confidence))


def _each(table: Table, change) -> Table:  # type: ignore[no-untyped-def]
    return replace(table, rows=tuple(tuple(change(c) for c in row) for row in table.rows))


def _document(table: Table) -> Document:
    typed, mark = type_columns([table])
    return Document(Source("d", "d", "d"), "ocr", 1, decimal_mark=mark, tables=typed)


def covered(table: Table) -> dict[Spot, int]:
    """Cells that relations prove in the good table, and how many do. Ordinals are left out."""
    checked = check_document(_document(table))
    roles = [c.role for c in checked.tables[0].columns]
    return {
        (c.row, c.col): c.proofs
        for c in checked.tables[0].cells()
        if c.status == "proved" and roles[c.col] not in ("ordinal", "rank")
    }


def structures(table: Table) -> dict[Spot, str]:
    """The kinds of the relations that prove each cell of the good table, as one word: `row_sum+total`."""
    book = open_book(_document(table))
    ledger = Ledger(book.figures, relations_of(book))
    found: dict[Spot, list[str]] = {}
    for relation, verdict in zip(ledger.relations, ledger.verdicts, strict=True):
        for n in relation.figures:
            ref = book.figures[n].ref
            if ref is not None and proves(relation, n, ledger.amounts, book.figures, verdict):
                found.setdefault((ref.row, ref.col), []).append(relation.kind)
    return {spot: "+".join(sorted(set(kinds))) for spot, kinds in found.items()}


def spoil(table: Table, kind: str, spots: Sequence[Spot], rng: random.Random) -> Trial | None:
    """The table with one fault of a kind at one of the spots, or None when the cell cannot bear it."""
    row, col = rng.choice(list(spots))
    text = table.rows[row][col].text
    if kind == "digit":
        return _with(table, {(row, col): confused(text, rng)})
    if kind == "mark":
        bare = text.replace(",", "").replace(".", "") if "," in text else ""
        return _with(table, {(row, col): bare}) if bare and len(bare) > 1 else None
    if kind == "swap":
        other = (row, col + 1) if (row, col + 1) in spots else (row + 1, col)
        if other not in spots or _equal(text.lstrip("+-"), table.rows[other[0]][other[1]].text.lstrip("+-")):
            return None
        return _with(table, {(row, col): table.rows[other[0]][other[1]].text, other: text})
    if kind == "shift":
        cols = [c for c in range(col, table.n_cols) if (row, c) in spots]
        if len(cols) < 3 or cols != list(range(cols[0], cols[-1] + 1)):
            return None
        texts = [table.rows[row][c].text for c in cols]
        return _with(table, {(row, c): t for c, t in zip(cols, ["", *texts[:-1]])})
    if kind == "total":
        labels = " ".join(c.text for c in table.rows[row][:2]).lower()
        return _with(table, {(row, col): confused(text, rng)}) if "tổng" in labels else None
    raise ValueError(kind)


def confused(text: str, rng: random.Random) -> str:
    """One digit read as one that looks like it."""
    places = [i for i, ch in enumerate(text) if ch.isdigit()]
    if not places:
        return text
    i = rng.choice(places)
    return text[:i] + rng.choice(_ALIKE[text[i]]) + text[i + 1 :]


def _with(table: Table, changes: dict[Spot, str]) -> Trial | None:
    truth = {spot: table.rows[spot[0]][spot[1]].text for spot in changes}
    changes = {spot: text for spot, text in changes.items() if not _equal(text, truth[spot])}
    if not changes:
        return None

    def change(cell: Cell) -> Cell:
        text = changes.get((cell.row, cell.col))
        return cell if text is None else replace(cell, text=text, raw=text)

    return Trial(_each(table, change), tuple(changes), truth)


def _equal(a: str, b: str) -> bool:
    one, two = parse_number(a), parse_number(b)
    return a == b or (one is not None and two is not None and one.amount == two.amount)


def doubted(trial: Trial, table: Table, rng: random.Random) -> Table:
    """The spoilt table as a reader with confidences gives it."""

    def change(cell: Cell) -> Cell:
        spot = (cell.row, cell.col)
        if spot in trial.culprits and rng.random() < 0.9:
            offers = [Reading(confused(cell.text, rng), 2.5)]
            if rng.random() < 0.7:
                offers.insert(0, Reading(trial.truth[spot], 1.2))
            return replace(cell, status="doubtful", confidence=0.55, alternatives=tuple(offers))
        if not cell.is_header and any(ch.isdigit() for ch in cell.text) and rng.random() < 1 / 30:
            other = Reading(confused(cell.text, rng), 1.5)
            return replace(cell, status="doubtful", confidence=0.6, alternatives=(other,))
        if spot in trial.culprits:
            return replace(cell, confidence=rng.uniform(0.85, 0.985))
        return replace(cell, confidence=rng.uniform(0.95, 0.999))

    return _each(table, change)


def judge(trial: Trial, table: Table, before: set[Spot], score: Score, show: bool) -> None:
    """Run the checks on a spoilt table and count who was named and what was put right."""
    start = time.perf_counter()
    checked = check_document(_document(table))
    score.seconds += time.perf_counter() - start
    score.tried += 1
    after = checked.tables[0]
    mended = [
        (c.row, c.col) for c in after.cells() if any(r.kind in ("digits", "decimal") for r in c.repairs)
    ]
    flags = [
        (f.row, f.col)
        for f in checked.flags
        if f.row is not None and f.col is not None and f.check not in ("reading", "repair", "places")
    ]
    named = [s for s in dict.fromkeys([*mended, *flags]) if s not in before or s in trial.culprits]
    score.first += bool(named) and named[0] in trial.culprits
    score.named += any(s in trial.culprits for s in named)
    score.missed += not named
    good = all(_value(after, s) == _amount(trial.truth[s]) for s in trial.culprits)
    score.right += good
    bad = [s for s in mended if _value(after, s) != _amount(_true_text(trial, table, s))]
    score.wrong += bool(bad)
    if show and (bad or not good or not named or named[0] not in trial.culprits):
        said = [f"{s}:{table.rows[s[0]][s[1]].text}" for s in trial.culprits]
        print(f"  {table.table_id} {said} truth {trial.truth} named {named[:3]} wrong {bad} right {good}")


def _true_text(trial: Trial, table: Table, spot: Spot) -> str:
    return trial.truth.get(spot, table.rows[spot[0]][spot[1]].text)


def _value(table: Table, spot: Spot) -> Decimal | None:
    value = table.rows[spot[0]][spot[1]].value
    return None if value is None else value.amount


def _amount(text: str) -> Decimal | None:
    value = parse_number(text)
    return None if value is None else value.amount


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(__file__).resolve().parents[2] / "shared"
    found = [shared / name for name in ("gold", "gold-paper", "gold-real")]
    parser.add_argument("--gold", type=Path, nargs="*", default=found)
    parser.add_argument("--made", type=int, default=4, help="made-up reports")
    parser.add_argument("--trials", type=int, default=400, help="trials of each kind")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", type=int, default=1, help="faults in one table")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    tables = [t for folder in args.gold for t in gold_tables(folder)]
    tables += [*made_up_tables(6, args.seed), *made_reports(args.made, args.seed)]
    tables = [replace(t, table_id=f"{n}-{t.table_id}") for n, t in enumerate(tables)]
    covers = {t.table_id: covered(t) for t in tables}
    tables = [t for t in tables if covers[t.table_id]]
    print(f"{'fault':34} {'trials':>6}   first   named   right   wrong  missed      time")
    for mode in ("confidences", "alike", "sure"):
        kinds = ("digit", "mark", "total") if mode == "sure" else MISREADINGS
        totals: Counter[str] = Counter()
        whole = Score()
        by_structure: dict[str, Score] = {}
        for kind in kinds:
            for score, name in seed_faults(kind, mode, tables, covers, rng, args, by_structure):
                print(score.line(name))
                if "once" not in name:
                    totals["tried"] += score.tried
                    for key in ("tried", "named", "first", "right", "wrong", "missed", "seconds"):
                        setattr(whole, key, getattr(whole, key) + getattr(score, key))
        print(whole.line(f"{mode}: all"))
        for structure, score in sorted(by_structure.items(), key=lambda item: -item[1].tried)[:_STRUCTURES]:
            print(score.line(f"  {structure}"))
    return 0


def seed_faults(
    kind: str,
    mode: str,
    tables: Sequence[Table],
    covers: dict[str, dict[Spot, int]],
    rng: random.Random,
    args: argparse.Namespace,
    by_structure: dict[str, Score] | None = None,
) -> Iterator[tuple[Score, str]]:
    """Trials of one kind: of cells that two relations or more cover, and of those that one does."""
    before: dict[str, set[Spot]] = {}
    known: dict[str, dict[Spot, str]] = {}
    for many in (True, False):
        score = Score()
        name = f"{mode}: {kind}, covered {'twice or more' if many else 'once'}"
        budget = args.trials * 4
        while score.tried < (args.trials if many else args.trials // 4) and budget:
            budget -= 1
            table = rng.choice(list(tables))
            spots = [s for s, n in covers[table.table_id].items() if (n >= 2) == many]
            if kind in ("swap", "shift") and not many:
                break
            if not spots:
                continue
            base = table if mode == "sure" else ink(table, 0.95)
            trial = spoil(base, kind, spots, rng)
            for _ in range(args.faults - 1):
                again = spoil(trial.table, kind, spots, rng) if trial else None
                if trial and again:
                    trial = Trial(
                        again.table, (*trial.culprits, *again.culprits), {**again.truth, **trial.truth}
                    )
            if trial is None:
                continue
            if table.table_id not in before:
                first = check_document(_document(base))
                before[table.table_id] = {
                    (f.row, f.col) for f in first.flags if f.row is not None and f.col is not None
                }
            read = doubted(trial, trial.table, rng) if mode == "confidences" else trial.table
            one = Score()
            judge(trial, read, before[table.table_id], one, args.show)
            score.add(one)
            if by_structure is not None:
                if table.table_id not in known:
                    known[table.table_id] = structures(table)
                structure = known[table.table_id].get(trial.culprits[0], "none")
                by_structure.setdefault(structure, Score()).add(one)
        if score.tried:
            yield score, name


if __name__ == "__main__":
    sys.exit(main())
