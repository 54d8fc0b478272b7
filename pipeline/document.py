"""The whole journey of one document, from its file to records with flags and proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from checks import check_document
from extract.inputs import ReadOptions, open_document
from extract.tables.header import understand
from extract.tables.letterhead import release
from extract.tables.page_feet import with_page_feet
from extract.tables.stitch import stitch
from model.document import Document, DocumentSource, Source
from model.errors import NoPageReadError
from model.page import PageContent
from normalize.columns import type_columns
from normalize.encodings import decode_page
from normalize.letter.metadata import read_metadata
from normalize.prose.statements import read_statements
from pipeline.collecting import not_collecting
from pipeline.headings import with_headings
from pipeline.language import mend_lines, mend_names, mend_tables, needs_mending, plain_lines
from pipeline.letterhead_names import with_units_names
from pipeline.letters import letter_flags, statement_flags
from pipeline.offices import with_offices
from pipeline.pages import NO_STORE, PageStore, read_each
from pipeline.places import document_day, resolve_places, without_named
from pipeline.readings import reading_flags, with_certainty, with_ordinals
from pipeline.running import page_records, running_text
from pipeline.settings import Settings, told_ranges
from pipeline.tools import gazetteer, repairer


def read_document(source: Source, settings: Settings, store: PageStore = NO_STORE) -> Document:
    """Read, understand, resolve, check. Raises the errors of model/errors.py for a file that can't be."""
    pages = read_pages(source, settings, store)
    with not_collecting():
        document = _understood(source, settings, pages)
        del pages  # of a large sheet some ten megabytes, and the checks take most
        return check_document(document, repair=settings.repair)


def _understood(source: Source, settings: Settings, pages: Sequence[PageContent]) -> Document:
    """The document of its pages as read, its figures not yet held against each other."""
    pages = with_page_feet(pages)
    damaged = needs_mending(pages)
    lines = mend_lines([line for page in pages for line in page.lines], damaged)

    raw = stitch(pages)
    tables = [understand(table, f"t{n:02d}") for n, table in enumerate(raw, start=1)]
    tables = with_headings(with_ordinals(with_certainty(tables, pages, damaged)))
    tables, spelling = mend_tables(tables, damaged)
    tables = with_offices(tables, damaged)

    metadata = read_metadata(lines, [table.title for table in tables])
    typed, mark = type_columns(tables, [line.text for line in lines])
    del tables  # of a large sheet each such list of records is some ten megabytes
    day = document_day(metadata, settings, lines, typed)
    metadata = with_units_names(metadata, pages, day)
    resolved = resolve_places(typed, metadata, lines, day, settings)
    del typed
    if damaged:
        printed = [line for page in pages for line in page.lines]
        lines = mend_names(printed, lines, resolved.names())
    statements = read_statements(lines, mark, metadata.period or metadata.date, damaged)

    return Document(
        source=source,
        kind=kind_of(pages),
        pages=len(pages),
        metadata=metadata,
        decimal_mark=mark,
        tables=resolved.tables,
        places=resolved.mentions,
        lines=tuple(lines),
        running=running_text(pages, lines, raw),
        page_records=page_records(pages),
        statements=statements,
        flags=(
            *without_named(spelling, resolved),
            *resolved.flags,
            *letter_flags(lines, pages, metadata),
            *statement_flags(statements, lines, pages),
            *reading_flags(pages, resolved.tables, raw),
        ),
    )


def read_pages(source: Source, settings: Settings, store: PageStore = NO_STORE) -> list[PageContent]:
    """Every page of the file as read, legacy encodings brought to Unicode; each page closed when done. A page
    that can't be read costs itself, not the document."""
    with open_pages(source, settings) as (n_pages, read_page):
        return read_each(n_pages, read_page, store, source.file)


@contextmanager
def open_pages(source: Source, settings: Settings) -> Iterator[tuple[int, Callable[[int], PageContent]]]:
    """How many pages the file has, and a function that reads one by its index from 0."""
    options = ReadOptions(
        engine=settings.engine,
        dpi=settings.dpi,
        keep_images=settings.keep_images,
        verify_ink=settings.verify_ink,
        is_place=gazetteer().is_place,
        repair=plain_lines,
    )
    with open_document(source.file, options) as reader:
        chosen = chosen_pages(reader.n_pages, settings.pages)
        yield len(chosen), lambda index: release(decode_page(reader.page(chosen[index])))


def chosen_pages(n_pages: int, ranges: Sequence[tuple[int, int]]) -> list[int]:
    """The indexes of the pages to read, from 0. Raises NoPageReadError where the document has none."""
    wanted = [n for n in range(n_pages) if not ranges or any(a <= n + 1 <= b for a, b in ranges)]
    if n_pages and not wanted:
        raise NoPageReadError(f"none of the pages {told_ranges(tuple(ranges))} is there; it has {n_pages}")
    return wanted


def kind_of(pages: Sequence[PageContent]) -> DocumentSource:
    """Where the text came from: one source, or `mixed` when pages differ."""
    kinds = {page.source for page in pages if not page.failure}
    kinds |= {
        "ocr" for page in pages if page.source == "text-layer" and page.dpi
    }  # a picture on a typed page
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else ""


def warm_up() -> None:
    """Load what every document needs, before the clock of any document runs."""
    gazetteer()
    repairer()
