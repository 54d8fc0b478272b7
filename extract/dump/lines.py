"""The lines of a text dump: numbered, on their pages, free of mark-up."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from normalize.captions import begins_as_table, numbers_table, page_number
from normalize.unicode import fold, nfc

_TAGS = re.compile(r"</?(?:i|u|b|em|strong|sup|sub|br|p|td|tr|th|span)\b[^<>]*>", re.IGNORECASE)
# A character by name or number; without its semicolon it may be anything.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STARS = re.compile(r"(?<!\*)\*{2,3}(?!\*)|__(?=\S)(?=.*\S__)|(?<=\S)__(?!_)")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])")
_RULE_LINE = re.compile(r"^[\s|+:=_*─━—–-]*(?:[-=_─━]{3,}|:-+:?)[\s|+:=_*─━—–-]*$")
_CAPTION = re.compile(
    r"^\W{0,3}(?:phu\s?luc\b|bieu\s+(?:so|tong|danh)\b"
    r"|bieu\s+mau\s*(?:$|[\dxiv:.]|(?:so|tong|bao|theo|danh|kem)\b)|mau\s+so\b|\(?\s*kem\s+theo\b|\(\s*ban\s+hanh\b"
    r"|ghi\s+chu\s*:|noi\s+nhan|kinh\s+gui\s*:|ky\s+danh\s+gia|don\s+vi\s*:|don\s+vi\s+tinh\b)"
)
# A title has more letters than a heading or the first words of a total, and most of them are capitals.
_TITLE_LETTERS, _CAPITALS = 18, 0.7
_HEADING = re.compile(r"^\W?\d{1,2}\.\s+\w.{38,}$")
# Figures at a line's end, and figures side by side within it: a row's.
_OF_ROW = re.compile(r"(?:[\d.,%]+[\s|]+)+[\d.,%]+$|(?:(?<!\S)[-+]?(?:\d[\d.,]*)?\d%?[\s|]+){3}")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the file: `number` from 1 in the file, `page` by form feeds, `text` without mark-up.

    `key` is the line folded for recognition, after repair where a repairer was given; the text itself
    stays as read. `more` counts the further lines of the file that a quoted cell of the line goes on over.
    """

    number: int
    page: int
    text: str
    key: str = ""
    more: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def strip_marks(text: str) -> str:
    """`text` without HTML and Markdown emphasis, characters given by name (`&nbsp;`) put in their place;
    underscores and stars that stand alone are kept."""
    if "<" in text:
        text = _TAGS.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = nfc(_ENTITY.sub(lambda match: html.unescape(match.group()), text))
    if "*" in text or "__" in text:
        text = _ITALIC.sub(r"\1", _STARS.sub("", text))
    return text


def source_lines(pages: Iterable[Sequence[str]], repaired: Iterable[Sequence[str]]) -> list[SourceLine]:
    """The lines of all pages in order, with their recognition keys; numbers run through the file."""
    out: list[SourceLine] = []
    listed = list(pages)
    numbers = _page_numbers(listed) if len(listed) > 1 else set()
    for page, (raw_lines, clear_lines) in enumerate(zip(listed, repaired, strict=True), start=1):
        for i, (raw, clear) in enumerate(zip(raw_lines, clear_lines, strict=True)):
            text = "" if (page, i) in numbers else strip_marks(nfc(raw)).rstrip(" \u00a0")
            out.append(SourceLine(len(out) + 1, page, text, fold(strip_marks(clear))))
    return out


def _page_numbers(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """The lines, as page and place on it, that are only the page's number (`2`, `- 2 -`): the last ones of
    the pages or the first ones, of which more are; the number of a row on the other edge is none."""
    edges: list[set[tuple[int, int]]] = [set(), set()]
    for page, lines in enumerate(pages, start=1):
        filled = [i for i, line in enumerate(lines) if line.strip()]
        for found, places in zip(edges, (filled[-1:], filled[:1]), strict=True):
            for i in places:
                number = page_number(lines[i])
                if number is not None and abs(number - page) <= 1:
                    found.add((page, i))
    return max(edges, key=len)


def is_rule(text: str) -> bool:
    """Whether a line is only a drawn rule (`----\t---`, `|---|`, `====`)."""
    return bool(_RULE_LINE.match(text))


def is_caption(line: SourceLine, before: SourceLine | None = None) -> bool:
    """Whether a line opens or accompanies an annex and so can be no row of a table.

    `Phụ lục số II)` that closes a bracket of the line `before`, or opened in its own cell, is no caption.
    """
    opens = _CAPTION.match(line.key) or numbers_table(line.key)
    if not opens or line.key.count(")") > line.key.count("("):
        return False
    return before is None or before.key.count("(") <= before.key.count(")")


def in_capitals(text: str) -> bool:
    """Whether a text of some length is in capitals, as titles and sections are."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > _TITLE_LETTERS and sum(c.isupper() for c in letters) > _CAPITALS * len(letters)


def opens_table(line: SourceLine, before: SourceLine | None = None) -> bool:
    """Whether a line is a table's caption, or a title in capitals that says so (`BẢNG GIÁ ...`)."""
    if not begins_as_table(line.key):
        return is_caption(line, before)
    title = takewhile(lambda word: not any(c.islower() for c in word), line.text.split())
    return in_capitals(" ".join(title)) or is_caption(line, before)


def is_heading(line: SourceLine) -> bool:
    """Whether a line is a numbered heading of running text (`2. Kết quả tiếp nhận ...`)."""
    return bool(_HEADING.match(line.key)) and not _OF_ROW.search(line.key)
