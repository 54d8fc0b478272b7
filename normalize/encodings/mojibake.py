"""UTF-8 that was read as Windows-1252 or Latin-1 (`Cá»™ng hÃ²a xÃ£ há»™i`), once or twice over."""

from __future__ import annotations

import re

_LEAD = "[\u00c2-\u00f4]"
_TRAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SEQUENCE = re.compile(f"{_LEAD}{_TRAIL}+")
_TO_BYTE = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)}
_TO_BYTE.update({chr(b): b for b in range(0x80, 0xA0)})
# `à` is C3 A0, and A0 is the blank that does not break: often it has become a plain blank, or is gone.
_BARE_A = re.compile("Ã(?=[ \t\n.,;:!?)]|$)")


def _sequence(match: re.Match[str]) -> str:
    try:
        return bytes(_TO_BYTE[c] for c in match.group()).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return match.group()


def looks_mojibake(text: str) -> bool:
    """Whether `text` holds a sequence that only misread UTF-8 makes."""
    return any(_sequence(m) != m.group() for m in _SEQUENCE.finditer(text))


def undo(text: str) -> str:
    """`text` with every misread sequence put right; anything else stays."""
    text = _BARE_A.sub("à", text)
    for _ in range(2):
        better = _SEQUENCE.sub(_sequence, text)
        if better == text:
            break
        text = better
    return text


def make(text: str) -> str:
    """The mojibake of `text`: its UTF-8 bytes as Windows-1252 shows them (for tests and round trips)."""
    back = {b: c for c, b in _TO_BYTE.items() if ord(c) >= 0xA0 or b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    return "".join(chr(b) if b < 0x80 else back.get(b, chr(b)) for b in text.encode("utf-8"))
