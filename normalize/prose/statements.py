"""Figures of the prose: subject, value, unit, out of, change and its direction, point in time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from model.document import Statement
from model.page import TextLine
from model.value import DecimalMark, Unit, Value
from normalize.prose.figures import Figure, find_figures, plain_key
from normalize.prose.misread import with_words_for_figures
from normalize.prose.running import without_running
from normalize.prose.sentences import LONGEST_SENTENCE, Sentence, sentences
from normalize.prose.subjects import COMPARED_WITH, subject_of
from normalize.prose.times import said_times, time_of

_SPEAKING = re.compile(
    r"(?:\b(?:dat|la|co|gom|con|thieu|thua|du|them|xay|trong|cap|mo|thu|tang|giam|lap|bat|kham|tiem"
    r"|nhan|quyet|hanh|dung|ly"
    r"|tra|chuc|nap|dong|trao|khen|thuong)|:)\s*$"
)
_KEPT = re.compile(r"giu nguyen(?:\s+(?P<word>diem so|diem|ty le|hang|bac|thu hang|xep hang))?")
_ANNEX = re.compile(r"^\W{0,3}(?:phu\s?luc|bieu|mau)\b|^\W{0,3}(?:ban hanh |dinh )?kem theo\b")
_HEADING = re.compile(r"^\s*(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]\s?\D{3}")
# Of a figure without a unit: a guess, not measured; it only has to rank such figures below the others.
_BARE = 0.7
_FURTHEST_CHANGE = 60
_CHANGE_VERB = re.compile(r"\b(?:tang|giam|cao hon|thap hon|vuot|tut|len)\b(?!.*\b(?:tang|giam)\b)")
_JOINS = ("va", "da", "cung", "deu", "voi", "nay")


def read_statements(
    lines: Sequence[TextLine], mark: DecimalMark, day: str = "", damaged: bool = False
) -> tuple[Statement, ...]:
    """The figures of running text, one statement each, in order; a change belongs to the value before it.

    `day` is the document's day or period (ISO), the point in time where a sentence names none. Dates,
    numbers of laws and letters, years, and row numbers are no figures. `damaged` says that the text lost its
    marks in an OCR that reads some words as digits.
    """
    prose = without_running(lines)
    joined = sentences(
        [(line.text.replace("**", "").replace("*", ""), line.page, line.number) for line in prose]
    )
    read = {(line.page, line.number): line.confidence for line in lines}
    found: list[Statement] = []
    section = day
    for sentence in joined:
        if _ANNEX.match(plain_key(sentence.text)):
            section = day
        elif _HEADING.match(plain_key(sentence.text)):
            section = _section_time(sentence.text) or section
        for statement in _of_sentence(sentence, mark, section, damaged):
            sure = read.get((statement.page, statement.line), 1.0) * _certainty(statement)
            found.append(replace(statement, confidence=round(sure, 3)))
    return tuple(found)


def _section_time(heading: str) -> str:
    """The point in time that a heading gives the sentences under it; the last it names."""
    return next((said for _, said in reversed(said_times(plain_key(heading)))), "")


def _certainty(statement: Statement) -> float:
    """How sure a statement is one, apart from its reading: a figure without a unit may be a name's."""
    return 1.0 if statement.unit or statement.change is not None else _BARE


def _of_sentence(sentence: Sentence, mark: DecimalMark, day: str, damaged: bool) -> list[Statement]:
    text = with_words_for_figures(sentence.text) if damaged else sentence.text
    if len(text) > LONGEST_SENTENCE:
        return []
    figures = find_figures(text, mark, damaged)
    if not figures or not _speaks(text, figures):
        return []
    key = plain_key(text)
    out: list[Statement] = []
    holder: Figure | None = None
    for i, figure in enumerate(figures):
        end_before = figures[i - 1].end if i else 0
        if figure.role == "change" and holder is not None and _is_change_of(text, holder, figure):
            out[-1] = _with_change(out[-1], figure)
            continue
        page, line = sentence.place_of(figure.start)
        subject = subject_of(text, key, figure, figures[:i], end_before, out)
        if not subject:
            continue
        statement = Statement(
            page=page,
            line=line,
            subject=subject,
            value=replace(figure.value, of=None) if figure.value.of is not None else figure.value,
            unit=figure.unit or _unit_of_subject(subject),
            of=Value(figure.value.of) if figure.value.of is not None else None,
            interval=figure.interval,
            as_of=time_of(key, figure.start, day),
            context=text,
        )
        if figure.role == "change":
            statement = _with_change(statement, figure)
        elif kept := _kept(key, figure, figures[i + 1].start if i + 1 < len(figures) else len(text)):
            statement = replace(statement, change=Value(Decimal(0), unit=kept), change_unit=kept)
        out.append(statement)
        holder = figure
    return out


def _unit_of_subject(subject: str) -> Unit:
    """The unit that a subject's words give a bare figure: `Kết quả xử lý (%)`, `Điểm tổng hợp`."""
    key = plain_key(subject)
    if "(%)" in key or key.endswith("%"):
        return "percent"
    return "score" if key.startswith("diem ") else ""


def _speaks(text: str, figures: Sequence[Figure]) -> bool:
    """Whether a sentence says something of its figures: it has a unit, a verb or a colon before one."""
    if any(f.unit or f.role != "value" for f in figures):
        return True
    return any(_SPEAKING.search(plain_key(text[: f.start])) for f in figures)


def _is_change_of(text: str, value: Figure, change: Figure) -> bool:
    """Whether a change still speaks of the value before it: no full stop or other thing between them, and the
    value no change itself."""
    between = plain_key(text[value.end : change.start])
    if len(between) > _FURTHEST_CHANGE or re.search(r"[;.:]\s", between.replace("so voi", "")):
        return False
    if value.role == "change" and not between.strip().startswith("("):
        return False
    verb = _CHANGE_VERB.search(between)
    own = re.split(r"[,)]", between[: verb.start()] if verb else "")[-1].strip(" (")
    return not own or own.endswith(_JOINS) or COMPARED_WITH.match(own) is not None


def _with_change(statement: Statement, figure: Figure) -> Statement:
    unit: Unit = figure.unit or statement.unit
    if statement.unit == "percent" and unit == "percent" and statement.change is None:
        unit = "percent_point" if figure.value is not statement.value else unit
    return replace(statement, change=replace(figure.value, unit=unit), change_unit=unit)


def _kept(key: str, figure: Figure, until: int) -> Unit | None:
    """The unit of a change of nothing (`giữ nguyên điểm số`) said of a figure, None when none is."""
    match = _KEPT.search(key, figure.end, until)
    if not match or match.start() - figure.end > 12:
        return None
    return figure.unit
