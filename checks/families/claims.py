"""Equations that sentences and notes state of their own figures: changes, rates, what is left, shares, words.

What the words leave no doubt of is held against the sentence; what may mean another figure is only where it
comes out, or is one slip of a typist away from that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from checks.figures import Book
from checks.relation import HUNDRED, ONE, Relation, Term, judge
from checks.said import SaidClaim
from checks.search.blame import typing_share
from checks.search.slips import plain_digits
from model.flag import FlagKind
from normalize.sums import exponent_of

_KINDS: dict[str, tuple[FlagKind, str]] = {
    "change": ("delta", "hiệu hai số nêu trong câu"),
    "growth": ("delta", "mức tăng, giảm của hai số nêu trong câu (%)"),
    "ratio": ("percent", "tính từ hai số nêu trong câu"),
    "remainder": ("prose_sum", "hiệu các số nêu trước"),
    "mean": ("formula", "thương của hai số nêu trong câu"),
    "share": ("percent", "tính từ các số nêu trong câu"),
    "spelled": ("text_vs_number", "số viết bằng chữ"),
}
_LIST = 3  # shares of one list
_RATES = frozenset({"growth", "ratio", "share"})
_QUOTIENTS = _RATES | {"mean"}


def find(book: Book) -> Iterator[Relation]:
    """The relation of every claim that is one."""
    shares: dict[str, list[SaidClaim]] = {}
    for claim in book.claims:
        if claim.kind == "share":
            shares.setdefault(claim.text, []).append(claim)
        elif (relation := _meant(book, claim)) is not None:
            yield relation
    for members in shares.values():
        yield from _shares(book, members)


def relation_of(claim: SaidClaim, whole: int | None = None) -> Relation:
    """A claim as a relation; a share of `whole`."""
    kind, words = _KINDS[claim.kind]
    wholes = (whole,) if whole is not None else claim.wholes
    return Relation(
        kind,
        "prose",
        claim.target,
        tuple(Term(n, ONE * sign) for n, sign in claim.terms),
        tuple(Term(n) for n in wholes) if claim.kind in _QUOTIENTS else (),
        HUNDRED if claim.kind in _RATES else ONE,
        family=f"claim:{claim.kind}:{claim.target}",
        words=words,
        rounds=claim.kind == "mean",
    )


def _meant(book: Book, claim: SaidClaim) -> Relation | None:
    """The claim's relation where it holds, or its words are sure, or a slip of the typist explains what it is
    off. A change of rates may be a rate itself."""
    relation = relation_of(claim)
    if judge(relation, book.amounts, book.figures).closes:
        return relation
    if claim.kind == "change" and all(book.figures[n].percent for n in relation.figures):
        rate = relation_of(replace(claim, kind="growth", wholes=(claim.terms[1][0],)))
        if judge(rate, book.amounts, book.figures).closes:
            return rate
    return relation if claim.sure or slipped(book, relation) else None


def slipped(book: Book, relation: Relation) -> bool:
    """Whether one slip of a typist makes what a relation asks for into what its target says."""
    meant = judge(relation, book.amounts, book.figures).predicted
    if meant is None:
        return False
    places = max(0, -exponent_of(book.figures[relation.target].step))
    return typing_share(plain_digits(book.amounts[relation.target], places), plain_digits(meant, places)) > 0


def _shares(book: Book, members: Iterable[SaidClaim]) -> Iterator[Relation]:
    """The shares of one sentence: of the whole that makes them come out, else of the one that is named, else
    of the one that others of the sentence are shares of."""
    claims = list(members)
    parts = {claim.terms[0][0] for claim in claims}
    held: dict[int, list[Relation]] = {}
    for i, claim in enumerate(claims):
        wholes = list(dict.fromkeys(n for n in (claim.named, *claim.wholes) if n is not None))
        offers = [replace(relation_of(claim, n), tries=len(wholes)) for n in wholes]
        held[i] = [r for r in offers if judge(r, book.amounts, book.figures).closes]
    shared = Counter(r.whole[0].figure for found in held.values() for r in found[:1])
    together = _of_their_sum(book, claims, held)
    for i, claim in enumerate(claims):
        whole = claim.named
        if whole is None:
            whole = next((n for n in claim.wholes if n in shared and n not in parts), None)
        by_chance = held[i] and whole is not None and shared[whole] > 1 and _is_sibling(book, held[i], parts)
        if held[i] and not by_chance:
            yield held[i][0]
        elif whole is not None and book.amounts[claim.terms[0][0]] <= book.amounts[whole]:
            yield relation_of(claim, whole)
        elif together:
            yield together[i]


def _is_sibling(book: Book, held: Sequence[Relation], parts: Set[int]) -> bool:
    """Whether a share printed without decimals comes out of other parts of the list alone: that is chance."""
    return all(r.whole[0].figure in parts and book.figures[r.target].step >= ONE for r in held)


def _of_their_sum(
    book: Book, claims: Sequence[SaidClaim], held: Mapping[int, Sequence[Relation]]
) -> list[Relation]:
    """The shares of a list whose whole is not told but is the sum of its parts, as two of them at least and
    all but one say."""
    if len(claims) < _LIST or any(held.values()):
        return []
    parts = tuple(Term(claim.terms[0][0]) for claim in claims)
    found = [replace(relation_of(claim), whole=parts) for claim in claims]
    closing = sum(judge(r, book.amounts, book.figures).closes for r in found)
    return found if closing >= max(2, len(claims) - 1) else []
