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

from emit.csvset import WORK
from emit.written import digests_of

_NOTE = "written.json"


def note_writing(out: Path, new: Path) -> None:
    """Note the files of `new`, about to be put in place in `out`.

    Those noted before stay noted until `note_written`: a run that is killed between two renames leaves old
    and new files side by side, and neither are anybody's corrections.
    """
    before, coming = _noted(out), digests_of(new)
    _write(out, {name: sorted({*before.get(name, []), coming[name]}) for name in coming})


def note_written(out: Path) -> None:
    """Note that the files now in place are the run's own, and no others."""
    _write(out, {name: [digest] for name, digest in digests_of(out).items()})


def keep_corrections(out: Path) -> Path | None:
    """Put a set that somebody changed since the last run aside; where it lies now, or None.

    Raises OSError where it can't be copied: then nothing is to be overwritten.
    """
    noted, found = _noted(out), digests_of(out)
    if not noted or all(digest in noted.get(name, [digest]) for name, digest in found.items()):
        return None
    return keep_copy(out)


def keep_copy(out: Path) -> Path:
    """A copy of the set in `out` as it stands, in a folder named after its bytes; where it lies.

    Raises OSError where it can't be copied: then nothing is to be overwritten.
    """
    found = digests_of(out)
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
