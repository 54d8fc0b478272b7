"""A text of LibreOffice (.odt) as a text body: paragraphs, lists with their numbers, tables, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.office.content import Block, Paragraph, Run, TextBody
from extract.office.grid import Placed, table_of
from extract.office.opendocument.lists import Lists
from extract.office.opendocument.package import (
    DRAW,
    FO,
    LOEXT,
    OFFICE,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    name,
    read_parts,
)
from extract.office.opendocument.styles import OdfStyles, points
from extract.office.unread import is_large, told
from extract.office.word.superscript import raised
from model.errors import DamagedFileError, TooCostlyError

_DEEPEST = 40
_MOST_PLACED = 200_000  # cells of a table
_MOST_REPEATED = 1000  # cells or blanks that one element may stand for
_TABLES = (TABLE + "table", LOEXT + "table")  # the latter in text boxes, as LibreOffice writes them
_WRAPPERS = frozenset(
    ("section", "index-body", "table-of-content", "illustration-index", "index-title", "alphabetical-index",
     "user-index")
)  # fmt: skip
_POINTS_A_CM = 28.35
_SKIPPED = frozenset(("annotation", "tracked-changes", "ruby-text", "forms"))


def read_odt(path: Path) -> TextBody:
    """The text of an OpenDocument text. Raises EncryptedFileError, DamagedFileError, TooCostlyError."""
    content, styles = read_parts(path)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise DamagedFileError(f"{path.name}: no text in the file")
    reader = _Reader(OdfStyles(styles, content), Lists(styles, content))
    blocks = tuple(reader.blocks(body, 0))
    header = _edges(styles, "header", reader)
    footer = _edges(styles, "footer", reader)
    return TextBody(blocks, header, footer, tuple(reader.notes), *told(reader.seen))


def unread(drawing: Any) -> str:
    """What a drawing without text shows: an embedded object (its picture stands beside it), a large picture,
    a small one, or just lines ('')."""
    names = {name(e) for e in drawing.iter()}
    if names & {"object", "object-ole"}:
        return "objects"
    sides = [points(drawing.get(SVG + side, "")) / _POINTS_A_CM for side in ("width", "height")]
    return ("large" if is_large(*sides) else "pictures") if "image" in names else ""


class _Reader:
    """Reads blocks in order; notes are put aside as they are met."""

    def __init__(self, styles: OdfStyles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self.notes: list[Paragraph] = []
        self.seen: Counter[str] = Counter()

    def blocks(self, parent: Any, depth: int, label: str = "") -> list[Block]:
        """The blocks below an element; `label` is printed before the first paragraph."""
        found: list[Block] = []
        for element in parent if depth < _DEEPEST else ():
            kind = name(element)
            if kind in ("p", "h"):
                heading = self._lists.heading(element) if kind == "h" else ""
                found.extend(self._paragraph(element, label or heading, depth))
                label = ""
            elif kind in ("list", "numbered-paragraph"):
                found.extend(self._list(element, depth, 1, ""))
            elif element.tag in _TABLES:
                found.append(self._table(element, depth))
            elif kind in _WRAPPERS and not self._is_hidden(element, "", ""):
                found.extend(self.blocks(element, depth + 1))
            elif element.tag.startswith(DRAW) if isinstance(element.tag, str) else False:
                found.extend(self._drawing(element, depth))
        return found

    def _is_hidden(self, element: Any, style: str, family: str) -> bool:
        """Whether a section or a style hides its text (OpenDocument 1.2, part 1: `text:display`); what says
        something is told."""
        display = element.get(TEXT + "display") or self._styles.get(style, TEXT + "display", family)
        if display == "none" and "".join(element.itertext()).strip():
            self.seen["hidden"] += 1
        return bool(display == "none")

    def _list(self, element: Any, depth: int, level: int, style: str) -> list[Block]:
        """A list's items, each with its number; lists inside items are a level deeper."""
        found: list[Block] = []
        style = element.get(TEXT + "style-name") or style
        self._lists.begin(element, style, level)
        for item in element if depth < _DEEPEST else ():
            counts = name(item) == "list-item" and any(name(e) in ("p", "h") for e in item)
            label = self._lists.label(style, level, item) if counts else ""
            for inner in item:
                if name(inner) == "list":
                    found.extend(self._list(inner, depth + 1, level + 1, style))
                elif name(inner) in ("p", "h"):
                    found.extend(self._paragraph(inner, label, depth))
                    label = ""
                else:
                    wrapper = [inner]
                    found.extend(self.blocks(wrapper, depth + 1))
        return found

    def _paragraph(self, element: Any, label: str, depth: int) -> list[Block]:
        style = element.get(TEXT + "style-name", "")
        if self._is_hidden(element, style, "paragraph"):
            return []
        boxes: list[Block] = []
        runs = [Run(label + " ")] if label else []
        runs += list(self._runs(element, style, "paragraph", boxes, depth))
        centred = self._styles.get(style, FO + "text-align", "paragraph") == "center"
        return [Paragraph(tuple(runs), centred), *boxes]

    def _runs(self, element: Any, style: str, family: str, boxes: list[Block], depth: int) -> Iterator[Run]:
        look = self._styles.font(style, family), self._styles.bold(style, family)
        raise_it = self._styles.raised(style)
        if element.text:
            yield _run(_collapsed(element.text), look, raise_it)
        for child in element:
            yield from self._inline(child, style, family, look, boxes, depth)
            if child.tail:
                yield _run(_collapsed(child.tail), look, raise_it)

    def _inline(
        self, child: Any, style: str, family: str, look: tuple[str, bool], boxes: list[Block], depth: int
    ) -> Iterator[Run]:
        kind = name(child)
        if kind == "s":
            yield _run(" " * min(int(child.get(TEXT + "c", "1") or 1), _MOST_REPEATED), look, False)
        elif kind == "tab":
            yield _run("\t", look, False)
        elif kind == "line-break":
            yield _run("\n", look, False)
        elif kind == "note":
            yield from self._note(child, depth)
        elif isinstance(child.tag, str) and child.tag.startswith(DRAW):
            boxes.extend(self._drawing(child, depth))
        elif kind == "span":
            own = child.get(TEXT + "style-name", "")
            if self._is_hidden(child, own, ""):
                return
            for run in self._runs(child, own, "", boxes, depth) if depth < _DEEPEST else ():
                bold = run.bold or (look[1] and not self._styles.get(own, FO + "font-weight"))
                yield Run(run.text, run.font or look[0], bold)
        elif kind not in _SKIPPED and depth < _DEEPEST:
            yield from self._runs(child, style, family, boxes, depth + 1)

    def _note(self, element: Any, depth: int) -> Iterator[Run]:
        citation = next((e for e in element if name(e) == "note-citation"), None)
        mark = "".join(citation.itertext()) if citation is not None else ""
        high = raised(mark.strip()) or mark
        for body in element:
            if name(body) == "note-body":
                blocks = [b for b in self.blocks(body, depth + 1) if isinstance(b, Paragraph)]
                self.notes += [
                    Paragraph((Run(high + " "), *b.runs)) if not i else b for i, b in enumerate(blocks)
                ]
        yield Run(high)

    def _drawing(self, element: Any, depth: int) -> list[Block]:
        boxes = [e for e in element.iter(DRAW + "text-box") if not _inside_box(e, element)]
        held = [block for box in boxes for block in self.blocks(box, depth + 1)]
        if not boxes and name(element) in ("custom-shape", "rect", "ellipse"):
            held = self.blocks(element, depth + 1)
        if not held and (kind := unread(element)):
            self.seen[kind] += 1
        return held

    def _table(self, element: Any, depth: int) -> Block:
        placed: list[Placed] = []
        rows = list(_table_rows(element))
        headers = sum(header for _, header in rows)
        for at, (row, _) in enumerate(rows):
            col = 0
            for cell in row:
                if name(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                count = min(_number(cell, "number-columns-repeated"), _MOST_REPEATED)
                if name(cell) == "table-cell":
                    look = self._styles.cell_look(cell.get(TABLE + "style-name", ""))
                    down, across = (
                        _number(cell, "number-rows-spanned"),
                        _number(cell, "number-columns-spanned"),
                    )
                    if len(placed) > _MOST_PLACED:
                        raise TooCostlyError(f"a table of more than {_MOST_PLACED:,} cells")
                    for i in range(count):
                        blocks = tuple(self.blocks(cell, depth + 1))
                        placed.append(Placed(at, col + i, down, across, blocks, bool(look.borders)))
                col += count
        return table_of(placed, len(rows), self._edges(element), headers)

    def _edges(self, table: Any) -> list[float]:
        """The borders of a table's columns in points from its left side; none where a width is not said."""
        edges = [0.0]
        for column in table.iter("{*}table-column"):
            if next(column.iterancestors(*_TABLES)) is not table:
                continue
            width = points(self._styles.get(column.get(TABLE + "style-name", ""), STYLE + "column-width"))
            if width <= 0:
                return []
            for _ in range(min(_number(column, "number-columns-repeated"), _MOST_REPEATED)):
                edges.append(edges[-1] + width)
        return edges


def _run(text: str, look: tuple[str, bool], up: bool) -> Run:
    return Run(high, "", look[1]) if up and (high := raised(text)) else Run(text, *look)


def _collapsed(text: str) -> str:
    """White space of the XML as one blank (OpenDocument writes others as elements)."""
    return (
        " ".join(text.split(" "))
        if "\n" not in text and "\t" not in text
        else " ".join(("x" + text + "x").split())[1:-1]
    )


def _number(element: Any, attribute: str) -> int:
    text = element.get(TABLE + attribute, "1")
    return max(1, int(text)) if text.isdigit() else 1


def _table_rows(table: Any, header: bool = False) -> Iterator[tuple[Any, bool]]:
    """The rows of a table and whether each is repeated on every page."""
    for element in table:
        kind = name(element)
        if kind == "table-row":
            for _ in range(min(_number(element, "number-rows-repeated"), _MOST_REPEATED)):
                yield element, header
        elif kind in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _table_rows(element, header or kind == "table-header-rows")


def _inside_box(box: Any, drawing: Any) -> bool:
    parent = box.getparent()
    while parent is not None and parent is not drawing:
        if parent.tag == DRAW + "text-box":
            return True
        parent = parent.getparent()
    return False


def _edges(styles: Any | None, kind: str, reader: _Reader) -> tuple[Paragraph, ...]:
    """What headers or footers say, each text once."""
    found: dict[str, Paragraph] = {}
    for element in styles.iter() if styles is not None else ():
        if isinstance(element.tag, str) and element.tag.startswith(STYLE) and name(element).startswith(kind):
            if name(element) in (f"{kind}-style",):
                continue
            for block in _flat(reader.blocks(element, 0)):
                if text := block.text.strip():
                    found.setdefault(text, block)
    return tuple(found.values())


def _flat(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _flat(cell.blocks)
