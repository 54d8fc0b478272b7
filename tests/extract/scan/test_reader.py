"""Files of every kind opened, bad ones refused in one clear error."""

import platform
import struct
import zlib
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import extract.inputs.pdf
import extract.inputs.picture
from extract.inputs import ReadOptions, open_document
from extract.inputs.readers import keeper
from extract.kinds import READABLE
from extract.scan.image import check_size, count_frames, open_image, read_frame
from extract.scan.memory import pictures_from_the_heap
from extract.scan.readings import Readers
from model.errors import DamagedFileError, DocumentError, EmptyFileError, EncryptedFileError, ImageSizeError
from model.page import Grid


def read_by(monkeypatch, engine):
    """Have pages read by `engine` alone."""
    for module in (extract.inputs.pdf, extract.inputs.picture):
        monkeypatch.setattr(module, "readers", lambda name: Readers(engine, None))


@pytest.fixture
def mute(monkeypatch, no_engine):
    """Pages are read by an engine that reads nothing."""
    read_by(monkeypatch, no_engine)
    return no_engine


def png_header(width, height):
    """A PNG that says it has width x height pixels, and holds none."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.pdf", b"", EmptyFileError),
        ("empty.png", b"", EmptyFileError),
        ("noise.pdf", b"\x00\x01\x02" * 50, DamagedFileError),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", DamagedFileError),
        ("noise.png", b"\x89PNG\r\n\x1a\nnothing more", DamagedFileError),
        ("noise.tif", b"II*\x00\xff\xff", DamagedFileError),
        ("gif.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", DamagedFileError),
        ("bomb.png", png_header(60_000, 60_000), ImageSizeError),
        ("table.docx", b"PK", DamagedFileError),
    ],
)
def test_bad_files_end_in_one_clear_error(tmp_path, mute, name, content, error):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught, open_document(path) as document:
        document.page(0)
    assert caught.value.advice
    assert str(tmp_path) not in str(caught.value)


def test_a_text_of_blanks_is_not_said_to_have_no_bytes(tmp_path):
    path = tmp_path / "blank.txt"
    path.write_text(" \n\n  \t\n")
    with pytest.raises(EmptyFileError) as caught, open_document(path):
        pass
    assert "blank.txt" in str(caught.value)
    assert "no bytes" not in caught.value.advice and "blanks" in caught.value.advice


@pytest.mark.parametrize(
    ("width", "height"), [(1e6, 1e6), (0.001, 0.001), (0.001, 842), (595, 1e6), (36, 14_400)]
)
def test_a_page_no_printer_could_print_is_refused_by_its_size(tmp_path, mute, width, height):
    """OpenCV's own error came out of a page of a million points."""
    path = tmp_path / "page.pdf"
    document = pdfium.PdfDocument.new()
    document.new_page(width, height).close()
    document.save(path)
    document.close()
    with pytest.raises(ImageSizeError) as caught, open_document(path) as opened:
        opened.page(0)
    assert caught.value.advice


@pytest.mark.parametrize("side", [36, 595, 3508, 14_400])
def test_pages_at_the_ends_of_the_usual_are_read(tmp_path, mute, side):
    path = tmp_path / "page.pdf"
    document = pdfium.PdfDocument.new()
    document.new_page(side, side).close()
    document.save(path)
    document.close()
    with open_document(path) as opened:
        assert opened.page(0).width == pytest.approx(side)


@pytest.fixture(scope="module")
def two_page_tiff(tmp_path_factory):
    """The bytes of a TIFF of two small pages."""
    path = tmp_path_factory.mktemp("tiff") / "two.tif"
    pages = [Image.new("L", (80, 90), 255), Image.new("L", (90, 80), 200)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path.read_bytes()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=12), st.booleans())
def test_a_damaged_tiff_is_an_error_of_ours(tmp_path, two_page_tiff, changes, in_tags):
    """Pillow raised TypeError when it counted the pages of a TIFF with a broken tag."""
    data = bytearray(two_page_tiff)
    tags = [n for n in range(len(data)) if data[n] not in (255, 200)] if in_tags else range(len(data))
    for where, byte in changes:
        data[tags[int(where * len(tags))]] = byte
    path = tmp_path / "damaged.tif"
    path.write_bytes(data)
    try:
        with open_image(path) as picture:
            for index in range(min(count_frames(picture), 3)):
                read_frame(picture, index)
    except DocumentError as error:
        assert str(error)


