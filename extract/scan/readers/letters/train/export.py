"""Write the trained network where the reader finds it, by `python -m` with `--work DIR`.

The averaged weights become `letters.onnx` with its checksum `letters.sha256`. They are written in 16 bits,
with a cast for each, which onnxruntime does once as it loads: half the bytes, the same readings.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from extract.scan.readers.letters.prepare import HEIGHT
from extract.scan.readers.letters.train.network import Network
from extract.scan.readers.numbers.train.network import averaged

_OPSET = 17
_COLUMNS = 64
_SMALL = 1_000  # numbers of a weight that stay as they are
DATA = Path(__file__).parent.parent / "data"


def export(state: Path, folder: Path) -> str:
    """The averaged network saved at `state` as ONNX in `folder`; gives its SHA-256."""
    average = averaged(Network(), 0.0)
    average.load_state_dict(torch.load(state, map_location="cpu")["average"])
    network = average.module.eval()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "letters.onnx"
    torch.onnx.export(
        network,
        (torch.zeros(2, 1, HEIGHT, _COLUMNS),),
        str(file),
        input_names=["ink"],
        output_names=["scores"],
        dynamic_axes={"ink": {0: "lines", 3: "columns"}, "scores": {0: "lines", 1: "steps"}},
        opset_version=_OPSET,
        dynamo=False,
    )
    file.write_bytes(_halved(onnx.load(str(file))).SerializeToString())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "letters.sha256").write_text(f"{digest}  letters.onnx\n", "ascii")
    return digest


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
