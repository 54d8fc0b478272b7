"""What a reviewer should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.copies import quick
from model.geometry import Box

Severity = Literal["info", "warning", "error"]
FlagKind = Literal[
    "total",
    "row_sum",
    "delta",
    "percent",
    "complement",
    "prose_sum",
    "cross",
    "cross_document",
    "date",
    "rank",
    "text_vs_number",
    "formula",
    "reading",
    "structure",
    "spelling",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of flag is called and where it stands among the others.

    `severity` is what it has where nothing makes it graver. `order` is its place in a reviewer's list: by
    what a wrong one costs, since sums and totals feed every later figure and spelling feeds none. `telling`:
    where one fault breaks relations of several kinds, the kind a reviewer learns most from comes first.
    `of_reading`: it says that the program may have read wrongly, not that the document is wrong.
    """

    order: int
    severity: Severity
    vi: str
    en: str
    telling: int = 99
    of_reading: bool = False


KINDS: dict[FlagKind, Kind] = {
    "total": Kind(0, "error", "tổng", "total", telling=4),
    "formula": Kind(1, "error", "công thức", "formula", telling=2),
    "row_sum": Kind(2, "warning", "cộng hàng", "row sum", telling=3),
    "percent": Kind(3, "warning", "tỷ lệ", "percent", telling=2),
    "delta": Kind(4, "warning", "tăng/giảm", "delta", telling=1),
    "complement": Kind(5, "warning", "bù nhau", "complement", telling=5),
    "cross": Kind(6, "warning", "đối chiếu trong văn bản", "cross-check", telling=7),
    "cross_document": Kind(7, "warning", "đối chiếu văn bản khác", "cross-document"),
    "prose_sum": Kind(8, "warning", "cộng trong lời văn", "prose sum", telling=6),
    "text_vs_number": Kind(9, "warning", "lời và số", "text vs number", telling=0),
    "rank": Kind(10, "warning", "xếp hạng", "rank"),
    "date": Kind(11, "warning", "ngày", "date"),
    "reading": Kind(12, "warning", "khó đọc", "reading", of_reading=True),
    "structure": Kind(13, "warning", "cấu trúc", "structure", of_reading=True),
    "spelling": Kind(14, "warning", "chính tả", "spelling", of_reading=True),
}
SEVERITIES: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}  # gravest first


@quick
@dataclass(frozen=True, slots=True)
class CellRef:
    """Names a cell of a document: `table_id`, `row`, `col` as in cells.csv."""

    table_id: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class FlagTerm:
    """One term of the relation behind a flag.

    Of a cell, or (`cell` None) of a number that stands in running text or is a constant. `amount` is that
    number; with a cell it is given only where the figure is not the cell's own value (one of several in a
    text, the second of a fraction). `divides`: the terms before it are divided by the sum of such terms.
    """

    factor: Decimal
    cell: CellRef | None = None
    amount: Decimal | None = None
    divides: bool = False

    def __str__(self) -> str:
        """`+t01:3:2`, `-2*t01:4:2`, `/t01:3:1` (a divisor), `+t01:3:5=284` (a figure in a text), `+100`."""
        sign = "-" if self.factor < 0 else "+"
        size = abs(self.factor)
        times = "" if size == 1 else f"{size.normalize():f}*"
        amount = "" if self.amount is None else f"{self.amount:f}"
        cell = self.cell
        what = amount if cell is None else f"{cell.table_id}:{cell.row}:{cell.col}"
        own = f"={amount}" if cell is not None and amount else ""
        return ("/" if self.divides else "") + sign + times + what + own


_TERM = re.compile(
    r"(?P<divides>/?)(?P<sign>[+-])(?:(?P<factor>\d+(?:\.\d+)?)\*)?"
    r"(?:(?P<table>\w+):(?P<row>\d+):(?P<col>\d+)(?:=(?P<own>-?\d+(?:\.\d+)?))?|(?P<amount>-?\d+(?:\.\d+)?))"
)


def write_terms(terms: Iterable[FlagTerm]) -> str:
    """A relation as flags.csv tells it: its terms add up to nothing, but for rounding.

    `+t01:3:2 +t01:4:2 -t01:9:2` is a total; `+100*t01:3:5 /+t01:3:4 -t01:3:6` a percentage.
    """
    return " ".join(map(str, terms))


def read_terms(text: str) -> tuple[FlagTerm, ...]:
    """The terms that `write_terms` wrote. Raises ValueError for a term of another shape."""
    return tuple(map(_term, text.split()))


def _term(text: str) -> FlagTerm:
    match = _TERM.fullmatch(text)
    if match is None:
        raise ValueError(f"not a term of a relation: {text}")
    found = match.groupdict()
    factor = Decimal(found["factor"] or 1)
    cell = CellRef(found["table"], int(found["row"]), int(found["col"])) if found["table"] else None
    amount = found["own"] or found["amount"]
    return FlagTerm(
        -factor if found["sign"] == "-" else factor,
        cell,
        Decimal(amount) if amount else None,
        bool(found["divides"]),
    )


@dataclass(frozen=True, slots=True)
class Flag:
    """One fault to look at. `row`/`col` are None where the fault is not one cell's.

    `message` is one plain Vietnamese sentence with the figures in it. `found` is what stands there,
    `expected` what the program believes (empty when it has no belief). `check` names the rule or reader
    that raised it. `cells` are the other cells of the failing relations; `terms` the relation that the
    message tells of.
    """

    kind: FlagKind
    severity: Severity
    message: str
    table_id: str = ""
    row: int | None = None
    col: int | None = None
    page: int = 0
    box: Box | None = None
    found: str = ""
    expected: str = ""
    context: str = ""
    check: str = ""
    cells: tuple[CellRef, ...] = ()
    terms: tuple[FlagTerm, ...] = ()
