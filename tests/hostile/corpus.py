"""Hostile files by the hundred, the same ones every time: mutated PDFs, images and texts, bombs, cycles,
files that are not what they are called, and names that lead elsewhere.

`python tests/hostile/corpus.py DIR [COUNT]` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw

SEED = 20240911
Made = tuple[str, bytes]

# ---- whole files the mutations start from -------------------------------------------------------


def small_image(text: str = "12 + 34 = 46") -> Image.Image:
    """A little picture with a word and a small ruled table in it."""
    image = Image.new("L", (420, 300), 255)
    draw = ImageDraw.Draw(image)
    draw.text((20, 15), text, 0, font_size=24)
    for n in range(4):
        draw.line((30, 80 + 40 * n, 330, 80 + 40 * n), 0, 2)
        draw.line((30 + 100 * n, 80, 30 + 100 * n, 200), 0, 2)
    for n in range(9):
        draw.text((60 + 100 * (n % 3), 88 + 40 * (n // 3)), str(11 * (n + 1)), 0, font_size=20)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """`image` as a file of a kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def text_pdf(encrypted: bool = False) -> bytes:
    """A page of words and a table, with the built-in Helvetica."""
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.cell(0, 10, "BAO CAO thang 3 nam 2024")
    pdf.ln(12)
    with pdf.table() as table:
        for line in (("STT", "Xa", "So"), ("1", "A", "12"), ("2", "B", "30"), ("", "Tong", "42")):
            table.row(line)
    if encrypted:
        pdf.set_encryption(owner_password="o", user_password="u")
    return bytes(pdf.output())


def scan_pdf() -> bytes:
    """A page that is one picture."""
    return saved(small_image(), "PDF", resolution=100)


TEXT = (
    "ỦY BAN NHÂN DÂN\nHUYỆN A\n\nSố: 5/BC-UBND\n\nSTT\tXã\tSố\tTỷ lệ\n1\tAn Bình\t12\t97,5\n"
    "2\tTân Lập\t1.204\t100\n\tTổng\t1.216\t99\n"
)


def seeds() -> list[tuple[str, bytes]]:
    """Whole files, by extension."""
    image = small_image()
    frames = {"save_all": True, "append_images": [small_image("2"), small_image("3")]}
    return [
        (".pdf", text_pdf()),
        (".pdf", scan_pdf()),
        (".txt", TEXT.encode()),
        (".png", saved(image, "PNG")),
        (".jpg", saved(image, "JPEG")),
        (".tif", saved(image, "TIFF", compression="tiff_lzw", **frames)),
        (".bmp", saved(image, "BMP")),
        (".webp", saved(image, "WEBP")),
        (".tsv", TEXT.encode("utf-16")),
    ]


# ---- mutations ----------------------------------------------------------------------------------


