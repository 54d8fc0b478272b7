"""The letter reader's network as it is run: the same numbers in fewer steps of onnxruntime."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]
_HALVES = 2
_SOURCE = {
    0: (0, 1),
    1: (1, 0),
    2: (1, 1),
}  # of a row of weights: of pairs the one before or this, of two which


class _Graph:
    """A graph whose nodes and values are found by name."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self._values = {value.name: value for value in graph.initializer}

    def maker(self, name: str) -> NodeProto:
        """The node that makes a value."""
        return next(node for node in self.graph.node if name in node.output)

    def user(self, name: str) -> NodeProto:
        """The first node that takes a value."""
        return next(node for node in self.graph.node if name in node.input)

    def array(self, name: str) -> Array:
        """A kept value."""
        return np.asarray(numpy_helper.to_array(self._values[name]))

    def keep(self, name: str, array: Array) -> str:
        """Keep `array` under `name`, in place of what was kept under it."""
        kept = numpy_helper.from_array(np.array(array, order="C"), name)
        if name in self._values:
            self._values[name].CopyFrom(kept)
        else:
            self.graph.initializer.append(kept)
        return name

    def drop(self, name: str) -> None:
        """Keep a value no longer."""
        self.graph.initializer.remove(self._values.pop(name))


def as_run(model: onnx.ModelProto) -> onnx.ModelProto:
    """`model` in whole numbers (`whole_numbers.py`; (lines, 1, rows, columns) ink in 0..1 to scores) for ink
    of 0..255 in quarters (`quarters.py`), with chances for scores. Its first layer must have nine weights a
    channel, step by two and look one pixel beyond the sides."""
    model = onnx.ModelProto.FromString(model.SerializeToString())
    graph = _Graph(model.graph)
    _take_quarters(graph)
    _give_chances(graph)
    onnx.checker.check_model(model)
    return model


def _take_quarters(graph: _Graph) -> None:
    """The first layer over four pictures, its steps of one pixel; ink comes as it is kept, not divided."""
    divided = graph.user("ink")
    back = graph.user(divided.output[0])
    back.input[0] = "ink"
    graph.graph.node.remove(divided)
    layer = graph.user(back.output[0])
    weights = graph.maker(layer.input[1]).input[0]
    graph.keep(weights, _over_quarters(graph.array(weights)))
    given = {"kernel_shape": [_HALVES] * 2, "strides": [1, 1], "pads": [1, 1, 0, 0]}
    for attribute in layer.attribute:
        if attribute.name in given:
            attribute.ints[:] = given[attribute.name]
    ink = graph.graph.input[0].type.tensor_type
    ink.elem_type = TensorProto.UINT8
    _, pictures, rows, columns = ink.shape.dim
    pictures.dim_value, rows.dim_value = _HALVES**2, rows.dim_value // _HALVES
    columns.dim_param = "halves"


def _over_quarters(weights: Array) -> Array:
    """Weights (channels, 1, 3, 3) for four pictures: (channels, 4, 2, 2), nought where there were none."""
    out = np.zeros((len(weights), _HALVES**2, _HALVES, _HALVES), weights.dtype)
    for y, (down, odd_row) in _SOURCE.items():
        for x, (across, odd_column) in _SOURCE.items():
            out[:, _HALVES * odd_row + odd_column, down, across] = weights[:, 0, y, x]
    return out


def _give_chances(graph: _Graph) -> None:
    """The last layer as one product of matrices over steps, then what the scores are chances of."""
    shaped = graph.maker("scores")
    chosen = graph.maker(shaped.input[0])
    layer = graph.maker(chosen.input[0])
    back = graph.maker(layer.input[0])
    matrix = graph.keep("out.matrix", graph.array(layer.input[1])[:, :, 0, 0].T)
    for node in (shaped, chosen, layer, back):
        graph.graph.node.remove(node)
    graph.drop(layer.input[1])
    graph.graph.node.extend(
        [
            helper.make_node("Gather", [back.input[0], chosen.input[1]], ["out.row.steps"], axis=2),
            helper.make_node("Transpose", ["out.row.steps"], ["out.steps"], perm=[0, 2, 1]),
            helper.make_node("DequantizeLinear", ["out.steps", *back.input[1:]], ["out.broken"]),
            helper.make_node("MatMul", ["out.broken", matrix], ["out.product"]),
            helper.make_node("Add", ["out.product", layer.input[2]], ["out.sums"]),
            helper.make_node("Softmax", ["out.sums"], ["scores"], axis=-1),
        ]
    )
