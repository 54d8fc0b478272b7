"""Row numbers and labels of a table written column after column: which lines are labels, one for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.lines import SourceLine
from extract.dump.tokens import Token, join_words
from extract.tables.rows import is_total
from normalize.ordinals import Ordinal, read_ordinal


@dataclass(frozen=True, slots=True)
class Item:
    """A line that is not blank: its tokens, and which block of lines without a blank one it stands in."""

    line: SourceLine
    tokens: tuple[Token, ...]
    block: int

    @property
    def is_figures(self) -> bool:
        return all(t.kind in ("figure", "dash") for t in self.tokens)

    @property
    def ordinal(self) -> Ordinal | None:
        """The row number that the line is, or opens with."""
        return read_ordinal(self.tokens[0].text) if self.tokens else None


@dataclass(frozen=True, slots=True)
class Labels:
    """A label a row, the words that are none, and whether no other choice of labels fits the rows."""

    texts: tuple[str, ...]
    heading: tuple[str, ...]
    sure: bool


def labels_of(items: Sequence[Item], count: int) -> Labels | None:
    """One label for each of `count` row numbers and for each total row without one; None where the texts do
    not fit that number. A label is a line, a block of lines, or a line with those that go on in small
    letters; the first words may be the column's heading, the last blocks those of the next columns."""
    lines = [label_text(item) for item in items]
    blocks: dict[int, list[str]] = {}
    for item, text in zip(items, lines, strict=True):
        blocks.setdefault(item.block, []).append(text)
    merged: list[str] = []
    for text in lines:
        if merged and text[:1].islower():
            merged[-1] += " " + text
        else:
            merged.append(text)
    whole = [" ".join(block) for block in blocks.values()]
    for texts, ends in ((whole, range(1, len(whole))), (lines, _ends(items)), (merged, ())):
        cuts = [(head, tail) for head in range(len(texts)) for tail in (0, *ends)]
        fits = [cut for cut in cuts if _fit(texts[cut[0] : len(texts) - cut[1]], count)]
        if fits:
            head, tail = max(fits, key=lambda cut: _likeness(texts[cut[0] : len(texts) - cut[1]]))
            end = len(texts) - tail
            return Labels(tuple(texts[head:end]), (*texts[:head], *texts[end:]), len(fits) == 1)
    return None


def _likeness(labels: Sequence[str]) -> int:
    """How many of the labels begin as names do, and how many with the same word as another (`Xã`): the words
    of headings are broken anywhere, and few begin alike."""
    begins = Counter(label.split()[0] for label in labels if label.split())
    capitals = sum(label[:1].isupper() for label in labels)
    return capitals + sum(count for count in begins.values() if count > 1)


def _fit(labels: Sequence[str], count: int) -> bool:
    """Whether labels are one for each row number, and more only for total rows."""
    totals = sum(is_total([text]) for text in labels)
    return bool(labels) and count <= len(labels) <= count + totals


def _ends(items: Sequence[Item]) -> list[int]:
    """How many lines the last block has, the last two, and so on: all but the first."""
    blocks = [item.block for item in items]
    return [i for i in range(1, len(blocks)) if blocks[-i] != blocks[-i - 1]]


def label_text(item: Item) -> str:
    """A line's text without the row number it opens with."""
    opens = item.ordinal is not None and len(item.tokens) > 1
    return join_words(list(item.tokens[1:] if opens else item.tokens))


def numbers_beside(found: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """The row numbers beside their labels: total rows over the count have none."""
    spare = len(labels) - len(found)
    rest = list(found)
    numbers = []
    for label in labels:
        if spare and is_total([label]):
            spare -= 1
            numbers.append("")
        else:
            numbers.append(rest.pop(0))
    return tuple(numbers)


def labels_by_numbers(items: Sequence[Item], numbered: Sequence[int], words: Sequence[Item]) -> Labels | None:
    """The labels beside row numbers that have one; the other texts, as many as the row numbers without, in
    order beside those. None where they are not as many."""
    beside = {items[i].line.number for i in numbered if len(items[i].tokens) > 1}
    loose = [item for item in words if item.line.number not in beside]
    bare = [i for i in numbered if len(items[i].tokens) == 1]
    if len(loose) != len(bare):
        return None
    rest = iter(loose)
    texts = [label_text(items[i] if len(items[i].tokens) > 1 else next(rest)) for i in numbered]
    return Labels(tuple(texts), (), False)


def beside_rows(
    numbers: Sequence[str], labels: Sequence[str], total: int | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The row numbers and labels beside their rows: all but a total row first or last have a number, or none
    has. Which of the two it is the figures tell (`total`), else the labels; a total's label that was written
    at the other end stands beside its figures."""
    if len(numbers) != len(labels) - 1:
        return (tuple(numbers) if len(numbers) == len(labels) else ("",) * len(labels)), tuple(labels)
    named = next((row for row in (0, len(labels) - 1) if is_total([labels[row]])), None)
    first = (named if total is None else total) == 0
    if named is not None and first != (named == 0):
        labels = (labels[-1], *labels[:-1]) if first else (*labels[1:], labels[0])
    return (("", *numbers) if first else (*numbers, "")), tuple(labels)
