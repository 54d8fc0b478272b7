"""Lines of a stream dump with what they may be: row numbers, figures, labels, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.dump.lines import SourceLine
from extract.dump.tokens import FigureLine, Token, cut_line, join_words, numbers_kind
from normalize.numbering import is_numbering
from normalize.ordinals import Ordinal, read_ordinal, succession_cost
from normalize.totals import begins_with_sum

# A first word without figures after it is a row number only where it follows the last one better than this.
_UNLIKELY_NEXT = 1.5
_RUNS_ON = 0.25
_ORDINAL_LOOKS = {"I": "1", "l": "1", "i": "1", "|": "1", "j": "1", "}": "1"}
_RUN_BEFORE_WORDS = 3  # figures in a row that are cells though words follow
_FIGURES_BEFORE_WORDS = 3  # a row number and two figures, before words of a row whose label stands elsewhere
_DECIMAL = re.compile(r"^[+\-−–]?\d[\d.,]*(?:[.,]\d{1,2}%?|%)$")
_COLUMN_MARK = re.compile(r"^\(\d{1,2}\)$")
_YEAR, _LEAST_YEARS = re.compile(r"^(?:19|20)\d\d$"), 2
_ILL = 1.0  # nats of what no row number is
_SURE_NEXT = 0.3  # nats of a lone row number that runs on


@dataclass(frozen=True, slots=True)
class StreamLine:
    """A line of a stream with what it may be: its figures, and the row numbers its first word may be; `inner`
    are words that stand among its figures in a column of their own."""

    line: SourceLine
    run: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    ordinals: tuple[Ordinal, ...] = ()
    blanks_above: int = 0
    zone: tuple[Token, ...] = ()
    inner: tuple[Token, ...] = ()


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
        cut = cut_line(line)
        before = cuts[-1][0] if cuts else None
        cuts.append((_with_kind(cut, before), blanks))
        blanks = 0
    out: list[StreamLine] = []
    last: Ordinal | None = None
    earlier: Ordinal | None = None  # the row number before the last one, which may be none (`1 tuổi`)
    counted: Ordinal | None = None  # the last number, which goes on after a section's (`II`)
    complete = True  # figures have come since the last row number
    for i, (cut, above) in enumerate(cuts):
        following = cuts[i + 1][0] if i + 1 < len(cuts) else None
        if is_numbering(cut.line.text.split()):
            out.append(replace(_stream_line(cut, above, None, None), ordinals=()))
            continue
        made = _numbered_figures(cut, above, last, complete)
        if made is None and counted is not None and complete:
            made = _numbered_figures(cut, above, counted, complete)  # `12` goes on after `11` under `III`
        made = made or _stream_line(cut, above, following, last)
        for other in (counted,) if complete else (earlier, counted):
            if not made.ordinals:
                anew = _stream_line(cut, above, following, other)
                made = anew if anew.ordinals and not anew.run else made
        if (noted := _with_note(cut, cuts[i - 1][0] if i else None)) and _follows_none(
            noted, (last, counted)
        ):
            made = _stream_line(noted, above, following, last)
        if made.ordinals and i and _goes_on_with_kind(cut, cuts[i - 1][0]):
            made = replace(made, ordinals=())
        out.append(made)
        if made.ordinals:
            earlier = last if complete else earlier
            last, complete = made.ordinals[0], False
            counted = last if last.kind == "number" else counted
        complete = complete or bool(made.run)
    return out


def _with_kind(cut: FigureLine, before: FigureLine | None) -> FigureLine:
    """A line of one small figure that says which kind of a thing the line `before` names is words."""
    if before is None or before.run or len(cut.run) != 1 or cut.before or cut.after:
        return cut
    words = [t.text for t in (*before.before, *before.after) if t.kind != "rule"]
    if not numbers_kind(words, cut.run[0].text):
        return cut
    return replace(cut, before=(replace(cut.run[0], kind="word"),), run=(), zone=())


def _goes_on_with_kind(cut: FigureLine, before: FigureLine) -> bool:
    """Whether a line opens with the figure that ends a name of the line `before` and goes on (`cầu số`
    over `7 đến ngã ba`): no row number."""
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    words = [t.text for t in (*before.before, *before.run, *before.after) if t.kind != "rule"]
    return len(tokens) > 1 and tokens[1].text[:1].islower() and numbers_kind(words, tokens[0].text)


def _with_note(cut: FigureLine, before: FigureLine | None) -> FigureLine | None:
    """A line that opens with a decimal and goes on with words, after one of nothing but figures, as a row's
    last figure and its note (`4,46 Giá niêm yết`); None for another line."""
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    after_figures = before is not None and bool(before.run) and not (before.before or before.after)
    opens = len(tokens) > 1 and _DECIMAL.match(tokens[0].text) and tokens[1].text[:1].isupper()
    if not (after_figures and opens) or any(t.kind != "word" for t in tokens[1:]):
        return None
    return replace(cut, before=(), run=(tokens[0],), after=tuple(tokens[1:]), zone=(tokens[0],))


def _follows_none(cut: FigureLine, before: Sequence[Ordinal | None]) -> bool:
    """Whether a line's figure is no number that goes on after one of those `before` (`2.1` after `II`)."""
    ordinal = read_ordinal(cut.run[0].text)
    return ordinal is None or min(succession_cost(last, ordinal) for last in before) >= _ILL


