"""A file opened for reading, whatever its kind: pages one at a time, each read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.decoders import jpeg_complaint, overheard
from extract.dump.pages import read_text_file
from extract.kinds import FileKind, InputKind, kind_of, kind_of_name
from extract.office.read import read_office
from extract.pdf.fonts import true_fonts
from extract.pdf.ink import drawn_ink
from extract.pdf.pages import layer_is_trustworthy, typed_page
from extract.pdf.pictures import text_pictures, with_pictures
from extract.pdf.placement import Placement
from extract.pdf.render import OpenPdf, render_page, render_pictures
from extract.pdf.rescue import open_or_rescue
from extract.pdf.soundness import PdfSoundness, open_soundness
from extract.pdf.typed import Look, SeenWords
from extract.pdf.verify import NumberReading
from extract.pdf.view import shown_page
from extract.raster import Raster
from extract.scan.image import count_frames, open_image, read_frame
from extract.scan.memory import give_back, return_pictures_at_once
from extract.scan.page import read_scanned_page
from extract.scan.readers.engines import EngineName, engine_named
from extract.scan.readers.line_network.reader import LineReader
from extract.scan.readers.numbers.reader import NumberReader
from extract.scan.readings import Readers
from extract.scan.repairs.marks import MarkReader
from extract.scan.tiff_strips import strip_complaint
from model.errors import DamagedFileError, DocumentError, EmptyFileError, MissingProgramError
from model.geometry import Box
from model.page import PageContent

BLANK_ADVICE = "The file holds nothing but blanks and line breaks; export the text again from its source."


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is read. `dpi` is the most at which a scan is rendered; `keep_images` a folder for the
    pictures of the steps ('' for none); `verify_ink` compares every figure of text layers with its ink, not a
    sample; `is_place` (0..1 that a text names a unit) and `repair` (lines as
    they should read) help to recognize tables of text dumps."""

    engine: EngineName = "auto"
    dpi: int = 300
    keep_images: str = ""
    verify_ink: bool = False
    is_place: Callable[[str], float] | None = None
    repair: Callable[[Sequence[str]], Sequence[str]] | None = None


class DocumentReader(Protocol):
    """An opened document. `page` counts from 0; a page is read when asked for and not kept."""

    n_pages: int
    kind: FileKind

    def page(self, index: int) -> PageContent:
        """The page, read. Raises errors of `model.errors`."""
        ...


@contextmanager
def open_document(path: str | Path, options: ReadOptions | None = None) -> Iterator[DocumentReader]:
    """The document at `path`, opened; closed afterwards.

    Raises EmptyFileError, EncryptedFileError, DamagedFileError, ImageSizeError, EncodingError, or
    MissingProgramError when a page must be read by an engine that is not there.
    """
    path, options = Path(path), options or ReadOptions()
    found = _told_kind(path)
    if found.kind == "text":
        yield _WholeReader(_text_pages(path, options), "text")
    elif found.kind == "office":
        yield _WholeReader(read_office(path, found.format), "office")
    elif found.kind == "image":
        with open_image(path) as picture:
            yield _ImageReader(picture, path, options)
    else:
        with (
            open_or_rescue(path) as pdf,
            _open_layers(pdf.file) as layers,
            open_soundness(path) as soundness,
        ):
            known = soundness.as_read(len(pdf.document), pdf.has_notes)
            yield _PdfReader(pdf.document, layers, known, path, options)


def _told_kind(path: Path) -> InputKind:
    """The file's kind. Raises DamagedFileError for one that is not read or can't be, EmptyFileError."""
    try:
        if kind_of_name(path) is None:
            raise DamagedFileError(f"{path.name}: not a kind of file that is read")
        if path.stat().st_size == 0:
            raise EmptyFileError(f"{path.name}: the file is empty")
        found = kind_of(path)
    except OSError as error:
        raise DamagedFileError(f"{path.name}: cannot be read ({error})") from error
    if found is None:
        raise DamagedFileError(f"{path.name}: not a kind of file that is read")
    return found


