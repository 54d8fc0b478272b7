"""The number reader against Tesseract on the cells of scanned gold: python -m benchmarks.number_reader

Prints, a profile a row, the share of numeric cells read exactly by the reader alone and by Tesseract with
`eng`, the time a cell, and how the reader's confidence holds: wrong readings among those it is sure of,
and text cells that it took for numbers.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.number_crops import CellCrop, gold_crops
from extract.scan.readers.numbers.alphabet import plain, readable
from extract.scan.readers.numbers.prepare import prepare
from extract.scan.readers.numbers.reader import NumberReader, NumberReading

PROFILES = ["clean", "office", "worn", "fax"]
_SURE = 0.99
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One profile's figures."""

    profile: str
    cells: int
    exact: float
    tesseract: float | None
    ms: float
    tesseract_ms: float
    sure: int
    sure_wrong: int
    texts: int
    texts_taken: int
    texts_taken_surely: int


def is_numeric(text: str) -> bool:
    """Whether a gold cell is the reader's business: only its signs, and something to read."""
    return bool(plain(text)) and readable(text)


def agree(gold: str, got: str) -> bool:
    """Whether two readings are the same but for blanks, the shape of dashes and a capital X."""
    return plain(gold).replace(" ", "") == plain(got).replace(" ", "").replace("\n", "")


def read_all(
    reader: NumberReader, pictures: Sequence[npt.NDArray[np.uint8]]
) -> tuple[list[NumberReading], float]:
    """Readings in batches of 100, and the processor's milliseconds a cell."""
    started, out = time.process_time(), []
    for start in range(0, len(pictures), _BATCH):
        out += reader.read(pictures[start : start + _BATCH])
    return out, (time.process_time() - started) * 1000 / max(1, len(pictures))


def tesseract_lines() -> Callable[[npt.NDArray[np.uint8]], str] | None:
    """Tesseract `eng` in-process, one line a call, or None where tesserocr is not installed."""
    try:
        import tesserocr
        from PIL import Image

        from extract.scan.readers.tessdata import data_folder
    except ImportError:
        return None
    api = tesserocr.PyTessBaseAPI(path=data_folder("eng"), lang="eng", psm=tesserocr.PSM.SINGLE_LINE)

    def read(picture: npt.NDArray[np.uint8]) -> str:
        line = cv2.resize(255 - prepare(picture), None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
        line = cv2.copyMakeBorder(line, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
        api.SetImage(Image.fromarray(line))
        return str(api.GetUTF8Text()).strip()

    return read


def measure(profile: str, crops: list[CellCrop], reader: NumberReader, rival: bool) -> tuple[Row, list[str]]:
    """One profile's row, and a line for each numeric cell read wrong."""
    numeric = [c for c in crops if is_numeric(c.text)]
    texts = [c for c in crops if c.text and not is_numeric(c.text)]
    readings, ms = read_all(reader, [c.picture for c in numeric])
    right = [agree(c.text, r.text) and not r.rejected for c, r in zip(numeric, readings)]
    other, other_ms = _rival_share(numeric) if rival else (None, 0.0)
    sure = [ok for ok, r in zip(right, readings) if r.confidence >= _SURE]
    taken = [r for r in reader.read([c.picture for c in texts]) if not r.rejected and r.text]
    wrong = [
        f"{profile} {c.document}: {c.text!r} read {r.text!r} at {r.confidence:.4f}"
        for c, r, ok in zip(numeric, readings, right)
        if not ok
    ]
    row = Row(
        profile, len(numeric), sum(right) / len(right), other, ms, other_ms, len(sure), sure.count(False),
        len(texts), len(taken), sum(r.confidence >= _SURE for r in taken),
    )  # fmt: skip
    return row, wrong


def _rival_share(numeric: list[CellCrop]) -> tuple[float | None, float]:
    read = tesseract_lines()
    if read is None:
        return None, 0.0
    started = time.process_time()
    right = [agree(c.text, read(c.picture)) for c in numeric]
    return sum(right) / len(right), (time.process_time() - started) * 1000 / len(right)


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| profile | cells | reader exact | Tesseract eng exact | reader ms | eng ms "
        "| given at >= 0.99 | of these wrong | text cells | taken for numbers | at >= 0.99 |",
        "| --- " * 11 + "|",
    ]
    for r in rows:
        rival = "not installed" if r.tesseract is None else f"{r.tesseract:.2%}"
        lines.append(
            f"| {r.profile} | {r.cells} | {r.exact:.2%} | {rival} | {r.ms:.2f} | {r.tesseract_ms:.1f} "
            f"| {r.sure} | {r.sure_wrong} | {r.texts} | {r.texts_taken} | {r.texts_taken_surely} |"
        )
    return "\n".join(lines)


def _crops(args: argparse.Namespace) -> list[CellCrop]:
    """Fresh crops, or those that an earlier call with the same font and seed left in the cache."""
    name = f"crops_{args.font.replace(' ', '')}_{args.seed}.pickle"
    cached: Path | None = args.cache / name if args.cache else None
    if cached and cached.exists():
        crops: list[CellCrop] = pickle.loads(cached.read_bytes())
        return crops
    crops = list(gold_crops(args.shared, PROFILES, args.font, args.seed))
    if cached:
        cached.parent.mkdir(parents=True, exist_ok=True)
        cached.write_bytes(pickle.dumps(crops))
    return crops


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--font", default="Liberation Serif")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, help="keep the crops here for the next call")
    parser.add_argument("--no-tesseract", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="measure every so many-th cell only")
    parser.add_argument("--weights", type=Path, help="a folder with other weights")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    reader = NumberReader.load(args.weights) if args.weights else NumberReader.load()
    crops = _crops(args)[:: args.every]
    rows, wrong = [], []
    for profile in PROFILES:
        row, lines = measure(
            profile, [c for c in crops if c.profile == profile], reader, not args.no_tesseract
        )
        rows.append(row)
        wrong += lines
    sys.stdout.write(f"font {args.font}, seed {args.seed}\n{table(rows)}\n" + "\n".join(wrong) + "\n")


if __name__ == "__main__":
    main()
