"""What stands on a page beside its content and is seen there: values of form fields, typed notes, the text of
digital signatures. A copy of the file is made in which it is content, so that it is read where it stands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from extract.pdf.notes import DRAWN, can_be_drawn, is_drawn, notes_of
from extract.pdf.soundness import BROKEN_PDF


@contextmanager
def with_drawn_notes(path: Path) -> Iterator[Path]:
    """The file itself where nothing of the kind is on its pages, or it can't be told; else a copy, removed
    afterwards."""
    with tempfile.TemporaryDirectory(prefix="drawn-") as folder:
        copy = Path(folder) / path.name
        yield copy if _flattened(path, copy) else path


def _flattened(path: Path, copy: Path) -> bool:
    """Whether there was something to draw, and `copy` has it in its pages' content."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            notes = [(page, note) for page in pdf.pages for note in notes_of(page)]
            if not any(str(note.get("/Subtype")) in DRAWN for _, note in notes):
                return False
            if any(can_be_drawn(note) for _, note in notes):
                pdf.Root["/AcroForm"]["/NeedAppearances"] = True
                pdf.generate_appearance_streams()
            if not any(is_drawn(note, page) for page, note in notes):
                return False
            for page in pdf.pages:
                page.obj["/Annots"] = pikepdf.Array([note for note in notes_of(page) if is_drawn(note, page)])
            pdf.flatten_annotations("screen")
            pdf.save(copy, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except (*BROKEN_PDF, OSError):
        return False
    return True
