"""A PDF read page by page: by its text layer, by its picture, or by both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber

from extract.inputs.options import ReadOptions
from extract.inputs.readers import keeper, number_reading, readers
from extract.kinds import FileKind
from extract.pdf.fonts import doubled_figures, true_fonts
from extract.pdf.ink import drawn_ink
from extract.pdf.pages import layer_is_trustworthy, typed_page
from extract.pdf.pictures import text_pictures, with_pictures
from extract.pdf.placement import Placement
from extract.pdf.render import OpenPdf, render_page, render_pictures
from extract.pdf.rescue import open_or_rescue
from extract.pdf.soundness import PdfSoundness, open_soundness
from extract.pdf.typed import Look, SeenWords
from extract.pdf.view import shown_page
from extract.scan.memory import give_back
from extract.scan.page import read_scanned_page
from model.errors import DamagedFileError, DocumentError
from model.geometry import Box
from model.page import PageContent


@contextmanager
def open_pdf_file(path: Path, options: ReadOptions) -> Iterator[PdfReader]:
    """The PDF at `path`, opened; closed afterwards."""
    with (
        open_or_rescue(path) as pdf,
        _open_layers(pdf.drawn.file) as layers,
        open_soundness(path) as soundness,
    ):
        known = soundness.as_read(len(pdf.document), pdf.drawn.notes, pdf.drawn.fields)
        yield PdfReader(pdf.document, layers, known, path, options)


class PdfReader:
    """An opened PDF: a page is read by its text layer where that can be trusted, else by its picture."""

    kind: FileKind = "pdf"

    def __init__(
        self, document: OpenPdf, layers: Any, soundness: PdfSoundness, path: Path, options: ReadOptions
    ) -> None:
        self._document, self._layers, self._soundness = document, layers, soundness
        self._path, self._options = path, options
        self.n_pages = len(document)
        if not self.n_pages:
            raise DamagedFileError(f"{path.name}: the PDF has no pages")

    def page(self, index: int) -> PageContent:
        page = self._read(index)
        sound = self._soundness.page(index, self._document.streams.jpeg_complaint)
        if not (sound.losses or sound.warnings):
            return page
        return replace(page, warnings=(*page.warnings, *sound.warnings), losses=(*page.losses, *sound.losses))

    def _read(self, index: int) -> PageContent:
        typed, seen, pictures = self._typed_page(index)
        if typed is not None and not pictures:
            return typed
        self._forget_streams()
        scanned = self._scanned_page(index, pictures)
        if typed is not None:
            return with_pictures(typed, scanned)
        if seen is None:
            return scanned
        return replace(
            scanned, warnings=(*scanned.warnings, *seen.warnings), losses=(*scanned.losses, *seen.losses)
        )

    def _scanned_page(self, index: int, pictures: Sequence[Box]) -> PageContent:
        """The page read from its picture; with `pictures`, only what stands in those."""
        dpi = self._options.dpi
        try:
            return read_scanned_page(
                lambda: (
                    render_pictures(self._document, index, dpi, pictures)
                    if pictures
                    else render_page(self._document, index, dpi)
                ),
                index + 1,
                readers(self._options.engine),
                keeper(self._path, index + 1, self._options.keep_images),
            )
        finally:
            give_back()

    def _forget_streams(self) -> None:
        """Let go of the pictures' bytes, which pdfminer keeps with every object it has seen: else the memory
        of a scanned document grows to the size of its file."""
        seen = getattr(getattr(self._layers, "doc", None), "_cached_objs", None)
        if isinstance(seen, dict):
            seen.clear()

    def _typed_page(self, index: int) -> tuple[PageContent | None, SeenWords | None, Sequence[Box]]:
        """The page from its text layer, or None when it has none to be trusted; what was seen of it; and the
        pictures on it that may hold text of their own."""
        if self._layers is None or index >= len(self._layers.pages):
            return None, None, ()
        layer = self._layers.pages[index]
        try:
            with self._document.page(index) as page:
                shown = shown_page(layer, page.get_bbox())
                if not layer_is_trustworthy(shown):
                    return None, None, ()
                fonts = frozenset(true_fonts(layer.page_obj))
                every, doubled = self._options.verify_ink, frozenset(doubled_figures(layer))
                look = Look(drawn_ink(page), Placement(page), number_reading(), every, fonts, doubled)
                typed, seen = typed_page(shown, index + 1, look)
                return typed, seen, text_pictures(shown) if typed is not None else ()
        except DocumentError:
            raise
        except Exception:
            # pdfminer raises anything on malformed pages; the picture of the page may still be sound.
            return None, None, ()
        finally:
            layer.close()


@contextmanager
def _open_layers(path: Path) -> Iterator[Any]:
    """The PDF by pdfplumber, or None where pdfminer cannot open it (PDFium then says what is wrong)."""
    try:
        layers = pdfplumber.open(path)
        count = len(layers.pages)
    except Exception:
        # pdfminer raises anything on malformed files; PDFium reads many of them, or tells the reason.
        yield None
        return
    try:
        yield layers if count else None
    finally:
        layers.close()
