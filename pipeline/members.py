"""Files inside files: what zip archives, mails and PDFs hold, listed and opened one by one, within bounds.

A member's address is its container's path, `//` and its place in it (`/in/a.zip//3`, and `/in/a.zip//3//0`
for one of a mail in the archive): names inside archives may be doubled, absolute, or point out of them, and
none of them ever becomes a path on this machine.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from extract.kinds import CONTAINERS
from extract.pdf.embedded_files import may_hold_files

if TYPE_CHECKING:  # what reads mails is loaded with the first one
    from email.message import EmailMessage

MOST_MEMBERS = 10_000
_LARGEST = 1 << 30  # bytes of one member
_LARGEST_MAIL = 256 << 20
_LARGEST_TOGETHER = 16 << 30
_RATIO, _RATIO_FROM = 300, 16 << 20  # a larger member that shrank more is a bomb; scans shrink hardly at all
_DEEPEST = 3  # containers in each other
_MARK = "//"
_ADDRESS = re.compile(r"^(?P<file>.*?)(?P<places>(?://\d+)+)$", re.DOTALL)
_UTF8_NAME = 0x800
_LOCKED = 0x1
_BLOCK = 1 << 20
_BODY = {"text/plain": "body.txt", "text/html": "body.html"}

LOCKED = "locked with a password in its archive; unpack it first"
TOO_LARGE = "unpacks to more than is read; unpack it first"
TOO_DEEP = "archives lie too deep in each other; unpack them first"
MOST_ATTACHED = 1_000
_LARGEST_ATTACHED = 128 << 20
TOO_MANY_ATTACHED = f"the PDF carries more than {MOST_ATTACHED:,} files; save them out of it"
TOO_MANY = f"the archive holds more than {MOST_MEMBERS:,} files; unpack it first"
NOTHING = "the archive holds no files"
_PDF = ".pdf"  # a document itself, whatever files it carries
ATTACHED = "attachments"  # what stands for a PDF's files where they are too many to be named


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container: its names from the container down, its address, and why it can't be had ('' when
    it can)."""

    parts: tuple[str, ...]
    address: str
    reason: str = ""


class BrokenContainerError(Exception):
    """A container that can't be opened: its message says why."""


def split_address(file: str) -> tuple[str, tuple[int, ...]] | None:
    """The container's path and the places below it; None for a plain file."""
    found = _ADDRESS.match(file)
    if found is None:
        return None
    return found["file"], tuple(int(p) for p in found["places"].split(_MARK) if p)


def members(file: str) -> Iterator[Member]:
    """Everything below a container, containers inside it opened in turn. Raises BrokenContainerError."""
    with Path(file).open("rb") as stream:
        yield from _below(stream, Path(file).name, file, (), 1)


def may_carry(name: str) -> bool:
    """Whether a document of this name may carry files beside what it says itself."""
    return Path(name).suffix.lower() == _PDF


@contextmanager
def opened_member(file: str) -> Iterator[BinaryIO]:
    """The bytes of a member by its address, bounded. Raises OSError."""
    found = split_address(file)
    if found is None:
        raise FileNotFoundError(file)
    path, places = found
    stream: BinaryIO = Path(path).open("rb")  # noqa: SIM115 - closed below with what it turned into
    name = Path(path).name
    try:
        for place in places:
            inner, name = _at(stream, name, place)
            stream.close()
            stream = inner
        yield stream
    except (BrokenContainerError, IndexError) as error:
        raise OSError(f"{name}: {error}") from error
    finally:
        stream.close()


def _below(stream: BinaryIO, name: str, address: str, above: tuple[str, ...], depth: int) -> Iterator[Member]:
    listed = _listed(stream, name)
    for place, (own, reason) in enumerate(listed):
        parts, here = (*above, *own), f"{address}{_MARK}{place}"
        kind = CONTAINERS.get(Path(parts[-1]).suffix.lower())
        if reason or kind is None:
            yield Member(parts, here, reason)
            if not reason and may_carry(parts[-1]):
                yield from _carried(stream, name, here, parts, place, depth)
        elif depth >= _DEEPEST:
            yield Member(parts, here, TOO_DEEP)
        else:
            try:
                inner, inner_name = _at(stream, name, place)
                with inner:
                    yield from _below(inner, inner_name, here, parts, depth + 1)
            except BrokenContainerError as error:
                yield Member(parts, here, str(error))


def _carried(
    stream: BinaryIO, name: str, address: str, above: tuple[str, ...], place: int, depth: int
) -> Iterator[Member]:
    """The files that a PDF in a container carries."""
    try:
        inner, inner_name = _at(stream, name, place)
    except BrokenContainerError:
        return  # it is told when it is read
    with inner:
        if depth >= _DEEPEST:
            yield from (Member((*above, *own), address, TOO_DEEP) for own, _ in _listed(inner, inner_name))
        else:
            yield from _below(inner, inner_name, address, above, depth + 1)


def _attached(stream: BinaryIO) -> list[tuple[tuple[str, ...], str]]:
    """Names and reasons of a PDF's files."""
    if not may_hold_files(stream):
        return []
    from extract.pdf.attachments import attachments

    found = attachments(stream, MOST_ATTACHED)
    if len(found) > MOST_ATTACHED:
        return [((ATTACHED,), TOO_MANY_ATTACHED)]
    return [((file.name,), TOO_LARGE if file.packed > _LARGEST_ATTACHED else "") for file in found]


