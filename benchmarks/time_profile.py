"""Where the time of reading one document goes: own time by package and by function."""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from model.document import Source
from pipeline.document import read_document
from pipeline.settings import Settings

_PACKAGES = ("extract", "normalize", "gazetteer", "checks", "emit", "pipeline", "model")
_LIBRARIES = (
    "tesserocr",
    "cv2",
    "numpy",
    "pypdfium2",
    "pdfplumber",
    "pdfminer",
    "onnxruntime",
    "PIL",
    "rapidfuzz",
    "lap",
)


def where_time_goes(files: Sequence[Path], functions: int = 15) -> str:
    """Markdown: own seconds by package, then the functions with the most own time, for the given files.

    Time inside a library's compiled code is the library's. The profiler itself slows Python code down, so
    compiled code looks cheaper than it is beside it.
    """
    profiler = cProfile.Profile()
    for file in files:
        profiler.enable()
        read_document(Source(file.stem, file.name, str(file)), Settings())
        profiler.disable()
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    by_package: dict[str, float] = defaultdict(float)
    own = []
    for (file_name, line, name), (_, calls, seconds, _, _) in stats.items():
        by_package[_package(file_name, name)] += seconds
        own.append((seconds, calls, f"{Path(file_name).name}:{line} {name}" if line else name))
    total = sum(by_package.values())
    lines = [
        f"Where the time goes ({total:.1f} s for {', '.join(f.name for f in files)}, profiled, one worker):"
    ]
    lines += [
        f"- {name}: {s:.2f} s, {s / total:.0%}"
        for name, s in sorted(by_package.items(), key=lambda i: -i[1])
        if s > 0.01 * total
    ]
    lines += ["", "| own s | calls | function |", "| --- | --- | --- |"]
    lines += [
        f"| {s:.2f} | {calls} | `{name[:90]}` |" for s, calls, name in sorted(own, reverse=True)[:functions]
    ]
    return "\n".join(lines)


def _package(file_name: str, function: str) -> str:
    """The project's package or the library that a profiled function belongs to."""
    parts = Path(file_name).parts
    for name in _LIBRARIES:
        if name in parts or name in function:
            return name
    root = Path(__file__).resolve().parents[1]
    if file_name.startswith(str(root)):
        inside = Path(file_name).relative_to(root).parts
        if inside[0] in _PACKAGES:
            return "/".join(p for p in inside[:2] if not p.endswith(".py"))
    return "Python and the rest"
