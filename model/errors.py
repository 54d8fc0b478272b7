"""Every error this program raises on purpose: its exit code, and what to do about it."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


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


class MissingProgramError(ExtractError):
    exit_code = ExitCode.MISSING_PROGRAM
    advice = "Run `extract doctor` to see what is missing and how to install it."
