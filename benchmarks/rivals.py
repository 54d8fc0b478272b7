"""Other programs over the same scans, each in a process of its own: python -m benchmarks.rivals NAME ...

    bare       pypdfium2 renders each page at 300 dpi, Tesseract reads it once in-process; nothing is kept
    ocrmypdf   OCRmyPDF with --deskew --rotate-pages, then pdfplumber's tables
    img2table  img2table with its Tesseract engine
    searchable Tesseract's own searchable PDF (pytesseract), then pdfplumber's tables

`ocrmypdf`, `img2table` and `searchable` write as much of the CSV set as the shared scorer reads. They are
imported here only, so that a rival may live in another environment (benchmarks.run --rival-python). A
rival that is not installed ends with 14.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from normalize.columns.marks import decimal_mark
from normalize.numbers import parse_number

Grid = list[list[str]]
_DPI = 300
_MISSING = 14
_WITH_RASTERIZERS = 17  # OCRmyPDF's first version that has a choice of them


def bare(files: Sequence[Path], out: Path, jobs: int) -> None:
    """The least that reading scans by OCR can cost."""
    pages = [(str(file), number) for file in files for number in range(_page_count(file))]
    with multiprocessing.Pool(jobs) as pool:
        texts = pool.map(_bare_page, pages, chunksize=1)
    (out / "bare.txt").write_text("\f".join(texts), "utf-8")


@cache
def _tesseract() -> Any:
    """One Tesseract a process."""
    import tesserocr

    from extract.scan.readers.tessdata import data_folder

    return tesserocr.PyTessBaseAPI(path=data_folder("vie"), lang="vie", psm=tesserocr.PSM.AUTO)


def _bare_page(page: tuple[str, int]) -> str:
    api = _tesseract()
    api.SetImage(_picture(*page))
    return str(api.GetUTF8Text())


def _page_count(file: Path) -> int:
    if file.suffix.lower() == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(file) as document:
            return len(document)
    from PIL import Image

    with Image.open(file) as image:
        return int(getattr(image, "n_frames", 1))


def _picture(file: str, number: int) -> Any:
    """The page as a grey Pillow image."""
    if file.lower().endswith(".pdf"):
        import pypdfium2

        with pypdfium2.PdfDocument(file) as document:
            return document[number].render(scale=_DPI / 72, grayscale=True).to_pil()
    from PIL import Image

    with Image.open(file) as image:
        image.seek(number)
        return image.convert("L")


def ocrmypdf(files: Sequence[Path], out: Path, jobs: int) -> None:
    """A searchable PDF of each file, and the tables that pdfplumber finds in it."""
    import pdfplumber

    if find_spec("ocrmypdf") is None:  # it runs in a process of its own, whose error says less
        raise ModuleNotFoundError("No module named 'ocrmypdf'", name="ocrmypdf")
    program = [sys.executable, "-m", "ocrmypdf", "-l", "vie", "--deskew", "--rotate-pages", "--quiet"]
    if int(version("ocrmypdf").partition(".")[0]) >= _WITH_RASTERIZERS and shutil.which("gs"):
        program += [
            "--rasterizer",
            "ghostscript",
        ]  # its other one, pypdfium2, waits for ever (17.13 with 5.15)
    grids: dict[Path, list[Grid]] = {}
    with tempfile.TemporaryDirectory() as tmp:
        for file in files:
            read = Path(tmp, file.stem + ".pdf")
            image = [] if file.suffix.lower() == ".pdf" else ["--image-dpi", "200"]
            subprocess.run(
                [*program, *image, "--jobs", str(jobs), "--output-type", "pdf", file, read], check=True
            )
            with pdfplumber.open(read) as document:
                found = [table for page in document.pages for table in _text_tables(page)]
            grids[file] = [[[cell or "" for cell in row] for row in table] for table in found]
    write_set(grids, out)


def _text_tables(page: Any) -> list[list[list[str | None]]]:
    """pdfplumber's tables by rules; a scan's rules are pixels, so mostly by the words' places."""
    by_words = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    found: list[list[list[str | None]]] = page.extract_tables() or page.extract_tables(by_words)
    return found


