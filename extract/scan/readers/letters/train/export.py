"""Write the trained network where the reader finds it, by `python -m` with `--work DIR`.

The averaged weights become `letters.onnx` with its checksum `letters.sha256`. They are written in 16 bits,
with a cast for each, which onnxruntime does once as it loads: half the bytes, the same readings.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from extract.scan.readers.letters.prepare import HEIGHT
from extract.scan.readers.letters.train.network import Network
from extract.scan.readers.numbers.train.export import signed, write_onnx

_SMALL = 1_000  # numbers of a weight that stay as they are
DATA = Path(__file__).parent.parent / "data"


def export(state: Path, folder: Path) -> str:
    """The averaged network saved at `state` as ONNX in `folder`; gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "letters.onnx"
    write_onnx(Network(), state, file, HEIGHT)
    file.write_bytes(_halved(onnx.load(str(file))).SerializeToString())
    return signed(file)


def _halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its large weights in 16 bits, each cast to 32 where it is used."""
    graph = model.graph
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _SMALL:
            continue
        name = weight.name
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        graph.node.insert(0, helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    export(args.work / "state.pt", args.out)


if __name__ == "__main__":
    main()
