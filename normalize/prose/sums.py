"""Sums that a text states itself: `10.101 hồ sơ, trong đó: trực tuyến 731, ...`, in prose and in notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.value import DecimalMark, Value
from normalize.prose.figures import Figure, find_figures, plain_key
from normalize.prose.sentences import LONGEST_SENTENCE, sentences
from normalize.unicode import squeeze

_DIGITS = re.compile(r"\d+")
_FEWEST_FIGURES = 3  # of a sum: a total and two parts
_USUAL_PAIR = 2  # categories that make a list one of parts, without a word that says so
_CONNECTOR = re.compile(
    r"(?P<word>[\s,;.(]*(?:trong do|bao gom|gom|chia ra|cu the)(?P<having>\s+co)?\s*[:,]?\s*)"
    r"|(?P<colon>\s*:\s+)|(?P<loose>\s*;\s+)|(?P<bracket>\s*\(\s*)"
)
_CATEGORY = re.compile(
    r"^[\s+*–-]*(?:so\s+)?(?:ho so\s+)?(?:da\s+|duoc\s+)?(?:giai quyet\s+|tiep nhan\s+|nhan\s+|nop\s+)?"
    r"(?:truoc han|som han|dung han|qua han|tre han|trong han|truc tiep|truc tuyen"
    r"|ky truoc|tu ky truoc|cap tinh"
    r"|cap huyen|cap xa|cap thanh pho|moi tiep nhan|tiep nhan moi|ton|so moi|so ton|chuyen tu ky truoc"
    r"|truoc va dung han|dung va truoc han|qua buu chinh|buu chinh|nam|nu|dang vien|da giai quyet"
    r"|dang giai quyet|tra lai|rut|(?:khong )?(?:dat|hop le|du dieu kien))\b"
)
_OPENS_LIST = re.compile(r"^\W*trong(?: (?:tong )?so)?\s*$")
_ALL_PARTS = re.compile(r"\b(?:gom|chia ra)\b")
_COUNTED = frozenset(("", "count", "other", "money_vnd"))
_AND = re.compile(r"[^.;:()\d]{0,60}\b(?:va|voi|cung)\s+(?:[a-z]+\s+){0,2}$")
_IN_ALL = re.compile(r"[^.;:()\d]{0,60}[,;]\s*(?:tat ca|(?:nang )?tong (?:cong|so))\b[^.;:()\d]{0,50}$")
_LISTS = re.compile(r"\b(?:gom|trong do)\b")
_NOUN = re.compile(r"\s*([a-z]+)")
_AFTER_LAST = re.compile(r"[^\d,;:]{0,60}[.;]?\s*$")
_SPLIT = re.compile(r"[;,](?!\d)|\s(?:và|va)\s|\s[+–-]\s")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A total and the parts that the text says make it up.

    `text` is the stretch from the total to the last part. `sure` is False where the list may leave parts
    out (`trong đó` without a colon and without the usual pair of categories). `whole` says that its words
    promise all parts (`gồm`); `closed` that the list goes on to the end of its sentence, all of one thing.
    """

    total: Value
    parts: tuple[Value, ...]
    text: str
    sure: bool = True
    whole: bool = False
    closed: bool = False


def find_sums(text: str, mark: DecimalMark) -> list[StatedSum]:
    """The sums a text states, in order; only lists of two parts and more of the total's kind count."""
    found: list[StatedSum] = []
    if len(_DIGITS.findall(text)) < _FEWEST_FIGURES:
        return found
    for sentence in sentences([(squeeze(text), 0, 0)]):
        if len(sentence.text) > LONGEST_SENTENCE:
            continue
        found += _sums_of_sentence(sentence.text, mark)
    return found


