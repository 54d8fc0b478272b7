"""Every error this program raises on purpose: its exit code, and what to do about it."""

from __future__ import annotations

from typing import ClassVar


class ExtractError(Exception):
    """Base of all. `advice` is one sentence for the user; `exit_code` the process's when it ends a run."""

    exit_code: ClassVar[int] = 11
    advice: str = ""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice or type(self).advice


class DocumentError(ExtractError):
    """A document that could not be read. Costs that document, never the run."""

    exit_code = 11


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
    exit_code = 12
    advice = "Name a folder or file with .pdf, image or text reports in it."


class OutputError(ExtractError):
    exit_code = 12
    advice = "Choose an output folder that can be written, with --out."


class MissingProgramError(ExtractError):
    exit_code = 14
    advice = "Run `extract doctor` to see what is missing and how to install it."
