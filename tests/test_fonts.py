from __future__ import annotations

from pathlib import Path

import pytest

from tests.fonts import MANY, ROOT, has_letters


@pytest.mark.parametrize("name", MANY)
def test_a_font_without_a_letter_is_told(name: str) -> None:
    path: Path = ROOT / name
    if not path.is_file():
        pytest.skip(f"{name} is not installed")
    assert has_letters(path, "IVX123")
    assert not has_letters(path, "\U0001f9ff")
