"""Write the trained network where the reader finds it, by `python -m` with `--work DIR`.

The averaged weights become `numbers.onnx` with its checksum `numbers.sha256`. Calibrate anew afterwards.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import torch
from torch import nn

from extract.scan.readers.numbers.prepare import HEIGHT
from extract.scan.readers.numbers.train.network import Network, averaged

_OPSET = 17
_COLUMNS = 64
DATA = Path(__file__).parent.parent / "data"


def export(state: Path, folder: Path) -> str:
    """The averaged network saved at `state` as ONNX in `folder`; gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "numbers.onnx"
    write_onnx(Network(), state, file, HEIGHT)
    return signed(file)


def write_onnx(network: nn.Module, state: Path, file: Path, height: int) -> None:
    """`network` with the averaged weights saved at `state` as ONNX: `ink` of `height` rows to `scores`."""
    average = averaged(network, 0.0)
    average.load_state_dict(torch.load(state, map_location="cpu")["average"])
    torch.onnx.export(
        average.module.eval(),
        (torch.zeros(2, 1, height, _COLUMNS),),
        str(file),
        input_names=["ink"],
        output_names=["scores"],
        dynamic_axes={"ink": {0: "strips", 3: "columns"}, "scores": {0: "strips", 1: "steps"}},
        opset_version=_OPSET,
        dynamo=False,
    )


def signed(file: Path) -> str:
    """The SHA-256 of a network's file, written beside it (`NAME.sha256`)."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.with_suffix(".sha256").write_text(f"{digest}  {file.name}\n", "ascii")
    return digest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    export(args.work / "state.pt", args.out)


if __name__ == "__main__":
    main()