def test_a_missing_file_is_damaged(tmp_path):
    with pytest.raises(DamagedFileError), open_document(tmp_path / "none.pdf"):
        pass


def test_a_page_of_one_pixel_is_too_small(tmp_path, mute):
    path = tmp_path / "dot.png"
    Image.new("L", (1, 1)).save(path)
    with pytest.raises(ImageSizeError), open_document(path) as document:
        document.page(0)


def test_a_locked_pdf_says_so(tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    path = tmp_path / "locked.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedFileError), open_document(path):
        pass


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [(2480, 3508, True), (7016, 9921, True), (12000, 12000, False), (10, 3000, False)],
)
def test_sizes(width, height, fits):
    if fits:
        check_size(width, height)
    else:
        with pytest.raises(ImageSizeError):
            check_size(width, height)


def test_every_page_of_a_tiff_is_read_once(tmp_path, mute, table_page):
    path = tmp_path / "fax.tif"
    pages = [Image.fromarray(table_page).convert("1") for _ in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(300, 300))
    with open_document(path) as document:
        assert (document.n_pages, document.kind) == (3, "image")
        read = [document.page(i) for i in range(3)]
    assert [page.number for page in read] == [1, 2, 3]
    assert all(page.width == pytest.approx(595.2, abs=0.5) for page in read)


@pytest.mark.parametrize(("dpi", "width"), [((300, 300), 595.2), ((1, 1), 595.0), (None, 595.0)])
def test_the_size_of_a_page_picture(tmp_path, table_page, dpi, width):
    path = tmp_path / "page.png"
    image = Image.fromarray(table_page)
    image.save(path, **({"dpi": dpi} if dpi else {}))
    with open_image(path) as picture:
        assert read_frame(picture, 0).width == pytest.approx(width, abs=1.0)


def test_transparent_paper_is_white(tmp_path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(path)
    with open_image(path) as picture:
        assert (read_frame(picture, 0).pixels == 255).all()


def test_a_scanned_pdf_keeps_its_grid_where_it_stands_however_it_lies(tmp_path, mute, table_page, edges):
    """Boxes are given on the page as stored, also when it had to be turned to be read."""
    s = 72 / 300
    for turn, box in ((0, (320, 700, 1900, 1020)), (1, (700, 2480 - 1900, 1020, 2480 - 320))):
        path = tmp_path / f"page{turn}.pdf"
        Image.fromarray(np.ascontiguousarray(np.rot90(table_page, turn))).convert("RGB").save(
            path, resolution=300
        )
        with open_document(path) as document:
            page = document.page(0)
        (grid,) = page.grids
        assert isinstance(grid, Grid) and (grid.n_rows, grid.n_cols) == (4, 4)
        found = (grid.box.x0, grid.box.y0, grid.box.x1, grid.box.y1)
        assert found == pytest.approx(tuple(v * s for v in box), abs=1.5)
        assert page.source == "ocr" and page.rotation == (90 if turn else 0)


def test_pictures_of_the_steps_are_kept(tmp_path, mute, table_page):
    path = tmp_path / "báo cáo.png"
    Image.fromarray(table_page).save(path, dpi=(300, 300))
    with open_document(path, ReadOptions(keep_images=str(tmp_path / "steps"))) as document:
        document.page(0)
    names = sorted(p.name for p in (tmp_path / "steps").iterdir())
    assert [name.split("-")[-1] for name in names] == [
        "grey.png",
        "even.png",
        "level.png",
        "ruleless.png",
        "clean.png",
    ]


def test_nothing_is_kept_unasked(tmp_path):
    keeper(Path("a.png"), 1, "")("grey", np.zeros((2, 2), np.uint8))
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_engine_s_error_is_not_swallowed(tmp_path, monkeypatch, faulty_engine, table_page):
    read_by(monkeypatch, faulty_engine)
    path = tmp_path / "page.png"
    Image.fromarray(table_page).save(path, dpi=(300, 300))
    with open_document(path) as document, pytest.raises(RuntimeError, match="broke"):
        document.page(0)


def test_kinds_cover_what_the_contract_names():
    assert set(READABLE) >= {
        *(".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".txt", ".md", ".tsv"),
        *(".docx", ".xlsx", ".xls", ".rtf", ".odt", ".ods", ".doc"),
    }


def test_memory_of_pictures_is_kept_where_the_c_library_can():
    assert pictures_from_the_heap() is (platform.libc_ver()[0] == "glibc")
