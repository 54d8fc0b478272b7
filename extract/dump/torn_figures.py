"""Figures that a narrow column tore over two lines (`400.00` over `0`), made whole in dumps of a cell a line.

The rest of a figure stands below its head in the same block of lines: right below it, or after the other
cells of its row. Which of the two a page's reader wrote is told by all torn figures of the page together. A
row that the page's end cut in two has its rests at the top of the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Literal

from extract.dump.layout.mends import SHORT_GROUP, TORN_HEAD, WHOLE_GROUP
from extract.dump.lines import SourceLine
from extract.dump.tokens import kind_of
from normalize.captions import page_number
from normalize.ordinals import read_ordinal

_WORD = re.compile(r"\S+")
_REST = re.compile(r"\d{1,2}\)?|\d{3}(?:[.,]\d{3})*\)?")
_LEAST_WHOLE = 2  # figures of a mark's groups, for the mark to be one of groups
_MOSTLY = 0.8  # of the heads of a page have a rest
_FIRST, _LAST = 0, 1  # which of the short figures after heads are their rests


@dataclass(frozen=True, slots=True)
class _Piece:
    """A head, what may be a rest, or a whole figure: its text, its line's place in the dump, its place in the
    line."""

    text: str
    line: int
    start: int
    kind: Literal["head", "rest", "whole"]


@dataclass(frozen=True, slots=True)
class _Group:
    """Heads with what stands after them, up to the next head, a whole figure of groups, or the end of their
    block of lines."""

    heads: tuple[_Piece, ...]
    rests: tuple[_Piece, ...]

    def pairs(self, policy: int) -> list[tuple[_Piece, _Piece]]:
        """Each head with its rest, the first or the last ones of those; [] where they do not fit."""
        count = len(self.heads)
        if len(self.rests) < count:
            return []
        chosen = self.rests[:count] if policy == _FIRST else self.rests[len(self.rests) - count :]
        pairs = list(zip(self.heads, chosen, strict=True))
        return pairs if all(WHOLE_GROUP.match(head.text + rest.text) for head, rest in pairs) else []


def with_whole_figures(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with torn figures whole in the place of their heads, on each page whose heads mostly have a
    rest, and without those that held nothing but rests."""
    marks = _group_marks(lines)
    if not marks:
        return list(lines)
    pairs: list[tuple[_Piece, _Piece]] = []
    open_heads: list[_Piece] = []
    for _, page in groupby(enumerate(lines), key=lambda item: item[1].page):
        groups = list(_groups(list(page), marks))
        pairs += _over_pages(open_heads, groups)
        own = max((_paired(groups, policy) for policy in (_FIRST, _LAST)), key=_worth)
        heads = [head for group in groups for head in group.heads]
        if len(own) < _MOSTLY * len(heads):
            open_heads = []
            continue
        pairs += own
        paired = {head for head, _ in own}
        open_heads = [head for head in heads if head not in paired]
    return _joined(lines, pairs)


def _group_marks(lines: Sequence[SourceLine]) -> set[str]:
    """The marks that part groups of three in the dump: no figure with one ends in a shorter group unless it
    is torn."""
    found: dict[str, int] = {}
    for line in lines:
        for word in line.text.split():
            if WHOLE_GROUP.match(word):
                mark = word.rstrip(")")[-4]
                found[mark] = found.get(mark, 0) + 1
    return {mark for mark, count in found.items() if count >= _LEAST_WHOLE}


def _groups(page: Sequence[tuple[int, SourceLine]], marks: set[str]) -> Iterator[_Group]:
    """The page's heads with their possible rests; at the end the rests above the first heads of their blocks,
    as a group without heads."""
    before: list[_Piece] = []
    for blank, block in groupby(page, key=lambda item: item[1].blank):
        if blank:
            continue
        heads: list[_Piece] = []
        rests: list[_Piece] = []
        for piece in _pieces(list(block), marks):
            if piece.kind == "rest":
                rests.append(piece)
                continue
            if not heads and piece.kind == "head":
                before += rests
                rests = []
            elif rests or piece.kind == "whole":
                if heads:
                    yield _Group(tuple(heads), tuple(rests))
                heads, rests = [], []
            if piece.kind == "head":
                heads.append(piece)
        if heads:
            yield _Group(tuple(heads), tuple(rests))
    if before:
        yield _Group((), tuple(before))


def _pieces(block: Sequence[tuple[int, SourceLine]], marks: set[str]) -> Iterator[_Piece]:
    for i, line in block:
        text = line.text
        words = list(_WORD.finditer(text))
        if page_number(text) == line.page:
            continue
        short = all(_REST.fullmatch(word[0]) for word in words)
        ends = len(words) - sum(1 for _ in takewhile(lambda w: kind_of(w[0]) == "figure", reversed(words)))
        for k, word in enumerate(words):
            if k >= ends and _is_head(word[0], marks):
                yield _Piece(word[0], i, word.start(), "head")
            elif WHOLE_GROUP.match(word[0]):
                yield _Piece(word[0], i, word.start(), "whole")
            elif short:
                yield _Piece(word[0], i, word.start(), "rest")


def _is_head(word: str, marks: set[str]) -> bool:
    """Whether a word is a figure that ends at its mark or in a group of fewer than three."""
    if match := SHORT_GROUP.match(word):
        return match[1] in marks
    return bool(TORN_HEAD.match(word)) and word[-1] in marks and read_ordinal(word) is None


def _over_pages(heads: Sequence[_Piece], groups: Sequence[_Group]) -> list[tuple[_Piece, _Piece]]:
    """The heads that the page before left without a rest, with the first rests of this one where these are
    as many."""
    loose = [group for group in groups if not group.heads]
    if not heads or not loose or len(loose[0].rests) != len(heads):
        return []
    return _Group(tuple(heads), loose[0].rests).pairs(_FIRST)


def _paired(groups: Sequence[_Group], policy: int) -> list[tuple[_Piece, _Piece]]:
    return [pair for group in groups for pair in group.pairs(policy)]


def _worth(pairs: Sequence[tuple[_Piece, _Piece]]) -> tuple[int, int]:
    """How much speaks for a way to pair: the heads that have a rest, then how often the rests are alike, as
    those of round amounts are and the figures of another column are not."""
    texts = [rest.text for _, rest in pairs]
    return len(pairs), max((texts.count(text) for text in sorted(set(texts))), default=0)


def _joined(lines: Sequence[SourceLine], pairs: Sequence[tuple[_Piece, _Piece]]) -> list[SourceLine]:
    """The lines with each rest moved to its head, those that are empty then left out."""
    changes: dict[int, list[tuple[int, int, str]]] = {}
    for head, rest in pairs:
        changes.setdefault(head.line, []).append(
            (head.start, head.start + len(head.text), head.text + rest.text)
        )
        changes.setdefault(rest.line, []).append((rest.start, rest.start + len(rest.text), ""))
    out: list[SourceLine] = []
    for i, line in enumerate(lines):
        text = line.text
        for start, end, new in sorted(changes.get(i, ()), reverse=True):
            text = text[:start] + new + text[end:]
        if text.strip() or line.blank:
            out.append(replace(line, text=text) if i in changes else line)
    return out
