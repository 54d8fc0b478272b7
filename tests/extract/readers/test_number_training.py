"""Training that goes on from an exported network. Needs PyTorch, a development extra."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch: pip install '.[train]'")

DATA = Path(__file__).resolve().parents[3] / "extract/scan/readers/numbers/data"


def some_ink():
    """Strips of the network's height with strokes in them."""
    rng = np.random.default_rng(5)
    ink = np.zeros((60, 1, 32, 96), np.float32)
    for strip in ink[:, 0]:
        for x in rng.integers(4, 90, 5):
            strip[4:28, x : x + int(rng.integers(1, 5))] = rng.uniform(0.5, 1)
    return torch.from_numpy(ink)


def test_a_network_begun_with_an_exported_one_gives_its_scores_reading_and_learning():
    import onnxruntime

    from extract.scan.readers.numbers.train.network import Network
    from extract.scan.readers.numbers.train.start import begin_with

    ink = some_ink()
    network = Network()
    begin_with(network, DATA / "numbers.onnx", ink)
    session = onnxruntime.InferenceSession(DATA / "numbers.onnx", providers=["CPUExecutionProvider"])
    expected = session.run(None, {"ink": ink.numpy()})[0]
    network.drop.p = 0.0
    with torch.no_grad():
        reading, learning = network.eval()(ink).numpy(), network.train()(ink).numpy()
    # The exported one rounds its steps to 8 bits: of scores up to 30 it is 0.15 off.
    assert np.abs(reading - expected).mean() < 0.3
    assert (reading.argmax(-1) == expected.argmax(-1)).mean() > 0.98
    assert np.abs(learning - reading).max() < 0.2  # by the batch's own spread


def test_another_network_is_refused(tmp_path):
    from extract.scan.readers.numbers.train.network import Network
    from extract.scan.readers.numbers.train.start import begin_with

    with pytest.raises(ValueError, match="not this network"):
        begin_with(Network(classes=5), DATA / "numbers.onnx", some_ink())
