"""Formats that a finished CSV set is written in again, beside the CSV.

A new format is a module here with a function from the folder of the set to nothing, and a line in `FORMATS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """`writer` is `module:function` (imported when it is used), which raises OutputError, and
    MissingProgramError without `library`; `outputs` is what it makes below the folder of the set."""

    writer: str
    library: str
    outputs: tuple[str, ...]


FORMATS: dict[str, Format | None] = {
    "csv": None,
    "parquet": Format("emit.formats.parquet:write_parquet", "pyarrow", ("parquet",)),
    "xlsx": Format("emit.formats.workbook:write_workbook", "xlsxwriter", ("extract.xlsx",)),
}
"""By the name after `--format`. The CSV set itself is always written."""


def write_formats(folder: Path, names: Sequence[str]) -> None:
    """Write the CSV set in `folder` again in the formats named. Raises OutputError, MissingProgramError."""
    for name in names:
        chosen = FORMATS[name]
        if chosen is not None:
            module, _, function = chosen.writer.partition(":")
            getattr(importlib.import_module(module), function)(folder)


def outputs() -> tuple[str, ...]:
    """What the formats make at the top of the folder of a set."""
    return tuple(name for chosen in FORMATS.values() if chosen for name in chosen.outputs)
