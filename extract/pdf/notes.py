"""Annotations of a PDF page: which of them are print that is seen there, and what the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

DRAWN = frozenset({"/Widget", "/FreeText", "/Stamp"})
"""Annotations whose appearance is print on the page (PDF 1.7, 12.5.6); the others mark or comment on it."""

SCAN_PIXELS = 1_000_000
"""Pixels of a picture from which its page is a scan: A4 at 100 dpi has as many. What is typed over a scan is
somebody's comment on the paper, no part of it."""

_TEXT_NOTES = frozenset({"/FreeText", "/Text", "/Stamp", "/Square", "/Circle", "/Highlight", "/Ink", "/Line"})
_COVERS_NOTHING = frozenset({"/Link", "/Popup", "/Text", "/Widget", "/FileAttachment", "/Underline"})
_UNSEEN = 0b100010  # annotation flags Hidden and NoView (PDF 1.7, 12.5.3)
_TOLD = 60  # characters of a note that are told
_DEEPEST = 4  # forms within an appearance, fields within fields
_SHOWS_TEXT = (b"Tj", b"TJ")
_FONT = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b")
_FIELDS_OF_TEXT = frozenset({"/Tx", "/Ch"})


def notes_of(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page that can be seen."""
    found = page.obj.get("/Annots")
    notes = (
        [n for n in found if isinstance(n, pikepdf.Dictionary)] if isinstance(found, pikepdf.Array) else []
    )
    return [note for note in notes if not int(note.get("/F", 0)) & _UNSEEN]


def may_cover(note: Any) -> bool:
    """Whether an annotation may hide what stands under it: fields, links and pinned notes do not."""
    return str(note.get("/Subtype")) not in _COVERS_NOTHING


def is_drawn(note: Any, page: pikepdf.Page) -> bool:
    """Whether an annotation draws text on its page that is part of it."""
    kind = str(note.get("/Subtype"))
    if kind not in DRAWN or (kind == "/FreeText" and _is_scan(page)):
        return False
    if _inherited(note, "/FT") == "/Btn":
        return False  # a tick is set as a letter or figure of a font of signs
    drawn = _appearance(note)
    return isinstance(drawn, pikepdf.Stream) and _shows_text(drawn, 0)


def _is_scan(page: pikepdf.Page) -> bool:
    named = page.resources.get("/XObject")
    found = [item for _, item in named.items()] if isinstance(named, pikepdf.Dictionary) else []
    pictures = [item for item in found if str(item.get("/Subtype")) == "/Image"]
    return any(int(p.get("/Width", 0)) * int(p.get("/Height", 0)) >= SCAN_PIXELS for p in pictures)


def _appearance(note: Any) -> Any:
    """The stream that draws an annotation as it stands, or None."""
    states = note.get("/AP")
    drawn = states.get("/N") if isinstance(states, pikepdf.Dictionary) else None
    if isinstance(drawn, pikepdf.Dictionary) and not isinstance(drawn, pikepdf.Stream):
        drawn = drawn.get(str(note.get("/AS", "/Off")))
    return drawn


def _shows_text(drawn: Any, depth: int) -> bool:
    data, resources = bytes(drawn.read_bytes()), drawn.get("/Resources")
    if any(sign in data for sign in _SHOWS_TEXT):
        fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        return all(_names(fonts, font) for font in _FONT.findall(data))  # else nobody can say what it shows
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if depth >= _DEEPEST or not isinstance(named, pikepdf.Dictionary):
        return False
    forms = (item for _, item in named.items() if isinstance(item, pikepdf.Stream))
    return any(_shows_text(form, depth + 1) for form in forms if str(form.get("/Subtype")) == "/Form")


def _names(fonts: Any, font: bytes) -> bool:
    return isinstance(fonts, pikepdf.Dictionary) and fonts.get("/" + font.decode("latin-1")) is not None


def can_be_drawn(note: Any) -> bool:
    """Whether a form field has a value that nothing draws yet and qpdf can: it knows the signs of ASCII."""
    if str(note.get("/Subtype")) != "/Widget" or _inherited(note, "/FT") not in _FIELDS_OF_TEXT:
        return False
    return _appearance(note) is None and field_value(note).isascii() and bool(field_value(note))


def unread_notes(page: pikepdf.Page, drawn: bool, fields: bool) -> Iterator[str]:
    """Notes with figures and filled form fields that are no content of the page; `drawn` says that those
    which are print have been made content, `fields` that values nothing drew have been, too. A field's words
    are content, a note's are somebody's remark."""
    for note in notes_of(page):
        if (drawn and is_drawn(note, page)) or (fields and can_be_drawn(note)):
            continue
        kind = str(note.get("/Subtype"))
        if kind == "/Widget":
            text, what, telling = field_value(note), "ô biểu mẫu", str.isalnum
        else:
            telling = str.isdigit
            text, what = (_said(note.get("/Contents")) if kind in _TEXT_NOTES else ""), "ghi chú"
        if any(map(telling, text)):
            yield f"Trang có {what} ghi “{text[:_TOLD]}”, không thuộc nội dung được đọc."


def field_value(field: Any) -> str:
    """The value of a form field, its own or its parent's."""
    return _said(_owned(field, "/V"))


def _inherited(field: Any, key: str) -> str:
    return str(_owned(field, key) or "")


def _owned(field: Any, key: str) -> Any:
    """What a field says under a key, or its parents (PDF 1.7, 12.7.3.1)."""
    for _ in range(_DEEPEST):
        value = field.get(key)
        if value is not None:
            return value
        field = field.get("/Parent")
        if not isinstance(field, pikepdf.Dictionary):
            break
    return None


def _said(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, pikepdf.String) else ""
