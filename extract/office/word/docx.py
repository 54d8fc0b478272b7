"""A .docx file as a text body: its parts found and read (ECMA-376; strict and transitional)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.office.content import Paragraph, Run, TextBody
from extract.office.package import Package, open_package
from extract.office.relations import related
from extract.office.unread import told
from extract.office.word.body import BodyReader
from extract.office.word.numbering import Numbering
from extract.office.word.ooxml import W, child, with_transitional_names
from extract.office.word.styles import Styles
from extract.office.word.superscript import raised
from model.errors import DamagedFileError

_SINGLE_PARTS = ("styles", "theme", "numbering", "footnotes", "endnotes")
_NO_NOTE = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(path: Path) -> TextBody:
    """The text of a Word file. Raises EncryptedFileError, DamagedFileError, TooCostlyError."""
    with open_package(path) as package:
        main = _main_part(package)
        root = with_transitional_names(package.tree(main))
        if root is None or (body := child(root, "body")) is None:
            raise DamagedFileError(f"{path.name}: no text part in the file")
        named = _related(package, main)
        parts = {kind: _tree(package, named[kind][0]) for kind in _SINGLE_PARTS if kind in named}
        reader = BodyReader(
            Styles(parts.get("styles"), parts.get("theme")), Numbering(parts.get("numbering"))
        )
        blocks = tuple(reader.blocks(body))
        notes = [
            *_notes(parts.get("footnotes"), "footnote", reader),
            *_notes(parts.get("endnotes"), "endnote", reader),
        ]
        header = _edges(package, named.get("header", ()), reader)
        footer = _edges(package, named.get("footer", ()), reader)
        return TextBody(blocks, header, footer, tuple(notes), *told(reader.seen))


def _main_part(package: Package) -> str:
    """The name of the text part, by the package's own relationships."""
    for kind, target in related(package, ""):
        if kind == "officeDocument" and target:
            return target
    return "word/document.xml"


def _related(package: Package, part: str) -> dict[str, list[str]]:
    """The parts that belong to a part, by their kind (`styles`, `header`, ...). What lies outside the
    package is left alone."""
    found: dict[str, list[str]] = {}
    for kind, target in related(package, part):
        if target and package.has(target):
            found.setdefault(kind, []).append(target)
    return found


def _tree(package: Package, part: str) -> Any | None:
    return with_transitional_names(package.tree(part))


def _notes(root: Any | None, name: str, reader: BodyReader) -> list[Paragraph]:
    """Footnotes or endnotes in the order of their marks, each with its mark."""
    if root is None:
        return []
    order = reader.note_order(f"{name}Reference")
    listed: list[tuple[int, list[Paragraph]]] = []
    for element in root.findall(W + name):
        ident = element.get(W + "id", "")
        if element.get(W + "type") in _NO_NOTE or ident not in order:
            continue
        blocks = [b for b in reader.blocks(element) if isinstance(b, Paragraph) and b.text.strip()]
        if blocks:
            mark = Paragraph((Run(raised(str(order[ident])) + " "), *blocks[0].runs))
            listed.append((order[ident], [mark, *blocks[1:]]))
    return [paragraph for _, blocks in sorted(listed, key=lambda pair: pair[0]) for paragraph in blocks]


def _edges(package: Package, parts: Iterable[str], reader: BodyReader) -> tuple[Paragraph, ...]:
    """What headers or footers say, each text once."""
    found: dict[str, Paragraph] = {}
    for part in parts:
        root = _tree(package, part)
        for block in reader.blocks(root) if root is not None else ():
            listed = [block] if isinstance(block, Paragraph) else _flat(block)
            for paragraph in listed:
                if text := paragraph.text.strip():
                    found.setdefault(text, paragraph)
    return tuple(found.values())


def _flat(table: Any) -> list[Paragraph]:
    """The paragraphs of a table of a header or footer."""
    out: list[Paragraph] = []
    for cell in table.cells:
        for block in cell.blocks:
            out.extend([block] if isinstance(block, Paragraph) else _flat(block))
    return out
