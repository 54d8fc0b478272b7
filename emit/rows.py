"""A document as rows of text, one list a CSV file, in the column order of `emit.columns`.

Rows carry neither the document's id nor its path: what a document says does not depend on where it lies,
so the same bytes found twice are read once. `emit.csvset` puts the id before each row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from emit.cells import cell_columns
from emit.escape import escape, join_list
from emit.texts import (
    Column,
    Row,
    box_texts,
    column_of,
    end_texts,
    number_text,
    plain_texts,
    rows_of,
    whole_text,
)
from model.document import Document, Metadata, Observation, Outcome, PageRecord, RunningLine, Statement
from model.flag import Flag, write_terms
from model.place import AdminUnit, PlaceMention
from model.table import Seam, Table


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """Everything the CSV set says of one input, as text. `status` and `error` as in documents.csv;
    `head` the documents.csv columns from `pages` to `decimal_mark`; of the `figures`, `proved` many are
    confirmed."""

    status: str
    error: str = ""
    head: Row = ()
    proved: int = 0
    figures: int = 0
    tables: tuple[Row, ...] = ()
    cells: Sequence[Row] = ()
    places: tuple[Row, ...] = ()
    statements: tuple[Row, ...] = ()
    flags: tuple[Row, ...] = ()
    observations: Sequence[Row] = field(default=())
    lines: tuple[Row, ...] = ()
    pages: tuple[Row, ...] = ()

    def of_file(self, name: str) -> Sequence[Row]:
        """The rows of one file other than documents.csv."""
        rows: Sequence[Row] = getattr(self, name)
        return rows


METADATA_FIELDS = (
    "number",
    "doc_type",
    "issuer",
    "parent_issuer",
    "place",
    "date",
    "subject",
    "signer",
    "signer_title",
    "period",
)


def _seam(seam: Seam) -> str:
    return f"{seam.row}@{seam.page}:" + "|".join(seam.proof)


def _table_row(table: Table) -> Row:
    return (
        table.table_id,
        escape(table.title),
        str(table.page_first),
        str(table.page_last),
        table.kind,
        str(table.header_rows),
        str(table.n_rows),
        str(table.n_cols),
        number_text(table.confidence),
        "",
        whole_text(table.numbering_row),
        escape(join_list([_seam(s) for s in table.seams])),
        escape(join_list(list(table.notes))),
        escape(table.unit_note),
    )


def _unit(unit: AdminUnit | None) -> tuple[str, str]:
    return (escape(unit.name), unit.code) if unit else ("", "")


def _place_row(table_id: str, mention: PlaceMention) -> Row:
    name, code = _unit(mention.unit)
    successors = [_unit(u) for u in mention.successors]
    return (
        table_id,
        str(mention.row),
        escape(mention.raw),
        name,
        mention.unit.type if mention.unit else "",
        code,
        *_unit(mention.parent),
        *_unit(mention.province),
        number_text(mention.score),
        mention.as_of.isoformat(),
        ";".join(c for _, c in successors),
        ";".join(n for n, _ in successors),
        str(mention.col),
        mention.kind,
        escape(mention.change),
    )


def _statement_row(s: Statement) -> Row:
    return (
        str(s.page),
        str(s.line),
        escape(s.subject),
        "" if s.interval is not None else s.value.plain(),
        s.unit,
        "" if s.of is None else s.of.plain(),
        "" if s.change is None else s.change.plain(),
        s.change_unit,
        s.as_of,
        escape(s.context),
        number_text(s.confidence),
        *end_texts(s.interval),
    )


def _observation_columns(observations: Sequence[Observation]) -> list[Column]:
    """The columns of observations.csv; none where there is nothing."""
    if not observations:
        return []
    return [
        column_of(observations, "place_code", str),
        column_of(observations, "place_name", escape),
        column_of(observations, "indicator", escape),
        column_of(observations, "as_of", str),
        plain_texts([o.value for o in observations]),
        column_of(observations, "unit", str),
        column_of(observations, "table_id", str),
        column_of(observations, "row", str),
        column_of(observations, "col", str),
    ]


def _line_row(line: RunningLine) -> Row:
    return (
        whole_text(line.page or None),
        whole_text(line.line),
        escape(line.text),
        escape(line.raw),
        *box_texts(line.box),
        number_text(line.confidence),
    )


def _page_row(page: PageRecord) -> Row:
    return (
        str(page.page),
        page.status,
        str(page.rotation),
        f"{page.dpi:g}" if page.dpi else "",
        number_text(page.confidence),
        escape(join_list(list(page.warnings))),
    )


def _flag_key(flag: Flag) -> str:
    parts = (flag.table_id, flag.row, flag.col, flag.page, flag.kind, flag.check, flag.found, flag.expected)
    said = flag.message if flag.table_id == "" else ""
    return hashlib.sha256("\x1f".join(map(str, (*parts, said))).encode("utf-8", "replace")).hexdigest()[:10]


def flag_ids(flags: Iterable[Flag]) -> list[str]:
    """An id a flag, unique in its document and the same whenever the same thing is found again, so that a
    reviewer's decision stays with it."""
    seen: dict[str, int] = {}
    ids = []
    for flag in flags:
        key = _flag_key(flag)
        seen[key] = seen.get(key, 0) + 1
        ids.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return ids


