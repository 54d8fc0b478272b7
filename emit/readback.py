"""Rows of the CSV set back into records: for checks after a reviewer's corrections, and the review page.

What the set does not carry is not there again: words and lines of the pages, candidates of an ambiguous
place. Everything written by `emit.rows` from what is read here is the same text again.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from emit.columns import DOCUMENTS, FILES, FileSchema
from emit.escape import split_list, unescape
from emit.rows import METADATA_FIELDS, DocumentRows
from emit.spreadsheet import whole_of
from emit.texts import Row
from model.document import (
    Document,
    DocumentSource,
    DocumentStatus,
    Metadata,
    Observation,
    Outcome,
    PageRecord,
    PageStatus,
    RunningLine,
    Source,
    Statement,
)
from model.flag import CellRef, Flag, FlagKind, Severity, read_terms
from model.geometry import Box
from model.page import GridKind, Reading
from model.place import AdminUnit, MatchKind, PlaceMention, PlaceType
from model.table import Cell, Column, Role, RowKind, Seam, Table
from model.value import DecimalMark, Interval, Repair, Status, Unit, Value

Record = Mapping[str, str]


def outcome_of_rows(source: Source, rows: DocumentRows) -> Outcome:
    """One input from the rows that were written for it."""
    head = (source.doc_id, source.path, source.sha256, rows.status, rows.error, *rows.head)
    record = dict.fromkeys(DOCUMENTS.columns, "") | dict(
        zip(DOCUMENTS.columns, map(unescape, head), strict=False)
    )
    parts = {
        s.name: [_record(s, source.doc_id, row) for row in rows.of_file(s.name)]
        for s in FILES
        if s.name != "documents"
    }
    return outcome_of(record, parts)


def _record(schema: FileSchema, doc_id: str, row: Row) -> dict[str, str]:
    return dict(zip(schema.columns, (doc_id, *map(unescape, row)), strict=True))


def outcome_of(record: Record, parts: Mapping[str, list[dict[str, str]]]) -> Outcome:
    """One input from its row of documents.csv and its rows of the other files, by file name."""
    source = Source(record["doc_id"], record["path"], "", record["sha256"])
    if record["status"] == "failed":
        return Outcome(source, "failed", None, record["error"], _int(record["pages"]) or 0)
    if record["status"] == "skipped":
        return Outcome(source, "skipped", None, record["error"])
    cells: dict[str, list[dict[str, str]]] = defaultdict(list)
    for cell in parts["cells"]:
        cells[cell["table_id"]].append(cell)
    tables = tuple(_table(t, cells[t["table_id"]]) for t in parts["tables"])
    document = Document(
        source=source,
        kind=cast(DocumentSource, record["source"]),
        pages=_int(record["pages"]) or 0,
        metadata=Metadata(**{name: record[name] for name in METADATA_FIELDS}),
        decimal_mark=cast(DecimalMark, record["decimal_mark"] or ","),
        tables=tables,
        places=_places(parts["places"]),
        statements=tuple(_statement(s) for s in parts["statements"]),
        observations=tuple(observation_of(o) for o in parts["observations"]),
        flags=tuple(_flag(f) for f in parts["flags"]),
        running=tuple(_running_line(line) for line in parts["lines"]),
        page_records=tuple(_page(page) for page in parts["pages"]),
    )
    status = cast(DocumentStatus, record["status"])
    return Outcome(source, status, document, record["error"], document.pages)


def _int(text: str) -> int | None:
    """A whole number, also as a data frame writes it (`4.0`). Raises ValueError for any other text."""
    if not text:
        return None
    number = whole_of(text)
    if number is None:
        raise ValueError(f"{text!r} is no whole number")
    return number


def _needed(text: str) -> int:
    number = _int(text)
    if number is None:
        raise ValueError("a row or column number is missing")
    return number


def _true(text: str) -> bool:
    return text.lower() == "true"


def _anchor(text: str) -> tuple[int, ...]:
    """`2:5`, and the time of day that a spreadsheet makes of it (`02:05:00`)."""
    return tuple(map(int, text.split(":")[:2])) if text else ()


def _float(text: str) -> float:
    return float(text) if text else 0.0


def _box(record: Record) -> Box | None:
    if not record["x0"]:
        return None
    return Box(*(float(record[k]) for k in ("x0", "y0", "x1", "y1")))


def value_of(text: str, unit: str, printed: str, of: str = "") -> Value | None:
    """The value written as `text`; its decimals are the digits after the point, its mark and percent sign
    what `printed` shows. None where `text` is no number (an ISO date, nothing)."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    decimals = len(text.partition(".")[2])
    marks = [c for c in printed if c in ",."]
    mark = cast(DecimalMark, marks[-1]) if decimals and marks else None
    return Value(amount, decimals, Decimal(of) if of else None, cast(Unit, unit), "%" in printed, mark)


