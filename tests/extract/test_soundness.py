"""Every page accounted for: damaged content, pictures, what stands beside the content."""

import importlib.util
import io
import shutil
import sys
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from extract.decoders import (
    deflate_fault,
    grey_jumps,
    jpeg_complaint,
    pieces_maybe_torn,
    print_is_shifted,
)
from extract.inputs import open_document
from extract.pdf.render import open_pdf
from extract.pdf.rescue import with_found_pages
from extract.pdf.soundness import open_soundness
from model.errors import DamagedFileError, EncryptedFileError
from tests.extract.pdf_pages import print_of_figures, rot_module

_spec = importlib.util.spec_from_file_location("damage", Path(__file__).parents[1] / "hostile" / "damage.py")
damage = importlib.util.module_from_spec(_spec)
sys.modules["damage"] = damage
_spec.loader.exec_module(damage)


def told(data, tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    with open_soundness(path) as pdf:
        return pdf.page(0)


def named(*makers):
    return [pytest.param(made, id=made.name) for maker in makers for made in maker()]


@pytest.mark.parametrize("made", named(damage.streams, damage.beside))
def test_damage_is_told(made, tmp_path):
    assert told(made.data, tmp_path).losses


@pytest.mark.parametrize("made", [m for m in named(damage.pictured) if m.values[0].must_flag])
def test_damaged_pictures_are_told(made, tmp_path):
    assert any("picture I" in w for w in told(made.data, tmp_path).warnings)


@pytest.mark.parametrize("made", named(damage.boxed, damage.covered, damage.lying_fonts))
def test_sound_files_are_not_accused(made, tmp_path):
    sound = told(made.data, tmp_path)
    assert (sound.losses, sound.warnings) == ((), ())


def test_what_the_whole_file_holds_is_told_once(tmp_path):
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page().obj["/Contents"] = pdf.make_stream(b"q Q")
    pdf.attachments["so.xlsx"] = b"x"
    pdf.save(tmp_path / "two.pdf")
    with open_soundness(tmp_path / "two.pdf") as opened:
        assert [len(opened.page(n).losses) for n in (0, 1)] == [1, 0]


def test_a_file_that_qpdf_cannot_open_is_told_to_be_broken(tmp_path):
    assert "hỏng cấu trúc" in told(b"%PDF-1.4 nothing", tmp_path).losses[0]


@given(st.binary(min_size=200, max_size=2000), st.data())
def test_deflated_data_that_were_changed_are_told(data, draw):
    packed = zlib.compress(data)
    assert deflate_fault(packed) == ""
    assert deflate_fault(packed[:-4]) == ""  # writers leave the checksum out
    assert deflate_fault(packed[: draw.draw(st.integers(2, len(packed) - 8))])
    at = draw.draw(st.integers(2, len(packed) - 1))
    changed = bytearray(packed)
    changed[at] ^= 1 << draw.draw(st.integers(0, 7))
    try:
        same = zlib.decompress(bytes(changed)) == data
    except zlib.error:
        same = False
    assert same or deflate_fault(bytes(changed))


@pytest.mark.parametrize("gone", [b"/Type /Pages", b"/Kids", b"/Catalog", b"2 0 obj"])
def test_pages_are_found_one_by_one_where_their_tree_is_gone(gone, tmp_path):
    """A block gone wrong took the tree of the pages; every page was there, and the document was lost."""
    data = damage.Pdf(packed=False).written()
    assert gone in data
    path = cut_file(data.replace(gone, b"#" * len(gone)), tmp_path)
    with open_document(path) as reader, open_soundness(path) as sound:
        page = reader.page(0)
        told = sound.as_read(reader.n_pages).page(0)
    assert set(damage.FIGURES) <= {c.text for grid in page.grids for c in grid.cells}
    assert told.losses


def test_a_cut_file_read_after_a_locked_one_is_not_taken_for_locked(tmp_path):
    locked, whole = tmp_path / "locked.pdf", tmp_path / "whole.pdf"
    data = damage.Pdf(packed=False).written()
    whole.write_bytes(data)
    with pikepdf.open(whole) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EncryptedFileError), open_pdf(locked):
        pass
    path = cut_file(data.replace(b"2 0 obj", b"#" * 7), tmp_path)
    with open_document(path) as reader:
        assert reader.n_pages


