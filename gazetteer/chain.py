"""A place as running text names it: the unit, what it lies in behind it, an office or a hamlet before it.

`Trạm y tế xã Na Ư, H. Điện Biên (Điện Biên)` is a chain of links, inmost first: xã Na Ư, huyện Điện Biên,
Điện Biên. Where a text may be taken apart in several ways (a dash parts units, or the syllables of one
name), each is a chain of its own; which is meant is told by the units that fit (see `single`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gazetteer.agencies import is_agency
from gazetteer.around import is_part_word, type_first, without_ended
from gazetteer.names import TYPE_WORDS
from gazetteer.slips import has_marks
from model.place import PlaceType
from normalize.unicode import fold, nfc, squeeze

_EDGE = " #.,;:|_*'\"“”‘`~=<>/\\()[]–-&"
_MARKED = (
    "thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện đảo", "huyện", "quận", "tỉnh", "xã",
)  # fmt: skip
_SHORT: dict[str, PlaceType] = {
    "t.p": "thành phố", "tp": "thành phố", "t.x": "thị xã", "tx": "thị xã", "t.t": "thị trấn",
    "tt": "thị trấn", "ttr": "thị trấn", "đk": "đặc khu", "p": "phường", "f": "phường", "x": "xã",
    "h": "huyện", "q": "quận", "t": "tỉnh",
}  # fmt: skip
_COMMITTEES: dict[str, PlaceType] = {"thành": "thành phố", "thị": "thị xã"}
_TYPE = re.compile(
    r"(?<!\w)(?:(?P<committee>thành|thị)(?=\s+(?:ủy|uỷ)\s)"
    r"|(?P<whole>" + "|".join([*_MARKED, *TYPE_WORDS]) + r")(?=[\s.:\d])"
    r"|(?P<short>t\.\s?p|t\.\s?x|t\.\s?t|ttr|tp|tx|tt|đk|[pfxhqt])(?P<sign>\s*[.:]|(?=\s|\d)|(?<=tp)(?=[A-ZĐ])))"
    r"\s*(?P<of>(?<=\s)(?:ủy|uỷ|đoàn)\s+)?",
    re.IGNORECASE,
)
_COOPERATIVE = "tác"  # before `xã`: a cooperative's word
_STRONG = re.compile(r"[,;()\[\]\n]|(?<!\d)/|/(?!\d)|\s(?:trực thuộc|thuộc|tại|trên địa bàn|của)\s")
_ENDED_INSIDE = re.compile(r"\s*(?:\(cũ\)|\bcũ\b)(?=\s*[,;(–-])", re.IGNORECASE)
_SPACED, _ANY_DASH = re.compile(r"\s[–-]+\s|\s[–-]+|[–-]+\s"), re.compile(r"\s*[–-]+\s*")
_DASHES = ("-", "–")
_JOINED = ("-", "–", "&")  # signs within an office's short name
_DASHED = 0.3  # nats that a dash parts units rather than a name's syllables
_TURNED = 2.0  # that units are named from the province inwards
_OFFICE = 1.0  # that an office's words run on to the unit that it belongs to
PASSED_OVER = 3.0  # that what stands before a unit, or behind a sign, names none
_AT_END = 1.0  # that an office's name ends with a unit's
_CAPITALS = re.compile(r"\b[A-ZĐ]{2,}\b")
_MOST_WORDS = 5  # of a unit's name at the end of an office's
_SCHOOL = re.compile(r"truong\b|(?:th|thcs|thpt|mn)\b")  # called after persons who gave units their names too


@dataclass(frozen=True, slots=True)
class Link:
    """One unit of a chain: its type word, its name, the text of both, and whether no sign parts it from the
    next."""

    type: PlaceType | None
    name: str
    text: str
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Units named in one text, inmost first; `cost` in nats for how it was taken apart, `bare` says that
    the first is the end of an office's name (`Sở GTVT HCM`), which a commune's is only where the district is
    named behind it (`Trạm y tế Tả Van, Sa Pa`)."""

    links: tuple[Link, ...]
    cost: float = 0.0
    ended: bool = False
    bare: bool = False


def chains(raw: str) -> list[Chain]:
    """The ways to take a text apart, the likeliest first."""
    text = squeeze(nfc(raw).replace("’", "'"))
    text, inside = _ENDED_INSIDE.subn("", text, count=1)
    text, behind = without_ended(text)
    text = type_first(text)
    found: dict[tuple[Link, ...], Chain] = {}
    for cost, dash in ((0.0, None), (_DASHED, _SPACED), (2 * _DASHED, _ANY_DASH)):
        links = _links(text, dash)
        for chain in (*_starting(links), *([Chain(turned, _TURNED)] if (turned := _inwards(links)) else [])):
            if chain.links not in found:
                ended = bool(inside) or (behind and len(chain.links) == 1)  # else it is said of what is above
                found[chain.links] = replace(chain, cost=chain.cost + cost, ended=ended)
    return list(found.values())


def behind_office(text: str) -> str:
    """The unit with its type word, and what it lies in, that stands behind the words of an office; nothing
    where none does."""
    typed = (chain.links for chain in chains(text) if chain.links and chain.links[0].type)
    return ", ".join(link.text for link in next(typed, ()))


