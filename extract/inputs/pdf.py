"""A PDF read page by page: by its text layer, by its picture, or by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from extract.inputs.options import ReadOptions
from extract.inputs.readers import keeper, readers
from extract.kinds import FileKind
from extract.pdf.embedded import is_picture_alone
from extract.pdf.ink import is_bare, is_drawn_over
from extract.pdf.render import OpenPdf, render_page, render_pictures
from extract.pdf.rescue import ReadablePdf, open_or_rescue
from extract.pdf.soundness import PdfSoundness, open_soundness
from extract.scan.page import read_scanned_page
from model.errors import DamagedFileError
from model.geometry import Box
from model.page import PageContent

if TYPE_CHECKING:
    from extract.inputs.text_layer import LayerPage, TextLayers


DRAWN_OVER = (
    "Trang có hình vẽ, dấu hoặc ghi chú đặt lên trên, che mất một phần chữ và số; các số bị che vẫn được đọc"
    " từ tệp, nên xem lại bản gốc."
)


NOT_DRAWN = (
    "Trang có hình trong tệp nhưng không hiện ra được (thông tin về hình bị sai hoặc hỏng); số liệu của trang"
    " này không được đọc."
)


@contextmanager
def open_pdf_file(path: Path, options: ReadOptions) -> Iterator[PdfReader]:
    """The PDF at `path`, opened; closed afterwards."""
    with (
        open_or_rescue(path) as pdf,
        open_soundness(path) as soundness,
        ExitStack() as layers,
    ):
        known = soundness.as_read(len(pdf.document), pdf.drawn.notes, pdf.drawn.fields)
        yield PdfReader(pdf, layers, known, path, options)


class PdfReader:
    """An opened PDF: a page is read by its text layer where that can be trusted, else by its picture. What
    reads layers is opened within `opened` by the first page that may have one."""

    kind: FileKind = "pdf"

    def __init__(
        self, pdf: ReadablePdf, opened: ExitStack, soundness: PdfSoundness, path: Path, options: ReadOptions
    ) -> None:
        self._document: OpenPdf = pdf.document
        self._file, self._opened, self._soundness = pdf.drawn.file, opened, soundness
        self._path, self._options = path, options
        self._layers: TextLayers | None = None
        self.n_pages = len(pdf.document)
        if not self.n_pages:
            raise DamagedFileError(f"{path.name}: the PDF has no pages")

    def page(self, index: int) -> PageContent:
        page = self._read(index)
        sound = self._soundness.page(index, self._document.streams.jpeg_complaint)
        over = (DRAWN_OVER,) if sound.has_drawings_over and self._drawn_page(index, is_drawn_over) else ()
        if not page.blocks and self._soundness.has_a_picture(index) and self._drawn_page(index, is_bare):
            over = (*over, NOT_DRAWN)
        if not (sound.losses or sound.warnings or over):
            return page
        losses = (*page.losses, *sound.losses, *over)
        return replace(page, warnings=(*page.warnings, *sound.warnings), losses=losses)

    def _drawn_page(self, index: int, is_so: Callable[[pdfium.PdfPage], bool]) -> bool:
        """What is asked of the page as it is drawn; False where it can't be."""
        try:
            with self._document.page(index) as page:
                return is_so(page)
        except pdfium.PdfiumError:
            return False

    def _read(self, index: int) -> PageContent:
        layer = self._layer_of(index)
        if layer is not None and layer.typed is not None and not layer.pictures:
            return layer.typed
        if self._layers is not None:
            self._layers.forget_streams()
        scanned = self._scanned_page(index, layer.pictures if layer is not None else ())
        return layer.with_scanned(scanned) if layer is not None else scanned

    def _layer_of(self, index: int) -> LayerPage | None:
        """The page by its text layer; None where it is a picture and nothing else."""
        if is_picture_alone(self._document.document, index):
            return None
        if self._layers is None:
            from extract.inputs.text_layer import open_layers  # a scan needs none of pdfplumber

            self._layers = self._opened.enter_context(open_layers(self._file))
        return self._layers.page(index, self._document, self._options.verify_ink)

    def _scanned_page(self, index: int, pictures: Sequence[Box]) -> PageContent:
        """The page read from its picture; with `pictures`, only what stands in those."""
        dpi = self._options.dpi
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
