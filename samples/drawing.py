"""Pages of the samples drawn with Pillow in Liberation Serif, and what a scanner or a fax does to them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from samples.content import Annex, Letter

FONTS = (Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/truetype/liberation"))
_PAPER_INCHES = (8.27, 11.69)


def font_file(style: str) -> Path:
    """The file of Liberation Serif in a style (`Regular`, `Bold`, `Italic`). Raises FileNotFoundError."""
    for folder in FONTS:
        path = folder / f"LiberationSerif-{style}.ttf"
        if path.is_file():
            return path
    raise FileNotFoundError("Liberation Serif is missing; run: apt-get install fonts-liberation2")


class Page:
    """A white A4 page on which points (1/72 inch) are drawn at `dpi`; `y` is where the next line goes."""

    def __init__(self, dpi: int, landscape: bool = False) -> None:
        inches = _PAPER_INCHES[::-1] if landscape else _PAPER_INCHES
        self.scale = dpi / 72
        self.image = Image.new("L", (round(inches[0] * dpi), round(inches[1] * dpi)), 255)
        self._draw = ImageDraw.Draw(self.image)
        self.width, self.height = inches[0] * 72, inches[1] * 72
        self.y = 50.0

    def font(self, size: float, style: str = "Regular") -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(font_file(style)), size * self.scale)

    def text(self, x: float, y: float, text: str, size: float = 12, style: str = "Regular") -> None:
        """A line whose top left corner is at (x, y)."""
        self._draw.text((x * self.scale, y * self.scale), text, 20, self.font(size, style))

    def centred(self, middle: float, y: float, text: str, size: float = 12, style: str = "Regular") -> None:
        """A line centred on `middle`."""
        width = self.font(size, style).getlength(text) / self.scale
        self.text(middle - width / 2, y, text, size, style)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> None:
        points = [v * self.scale for v in (x0, y0, x1, y1)]
        self._draw.line(points, fill=30, width=max(1, round(width * self.scale)))

    def paragraph(self, text: str, size: float = 12.5) -> None:
        """A paragraph with its first line indented, at `y`."""
        lines = textwrap.wrap(text, width=round(86 * 12.5 / size), initial_indent="      ")
        for line in lines:
            self.text(60, self.y, line, size)
            self.y += size * 1.45
        self.y += size * 0.4


def letter_page(letter: Letter, dpi: int) -> Page:
    """The first page of a document: letterhead in two columns, title, body, signature."""
    page = Page(dpi)
    left, right, top = 160.0, 420.0, page.y
    page.centred(left, top, letter.parent, 11.5)
    for line in letter.issuer.split("\n"):
        top += 15
        page.centred(left, top, line, 11.5, "Bold")
    page.rule(left - 35, top + 17, left + 35, top + 17)
    page.centred(left, top + 25, letter.number, 12)
    top = page.y
    page.centred(right, top, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11.5, "Bold")
    page.centred(right, top + 15, "Độc lập - Tự do - Hạnh phúc", 12.5, "Bold")
    page.rule(right - 80, top + 33, right + 80, top + 33)
    page.centred(right, top + 55, letter.place_date, 12, "Italic")
    page.y = top + 95
    if letter.kind:
        page.centred(page.width / 2, page.y, letter.kind, 14, "Bold")
        page.y += 20
        page.centred(page.width / 2, page.y, letter.subject, 12.5, "Bold")
    else:
        for line in textwrap.wrap(letter.subject, 44):
            page.centred(left, page.y, line, 11.5)
            page.y += 15
    page.y += 34
    for paragraph in letter.body:
        page.paragraph(paragraph)
    page.y += 20
    for line in letter.signer_title.split("\n"):
        page.centred(right, page.y, line, 12.5, "Bold")
        page.y += 17
    page.centred(right, page.y + 70, letter.signer, 12.5, "Bold")
    page.y += 100
    return page


def draw_annex(page: Page, annex: Annex, size: float = 11.0) -> None:
    """A ruled table with its title, at the page's `y`, over the page's width."""
    for line in textwrap.wrap(annex.title, 70):
        page.centred(page.width / 2, page.y, line, 12.5, "Bold")
        page.y += 18
    page.y += 8
    edges = [45.0]
    for share in annex.widths:
        edges.append(edges[-1] + share * (page.width - 90) / sum(annex.widths))
    levels = max(h.row + h.rows for h in annex.head)
    row_height, head_height = size * 1.75, size * 2.9
    tops = [page.y + n * head_height for n in range(levels + 1)]
    for head in annex.head:
        box = (edges[head.col], tops[head.row], edges[head.col + head.cols], tops[head.row + head.rows])
        _cell(page, box, head.text, size, "Bold", centred=True)
    page.y = tops[-1]
    for row in annex.rows:
        style = "Bold" if row is annex.rows[-1] and not row[0] else "Regular"
        for col, text in enumerate(row):
            box = (edges[col], page.y, edges[col + 1], page.y + row_height)
            _cell(page, box, text, size, style, centred=col != 1)
        page.y += row_height


def _cell(
    page: Page, box: tuple[float, float, float, float], text: str, size: float, style: str, centred: bool
) -> None:
    x0, y0, x1, y1 = box
    for x, y, to_x, to_y in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        page.rule(x, y, to_x, to_y)
    lines = _wrapped(page, text, x1 - x0 - 6, size, style)
    y = (y0 + y1) / 2 - len(lines) * size * 0.6
    for line in lines:
        if centred:
            page.centred((x0 + x1) / 2, y, line, size, style)
        else:
            page.text(x0 + 4, y, line, size, style)
        y += size * 1.15


def _wrapped(page: Page, text: str, width: float, size: float, style: str) -> list[str]:
    font, lines = page.font(size, style), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) / page.scale > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def scanned(image: Image.Image, angle: float, seed: int) -> Image.Image:
    """The page as an office scanner gives it: a little turned, a little soft, uneven paper."""
    turned = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6))
    noise = np.random.default_rng(seed).normal(-6, 5, (soft.height, soft.width))
    return Image.fromarray(np.clip(np.asarray(soft, float) + noise, 0, 255).astype(np.uint8))


def faxed(image: Image.Image, seed: int) -> Image.Image:
    """The page as a fax: black or white at 204 x 196 dpi, with specks."""
    fine = image.resize((1728, 2287), Image.Resampling.BICUBIC)
    specks = np.random.default_rng(seed).random((fine.height, fine.width))
    pixels = np.asarray(fine, float)
    pixels = np.where(specks > 0.99985, 0, np.where(specks < 0.0002, 255, pixels))
    return Image.fromarray((pixels > 150).astype(np.uint8) * 255).convert("1")


def save_scan(path: Path, images: Iterable[Image.Image], dpi: int) -> None:
    """An image-only PDF; its dates are fixed, so that it is the same file every time."""
    import time

    first, *rest = images
    epoch = time.gmtime(0)
    first.save(
        path,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=dpi,
        quality=62,
        creationDate=epoch,
        modDate=epoch,
    )


def save_fax(path: Path, images: Iterable[Image.Image]) -> None:
    """A multi-page TIFF, Group 4."""
    first, *rest = images
    first.save(path, save_all=True, append_images=rest, compression="group4", dpi=(204, 196))