def interval_of(record: Record) -> Interval | None:
    """The range written as `low` and `high`, or None; a set older than ranges has no such columns."""
    low, high = (
        value_of(record.get(end, ""), record["unit"], record.get("text", "")) for end in ("low", "high")
    )
    return Interval(low, high) if low is not None and high is not None else None


def _repair(text: str, cell: Record) -> Repair:
    kind, _, rest = text.partition(":")
    if kind == "place":
        return Repair(kind, cell["raw"], cell["text"], score=_float(rest))
    if not rest:
        return Repair(kind, cell["raw"], cell["text"])
    old, _, new = rest.partition("->")
    new, _, why = new.rpartition(" by ") if " by " in new else (new, "", "")
    return Repair(kind, old, new, why)


def _alternatives(text: str) -> tuple[Reading, ...]:
    return tuple(Reading(t, float(c), e) for t, c, e in json.loads(text)) if text else ()


def _cell(record: Record) -> Cell:
    value = record["value"]
    dated = record["unit"] == "date"
    anchor = _anchor(record["anchor"])
    row, col = _needed(record["row"]), _needed(record["col"])
    return Cell(
        row=row,
        col=col,
        raw=record["raw"],
        text=record["text"],
        is_header=_true(record["is_header"]),
        value=None if dated else value_of(value, record["unit"], record["text"], record["of"]),
        date=value if dated else "",
        page=_int(record["page"]) or 0,
        box=_box(record),
        confidence=_float(record["confidence"]),
        status=cast(Status, record["status"]),
        proofs=_int(record["proofs"]) or 0,
        repairs=tuple(_repair(t, record) for t in split_list(record["repairs"])),
        alternatives=_alternatives(record["alternatives"]),
        anchor=(anchor[0], anchor[1]) if anchor else (row, col),
        interval=interval_of(record),
        sure=_true(record["sure"]),
    )


def _columns(cells: list[dict[str, str]], n_cols: int, numbering_row: int | None) -> tuple[Column, ...]:
    paths, roles, numbers = [""] * n_cols, [""] * n_cols, [""] * n_cols
    units: list[Counter[str]] = [Counter() for _ in range(n_cols)]
    for cell in cells:
        col = _needed(cell["col"])
        paths[col], roles[col] = cell["column"], cell["role"]
        if not _true(cell["is_header"]) and cell["value"]:
            units[col][cell["unit"]] += 1
        if numbering_row is not None and _needed(cell["row"]) == numbering_row:
            numbers[col] = cell["text"]
    return tuple(
        Column(
            index,
            tuple(paths[index].split(" / ")) if paths[index] else (),
            cast(Role, roles[index] or "label"),
            cast(Unit, units[index].most_common(1)[0][0] if units[index] else ""),
            numbers[index],
        )
        for index in range(n_cols)
    )


def _seams(text: str) -> tuple[Seam, ...]:
    seams = []
    for part in split_list(text):
        at, _, proof = part.partition(":")
        row, _, page = at.partition("@")
        seams.append(Seam(int(row), int(page), tuple(proof.split("|")) if proof else ()))
    return tuple(seams)


def _table(record: Record, cells: list[dict[str, str]]) -> Table:
    n_rows, n_cols = _needed(record["rows"]), _needed(record["cols"])
    kinds: list[RowKind] = ["body"] * n_rows
    grid: list[list[Cell]] = [
        [Cell(r, c, "", "", anchor=(r, c)) for c in range(n_cols)] for r in range(n_rows)
    ]
    for cell in cells:
        found = _cell(cell)
        grid[found.row][found.col] = found
        kinds[found.row] = cast(RowKind, cell["row_kind"] or "body")
    numbering = _int(record["numbering_row"])
    columns = _columns(cells, n_cols, numbering)
    table = Table(
        table_id=record["table_id"],
        title=record["title"],
        kind=cast(GridKind, record["kind"]),
        header_rows=_needed(record["header_rows"]),
        rows=tuple(tuple(row) for row in grid),
        columns=columns,
        row_kinds=tuple(kinds),
        numbering_row=numbering,
        page_first=_int(record["page_first"]) or 0,
        page_last=_int(record["page_last"]) or 0,
        seams=_seams(record["seams"]),
        confidence=_float(record["confidence"]),
        unit_note=record["unit_note"],
        notes=tuple(split_list(record["notes"])),
    )
    return table if any(c["row_kind"] for c in cells) else replace(table, row_kinds=())


