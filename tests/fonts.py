"""Fonts for the tests, chosen by the letters they have: what is installed differs from machine to machine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from PIL import ImageFont

ROOT = Path("/usr/share/fonts/truetype")
SERIF = (
    "liberation2/LiberationSerif-Regular.ttf",
    "liberation/LiberationSerif-Regular.ttf",
    "dejavu/DejaVuSerif.ttf",
)
MANY = (
    *SERIF,
    "liberation2/LiberationSerif-Bold.ttf",
    "liberation2/LiberationSans-Regular.ttf",
    "liberation/LiberationSerif-Bold.ttf",
    "liberation/LiberationSans-Regular.ttf",
    "dejavu/DejaVuSans.ttf",
)
NO_LETTER = "\U0010fffe"  # no font draws it: its shape is that of a missing letter


@cache
def has_letters(path: Path, letters: str) -> bool:
    """Whether a font draws each of the letters as something of its own."""
    font = ImageFont.truetype(str(path), 40)
    missing = bytes(font.getmask(NO_LETTER))
    return all(bytes(font.getmask(letter)) != missing for letter in set(letters) - {" "})


def fonts_with(letters: str, names: Iterable[str] = MANY) -> list[Path]:
    """The installed fonts among `names` that have all the letters."""
    paths = (ROOT / name for name in names)
    return [path for path in paths if path.is_file() and has_letters(path, letters)]


def serif(letters: str, size: int) -> ImageFont.FreeTypeFont:
    """A Times-like font with these letters; the test is skipped where there is none."""
    for path in fonts_with(letters, SERIF):
        return ImageFont.truetype(str(path), size)
    pytest.skip("needs Liberation 2 or DejaVu, or another font with all Vietnamese letters")
