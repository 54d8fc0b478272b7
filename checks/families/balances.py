"""What is left over: pending = carried over + received - settled (- returned), by the words of headers.

Stocks and accounts are of the same kind: at the end = at the beginning + in - out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from checks.families.columns import over_rows
from checks.figures import Book
from checks.relation import Relation
from checks.template import accept, weigh
from checks.view import NO_SUM, Sheet

_PHASES = (
    (
        "carried",
        re.compile(
            r"\b(?:ky|thang|quy|nam) truoc\b.*\b(?:chuyen|sang)\b|\bchuyen (?:sang|qua)\b|\bton dau\b"
            r"|\bdau (?:ky|thang|quy|nam)\b"
        ),
    ),
    (
        "pending",
        re.compile(
            r"\b(?:dang|chua) (?:giai quyet|xu ly)\b|\bcon lai\b|\bton (?:cuoi|dong)\b"
            r"|\bcuoi (?:ky|thang|quy|nam)\b"
        ),
    ),
    (
        "settled",
        re.compile(
            r"\bda (?:giai quyet|xu ly|tra)\b|\bgiai quyet (?:xong|trong ky)\b|^(?:so )?(?:xuat|giam)\b"
            r"|\bphat sinh giam\b|\bxuat (?:kho|trong)\b|\bgiam trong\b"
        ),
    ),
    ("returned", re.compile(r"\brut\b|\btra lai\b|\btu choi\b|\bkhong (?:du dieu kien|thu ly)\b")),
    (
        "received",
        re.compile(
            r"\btiep nhan\b|\bmoi nhan\b|\bnhan trong ky\b|^(?:so )?(?:nhap|tang)\b|\bphat sinh tang\b"
            r"|\bnhap (?:kho|trong)\b|\btang trong\b"
        ),
    ),
)
_NEEDED = frozenset({"carried", "received", "settled", "pending"})
# Received with what was carried over: both in one column.
_TOGETHER = re.compile(r"\btiep nhan\b.*\b(?:ca|gom|va)\b.*\btruoc\b")
_OF_STOCK = re.compile(r"\bdau\b")
_DOSSIERS = "số kỳ trước chuyển sang, cộng số tiếp nhận, trừ số đã giải quyết"
_STOCK = "số đầu kỳ, cộng số tăng (nhập), trừ số giảm (xuất)"
_SHARE = 0.6
_ROWS, _DIGITS = 3, 7.0  # of a balance that no words tell: different rows, and what they say together
_FEWEST_MOVES, _MOST_MOVES = 2, 4  # columns of what came and went


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """The balance of every row, where the table has one column of each of the four, or one of what each phase
    is counted in (`Số lượng`, `Thành tiền` under `Tồn đầu kỳ`, `Nhập`, `Xuất`, `Tồn cuối kỳ`)."""
    columns = phase_columns(sheet)
    if columns.keys() >= _NEEDED:
        yield from _balanced(book, sheet, columns)
    elif measured := _measured(sheet):
        for columns in measured:
            yield from _balanced(book, sheet, columns)
    else:
        yield from _of_place(book, sheet, columns)


def _balanced(book: Book, sheet: Sheet, columns: Mapping[str, int]) -> Sequence[Relation]:
    """The balance of every row over such columns; less what was handed back or withdrawn, where the table
    prints that and the rows say that it counts."""
    balance = [(columns["carried"], 1), (columns["received"], 1), (columns["settled"], -1)]
    words = _STOCK if _OF_STOCK.search(sheet.head(columns["carried"])) else _DOSSIERS
    tried = [(balance, words)]
    if "returned" in columns:
        tried.insert(0, ([*balance, (columns["returned"], -1)], f"{words} và số rút, trả lại"))
    for parts, told in tried:
        relations = over_rows(sheet, columns["pending"], parts, kind="row_sum", source="header", words=told)
        if relations and (found := accept(book, relations, _SHARE, 2)):
            return found
    return ()


def _measured(sheet: Sheet) -> list[dict[str, int]]:
    """The columns of each phase by what they are counted in, where the headings over them name the phases."""
    found: dict[str, dict[str, int]] = {}
    for col in sheet.numeric:
        if sheet.column(col).role not in NO_SUM and (name := _phase(" ".join(sheet.group(col)))):
            found.setdefault(sheet.leaf(col), {}).setdefault(name, col)
    return [columns for columns in found.values() if columns.keys() >= _NEEDED]


def _phase(words: str) -> str:
    return next((name for name, pattern in _PHASES if pattern.search(words)), "")


def _of_place(book: Book, sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Relation]:
    """Stocks at the beginning and at the end with what came and went in two columns or a few between them,
    whatever these are called: which of them is taken away is told by the figures."""
    first, last = columns.get("carried"), columns.get("pending")
    if first is None or last is None or not _OF_STOCK.search(sheet.leaf(first)):
        return
    between = [c for c in sheet.numeric if first < c < last and sheet.column(c).role not in NO_SUM]
    if not _FEWEST_MOVES <= len(between) <= _MOST_MOVES:
        return
    best: list[Relation] = []
    held = 0.0
    for signs in product((1, -1), repeat=len(between)):
        parts = [(first, 1), *zip(between, signs, strict=True)]
        relations = over_rows(sheet, last, parts, kind="row_sum", source="discovered", words=_STOCK)
        found = accept(book, relations, _SHARE, _ROWS, _DIGITS, 1 << len(between)) if relations else []
        if found and (share := weigh(book, relations).share) > held:
            best, held = found, share
    yield from best


def phase_columns(sheet: Sheet) -> dict[str, int]:
    """The column of each phase: the first whose own words say so, else the total under a header that does."""
    counts = [c for c in sheet.numeric if sheet.column(c).role not in NO_SUM]
    totals = [c for c in counts if sheet.leaf(c).startswith("tong")]
    out: dict[str, int] = {}
    for col, words in (*((c, sheet.leaf(c)) for c in counts), *((c, sheet.head(c)) for c in totals)):
        name = "received" if _TOGETHER.search(words) else ""
        name = name or _phase(words)
        if name and name not in out and col not in out.values():
            out[name] = col
    return out
