"""The texts of a column below its header, gone through once for all who ask what they are."""

from __future__ import annotations

from functools import cached_property

from model.table import Table
from normalize.numbers import is_none_mark
from normalize.plain_numbers import are_bare, are_numbers, are_plain


class ColumnTexts:
    """A column's body cells, their texts, and those that say something: sections and signs for nothing left
    out of `filled`."""

    def __init__(self, table: Table, col: int) -> None:
        self.cells = table.column_values(col)
        self.all = [cell.text for cell in self.cells]
        self.filled = self._filled(table)

    def _filled(self, table: Table) -> list[str]:
        texts = self.all
        if "section" in table.row_kinds:
            kinds = table.row_kinds[table.header_rows :]
            texts = [text for text, kind in zip(texts, kinds) if kind != "section"]
        filled = [text for text in texts if text[:1].isalnum() or not is_none_mark(text)]
        return self.all if len(filled) == len(self.all) else filled

    @cached_property
    def plain(self) -> bool:
        """Whether some say something, and all that do are bare digits or plain numbers (`are_plain`)."""
        return are_plain(self.filled)

    @cached_property
    def bare(self) -> bool:
        """The same of bare digits, in groups or not (`are_bare`)."""
        texts = "".join(self.filled)
        return are_bare(self.filled) if any(sign in texts for sign in ",.%") else self.plain

    @cached_property
    def numbers(self) -> bool:
        """The same of numbers of any of these kinds (`are_numbers`)."""
        return self.plain or self.bare or are_numbers(self.filled)

    @cached_property
    def all_plain(self) -> bool:
        """Whether every cell is such a number."""
        return self.plain if self.filled is self.all else are_plain(self.all)

    @cached_property
    def all_bare(self) -> bool:
        """Whether every cell is such digits."""
        return self.bare if self.filled is self.all else are_bare(self.all)

    @cached_property
    def all_numbers(self) -> bool:
        """Whether every cell is such a number of any kind."""
        return self.numbers if self.filled is self.all else are_numbers(self.all)
