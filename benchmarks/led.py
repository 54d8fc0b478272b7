"""A long text at the review page put right word by word, as a person does who sees the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from benchmarks.paper import cost
from normalize.unicode import fold

Press = Callable[[Sequence[str]], object]

FAR = 4  # words from which on one is sought by its letters
_STATE = """() => [...document.querySelectorAll('#words > *')].map((piece) => [
  (piece.querySelector('ins, span') || piece).textContent, piece.matches('button')])"""
_AT = """() => {
  const pieces = [...document.querySelectorAll('#words > *')];
  const found = pieces.findIndex((piece) => piece.matches('.found'));
  return found < 0 ? pieces.findIndex((piece) => piece.matches('[aria-current]')) : found;
}"""


def led(page: Any, gold: str, nothing: str, press: Press) -> tuple[list[str], str]:
    """Make `gold` of the text that is shown; the keys that were pressed, and the one that is left and writes
    it: a word taken where no other is in doubt does that itself."""
    keys: list[str] = []

    def go(*pressed: str) -> None:
        press(pressed)
        keys.extend(pressed)

    pieces: list[list[Any]] = page.evaluate(_STATE)
    says = ["" if text == nothing else text for text, _ in pieces]
    doubts = [n for n, (_, doubt) in enumerate(pieces) if doubt]
    wrong = [(n, w) for n, w in enumerate(meant(says, gold.split())) if w.casefold() != says[n].casefold()]
    alone = doubts if len(doubts) == 1 else []
    for n, wanted in sorted(wrong, key=lambda found: found[0] in alone):
        _lead(page, n, says, [doubt for _, doubt in pieces], go)
        key = _offered(page, wanted, nothing)
        if key and n in alone:
            return keys, key
        if key:
            go(key)
        else:
            _type(page, says[n], wanted, go)
    return keys, "a"


def meant(says: Sequence[str], gold: Sequence[str]) -> list[str]:
    """What each piece of a text should say, that together they say what `gold` does."""
    owner = [n for n, text in enumerate(says) for _ in text.split()]
    words = [word.casefold() for text in says for word in text.split()]
    found: list[list[str]] = [[] for _ in says]
    steps = SequenceMatcher(None, words, [word.casefold() for word in gold], autojunk=False).get_opcodes()
    for _, a0, a1, b0, b1 in steps:
        if "".join(words[a0:a1]) == "".join(gold[b0:b1]).casefold() and a1 > a0:
            for k in range(a0, a1):  # blanks alone are nothing to mend
                found[owner[k]].append(words[k])
        elif a1 - a0 == b1 - b0:
            for k in range(a1 - a0):
                found[owner[a0 + k]].append(gold[b0 + k])
        else:
            found[owner[a0] if a1 > a0 else owner[max(0, a0 - 1)]] += gold[b0:b1]
    return [" ".join(words) for words in found]


def _lead(page: Any, n: int, says: Sequence[str], doubts: Sequence[bool], go: Callable[..., None]) -> None:
    """Lead to a word: from doubt to doubt, from word to word, or by its letters."""
    at = page.evaluate(_AT)
    if at == n:
        return
    steps = [m for m in range(len(says)) if doubts[m] and m > at and m <= n]
    if doubts[n] and n > at and len(steps) <= max(FAR, abs(n - at)):
        for _ in steps:
            go("c")
    if page.evaluate(_AT) != n and 0 <= n - page.evaluate(_AT) <= FAR:
        for _ in range(n - page.evaluate(_AT)):
            go(".")
    if page.evaluate(_AT) == n:
        return
    letters = re.sub(r"^[\W_]+", "", fold(says[n]))
    if letters:
        go("w")
        for letter in letters:
            go(letter)
            if page.evaluate(_AT) == n:
                break
        for _ in says:
            if page.evaluate(_AT) == n:
                break
            go("ArrowDown")
        go("Enter")
        return
    for _ in says:
        if (at := page.evaluate(_AT)) != n:
            go("." if at < n else ",")


def _offered(page: Any, wanted: str, nothing: str) -> str:
    """The key of the rival that is meant; '' where there is none, or the word is being typed already."""
    if page.locator("#word-typed").count():
        return ""
    for button in page.locator("#rivals button").all():
        label, _, key = button.inner_text().strip().rpartition(" ")
        said = label.partition(" (")[0] if key == "0" else label
        if key.isdigit() and said.casefold() == (wanted or nothing).casefold():
            return str(key)
    return ""


def _type(page: Any, text: str, wanted: str, go: Callable[..., None]) -> None:
    """Type a word, or what differs of it."""
    if not page.locator("#word-typed").count():
        go("v")
    same = next(
        (k for k, (a, b) in enumerate(zip(text[::-1], wanted[::-1])) if a != b), min(len(text), len(wanted))
    )
    head = next((k for k, (a, b) in enumerate(zip(text, wanted)) if a != b), min(len(text), len(wanted)))
    head = min(head, len(text) - same, len(wanted) - same)
    mended = [
        "End",
        *["ArrowLeft"] * same,
        *["Backspace"] * (len(text) - same - head),
        *wanted[head : len(wanted) - same],
    ]
    go(*(min([*wanted] or ["Delete"], mended, key=cost)), "Enter")
