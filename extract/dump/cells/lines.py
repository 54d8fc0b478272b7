"""The cells of a dump that writes each on a line of its own: figures, texts, and what may number a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract.dump.layout.mends import SHORT_GROUP, TORN_HEAD, WHOLE_GROUP
from extract.dump.lines import SourceLine
from extract.dump.stream.mends import ranges_joined
from extract.dump.tokens import Token, numbers_kind, tokenize
from normalize.numbering import column_number, is_numbering, is_part_of_numbering
from normalize.ordinals import BULLETS, Ordinal, read_ordinal

_ALONE = 0.7  # of the figures stand on lines of their own in such a dump
_LEAST_FIGURES = 8
# What is as regular as a table's rows are is one with fewer figures, of which fewer stand alone.
_FEW_ALONE, _FEW_FIGURES = 0.5, 4
_ROW = 3  # figures on a line with words
_LEAST_MARKS, _MOST_MARKS = 3, 20  # numbers of columns, one a line
_LONGEST_MARK = 24  # signs of a column's number with its formula
_FORMULA, _COUNTS = re.compile(r"[()=+]|^A$"), re.compile(r"^[AB]$|^\(?\d{1,2}\)?(?:$|[=+])")
_SHORT_REST = re.compile(r"^\d{1,2}\)?$")
_DATE, _TORN_DATE = re.compile(r"/(?:19|20)\d\d$"), re.compile(r"\d/\d{1,2}/\d{1,3}$")
_OPERATORS = tuple("=+-–*x×:/")  # at which formulas break


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell or a line of one: its tokens, its place in the lines, the row number that it may be.

    `is_bullet` says that it may open an item of a list (`-`), `glued` that words stand on its line with it,
    `opens` that a blank line stands above it, `in_name` that it says which kind of a thing words above name.
    """

    tokens: tuple[Token, ...]
    line: int
    is_figure: bool
    ordinal: Ordinal | None = None
    is_bullet: bool = False
    glued: bool = False
    opens: bool = False
    in_name: bool = False

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True)
class CellLines:
    """The cells of lines in order, the row of column numbers that stands above them with its line, and what
    stands there when it is printed `again`."""

    cells: tuple[Cell, ...]
    numbering: str = ""
    numbering_line: int = -1
    again: tuple[str, ...] = ()


def cell_lines(lines: Sequence[SourceLine], *, few: bool = False) -> CellLines | None:
    """The cells of `lines`; None where the lines hold rows or parts of them, or hardly a figure (`few` asks
    for less)."""
    tokens = [tuple(t for t in tokenize(line.text) if t.kind != "rule") for line in lines]
    figures = [_cells_among(own) for own in tokens]
    alone = sum(
        n == 1 and all(t.kind == "figure" for t in own) for n, own in zip(figures, tokens, strict=True)
    )
    least, share = (_FEW_FIGURES, _FEW_ALONE) if few else (_LEAST_FIGURES, _ALONE)
    if sum(figures) < least or alone < share * sum(figures):
        return None
    runs = numbering_runs(tokens)
    numbered = {i for start, end in runs for i in range(start, end)}
    cells: list[Cell] = []
    blank = True
    for i, own in enumerate(tokens):
        if own and i not in numbered:
            found = _cells_of(own, i)
            if cells and not cells[-1].is_figure and numbers_kind(_words(cells[-1]), found[0].text):
                found[0] = replace(found[0], glued=True, in_name=True)
            cells += [replace(found[0], opens=blank), *found[1:]]
        blank = not own
    cells = _whole(cells)
    if not runs:
        return CellLines(tuple(cells))
    start, end = runs[0]
    marks = [" ".join(token.text for token in own) for own in tokens[start:end] if own]
    again = [own.text for a, b in runs[1:] for line in tokens[a:b] for own in line]
    return CellLines(tuple(cells), joined_numbering(marks), start, tuple(again))


def _cells_among(tokens: Sequence[Token]) -> int:
    """How many figures of a line may be cells: all where they are several, else such as no name has."""
    figures = [token for token in tokens if token.kind == "figure"]
    if len(tokens) == 1 or len(figures) >= _ROW:
        return len(figures)
    return sum(map(_is_marked, figures))


def _is_marked(token: Token) -> bool:
    """Whether a figure is none of a name's (`Đường số 2`), as its mark shows."""
    return not token.text.isdigit()


def _words(cell: Cell) -> list[str]:
    return [token.text for token in cell.tokens]


