"""Networks of readers: their weights as installed, and how onnxruntime runs them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from model.errors import MissingProgramError

_ERRORS_ONLY = 3
_ADVICE = "Install the package again; docs/lines.md and docs/numbers.md say how the weights are made."


def session_of(model: bytes) -> Any:
    """onnxruntime ready to run a network on one thread: pages are read side by side. Raises ImportError
    without onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def checked_weights(file: Path) -> bytes:
    """A network's bytes, once they agree with the checksum beside them (`NAME.sha256`). Raises
    MissingProgramError when either is not there, or they disagree."""
    try:
        weights = file.read_bytes()
        wanted = file.with_suffix(".sha256").read_text("ascii").split()[0]
    except OSError as error:
        raise MissingProgramError(f"a reader's weights are missing: {error}", _ADVICE) from error
    if hashlib.sha256(weights).hexdigest() != wanted:
        raise MissingProgramError(f"a reader's weights are damaged: {file.name}", _ADVICE)
    return weights
