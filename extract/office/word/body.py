"""The body of a Word file, read in order: paragraphs with their numbers, tables, text boxes, notes.

Tracked changes count as accepted: what was inserted is there, what was deleted is not. Hidden text is left
out, as on paper, and told of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from extract.office.content import Block, OfficeTable, Paragraph, Run
from extract.office.word.drawings import unread
from extract.office.word.numbering import Numbering, bullet
from extract.office.word.ooxml import MC, W, child, switch, value
from extract.office.word.styles import ParagraphLook, RunLook, Styles
from extract.office.word.superscript import raised
from extract.office.word.word_table import read_table

_DEEPEST = 40  # tables and text boxes one in another; Word itself stops at 63 levels of tables
_PASSED = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple",
                 "dir", "bdo")
)  # fmt: skip
_GONE = frozenset(W + name for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "instrText", "delText"))
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad",
}  # fmt: skip
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = ("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
         "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara")  # fmt: skip
_DRAWN = frozenset({"drawing", "pict", "object"})


class BodyReader:
    """Reads blocks of one Word file. `styles` and `numbering` are the file's; lists count on over all that
    is read. `seen` counts what was left aside: `hidden` runs and the kinds of `drawings.unread`."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self._open: list[Run] = []
        self._notes: dict[str, dict[str, int]] = {}
        self.seen: Counter[str] = Counter()

    def blocks(self, parent: Any, depth: int = 0) -> list[Block]:
        """The paragraphs and tables below an element, in order."""
        found: list[Block] = []
        if depth > _DEEPEST:
            self.seen["deep"] += 1
            return found
        for element in self._content(parent):
            if element.tag == W + "p":
                found.extend(self._paragraph(element, depth))
            elif element.tag == W + "tbl":
                found.append(read_table(element, self._styles, lambda cell: self.blocks(cell, depth + 1)))
            elif element.tag == W + "altChunk":
                self.seen["objects"] += 1
        return [b for b in found if not (isinstance(b, OfficeTable) and not b.cells)]

    def _content(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables among the children, looked for through what only wraps them."""
        stack = list(reversed(list(parent)))
        while stack:
            element = stack.pop()
            if element.tag in _PASSED or element.tag == MC + "AlternateContent":
                stack.extend(reversed(list(_chosen(element))))
            elif element.tag not in _GONE:
                yield element

    def _paragraph(self, element: Any, depth: int) -> list[Block]:
        """A paragraph, and what its text boxes hold behind it. A paragraph whose mark was deleted goes on
        in the next one."""
        properties = child(element, "pPr")
        mark = child(properties, "rPr") if properties is not None else None
        style = self._styles.paragraph(value(properties, "pStyle") if properties is not None else None)
        look = self._styles.own(properties, None).over(style)
        boxes: list[Block] = []
        runs = [*self._open, *self._label(look, mark), *self._runs(element, style.run, boxes, depth)]
        self._open = []
        if mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None):
            self._open = runs
            return boxes
        return [Paragraph(tuple(_joined(runs)), look.align == "center"), *boxes]

    def _label(self, look: ParagraphLook, mark: Any | None) -> list[Run]:
        if look.num_id in ("", "0"):
            return []
        label = self._numbering.label(look.num_id, look.level)
        own = self._styles.look(mark).over(look.run)
        return [Run(label + " ", "", bool(own.bold))] if label else []

    def _runs(self, parent: Any, base: RunLook, boxes: list[Block], depth: int) -> Iterator[Run]:
        stack = list(reversed(list(parent)))
        while stack:
            element = stack.pop()
            if element.tag == W + "r":
                yield from self._run(element, base, boxes, depth)
            elif element.tag in _MATH:
                yield Run("".join(t.text or "" for t in element.iter(_MATH_TEXT)))
            elif element.tag in _PASSED or element.tag == MC + "AlternateContent":
                stack.extend(reversed(list(_chosen(element))))

    def _run(self, element: Any, base: RunLook, boxes: list[Block], depth: int) -> Iterator[Run]:
        properties = child(element, "rPr")
        look = self._styles.look(properties)
        if properties is not None:
            look = look.over(self._styles.character(value(properties, "rStyle")))
        look = look.over(base)
        text = "".join(self._sign(part, boxes, depth) for part in _parts(element))
        if not text:
            return
        if look.hidden:
            self.seen["hidden"] += 1
            return
        up = properties is not None and value(properties, "vertAlign") == "superscript"
        if up and (high := raised(text)):
            yield Run(high, "", bool(look.bold))
            return
        if properties is not None and switch(properties, "caps"):
            text = text.upper() if not look.font.startswith((".Vn", "VNI")) else text
        yield Run(text, look.font, bool(look.bold))

    def _sign(self, part: Any, boxes: list[Block], depth: int) -> str:
        """The text of one part of a run; what a drawing holds goes into `boxes`."""
        name = part.tag.removeprefix(W)
        if name == "t":
            return str(part.text or "")
        if name in _SIGNS:
            return _SIGNS[name]
        if name == "sym":
            return _symbol(part)
        if name in ("footnoteReference", "endnoteReference") and part.get(W + "customMarkFollows") is None:
            return raised(str(self._note_number(name, part.get(W + "id", "")))) or ""
        if name in _DRAWN:
            held = [b for box in part.iter(W + "txbxContent") if not _nested(box, part)
                    for b in self.blocks(box, depth + 1)]  # fmt: skip
            boxes.extend(held)
            if not held and (kind := unread(part)):
                self.seen[kind] += 1
        return ""

    def _note_number(self, kind: str, ident: str) -> int:
        known = self._notes.setdefault(kind, {})
        return known.setdefault(ident, len(known) + 1)

    def note_order(self, kind: str) -> dict[str, int]:
        """The numbers of the footnotes (`footnoteReference`) or endnotes met so far, by their id."""
        return dict(self._notes.get(kind, {}))


def _chosen(element: Any) -> Any:
    """The children that count: of alternatives the first that is not empty, else all."""
    if element.tag != MC + "AlternateContent":
        return element
    return next((branch for branch in element if len(branch)), ())


def _parts(run: Any) -> Iterator[Any]:
    """The parts of a run, of alternatives the chosen one."""
    for part in run:
        if part.tag == MC + "AlternateContent":
            yield from _chosen(part)
        elif part.tag not in _GONE:
            yield part


def _symbol(part: Any) -> str:
    """A `w:sym`: a sign of a symbol font by its code."""
    try:
        return bullet(chr(int(part.get(W + "char", "2022"), 16)))
    except (ValueError, OverflowError):
        return ""


def _nested(box: Any, drawing: Any) -> bool:
    """Whether a text box lies in another one of the drawing, which reads it, or in a fallback of one."""
    parent = box.getparent()
    while parent is not None and parent is not drawing:
        if parent.tag in (W + "txbxContent", MC + "Fallback"):
            return True
        parent = parent.getparent()
    return False


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Runs of one look as one: Word cuts them at every change it tracked."""
    held: Run | None = None
    for run in runs:
        if held is not None and (held.font, held.bold) == (run.font, run.bold):
            held = Run(held.text + run.text, held.font, held.bold)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held
