"""Two tables side by side under the same headings, a row of each on a line (`Nam 15 51,7 Nữ 22 75,9`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extract.dump.lines import SourceLine
from extract.dump.tokens import Token, tokenize
from normalize.totals import begins_with_sum
from normalize.unicode import fold

_LEAST_ROWS = 2
_OF_ROW = ("figure", "dash")


def apart(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines of the left table, then those of the right one, with what stands above and below them; the
    piece as it is where its lines hold no two tables, or a line of one of them does not tell whose it is."""
    for at, line in enumerate(piece):
        head = _doubled(line.text.split())
        if head is None:
            continue
        rows = _rows(piece[at + 1 :])
        if rows is None:
            continue
        words = line.text.split()
        sides = [[_with(line, " ".join(words[:head]))], [_with(line, " ".join(words[head:]))]]
        for own, texts in zip(piece[at + 1 :], rows, strict=False):
            for side, text in zip(sides, texts, strict=True):
                side += [_with(own, text)] if text else []
        below = piece[at + 1 + len(rows) :]
        return [list(part) for part in (piece[:at], *sides, below) if part]
    return [list(piece)]


def _runs(tokens: Sequence[Token]) -> list[tuple[bool, list[Token]]]:
    """The runs of figures and of words; a dash between words is theirs."""
    among = [
        token.kind == "dash" and {a.kind for a in (*tokens[i - 1 : i], *tokens[i + 1 : i + 2])} == {"word"}
        for i, token in enumerate(tokens)
    ]
    kinds = [token.kind in _OF_ROW and not own for token, own in zip(tokens, among, strict=True)]
    grouped = groupby(zip(kinds, tokens, strict=True), lambda pair: pair[0])
    return [(kind, [token for _, token in own]) for kind, own in grouped]


def _is_total(text: str) -> bool:
    return begins_with_sum(" ".join(word for word in text.split() if not any(map(str.isdigit, word))))


def _with(line: SourceLine, text: str) -> SourceLine:
    return replace(line, text=text, key=fold(text))


def _doubled(words: Sequence[str]) -> int | None:
    """Where the second header begins of two on a line that end with the same words after another one."""
    for size in range(len(words) // 2 - 1, 0, -1):
        same = list(words[-size:])
        for end in range(size + 1, len(words) - size):
            if list(words[end - size : end]) == same:
                return end
    return None


def _rows(lines: Sequence[SourceLine]) -> list[tuple[str, str]] | None:
    """The texts of the left and of the right table on each line, as far as the lines are rows of theirs."""
    rows: list[tuple[str, str]] = []
    full = width = 0
    ended = [False, False]
    for line in lines:
        runs = _runs(tokenize(line.text))
        counts = [len(own) for kind, own in runs if kind]
        if len(runs) not in (2, 4) or runs[0][0] or len(set(counts)) != 1 or (width and counts[0] != width):
            break
        if len(runs) == 2 and ended[0] == ended[1]:
            return None
        width, full = counts[0], full + (len(runs) == 4)
        texts = [
            " ".join(token.text for token in (*runs[a][1], *runs[a + 1][1])) for a in range(0, len(runs), 2)
        ]
        if len(texts) == 1:
            texts.insert(not ended[0], "")
        ended = [end or _is_total(text) for end, text in zip(ended, texts, strict=True)]
        rows.append((texts[0], texts[1]))
    return rows if full >= _LEAST_ROWS else None