def flag_rows(flags: Sequence[Flag]) -> tuple[Row, ...]:
    """The rows of flags.csv for one document."""
    return tuple(
        (
            f.table_id,
            whole_text(f.row),
            whole_text(f.col),
            whole_text(f.page or None),
            *box_texts(f.box),
            f.kind,
            f.severity,
            escape(f.found),
            escape(f.expected),
            escape(f.message),
            escape(f.context),
            f.check,
            ident,
            ";".join(f"{c.table_id}:{c.row}:{c.col}" for c in f.cells),
            escape(write_terms(f.terms)),
        )
        for f, ident in zip(flags, flag_ids(flags), strict=True)
    )


def _proved(tables: Iterable[Table]) -> tuple[int, int]:
    """How many figures a relation confirms, and how many there are."""
    figures = [
        c for t in tables for row in t.body for c in row if c.value is not None and c.value.unit != "ordinal"
    ]
    return sum(c.status == "proved" for c in figures), len(figures)


def _head(document: Document) -> Row:
    metadata: Metadata = document.metadata
    return (
        str(document.pages),
        document.kind,
        *(escape(getattr(metadata, name)) for name in METADATA_FIELDS),
        document.decimal_mark,
    )


def document_rows(outcome: Outcome) -> DocumentRows:
    """All that the CSV set says of one input."""
    rows, columns = document_columns(outcome)
    cells, observations = (tuple(rows_of(columns.get(name, []))) for name in ("cells", "observations"))
    return replace(rows, cells=cells, observations=observations)


def document_columns(outcome: Outcome) -> tuple[DocumentRows, dict[str, list[Column]]]:
    """The same, the lists that may be very long by their columns: rows of them take five times the memory."""
    document = outcome.document
    if document is None:
        head = (whole_text(outcome.pages or None), *[""] * (len(METADATA_FIELDS) + 2))
        return DocumentRows(outcome.status, escape(outcome.error), head), {}
    proved, figures = _proved(document.tables)
    rows = DocumentRows(
        status=outcome.status,
        error=escape(outcome.error),
        head=_head(document),
        proved=proved,
        figures=figures,
        tables=tuple(_table_row(t) for t in document.tables),
        places=tuple(
            _place_row(table_id, m) for table_id, ms in document.places for m in ms if m.kind != "agency"
        ),
        statements=tuple(_statement_row(s) for s in document.statements),
        flags=flag_rows(document.flags),
        lines=tuple(_line_row(line) for line in document.running),
        pages=tuple(_page_row(page) for page in document.page_records),
    )
    return rows, {
        "cells": cell_columns(document.tables, dict(document.places)),
        "observations": _observation_columns(document.observations),
    }
