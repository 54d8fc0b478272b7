"""An n-gram language model over syllables in sorted arrays: small, quick to load, asked for many at once."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

# Bits of a word's number in a packed n-gram; the vocabulary has at most 8,192 words.
BITS = 13
MASK = np.uint64((1 << BITS) - 1)
# Log probabilities and back-off weights are kept in 8 bits, in steps of 1/14.
_STEP = 14.0
_LEAST_P, _LEAST_BACK_OFF = -18.0, -9.0  # the lowest that is kept, ln

# Shares of the shorter memories: tuned on made OCR pairs, checked on a damaged report (0.971 → 0.976 right).
_MIX_ALONE, _MIX_PAIR = 0.05, 0.15
_UNSEEN_PAIR = np.float32(3.0)

_DENSE = 0.5
"""Share of its size that an array keeps when deflated, from which it is stored as it is: the shipped model is
a seventh larger so, and unpacked in 54 ms instead of 92, once a worker."""

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # of files: the same model gives the same bytes

_DATA = Path(__file__).parent / "data"

Floats = npt.NDArray[np.float64]
Float32s = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Logs:
    """Natural logarithms kept in 8 bits each, `low` and up; asked for like an array, they are 32-bit floats.
    (Kept as floats, those of the shipped model took 22 MB more of every worker.)"""

    steps: npt.NDArray[np.uint8]
    low: float

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, at: Any) -> Float32s:
        found: Float32s = self.steps[at].astype(np.float32) / np.float32(_STEP) + np.float32(self.low)
        return found

    @classmethod
    def of(cls, values: npt.NDArray[np.floating], low: float) -> Logs:
        return cls(np.clip(np.rint((values - low) * _STEP), 0, 255).astype(np.uint8), low)


@dataclass(frozen=True, slots=True)
class Order:
    """The n-grams of one length: packed keys (sorted), natural log probabilities, back-off weights (arrays
    while a model is trained, `Logs` once it is packed)."""

    keys: Keys
    log_p: npt.NDArray[np.floating] | Logs
    back_off: npt.NDArray[np.floating] | Logs


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """`vocabulary[i]` is word number i; `orders[n]` the n-grams of n words; `capitals[i]` in how many of 255
    places within a sentence the word begins with a capital (empty where nobody counted)."""

    vocabulary: list[str]
    orders: Mapping[int, Order]
    capitals: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))

    @property
    def top(self) -> int:
        return max(self.orders)

    def log_p(self, contexts: Keys, words: Keys) -> Float32s:
        """ln P(word | context) for many at once; `contexts` pack the last `top - 1` words, nearest lowest."""
        total = np.zeros(len(words), dtype=np.float32)
        open_ = np.arange(len(words))
        for n in range(self.top, 1, -1):
            order, below = self.orders[n], self.orders[n - 1]
            context, owner = _runs(contexts[open_] & np.uint64((1 << (BITS * (n - 1))) - 1))
            at, found = _find_after(order.keys, context, owner, words[open_])
            total[open_[found]] += order.log_p[at[found]]
            lost = ~found
            open_, owner = open_[lost], owner[lost]
            if not len(open_):
                return total
            at, known = _find(below.keys, context)
            at, known = at[owner], known[owner]
            total[open_[known]] += below.back_off[at[known]]
        total[open_] += self.orders[1].log_p[words[open_]]
        return total

    def mixed_log_p(self, contexts: Keys, words: Keys) -> Float32s:
        """ln P(word | context), the model mixed with its own shorter memories: of one word before, of none.

        Reports say things the law does not; after a context that the law knows well, the model alone would
        hold them impossible.
        """
        alone = self.orders[1].log_p[words]
        pairs = self.orders[2]
        at, found = _find_after(pairs.keys, *_runs(contexts & MASK), words)
        after_one = np.where(found, pairs.log_p[at], alone - _UNSEEN_PAIR)
        whole = 1.0 - _MIX_ALONE - _MIX_PAIR
        mixed = whole * np.exp(self.log_p(contexts, words)) + _MIX_ALONE * np.exp(alone)
        mixed += _MIX_PAIR * np.exp(after_one)
        result: Float32s = np.log(mixed).astype(np.float32)
        return result


def _runs(contexts: Keys) -> tuple[Keys, npt.NDArray[np.intp]]:
    """Each context once where it is asked for several times in a row (a beam asks for all words of a place
    after each), and which of them each was."""
    if not len(contexts):
        return contexts, np.zeros(0, dtype=np.intp)
    begins = np.concatenate([[True], contexts[1:] != contexts[:-1]])
    return contexts[begins], np.cumsum(begins) - 1


def _find_after(
    keys: Keys, contexts: Keys, owner: npt.NDArray[np.intp], words: Keys
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Where each word stands after its context, and whether: most longer contexts were never met, and nothing
    is looked for behind them."""
    first = np.searchsorted(keys, contexts << np.uint64(BITS))
    first[first == len(keys)] = 0
    met = (keys[first] >> np.uint64(BITS)) == contexts
    at = np.zeros(len(words), dtype=np.intp)
    found = met[owner]
    asked = np.nonzero(found)[0]
    own = owner[asked]
    at[asked], found[asked] = _find(keys, (contexts[own] << np.uint64(BITS)) | words[asked])
    return at, found


