"""What was pressed at the review page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.paper import At
from benchmarks.proofs import Pair


@dataclass
class Tally:
    """What was pressed: keys a flag, those that many flags share (to a sheet and its confirmation), how each
    was decided, flags put off (their table is to be mended)."""

    keys: list[float] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    put_off: int = 0
    pressed: int = 0
    decided: dict[At, Pair] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Keys a flag, those included that many share."""
        return (sum(self.keys) + self.shared) / max(1, len(self.keys))

    def add(self, way: str, keys: float, what: str) -> None:
        self.keys.append(keys)
        self.ways[way] += 1
        self.shown.append(f"{keys:4.1f} {way:8} {what}")
