"""Words a letter away: what is left to believe of a word that was read as no letters are known to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 3  # of two letters nearly every word is a letter away
_LONGEST = 9


class Nearby:
    """Forms (small letters without marks) that differ from another by a letter lost, added or exchanged."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._lacking: dict[str, list[str]] = defaultdict(list)
        for form in sorted(forms):
            for shorter in {form, *_lacking_one(form)}:
                self._lacking[shorter].append(form)

    def longer(self, form: str) -> list[str]:
        """The forms that lack a letter as `form`."""
        return [other for other in self._lacking.get(form, ()) if len(other) > len(form)]

    def of(self, form: str) -> list[str]:
        """The forms a letter away from `form`, in order."""
        if not SHORTEST <= len(form) <= _LONGEST:
            return []
        found = set(self._lacking.get(form, ()))
        for shorter in _lacking_one(form):
            found.update(other for other in self._lacking.get(shorter, ()) if len(other) <= len(form))
        found.discard(form)
        return sorted(other for other in found if _is_near(form, other))


def _lacking_one(form: str) -> set[str]:
    return {form[:i] + form[i + 1 :] for i in range(len(form))}


def _is_near(one: str, other: str) -> bool:
    """Whether a single letter is lost, added or exchanged: two forms that lack a letter each may be the same
    by letters that stand apart (`bac`, `abc`)."""
    if len(one) != len(other):
        return True
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
