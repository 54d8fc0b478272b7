"""A whole document: what the letter says of itself, its tables, its figures in prose, its flags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from model.copies import quick
from model.flag import Flag
from model.geometry import Box
from model.page import TextLine
from model.place import PlaceMention
from model.table import Table
from model.value import DecimalMark, Interval, Unit, Value

DocumentStatus = Literal["ok", "partial", "failed", "skipped"]
READ: frozenset[str] = frozenset({"ok", "partial"})
"""Statuses of documents that stand in the set with their tables."""

PageStatus = Literal["text", "ocr", "mixed", "blank", "unreadable", "failed"]
DocumentSource = Literal["text-layer", "ocr", "mixed", "text", "", "office"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the letterhead and its surroundings say (Nghị định 30/2020/NĐ-CP, Phụ lục I).

    `date` and `period` are ISO 8601 as far as printed (`2024-11`, `2022-Q2`).
    """

    number: str = ""
    doc_type: str = ""
    issuer: str = ""
    parent_issuer: str = ""
    place: str = ""
    date: str = ""
    subject: str = ""
    signer: str = ""
    signer_title: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of the prose. `change` is signed (`giảm 4,8 điểm` is -4.8); `context` the sentence. Where the
    prose names a range (`từ 5 đến 7 ngày`), `interval` holds its ends and `value` is its lower one.
    `confidence` (0..1) is that of the line it was read from."""

    page: int
    line: int
    subject: str
    value: Value
    unit: Unit = ""
    of: Value | None = None
    change: Value | None = None
    change_unit: Unit = ""
    as_of: str = ""
    context: str = ""
    confidence: float = 1.0
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line of lines.csv, in reading order: `text` after repair, `raw` as read. A table stands in its place
    as a line `[t01]` without a number of its own (`line` None). `line` is the number that statements name."""

    page: int
    line: int | None
    text: str
    raw: str
    box: Box | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PageRecord:
    """How one page was read. `page` counts from 1; `rotation` is how far it was turned clockwise, in degrees;
    `dpi` the scan's resolution (0: no picture); `warnings` what must be known of it beside its text."""

    page: int
    status: PageStatus
    rotation: int = 0
    dpi: float = 0.0
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of the panel: one place, one indicator, one day or period."""

    place_code: str
    place_name: str
    indicator: str
    as_of: str
    value: Value
    unit: Unit
    table_id: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class Source:
    """An input file. `doc_id` is its path below the input without extension; `path` as given in
    documents.csv (below the input, `/` between folders); `file` where it really lies."""

    doc_id: str
    path: str
    file: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One read document. `places` maps a table id to its place column's mentions. `lines` are the running
    text as the journey works on it, `running` the same as lines.csv tells it."""

    source: Source
    kind: DocumentSource
    pages: int
    metadata: Metadata = field(default_factory=Metadata)
    decimal_mark: DecimalMark = ","
    tables: tuple[Table, ...] = ()
    places: tuple[tuple[str, tuple[PlaceMention, ...]], ...] = ()
    lines: tuple[TextLine, ...] = ()
    running: tuple[RunningLine, ...] = ()
    page_records: tuple[PageRecord, ...] = ()
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one input ended: a document, or a reason why there is none. A document some of whose pages could
    not be read is `partial`, and `error` names them and why."""

    source: Source
    status: DocumentStatus
    document: Document | None = None
    error: str = ""
    pages: int = 0

    @staticmethod
    def of(source: Source, document: Document) -> Outcome:
        """The outcome of a document that was read, wholly or in part."""
        failed = (p for p in document.page_records if p.status == "failed")
        lost = [f"page {p.page}: {'; '.join(p.warnings)}" for p in failed]
        return Outcome(source, "partial" if lost else "ok", document, " ".join(lost), document.pages)
