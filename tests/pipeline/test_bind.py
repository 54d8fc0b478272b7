"""Whoever can speak to a Dask scheduler runs code on all its machines: no advice opens one to the network."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOLD = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "pipeline/**/*.py", "*.py", "scripts/*")
    for path in ROOT.glob(pattern)
    if path.is_file()
)
COMMAND = re.compile(r"\bdask (?:scheduler|worker)\b[^\n`]*")


def commands():
    return [
        pytest.param(found[0], id=f"{path.name}-{n}")
        for path in TOLD
        for n, found in enumerate(COMMAND.finditer(path.read_text("utf-8")))
    ]


@pytest.mark.parametrize("command", commands())
def test_every_command_binds_to_this_machine_or_asks_for_certificates(command):
    assert "--host 127.0.0.1" in command or "tls" in command


def test_there_are_such_commands():
    assert len(commands()) >= 4
