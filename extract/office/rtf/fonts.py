"""The font table of an RTF file: names, and the code page in which each font's bytes are written."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.encodings import font_encoding

_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""By `\\fcharset` (specification 1.9.1, Font Table)."""


@dataclass(frozen=True, slots=True)
class RtfFont:
    """A font: its name and its character set (None where the file says none)."""

    name: str
    charset: int | None = None

    def code_page(self, default: str) -> str:
        """The code page of the font's bytes; fonts of TCVN3 and VNI are laid over Windows-1252, whatever
        character set they are filed under."""
        if font_encoding(self.name):
            return "cp1252"
        return default if self.charset in (None, 0, 1) else _CODE_PAGES.get(self.charset or 0, default)


def decoded(data: bytes, code_page: str) -> str:
    """Bytes in a code page; those it does not define as Latin-1 has them."""
    try:
        return data.decode(code_page)
    except (UnicodeDecodeError, LookupError):
        return "".join(_letter(data[i : i + 1], code_page) for i in range(len(data)))


def _letter(byte: bytes, code_page: str) -> str:
    try:
        return byte.decode(code_page)
    except (UnicodeDecodeError, LookupError):
        return byte.decode("latin-1")
