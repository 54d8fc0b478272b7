"""From a crop of a page to what the network sees: ink on nothing, 32 pixels high, the line filling it.

Training and reading share this module, so the network has learnt whatever it does.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Part = tuple[int, int, int, int, int]  # a connected part of ink: x, y, width, height, area
Parts = list[Part]

HEIGHT = 32
MAX_WIDTH = 768
MIN_WIDTH = 16
_MIN_CONTRAST = 48  # grey levels; less than this between paper and ink is noise and stays faint
_MIN_LINE = 14  # pixels; a line of 8 pt at 150 dpi has digits of 11, so nothing less is a whole line
_MARGIN = 0.15  # of the line's height, above and below
_DASH = 0.45  # of the largest dash's ink, below which a part beside it may be dirt
_DARK = 110  # ink of 0..255 that counts as black
_LOOSE = 24  # pixels; a lower crop may be a lone `-` or `=`, cut close
_TALL = 62  # pixels; half as high again as 14 pt at 300 dpi, so no digit reaches from edge to edge
_FEW = 1 << 17  # pixels; fewer have less than 65,536 connected parts
_EDGE = 0.16  # of the crop's height, where rules are looked for
_RULE_COVERS = 0.6  # of the crop's width
_BROKEN_COVERS = 0.45  # of a tall crop's width or height: a fax breaks its rules into dashes
_SIDE = 0.35  # of the line's height, left and right
_LEVELS = 256
_PAPER_SHARE = 0.7  # of a cell's pixels, at least, are no darker than its paper
_WHITE = 255.0
_FULL = 255
_LEAST_EDGE = 3  # pixels
_PART_CLEARED = 6
_EIGHT_CONNECTED = 8
_AREA = 4
_H = 3
_AT_SIDE = 3  # pixels from a cell's side
_SLIVER_SHAPE = 3  # times as high as wide
_SPECK = 4  # pixels of ink; fewer are no part of print
_STICKS_OUT = 0.2  # line heights that a part may stick out of its line
_SLIVER_OUT = 0.25
_FULL_HEIGHT = 0.55  # of the highest part
_LARGE = 0.3  # of a line's height
_AFAR = 0.6  # line heights
_NEARLY_LINE = 3  # pixels
_DASH_SHAPE = 0.45  # of its width, the most height
_POINT_LINE = 1.6  # of the widest part, where all are points
_ONE_NUMBER = 4  # parts: fewer may be points alone
_DASH_LINE = 5.0
_LOW = 8
_LEFT_FROM = 0.12
_LEFT_TO = 0.2
_RIGHT_FROM = 0.8
_SLACK_X = 4
_TOP_FROM = 0.15
_TOP_TO = 0.25
_FOOT_FROM = 0.75
_SLACK_Y = 3
_RULE_HIGH = 0.66  # of the cell
_RULE_THIN = 0.15
_WIDE_CELL = 0.6  # times as wide as high
_THIN_HIGH = 0.5
_THIN_SHAPE = 9
_RULE_WIDE = 0.85
_RULE_LOW = 0.2
_PIECE_SHAPE = 4.5  # of a piece of a rule that runs out of the cell


def prepare(crop: Picture) -> Picture:
    """The ink of `crop` (grey, dark on light, any size) as (32, W) uint8: 0 paper, 255 ink.

    16 <= W <= 768. A crop without pixels gives an empty strip.
    """
    if crop.ndim != 2 or min(crop.shape) < 2:
        return np.zeros((HEIGHT, MIN_WIDTH), np.uint8)
    ink = without_rules(to_ink(crop))
    return strip_of(ink, line_parts(ink))


def strip_of(ink: Picture, parts: Parts) -> Picture:
    """The strip of a line of print whose ink and connected parts are given."""
    return _scaled(ink, *_line_box(parts, *ink.shape))


def to_ink(crop: Picture) -> Picture:
    """Ink on nothing: the paper's grey becomes 0 and the darkest ink 255."""
    levels = np.cumsum(cv2.calcHist([crop], [0], None, [_LEVELS], [0, _LEVELS]).ravel())
    paper = int(np.searchsorted(levels, _PAPER_SHARE * levels[-1]))
    darkest = int(cv2.blur(crop, (2, 2)).min())
    contrast = max(_MIN_CONTRAST, paper - darkest)
    return np.asarray(cv2.LUT(crop, _stretched(paper, contrast)), np.uint8)


