"""Tesseract as a program, by pytesseract: works wherever Tesseract does."""

from __future__ import annotations

import os

import pytesseract
from PIL import Image

from extract.scan.prepare.ink import Picture
from extract.scan.readers.engine import (
    FIGURES,
    SEGMENTATION,
    TESSERACT_WEAK,
    Language,
    Layout,
    OcrWord,
    words_of_tsv,
)
from model.errors import MissingProgramError


class SubprocessEngine:
    """Tesseract by pytesseract: a process and a temporary picture for every call."""

    name = "tesseract"
    weak = TESSERACT_WEAK

    def read(self, picture: Picture, layout: Layout, language: Language = "vie") -> list[OcrWord]:
        """See `Engine.read`. Raises MissingProgramError when Tesseract or its data is missing."""
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        config = f"--oem 1 --psm {SEGMENTATION[layout]} --dpi 300"
        if language == "eng":
            config += f" -c tessedit_char_whitelist={FIGURES}"
        try:
            return words_of_tsv(
                pytesseract.image_to_data(Image.fromarray(picture), lang=language, config=config)
            )
        except pytesseract.TesseractNotFoundError as error:
            raise MissingProgramError(
                "Tesseract is not installed", "Install it: apt-get install tesseract-ocr tesseract-ocr-vie"
            ) from error
        except pytesseract.TesseractError as error:
            raise MissingProgramError(f"Tesseract cannot read: {error.message}") from error
