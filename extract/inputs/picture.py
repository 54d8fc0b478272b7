"""A picture file read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.decoders import jpeg_complaint, overheard
from extract.inputs.options import ReadOptions
from extract.inputs.readers import keeper, readers
from extract.kinds import FileKind
from extract.raster import Raster
from extract.scan.image import count_frames, open_image, read_frame
from extract.scan.page import read_scanned_page
from extract.scan.tiff_strips import strip_complaint
from model.errors import DamagedFileError
from model.page import PageContent


@contextmanager
def open_picture(path: Path, options: ReadOptions) -> Iterator[PictureReader]:
    """The picture at `path`, opened; closed afterwards."""
    with open_image(path) as picture:
        yield PictureReader(picture, path, options)


class PictureReader:
    """An opened picture, a page each of its frames."""

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

        page = read_scanned_page(
            picture,
            index + 1,
            readers(self._options.engine),
            keeper(self._path, index + 1, self._options.keep_images),
        )
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
