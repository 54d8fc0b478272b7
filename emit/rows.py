"""A document as rows of text, one list a CSV file, in the column order of `emit.columns`.

Rows carry neither the document's id nor its path: what a document says does not depend on where it lies,
so the same bytes found twice are read once. `emit.csvset` puts the id before each row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from emit.escape import escape, join_list
from model.document import Document, Metadata, Observation, Outcome, PageRecord, RunningLine, Statement
from model.flag import Flag, write_terms
from model.geometry import Box
from model.place import AdminUnit, PlaceMention
from model.table import Cell, Column, Seam, Table
from model.value import Interval, Value

Row = tuple[str, ...]


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
    cells: tuple[Row, ...] = ()
    places: tuple[Row, ...] = ()
    statements: tuple[Row, ...] = ()
    flags: tuple[Row, ...] = ()
    observations: tuple[Row, ...] = field(default=())
    lines: tuple[Row, ...] = ()
    pages: tuple[Row, ...] = ()

    def of_file(self, name: str) -> tuple[Row, ...]:
        """The rows of one file other than documents.csv."""
        rows: tuple[Row, ...] = getattr(self, name)
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


def number_text(value: float) -> str:
    """A measure (confidence, score) with three decimals: enough to sort by, the same on every machine."""
    return f"{value:.3f}"


_NO_BOX: Row = ("", "", "", "")
_NO_ENDS: Row = ("", "")
_WHOLLY = number_text(1.0)


def _box(box: Box | None) -> Row:
    if box is None:
        return _NO_BOX
    return tuple(f"{v:.2f}" for v in (box.x0, box.y0, box.x1, box.y1))


def _int(value: int | None) -> str:
    return "" if value is None else str(value)


def _of(value: Value | None) -> str:
    return "" if value is None or value.of is None else format(value.of, "f")


def _ends(interval: Interval | None) -> Row:
    return _NO_ENDS if interval is None else (interval.low.plain(), interval.high.plain())


def row_label(row: Sequence[Cell], table: Table) -> str:
    """What a row is about: its place, else its label, else its first cell with words in it."""
    return _row_label(row, _naming_columns(table))


def _naming_columns(table: Table) -> tuple[frozenset[int], frozenset[int]]:
    """The columns of places, and those of labels."""
    places, labels = (
        frozenset(c.index for c in table.columns if c.role == role) for role in ("place", "label")
    )
    return places, labels


def _row_label(row: Sequence[Cell], naming: Sequence[frozenset[int]]) -> str:
    for columns in naming:
        for cell in row if columns else ():
            if cell.col in columns and cell.text.strip():
                return cell.text
    for cell in row:
        if cell.value is None and any(c.isalpha() for c in cell.text):
            return cell.text
    return ""


def _repairs(cell: Cell) -> str:
    return join_list([str(r) for r in cell.repairs])


def _alternatives(cell: Cell) -> str:
    if not cell.alternatives:
        return ""
    return json.dumps(
        [[a.text, round(a.cost, 3), a.engine] for a in cell.alternatives],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _unit_of(cell: Cell, column: Column | None) -> str:
    if cell.value is not None:
        return cell.value.unit or (column.unit if column else "")
    if cell.interval is not None:
        return cell.interval.high.unit or (column.unit if column else "")
    return "date" if cell.date else ""


def _cell_row(
    cell: Cell, column: Column | None, named: Row, row: Row, label: str, place_code: str, kind: str
) -> Row:
    """A cell's row; what its column (`named`) and its row of the table (`row`) say is made once for all of
    theirs."""
    text = escape(cell.text)
    anchored = cell.anchor in ((-1, -1), (cell.row, cell.col))
    return (
        *row,
        str(cell.col),
        "true" if cell.is_header else "false",
        text,
        text if cell.raw == cell.text else escape(cell.raw),
        cell.value.plain() if cell.value is not None else cell.date,
        _of(cell.value),
        _unit_of(cell, column),
        *named,
        "" if cell.is_header else label,
        place_code,
        str(cell.page) if cell.page else "",
        *(_box(cell.box) if cell.box else _NO_BOX),
        number_text(cell.confidence) if cell.confidence != 1.0 else _WHOLLY,
        cell.status,
        escape(_repairs(cell)) if cell.repairs else "",
        str(cell.proofs),
        kind,
        "true" if cell.sure else "false",
        escape(_alternatives(cell)) if cell.alternatives else "",
        "" if anchored else f"{cell.anchor[0]}:{cell.anchor[1]}",
        *(_ends(cell.interval) if cell.interval else _NO_ENDS),
    )


def _cell_rows(table: Table, mentions: Iterable[PlaceMention]) -> Iterator[Row]:
    codes = {m.row: m.unit.code for m in mentions if m.unit is not None}
    columns = [*table.columns, *[None] * (table.n_cols - len(table.columns))]
    named = [(c.role, escape(c.name)) if c else ("", "") for c in columns]
    naming = _naming_columns(table)
    for index, row in enumerate(table.rows):
        label = escape(_row_label(row, naming))
        kind = table.row_kinds[index] if index < len(table.row_kinds) else ""
        code = codes.get(index, "")
        at = (table.table_id, str(index))
        for cell in row:
            col = cell.col
            yield _cell_row(cell, columns[col], named[col], at, label, "" if cell.is_header else code, kind)


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
        _int(table.numbering_row),
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
        *_ends(s.interval),
    )


def _observation_row(o: Observation) -> Row:
    return (
        o.place_code,
        escape(o.place_name),
        escape(o.indicator),
        o.as_of,
        o.value.plain(),
        o.unit,
        o.table_id,
        str(o.row),
        str(o.col),
    )


def _line_row(line: RunningLine) -> Row:
    return (
        _int(line.page or None),
        _int(line.line),
        escape(line.text),
        escape(line.raw),
        *_box(line.box),
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
            _int(f.row),
            _int(f.col),
            _int(f.page or None),
            *_box(f.box),
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
    document = outcome.document
    if document is None:
        head = (_int(outcome.pages or None), *[""] * (len(METADATA_FIELDS) + 2))
        return DocumentRows(outcome.status, escape(outcome.error), head)
    mentions = dict(document.places)
    proved, figures = _proved(document.tables)
    return DocumentRows(
        status=outcome.status,
        error=escape(outcome.error),
        head=_head(document),
        proved=proved,
        figures=figures,
        tables=tuple(_table_row(t) for t in document.tables),
        cells=tuple(r for t in document.tables for r in _cell_rows(t, mentions.get(t.table_id, ()))),
        places=tuple(
            _place_row(table_id, m) for table_id, ms in document.places for m in ms if m.kind != "agency"
        ),
        statements=tuple(_statement_row(s) for s in document.statements),
        flags=flag_rows(document.flags),
        observations=tuple(_observation_row(o) for o in document.observations),
        lines=tuple(_line_row(line) for line in document.running),
        pages=tuple(_page_row(page) for page in document.page_records),
    )
