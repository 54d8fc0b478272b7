"""Coloured ink - red seals, blue signatures - taken out of a colour scan, black print kept."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.raster import CHROMA, LEAST_SHARE, SHARE_STEP, chroma, share_of_colour
from extract.scan.prepare.ink import Mask, Picture

ColourPicture = NDArray[np.uint8]  # rows x columns x 3, blue green red

FAINT = CHROMA // 2
"""Chroma of the smaller picture from which there may be coloured ink: a stroke fills half of its pixels."""

WHITE = 255
EDGE_PX = 5  # a colour's blurred edge and the ink itself
PAPER_STEP = 8
CHANNELS = 3
FEWEST_PX = 50
DARK_QUARTER = 25  # percent
BLACK_POINT = 40.0
TONE_ABOVE_BLACK = 55.0


def grey_of(picture: ColourPicture) -> Picture:
    """The luminance of a colour picture; a grey one is given back as it is."""
    if picture.ndim == 2:
        return picture
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def smaller(picture: ColourPicture) -> ColourPicture:
    """The picture SHARE_STEP times smaller, smoothed. Rows and columns that are left over are left out: by
    whole numbers it takes half the time."""
    height, width = (side // SHARE_STEP for side in picture.shape[:2])
    if height and width:
        picture = picture[: height * SHARE_STEP, : width * SHARE_STEP]
    size = (max(1, width), max(1, height))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def without_colour(picture: ColourPicture) -> tuple[Picture, bool]:
    """The page in grey; and whether it had coloured ink, which is taken out then."""
    if picture.ndim == 2:
        return picture, False
    small = smaller(picture)
    coloured = share_of_colour(small) > LEAST_SHARE
    return (without_coloured_ink(picture, small) if coloured else grey_of(picture)), coloured


def coloured_part(picture: ColourPicture, small: ColourPicture) -> tuple[slice, slice]:
    """The rows and columns that hold all coloured ink; `small` is the same picture `smaller`."""
    faint = cv2.threshold(chroma(small), FAINT, WHITE, cv2.THRESH_BINARY)[1]
    x, y, width, height = cv2.boundingRect(faint)
    margin = 2 * SHARE_STEP
    sy, sx = picture.shape[0] / faint.shape[0], picture.shape[1] / faint.shape[1]
    return (
        slice(max(0, int(y * sy) - margin), int((y + height) * sy) + margin),
        slice(max(0, int(x * sx) - margin), int((x + width) * sx) + margin),
    )


def coloured_mask(picture: ColourPicture) -> Mask:
    """255 on coloured ink and a little round it, where its edges fade."""
    mask = cv2.threshold(chroma(picture), CHROMA, WHITE, cv2.THRESH_BINARY)[1]
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.dilate(mask, np.ones((EDGE_PX, EDGE_PX), np.uint8)), np.uint8)


def without_coloured_ink(picture: ColourPicture, small: ColourPicture) -> Picture:
    """The page in grey with coloured ink bleached to paper; `small` is the same picture `smaller`.

    In the channel where an ink is brightest (red for a seal, blue for a signature) it differs least from
    paper, while black print stays black in all three. So the strongest channel is taken, and stretched
    until the ink's own tone is white: what is still dark is print under the ink.
    """
    out = grey_of(picture)
    part = coloured_part(picture, small)
    inked_part, grey = np.ascontiguousarray(picture[part]), out[part]
    where = np.nonzero(coloured_mask(inked_part))
    if not where[0].size:
        return out
    inked = np.ascontiguousarray(inked_part[where].T)  # a row a channel
    bright = inked.max(axis=0)
    strongest = np.where(inked[0] == bright, 0, np.where(inked[1] == bright, 1, 2))
    coloured = bright.astype(np.int16) - inked.min(axis=0) > CHROMA
    paper = float(np.median(out[::PAPER_STEP, ::PAPER_STEP]))
    bleached = grey[where]
    for channel in range(CHANNELS):
        near = strongest == channel
        of_channel = near & coloured
        if np.count_nonzero(of_channel) < FEWEST_PX:
            continue
        tone = float(np.percentile(bright[of_channel], DARK_QUARTER))
        stretched = (bright[near].astype(np.float32) - BLACK_POINT) * (
            paper / max(tone - TONE_ABOVE_BLACK, BLACK_POINT)
        )
        bleached[near] = np.maximum(bleached[near], np.clip(stretched, 0, paper).astype(np.uint8))
    grey[where] = bleached
    return out
