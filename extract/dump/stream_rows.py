"""Where the rows of a stream dump begin and end: a shortest path over the lines.

Ordinals that run on, a full set of figures, total words and known places speak for a row; two sets of
figures or a row number inside it speak against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum

from extract.dump.lines import SourceLine
from extract.dump.ordinals import Ordinal, read_ordinal, succession_cost
from extract.dump.tokens import FigureLine, Token, cut_line, join_words
from normalize.totals import begins_with_sum

_LONGEST_ROW = 40
# What it costs to take a line that begins with a capital for the end of the row above it.
_TEXT_AFTER = 0.5
# A first word without figures after it is a row number only where it follows the last one better than this.
_UNLIKELY_NEXT = 1.5
_RUNS_ON = 0.25
_ORDINAL_LOOKS = {"I": "1", "l": "1", "i": "1", "|": "1", "j": "1", "}": "1"}
_RUN_BEFORE_WORDS = 3  # figures in a row that are cells though words follow
_SURE_NEXT = 0.3  # nats of a lone row number that runs on
_ROW_COST = 0.05  # nats a line of a row
_FIGURE_OVER = 1.2  # nats a figure more than the columns
_MOST_OVER = 6  # figures after which one more is no worse
_LACKING = 0.6  # nats where figures lack
_WITHOUT = 0.9  # nats of a row without any
_NEARLY_ALL = 0.7  # of the columns: a line with so many figures is a row's own
_SECOND_SET = 4.0  # nats of a second set of figures in one row
_SURELY_PLACE = 0.8
_KNOWN_LABEL = 0.2  # nats of a row without a number that a total or a place opens
_UNNUMBERED_SHORT = 1.4
_UNNUMBERED = 0.8
_NUMBER_INSIDE = 3.0  # nats of a row number with figures inside a row
_BARE_NUMBER_INSIDE = 1.8


@dataclass(frozen=True, slots=True)
class StreamLine:
    """A line of a stream with what it may be: its figures, and the row numbers its first word may be."""

    line: SourceLine
    run: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    ordinals: tuple[Ordinal, ...] = ()
    blanks_above: int = 0
    zone: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class StreamRow:
    """Consecutive lines that make one row; `ordinal` is the printed row number, '' when there is none."""

    lines: tuple[StreamLine, ...]
    ordinal: str = ""

    @property
    def figures(self) -> tuple[Token, ...]:
        return tuple(t for line in self.lines for t in line.run)


def stream_lines(lines: Sequence[SourceLine]) -> list[StreamLine]:
    """The lines that are not blank, cut at their figures, with the row numbers they may open with."""
    cuts: list[tuple[FigureLine, int]] = []
    blanks = 0
    for line in lines:
        if line.blank:
            blanks += 1
            continue
        cuts.append((cut_line(line), blanks))
        blanks = 0
    out: list[StreamLine] = []
    last: Ordinal | None = None
    earlier: Ordinal | None = None  # the row number before the last one, which may be none (`1 tuổi`)
    complete = True  # figures have come since the last row number
    for i, (cut, above) in enumerate(cuts):
        following = cuts[i + 1][0] if i + 1 < len(cuts) else None
        made = _numbered_figures(cut, above, last) if complete else None
        made = made or _stream_line(cut, above, following, last)
        if not made.ordinals and not complete:
            anew = _stream_line(cut, above, following, earlier)
            made = anew if anew.ordinals and not anew.run else made
        out.append(made)
        if made.ordinals:
            earlier = last if complete else earlier
            last, complete = made.ordinals[0], False
        complete = complete or bool(made.run)
    return out


def _numbered_figures(cut: FigureLine, above: int, last: Ordinal | None) -> StreamLine | None:
    """A line of a row number and figures without a label (that stands on the lines round it), or None.

    The number must run on from the last one, whose row must have had its figures.
    """
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    if len(tokens) < 2 or any(t.kind == "word" for t in tokens[1:]):
        return None
    ordinal = read_ordinal(tokens[0].text)
    if ordinal is None or (last is None and ordinal.value != (1,)):
        return None
    if last is not None and succession_cost(last, ordinal) > _RUNS_ON:
        return None
    return StreamLine(cut.line, tuple(tokens[1:]), (tokens[0],), (), (ordinal,), above, tuple(tokens[1:]))


def _stream_line(
    cut: FigureLine, above: int, following: FigureLine | None, last: Ordinal | None
) -> StreamLine:
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    run, before, after, zone = cut.run, cut.before, cut.after, cut.zone
    if _is_lone_ordinal(tokens, following, last):
        ordinal = read_ordinal(tokens[0].text)
        return StreamLine(cut.line, (), tuple(tokens), (), (ordinal,) if ordinal else (), above)
    if run and not _is_figure_run(cut, following):
        run, before, after, zone = (), (*cut.before, *cut.run, *cut.after), (), ()
    ordinals: tuple[Ordinal, ...] = ()
    words = [t for t in before if t.kind != "rule"]
    if len(words) >= 2 or (words and run):
        ordinals = _ordinals_of(words[0].text)
        if not run and ordinals and min(succession_cost(last, o) for o in ordinals) >= _UNLIKELY_NEXT:
            ordinals = ()
    return StreamLine(cut.line, run, tuple(before), tuple(after), ordinals, above, zone)


def _is_figure_run(cut: FigureLine, following: FigureLine | None) -> bool:
    """Whether the run stands for cells: it ends its line, and no unit word goes on after a lone figure."""
    words_after = [t for t in cut.after if t.kind == "word"]
    if words_after:
        first_word = next((t.text for t in cut.before if t.kind != "rule"), "")
        numbered = read_ordinal(first_word) is not None and first_word[-1:] != "."
        return len(cut.run) >= (2 if numbered else _RUN_BEFORE_WORDS)
    if len(cut.run) > 1 or not any(t.kind == "word" for t in cut.before):
        return True
    if following is None or not following.before:
        return True
    opening = next((t for t in following.before if t.kind != "rule"), None)
    return opening is None or not opening.text[:1].islower() or read_ordinal(opening.text) is not None


def _is_lone_ordinal(tokens: Sequence[Token], following: FigureLine | None, last: Ordinal | None) -> bool:
    """Whether a line of one token is a row number: the next line has words, and the number runs on."""
    if len(tokens) != 1 or following is None:
        return False
    ordinal = read_ordinal(tokens[0].text)
    if ordinal is None or not any(t.kind == "word" for t in following.before):
        return False
    return succession_cost(last, ordinal) <= _SURE_NEXT


def _ordinals_of(text: str) -> tuple[Ordinal, ...]:
    """What row numbers a first word may be, as printed first, then as OCR may have changed it."""
    offers = [text, _ORDINAL_LOOKS.get(text, "")]
    if len(text) >= 2 and text[-1] in "1l|I" and text[:-1].isdigit():
        offers.append(text[:-1])
    found = [o for offer in offers if offer and (o := read_ordinal(offer))]
    return tuple(dict.fromkeys(found))


def is_total(line: StreamLine) -> bool:
    """Whether a line opens a total row."""
    return any(begins_with_sum(text) for text in (line.line.key, join_words(list(line.before))))


def cut_rows(
    lines: Sequence[StreamLine], width: int, is_place: Callable[[str], float] | None = None
) -> tuple[list[StreamRow], float]:
    """The lines as rows of `width` figure columns by the cheapest way to part them, and its cost.

    Labels either flow (they begin with their row, their figures after them) or stand centred round the
    line of the figures, in the whole table alike.
    """
    offers = [_cheapest(lines, width, is_place, centred) for centred in (False, True)]
    cost, cuts = min(offers, key=lambda o: o[0])
    rows = [_row_of(lines[start:end]) for start, end in pairwise([*cuts, len(lines)])]
    return rows, cost


def _cheapest(
    lines: Sequence[StreamLine], width: int, is_place: Callable[[str], float] | None, centred: bool
) -> tuple[float, list[int]]:
    """The least cost and the first line of each row."""
    count = len(lines)
    best = [0.0] + [float("inf")] * count
    came: list[int] = [0] * (count + 1)
    start_of: list[int] = [-1] * (count + 1)
    for end in range(1, count + 1):
        for start in range(max(0, end - _LONGEST_ROW), end):
            if best[start] == float("inf"):
                continue
            cost = best[start] + _row_cost(lines, start, end, width, is_place)
            cost += _label_cost(lines, start, end, centred)
            cost += _follow_cost(lines, start_of[start], start, end)
            if cost < best[end]:
                best[end], came[end], start_of[end] = cost, start, start
    cuts: list[int] = []
    end = count
    while end > 0:
        end = came[end]
        cuts.append(end)
    return best[count], cuts[::-1]


def _label_cost(lines: Sequence[StreamLine], start: int, end: int, centred: bool) -> float:
    """What the place of a row's label lines round its figures costs, in either way of setting labels."""
    here = _numbered(lines, start, end)
    first_run = next((i for i in range(start, end) if lines[i].run), end)
    if centred:
        anchor = here if here is not None else min(first_run, end - 1)
        off = abs((anchor - start) - (end - 1 - anchor))
        if first_run < end and first_run != anchor:
            off += 2 * abs(first_run - anchor)
        return 0.1 + (0.15 if off == 1 else 0.9 * off if off else 0.0)
    cost = 0.0
    if here is not None and here > start:
        cost += (0.3 if _opens_text(lines[start]) else 0.7) * (here - start)
    cost += sum(
        _TEXT_AFTER * _opens_text(lines[i])
        for i in range(first_run + 1, end)
        if not lines[i].ordinals and first_run < end and not lines[first_run].after
    )
    return cost


