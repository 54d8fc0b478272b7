"""What the checks of pages cost: `python -m benchmarks.check_cost FILE...`

Each file is read in turn with a check and without it, in one process like a worker's, warm; of each kind of
reading the median of processor seconds (program and kernel) counts. Two checks are switched off in turn:

- `ink`: the page of a text layer drawn, what is hidden told, its figures held against their ink;
- `pages`: qpdf's look at the file, what decoders say of pictures, notes and fields, traces of tables that
  were not read, the file's hash.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import fmean, median
from typing import Any
from unittest.mock import patch

from model.document import Source
from pipeline.document import read_document
from pipeline.keys import hash_file
from pipeline.settings import Settings
from pipeline.workers.process import THRIFTY

CLASSES = (("1-3 pages", 3), ("4-20 pages", 20), ("longer", sys.maxsize))
"""Documents by their length: names, and the most pages of each."""

_PAIRS = 7

Switch = Callable[[], Any]


@contextmanager
def nothing_off() -> Iterator[None]:
    """All checks."""
    yield


@contextmanager
def ink_off() -> Iterator[None]:
    """No look at the drawn pages of text layers."""
    with patch("extract.inputs.text_layer.look_at", lambda *_, **__: None):
        yield


@contextmanager
def pages_off() -> Iterator[None]:
    """No look at whether files and pages are whole."""
    from extract.pdf.flatten import DrawnFile
    from extract.pdf.soundness import PdfSoundness

    @contextmanager
    def unheard() -> Iterator[Any]:
        from extract.decoders import Said

        yield Said()

    @contextmanager
    def unopened(_: Path) -> Iterator[PdfSoundness]:
        yield PdfSoundness(None)

    @contextmanager
    def as_it_is(path: Path) -> Iterator[DrawnFile]:
        yield DrawnFile(path)

    def nothing(*_: Any, **__: Any) -> str:
        return ""

    off: dict[str, Any] = {
        "extract.inputs.pdf.open_soundness": unopened,
        "extract.pdf.rescue.with_drawn_notes": as_it_is,
        "extract.pdf.rescue._has_a_page": lambda _: True,
        "extract.decoders.overheard": unheard,
        "extract.inputs.picture.overheard": unheard,
        "extract.decoders._misplaced": nothing,
        "extract.inputs.picture.jpeg_complaint": nothing,
        "extract.inputs.picture.strip_complaint": nothing,
        "extract.scan.page.doubts_of": lambda *_, **__: (),
        f"{__name__}.hash_file": nothing,
    }
    with ExitStack() as stack:
        for name, instead in off.items():
            stack.enter_context(patch(name, instead))
        yield


SWITCHES: dict[str, Switch] = {"ink": ink_off, "pages": pages_off}


def read(file: Path) -> tuple[float, int]:
    """Processor seconds of reading a file, as a run does, and its pages."""
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF)
    hash_file(str(file))
    pages = read_document(Source(file.stem, file.name, str(file)), Settings()).pages
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, pages


def costs(file: Path, switches: Sequence[str], pairs: int) -> tuple[int, dict[str, float]]:
    """The pages of a file, and the median of its processor seconds with everything ('') and with each of the
    checks switched off. The order of a round is turned in the next."""
    ways = ["", *switches]
    found: dict[str, list[float]] = {way: [] for way in ways}
    pages = read(file)[1]  # what is loaded once does not count
    for turn in range(pairs):
        for way in ways if turn % 2 == 0 else reversed(ways):
            with SWITCHES.get(way, nothing_off)():
                found[way].append(read(file)[0])
    return pages, {way: median(seconds) for way, seconds in found.items()}


def told(name: str, pages: int, found: dict[str, float]) -> str:
    """A row of the table: milliseconds a page in all, and each check's, with its share of the rest."""
    whole = found[""]
    cells = [f"{1000 * whole / pages:.1f}"]
    cells += [
        f"{1000 * (whole - without) / pages:.1f} ({whole / without - 1:+.1%})"
        for way, without in found.items()
        if way
    ]
    return f"| {name} | {pages} | " + " | ".join(cells) + " |"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    """For the files named. Libraries count their threads when they are loaded, so what a worker is told of
    them must stand in the environment before."""
    if not THRIFTY.keys() <= os.environ.keys() or "PYTHONDONTWRITEBYTECODE" in os.environ:
        own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-m", "benchmarks.check_cost", *sys.argv[1:]]
        os.execve(sys.executable, command, THRIFTY | own)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--pairs", type=int, default=_PAIRS)
    parser.add_argument("--checks", nargs="+", choices=sorted(SWITCHES), default=sorted(SWITCHES))
    options = parser.parse_args()
    gc.disable()  # as a worker does
    say(f"| file | pages | ms a page | {' | '.join(options.checks)} |")
    say("| --- | --- | --- |" + " --- |" * len(options.checks))
    classes: dict[str, list[tuple[int, dict[str, float]]]] = {name: [] for name, _ in CLASSES}
    for file in options.files:
        pages, found = costs(file, options.checks, options.pairs)
        classes[next(name for name, most in CLASSES if pages <= most)].append((pages, found))
        say(told(file.name, pages, found))
    for name, own in classes.items():
        if own:
            each = {way: fmean(found[way] / pages for pages, found in own) for way in own[0][1]}
            say(told(f"{name}, {len(own)} documents", 1, each))


if __name__ == "__main__":
    main()
