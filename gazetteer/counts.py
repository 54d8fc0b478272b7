"""Counts of units by level and type at the end of each year: `python -m gazetteer.counts`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date

from gazetteer.gazetteer import Gazetteer

_DAYS = (
    *(date(year, 12, 31) for year in range(2004, 2025)),
    date(2025, 1, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2026, 4, 30),
)


def count_lines(gazetteer: Gazetteer) -> Iterator[str]:
    """A Markdown table: provinces, districts, communes, and communes by type, one line a day."""
    yield "| day | provinces | districts | communes | xã | phường | thị trấn | đặc khu |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for day in _DAYS:
        units = gazetteer.units(day)
        levels = Counter(unit.level for unit in units)
        types = Counter(unit.type for unit in units if unit.level == 3)
        figures = [levels[1], levels[2], levels[3]]
        figures += [types["xã"], types["phường"], types["thị trấn"], types["đặc khu"]]
        yield "| " + " | ".join([day.isoformat(), *(f"{n:,}" for n in figures)]) + " |"


if __name__ == "__main__":
    for line in count_lines(Gazetteer.load()):
        sys.stdout.write(line + "\n")
