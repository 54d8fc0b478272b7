"""The letter reader's network in the form in which it is run."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from extract.scan.readers.ctc import softmax
from extract.scan.readers.letters.train.as_run import as_run
from extract.scan.readers.numbers.train.whole_numbers import in_whole_numbers
from extract.scan.readers.quarters import quartered

ROWS, CHANNELS, CLASSES = 4, 8, 5


def small_network() -> onnx.ModelProto:
    """A network of the letter reader's shape: two layers that step by two, then one over what is left of the
    height, whose scores come a step a row."""
    place = np.random.default_rng(3)

    def kept(name: str, *shape: int) -> str:
        values.append(numpy_helper.from_array(place.normal(0, 0.5, shape).astype(np.float32), name))
        return name

    values = [numpy_helper.from_array(np.array(0, np.int64), "first")]
    nodes = [
        helper.make_node(
            "Conv", ["ink", kept("w0", CHANNELS, 1, 3, 3), kept("b0", CHANNELS)], ["c0"], "c0",
            strides=[2, 2], pads=[1, 1, 1, 1], kernel_shape=[3, 3],
        ),
        helper.make_node("Relu", ["c0"], ["r0"]),
        helper.make_node(
            "Conv", ["r0", kept("w1", CHANNELS, CHANNELS, 2, 3), kept("b1", CHANNELS)], ["c1"], "c1",
            strides=[2, 2], pads=[0, 1, 0, 1], kernel_shape=[2, 3],
        ),
        helper.make_node("Relu", ["c1"], ["r1"]),
        helper.make_node(
            "Conv", ["r1", kept("w2", CLASSES, CHANNELS, 1, 1), kept("b2", CLASSES)], ["c2"], "c2",
            kernel_shape=[1, 1],
        ),
        helper.make_node("Gather", ["c2", "first"], ["g"], axis=2),
        helper.make_node("Transpose", ["g"], ["scores"], perm=[0, 2, 1]),
    ]  # fmt: skip
    ink = helper.make_tensor_value_info("ink", TensorProto.FLOAT, ["lines", 1, ROWS, "columns"])
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["lines", "steps", CLASSES])
    graph = helper.make_graph(nodes, "small", [ink], [scores], values)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model: onnx.ModelProto, ink: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"ink": ink})[0])


def test_the_network_as_run_gives_the_chances_of_its_scores():
    lines = np.random.default_rng(5).integers(0, 256, (3, ROWS, 32), dtype=np.uint8)
    whole = in_whole_numbers(small_network(), list(lines))
    scores = run(whole, lines[:, None].astype(np.float32) / np.float32(255))
    chances = run(as_run(whole), quartered(lines))
    assert chances.shape == (3, 8, CLASSES)
    assert np.abs(chances - softmax(scores, 1.0)).max() < 1e-5
    assert np.ptp(chances, axis=1).max() > 0.1


def test_ink_in_quarters_has_every_pixel_once():
    ink = np.arange(32, dtype=np.uint8).reshape(1, 4, 8)
    quarters = quartered(ink)
    assert quarters.shape == (1, 4, 2, 4)
    assert quarters[0, :, 0, 0].tolist() == [0, 1, 8, 9]
    assert sorted(quarters.ravel().tolist()) == list(range(32))