def _numbered_figures(cut: FigureLine, above: int, last: Ordinal | None, complete: bool) -> StreamLine | None:
    """A line of a row number and figures without a label (that stands on the lines round it), or None.

    The number must run on from the last one, whose row must have had its figures, or go a level deeper.
    """
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    opens = not cut.before and len(cut.run) >= _FIGURES_BEFORE_WORDS
    if len(tokens) < 2 or (any(t.kind == "word" for t in tokens[1:]) and not opens):
        return None
    if all(_COLUMN_MARK.match(t.text) for t in tokens):
        return None
    ordinal = read_ordinal(tokens[0].text)
    if ordinal is None or (last is None and ordinal.value != (1,)):
        return None
    if last is not None and succession_cost(last, ordinal) > _RUNS_ON:
        return None
    if last is not None and not complete and not _is_deeper(last, ordinal):
        return None
    run = tuple(tokens[1 : len(cut.run)]) if cut.after else tuple(tokens[1:])
    return StreamLine(cut.line, run, (tokens[0],), cut.after, (ordinal,), above, run)


def _is_deeper(section: Ordinal, ordinal: Ordinal) -> bool:
    """Whether a row number is the first under a section's: `1.1` under `1`, `1` under `II`."""
    if section.kind == ordinal.kind:
        return ordinal.value[:-1] == section.value and ordinal.value[-1] == 1
    return section.kind == "roman" and ordinal.value == (1,)


def _stream_line(
    cut: FigureLine, above: int, following: FigureLine | None, last: Ordinal | None
) -> StreamLine:
    tokens = [t for t in (*cut.before, *cut.run, *cut.after) if t.kind != "rule"]
    run, before, after, zone = cut.run, cut.before, cut.after, cut.zone
    if are_years([t.text for t in run]):
        return StreamLine(cut.line, (), tuple(replace(t, kind="word") for t in tokens), (), (), above)
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


def are_years(texts: Sequence[str]) -> bool:
    """Whether figures are years that head columns: one after the other, or several that rise."""
    if len(texts) < _LEAST_YEARS or not all(map(_YEAR.match, texts)):
        return False
    steps = [int(b) - int(a) for a, b in pairwise(texts)]
    return set(steps) == {1} or (len(steps) >= _LEAST_YEARS and min(steps) > 0)


def _is_figure_run(cut: FigureLine, following: FigureLine | None) -> bool:
    """Whether the run stands for cells: it ends its line, and no unit word goes on after a lone figure."""
    words_after = [t for t in cut.after if t.kind == "word"]
    if words_after and not cut.before and _DECIMAL.match(cut.run[0].text):
        return True
    if words_after:
        first_word = next((t.text for t in cut.before if t.kind != "rule"), "")
        numbered = read_ordinal(first_word) is not None and first_word[-1:] != "."
        return len(cut.run) >= (2 if numbered or not cut.before else _RUN_BEFORE_WORDS)
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
    if read_ordinal(following.before[0].text) == ordinal:
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
