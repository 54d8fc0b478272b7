"""Pictures of pages: PNG, JPEG, TIFF (of many pages), BMP, WebP, and nothing else."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from extract.raster import Raster
from model.errors import DamagedFileError, ImageSizeError

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
"""What Pillow may open here: each further format is a further way in for damaged files."""

MOST_PIXELS = 72_000_000
"""A3 at 600 dpi is 69.6 million pixels."""

FEWEST_SIDE = 64
"""Pixels below which a side cannot hold a line of print."""

PLAUSIBLE_SIDE = (3.0, 34.0)
"""Inches between which a page's longer side lies; else its stated resolution is not believed."""

A4_LONG_SIDE = 11.69
"""Inches that the longer side of a picture without a resolution is taken to have: boxes of results need
points to be in. What its print is read at is told from the print (`prepare/print_size.py`)."""

FEWEST_DPI = 90
"""Dots an inch below which a file's statement is that of a screen or a camera, not of a scan."""

BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, LookupError, AttributeError,
    ArithmeticError, struct.error,
)  # fmt: skip
"""What Pillow raises on damaged files: a TIFF's tags may hold anything of any type."""


@contextmanager
def open_image(path: Path) -> Iterator[Image.Image]:
    """The opened picture, not decoded yet; closed afterwards. Raises ImageSizeError or DamagedFileError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # broken tags, passed over
        try:
            picture = Image.open(path, formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise ImageSizeError(f"{path.name}: the picture has far too many pixels") from error
        except (UnidentifiedImageError, *BROKEN) as error:
            raise DamagedFileError(f"{path.name}: not a readable picture") from error
        with picture:
            yield picture


def count_frames(picture: Image.Image) -> int:
    """The pages of a TIFF, 1 for other pictures. Raises DamagedFileError."""
    try:
        return int(getattr(picture, "n_frames", 1))
    except BROKEN as error:
        raise DamagedFileError(f"the picture's pages cannot be counted ({error})") from error


def read_frame(picture: Image.Image, index: int) -> Raster:
    """Page `index` (from 0) of an opened picture. Raises ImageSizeError or DamagedFileError."""
    try:
        picture.seek(index)
        check_size(*picture.size)
        stated = stated_resolution(picture)
        dpi = stated or max(picture.size) / A4_LONG_SIDE
        pixels = _pixels(picture)
    except ImageSizeError:
        raise
    except BROKEN as error:
        raise DamagedFileError(f"page {index + 1} of the picture cannot be decoded ({error})") from error
    height, width = pixels.shape[:2]
    return Raster(pixels, width * 72 / dpi, height * 72 / dpi, dpi, dpi, dpi_is_known=stated is not None)


def check_size(width: int, height: int) -> None:
    """Raises ImageSizeError for pictures too large to decode safely or too small to hold print."""
    if width * height > MOST_PIXELS:
        raise ImageSizeError(f"the picture has {width} x {height} pixels, more than {MOST_PIXELS:,}")
    if min(width, height) < FEWEST_SIDE:
        raise ImageSizeError(f"the picture has {width} x {height} pixels, too few to hold a line of print")


def stated_resolution(picture: Image.Image) -> float | None:
    """Dots an inch as the file states them; None where it does not, or they make no plausible page."""
    stated = picture.info.get("dpi", (0, 0))
    dpi = float(min(stated)) if isinstance(stated, tuple) and len(stated) == 2 else 0.0
    longest = max(picture.size)
    if dpi > 0 and PLAUSIBLE_SIDE[0] <= longest / dpi <= PLAUSIBLE_SIDE[1] and dpi >= FEWEST_DPI:
        return dpi
    return None


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    """Grey or blue-green-red pixels; transparent ones are white paper."""
    if picture.mode in ("1", "L", "I", "I;16", "F"):
        grey = picture.convert("L") if picture.mode in ("1", "L") else picture.convert("F").convert("L")
        return np.asarray(grey, dtype=np.uint8)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(paper, layered)
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8)[..., ::-1])
