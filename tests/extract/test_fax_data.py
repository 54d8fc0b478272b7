"""Fax data of PDFs and TIFFs held against what comes out of them."""

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from extract import decoders
from extract.decoders import fax_complaint, group_3_complaint
from extract.pdf.soundness import open_soundness
from tests.extract.pdf_pages import print_of_figures, rot_module


def fax(page, compression, options=None):
    """The page coded by libtiff: a strip of fax data."""
    out = io.BytesIO()
    more = {} if options is None else {292: options}
    page.save(out, "TIFF", compression=compression, tiffinfo={278: page.height} | more)
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return out.getvalue()[start : start + length]


def without_row_ends(data):
    """Group 3 data whose rows end in nothing."""
    bits = bin(int.from_bytes(b"\1" + data, "big"))[3:].replace("000000000001", "")
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def filled(data, share):
    """Group 3 data whose rows are filled up with as many zero bytes as make them so much longer."""
    bits = bin(int.from_bytes(b"\1" + data, "big"))[3:]
    more = "0" * (8 * int(share * len(data) / bits.count("000000000001")))
    bits = bits.replace("000000000001", more + "000000000001")
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


@pytest.mark.parametrize(
    ("compression", "options", "hurt", "two_ways", "told"),
    [
        ("group3", 0, bytes, False, ""),
        ("group3", 1, bytes, True, ""),
        ("group3", 0, without_row_ends, False, ""),
        ("group3", 0, lambda data: filled(data, 6), False, ""),
        ("group3", 0, lambda data: data[: len(data) // 2], False, "Bad code word"),
        ("group3", 0, without_row_ends, True, "have no ends"),
        ("group3", 1, bytes, False, "Bad code word"),
        ("group3", 0, bytes, True, "hold more than comes out"),
        ("group4", None, bytes, False, "Group 4"),
        ("group4", None, bytes, True, "Group 4"),
    ],
    ids=["rows", "two ways", "no ends", "filled up", "cut", "two ways, no ends", "called rows", "called two ways",
         "Group 4 called rows", "Group 4 called two ways"],
)  # fmt: skip
def test_fax_data_are_what_they_are_called(compression, options, hurt, two_ways, told):
    """Group 4 data that were called Group 3 came out as a page of a few strokes under no flag."""
    page = print_of_figures()
    data = hurt(fax(page, compression, options))
    said = group_3_complaint(data, *page.size, two_ways=two_ways)
    assert told in said if told else not said


def test_one_row_of_a_fax_that_cannot_be_read_is_borne():
    page = print_of_figures()
    data = fax(page, "group3", 0)
    places = [n for n in range(0, len(data), 7) if _one_bad_row(data, n, page.size)]
    assert places
    assert not any(group_3_complaint(_flipped(data, n), *page.size, two_ways=False) for n in places)


def _flipped(data, at):
    return data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :]


def _one_bad_row(data, at, size):
    said = decoders._decoded_fax(_flipped(data, at), *size, {259: 3, 292: 0})[1].text
    return said.count("Bad code word") == 1


@pytest.mark.parametrize(("share", "told"), [(1.0, False), (0.97, False), (0.5, True), (0.3, True)])
def test_a_fax_of_which_rows_are_left_out_is_told(share, told):
    """Half of a page was read under no flag where the file gave half of its height."""
    page = Image.new("1", (1600, 2200), 1)
    draw = ImageDraw.Draw(page)
    for n in range(300):
        draw.text((60 + 250 * (n % 6), 40 + 42 * (n // 6)), str(1237 * (n + 1)), 0, font_size=30)
    data = fax(page, "group4")
    assert bool(fax_complaint(data, page.width, int(share * page.height))) == told


def test_a_page_of_mislabelled_fax_data_is_flagged(tmp_path):
    rot = rot_module()
    paper = rot.papers_of(0)[0]
    with pikepdf.open(io.BytesIO(rot.wrapped(paper, "CCITT"))) as pdf:
        pdf.pages[0].Resources.XObject.I.DecodeParms.K = 0
        pdf.save(tmp_path / "fax.pdf")
    with open_soundness(tmp_path / "fax.pdf") as sound:
        assert "Group 4" in sound.page(0).losses[0]


@pytest.mark.parametrize("at", [0.2, 0.4, 0.6, 0.8])
def test_one_rotten_byte_of_a_fax_is_told(at):
    page = print_of_figures()
    data = fax(page, "group4")
    assert fax_complaint(data, *page.size) == ""
    n = int(len(data) * at)
    assert fax_complaint(data[:n] + bytes([data[n] ^ 0xFF]) + data[n + 1 :], *page.size)
