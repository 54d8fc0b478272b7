"""What a person may do to a table's rows and columns, as a record that fits one row of the ledger."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

OperationName = Literal[
    "text",
    "title",
    "header",
    "delete_rows",
    "delete_cols",
    "insert_row",
    "insert_col",
    "merge_rows",
    "merge_cols",
    "split_row",
    "split_col",
    "shift",
    "span",
    "unspan",
    "not_table",
    "join",
    "cut",
]
NAMES: tuple[str, ...] = get_args(OperationName)


class UnfitError(Exception):
    """An operation that the table, as it stands, does not allow. `reason` is a key of `review.words`."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason} {what}".strip())
        self.reason, self.what = reason, what


@dataclass(frozen=True, slots=True)
class Operation:
    """One change. `rows` and `cols` are names of rows and columns (`Frame`), which outlast other changes;
    `text` is what is typed, what stands between texts that are joined (`merge_cols`), from which end
    they are split (`split_col`: first, last), whither they are shifted (`shift`: left, right) or which table
    is joined; `made` the names of the row, column or table that comes to be."""

    name: OperationName
    rows: tuple[str, ...] = ()
    cols: tuple[str, ...] = ()
    text: str = ""
    made: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As the ledger keeps it: JSON, without what is empty."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False)


def operation_of(text: str) -> Operation:
    """The operation that `str` wrote. Raises ValueError for anything else."""
    found = json.loads(text)
    if not isinstance(found, dict) or found.get("name") not in NAMES:
        raise ValueError(f"no operation: {text}")
    unknown = found.keys() - {f.name for f in fields(Operation)}
    if unknown:
        raise ValueError(f"an operation of another program: {', '.join(sorted(unknown))}")
    lists = {k: tuple(map(str, found.get(k, ()))) for k in ("rows", "cols", "made")}
    return Operation(found["name"], text=str(found.get("text", "")), **lists)
