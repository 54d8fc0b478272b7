"""How many keys a person presses at the review page until what stands is what the paper says.

    python -m benchmarks.keys GOLD RUN... [--flags 30] [--show]

RUN is a folder that `extract run` wrote of scans whose gold lies in GOLD (one folder a document). A copy of
it is opened in Chromium and worked through in the page's own order. At each flag the keys are pressed that
somebody who sees the paper would press: the reading is right (`r`), the paper is wrong (`k`), a reading
that is offered (`a`, `1`-`9`), another figure of the relation (`]`), all doubtful cells of the table at
once (`s`), and what nobody offers is typed. Gold stands for the eyes, nothing else is told. Afterwards
Apply runs, and the cells that were decided are held against the gold. Flags on a layout that differs from
gold's are put off and counted apart: such a table is mended as a whole.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk import chromium, opened
from benchmarks.proofs import Pair, pairs, read_set, scorer
from normalize.numbers import parse_quantity
from normalize.unicode import fold
from review.targets import LETTERHEAD

WAIT_MS = 20_000
At = tuple[str, str, int, int]


@dataclass
class Tally:
    """What was pressed: keys a flag, how each was decided, flags put off (their table is to be mended)."""

    keys: list[float] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    put_off: int = 0
    pressed: int = 0
    decided: dict[At, Pair] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def add(self, way: str, keys: float, what: str) -> None:
        self.keys.append(keys)
        self.ways[way] += 1
        self.shown.append(f"{keys:4.1f} {way:8} {what}")


class Paper:
    """What the paper says, cell by cell, as its gold tells it."""

    def __init__(self, gold: Path, run: Path) -> None:
        self.score: ModuleType = scorer()
        self.out = read_set(run)
        self.cells: dict[At, Pair] = {}
        self.marks: dict[str, str] = {}
        self.unlike: set[tuple[str, str]] = set()  # tables whose layout is another than on the paper
        for document in self.out["documents"]:
            folder = gold / Path(document["path"]).stem
            if not (folder / "tables.json").exists():
                continue
            self.marks[document["doc_id"]] = json.loads((folder / "meta.json").read_text("utf8")).get(
                "decimal", ","
            )
            found = list(pairs(self.score, folder, document["doc_id"], self.out))
            for pair in found:
                c = pair.cell
                self.cells[document["doc_id"], c["table_id"], int(c["row"]), int(c["col"])] = pair
            self._layouts(document["doc_id"], self.score.gold_tables(folder)[0], found)
        for c in self.out["cells"]:
            at = (c["doc_id"], c["table_id"], int(c["row"]), int(c["col"]))
            if c["is_header"] != "true" and at not in self.cells and c["text"].strip():
                self.unlike.add(at[:2])

    def _layouts(self, doc_id: str, golds: Sequence[Any], found: Sequence[Pair]) -> None:
        """Tables in which cells of the paper have no place."""
        for gold in golds:
            own = [p for p in found if p.spot[0] == gold.id]
            if len(own) < sum(map(len, gold.rows)):
                self.unlike |= {(doc_id, p.cell["table_id"]) for p in own}

    def says(self, at: At, text: str) -> bool:
        """Whether a text is what the paper prints in a cell."""
        pair = self.cells[at]
        want = self.score.number(pair.gold, pair.mark) if pair.true is None else pair.true
        if want is not None:
            value = parse_quantity(text, self.marks[at[0]])  # type: ignore[arg-type]  # a mark
            return value is not None and abs(float(value.amount) - want) <= 1e-9 * max(1.0, abs(want))
        return bool(self.score.fold(text) == self.score.fold(pair.gold)) or not (
            text.strip() or pair.gold.strip()
        )

    def right(self, at: At) -> bool:
        """Whether the program read a cell as it is printed."""
        pair = self.cells[at]
        return bool(self.score.same(pair.gold, pair.cell, pair.mark, true=pair.true))


def typed(text: str, gold: str, doubt: str, digits_free: bool) -> list[str]:
    """The fewest keys that write `gold` where `text` stands: all of it, or what differs of it."""
    to_end = ["End"] if doubt else []  # the doubtful sign is chosen, else the caret stands at the end
    ways = [["c", *to_end, *_edited(text, gold)], ["v", *gold, "Enter"]]
    if digits_free and gold[:1].isdigit():
        ways.append([*gold, "Enter"])
    if doubt:
        first, last = map(int, doubt.split(","))
        behind = len(text) - last
        if gold.startswith(text[:first]) and gold.endswith(text[last:]) and len(gold) >= first + behind:
            ways.append(["c", *(gold[first : len(gold) - behind] or ["Delete"]), "Enter"])
    return min(ways, key=len)


def _edited(text: str, gold: str) -> list[str]:
    """The keys that make `gold` of a text with the caret at its end."""
    same = _same_end(text, gold)
    head = _same_start(text[: len(text) - same], gold[: len(gold) - same])
    gone, put = len(text) - same - head, gold[head : len(gold) - same]
    return [*["ArrowLeft"] * same, *["Backspace"] * gone, *put, "Enter"]


def _same_start(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def _same_end(a: str, b: str) -> int:
    return _same_start(a[::-1], b[::-1])


class Person:
    """Somebody at the page who sees the paper."""

    def __init__(self, page: Any, paper: Paper, tally: Tally) -> None:
        self.page, self.paper, self.tally = page, paper, tally
        self._sheets: set[tuple[str, str]] = set()
        self._flags = {f"{f['doc_id']}#{f['flag_id']}": f for f in paper.out["flags"]}

    def press(self, keys: Sequence[str], leaves: bool = True) -> None:
        """Press keys; with `leaves` the last one leads to another address."""
        was = self.page.url
        for key in keys:
            send = self.page.keyboard.type if len(key) == 1 else self.page.keyboard.press
            send(key)
            self.tally.pressed += 1
        if leaves:
            self.page.wait_for_url(lambda url: url != was, timeout=WAIT_MS, wait_until="load")

    def decide(self) -> bool:
        """Decide on the flag that is shown; False where the list is."""
        form = self.page.locator("#decide")
        if "/flag?" not in self.page.url:
            return False
        key = form.locator("[name=key]").input_value()
        flag = self._flags.get(key)
        doc = key.partition("#")[0]
        if flag is None or not flag["table_id"]:
            self._beside(key, flag)
            return True
        table = flag["table_id"]
        if self.page.locator("[data-key=s]").count() and (doc, table) not in self._sheets:
            self._sheets.add((doc, table))
            self.press(["s"])
            self._sheet(doc, table)
            return True
        if not flag["row"] or not flag["col"]:
            self._layout(key, (doc, table))
            return True
        at = (doc, table, int(flag["row"]), int(flag["col"]))
        if at not in self.paper.cells:
            self._put_off(key)
            return True
        self._cell(key, flag, at)
        return True

    def _done(self, way: str, keys: Sequence[str], what: str) -> None:
        self.press(keys)
        self.tally.add(way, len(keys), what)

    def _put_off(self, key: str) -> None:
        self.tally.put_off += 1
        self.tally.shown.append(f"     put off  {key}")
        self.press(["d"])

    def _beside(self, key: str, flag: dict[str, str] | None) -> None:
        """A flag on no table: the made papers leave number, day and month blank, or print them."""
        blank = flag is not None and flag["check"].startswith(LETTERHEAD)
        self._done("blank" if blank else "paper", ["r" if blank else "k"], key)

    def _layout(self, key: str, table: tuple[str, str]) -> None:
        if table in self.paper.unlike or not any(at[:2] == table for at in self.paper.cells):
            self._put_off(key)
        else:
            self._done("layout", ["r"], key)

    def _cell(self, key: str, flag: dict[str, str], at: At) -> None:
        gold = self.paper.cells[at].gold
        what = f"{key} {flag['check']}: {self.paper.cells[at].cell['text']!r}, printed {gold!r}"
        if not self.paper.says(at, self._text()) and not self.paper.right(at):
            self._choose(at, gold, what, [])
            return
        other = self._misread_term(at)
        if other is not None:
            steps = self._steps_to(other)
            self._choose(other, self.paper.cells[other].gold, what + f" by {other[2:]}", steps)
            return
        reading = flag["kind"] in ("reading", "spelling", "structure")
        self._done("right" if reading else "paper", ["r" if reading else "k"], what)
        self.tally.decided[at] = self.paper.cells[at]

    def _text(self) -> str:
        text: str = self.page.locator("#decide").locator("xpath=..").locator("dl dd b").first.inner_text()
        return "" if text == "—" else text

    def _choose(self, at: At, gold: str, what: str, before: list[str]) -> None:
        keys = before + self._keys_for(at, gold)
        self._done("offered" if len(keys) == len(before) + 1 else "typed", keys[len(before) :], what)
        self.tally.keys[-1] += len(before)
        self.tally.decided[at] = self.paper.cells[at]

    def _keys_for(self, at: At, gold: str) -> list[str]:
        if self.page.locator(".place-search").count():
            return self._place_keys(gold)
        digits_free = True
        for button in self.page.locator("#decide button[data-key]").all():
            key, value = button.get_attribute("data-key"), button.get_attribute("value") or ""
            if key.isdigit():
                digits_free = False
            said = value.partition(":")[2] if value.startswith("value:") else ""
            if key == "a":
                said = button.inner_text().partition("“")[2].rpartition("”")[0]
            if said and self.paper.says(at, said):
                return [key]
        if not gold.strip():
            return ["b"]
        box = self.page.locator("#new-value")
        return typed(
            box.get_attribute("data-text") or "", gold, box.get_attribute("data-doubt") or "", digits_free
        )

    def _place_keys(self, gold: str) -> list[str]:
        """The unit that is found for what was read; else the name is typed."""
        self.page.locator(".offer").first.wait_for(timeout=WAIT_MS)
        names = [b.inner_text() for b in self.page.locator(".offer b").all()]
        for number, name in enumerate(names, start=1):
            if fold(gold).endswith(fold(name).partition(" ")[2]) or fold(gold) == fold(name):
                return [str(number)]
        return ["v", *gold, "Enter"]

    def _misread_term(self, at: At) -> At | None:
        """Another figure of the relation that was misread."""
        for link in self.page.locator(".terms li").all():
            table, row, col = [*(link.get_attribute("data-at") or "::").rsplit(":", 2), "", ""][:3]
            if row.isdecimal():
                other = (at[0], table, int(row), int(col))
                if other != at and other in self.paper.cells and not self.paper.right(other):
                    return other
        return None

    def _steps_to(self, other: At) -> list[str]:
        wanted, keys = f"{other[1]}:{other[2]}:{other[3]}", []
        for _ in range(self.page.locator(".terms li").count() + 1):
            chosen = self.page.locator("#decide [name=at]")
            if chosen.count() and chosen.input_value() == wanted:
                break
            self.press(["]"])
            keys.append("]")
        return keys

    def _sheet(self, doc: str, table: str) -> None:
        """All doubtful cells of a table: those that were misread are put right, the others confirmed."""
        tiles = self.page.locator(".tile").all()
        across = self._across(tiles)
        cursor, costs, told = 0, [], []
        for n, tile in enumerate(tiles):
            name = tile.locator("[name^='shown.']").get_attribute("name") or ""
            _, row, col = name.removeprefix("shown.").rsplit(".", 2)
            at = (doc, table, int(row), int(col))
            keys: list[str] = []
            if at in self.paper.cells:
                keys = self._tile_keys(tile, at)
                self.tally.decided[at] = self.paper.cells[at]
            moves = _moves(cursor, n, across) if keys else []
            if keys:
                self.press([*moves, *keys], leaves=False)
                cursor = n
            costs.append(len(moves) + len(keys))
            told.append(self._told(tile, at, [*moves, *keys]))
        self.press(["Enter"])
        for n, cost in enumerate(costs):
            self.tally.add("sheet", cost + 2 / len(costs), told[n])

    def _told(self, tile: Any, at: At, keys: Sequence[str]) -> str:
        """A tile of a sheet: what was read, what is offered, what is printed, what was pressed."""
        shown = tile.locator("[name^='shown.']").get_attribute("value")
        offers = [b.get_attribute("data-take") for b in tile.locator("[data-take]").all()[1:]]
        gold = self.paper.cells[at].gold if at in self.paper.cells else None
        return f"{at[0]} {at[1:]}: {shown!r}, offered {offers}, printed {gold!r}: {' '.join(keys)}"

    def _tile_keys(self, tile: Any, at: At) -> list[str]:
        if self.paper.says(at, tile.locator(".said").inner_text().replace("—", "")):
            return []
        shown = tile.locator("[name^='shown.']").get_attribute("value") or ""
        options = [
            shown,
            *(b.get_attribute("data-take") or "" for b in tile.locator("[data-take]").all()[1:]),
        ]
        for number, text in enumerate(options):
            if text and self.paper.says(at, text):
                return [str(number)]
        text, gold = tile.locator(".said").inner_text().replace("—", ""), self.paper.cells[at].gold
        edit = _edited(text, gold)
        return min(["x", *edit], ["x", "Control+a", *(gold or ["Delete"]), "Enter"], key=len)

    @staticmethod
    def _across(tiles: Sequence[Any]) -> int:
        tops = [tile.bounding_box()["y"] for tile in tiles]
        return next((n for n, top in enumerate(tops) if top != tops[0]), len(tops))


def _moves(start: int, goal: int, across: int) -> list[str]:
    """Arrows from a tile to one behind it."""
    down, right = divmod(goal - start, across)
    back = across - right + 1
    if right and back < right:
        return ["ArrowDown"] * (down + 1) + ["ArrowLeft"] * (across - right)
    return ["ArrowDown"] * down + ["ArrowRight"] * right


def work_through(gold: Path, run: Path, flags: int, program: str) -> tuple[Tally, float, int]:
    """Decide on so many flags of a run; what was pressed, in how many seconds, and how many of the cells that
    were decided say something else than the paper in `reviewed/`."""
    tally, paper = Tally(), Paper(gold, run)
    with opened(run, program) as (_, page):
        began = time.perf_counter()
        person = Person(page, paper, tally)
        if page.locator("[data-key=j]").count():
            person.press(["j"])
        while len(tally.keys) < flags and person.decide():
            pass
        spent = time.perf_counter() - began
        page.click("header form[action='/apply'] button")
        page.wait_for_selector(".done", timeout=120_000)
    return tally, spent, _wrong(paper, run, tally)


def _wrong(paper: Paper, run: Path, tally: Tally) -> int:
    out = read_set(run / "reviewed")
    now = {(c["doc_id"], c["table_id"], int(c["row"]), int(c["col"])): c for c in out["cells"]}
    wrong = 0
    for at, pair in tally.decided.items():
        cell = now.get(at)
        if cell is None or not paper.score.same(pair.gold, cell, pair.mark, true=pair.true):
            wrong += 1
            tally.shown.append(f"WRONG {at} {pair.gold!r} {cell and cell['text']!r}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--flags", type=int, default=30)
    parser.add_argument("--show", action="store_true", help="print every flag")
    args = parser.parse_args()
    program = chromium()
    if program is None:
        sys.stderr.write("Chromium is not installed\n")
        return 1
    for run in args.runs:
        with tempfile.TemporaryDirectory() as folder:
            copy = shutil.copytree(
                run, Path(folder) / "run", ignore=shutil.ignore_patterns("review.sqlite*", "reviewed")
            )
            tally, spent, wrong = work_through(args.gold, copy, args.flags, program)
        for line in tally.shown if args.show else [s for s in tally.shown if s.startswith("WRONG")]:
            print("   ", line)
        mean = sum(tally.keys) / len(tally.keys) if tally.keys else 0.0
        ways = ", ".join(f"{n} {way}" for way, n in tally.ways.most_common())
        most = max(tally.keys, default=0.0)
        print(
            f"{run.name:12} {len(tally.keys):4} flags {mean:5.2f} keys each, at most {most:.1f}"
            f" ({ways}); {tally.put_off} put off; {wrong} of {len(tally.decided)} cells wrong; {spent:.0f} s",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
