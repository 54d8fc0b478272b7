"""Pages of PDFs as pictures: a scanned page is the scanner's own picture, all else is drawn."""

import io
import itertools
import re
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

import extract.inputs.pdf as reading
from extract.decoders import jpeg_complaint
from extract.inputs import open_document
from extract.pdf.embedded import StoredStreams, is_picture_alone, jpeg_pixels, stored_streams
from extract.pdf.render import open_pdf, render_page
from model.page import PageContent, TextLine

WIDTH, HEIGHT = 2480, 3508  # A4 at 300 dpi
PAGE = (595.2, 841.92)
PICTURE = f"q {PAGE[0]} 0 0 {PAGE[1]} 0 0 cm /Im Do Q"
OVER_TEXT = f"{PICTURE} BT /F 12 Tf 3 Tr 40 700 Td (unseen) Tj ET"


@pytest.fixture(scope="module")
def scan():
    """A grey page with a black frame near one corner."""
    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 60, 300, 160), outline=0, width=3)
    draw.line((100, 800, 1100, 803), fill=30, width=2)
    return image


def jpeg_of(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def pdf_of(path, data, keys, content=None, page_keys="", more=b""):
    """A PDF of one page that draws one picture with the dictionary keys `keys`."""
    a, d = PAGE
    content = (PICTURE if content is None else content).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {a} {d}]{page_keys}/Contents 4 0 R/Resources"
        "<</XObject<</Im 5 0 R>>/Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image %s/Length %d>>stream\n%s\nendstream"
        % (keys.encode(), len(data), data),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate([*objects, *([more] if more else [])], start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    path.write_bytes(
        body + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, body.index(b"xref"))
    )
    return path


def jpeg_keys(image, more=""):
    space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
    return (
        f"/Width {image.width}/Height {image.height}/ColorSpace/{space}/BitsPerComponent 8"
        f"/Filter/DCTDecode{more}"
    )


def page_of(path, dpi=300):
    with open_pdf(path) as pdf:
        return render_page(pdf, 0, dpi)


def test_a_grey_scan_is_the_scanners_own_picture(tmp_path, scan):
    data = jpeg_of(scan)
    raster = page_of(pdf_of(tmp_path / "a.pdf", data, jpeg_keys(scan)))
    own = np.asarray(Image.open(io.BytesIO(data)))
    assert raster.pixels.ndim == 2 and np.array_equal(raster.pixels, own)
    assert raster.dpi == raster.native_dpi == pytest.approx(300, abs=0.2)
    assert (raster.width, raster.height) == pytest.approx(PAGE, abs=0.01)


def test_a_colour_scan_keeps_its_colours_only_where_there_is_coloured_ink(tmp_path, scan):
    plain = scan.convert("RGB")
    assert page_of(pdf_of(tmp_path / "a.pdf", jpeg_of(plain), jpeg_keys(plain))).pixels.ndim == 2
    sealed = plain.copy()
    ImageDraw.Draw(sealed).ellipse((600, 1200, 800, 1400), outline=(205, 30, 50), width=12)
    pixels = page_of(pdf_of(tmp_path / "b.pdf", jpeg_of(sealed), jpeg_keys(sealed))).pixels
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    assert pixels[1300, 606, 2] > pixels[1300, 606, 0] + 100  # red comes last


def test_a_fax_stays_black_and_white(tmp_path, scan):
    bits = np.asarray(scan) > 128
    data = zlib.compress(np.packbits(bits, axis=1).tobytes())
    keys = f"/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode"
    pixels = page_of(pdf_of(tmp_path / "a.pdf", data, keys)).pixels
    assert pixels.ndim == 2 and np.array_equal(pixels, np.where(bits, 255, 0))


