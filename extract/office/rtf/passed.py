"""What an RTF file holds that is passed over: pictures by their size, embedded objects."""

from __future__ import annotations

from collections import Counter

from extract.office.unread import is_large

_SIDES = ("picwgoal", "pichgoal")  # as wide and high as it is shown, in twips
_TWIPS_A_CM = 567


class Passed:
    """Counts as it is told what is passed over, `seen` by the kinds of `unread`."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._sides: dict[str, float] = {}

    def begins(self, word: str) -> None:
        """A group that begins with this word is passed over."""
        self.seen["pictures"] += word == "pict"
        self.seen["objects"] += word == "objdata"
        self._sides = {}

    def holds(self, word: str, twips: int) -> None:
        """A word within the group."""
        if word in _SIDES and len(self._sides) < len(_SIDES):
            self._sides[word] = twips / _TWIPS_A_CM
            if len(self._sides) == len(_SIDES) and is_large(*(self._sides[side] for side in _SIDES)):
                self.seen["pictures"] -= 1
                self.seen["large"] += 1