_LEVELS = {2: 1, 3: 2, 5: 3}  # a GSO code's length tells the level


def _unit(code: str, name: str, kind: str = "", parent_code: str = "") -> AdminUnit | None:
    if not code and not name:
        return None
    return AdminUnit(code, name, cast(PlaceType, kind), _LEVELS.get(len(code), 0), parent_code)


def _mention(record: Record) -> PlaceMention:
    codes, names = record["successor_code"].split(";"), record["successor_name"].split(";")
    successors = [u for c, n in zip(codes, names, strict=False) if (u := _unit(c, n))]
    return PlaceMention(
        row=_needed(record["row"]),
        col=_needed(record["col"]),
        raw=record["raw"],
        kind=cast(MatchKind, record["match"]),
        as_of=date.fromisoformat(record["as_of"]),
        unit=_unit(record["code"], record["name"], record["type"], record["parent_code"]),
        score=_float(record["score"]),
        parent=_unit(record["parent_code"], record["parent_name"]),
        province=_unit(record["province_code"], record["province_name"]),
        successors=tuple(successors),
        change=record["change"],
    )


def _places(records: list[dict[str, str]]) -> tuple[tuple[str, tuple[PlaceMention, ...]], ...]:
    by_table: dict[str, list[PlaceMention]] = {}
    for record in records:
        by_table.setdefault(record["table_id"], []).append(_mention(record))
    return tuple((table_id, tuple(mentions)) for table_id, mentions in by_table.items())


def _statement(record: Record) -> Statement:
    value = value_of(record["value"], record["unit"], "")
    return Statement(
        page=_int(record["page"]) or 0,
        line=_int(record["line"]) or 0,
        subject=record["subject"],
        value=value or Value(Decimal(0)),
        unit=cast(Unit, record["unit"]),
        of=value_of(record["of"], "", ""),
        change=value_of(record["change"], record["change_unit"], ""),
        change_unit=cast(Unit, record["change_unit"]),
        as_of=record["as_of"],
        context=record["context"],
        confidence=_float(record.get("confidence", "1")),
        interval=interval_of(record),
    )


def _running_line(record: Record) -> RunningLine:
    return RunningLine(
        page=_int(record["page"]) or 0,
        line=_int(record["line"]),
        text=record["text"],
        raw=record["raw"],
        box=_box(record),
        confidence=_float(record["confidence"]),
    )


def _page(record: Record) -> PageRecord:
    return PageRecord(
        page=_needed(record["page"]),
        status=cast(PageStatus, record["status"]),
        rotation=_int(record["rotation"]) or 0,
        dpi=_float(record["dpi"]),
        confidence=_float(record["confidence"]),
        warnings=tuple(split_list(record["warnings"])),
    )


def observation_of(record: Record) -> Observation:
    value = value_of(record["value"], record["unit"], "")
    return Observation(
        place_code=record["place_code"],
        place_name=record["place_name"],
        indicator=record["indicator"],
        as_of=record["as_of"],
        value=value or Value(Decimal(0)),
        unit=cast(Unit, record["unit"]),
        table_id=record["table_id"],
        row=_needed(record["row"]),
        col=_needed(record["col"]),
    )


def _flag(record: Record) -> Flag:
    refs = [ref.rsplit(":", 2) for ref in record["cells"].split(";") if ref]
    return Flag(
        kind=cast(FlagKind, record["kind"]),
        severity=cast(Severity, record["severity"]),
        message=record["message"],
        table_id=record["table_id"],
        row=_int(record["row"]),
        col=_int(record["col"]),
        page=_int(record["page"]) or 0,
        box=_box(record),
        found=record["found"],
        expected=record["expected"],
        context=record["context"],
        check=record["check"],
        cells=tuple(CellRef(t, int(r), int(c)) for t, r, c in refs),
        terms=read_terms(record["terms"]),
    )
