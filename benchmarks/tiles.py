"""How the cursor moves over a sheet of tiles."""

from __future__ import annotations

from collections.abc import Sequence


def moves(places: Sequence[tuple[float, float]], start: int, goal: int) -> list[str]:
    """The fewest arrows from a tile to another, as the page moves."""
    ways: dict[int, list[str]] = {start: []}
    seen = [start]
    for n in seen:
        for key, other in _steps(places, n).items():
            if other not in ways:
                ways[other] = [*ways[n], key]
                seen.append(other)
    return ways[goal]


def _steps(places: Sequence[tuple[float, float]], n: int) -> dict[str, int]:
    x, y = places[n]
    steps = {"ArrowRight": min(n + 1, len(places) - 1), "ArrowLeft": max(n - 1, 0)}
    for key, rows in (
        ("ArrowDown", [b for _, b in places if b > y]),
        ("ArrowUp", [b for _, b in places if b < y]),
    ):
        if rows:
            row = min(rows) if key == "ArrowDown" else max(rows)
            beyond = [m for m, (_, b) in enumerate(places) if b == row]
            steps[key] = min(beyond, key=lambda m: abs(places[m][0] - x))
    return steps
