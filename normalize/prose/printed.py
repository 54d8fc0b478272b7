"""What a sentence prints for a figure that was read from it: its groups, its scale word."""

from __future__ import annotations

from functools import lru_cache

from model.value import DecimalMark, Value
from normalize.numbers import parse_number
from normalize.prose.figures import find_figures


@lru_cache(maxsize=1024)
def scaled_print(text: str, value: Value, mark: DecimalMark) -> tuple[str, int]:
    """What a sentence prints for a value that was read from it, and the power of ten of its scale word:
    (`104,76 tỷ đồng`, 9), (`10.101`, 0); ('', 0) where it is not found again."""
    key = (value.amount, value.decimals)
    for figure in find_figures(text, mark):
        if (figure.value.amount, figure.value.decimals) != key or figure.interval is not None:
            continue
        bare = parse_number(figure.printed, mark)
        power = bare.decimals - value.decimals if bare is not None else 0
        return (text[figure.start : figure.end].strip() if power else figure.printed), power
    return "", 0
