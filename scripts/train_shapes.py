"""Train what tells figures by their shapes (`extract/pdf/shapes.py`): `python -m scripts.train_shapes [OUT]`.

Figures and signs are drawn in the fonts of this machine, each in the box of its width as a type specimen has
them, in the sizes and places of print at 150 dpi. One family in six is kept back: the threshold is the least
chance from which no figure of those was taken for another.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extract.pdf.shapes import DATA, NONE, Shapes, shape_of
from extract.pdf.specimen import DARK_INK

SEED = 20261127
FONTS = Path("/usr/share/fonts")
WANTED = (
    "Arimo", "C059", "Carlito", "Caladea", "Cousine", "DejaVu", "Gentium", "Liberation", "Nimbus",
    "NotoSans-", "NotoSerif-", "NotoSansDisplay", "NotoSerifDisplay", "NotoMono", "P052", "URWBookman",
    "URWGothic", "Z003", "texgyre", "FreeS", "FreeM", "STIX", "Lato", "OpenSans", "Roboto", "Inter", "PTS",
    "PTF",
)  # fmt: skip
KEPT_BACK = ("Carlito", "C059", "NotoSerif-", "GentiumBook", "URWBookman", "LiberationMono", "FreeSerif")
SIGNS = "/%()+=-–*#&§$?!.,:;ATEHKMNXYWaekmnrtuwx\u00b7•"
PER_FONT = 1200
SIZES_PX = (10.0, 44.0)
HIDDEN = 48
EPOCHS = 24
BATCH = 256
RATE = 2e-3
FINER = 4  # drawn so much larger, and made small again: print of a page lies between pixels


def fonts() -> tuple[list[Path], list[Path]]:
    """Files of fonts to learn from, and those kept back."""
    found = sorted(p for p in FONTS.rglob("*") if p.suffix in (".ttf", ".otf") and p.name.startswith(WANTED))
    kept = [p for p in found if p.name.startswith(KEPT_BACK)]
    return [p for p in found if p not in kept], kept


def drawn(font: ImageFont.FreeTypeFont, sign: str, size: float, rng: Generator) -> NDArray[np.uint8]:
    """A sign in the box of its width, as a specimen's piece: dark on white."""
    wide, high = font.getlength(sign), size * FINER
    sheet = Image.new("L", (int(wide + 2 * high), int(1.6 * high)), 255)
    ImageDraw.Draw(sheet).text((high, 1.2 * high), sign, 0, font=font, anchor="ls")
    shift = rng.uniform(-0.5, 0.5, 2) * FINER
    left = round(high + shift[0])
    columns = max(FINER, round(wide / FINER) * FINER)
    piece = np.asarray(sheet, np.uint8)[:, max(0, left) : left + columns]
    piece = np.roll(piece, round(shift[1]), axis=0)
    small = (max(1, columns // FINER), piece.shape[0] // FINER)
    return np.asarray(cv2.resize(piece, small, interpolation=cv2.INTER_AREA), np.uint8)


def samples(paths: list[Path], per_font: int, rng: Generator) -> Iterator[tuple[NDArray[np.float32], int]]:
    for path in paths:
        for _ in range(per_font // 12):
            size = float(rng.uniform(*SIZES_PX))
            font = ImageFont.truetype(str(path), max(8, round(size * FINER)))
            tallest = drawn(font, "0", size, rng)
            rows = np.flatnonzero(tallest.min(axis=1) < DARK_INK)
            if not rows.size:
                continue
            top, bottom = int(rows[0]), int(rows[-1]) + 1
            top, bottom = top - int(rng.integers(0, 2)), bottom + int(rng.integers(0, 2))
            for sign in (*"0123456789", *rng.choice(list(SIGNS), 2)):
                piece = drawn(font, str(sign), size, rng)
                if min(piece.shape) < 2:
                    continue
                ends = (max(0, top), bottom)
                if sign not in "0123456789":  # a specimen of signs is as high as they
                    own = np.flatnonzero(piece.min(axis=1) < DARK_INK)
                    if not own.size:
                        continue
                    ends = (int(own[0]), int(own[-1]) + 1)
                yield shape_of(piece, *ends), int(sign) if str(sign).isdigit() else NONE


def gathered(paths: list[Path], per_font: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    shapes, labels = zip(*samples(paths, per_font, default_rng(seed)), strict=True)
    return np.stack(shapes), np.array(labels)


def trained(shapes: NDArray[np.float32], labels: NDArray[np.int64]) -> Shapes:
    """A network of one hidden layer by Adam (Kingma and Ba 2015), with decoupled weight decay."""
    rng = default_rng(SEED)
    classes = NONE + 1
    weights = [
        rng.normal(0, (2 / shapes.shape[1]) ** 0.5, (shapes.shape[1], HIDDEN)),
        np.zeros(HIDDEN),
        rng.normal(0, (1 / HIDDEN) ** 0.5, (HIDDEN, classes)),
        np.zeros(classes),
    ]
    first, second = ([np.zeros_like(w) for w in weights] for _ in range(2))
    step, wanted = 0, np.eye(classes)[labels]
    total = EPOCHS * (len(shapes) // BATCH)
    for _ in range(EPOCHS):
        order = rng.permutation(len(shapes))
        for at in range(0, len(order) - BATCH + 1, BATCH):
            some = order[at : at + BATCH]
            x = shapes[some] + rng.normal(0, 0.04, (BATCH, shapes.shape[1]))
            hidden = np.maximum(0, x @ weights[0] + weights[1])
            scores = hidden @ weights[2] + weights[3]
            chances = np.exp(scores - scores.max(1, keepdims=True))
            chances /= chances.sum(1, keepdims=True)
            miss = (chances - wanted[some]) / BATCH
            back = (miss @ weights[2].T) * (hidden > 0)
            slopes = [x.T @ back, back.sum(0), hidden.T @ miss, miss.sum(0)]
            step += 1
            rate = RATE * (1 - step / total) + 1e-5
            for n, slope in enumerate(slopes):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope**2
                moved = first[n] / (1 - 0.9**step) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
                weights[n] = weights[n] - rate * (moved + (1e-3 * weights[n] if weights[n].ndim == 2 else 0))
    return Shapes(*(np.asarray(w, np.float16).astype(np.float32) for w in weights))


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    learn, kept = fonts()
    shapes, labels = gathered(learn, PER_FONT, SEED)
    sys.stdout.write(f"{len(learn)} fonts, {len(shapes)} shapes; kept back {len(kept)}\n")
    network = trained(shapes, labels)
    network.save(out)
    for name, paths, seed in (("learnt", learn, 1), ("kept back", kept, 2)):
        shapes, labels = gathered(paths, 600, seed)
        chances = network.chances(shapes)
        best, sure = chances.argmax(1), chances.max(1)
        for least in (0.9, 0.99, 0.999, 0.9999):
            taken = sure >= least
            wrong = int((taken & (best != labels)).sum())
            figures = labels != NONE
            sys.stdout.write(
                f"{name} >= {least}: {taken.mean():.4f} taken (figures {taken[figures].mean():.4f}),"
                f" {wrong} of {len(labels)} wrong\n"
            )


if __name__ == "__main__":
    main()
