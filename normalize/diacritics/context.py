"""What stands around a word, on both sides, and what its letters look like, say which word it is: a network.

The language model knows what it has met; the network knows what is like it. It sees each word as it was read,
by its pairs and triples of letters (so that `du¢c` is like `được` to it), then what stands up to 20 words on
each side in order and 30 in any order, and which words begin with a capital.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.diacritics.spelling import SPECIALS, bare

# How many words on each side are looked at in any order, and what the sums of those are divided by, so that
# they are of the size of the others.
FAR, FAR_SCALE = 30, np.float32(8.0)
# What the print's capitals say of a word.
SMALL, CAPITAL, CAPITALS = 0, 1, 2
# Numbers of the pieces of words: so many, of two and of three letters, the first 20 of a word.
PIECES, PIECE_LENGTHS, MOST_PIECES = 8192, (2, 3), 20
# Places of a text that are looked at together: of a long one all at once would take 8 KB each.
_TOGETHER = 1024
_AT_ONCE = 16_384  # candidates weighed together
_LEAST = -9.0  # ln, of any word: what the network has never met is not impossible
_STEADY = np.float32(1e-3)  # keeps what is divided by from nothing
# Words kept with what they look like: some 20 MB of them.
_MOST_KNOWN = 40_000

_DATA = Path(__file__).parent / "data"

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def pieces(read: str) -> list[int]:
    """Numbers (1 and up) of the pairs and triples of letters of a word as it was read, its ends marked."""
    marked = f"<{read.lower()}>"
    found = (marked[i : i + n] for n in PIECE_LENGTHS for i in range(len(marked) - n + 1))
    return [1 + zlib.crc32(piece.encode()) % (PIECES - 1) for piece in found][:MOST_PIECES]


def bare_forms(vocabulary: Sequence[str]) -> dict[str, int]:
    """The rows of `whole`: of the special tokens, then of every word of a vocabulary without its marks; row 0
    is of none of them."""
    forms = sorted({bare(word) for word in vocabulary[len(SPECIALS) :]})
    return {form: row for row, form in enumerate([*SPECIALS, *forms], start=1)}


@dataclass(frozen=True)
class ContextNetwork:
    """`weights` by name: `grams` and `whole` embed the pieces of a word and the word, if it is one without
    its marks (`bare_forms`); `enter`, `far` and `capitals` lead on, each block `a0`, `b0`, `a1`, ... adds
    what stands beside at the distance that `reaches` says, `leave` leads to what is compared with `word`."""

    vocabulary: list[str]
    weights: dict[str, Floats]
    reaches: tuple[int, ...]
    _known: dict[str, Floats] = field(default_factory=dict)

    @cached_property
    def number(self) -> dict[str, int]:
        """Every word's number."""
        return {word: n for n, word in enumerate(self.vocabulary)}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return bare_forms(self.vocabulary)

    def log_shares(self, read: Sequence[str], capitals: Ints, owner: Ints, candidates: Ints) -> Floats:
        """ln P of each candidate among those of its place.

        `read` are the words of a text as they were read, special tokens among them, and `capitals` what the
        print says of each; candidate i, word number `candidates[i]`, is one of place `owner[i]`, which rises.
        """
        return self.log_shares_seen(self.all_seen(read, capitals), owner, candidates)

    def all_seen(self, read: Sequence[str], capitals: Ints) -> Floats:
        """What the network sees at each place of a text, looked at a part at a time."""
        if not len(read):
            return np.zeros((0, self.weights["leave"].shape[1]), dtype=np.float32)
        return np.concatenate([seen for _, _, seen in self._in_parts(read, capitals)])

    def log_shares_seen(self, seen: Floats, owner: Ints, candidates: Ints) -> Floats:
        """`log_shares` of what was `seen` (`all_seen`)."""
        scores: Floats = np.empty(len(candidates), dtype=np.float32)
        for begin in range(0, len(candidates), _AT_ONCE):
            mine = candidates[begin : begin + _AT_ONCE]
            around = seen[owner[begin : begin + _AT_ONCE]]
            found = np.einsum("ij,ij->i", around, self.weights["word"][mine])
            scores[begin : begin + _AT_ONCE] = found + self.weights["word_bias"][mine]
        return _log_shares(scores, owner)

    def _in_parts(self, read: Sequence[str], capitals: Ints) -> Iterator[tuple[int, int, Floats]]:
        """What is seen from place to place of a text, some at a time: begin, end, and a row for each."""
        margin = FAR + 1 + sum(self.reaches)
        for begin in range(0, len(read), _TOGETHER):
            end = min(begin + _TOGETHER, len(read))
            low, high = max(begin - margin, 0), min(end + margin, len(read))
            yield begin, end, self.look(read[low:high], capitals[low:high])[begin - low : end - low]

    def look(self, read: Sequence[str], capitals: Ints) -> Floats:
        """What the network sees at each place (places, the width of `word`)."""
        weights, size = self.weights, len(read)
        words: Floats = np.stack([self._looks(word) for word in read])
        zero = np.zeros((1, words.shape[1]), dtype=np.float32)
        sums: Floats = np.concatenate([zero, np.cumsum(words, axis=0, dtype=np.float32)])
        at = np.arange(size)
        before = sums[at] - sums[np.maximum(at - FAR, 0)]
        behind = sums[np.minimum(at + 1 + FAR, size)] - sums[at + 1]
        around = np.concatenate([before, behind], axis=1, dtype=np.float32) / FAR_SCALE
        state: Floats = np.tile(weights["enter_bias"], (size, 1))
        state += weights["capitals"][capitals]
        state += words @ weights["enter"]
        state += around @ weights["far"]
        for block, reach in enumerate(self.reaches):
            level = np.pad(_levelled(state), ((reach, reach), (0, 0)))
            beside = np.concatenate([level[:size], level[reach : reach + size], level[2 * reach :]], axis=1)
            units = beside @ weights[f"a{block}"] + weights[f"a{block}_bias"]
            state += np.maximum(units, np.float32(0.0), out=units) @ weights[f"b{block}"]
        seen: Floats = _levelled(state) @ weights["leave"] + weights["leave_bias"]
        return seen

    def _looks(self, read: str) -> Floats:
        """What a word as it was read, or a special token, looks like."""
        known = self._known.get(read)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self.weights["whole"][self._rows.get(read if read in SPECIALS else read.lower(), 0)]
            if read not in SPECIALS:
                parts = pieces(read)
                known = known + self.weights["grams"][parts].sum(axis=0) / np.float32(len(parts) ** 0.5)
            self._known[read] = known
        return known


