"""Where Tesseract's data lies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import MissingProgramError

if TYPE_CHECKING:  # whoever only asks where the data lies need not load what reads with it
    from extract.scan.readers.engine import Language

DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
"""Where Debian, Fedora, source builds and Homebrew keep Tesseract's data."""


def data_folder(language: Language) -> str:
    """The folder with the language's data. Raises MissingProgramError."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    for folder in (named, str(Path(named) / "tessdata") if named else "", *DATA_FOLDERS):
        if folder and (Path(folder) / f"{language}.traineddata").exists():
            return folder
    raise MissingProgramError(
        f"Tesseract's data for '{language}' is not installed",
        f"Install it: apt-get install tesseract-ocr tesseract-ocr-{language}",
    )
