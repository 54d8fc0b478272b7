"""The CSV set as Parquet: the same tables and columns, typed, one file each under `parquet/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emit.columns import FILES, Field
from emit.frames import frame_batches
from model.errors import MissingProgramError, OutputError


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
                for frame in frame_batches(folder / schema.file, schema):
                    writer.write_table(pa.Table.from_pandas(frame, schema=arrow, preserve_index=False))
            part.replace(target / f"{schema.name}.parquet")
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror or error})") from error


def _arrow_type(pa: Any, field: Field) -> Any:
    types = {"string": pa.string, "integer": pa.int64, "number": pa.float64, "boolean": pa.bool_}
    return types[field.type]()
