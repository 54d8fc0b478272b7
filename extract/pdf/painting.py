"""How a page is painted: pdfminer's layout, in which every letter knows what hides it.

pdfminer passes over clips, graphics state dictionaries and layers (PDF 1.7, 8.4.5, 8.5.4, 8.11). Boxes are in
its frame: points from the lower left corner of the page as it is turned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTContainer
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, resolve1, stream_value
from pdfminer.psparser import PSKeyword, PSLiteral, keyword_name
from pdfminer.utils import apply_matrix_rect, mult_matrix

from extract.pdf.contents import plain_contents
from extract.pdf.widths import give_widths

Rect = tuple[float, float, float, float]  # left, bottom, right, top

NOWHERE: Rect = (0.0, 0.0, 0.0, 0.0)
"""The clip under which nothing is known to be seen."""

PLAIN_SPACES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased"})
"""Colour spaces whose numbers say how light a colour is."""

_OPACITY = frozenset({"ca", "CA"})
_HIDES_NOTHING = frozenset(
    {"Type", "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "AIS", "TK"}
)  # entries of a graphics state dictionary (PDF 1.7, table 58)
_PLAIN_BLENDS = frozenset({"Normal", "Compatible"})
_UPRIGHT = 1e-6  # of a matrix's other numbers
_CORNERS = 4


@dataclass(frozen=True, slots=True)
class Painting:
    """What a page draws, in the order in which it is drawn. `is_followed`: all of it is understood."""

    items: tuple[Any, ...]
    width: float
    height: float
    is_followed: bool


class PaintState(PDFGraphicState):
    """pdfminer's graphics state, with what hides text: the box outside which nothing is drawn (`clip`, None
    for none), the entries of graphics state dictionaries by which things look other than they are (`veils`),
    and the mode and the font (pdfminer's, one an object of the file) in which text is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.clip: Rect | None = None
        self.veils: frozenset[str] = frozenset()
        self.text_mode = 0
        self.font: Any = None

    def copy(self) -> PaintState:
        new = PaintState.__new__(PaintState)
        new.__dict__.update(self.__dict__)
        return new


class _Painter(PDFPageAggregator):
    """pdfminer's device, which knows whether it could follow all that it was told to draw. `shown_layers` as
    `_shown_layers`."""

    is_followed = True
    shown_layers: frozenset[int] = frozenset()

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        spaces = [space for space, used in ((gstate.ncs, fill), (gstate.scs, stroke)) if used]
        if not gstate.veils <= _OPACITY or any(space.name not in PLAIN_SPACES for space in spaces):
            self.is_followed = False
        super().paint_path(gstate, stroke, fill, evenodd, path)


class _Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter of contents, which keeps what hides text."""

    device: _Painter
    _outer: PaintState | None = None  # of the content that a form stands in
    _form: Rect | None = None  # the box of the form that is drawn next

    def __getattr__(self, name: str) -> Any:
        """What to do for an operator that nobody knows."""
        if name.startswith("do_"):
            self.device.is_followed = False
        raise AttributeError(name)

    def subinterp(self) -> _Interpreter:
        new = _Interpreter(self.rsrcmgr, self.device)
        new.parent_stream_ids = self.parent_stream_ids | self.stream_ids
        new._outer = self._state.copy()
        new._outer.clip = _within(new._outer.clip, self._form)
        return new

    @property
    def _state(self) -> PaintState:
        assert isinstance(self.graphicstate, PaintState)
        return self.graphicstate

    def init_state(self, ctm: Any = (1, 0, 0, 1, 0, 0)) -> None:
        super().init_state(ctm)
        state = PaintState()
        if self._outer is not None:
            state.clip, state.veils = self._outer.clip, self._outer.veils
        self.graphicstate = state

    def init_resources(self, resources: dict[object, object]) -> None:
        super().init_resources(resources)
        for font in self.fontmap.values():
            give_widths(font)

    def execute(self, streams: Sequence[object]) -> None:
        """Do what contents say. Those that are plain are read in a fifth of pdfminer's time; all others, and
        forms that stand in themselves, are left to it."""
        found = [stream_value(stream) for stream in streams]
        numbers = {stream.objid for stream in found if stream.objid is not None}
        mine = len(found) == len(numbers) and numbers.isdisjoint(self.parent_stream_ids)
        objects = plain_contents(stream.get_data() for stream in found) if mine else None
        if objects is None:
            super().execute(streams)
            return
        self.stream_ids = numbers
        known: dict[Any, tuple[Callable[..., None] | None, int]] = {}
        for item in objects:
            if not isinstance(item, PSKeyword):
                self.push(item)
                continue
            if item not in known:
                known[item] = self._operator(item)
            do, operands = known[item]
            if do is None:
                continue
            given = self.pop(operands) if operands else []
            if len(given) == operands:
                do(*given)

    def _operator(self, keyword: PSKeyword) -> tuple[Callable[..., None] | None, int]:
        """What to do for an operator, and how many operands it takes; None where nobody knows it."""
        name = keyword_name(keyword)
        do = getattr(self, "do_" + name.replace("*", "_a").replace('"', "_w").replace("'", "_q"), None)
        return do, 0 if do is None else do.__code__.co_argcount - 1

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        self._state.text_mode, self._state.font = self.textstate.render, self.textstate.font
        super().do_TJ(seq)

    def do_W(self) -> None:  # noqa: N802
        self._state.clip = _within(self._state.clip, _box_of(self.curpath, self.ctm))

    def do_W_a(self) -> None:  # noqa: N802
        self.do_W()

    def do_gs(self, name: Any) -> None:
        states = resolve1((self.resources or {}).get("ExtGState"))
        found = resolve1(states.get(_named(name))) if isinstance(states, dict) else None
        if isinstance(found, dict):
            self._state.veils = _veils_after(self._state.veils, found)
        else:
            self.device.is_followed = False

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        if _named(tag) == "OC":
            layers = resolve1((self.resources or {}).get("Properties"))
            self._draw_on(layers.get(_named(props)) if isinstance(layers, dict) else None)
        super().do_BDC(tag, props)

    def _draw_on(self, layer: Any) -> None:
        """Draw on a layer, or on what several have in common: understood where all of them are shown."""
        own = _numbers(_members(layer))
        if not own or not own <= self.device.shown_layers:
            self.device.is_followed = False

    def do_sh(self, name: Any) -> None:
        self.device.is_followed = False

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        facts = getattr(resolve1(self.xobjmap.get(_named(xobjid_arg))), "attrs", {})
        if "OC" in facts:
            self._draw_on(facts["OC"])
        self._form = _form_box(facts, self.ctm) if _named(facts.get("Subtype")) == "Form" else None
        super().do_Do(xobjid_arg)


def painting_of(page: Any) -> Painting:
    """What a pdfplumber page draws. Raises whatever pdfminer does on damaged pages."""
    device = _Painter(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    device.shown_layers = _shown_layers(page.pdf.doc.catalog)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    layout = device.get_result()
    return Painting(tuple(_flat(layout)), float(layout.width), float(layout.height), device.is_followed)


def _shown_layers(catalog: Mapping[str, Any]) -> frozenset[int]:
    """The numbers of the objects of a file's layers that are shown whoever looks at it and whatever for (PDF
    1.7, 8.11.4): none where more decides on that than which are on and off."""
    properties = resolve1(catalog.get("OCProperties"))
    usual = resolve1(properties.get("D")) if isinstance(properties, dict) else None
    if not isinstance(usual, dict) or "AS" in usual or _named(usual.get("BaseState")) not in ("", "ON"):
        return frozenset()
    layers, off = (resolve1(found) for found in (properties.get("OCGs"), usual.get("OFF") or []))
    if not isinstance(layers, list) or not isinstance(off, list):
        return frozenset()
    return _numbers(layer for layer in layers if not _has_view_of_its_own(layer)) - _numbers(off)


def _has_view_of_its_own(layer: Any) -> bool:
    """Whether a layer says itself how it is viewed, which viewers take differently."""
    facts = resolve1(layer)
    usage = resolve1(facts.get("Usage")) if isinstance(facts, dict) else None
    return not isinstance(facts, dict) or (isinstance(usage, dict) and "View" in usage)


def _numbers(found: Any) -> frozenset[int]:
    return frozenset(item.objid for item in found if isinstance(item, PDFObjRef))


def _members(layer: Any) -> Any:
    """The layers of a membership dictionary that shows what is on it where they are shown; else the layer."""
    facts = resolve1(layer)
    if not isinstance(facts, dict) or _named(facts.get("Type")) != "OCMD":
        return [layer]
    if "VE" in facts or _named(facts.get("P")) not in ("", "AnyOn", "AllOn"):
        return []
    members = facts.get("OCGs")
    several = resolve1(members)
    return several if isinstance(several, list) else [members]


def _flat(container: Any) -> Iterator[Any]:
    """What is drawn within a figure or a page, and within figures in it."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _veils_after(before: frozenset[str], found: Mapping[str, Any]) -> frozenset[str]:
    """The entries that veil what is drawn after a graphics state dictionary."""
    plain = {key: _is_plain(key, resolve1(value)) for key, value in found.items()}
    return (before | {key for key, is_plain in plain.items() if not is_plain}) - {
        key for key, is_plain in plain.items() if is_plain
    }