def flip(data: bytes, draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 4, 16, 64))):
        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def truncate(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def drop(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at + draw.randrange(1, 400) :]


def repeat(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at : at + draw.randrange(1, 300)] * draw.randrange(2, 40) + data[at:]


def noise(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.randbytes(draw.randrange(1, 2000)) + data[at:]


def numbers(data: bytes, draw: random.Random) -> bytes:
    """Some printed numbers become absurd ones: lengths, offsets, counts, sizes."""
    out, wild = bytearray(data), (b"0", b"-1", b"99999999999", b"1e400", b"4294967296")
    digits = [i for i, c in enumerate(out) if 48 <= c <= 57]
    for _ in range(min(6, len(digits))):
        at = draw.choice(digits)
        out[at : at + 1] = draw.choice(wild)
    return bytes(out)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip,
    truncate,
    drop,
    repeat,
    noise,
    numbers,
)

# ---- made on purpose ----------------------------------------------------------------------------


def pdf_of(objects: list[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects with a right cross-reference table."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (len(objects) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more) + data + b"\nendstream"


def page(more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] %s >>" % (box, more)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def bombs() -> Iterator[Made]:
    """Files that are small here and huge when read, cycles, and absurd sizes."""
    flate = b"/Filter /FlateDecode"
    bomb = zlib.compress(zlib.compress(b"0 0 m 9 9 l S\n" * 6_000_000, 9), 9)
    twice = b"/Filter [/FlateDecode /FlateDecode]"
    yield "bomb-stream.pdf", pdf_of([_CATALOG, _ONE, page(b"/Contents 4 0 R"), stream(bomb, twice)])
    lines = zlib.compress(
        b"".join(b"%d %d m %d 9 l S\n" % (n % 500, n % 700, n % 300) for n in range(400_000))
    )
    yield "many-lines.pdf", pdf_of([_CATALOG, _ONE, page(b"/Contents 4 0 R"), stream(lines, flate)])
    pixels = zlib.compress(bytes(1 << 24), 9)
    picture = (
        b"/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray " + flate
    )
    draw = stream(b"595 0 0 842 0 0 cm /I Do")
    resources = b"/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"
    yield "bomb-image.pdf", pdf_of([_CATALOG, _ONE, page(resources), draw, stream(pixels, picture)])
    yield "huge-page.pdf", pdf_of([_CATALOG, _ONE, page(box=b"0 0 1000000 1000000")])
    yield "tiny-page.pdf", pdf_of([_CATALOG, _ONE, page(box=b"0 0 0.001 0.001")])
    yield "no-area.pdf", pdf_of([_CATALOG, _ONE, page(box=b"10 10 10 10")])
    yield "nan-page.pdf", pdf_of([_CATALOG, _ONE, page(box=b"0 0 1e999 -1e999")])
    yield "kids-cycle.pdf", pdf_of([_CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>"])
    yield "count-lie.pdf", pdf_of([_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", page()])
    yield "no-pages.pdf", pdf_of([_CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"])
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
    loop = b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>"
    yield (
        "form-cycle.pdf",
        pdf_of([_CATALOG, _ONE, page(loop), stream(b"/F Do"), stream(b"/F Do " * 50, form)]),
    )
    deep = b"[" * 50_000 + b"]" * 50_000
    yield "deep-array.pdf", pdf_of([_CATALOG, _ONE, page(b"/Annots " + deep)])
    yield (
        "self-length.pdf",
        pdf_of([_CATALOG, _ONE, page(b"/Contents 4 0 R"), b"<< /Length 4 0 R >>\nstream\nBT\nendstream"]),
    )
    yield "objects.pdf", pdf_of([_CATALOG, _ONE, page(), *[b"<< /A [1 2 3] >>"] * 200_000])
    many = b"<< /Type /Pages /Kids [%s] /Count 2000 >>" % (b"3 0 R " * 2000)
    yield "two-thousand-pages.pdf", pdf_of([_CATALOG, many, page()])
    yield "font-lie.pdf", text_pdf().replace(b"/Helvetica", b"/\xff\xfe\x00 ")
    yield "encrypted.pdf", text_pdf(encrypted=True)
    yield "empty.pdf", b""
    yield "header-only.pdf", b"%PDF-1.4\n"
    yield "endless-comment.pdf", b"%PDF-1.4\n%" + b"a" * 3_000_000


def images() -> Iterator[Made]:
    """Pictures that lie about their size, never end, or are another kind of file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def png(width: int, height: int, data: bytes) -> bytes:
        header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")

    def tiff(next_directory: int) -> bytes:
        tags = [(256, 420), (257, 300), (258, 1), (259, 1), (262, 1), (273, 8), (278, 300), (279, 9)]
        entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", next_directory)

    yield "sixty-thousand.png", png(60_000, 60_000, zlib.compress(b""))
    yield "bomb.png", png(30_000, 30_000, zlib.compress(bytes(30_000 * 3_751), 9))
    yield "one-pixel.png", saved(Image.new("L", (1, 1), 0), "PNG")
    yield "one-row.png", saved(Image.new("L", (9000, 1), 0), "PNG")
    yield "no-size.png", png(0, 0, b"")
    yield "cycle.tif", tiff(8)
    yield "beyond.tif", tiff(0xFFFFFFF0)
    frames = {"save_all": True, "append_images": [Image.new("1", (8, 8))] * 600}
    yield "six-hundred-frames.tif", saved(Image.new("1", (8, 8)), "TIFF", **frames)
    yield "black.jpg", saved(Image.new("L", (800, 600), 0), "JPEG")
    yield "gif.png", saved(small_image(), "GIF")
    yield "fits.png", b"SIMPLE  =                    T".ljust(2880) + b"NAXIS1  = 99999999".ljust(2880)
    yield "postscript.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (w) file\n"
    yield "pdf.jpg", text_pdf()
    yield "png.pdf", saved(small_image(), "PNG")
    yield "cmyk.jpg", saved(Image.new("CMYK", (300, 200)), "JPEG")
    yield "alpha.webp", saved(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), "WEBP")
    yield "deep.tif", saved(Image.new("I;16", (300, 200), 40_000), "TIFF")
    yield "palette.bmp", saved(Image.new("P", (300, 200)), "BMP")
    yield "empty.png", b""
    yield "empty.tif", b""


def texts() -> Iterator[Made]:
    """Texts in no encoding, without end of line, of a million columns, full of formulas."""
    yield "empty.txt", b""
    yield "blank.txt", b"\n\n   \n\t\n"
    yield "nul.txt", b"\0" * 5000
    yield "utf16.txt", TEXT.encode("utf-16")
    yield "utf32.txt", TEXT.encode("utf-32")
    yield "windows.txt", TEXT.encode("cp1258", "replace")
    yield "bom-only.txt", b"\xef\xbb\xbf"
    yield "one-line.txt", b"12 " * 400_000
    yield "no-blank.txt", b"a" * 1_000_000
    yield "digits.txt", b"9" * 300_000
    yield "columns.tsv", b"\t".join(b"%d" % n for n in range(20_000)) + b"\n" + b"1\t" * 20_000
    yield "pipes.md", (b"|" * 3000 + b"\n") * 40
    yield "rows.txt", b"".join(b"%d\tx\t%d\n" % (n, n) for n in range(15_000))
    yield "marks.txt", ("a" + "\u0323\u0302\u0301" * 20_000).encode()
    yield "decomposed.txt", unicodedata.normalize("NFD", TEXT).encode()
    yield "right-to-left.txt", "\u202e123\t456\u202c\n\u200f\u061c\n".encode() * 50
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80 1\t2\n3\t4\n"
    yield "form-feeds.txt", b"\f" * 3000
    yield "controls.txt", bytes(range(32)) * 40
    yield "returns.txt", TEXT.replace("\n", "\r").encode()
    formulas = "=1+1\t+2\t-3+4\t@SUM(A1)\n=cmd|'/c calc'!A0\t=HYPERLINK(\"x\")\t-\t\u0009=1\n"
    yield "formulas.tsv", ("A\tB\tC\tD\n" + formulas * 3).encode()
    yield "exponents.txt", b"STT\tSo\n1\t1e999999\n2\t-0\n3\tNaN\n4\tInfinity\n5\t" + b"9" * 4000 + b"\n"
    yield "brackets.txt", b"(" * 20_000 + b")" * 20_000
    yield "fractions.txt", b"STT\tSo\n" + b"1\t" + b"1/" * 3000 + b"1\n"
    yield "dates.txt", "ngày 99 tháng 99 năm 9999\n31/02/0000 00/00/0000\n".encode() * 30
    yield "dots.txt", b". . . .,,,,....;;;;\n" * 500
    yield "regex.txt", b"a a a a a a a a a a a a a a a a a a a a a a a a a a a a!" * 400


def all_made() -> Iterator[Made]:
    """Everything made on purpose."""
    yield from bombs()
    yield from images()
    yield from texts()


def mutants(count: int) -> Iterator[Made]:
    """`count` mutated files: every kind of seed under every mutation in turn, each differently."""
    draw = random.Random(SEED)
    turns = cycle((suffix, data, mutate) for mutate in MUTATIONS for suffix, data in seeds())
    for number, (suffix, data, mutate) in zip(range(count), turns, strict=False):
        yield f"{mutate.__name__}-{number:04}{suffix}", mutate(data, draw)


NAMES = (
    b"..pdf",
    b"=cmd|'calc'!A0.txt",
    b"-rf.txt",
    b"two\nlines.txt",
    b"b\xe1o c\xe1o.txt",
    unicodedata.normalize("NFD", "báo cáo.txt").encode(),
    "báo cáo.txt".encode(),
    "\u202etxt.fdp.txt".encode(),
    b"x" * 240 + b".txt",
    b"t01.csv.txt",
    b" .txt",
    b"'.txt",
    b"a%2f..%2fb.txt",
    b"unknown.mp3",
)


def write_corpus(folder: Path, count: int = 520) -> int:
    """Write `count` hostile inputs (files and links) below `folder`; the number written."""
    made = list(all_made())
    odd = [*NAMES, b"deep/" * 12 + b"t01.csv/in.txt", b"deep.txt"]
    mutated = max(0, count - len(made) - len(odd) - 4)
    written = 0
    for name, data in [*made, *mutants(mutated)]:
        target = folder / ("mutants" if name[-8:-4].isdigit() or name[-9:-5].isdigit() else "made") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written += 1
    for raw in odd:
        path = folder / "names" / os.fsdecode(raw)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT.encode() + raw.hex().encode())
        written += 1
    links = folder / "links"
    links.mkdir()
    (links / "passwords.txt").symlink_to("/etc/passwd")
    (links / "up").symlink_to("../..")
    (links / "nothing.pdf").symlink_to("gone.pdf")
    os.mkfifo(links / "pipe.txt")
    return written + 4


if __name__ == "__main__":
    total = write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 520)
    sys.stdout.write(f"{total} files\n")
