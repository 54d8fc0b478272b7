"""Figures among words: which of two readers is right where they differ, on printed lines of our own.

    python -m benchmarks.word_figures --lines 300 --seed 1 [--wear clean,office,worn,fax]

Lines as cells of reports have them (acts and their days, deadlines, fees, plots, telephone numbers, codes of
procedures) are printed in the fonts at hand, worn as the number reader's training strips are, some brought to
150 and 200 dpi and back, and read as the words of a cell are. Printed: how many runs of figures are right, by
what is said of them, and what stands wrong under no doubt.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from PIL import ImageFont

from extract.inputs.readers import readers
from extract.scan.lines.words import read_words
from extract.scan.prepare.frame import Frame
from extract.scan.prepare.ink import Picture, ink_threshold
from extract.scan.prepare.sheet import Sheet
from extract.scan.readers.engine import OcrWord
from extract.scan.readers.montage import Piece
from extract.scan.readers.numbers.train.fonts import FontPool, find_fonts
from extract.scan.readers.numbers.train.ink import draw_text
from extract.scan.readers.numbers.train.scan import WEARS, Wear, scan

DPI, PAPER, ASKEW = 300, 30, 0.15
LOW, HALVES = 0.35, (0.5, 0.67)  # share of lines scanned at 200 or 150 dpi
SIZES = (10, 11, 12, 13, 13, 14)  # points
X_HEIGHT = 0.62  # of an em, capitals among small letters


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was printed and as it was read."""

    text: str
    words: tuple[OcrWord, ...]
    font: str


def _digits(rng: Generator, count: int) -> str:
    return "".join(str(rng.integers(10)) for _ in range(count))


def _up_to(rng: Generator, most: int, least: int = 1) -> str:
    return str(rng.integers(least, most))


def _day(rng: Generator) -> str:
    day, month, year = rng.integers(1, 32), rng.integers(1, 13), rng.integers(1998, 2026)
    return f"{day:02d}/{month:02d}/{year}" if rng.random() < 0.5 else f"{day}/{month}/{year}"


def _act(rng: Generator) -> str:
    kind, symbol = (
        ("Nghị định số", "NĐ-CP"), ("Thông tư số", "TT-BTC"), ("Quyết định số", "QĐ-UBND"),
        ("Thông tư số", "TT-BYT"), ("Nghị quyết số", "NQ-HĐND"), ("Luật số", "QH14"),
    )[rng.integers(6)]  # fmt: skip
    return f"{kind} {_up_to(rng, 400).zfill(2)}/{_up_to(rng, 2026, 1998)}/{symbol} ngày {_day(rng)}"


def _fee(rng: Generator) -> str:
    cases = ", ".join(_up_to(rng, 18) for _ in range(rng.integers(2, 7)))
    return f"- {_up_to(rng, 999)}.{_digits(rng, 3)} đồng/hồ sơ (trường hợp {cases})"


KINDS: tuple[Callable[[Generator], str], ...] = (
    _act, _act, _act, _fee,
    lambda rng: f"{_up_to(rng, 99).zfill(2)} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ",
    lambda rng: f"Thửa đất {_up_to(rng, 900)}, tờ bản đồ số {_up_to(rng, 60)}, rộng {_up_to(rng, 900)} m2",
    lambda rng: f"ĐT: 0{_digits(rng, 3)}.{_digits(rng, 3)}.{_digits(rng, 3)}, Fax 02{_digits(rng, 8)}",
    lambda rng: f"Số {_up_to(rng, 300)}{'ABC'[rng.integers(3)]}, tổ dân phố {_up_to(rng, 20)}, phường Tân An",
    lambda rng: f"1.0{_digits(rng, 5)}.000.00.00.H{_digits(rng, 2)} Cấp giấy phép lần {_up_to(rng, 9)}",
    lambda rng: f"Hộ nghèo {_up_to(rng, 30)},{_digits(rng, 2)}%; giảm {_up_to(rng, 9)},{_digits(rng, 1)}%",
    lambda rng: f"khoản {_up_to(rng, 9)} Điều {_up_to(rng, 150)}, điểm a khoản {_up_to(rng, 9)}; Quý II",
    lambda rng: f"Đạt {_up_to(rng, 100)}/{_up_to(rng, 100)} điểm, xếp thứ {_up_to(rng, 63)}",
    lambda rng: f"Đến Km{_up_to(rng, 90)}+{_digits(rng, 3)}, Quốc lộ {_up_to(rng, 80)}A, lô {_up_to(rng, 5)}",
)  # fmt: skip


