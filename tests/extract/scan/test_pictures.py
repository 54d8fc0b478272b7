"""Pictures as scanners, faxes and cameras store them: deep, negative, turned, with pixels that are not square."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.raster import chroma, dark_on_light, strongest
from extract.scan.image import open_image, read_frame
from model.errors import DamagedFileError

SIZE = (850, 1100)


def page():
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    for n in range(30):
        draw.text((60, 40 + 34 * n), f"dong {n} co so {1234 + 77 * n}", 0, font_size=22)
    return image


def frame(path):
    with open_image(path) as picture:
        return read_frame(picture, 0)


def near(pixels, wanted):
    return np.abs(pixels.astype(int) - np.asarray(wanted).astype(int)).mean() < 2


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("deep.png", lambda grey: grey.astype(np.uint16) * 257),
        ("deep.tif", lambda grey: grey.astype(np.uint16) * 257),
        ("shares.tif", lambda grey: grey.astype(np.float32) / 255),
        ("plain.tif", lambda grey: grey),
        ("negative.png", lambda grey: 255 - grey),
    ],
)
def test_deep_and_negative_pictures_are_the_same_page(name, made, tmp_path):
    """Scans of sixteen bits came out blank: every grey over 255 was white."""
    Image.fromarray(made(np.asarray(page()))).save(tmp_path / name, dpi=(100, 100))
    assert near(frame(tmp_path / name).pixels, page())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_a_camera_notes_is_followed(orientation, tmp_path):
    ways = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = page()
    for way in ways.get(orientation, []):
        stored = stored.transpose(way)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "photo.png", exif=exif, dpi=(100, 100))
    assert near(frame(tmp_path / "photo.png").pixels, page())


def test_a_coarse_fax_is_squared(tmp_path):
    """204 x 98 dots an inch: letters were half as high as they are."""
    page().resize((1734, 1078)).convert("1").save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    raster = frame(tmp_path / "fax.tif")
    assert raster.pixels.shape[1] == 1734
    assert raster.pixels.shape[0] == pytest.approx(1078 * 204 / 98, abs=1)
    assert (raster.width, raster.height) == pytest.approx((612, 792), abs=1)


@pytest.mark.parametrize(
    ("grey", "turned"),
    [(np.full((400, 400), 255), False), (np.zeros((400, 400)), False)],
    ids=["white sheet", "black sheet"],
)
def test_empty_sheets_stay(grey, turned):
    picture = grey.astype(np.uint8)
    assert (dark_on_light(picture) is not picture) is turned


def test_a_photo_on_a_dark_table_stays():
    photo = np.zeros((400, 400), np.uint8)
    photo[60:340, 80:320] = 230
    assert dark_on_light(photo) is photo


@pytest.mark.parametrize("name", ["cut.jpg", "cut.png", "cut.tif"])
def test_a_picture_that_is_cut_off_is_read_as_far_as_it_goes(name, tmp_path):
    page().save(tmp_path / "whole.png")
    page().save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    with open_image(tmp_path / name) as picture, pytest.raises(DamagedFileError):
        read_frame(picture, 0)
    with open_image(tmp_path / name) as picture:
        pixels = read_frame(picture, 0, as_far=True).pixels
    assert near(pixels[:300], np.asarray(page())[:300])


def test_the_strongest_channel_and_the_chroma_of_pixels():
    pixels = np.random.default_rng(5).integers(0, 256, (7, 11, 3), np.uint8)
    assert np.array_equal(strongest(pixels), pixels.max(axis=2))
    assert np.array_equal(chroma(pixels), pixels.max(axis=2) - pixels.min(axis=2))
