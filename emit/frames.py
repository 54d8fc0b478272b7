"""The CSV set as pandas data frames: typed, without the escapes that spreadsheets need.

from emit.frames import read_frames
cells = read_frames("csv/")["cells"]
cells[cells.status == "doubtful"]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from emit.columns import FILES, FileSchema
from emit.escape import unescape
from model.errors import NothingReadError
from normalize.totals import is_total_label
from normalize.unicode import fold

# Pandas' nullable types: an empty cell stays empty and a whole number stays whole.
_TYPES: dict[str, Any] = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def read_frames(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Every file of a CSV set by its name (`documents`, `cells`, ...). Texts that are empty are ''.

    Raises NothingReadError where `folder` holds no CSV set.
    """
    folder = Path(folder)
    missing = [s.file for s in FILES if not (folder / s.file).is_file()]
    if missing:
        raise NothingReadError(f"{folder}: no CSV set here ({missing[0]} is missing)")
    return {schema.name: read_frame(folder / schema.file, schema) for schema in FILES}


def read_frame(path: Path, schema: FileSchema) -> pd.DataFrame:
    """One file of the set as a data frame."""
    return pd.concat(frame_batches(path, schema), ignore_index=True)


def frame_batches(path: Path, schema: FileSchema, rows: int = 20_000) -> Iterator[pd.DataFrame]:
    """One file of the set, `rows` rows at a time; at least one frame, be it empty."""
    reader = pd.read_csv(
        path, dtype="string", encoding="utf-8-sig", keep_default_na=False, na_filter=False, chunksize=rows
    )
    with reader:
        found = False
        for frame in reader:
            found = True
            yield _typed(frame, schema)
    if not found:
        yield _typed(pd.DataFrame(columns=list(schema.columns), dtype="string"), schema)


def _typed(frame: pd.DataFrame, schema: FileSchema) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for field in schema.fields:
        column = frame[field.name]
        if field.type == "string":
            columns[field.name] = column.map(unescape).astype("string")
        elif field.type == "boolean":
            columns[field.name] = column.map({"true": True, "false": False}).astype("boolean")
        else:
            columns[field.name] = pd.to_numeric(column.replace("", pd.NA)).astype(_TYPES[field.type])
    return pd.DataFrame(columns)


def indicator_table(folder: str | Path, indicator: str) -> pd.DataFrame:
    """One indicator of the panel: a row a place (code and name), a column a day or period.

    The name is told without case and marks; of an indicator with parts (`số hồ sơ / tổng số`,
    `/ trực tuyến`) the first name alone means the total. Where documents give different figures for the same
    place and day, the first in document order stands; flags.csv names the conflict. Raises NothingReadError
    where `folder` holds no CSV set, or no such indicator.
    """
    panel = read_frames(folder)["observations"]
    meant = _indicator(list(dict.fromkeys(panel["indicator"])), indicator)
    wanted = panel[panel["indicator"] == meant]
    return wanted.pivot_table(
        index=["place_code", "place_name"], columns="as_of", values="value", aggfunc="first", sort=True
    )


def _indicator(known: list[str], name: str) -> str:
    """The indicator that a name means. Raises NothingReadError where there is none, or several."""
    wanted = fold(name)
    whole = [k for k in known if fold(k) == wanted]
    columns = {k: fold(k.rpartition(": ")[2]) for k in known}  # without the table's title
    named = [k for k, column in columns.items() if column == wanted]
    below = [k for k, column in columns.items() if column.startswith(f"{wanted} /")]
    totals = [k for k in below if is_total_label(k.rpartition(" / ")[2])]
    found = whole or named or totals or below
    if len(found) == 1:
        return found[0]
    listed = ", ".join(found or known)
    raise NothingReadError(f"no one indicator is called {name!r}", f"There are: {listed}." if listed else "")
