"""What a sentence says is left of a figure: `được giao 250 người, có mặt 184 người, còn thiếu 66 người`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.prose.claims import Claim, Clauses, counts_before
from normalize.prose.figures import Figure

_LEFT = re.compile(
    r"\b(?:con (?:lai|thieu|no|phai|du|ton|trong|chua)\b"
    r"|chua (?:giai quyet|thuc hien|giai ngan|su dung|hoan thanh)\b"
    r"|thieu\b|chenh lech\b|vang(?: mat)?\b|con\s*$)[^.;,()\d]{0,60}$"
)
_DIFFERENCE = re.compile(r"\bchenh lech\b")
_PARTS = re.compile(r"\b(?:trong do|bao gom|gom|chia ra)\b")
_OF_PLAN = re.compile(
    r"\b(?:giao|ke hoach|nhu cau|dinh muc|tong|phai|can|tiep nhan|thu ly|duoc cap|dang ky|quy hoach|phe duyet"
    r"|trieu tap|moi)\b"
)
_CLAUSE = re.compile(r"[,;:.(](?!\d)")
_MOST = 6  # figures before what is left


def find(clauses: Clauses) -> Iterator[Claim]:
    """What is left of the first of some figures that count the same, once the others are taken from it."""
    for figure in clauses.figures:
        if figure.role != "value" or figure.value.of is not None or figure.unit == "rank":
            continue
        if not _LEFT.search(clauses.key[_clause_start(clauses.key, figure.start) : figure.start]):
            continue
        before = [f for f in _before(clauses, figure) if clauses.alike(f, figure)][:_MOST]
        if len(before) < 2 or any(f.value.of is not None for f in before):
            continue
        first, last = before[-1], before[0]
        said = clauses.key[first.end : figure.start]
        if _PARTS.search(said):
            continue
        if first.value.amount < max(f.value.amount for f in before):
            continue
        start = _clause_start(clauses.key, first.start)
        sure = len(before) == 2 and last.value.amount < first.value.amount
        if ";" in said and not sure:
            continue
        rated = figure.unit in ("score", "percent", "percent_point")
        sure = sure and (rated or bool(_OF_PLAN.search(clauses.key[start : first.start])))
        yield Claim("remainder", figure, ((first, 1), *((f, -1) for f in before[:-1])), sure=sure)


def _before(clauses: Clauses, figure: Figure) -> Sequence[Figure]:
    """The figures before one that may be what it is left of: of scores and rates the two right before it,
    where it is called their difference."""
    if figure.unit not in ("score", "percent", "percent_point"):
        return counts_before(clauses, figure.start)
    if not _DIFFERENCE.search(clauses.key[_clause_start(clauses.key, figure.start) : figure.start]):
        return ()
    return [f for f in reversed(clauses.figures) if f.end <= figure.start and f.role != "rank"][:2]


def _clause_start(key: str, place: int) -> int:
    return max((m.end() for m in _CLAUSE.finditer(key, 0, place)), default=0)
