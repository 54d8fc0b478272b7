"""Badly read tables put right in the review page by keys alone, until they are what the paper says.

    python -m benchmarks.mended GOLD RUN... [--most 5] [--least 8] [--only DOC]

RUN is a folder that `extract run` wrote of documents whose gold lies in GOLD. The tables in which at least so
many cells are read wrongly are put right in Chromium, the worst first: joined, rows and columns deleted and
inserted, the header ended, spans parted, the texts that differ typed. Gold stands for the eyes that see the
paper and for the thought of what to do; the rest is keys. After Apply the table in `reviewed/` is held
against gold, position by position.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk import chromium, opened
from benchmarks.in_place import is_shorter, mended
from benchmarks.paper import cost
from benchmarks.proofs import read_set, scorer

Grid = list[list[str]]
At = tuple[int, int]  # row and column
MOST_ROWS = 60  # what the page shows of a table at once
WAIT_MS = 20_000


@dataclass
class Case:
    """A table of the paper and those of the run that hold it, the first of which it becomes."""

    doc_id: str
    tables: list[str]
    gold: Grid
    header_rows: int
    wrong: int
    keys: int = 0
    seconds: float = 0.0
    differs: list[str] = field(default_factory=list)


def said_alike(score: ModuleType, gold: str, text: str, mark: str) -> bool:
    """Whether two texts say the same: the same number, or the same words."""
    one, other = score.number(gold, mark), score.number(text, mark)
    if one is not None and other is not None:
        digits = [sum(map(str.isdecimal, t)) for t in (gold, text)]  # `00320` is no 320 as it stands
        return digits[0] == digits[1] and bool(abs(one - other) <= 1e-9 * max(1.0, abs(one)))
    return bool(score.fold(gold) == score.fold(text))


def _likeness(a: str, b: str) -> float:
    if not a.strip() and not b.strip():
        return 0.2  # two blanks say little
    return float(fuzz.ratio(" ".join(a.split()).lower(), " ".join(b.split()).lower())) / 100


def aligned(score: ModuleType, gold: Grid, read: Grid) -> tuple[dict[int, int], dict[int, int]]:
    """Rows and columns of the paper, each with the one that was read of it."""
    cols = {c: c for c in range(min(len(gold[0]), len(read[0])))}
    rows: dict[int, int] = {}
    for _ in range(3):
        rows = _paired(score, gold, read, cols)
        cols = _paired(score, _turned(gold), _turned(read), rows)
    return rows, cols


def _paired(score: ModuleType, gold: Grid, read: Grid, across: dict[int, int]) -> dict[int, int]:
    """The lines of two grids that say the same, where `across` pairs the places in them."""
    places = list(across.items())

    def likeness(i: int, j: int) -> float:
        return _mean([_likeness(gold[i][k], read[j][c]) for k, c in places])

    return dict(score.align(len(gold), len(read), likeness))


def _turned(grid: Grid) -> Grid:
    return [list(line) for line in zip(*grid, strict=True)]


def _mean(found: Sequence[float]) -> float:
    mean = sum(found) / len(found) if found else 0.0
    return mean if mean > 0.3 else 0.0


def grids_of(run: Path) -> dict[tuple[str, str], Grid]:
    """The tables of a set as they stand in cells.csv."""
    found: dict[tuple[str, str], dict[tuple[int, int], str]] = {}
    for c in read_set(run)["cells"]:
        found.setdefault((c["doc_id"], c["table_id"]), {})[int(c["row"]), int(c["col"])] = c["text"]
    return {
        name: [
            [cells.get((r, c), "") for c in range(1 + max(c for _, c in cells))]
            for r in range(1 + max(r for r, _ in cells))
        ]
        for name, cells in found.items()
    }


def cases_of(score: ModuleType, gold: Path, run: Path) -> list[Case]:
    """The tables of a run that a page shows whole, the worst read first."""
    grids, found = grids_of(run), []
    for document in read_set(run)["documents"]:
        folder = gold / Path(document["path"]).stem
        if not (folder / "tables.json").exists():
            continue
        golds, mark, _ = score.gold_tables(folder)
        own = {table: grid for (doc, table), grid in grids.items() if doc == document["doc_id"]}
        taken: set[str] = set()
        for paper in golds:
            whole = [[*row] for row in (*paper.header, *paper.rows)]
            tables = _holding(score, whole, {t: g for t, g in own.items() if t not in taken})
            taken |= set(tables)
            read = [row for t in tables for row in own[t]]
            if not tables or max(len(read), len(whole)) > MOST_ROWS:
                continue
            wrong = _wrong(score, whole, own[tables[0]], paper.meta.get("decimal", mark))
            found.append(Case(document["doc_id"], tables, whole, len(paper.header), wrong))
    return sorted(found, key=lambda case: -case.wrong)


def _holding(score: ModuleType, whole: Grid, own: dict[str, Grid]) -> list[str]:
    """The tables, one after the other, that hold most of a table of the paper."""
    shares = {t: len(aligned(score, whole, g)[0]) / len(g) for t, g in own.items() if g and g[0]}
    best = max(shares, key=lambda t: (len(aligned(score, whole, own[t])[0]), shares[t]), default="")
    if not best or shares[best] < 0.5:
        return []
    names = list(own)
    at, held = names.index(best), [best]
    rows = len(own[best])
    for after in names[at + 1 :]:
        if shares.get(after, 0.0) < 0.5 or rows + len(own[after]) > len(whole) + 3:
            break
        held.append(after)
        rows += len(own[after])
    return held


def _wrong(score: ModuleType, whole: Grid, read: Grid, mark: str) -> int:
    rows, cols = aligned(score, whole, read)
    right = sum(
        said_alike(score, whole[i][k], read[j][c], mark) for i, j in rows.items() for k, c in cols.items()
    )
    return len(whole) * len(whole[0]) - right


class Hands:
    """Somebody at the page of a table, who only presses keys."""

    def __init__(self, page: Any, score: ModuleType, case: Case, mark: str) -> None:
        self.page, self.score, self.case, self.mark = page, score, case, mark

    def press(self, *keys: str, leaves: bool = False) -> None:
        """Press keys; with `leaves` the last changes the table, which is drawn anew."""
        self.case.keys += cost(keys)
        for key in keys[: -1 if leaves else None]:
            (self.page.keyboard.type if len(key) == 1 else self.page.keyboard.press)(key)
        if leaves:
            self.page.evaluate("document.getElementById('main').dataset.before = 'yes'")
            self.page.keyboard.press(keys[-1])
            self.page.locator("#main:not([data-before])").wait_for(timeout=WAIT_MS)
            refused = self.page.locator(".conflict")
            if refused.count():
                self.case.differs.append(f"{keys[-1]} refused: {refused.first.inner_text()}")

    def go(self, row: int, col: int) -> None:
        """Move the cursor by arrows."""
        for _ in range(200):
            cell = self.page.locator(".grid .cursor")
            box = {n: int(cell.get_attribute(f"data-{n}") or 0) for n in "rc"}
            tall, wide = (int(cell.get_attribute(n) or 1) for n in ("rowspan", "colspan"))
            if not box["r"] <= row < box["r"] + tall:
                self.press("ArrowDown" if row > box["r"] else "ArrowUp")
            elif not box["c"] <= col < box["c"] + wide:
                self.press("ArrowRight" if col > box["c"] else "ArrowLeft")
            else:
                return

    def grid(self) -> tuple[Grid, int]:
        """The table as the page shows it, and how many of its rows are header."""
        told = self.page.evaluate(
            """() => [...document.querySelectorAll('.grid [data-r]')].map(c => [
                 Number(c.dataset.r), Number(c.dataset.c), c.rowSpan, c.colSpan, c.textContent, c.tagName])"""
        )
        cells = {
            (r + down, c + right): (text, tag)
            for r, c, rows, cols, text, tag in told
            for down in range(rows)
            for right in range(cols)
        }
        n_rows, n_cols = (1 + max(at[n] for at in cells) for n in (0, 1))
        grid = [[cells.get((r, c), ("", ""))[0] for c in range(n_cols)] for r in range(n_rows)]
        heads = sum(
            all(cells.get((r, c), ("", "TH"))[1] == "TH" for c in range(n_cols)) for r in range(n_rows)
        )
        return grid, heads

    def put_right(self) -> None:
        """Everything, in an order in which nothing has to be done twice."""
        for _ in self.case.tables[1:]:
            self.press("J", leaves=True)
        self._rows()
        self._columns()
        if self.grid()[1] != self.case.header_rows:
            self.go(self.case.header_rows, 0)
            self.press("h", leaves=True)
        self._spans()
        self._texts()

    def _rows(self) -> None:
        rows, _ = aligned(self.score, self.case.gold, self.grid()[0])
        n_read = len(self.grid()[0])
        kept = {0: 0, **rows} if 0 not in rows and 0 not in rows.values() else rows
        for row in sorted(set(range(n_read)) - set(kept.values()), reverse=True):
            self.go(row, 0)
            self.press("x", leaves=True)
        self._insert(sorted(set(range(len(self.case.gold))) - set(kept)), "o", lambda n: (n, 0))

    def _columns(self) -> None:
        _, cols = aligned(self.score, self.case.gold, self.grid()[0])
        n_read = len(self.grid()[0][0])
        kept = {0: 0, **cols} if 0 not in cols and 0 not in cols.values() else cols
        for col in sorted(set(range(n_read)) - set(kept.values()), reverse=True):
            self.go(0, col)
            self.press("X", leaves=True)
        self._insert(sorted(set(range(len(self.case.gold[0]))) - set(kept)), "O", lambda n: (0, n))

    def _insert(self, missing: Sequence[int], key: str, at: Any) -> None:
        """Insert what is missing, each behind the one before it; the first can only come behind the first."""
        for n in missing:
            self.go(*at(max(0, n - 1)))
            self.press(key, leaves=True)

    def _spans(self) -> None:
        """Part the spans over which the paper says several things."""
        for _ in range(100):
            told = self.page.evaluate(
                """() => [...document.querySelectorAll('.grid [data-r]')]
                     .filter(c => c.rowSpan * c.colSpan > 1)
                     .map(c => [Number(c.dataset.r), Number(c.dataset.c), c.rowSpan, c.colSpan])"""
            )
            for r, c, rows, cols in told:
                gold = [g for line in self.case.gold[r : r + rows] for g in line[c : c + cols]]
                if len({self.score.fold(g) for g in gold}) > 1:
                    self.go(r, c)
                    self.press("p", leaves=True)
                    break
            else:
                return

    def _texts(self) -> None:
        """Type what differs, column by column; what the paper says several times running is filled down."""
        grid, _ = self.grid()
        gold, done = self.case.gold, set[At]()
        for c in range(len(gold[0])):
            for r in range(len(gold)):
                if r >= len(grid) or c >= len(grid[r]) or (r, c) in done:
                    continue
                if said_alike(self.score, gold[r][c], grid[r][c], self.mark):
                    continue
                first = r - 1 if self._is_filled(r, c) else r
                if first == r:
                    self.go(r, c)
                    done |= self._covered()
                    self._type(" ".join(grid[r][c].split()), " ".join(gold[r][c].split()))
                done |= self._fill(grid, first, c)
        self.page.wait_for_function(
            "() => Object.entries(localStorage).every(([k, v]) => !k.startsWith('typed ') || v === '[]')",
            timeout=WAIT_MS,
        )

    def _is_filled(self, row: int, col: int) -> bool:
        """Whether the paper says in a cell what it says in the one above, below the header."""
        gold = self.case.gold
        return row > self.case.header_rows and bool(gold[row][col]) and gold[row - 1][col] == gold[row][col]

    def _fill(self, grid: Grid, first: int, col: int) -> set[At]:
        """Fill a cell, which is right by now, down over those that say the same on the paper, where that is
        shorter than typing them; the cells that are right by it."""
        gold, last = self.case.gold, first
        while last + 1 < len(gold) and self._is_filled(last + 1, col):
            last += 1
        wrong = [
            r
            for r in range(first + 1, last + 1)
            if not said_alike(self.score, gold[r][col], grid[r][col], self.mark)
        ]
        if not wrong:
            return set()
        self.go(first, col)
        self.press(*["Shift+ArrowDown"] * (wrong[-1] - first), "D")
        return {(r, col) for r in range(first + 1, wrong[-1] + 1)}

    def _type(self, text: str, gold: str) -> None:
        """Write a cell: anew, or mended from its end where little of it differs, word by word on the way."""
        self.press("Enter")
        if is_shorter(text, gold):
            mended(self.page.locator(".grid input"), text, gold, lambda keys: self.press(*keys))
        else:
            self.press(*(gold or ["Delete"]))
        self.press("Enter")

    def _covered(self) -> set[At]:
        cell = self.page.locator(".grid .cursor")
        r, c = (int(cell.get_attribute(f"data-{n}") or 0) for n in "rc")
        tall, wide = (int(cell.get_attribute(n) or 1) for n in ("rowspan", "colspan"))
        return {(r + down, c + right) for down in range(tall) for right in range(wide)}


def mend(score: ModuleType, run: Path, case: Case, mark: str, program: str) -> None:
    """Put a table right in a copy of its run: what is pressed, how long it takes, where it still differs."""
    with opened(run, program) as (server, page):
        page.goto(f"{server.address}/table?" + urlencode({"doc": case.doc_id, "table": case.tables[0]}))
        page.locator(".grid .cursor").wait_for(timeout=WAIT_MS)
        began = time.perf_counter()
        Hands(page, score, case, mark).put_right()
        case.seconds = time.perf_counter() - began
        page.goto(server.address)
        page.click("header form[action='/apply'] button")
        page.wait_for_selector(".done", timeout=120_000)
    case.differs += differences(score, run / "reviewed", case, mark)


def differences(score: ModuleType, reviewed: Path, case: Case, mark: str) -> list[str]:
    """Where a table that was written says something else than the paper, its numbers included."""
    cells = {
        (int(c["row"]), int(c["col"])): c
        for c in read_set(reviewed)["cells"]
        if (c["doc_id"], c["table_id"]) == (case.doc_id, case.tables[0])
    }
    size = tuple(1 + max((at[n] for at in cells), default=-1) for n in (0, 1))
    heads = {r for (r, _), c in cells.items() if c["is_header"] == "true"}
    found = []
    if (*size, len(heads)) != (len(case.gold), len(case.gold[0]), case.header_rows):
        wanted = f"{len(case.gold)} by {len(case.gold[0])}, {case.header_rows} header rows"
        found.append(f"{size[0]} by {size[1]}, {len(heads)} header rows for {wanted}")
    for r, line in enumerate(case.gold):
        for c, want in enumerate(line):
            got = cells.get((r, c), {"text": "", "value": ""})
            same = score.fold(want) == score.fold(got["text"])
            if not same and not (r >= case.header_rows and score.same(want, got, mark)):
                found.append(f"{r}, {c}: {got['text']!r} ({got['value']}) for {want!r}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=5)
    parser.add_argument("--least", type=int, default=8, help="cells read wrongly")
    parser.add_argument("--only", default="", help="of documents whose id begins so")
    args = parser.parse_args()
    program, score = chromium(), scorer()
    if program is None:
        sys.stderr.write("Chromium is not installed\n")
        return 1
    for run in args.runs:
        found = [c for c in cases_of(score, args.gold, run) if c.doc_id.startswith(args.only)]
        for case in [c for c in found if c.wrong >= args.least][: args.most]:
            document = next(d for d in read_set(run)["documents"] if d["doc_id"] == case.doc_id)
            mark = score.gold_tables(args.gold / Path(document["path"]).stem)[1]
            with tempfile.TemporaryDirectory() as folder:
                ignored = shutil.ignore_patterns("review.sqlite*", "reviewed")
                copy = shutil.copytree(run, Path(folder) / "run", ignore=ignored)
                mend(score, copy, case, mark, program)
            told = f"{case.keys} keys, {case.seconds:.0f} s, " + (
                "equals gold" if not case.differs else f"{len(case.differs)} differences"
            )
            size = f"{len(case.gold)} by {len(case.gold[0])}, {case.wrong} wrong"
            print(f"{run.name} {case.doc_id} {'+'.join(case.tables)} ({size}): {told}", flush=True)
            for line in case.differs[:8]:
                print("   ", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
