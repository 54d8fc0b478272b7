"""What the cells of a header may be called: known headings, those of the document itself, and what is made of
them by the words that stand before headings and by shortening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from extract.dump.torn.fit import places_of, word_fit
from extract.dump.torn.printed import TornHeader, key_of
from normalize.lexicon import entries
from normalize.ordinals import is_ordinal_head
from normalize.totals import begins_with_sum
from normalize.unicode import fold

Sort = Literal["ordinal", "total", "share", "note", "label", "plain"]
# Of a phrase's letters that the header's words must explain, anywhere, for it to be tried; for it to be taken
# as there; and under a group that is there.
_TRIED, _SURE, _LEAST_UNDER = 0.72, 0.85, 0.45
_MOST_LABELS, _MOST_BESIDE, _MOST_OTHERS = 8, 24, 60
_GROUP_LINES = 2
_UNIT = "(%)"
# What a phrase that was made of two, or shortened, is less likely than one that is known as it stands.
_MADE, _SHORTENED = 0.8, 0.3
# A heading of another kind of report than the header's is so much less likely; the header is of the kinds
# whose headings of several words are there with so much of their letters, and explain so much of what the
# most does.
_FROM_ELSEWHERE, _AT_HOME, _AS_MUCH = 4.0, 0.85, 0.5
_EVERYWHERE = frozenset(("mọi biểu", "thống kê theo địa bàn", "so sánh hai kỳ"))
# After `số` these make one word with it: nothing is counted.
_NO_COUNT = frozenset(("hoa", "luong", "lieu", "tt", "thu"))
_LABELS = frozenset(
    (
        "don vi",
        "ten don vi",
        "noi dung",
        "co quan",
        "dia phuong",
        "dia ban",
        "chi tieu",
        "tieu chi",
        "ho va ten",
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A heading as it is written, the keys of its words, what sort of column it heads, what it costs to think
    of it, and what it is spelled out where print shortens it ."""

    text: str
    words: tuple[str, ...]
    sort: Sort
    cost: float = 0.0
    whole: str = ""

    @property
    def name(self) -> str:
        """The heading spelled out, as the lists have it."""
        return self.whole or self.text


def phrase(text: str, cost: float = 0.0) -> Phrase:
    """A heading with the keys of its words."""
    words = tuple(key for word in text.split() if (key := key_of(word)))
    return Phrase(text, words, _sort(text), cost)


def _sort(text: str) -> Sort:
    key = fold(text)
    if is_ordinal_head(text):
        return "ordinal"
    if key.startswith(("ty le", "ti le")) or "%" in key:
        return "share"
    if begins_with_sum(key) or key.startswith("tong"):
        return "total"
    if key.startswith("ghi chu"):
        return "note"
    return "label" if any(key.startswith(label) for label in _LABELS) else "plain"


@cache
def _known() -> tuple[tuple[Phrase, str], ...]:
    """The known headings, each with the kind of report where it is at home."""
    found: dict[str, tuple[Phrase, str]] = {}
    groups = [(group, where) for group, _, where in entries("head_groups")]
    for text, where in (*entries("headings"), *entries("report_heads"), *groups):
        found.setdefault(text, (phrase(text), where.split(",")[0]))
    return tuple(found.values())


@cache
def groups_known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The headings that stand over several columns, spelled out, each with what stands under it in order (one
    of several in each place)."""
    return {
        group: tuple(tuple(map(str.strip, text.split("|"))) for text in under.split(";"))
        for group, under, _ in entries("head_groups")
    }


def place_under(p: Phrase, group: Phrase) -> int | None:
    """Which place a heading has under a group's where it is known there."""
    places = groups_known().get(group.name, ())
    return next((i for i, texts in enumerate(places) if p.name in texts), None)


@cache
def _before() -> tuple[str, ...]:
    return tuple(text for text, _ in entries("heads_before"))