@pytest.mark.parametrize(("rotate", "corner"), [(0, (0, 0)), (90, (0, 1)), (180, (1, 1)), (270, (1, 0))])
def test_a_turned_page_is_given_as_it_is_shown(tmp_path, scan, rotate, corner):
    """The frame near the stored picture's top left must come where a viewer shows it, as it does when drawn."""
    path = pdf_of(tmp_path / "a.pdf", jpeg_of(scan), jpeg_keys(scan), page_keys=f"/Rotate {rotate}")
    stored, drawn = page_of(path), page_of(path, dpi=75)  # finer than asked for: drawn
    assert (stored.width, stored.height) == pytest.approx((drawn.width, drawn.height))
    height, width = stored.pixels.shape
    rows, columns = np.nonzero(stored.pixels[:, :] < 20)
    assert (rows.mean() > height / 2, columns.mean() > width / 2) == tuple(bool(c) for c in corner)
    small = cv2.resize(stored.pixels, drawn.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - drawn.pixels[..., 0]).mean() < 1


MASK = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x00\nendstream"
FILLING = f"{PAGE[0]} 0 0 {PAGE[1]}"


@pytest.mark.parametrize(
    ("what", "keys", "content"),
    [
        ("smaller than the page", "", f"q 400 0 0 {PAGE[1]} 0 0 cm /Im Do Q"),
        ("moved", "", f"q {FILLING} 20 0 cm /Im Do Q"),
        ("upside down", "", f"q {PAGE[0]} 0 0 -{PAGE[1]} 0 {PAGE[1]} cm /Im Do Q"),
        ("with text over it", "", f"q {FILLING} 0 0 cm /Im Do Q BT /F 12 Tf 50 50 Td (seen) Tj ET"),
        ("with a rule over it", "", f"q {FILLING} 0 0 cm /Im Do Q 50 50 200 2 re f"),
        ("twice", "", f"q {FILLING} 0 0 cm /Im Do /Im Do Q"),
        ("cut", "", f"q 100 100 200 200 re W n {FILLING} 0 0 cm /Im Do Q"),
        ("seen through a mask", "/SMask 6 0 R", None),
        ("with its greys reversed", "/Decode[1 0]", None),
    ],
)
def test_any_other_page_is_drawn(tmp_path, scan, what, keys, content):
    path = pdf_of(
        tmp_path / "a.pdf",
        jpeg_of(scan),
        jpeg_keys(scan, keys),
        content,
        more=MASK if "SMask" in keys else b"",
    )
    assert page_of(path).pixels.ndim == 3, what


def test_text_that_is_not_drawn_may_lie_over_a_scan(tmp_path, scan):
    content = f"q {FILLING} 0 0 cm /Im Do Q BT 3 Tr /F 12 Tf 50 50 Td (unseen) Tj ET"
    assert page_of(pdf_of(tmp_path / "a.pdf", jpeg_of(scan), jpeg_keys(scan), content)).pixels.ndim == 2


def test_a_scan_finer_than_asked_for_is_drawn_smaller(tmp_path, scan):
    raster = page_of(pdf_of(tmp_path / "a.pdf", jpeg_of(scan), jpeg_keys(scan)), dpi=100)
    assert raster.dpi == pytest.approx(100) and raster.native_dpi == pytest.approx(300, abs=0.2)


