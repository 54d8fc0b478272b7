"""Pages of a TIFF as far as their strips can be decoded."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.scan.image import open_image, read_frame
from extract.scan.tiff_strips import decoded_strips, strip_complaint
from model.errors import DamagedFileError

LAYOUTS = [("L", "tiff_lzw"), ("L", "tiff_adobe_deflate"), ("RGB", "tiff_lzw"), ("1", "packbits"), ("1", "group4"),
           ("P", "tiff_lzw"), ("L", "jpeg"), ("I;16", "tiff_lzw")]  # fmt: skip


def page(mode):
    grey = Image.new("L", (300, 900), 255)
    draw = ImageDraw.Draw(grey)
    for n in range(22):
        draw.text((20 + 7 * (n % 3), 20 + 40 * n), f"{1371 * (n + 3)}", 0, font_size=24)
    if mode == "I;16":
        return Image.fromarray(np.asarray(grey, np.uint16) * 257)
    return grey.convert(mode)


def stored(mode, packing, hurt=None):
    """The page as a TIFF of strips of 96 rows; `hurt` spoils the bytes of strip 4."""
    out = io.BytesIO()
    page(mode).save(out, "TIFF", compression=packing, tiffinfo={278: 96})
    data = bytearray(out.getvalue())
    if hurt is not None:
        with Image.open(io.BytesIO(data)) as opened:
            start, size = opened.tag_v2[273][4], opened.tag_v2[279][4]
        data[start : start + size] = hurt(bytes(data[start : start + size]))
    return bytes(data)


@pytest.fixture
def write(tmp_path):
    def put(data):
        path = tmp_path / "page.tif"
        path.write_bytes(data)
        return path

    return put


@pytest.mark.parametrize(("mode", "packing"), LAYOUTS)
def test_strips_put_together_are_the_page(mode, packing, write):
    with open_image(write(stored(mode, packing))) as picture:
        whole = read_frame(picture, 0).pixels
        assert strip_complaint(picture) == ""
        strips = decoded_strips(picture)
    if packing != "jpeg":  # its tables stand outside the strips
        assert strips is not None
        assert (np.asarray(strips.convert("L"), float) == np.asarray(page(mode).convert("L"), float)).all()
    assert whole.shape[0] == 900


@pytest.mark.parametrize(("mode", "packing"), LAYOUTS[:3])
def test_a_strip_that_cannot_be_decoded_costs_itself(mode, packing, write):
    """One wrong byte of 34 strips cost the whole page."""
    path = write(stored(mode, packing, lambda strip: b"\xff" * len(strip)))
    with open_image(path) as picture, pytest.raises(DamagedFileError):
        read_frame(picture, 0)
    with open_image(path) as picture:
        found = read_frame(picture, 0, as_far=True).pixels
    wanted = np.asarray(page("L"))
    kept = np.r_[0:384, 480:900]
    assert (found if found.ndim == 2 else found[..., 0])[kept].tolist() == wanted[kept].tolist()
    assert (found[384:480] == 255).all()


def test_a_changed_byte_of_a_deflated_strip_is_told(write):
    """Libtiff stops before the checksum: another figure came out, and nothing was said."""
    flipped = stored("L", "tiff_adobe_deflate", lambda strip: strip[:-1] + bytes([strip[-1] ^ 1]))
    with open_image(write(flipped)) as picture:
        assert strip_complaint(picture)


@pytest.mark.parametrize(("mode", "packing"), LAYOUTS)
@pytest.mark.parametrize(("height", "is_told"), [(900, False), (450, True), (890, False)])
def test_a_page_that_is_lower_than_its_strips_is_told(mode, packing, height, is_told, write):
    """Half of the page was left out, and nothing said that it had been there."""
    data = stored(mode, packing)
    with Image.open(io.BytesIO(data)) as opened:
        count = opened.tag_v2[257]
    entry = next(data[n : n + 12] for n in range(len(data)) if data[n : n + 4] == b"\x01\x01\x03\x00")
    low = entry[:8] + height.to_bytes(2, "little") + entry[10:]
    assert count == 900
    with open_image(write(data.replace(entry, low))) as picture:
        assert bool(strip_complaint(picture)) == is_told
