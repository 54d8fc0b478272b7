"""Rows of a stream table that are two each: counts, and on a line below them the shares they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.dump.layout.rows import lines_of_shares, row_starts
from extract.dump.stream.rows import StreamLine, StreamRow
from extract.dump.tokens import join_words


def rows_of_counts_and_shares(body: Sequence[StreamLine], width: int) -> list[StreamRow] | None:
    """The rows, each row of shares after that of its counts and without number and label; None where the
    lines are of another kind, or labels begin with their row and its end tells the next one's begin."""
    if any(len(line.run) not in (0, width) for line in body):
        return None
    cells = [_cells(line, width) for line in body]
    shares = lines_of_shares(cells)
    if not shares or not _stand_centred(body, shares):
        return None
    starts = row_starts(cells, shares)
    rows: list[StreamRow] = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        above = [replace(body[i], run=(), zone=()) if i in shares else body[i] for i in range(start, end)]
        rows.append(_row_of([line for line in above if line.run or line.before or line.after]))
        rows += [
            StreamRow((replace(body[i], before=(), after=(), ordinals=()),))
            for i in range(start, end)
            if i in shares
        ]
    return rows


def _stand_centred(body: Sequence[StreamLine], shares: frozenset[int]) -> bool:
    """Whether most row numbers stand between their line of counts and that of shares, as centred ones do."""
    between = 0
    for i in shares:
        counts = max((k for k in range(i) if body[k].run), default=i)
        between += any(body[k].ordinals for k in range(counts + 1, i + 1))
    return 2 * between > len(shares)


def _cells(line: StreamLine, width: int) -> list[str]:
    """Row number, words and figures of a line."""
    words = [token for token in line.before if token.kind != "rule"]
    number = words[0].text if line.ordinals and words else ""
    label = join_words([*words[bool(number) :], *line.after])
    return [number, label, *(token.text for token in line.run), *("",) * (width - len(line.run))]


def _row_of(lines: Sequence[StreamLine]) -> StreamRow:
    """The row of lines of which one opens with the row's number, without it."""
    here = next((i for i, line in enumerate(lines) if line.ordinals), None)
    if here is None:
        return StreamRow(tuple(lines))
    words = [token for token in lines[here].before if token.kind != "rule"]
    bare = replace(lines[here], before=tuple(words[1:]))
    return StreamRow((*lines[:here], bare, *lines[here + 1 :]), words[0].text)