def writes_vietnamese(font: str) -> bool:
    """Whether a font has the letters of these lines."""
    face = ImageFont.truetype(font, 24)
    box = bytes(face.getmask("\uffff"))
    return all(bytes(face.getmask(sign)) != box for sign in "ệđĐữỹọ")


def printed(text: str, font: str, wear: Wear, rng: Generator) -> tuple[Picture, float]:
    """The line as a scan on white paper, and the height of its letters in pixels."""
    size = round(float(rng.choice(SIZES)) * DPI / 72)
    ink = np.pad(draw_text(text, font, size, rng), PAPER)
    scale = HALVES[rng.integers(len(HALVES))] if rng.random() < LOW else 1.0
    if scale < 1:
        smaller = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ink = np.asarray(smaller, np.uint8)
    picture = scan(ink, replace(wear, turn=ASKEW, shrink=0), rng, size * scale)
    if scale < 1:
        larger = cv2.resize(picture, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_CUBIC)
        picture = np.asarray(larger, np.uint8)
    white = np.clip(picture.astype(np.float32) * 255 / max(1.0, float(np.median(picture))), 0, 255)
    return np.ascontiguousarray(white.astype(np.uint8)), X_HEIGHT * size


def lines_read(count: int, wears: list[Wear], fonts: FontPool, rng: Generator) -> Iterator[Line]:
    """Lines drawn, printed and read."""
    all_readers = readers("auto")
    fit: dict[str, bool] = {}
    while count:
        font = fonts.draw(rng)
        if not fit.setdefault(font, writes_vietnamese(font)):
            continue
        text = KINDS[rng.integers(len(KINDS))](rng)
        picture, letter = printed(text, font, wears[rng.integers(len(wears))], rng)
        height, width = picture.shape
        frame = Frame.of_picture(width, height, width, height)
        sheet = Sheet(picture, frame, DPI, 0, 0, threshold=ink_threshold(picture), letter=letter)
        yield Line(text, tuple(read_words([Piece(picture, 0, 0)], sheet, all_readers)[0]), Path(font).name)
        count -= 1


def judged(line: Line) -> Iterator[tuple[bool, bool, str]]:
    """(right, doubted, what was read) of each run of figures of a line."""
    got = [(run, word) for word in line.words for run in re.findall(r"\d+", word.text)]
    truth = re.findall(r"\d+", line.text)
    matcher = SequenceMatcher(None, truth, [run for run, _ in got], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        doubted = any(word.figures == "doubtful" for _, word in got[c:d])
        for run in truth[a:b]:
            yield kind == "equal", doubted, f"{run} read in {' '.join(word.text for _, word in got[c:d])}"


def main() -> None:
    """Prints the tally and what stands wrong under no doubt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wear", default="clean,office,worn")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    args = parser.parse_args()
    wears = [wear for _, wear in WEARS if wear.name in args.wear.split(",")]
    tally: Counter[tuple[bool, bool]] = Counter()
    rng = np.random.default_rng(args.seed)
    for line in lines_read(args.lines, wears, find_fonts([args.fonts]), rng):
        for is_right, doubted, said in judged(line):
            tally[is_right, doubted] += 1
            if not is_right and not doubted:
                print(f"{line.font}: {said}")
    total = sum(tally.values())
    right = tally[True, True] + tally[True, False]
    print(f"{total} runs, {right / total:.4f} right, {tally[False, False] / total:.4f} wrong under no doubt,")
    print(f"{tally[True, True] / total:.4f} right but doubted")


if __name__ == "__main__":
    main()
