"""Pictures of pages: PNG, JPEG, TIFF (of many pages), BMP, WebP, and nothing else."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from extract.raster import Raster, dark_on_light
from extract.scan.tiff_strips import decoded_strips
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

SQUARE = 1.2
"""Ratio of the two resolutions up to which pixels count as square."""

FEWEST_DPI = 90
"""Dots an inch below which a file's statement is that of a screen or a camera, not of a scan."""

_ORIENTATION = 0x0112  # the EXIF and TIFF tag
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # its values that make the picture's rows columns
_DEEP = 65_535.0  # white of sixteen bits a pixel

BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, LookupError, AttributeError,
    ArithmeticError, struct.error,
)  # fmt: skip
"""What Pillow raises on damaged files: a TIFF's tags may hold anything of any type."""

POINTS_AN_INCH = 72
WHITE = 255


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


def read_frame(picture: Image.Image, index: int, as_far: bool = False) -> Raster:
    """Page `index` (from 0) of an opened picture; `as_far` as it goes, where its data end too early or are
    damaged in places. Raises ImageSizeError or DamagedFileError."""
    with _cut_off(as_far):
        return _frame(picture, index, as_far)


@contextmanager
def _cut_off(allowed: bool) -> Iterator[None]:
    """Whether Pillow may give a picture whose data end too early, the rest of it empty."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = allowed
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _frame(picture: Image.Image, index: int, as_far: bool) -> Raster:
    try:
        picture.seek(index)
        check_size(*picture.size)
        if as_far and picture.format == "TIFF":
            picture = decoded_strips(picture) or picture
        across, down = stated_resolutions(picture)
        lies = picture.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
        upright = ImageOps.exif_transpose(picture)
        if lies:
            across, down = down, across
        pixels = squared(dark_on_light(_pixels(upright)), across, down)
        stated = dots_an_inch(across, down) or None
        dpi = stated or max(pixels.shape[:2]) / A4_LONG_SIDE
    except ImageSizeError:
        raise
    except BROKEN as error:
        raise DamagedFileError(f"page {index + 1} of the picture cannot be decoded ({error})") from error
    height, width = pixels.shape[:2]
    return Raster(
        pixels,
        width * POINTS_AN_INCH / dpi,
        height * POINTS_AN_INCH / dpi,
        dpi,
        dpi,
        dpi_is_known=stated is not None,
    )


def check_size(width: int, height: int) -> None:
    """Raises ImageSizeError for pictures too large to decode safely or too small to hold print."""
    if width * height > MOST_PIXELS:
        raise ImageSizeError(f"the picture has {width} x {height} pixels, more than {MOST_PIXELS:,}")
    if min(width, height) < FEWEST_SIDE:
        raise ImageSizeError(f"the picture has {width} x {height} pixels, too few to hold a line of print")


def stated_resolutions(picture: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down as the file states them; 0, 0 where it does not, or they make no plausible
    page."""
    stated = picture.info.get("dpi", (0, 0))
    if not (isinstance(stated, tuple) and len(stated) == 2):
        return 0.0, 0.0
    across, down = float(stated[0]), float(stated[1])
    if min(across, down) < FEWEST_DPI:
        return 0.0, 0.0
    sides = picture.size[0] / across, picture.size[1] / down
    return (across, down) if PLAUSIBLE_SIDE[0] <= max(sides) <= PLAUSIBLE_SIDE[1] else (0.0, 0.0)


def dots_an_inch(across: float, down: float) -> float:
    """The resolution of a picture once it is squared."""
    return max(across, down) if max(across, down) > SQUARE * min(across, down) else min(across, down)


def squared(pixels: NDArray[np.uint8], across: float, down: float) -> NDArray[np.uint8]:
    """The picture with pixels as high as wide: a coarse fax (ITU-T T.4: 204 x 98 dots an inch) has its rows
    drawn out, else its letters are half as high as they are."""
    if min(across, down) <= 0 or max(across, down) <= SQUARE * min(across, down):
        return pixels
    height, width = pixels.shape[:2]
    finest = max(across, down)
    size = (round(width * finest / across), round(height * finest / down))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    """Grey or blue-green-red pixels; transparent ones are white paper. Deeper greys are scaled to 8 bits."""
    if picture.mode in ("1", "L"):
        return np.asarray(picture.convert("L"), dtype=np.uint8)
    if picture.mode == "F" or picture.mode.startswith("I"):
        return _scaled(np.asarray(picture, dtype=np.float64))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (WHITE, WHITE, WHITE, WHITE))
        picture = Image.alpha_composite(paper, layered)
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8)[..., ::-1])


def _scaled(deep: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Greys of any depth as eight bits: shares of one, sixteen bits, or as far as the largest goes."""
    largest = float(deep.max()) if deep.size else 0.0
    white = 1.0 if largest <= 1.0 else 255.0 if largest <= 255.0 else max(_DEEP, largest)
    return np.asarray(np.clip(deep * (255.0 / white), 0, 255), np.uint8)
