"""What is wrong with a page of a PDF, or stands beside what is read of it: damaged and missing content,
notes, form fields, attachments. qpdf (through pikepdf) reads the file; viewers pass most of it over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from extract.decoders import jpeg_complaint
from extract.pdf.notes import is_drawn, may_cover, notes_of, unread_notes
from extract.pdf.streams import filters_of, is_large, picture_fault, shows_something, stream_fault

JpegSaid = Callable[[bytes], str]

FEWEST_PIXELS = 10_000
"""Pixels of a picture in which print may stand; rules, bullets and logos of letters have fewer."""

_MOST_OBJECTS = 100_000  # of a file that are looked at
_DEEPEST = 3  # forms within forms
_FONT = re.compile(rb"/([A-Za-z0-9_.+#-]+)\s+[-+.\d]+\s+Tf\b")
_DRAWN = re.compile(rb"/([A-Za-z0-9_.+#-]+)\s+Do\b")
_LAST_WORD = re.compile(rb"([A-Za-z'\"*]+[01]?)\s*$")
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP"
    b" n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)  # PDF 1.7, annex A
_UNPAINTED = frozenset(
    {"m", "l", "c", "v", "y", "re"}
)  # after which something must be drawn (PDF 1.7, 8.5.2)
_CUT = re.compile(r"recover stream|expected endstream|unable to recover|treating stream as empty")
_BROKEN_FILE = re.compile(
    r"file is damaged|can't find|unable to find|unknown token|unexpected|expected (?:endobj|n n obj)"
    r"|EOF while|loop detected"
)  # what qpdf says of a file. A key that stands twice or a bare carriage return lose nothing; streams are
# looked at page by page: of two real scans the length of one that no page draws is wrong.
_SOME_BYTES = 200  # of a picture in which print may stand
_TOLD = 60  # characters of a note that are told
BROKEN_PDF = (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, AttributeError,
           RuntimeError, OverflowError, RecursionError, IndexError)  # fmt: skip
"""What pikepdf raises on damaged objects and locked files."""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What must be known of a page: `losses` and `warnings` as in `model.page.PageContent`, and whether
    something is drawn over its content that is none of it."""

    losses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    has_drawings_over: bool = False


