"""What every OCR engine answers, so that the page does not care which one reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from extract.scan.prepare.ink import Picture
from model.copies import quick

Layout = Literal["page", "block", "line"]
"""What the picture shows: a whole page to be laid out, one block of lines, or one line."""

Language = Literal["vie", "eng"]

Figures = Literal["", "confirmed", "doubtful"]
"""What is known of the figures in a word or a text."""

SEGMENTATION: dict[Layout, int] = {"page": 3, "block": 6, "line": 7}
"""Tesseract's page segmentation mode for each layout."""

TSV_SPLITS = 11
TSV_FIELDS = 12
TSV_PARAGRAPH = 3
TSV_LINE = 4
TSV_LEFT = 6
TSV_CONFIDENCE = 10


@quick
@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in pixels of the picture that was read. `confidence` is the engine's own, 0..1; `line`
    tells words of one line (block, paragraph, line as the engine counts them); `others` are the next best
    readings with their costs, from engines that give them. `figures` says what a second reader made of its
    figures: the same, another, or nothing (it was not asked, or has no say)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: tuple[int, int, int]
    others: tuple[tuple[str, float], ...] = ()
    figures: Figures = ""


FIGURES = "0123456789.,%/+-()=xX"
"""All that the English data may read: it is asked for figures only."""


TESSERACT_WEAK = 0.82
"""Word confidence of Tesseract's network, whoever runs it, below which a text cell is read again alone."""


class Engine(Protocol):
    """An OCR engine, loaded once a process. `name` stands in readings (`tesseract`); `weak` is the
    confidence, as this engine counts it, below which its word is not taken for itself."""

    name: str
    weak: float

    def read(self, picture: Picture, layout: Layout, language: Language = "vie") -> list[OcrWord]:
        """The words of a grey picture (rows x columns, 0 black), in the engine's reading order."""
        ...


def words_of_tsv(tsv: str) -> list[OcrWord]:
    """The words of Tesseract's TSV output; rows of blocks, paragraphs and lines are passed over."""
    words = []
    for row in tsv.splitlines():
        fields = row.split("\t", TSV_SPLITS)
        if len(fields) < TSV_FIELDS or fields[0] != "5" or not fields[11].strip():
            continue
        block, paragraph, line = int(fields[2]), int(fields[TSV_PARAGRAPH]), int(fields[TSV_LINE])
        x, y, width, height = (int(value) for value in fields[TSV_LEFT:TSV_CONFIDENCE])
        confidence = min(1.0, max(0.0, float(fields[TSV_CONFIDENCE]) / 100))
        words.append(
            OcrWord(
                fields[TSV_SPLITS].strip(), x, y, x + width, y + height, confidence, (block, paragraph, line)
            )
        )
    return words
