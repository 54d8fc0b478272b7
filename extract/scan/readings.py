"""What a reader says of a cell, and what can be told from the text alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from extract.scan.readers.engine import Engine, Figures, OcrWord
from extract.scan.readers.line_reader import LineReader
from extract.scan.readers.numbers.reader import NumberReader
from extract.scan.repairs.marks import MarkReader
from model.page import Reading
from normalize.unicode import nfc

NUMERIC = re.compile(r"[+\-−–(]?\s*\d[\d\s.,/%+\-−–()=xX:]*")
"""What a figure, ordinal, fraction, formula or date looks like once read."""

SLIPS = str.maketrans({"⁄": "/", "§": "8", "{": "(", "}": ")"})
"""Signs that the Vietnamese data gives for others, and that these reports never print."""

MISREAD = (
    (re.compile(r"(?<![^\s(])[~¬](?=\s?\d)"), "-"),
    (re.compile(r"(?<!\w)([^\W\d_]*[a-zà-ỹđ])0(?![\w.,])"), r"\1o"),
    (re.compile(r"(?<=[^\W\d_])1(?=[a-zà-ỹ])"), "i"),
    (re.compile(r"(?<=\d/)0(?=Đ|H\d)"), "Q"),
    (re.compile(r"(?i)(?<![a-z0-9])[8gq9][o0]v\.vn(?!\w)"), "gov.vn"),
    (re.compile(r"(?<=\d\.H)S(?=\d(?!\w))"), "5"),
    (re.compile(r"(?<=\d{4}[/.])11(?=-(?!\d))"), "TT"),
    (re.compile(r"(?i:(?<=khoản\s)|(?<=điều\s))[lI|](?![\w.])"), "1"),
    (re.compile(r"(?i:(?<=lục số )|(?<=phụ lục ))(?:IH|HI)\b"), "III"),
    (re.compile(r"(?i:(?<=lục số )|(?<=phụ lục ))H\b"), "II"),
    (re.compile(r"(?i:(?<=\bquý)|(?<=\bkỳ)|(?<=\bvực)|(?<=\bvùng)|(?<=\bnhóm))\s*\|(?!\S)"), " I"),
)
"""Signs that are misread where they stand: a tilde before a figure, figures within a word, the state's
address, a code's office (.H53), letters of an act's symbol (QĐ, QH15, TT-), the number of a clause, the
strokes of an annex's Roman number, or of a quarter's."""

DASHES = frozenset("-–—−_.")


@dataclass(frozen=True, slots=True)
class CellReading:
    """What stands in a cell; see `model.page.GridCell` for the meaning of the fields. `figures` says whether
    two readers agree on the figures in a text, `settled` whether the words around have decided its marks."""

    text: str
    confidence: float
    alternatives: tuple[Reading, ...] = ()
    doubtful: bool = False
    engine: str = ""
    figures: Figures = ""
    settled: bool = False


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

    @property
    def first(self) -> str:
        """The name of who reads the words of a page first."""
        return self.engine.name if self.lines is None else self.lines.name

    @property
    def trust(self) -> float:
        """The share of its surety that counts against other marks."""
        return 0.0 if self.lines is None else self.lines.trust

    @property
    def weak(self) -> float:
        """The confidence below which that reader's word is not taken for itself."""
        return self.engine.weak if self.lines is None else self.lines.weak

    @property
    def reads_again(self) -> bool:
        """Whether the engine is asked again for weak words: for its own, not for the letter reader's. Of
        eleven real and three copied documents (4,400 cells) that put one right and three wrong."""
        return self.first == self.engine.name


def page_reading(words: Sequence[OcrWord], engine: str, settled: bool = False) -> CellReading:
    """The words of one cell as `engine` read them: a blank between words, a line break between lines;
    `settled` says whether their marks were decided word by word."""
    if not words:
        return CellReading("", 0.0)
    lines = [sorted(line, key=lambda w: w.x0) for line in printed_lines(words)]
    text = _joined([[w.text for w in line] for line in lines])
    letters = sum(len(w.text) for w in words)
    confidence = fsum(w.confidence * len(w.text) for w in words) / max(letters, 1)
    lowest = min(w.confidence for w in words)
    doubtful = any(w.figures == "doubtful" for w in words)
    return CellReading(
        without_slips(nfc(text)),
        min(confidence, (confidence + lowest) / 2),
        _with_other_figures(lines),
        doubtful,
        engine,
        "doubtful" if doubtful else "confirmed" if _all_confirmed(words) else "",
        settled,
    )


def _joined(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(" ".join(line) for line in lines)


def _all_confirmed(words: Sequence[OcrWord]) -> bool:
    """Whether every word with a figure in it was read so by two readers."""
    return all(w.figures == "confirmed" for w in words if any(c.isdigit() for c in w.text))


def _with_other_figures(lines: Sequence[Sequence[OcrWord]]) -> tuple[Reading, ...]:
    """The text once for each word of which two readers read the figures differently, with the other's."""
    texts = [[w.text for w in line] for line in lines]
    found = []
    for row, line in enumerate(lines):
        for place, word in enumerate(line):
            if word.figures == "doubtful" and word.others:
                other, cost = word.others[0]
                changed = [*texts[row][:place], other, *texts[row][place + 1 :]]
                whole = _joined([*texts[:row], changed, *texts[row + 1 :]])
                found.append(Reading(without_slips(nfc(whole)), cost, "numbers"))
    return tuple(found)


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


def is_figure_print(text: str) -> bool:
    """Whether each line of a reading is of the signs that figures are printed with, whatever they amount to:
    `1.2/3 (4)` is, a word with a digit is not. What is a number is `normalize.numbers`' to say."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(NUMERIC.fullmatch(line) for line in lines)


def is_dash(text: str) -> bool:
    """Whether a text is the lone dash that stands for none."""
    return bool(text.strip()) and set(text.strip()) <= DASHES


def is_words(text: str) -> bool:
    """Whether a text is neither a figure nor a dash."""
    return bool(text) and not is_figure_print(text) and not is_dash(text)


def is_plainly_text(page: CellReading) -> bool:
    """Whether the page pass surely read words."""
    return sum(c.isalpha() for c in page.text) >= 2 and page.confidence >= 0.85


def key(text: str) -> str:
    """A reading's figures and signs, for telling whether two readers saw the same."""
    plain = text.replace("−", "-").replace("–", "-").replace("—", "-").replace("_", "-").replace("X", "x")
    return re.sub(r"\s+", "", plain).strip("|")