def _levelled(state: Floats) -> Floats:
    """Each row divided by its size."""
    mean = np.einsum("ij,ij->i", state, state)[:, None] / np.float32(state.shape[1])
    levelled: Floats = state / np.sqrt(mean + _STEADY)
    return levelled


def _log_shares(scores: Floats, owner: Ints) -> Floats:
    """ln of each score's share (exponential) among those of its place."""
    if not len(scores):
        return scores
    begins = np.concatenate([[0], np.nonzero(np.diff(owner))[0] + 1])
    of_place = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(owner))))
    shares = scores - np.maximum.reduceat(scores, begins)[of_place]
    shares -= np.log(np.add.reduceat(np.exp(shares), begins))[of_place]
    return np.maximum(shares, np.float32(_LEAST))


def pack_network(network: ContextNetwork, path: Path) -> None:
    """Writes the network: every row in 8 bits, with its scale."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, values in sorted(network.weights.items()):
        table = np.atleast_2d(values)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), np.float32(1e-6)) / np.float32(127.0)
        arrays[f"{name}_8"] = np.rint(table / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
    told = json.dumps(network.vocabulary, ensure_ascii=False).encode()
    arrays["vocabulary"], arrays["reaches"] = np.frombuffer(told, dtype=np.uint8), np.array(network.reaches)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load_network(path: Path) -> ContextNetwork:
    """Reads what `pack_network` wrote. Raises OSError without the file."""
    with np.load(path) as data:
        vocabulary = json.loads(data["vocabulary"].tobytes().decode())
        reaches = tuple(int(reach) for reach in data["reaches"])
        weights = {}
        for name in data.files:
            if name.endswith("_8"):
                values = data[name].astype(np.float32) * data[f"{name[:-2]}_scale"]
                weights[name[:-2]] = values[0] if "bias" in name else values
    return ContextNetwork(vocabulary, weights, reaches)


@cache
def own_network() -> ContextNetwork:
    """The package's network, loaded once a process. Raises OSError without it."""
    return load_network(_DATA / "context.npz")
