"""Faults in plain Vietnamese: what stands there, what it should be, and how far off it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from checks.figures import Book
from checks.relation import Figure, Relation
from checks.view import Sheet
from model.flag import KINDS, FlagKind
from model.value import DecimalMark

_SIDES: dict[FlagKind, str] = {
    "total": "cộng các dòng được",
    "row_sum": "cộng các cột thành phần được",
    "delta": "hiệu hai kỳ là",
    "percent": "tính lại được",
    "complement": "phần còn lại cho đủ 100% là",
    "prose_sum": "cộng các phần được",
    "cross": "nơi khác trong văn bản ghi",
    "text_vs_number": "lời ghi bên cạnh là",
    "formula": "theo công thức là",
}
_DIFFERENCE = "cộng, trừ các cột liên quan được"
_KIND_NAMES = re.compile("|".join(rf"\b{kind}\b" for kind in KINDS))  # as repairs keep them
_LONGEST_NAME = 90
_RIVALS = 2  # figures named that might be wrong instead
_LARGE = 10_000  # an amount from here on is a count, whatever decimals a misreading gave it


def number(amount: Decimal, mark: DecimalMark, step: Decimal | None = None) -> str:
    """An amount as these documents print it: groups of three, the document's decimal mark."""
    if step is not None and step < 1 and abs(amount) < _LARGE:
        amount = amount.quantize(step)
    elif amount == amount.to_integral_value():
        amount = amount.quantize(Decimal(1))
    whole, _, fraction = format(abs(amount), "f").partition(".")
    group = "." if mark == "," else ","
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = group.join([whole, *groups]) + (mark + fraction if fraction else "")
    return ("-" if amount < 0 else "") + text


def amount_of(figure: Figure, amount: Decimal, mark: DecimalMark) -> str:
    """An amount as a figure is printed: with its decimals, and with its scale word where it has one."""
    if not figure.power:
        return number(amount, mark, figure.step)
    scale = re.sub(r"^[\d.,\s]+", "", figure.shown)
    scaled = amount.scaleb(-figure.power).normalize()
    places = max(-int(figure.step.as_tuple().exponent) + figure.power, -int(scaled.as_tuple().exponent))
    return f"{number(scaled, mark, Decimal(1).scaleb(-places))} {scale}"


def shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"


def name_of(book: Book, sheets: dict[str, Sheet], figure: Figure) -> str:
    """What a figure is called: its row and column, or the sentence's subject."""
    if figure.ref is None:
        return shorten(figure.name or figure.context)
    sheet = sheets[figure.ref.table_id]
    label = sheet.label(figure.ref.row).rstrip(" :.")
    column = sheet.column(figure.ref.col)
    path = list(dict.fromkeys(p for p in column.path if p.strip()))
    head = " – ".join(path[-2:])
    name = f"{shorten(label)}, cột “{shorten(head)}”" if label and head else shorten(label or head)
    return name or f"Dòng {figure.ref.row + 1}, cột {figure.ref.col + 1}"


def sentence(
    book: Book,
    sheets: dict[str, Sheet],
    relation: Relation,
    kind: FlagKind,
    figure: Figure,
    believed: Decimal,
) -> str:
    """`X ghi 79, cộng các đơn vị được 81; lệch 2.`"""
    mark = book.mark
    unit = "%" if figure.percent and kind in ("percent", "complement") else ""
    found = amount_of(figure, figure.amount, mark) + unit
    wanted = amount_of(figure, believed, mark) + unit
    off = amount_of(figure, abs(figure.amount - believed), mark)
    subtracts = kind == "row_sum" and any(t.factor * relation.scale < 0 for t in relation.parts)
    side = relation.words or (_DIFFERENCE if subtracts else _SIDES.get(kind, "đúng ra là"))
    name = name_of(book, sheets, figure)
    if relation.words:
        side = f"{relation.words} là" if not relation.words.startswith("cộng") else f"{relation.words} được"
    return f"{name} ghi {found}, {side} {wanted}; lệch {off}."


def with_rivals(
    book: Book, sheets: dict[str, Sheet], message: str, rivals: Sequence[tuple[int, Decimal]]
) -> str:
    """A sentence of a fault with the figures that might be wrong instead, and what they would be."""
    told = []
    for n, amount in rivals[:_RIVALS]:
        figure = book.figures[n]
        wanted = amount_of(figure, amount, book.mark)
        told.append(f"{name_of(book, sheets, figure)} (khi đó là {wanted})")
    return f"{message.rstrip('.')}; cũng có thể sai ở {' hoặc '.join(told)}." if told else message


def doubt(label: str, column: str, printed: str, expected: str) -> str:
    """The sentence of a reading that nothing confirms."""
    where = f"{shorten(label)}, cột “{shorten(column)}”" if label and column else shorten(label or column)
    where = f" ở {where}" if where else ""
    hint = f"; có thể là {expected}" if expected else ""
    return f"Không chắc đã đọc đúng “{printed}”{where}{hint}; cần xem lại bản gốc."


def mended(label: str, column: str, old: str, new: str, why: str) -> str:
    """The sentence of a reading that was put right."""
    where = f"{shorten(label)}, cột “{shorten(column)}”" if label and column else shorten(label or column)
    reason = _KIND_NAMES.sub(lambda found: KINDS[cast(FlagKind, found[0])].vi, why)
    return f"{where}: đọc là “{old or 'ô trống'}”, sửa thành {new} vì khớp với {reason}."
