"""How a column prints its figures: decimals, the sign between groups of thousands, the end that most share.
What is offered for a cell, and what is typed into it, is put in that manner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from model.table import Cell, Table
from model.value import DecimalMark
from normalize.lookalikes import from_lookalikes
from normalize.sums import last_unit
from review.readings import value_of

_HOUSE = 0.8  # of a column's figures that print as many decimals: then that is how it prints them
_LEAST_PEERS = 3  # figures from which on a column has a manner
_GROUP = 3
_ZEROS = "0" * _GROUP
_ROUND = {
    "C": "0",
    "c": "0",
    "D": "0",
    "Q": "0",
    "U": "0",
    "u": "0",
}  # round letters that figures are read as
_THOUSANDS = re.compile(r"(\d{1,6})(k{1,3})", re.IGNORECASE)  # `124k` as a key with three noughts
_BARE = re.compile(r"\d{1,15}")
_HEAD = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")  # a figure with groups, and what ran into it
_GROUPS = re.compile(r"(\d{1,3})((?:[ .,']+\d{3})+)")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a column prints its figures: digits behind the `mark`, and the sign between groups of thousands
    ('': none); the last three digits that nearly all of them share (`end`; '': none), and the sign behind
    each (`tail`: `%`). `told`: figures of the column show that sign, else the house does."""

    decimals: int
    mark: DecimalMark
    group: str
    end: str = ""
    tail: str = ""
    told: bool = True

    def dressed(self, text: str) -> str:
        """The digits of a reading as the column prints them; '' for what is no bare figure, or has too few
        digits."""
        sign, body, tail = _parts(text)
        digits = "".join(ch for ch in body if ch.isdecimal())
        if not digits or any(not (ch.isdecimal() or ch in " .,'") for ch in body):
            return ""
        whole = digits[: len(digits) - self.decimals]
        if not whole or (len(whole) > 1 and whole[0] == "0"):
            return ""
        return sign + self._grouped(whole) + self._rest(digits[len(whole) :]) + tail

    def is_met(self, text: str) -> bool:
        """Whether a text is a figure as the column prints them."""
        return bool(text) and self.dressed(text) == text.strip()

    def ended(self, text: str) -> str:
        """A reading with the end that the column's figures share in the place of its last group; '' where
        they share none, or the reading has one group only."""
        sign, body, tail = _parts(text)
        groups = [g for g in re.split(r"[ .,']+", body) if g]
        if not self.end or len(groups) < 2 or not all(g.isdecimal() for g in groups[:-1]):
            return ""
        digits = "".join(groups[:-1])
        if digits[0] == "0" or any(len(g) != _GROUP for g in groups[1:-1]):
            return ""
        return sign + self._grouped(digits + self.end) + tail

    def completed(self, typed: str) -> str:
        """What was typed as bare digits, with the signs between groups that the column prints: the number
        stays what it is. A `k` is three noughts (`124k`)."""
        text = typed.strip()
        found = _THOUSANDS.fullmatch(text)
        if found:
            text = found[1] + _ZEROS * len(found[2])
        if not _BARE.fullmatch(text) or (len(text) > 1 and text[0] == "0"):
            return text
        signs = self.decimals == 0 and (self.told or found is not None)
        return (self._grouped(text) if signs else text) + self.tail

    def printed(self, amount: Decimal, like: str) -> str:
        """A number as the column prints it, with the percent sign of the reading it is to replace."""
        step = last_unit(self.decimals)
        whole, _, rest = format(abs(amount).quantize(step, ROUND_HALF_UP), "f").partition(".")
        return ("-" if amount < 0 else "") + self._grouped(whole) + self._rest(rest) + _parts(like)[2]

    def _grouped(self, whole: str) -> str:
        if not self.group:
            return whole
        first = len(whole) % _GROUP or _GROUP
        parts = [whole[:first], *(whole[n : n + _GROUP] for n in range(first, len(whole), _GROUP))]
        return self.group.join(parts)

    def _rest(self, digits: str) -> str:
        return self.mark + digits if digits else ""


def _parts(text: str) -> tuple[str, str, str]:
    """A figure's sign, its body and its percent sign."""
    body = "".join(text.split("\n")).strip()
    tail = "%" if body.endswith("%") else ""
    body = body.removesuffix("%").strip()
    sign = body[0] if body[:1] in ("-", "+") else ""
    return sign, body[len(sign) :].strip(), tail


def manner_of(table: Table, cell: Cell, mark: DecimalMark) -> Manner | None:
    """How the figures of a cell's column, of its kind (shares or not), are printed; None where they differ,
    or are too few to say."""
    shares = cell.text.rstrip().endswith("%")
    figures = [
        c
        for line in table.body
        if cell.col < len(line)
        for c in (line[cell.col],)
        if c is not cell and c.value is not None and c.value.unit != "ordinal" and c.value.of is None
        if c.text.rstrip().endswith("%") == shares
    ]
    sure = [c for c in figures if c.status != "doubtful"]
    peers = sure if len(sure) >= _LEAST_PEERS else figures  # on a bad copy most of a column may be in doubt
    if len(peers) < _LEAST_PEERS:
        return None
    (decimals, times), *_ = Counter(c.value.decimals for c in peers if c.value).most_common(1)
    if times < _HOUSE * len(peers):
        return None
    own = Counter(c.value.mark for c in peers if c.value and c.value.mark).most_common(1)
    used: DecimalMark = own[0][0] or mark if own and decimals else mark
    large = [c for c in peers if c.value and abs(c.value.amount) >= 10**_GROUP]
    groups = Counter(ch for c in large for ch in _group_sign(c.text, used))
    group = groups.most_common(1)[0][0] if groups else "" if large else _house_group(used)
    return Manner(
        decimals, used, group, "" if decimals else _end_of(peers), "%" if shares else "", bool(large)
    )


def _end_of(peers: Sequence[Cell]) -> str:
    """The last three digits that nearly all figures of a column share; '' for none."""
    ends = Counter(
        digits[-_GROUP:]
        for c in peers
        if len(digits := "".join(ch for ch in c.text if ch.isdecimal())) > _GROUP
    )
    (end, times), *_ = ends.most_common(1) or [("", 0)]
    return end if times >= max(_LEAST_PEERS, _HOUSE * len(peers)) else ""


def regrouped(text: str, mark: DecimalMark) -> str:
    """A figure whose groups of thousands stand apart (`1,694 000`) or under both signs, with one sign between
    them: the one it shows, else the house's; '' for what is none."""
    sign, body, tail = _parts(text)
    found = _GROUPS.fullmatch(body)
    if found is None or body[0] == "0":
        return ""
    shown = [ch for ch in found[2] if ch in ".,'"]
    group = next((ch for ch in shown if ch != mark), "") or _house_group(mark)
    return sign + group.join([found[1], *re.findall(r"\d{3}", found[2])]) + tail


def cleaned(text: str) -> str:
    """A reading with what can be no sign of a figure taken out, and letters that figures are read as put
    back; '' where little is left of it."""
    plain = from_lookalikes("".join(_ROUND.get(ch, ch) for ch in text))
    kept = "".join(ch for ch in plain if ch.isdecimal() or ch in " .,'%+-").strip(" .,'")
    return kept if sum(map(str.isdecimal, kept)) * 2 > len(text.replace(" ", "")) else ""


def completed(table: Table, cell: Cell, mark: DecimalMark, typed: str) -> str:
    """What was typed for a cell as its column would print it (`Manner.completed`); of words, as typed."""
    text = " ".join(typed.split())
    if cell.is_header or not text[:1].isdecimal():
        return text
    manner = manner_of(table, cell, mark)
    if manner is None and not _THOUSANDS.fullmatch(text):
        return text
    told = (manner or Manner(0, mark, _house_group(mark))).completed(text)
    said, meant = value_of(cell, mark, told), _THOUSANDS.fullmatch(text)
    amount = Decimal(meant[1]).scaleb(_GROUP * len(meant[2])) if meant else None
    wanted = amount if amount is not None else (Decimal(text) if _BARE.fullmatch(text) else None)
    kept = wanted is None or (said is not None and said.amount == wanted)
    return told if kept else format(wanted, "f")


def _house_group(mark: DecimalMark) -> str:
    return "." if mark == "," else ","


def parted(text: str) -> list[str]:
    """The figures of a text that holds several: words apart, and two that ran together (`1.5671.148`) where
    their groups of thousands leave a place."""
    found: list[str] = []
    for word in text.split():
        bare = word.strip(" .,'-_—–")
        cuts = [n for n in range(1, len(bare)) if _is_grouped(bare[:n]) and _is_grouped(bare[n:])]
        found += [part for n in cuts for part in (bare[n:], bare[:n])]
        head = _HEAD.match(bare)
        found += [head[0]] if head is not None and bare[head.end() :].strip(".,").isdecimal() else []
        found += [bare] if len(bare) < len(text.strip()) and any(map(str.isdecimal, bare)) else []
    return list(dict.fromkeys(found))


def _is_grouped(text: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3}(?:\1\d{3})*)", text) is not None


def _group_sign(text: str, mark: DecimalMark) -> str:
    """The sign between groups of thousands in a printed figure; '' for none."""
    return next((ch for ch in text if ch in ".,' " and ch != mark), "")
