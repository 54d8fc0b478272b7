"""A reader that does what the text of a document tells it: counts lines as pages, crashes, hangs, eats
memory. It stands in for pipeline.document where the batch is tested, not the reading.

A line `page N` is a page; `sleep S` sleeps; `crash`, `exit`, `hang`, `eat` do so, `crash-once FILE` only
when FILE isn't there yet; `fail TEXT` raises; `value PLACE INDICATOR DAY NUMBER` is an observation;
`think S` sleeps when all pages are read; `read-log FILE` appends a line to FILE, so that a test can count readings,
and by whom: the line is the number of the process; `province` is read as the province of the settings.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from model.document import Document, Metadata, Observation, Source
from model.errors import EncryptedFileError, MissingProgramError
from model.page import PageContent, TextLine
from model.table import Cell, Column, Table
from model.value import Value
from pipeline.pages import NO_STORE, PageStore, read_each
from pipeline.running import page_records
from pipeline.settings import Settings


def lines_of(source: Source) -> list[str]:
    return Path(source.file).read_text("utf-8").splitlines()


@contextmanager
def open_pages(source: Source, settings: Settings) -> Iterator[tuple[int, Callable[[int], PageContent]]]:
    lines = lines_of(source)

    def read_page(index: int) -> PageContent:
        obey(lines[index])
        text = settings.province if lines[index] == "province" else lines[index]
        line = TextLine(text, index + 1, 1)
        return PageContent(index + 1, 595, 842, "text", (line,))

    yield len(lines), read_page


def obey(line: str) -> None:
    word, _, rest = line.partition(" ")
    if word == "sleep":
        time.sleep(float(rest))
    elif word == "crash" or (word == "crash-once" and first_time(rest)):
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "exit":
        os._exit(3)
    elif word == "hang":
        while True:
            time.sleep(60)
    elif word == "eat":
        kept = [bytearray(1 << 26) for _ in range(1 << 20)]
        kept.clear()
    elif word == "fail":
        raise ValueError(rest)
    elif word == "locked":
        raise EncryptedFileError("the file is locked")
    elif word == "missing":
        raise MissingProgramError("no such engine")
    elif word == "read-log":
        with Path(rest).open("a") as file:
            file.write(f"{os.getpid()}\n")


def first_time(path: str) -> bool:
    if Path(path).exists():
        return False
    Path(path).touch()
    return True


def read_document(source: Source, settings: Settings, store: PageStore = NO_STORE) -> Document:
    with open_pages(source, settings) as (n_pages, read_page):
        pages = read_each(n_pages, read_page, store, source.file)
    texts = [page.lines[0].text if page.lines else "" for page in pages]
    time.sleep(sum(float(t.split()[1]) for t in texts if t.startswith("think ")))
    return Document(
        source=source,
        kind="text",
        pages=n_pages,
        metadata=Metadata(number=str(len(texts))),
        page_records=page_records(pages),
        tables=(table_of(texts),),
        observations=tuple(observation(t, n) for n, t in enumerate(texts) if t.startswith("value ")),
    )


def table_of(texts: list[str]) -> Table:
    head = (Cell(0, 0, "dòng", "dòng", is_header=True, anchor=(0, 0)),)
    body = tuple((Cell(n, 0, text, text, anchor=(n, 0)),) for n, text in enumerate(texts, start=1))
    return Table("t01", "", "text", 1, (head, *body), (Column(0, ("dòng",)),))


def observation(text: str, row: int) -> Observation:
    _, place, indicator, day, number = text.split()
    return Observation(place, place, indicator, day, Value(Decimal(number)), "count", "t01", row + 1, 0)
