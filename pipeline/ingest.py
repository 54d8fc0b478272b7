"""Which inputs there are: every file below what the user named, each with an id, none left out.

Nothing is opened here but archives and mails, for the names of what they hold. What will not be read
(another kind of file, a link out of the folder, a device) is an outcome with its reason, so that
inputs = read + failed + skipped can hold.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from emit import OUTPUTS
from extract.kinds import CONTAINERS, READABLE, UNREAD
from model.document import Outcome, Source
from pipeline.members import NOTHING, BrokenContainerError, may_carry, members
from pipeline.remote import as_url, remote_files

# Unicode categories that break a line or hide what a name is: controls, separators, bidi overrides.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_EXCLUDED = "left out by --exclude"
_NOT_INCLUDED = "left out by --include"
_HIDDEN = "a hidden file; name it as an input to have it read"
_OTHER_KIND = "not a kind of file that is read"
_MISSING = "there is no such file or folder; check the name"
_LINK_OUT = "a link out of the input folder is not followed"
_LINK_FOLDER = "a link to a folder is not followed; name the folder itself as an input"
_BROKEN_LINK = "a link to nothing; copy the file itself"
_LOCK_FILE = "~$"  # how Office marks a document that somebody has open
_LOCK = "a lock file of Office, no document"
_ARCHIVE_FAR = "an archive at an address is not opened; copy it to a folder"
_SPECIAL = "not a plain file (a device, pipe or socket)"


@dataclass(frozen=True, slots=True)
class Inputs:
    """`sources` to be read and `outcomes` already decided (skipped, or failed before reading); both in
    the order of documents.csv, which is by `doc_id`."""

    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def count(self) -> int:
        return len(self.sources) + len(self.outcomes)


@dataclass(frozen=True, slots=True)
class _Found:
    """A directory entry: `parts` are its names below the input as they shall be written."""

    parts: tuple[str, ...]
    file: str
    root: str
    reason: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files a user wants: patterns of paths below the input, or of names (`*.pdf`, `2024/*`)."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def refused(self, parts: tuple[str, ...]) -> str:
        """Why a file is not even opened, by its names below the input; '' where it is."""
        return _EXCLUDED if any(_matches(parts, glob) for glob in self.exclude) else ""

    def refusal(self, parts: tuple[str, ...]) -> str:
        """Why a file is left out, by its names below the input; '' where it is not."""
        asked = not self.include or any(_matches(parts, glob) for glob in self.include)
        return self.refused(parts) or ("" if asked else _NOT_INCLUDED)


def _matches(parts: tuple[str, ...], glob: str) -> bool:
    path = "/".join(parts).casefold()
    wanted = unicodedata.normalize("NFC", glob).casefold()
    return any(fnmatchcase(text, wanted) for text in (path, parts[-1].casefold()))


def find_inputs(inputs: Sequence[Path], exclude: Path | None = None, wanted: Wanted | None = None) -> Inputs:
    """Every file below `inputs`, recursively; `exclude` (the output folder) is left out. Files that are not
    `wanted`, and hidden ones that nobody named, are skipped with the reason.

    A file that two inputs reach is taken once, as the first reaches it.
    """
    found: list[_Found] = []
    seen: set[str] = set()
    barred = _outputs(exclude) if exclude is not None else frozenset()
    for given in inputs:
        url = as_url(given)
        for entry in _remote_entries(url) if url else _entries(given, barred):
            real = entry.file if entry.reason or url else os.path.realpath(entry.file)
            if real not in seen:
                seen.add(real)
                found.append(entry)
    found = [entry for one in found for entry in _asked(one, wanted or Wanted())]
    named = _name(found)
    order = sorted(zip(named, found, strict=True), key=lambda pair: _order(pair[0]))
    sources = tuple(source for source, entry in order if not entry.reason)
    outcomes = tuple(
        Outcome(source, "failed" if entry.failed else "skipped", error=entry.reason)
        for source, entry in order
        if entry.reason
    )
    return Inputs(sources, outcomes)


def _asked(entry: _Found, wanted: Wanted) -> Iterator[_Found]:
    """The files of an entry, skipped where they are not wanted."""
    if not entry.reason and (refusal := wanted.refused(entry.parts)):
        yield replace(entry, reason=refusal)
        return
    for one in _opened(entry):
        refusal = "" if one.reason else wanted.refusal(one.parts)
        yield replace(one, reason=refusal) if refusal else one


def _shown(entry: _Found, below: Sequence[str]) -> _Found:
    """The entry, skipped where it is hidden: it, or a folder of `below`, begins with a dot."""
    hidden = not entry.reason and any(part.startswith(".") and part.strip(".") for part in below)
    return replace(entry, reason=_HIDDEN) if hidden else entry


def _opened(entry: _Found) -> Iterator[_Found]:
    """The files that a container holds, in its place; any other entry itself, and behind a PDF the files that
    it carries. A container of which nothing can be had stays, with the reason."""
    if entry.reason or suffix_of(entry.parts[-1]) not in CONTAINERS:
        yield entry
        if not entry.reason and may_carry(entry.parts[-1]) and as_url(entry.file) is None:
            with suppress(OSError):  # it is told when the PDF itself is read
                yield from _inside(entry)
        return
    if as_url(entry.file) is not None:
        yield replace(entry, reason=_ARCHIVE_FAR)
        return
    none = True
    try:
        for found in _inside(entry):
            none = False
            yield found
    except (BrokenContainerError, OSError) as error:
        yield replace(entry, reason=f"cannot be opened ({error})", failed=True)
    else:
        if none:
            yield replace(entry, reason=NOTHING)


def _inside(entry: _Found) -> Iterator[_Found]:
    """The files inside an entry's file. Raises BrokenContainerError, OSError."""
    for member in members(entry.file):
        parts = (*entry.parts, *(written_name(part) for part in member.parts))
        inner = _Found(parts, member.address, entry.root, member.reason, failed=bool(member.reason))
        judged = inner if member.reason else _judge(parts, member.address, entry.root, stat.S_IFREG)
        yield _shown(judged, member.parts)


