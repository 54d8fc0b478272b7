"""Word lists as data: `data/NAME.tsv`, a word a line with where it was met; `#` begins a remark."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of one list as tuples of fields, remarks and empty lines left out.

    Words are folded (`normalize.unicode.fold`) unless the list says otherwise; the last field says where the
    word was met. Raises FileNotFoundError for a list that is not there.
    """
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(field.strip() for field in line.split("\t")) for line in lines)
