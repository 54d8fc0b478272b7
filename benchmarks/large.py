"""A set of millions of cells, and how much memory writing, checking and reviewing it takes:
`python -m benchmarks.large DIR [--cells N] [--limit-mb MB]`.

The documents are made up from one that is read, each with figures, places and a month of its own, and stand
in the ledger of DIR/out as read: the run that follows has nothing left to do but hash its inputs and write.
Each step is a process of its own, whose peak of resident memory is told; `--limit-mb` bounds its address
space.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from emit import DocumentRows, document_rows, dump_rows
from emit.columns import CELLS, OBSERVATIONS
from model.document import Outcome, Source
from pipeline.document import read_document
from pipeline.ingest import find_inputs, with_hash
from pipeline.keys import document_key, hash_file, program_version
from pipeline.run.batch import RunOptions, run
from pipeline.run.recheck import recheck
from pipeline.settings import Settings
from pipeline.workers.ledger import Ledger, Result, ledger_path, locked
from review.folder import RunFolder

_ROWS, _OFFICES = 61, 160
_HEAD = "STT\tXã\tTổng số\tTrực tuyến\tTrực tiếp\tĐã giải quyết\tĐúng hạn\tQuá hạn"
_AT = {name: n for n, name in enumerate(CELLS.columns[1:])}
_SEEN = {name: n for n, name in enumerate(OBSERVATIONS.columns[1:])}
_CODES = 32_000  # of communes: five digits


def template(folder: Path) -> DocumentRows:
    """The rows of one report of some 500 cells, read as any other."""
    lines = ["ỦY BAN NHÂN DÂN\nTỈNH A\n\nSố: 1/BC-UBND\n\nBÁO CÁO\nTháng 10 năm 2024\n\nPHỤ LỤC\n", _HEAD]
    for n in range(1, _ROWS + 1):
        online, direct, late = 300 + 7 * n, 100 + 3 * n, n % 9
        total = online + direct + (n % 40 == 0)  # a row in forty does not add up, and is flagged
        lines.append(f"{n}\tXã Hòa {n}\t{total}\t{online}\t{direct}\t{total - 5}\t{total - 5 - late}\t{late}")
    path = folder / "template.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    source = Source("template", path.name, str(path), "0" * 64)
    document = read_document(source, Settings())
    return document_rows(Outcome(source, "ok", document))


def varied(rows: DocumentRows, number: int) -> DocumentRows:
    """The rows with the figures, places and month of another office's report."""
    office, month = number % _OFFICES, number // _OFFICES

    def moved(text: str) -> str:
        return str(int(text) + 13 * number) if text.isdecimal() and len(text) > 2 else text

    value, text, raw = _AT["value"], _AT["text"], _AT["raw"]
    cells = []
    for cell in rows.cells:
        if cell[value]:
            changed = list(cell)
            changed[value], changed[text], changed[raw] = (
                moved(cell[value]),
                moved(cell[text]),
                moved(cell[raw]),
            )
            cell = tuple(changed)
        cells.append(cell)
    seen = []
    for row in cells:
        if row[value] and row[_AT["is_header"]] == "false":
            code = f"{(office * _ROWS + int(row[_AT['row']])) % _CODES:05d}"
            indicator, day = row[_AT["column"]], f"{2000 + month // 12}-{month % 12 + 1:02d}"
            seen.append(
                (code, f"Hòa {code}", indicator, day, row[value], row[_AT["unit"]], row[0], row[1], row[2])
            )
    return replace(rows, cells=tuple(cells), observations=tuple(seen))


def fill(folder: Path, cells: int) -> None:
    """Inputs, and a ledger in which each of them is read."""
    (folder / "in").mkdir(parents=True)
    model = template(folder)
    count = -(-cells // len(model.cells))
    for number in range(count):
        (folder / "in" / f"bc-{number:06}.txt").write_text(f"{number}\n", "ascii")
    found = find_inputs([folder / "in"])
    out = folder / "out"
    out.mkdir()
    with locked(out), closing(Ledger(ledger_path(out))) as ledger:
        ledger.begin(found, program_version())
        for number, source in enumerate(found.sources):
            hashed = with_hash(source, hash_file(source.file))
            key = document_key(hashed, Settings().key(), program_version())
            ledger.identify(source.doc_id, hashed.sha256, key)
            ledger.commit(key, Result("ok", "", 1, dump_rows(varied(model, number), 1)), "")
    say(
        f"{count} documents of {len(model.cells)} cells and {len(varied(model, 0).observations)} observations"
    )


def write(folder: Path, cells: int) -> None:
    """The run: hash the inputs, write the set."""
    summary = run([folder / "in"], folder / "out", RunOptions(jobs=1))
    say(f"{summary.read} read, {summary.read_now} of them now")


def check(folder: Path, cells: int) -> None:
    """`extract check` of the untouched set."""
    say(str(recheck(folder / "out", 1)))


def check_edited(folder: Path, cells: int) -> None:
    """`extract check` after a person changed one figure in the middle."""
    path = folder / "out" / "cells.csv"
    at = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(at)
        file.readline()
        while True:
            at = file.tell()
            line = file.readline()
            fields = line.split(b",")
            value = fields[1 + _AT["value"]]
            if len(value) > 2 and value.isdigit() and fields[1 + _AT["text"]] == value:
                break
        fields[1 + _AT["text"]] = fields[1 + _AT["value"]] = bytes([value[0] ^ 1]) + value[1:]
        file.seek(at)
        file.write(b",".join(fields))
    say(str(recheck(folder / "out", 1)))


def review(folder: Path, cells: int) -> None:
    """The review page's folder opened, and a document of it."""
    opened = RunFolder(folder / "out")
    document = opened.document(next(iter(opened.documents)))
    say(f"{len(opened.documents)} documents, {len(opened.flags)} flags, {len(document.tables)} tables opened")


STEPS: dict[str, Callable[[Path, int], None]] = {
    "fill": fill, "write": write, "check": check, "check_edited": check_edited, "review": review,
}  # fmt: skip


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    """Every step in a process of its own, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--limit-mb", type=int, default=0)
    parser.add_argument("--step", choices=STEPS, default="")
    options = parser.parse_args()
    if options.step:
        began, spent = time.monotonic(), time.process_time()
        STEPS[options.step](options.folder, options.cells)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        seconds, processor = time.monotonic() - began, time.process_time() - spent
        say(f"{options.step}: peak {peak} MB, {seconds:.0f} s ({processor:.0f} of the processor)")
        return
    for step in steps_of(options.folder):
        command = [sys.executable, "-m", "benchmarks.large", str(options.folder), "--step", step]
        subprocess.run(
            [*command, "--cells", str(options.cells)], check=True, preexec_fn=limiter(options.limit_mb)
        )


def steps_of(folder: Path) -> Iterator[str]:
    """The steps; without the first where the folder is filled already."""
    return iter(list(STEPS)[1 if (folder / "out").is_dir() else 0 :])


def limiter(megabytes: int) -> Callable[[], None] | None:
    """What bounds a child's address space."""
    if not megabytes:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    main()