def _find(keys: Keys, wanted: Keys) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return at, keys[at] == wanted


def holds(keys: Keys, wanted: Keys) -> npt.NDArray[np.bool_]:
    """Which of the wanted n-grams were met."""
    return _find(keys, wanted)[1]


def pack_model(model: LanguageModel, path: Path) -> None:
    """Writes the model: keys as differences, one array a byte, so that zlib finds their order; what it makes
    hardly smaller is left as it is."""
    arrays: dict[str, npt.NDArray[np.uint8]] = {}
    for n, order in model.orders.items():
        steps = np.diff(order.keys, prepend=np.uint64(0))
        for byte in range(8):
            plane = ((steps >> np.uint64(8 * byte)) & np.uint64(255)).astype(np.uint8)
            if plane.any():
                arrays[f"k{n}_{byte}"] = plane
        arrays[f"p{n}"] = Logs.of(order.log_p[:], _LEAST_P).steps
        if n < model.top:
            arrays[f"b{n}"] = Logs.of(order.back_off[:], _LEAST_BACK_OFF).steps
    words = np.frombuffer(json.dumps(model.vocabulary, ensure_ascii=False).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    if len(model.capitals):
        arrays["capitals"] = model.capitals
    _save(path, {"vocabulary": words, **arrays})


def _save(path: Path, arrays: Mapping[str, npt.NDArray[np.uint8]]) -> None:
    """Writes arrays as numpy's npz, each deflated where that is worth its time."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, array in arrays.items():
            data = array.tobytes()
            entry = zipfile.ZipInfo(f"{name}.npy", _NO_TIME)
            is_dense = len(zlib.compress(data)) > _DENSE * len(data)
            entry.compress_type = zipfile.ZIP_STORED if is_dense else zipfile.ZIP_DEFLATED
            with packed.open(entry, "w") as out:
                np.lib.format.write_array(out, array, allow_pickle=False)


@dataclass(frozen=True, slots=True)
class _KeptOrders(Mapping[int, Order]):
    """The orders of a packed model, each unpacked when it is first asked for: sound text needs none of
    them, and they are most of the file."""

    path: Path
    lengths: tuple[int, ...]
    _unpacked: dict[int, Order] = field(default_factory=dict)

    def __getitem__(self, n: int) -> Order:
        if n not in self.lengths:
            raise KeyError(n)
        if n not in self._unpacked:
            self._unpacked[n] = _unpack_order(self.path, n)
        return self._unpacked[n]

    def __iter__(self) -> Iterator[int]:
        return iter(self.lengths)

    def __len__(self) -> int:
        return len(self.lengths)


def _unpack_order(path: Path, n: int) -> Order:
    with np.load(path) as data:
        names = set(data.files)
        quantised = data[f"p{n}"]
        keys = np.zeros(len(quantised), dtype="<u8")
        planes = keys.view(np.uint8).reshape(-1, keys.itemsize)
        for byte in range(keys.itemsize):
            if f"k{n}_{byte}" in names:
                planes[:, byte] = data[f"k{n}_{byte}"]
        back = data[f"b{n}"] if f"b{n}" in names else np.zeros(0, dtype=np.uint8)
        return Order(np.cumsum(keys, out=keys), Logs(quantised, _LEAST_P), Logs(back, _LEAST_BACK_OFF))


def load_model(path: Path) -> LanguageModel:
    """Reads what `pack_model` wrote: the words at once, n-grams when they are asked for. Raises OSError
    without the file, which must stay where it is."""
    with np.load(path) as data:
        vocabulary = json.loads(data["vocabulary"].tobytes().decode())
        lengths = tuple(sorted(int(name[1:]) for name in data.files if name.startswith("p")))
        capitals = data["capitals"] if "capitals" in data.files else np.zeros(0, dtype=np.uint8)
    return LanguageModel(vocabulary, _KeptOrders(path, lengths), capitals)


@cache
def own_model() -> LanguageModel:
    """The law's model, loaded once a process: all who ask share it. Raises OSError without it."""
    return load_model(_DATA / "lm.npz")


@cache
def everyday_model() -> LanguageModel:
    """The model of everyday registers, whose vocabulary begins with the law's; loaded once a process. Raises
    OSError without it."""
    return load_model(_DATA / "everyday.npz")