def phrases_for(header: TornHeader, own: Iterable[str] = ()) -> list[Phrase]:
    """The headings that the words of a header may be: known ones and the document's `own`, what stands before
    headings put before them, shortened as print shortens them. Where headings of groups are there as they are
    known, what is known under them comes before all others."""
    words = {word.key for line in header.lines for word in line if word.key}
    words |= {a.key + b.key for line in header.lines for a, b in pairwise(line)}
    printed = _Printed(words)
    offers = [(p, where, printed.share(p)) for p, where in _known()]
    homes = _homes(offers)
    groups = [
        p
        for name in groups_known()
        for p in _spelled(phrase(name))
        if printed.share(p) >= _SURE and _stands(p, header)
    ]
    under = dict.fromkeys(text for g in groups for place in groups_known()[g.name] for text in place)
    others = [p for p, where, share in offers if where in homes and share >= _TRIED]
    others += [p for p in map(phrase, own) if printed.share(p) >= _TRIED]
    if not groups:
        others += [
            replace(p, cost=_FROM_ELSEWHERE) for p, w, share in offers if w not in homes and share >= _SURE
        ]
        others += [made for p in others if printed.share(p) >= _SURE for made in _made_of(p)]
    found = [p for text in under for p in _spelled(phrase(text)) if printed.share(p) >= _LEAST_UNDER]
    ranked = sorted(
        (p for other in others for p in _spelled(other) if printed.share(p) >= _TRIED),
        key=lambda p: (-printed.share(p) * sum(map(len, p.words)) + p.cost, p.text),
    )
    few = [p for p in ranked if p.sort in ("ordinal", "label", "note")]
    many = [p for p in ranked if p.sort not in ("ordinal", "label", "note")]
    kept = [*groups, *found, *few[:_MOST_LABELS], *many[: _MOST_BESIDE if groups else _MOST_OTHERS]]
    kept += [with_unit for p in kept for with_unit in _with_unit(p, header)]
    return list({p.text: p for p in reversed(kept)}.values())[::-1]


def _with_unit(p: Phrase, header: TornHeader) -> list[Phrase]:
    """A share's phrase with the unit in brackets that stands in the header."""
    printed = any(word.text == _UNIT for line in header.lines for word in line)
    if p.sort != "share" or not printed or p.text.endswith(")"):
        return []
    return [replace(phrase(f"{p.text} {_UNIT}", p.cost), whole=p.name)]


@dataclass(slots=True)
class _Printed:
    """The words of a header by their keys, and how well each word of a phrase is among them."""

    keys: set[str]
    best: dict[str, float] = field(default_factory=dict)

    def share(self, p: Phrase) -> float:
        """The share of a phrase's letters that some word explains; a fused or cut one, too."""
        found = total = 0.0
        for k, word in enumerate(p.words):
            if word not in self.best:
                self.best[word] = max((word_fit(word, key) for key in self.keys), default=0.0)
            share = self.best[word]
            if share < len(word) and self._fused(p.words, k):
                share = float(len(word))
            found, total = found + share, total + len(word)
        return found / total if total else 0.0

    def _fused(self, words: tuple[str, ...], k: int) -> bool:
        """Whether a printed word is the phrase's word with a neighbour."""
        pairs = {"".join(words[k : k + 2]), "".join(words[max(0, k - 1) : k + 1])} - {words[k]}
        return not pairs.isdisjoint(self.keys)


def _stands(p: Phrase, header: TornHeader) -> bool:
    """Whether a group's heading stands in the header nearly whole on a line or two."""
    places = places_of(p.words, header)
    return any(x.found >= _SURE and len(x.taken) <= _GROUP_LINES for x in places)


def _homes(offers: Sequence[tuple[Phrase, str, float]]) -> frozenset[str]:
    """The kinds of report that the header is of: those whose own headings explain most, and every kind's."""
    worth: dict[str, float] = {}
    for p, where, share in offers:
        if share >= _AT_HOME and len(p.words) > 1:
            worth[where] = worth.get(where, 0.0) + sum(map(len, p.words))
    most = max((w for where, w in worth.items() if where not in _EVERYWHERE), default=0.0)
    return _EVERYWHERE | {where for where, w in worth.items() if w >= _AS_MUCH * most}


def _made_of(p: Phrase) -> list[Phrase]:
    """The phrase with each of the words before it that make another heading of it."""
    key = fold(p.text)
    if p.sort != "plain":
        return []
    out = []
    for before in _before():
        if key.split()[0] in fold(before).split() or key.startswith("so "):
            continue
        out.append(phrase(f"{before} {p.text[:1].lower()}{p.text[1:]}", _MADE))
    counted, *rest = p.text.split()
    if fold(counted) == "so" and rest and fold(rest[0]) not in _NO_COUNT:
        out.append(phrase(f"Tỷ lệ {' '.join(rest)}", _MADE))
    return out


def _spelled(p: Phrase) -> list[Phrase]:
    """The phrase, and with what print shortens in it, each alone and all together."""
    out = [p.text]
    for whole, short, _ in entries("shortened_heads"):
        for text in tuple(out):
            if (found := _put(text, whole, short)) is not None:
                out.append(found)
    return [p, *(replace(phrase(text, p.cost + _SHORTENED), whole=p.text) for text in dict.fromkeys(out[1:]))]


def _put(text: str, whole: str, short: str) -> str | None:
    """The text with the folded words `whole` replaced by `short`; None where it has none."""
    words, wanted = text.split(), whole.split()
    for i in range(len(words) - len(wanted) + 1):
        if [fold(w) for w in words[i : i + len(wanted)]] == wanted:
            put = short if i else short[:1].upper() + short[1:]
            return " ".join([*words[:i], put, *words[i + len(wanted) :]])
    return None
