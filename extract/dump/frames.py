"""The rules of a printed table that a reader of ink took for signs, here and there.

Of a table drawn with rules some rows come enclosed in pipes, some with commas, quotes or brackets in their
places, some with none (`| 4 |Hòa An | 741 |` over `5 Ea Hiu 433`). Pipes part no columns there: taken for a
pipe table, each run of enclosed rows would be a table of its own. Such lines get a pipe where a sign stands
for a rule, and none round them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from extract.dump.lines import SourceLine, is_rule, opens_table
from extract.dump.tokens import CODE, kind_of
from normalize.numbering import is_numbering
from normalize.ordinals import read_ordinal
from normalize.totals import begins_with_sum

_SIGNS = r"|!¦'‘’`\"“”:;,_\[\]{}"
_OPENING = re.compile(
    rf"^[{_SIGNS}\s]+(?=\S)|^[1Il](?=[{_SIGNS}]*\s+[1-9]\d{{0,2}}\.\d{{1,3}}[{_SIGNS}\s]+[^\W\d_])|^[Il](?=[{_SIGNS}]\s)"
)
_CLOSING = re.compile(rf"(?<=\s)[{_SIGNS}.=~\s]+$|[|!¦\[\]{{}}]+\s*$|(?<=\d)[{_SIGNS}]+$")
_ALONE = re.compile(rf"(?<!\S)[{_SIGNS}.=~°*^]+(?!\S)")
# A sign at a figure's side: a rule touched it. A comma between a figure and a word is the sentence's own.
_BEFORE_FIGURE = re.compile(r"(?<!\S)[|!¦'‘’`\"“”:;,_]+(?=\(?[\d\-−–+])")
_BEHIND_FIGURE = re.compile(r"(?<=[\d%)])[|!¦'‘’`\"“”:;,._°]+(?!\S)(?!\s+[^\W\d_])")
_STROKES = r"_—–~«»=:;,'‘.\-"  # of a rule and its shade, before a figure; one dash may be its sign
_STRUCK = re.compile(rf"(?<!\S)(?:[{_STROKES}]*[_~«»=:][{_STROKES}]*|[—–\-]{{2,}})(?=\(?\d)")
_BEFORE_WORD = re.compile(r"(?<!\S)[|!¦'‘’`,_;:]+(?=[^\W\d_])")
_FORMULA = re.compile(r"(?<!\d)\d{1,2}\)?\s*=\s*\(?\d{1,2}\)?\s*[+\-–/:x*]")
_ENCLOSED, _LOOSE = 2, 2  # rows of each kind, for a frame to be torn
_GAP = 4  # lines between rows of one frame
_LEAST_FIGURES, _FIGURES = 2, ("figure", "loose")
_COLUMN_MARK, _NUMBER_HEAD = re.compile(r"^\(\d{1,2}\)"), re.compile(r"^\W*(?:s?tt|so tt)\b")
_RULES_OF_HEAD, _WORDS_OF_HEAD = 2, 6
_ALIKE = 0.75  # of the enclosed rows of a pipe table have as many pipes


def with_rules_told(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, those of torn frames with pipes in the places of rules between their cells alone."""
    out = list(lines)
    for first, last in _torn_frames(lines):
        for i in range(first, last + 1):
            text = told(lines[i].text)
            if text != lines[i].text:
                out[i] = replace(lines[i], text=text, key=told(lines[i].key))
    return out


def told(text: str) -> str:
    """A line of a torn frame with a pipe for each sign that stands for a rule, none at its ends."""
    if _FORMULA.search(text):  # a row of column numbers
        return text
    text = _CLOSING.sub("", _OPENING.sub("", text.strip())).strip()
    number, blank, rest = text.partition(" ")  # a row number keeps its dot
    rest = _STRUCK.sub("| ", _ALONE.sub("|", rest))
    rest = _BEHIND_FIGURE.sub(" |", _BEFORE_FIGURE.sub("| ", rest))
    return _BEFORE_WORD.sub("| ", number + blank + rest).rstrip(" |")