def _cells_of(tokens: Sequence[Token], line: int) -> list[Cell]:
    """The cells of a line: figures each by itself, words together; a number before words by itself."""
    figures = [t.kind in ("figure", "dash", "mark") for t in tokens]
    if all(figures):
        joined = ranges_joined(tokens)
        return [_figure(token, line, glued=False) for token in joined]
    first = tokens[0]
    ordinal = read_ordinal(first.text)
    if len(tokens) == 1:
        return [Cell((first,), line, False, ordinal or _lone_letter(first.text))]
    head: list[Cell] = []
    rest = list(tokens)
    if ordinal is not None or figures[0] or first.text in BULLETS:
        head = [_figure(first, line, glued=True)] if figures[0] else [Cell((first,), line, False, ordinal)]
        rest = rest[1:]
    tail = len(rest)
    while tail and rest[tail - 1].kind == "figure":
        tail -= 1
    if 0 < tail < len(rest) and numbers_kind([t.text for t in rest[:tail]], rest[tail].text):
        tail += 1
    if not tail:
        return [*head, *(_figure(token, line, glued=True) for token in rest)]
    words = Cell(tuple(rest[:tail]), line, False)
    behind = (replace(_figure(token, line, glued=True), ordinal=None) for token in rest[tail:])
    return [*head, words, *behind]  # no row's number stands behind words


def _lone_letter(text: str) -> Ordinal | None:
    """The number of a row that a letter alone on its line is (`a` over its label)."""
    return read_ordinal(f"{text})") if len(text) == 1 else None


def _whole(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with those put together that a narrow column tore: figures at their mark (`49.050,` over `2`)
    or in a group of three, dates in their year."""
    marks = {text[-4] for c in cells if WHOLE_GROUP.match(text := c.text.rstrip(")"))}
    out: list[Cell] = []
    for cell in cells:
        before = out[-1] if out else None
        if before is not None and not cell.opens and _goes_on(before.text, cell.text, marks):
            token = replace(before.tokens[-1], text=before.tokens[-1].text + cell.text)
            tokens = (*before.tokens[:-1], token)
            out[-1] = replace(before, tokens=tokens, ordinal=None)
        else:
            out.append(cell)
    return out


def _goes_on(head: str, rest: str, marks: set[str]) -> bool:
    """Whether a cell is the rest of a torn figure or date."""
    if TORN_HEAD.match(head):
        return bool(_SHORT_REST.match(rest))
    short = SHORT_GROUP.match(head)
    if short and short[1] in marks and WHOLE_GROUP.match(head + rest):
        return True
    return rest.isdigit() and bool(_TORN_DATE.search(head)) and bool(_DATE.search(head + rest))


def _figure(token: Token, line: int, *, glued: bool) -> Cell:
    return Cell((token,), line, True, read_ordinal(token.text), token.text in BULLETS, glued)


def numbering_runs(tokens: Sequence[Sequence[Token]]) -> list[tuple[int, int]]:
    """The runs of lines (first, end) that number the columns: a mark a line, formulas broken over lines."""
    filled = [i for i, own in enumerate(tokens) if own]
    runs: list[tuple[int, int]] = []
    k = 0
    while k < len(filled):
        places = filled[k : k + _MOST_MARKS]
        first = not any(_is_figure(tokens[i]) for i in filled[:k])
        length = max(_longest_numbering(_marks_from(tokens, places), first), _pieces_from(tokens, places))
        if length:
            runs.append((filled[k], filled[k + length - 1] + 1))
        k += length or 1
    return runs


def _pieces_from(tokens: Sequence[Sequence[Token]], places: Sequence[int]) -> int:
    """How many lines are pieces of a row of column numbers with brackets or formulas; 0 where too few."""
    own = list(takewhile(lambda i: is_part_of_numbering([t.text for t in tokens[i]]), places))
    return len(own) if len(own) >= _LEAST_MARKS else 0


def _marks_from(tokens: Sequence[Sequence[Token]], places: Sequence[int]) -> list[str]:
    """The short words that stand alone on their lines, up to a line of another kind."""
    own = takewhile(lambda i: len(tokens[i]) == 1 and len(tokens[i][0].text) <= _LONGEST_MARK, places)
    return [tokens[i][0].text for i in own]


def _is_figure(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].kind == "figure"


def _longest_numbering(marks: Sequence[str], first: bool) -> int:
    """How many of the first marks number columns; 0 where they may be figures that count on by chance, as
    few may that are not the `first`."""
    best = 0
    for length in range(_LEAST_MARKS, len(marks) + 1):
        own = marks[:length]
        told = first or length > _LEAST_MARKS or any(map(_FORMULA.search, own))
        if told and is_numbering(own) and all(map(_COUNTS.match, own)) and _ends_well(own):
            best = length
    return best


def _ends_well(marks: Sequence[str]) -> bool:
    """Whether only the first two marks are letters, and the last one counts on or is a formula."""
    last, before = (column_number(mark) or 0 for mark in (marks[-1], marks[-2]))
    return not any(map(str.isalpha, marks[2:])) and (last > before or not marks[-1].strip("()").isdigit())


def joined_numbering(lines: Sequence[str]) -> str:
    """The marks on one line, those whole that lines broke at an operator."""
    text = ""
    for mark in lines:
        goes_on = text.endswith((*_OPERATORS, "(")) or mark.startswith((*_OPERATORS, ")"))
        text += mark if goes_on else " " + mark
    return text.strip()