class PdfSoundness:
    """A PDF opened by qpdf. Without a file (None) nothing can be told of its pages; `broken` is what is wrong
    with the file as a whole ('' for nothing), which is told of its first page."""

    def __init__(
        self, pdf: pikepdf.Pdf | None, broken: str = "", drawn: bool = False, fields: bool = False
    ) -> None:
        self._pdf, self._broken, self._drawn, self._fields = pdf, broken, drawn, fields
        self._same: dict[int, int] | None = None

    def as_read(self, n_pages: int, drawn: bool = False, fields: bool = False) -> PdfSoundness:
        """The same, which knows what is read: `n_pages` (where the file has others, it is broken), and
        what of its notes is content by now (`extract.pdf.flatten.DrawnFile`)."""
        try:
            found = _pages_told(self._pdf) if self._pdf is not None else n_pages
        except BROKEN_PDF:
            found = n_pages
        lacking = f"{found} pages are named in it, {n_pages} are there" if found != n_pages else ""
        return PdfSoundness(self._pdf, self._broken or lacking, drawn, fields)

    def page(self, index: int, jpeg_said: JpegSaid = jpeg_complaint) -> Soundness:
        """What is wrong with page `index` (from 0). What the file holds as a whole is told of its first.
        `jpeg_said` tells what the decoder of a JPEG says."""
        whole = _broken_loss(self._broken) if index == 0 and self._broken else ()
        broken = (self._broken,) if whole else ()
        if self._pdf is None:
            return Soundness(whole, broken)
        try:
            self._pdf.get_warnings()
            if index >= len(self._pdf.pages):
                fault = self._broken or f"its tree of pages lacks page {index + 1}"
                return Soundness(_broken_loss(fault), (fault,))
            page = self._pdf.pages[index]
            faults = list(dict.fromkeys(_page_faults(page, jpeg_said)))
            cut = [w for w in map(str, self._pdf.get_warnings()) if _CUT.search(w)]
            faults += ["a stream's end is not where the file says"] if cut else []
            beside = [
                *self._repeated(index),
                *unread_notes(page, self._drawn, self._fields),
                *(_whole_file(self._pdf) if index == 0 else ()),
            ]
            over = any(may_cover(note) and not is_drawn(note, page) for note in notes_of(page))
        except BROKEN_PDF as error:
            faults, beside, over = [f"its objects are damaged ({type(error).__name__})"], [], False
        return Soundness((*whole, *_fault_loss(faults), *beside), (*broken, *faults), over)

    def has_a_picture(self, index: int) -> bool:
        """Whether page `index` names a picture that shows something, drawn or not."""
        try:
            if self._pdf is None or index >= len(self._pdf.pages):
                return False
            named = self._pdf.pages[index].resources.get("/XObject")
            items = [item for _, item in named.items()] if isinstance(named, pikepdf.Dictionary) else []
            return any(
                isinstance(item, pikepdf.Stream)
                and str(item.get("/Subtype")) == "/Image"
                and len(item.read_raw_bytes()) >= _SOME_BYTES
                and shows_something(item)
                for item in items
            )
        except BROKEN_PDF:
            return False

    def _repeated(self, index: int) -> tuple[str, ...]:
        """What is told of a page whose content is another's: a page that the tree names twice stands in the
        place of one that it lost."""
        assert self._pdf is not None
        if self._same is None:
            self._same = _same_contents(self._pdf)
        before = self._same.get(index)
        if before is None:
            return ()
        return (
            f"Trang {index + 1} trong tệp chính là trang {before + 1} được lặp lại;"
            " có thể thiếu một trang khác.",
        )


def _same_contents(pdf: pikepdf.Pdf) -> dict[int, int]:
    """The indexes of pages whose content is, object by object, that of an earlier page, with that page's."""
    first: dict[tuple[tuple[int, int], ...], int] = {}
    found = {}
    for index, page in enumerate(pdf.pages):
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        numbers = tuple(part.objgen for part in parts if isinstance(part, pikepdf.Stream))
        if numbers and len(numbers) == len(parts):
            before = first.setdefault(numbers, index)
            if before != index:
                found[index] = before
    return found


@contextmanager
def open_soundness(path: Path) -> Iterator[PdfSoundness]:
    """The PDF by qpdf; closed afterwards. One that qpdf can't open is left to PDFium."""
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError:
        yield PdfSoundness(None)
        return
    except (*BROKEN_PDF, OSError) as error:
        yield PdfSoundness(None, f"qpdf cannot open it ({type(error).__name__})")
        return
    try:
        yield PdfSoundness(pdf, _file_fault(path))
    finally:
        pdf.close()