@lru_cache(maxsize=1024)
def _stretched(paper: int, contrast: int) -> Picture:
    """The ink of each grey."""
    ink = np.clip((paper - np.arange(_LEVELS)) * (_WHITE / contrast), 0, _FULL)
    return np.asarray(ink, np.uint8)


def without_rules(ink: Picture) -> Picture:
    """The ink without the table's rules along the crop's edges.

    Lying rules tie upright ones and digits together into one part as high as the crop. Upright ones are
    taken out of tall crops only: in a low one nothing tells them from a `1`, so they are left out of the
    line's box where that is plain, and the network has learnt to pass over the rest.
    """
    height, width = ink.shape
    if height < _LOOSE or width < _LOOSE:
        return ink
    out = ink.copy()
    if height < _TALL:
        _clear_edges(out, max(_LEAST_EDGE, round(_EDGE * height)), _RULE_COVERS)
    else:
        _clear_edges(out, round(_EDGE * height), _BROKEN_COVERS)
        _clear_edges(
            out.T, max(_LEAST_EDGE, min(round(_EDGE * width), height // _PART_CLEARED)), _BROKEN_COVERS
        )
    return out if out.max() > _DARK else ink


def _clear_edges(ink: Picture, band: int, share: float) -> None:
    """Blanks, in place, the first and last rows up to the innermost one within `band` that a rule covers.

    A row counts with its neighbours, for a rule may climb by a pixel; it is one where more than `share` of
    the columns are black.
    """
    first = _covered(ink[: band + 1], share)[:band]
    last = _covered(ink[-band - 1 :], share)[-band:]
    if first.any():
        ink[: min(band, int(np.flatnonzero(first)[-1]) + 2)] = 0
    if last.any():
        ink[len(ink) - band + max(0, int(np.flatnonzero(last)[0]) - 2) :] = 0


def _covered(rows: Picture, share: float) -> npt.NDArray[np.bool_]:
    dark = rows > _DARK
    if not dark.any():
        return np.zeros(len(rows), np.bool_)
    both = dark.copy()
    both[1:] |= dark[:-1]
    both[:-1] |= dark[1:]
    return np.asarray(np.count_nonzero(both, axis=1) > share * rows.shape[1], np.bool_)


def line_parts(ink: Picture) -> Parts:
    """Connected parts of the ink without specks and rules. They are few: number by number they take a third
    of the time that arrays do."""
    binary = cv2.threshold(ink, _DARK, _FULL, cv2.THRESH_BINARY)[1]
    x, y, width, height = cv2.boundingRect(binary)
    inked = binary[y : y + height, x : x + width]
    if not inked.size:
        return []
    labels = cv2.CV_16U if inked.size < _FEW else cv2.CV_32S
    stats = cv2.connectedComponentsWithStats(inked, connectivity=_EIGHT_CONNECTED, ltype=labels)[2][1:]
    parts = [
        (left + x, top + y, wide, high, area)
        for left, top, wide, high, area in stats[stats[:, _AREA] >= _SPECK].tolist()
    ]
    return [part for part in parts if not _is_rule(part, *ink.shape)]


def is_at_side(part: Part, width: int) -> bool:
    """Whether a part is an upright sliver at the left or right edge: a piece of a rule, if not a `1`."""
    x, _, w, h, _ = part
    return (x <= _AT_SIDE or x + w >= width - _AT_SIDE) and h >= _SLIVER_SHAPE * w


def _line_box(parts: Parts, height: int, width: int) -> tuple[float, float, float, float]:
    """The line of print among the parts (x0, y0, x1, y1 in pixels): its tall ones say where it is."""
    if not parts:
        return 0.0, 0.0, float(width), float(height)
    slivers = {part for part in parts if is_at_side(part, width)}
    y0, y1 = _line_rows([part for part in parts if part not in slivers] or parts)
    line = y1 - y0
    out, sliver_out = _STICKS_OUT * line, _SLIVER_OUT * line

    def is_inside(part: Part) -> bool:
        top, bottom = part[1], part[1] + part[_H]
        if bottom <= y0 - out or top >= y1 + out:
            return False
        return part not in slivers or (top >= y0 - sliver_out and bottom <= y1 + sliver_out)

    inside = [part for part in parts if is_inside(part)]
    # Beside a dash alone, dirt far from it would make it a dot in a wide strip.
    if _flat(_tall(parts)):
        least = _DASH * max(part[_AREA] for part in parts)
        large = [part for part in inside if part[_AREA] >= least] or inside
    else:
        least = _LARGE * line
        large = [part for part in inside if part[_H] >= least or part[2] >= least] or inside
    first, last = min(part[0] for part in large), max(part[0] + part[2] for part in large)
    near = [p for p in inside if p[0] <= last + _AFAR * line and p[0] + p[2] >= first - _AFAR * line]
    return float(min(p[0] for p in near)), y0, float(max(p[0] + p[2] for p in near)), y1


def _tall(parts: Parts) -> Parts:
    """The parts that are hardly lower than the highest."""
    least = _FULL_HEIGHT * max(part[_H] for part in parts)
    return [part for part in parts if part[_H] >= least]


def _line_rows(parts: Parts) -> tuple[float, float]:
    """From which row to which the line runs whose parts these are, specks among them."""
    tall = _tall(parts)
    if _flat(tall):  # a dash; what is small beside it may be dirt
        least = _DASH * max(part[_AREA] for part in parts)
        tall = [part for part in parts if part[_AREA] >= least]
    y0, y1 = float(min(part[1] for part in tall)), float(max(part[1] + part[_H] for part in tall))
    missing = _least_line(tall) - (y1 - y0)
    return (y0 - missing / 2, y1 + missing / 2) if missing > 0 else (y0, y1)


def _flat(tall: Parts) -> bool:
    """Whether even the tallest parts are dashes (at most a tenth of an em thick, a third of one long)."""
    highest = max(part[_H] for part in tall)
    return highest < _MIN_LINE - _NEARLY_LINE and highest < _DASH_SHAPE * max(part[2] for part in tall)


def _least_line(tall: Parts) -> float:
    """How high a line must be whose tallest parts are these: dashes and dots are no line's full height."""
    widest, highest = max(part[2] for part in tall), max(part[_H] for part in tall)
    if _flat(tall):
        return max(_MIN_LINE, _POINT_LINE * widest) if len(tall) < _ONE_NUMBER else _MIN_LINE
    return max(_MIN_LINE, _DASH_LINE * highest) if highest < _LOW else _MIN_LINE


def _is_rule(part: Part, height: int, width: int) -> bool:
    """Whether a connected part is a remnant of the table's rules: thin and long, at the crop's edge."""
    x, y, w, h, _ = part
    beside = (x <= _LEFT_FROM * width and x + w <= _LEFT_TO * width + _SLACK_X) or (
        x >= _RIGHT_FROM * width - _SLACK_X
    )
    if beside and (
        (h >= _RULE_HIGH * height and w <= _RULE_THIN * height + 2 and width > _WIDE_CELL * height)
        or (h >= _THIN_HIGH * height and h >= _THIN_SHAPE * w)
    ):
        return True
    if w >= _RULE_WIDE * width and h <= _RULE_LOW * height + 2 and width > height:
        under = y <= _TOP_FROM * height and y + h <= _TOP_TO * height + _SLACK_Y
        if under or y >= _FOOT_FROM * height - _SLACK_Y:
            return True
    at_corner = (y <= 1 or y + h >= height - 1) and (x <= _AT_SIDE or x + w >= width - _AT_SIDE)
    if at_corner and h >= _PIECE_SHAPE * w and width > _WIDE_CELL * height:
        return True
    return height >= _TALL and w >= _PIECE_SHAPE * h and (y <= 2 or y + h >= height - 2)


def _scaled(ink: Picture, x0: float, y0: float, x1: float, y1: float) -> Picture:
    """The box with its margins, scaled to 32 pixels of height; paper where it leaves the crop."""
    line = y1 - y0
    top, bottom = round(y0 - _MARGIN * line), round(y1 + _MARGIN * line)
    left, right = round(x0 - _SIDE * line), round(x1 + _SIDE * line)
    height, width = ink.shape
    part = ink[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    around = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    part = np.asarray(cv2.copyMakeBorder(part, *around, cv2.BORDER_CONSTANT, value=0), np.uint8)
    scale = HEIGHT / part.shape[0]
    columns = min(MAX_WIDTH, max(MIN_WIDTH, round(part.shape[1] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(part, (columns, HEIGHT), interpolation=how), np.uint8)