def _text_pages(path: Path, options: ReadOptions) -> list[PageContent]:
    """The pages of a text dump. Raises EmptyFileError, with advice for a file that has bytes but no text."""
    try:
        return read_text_file(path, options.is_place, options.repair)
    except EmptyFileError as error:
        raise EmptyFileError(f"{path.name}: {error}", BLANK_ADVICE) from error


class _WholeReader:
    """A file that is read as a whole when it is opened."""

    def __init__(self, pages: list[PageContent], kind: FileKind) -> None:
        self._pages, self.kind = pages, kind
        self.n_pages = len(pages)

    def page(self, index: int) -> PageContent:
        return self._pages[index]


class _ImageReader:
    kind: FileKind = "image"

    def __init__(self, picture: Any, path: Path, options: ReadOptions) -> None:
        self._picture, self._path, self._options = picture, path, options
        self.n_pages = count_frames(picture)

    def page(self, index: int) -> PageContent:
        said: list[str] = []

        def picture() -> Raster:
            with overheard() as heard:
                raster = self._raster(index, said)
            said.append(heard.complaint())
            return raster

        try:
            page = read_scanned_page(
                picture,
                index + 1,
                readers(self._options.engine),
                keeper(self._path, index + 1, self._options.keep_images),
            )
        finally:
            give_back()
        if self._picture.format == "JPEG":
            said.append(jpeg_complaint(self._path.read_bytes()))
        elif self._picture.format == "TIFF":
            said.append(strip_complaint(self._picture))
        return with_complaint(page, next(filter(None, said), ""))

    def _raster(self, index: int, said: list[str]) -> Raster:
        """The page's picture, as far as it goes where it is cut off, which is then `said`."""
        try:
            return read_frame(self._picture, index)
        except DamagedFileError:
            with open_image(self._path) as again:
                raster = read_frame(again, index, as_far=True)
            said.append("parts of the picture are missing or cannot be decoded")
            return raster


def with_complaint(page: PageContent, complaint: str) -> PageContent:
    """The page with what its picture's decoder complained of ('' where it did not)."""
    if not complaint:
        return page
    loss = f"Hình của trang bị hỏng trong tệp ({complaint}); số liệu có thể thiếu hoặc sai."
    return replace(page, losses=(*page.losses, loss), warnings=(*page.warnings, complaint))


class _PdfReader:
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
        sound = self._soundness.page(index)
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
                every = self._options.verify_ink
                look = Look(drawn_ink(page), Placement(page), number_reading(), every, fonts)
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
    import pdfplumber

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


@cache
def readers(engine: EngineName) -> Readers:
    """The engine and the number reader, loaded once a process."""
    cv2.setNumThreads(1)  # pages run in parallel; threads inside one would take each other's cores
    return_pictures_at_once()
    numbers = _number_reader()
    marks = MarkReader.load()
    lines = None if engine == "pytesseract" else LineReader.load(marks.is_word)
    return Readers(engine_named(engine), numbers, marks, lines)


@cache
def _number_reader() -> NumberReader | None:
    """The number reader, loaded once a process; None where it can't be."""
    try:
        return NumberReader.load()
    except MissingProgramError:
        return None


def number_reading() -> NumberReading | None:
    """What reads cut-outs of a drawn page as numbers, or None."""
    reader = _number_reader()
    return reader.read if reader is not None else None


def keeper(path: Path, number: int, folder: str) -> Callable[[str, NDArray[np.uint8]], None]:
    """What keeps the pictures of a page's steps: `<folder>/<name>-p<number>-<n>-<step>.png`."""
    if not folder:
        return lambda step, picture: None
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", path.stem)
    done: list[str] = []

    def keep(step: str, picture: NDArray[np.uint8]) -> None:
        done.append(step)
        ok, data = cv2.imencode(".png", picture)
        if ok:
            (where / f"{stem}-p{number:03d}-{len(done)}-{step}.png").write_bytes(data.tobytes())

    return keep