def _order(source: Source) -> tuple[list[str], str]:
    return source.doc_id.split("/"), source.path


def _outputs(out: Path) -> frozenset[str]:
    """The output folder and, where it is an input too, what a run writes into it."""
    root = os.path.realpath(out)
    return frozenset({root, *(f"{root}/{name}" for name in OUTPUTS)})


def _entries(given: Path, barred: frozenset[str]) -> Iterator[_Found]:
    name = written_name(given.name or given.resolve().name or "/")
    file, parent = os.fspath(given.absolute()), os.fspath(given.absolute().parent)
    try:
        mode = given.stat().st_mode
    except (OSError, ValueError):
        yield _Found((name,), file, parent, _MISSING, failed=True)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(os.path.realpath(given), barred)
    else:
        yield _judge((name,), file, parent, mode)


def _remote_entries(url: str) -> Iterator[_Found]:
    """Files below an address. What lies there has no links and no devices."""
    try:
        files = remote_files(url)
    except OSError as error:
        yield _Found((written_name(url),), url, url, f"cannot be listed ({error})", failed=True)
        return
    if not files:
        yield _Found((written_name(url),), url, url, _MISSING, failed=True)
    for parts, address in files:
        yield _judge(tuple(written_name(p) for p in parts), address, url, stat.S_IFREG)


def _walk(root: str, barred: frozenset[str]) -> Iterator[_Found]:
    """Entries below `root`, depth first, in byte order of their names; no recursion, since folders nest
    deeper than Python's stack."""
    stack: list[tuple[str, tuple[str, ...]]] = [(root, ())]
    while stack:
        folder, parts = stack.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda e: os.fsencode(e.name))
        except OSError as error:
            name = parts or (written_name(Path(root).name),)
            yield _Found(name, folder, root, f"cannot be listed ({error.strerror})", failed=True)
            continue
        for entry in entries:
            below = (*parts, written_name(entry.name))
            if entry.path in barred:
                continue
            if entry.is_symlink():
                yield _shown(_link(below, entry.path, root), below)
            elif not entry.is_dir(follow_symlinks=False):
                mode = entry.stat(follow_symlinks=False).st_mode
                yield _shown(_judge(below, entry.path, root, mode), below)
            else:
                stack.append((entry.path, below))


