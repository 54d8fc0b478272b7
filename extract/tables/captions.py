"""The lines above a grid: its title, its `Kèm theo` line, the unit its figures are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.geometry import Box
from model.page import TextLine
from normalize.captions import names_table, page_number
from normalize.unicode import fold, squeeze

_NUMBERED = re.compile(r"^(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-e])[.)/]\s*\S")
_UNIT = re.compile(
    r"^\W*(?:đvt|đơn vị(?: tính)?|dvt|don vi(?: tinh)?)\s*[:;]\s*(?P<unit>[^()]{1,40}?)\W*$", re.IGNORECASE
)
_ATTACHED = re.compile(r"^\W*(?:ban hanh )?kem theo|^\(\s*(?:ban hanh|kem|dinh kem)")
_FIRST = ("phu luc", "bieu", "mau")  # over which no title stands
_MOST_LINES = 12
_LONGEST_NUMBER = 5
_FAR = 3.0  # line heights
_MOST = 0.7  # of the letters, of the words
_TEXT_FROM = 0.08  # of a page's width
_TEXT_TO = 0.92
_INDENT = 0.05
_OFF_CENTRE = 0.06


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a grid. `lines` are the lines it was taken from, top down."""

    title: str = ""
    unit_note: str = ""
    lines: tuple[TextLine, ...] = ()


def is_page_number(line: TextLine) -> bool:
    """A line that is only a page number (`2`, `- 3 -`, `Trang 4/9`), or one read in pieces (`1-2`, `-.2`)."""
    text = line.text.replace(" ", "")
    pieces = len(text) <= _LONGEST_NUMBER and any(c.isdigit() for c in text)
    return page_number(line.text) is not None or (pieces and not any(c.isalpha() for c in text))


def read_caption(above: Sequence[TextLine], box: Box | None, page_width: float) -> Caption:
    """The caption in the lines `above` a grid (top down, nearest last).

    Taken from below upwards while lines look like a title: named (`PHỤ LỤC`, `Biểu số`), upper case,
    bold, or centred over the grid. `(Kèm theo ...)` lines are stepped over, `Đơn vị tính: ...` is kept
    as the unit. Prose ends the caption.
    """
    taken: list[TextLine] = []
    title: list[str] = []
    unit = ""
    inside_note = False
    for line in reversed(above[-_MOST_LINES:]):
        text = squeeze(line.text)
        if not text or is_page_number(line):
            continue
        if taken and _far(line, taken[-1]):
            break
        found = _UNIT.match(text)
        key = fold(text)
        if found and not unit:
            unit = found["unit"].strip()
        elif inside_note or _ATTACHED.match(key) or _closes_note(line, above):
            inside_note = not (text.startswith("(") or _ATTACHED.match(key))
        elif _is_title(line, key, box, page_width, bool(title)):
            title.append(text)
        else:
            break
        taken.append(line)
        if title and names_table(key) and key.startswith(_FIRST):
            break
    return Caption(" ".join(reversed(title)), unit, tuple(reversed(taken)))


def _closes_note(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Whether a line ending in `)` closes a `(Kèm theo ...` that one of the two lines above it opens."""
    if not line.text.rstrip().endswith(")") or line.text.lstrip().startswith("("):
        return False
    index = above.index(line)
    return any(_ATTACHED.match(fold(squeeze(x.text))) for x in above[max(0, index - 2) : index])


def _far(upper: TextLine, lower: TextLine) -> bool:
    """More than about three line heights between two lines."""
    if upper.box is None or lower.box is None:
        return False
    return lower.box.y0 - upper.box.y1 > _FAR * max(upper.box.height, lower.box.height)


def _is_title(line: TextLine, key: str, box: Box | None, page_width: float, begun: bool) -> bool:
    if key.startswith(("cong hoa xa hoi", "doc lap", "noi nhan")):
        return False
    letters = [c for c in line.text if c.isalpha()]
    upper = bool(letters) and sum(c.isupper() for c in letters) > _MOST * len(letters)
    bold = bool(line.words) and sum(w.bold for w in line.words) > _MOST * len(line.words)
    if names_table(key) or upper or bold or line.heading:
        return True
    centred = _centred(line, box, page_width)
    if centred:
        return True
    return not begun and bool(_NUMBERED.match(key)) and not key.endswith((";", "."))


def _centred(line: TextLine, box: Box | None, page_width: float) -> bool:
    """Clear on both sides by a like amount, over the grid or on the page."""
    if line.box is None or not page_width:
        return False
    left, right = (box.x0, box.x1) if box else (_TEXT_FROM * page_width, _TEXT_TO * page_width)
    for x0, x1 in ((left, right), (_TEXT_FROM * page_width, _TEXT_TO * page_width)):
        before, after = line.box.x0 - x0, x1 - line.box.x1
        if min(before, after) > _INDENT * (x1 - x0) and abs(before - after) < _OFF_CENTRE * (x1 - x0):
            return True
    return False
