"""Crops of table cells with their true text, from gold documents printed and scanned by the shared renderer.

A document is printed once to PDF, whose drawn cells give the boxes and whose text layer gives the truth.
Each profile then scans the pages; the turn it gave a page is taken back but for a remainder such as a
deskewing step leaves, and every cell is cut out along its rules, some pixels more or less.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pdfplumber

Matrix = npt.NDArray[np.float64]
_DPI = 300


@dataclass(frozen=True, slots=True)
class CellCrop:
    """A cell's picture (grey) and what is printed in it."""

    picture: npt.NDArray[np.uint8]
    text: str
    profile: str
    document: str


def load_renderer(shared: Path) -> ModuleType:
    """The shared bench's render.py as a module."""
    spec = importlib.util.spec_from_file_location("shared_render", shared / "bench" / "render.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "bench" / "render.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_crops(shared: Path, profiles: list[str], font: str, seed: int) -> Iterator[CellCrop]:
    """The cells of every page of every gold document under `shared`, a profile after the other."""
    renderer = load_renderer(shared)
    for folder in sorted(p for p in (shared / "gold").iterdir() if (p / "tables.json").exists()):
        key = [seed, int(hashlib.sha256(folder.name.encode()).hexdigest()[:8], 16)]
        with tempfile.TemporaryDirectory() as name:
            tmp = Path(name)
            renderer.print_pdf(
                renderer.document_html(folder, np.random.default_rng(key), font, True), tmp / "d.pdf"
            )
            cells = page_cells(tmp / "d.pdf")
            subprocess.run(["pdftoppm", "-r", str(_DPI), "-png", tmp / "d.pdf", tmp / "p"], check=True)
            for number, file in enumerate(sorted(tmp.glob("p-*.png"))):
                page = cv2.imread(str(file))
                for profile in profiles if cells[number] else ():
                    rng = np.random.default_rng([*key, number, len(profile)])
                    yield from _cut(renderer, page, profile, cells[number], folder.name, rng)


def page_cells(pdf: Path) -> list[list[tuple[tuple[float, float, float, float], str]]]:
    """A page's drawn table cells (box in points) with their text, single printed lines only."""
    pages = []
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            found = []
            for box in {c for table in page.find_tables() for c in table.cells if c}:
                text = (page.within_bbox(box).extract_text() or "").strip()
                if "\n" not in text:
                    found.append((tuple(box), text))
            pages.append(sorted(found))
    return pages


def _cut(
    renderer: ModuleType, page: Any, profile: str, cells: list[Any], document: str, rng: np.random.Generator
) -> Iterator[CellCrop]:
    picture, matrix = _scanned(renderer, page, profile, rng)
    left_over = cv2.getRotationMatrix2D(
        (picture.shape[1] / 2, picture.shape[0] / 2), rng.uniform(-0.12, 0.12), 1
    )
    turn = np.vstack([left_over, [0, 0, 1]]) @ np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
    size = (picture.shape[1], picture.shape[0])
    straight = cv2.warpAffine(picture, turn[:2], size, borderMode=cv2.BORDER_REPLICATE)
    scale = picture.shape[1] / page.shape[1] * _DPI / 72
    for (x0, y0, x1, y1), text in cells:
        corners = np.array([[x0, y0, 1 / scale], [x1, y1, 1 / scale]]) * scale
        (a, b), (c, d) = corners @ left_over.T
        jitter = rng.integers(-1, 5, 4)
        left, top = max(0, round(a) + jitter[0]), max(0, round(b) + jitter[1])
        crop = straight[top : round(d) - jitter[2], left : round(c) - jitter[3]]
        if min(crop.shape) > 4:
            yield CellCrop(np.ascontiguousarray(crop), text, profile, document)


def _scanned(
    renderer: ModuleType, page: Any, profile: str, rng: np.random.Generator
) -> tuple[npt.NDArray[np.uint8], Matrix]:
    """The page as the profile's scanner gives it (grey), with the turn it was given, in its own pixels."""
    turned: list[Matrix] = []
    original = cv2.getRotationMatrix2D

    def recorded(*args: Any) -> Matrix:
        turned.append(np.asarray(original(*args)))
        return turned[-1]

    cv2.getRotationMatrix2D = recorded
    try:
        scanned = renderer.scan(page.copy(), profile, rng, False)
    finally:
        cv2.getRotationMatrix2D = original
    if scanned.ndim == 3:
        quality = 50 if profile == "worn" else 75
        coded = cv2.imencode(".jpg", scanned, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        scanned = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    matrix = turned[0] if turned else np.eye(3)[:2]
    matrix[:, 2] *= scanned.shape[1] / page.shape[1]
    return scanned, matrix
