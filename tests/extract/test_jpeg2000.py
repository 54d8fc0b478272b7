"""JPEG 2000 pictures, whole and damaged, in a PDF and alone."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, features

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

from extract.jpeg2000 import jpeg2000_fault

pytestmark = pytest.mark.skipif(not features.check("jpg_2000"), reason="Pillow writes no JPEG 2000")

WAYS = {
    "lossy": {"quality_mode": "rates", "quality_layers": [12]},
    "lossless": {"irreversible": False},
    "tiled": {"tile_size": (128, 128), "quality_mode": "rates", "quality_layers": [15]},
    "layers": {"quality_mode": "rates", "quality_layers": [40, 20, 10], "progression": "RPCL"},
    "bare": {"no_jp2": True},
}


def saved(**options):
    page = Image.new("L", (500, 300), 255)
    for n in range(10):
        ImageDraw.Draw(page).text((20, 10 + 28 * n), f"{n} Xa {137 * n} ho so {911 * n}", 0, font_size=20)
    out = io.BytesIO()
    page.save(out, "JPEG2000", **options)
    return out.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_picture_has_no_fault(way):
    assert jpeg2000_fault(saved(**WAYS[way])) == ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.995])
def test_a_picture_that_ends_too_early_is_told(way, share):
    data = saved(**WAYS[way])
    assert jpeg2000_fault(data[: int(len(data) * share)])


def test_parts_that_changed_places_are_told():
    data = saved(**WAYS["tiled"])
    size = len(data) // 5
    other = (
        data[:size]
        + data[3 * size : 4 * size]
        + data[2 * size : 3 * size]
        + data[size : 2 * size]
        + data[4 * size :]
    )
    assert jpeg2000_fault(other)


@given(st.binary(max_size=300))
@example(b"\xff\x4f\xff\x51\x00\x02\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x0c\x00\x00\xff\xd9")
@example(b"\xff\x4f\xff\x51\x00\x02\xff\x90")
def test_any_bytes_are_answered(data):
    assert isinstance(jpeg2000_fault(data), str)
    assert isinstance(jpeg2000_fault(b"\xff\x4f\xff\x51\x00\x04" + data), str)


def test_a_picture_in_a_pdf_is_held_to_it(tmp_path):
    import pikepdf
    from rot import _paged

    from extract.pdf.soundness import open_soundness

    def faults(data):
        pdf = pikepdf.new()
        picture = pikepdf.Stream(pdf, data)
        facts = {"Type": "/XObject", "Subtype": "/Image", "Filter": "/JPXDecode"}
        for key, value in facts.items():
            picture[f"/{key}"] = pikepdf.Name(value)
        picture["/Width"], picture["/Height"] = 500, 300
        (tmp_path / "a.pdf").write_bytes(_paged(pdf, picture))
        with open_soundness(tmp_path / "a.pdf") as sound:
            return sound.as_read(1).page(0).losses

    data = saved(**WAYS["lossy"])
    assert not faults(data)
    assert faults(data[: len(data) // 2])
