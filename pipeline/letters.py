"""What of a letter's own number and day was left to the pen, said so that a reviewer can fill it in."""

from __future__ import annotations

from collections.abc import Sequence

from model.document import Metadata
from model.flag import Flag
from model.page import PageContent, TextLine
from normalize.letter.metadata import unread_parts

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