def _is_plain(key: str, value: Any) -> bool:
    if key in _OPACITY:
        return bool(value == 1)
    if key == "BM":
        names = value if isinstance(value, list) else [value]
        return bool(names) and _named(resolve1(names[0])) in _PLAIN_BLENDS
    if key == "SMask":
        return _named(value) == "None"
    return key in _HIDES_NOTHING


def _named(name: Any) -> str:
    """A name of the file as text, '' for anything else."""
    return str(name.name) if isinstance(name, PSLiteral) else ""


def _form_box(facts: Mapping[str, Any], ctm: Any) -> Rect:
    """Where a form is drawn (PDF 1.7, 8.10.1)."""
    try:
        box = tuple(float(resolve1(v)) for v in resolve1(facts["BBox"]))
        matrix: Any = tuple(float(resolve1(v)) for v in resolve1(facts.get("Matrix")) or (1, 0, 0, 1, 0, 0))
        return _placed(box, mult_matrix(matrix, ctm))
    except (KeyError, TypeError, ValueError):
        return NOWHERE


def _box_of(path: Any, ctm: Any) -> Rect:
    """The upright box that a path is, NOWHERE for any other."""
    points = [part[1:] for part in path if part[0] != "h"]
    if [part[0] for part in path if part[0] != "h"] not in (["m", *"lll"], ["m", *"llll"]):
        return NOWHERE
    xs, ys = sorted({x for x, _ in points}), sorted({y for _, y in points})
    turns = [(a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(points)]
    if len(xs) != 2 or len(ys) != 2 or len(set(points)) != _CORNERS or not all(turns):
        return NOWHERE
    return _placed((xs[0], ys[0], xs[1], ys[1]), ctm)


def _placed(box: Any, matrix: Any) -> Rect:
    """A box after a matrix, NOWHERE where it does not stay upright."""
    a, b, c, d = (abs(v) for v in matrix[:4])
    if max(b, c) > _UPRIGHT * max(a, d) and max(a, d) > _UPRIGHT * max(b, c):
        return NOWHERE
    x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
    return (x0, y0, x1, y1)


def _within(outer: Rect | None, inner: Rect | None) -> Rect | None:
    """What two clips have in common."""
    if outer is None or inner is None:
        return inner if outer is None else outer
    (a0, b0, a1, b1), (c0, d0, c1, d1) = outer, inner
    x0, y0, x1, y1 = max(a0, c0), max(b0, d0), min(a1, c1), min(b1, d1)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else NOWHERE
