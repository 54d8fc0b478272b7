"""Files that only LibreOffice reads, converted by it: one at a time, in a profile of its own, on a budget.

The profile runs no macro, updates no link and reaches no network. The converter belongs to the process
group of who asks, so that it dies with it, and is one process, so that it dies whole.
"""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import DamagedFileError, DocumentError, TooCostlyError

CONVERSION_S = 90.0
"""Seconds a conversion may take; a report of 40 pages takes 2 to 5 on the machine this was measured on."""

_MEMORY = 3 << 30
_LARGEST_RESULT = 512 << 20
_RESTART = 81  # LibreOffice asks to be started again after it has made its profile
_STARTS = 3
_WHERE = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice/program",
          "/Applications/LibreOffice.app/Contents/MacOS")  # fmt: skip
_ENVIRONMENT = frozenset({"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH"})
INSTALL = "Install LibreOffice (apt-get install libreoffice-writer-nogui), or save the file as .docx."

_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
    "</prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


class ConverterMissingError(DocumentError):
    """A file of a kind that only LibreOffice reads, where there is none. It fails that file, not the run."""

    advice = INSTALL


def program() -> Path | None:
    """The converter itself (not the script that starts it), None where LibreOffice is not installed."""
    started = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(started).resolve().parent] if started else []
    for folder in (*folders, *map(Path, _WHERE)):
        for name in ("soffice.bin", "soffice"):
            if (folder / name).is_file() and os.access(folder / name, os.X_OK):
                return folder / name
    return None


@contextmanager
def converted(path: Path, form: str) -> Iterator[Path]:
    """A copy of the file in another format (`docx`, `xlsx`), gone afterwards.

    Raises ConverterMissingError, TooCostlyError past the budget, DamagedFileError for a file that
    LibreOffice makes nothing of.
    """
    converter = program()
    if converter is None:
        raise ConverterMissingError(f"{path.name}: only LibreOffice reads this kind of file")
    with tempfile.TemporaryDirectory(prefix="extract-office-") as folder, _turn():
        base = Path(folder)
        source = base / f"document{path.suffix.lower()}"
        shutil.copyfile(path, source)
        _write_profile(base / "profile")
        _convert(converter, base, source, form, path.name)
        result = base / "out" / f"document.{form}"
        if not result.is_file() or not result.stat().st_size:
            raise DamagedFileError(f"{path.name}: LibreOffice cannot read the file")
        yield result


def _convert(converter: Path, base: Path, source: Path, form: str, name: str) -> None:
    command = [
        os.fspath(converter), f"-env:UserInstallation={(base / 'profile').as_uri()}", "--headless",
        "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", form, "--outdir",
        os.fspath(base / "out"), os.fspath(source),
    ]  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if key in _ENVIRONMENT}
    own = {
        "HOME": os.fspath(base),
        "TMPDIR": os.fspath(base),
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
    }
    for _ in range(_STARTS):
        with subprocess.Popen(
            command, env=kept | own, cwd=base, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            _bound(process.pid)
            try:
                code = process.wait(CONVERSION_S)
            except BaseException as error:
                process.kill()
                process.wait()
                if isinstance(error, subprocess.TimeoutExpired):
                    raise TooCostlyError(f"{name}: LibreOffice took over {CONVERSION_S:.0f} s") from error
                raise
        if code != _RESTART:
            return


def _bound(pid: int) -> None:
    """Limits of memory, of processor time and of the size of files for a running process (Linux)."""
    if not hasattr(resource, "prlimit"):
        return
    limits = ((resource.RLIMIT_DATA, _MEMORY), (resource.RLIMIT_FSIZE, _LARGEST_RESULT),
              (resource.RLIMIT_CPU, int(CONVERSION_S)), (resource.RLIMIT_CORE, 0))  # fmt: skip
    for what, most in limits:
        try:
            _, hard = resource.prlimit(pid, what)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, what, (bound, bound))
        except (OSError, ValueError):
            return  # it has ended already


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other process of this user converts."""
    lock = Path(tempfile.gettempdir()) / f"extract-office-{os.getuid()}.lock"
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_profile(folder: Path) -> None:
    """A profile in which nothing runs and nothing is fetched."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        "utf-8",
    )
