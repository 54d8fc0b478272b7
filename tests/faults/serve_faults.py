"""A run with a fault in one of the calls by which it writes: started with faults.so preloaded, it forks for each
fault, so that what a run imports is imported once.

`serve_faults.py SOURCE OUT_FOLDER N KIND...` makes `OUT_FOLDER/<n>-<kind>` for N faults spread over all calls,
each a copy of `OUT_FOLDER/old`, and prints a line for each: how many calls there are, the number of the call,
the kind, how the run ended.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "pipeline")]

import fake_reader  # noqa: E402

from model.document import Outcome  # noqa: E402
from model.errors import OutputError  # noqa: E402
from pipeline.run import batch  # noqa: E402
from pipeline.workers.ledger import Result  # noqa: E402
from pipeline.workers.task import Done  # noqa: E402

KINDS = {"full": (errno.ENOSPC, 1), "broken": (errno.EIO, 0), "killed": (0, 0)}
ENDED_WELL, REFUSED, CRASHED = 0, 3, 4


class HerePool:
    """Reads documents in this process: a worker's own writes are not what is tried."""

    def run(self, tasks: Iterator[object]) -> Iterator[Done]:
        for task in tasks:
            document = fake_reader.read_document(task.source, batch.RunOptions().settings)
            yield Done(task, Result.of(Outcome.of(task.source, document)))


@contextmanager
def here_pool(*_: object) -> Iterator[HerePool]:
    yield HerePool()


def one_run(source: Path, out: Path) -> int:
    try:
        batch.run([source], out, batch.RunOptions())
    except OutputError:
        return REFUSED
    except BaseException:
        traceback.print_exc()
        return CRASHED
    return ENDED_WELL


def forked(shim: ctypes.CDLL, source: Path, out: Path, at: int, kind: str) -> tuple[int, int]:
    """How the run ended (as a shell says it), and how many calls it made."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        error, stays = KINDS[kind]
        shim.fault_arm(str(out).encode(), ctypes.c_long(at), error, stays)
        code = one_run(source, out)
        calls = shim.fault_seen()
        shim.fault_arm(b"", ctypes.c_long(-1), 0, 0)
        os.write(tell, str(calls).encode())
        os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        calls = int(pipe.read() or b"0")
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), calls


def main(source: Path, folder: Path, count: int, kinds: list[str]) -> None:
    batch._pool = here_pool
    shim = ctypes.CDLL(None)
    shim.fault_seen.restype = ctypes.c_long
    shutil.copytree(folder / "old", folder / "counted")
    _, calls = forked(shim, source, folder / "counted", -1, "killed")
    for n in range(count):
        at, kind = n * calls // count, kinds[n % len(kinds)]
        out = folder / f"{n:03}-{kind}"
        shutil.copytree(folder / "old", out)
        code, _ = forked(shim, source, out, at, kind)
        print(calls, at, kind, code, out.name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
