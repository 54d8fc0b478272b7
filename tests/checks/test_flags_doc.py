"""docs/flags.md: every kind has a section, and every example raises the flag it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from checks import check_document
from model.document import Document
from model.flag import FlagKind
from model.table import Table

PAGE = (Path(__file__).parents[2] / "docs" / "flags.md").read_text("utf8")


def sections() -> Iterator[tuple[str, str]]:
    """(kind, text) of every section of a kind."""
    for match in re.finditer(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL):
        yield match[1], match[2]


def test_every_kind_is_explained() -> None:
    assert {kind for kind, _ in sections()} == set(get_args(FlagKind))


EXAMPLES = [(kind, text) for kind, text in sections() if "> " in text and ("| " in text or "```" in text)]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[kind for kind, _ in EXAMPLES])
def test_the_example_raises_the_flag_it_shows(
    kind: str, text: str, table: Callable[..., Table], document: Callable[..., Document]
) -> None:
    rows = [
        [cell.strip() for cell in line.strip()[1:-1].split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    prose = re.findall(r"```text\n(.*?)\n```", text, re.DOTALL)
    numbering = 1 if len(rows) > 1 and any("=" in cell for cell in rows[1]) else None
    tables = [table("t01", rows, 1 if numbering is None else 2, numbering)] if rows else []
    found = check_document(document(tables, prose)).flags
    shown = re.findall(r"^> (.*)$", text, re.MULTILINE)
    assert [f.message for f in found] == shown
    assert [f.kind for f in found] == [kind]


def test_examples_cover_the_checks() -> None:
    elsewhere = {"cross_document", "formula", "reading", "structure", "spelling"}
    assert {kind for kind, _ in EXAMPLES} == set(get_args(FlagKind)) - elsewhere