def _numbered(lines: Sequence[StreamLine], start: int, end: int) -> int | None:
    """The first line of a row that opens with a row number, up to its first figures."""
    for i in range(start, end):
        if lines[i].ordinals:
            return i
        if lines[i].run:
            return None
    return None


def _follow_cost(lines: Sequence[StreamLine], before: int, start: int, end: int) -> float:
    here = _numbered(lines, start, end)
    earlier = _numbered(lines, before, start) if before >= 0 else None
    old = lines[earlier].ordinals if earlier is not None else ()
    new = lines[here].ordinals if here is not None else ()
    if not new:
        return 0.0
    return min(succession_cost(o, n) for o in (old or (None,)) for n in new)


def _row_cost(
    lines: Sequence[StreamLine], start: int, end: int, width: int, is_place: Callable[[str], float] | None
) -> float:
    counts = [len(line.run) for line in lines[start:end]]
    total = sum(counts)
    cost = _ROW_COST * (end - start)
    here = _numbered(lines, start, end)
    inner = [i for i in range(start + 1, end) if lines[i].ordinals and i != here]
    if total == width and not inner:
        cost -= 2.0
    elif total > width:
        cost += _FIGURE_OVER * min(total - width, _MOST_OVER)
    else:
        cost += _LACKING if total else _WITHOUT
    major = sum(n >= max(2, _NEARLY_ALL * width) for n in counts)
    cost += _SECOND_SET * max(0, major - 1)
    if here is None:
        known = is_total(lines[start]) or (is_place and is_place(_label_text(lines[start])) >= _SURELY_PLACE)
        cost += _KNOWN_LABEL if known else _UNNUMBERED_SHORT if total != width else _UNNUMBERED
    cost += fsum(_NUMBER_INSIDE if lines[i].run else _BARE_NUMBER_INSIDE for i in inner)
    cost += 2.0 * sum(is_total(lines[i]) and bool(lines[i].run) for i in range(start + 1, end))
    if lines[start].run and not any(t.kind == "word" for t in lines[start].before) and total:
        cost += _UNNUMBERED
    return cost


def _opens_text(line: StreamLine) -> bool:
    """Whether a line without figures begins like a cell, not like a line that goes on."""
    word = next((t.text for t in line.before if t.kind != "rule"), "")
    return not line.run and (word[:1].isupper() or word[:1].isdigit())


def _label_text(line: StreamLine) -> str:
    return join_words(list(line.before))


def _row_of(lines: Sequence[StreamLine]) -> StreamRow:
    """A row of the lines, its printed number taken from the first line that has one."""
    here = _numbered(lines, 0, len(lines))
    if here is None:
        return StreamRow(tuple(lines))
    line = lines[here]
    words = [t for t in line.before if t.kind != "rule"]
    rest = tuple(words[1:])
    stripped = replace(line, before=rest)
    return StreamRow((*lines[:here], stripped, *lines[here + 1 :]), words[0].text)
