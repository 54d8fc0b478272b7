"""The list of flags a reviewer works through: filters, search without diacritics, order, groups, progress."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from model.flag import KINDS
from normalize.unicode import fold
from review.folder import SEVERITY_ORDER, FlagRow

PAGE_SIZE = 100
_KEPT_FILTERS = 8  # lists kept: several reviewers, each with a filter or two
_ONE_CAUSE = 3  # cells of one column and one check from which on they are shown as one entry

_KIND_RANK: dict[str, int] = {name: kind.order for name, kind in KINDS.items()}
_FACETS = ("kind", "severity", "doc_id")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Empty fields let everything through; `state` is `open`, `done` or '' for all, `who` the
    reviewer whose documents are shown."""

    kind: str = ""
    severity: str = ""
    doc_id: str = ""
    state: str = "open"
    text: str = ""
    who: str = ""

    def query(self, **changes: str) -> dict[str, str]:
        """The filter as query parameters, with changes; parameters that say nothing are left out."""
        values = {
            "kind": self.kind,
            "severity": self.severity,
            "doc": self.doc_id,
            "state": self.state,
            "q": self.text,
            "who": self.who,
        } | changes
        return {k: v for k, v in values.items() if v or k == "state"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the folder is: flags decided of all flags."""

    done: int
    total: int

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault of the list: the flags of one cause, the first of which it is told by."""

    flags: tuple[FlagRow, ...]

    @property
    def first(self) -> FlagRow:
        return self.flags[0]


@dataclass(frozen=True, slots=True)
class Group:
    """The faults of one table, or of a document's text (`table_id` empty)."""

    doc_id: str
    table_id: str
    entries: tuple[Entry, ...]


class Worklist:
    """The flags of a folder in the order in which they are worked through: table by table, those with the
    gravest fault first, whether it is decided or not, so that nothing moves while somebody works. What
    filters let through is kept: the same list is asked for with every flag."""

    def __init__(self, flags: Iterable[FlagRow]) -> None:
        self._flags = sorted(flags, key=order)
        self._kept: OrderedDict[Filter, list[FlagRow]] = OrderedDict()
        self.of_document: dict[str, list[FlagRow]] = {}
        for flag in self._flags:
            self.of_document.setdefault(flag.doc_id, []).append(flag)

    def select(
        self, wanted: Filter, decided: Collection[str], reviewers: Mapping[str, str] | None = None
    ) -> list[FlagRow]:
        """The flags that a filter lets through. `reviewers` says to whom documents were given."""
        found = self._of(replace(wanted, state="", who=""))
        if wanted.who:
            given = reviewers or {}
            found = [flag for flag in found if given.get(flag.doc_id) == wanted.who]
        if not wanted.state:
            return found
        done = wanted.state == "done"
        return [flag for flag in found if (flag.key in decided) == done]

    def _of(self, wanted: Filter) -> list[FlagRow]:
        kept = self._kept.get(wanted)
        if kept is None:
            kept = self._kept[wanted] = _by_table(self._through(wanted))
            while len(self._kept) > _KEPT_FILTERS:
                self._kept.popitem(last=False)
        return kept

    def _through(self, wanted: Filter) -> list[FlagRow]:
        flags = self.of_document.get(wanted.doc_id, []) if wanted.doc_id else self._flags
        words = fold(wanted.text).split()
        return [
            f
            for f in flags
            if (not wanted.kind or f.kind == wanted.kind)
            and (not wanted.severity or f.severity == wanted.severity)
            and all(word in f.search for word in words)
        ]


def _by_table(flags: Sequence[FlagRow]) -> list[FlagRow]:
    """Flags in order, those of one table together."""
    gravest: dict[tuple[str, str], tuple[int, int]] = {}
    for flag in flags:  # the first of a table is its gravest
        gravest.setdefault((flag.doc_id, flag.table_id), _rank(flag))
    return sorted(flags, key=lambda f: (gravest[f.doc_id, f.table_id], f.doc_id, f.table_id))


def select(flags: Iterable[FlagRow], wanted: Filter, decided: Collection[str]) -> list[FlagRow]:
    """The flags of a list that a filter lets through."""
    return Worklist(flags).select(wanted, decided)


def _rank(flag: FlagRow) -> tuple[int, int]:
    return SEVERITY_ORDER.get(flag.severity, 9), _KIND_RANK.get(flag.kind, 99)


def order(flag: FlagRow) -> tuple[int, int, str, str, int, int, str]:
    """Severity, then what the kind costs, then the place in the folder."""
    return (
        *_rank(flag),
        flag.doc_id,
        flag.table_id,
        flag.row if flag.row is not None else -1,
        flag.col if flag.col is not None else -1,
        flag.flag_id,
    )


def grouped(flags: Sequence[FlagRow]) -> list[Group]:
    """A list in order as groups of entries: cells of one column that one check speaks of are one entry."""
    groups = []
    for (doc_id, table_id), found in groupby(flags, key=lambda f: (f.doc_id, f.table_id)):
        by_cause: dict[tuple[object, ...], list[FlagRow]] = {}
        for flag in found:
            by_cause.setdefault((flag.severity, flag.kind, flag.check, flag.col), []).append(flag)
        entries: list[Entry] = []
        for cause in by_cause.values():
            one = len(cause) >= _ONE_CAUSE and cause[0].col is not None
            entries += [Entry(tuple(cause))] if one else [Entry((flag,)) for flag in cause]
        groups.append(Group(doc_id, table_id, tuple(entries)))
    return groups


def page_of(groups: Sequence[Group], number: int) -> tuple[list[Group], int, int]:
    """One page of the list: whole entries, the groups they stand in, which page it is and of how many."""
    entries = [(g, e) for g in groups for e in g.entries]
    pages = max(1, math.ceil(len(entries) / PAGE_SIZE))
    page = min(max(1, number), pages)
    shown: list[Group] = []
    for group, entry in entries[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]:
        if shown and (shown[-1].doc_id, shown[-1].table_id) == (group.doc_id, group.table_id):
            shown[-1] = replace(shown[-1], entries=(*shown[-1].entries, entry))
        else:
            shown.append(replace(group, entries=(entry,)))
    return shown, page, pages


def neighbours(flags: list[FlagRow], key: str) -> tuple[str, str]:
    """The keys before and after `key` in a list, '' at its ends; the first one when `key` is not in it."""
    keys = [flag.key for flag in flags]
    if key not in keys:
        return "", keys[0] if keys else ""
    at = keys.index(key)
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""


def following(
    flags: Sequence[FlagRow], key: str, decided: Collection[str], postponed: Collection[str]
) -> str:
    """The flag to go to after `key` in a list: the next that is open, from the start again after the last;
    those put off come when no other is left. '' when all is done."""
    keys = [flag.key for flag in flags]
    at = keys.index(key) + 1 if key in keys else 0
    left = [k for k in (*keys[at:], *keys[:at]) if k != key and k not in decided]
    return next((k for k in left if k not in postponed), left[0] if left else "")


def progress(flags: Mapping[str, FlagRow], decided: Collection[str]) -> Progress:
    """Flags that need nobody any more, of all flags of the folder."""
    return Progress(sum(key in decided for key in flags), len(flags))


def counts(
    flags: Iterable[FlagRow],
    wanted: Filter,
    decided: Collection[str],
    reviewers: Mapping[str, str] | None = None,
) -> dict[str, Counter[str]]:
    """How many flags each choice of a filter would show (`kind`, `severity`, `document`), the other filters
    as they are."""
    given = reviewers or {}
    words = fold(wanted.text).split()
    found: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    asked = [(name, value) for name in _FACETS if (value := getattr(wanted, name))]
    for flag in flags:
        if wanted.state and (wanted.state == "done") != (flag.key in decided):
            continue
        if wanted.who and given.get(flag.doc_id) != wanted.who:
            continue
        failing = [name for name, value in asked if getattr(flag, name) != value]
        if len(failing) > 1 or not all(word in flag.search for word in words):
            continue
        for name in failing or _FACETS:
            found[name][getattr(flag, name)] += 1
    return {"kind": found["kind"], "severity": found["severity"], "document": found["doc_id"]}
