"""Notes that tell what came of the dossiers: received = settled + still in hand + handed back.

`Tổng 287 hồ sơ: trực tuyến 21, trực tiếp 266. Đã giải quyết 284: trước hạn 274, trễ hạn 10. Đang giải quyết
03 hồ sơ.` Each clause belongs to the last of these words before it; a clause's first figure is its total when
the parts follow a colon, else the figures add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.figures import Book
from checks.relation import ZERO, Relation, Term, judge
from checks.view import Sheet, TextFigure
from model.document import Statement
from normalize.unicode import fold

_PHASES = (
    ("received", re.compile(r"\btong\b|\btiep nhan\b|\bnhan giai quyet\b")),
    ("settled", re.compile(r"\bda giai quyet\b|\bda tra\b|\bgiai quyet xong\b")),
    (
        "pending",
        re.compile(
            r"\bdang giai quyet\b|\bchua giai quyet\b|\bchua den han\b|\bdang xu ly\b"
            r"|(?:^|[-–;,.(:]\s*)con(?: lai)?(?=\s*:?\s*\d)"
        ),
    ),
    ("returned", re.compile(r"\btra lai\b|\btam dung\b|\brut ho so\b|\btu choi\b")),
)
_PARTS_FOLLOW = re.compile(r"^(?:ho so|thu tuc)?\s*[:;,(]?\s*(?:trong do|gom|bao gom)?\s*[:;(]")
_CATEGORY = re.compile(
    r"(?:truoc han|som han|dung han|qua han|tre han|trong han|truc tuyen|truc tiep|ky truoc\D*)\s*(?:la\s*)?$"
)
_SHARE = re.compile(r"^\s*(?:%|phan tram\b)")  # `da giai quyet 95 ho so, dat 96,9%` counts 95 only
_TOLD = 2  # figures, at least, that tell what came and what was settled
_NEAR = Decimal("0.1")  # of the received: a note that is off by more counts something else


@dataclass(frozen=True, slots=True)
class _Clause:
    """What one phase of a note says: its figures, and whether the first is the total of the others."""

    phase: str
    figures: tuple[int, ...]
    totalled: bool

    @property
    def counted(self) -> tuple[int, ...]:
        return self.figures[:1] if self.totalled else self.figures


def find(book: Book, sheet: Sheet) -> Iterator[Relation]:
    """One relation a note that tells of received and settled dossiers."""
    for (row, col), figures in sheet.texts.items():
        if len(figures) < _TOLD:
            continue
        clauses = _clauses(sheet.cell(row, col).text, figures)
        relation = _relation(book, clauses, f"{sheet.table.table_id}:flow:{row}:{col}")
        if relation is not None:
            yield relation


def _clauses(text: str, figures: Sequence[TextFigure]) -> dict[str, _Clause]:
    """The first clause of each phase, by phase. Figures are found again in the folded text, in order."""
    key = fold(text)
    marks = sorted((m.start(), m.end(), name) for name, pattern in _PHASES for m in pattern.finditer(key))
    out: dict[str, list[tuple[int, str, str]]] = {}
    order: list[str] = []
    place = 0
    numbers = list(re.finditer(r"(?<![\w/.,])\d[\d.,]*", key))
    for figure, match in zip(figures, numbers):
        before = [m for m in marks if m[1] <= match.start()]
        place = match.end()
        if not before or figure.of is not None or _SHARE.match(key[place:]):
            continue
        phase = before[-1][2]
        if phase in order and order[-1] != phase:
            continue  # the note starts another story
        if not order or order[-1] != phase:
            order.append(phase)
        words = key[before[-1][1] : match.start()]
        out.setdefault(phase, []).append((figure.figure, words, key[place : place + 30]))
    return {phase: _clause(phase, found) for phase, found in out.items()}


def _clause(phase: str, found: Sequence[tuple[int, str, str]]) -> _Clause:
    first = found[0]
    totalled = len(found) > 1 and not _CATEGORY.search(first[1])
    totalled = totalled and (bool(_PARTS_FOLLOW.match(first[2].strip())) or phase == "received")
    return _Clause(phase, tuple(n for n, _, _ in found), totalled)


def _relation(book: Book, clauses: dict[str, _Clause], family: str) -> Relation | None:
    """received = settled + pending + returned; None where the note leaves something out."""
    if "received" not in clauses or "settled" not in clauses:
        return None
    received = clauses["received"].counted
    out = [
        n for phase in ("settled", "pending", "returned") if phase in clauses for n in clauses[phase].counted
    ]
    came = sum((book.amounts[n] for n in received), ZERO)
    went = sum((book.amounts[n] for n in out), ZERO)
    if went < came and "pending" not in clauses:
        return None  # what is still in hand goes without saying
    if abs(went - came) > max(_NEAR * came, Decimal(1)):
        return None
    target, *others = received
    parts = (*(Term(n) for n in out), *(Term(n, Decimal(-1)) for n in others))
    return Relation(
        "prose_sum",
        "prose",
        target,
        parts,
        exact=True,
        family=family,
        words="cộng số đã giải quyết và còn lại",
    )


def find_prose(book: Book) -> Iterator[Relation]:
    """The same of consecutive statements: `tiếp nhận 5.071`, `đã giải quyết 4.903`, `đang giải quyết 168`."""
    story: dict[str, list[int]] = {}
    for said in (*book.prose, None):
        phase = _phase_of(said.statement) if said is not None else "received"
        if phase == "received":
            relation = _told(book, story)
            if relation is not None:
                yield relation
            story = {}
        if said is not None and phase and (phase == "received" or "received" in story):
            story.setdefault(phase, []).append(said.value)


def _phase_of(statement: Statement) -> str:
    """The phase a statement counts dossiers of; '' for parts of another figure and for other things."""
    if statement.unit not in ("count", "") or " / " in statement.subject or statement.of is not None:
        return ""
    key = fold(statement.subject)
    found = [(m.start(), name) for name, pattern in _PHASES for m in pattern.finditer(key)]
    return max(found)[1] if found and "ho so" in fold(statement.context) else ""


def _told(book: Book, story: dict[str, list[int]]) -> Relation | None:
    if not {"received", "settled", "pending"} <= set(story) or len(story["settled"]) != 1:
        return None
    clauses = {phase: _Clause(phase, tuple(found[:1]), False) for phase, found in story.items()}
    relation = _relation(book, clauses, f"prose:flow:{story['received'][0]}")
    if relation is None:
        return None
    closes = judge(relation, book.amounts, book.figures).closes
    return relation if closes or len(story["pending"]) == 1 else None
