"""When to write the set while documents are still being read, so that a person need not wait for the last.

The set is written whole, by the process that hands out work: where documents are quick, that is much of
the time they take to read, all at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_FIRST_S = 2.0  # after the start of a run, and between two writings, at the least
_CHEAP = 100.0  # times its cost the run must have gone on, and since the last: a tenth of a run loses a tenth
_OLD_S = 900.0  # after which the set is written though it is not cheap
_SHARE = 10.0  # times the cost of the last writing must pass even then


class Interim:
    """Decides when the set is due, by what writing it costs. `waiting` says whether documents are still to
    be read: after the last the run writes the set anyway."""

    def __init__(
        self,
        write: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        waiting: Callable[[], bool] = lambda: True,
    ) -> None:
        self._write, self._clock, self._waiting = write, clock, waiting
        self._began = clock()
        self._documents = 0
        self._cost = 0.0  # of a document in the last writing
        self._soon, self._late = self._began + _FIRST_S, self._began + _OLD_S

    def document_done(self) -> None:
        """A document has been committed: write the set if it is due."""
        self._documents += 1
        now = self._clock()
        cheap = _CHEAP * self._cost * self._documents <= now - self._began
        if now < (self._soon if cheap else self._late) or not self._waiting():
            return
        self._write()
        ended = self._clock()
        self._cost = (ended - now) / self._documents
        self._soon = ended + max(_FIRST_S, _CHEAP * (ended - now))
        self._late = ended + max(_OLD_S, _SHARE * (ended - now))
