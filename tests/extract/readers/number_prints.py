"""Numbers printed for the tests, in the font that Pillow brings along."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont


def printed(text: str, size: int = 36, margin: int = 12) -> npt.NDArray[np.uint8]:
    """`text` (lines parted by \\n) black on white, the ink's box with `margin` white pixels around it."""
    font = ImageFont.load_default(size)
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    x0, y0, x1, y1 = pen.multiline_textbbox((0, 0), text, font=font)
    picture = Image.new("L", (int(x1 - x0) + 2 * margin, int(y1 - y0) + 2 * margin), 255)
    ImageDraw.Draw(picture).multiline_text((margin - x0, margin - y0), text, fill=0, font=font)
    return np.asarray(picture, np.uint8).copy()


def framed(picture: npt.NDArray[np.uint8], above: int = 40, side: int = 20) -> npt.NDArray[np.uint8]:
    """The picture in a tall cell whose rules are in the crop."""
    out = np.pad(picture, ((above, above), (side, side)), constant_values=255)
    out[:3] = out[-3:] = 0
    out[:, :3] = out[:, -3:] = 0
    return out
