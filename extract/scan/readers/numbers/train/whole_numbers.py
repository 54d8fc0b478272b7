"""A network run in whole numbers: weights of 7 bits and steps of 8, each measured on lines of print.

onnxruntime multiplies whole numbers two and a half times as fast as broken ones. Seven bits because
processors without the instructions for eight (VNNI) lose what overflows: so all read the same. The last layer
stays in 32 bits: of its scores a reading's confidence is made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

_COLUMNS = 512  # of a line that are looked at
_BATCH = 8
_FULL = 255


class _Lines(CalibrationDataReader):  # type: ignore[misc]
    """Inks of lines as batches of one shape, cut or filled up with paper."""

    def __init__(self, inks: Sequence[npt.NDArray[np.uint8]]) -> None:
        self._batches = _batches(inks)

    def get_next(self) -> dict[str, Any] | None:
        """The next batch by the name of the network's input, None at the end."""
        batch = next(self._batches, None)
        return None if batch is None else {"ink": batch}


def _batches(inks: Sequence[npt.NDArray[np.uint8]]) -> Iterator[npt.NDArray[np.float32]]:
    for start in range(0, len(inks), _BATCH):
        own = inks[start : start + _BATCH]
        batch = np.zeros((len(own), 1, own[0].shape[0], _COLUMNS), np.float32)
        for row, ink in zip(batch, own, strict=True):
            row[0, :, : ink.shape[1]] = ink[:, :_COLUMNS]
        yield batch / np.float32(_FULL)


def in_whole_numbers(model: onnx.ModelProto, inks: Sequence[npt.NDArray[np.uint8]]) -> onnx.ModelProto:
    """`model` (input `ink`, 0..1) with all convolutions but the last in whole numbers, their ranges as `inks`
    (uint8 ink of lines, (height, columns)) fill them."""
    last = [node.name for node in model.graph.node if node.op_type == "Conv"][-1]
    with tempfile.TemporaryDirectory() as folder:
        broken, whole = Path(folder, "broken.onnx"), Path(folder, "whole.onnx")
        onnx.save(model, str(broken))
        quantize_static(
            str(broken),
            str(whole),
            _Lines(inks),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[last],
        )
        return onnx.load(str(whole))
