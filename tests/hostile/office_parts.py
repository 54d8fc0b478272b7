"""What hostile office files are put together from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

SEED = 20261126
Made = tuple[str, bytes]
Parts = Mapping[str, bytes | str]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LURE = "http://127.0.0.1:{port}/"
"""Where a file that fetches something would ask."""

ROWS = [["STT", "Xa", "So"], ["1", "An Binh", "12"], ["2", "Tan Lap", "30"], ["", "Tong", "42"]]
"""A table that adds up."""


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)  # no time of this machine
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    """Relationships: id, kind, target; a target with `://` is external."""
    outside = ' TargetMode="External"'
    inner = "".join(
        f'<Relationship Id="{ident}" Type="{REL}/{kind}" Target="{target}"{outside if "://" in target else ""}/>'
        for ident, kind, target in entries
    )
    return f"{HEAD}<Relationships {RELS}>{inner}</Relationships>"