def test_no_page_is_found_where_there_is_none():
    assert with_found_pages(b"%PDF-1.7\n1 0 obj\n<< /Type /Pages >>\nendobj\n") is None
    assert with_found_pages(b"/Type /Page") is None
    assert with_found_pages(b"1 0 obj << >> endobj /Type /Page") is None


def test_a_file_of_which_one_reader_sees_no_page_is_told(tmp_path):
    """PDFium drew a blank page of what qpdf took for none at all, and nobody said that the file is broken."""
    data = damage.Pdf().written().replace(b"/Kids [3 0 R]", b"/Kids [9 0 R]")
    (tmp_path / "torn.pdf").write_bytes(data)
    with open_soundness(tmp_path / "torn.pdf") as sound:
        found = sound.as_read(1).page(0)
    assert "hỏng cấu trúc" in found.losses[0]
    assert found.warnings


def test_a_cut_jpeg_is_told():
    out = io.BytesIO()
    print_of_figures().convert("L").save(out, "JPEG")
    assert jpeg_complaint(out.getvalue()) == ""
    assert jpeg_complaint(out.getvalue()[:-200])


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_table_that_is_a_picture_on_a_typed_page_is_read(tmp_path):
    made = next(m for m in damage.pictured() if m.name == "picture of a table")
    (tmp_path / "page.pdf").write_bytes(made.data)
    with open_document(tmp_path / "page.pdf") as reader:
        page = reader.page(0)
    read = [c for grid in page.grids for c in grid.cells]
    assert set(made.seen) <= {c.text for c in read} | {a.text for c in read for a in c.alternatives}
    assert not any(c.engine == "text-layer" for c in read if c.text in made.seen)
    assert page.dpi
    assert any(damage.COUNTS.prose[0] in line.text for line in page.lines)


def test_a_wrong_bit_that_shifts_the_grey_of_a_jpeg_is_told():
    """All blocks after it were lighter, print on them went white, and nothing was said."""
    blocks = np.full((120, 90), 240, np.uint8)
    blocks[:, 20:60] = 235
    assert not grey_jumps(blocks)
    blocks.reshape(-1)[40 * 90 + 33 :] -= 40
    assert grey_jumps(blocks)


@pytest.mark.parametrize("shade", [0, 8, 40])
def test_edges_and_shades_of_a_page_are_no_jumps(shade):
    blocks = np.full((120, 90), 240, np.uint8)
    blocks[40:, :] -= shade  # a shaded half
    blocks[:, 45:] -= shade
    blocks[60:80, 30:50] = 90  # a photograph
    assert not grey_jumps(blocks)


def shifted_by_a_block(grey, row, col, blocks=1):
    """A picture as a JPEG is drawn whose data has a block too many at a row and column of blocks."""
    tall, wide = grey.shape[0] // 8, grey.shape[1] // 8
    own = grey[: tall * 8, : wide * 8].reshape(tall, 8, wide, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)
    at = row * wide + col
    extra = np.full((blocks, 8, 8), 128, np.uint8)
    moved = np.concatenate([own[:at], extra, own[at:]])[: len(own)]
    return moved.reshape(tall, wide, 8, 8).transpose(0, 2, 1, 3).reshape(tall * 8, wide * 8)


