"""What stands on a page beside its content and is seen there: values of form fields, typed notes, the text of
digital signatures. A copy of the file is made in which it is content, so that it is read where it stands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from extract.pdf.notes import DRAWN, can_be_drawn, is_drawn, may_cover, notes_of
from extract.pdf.soundness import BROKEN_PDF

_FONT = "/ExtractHelv"


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A PDF to be read from `file`. `notes`: what is print of its notes is content there; `fields`: so is
    every value of a form field that the file had no appearance of."""

    file: Path
    notes: bool = False
    fields: bool = False


@contextmanager
def with_drawn_notes(path: Path) -> Iterator[DrawnFile]:
    """The file itself where nothing of the kind is on its pages, or it can't be told; else a copy, removed
    afterwards."""
    with tempfile.TemporaryDirectory(prefix="drawn-") as folder:
        yield _flattened(path, Path(folder) / path.name)


def _flattened(path: Path, copy: Path) -> DrawnFile:
    """`copy`, with what there is to draw in its pages' content, or the file itself."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            notes = [(page, note) for page in pdf.pages for note in notes_of(page)]
            if not any(str(note.get("/Subtype")) in DRAWN for _, note in notes):
                return DrawnFile(path)
            wanting = [(page, note) for page, note in notes if can_be_drawn(note)]
            if wanting:
                _draw_values(pdf, [note for _, note in wanting])
            fields = all(is_drawn(note, page) for page, note in wanting)
            if not any(is_drawn(note, page) for page, note in notes):
                return DrawnFile(path)
            others = [[note for note in notes_of(page) if not is_drawn(note, page)] for page in pdf.pages]
            for page in pdf.pages:
                page.obj["/Annots"] = pikepdf.Array([note for note in notes_of(page) if is_drawn(note, page)])
            pdf.flatten_annotations("screen")
            for page, kept in zip(pdf.pages, others, strict=True):
                page.obj["/Annots"] = pikepdf.Array([note for note in kept if may_cover(note)])
            pdf.save(copy, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except (*BROKEN_PDF, OSError):
        return DrawnFile(path)
    return DrawnFile(copy, True, fields)


def _draw_values(pdf: pikepdf.Pdf, fields: Sequence[pikepdf.Object]) -> None:
    """Have qpdf draw the values of form fields that nothing draws yet, in a font that is surely there."""
    form = pdf.Root["/AcroForm"]
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    if not isinstance(form.get("/DR"), pikepdf.Dictionary):
        form["/DR"] = pikepdf.Dictionary()
    if not isinstance(form["/DR"].get("/Font"), pikepdf.Dictionary):
        form["/DR"]["/Font"] = pikepdf.Dictionary()
    form["/DR"]["/Font"][_FONT] = pdf.make_indirect(helvetica)
    for field in fields:
        field["/DA"] = pikepdf.String(f"{_FONT} 10 Tf 0 g")
    form["/NeedAppearances"] = True
    pdf.generate_appearance_streams()
