"""Rows that the texts of a table's first column count one by one."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from normalize.ordinals import is_ordinal, is_ordinal_head

_COUNT = re.compile(r"\d{1,3}[.)]?")
_FIRST_COLUMN = re.compile(r"\(1\)")
_HEAD = re.compile(r"TT|S\w?T")  # what is left of the ordinals' head, broken or not, dirt beside it
_FEWEST_COUNTED, _MOSTLY = 3, 0.6  # steps from an ordinal to the next, and share of the first column's texts


def counts_rows(texts: Sequence[str]) -> bool:
    """Whether most texts of the first column count the rows one by one: then figures over each other are
    lines of cells too narrow for them (`165.5` over `00`), not rows."""
    numbers = [int(text.strip(" .)")) if _COUNT.fullmatch(text.strip()) else None for text in texts]
    first = next((k for k, number in enumerate(numbers) if number is not None), len(numbers))
    body = numbers[first:]  # without the print of a header
    starts = Counter(number - place for place, number in enumerate(body) if number is not None)
    counted = [number for number in body if number is not None]
    followed = sum(b == a + 1 for a, b in itertools.pairwise(counted))
    on = max(followed, max(starts.values(), default=0) - 1)  # one misread number does not end the count
    return on >= _FEWEST_COUNTED and on >= _MOSTLY * (len(body) - 1)


def first_row(texts: Sequence[str], heights: Sequence[float], near: float) -> int:
    """The first of the texts that is no header's: the one from which rows are counted on, or that names the
    section over it, where the ordinals' head stands above. Over it, whatever its words and the dirt round
    them look like, is the header; what stands within `near` of the head is dirt beside it. `heights` are the
    texts' middles, from the top down."""
    start = _counted_from(texts)
    while start and _names_section(texts[start - 1]):
        start -= 1
    if not _is_head(texts[:start]) or not counts_rows(texts[start:]):
        return 0
    last = max(k for k in range(start) if any(c.isalpha() for c in texts[k]))
    rows = [k for k in range(start) if texts[k].isdecimal() and heights[k] - heights[last] >= near]
    return 0 if rows else start


def _names_section(text: str) -> bool:
    """Whether a text is a section's ordinal (`II`, `A`); a `T` is the end of a broken `STT`."""
    return is_ordinal(text) and not text.isdecimal() and text != "T"


def is_one_row_headed(texts: Sequence[str]) -> bool:
    """Whether the texts of a first column are the ordinals' head and one row's number."""
    numbers = [bool(_COUNT.fullmatch(text.strip())) for text in texts]
    return len(texts) > 1 and sum(numbers) == 1 and numbers[-1] and _is_head(texts[:-1])


def _counted_from(texts: Sequence[str]) -> int:
    """The text with which a count begins that goes on in the next number; a row of column numbers begins with
    one in brackets."""
    numbers = [(k, int(t.strip(" .()"))) for k, t in enumerate(texts) if _COUNT.fullmatch(t.strip())]
    steps = (k for (k, number), (_, after) in itertools.pairwise(numbers) if after == number + 1)
    bracketed = (k for k, text in enumerate(texts) if _FIRST_COLUMN.fullmatch(text.strip()))
    return min([*itertools.islice(bracketed, 1), *itertools.islice(steps, 1)], default=0)


def _is_head(texts: Sequence[str]) -> bool:
    """Whether texts over each other are the head of a column of ordinals, dirt beside it or not."""
    joined = "".join(text for text in texts if not text.isdecimal())
    return any(map(is_ordinal_head, texts)) or bool(_HEAD.search(joined))
