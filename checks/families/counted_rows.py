"""Which rows a total row may count, by where they stand and how deep they are."""

from __future__ import annotations

from checks.view import Sheet


def candidate_rows(sheet: Sheet, total: int) -> list[tuple[int, ...]]:
    """Sets of rows a total row may count, likeliest first: rows of one level above it (or below it, when
    it stands first), since the total before it or over the whole table."""
    kinds, levels = sheet.kinds, sheet.levels
    above = [r for r in sheet.body if r < total]
    below = [r for r in sheet.body if r > total]
    totals = [r for r in (*above, *below) if kinds[r] == "total"]
    spans: list[list[int]] = []
    last = max((r for r in totals if r < total), default=None)
    following = min((r for r in totals if r > total), default=None)
    if above:
        spans.append(above)
        if last is not None:
            spans.append([r for r in above if r > last])
    if below:
        spans.append(below)
        if following is not None:
            spans.append([r for r in below if r < following])
    out: dict[tuple[int, ...], None] = {}
    for span in spans:
        plain = [r for r in span if kinds[r] != "total"]
        by_level: dict[int, list[int]] = {}
        for r in plain:
            by_level.setdefault(levels[r], []).append(r)
        for level in sorted(by_level):
            out[tuple(by_level[level])] = None
        out[tuple(plain)] = None
        out[tuple([r for r in plain if kinds[r] == "section"])] = None
        out[tuple([r for r in span if kinds[r] == "total"])] = None
    return [rows for rows in out if len(rows) >= 2]
