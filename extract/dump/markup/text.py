"""The text of an HTML element as a browser would show it: lines parted where the mark-up parts them."""

from __future__ import annotations

from typing import Any

from normalize.unicode import nfc, squeeze

UNSEEN = frozenset(
    ("script", "style", "head", "template", "noscript", "title", "meta", "link", "svg", "math")
)
_LINE_LIST = """
p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr hr section article header footer main nav blockquote pre
center caption table form fieldset figure figcaption address body
"""
_PARTS_LINES = frozenset(_LINE_LIST.split())
_PARTS_CELLS = frozenset(("td", "th"))


def name_of(element: Any) -> str:
    """The element's name in lower case; '' for comments and processing instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_hidden(element: Any) -> bool:
    """Whether a browser shows nothing of the element."""
    style = "".join((element.get("style") or "").lower().split())
    return element.get("hidden") is not None or "display:none" in style or name_of(element) in UNSEEN


def shown_text(element: Any, without_tables: bool = True) -> str:
    """The element's text with `\\n` between printed lines; nested tables are left out where asked.

    A raised mark after a figure is set apart, in brackets: `1.234` with the footnote 2 is not 1.2342.
    """
    parts: list[str] = []
    _gather(element, parts, without_tables)
    return cleaned("".join(parts))


def cleaned(text: str) -> str:
    """NFC, white space squeezed line by line, empty lines dropped."""
    return "\n".join(filter(None, (squeeze(line) for line in nfc(text).split("\n"))))


def _gather(element: Any, parts: list[str], without_tables: bool) -> None:
    """The texts of an element and of what it holds; by a stack, since files nest deeper than Python does."""
    stack: list[tuple[Any, str | None]] = [(element, None)]
    while stack:
        node, ending = stack.pop()
        name, first = name_of(node), node is element
        if ending is not None:
            parts += [ending, "" if first else _blanks(node.tail)]
        elif not name or is_hidden(node) or (name == "table" and without_tables and not first):
            parts.append("" if first else _blanks(node.tail))
        else:
            opening, ending = _edges(name, parts)
            parts += [opening, _blanks(node.text)]
            stack.append((node, ending))
            stack.extend((child, None) for child in reversed(node))


def _edges(name: str, parts: list[str]) -> tuple[str, str]:
    """What stands before and after an element's text."""
    if name == "sup" and next((p for p in reversed(parts) if p), "")[-1:].isdigit():
        return " (", ")"
    if name in _PARTS_LINES:
        return "\n", "\n"
    return ("", " ") if name in _PARTS_CELLS else ("", "")


def _blanks(text: str | None) -> str:
    """Line breaks of the source are blanks to a browser."""
    return (text or "").replace("\r", " ").replace("\n", " ")
