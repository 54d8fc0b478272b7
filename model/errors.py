"""Every error this program raises on purpose: its exit code, and what to do about it."""

from __future__ import annotations

import re
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_CHARACTERS = 300


class ExitCode(IntEnum):
    """What `extract` ends with. 1 is left to a crash of Python, which is always a bug; 2 to click's own."""

    OK = 0
    FLAGGED = 10
    SOME_FAILED = 11
    NOTHING_READ = 12
    MISSING_PROGRAM = 14
    INTERRUPTED = 130


class ExtractError(Exception):
    """Base of all. `advice` is one sentence for the user; `exit_code` the process's when it ends a run."""

    exit_code: ClassVar[ExitCode] = ExitCode.SOME_FAILED
    advice: str = ""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice or type(self).advice


class DocumentError(ExtractError):
    """A document that could not be read. Costs that document, never the run."""

    exit_code = ExitCode.SOME_FAILED


class EmptyFileError(DocumentError):
    advice = "The file has no bytes; copy it again from its source."


class EncryptedFileError(DocumentError):
    advice = "Remove the password (qpdf --decrypt) and run again."


class DamagedFileError(DocumentError):
    advice = "The file is truncated or damaged; copy it again, or repair it (qpdf, mutool clean)."


class ImageSizeError(DocumentError):
    advice = "Scan the page at 200 to 600 dpi; A3 at 600 dpi is the largest page that is read."


class EncodingError(DocumentError):
    advice = "The text is in no encoding the program knows; save it as UTF-8."


class NoPageReadError(DocumentError):
    """Every page of a document failed."""

    advice = "Copy the file again from its source, or scan the pages again."


class TooCostlyError(DocumentError):
    """A document or page went over its budget of time or memory."""

    advice = "Raise --timeout, or split the document."


class WorkerCrashError(DocumentError):
    advice = "The reader crashed on this file, also when tried alone; please report it."


class NothingReadError(ExtractError):
    exit_code = ExitCode.NOTHING_READ
    advice = "Name a folder or file with .pdf, image or text reports in it."


class OutputError(ExtractError):
    exit_code = ExitCode.NOTHING_READ
    advice = "Choose an output folder that can be written, with --out."


class EditedSetError(ExtractError):
    """A hand-edited set that can't be understood as a whole: nothing of it is taken."""

    exit_code = ExitCode.NOTHING_READ
    advice = "Nothing was changed. docs/editing.md says which columns may be edited."


class MissingProgramError(ExtractError):
    exit_code = ExitCode.MISSING_PROGRAM
    advice = "Run `extract doctor` to see what is missing and how to install it."


def told(error: Exception, file: str = "") -> str:
    """An error in one line for a user: what, and what to do. No path of this machine (`file` is the path of
    the document), no address."""
    advice = error.advice if isinstance(error, ExtractError) else "The file may be damaged; please report it."
    name = "" if isinstance(error, ExtractError) else f"{type(error).__name__}: "
    text = " ".join(str(error).split())
    if file:  # a result belongs to the bytes, whatever the file is called
        text = text.removeprefix(f"{Path(file).name}: ").replace(file, "the file")
    text = (name + _ADDRESS.sub("", text)).strip(" :")[:_CHARACTERS].rstrip(".")
    return f"{text}. {advice}".strip() if text else advice
