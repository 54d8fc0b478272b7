"""Whether every letter of a page is in view, told from how the page is painted, without drawing it.

A letter is in view where its own colour stands out from every ground it may lie on, no clip cuts it off, and
nothing that may cover it is drawn after it. What is not sure is looked at on the drawn page
(`extract.pdf.ink`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from math import fsum, inf
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfminer.layout import LTChar, LTCurve, LTImage

from extract.pdf.painting import PLAIN_SPACES, Painting, PaintState, Rect

STANDS_OUT = 90
"""Grey levels of 255 between a letter and its ground: print of 65 % grey on white."""

HAIR_PT = 1.5
"""Thickness up to which a dark rule hides nothing that it crosses."""

_DARK = 128  # grey below which a rule is dark
_PAPER = 255.0
_FILLED, _FILLED_AND_STROKED = 0, 2  # text modes (PDF 1.7, table 106)
_ASIDE = 0.15  # of a letter's box on each side that may be cut off
_LEAST_PT = 3.0  # of the higher side of a letter's box
_NARROWEST = 0.08  # of its higher side
_CMYK = 4
_BOXES_AT_ONCE = 64  # held against all letters together
_LUMA = (0.299, 0.587, 0.114)
_SIDES = attrgetter("x0", "y0", "x1", "y1")

Floats = NDArray[np.float64]


@dataclass(slots=True)
class _Areas:
    """Boxes that may lie over or under letters, with their places in the order of drawing and their greys:
    -inf for one of which nothing is known."""

    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    greys: list[float] = field(default_factory=list)


def all_in_view(painting: Painting, fonts: Collection[str]) -> bool:
    """Whether all print of the page can be seen as it is typed. `fonts` are those whose letters stand where
    the file's widths say, and are not drawn by contents of their own."""
    if not painting.is_followed:
        return False
    places = [n for n, i in enumerate(painting.items) if isinstance(i, LTChar) and not i._text.isspace()]
    letters = [painting.items[n] for n in places]
    if not {letter.fontname for letter in letters} <= set(fonts):
        return False
    states, counts = _runs(letters)
    each = _greys_of_text(states)
    if (each > _PAPER - STANDS_OUT).any():
        return False
    boxes = np.fromiter(chain.from_iterable(map(_SIDES, letters)), np.float64)
    x0, y0, x1, y1 = np.ascontiguousarray(boxes.reshape(-1, 4).T)
    wide, high = x1 - x0, y1 - y0
    larger = np.maximum(wide, high)
    clear = (larger >= _LEAST_PT) & (np.minimum(wide, high) >= _NARROWEST * larger)
    x0, y0, x1, y1 = x0 + _ASIDE * wide, y0 + _ASIDE * high, x1 - _ASIDE * wide, y1 - _ASIDE * high
    page = (0.0, 0.0, painting.width, painting.height)
    shown = {clip: _shown(clip, page) for clip in {state.clip for state in states}}
    clips = np.repeat(np.array([shown[state.clip] for state in states]).reshape(-1, 4).T, counts, axis=1)
    clear &= (x0 >= clips[0]) & (y0 >= clips[1]) & (x1 <= clips[2]) & (y1 <= clips[3])
    areas = _areas_of(painting)
    if areas.boxes:
        clear &= ~_meddled(np.stack([x0, y0, x1, y1]), np.array(places), np.repeat(each, counts), areas)
    if clear.all():
        return True
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    beside = (x < 0) | (x > painting.width) | (y < 0) | (y > painting.height)  # the page, and not read at all
    return bool((clear | beside).all())


def _runs(letters: Sequence[LTChar]) -> tuple[list[Any], list[int]]:
    """The graphics states of letters in their order, and for how many letters each stands."""
    states, counts = [], []
    for state, own in groupby(letters, key=attrgetter("graphicstate")):
        states.append(state)
        counts.append(len(list(own)))
    return states, counts


def _shown(clip: Rect | None, page: Rect) -> Rect:
    """What a clip leaves of the page."""
    if clip is None:
        return page
    x0, y0, x1, y1 = page
    left, low, right, high = clip
    return max(left, x0), max(low, y0), min(right, x1), min(high, y1)


def _greys_of_text(states: Sequence[Any]) -> Floats:
    """How light the letters of each state are, inf where that is not known or they may be hidden."""
    known: dict[Any, float] = {}
    out = []
    for state in states:
        if not isinstance(state, PaintState) or state.veils:
            out.append(inf)
            continue
        look = state.text_mode, state.ncolor, state.ncs.name, state.scolor, state.scs.name
        if look not in known:
            known[look] = _grey_of_text(*look)
        out.append(known[look])
    return np.array(out)


def _areas_of(painting: Painting) -> _Areas:
    """What may lie over or under letters of a page; dark rules may not."""
    areas = _Areas()
    for place, item in enumerate(painting.items):
        if not isinstance(item, LTChar):
            _put_area(areas, place, item)
    return areas


def _put_area(areas: _Areas, place: int, item: Any) -> None:
    if isinstance(item, LTImage):
        greys, around = [-inf], 0.0
    elif isinstance(item, LTCurve):
        greys, around = _greys_of(item), item.linewidth / 2 if item.stroke else 0.0
    else:
        return
    if greys:
        x0, y0, x1, y1 = _SIDES(item)
        areas.boxes.append((x0 - around, y0 - around, x1 + around, y1 + around))
        areas.order.append(place)
        areas.greys.append(min(greys))


def _greys_of(item: LTCurve) -> list[float]:
    """How light a drawing's fill and stroke are, -inf where it is not known; dark rules are left out."""
    found = []
    if item.fill:
        fill = _grey(item.non_stroking_color)
        if min(item.width, item.height) > HAIR_PT or not 0 <= fill < _DARK:
            found.append(fill)
    if item.stroke:
        line = _grey(item.stroking_color)
        if item.linewidth > HAIR_PT or not 0 <= line < _DARK:
            found.append(line)
    return found


def _meddled(sides: Floats, order: NDArray[np.int_], greys: Floats, areas: _Areas) -> NDArray[np.bool_]:
    """Letters (left, lower, right and upper sides of their boxes, their places in the order of drawing, how
    light they are) on which something lies that was drawn after them, or that lie on a ground from which
    they may not stand out."""
    x0, y0, x1, y1 = sides
    found = np.zeros(len(x0), np.bool_)
    for at in range(0, len(areas.boxes), _BOXES_AT_ONCE):
        some = slice(at, at + _BOXES_AT_ONCE)
        box = np.array(areas.boxes[some])[:, :, None]  # areas x 4 x 1
        touches = (box[:, 1] < y1) & (box[:, 3] > y0) & (box[:, 0] < x1) & (box[:, 2] > x0)
        over = np.array(areas.order[some])[:, None] > order
        alike = np.array(areas.greys[some])[:, None] < greys + STANDS_OUT
        found |= (touches & (over | alike)).any(axis=0)
    return found


def _grey_of_text(mode: int, fill: Any, fill_space: str, line: Any, line_space: str) -> float:
    """How light letters are that are drawn in a text mode and in colours; inf where that is not known."""
    used = [(fill, fill_space)] if mode == _FILLED else [(fill, fill_space), (line, line_space)]
    if mode not in (_FILLED, _FILLED_AND_STROKED) or any(space not in PLAIN_SPACES for _, space in used):
        return inf
    greys = [_grey(color) for color, _ in used]
    return max(greys) if min(greys) >= 0 else inf


def _grey(color: Any) -> float:
    """How light a colour of one, three or four numbers is, 0 to 255; -inf for any other."""
    values = list(color) if isinstance(color, (list, tuple)) else [color]
    if not all(isinstance(v, (int, float)) for v in values):
        return -inf
    if len(values) == _CMYK:
        *inks, black = values
        values = [1 - min(1.0, ink + black) for ink in inks]
    if len(values) == 1:
        return _PAPER * min(1.0, max(0.0, float(values[0])))
    if len(values) != len(_LUMA):
        return -inf
    return fsum(_PAPER * share * min(1.0, max(0.0, float(v))) for share, v in zip(_LUMA, values, strict=True))