def _link(parts: tuple[str, ...], path: str, root: str) -> _Found:
    target = os.path.realpath(path)
    if os.path.commonpath([target, root]) != root:
        return _Found(parts, path, root, _LINK_OUT)
    try:
        mode = Path(target).stat().st_mode
    except OSError:
        return _Found(parts, path, root, _BROKEN_LINK, failed=True)
    if stat.S_ISDIR(mode):
        return _Found(parts, path, root, _LINK_FOLDER)
    return _judge(parts, path, root, mode)


def _judge(parts: tuple[str, ...], path: str, root: str, mode: int) -> _Found:
    if not stat.S_ISREG(mode):
        return _Found(parts, path, root, _SPECIAL)
    suffix = suffix_of(parts[-1])
    if parts[-1].startswith(_LOCK_FILE) and suffix in READABLE:
        return _Found(parts, path, root, _LOCK)
    if suffix in UNREAD:
        return _Found(parts, path, root, f"{UNREAD[suffix]} is not opened; unpack it and name the folder")
    if suffix not in READABLE and suffix not in CONTAINERS:
        return _Found(parts, path, root, _OTHER_KIND)
    return _Found(parts, path, root)


def suffix_of(name: str) -> str:
    """The lower-case extension with its dot; '' for none."""
    return Path(name).suffix.lower()


def written_name(name: str) -> str:
    """A file's name as it is written in the CSV set: NFC, one line, bytes that are no UTF-8 and control
    characters as `\\xNN`."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    text = "".join(_escaped(c) if unicodedata.category(c) in _UNSEEN else c for c in text)
    return unicodedata.normalize("NFC", text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii") if ord(char) > 0x1F else f"\\x{ord(char):02x}"


def _stem(name: str) -> str:
    """The name without its extension, or all of it where nothing but dots would be left."""
    stem, suffix = Path(name).stem, Path(name).suffix
    return stem if suffix and stem.strip(".") else name


def _safe(part: str) -> str:
    """A path component that means no other folder."""
    return part if part.strip(".") else part.replace(".", "\\x2e")


def _name(found: Sequence[_Found]) -> list[Source]:
    """Ids and paths: without the extension; with it where two would share one; with the input's name
    before it where they still do; numbered where even that is the same."""
    plain = [_join(e.parts[:-1], _stem(e.parts[-1])) for e in found]
    ids = _distinct(plain, [_join(e.parts[:-1], e.parts[-1]) for e in found])
    paths = ["/".join(e.parts) for e in found]
    roots = [written_name(Path(e.root).resolve().name or "/") for e in found]
    ids = _distinct(ids, [f"{root}/{ident}" for root, ident in zip(roots, ids, strict=True)])
    paths = _distinct(paths, [f"{root}/{path}" for root, path in zip(roots, paths, strict=True)])
    ids, paths = _numbered(ids), _numbered(paths)
    return [Source(i, p, e.file) for i, p, e in zip(ids, paths, found, strict=True)]


def _join(parts: Sequence[str], last: str) -> str:
    return "/".join(_safe(part) for part in (*parts, last))


def _distinct(names: list[str], longer: list[str]) -> list[str]:
    """`names`, the longer form for those that stand more than once."""
    count = Counter(names)
    return [long if count[name] > 1 else name for name, long in zip(names, longer, strict=True)]


def _numbered(names: list[str]) -> list[str]:
    taken: set[str] = set(names)
    seen: set[str] = set()
    out = []
    for name in names:
        unique, n = name, 2
        while unique in seen or (unique != name and unique in taken):
            unique, n = f"{name}~{n}", n + 1
        seen.add(unique)
        out.append(unique)
    return out


def with_hash(source: Source, sha256: str) -> Source:
    """`source` with its content's hash."""
    return replace(source, sha256=sha256)