def _links(text: str, dash: re.Pattern[str] | None) -> tuple[Link, ...]:
    plain = not has_marks(text)
    segments = [part for whole in _STRONG.split(text) for part in (dash.split(whole) if dash else [whole])]
    return tuple(link for part in segments for link in _of_segment(part, plain))


def _of_segment(text: str, plain: bool) -> Iterator[Link]:
    """The units that a text between two signs names one after another, each with its type word but maybe
    the first."""
    words = _without_syllables([m for m in _TYPE.finditer(text) if _is_type_word(m, text, plain)], text)
    ends = [*(m.start() for m in words), len(text)]
    if before := text[: ends[0]].strip(_EDGE):
        yield Link(None, before, before, bool(words))
    for found, end in zip(words, ends[1:], strict=True):
        if name := text[_name_at(found) : end].strip(_EDGE):
            yield Link(_type_of(found), name, text[found.start() : end].strip(_EDGE))


def _without_syllables(words: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Type words but for those that are a name's own syllable: `XÃ TRỊ QUẬN HUYỆN A`, `huyen Quan Son`. Of
    two without a name between them the first is one where it ends a name, else the second; a short one is
    an office's (`TT xã A`)."""
    kept: list[re.Match[str]] = []
    for at, word in enumerate(words):
        follows = words[at + 1].start() if at + 1 < len(words) else len(text)
        nameless = not text[_name_at(word) : follows].strip(_EDGE)
        ends_name = bool(kept) and bool(text[_name_at(kept[-1]) : word.start()].strip(_EDGE))
        if nameless and word["short"] and at + 1 < len(words):
            continue
        if kept and ((nameless and ends_name) or not ends_name):
            continue
        kept.append(word)
    return kept


def _name_at(found: re.Match[str]) -> int:
    """Where the name behind a type word begins; `Đoàn` begins one (`xã Đoàn Đào`), `đoàn` is of youth."""
    return found.start("of") if found["of"] and found["of"].strip() in ("Đoàn", "ĐOÀN") else found.end()


def _is_type_word(found: re.Match[str], text: str, plain: bool) -> bool:
    if whole := found["whole"]:
        if text[: found.start()].rstrip().lower().endswith(_COOPERATIVE):
            return False
        return plain or whole.lower() in _MARKED
    if found["committee"] or (found["sign"] or "").strip():
        return True
    if text[: found.start()].endswith(_JOINED):
        return False  # `VH-TT`
    short, rest = found["short"], text[found.end() :]
    if rest[:1].isdigit() or len(short) > 1:
        return True
    return short.isupper() and rest[:1].isupper() and not text.isupper()


def _type_of(found: re.Match[str]) -> PlaceType:
    if found["committee"]:
        return _COMMITTEES[found["committee"].lower()]
    if found["whole"]:
        return TYPE_WORDS[fold(found["whole"])]
    return _SHORT[found["short"].lower().replace(" ", "")]


def _inwards(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Links behind an authority turned round, as they are read from the province inwards."""
    named = links[1:] if links and links[0].type is None and is_descriptive(links[0].text, links) else links
    return named[::-1] if len(named) > 1 else ()


def _starting(links: tuple[Link, ...]) -> Iterator[Chain]:
    """The chain, and what is left of it behind links that name an office or a part of a unit."""
    cost = 0.0
    for start, link in enumerate(links):
        yield Chain(links[start:], cost)
        if link.type is None:
            yield from _at_end_of(link, links[start + 1 :])
        if not (is_agency(link.text) if link.type else is_descriptive(link.text, links)):
            return
        is_office = link.runs_on and not (is_part_word(fold(link.text)) and link.text.istitle())
        cost = max(cost, _OFFICE if is_office else PASSED_OVER)


def _at_end_of(link: Link, above: tuple[Link, ...]) -> Iterator[Chain]:
    """Chains whose first unit is named, without a type word, at the end of an office's name."""
    words = link.name.split(" ")
    if _SCHOOL.match(fold(link.name)) and not above:
        return
    for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
        dashed = words[start - 1] in _DASHES or words[start] in _DASHES
        if not dashed and is_descriptive(" ".join(words[:start]), ()):
            name = " ".join(words[start:]).strip(_EDGE)
            if name:
                own = Link(None, name, name)
                yield Chain((own, *above), _AT_END, bare=True)
                if above:  # of two units (`khu vực A - B`) neither is meant more
                    yield Chain((own,), PASSED_OVER, bare=True)


def is_descriptive(text: str, beside: tuple[Link, ...]) -> bool:
    """Whether words say what something is (`Trạm y tế`, `Thôn 3`, `CDC`) rather than name a unit."""
    folded = fold(text)
    if is_agency(text) or is_part_word(folded) or folded in _AUTHORITIES:
        return True
    words = text.split(" ")
    if text.isupper() or text.islower():
        named = any(not (link.text.isupper() or link.text.islower()) for link in beside)
        return bool(_CAPITALS.search(text)) and (named or len(words) == 1)
    return any(word[:1].islower() for word in words[1:]) or bool(_CAPITALS.search(text))


_AUTHORITIES = frozenset(("ubnd", "uy ban nhan dan", "hdnd", "hoi dong nhan dan", "dang uy", "cong an"))
