"""Texts wholly in VISCII, Windows-1258 shown as 1252, or Telex: told by all their words, left alone otherwise."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.encodings import decode_bytes, decode_shown
from normalize.encodings.tables import byte_view
from normalize.encodings.whole import whole_text

TEXTS = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập, tự do, hạnh phúc",
    "Ủy ban nhân dân huyện đã tiếp nhận 1.126 hồ sơ, giải quyết đúng hạn 98,5%",
    "Kết quả xử lý phản ánh của người dân; những tồn tại, hạn chế và nguyên nhân",
)
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
# The first text as `iconv -t VISCII` writes it.
VISCII = (
    b"C\xb5ng h\xf2a x\xe3 h\xb5i ch\xfc ngh\xeea Vi\xaet Nam, \xf0\xb5c l\xa7p, t\xf1 do, h\xd5nh ph\xfac"
)


def _parts(word: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", word)
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return base, "".join(c for c in decomposed if c in _TONES)


def telex(text: str) -> str:
    def spelled(match: re.Match[str]) -> str:
        base, tone = _parts(match.group())
        keys = "".join(
            _SHAPES.get(c.lower(), c.lower()).capitalize() if c.isupper() else _SHAPES.get(c, c) for c in base
        )
        return keys + "".join(_TONES[c] for c in tone)

    return re.sub(r"[^\W\d_]+", spelled, text)


def windows_1258(text: str) -> bytes:
    out = b""
    for char in text:
        base, tone = _parts(char)
        out += (base + tone).encode("cp1258")
    return out


def shown(data: bytes) -> str:
    return "".join(map(byte_view, data))


@pytest.mark.parametrize("text", TEXTS)
def test_windows_1258_shown_as_1252_comes_back(text: str) -> None:
    assert whole_text(shown(windows_1258(text))) == text
    assert decode_shown(shown(windows_1258(text))) == text


@pytest.mark.parametrize("text", TEXTS)
def test_telex_comes_back(text: str) -> None:
    assert telex(text).isascii()
    assert decode_shown(telex(text)) == text


def test_viscii_comes_back_from_its_bytes_and_as_shown() -> None:
    assert decode_bytes(VISCII) == TEXTS[0]
    assert whole_text(shown(VISCII)) == TEXTS[0]


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "Uy ban nhan dan huyen da tiep nhan ho so cua cac co quan, don vi",
        "The offices of the province were free to see all of the files; they too show progress",
        "Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp, tù do, h¹nh phóc",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp, töï do",
        "12.345 67,8% (1) (2)=(3)+(4)",
        "",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert whole_text(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x1EF9, exclude_categories=["Cs"]), max_size=60))
def test_what_is_read_is_read_once(text: str) -> None:
    once = whole_text(text)
    assert whole_text(once) in (once, whole_text(whole_text(once)))
    assert len(re.findall(r"\d", once)) == len(re.findall(r"\d", text))
