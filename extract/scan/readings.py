"""What a reader says of a cell, and what can be told from the text alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from extract.scan.readers.engine import Engine, OcrWord
from extract.scan.readers.line_network.reader import LineReader
from extract.scan.readers.numbers.reader import NumberReader
from extract.scan.repairs.marks import MarkReader
from model.page import Reading
from normalize.unicode import nfc

NUMERIC = re.compile(r"[+\-−–(]?\s*\d[\d\s.,/%+\-−–()=xX:]*")
"""What a figure, ordinal, fraction, formula or date looks like once read."""

SLIPS = str.maketrans({"⁄": "/", "§": "8"})
"""Signs that the Vietnamese data gives for others, and that these reports never print."""

MISREAD = (
    (re.compile(r"(?<![^\s(])[~¬](?=\s?\d)"), "-"),
    (re.compile(r"(?<!\w)([^\W\d_]*[a-zà-ỹđ])0(?![\w.,])"), r"\1o"),
    (re.compile(r"(?<=[^\W\d_])1(?=[a-zà-ỹ])"), "i"),
    (re.compile(r"(?i:(?<=lục số )|(?<=phụ lục ))(?:IH|HI)\b"), "III"),
    (re.compile(r"(?i:(?<=lục số )|(?<=phụ lục ))H\b"), "II"),
)
"""Signs that are misread where they stand: a tilde before a figure, figures within a word, the strokes
of an annex's Roman number."""

DASHES = frozenset("-–—−_.")


@dataclass(frozen=True, slots=True)
class CellReading:
    """What stands in a cell; see `model.page.GridCell` for the meaning of the fields."""

    text: str
    confidence: float
    alternatives: tuple[Reading, ...] = ()
    doubtful: bool = False
    engine: str = ""


EMPTY = CellReading("", 1.0)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads: `engine` words, `numbers` figures (None without its weights: `engine` in English then
    takes its place), `marks` decides Vietnamese marks by their context (None: as the engine read them),
    `lines` words of lines that have been found already (None: `engine` does)."""

    engine: Engine
    numbers: NumberReader | None
    marks: MarkReader | None = None
    lines: LineReader | None = None


def page_reading(words: Sequence[OcrWord]) -> CellReading:
    """The words of one cell from the page pass: a blank between words, a line break between lines."""
    lines = printed_lines(words)
    text = "\n".join(" ".join(w.text for w in sorted(line, key=lambda w: w.x0)) for line in lines)
    if not words:
        return CellReading("", 0.0)
    letters = sum(len(w.text) for w in words)
    confidence = fsum(w.confidence * len(w.text) for w in words) / max(letters, 1)
    lowest = min(w.confidence for w in words)
    return CellReading(
        without_slips(nfc(text)), min(confidence, (confidence + lowest) / 2), engine="tesseract"
    )


def printed_lines(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Words by printed line, from the top down.

    The engine takes a line apart where its blanks are wide; the pieces stand at the same height, side by
    side, and are one line again. Their tops differ by a mark or two, so the top alone does not order them.
    """
    pieces: dict[tuple[int, int, int], list[OcrWord]] = defaultdict(list)
    for word in words:
        pieces[word.line].append(word)
    lines: list[list[OcrWord]] = []
    for piece in sorted(pieces.values(), key=lambda line: min(w.y0 for w in line)):
        beside = next((line for line in lines if _side_by_side(line, piece)), None)
        if beside is None:
            lines.append(list(piece))
        else:
            beside.extend(piece)
    return lines


def _side_by_side(line: Sequence[OcrWord], piece: Sequence[OcrWord]) -> bool:
    """Whether two runs of words share most of their height and no word of one stands over one of the other
    (a piece may fill a wide blank within the line)."""
    top, bottom = max(_top(line), _top(piece)), min(_bottom(line), _bottom(piece))
    low = min(_bottom(line) - _top(line), _bottom(piece) - _top(piece))
    apart = all(p.x1 <= w.x0 or p.x0 >= w.x1 for w in line for p in piece)
    return apart and bottom - top > 0.5 * low


def _top(words: Sequence[OcrWord]) -> float:
    return min(w.y0 for w in words)


def _bottom(words: Sequence[OcrWord]) -> float:
    return max(w.y1 for w in words)


def without_slips(text: str) -> str:
    """A reading without the slips that Tesseract's Vietnamese data makes whatever the print."""
    text = text.translate(SLIPS)
    for pattern, meant in MISREAD:
        text = pattern.sub(meant, text)
    return text


def looks_numeric(text: str) -> bool:
    """Whether a text is a figure and nothing else."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(NUMERIC.fullmatch(line) for line in lines)


def is_dash(text: str) -> bool:
    """Whether a text is the lone dash that stands for none."""
    return bool(text.strip()) and set(text.strip()) <= DASHES


def is_words(text: str) -> bool:
    """Whether a text is neither a figure nor a dash."""
    return bool(text) and not looks_numeric(text) and not is_dash(text)


def is_plainly_text(page: CellReading) -> bool:
    """Whether the page pass surely read words."""
    return sum(c.isalpha() for c in page.text) >= 2 and page.confidence >= 0.85


def key(text: str) -> str:
    """A reading's figures and signs, for telling whether two readers saw the same."""
    plain = text.replace("−", "-").replace("–", "-").replace("—", "-").replace("_", "-").replace("X", "x")
    return re.sub(r"\s+", "", plain).strip("|")
