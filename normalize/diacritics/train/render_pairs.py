"""Makes pairs of damaged and true lines: lines printed, worn, and read by Tesseract without `vie`.

    python -m normalize.diacritics.train.render_pairs CORPUS.txt.xz PAIRS.tsv --pages 400 --language eng

The lines are the corpus's, or with `--told` for the most part those written for everyday registers. This is
how the damaged archives came about, so what it makes is what must be undone. Needs tesserocr with the
language's data and the Liberation, DejaVu, Croscore, Crosextra and Noto fonts. Each output line: page style,
raw line, true line.
"""

from __future__ import annotations

import argparse
import lzma
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from normalize.diacritics.train.registers import sentences

HELD_OUT_LINES = 5000
_FONT_ROOT = Path("/usr/share/fonts/truetype")
_FONTS = (
    ("liberation2/LiberationSerif-Regular.ttf", 12),
    ("liberation2/LiberationSerif-Bold.ttf", 3),
    ("liberation2/LiberationSerif-Italic.ttf", 3),
    ("liberation2/LiberationSans-Regular.ttf", 2),
    ("dejavu/DejaVuSerif.ttf", 1),
    ("dejavu/DejaVuSans.ttf", 1),
    ("croscore/Arimo-Regular.ttf", 2),
    ("croscore/Cousine-Regular.ttf", 1),
    ("crosextra/Carlito-Regular.ttf", 1),
    ("noto/NotoSerif-Regular.ttf", 2),
    ("noto/NotoSans-Regular.ttf", 1),
)
_LANGUAGES = "/usr/share/tesseract-ocr/5/tessdata"
_WIDTH = 1750
_LAW_AMONG_TOLD = 0.2
# Greys below which a copier prints black, and the share of specks that it adds.
_COPIER_CUTS, _SPECKS = (115, 140, 175), 0.0012


def corpus_lines(path: Path) -> list[str]:
    """The corpus without its last 5,000 lines, which are kept for measuring."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    return lines[:-HELD_OUT_LINES]


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) > _WIDTH - 100 and line:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _wear(page: Image.Image, size: int, rng: random.Random) -> tuple[Image.Image, str]:
    """A worn copy of the page, and a word for how."""
    style = rng.choice(("clean", "blur", "blur", "small", "noise", "jpeg", "copy", "fax"))
    noise = np.random.default_rng(rng.getrandbits(32))
    if style == "small":
        small = page.resize((page.width * 24 // size, page.height * 24 // size), Image.Resampling.BILINEAR)
        page = small.resize(page.size, Image.Resampling.BILINEAR)
    elif style == "fax":
        part = rng.uniform(0.45, 0.65)
        small = page.resize((int(page.width * part), int(page.height * part)), Image.Resampling.BILINEAR)
        page = small.resize(page.size, Image.Resampling.BICUBIC)
    elif style == "copy":
        return _copied(page, size, rng, noise), style
    elif style != "clean":
        page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.6) * size / 28))
    if style in ("noise", "jpeg"):
        pixels = np.asarray(page, dtype=np.float32) + noise.normal(
            0, rng.uniform(8, 30), (page.height, page.width)
        )
        page = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if rng.random() < 0.4:
        cut = rng.choice((110, 140, 170))
        page = page.point([0 if v < cut else 255 for v in range(256)])
    return page, style


def _copied(page: Image.Image, size: int, rng: random.Random, noise: np.random.Generator) -> Image.Image:
    """What a copier makes of a page: askew, black or white, with specks."""
    turned = page.rotate(rng.uniform(-0.25, 0.25), resample=Image.Resampling.BICUBIC, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.8, 1.4) * size / 40))
    grey = np.asarray(blurred, dtype=np.float32) + noise.normal(0, 18, (page.height, page.width))
    black = (grey < rng.choice(_COPIER_CUTS)) | (noise.random(grey.shape) < _SPECKS)
    return Image.fromarray(np.where(black, 0, 255).astype(np.uint8))


def _page(texts: list[str], rng: random.Random) -> tuple[Image.Image, list[tuple[int, str]], str]:
    """A worn page of about 40 lines, with each line's middle (px) and text."""
    names = [name for name, weight in _FONTS for _ in range(weight)]
    name = rng.choice(names)
    size = rng.choice((27, 30, 34, 38, 44, 54))
    font = ImageFont.truetype(str(_FONT_ROOT / name), size)
    step = int(size * 1.55)
    page = Image.new("L", (_WIDTH, step * 40 + 120), 255)
    draw = ImageDraw.Draw(page)
    placed: list[tuple[int, str]] = []
    y = 60
    for text in texts:
        shown = text.upper() if rng.random() < 0.06 and len(text) < 120 else text
        for line in _wrap(shown, font):
            if len(placed) == 40:
                break
            draw.text((50, y), line, font=font, fill=rng.randrange(0, 60))
            placed.append((y + step // 2, line))
            y += step
    worn, style = _wear(page, size, rng)
    return worn, placed, f"{Path(name).stem}-{size}-{style}"


def told_lines(law: list[str], chance: random.Random) -> list[str]:
    """The sentences of everyday registers, with some of the law's lines among them, in any order."""
    told = sentences()
    law = chance.sample(law, round(len(told) * _LAW_AMONG_TOLD))
    lines = [*told, *law]
    chance.shuffle(lines)
    return lines


def read_pages(lines: list[str], pages: int, seed: int, language: str) -> Iterator[tuple[str, str, str]]:
    """(style, raw, true) for every line that was read where it was printed."""
    from tesserocr import PSM, RIL, PyTessBaseAPI, iterate_level

    rng = random.Random(seed)
    with PyTessBaseAPI(path=_LANGUAGES, lang=language, psm=PSM.SINGLE_BLOCK) as api:
        for _ in range(pages):
            start = rng.randrange(len(lines) - 60)
            texts = [t for t in lines[start : start + 60] if len(t) > 12]
            image, placed, style = _page(texts, rng)
            api.SetImage(image)
            api.SetSourceResolution(300)
            api.Recognize()
            for piece in iterate_level(api.GetIterator(), RIL.TEXTLINE):
                box = piece.BoundingBox(RIL.TEXTLINE)
                try:
                    raw = (piece.GetUTF8Text(RIL.TEXTLINE) or "").strip()
                except RuntimeError:  # a line without text
                    continue
                if not box or not raw:
                    continue
                middle = (box[1] + box[3]) // 2
                y, true = min(placed, key=lambda p: abs(p[0] - middle))
                if abs(y - middle) < 25 and 0.8 < len(raw) / len(true) < 1.3:
                    yield style, raw, true


def main() -> None:
    """Writes the pairs, page by page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default="eng")
    parser.add_argument("--told", action="store_true", help="lines of everyday registers")
    args = parser.parse_args()
    lines = corpus_lines(args.corpus)
    if args.told:
        lines = told_lines(lines, random.Random(args.seed))
    with args.out.open("w", encoding="utf-8") as out:
        rows = read_pages(lines, args.pages, args.seed, args.language)
        for n, row in enumerate(rows):
            out.write("\t".join(row) + "\n")
            if n % 400 == 0:
                out.flush()
                sys.stderr.write(f"{n} lines\n")


if __name__ == "__main__":
    main()
