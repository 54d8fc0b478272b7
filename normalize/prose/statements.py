"""Figures of the prose: subject, value, unit, out of, change and its direction, point in time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from model.document import Statement
from model.page import TextLine
from model.value import DecimalMark, Unit, Value
from normalize.prose.counted import with_counted
from normalize.prose.figures import (
    LONGEST_SENTENCE,
    Figure,
    Sentence,
    find_figures,
    plain_key,
    sentences,
)
from normalize.prose.running import without_running
from normalize.prose.times import said_times, time_of
from normalize.unicode import squeeze

_ENDS_SUBJECT = re.compile(
    r"(?:[\s:,(*–-]|\b(?:dat|la|duoc|con|co|voi|gom|o muc|khoang|tren|hon|tong|tong cong|bang|chiem|tang|giam"
    r"|trong|theo|tai|boi|loai|ve|moi|them|so tien|dung thu|xep hang|xep thu|xep|hang|cong bo"
    r"|ban hanh|den|tu|trong do|va)"
    r"(?=[\s:,(*–-]*$))+$"
)
_OPENS_SUBJECT = re.compile(
    r"^(?:[\s\-–+*•~.,;:)(]+|\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ]\)\s+|/\s?[^\W\d]+\d?"
    r"|(?:trong do|cu the|ket qua|va|voi|trong quy|tinh den nay|den nay"
    r"|dong thoi)(?:\s*[,:]\s*|\s+(?=so\b)))+"
)
_CLAUSE = re.compile(r"[;](?!\d)|,(?!\d)|(?<![\d])\.(?=\s)|\s[+](?=\s?[^\d\s])|:\s|\btrong do\b|\(|\)")
_KEPT = re.compile(r"giu nguyen(?:\s+(?P<word>diem so|diem|ty le|hang|bac|thu hang|xep hang))?")
_LONGEST_WITH_COMMA = 90
_ANNEX = re.compile(r"^\W{0,3}(?:phu\s?luc|bieu|mau)\b|^\W{0,3}(?:ban hanh |dinh )?kem theo\b")
_HEADING = re.compile(r"^\s*(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]\s?\D{3}")
# Of a figure without a unit: a guess, not measured; it only has to rank such figures below the others.
_BARE = 0.7
_FURTHEST_CHANGE = 60
_CHANGE_VERB = re.compile(r"\b(?:tang|giam|cao hon|thap hon|vuot|tut|len)\b(?!.*\b(?:tang|giam)\b)")
_JOINS = ("va", "da", "cung", "deu", "voi", "nay")
# Openings that say nothing of a figure: what it counts comes after it.
_SAYS_NOTHING = frozenset(
    ("theo do", "hien tai", "hien nay", "hien", "den nay", "ben canh do", "nhu vay", "ngoai ra", "tong cong",
     "toan bo", "da", "hien tai, da", "den nay, da", "cu the")
)  # fmt: skip
_COMPARED_WITH = re.compile(r"^so voi\b|^cung ky\b")
_MOST_SUBJECT = 160
_NEAR_WORDS = 5  # between a figure and its share in brackets: `153 hồ sơ (đạt 0,02%)`


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
    text = sentence.text
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
        subject = _subject(text, key, figure, figures[:i], end_before, out)
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
    return any(re.search(r"(?:\bdat|\bla|\bco|\bgom|:)\s*$", plain_key(text[: f.start])) for f in figures)


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
    return not own or own.endswith(_JOINS) or _COMPARED_WITH.match(own) is not None


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


def _subject(
    text: str, key: str, figure: Figure, before: Sequence[Figure], end_before: int, out: Sequence[Statement]
) -> str:
    """What a figure is said of: the words of its clause before it, with the total's subject for a part.

    A share in brackets and a rank after a score take the subject of the figure they stand behind.
    """
    if figure.role == "share" and out and _right_behind(key, end_before, figure.start):
        return out[-1].subject
    if figure.role == "share":
        clause = _clause_start(key, end_before, key.rfind("(", 0, figure.start))
        if own := _trimmed(text, key, clause, key.rfind("(", 0, figure.start)):
            return own[:_MOST_SUBJECT]
    start = _clause_start(key, end_before, figure.start)
    own = _trimmed(text, key, start, figure.start)
    if not own and (not _opens_what_it_counts(key, start) or not figure.unit):
        own = _trimmed(text, key, end_before, start) if start > end_before else ""
    if plain_key(own) in _SAYS_NOTHING:
        own = ""
    if own and figure.role == "value" and figure.unit in ("", "count") and figure.interval is None:
        own = with_counted(own, text, figure)
    own = own or _after(text, figure) or (out[-1].subject if out and figure.interval is not None else "")
    if out and _COMPARED_WITH.match(plain_key(own)):
        return out[-1].subject
    if figure.role in ("rank", "change") and out and len(own.split()) < 2:
        return out[-1].subject
    parent = _parent(key, before, figure, out)
    return squeeze(f"{parent} / {own}" if parent and own else own or parent)[:_MOST_SUBJECT]


def _opens_what_it_counts(key: str, start: int) -> bool:
    """Whether a figure that opens its clause at `start` is followed by what it counts (`...; 100% đơn vị`):
    not after a colon, whose words before it say that."""
    return not key[:start].rstrip().endswith((":", "trong do", "(", ")"))


def _clause_start(key: str, end_before: int, place: int) -> int:
    """Where the words that a figure is said of begin: at the last clause, with what stands before its comma
    when that is short enough to be one name (`Số hóa hồ sơ, kết quả giải quyết`)."""
    marks = [(m.group().strip(), m.end()) for m in _CLAUSE.finditer(key, end_before, place)]
    if marks and marks[-1][0] == "(" and not key[marks[-1][1] : place].strip("+-− "):
        marks.pop()  # `giảm (-285 đồng/kg)`: the bracket holds the figure alone
    start = marks[-1][1] if marks else end_before
    while marks and marks[-1][0] == ",":
        earlier = marks[-2][1] if len(marks) > 1 else end_before
        if earlier == end_before > 0 or place - earlier > _LONGEST_WITH_COMMA:
            break
        start = earlier
        marks.pop()
    return start


def _trimmed(text: str, key: str, start: int, end: int) -> str:
    """The words between two places without bullets, numbers before them and verbs after them."""
    piece = key[start:end]
    opening = _OPENS_SUBJECT.match(piece)
    begin = start + (opening.end() if opening else 0)
    closing = _ENDS_SUBJECT.search(key[begin:end])
    stop = begin + closing.start() if closing else end
    words = text[begin:stop].strip(" \t-–+*:,;(")
    return squeeze(words) if re.search(r"[^\W\d_]{2}", words) else ""


def _after(text: str, figure: Figure) -> str:
    """The unit words and what follows them in the clause, for a figure that opens its clause."""
    if figure.interval is not None:
        return ""
    tail = re.split(r"[,;.(](?!\d)", text[figure.start : figure.start + 100], maxsplit=1)[0]
    words = re.sub(r"^[\d.,/%\s]+", "", tail).strip(" )")
    return squeeze(words) if re.search(r"[^\W\d_]{2}", words) else ""


def _right_behind(key: str, end_before: int, start: int) -> bool:
    """Whether a share in brackets stands right behind the figure before it, no other thing named between
    them."""
    between = key[end_before : key.rfind("(", 0, start)]
    return not re.search(r"[,;:]|\.\s", between) and len(between.split()) <= _NEAR_WORDS


def _parent(key: str, before: Sequence[Figure], figure: Figure, out: Sequence[Statement]) -> str:
    """The subject of the total whose parts the figure belongs to (`trong đó`), '' outside such a list."""
    for earlier, statement in zip(reversed(before), reversed(out), strict=False):
        if earlier.role == "share":
            continue
        if re.search(
            r"^[^.]{0,80}?\b(?:trong do|gom|bao gom|chia ra)\b", key[earlier.end : figure.start]
        ) and ("." not in re.sub(r"\d[.,]\d", "", key[earlier.end : figure.start]).replace(". ", "§")):
            return statement.subject.split(" / ")[0]
    return ""
