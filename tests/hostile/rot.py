"""Scans and whole files with something wrong in their bytes: one byte changed, the end cut off, two parts
exchanged. The papers are printed as pictures and kept in every format that is read.

`python tests/hostile/rot.py DIR` writes them. Nothing here is anybody's real document.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parent))

from damage import Damage, chances_of, papers_of
from paper import TOP, Paper, Pdf

SEED = 20261126
DPI = 150
FONT = "DejaVuSans.ttf"


@cache
def printed(paper: Paper) -> Image.Image:
    """The paper as a scan: A4 in grey."""
    scale = DPI / 72
    image = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, round(10 * scale))

    def put(x: float, y: float, words: str) -> None:
        draw.text((x * scale, (842 - y) * scale), words, 0, font=font, anchor="ls")

    for n, line in enumerate(paper.prose):
        put(60, 780 - 18 * n, line)
    for r, row in enumerate(paper.rows):
        for c, value in enumerate(row):
            put(*paper.place(r, c), value)
    if paper.ruled and paper.rows:
        ys = [842 - TOP + 20 * r for r in range(len(paper.rows) + 1)]
        for y in ys:
            draw.line([(paper.xs[0] * scale, y * scale), (paper.xs[-1] * scale, y * scale)], 0, 2)
        for x in paper.xs:
            draw.line([(x * scale, ys[0] * scale), (x * scale, ys[-1] * scale)], 0, 2)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, dpi=(DPI, DPI), **options)  # type: ignore[arg-type]
    return out.getvalue()


def wrapped(paper: Paper, kind: str) -> bytes:
    """The scan in a PDF, its picture stored as JPEG, JPEG 2000, Group 4 fax or deflated."""
    image = printed(paper)
    pdf = pikepdf.new()
    facts = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": image.width,
             "/Height": image.height, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}  # fmt: skip
    if kind == "CCITT":
        tiff = saved(image.convert("1"), "TIFF", compression="group4", tiffinfo={278: image.height})
        with Image.open(io.BytesIO(tiff)) as opened:
            start, length = opened.tag_v2[273][0], opened.tag_v2[279][0]
        data, name = tiff[start : start + length], "/CCITTFaxDecode"
        facts |= {"/BitsPerComponent": 1, "/DecodeParms": pikepdf.Dictionary(K=-1, Columns=image.width,
                  Rows=image.height, BlackIs1=False)}  # fmt: skip
    elif kind == "FLATE":
        picture = pdf.make_stream(image.tobytes(), **{k[1:]: v for k, v in facts.items()})
        return _paged(pdf, picture)
    else:
        options = {"quality": 85} if kind == "JPEG" else {"quality_mode": "rates", "quality_layers": [12]}
        data = saved(image, "JPEG" if kind == "JPEG" else "JPEG2000", **options)
        name = "/DCTDecode" if kind == "JPEG" else "/JPXDecode"
    picture = pikepdf.Stream(pdf, data)
    for key, value in facts.items():
        picture[key] = value
    picture["/Filter"] = pikepdf.Name(name)
    return _paged(pdf, picture)


def _paged(pdf: pikepdf.Pdf, picture: pikepdf.Stream) -> bytes:
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    page.obj["/Contents"] = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return out.getvalue()


def two_pages(first: Paper, second: Paper) -> bytes:
    """Two typed pages in one file."""
    with pikepdf.open(io.BytesIO(Pdf(first.content().encode()).written())) as pdf:
        with pikepdf.open(io.BytesIO(Pdf(second.content().encode()).written())) as other:
            pdf.pages.extend(other.pages)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


Maker = Callable[[Paper], bytes]
FORMATS: dict[str, tuple[str, Maker]] = {
    "group 4": (".tif", lambda p: saved(printed(p).convert("1"), "TIFF", compression="group4")),
    "lzw": (".tif", lambda p: saved(printed(p), "TIFF", compression="tiff_lzw")),
    "packbits": (".tif", lambda p: saved(printed(p).convert("1"), "TIFF", compression="packbits")),
    "deflated": (".tif", lambda p: saved(printed(p), "TIFF", compression="tiff_adobe_deflate")),
    "jpeg": (".jpg", lambda p: saved(printed(p), "JPEG", quality=85)),
    "png": (".png", lambda p: saved(printed(p), "PNG")),
    "webp": (".webp", lambda p: saved(printed(p), "WEBP", quality=80)),
    "webp lossless": (".webp", lambda p: saved(printed(p), "WEBP", lossless=True)),
    "fax in a pdf": (".pdf", lambda p: wrapped(p, "CCITT")),
    "jpeg in a pdf": (".pdf", lambda p: wrapped(p, "JPEG")),
    "jpeg 2000 in a pdf": (".pdf", lambda p: wrapped(p, "JPX")),
    "deflated in a pdf": (".pdf", lambda p: wrapped(p, "FLATE")),
}


def flipped(data: bytes, share: float, mask: int) -> bytes:
    at = int(len(data) * share)
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def cut(data: bytes, share: float, mask: int) -> bytes:
    return data[: int(len(data) * share)]


def swapped(data: bytes, share: float, mask: int) -> bytes:
    """Two blocks of a disk exchanged."""
    size = max(16, len(data) // 40)
    at = int(len(data) * share)
    other = (at + len(data) // 3) % max(1, len(data) - size)
    low, high = sorted((at, other))
    if high - low < size or high + size > len(data):
        return flipped(data, share, mask)
    return (
        data[:low] + data[high : high + size] + data[low + size : high] + data[low : low + size]
        + data[high + size :]
    )  # fmt: skip


def rotten(seed: int = 0) -> Iterator[tuple[str, str, Damage]]:
    """Papers as pictures, hurt: their format, ending of the name, and the file. The sound one comes first."""
    papers, by = papers_of(seed), chances_of(seed)
    for number, (name, (suffix, make)) in enumerate(FORMATS.items()):
        paper = papers[(number + seed) % len(papers)]
        data = make(paper)
        yield name, suffix, Damage(f"{name} sound", data, paper.figures)
        for share in by.positions:
            hurt = flipped(data, share, by.mask)
            yield name, suffix, Damage(f"{name} flipped at {share}", hurt, paper.figures)
        for share in by.cuts:
            yield name, suffix, Damage(f"{name} cut at {share}", cut(data, share, by.mask), paper.figures)
            swap = swapped(data, share, by.mask)
            yield name, suffix, Damage(f"{name} swapped at {share}", swap, paper.figures)


def mutants(count: int, seed: int = 0) -> Iterator[tuple[str, str, Damage]]:
    """Typed files of two pages with bytes changed anywhere, their tables of objects included."""
    draw, papers, by = random.Random(SEED + seed), papers_of(seed), chances_of(seed)
    for number in range(count):
        first = papers[number % len(papers)]
        second = papers[(number + 1) % len(papers)]
        figures = (*first.figures, *second.figures)
        data = two_pages(first, second)
        hurt = (flipped, cut, swapped)[number % 3]
        name = f"two pages {number} {hurt.__name__}"
        yield "two pages", ".pdf", Damage(name, hurt(data, draw.random(), by.mask), figures)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for _, suffix, made in (*rotten(), *mutants(90)):
        (folder / f"{made.name.replace(' ', '_')}{suffix}").write_bytes(made.data)
