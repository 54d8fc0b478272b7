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
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk import chromium, opened
from benchmarks.in_place import is_shorter, mended
from benchmarks.led import led
from benchmarks.paper import At, Paper, cost, strokes, typed
from benchmarks.proofs import read_set
from benchmarks.tally import Tally
from benchmarks.tiles import moves as moves_to
from normalize.unicode import fold
from review.targets import LETTERHEAD

WAIT_MS = 20_000
_SHARED = 2  # keys that lead to a sheet and confirm it
_LITTLE = 5  # keys: so much is mended where it stands, more words are typed anew


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
            self.tally.pressed += strokes(key)
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
        self.tally.add(way, cost(keys), what)

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
        if self.page.locator("#words").count():
            self._led(at, gold, what)
            return
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
        self.press(before, leaves=False)
        for _ in before:
            self.page.locator("#decide").wait_for(timeout=WAIT_MS)
        keys = self._offered(at, gold)
        way = "offered" if keys else "typed"
        if not keys and self.page.locator(".place-search").count():
            keys = self._search(gold)
        elif not keys and not gold.strip():
            way, keys = "blank", ["b"]
        elif not keys:
            box = self.page.locator("#new-value")
            text, doubt = (box.get_attribute(name) or "" for name in ("data-text", "data-doubt"))
            keys = [*self._typed(box, at, gold, text, doubt, self._digits_free()), "Enter"]
        self.press(keys[-1:])
        self.tally.add(way, cost([*before, *keys]), what)
        self.tally.decided[at] = self.paper.cells[at]

    def _led(self, at: At, gold: str, what: str) -> None:
        """A long text, word by word."""
        nothing = self.page.locator("#words").get_attribute("data-nothing") or ""
        keys = ["r"]
        if not self.paper.right(at):
            mended, last = led(self.page, gold, nothing, lambda keys: self.press(keys, leaves=False))
            keys = [*mended, last]
        self.press(keys[-1:])
        self.tally.add("led", cost(keys), f"{what}: {' '.join(keys)}")
        self.tally.decided[at] = self.paper.cells[at]

    def _digits_free(self) -> bool:
        keys = [
            b.get_attribute("data-key") or "" for b in self.page.locator("#decide button[data-key]").all()
        ]
        return not any(map(str.isdigit, keys))

    def _offered(self, at: At, gold: str) -> list[str]:
        """The key of an offer that is what the paper says."""
        if self.page.locator(".place-search").count():
            return self._place_keys(gold)
        for button in self.page.locator("#decide button[data-key]").all():
            key, value = button.get_attribute("data-key"), button.get_attribute("value") or ""
            said = value.partition(":")[2] if value.startswith("value:") else ""
            if key == "a":
                said = button.inner_text().partition("“")[2].rpartition("”")[0]
            if said and self.paper.says(at, said):
                return [key]
        return []

    def _typed(self, box: Any, at: At, gold: str, text: str, doubt: str, digits_free: bool) -> list[str]:
        """The keys that write `gold` into a field, pressed: mended where little differs; a figure in its
        shortest way; words until the page completes them."""
        keys = typed(text, gold, doubt, digits_free, self.paper.marks[at[0]])
        if cost(keys) <= _LITTLE or not any(map(str.isalpha, gold)):
            self.press(keys, leaves=False)
            return keys
        text, gold = text.replace("\n", " "), " ".join(gold.split())  # a field has one line
        if is_shorter(text, gold):
            self.press(["c"], leaves=False)
            return ["c", *mended(box, text, gold, lambda pressed: self.press(pressed, leaves=False))]
        return ["v", *self._words(box, gold)]

    def _words(self, box: Any, gold: str) -> list[str]:
        """The keys that type words, until what the page suggests is meant."""
        self.press(["v"], leaves=False)
        self.page.wait_for_function("field => field.dataset.known", arg=box.element_handle(), timeout=WAIT_MS)
        keys: list[str] = []
        shown = ""  # what stands there is chosen: the first letter replaces it
        while shown != gold:
            suggested = (box.get_attribute("data-suggested") or "") if shown else ""
            takes = len(suggested) > len(shown) + 1 and gold.startswith(suggested)
            keys.append("ArrowRight" if takes else gold[len(shown)])
            self.press(keys[-1:], leaves=False)
            shown = box.input_value()
        return keys

    def _place_keys(self, gold: str) -> list[str]:
        """The unit that is found for what was read."""
        self.page.locator(".offer").first.wait_for(timeout=WAIT_MS)
        for number, name in enumerate(self._units(), start=1):
            if _names(gold, name):
                return [str(number)]
        return []

    def _units(self) -> list[str]:
        return [b.inner_text() for b in self.page.locator(".offer b").all()]

    def _search(self, gold: str) -> list[str]:
        """The keys that search for a unit by its name, letter after letter until it is the first; where the
        gazetteer does not know it, the name as it is typed."""
        self.press(["v"], leaves=False)
        keys = ["v"]
        field = self.page.locator(".place-search input[type=search]")
        name = re.sub(r"^.*\b(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\s+", "", gold, flags=re.I)
        for key in name:
            self.press([key], leaves=False)
            keys.append(key)
            said = field.input_value().strip()
            self.page.locator(f"form.offers[data-name={json.dumps(said)}]").wait_for(timeout=WAIT_MS)
            if (units := self._units()) and _names(gold, units[0]):
                return [*keys, "Enter"]
        self.press(["Control+a", *gold], leaves=False)
        self.page.locator(f"form.offers[data-name={json.dumps(gold)}]").wait_for(timeout=WAIT_MS)
        last = self.page.locator("form.offers [data-key]").last.get_attribute("data-key") or ""
        return [*keys, "Control+a", *gold, "Escape", last]

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
        boxes = [tile.bounding_box() for tile in tiles]
        places = [(box["x"], box["y"]) for box in boxes]
        cursor, costs, told = 0, [], []
        for n, tile in enumerate(tiles):
            name = tile.locator("[name^='shown.']").get_attribute("name") or ""
            _, row, col = name.removeprefix("shown.").rsplit(".", 2)
            at = (doc, table, int(row), int(col))
            moves: list[str] = []
            keys: list[str] = []
            was = cursor
            if at in self.paper.cells:
                self.tally.decided[at] = self.paper.cells[at]
                if not self.paper.says(at, _said(tile)):
                    moves = moves_to(places, cursor, n)
                    self.press(moves, leaves=False)
                    keys = self._tile_keys(tile, at, last=n + 1 == len(tiles))
                    cursor = n + 1 if keys[-1] == "Tab" else n
            costs.append(cost(keys))
            for passed in range(was, was + len(moves)):  # a key that goes on is that of a tile it leaves
                costs[passed] += 1
            told.append(self._told(tile, at, [*moves, *keys]))
        self.press(["Enter"])
        for n, pressed in enumerate(costs):
            self.tally.add("sheet", pressed, told[n])
        self.tally.shared += _SHARED

    def _told(self, tile: Any, at: At, keys: Sequence[str]) -> str:
        """A tile of a sheet: what was read, what is offered, what is printed, what was pressed."""
        shown = tile.locator("[name^='shown.']").get_attribute("value")
        offers = [b.get_attribute("data-take") for b in tile.locator("[data-take]").all()[1:]]
        gold = self.paper.cells[at].gold if at in self.paper.cells else None
        return f"{at[0]} {at[1:]}: {shown!r}, offered {offers}, printed {gold!r}: {' '.join(keys)}"

    def _tile_keys(self, tile: Any, at: At, last: bool) -> list[str]:
        """What is pressed at a tile that was misread: a reading that is offered, or what is typed."""
        shown = tile.locator("[name^='shown.']").get_attribute("value") or ""
        takes = tile.locator("[data-take]").all()[1:]
        options = [shown, *(b.get_attribute("data-take") or "" for b in takes)]
        for number, text in enumerate(options):
            if text and self.paper.says(at, text):
                self.press([str(number)], leaves=False)
                return [str(number)]
        box, gold = tile.locator("input[type=text]"), self.paper.cells[at].gold
        leave = ["Enter" if last else "Tab"]
        if not gold.strip():
            keys = ["v", "Delete"]
            self.press(keys, leaves=False)
        else:
            keys = self._typed(box, at, gold, _said(tile), box.get_attribute("data-doubt") or "", False)
        self.press(leave, leaves=False)
        return keys + leave


def _said(tile: Any) -> str:
    text: str = tile.locator(".said").inner_text()
    return text.replace("—", "")


def _names(gold: str, unit: str) -> bool:
    """Whether the paper names a unit that is offered (`xã Long Phước`)."""
    return fold(gold).endswith(fold(unit).partition(" ")[2]) or fold(gold) == fold(unit)


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
        mean = tally.mean
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
