"""Hostile office files, archives and mails through the real reader: nothing is fetched, nothing is run, nothing
lost, and every file ends with a reason. All of them, the large ones too: `EXTRACT_HOSTILE=all pytest tests/hostile`.
"""

from __future__ import annotations

import csv
import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from office_corpus import everything

from pipeline.run.batch import RunOptions, run
from pipeline.run.progress import DocumentEvent, Silent
from pipeline.workers.task import Budget

WHOLE = os.environ.get("EXTRACT_HOSTILE") == "all"
LARGE = frozenset(
    ("million-rows.xlsx", "million-empty-rows.xlsx", "strings-bomb.xlsx", "same-cell.xlsx", "three-thousand-sheets.xlsx",
     "formula-everything.xlsx", "rows.rtf", "rows-60000.docx", "tables.ods", "paragraphs.docx", "one-run.docx",
     "cells.rtf", "four-thousand-columns.docx", "control.rtf", "groups.rtf", "repeat-rows.ods", "bomb.docx", "many.zip",
     "merges.xlsx", "columns-16384.xlsx", "nest.rtf")
)  # fmt: skip
EVERY = 2  # of the others, one in so many
BUDGET = Budget(20, 20, 1500 << 20)
AN_EXCEPTION = re.compile(r"^[A-Z]\w*(?:Error|Exception|Warning)\b")

pytestmark = pytest.mark.slow


class Lure:
    """A server at which a file that fetches something would ask."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(1)
                self.asked.append(caller.recv(200))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def lure() -> Iterator[Lure]:
    server = Lure()
    yield server
    server.close()


class Notes(Silent):
    def __init__(self) -> None:
        self.events: list[DocumentEvent] = []

    def document(self, event: DocumentEvent) -> None:
        self.events.append(event)


@pytest.fixture(scope="module")
def read(lure: Lure, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[DocumentEvent]]:
    """The set, the names of the files, and how each ended."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "in").mkdir()
    names = []
    for number, (name, data) in enumerate(everything(lure.port)):
        if WHOLE or (name not in LARGE and number % EVERY == 0):
            (folder / "in" / name).write_bytes(data)
            names.append(name)
    notes = Notes()
    run([folder / "in"], folder / "out", RunOptions(jobs=2, budget=BUDGET), notes)
    return folder / "out", names, notes.events


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_accounted_for(read: tuple[Path, list[str], list[DocumentEvent]]) -> None:
    out, names, _ = read
    told = {part for row in rows(out) for part in row["path"].split("/")}
    assert not set(names) - told
    assert all(row["error"] for row in rows(out) if row["status"] != "ok")


def test_no_file_hangs_or_ends_in_an_exception(read: tuple[Path, list[str], list[DocumentEvent]]) -> None:
    _, _, events = read
    assert not [e.path for e in events if e.seconds > BUDGET.document_s + 5]
    assert not [(e.path, e.error) for e in events if AN_EXCEPTION.match(e.error) or "ended by" in e.error]


def test_nothing_is_fetched(read: tuple[Path, list[str], list[DocumentEvent]], lure: Lure) -> None:
    assert not lure.asked
    socket.create_connection(("127.0.0.1", lure.port)).close()  # the lure works


def test_nothing_is_written_beside_the_set(read: tuple[Path, list[str], list[DocumentEvent]]) -> None:
    out, _, _ = read
    assert {path.name for path in out.parent.iterdir()} == {"in", "out"}
    assert not Path("/tmp/up.txt").exists()
