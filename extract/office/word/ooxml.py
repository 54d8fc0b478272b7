"""Names of WordprocessingML (ECMA-376, part 1, 17), and the small questions every reader of it asks."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset({"0", "false", "off", "none"})


def with_transitional_names(root: Any) -> Any:
    """The tree with its names in the namespace that Word writes: the strict variant has one of its own."""
    if root is None or not str(root.tag).startswith(_STRICT):
        return root
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
            element.tag = W + element.tag[len(_STRICT) :]
        for name, value in list(element.attrib.items()):
            if name.startswith(_STRICT):
                del element.attrib[name]
                element.set(W + name[len(_STRICT) :], value)
    return root


def value(parent: Any, path: str) -> str | None:
    """The `w:val` of the element at `path` (names of `w:`, parted by `/`); None where it is missing."""
    element = child(parent, path)
    return None if element is None else element.get(W + "val")


def child(parent: Any, path: str) -> Any | None:
    """The first element at `path` below `parent`."""
    element = parent
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(W + name)
    return element


def switch(parent: Any, name: str) -> bool | None:
    """An on/off property: None where it is not given."""
    element = child(parent, name) if parent is not None else None
    return None if element is None else element.get(W + "val", "1") not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; `default` for none and for what is no number."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default
