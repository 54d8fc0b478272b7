"""Lines of a stream table put right before its rows are cut: ranges, torn figures, labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.dump.layout.mends import (
    LEAST_TORN,
    MOSTLY_TORN,
    SHORT_GROUP,
    TORN_HEAD,
    TORN_REST,
    WHOLE_GROUP,
)
from extract.dump.lines import SourceLine
from extract.dump.stream.groups import with_whole_groups
from extract.dump.stream.named_figures import with_figures_of_names
from extract.dump.stream.rows import StreamLine, is_total
from extract.dump.tokens import CODE, DATE, NAME_CODE, Token
from normalize.numbering import column_number, is_numbering
from normalize.numbers import parse_number

# The ends of a printed range are no further apart than this: `15.000 - 16.000`, `100 - 250`.
_WIDEST_RANGE = 4
# The rest of a torn figure stands so many lines below its head at most.
_TORN_LINES = 2
# A dash between figures is a range's in a dump where so many lines would else have figures too many.
_LEAST_RANGES = 2
_TORN_CODE = re.compile(r"(?<!\S)0\d{1,2}\.\d{1,2}$")
_TORN_DATE = re.compile(r"(?<!\S)\d{1,2}/\d{1,2}/(?:19|20)\d$")
# So many figures are a row's own, and stand so many lines below the first ones of its words at most.
_LEAST_OF_ROW, _NAME_LINES = 3, 6
_TORN_NAME, _TORN_FORMULA = re.compile(r"(?<!\S)[A-ZĐ]{1,4}\d{0,3}[-/]$"), re.compile(r"^\d{1,2}=\S*[-+]$")
_SEVERAL, _LACKING, _NOTED = 2, 0.5, 0.25
_NOTE_MARK = re.compile(r"^\(\d{1,2}\)$")


def with_codes_and_dates_whole(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with codes of goods (`01.002`) and dates made whole that a narrow column tore over two lines,
    so that the rest is no row number and no figure; the second line is blank then."""
    out = list(lines)
    filled = [i for i, line in enumerate(lines) if not line.blank]
    for head, whole in ((_TORN_CODE, CODE), (_TORN_DATE, DATE)):
        torn = [
            (i, k)
            for i, k in pairwise(filled)
            if (match := head.search(lines[i].text))
            and lines[k].text.strip().isdigit()
            and whole.match(match[0] + lines[k].text.strip())
        ]
        for i, k in torn if len(torn) >= LEAST_TORN else ():
            rest = lines[k].text.strip()
            out[i] = replace(lines[i], text=lines[i].text.rstrip() + rest, key=lines[i].key.rstrip() + rest)
            out[k] = replace(lines[k], text="", key="")
    return _with_names_whole(_with_numbering_whole(out))


def _with_names_whole(lines: list[SourceLine]) -> list[SourceLine]:
    """The lines with codes of letters and figures (`LK1-` over `01 14 135,6`) whole that a narrow cell tore:
    the rest is no figure of the row."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    torn = [
        (i, k, rest)
        for i, k in pairwise(filled)
        if (match := _TORN_NAME.search(lines[i].text))
        and NAME_CODE.match(match[0] + (rest := lines[k].text.split()[0]))
    ]
    for i, k, rest in torn if len(torn) >= LEAST_TORN else ():
        left = lines[k].text.strip()[len(rest) :].strip()
        lines[i] = replace(lines[i], text=lines[i].text.rstrip() + rest, key=lines[i].key.rstrip() + rest)
        lines[k] = replace(lines[k], text=left, key=lines[k].key.strip()[len(rest) :].strip())
    return lines


def _with_numbering_whole(lines: list[SourceLine]) -> list[SourceLine]:
    """The lines with the formula in its place that stands round a row of column numbers because its cell is
    narrow (`8=2-6-` over `A B 1 2 3 4 5 6 7 9` over `7`): its rest is no row's number."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    for above, i, below in zip(filled, filled[1:], filled[2:], strict=False):
        head, rest = lines[above].text.strip(), lines[below].text.strip()
        marks = lines[i].text.split()
        if not (_TORN_FORMULA.match(head) and rest.isdigit()):
            continue
        own = column_number(head)
        at = next((k for k, mark in enumerate(marks, 1) if column_number(mark) == (own or 0) - 1), 0)
        whole = [*marks[:at], head + rest, *marks[at:]]
        if at and is_numbering(whole):
            text = " ".join(whole)
            lines[i] = replace(lines[i], text=text, key=text.lower())
            lines[above] = replace(lines[above], text="", key="")
            lines[below] = replace(lines[below], text="", key="")
    return lines


