"""Where the sources of a finished run lie, asked of its ledger."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from pipeline.workers.ledger import ledger_path


def source_file(out: Path, doc_id: str) -> str | None:
    """Where the source of a document of a run lies (a path, or the address of a file in an archive); None
    when the ledger does not know.

    Opens the ledger for reading only: a review never changes it.
    """
    path = ledger_path(out)
    if not path.is_file():
        return None
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        found = db.execute("SELECT file FROM inputs WHERE doc_id = ?", (doc_id,)).fetchone()
    except sqlite3.Error:
        return None
    finally:
        db.close()
    return os.fsdecode(found[0]) if found else None
