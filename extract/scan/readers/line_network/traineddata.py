"""The network inside Tesseract's data for a language, as numbers.

The layout of the file is that of Tesseract 4 and 5 (tessdatamanager, network, weightmatrix,
unicharcompress in its sources): parts found by a table of offsets, little-endian throughout. Networks of
another build than the usual one for a line of print are refused, so that Tesseract itself reads instead.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]
"""A row an output: the weights of its inputs, the bias last."""

_LSTM, _SIGNS, _CODES = 17, 21, 22  # places in the table of parts
_KINDS = (
    "Invalid", "Input", "Convolve", "Maxpool", "Parallel", "Replicated", "ParBidiLSTM", "DepParUDLSTM",
    "Par2dLSTM", "Series", "Reconfig", "RTLReversed", "TTBReversed", "XYTranspose", "LSTM", "SummLSTM",
    "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax", "SoftmaxNoCTC",
)  # fmt: skip
_HOLDERS = ("Series", "RTLReversed", "XYTranspose")
_LEARNING_RATES = 64  # flag: a holder keeps a learning rate for each part
_WHOLE_NUMBERS, _NEW_FORMAT = 1, 128  # flags of a matrix
_GATES = 4
_VOWELS, _CONSONANTS = "aăâeêioôơuưy", "bcdđghklmnpqrstvx"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_NULL, _JOINED, _BROKEN = range(3)  # unichars with a meaning of their own: the blank, and two never printed
OFFSETS_AT = 4
ROWS_FROM = 5
LEAST_HEIGHT = 8


class UnknownNetworkError(ValueError):
    """The data is no file of Tesseract 4 or 5, or its network is built in another way."""


@dataclass(frozen=True, slots=True)
class Lstm:
    """A layer of long short-term memory (Hochreiter & Schmidhuber 1997): the weights of cell, input,
    forget and output gate over the layer's inputs and its own last outputs."""

    cell: Weights
    into: Weights
    forget: Weights
    out: Weights
    backwards: bool

    @property
    def size(self) -> int:
        """How many outputs the layer has."""
        return len(self.cell)


@dataclass(frozen=True, slots=True)
class TextNetwork:
    """The network of a language: a 3 x 3 convolution (inputs column by column, each from the top) and
    tanh over a line of print `height` pixels high; the largest of each `pool` = (columns, rows); `column`
    from the top of each column to its foot; `rows` along the line, one after the other; `output`.

    `signs` says what each class stands for, `blank` which class is CTC's blank.
    """

    height: int
    convolution: Weights
    pool: tuple[int, int]
    column: Lstm
    rows: tuple[Lstm, ...]
    output: Weights
    signs: tuple[str, ...]
    blank: int

    def unwritten(self) -> str:
        """The letters of Vietnamese that no class stands for, so that they can't be read."""
        vowels = (unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES)
        letters = sorted({*vowels, *_CONSONANTS})
        return "".join(c for letter in letters for c in (letter, letter.upper()) if c not in self.signs)


def read_network(file: Path) -> TextNetwork:
    """The network in a `.traineddata` file. Raises UnknownNetworkError, or OSError."""
    try:
        return _network_of(_parts(file.read_bytes()))
    except (struct.error, IndexError, KeyError, UnicodeDecodeError, ValueError) as error:
        raise UnknownNetworkError(f"{file.name}: {error}") from error


def _parts(data: bytes) -> dict[int, bytes]:
    """The parts of the file by their place in its table."""
    (count,) = struct.unpack_from("<i", data)
    if not 0 < count < 100:
        raise UnknownNetworkError("not Tesseract's data")
    offsets = struct.unpack_from(f"<{count}q", data, OFFSETS_AT)
    ends = sorted([*(o for o in offsets if o >= 0), len(data)])
    return {k: data[o : ends[ends.index(o) + 1]] for k, o in enumerate(offsets) if o >= 0}


