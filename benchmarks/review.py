"""How fast the review page is with 5,000 flags, in a real browser and on the server.

    python -m benchmarks.review [--documents 100] [--flags 50] [--rows 40] [--keys 40]

Makes a folder of page pictures with a table each, opens it in Chromium, and decides flag after flag by one
key (`k`, then `r`, which changes a cell so that the document is checked anew behind the page). Printed: what
the server's processor spends on a request and on Apply, and the time from the key to the next flag's page
with its buttons, and with its picture: medians, and the slowest in twenty, in milliseconds. Without Chromium
only the server is measured.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from starlette.testclient import TestClient

from benchmarks.desk import TOKEN, chromium, opened
from emit import write_set
from model.document import Document, Metadata, Outcome, Source
from model.flag import CellRef, Flag, read_terms
from model.geometry import Box
from model.page import Reading
from model.table import Cell, Column, Table
from model.value import Value
from pipeline.ingest import find_inputs
from pipeline.keys import hash_file
from pipeline.workers.ledger import Ledger, ledger_path
from review.app import create_app
from review.apply import apply_decisions
from review.decisions import Choice, DecisionStore, Subject
from review.folder import RunFolder
from tests.review.make_run import draw_page

BASE = "http://127.0.0.1:8000"
COLUMNS = 8
_LINE = 16.0  # points a row
_WIDTH = 64.0  # points a column
_SLOW = 0.95


def make_folder(folder: Path, documents: int, flags: int, rows: int) -> Path:
    """A run of so many page pictures with a table of `rows` rows and so many flags each."""
    inputs, run = folder / "in", folder / "run"
    inputs.mkdir(parents=True)
    draw_page(inputs / "page.png")
    picture = (inputs / "page.png").read_bytes()
    (inputs / "page.png").unlink()
    for n in range(documents):
        (inputs / f"bao-cao-{n:04d}.png").write_bytes(picture)
    found = find_inputs([inputs])
    write_set(_outcomes(found.sources, flags, rows), run)
    ledger_path(run).parent.mkdir(exist_ok=True)
    ledger = Ledger(ledger_path(run))
    ledger.begin(found, "bench")
    ledger.close()
    return run


def _outcomes(sources: Sequence[Source], flags: int, rows: int) -> Iterator[Outcome]:
    for source in sources:
        named = Source(source.doc_id, source.path, source.file, hash_file(source.file))
        yield Outcome(named, "ok", _document(named, flags, rows), pages=1)


def _document(source: Source, flags: int, rows: int) -> Document:
    """A table of counts, every row a sum, its last row the total; cells in doubt and totals that fail."""
    header = ["STT", "Đơn vị", *(f"Số hồ sơ {c}" for c in range(2, COLUMNS - 1)), "Tổng"]
    grid = [[str(r), f"Xã số {r}", *(str(7 * r + c) for c in range(2, COLUMNS - 1))] for r in range(1, rows)]
    body = [[*line, str(sum(map(int, line[2:])))] for line in grid]
    cells = [[_cell(0, c, text, header=True) for c, text in enumerate(header)]]
    cells += [[_cell(r, c, text) for c, text in enumerate(line)] for r, line in enumerate(body, start=1)]
    columns = tuple(Column(c, (name,), "count", "count") for c, name in enumerate(header))
    kinds = ("header", *("body" for _ in body))
    table = Table("t01", "Biểu thử", "ruled", 1, tuple(map(tuple, cells)), columns, kinds)
    spots = [(1 + n % len(body), 2 + n // len(body) % (COLUMNS - 2)) for n in range(flags)]
    made = tuple(_flag(cells[r][c], n) for n, (r, c) in enumerate(spots))
    metadata = Metadata(number="1/BC-UBND", issuer="Ủy ban nhân dân huyện Mẫu", date="2024-06-30")
    return Document(source, "ocr", 1, metadata, ",", (table,), flags=made)


def _cell(row: int, col: int, text: str, header: bool = False) -> Cell:
    left, top = 40 + _WIDTH * col, 60 + _LINE * row
    box = Box(left, top, left + _WIDTH, top + _LINE)
    if header or not text.isdecimal():
        return Cell(row, col, text, text, header, page=1, box=box, anchor=(row, col))
    value = Value(Decimal(text), unit="count" if col else "ordinal")
    others = (Reading(text[::-1], 1.0, "numbers"),)
    doubted = "doubtful" if col > 1 else "read"
    return Cell(row, col, text, text, False, value, page=1, box=box, status=doubted, alternatives=others,
                anchor=(row, col))  # fmt: skip


def _flag(cell: Cell, n: int) -> Flag:
    terms = read_terms(" ".join([*(f"+t01:{cell.row}:{c}" for c in range(2, COLUMNS - 1)),
                                 f"-t01:{cell.row}:{COLUMNS - 1}"]))  # fmt: skip
    refs = tuple(CellRef("t01", cell.row, c) for c in range(2, COLUMNS))
    kind, check = ("row_sum", "row_sum/discovered") if n % 2 else ("reading", "reading")
    return Flag(kind, "warning", f"Ô {cell.text} chưa rõ ({n}).", "t01", cell.row, cell.col, 1, cell.box,
                cell.text, "", check=check, cells=refs, terms=terms if n % 2 else ())  # fmt: skip


def spent_ms(call: Callable[[], object], times: int = 15) -> float:
    """The median of what a call costs this process."""
    costs = []
    for _ in range(times):
        began = time.process_time()
        call()
        costs.append(1000 * (time.process_time() - began))
    return statistics.median(costs)


def on_the_server(run: Path) -> Iterator[tuple[str, float]]:
    """What requests cost the server's processor, in milliseconds."""
    began = time.process_time()
    browser = TestClient(create_app(run, TOKEN, "bench"), base_url=BASE)
    yield "opening the folder", 1000 * (time.process_time() - began)
    browser.get(f"/?token={TOKEN}")
    found = re.findall(r"/flag\?key=[^\"]+", browser.get("/").text.replace("&amp;", "&"))
    keys = iter(found)
    yield "the list", spent_ms(lambda: browser.get("/"))
    yield "a search", spent_ms(lambda: browser.get("/?q=ho+so"))
    yield "a flag", spent_ms(lambda: browser.get(next(keys)))
    yield "a decision and the next flag", spent_ms(lambda: _decide(browser, next(keys)))
    yield "ink of a cell", spent_ms(lambda: browser.get("/ink?doc=bao-cao-0000&page=1&box=40,60,104,76"))
    yield "a page picture again", spent_ms(lambda: browser.get("/page?doc=bao-cao-0000&page=1"))


