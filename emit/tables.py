"""A table as a person wants it: one header row, normalized values, repaired texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from emit.columns import CELLS
from emit.escape import escape, unescape
from emit.listed import Listed
from emit.texts import Row

_NAME_BYTES = 240  # file systems take 255; the rest is for what a temporary name adds
_PATH_BYTES = 3000  # Linux takes 4096
_TABLE_FILE = re.compile(r"t\d+\.csv")
_AT = {name: index - 1 for index, name in enumerate(CELLS.columns)}  # rows carry no doc_id
_ROW, _COL, _COLUMN, _IS_HEADER = (_AT[name] for name in ("row", "col", "column", "is_header"))
_VALUE, _OF, _ANCHOR, _TEXT = (_AT[name] for name in ("value", "of", "anchor", "text"))


def table_folder(doc_id: str) -> str:
    """Where a document's plain tables lie, below the output folder: `tables/<doc_id>`.

    A name too long for a file system is cut and told apart by a hash; a folder that is called like a
    table's file gets a `_`, since both may stand at the same place.
    """
    parts = [_component(part) for part in doc_id.split("/")]
    path = "/".join(parts)
    if len(path.encode()) > _PATH_BYTES:
        path = hashlib.sha256(doc_id.encode()).hexdigest()[:32]
    return f"tables/{path}"


def table_file(table_id: str) -> str:
    """The name of a table's file in its document's folder. An id from a set that somebody changed may hold
    anything."""
    return _component(table_id.replace("/", "_")) + ".csv"


def _component(part: str) -> str:
    """A part of a path as the name of one file or folder below the one before it."""
    part = part.replace("\0", "_").replace("\\", "_")
    if not part.strip("."):
        return "_" * max(1, len(part))  # nothing, `.` and `..` name no folder of their own
    if _TABLE_FILE.fullmatch(part):
        return part + "_"
    data = part.encode()
    if len(data) <= _NAME_BYTES:
        return part
    digest = hashlib.sha256(data).hexdigest()[:16]
    return data[: _NAME_BYTES - 20].decode("utf-8", "ignore") + "~" + digest


def person_table(cells: Sequence[Row]) -> list[Row]:
    """Rows of one table's plain CSV from its rows of cells.csv (without doc_id, in grid order).

    The first row is the header: each column's path of header texts, made unique. A fraction keeps both
    figures (`1784/1784`); a cell that spans several columns of a row stands in the first one.
    """
    if isinstance(cells, Listed) and (rows := _of_columns(cells)):
        return rows
    n_cols = max((int(col) for col in {c[_COL] for c in cells}), default=-1) + 1
    if n_cols == 0:
        return []
    names = [""] * n_cols
    body: dict[str, list[str]] = {}
    for cell in cells:
        row, col = cell[_ROW], int(cell[_COL])
        names[col] = names[col] or unescape(cell[_COLUMN])
        if cell[_IS_HEADER] != "true":
            if row not in body:
                body[row] = [""] * n_cols
            body[row][col] = _shown(cell)
    return [_header(names), *(tuple(body[r]) for r in sorted(body, key=int))]


def _of_columns(cells: Listed) -> list[Row]:
    """The same of a table that stands whole, row by row, header rows first, as all do that nobody changed,
    and whose cells print one figure or text each; nothing for any other."""
    flags, columns = cells.columns[_IS_HEADER], cells.columns[_COL]
    if cells.columns[_OF] or cells.columns[_ANCHOR] or isinstance(columns, str) or isinstance(flags, str):
        return []
    numbers = list(map(str, range(cells.length)))
    n_cols = columns.index("0", 1) if columns.count("0") > 1 else cells.length
    n_rows, rest = divmod(cells.length, n_cols)
    header = flags.index("false") // n_cols if "false" in flags else n_rows
    if (
        rest
        or columns != numbers[:n_cols] * n_rows
        or cells.columns[_ROW] != [number for number in numbers[:n_rows] for _ in range(n_cols)]
        or flags != ["true"] * (header * n_cols) + ["false"] * ((n_rows - header) * n_cols)
    ):
        return []
    paths, values, texts = (
        [told] * cells.length if isinstance(told := cells.columns[at], str) else told
        for at in (_COLUMN, _VALUE, _TEXT)
    )
    names = [next(filter(None, paths[col::n_cols]), "") for col in range(n_cols)]
    below = header * n_cols
    shown = [value or text for value, text in zip(values[below:], texts[below:])]
    return [_header([unescape(name) for name in names]), *zip(*[iter(shown)] * n_cols)]


def _shown(cell: Row) -> str:
    value, of, anchor = cell[_VALUE], cell[_OF], cell[_ANCHOR]
    if anchor and not value and anchor.startswith(f"{cell[_ROW]}:"):
        return ""
    if value and of:
        return f"{value}/{of}"
    return value or cell[_TEXT]


def _header(names: Sequence[str]) -> Row:
    seen: dict[str, int] = {}
    out = []
    for index, path in enumerate(names, start=1):
        name = " ".join(path.split()) or f"cột {index}"
        seen[name] = seen.get(name, 0) + 1
        out.append(escape(name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(out)