def test_pixels_that_are_not_square_are_drawn_square(tmp_path, scan):
    coarse = scan.resize((WIDTH, HEIGHT // 2))
    raster = page_of(pdf_of(tmp_path / "a.pdf", jpeg_of(coarse), jpeg_keys(coarse)))
    height, width = raster.pixels.shape[:2]
    assert height / width == pytest.approx(PAGE[1] / PAGE[0], rel=0.01)


def test_a_jpeg_that_is_cut_off_is_left_to_pdfium(scan):
    data = jpeg_of(scan)
    streams = StoredStreams(-1)
    assert jpeg_pixels(data, False, streams.decoded) is not None
    assert jpeg_pixels(data[:-200], False, streams.decoded) is None
    assert jpeg_pixels(b"no picture\xff\xd9", False, streams.decoded) is None


def test_what_a_decoder_says_of_the_last_jpeg_is_what_it_says_of_each(scan):
    """The complaint of the picture that was drawn is kept; another picture's must not be taken for it."""
    data = jpeg_of(scan.convert("RGB"))
    hurt = data[: len(data) // 2] + bytes(40) + data[len(data) // 2 + 40 :]
    streams = StoredStreams(-1)
    for jpeg, in_colour in itertools.product((data, hurt), (False, True)):
        streams.decoded(jpeg, in_colour)
        assert streams.jpeg_complaint(jpeg) == jpeg_complaint(jpeg)
        assert [streams.jpeg_complaint(other) for other in (data, hurt)] == list(
            map(jpeg_complaint, (data, hurt))
        )
    assert jpeg_complaint(hurt) and not jpeg_complaint(data)


def test_a_dictionary_is_found_by_its_data_wherever_the_search_begins(tmp_path):
    streams = {n: bytes(np.random.default_rng(n).integers(0, 256, 700_000, np.uint8)) for n in range(5)}
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"".join(b"%d 0 obj<</N %d>>stream\r\n%s\nendstream\n" % (n, n, data) for n, data in streams.items())
    )
    with stored_streams(path) as found:
        for n in (3, 0, 4, 1, 2):
            dictionary = found.dictionary_of(streams[n])
            assert dictionary is not None and re.search(rb"/N (\d)", dictionary).group(1) == b"%d" % n
        assert found.dictionary_of(b"stored nowhere" * 9) is None
        assert found.dictionary_of(b"") is None


def test_a_coarse_scan_is_drawn_at_its_own_resolution(tmp_path, scan):
    coarse = scan.resize((WIDTH // 2, HEIGHT // 2))
    raster = page_of(pdf_of(tmp_path / "a.pdf", jpeg_of(coarse), jpeg_keys(coarse)))
    assert raster.pixels.ndim == 3 and raster.dpi == pytest.approx(150, abs=0.2)


def test_a_coarse_fax_is_drawn_in_grey_as_it_is_in_colour(tmp_path, scan):
    """A coarse page in black and white went through all that looks for colours."""
    bits = np.asarray(scan.resize((WIDTH // 3 * 2, HEIGHT // 3 * 2))) > 128
    keys = f"/Width {bits.shape[1]}/Height {bits.shape[0]}/ColorSpace/DeviceGray/BitsPerComponent 1"
    data = zlib.compress(np.packbits(bits, axis=1).tobytes())
    path = pdf_of(tmp_path / "a.pdf", data, f"{keys}/Filter/FlateDecode")
    raster = page_of(path)
    with open_pdf(path) as pdf:
        drawn = pdf.document[0].render(scale=raster.dpi / 72, draw_annots=False).to_numpy()[..., :3]
        assert raster.pixels.ndim == 2 and np.array_equal(np.stack([raster.pixels] * 3, axis=2), drawn)


READ = PageContent(1, 595.0, 842.0, "ocr", (TextLine("read", 1, 1),))


def test_the_memory_of_a_scanned_document_does_not_grow_to_the_size_of_its_file(tmp_path, scan, monkeypatch):
    path = pdf_of(tmp_path / "a.pdf", jpeg_of(scan), jpeg_keys(scan), content=OVER_TEXT)
    monkeypatch.setattr(reading, "read_scanned_page", lambda *page: READ)
    with open_document(path) as document:
        assert document.page(0).blocks == READ.blocks
        assert not document._layers._layers.doc._cached_objs


def test_a_page_that_is_one_picture_is_read_without_pdfplumber(tmp_path, scan, monkeypatch):
    monkeypatch.setattr(reading, "read_scanned_page", lambda *page: READ)
    for name, content, opened in (("bare", None, False), ("with text", OVER_TEXT, True)):
        path = pdf_of(tmp_path / f"{name}.pdf", jpeg_of(scan), jpeg_keys(scan), content=content)
        with open_document(path) as document:
            assert document.page(0).blocks == READ.blocks
            assert (document._layers is not None) == opened, name


@pytest.mark.parametrize(
    ("content", "alone"),
    [(None, True), ("", False), (f"{PICTURE} {PICTURE}", True), (f"{PICTURE} 10 10 m 90 90 l S", False)],
)
def test_what_is_a_picture_alone(tmp_path, scan, content, alone):
    path = pdf_of(tmp_path / "a.pdf", jpeg_of(scan), jpeg_keys(scan), content=content)
    with open_pdf(path) as pdf:
        assert is_picture_alone(pdf.document, 0) == alone
        assert not is_picture_alone(pdf.document, 1)
