"""Bytes of files, PDF words and pages in legacy encodings, and the real files of ministries."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from model.errors import EncodingError
from model.geometry import Box
from model.page import Grid, GridCell, PageContent, TextLine, Word
from normalize.encodings import decode_bytes, decode_page, decode_words, encode_text, font_encoding
from normalize.encodings.evidence import Encoding
from normalize.encodings.tables import byte_view

LEGACY = Path(__file__).parents[4] / "shared" / "legacy" / "text"
TEXT = "Ủy ban nhân dân xã báo cáo kết quả giải quyết hồ sơ\n"
TEXT += "Thủ tục hành chính được thực hiện đúng hạn: 1.234 hồ sơ\n"
BYTES = {byte_view(b): b for b in range(256)}


def _raw(text: str, encoding: Encoding) -> bytes:
    return bytes(BYTES[c] for c in encode_text(text, encoding).text)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        _raw(TEXT, "vni"),
        encode_text(TEXT, "mojibake").text.encode(),
        encode_text(TEXT, "vni").text.encode(),
    ],
)
def test_bytes_become_the_same_text(data: bytes) -> None:
    assert decode_bytes(data) == TEXT


@pytest.mark.parametrize("encoding", ["tcvn3", "vps"])
def test_single_byte_files_lose_only_capitals(encoding: Encoding) -> None:
    assert decode_bytes(_raw(TEXT, encoding)).lower() == TEXT.lower()


def test_windows_1258_has_its_tones_behind_the_letters() -> None:
    data = "Thu\u0309 tu\u0323c ha\u0300nh chi\u0301nh, h\u00f4\u0300 s\u01a1"
    assert decode_bytes(data.encode("cp1258")) == "Thủ tục hành chính, hồ sơ"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\x80\x95\xfe\xd7 " * 40])
def test_hopeless_bytes_are_an_error(data: bytes) -> None:
    with pytest.raises(EncodingError):
        decode_bytes(data)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode_bytes(b"") == ""


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_give_text_or_an_encoding_error(data: bytes) -> None:
    try:
        assert isinstance(decode_bytes(data), str)
    except EncodingError:
        pass


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        ("AARIQC+.VnTimeH,Bold", "tcvn3"),
        ("FBHPEM+VnTime", "tcvn3"),
        ("VNI-Times", "vni"),
        ("ABCDEF+VNI-Helve-Bold", "vni"),
        ("VPSTimes", "vps"),
        ("TimesNewRomanPSMT", None),
        ("Vnexpress", None),
    ],
)
def test_fonts_name_their_encoding(font: str, encoding: str | None) -> None:
    assert font_encoding(font) == encoding


def _words(*pieces: tuple[str, float, float, str]) -> list[Word]:
    return [Word(text, Box(x0, 0, x1, 14), 1.0, font, 14.0) for text, x0, x1, font in pieces]


def test_pieces_of_a_word_in_two_subsets_of_a_font_are_joined() -> None:
    body, glyphs = "FBHPHA+VnTimeBold", "FBHPFP+VnTimeBold"
    words = _words(
        ("nhµ", 100, 120, body), ("n", 123.5, 131, body), ("−", 131, 139, glyphs), ("íc", 139, 153, body)
    )
    found = decode_words(words)
    assert [w.text for w in found] == ["nhà", "nước"]
    assert found[1].box == Box(123.5, 0, 153, 14)


def test_a_footnote_mark_is_not_joined() -> None:
    words = [
        Word("n¨m", Box(100, 0, 120, 14), 1.0, "AAAAAA+.VnTime", 14.0),
        Word("5", Box(120, 0, 123, 8), 1.0, "AAAAAB+.VnTime", 8.0),
    ]
    assert [w.text for w in decode_words(words)] == ["năm", "5"]


def test_fonts_of_one_page_are_decoded_each_for_itself() -> None:
    words = _words(
        ("ViÖt", 0, 20, ".VnTime"),
        ("Nam", 24, 40, ".VnTimeH"),
        ("hoäi", 44, 60, "VNI-Times"),
        ("hội", 64, 80, "Arial"),
    )
    assert [w.text for w in decode_words(words)] == ["Việt", "NAM", "hội", "hội"]


def test_a_page_pools_its_cells_and_lines() -> None:
    cells = (
        GridCell(0, 0, "Tæng sè\nhå s¬"),
        GridCell(0, 1, "1.554"),
        GridCell(1, 0, "T«i"),
        GridCell(1, 1, ""),
    )
    grid = Grid(1, "ruled", 2, 2, cells)
    page = PageContent(1, 595, 842, "text-layer", (TextLine("KÕt qu¶ gi¶i quyÕt", 1, 1), grid))
    found = decode_page(page)
    assert found.lines[0].text == "Kết quả giải quyết"
    assert [c.text for c in found.grids[0].cells] == ["Tổng số\nhồ sơ", "1.554", "Tôi", ""]


def test_a_unicode_page_comes_back_itself() -> None:
    page = PageContent(
        1,
        595,
        842,
        "text-layer",
        (TextLine("Kết quả", 1, 1), Grid(1, "ruled", 1, 1, (GridCell(0, 0, "Xã"),))),
    )
    assert decode_page(page) is page


@pytest.mark.skipif(not LEGACY.is_dir(), reason="../shared/legacy is not there")
@pytest.mark.parametrize("path", sorted(LEGACY.glob("200[34]*[!h].txt")), ids=lambda p: p.stem)
def test_real_files_of_ministries(path: Path) -> None:
    truth = path.with_suffix("").with_suffix(".truth.txt")
    if not truth.exists():
        pytest.skip("a truth file itself")
    true = truth.read_text(encoding="utf-8").lower().split()
    got = decode_bytes(path.read_bytes()).lower().split()
    wrong = [true[o.src_start : o.src_end] for o in Levenshtein.opcodes(true, got) if o.tag == "replace"]
    assert sum(map(len, wrong)) <= 0.001 * len(true)
