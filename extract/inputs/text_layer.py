"""The text layer of a PDF: what pdfplumber sees of a page, read where that can be trusted.

pdfplumber and all it brings are loaded with this module, by the first page that may have such a layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium

from extract.inputs.readers import number_reading
from extract.pdf.fonts import doubled_figures, drawn_fonts, true_fonts
from extract.pdf.in_view import all_in_view
from extract.pdf.ink import drawn_ink
from extract.pdf.pages import layer_is_trustworthy, typed_page
from extract.pdf.pictures import text_pictures, with_pictures
from extract.pdf.placement import Placement
from extract.pdf.render import OpenPdf
from extract.pdf.specimen import Figure
from extract.pdf.strips import InkInStrips
from extract.pdf.typed import Look, SeenWords
from extract.pdf.view import NO_OBJECT, ShownPage, shown_page
from model.errors import DocumentError
from model.geometry import Box
from model.page import PageContent

_BLOCK = 4  # pages; as many are handed to a worker of a cluster at once


@dataclass(frozen=True, slots=True)
class LayerPage:
    """A page by its text layer (`typed`, None where there is none to be trusted), what was seen of that, and
    the pictures on the page that may hold text of their own."""

    typed: PageContent | None = None
    seen: SeenWords | None = None
    pictures: Sequence[Box] = ()

    def with_scanned(self, scanned: PageContent) -> PageContent:
        """The page with what was read from its picture."""
        if self.typed is not None:
            return with_pictures(self.typed, scanned)
        if self.seen is None:
            return scanned
        return replace(
            scanned,
            warnings=(*scanned.warnings, *self.seen.warnings),
            losses=(*scanned.losses, *self.seen.losses),
        )


class TextLayers:
    """The layers of a PDF opened by pdfplumber, or of none (None) where it cannot open it.

    A figure of a font that was seen to be drawn as it is typed is not looked at again on the pages that
    follow in its block of pages. A page that is asked for out of turn has those before it in its block read
    first, so that a page's reading depends on the file alone.
    """

    def __init__(self, layers: Any) -> None:
        self._layers = layers
        self._known: set[Figure] = set()
        self._next = 0

    def page(self, index: int, document: OpenPdf, verify_ink: bool) -> LayerPage:
        """The layer of page `index` (from 0) of the same PDF opened by PDFium; `verify_ink` holds every
        figure against the ink."""
        first = index - index % _BLOCK
        goes_on = self._next == index > first
        if not goes_on:
            self._known.clear()
        for earlier in () if goes_on or verify_ink else range(first, index):
            self._layer(earlier, document, verify_ink)
        self._next = index + 1
        return self._layer(index, document, verify_ink)

    def _layer(self, index: int, document: OpenPdf, verify_ink: bool) -> LayerPage:
        if self._layers is None or index >= len(self._layers.pages):
            return LayerPage()
        layer = self._layers.pages[index]
        try:
            with document.page(index) as page:
                shown = shown_page(layer, page.get_bbox())
                if not layer_is_trustworthy(shown):
                    return LayerPage()
                look = look_at(page, shown, layer, verify_ink, frozenset(self._known))
                typed, seen = typed_page(shown, index + 1, look)
                self._known |= {(face, d) for face, d in seen.as_typed if NO_OBJECT not in face}
                return LayerPage(typed, seen, text_pictures(shown) if typed is not None else ())
        except DocumentError:
            raise
        except Exception:
            # pdfminer raises anything on malformed pages; the picture of the page may still be sound.
            return LayerPage()
        finally:
            layer.close()

    def forget_streams(self) -> None:
        """Let go of the pictures' bytes, which pdfminer keeps with every object it has seen: else the memory
        of a scanned document grows to the size of its file."""
        seen = getattr(getattr(self._layers, "doc", None), "_cached_objs", None)
        if isinstance(seen, dict):
            seen.clear()


def look_at(
    page: pdfium.PdfPage, shown: ShownPage, layer: Any, every: bool, known: frozenset[Figure]
) -> Look:
    """How a page is looked at that PDFium and pdfplumber (`layer`) have opened. Raises PdfiumError."""
    fonts = frozenset(true_fonts(layer.page_obj))
    doubled = frozenset(doubled_figures(layer))
    in_view = (
        not (every or doubled)
        and shown.painting is not None
        and all_in_view(shown.painting, fonts - drawn_fonts(layer.page_obj))
    )
    ink = InkInStrips(page) if in_view else drawn_ink(page)
    return Look(ink, Placement(page), number_reading(), every, fonts, doubled, known, in_view)


@contextmanager
def open_layers(path: Path) -> Iterator[TextLayers]:
    """The PDF by pdfplumber; closed afterwards. Where pdfminer cannot open it, PDFium says what is wrong."""
    try:
        layers = pdfplumber.open(path)
        count = len(layers.pages)
    except Exception:
        # pdfminer raises anything on malformed files; PDFium reads many of them, or tells the reason.
        yield TextLayers(None)
        return
    try:
        yield TextLayers(layers if count else None)
    finally:
        layers.close()
