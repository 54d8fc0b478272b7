"""What a person changed in a CSV set is never overwritten unseen.

A run notes what it is about to write. Where the set on disk is another when the next run comes to write (a
reviewer corrected cells in a spreadsheet, or `extract check` renewed the flags of such a set), the set is put
aside first, and the user is told where it lies.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from emit.columns import FILES
from emit.csvset import WORK

_NOTE = "written.json"


def note_writing(out: Path, new: Path) -> None:
    """Note the files of `new`, about to be put in place in `out`.

    Those noted before stay noted until `note_written`: a run that is killed between two renames leaves old
    and new files side by side, and neither are anybody's corrections.
    """
    before, coming = _noted(out), _digests(new)
    _write(out, {name: sorted({*before.get(name, []), coming[name]}) for name in coming})


def note_written(out: Path) -> None:
    """Note that the files now in place are the run's own, and no others."""
    _write(out, {name: [digest] for name, digest in _digests(out).items()})


def keep_corrections(out: Path) -> Path | None:
    """Put a set that somebody changed since the last run aside; where it lies now, or None.

    Raises OSError where it can't be copied: then nothing is to be overwritten.
    """
    noted, found = _noted(out), _digests(out)
    if not noted or all(digest in noted.get(name, [digest]) for name, digest in found.items()):
        return None
    whole = hashlib.sha256("".join(found[name] for name in sorted(found)).encode("ascii")).hexdigest()
    kept = out / f"corrected-{whole[:8]}"
    if not kept.is_dir():
        aside = out / WORK / f"kept-{whole[:8]}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for name in found:
            shutil.copy2(out / name, aside / name)
        aside.rename(kept)
    return kept


def _noted(out: Path) -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = json.loads((out / WORK / _NOTE).read_text("ascii"))
    except (OSError, ValueError):
        return {}
    return found


def _write(out: Path, digests: dict[str, list[str]]) -> None:
    aside = out / WORK / f"{_NOTE}.new"
    aside.write_text(json.dumps(digests, sort_keys=True), "ascii")
    aside.replace(out / WORK / _NOTE)


def _digests(folder: Path) -> dict[str, str]:
    """A hash over the bytes of each file of the set that is there."""
    found = {}
    for schema in FILES:
        path = folder / schema.file
        if path.is_file():
            with path.open("rb") as file:
                found[schema.file] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
