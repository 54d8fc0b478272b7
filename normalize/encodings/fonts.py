"""What a font's name says about the encoding of the text set in it."""

from __future__ import annotations

import re

from normalize.encodings.evidence import Encoding

_FONTS: tuple[tuple[re.Pattern[str], Encoding], ...] = (
    (re.compile(r"^\.?Vn(?=[A-Z0-9])"), "tcvn3"),
    (re.compile(r"^VNI[-A-Z]", re.IGNORECASE), "vni"),
    (re.compile(r"^VPS", re.IGNORECASE), "vps"),
)


def font_encoding(font: str) -> Encoding | None:
    """`tcvn3` for `.VnTime`, `VnTimeBold`, ...; `vni` for `VNI-Times`, ...; `vps`; else None.

    A subset prefix (`ABCDEF+`) is left aside.
    """
    name = font.split("+", 1)[-1]
    return next((encoding for pattern, encoding in _FONTS if pattern.match(name)), None)
