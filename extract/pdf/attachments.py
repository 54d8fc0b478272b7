"""The files that a PDF carries: in its tree of names (attachments, the members of a portfolio) and behind
notes on its pages (PDF 1.7, 7.11.4, 12.5.6.15). Nothing is unpacked but what is asked for, within a bound."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf

from extract.pdf.soundness import BROKEN_PDF

_MOST_PAGES = 5_000  # whose notes are looked at


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a PDF: its name, and the bytes that it takes there."""

    name: str
    packed: int


class AttachmentError(Exception):
    """An attachment that can't be unpacked: its message says why."""


def attachments(stream: BinaryIO, most: int) -> list[Attachment]:
    """The files in a PDF, in order, at most one more than `most`; none in a file that can't be opened (its
    reader says what is wrong with it)."""
    out: list[Attachment] = []
    try:
        stream.seek(0)
        with pikepdf.open(stream) as pdf:
            for name, held in _held(pdf):
                out.append(Attachment(name, len(bytes(held.read_raw_bytes()))))
                if len(out) > most:
                    break
    except BROKEN_PDF:
        return out
    return out


def attachment_bytes(stream: BinaryIO, place: int, most: int) -> tuple[str, bytes]:
    """Name and bytes of the attachment at a place. Raises AttachmentError for one of more than `most` bytes,
    one packed otherwise than by Flate, and one that is not there."""
    try:
        stream.seek(0)
        with pikepdf.open(stream) as pdf:
            for at, (name, held) in enumerate(_held(pdf)):
                if at == place:
                    return name, _unpacked(held, most)
    except BROKEN_PDF as error:
        raise AttachmentError(f"cannot be unpacked ({type(error).__name__})") from error
    raise AttachmentError("is not there")


def _held(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Name and stream of each file, each stream once."""
    seen: set[tuple[int, int]] = set()
    for spec in _specs(pdf):
        if not isinstance(spec, pikepdf.Dictionary):
            continue
        files = spec.get("/EF")
        held = (files.get("/UF") or files.get("/F")) if isinstance(files, pikepdf.Dictionary) else None
        if not isinstance(held, pikepdf.Stream) or held.objgen in seen:
            continue
        seen.add(held.objgen)
        name = str(spec.get("/UF") or spec.get("/F") or "")
        yield re.split(r"[/\\]", name)[-1].strip() or "unnamed", held


def _specs(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Descriptions of files: those of the tree of names, then those behind notes."""
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        for _, spec in pikepdf.NameTree(tree).items():
            yield spec
    for page, _ in zip(pdf.pages, range(_MOST_PAGES)):
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment":
                yield note.get("/FS")


def _is_predicted(parameters: Any) -> bool:
    """Whether a filter's bytes stand for differences of bytes, as pictures' do."""
    return isinstance(parameters, pikepdf.Dictionary) and int(parameters.get("/Predictor", 1)) > 1


def _unpacked(held: Any, most: int) -> bytes:
    filters = held.get("/Filter")
    named = (
        [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters else []
    )
    raw = bytes(held.read_raw_bytes())
    if named == ["/FlateDecode"] and not _is_predicted(held.get("/DecodeParms")):
        inflate = zlib.decompressobj()
        try:
            raw = inflate.decompress(raw, most + 1)
        except zlib.error as error:
            raise AttachmentError(f"cannot be unpacked ({error})") from error
    elif named:
        raise AttachmentError(f"is packed by {', '.join(named).replace('/', '')}; save it out of the PDF")
    if len(raw) > most:
        raise AttachmentError(f"unpacks to over {most >> 20} MB; save it out of the PDF")
    return raw