def searchable(files: Sequence[Path], out: Path, jobs: int) -> None:
    """What two widely used programs give by themselves: Tesseract's text layer under each page, and the
    tables that pdfplumber finds in it. The page goes in as it was scanned, turned and leaning as it lies."""
    pages = [(str(file), number) for file in files for number in range(_page_count(file))]
    with multiprocessing.Pool(jobs) as pool:
        read = pool.map(_searchable_page, pages, chunksize=1)
    grids: dict[Path, list[Grid]] = {file: [] for file in files}
    for (file, _), found in zip(pages, read, strict=True):
        grids[Path(file)] += found
    write_set(grids, out)


def _searchable_page(page: tuple[str, int]) -> list[Grid]:
    import io

    import pdfplumber
    import pytesseract

    layer = pytesseract.image_to_pdf_or_hocr(_picture(*page), lang="vie", extension="pdf")
    with pdfplumber.open(io.BytesIO(layer)) as document:
        found = [table for read in document.pages for table in _text_tables(read)]
    return [[[cell or "" for cell in row] for row in table] for table in found]


def img2table(files: Sequence[Path], out: Path, jobs: int) -> None:
    """The tables that img2table finds and lets Tesseract read; documents in parallel."""
    with multiprocessing.Pool(jobs) as pool:
        write_set(dict(zip(files, pool.map(_img2table_grids, files, chunksize=1))), out)


def _img2table_grids(file: Path) -> list[Grid]:
    from img2table.document import PDF, Image
    from img2table.ocr import TesseractOCR

    engine = TesseractOCR(n_threads=1, lang="vie")
    if file.suffix.lower() == ".pdf":
        found = PDF(str(file)).extract_tables(ocr=engine)
        return [_grid(table) for tables in found.values() for table in tables]
    from PIL import Image as Pictures

    grids = []
    with tempfile.TemporaryDirectory() as tmp, Pictures.open(file) as picture:
        for number in range(int(getattr(picture, "n_frames", 1))):
            picture.seek(number)
            page = Path(tmp, f"{number}.png")
            picture.convert("L").save(page)
            grids += [_grid(table) for table in Image(str(page)).extract_tables(ocr=engine)]
    return grids


def _grid(table: Any) -> Grid:
    return [[cell.value or "" for cell in row] for row in table.content.values()]


def write_set(grids: dict[Path, list[Grid]], out: Path) -> None:
    """documents.csv, tables.csv, cells.csv and empty flags.csv, places.csv of the grids of each file.

    Values are typed with this project's own rules, the mark by each document's evidence, so that only the
    reading is compared. A rival says nothing of header rows: a table's first row is taken for one.
    """
    documents, tables, cells = [], [], []
    for file, found in grids.items():
        mark = decimal_mark(text for grid in found for row in grid for text in row)
        documents.append({"doc_id": file.stem, "path": file.name, "status": "ok"})
        for n, grid in enumerate(found, start=1):
            name = f"t{n:02d}"
            tables.append({"doc_id": file.stem, "table_id": name, "title": ""})
            for at, text in _positions(grid):
                value = parse_number(text, mark)
                cell = {"doc_id": file.stem, "table_id": name, "row": at[0], "col": at[1]}
                cell |= {"is_header": int(at[0] == 0), "text": text, "unit": "", "role": ""}
                cells.append(cell | {"value": value.plain() if value else ""})
    sheets = {"documents": documents, "tables": tables, "cells": cells, "flags": [], "places": []}
    for name, rows in sheets.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file_out:
            if rows:
                writer = csv.DictWriter(file_out, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


def _positions(grid: Grid) -> Iterator[tuple[tuple[int, int], str]]:
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            yield (r, c), " ".join(text.split())


RIVALS: dict[str, Callable[[Sequence[Path], Path, int], None]] = {
    "bare": bare,
    "ocrmypdf": ocrmypdf,
    "img2table": img2table,
    "searchable": searchable,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=RIVALS)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        RIVALS[args.name](args.files, args.out, args.jobs)
    except ImportError as error:
        sys.stderr.write(f"not installed: {error.name}\n")
        return _MISSING
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"failed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
