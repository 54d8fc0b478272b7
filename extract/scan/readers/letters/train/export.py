"""Write the trained network where the reader finds it, by `python -m` with `--work DIR`.

The averaged weights become `letters.onnx` with its checksum `letters.sha256`, in whole numbers
(`whole_numbers.py`), whose ranges are measured on lines printed for it, and as they are run (`as_run.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch

from extract.scan.readers.letters.prepare import HEIGHT
from extract.scan.readers.letters.train.as_run import as_run
from extract.scan.readers.letters.train.network import Network, Sizes
from extract.scan.readers.letters.train.samples import strips
from extract.scan.readers.letters.train.texts import Texts
from extract.scan.readers.numbers.train.export import signed, write_onnx
from extract.scan.readers.numbers.train.fonts import find_fonts
from extract.scan.readers.numbers.train.whole_numbers import in_whole_numbers

_MEASURED = 240  # lines
_SEED = 7
DATA = Path(__file__).parent.parent / "data"


def export(state: Path, folder: Path, inks: Sequence[npt.NDArray[np.uint8]]) -> str:
    """The averaged network saved at `state` as ONNX in `folder`, its ranges measured on `inks` (uint8 ink of
    lines); gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "letters.onnx"
    sizes = Sizes(*torch.load(state, map_location="cpu")["sizes"])
    write_onnx(Network(sizes), state, file, HEIGHT)
    file.write_bytes(as_run(in_whole_numbers(onnx.load(str(file)), inks)).SerializeToString())
    return signed(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--state", default="state.pt", help="the file in DIR")
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--corpus", type=Path, required=True, help="gzipped lines of running text")
    parser.add_argument("--names", type=Path, required=True, help="gzipped names, one a line")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    args = parser.parse_args()
    supply = strips(
        Texts.load(args.corpus, args.names), find_fonts([args.fonts]), np.random.default_rng(_SEED)
    )
    export(args.work / args.state, args.out, [strip.ink for strip in islice(supply, _MEASURED)])


if __name__ == "__main__":
    main()