def _file_fault(path: Path) -> str:
    """What qpdf says of the file's table of objects and of the objects themselves, all of which it looks at
    (their streams aside: 5 ms for a thousand objects). It is opened for this alone: what is said once of
    an object is not said again when its page is looked at."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            said = [str(warning) for warning in pdf.get_warnings()]
            for number, _ in enumerate(pdf.objects):
                if number >= _MOST_OBJECTS:
                    break
            said += [str(warning) for warning in pdf.get_warnings()]
    except BROKEN_PDF as error:
        return f"its objects are damaged ({type(error).__name__})"
    hurt = next((text for text in said if _BROKEN_FILE.search(text)), "")
    return hurt.rpartition(": ")[2] if ": " in hurt else hurt.rpartition("): ")[2] or hurt


def _pages_told(pdf: pikepdf.Pdf) -> int:
    """How many pages the file says that it has, or how many are found, whichever is more."""
    return max(len(pdf.pages), int(pdf.Root["/Pages"].get("/Count", 0)))


def _broken_loss(fault: str) -> tuple[str, ...]:
    return (
        f"Tệp PDF bị hỏng cấu trúc ({fault}) và được khôi phục để đọc;"
        " có thể thiếu trang, thiếu hoặc sai số liệu.",
    )


def _fault_loss(faults: list[str]) -> tuple[str, ...]:
    if not faults:
        return ()
    return (
        f"Nội dung của trang bị hỏng hoặc thiếu trong tệp ({'; '.join(faults)});"
        " số liệu có thể thiếu hoặc sai.",
    )


def _page_faults(page: pikepdf.Page, jpeg_said: JpegSaid) -> Iterator[str]:
    """What is wrong with the page's content and with what it draws."""
    contents = page.obj.get("/Contents")  # qpdf gives none for what the file names and lacks
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b""
    for stream in streams:
        if not isinstance(stream, pikepdf.Stream):
            yield "a part of its content is missing"
            continue
        fault = stream_fault(stream)
        if fault:
            yield f"content: {fault}"
        else:
            data += bytes(stream.read_bytes()) + b"\n"
    if any(isinstance(s, pikepdf.Stream) and not filters_of(s) for s in streams):
        yield from _syntax_faults(page, data)
    yield from _drawn_faults(data, page.obj.get("/Resources") or page.resources, jpeg_said, 0)


def _syntax_faults(page: pikepdf.Page, data: bytes) -> Iterator[str]:
    """A content without a checksum that ends amid a text or a drawing, or cannot be parsed."""
    try:
        names = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
    except BROKEN_PDF:
        yield "content: cannot be parsed"
        return
    open_ended = names.count("BT") != names.count("ET") or names.count("q") > names.count("Q")
    if open_ended or _last_word(data) not in _OPERATORS or (names and names[-1] in _UNPAINTED):
        yield "content: ends too early"


def _last_word(data: bytes) -> bytes:
    """The operator that a content ends in; `Q` for one that is empty."""
    found = _LAST_WORD.search(data)
    return found[1] if found else b"" if data.strip() else b"Q"


def _drawn_faults(data: bytes, resources: Any, jpeg_said: JpegSaid, depth: int) -> Iterator[str]:
    """Fonts and pictures that a content names and the file lacks, pictures and forms that are damaged."""
    resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
    fonts, drawn = resources.get("/Font"), resources.get("/XObject")
    for name in dict.fromkeys(_FONT.findall(data)):
        if not _has(fonts, name):
            yield f"font {name.decode('latin-1')} is missing"
    for name in dict.fromkeys(_DRAWN.findall(data)):
        item = drawn.get("/" + name.decode("latin-1")) if isinstance(drawn, pikepdf.Dictionary) else None
        if not isinstance(item, pikepdf.Stream):
            yield f"picture {name.decode('latin-1')} is missing"
        elif str(item.get("/Subtype")) == "/Form":
            yield from _form_faults(item, resources, jpeg_said, depth)
        elif is_large(item, FEWEST_PIXELS):
            fault = picture_fault(item, jpeg_said)
            if fault:
                yield f"picture {name.decode('latin-1')}: {fault}"


def _form_faults(form: Any, resources: Any, jpeg_said: JpegSaid, depth: int) -> Iterator[str]:
    fault = stream_fault(form)
    if fault:
        yield f"content of a form: {fault}"
    elif depth < _DEEPEST:
        own = form.get("/Resources") or resources
        yield from _drawn_faults(bytes(form.read_bytes()), own, jpeg_said, depth + 1)


def _has(names: Any, name: bytes) -> bool:
    if not isinstance(names, pikepdf.Dictionary):
        return False
    return isinstance(names.get("/" + name.decode("latin-1")), pikepdf.Dictionary)


def _whole_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the file holds beside its pages."""
    names = list(pdf.attachments.keys())
    if names:
        told = ", ".join(names)[:_TOLD]
        yield f"Tệp mang theo {len(names)} tệp khác, mỗi tệp là một văn bản trong documents.csv: {told}."
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and form.get("/XFA") is not None:
        yield "Tệp có biểu mẫu XFA; nội dung của biểu mẫu đó không được đọc."