def applied_ms(run: Path) -> float:
    """What Apply costs the processor when a cell of every document was changed, in milliseconds."""
    folder, store = RunFolder(run), DecisionStore(run)
    one = {f.doc_id: f for f in folder.flags.values()}.values()  # a flag of each document
    subjects = [Subject(f.key, f.doc_id, f.sha256, f.table_id, f.row, f.col) for f in one]
    store.record("bench", [Choice(s, "value", new="1", seen=store.last(s.flag_id)) for s in subjects])
    began = time.process_time()
    apply_decisions(folder, store)
    return 1000 * (time.process_time() - began)


def _decide(browser: TestClient, address: str) -> None:
    key = re.findall(r"key=([^&]+)", address)[0].replace("%23", "#")
    data = {"key": key, "seen": "0", "action": "keep", "state": "open"}
    answer = browser.post("/decide", data=data, headers={"origin": BASE})
    assert answer.status_code == 200, answer.text


def in_the_browser(run: Path, program: str, keys: int) -> Iterator[tuple[str, list[float]]]:
    """The time from a key to the next flag's page, in milliseconds, by key."""
    with opened(run, program) as (server, page):
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press("j")
        for key in "kr":
            buttons, pictures, cpu = [], [], []
            browsers = server.others_ms()
            for _ in range(keys):
                page.wait_for_selector(".viewer.ready", timeout=20_000)
                was = page.url
                before, began = server.cpu_ms(), time.perf_counter()
                page.keyboard.press(key)
                page.wait_for_url(lambda url, was=was: url != was, wait_until="domcontentloaded")
                buttons.append(1000 * (time.perf_counter() - began))
                page.wait_for_selector(".viewer.ready", timeout=20_000)
                pictures.append(1000 * (time.perf_counter() - began))
                cpu.append(server.cpu_ms() - before)
            yield f"{key}: buttons", buttons[1:]
            yield f"{key}: with its picture", pictures[1:]
            yield f"{key}: server's processor", cpu[1:]
            yield f"{key}: the browser's processor", [(server.others_ms() - browsers) / keys]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--flags", type=int, default=50)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--keys", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = make_folder(Path(folder), args.documents, args.flags, args.rows)
        print(
            f"{args.documents} documents, {args.documents * args.flags} flags, load {os.getloadavg()[0]:.1f}"
        )
        for name, cost in on_the_server(run):
            print(f"{name:32} {cost:8.1f} ms of processor")
        print(f"{'Apply, a cell changed in each':32} {applied_ms(run):8.1f} ms of processor", flush=True)
        for file in run.glob("review.sqlite*"):
            file.unlink()
        program = chromium()
        if program is None:
            print("the browser is left out: Chromium is not installed")
            return
        for name, times in in_the_browser(run, program, args.keys):
            slow = sorted(times)[int(_SLOW * (len(times) - 1))]
            print(f"{name:32} {statistics.median(times):8.1f} ms, one in twenty over {slow:.0f}")


if __name__ == "__main__":
    main()