def _network_of(parts: dict[int, bytes]) -> TextNetwork:
    cursor = _Cursor(parts[_LSTM])
    layers = list(_layers(cursor))
    cursor.text()  # the network's description
    cursor.numbers("iii")  # training flags, iterations, samples
    (blank,) = cursor.numbers("i")
    kinds = [kind for kind, _ in layers]
    rows = [layer for kind, layer in layers[ROWS_FROM:-1] if kind == "LSTM"]
    usual = ["Input", "Convolve", "Tanh", "Maxpool", "SummLSTM", *["LSTM"] * len(rows), "Softmax"]
    if kinds != usual or layers[1][1] != (1, 1) or not rows:
        raise UnknownNetworkError(f"built of {' '.join(kinds)}")
    _, height, _, depth, _ = layers[0][1]
    if depth != 1 or height < LEAST_HEIGHT:
        raise UnknownNetworkError("not for grey lines of one height")
    output = layers[-1][1]
    signs = _signs(parts, len(output))
    return TextNetwork(height, layers[2][1], layers[3][1], layers[4][1], tuple(rows), output, signs, blank)


def _layers(cursor: _Cursor, backwards: bool = False) -> list[tuple[str, Any]]:
    """The layers below here in the order in which they work, each with what it holds."""
    kind = _KINDS[cursor.numbers("b")[0] or _KINDS.index(cursor.text())]
    cursor.numbers("bb")  # whether it learns
    flags, _, _, _ = cursor.numbers("iiii")
    cursor.text()  # its name
    if kind in _HOLDERS:
        (count,) = cursor.numbers("I")
        found = [layer for _ in range(count) for layer in _layers(cursor, kind == "RTLReversed")]
        if flags & _LEARNING_RATES:
            cursor.array("<f4", cursor.numbers("I")[0])
        return found
    if kind == "Input":
        return [(kind, cursor.numbers("iiiii"))]
    if kind in ("Convolve", "Maxpool"):
        return [(kind, cursor.numbers("ii"))]
    if kind in ("LSTM", "SummLSTM"):
        cursor.numbers("i")
        cell, into, forget, out = (cursor.matrix() for _ in range(_GATES))
        return [(kind, Lstm(cell, into, forget, out, backwards))]
    if kind in ("Tanh", "Softmax"):
        return [(kind, cursor.matrix())]
    raise UnknownNetworkError(f"has a layer {kind}")


def _signs(parts: dict[int, bytes], classes: int) -> tuple[str, ...]:
    """What each class of the output stands for ('' for the blank and classes never printed)."""
    count, *lines = parts[_SIGNS].decode("utf-8").split("\n")
    names = [line.split(" ", 1)[0] for line in lines[: int(count)]]
    names[_NULL], names[_JOINED], names[_BROKEN] = " ", "", ""
    cursor = _Cursor(parts[_CODES])
    signs = [""] * classes
    for name in names[: cursor.numbers("I")[0]]:
        cursor.numbers("b")
        (length,) = cursor.numbers("i")
        if length != 1:
            raise UnknownNetworkError("spells signs in several classes")
        (code,) = cursor.numbers("i")
        signs[code] = signs[code] or name
    return tuple(signs)


class _Cursor:
    """Reads numbers and arrays one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def text(self) -> str:
        (length,) = self.numbers("i")
        if not 0 <= length <= len(self._data):
            raise UnknownNetworkError("damaged")
        self._at += length
        return self._data[self._at - length : self._at].decode("utf-8")

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self._data, kind, count, self._at)
        self._at += found.nbytes
        return found

    def matrix(self) -> Weights:
        """Weights, kept as whole numbers with a scale a row, or as they are."""
        (mode,) = self.numbers("B")
        if not mode & _NEW_FORMAT:
            raise UnknownNetworkError("is of Tesseract 4.00 alpha")
        rows, columns = self.numbers("ii")
        if not mode & _WHOLE_NUMBERS:
            self.array("<f8", 1)
            return self.array("<f8", rows * columns).reshape(rows, columns).astype(np.float32)
        self.array("i1", 1)
        whole = self.array("i1", rows * columns).reshape(rows, columns)
        scales = self.array("<f8", self.numbers("I")[0])[:rows]
        return np.asarray(whole * scales[:, None], np.float32)
