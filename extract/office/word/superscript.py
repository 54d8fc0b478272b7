"""Raised figures as signs of their own: a footnote's mark must not run into the figure it stands behind."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_ALLOWED = frozenset("0123456789+-()*, ")


def raised(text: str) -> str:
    """`text` of figures and marks in superscript signs; '' for a text with anything else in it."""
    return text.translate(_RAISED) if text and set(text) <= _ALLOWED else ""
