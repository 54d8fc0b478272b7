"""Records to the CSV set and its relatives (Data Package, Parquet, XLSX), and back."""

from __future__ import annotations

from emit.csvset import OUTPUTS, SetWriter, write_set
from emit.formats import write_formats
from emit.packed import dump_columns, dump_rows, load_rows
from emit.readset import read_outcomes, read_set
from emit.rows import DocumentRows, document_columns, document_rows

__all__ = [
    "OUTPUTS",
    "DocumentRows",
    "SetWriter",
    "document_columns",
    "document_rows",
    "dump_columns",
    "dump_rows",
    "load_rows",
    "read_outcomes",
    "read_set",
    "write_formats",
    "write_set",
]
