"""A field's text mended where it differs, as a person does who only presses keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from benchmarks.paper import cost

AROUND = 6  # letters: from so far on the caret goes by words

Spot = tuple[int, int, int, int]


def spots(text: str, gold: str) -> list[Spot]:
    """Where two texts differ: from and to in the one, from and to in the other."""
    found = SequenceMatcher(None, text, gold, autojunk=False).get_opcodes()
    return [(a0, a1, b0, b1) for kind, a0, a1, b0, b1 in found if kind != "equal"]


def is_shorter(text: str, gold: str) -> bool:
    """Whether it takes fewer keys to mend a text than to type it anew."""
    found = spots(text, gold)
    edits = sum(cost(gold[b0:b1]) + a1 - a0 for a0, a1, b0, b1 in found)
    return bool(gold) and edits + len(text.split()) + AROUND * len(found) < cost(gold)


def mended(field: Any, text: str, gold: str, press: Callable[[Sequence[str]], object]) -> list[str]:
    """Make `gold` of what stands in a field, from its end on; the keys that were pressed."""
    keys: list[str] = []

    def go(*pressed: str) -> None:
        press(pressed)
        keys.extend(pressed)

    go("End")
    for a0, a1, b0, b1 in reversed(spots(text, gold)):
        while (at := int(field.evaluate("f => f.selectionStart"))) != a1:
            go("Control+ArrowLeft" if at - a1 > AROUND else "ArrowLeft" if at > a1 else "ArrowRight")
        go(*["Backspace"] * (a1 - a0), *gold[b0:b1])
    return keys
