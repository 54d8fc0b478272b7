"""What is shown as evidence are the bytes that were read, or nothing."""

from __future__ import annotations

from pathlib import Path

from pipeline.keys import FileState, file_state, hash_file


class ChangedFileError(OSError):
    """A source whose bytes are not those that the run read."""


class Evidence:
    """Sources held against the hashes of a run; each is hashed once, and again when its state changes."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[FileState, str]] = {}

    def checked(self, path: Path, sha256: str) -> Path:
        """The path, whose bytes have that hash. Raises ChangedFileError where they have another, OSError
        where they can't be read."""
        state = file_state(str(path))
        known = self._held.get(str(path))
        if known is None or known[0] != state or state is None:
            known = (state, hash_file(str(path)))
            self._held[str(path)] = known
        if known[1] != sha256:
            raise ChangedFileError(f"{path.name}: the file is not the one that was read")
        return path
