"""The columns of every CSV file: their order, their types, what they may hold.

One list serves the writer (header and order), the reader back, the Data Package's schema, Parquet and
XLSX. The contract's columns come first and keep their names; further ones stand at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from model.document import DocumentSource, DocumentStatus, PageStatus
from model.flag import KINDS, SEVERITIES
from model.page import GridKind
from model.place import MatchKind, PlaceType
from model.table import Role, RowKind
from model.value import DecimalMark, Status, Unit

FieldType = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `enum` lists all it may hold (empty cells aside); `required` forbids an empty cell."""

    name: str
    type: FieldType = "string"
    enum: tuple[str, ...] = ()
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class FileSchema:
    """A CSV file of the set. `key` names the columns that tell its rows apart, when there are such."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    parent: str = ""
    parent_key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def _choices(literal: object) -> tuple[str, ...]:
    return tuple(c for c in get_args(literal) if c)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(n) for n in names)


_DOC = Field("doc_id", required=True, description="path below the input without extension")
_TABLE = Field("table_id", required=True)
_BOX = tuple(Field(n, "number", description="PDF points, top-left origin") for n in ("x0", "y0", "x1", "y1"))
_ROW, _COL, _PAGE = Field("row", "integer"), Field("col", "integer"), Field("page", "integer")

DOCUMENTS = FileSchema(
    "documents",
    (
        _DOC,
        *_texts("path", "sha256"),
        Field("status", enum=_choices(DocumentStatus), required=True),
        Field("error"),
        Field("pages", "integer"),
        Field("source", enum=_choices(DocumentSource)),
        *_texts("number", "doc_type", "issuer", "parent_issuer", "place"),
        Field("date", description="ISO 8601 as far as printed"),
        *_texts("subject", "signer", "signer_title"),
        Field("period", description="ISO 8601 as far as printed"),
        Field("decimal_mark", enum=_choices(DecimalMark)),
        Field("tables", "integer"),
        Field("flags", "integer"),
        Field("proved", "number", description="share of the figures of tables that a relation confirms"),
        Field("figures", "integer", description="cells below the headers that hold a number"),
        Field("same_as", description="doc_id of the better source of the same report, whose figures count"),
    ),
    key=("doc_id",),
)
TABLES = FileSchema(
    "tables",
    (
        _DOC,
        _TABLE,
        Field("title"),
        Field("page_first", "integer"),
        Field("page_last", "integer"),
        Field("kind", enum=_choices(GridKind), required=True),
        Field("header_rows", "integer"),
        Field("rows", "integer"),
        Field("cols", "integer"),
        Field("confidence", "number"),
        Field("path", description="the table as one plain CSV file, below this folder"),
        Field("numbering_row", "integer", description="the row of column numbers, among the header rows"),
        Field("seams", description="row@page and what proves that the table goes on there"),
        Field("notes"),
        Field("unit_note", description="the unit printed above the table"),
    ),
    key=("doc_id", "table_id"),
    parent="documents",
    parent_key=("doc_id",),
)
CELLS = FileSchema(
    "cells",
    (
        _DOC,
        _TABLE,
        Field("row", "integer", required=True),
        Field("col", "integer", required=True),
        Field("is_header", "boolean", required=True),
        Field("text", description="after repair"),
        Field("raw", description="as read from the page"),
        Field("value", description="the number or ISO date in plain form"),
        Field("of", "number", description="the second figure of a fraction"),
        Field("unit", enum=_choices(Unit)),
        Field("role", enum=_choices(Role)),
        Field("column", description="header texts from the top down, joined with ' / '"),
        Field("row_label"),
        Field("place_code", description="General Statistics Office code"),
        _PAGE,
        *_BOX,
        Field("confidence", "number"),
        Field("status", enum=_choices(Status), required=True),
        Field("repairs"),
        Field("proofs", "integer", description="independent relations that confirm the value"),
        Field("row_kind", enum=_choices(RowKind)),
        Field("sure", "boolean", description="printed text (text layer, text file), not a reading of ink"),
        Field("alternatives", description="other readings, JSON: [text, cost, engine]"),
        Field("anchor", description="row:col of the first position, for a cell that spans several"),
        Field("low", "number", description="the lower end of a printed range, whose value is empty"),
        Field("high", "number", description="the upper end of a printed range"),
    ),
    key=("doc_id", "table_id", "row", "col"),
    parent="tables",
    parent_key=("doc_id", "table_id"),
)
PLACES = FileSchema(
    "places",
    (
        _DOC,
        _TABLE,
        _ROW,
        *_texts("raw", "name"),
        Field("type", enum=_choices(PlaceType)),
        *_texts("code", "parent_name", "parent_code", "province_name", "province_code"),
        Field("score", "number"),
        *_texts("as_of", "successor_code", "successor_name"),
        _COL,
        Field("match", enum=_choices(MatchKind)),
        Field("change", description="what became of the unit"),
    ),
    parent="tables",
    parent_key=("doc_id", "table_id"),
)
STATEMENTS = FileSchema(
    "statements",
    (
        _DOC,
        _PAGE,
        Field("line", "integer"),
        Field("subject"),
        Field("value", "number"),
        Field("unit", enum=_choices(Unit)),
        Field("of", "number"),
        Field("change", "number"),
        Field("change_unit", enum=_choices(Unit)),
        *_texts("as_of", "context"),
        Field("confidence", "number", description="that the figure was read right, 0..1"),
        Field("low", "number", description="the lower end of a range that the prose names"),
        Field("high", "number", description="the upper end of a range that the prose names"),
    ),
    parent="documents",
    parent_key=("doc_id",),
)
FLAGS = FileSchema(
    "flags",
    (
        _DOC,
        Field("table_id"),
        _ROW,
        _COL,
        _PAGE,
        *_BOX,
        Field("kind", enum=tuple(KINDS), required=True),
        Field("severity", enum=tuple(SEVERITIES), required=True),
        *_texts("found", "expected", "message", "context", "check"),
        Field("flag_id", required=True, description="the same for the same finding in every run"),
        Field("cells", description="the other cells of the relation, table:row:col"),
        Field("terms", description="the relation: cells with their factors, which add up to nothing"),
    ),
    key=("doc_id", "flag_id"),
    parent="documents",
    parent_key=("doc_id",),
)
LINES = FileSchema(
    "lines",
    (
        _DOC,
        _PAGE,
        Field("line", "integer", description="its number, as in statements.csv; empty for a table's place"),
        Field("text", description="after repair; [t01] where a table stands"),
        Field("raw", description="as read from the page"),
        *_BOX,
        Field("confidence", "number"),
    ),
    parent="documents",
    parent_key=("doc_id",),
)
PAGES = FileSchema(
    "pages",
    (
        _DOC,
        Field("page", "integer", required=True),
        Field("status", enum=_choices(PageStatus), required=True),
        Field("rotation", "integer", description="degrees it was turned clockwise to be read"),
        Field("dpi", "number", description="resolution of the scan, empty where there is no picture"),
        Field("confidence", "number"),
        Field("warnings", description="what must be known of the page beside its text, ;-joined"),
    ),
    key=("doc_id", "page"),
    parent="documents",
    parent_key=("doc_id",),
)
OBSERVATIONS = FileSchema(
    "observations",
    (
        _DOC,
        *_texts("place_code", "place_name", "indicator", "as_of"),
        Field("value", "number"),
        Field("unit", enum=_choices(Unit)),
        _TABLE,
        _ROW,
        _COL,
    ),
    parent="tables",
    parent_key=("doc_id", "table_id"),
)

FILES: tuple[FileSchema, ...] = (
    DOCUMENTS, PAGES, TABLES, CELLS, PLACES, STATEMENTS, LINES, FLAGS, OBSERVATIONS,
)  # fmt: skip
BY_NAME: dict[str, FileSchema] = {f.name: f for f in FILES}
