"""What stands around a word, on both sides, says which of the words with its letters it is: a small network.

The language model knows what it has met; the network knows what is like it. It looks at the words around
without their marks (five on each side in order, twenty-five on each side in any order) and at which begin
with a capital.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.spelling import SPECIALS, bare

# How many words on each side are looked at in order, and how many in any order; what the sums of those are
# divided by, so that they are of the size of the others.
NEAR, FAR, FAR_SCALE = 5, 25, np.float32(8.0)
# What the print's capitals say of a word.
SMALL, CAPITAL, CAPITALS = 0, 1, 2
# Places of a text that are looked at together: of a long one all at once would take 5 KB each.
_TOGETHER = 1024
_LEAST = -9.0  # ln, of any word: what the network has never met is not impossible

_DATA = Path(__file__).parent / "data"

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """`vocabulary` parted by letters: those that differ in marks alone have one number of letters.

    `letters[w]` is that of word number w; the words of letters l are `order[starts[l]:starts[l + 1]]`.
    """

    vocabulary: list[str]
    letters: Ints
    order: Ints
    starts: Ints

    @classmethod
    def of(cls, vocabulary: list[str]) -> Words:
        """Special tokens, which come first, have letters of their own, as numbered."""
        plain = [bare(word) for word in vocabulary[len(SPECIALS) :]]
        numbers = {letters: n for n, letters in enumerate(sorted(set(plain)), start=len(SPECIALS))}
        letters = np.array([*range(len(SPECIALS)), *(numbers[p] for p in plain)], dtype=np.int64)
        order = np.argsort(letters, kind="stable")
        starts = np.searchsorted(letters[order], np.arange(len(SPECIALS) + len(numbers) + 1))
        return cls(vocabulary, letters, order, starts.astype(np.int64))


@dataclass(frozen=True)
class ContextNetwork:
    """`weights` by name: `near`, `far` and `own` embed letters (a row each), `capitals` what the print says;
    `in`, `in_bias` lead to the hidden layer, whose units `gain` opens and shuts by the word's own letters;
    `out`, `out_bias` to what is compared with `word` (rows in the order of `words.order`) and `word_bias`."""

    words: Words
    weights: dict[str, Floats]

    @cached_property
    def number(self) -> dict[str, int]:
        """Every word's number."""
        return {word: n for n, word in enumerate(self.words.vocabulary)}

    @cached_property
    def _row(self) -> Ints:
        return np.argsort(self.words.order, kind="stable").astype(np.int64)

    def log_shares(self, letters: Ints, capitals: Ints, owner: Ints, candidates: Ints) -> Floats:
        """ln P of each candidate among those of its place that have its letters.

        `letters` and `capitals` are of each place of a text; candidate i, word number `candidates[i]`, is one
        of place `owner[i]`, which rises.
        """
        out: Floats = np.empty(len(candidates), dtype=np.float32)
        for begin in range(0, len(letters), _TOGETHER):
            end = min(begin + _TOGETHER, len(letters))
            low, high = max(begin - FAR, 0), min(end + FAR, len(letters))
            seen = hidden(self.weights, letters[None, low:high], capitals[None, low:high]).out
            here = slice(*np.searchsorted(owner, [begin, end]))
            out[here] = self._shares(seen, owner[here] - low, candidates[here])
        return out

    def _shares(self, seen: Floats, owner: Ints, candidates: Ints) -> Floats:
        rows = self._row[candidates]
        scores = (
            np.einsum("ij,ij->i", seen[owner], self.weights["word"][rows]) + self.weights["word_bias"][rows]
        )
        group = owner * len(self.words.starts) + self.words.letters[candidates]
        order = np.argsort(group, kind="stable")
        begins = np.concatenate([[0], np.nonzero(np.diff(group[order]))[0] + 1])
        of_group = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(order))))
        sorted_ = scores[order] - np.maximum.reduceat(scores[order], begins)[of_group]
        sorted_ -= np.log(np.add.reduceat(np.exp(sorted_), begins))[of_group]
        out: Floats = np.empty(len(scores), dtype=np.float32)
        out[order] = np.maximum(sorted_, np.float32(_LEAST))
        return out


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the network makes of texts of equal length, rows one after the other: its input, the hidden layer
    before and after the gain, the gain, and what comes out."""

    input: Floats
    units: Floats
    gain: Floats
    opened: Floats
    out: Floats


def hidden(weights: dict[str, Floats], letters: Ints, capitals: Ints) -> Hidden:
    """Texts (a row each) through the network."""
    rows, size = letters.shape
    near = weights["near"][letters] + weights["capitals"][capitals]
    padded = np.pad(near, ((0, 0), (NEAR, NEAR), (0, 0)))
    parts = [padded[:, NEAR + offset : NEAR + offset + size] for offset in offsets()]
    far = weights["far"][letters]
    zero = np.zeros((rows, 1, far.shape[2]), dtype=np.float32)
    sums = np.concatenate([zero, np.cumsum(far, axis=1, dtype=np.float32)], axis=1)
    at = np.arange(size)
    before = sums[:, at] - sums[:, np.maximum(at - FAR, 0)]
    behind = sums[:, np.minimum(at + 1 + FAR, size)] - sums[:, at + 1]
    shown = np.eye(3, dtype=np.float32)[capitals]
    whole = np.concatenate([*parts, before / FAR_SCALE, behind / FAR_SCALE, shown], axis=2)
    entered = whole.reshape(rows * size, -1)
    units = np.maximum(entered @ weights["in"] + weights["in_bias"], np.float32(0.0))
    gain = np.float32(1.0) + weights["own"][letters.reshape(-1)] @ weights["gain"]
    opened = units * gain
    return Hidden(entered, units, gain, opened, opened @ weights["out"] + weights["out_bias"])


def offsets() -> list[int]:
    """The places looked at in order, from the word's own."""
    return [offset for offset in range(-NEAR, NEAR + 1) if offset]


def pack_network(network: ContextNetwork, path: Path) -> None:
    """Writes the network: every row in 8 bits, with its scale."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, values in sorted(network.weights.items()):
        table = np.atleast_2d(values)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), np.float32(1e-6)) / np.float32(127.0)
        arrays[f"{name}_8"] = np.rint(table / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
    told = json.dumps(network.words.vocabulary, ensure_ascii=False).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, vocabulary=np.frombuffer(told, dtype=np.uint8), **arrays)  # type: ignore[arg-type]


def load_network(path: Path) -> ContextNetwork:
    """Reads what `pack_network` wrote. Raises OSError without the file."""
    with np.load(path) as data:
        vocabulary = json.loads(data["vocabulary"].tobytes().decode())
        weights = {}
        for name in data.files:
            if name.endswith("_8"):
                values = data[name].astype(np.float32) * data[f"{name[:-2]}_scale"]
                weights[name[:-2]] = values[0] if "bias" in name else values
    return ContextNetwork(Words.of(vocabulary), weights)


@cache
def own_network() -> ContextNetwork:
    """The package's network, loaded once a process. Raises OSError without it."""
    return load_network(_DATA / "context.npz")
