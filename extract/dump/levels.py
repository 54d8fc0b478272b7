"""Rows counted as sections are (`II`, `2.1`, `a)`), as in tables of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.dump.lines import SourceLine

_LEVEL = re.compile(r"(?:[IVX]{1,5}|\d{1,2}\.\d{1,2}|[a-hđ]\))(?=\s|$)")
_NAME = re.compile(r"[^\W\d_]{2}")
_LEAST = 4  # rows so counted
_MOSTLY = 0.8


def counted_in_levels(lines: Sequence[SourceLine]) -> bool:
    """Whether rows are so counted: their long names over several lines, with units in brackets, look like
    headers."""
    return sum(bool(_LEVEL.match(line.text.strip())) for line in lines) >= _LEAST


def counted_row_by_row(lines: Sequence[SourceLine]) -> bool:
    """Whether such numbers, alone on their lines, stand each before its row's name: column after column
    they would stand together."""
    texts = [line.text.strip() for line in lines if not line.blank]
    behind = [bool(_NAME.match(b)) for a, b in pairwise(texts) if _LEVEL.fullmatch(a)]
    return sum(behind) >= max(_LEAST, _MOSTLY * len(behind))
