"""Changes that a sentence tells with both of their figures: `12 người, giảm 7 người so với năm trước (19
người)`, `giảm từ 38,15% xuống còn 34,55%, tương ứng giảm 3,60 điểm phần trăm`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.prose.claims import Claim, Clauses
from normalize.prose.figures import Figure

# From a change to what it is counted from: `so với năm 2022 (`, `(tương ứng ...) so với cùng kỳ là`.
_COMPARED = re.compile(
    r"^[^.;]{0,40}?\b(?:so voi|cung ky)\b[^.;,]{0,50}?(?P<mark>\(|\bla\b|:)"
    r"\s*(?:(?:cung ky|nam truoc|ky truoc|nam \d{4})\s*)?(?:la|:|co|dat|chi co|chi dat)?\s*$"
)
# The other way round: `so với năm 2022 (17 người) giảm 5 người`.
_COMPARED_FIRST = re.compile(r"\bso voi\b[^.;,\d]{0,30}(?:\d{4})?\s*(?:\(|\bla\b)\s*$")
_THEN = re.compile(r"^[\s),]*(?:thi\s+)?(?:da\s+)?(?:tang|giam)(?:\s+(?:them|la))?\s*$")
_RATIO = re.compile(r"\b(?:bang|dat|tuong duong)\s*$")
_RATIO_OF = re.compile(
    r"^\s*(?:so voi\s+|cua\s+)?(?:cung ky|ke hoach|du toan|nghi quyet|chi tieu|nam truoc|nam \d{4}|quy|thang)"
    r"[^.;,()\d]{0,40}(?:\d{4})?\s*(?:\(|\bla\b)\s*(?:la\s*)?$"
)
_FROM = re.compile(r"\btu\s*(?:muc\s*)?$")
_TO = re.compile(r"^[^.;]{0,45}?\b(?:len|xuong|con|thanh)\b[^.;\d]{0,25}$")
_YEARS = re.compile(r"\b(?:nam|thang|quy|ngay)\s+[\d/]+")
_BY = re.compile(
    r"^[^.;]{0,45}?(?:\b(?:tang|giam|tuong ung|tuong duong|tuc|cao hon|thap hon)\b[^.;\d]{0,25})$"
)
_TOO = re.compile(
    r"^\s*(?:,|\()?\s*(?:(?:tuong ung|tuong duong|tuc|bang|dat)(?: (?:la|voi))?\s*)?(?:(?:tang|giam)\s*)?$"
)
_EXCEEDS = re.compile(r"\bvuot(?: (?:so voi )?(?:ke hoach|chi tieu|du toan))?\s*$")
_HIGHER = re.compile(r"^[^.;]{0,20}\b(?P<word>cao|thap) hon\b[^.;()]{0,40}\(\s*$")
_BY_SO_MUCH = re.compile(r"^\s*\)?\s*(?:la\s*)?$")
_PLANNED = re.compile(r"\b(?:ke hoach|chi tieu|du toan|duoc giao|giao|nghi quyet)\b")
_PLAN_LETTERS = 60  # before a plan's figure
_FURTHEST = 140  # letters between a figure and its change
_RATES = ("percent", "percent_point")


def find(clauses: Clauses) -> Iterator[Claim]:
    """The changes of a sentence that stand beside both figures they are counted from."""
    figures = clauses.figures
    for i, figure in enumerate(figures):
        if figure.role == "change":
            yield from _against(clauses, i)
            yield from _over_plan(clauses, i)
        elif figure.unit == "percent" and _RATIO.search(clauses.key[: figure.start]):
            yield from _ratio(clauses, i)
    for i in range(len(figures) - 2):
        yield from _from_to(clauses, i)
        yield from _above(clauses, i)


def _against(clauses: Clauses, i: int) -> Iterator[Claim]:
    """A change with its figure before it and, behind it or right before it, the one it is counted from."""
    change = clauses.figures[i]
    old = None
    for j in range(i + 1, min(i + 3, len(clauses.figures))):
        if _COMPARED.match(_without_years(clauses.between(change, clauses.figures[j]))):
            old = j
            break
    first = clauses.figures[i - 1]
    if old is None and i and _THEN.match(clauses.between(first, change)):
        old = i - 1 if _COMPARED_FIRST.search(clauses.key[: first.start]) else None
    if old is None:
        return
    then = clauses.figures[old]
    now = _figure_of(clauses, min(i, old), then, apart=old < i)
    if now is not None:
        yield from _changed(clauses, change, now, then)


def _over_plan(clauses: Clauses, i: int) -> Iterator[Claim]:
    """`được giao 140 vụ, thực hiện 161 vụ, vượt 15% chỉ tiêu`."""
    change = clauses.figures[i]
    if i < 2 or not _EXCEEDS.search(clauses.key[: change.start]):
        return
    then, now = clauses.figures[i - 2 : i]
    planned = _PLANNED.search(clauses.key[max(0, then.start - _PLAN_LETTERS) : then.start])
    apart = re.search(r"[;.]\s", clauses.between(then, change))
    if planned and not apart and clauses.alike(then, now) and now.role == then.role == "value":
        yield from _changed(clauses, change, now, then)


def _figure_of(clauses: Clauses, before: int, then: Figure, apart: bool = False) -> Figure | None:
    """The nearest figure before a place that counts what another does, in the same clause or, where the words
    say what is compared (`apart`), in the one before."""
    for figure in reversed(clauses.figures[:before]):
        if then.start - figure.end > _FURTHEST or (not apart and ";" in clauses.between(figure, then)):
            return None
        if figure.role == "value" and clauses.alike(figure, then):
            return figure
    return None


def _changed(clauses: Clauses, change: Figure, now: Figure, then: Figure) -> Iterator[Claim]:
    rate = clauses.noun(now) == "%"
    yield from _companion(clauses, change, now, then)
    if change.unit in _RATES and not rate:
        yield Claim("growth", change, ((now, 1), (then, -1)), (then,))
    elif rate == (change.unit in _RATES) and (rate or clauses.alike(change, now)):
        yield Claim("change", change, ((now, 1), (then, -1)))


def _companion(clauses: Clauses, change: Figure, now: Figure, then: Figure) -> Iterator[Claim]:
    """The same change told once more right behind it, in percent (`giảm 328 người, tương ứng 20%`)."""
    behind = next((f for f in clauses.figures if f.start >= change.end), None)
    if behind is None or behind.unit != "percent" or change.unit in _RATES:
        return
    if _TOO.match(clauses.between(change, behind)):
        fell = change.value.amount < 0 < behind.value.amount
        first, second = (then, now) if fell else (now, then)
        yield Claim("growth", behind, ((first, 1), (second, -1)), (then,))


def _ratio(clauses: Clauses, i: int) -> Iterator[Claim]:
    """`2,4 tỷ đồng, bằng 120% so với cùng kỳ (2,0 tỷ đồng)`."""
    rate = clauses.figures[i]
    if i == 0 or i + 1 == len(clauses.figures):
        return
    then = clauses.figures[i + 1]
    if not _RATIO_OF.match(_without_years(clauses.between(rate, then))):
        return
    now = _figure_of(clauses, i, then)
    if now is not None and clauses.noun(then) != "%":
        yield Claim("ratio", rate, ((now, 1),), (then,))


def _above(clauses: Clauses, i: int) -> Iterator[Claim]:
    """`đạt 94,2%, thấp hơn chỉ tiêu (95%) 0,8 điểm phần trăm`."""
    now, then, apart = clauses.figures[i : i + 3]
    above = _HIGHER.search(clauses.key[now.end : then.start])
    if above is None or not _BY_SO_MUCH.match(clauses.between(then, apart)) or not clauses.alike(now, then):
        return
    if apart.role != "change" and clauses.alike(apart, now):
        sign = 1 if above["word"] == "cao" else -1
        yield Claim("change", apart, ((now, sign), (then, -sign)))


def _from_to(clauses: Clauses, i: int) -> Iterator[Claim]:
    """`tăng từ 45 vụ năm 2022 lên 60 vụ (tăng 15 vụ)`."""
    then, now, change = clauses.figures[i : i + 3]
    if not _FROM.search(clauses.key[: then.start]) or not clauses.alike(then, now):
        return
    if not _TO.match(_without_years(clauses.between(then, now))):
        return
    if not _BY.match(_without_years(clauses.between(now, change))) or change.role == "rank":
        return
    if change.role == "change" or now.value.amount >= then.value.amount:
        yield from _changed(clauses, change, now, then)
    else:
        yield from (
            Claim(claim.kind, claim.target, tuple((f, -s) for f, s in claim.terms), claim.wholes)
            for claim in _changed(clauses, change, now, then)
        )


def _without_years(words: str) -> str:
    return _YEARS.sub("nam", words)
