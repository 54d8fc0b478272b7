"""What is done before anybody opens a set: a folder that somebody prepared is refused, and a set that a
killed run left between old and new is put in place."""

from __future__ import annotations

from pathlib import Path

from emit.csvset import READY, WORK, finish_publishing, out_of_space, refuse_links
from pipeline.workers.ledger import locked


def settle(out: Path) -> None:
    """Finish putting a set in place; nothing where that was done, as nearly always. Raises OutputError where
    it can't be finished, where a run is doing so right now, or where a link or a pipe stands where a set's
    reader would write."""
    refuse_links(out)
    if not (out / WORK / READY).is_dir():
        return
    with locked(out):
        try:
            finish_publishing(out)
        except OSError as error:
            raise out_of_space(error, out) from error