def _sums_of_sentence(text: str, mark: DecimalMark) -> list[StatedSum]:
    bare = _without_asides(text)
    key = plain_key(bare)
    figures = find_figures(bare, mark)
    connectors = list(_CONNECTOR.finditer(key))
    found: list[StatedSum] = []
    covered = 0
    for i, connector in enumerate(connectors):
        if connector["loose"] and connector.start() < covered:  # it parts the list of another total
            continue
        total = _total_before(figures, bare, connector.start())
        if total is None or connector["having"]:
            continue
        end = next((c.start() for c in connectors[i + 1 :] if c["word"] or c["colon"]), len(bare))
        if connector["bracket"]:
            end = bare.find(")", connector.end())
        parts, categories = _parts(bare, connector.end(), end, figures, total)
        listed = bool(connector["colon"] and _OPENS_LIST.search(key[: total.start]))
        if (
            connector["word"] is None
            and not listed
            and categories < (1 if connector["colon"] else _USUAL_PAIR)
        ):
            continue
        if len(parts) >= 2:
            covered = max(covered, parts[-1].end)
            sure = categories >= _USUAL_PAIR or ":" in connector.group()
            stretch = (
                text[total.start : parts[-1].end]
                if len(text) == len(bare)
                else bare[total.start : parts[-1].end]
            )
            found.append(
                StatedSum(
                    total.value,
                    tuple(p.value for p in parts),
                    squeeze(stretch),
                    sure,
                    bool(_ALL_PARTS.search(connector.group())),
                    _goes_to_end(bare, key, parts),
                )
            )
    return [*found, *_backwards(bare, key, figures)]


def _backwards(text: str, key: str, figures: list[Figure]) -> list[StatedSum]:
    """`15 trợ giúp viên và 09 luật sư, tổng cộng 24 người`: a total behind two parts."""
    out = []
    for a, b, total in zip(figures, figures[1:], figures[2:]):
        plain = all(f.role == "value" and f.value.of is None and f.unit in _COUNTED for f in (a, b, total))
        if not plain or not _AND.match(key[a.end : b.start]) or not _IN_ALL.match(key[b.end : total.start]):
            continue
        if not _LISTS.search(key[b.end : total.start]):
            out.append(StatedSum(total.value, (a.value, b.value), squeeze(text[a.start : total.end])))
    return out


def _goes_to_end(text: str, key: str, parts: list[Figure]) -> bool:
    """Whether a list of three parts and more, all of one thing, is the last its sentence says."""
    nouns = {
        match[1]
        for p in parts
        if (match := _NOUN.match(key, text.find(p.printed, p.start) + len(p.printed))) is not None
    }
    return len(parts) >= _FEWEST_FIGURES and len(nouns) == 1 and bool(_AFTER_LAST.match(key[parts[-1].end :]))


def _without_asides(text: str) -> str:
    """The text with brackets blanked out (same length), save brackets that hold the list of parts."""

    def blank(match: re.Match[str]) -> str:
        inner = plain_key(match.group())
        parts = [clause for clause in _SPLIT.split(inner.strip("() ")) if _CATEGORY.match(clause)]
        lists = re.match(r"^\(\s*(?:trong do|bao gom|gom)\b", inner) or len(parts) >= _USUAL_PAIR
        return match.group() if lists else " " * len(match.group())

    return _BRACKETS.sub(blank, text)


def _total_before(figures: list[Figure], text: str, place: int) -> Figure | None:
    """The count right before a connector: at most a few words without digits between them."""
    before = [f for f in figures if f.end <= place and f.role == "value"]
    if not before:
        return None
    total = before[-1]
    between = text[total.end : place]
    if re.search(r"\d|[.:;]", between) or len(between.split()) > 8:
        return None
    if total.unit not in ("", "count", "other", "money_vnd") or total.value.of is not None:
        return None
    return total


def _parts(text: str, start: int, end: int, figures: list[Figure], total: Figure) -> tuple[list[Figure], int]:
    """The figures of the clauses after a connector, one each, and how many clauses are usual categories.

    The list ends where a clause has two counts, or where the parts would pass over into another total. What a
    part holds itself, in brackets behind it, is no part of the whole.
    """
    parts: list[Figure] = []
    categories = 0
    place = start
    asides = [m.span() for m in _BRACKETS.finditer(text, start, end)]
    bounds = [m for m in _SPLIT.finditer(text, start, end) if not _within(m.start(), asides)]
    own = [f for f in figures if not _within(f.start, asides)]
    for first, last in zip(
        [start, *(m.end() for m in bounds)], [*(m.start() for m in bounds), end], strict=True
    ):
        inside = [f for f in own if first <= f.start and f.start < last and f.unit != "percent"]
        place = last
        if not inside:
            continue
        counted = [f for f in inside if f.counted] or inside
        if len(counted) > 1 or counted[0].value.of is not None:
            break
        if counted[0].unit not in ("", total.unit) and total.unit:
            break
        categories += bool(_CATEGORY.match(plain_key(text[first:last])))
        parts.append(counted[0])
    return (parts, categories) if place >= start else ([], 0)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(a < place < b for a, b in spans)
