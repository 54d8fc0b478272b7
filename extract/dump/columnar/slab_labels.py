"""The labels of a table's rows that stand in a block of words before each band of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.dump.columnar.labels import Item, label_text
from extract.dump.columnar.slab_table import SlabTable


@dataclass(frozen=True, slots=True)
class BandLabels:
    """A label a row, the words that are none, and the first item that is one or stands over the table."""

    texts: tuple[str, ...]
    heading: tuple[str, ...]
    first: int


def band_labels(items: Sequence[Item], table: SlabTable) -> BandLabels | None:
    """A label for each row, from the words right before its band; None where they are not as many."""
    height = sum(height for height, _ in table.starts)
    if len(table.figures.rows) % height:
        return None
    lines = len(table.figures.rows) // height
    taken = set(table.items)
    numbered = set(table.numbered)
    texts: list[str] = []
    labels: list[int] = []
    before = -1
    for height, start in table.starts:
        words = [i for i in range(before + 1, start) if i not in taken and _is_label(items, i, numbered)]
        found = _labels(items, words, height)
        if found is None:
            return None
        texts += [text for text, _ in found]
        labels += [i for _, own in found for i in own]
        before = start
    last = max(table.items)
    first = min(labels)
    rest = [
        i for i in range(first, last + 1) if i not in taken and i not in numbered and i not in set(labels)
    ]
    texts = [text for label in texts for text in (label, *[""] * (lines - 1))]
    return BandLabels(tuple(texts), tuple(label_text(items[i]) for i in rest), first)


def _is_label(items: Sequence[Item], i: int, numbered: set[int]) -> bool:
    own = items[i].tokens
    return not items[i].is_figures and not (i in numbered and len(own) == 1)


def _labels(items: Sequence[Item], words: Sequence[int], height: int) -> list[tuple[str, list[int]]] | None:
    """So many labels from the last blocks of words: a block of as many lines, or with lines that go on."""
    blocks: list[list[int]] = []
    for i in words:
        if blocks and items[blocks[-1][-1]].block == items[i].block and blocks[-1][-1] == i - 1:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    for block in reversed(blocks):
        if len(block) == height:
            return [(label_text(items[i]), [i]) for i in block]
        merged: list[list[int]] = []
        for i in block:
            if merged and label_text(items[i])[:1].islower():
                merged[-1].append(i)
            else:
                merged.append([i])
        if len(merged) == height or height == 1:
            merged = merged if len(merged) == height else [block]
            return [(" ".join(label_text(items[i]) for i in own), own) for own in merged]
    return None
