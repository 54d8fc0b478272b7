"""Write the trained network where the reader finds it, by `python -m` with `--work DIR`.

The averaged weights become `numbers.onnx` with its checksum `numbers.sha256`, in whole numbers
(`whole_numbers.py`), whose ranges are measured on strips printed for it; `--broken` leaves them in 32 bits,
to go on learning from. Calibrate anew afterwards.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn

from extract.scan.readers.numbers.prepare import HEIGHT
from extract.scan.readers.numbers.train.fonts import find_fonts
from extract.scan.readers.numbers.train.network import Network, averaged
from extract.scan.readers.numbers.train.samples import strips
from extract.scan.readers.numbers.train.whole_numbers import in_whole_numbers

_OPSET = 17
_COLUMNS = 64
_MEASURED = 480  # strips
_SEED = 7
DATA = Path(__file__).parent.parent / "data"


def export(state: Path, folder: Path, inks: Sequence[npt.NDArray[np.uint8]] = ()) -> str:
    """The averaged network saved at `state` as ONNX in `folder`, in whole numbers where there are `inks`
    (uint8 ink of strips) to measure their ranges on; gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "numbers.onnx"
    write_onnx(Network(), state, file, HEIGHT)
    if inks:
        file.write_bytes(in_whole_numbers(onnx.load(str(file)), inks).SerializeToString())
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
    parser.add_argument("--broken", action="store_true", help="leave the weights in 32 bits")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    args = parser.parse_args()
    supply = strips(find_fonts([args.fonts]), np.random.default_rng(_SEED))
    inks = [strip.ink for strip in islice(supply, 0 if args.broken else _MEASURED)]
    export(args.work / "state.pt", args.out, inks)


if __name__ == "__main__":
    main()