def is_row(text: str) -> bool:
    """Whether a line opens with a row number, names something and has figures; or ends with figures, or is
    nothing else."""
    words = [word for word in re.split(r"[\s|\[\]]+", text) if word]
    if len(words) < _LEAST_FIGURES or is_numbering(words) or _are_marks(words):
        return False
    ending = len(words) - sum(1 for _ in takewhile(_is_figure, reversed(words)))
    if len(words) - ending >= _LEAST_FIGURES:
        return True
    if read_ordinal(words[0]) is None:
        return False
    figures = [word for word in words[1:] if kind_of(word) in _FIGURES and not CODE.match(word)]
    if words[0][:1].isalpha() and not any(map(_is_figure, figures)):
        return False  # a garbled row of column numbers (`a) 2) OA)+6)`)
    named = any(kind_of(word) == "word" and len(word) > 1 for word in words[1:])
    return named and len(figures) >= _LEAST_FIGURES


def _are_marks(words: Sequence[str]) -> bool:
    """Whether words are a row of column numbers, garbled or not: `(1)` and the like are half of them."""
    return 2 * sum(bool(_COLUMN_MARK.match(word)) for word in words) >= max(len(words), _LEAST_FIGURES)


def _is_figure(word: str) -> bool:
    return kind_of(word) == "figure"


def parted_anew(piece: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """The lines parted where drawn headings stand over rows that are counted from one again: the title
    between two tables was not read."""
    parts: list[list[SourceLine]] = []
    start, above = 0, 0
    last: int | None = None  # the row above
    for i, line in enumerate(piece):
        if not is_row(told(line.text)):
            continue
        number = _number_of(line.text)
        between = [k for k in range(last + 1, i) if not piece[k].blank] if last is not None else []
        if (
            number == 1
            and above > 1
            and last is not None
            and _are_headings([piece[k] for k in between], any(map(_heads_rows, piece[start:last])))
        ):
            cut = between[0] + (begins_with_sum(_bare(piece[between[0]].key)))
            parts.append(list(piece[start:cut]))
            start = cut
        above, last = number or above, i
    return [*parts, list(piece[start:])]


def _number_of(text: str) -> int | None:
    """The whole number that a row opens with."""
    word = next((word for word in re.split(r"[\s|\[\]]+", told(text)) if word), "").rstrip(".")
    return int(word) if word.isdecimal() else None


def _are_headings(lines: Sequence[SourceLine], headed: bool) -> bool:
    """Whether lines between two rows are headings: several, one of them parted by rules, or what heads the
    row numbers where the rows above had none (`headed`: a page's header may come again)."""
    if not headed and len(lines) > 1 and any(map(_heads_rows, lines)):
        return True
    drawn = [line.text for line in lines if len(re.findall(r"[|\[\]]", line.text)) >= _RULES_OF_HEAD]
    words = [word for line in drawn for word in re.findall(r"[^\W\d_]{2,}", line)]
    return len(lines) > 1 and len(words) >= _WORDS_OF_HEAD


def _heads_rows(line: SourceLine) -> bool:
    """Whether a line heads the row numbers, or is a row of column numbers."""
    return bool(_NUMBER_HEAD.match(line.key)) or _are_marks(line.text.split())


def _bare(key: str) -> str:
    return key.strip(" |")


def _torn_frames(lines: Sequence[SourceLine]) -> Iterator[tuple[int, int]]:
    """First and last line of each run of rows of which some are enclosed and others are not."""
    for run in _runs(lines):
        enclosed = [i for i in run if _is_enclosed(lines[i].text)]
        loose = len(run) - len(enclosed)
        if (len(enclosed) >= _ENCLOSED and loose >= _LOOSE) or (loose and _is_uneven(lines, enclosed)):
            yield run[0], run[-1]


def _is_uneven(lines: Sequence[SourceLine], enclosed: Sequence[int]) -> bool:
    """Whether rows enclosed in pipes have now more, now fewer of them."""
    counts = Counter(lines[i].text.count("|") for i in enclosed)
    return len(enclosed) > _ENCLOSED and max(counts.values()) < _ALIKE * len(enclosed)


def _runs(lines: Sequence[SourceLine]) -> Iterator[list[int]]:
    """The rows that stand close together, by index: enclosed ones and such as open with a row number."""
    run: list[int] = []
    between = 0
    for i, line in enumerate(lines):
        if opens_table(line):
            if run:
                yield run
            run = []
        elif _is_enclosed(line.text) or is_row(told(line.text)):
            run.append(i)
            between = 0
        elif not line.blank and run:
            between += 1
            if between > _GAP:
                yield run
                run = []
    if run:
        yield run


def _is_enclosed(text: str) -> bool:
    """Whether a line stands between pipes, or has a pipe at one of its ends besides those within it."""
    text = text.strip()
    enclosed = text.count("|") > 1 and "|" in (text[0], text[-1])
    return enclosed and "\t" not in text and not is_rule(text)
