"""The CSV set as Parquet: the same tables and columns, typed, one file each under `parquet/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from emit.columns import FILES, Field, FileSchema
from emit.escape import unescape
from model.errors import MissingProgramError, OutputError

_BATCH = 20_000  # rows held at once
_TRUE = {"true": True, "false": False}


def write_parquet(folder: Path) -> None:
    """Write `parquet/<name>.parquet` for every CSV file of `folder`, texts without their escapes.

    Raises MissingProgramError where pyarrow is not installed, OutputError where nothing can be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingProgramError(
            "Parquet needs pyarrow, which is not installed", 'pip install "extract-vn[formats]"'
        ) from error
    target = folder / "parquet"
    try:
        target.mkdir(exist_ok=True)
        for schema in FILES:
            arrow = pa.schema([(f.name, _arrow_type(pa, f)) for f in schema.fields])
            part = target / f"{schema.name}.parquet.part"
            with pq.ParquetWriter(part, arrow, compression="zstd") as writer:
                for columns in _batches(folder / schema.file, schema):
                    writer.write_table(pa.Table.from_pydict(columns, schema=arrow))
            part.replace(target / f"{schema.name}.parquet")
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror or error})") from error


def _arrow_type(pa: Any, field: Field) -> Any:
    types = {"string": pa.string, "integer": pa.int64, "number": pa.float64, "boolean": pa.bool_}
    return types[field.type]()


def _typed(text: str, field: Field) -> object:
    if field.type == "string":
        return unescape(text)
    if not text:
        return None
    if field.type == "boolean":
        return _TRUE[text]
    return int(text) if field.type == "integer" else float(text)


def _batches(path: Path, schema: FileSchema) -> Iterator[dict[str, list[object]]]:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while batch := list(islice(rows, _BATCH)):
            yield {
                field.name: [_typed(row[index], field) for row in batch]
                for index, field in enumerate(schema.fields)
            }
