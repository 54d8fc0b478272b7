"""What of a letter's running text was not read surely, said so that a reviewer can look and fill it in: its
own number and day, left to the pen, and figures of its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from model.document import Metadata, Statement
from model.flag import Flag
from model.page import PageContent, TextLine, Word
from normalize.letter.metadata import unread_parts

UNSURE = 0.5
"""Confidence of a word with a doubtful figure, at most (`extract.scan.lines.running_text`)."""

_AROUND = " .,;:()[]“”\"'"

_PARTS = {"number": "Số văn bản", "day": "Ngày ban hành", "month": "Tháng ban hành"}


def letter_flags(lines: Sequence[TextLine], pages: Sequence[PageContent], metadata: Metadata) -> list[Flag]:
    """A flag for each part of the number and the day that a scan's letterhead leaves unread: there is ink of
    a pen or a stamp that no reader of print reads, or the blank of a form. Text files and text layers have
    their blanks in print, and nothing to look at."""
    scanned = {page.number for page in pages if page.source == "ocr"}
    return [
        Flag(
            kind="reading",
            severity="warning",
            message=f"{_PARTS[part]} không đọc được chắc chắn (viết tay, đóng dấu hoặc để trống); "
            "nên xem bản gốc và điền tay.",
            page=line.page,
            box=line.box,
            found=metadata.number if part == "number" else metadata.date,
            context=line.text,
            check=f"letterhead/{part}",
        )
        for part, line in unread_parts(lines, metadata)
        if line.page in scanned
    ]


def statement_flags(
    statements: Sequence[Statement], lines: Sequence[TextLine], pages: Sequence[PageContent]
) -> list[Flag]:
    """A flag for each figure of a scan's sentences on which its readers differ, or through which a streak
    runs: the confidence of its word is 0.5 at most."""
    scanned = {page.number for page in pages if page.source == "ocr"}
    by_place = {(line.page, line.number): line for line in lines if line.page in scanned}
    flags = []
    for statement in statements:
        line = by_place.get((statement.page, statement.line))
        word = _doubtful_word(statement, line.words) if line is not None else None
        if word is not None:
            said = word.text.strip(_AROUND)
            flags.append(
                Flag(
                    kind="reading",
                    severity="warning",
                    message=f"Chưa chắc đã đọc đúng số “{said}” trong lời văn; cần xem lại bản gốc.",
                    page=statement.page,
                    box=word.box,
                    found=said,
                    context=statement.context,
                    check="statement",
                )
            )
    return flags


def _doubtful_word(statement: Statement, words: Sequence[Word]) -> Word | None:
    """The word, read unsurely, in which a statement's figure stands."""
    figures = _digits(statement.value.plain())
    doubted = (word for word in words if word.confidence <= UNSURE)
    return next((word for word in doubted if _digits(word.text) == figures), None)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
