"""When to write the set while documents are still being read, so that a person need not wait for the last."""

from __future__ import annotations

import time
from collections.abc import Callable

_FIRST_S = 2.0  # after the start of a run, at the earliest
_SHARE = 10.0  # times what the last writing took must pass before the next: at most a tenth of a run


class Interim:
    """Decides when the set is due, by what writing it costs."""

    def __init__(self, write: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._clock = write, clock
        self._due = clock() + _FIRST_S

    def document_done(self) -> None:
        """A document has been committed: write the set if it is due."""
        began = self._clock()
        if began < self._due:
            return
        self._write()
        ended = self._clock()
        self._due = ended + max(_FIRST_S, _SHARE * (ended - began))