def mended(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The lines with torn figures made whole, ranges made one figure, and with what is no figure of the row
    (a list's dash, a footnote's mark) in the label, by the number of figures that lines of the table have."""
    lines = with_whole_groups(_with_whole_figures(body))
    usual = usual_count(lines)
    if not usual:
        return lines
    lines = with_figures_of_names(_with_whole_names(_with_ranges(lines, usual), usual))
    return _with_whole_notes([_with_whole_label(line, usual) for line in lines], usual)


def _with_whole_names(body: Sequence[StreamLine], usual: int) -> list[StreamLine]:
    """The body with a figure that ends a line of words (`giai đoạn 2`, `12.000` over `BTU`) among these,
    where the figures of its row, as many as rows have, come on a line below, before the next row number."""
    lines = list(body)
    for i, line in enumerate(lines):
        if len(line.run) != 1 or line.after or usual < _LEAST_OF_ROW:
            continue
        named = any(t.kind == "word" for t in line.before) and line.run[0].kind == "figure"
        below = next((s for s in lines[i + 1 : i + 1 + _NAME_LINES] if s.run or s.ordinals), None)
        if named and below and not below.ordinals and len(below.run) == usual:
            lines[i] = _with_run(line, (), before=(*line.before, replace(line.run[0], kind="word")))
    return lines


def usual_count(body: Sequence[StreamLine]) -> int:
    """How many figures most lines of several have; 0 where there are none. What opens a run and may belong to
    its label counts for both ways; totals and sections, which may lack a column, and lines with a note, whose
    first word may be a figure, tell less."""
    counts: dict[int, float] = {}
    noted: Counter[int] = Counter(len(line.run) for line in body if line.after)
    plain = Counter(len(line.run) for line in body if not (is_total(line) or _opens_section(line)))
    widest = max((n for n, count in plain.items() if count > 1), default=0)
    for line in body:
        if len(line.run) < _SEVERAL or line.after:
            continue
        lacking = len(line.run) < widest and (is_total(line) or _opens_section(line))
        weight = _LACKING if lacking else 1.0
        for count in (len(line.run), *((len(line.run) - 1,) if _opens_with_label(line) else ())):
            counts[count] = counts.get(count, 0.0) + weight
    return max(counts, key=lambda n: (counts[n] + _NOTED * noted[n], n), default=0)


def _opens_section(line: StreamLine) -> bool:
    return bool(line.ordinals) and line.ordinals[0].kind != "number"


def _opens_with_label(line: StreamLine) -> bool:
    """Whether a line's first figure may be none: a dash before a label or figures (`- Vốn đầu tư`), the mark
    of a footnote after a label (`Xuân Tường (1) 82 8 2`)."""
    words = any(token.kind == "word" for token in line.before)
    return line.run[0].kind == "dash" if not words else bool(_NOTE_MARK.match(line.run[0].text))


def _with_whole_notes(body: Sequence[StreamLine], usual: int) -> list[StreamLine]:
    """The body with a figure that opens a row's note (`5 01 ổ dịch`) in the note: rows without notes have
    one figure less."""
    return [
        _with_run(s, s.run[:-1], after=(s.run[-1], *s.after)) if s.after and len(s.run) == usual + 1 else s
        for s in body
    ]


def _with_whole_label(line: StreamLine, usual: int) -> StreamLine:
    """The line with what belongs to its label there, where it has just one figure too many."""
    if len(line.run) != usual + 1 or not _opens_with_label(line):
        return line
    return _with_run(line, line.run[1:], before=(*line.before, line.run[0]))


def _with_whole_figures(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body with figures made whole that a narrow column tore at their mark (`49.050,` over `2`) or in a
    group of three (`170,50` over `0`): a line below has just as many rests as a line has heads, or the next
    one opens with the rest of its last."""
    lines = list(body)
    marks = _torn_marks(body)
    for i in range(len(lines)):
        heads = [k for k, token in enumerate(lines[i].run) if TORN_HEAD.match(token.text)]
        for j in range(i + 1, min(len(lines), i + 1 + _TORN_LINES)) if heads else ():
            rests = lines[j].run
            if len(rests) == len(heads) and all(TORN_REST.match(token.text) for token in rests):
                run = list(lines[i].run)
                for k, rest in zip(heads, rests, strict=True):
                    run[k] = replace(run[k], text=run[k].text + rest.text)
                lines[i] = _with_run(lines[i], tuple(run))
                lines[j] = _with_run(lines[j], ())
                break
        if i + 1 < len(lines):
            lines[i], lines[i + 1] = _with_whole_last(lines[i], lines[i + 1], marks)
    return [line for line in lines if line.run or line.before or line.after]


def _torn_marks(body: Sequence[StreamLine]) -> set[str]:
    """The marks of groups of three after which narrow columns tore figures: nearly all that end with two
    digits or one after such a mark have the third on the next line."""
    short, torn = Counter[str](), Counter[str]()
    for line, below in pairwise(body):
        for token in line.run:
            if match := SHORT_GROUP.search(token.text):
                short[match[1]] += 1
                torn[match[1]] += token is line.run[-1] and _is_rest(token.text, below)
    return {mark for mark, count in torn.items() if count >= max(LEAST_TORN, MOSTLY_TORN * short[mark])}


def _is_rest(head: str, below: StreamLine) -> bool:
    """Whether the next line opens with what makes a figure's last group one of three."""
    return not below.before and bool(below.run) and bool(WHOLE_GROUP.match(head + below.run[0].text))


def _with_whole_last(line: StreamLine, below: StreamLine, marks: set[str]) -> tuple[StreamLine, StreamLine]:
    """Two lines with the last figure of the first made whole by the second."""
    last = line.run[-1] if line.run else None
    match = SHORT_GROUP.search(last.text) if last else None
    if last and match and match[1] in marks and _is_rest(last.text, below):
        whole = replace(last, text=last.text + below.run[0].text)
        return _with_run(line, (*line.run[:-1], whole)), _with_run(below, below.run[1:])
    return line, below


def _with_ranges(body: Sequence[StreamLine], usual: int) -> list[StreamLine]:
    """The body with ranges as one figure each, where some lines would else have figures too many."""
    lines = _with_whole_ranges(body)
    joined = [(line, run) for line in lines if len(run := ranges_joined(line.run)) < len(line.run)]
    if sum(len(line.run) > usual >= len(run) for line, run in joined) < _LEAST_RANGES:
        return list(body)
    return [_with_run(line, ranges_joined(line.run)) for line in lines]


def _with_whole_ranges(body: Sequence[StreamLine]) -> list[StreamLine]:
    """The body with ranges that a line's end parts after their dash on the first of the two lines."""
    lines = list(body)
    for i in range(len(lines) - 1):
        run, below = lines[i].run, lines[i + 1].run
        if len(run) >= 2 and run[-1].kind == "dash" and below and _are_ends(run[-2], below[0]):
            lines[i] = _with_run(lines[i], (*run, below[0]))
            lines[i + 1] = _with_run(lines[i + 1], below[1:])
    return [line for line in lines if line.run or line.before or line.after]


def ranges_joined(run: Sequence[Token]) -> tuple[Token, ...]:
    """The run with each figure, dash and greater figure as one token."""
    out: list[Token] = []
    i = 0
    while i < len(run):
        if i + 2 < len(run) and run[i + 1].kind == "dash" and _are_ends(run[i], run[i + 2]):
            out.append(replace(run[i], text=f"{run[i].text} {run[i + 1].text} {run[i + 2].text}"))
            i += 3
        else:
            out.append(run[i])
            i += 1
    return tuple(out)


def _are_ends(low: Token, high: Token) -> bool:
    """Whether two figures may be the ends of a range: the second greater, but not much."""
    ends = [parse_number(token.text) for token in (low, high)]
    amounts = [value.amount for value in ends if value is not None]
    return len(amounts) == 2 and Decimal(0) < amounts[0] < amounts[1] <= _WIDEST_RANGE * amounts[0]


def _with_run(
    line: StreamLine,
    run: tuple[Token, ...],
    before: tuple[Token, ...] | None = None,
    after: tuple[Token, ...] | None = None,
) -> StreamLine:
    """The line with other figures, its drawn rules and smudges kept where it has some."""
    zone = line.zone if any(token.kind == "rule" for token in line.zone) else run
    return replace(
        line,
        run=run,
        zone=zone,
        before=line.before if before is None else before,
        after=line.after if after is None else after,
    )


def rows_of_two_kinds(runs: Sequence[Sequence[Token]], width: int) -> bool:
    """Whether rows of `width` figures are two rows each: counts, and under them the shares they make."""
    half, odd = divmod(width, 2)
    full = [run for run in runs if len(run) == width]
    if odd or half < 2 or len(full) < _LEAST_RANGES:
        return False
    return all(
        not any(token.text.endswith("%") for token in run[:half])
        and all(token.text.endswith("%") or token.kind == "dash" for token in run[half:])
        and any(token.text.endswith("%") for token in run[half:])
        for run in full
    )