@pytest.mark.parametrize("blocks", [1, 2])
def test_a_wrong_bit_that_shifts_the_print_of_a_jpeg_is_told(blocks):
    """Halves of letters stood beside their other halves, figures were lost, and nothing was said."""
    page = Image.new("L", (600, 200), 255)
    ImageDraw.Draw(page).text((20, 90), "Tong thu 37.250.000 dong, 86 ho so con lai", 0, font_size=28)
    grey = np.asarray(page)
    text = np.flatnonzero((grey < 128).sum(axis=1))
    row = (int(text[0]) + int(text[-1])) // 16
    assert not print_is_shifted(grey)
    for col in (0, grey.shape[1] // 32):
        assert print_is_shifted(shifted_by_a_block(grey, row, col, blocks)), col


@pytest.mark.parametrize("degrees", [0.0, 0.4, 1.5, 3.0])
def test_print_that_lies_askew_is_not_shifted(degrees):
    page = print_of_figures().convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert not print_is_shifted(np.asarray(page))


@pytest.mark.parametrize("shape", [(0, 0), (8, 300), (9, 9), (300, 30)])
def test_a_small_picture_has_no_print_that_is_shifted(shape):
    assert not print_is_shifted(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("seed", range(20))
def test_every_piece_with_steps_out_of_place_is_looked_at(seed):
    """Which pieces of a row are looked at is told by their greys; steps differ most where greys alternate."""
    draw = np.random.default_rng(seed)
    reach = int(draw.integers(2, 120))
    rows = draw.integers(128 - reach, 128 + reach, (2, 6, 16 + 3 * 192 + 17)).astype(np.int16)
    rows[1] += np.int16(seed % 5) * (np.arange(rows.shape[2], dtype=np.int16) % 2)
    above, below = np.clip(rows, 0, 255).astype(np.uint8)
    steps = np.abs(np.diff(above.astype(int), axis=1) - np.diff(below.astype(int), axis=1))
    torn = steps[:, 16 : 16 + 3 * 192].reshape(6, 3, 192).sum(axis=2) >= 3400
    looked_at = set(zip(*(found.tolist() for found in pieces_maybe_torn(above, below, 16, 3)), strict=True))
    assert {(row, 16 + 192 * piece) for row, piece in np.argwhere(torn).tolist()} <= looked_at


def cut_file(data, tmp_path):
    path = tmp_path / "cut.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("share", [0.55, 0.8, 0.97])
def test_pages_of_a_file_that_was_cut_off_are_read_as_far_as_they_go(share, tmp_path):
    """PDFium opens no file without its table of objects; the pages were all there."""
    data = damage.Pdf().written()
    path = cut_file(data[: int(len(data) * share)], tmp_path)
    with open_document(path) as reader:
        page = reader.page(0)
    assert any("khôi phục" in loss for loss in page.losses)
    if share > 0.9:
        texts = {cell.text for grid in page.grids for cell in grid.cells}
        assert set(damage.FIGURES) <= texts


def test_a_file_without_any_page_fails(tmp_path):
    path = cut_file(damage.Pdf().written()[:60], tmp_path)
    with pytest.raises(DamagedFileError), open_document(path):
        pass


def test_pages_that_a_file_names_and_lacks_are_told(tmp_path):
    data = damage.Pdf().written().replace(b"/Count 1", b"/Count 2")
    (tmp_path / "page.pdf").write_bytes(data)
    with open_soundness(tmp_path / "page.pdf") as opened:
        assert opened.as_read(2, False).page(0).losses == ()
        assert "2 pages" in opened.as_read(1, False).page(0).losses[0]


def test_a_page_without_content_has_none_that_is_damaged(tmp_path):
    """Packed, nothing is nothing: the cover of a portfolio was called damaged."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    for data, damaged in ((b"", False), (b"\x78\x9c", True)):
        page.obj["/Contents"] = pdf.make_stream(b"")
        page.obj["/Contents"].write(data, filter=pikepdf.Name.FlateDecode)
        found = io.BytesIO()
        pdf.save(found, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        assert bool(told(found.getvalue(), tmp_path).losses) == damaged


def test_a_page_that_stands_for_another_is_told(tmp_path):
    """The tree of pages named one page twice and another no more."""
    pdf = pikepdf.new()
    for words in ("1.482 ho so", "86 ho so"):
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(f"BT ({words}) Tj ET".encode())
    sound, hurt = tmp_path / "sound.pdf", tmp_path / "hurt.pdf"
    pdf.save(sound)
    pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents
    pdf.save(hurt)
    for path, told in ((sound, [False, False]), (hurt, [False, True])):
        with open_soundness(path) as opened:
            losses = [opened.page(n).losses for n in range(2)]
        assert [any("lặp lại" in loss for loss in own) for own in losses] == told


def with_picture(tmp_path, data, facts):
    """A page with one picture of 200 x 100 grey pixels."""
    pdf = pikepdf.new()
    picture = pikepdf.Stream(pdf, data)
    told = {"/Width": 200, "/Height": 100, "/BitsPerComponent": 8} | facts
    for key, value in {
        "/Subtype": pikepdf.Name.Image,
        "/ColorSpace": pikepdf.Name.DeviceGray,
        **told,
    }.items():
        picture[key] = value
    page = pdf.add_blank_page()
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(picture)))
    page.obj.Contents = pdf.make_stream(b"q 200 0 0 100 0 0 cm /I Do Q")
    pdf.save(tmp_path / "picture.pdf")
    with open_soundness(tmp_path / "picture.pdf") as opened:
        return opened.page(0).losses


@pytest.mark.parametrize(
    ("facts", "is_told"),
    [({}, False), ({"/Height": 50}, True), ({"/Width": 199}, True), ({"/BitsPerComponent": 4}, True)],
    ids=["sound", "half as high", "less wide", "coarser"],
)
@pytest.mark.parametrize("packing", ["DCTDecode", "FlateDecode"])
def test_a_picture_of_another_size_than_the_file_says_is_told(packing, facts, is_told, tmp_path):
    """Half of a page's rows were left out: nobody counted those that were too many."""
    image = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(image).text((20, 40), "1.482", 0)
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=85)
    data = jpeg.getvalue() if packing == "DCTDecode" else zlib.compress(image.tobytes())
    if packing == "DCTDecode" and "/BitsPerComponent" in facts:
        is_told = False  # the JPEG says it itself
    losses = with_picture(tmp_path, data, {"/Filter": pikepdf.Name("/" + packing), **facts})
    assert bool(losses) == is_told


def wrong(kind, **facts):
    """A scan in a PDF whose picture is described wrongly, so that nobody can draw it."""
    rot = rot_module()
    with pikepdf.open(io.BytesIO(rot.wrapped(rot.papers_of(0)[0], kind))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image:
                for key, value in facts.items():
                    item["/" + key] = value
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("JPEG", {"ColorSpace": pikepdf.Name.DeviceRGB}),
        ("JPEG", {"Filter": pikepdf.Name.JBIG2Decode}),
        ("FLATE", {"Width": 0}),
    ],
    ids=["colours", "filter", "size"],
)
def test_a_page_that_is_blank_because_its_picture_cannot_be_drawn_is_told(kind, facts, tmp_path):
    """It was a blank page like any other."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(wrong(kind, **facts))
    with open_document(path) as reader:
        page = reader.page(0)
    assert not page.blocks and page.losses


@pytest.mark.parametrize("white", ["DCTDecode", "FlateDecode"])
def test_a_white_scan_is_a_blank_page(white, tmp_path):
    image, jpeg = Image.new("L", (800, 1100), 255), io.BytesIO()
    image.save(jpeg, "JPEG")
    data = jpeg.getvalue() if white == "DCTDecode" else zlib.compress(image.tobytes())
    facts = {"/Filter": pikepdf.Name("/" + white), "/Width": 800, "/Height": 1100}
    with_picture(tmp_path, data, facts)
    with open_document(tmp_path / "picture.pdf") as reader:
        page = reader.page(0)
    assert not (page.blocks or page.losses)
