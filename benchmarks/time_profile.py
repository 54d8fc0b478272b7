"""Where the time of reading documents goes: `python -m benchmarks.time_profile FILE...`

Processor seconds by package and by function, and what of them is the kernel's, in a process like a worker."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

from model.document import Source
from pipeline.document import read_document
from pipeline.settings import Settings
from pipeline.workers.process import THRIFTY

_PACKAGES = ("extract", "normalize", "gazetteer", "checks", "emit", "pipeline", "model")
_ROOT = Path(__file__).resolve().parents[1]
_TICK = 0.001  # processor seconds between looks; the system's clock makes them four


class _Looks:
    """Processor seconds by the function that was at work (`own`: the innermost one of the project, with what
    it calls in libraries) and by every function under which it was (`under`)."""

    def __init__(self) -> None:
        self.own, self.under = Counter[str](), Counter[str]()
        self._last = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Look at what this process does, until the block ends. A look comes when compiled code returns, and
        counts all that went by since the last."""
        self._last = time.process_time()
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        spent, self._last = now - self._last, now
        above: set[str] = set()
        while frame is not None:
            name = _named(frame)
            if name and not above:
                self.own[name] += spent
            if name:
                above.add(name)
            frame = frame.f_back
        for name in above:
            self.under[name] += spent


def _named(frame: FrameType) -> str:
    """A function of the project by its module, '' for any other."""
    module = _module(frame.f_code.co_filename)
    return f"{module}:{frame.f_code.co_name}" if module else ""


@cache
def _module(file_name: str) -> str:
    file = Path(file_name)
    if not file.is_relative_to(_ROOT) or file.relative_to(_ROOT).parts[0] not in _PACKAGES:
        return ""
    return str(file.relative_to(_ROOT).with_suffix(""))


def where_time_goes(files: Sequence[Path], functions: int = 15) -> str:
    """Markdown: processor seconds by package, then the functions that took most by themselves and with all
    they call, for the given files. They are read once before: what is loaded once does not count."""
    for file in files:
        read_document(Source(file.stem, file.name, str(file)), Settings())
    looks, pages = _Looks(), 0
    before = resource.getrusage(resource.RUSAGE_SELF)
    with looks.taken():
        for file in files:
            pages += read_document(Source(file.stem, file.name, str(file)), Settings()).pages
    after = resource.getrusage(resource.RUSAGE_SELF)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    faults = after.ru_minflt - before.ru_minflt
    by_package: Counter[str] = Counter()
    for name, seconds in looks.own.items():
        by_package["/".join(name.partition(":")[0].split("/")[:2])] += seconds
    total = sum(by_package.values())
    lines = [
        f"Where the time goes ({', '.join(f.name for f in files)}: {pages} pages, {user:.1f} s of the"
        f" processor in the program and {system:.1f} s in the kernel, {faults} page faults, one worker):"
    ]
    lines += [
        f"- {name}: {s:.2f} s, {s / total:.0%}" for name, s in by_package.most_common() if s > 0.01 * total
    ]
    for title, found in (("alone", looks.own), ("with what it calls", looks.under)):
        lines += ["", f"| s, {title} | ms a page | function |", "| --- | --- | --- |"]
        lines += [
            f"| {s:.2f} | {1000 * s / max(pages, 1):.1f} | `{name}` |"
            for name, s in found.most_common(functions)
        ]
    return "\n".join(lines)


def main() -> None:
    """For the files named on the command line. Libraries count their threads when they are loaded, so what a
    worker is told of them must stand in the environment before."""
    if not THRIFTY.keys() <= os.environ.keys():
        command = [sys.executable, "-m", "benchmarks.time_profile", *sys.argv[1:]]
        os.execve(sys.executable, command, THRIFTY | dict(os.environ))
    sys.stdout.write(where_time_goes([Path(name) for name in sys.argv[1:]], functions=60) + "\n")


if __name__ == "__main__":
    main()
