"""The rows of a long file by their columns, as they are kept, and written so. Most columns of a large sheet's
cells are one text or a few; rows are made of them for those only who ask for rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice, repeat
from typing import overload

from emit.texts import Column, Row

_SPECIAL = re.compile('[,"\r\n]')  # what a field is, or may be, put in quotes for
_TOGETHER = 10_000  # rows that are one text in memory


class Listed(Sequence[Row]):
    """Rows of one length by their columns, `length` of them."""

    __slots__ = ("columns", "length")

    def __init__(self, columns: Sequence[Column], length: int) -> None:
        self.columns, self.length = columns, length

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Row]:
        return zip(*(repeat(c, self.length) if isinstance(c, str) else c for c in self.columns))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return tuple(self)[at]
        return tuple(c if isinstance(c, str) else c[at] for c in self.columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def parts(self, column: int) -> Iterator[tuple[str, Listed]]:
        """The rows by the text that they have in a column, as long as they stand together."""
        told = self.columns[column]
        if isinstance(told, str):
            yield told, self
            return
        begin = 0
        for text, found in groupby(told):
            end = begin + sum(1 for _ in found)
            cut = [c if isinstance(c, str) else c[begin:end] for c in self.columns]
            yield text, Listed(cut, end - begin)
            begin = end


def write_listed(write: Callable[[str], object], listed: Listed, first: str) -> None:
    """Write rows as `csv` does, with lines that end in a line feed, each behind a field `first`."""
    quoted: dict[int, Sequence[str]] = {}
    parts: list[Iterable[str]] = []
    between = _quoted(first)
    for column in listed.columns:
        if isinstance(column, str):
            between += f",{_quoted(column)}"
            continue
        if id(column) not in quoted:
            quoted[id(column)] = _all_quoted(column)
        parts += [repeat(f"{between},"), quoted[id(column)]]
        between = ""
    parts.append(repeat(f"{between}\n", listed.length))
    lines = map("".join, zip(*parts))
    while together := "".join(islice(lines, _TOGETHER)):
        write(together)


def _all_quoted(texts: Sequence[str]) -> Sequence[str]:
    """The fields of texts; most columns have none that needs quotes."""
    distinct = set(texts)
    if _SPECIAL.search("".join(distinct)) is None:
        return texts
    fields = {text: _quoted(text) for text in distinct}
    return [fields[text] for text in texts]


def _quoted(text: str) -> str:
    """The field that `csv` writes for a text; the rules for which signs it does so have changed."""
    if _SPECIAL.search(text) is None:
        return text
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow((text, ""))
    return line.getvalue().removesuffix(",\n")
