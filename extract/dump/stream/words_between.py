"""A column of words among the columns of figures: `Cầu Ba 120 80 Đang thi công 70 10`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.dump.stream.rows import StreamLine
from extract.dump.tokens import Token, numbers_kind

# So many rows tell of words between figures; of the rows with figures so many are cut there, and so many are
# cut there or have as many figures without any word.
_LEAST, _SHARE, _ALIKE = 3, 0.3, 0.6
# One figure before or behind the words may be a name's or a note's, unless it has a mark or three digits.
_PRINTED, _DIGITS = ".,%", 3
# Lines of words between a row's figures at most.
_MOST_LINES = 6
_BLANK = Token("", "dash")

Cut = tuple[int, int, int]
"""Where the figures before the words begin, and where they and the words end."""


def with_words_between(body: Sequence[StreamLine]) -> tuple[list[StreamLine], int | None]:
    """The body with the figures on both sides of a column of words as one run, the words kept apart, and how
    many figures stand before that column; as it was, and None, where no such column is told."""
    tokens = [_tokens(line) for line in body]
    cuts = [_cuts(line, own) for line, own in zip(body, tokens, strict=True)]
    votes = Counter(
        (j - i, len(own) - k) for own, found in zip(tokens, cuts, strict=True) for i, j, k in found
    )
    for at in range(len(body)):
        if parted := _parted(body, tokens, at):
            votes[parted[1], parted[2]] += 1
    for (before, behind), count in sorted(votes.items(), key=lambda item: (-item[1], -item[0][0])):
        if count >= _LEAST and _tells(body, tokens, cuts, before, behind, count):
            return _joined(body, tokens, cuts, before, behind), before
    return list(body), None


def _tokens(line: StreamLine) -> list[Token]:
    return [t for t in (*line.before, *line.run, *line.after) if t.kind != "rule"]


def _is_figure(token: Token) -> bool:
    return token.kind in ("figure", "dash")


def _cuts(line: StreamLine, tokens: Sequence[Token]) -> list[Cut]:
    """Where words that begin like a cell stand between figures and the figures at the line's end."""
    runs: list[tuple[bool, int, int]] = []
    at = 0
    for kind, group in groupby(tokens, _is_figure):
        runs.append((kind, at, at := at + len(list(group))))
    if len(runs) < 3 or not runs[-1][0]:
        return []
    first = 1 if line.ordinals else 0
    last = len(tokens)
    found = []
    for (_, start, end), (_, below, _) in pairwise(runs):
        start = max(start, first)
        words = tokens[end : runs[-1][1]]
        if not _is_figure(tokens[end - 1]) or end <= start or below >= last or not words:
            continue
        named = last - runs[-1][1] == 1 and numbers_kind([t.text for t in words], tokens[-1].text)
        labelled = any(t.kind == "word" for t in tokens[:start])
        if _opens_cell(words[0]) and not named and (labelled or end - start > 1):
            found.append((start, end, runs[-1][1]))
    return found


def _opens_cell(token: Token) -> bool:
    """Whether a word may open a cell: it begins with a capital, or is a time (`10h ngày 21/02`)."""
    return token.text[:1].isupper() or (token.text[:1].isdigit() and any(map(str.isalpha, token.text)))


def _parted(
    body: Sequence[StreamLine], tokens: Sequence[Sequence[Token]], at: int
) -> tuple[int, int, int] | None:
    """The line with the rest of the figures of a numbered row, behind lines of nothing but words, and how
    many stand on both."""
    line = body[at]
    if not line.run or line.after or not _is_numbered(body, at):
        return None
    for i in range(at + 1, min(len(body), at + 2 + _MOST_LINES)):
        if body[i].ordinals:
            return None
        if tokens[i] and all(map(_is_figure, tokens[i])):
            return (i, len(line.run), len(tokens[i])) if i > at + 1 else None
        if body[i].run or (i == at + 1 and not _opens_cell(tokens[i][0])):
            return None
    return None


def _is_numbered(body: Sequence[StreamLine], at: int) -> bool:
    """Whether a line's row has a number, on the line or on one of the label above it."""
    for i in range(at, max(-1, at - _MOST_LINES), -1):
        if body[i].ordinals:
            return True
        if i < at and body[i].run:
            return False
    return False


def _tells(
    body: Sequence[StreamLine],
    tokens: Sequence[Sequence[Token]],
    cuts: Sequence[Sequence[Cut]],
    before: int,
    behind: int,
    count: int,
) -> bool:
    """Whether enough rows are cut so, and most others have as many figures in all."""
    rows = [i for i, line in enumerate(body) if len(line.run) > 1 or cuts[i]]
    own = [i for i in rows if any((j - s, len(tokens[i]) - k) == (before, behind) for s, j, k in cuts[i])]
    other = [i for i in rows if i not in own]
    whole = sum(len(body[i].run) == before + behind and not body[i].after for i in other)
    rests = count - len(own)  # rows whose figures stand on two lines
    filled = len(rows) - rests
    if count < _SHARE * filled or count + whole < _ALIKE * filled:
        return False
    ends = [(tokens[i][j - 1], tokens[i][-1]) for i in own for s, j, k in cuts[i] if j - s == before]
    sides = [(before, [a for a, _ in ends]), (behind, [b for _, b in ends])]
    return whole > 0 or all(n > 1 or 2 * sum(map(_is_printed, found)) > len(found) for n, found in sides)


def _is_printed(token: Token) -> bool:
    digits = sum(map(str.isdigit, token.text))
    return digits >= _DIGITS or any(mark in token.text for mark in _PRINTED)


def _joined(
    body: Sequence[StreamLine],
    tokens: Sequence[Sequence[Token]],
    cuts: Sequence[Sequence[Cut]],
    before: int,
    behind: int,
) -> list[StreamLine]:
    out: list[StreamLine] = []
    at = 0
    while at < len(body):
        line, own = body[at], tokens[at]
        parted = _parted(body, tokens, at)
        cut = next((c for c in cuts[at] if (c[1] - c[0], len(own) - c[2]) == (before, behind)), None)
        if parted and parted[1:] == (before, behind):
            end = parted[0]
            words = tuple(token for found in tokens[at + 1 : end] for token in found)
            more = body[end].line.number - line.line.number
            whole = replace(line, line=replace(line.line, more=more))
            out.append(_with_inner(whole, line.before, (*line.run, *tokens[end]), words))
            at = end
        elif cut:
            start, end, rest = cut
            out.append(_with_inner(line, own[:start], (*own[start:end], *own[rest:]), own[end:rest]))
        else:
            out.append(_with_rest(line, before, behind))
        at += 1
    return out


def _with_rest(line: StreamLine, before: int, behind: int) -> StreamLine:
    """A line with a dash in the place of the words, or with words and no figures behind them."""
    run = line.run
    if len(run) == before + behind + 1 and not line.after and run[before].kind == "dash":
        return _with_inner(line, line.before, (*run[:before], *run[before + 1 :]), (run[before],))
    if len(run) == before and line.after and _opens_cell(line.after[0]):
        return _with_inner(line, line.before, (*run, *(_BLANK,) * behind), line.after)
    return line


def _with_inner(
    line: StreamLine, before: Sequence[Token], run: tuple[Token, ...], inner: Sequence[Token]
) -> StreamLine:
    return replace(line, before=tuple(before), run=run, after=(), zone=run, inner=tuple(inner))
