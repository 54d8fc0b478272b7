"""Which functions of the reading rooms the inputs at hand reach: what none needs, and what one alone does.

    python -m benchmarks.reach [--also DIR ...] [--only seeds] [--limit SECONDS]

Every document of the sets of `benchmarks.net` (and of the folders given by `--also`) is read in this process
while the interpreter reports each function that is entered. Printed are the functions that no document
entered, those that one alone did, by that document, and how many lines each group has. A rule that only one
sample reaches is looked at by hand: either it is general and the inputs lack its kind, or it was fitted.
Where `benchmarks.ablation` says what one named rule is worth, this finds in one pass where to look.
"""

from __future__ import annotations

import argparse
import ast
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

from benchmarks.net import ROOT, input_sets
from extract.kinds import READABLE
from model.document import Source
from pipeline.document import read_document
from pipeline.settings import Settings

ROOMS = ("extract", "normalize", "checks")
APART = frozenset({"train"})
"""Folders that no run enters: how the readers are trained."""


@dataclass(frozen=True, slots=True)
class Place:
    """A function: its file below the root, its first line, its name, and how many lines it has."""

    file: str
    line: int
    name: str
    lines: int


def functions(root: Path = ROOT) -> Iterator[Place]:
    """Every function of the rooms, those inside others too."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if APART.intersection(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                    last = node.end_lineno or node.lineno
                    yield Place(str(path.relative_to(root)), first, node.name, last - node.lineno + 1)


@contextmanager
def entered(codes: set[CodeType]) -> Iterator[None]:
    """While it lasts, `codes` gets the code of each function that is entered."""

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raises TimeoutError inside a document that takes longer."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def reached(file: Path, limit: int) -> set[tuple[str, int]]:
    """The functions (file, first line) that reading one document enters. One that can't be read, or takes too
    long, tells what it entered until then."""
    codes: set[CodeType] = set()
    with entered(codes):
        try:
            with at_most(limit):
                read_document(Source(file.stem, file.name, str(file)), Settings())
        except Exception as error:
            print(f"  {file.name}: {type(error).__name__}", file=sys.stderr)
    root = f"{ROOT}/"
    return {
        (c.co_filename.removeprefix(root), c.co_firstlineno) for c in codes if c.co_filename.startswith(root)
    }


def documents(also: Iterable[Path], only: str) -> Iterator[Path]:
    """The inputs at hand, each once."""
    folders = [s.folder for s in input_sets(None) if only in s.name] + list(also)
    found = {
        p for folder in folders for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in READABLE
    }
    yield from sorted(found)


def report(places: Iterable[Place], by: dict[tuple[str, int], set[str]]) -> str:
    """What no document reached, and what one alone did."""
    none, alone, lines = [], defaultdict(list), Counter[int]()
    for place in places:
        who = by.get((place.file, place.line), set())
        lines[min(len(who), 2)] += place.lines
        if not who:
            none.append(place)
        elif len(who) == 1:
            alone[next(iter(who))].append(place)
    told = [f"lines of functions: {lines[2]} reached by two documents or more, {lines[1]} by one alone, "
            f"{lines[0]} by none"]  # fmt: skip
    told += [f"none  {p.lines:4} {p.file} {p.name}" for p in none]
    for document in sorted(alone, key=lambda d: (-sum(p.lines for p in alone[d]), d)):
        told += [f"{document}  {p.lines:4} {p.file} {p.name}" for p in alone[document]]
    return "\n".join(told)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=int, default=120)
    args = parser.parse_args()
    by: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file in documents(args.also, args.only):
        for place in reached(file, args.limit):
            by[place].add(file.name)
    print(report(functions(), by))
    return 0


if __name__ == "__main__":
    sys.exit(main())
