"""What is installed and what is missing, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from extract.kinds import CONTAINERS, KINDS
from extract.office.libreoffice import INSTALL, program
from extract.scan.readers.tessdata import data_folder
from model.errors import MissingProgramError

_LANGUAGES = ("vie", "eng")
_LIBRARIES = (
    ("pdfplumber", True, "the text layer of PDFs"),
    ("pypdfium2", True, "rendering of PDF pages"),
    ("cv2", True, "pictures of pages"),
    ("lxml", True, "office files"),
    ("xlrd", True, "workbooks of Excel 97-2003"),
    ("rapidfuzz", True, "names against the gazetteer"),
    ("pytesseract", True, "Tesseract as a program"),
    ("tesserocr", False, "Tesseract in the same process, several times faster a call"),
    ("onnxruntime", False, "the readers of numbers and of lines"),
    ("starlette", False, "the review page"),
    ("pyarrow", False, "--format parquet"),
    ("xlsxwriter", False, "--format xlsx"),
    ("distributed", False, "--cluster"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is there, whether the program can do without, how to mend it."""

    name: str
    ok: bool
    needed: bool
    detail: str = ""
    advice: str = ""


def examine() -> list[Finding]:
    """Look at programs, their data, libraries and fonts, in that order."""
    return [*_tesseract(), *_libraries(), _letter_reader(), _line_reader(), *_kinds(), _font()]


def _tesseract() -> list[Finding]:
    path = shutil.which("tesseract")
    if not path:
        return [Finding("tesseract", False, True, "not found", "apt-get install tesseract-ocr")]
    version = _output([path, "--version"]).splitlines()
    listed = set(_output([path, "--list-langs"]).split())
    found = [Finding("tesseract", True, True, version[0] if version else "")]
    for language in _LANGUAGES:
        advice = f"apt-get install tesseract-ocr-{language}"
        found.append(Finding(f"tesseract data {language}", language in listed, True, "", advice))
    return found


def _libraries() -> list[Finding]:
    found = []
    for name, needed, use in _LIBRARIES:
        there = importlib.util.find_spec(name) is not None
        found.append(Finding(name, there, needed, use, f"pip install {_distribution(name)}"))
    return found


def _distribution(module: str) -> str:
    known = {"cv2": "opencv-python-headless", "xlsxwriter": "XlsxWriter"}
    return known.get(module, module)


def _kinds() -> list[Finding]:
    """What can be read, kind by kind, and what the rest needs."""
    converter = program()
    found = []
    for kind in KINDS:
        there = not kind.needs or converter is not None
        detail = f"{kind.name}, through {converter}" if kind.needs and converter else kind.name
        found.append(Finding(f"reads {' '.join(kind.suffixes)}", there, False, detail, INSTALL))
    held = f"reads {' '.join(CONTAINERS)}"
    return [*found, Finding(held, True, False, "archives and mails, with the files they hold")]


def _letter_reader() -> Finding:
    """Whether the network of our own that reads lines is there: without it Tesseract's reads them, worse."""
    from extract.scan.readers.letters.network import WEIGHTS
    from extract.scan.readers.runtime import checked_weights

    name = "letter reader"
    try:
        checked_weights(WEIGHTS)
    except MissingProgramError as error:
        return Finding(name, False, False, str(error), error.advice)
    return Finding(name, True, False, "lines of print, worn ones too")


def _line_reader() -> Finding:
    """Whether the network in Tesseract's data can stand in for that, and what it cannot write."""
    from extract.scan.readers.line_network.traineddata import UnknownNetworkError, read_network

    name = "line reader"
    try:
        unwritten = read_network(Path(data_folder("vie")) / "vie.traineddata").unwritten()
    except (MissingProgramError, UnknownNetworkError, OSError) as error:
        advice = "apt-get install tesseract-ocr-vie (other data is read by Tesseract itself, more slowly)"
        return Finding(name, False, False, str(error), advice)
    lacks = f"; its data has no {' '.join(unwritten)}" if unwritten else ""
    return Finding(name, True, False, f"Tesseract's network over many lines at once{lacks}")


def _font() -> Finding:
    path = shutil.which("fc-list")
    listed = _output([path, ":", "family", "file"]) if path else ""
    there = any("iberation" in line and "2" in line for line in listed.splitlines())
    return Finding(
        "Liberation 2 fonts",
        there,
        False,
        "only to make the samples again",
        "apt-get install fonts-liberation2",
    )


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr
