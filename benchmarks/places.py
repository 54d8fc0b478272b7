"""How well place names are found again after slips: python benchmarks/places.py [--share 0.1] [--years ...]

Takes the units of several days, sends every name through simulated slips, and resolves them (a) as the
whole column of its parent (district; province for communes since July 2025), every row damaged, (b) alone
within that parent, (c) alone within the province. Prints, by kind of slip and by day, the shares of names
right, false (repaired to a wrong unit without a word), taken (a slip made it another unit's true name) and
flagged (ambiguous or unknown). The slips are drawn here, from lists of their own, not from the gazetteer's
confusion model; the same seed gives the same figures.

`right*` leaves out the homonyms: names whose print, read without fault, is another unit's of the province as
well (same name and type, same name where no type is printed, same letters where no mark is). For them
ambiguous, with the candidates listed, is the only right answer; they count as flagged.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # this folder's names would hide Python's own

from gazetteer import Gazetteer  # noqa: E402
from gazetteer.names import read_name, tight  # noqa: E402
from model.place import AdminUnit, Scope  # noqa: E402
from normalize.unicode import fold, tone_key  # noqa: E402

DAYS = ("2009-12-31", "2015-12-31", "2019-12-31", "2023-12-31", "2025-01-01", "2025-07-01")
_LETTERS = {
    "a": "aos4", "b": "h6", "c": "eoG", "d": "cdl", "e": "co", "g": "qy9", "h": "bnk", "i": "l1tj",
    "k": "hx", "l": "i1t", "m": "nr", "n": "mrhu", "o": "0ca", "p": "bn", "q": "g9", "r": "nt", "s": "5a",
    "t": "lfri", "u": "nvo", "v": "yu", "x": "vk", "y": "vg",
}  # fmt: skip
_GROUPS = (("m", "rn"), ("d", "cl"), ("h", "li"), ("u", "ii"), ("nh", "rih"), ("ng", "rig"), ("ph", "pli"))
_MARKS = {
    "a": "áàảãạăâấầậắặ", "e": "éèẻẽẹêếềệ", "i": "íìỉĩị", "o": "óòỏõọôốồộơớờợ", "u": "úùủũụưứừự", "y": "ýỳỷỹỵ",
    "d": "đ",
}  # fmt: skip
_SHORT = {"phường": "P.", "xã": "X.", "thị trấn": "TT.", "huyện": "H.", "quận": "Q.", "thị xã": "TX."}
_OLD_TONE = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oạ": "ọa", "uý": "úy", "uỷ": "ủy", "uỵ": "ụy", "oè": "òe"}

Slip = Callable[[AdminUnit, random.Random], str]


def _plain(letter: str) -> str:
    lowered = letter.lower()
    return "d" if lowered == "đ" else unicodedata.normalize("NFD", lowered)[0]


def _bare(text: str) -> str:
    kept = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in kept if not unicodedata.combining(c))


def _as(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _confused(name: str, rng: random.Random, count: int) -> str:
    """`name` with `count` letters read as others of like shape (a marked letter loses its marks)."""
    letters = list(name)
    spots = [i for i, c in enumerate(letters) if _plain(c) in _LETTERS]
    for i in rng.sample(spots, min(count, len(spots))):
        groups = [(a, b) for a, b in _GROUPS if "".join(letters[i : i + len(a)]).lower() == a]
        if groups and rng.random() < 0.3:
            was, now = rng.choice(groups)
            letters[i : i + len(was)] = [now] + [""] * (len(was) - 1)
        elif letters[i]:
            letters[i] = _as(rng.choice(_LETTERS[_plain(letters[i])] if letters[i] else " "), letters[i])
    return "".join(letters)


def _remarked(name: str, rng: random.Random, count: int) -> str:
    """`name` with `count` letters given other marks (or none)."""
    letters = list(name)
    spots = [i for i, c in enumerate(letters) if _plain(c) in _MARKS]
    for i in rng.sample(spots, min(count, len(spots))):
        base = _plain(letters[i])
        others = [m for m in _MARKS[base] + base if m != letters[i].lower()]
        letters[i] = _as(rng.choice(others), letters[i])
    return "".join(letters)


def _foreign_ocr(name: str, rng: random.Random) -> str:
    """`name` as an engine without Vietnamese reads it: most marks gone, the rest acute or wrong."""
    letters = []
    for c in name:
        base = _plain(c)
        if c.lower() == base or base not in _MARKS:
            letters.append(c)
        else:
            letters.append(
                _as(rng.choice([base, base, base, *(m for m in "áéóíúèàéá" if _plain(m) == base)]), c)
            )
    text = "".join(letters)
    return _confused(text, rng, 1) if rng.random() < 0.3 else text


def _typed(name: str, rng: random.Random) -> str:
    """A slip of the typist: y for i, a blank lost or put in, a letter left out or doubled."""
    choice = rng.randrange(4)
    if choice == 0 and any(c in name for c in "yi"):
        return name.replace("y", "#").replace("i", "y").replace("#", "i")
    if choice == 1 and " " in name:
        return name.replace(" ", "", 1)
    spot = rng.randrange(1, max(2, len(name) - 1))
    return (
        name[:spot] + name[spot + 1 :] if choice == 2 else name[:spot] + name[spot : spot + 1] + name[spot:]
    )


SLIPS: dict[str, Slip] = {
    "as printed": lambda u, r: u.name,
    "type word": lambda u, r: (
        r.choice(["UBND ", ""]) + r.choice([u.type, u.type.capitalize()]) + " " + u.name
    ),
    "abbreviated": lambda u, r: _SHORT.get(u.type, u.type) + r.choice(["", " "]) + u.name,
    "case": lambda u, r: r.choice([u.name.upper(), u.name.lower(), f"{u.type} {u.name}".upper()]),
    "marks dropped": lambda u, r: _bare(u.name),
    "marks dropped, typed": lambda u, r: _bare(f"{u.type.capitalize()} {u.name}"),
    "one mark wrong": lambda u, r: f"{u.type} " * r.randrange(2) + _remarked(u.name, r, 1),
    "two marks wrong": lambda u, r: f"{u.type} " * r.randrange(2) + _remarked(u.name, r, 2),
    "one letter confused": lambda u, r: f"{u.type} " * r.randrange(2) + _confused(u.name, r, 1),
    "two letters confused": lambda u, r: f"{u.type} " * r.randrange(2) + _confused(u.name, r, 2),
    "foreign OCR": lambda u, r: f"{_bare(u.type)} " * r.randrange(2) + _foreign_ocr(u.name, r),
    "typist": lambda u, r: f"{u.type} " * r.randrange(2) + _typed(u.name, r),
}


def _spoken(name: str) -> bool:
    """Numbered wards keep their number: a wrong digit is another ward."""
    return not name.isdigit()


def _parents(gazetteer: Gazetteer, day: date, share: float, rng: random.Random) -> list[AdminUnit]:
    provinces = gazetteer.children("", day)
    level = [d for p in provinces for d in gazetteer.children(p, day) if d.level == 2] or list(provinces)
    return rng.sample(level, max(3, round(share * len(level))))


def _outcome(truth: AdminUnit, found: AdminUnit | None, kind: str) -> str:
    if found is None:
        return "flagged"
    if found.code == truth.code:
        return "right"
    return "false" if kind == "repaired" else "taken"


def _damaged(units: list[AdminUnit], slip: Slip, rng: random.Random) -> list[str]:
    return [slip(u, rng) if _spoken(u.name) else f"{u.type} {u.name}" for u in units]


def _province_units(gazetteer: Gazetteer, province: AdminUnit, day: date) -> list[AdminUnit]:
    near = gazetteer.children(province, day)
    return [province, *near, *(far for unit in near for far in gazetteer.children(unit, day))]


def _has_twin(written: str, unit: AdminUnit, around: list[AdminUnit]) -> bool:
    """Whether the print may as well be another unit's name read without fault."""
    typed = read_name(written).type is not None
    key = tight if fold(written) == written.lower() else lambda name: tone_key(name.lstrip("0"))
    return any(
        u.code != unit.code and key(u.name) == key(unit.name) and (not typed or u.type == unit.type)
        for u in around
    )


Tally = dict[tuple[str, str], Counter[str]]


def _alone(gazetteer: Gazetteer, written: str, unit: AdminUnit, scope: Scope, around: list[AdminUnit]) -> str:
    one = gazetteer.resolve_column([(0, written)], scope).mentions
    result = _outcome(unit, one[0].unit if one else None, one[0].kind if one else "")
    return "homonym" if result == "flagged" and _has_twin(written, unit, around) else result


def measure(share: float, days: tuple[str, ...], seed: int) -> Tally:
    """Outcomes by (way, kind of slip) and by (way, day)."""
    gazetteer = Gazetteer.load()
    tally: Tally = defaultdict(Counter)
    for text in days:
        day, rng = date.fromisoformat(text), random.Random(f"{seed} {text}")
        for parent in _parents(gazetteer, day, share, rng):
            units = list(gazetteer.children(parent, day))
            province = gazetteer.path(units[0], day)[-1] if units else parent
            around = _province_units(gazetteer, province, day)
            for kind, slip in SLIPS.items():
                written = _damaged(units, slip, rng)
                solved = gazetteer.resolve_column(list(enumerate(written)), Scope(day, (parent.code,)))
                by_row = {m.row: m for m in solved.mentions}
                for row, unit in enumerate(units):
                    mention = by_row.get(row)
                    one = _outcome(unit, mention and mention.unit, mention.kind if mention else "")
                    near = _alone(gazetteer, written[row], unit, Scope(day, (parent.code,)), [parent, *units])
                    far = _alone(gazetteer, written[row], unit, Scope(day, (province.code,)), around)
                    for way, outcome in (("column", one), ("near", near), ("far", far)):
                        tally[way, kind][outcome] += 1
                        tally[way, text][outcome] += 1
    return tally


WAYS = {
    "column": "the whole column of a parent",
    "near": "alone within the parent",
    "far": "alone within the province",
}


def _print(tally: Tally, way: str, days: tuple[str, ...]) -> None:
    print(
        f"\n{WAYS[way]:28} {'names':>7} {'right':>8} {'right*':>8} {'false':>8} {'taken':>8} {'flagged':>8}"
    )
    total: Counter[str] = Counter()
    for kind in SLIPS:
        total += tally[way, kind]
    for label, counts in [*((k, tally[way, k]) for k in (*SLIPS, *days)), ("all", total)]:
        n = sum(counts.values())
        told = max(n - counts["homonym"], 1)
        flagged = counts["flagged"] + counts["homonym"]
        shares = [
            counts["right"] / n,
            counts["right"] / told,
            counts["false"] / n,
            counts["taken"] / n,
            flagged / n,
        ]
        print(f"{label:28} {n:7} " + " ".join(f"{100 * s:7.2f}%" for s in shares))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=float, default=0.05, help="share of the parents of each day (1: all)")
    parser.add_argument("--days", nargs="*", default=list(DAYS))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    start = time.process_time()
    tally = measure(options.share, tuple(options.days), options.seed)
    for way in WAYS:
        _print(tally, way, tuple(options.days))
    print(f"\n{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
