"""One worker process as its parent sees it: started, talked to, killed with everything it started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from multiprocessing import Pipe
from pathlib import Path

from pipeline.coding import CodingError, decoded, encoded
from pipeline.workers.child import ChildConfig
from pipeline.workers.messages import Answer, Told

# More threads make Tesseract three to six times slower and starve the other workers.
_ONE_THREAD = (
    "OMP_THREAD_LIMIT",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
)
# glibc's heap in large pages of memory, where the system grants them on demand: pictures come and go, and
# clearing their memory 4 kB at a time is a tenth of a worker's time.
_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
THRIFTY = dict.fromkeys(_ONE_THREAD, "1") | _LARGE_PAGES
"""Variables of a worker's environment that save time; what the user set otherwise goes before them."""
_SAID_BYTES = 4000
_LARGEST = 1 << 30  # bytes of one message of a worker
# No garbage is looked for before all is loaded; see `child._warm_up`.
ENTRY = "import gc, sys; gc.disable(); from pipeline.workers.child import main; main(int(sys.argv[1]))"


class WorkerProcess:
    """A child in a process group of its own, with a folder for its temporary files that goes with it."""

    def __init__(self, config: ChildConfig, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix="worker-", dir=scratch))
        self._stderr = (self._folder / "stderr").open("w+b")
        self.connection, theirs = Pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", ENTRY, str(theirs.fileno())],  # no module of the current folder
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env=_environment(self._folder),
            )
        finally:
            theirs.close()
        self._send(encoded(config, ChildConfig))

    def send(self, word: Told) -> None:
        """Tell the worker something; a worker that is gone is noticed by the next `receive`."""
        self._send(encoded(word, Told))

    def _send(self, data: bytes) -> None:
        try:
            self.connection.send_bytes(data)
        except OSError:
            pass

    def receive(self) -> Answer | None:
        """The worker's next message, or None when it is gone or talks nonsense: a file may have taken it
        over, so nothing it says is more than data."""
        try:
            message: Answer = decoded(Answer, self.connection.recv_bytes(_LARGEST))
        except (EOFError, OSError, CodingError):
            return None
        return message

    def ended(self) -> str:
        """How a worker that is gone ended, in words that are the same every time."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "silence"
        if code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"exit status {code}"

    def said(self) -> str:
        """The last that the worker wrote to its standard error."""
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _SAID_BYTES))
        return self._stderr.read().decode("utf-8", "replace")

    def kill(self) -> None:
        """End the worker and all that it started, and remove its temporary files."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self.connection.close()
        self._stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """The parent's environment and module path; one thread a library and memory in large pages, unless the
    user set them otherwise."""
    environment = THRIFTY | os.environ
    environment["TMPDIR"] = str(folder)
    environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    environment["PYTHONFAULTHANDLER"] = "1"
    return environment
