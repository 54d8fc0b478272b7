"""A text network as an ONNX graph, so that onnxruntime runs many lines at once.

Tesseract runs the same network a line at a time, on whole numbers but with slow code around them: measured on
18 office pages it takes 60 microseconds for each step of three columns, the graph 17.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from extract.scan.readers.line_network.traineddata import Lstm, TextNetwork

_OPSET, _IR = 17, 8
KERNEL = 3
CHANNELS_AXIS = 3
GATES = 4
PAD_SIDES = 4


def onnx_of(network: TextNetwork) -> bytes:
    """The graph: `ink` (lines, 1, height, columns) in -1..1 (1 is paper) and `lengths` (lines; the steps
    of each, its columns // pool) → `chances` (steps, lines, classes)."""
    graph = _Graph()
    kernel = network.convolution[:, :-1].reshape(-1, 1, KERNEL, CHANNELS_AXIS).transpose(0, 1, KERNEL, 2)
    here = graph.add(
        "Conv", ["ink", graph.keep(kernel), graph.keep(network.convolution[:, -1])], pads=[1] * PAD_SIDES
    )
    across, down = network.pool
    here = graph.add("MaxPool", [here], kernel_shape=[down, across], strides=[down, across])
    here = graph.add("Tanh", [here])  # rises, so it may follow the pool, where there is a ninth to do
    here = graph.add("Transpose", [here], perm=[2, CHANNELS_AXIS, 0, 1])  # rows, steps, lines, channels
    channels = len(kernel)
    steps_and_lines = graph.add(
        "Slice", [graph.add("Shape", [here]), graph.shape(1), graph.shape(CHANNELS_AXIS)]
    )
    here = graph.add("Reshape", [here, graph.shape(network.height // down, -1, channels)])
    here = graph.lstm(here, network.column, channels, whole=False)
    shape = graph.add("Concat", [steps_and_lines, graph.shape(network.column.size)], axis=0)
    here, inputs = graph.add("Reshape", [here, shape]), network.column.size
    for layer in network.rows:
        here = graph.lstm(here, layer, inputs, whole=True)
        here, inputs = graph.add("Squeeze", [here, graph.shape(1)]), layer.size
    here = graph.add("MatMul", [here, graph.keep(network.output[:, :-1].T)])
    here = graph.add("Add", [here, graph.keep(network.output[:, -1])])
    return graph.finished(graph.add("Softmax", [here], axis=-1), network.height, len(network.output))


class _Graph:
    """Nodes and constants as they are added; `add` gives the name of a node's first output."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._kept: list[onnx.TensorProto] = []

    def keep(self, values: npt.NDArray[np.float32] | npt.NDArray[np.int64]) -> str:
        name = f"k{len(self._kept)}"
        self._kept.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def shape(self, *sizes: int) -> str:
        return self.keep(np.array(sizes, np.int64))

    def add(self, kind: str, inputs: list[str], outputs: int = 1, **how: Any) -> str:
        names = [f"n{len(self._nodes)}_{k}" for k in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, **how))
        return names[outputs - 1]

    def lstm(self, here: str, layer: Lstm, inputs: int, whole: bool) -> str:
        """The layer over (steps, lines, `inputs`): all its outputs, or (not `whole`) its last ones."""
        gates = (layer.into, layer.out, layer.forget, layer.cell)  # in ONNX's order
        given = np.concatenate([g[:, :inputs] for g in gates])[None]
        own = np.concatenate([g[:, inputs : inputs + layer.size] for g in gates])[None]
        bias = np.concatenate([*(g[:, -1] for g in gates), np.zeros(GATES * layer.size, np.float32)])[None]
        names = [here, self.keep(given), self.keep(own), self.keep(bias.astype(np.float32))]
        direction = "reverse" if layer.backwards else "forward"
        how: dict[str, Any] = {"hidden_size": layer.size, "direction": direction}
        if whole:
            return self.add("LSTM", [*names, "lengths"], 1, **how)
        return self.add("LSTM", names, 2, **how)

    def finished(self, result: str, height: int, classes: int) -> bytes:
        """The graph as bytes, checked."""
        last = self._nodes[-1]
        last.output[list(last.output).index(result)] = "chances"
        ink = helper.make_tensor_value_info("ink", TensorProto.FLOAT, ["lines", 1, height, "columns"])
        lengths = helper.make_tensor_value_info("lengths", TensorProto.INT32, ["lines"])
        chances = helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["steps", "lines", classes])
        graph = helper.make_graph(self._nodes, "lines", [ink, lengths], [chances], self._kept)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())