def _listed(stream: BinaryIO, name: str) -> list[tuple[tuple[str, ...], str]]:
    """Names and reasons of a container's files, in its order. Raises BrokenContainerError."""
    if CONTAINERS.get(Path(name).suffix.lower()) == "eml":
        return [((part_name,), "") for part_name, _ in _mail_parts(stream)]
    if may_carry(name):
        return _attached(stream)
    with _zip(stream) as archive:
        infos = _files(archive)
        together = 0
        out = []
        for info in infos:
            together += info.file_size
            out.append((_parts(info), _reason(info, together)))
    return out


def _reason(info: zipfile.ZipInfo, together: int) -> str:
    if info.flag_bits & _LOCKED:
        return LOCKED
    swollen = info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1)
    return TOO_LARGE if info.file_size > _LARGEST or swollen or together > _LARGEST_TOGETHER else ""


def _at(stream: BinaryIO, name: str, place: int) -> tuple[BinaryIO, str]:
    """The member at a place, unpacked into memory or a temporary file, and its name."""
    if CONTAINERS.get(Path(name).suffix.lower()) == "eml":
        part_name, data = _mail_parts(stream)[place]
        return io.BytesIO(data), part_name
    if may_carry(name):
        return _attachment(stream, place)
    with _zip(stream) as archive:
        info = _files(archive)[place]
        if reason := _reason(info, 0):
            raise BrokenContainerError(reason)
        return _unpacked(archive, info), _parts(info)[-1]


def _attachment(stream: BinaryIO, place: int) -> tuple[BinaryIO, str]:
    from extract.pdf.attachments import AttachmentError, attachment_bytes

    try:
        name, data = attachment_bytes(stream, place, _LARGEST_ATTACHED)
    except AttachmentError as error:
        raise BrokenContainerError(str(error)) from error
    return io.BytesIO(data), name


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """A member's bytes, never more than it says it has."""
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_RATIO_FROM))  # noqa: SIM115 - given away
    left = info.file_size
    try:
        with archive.open(info) as packed:
            while left > 0 and (block := packed.read(min(_BLOCK, left))):
                out.write(block)
                left -= len(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        out.close()
        raise BrokenContainerError(f"cannot be unpacked ({error})") from error
    out.seek(0)
    return out


@contextmanager
def _zip(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise BrokenContainerError(f"not a whole archive ({error})") from error
    with archive:
        yield archive


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
    if len(infos) > MOST_MEMBERS:
        raise BrokenContainerError(TOO_MANY)
    return infos


def _is_litter(name: str) -> bool:
    """What packing programs put in beside the files (macOS)."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] == ".DS_Store"


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The names of a member from the archive down; old names in UTF-8 that no flag says to be."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    parts = tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
    return parts or ("unnamed",)


def _mail_parts(stream: BinaryIO) -> list[tuple[str, bytes]]:
    """The texts and attachments of a mail, in order. Raises BrokenContainerError."""
    stream.seek(0)
    data = stream.read(_LARGEST_MAIL + 1)
    if len(data) > _LARGEST_MAIL:
        raise BrokenContainerError(TOO_LARGE)
    try:
        from email import message_from_bytes, policy

        message = message_from_bytes(data, policy=policy.default)
        return list(_leaves(message))
    except Exception as error:
        # The parser of mails raises anything on headers that break the rules.
        raise BrokenContainerError(f"not a mail that can be read ({type(error).__name__})") from error


def _leaves(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    bodies: set[str] = set()
    subject_told = False
    stack: list[EmailMessage] = [message]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        held_parts = part.get_payload() if part.is_multipart() else []
        if kind == "message/rfc822" and isinstance(held_parts, list) and held_parts:
            yield part.get_filename() or "forwarded.eml", cast("EmailMessage", held_parts[0]).as_bytes()
        elif isinstance(held_parts, list) and part.is_multipart():
            stack.extend(cast("list[EmailMessage]", held_parts[::-1]))
        else:
            name = part.get_filename() or ""
            if not name and kind in _BODY and _BODY[kind] not in bodies:
                name = _BODY[kind]
                bodies.add(name)
            payload = part.get_payload(decode=True)
            held = payload if isinstance(payload, bytes) else b""
            if name.startswith("body.") and kind.startswith("text/"):
                charset = part.get_content_charset() or "utf-8"
                held = _in_utf8(held, charset)
                if held.strip() and not subject_told:
                    held, subject_told = _headed(held, kind, _subject(message)), True
            if held.strip():
                yield re.split(r"[/\\]", name or f"unnamed.{part.get_content_subtype()}")[-1], held


def _subject(message: EmailMessage) -> str:
    """A mail's subject on one line; '' where it has none that can be read."""
    try:
        return " ".join(str(message["Subject"] or "").split())
    except Exception:
        return ""  # the parser of mails raises anything on headers that break the rules


def _headed(body: bytes, kind: str, subject: str) -> bytes:
    """A mail's text under its subject, which a person reads first."""
    if not subject:
        return body
    from html import escape

    line = f"<p>{escape(subject)}</p>" if kind == "text/html" else subject
    return f"{line}\n\n".encode("utf-8", "replace") + body


def _in_utf8(data: bytes, charset: str) -> bytes:
    try:
        return data.decode(charset, "replace").encode("utf-8")
    except LookupError:
        return data
