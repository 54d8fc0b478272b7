"""Capitals that TCVN3 could not carry: its capital fonts (`.VnTimeH`) print small letters as capitals.

Where the font is known every letter of it is a capital. Where it is not, two patterns say so: a word whose
plain letters are capitals (`QUYếT`), and a letterhead or title of Nghị định 30/2020/NĐ-CP, Phụ lục I, that
stands in small letters from its first word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CAPITAL_FONT = re.compile(r"^\.?Vn[A-Za-z0-9 ]*?H(?=$|[,\-_ ]|Bold|Italic|Roman|Normal)")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERHEADS = re.compile(
    r"c[ộ]ng h(?:òa|oà) x[ã] h[ộ]i ch[ủ] ngh[ĩ]a vi[ệ]t nam"
    r"|[uủ][ỷy] ban nhân dân(?: (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?: [^\W\d_]+){1,3})?"
    r"|hội đồng nhân dân(?: (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?: [^\W\d_]+){1,3})?"
)
_TITLES = re.compile(
    r"^\s*(?:quyết định|nghị định|nghị quyết|thông tư|chỉ thị|báo cáo|tờ trình|công văn|kế hoạch|luật|"
    r"pháp lệnh|chính phủ|quốc hội|bộ trưởng|bộ [^\W\d_]+|tổng cục|chương [ivx]+|phụ lục|mẫu số)\b"
)


def is_capital_font(name: str) -> bool:
    """Whether a font (subset prefix taken off) prints small letters as capitals."""
    return bool(_CAPITAL_FONT.match(name))


def _plain_capitals(word: str) -> bool:
    """Two or more plain letters, all capitals, beside small letters with marks."""
    plain = [c for c in word if c.isascii()]
    return len(plain) >= 2 and all(c.isupper() for c in plain) and any(c.islower() for c in word)


def _raise_words(text: str) -> str:
    return _WORD.sub(lambda m: m.group().upper() if _plain_capitals(m.group()) else m.group(), text)


def restore_line(text: str) -> str:
    """`text` with the capitals that its patterns show."""
    raised = _raise_words(text)
    return _LETTERHEADS.sub(lambda m: m.group().upper(), raised)


def restore_lines(lines: Sequence[str]) -> list[str]:
    """Lines of one document, with the capitals that letterheads and titles must have had.

    A title is a short line in small letters alone, that stands after a blank line or another such line.
    """
    out: list[str] = []
    heading_before = True
    for line in lines:
        text = restore_line(line)
        stripped = text.strip()
        if not stripped:
            heading_before = True
            out.append(text)
            continue
        small = stripped == stripped.lower() and stripped[-1] not in ".;,:"
        heading = small and heading_before and len(stripped) <= 90 and bool(_TITLES.match(stripped))
        out.append(text.upper() if heading else text)
        heading_before = heading or stripped == stripped.upper()
    return out
