"""Office files opened: each kind by its reader, as pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from extract.kinds import Format
from extract.office.libreoffice import converted
from extract.office.opendocument.sheets import read_ods
from extract.office.opendocument.text import read_odt
from extract.office.pages import page_of
from extract.office.rtf.reader import read_rtf
from extract.office.sheet.pages import pages_of
from extract.office.sheet.xls import read_xls
from extract.office.sheet.xlsx import read_xlsx
from extract.office.word.docx import read_docx
from model.page import PageContent


def _doc(path: Path) -> list[PageContent]:
    with converted(path, "docx") as new:
        return [page_of(read_docx(new))]


READERS: Mapping[Format, Callable[[Path], list[PageContent]]] = {
    "docx": lambda path: [page_of(read_docx(path))],
    "rtf": lambda path: [page_of(read_rtf(path))],
    "odt": lambda path: [page_of(read_odt(path))],
    "xlsx": lambda path: pages_of(read_xlsx(path)),
    "xls": lambda path: pages_of(read_xls(path)),
    "ods": lambda path: pages_of(read_ods(path)),
    "doc": _doc,
}
"""What reads each office format."""


def read_office(path: Path, form: Format) -> list[PageContent]:
    """The pages of an office file: one for a text, one a sheet for a workbook. Raises the errors of
    `model.errors`; MissingProgramError for a kind that only LibreOffice reads where there is none."""
    return READERS[form](path)
