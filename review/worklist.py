"""The list of flags a reviewer works through: filters, search without diacritics, order, progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from model.flag import KINDS
from normalize.unicode import fold
from review.folder import SEVERITY_ORDER, FlagRow

PAGE_SIZE = 100

_KIND_RANK: dict[str, int] = {name: kind.order for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Empty fields let everything through; `state` is `open`, `done` or '' for all."""

    kind: str = ""
    severity: str = ""
    doc_id: str = ""
    state: str = "open"
    text: str = ""

    def query(self, **changes: str) -> dict[str, str]:
        """The filter as query parameters, with changes; parameters that say nothing are left out."""
        values = {
            "kind": self.kind,
            "severity": self.severity,
            "doc": self.doc_id,
            "state": self.state,
            "q": self.text,
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


def select(flags: Iterable[FlagRow], wanted: Filter, decided: Collection[str]) -> list[FlagRow]:
    """The flags a filter lets through, what matters most first, then in reading order."""
    words = fold(wanted.text).split()
    found = [flag for flag in flags if _passes(flag, wanted, decided, words)]
    return sorted(found, key=order)


def _passes(flag: FlagRow, wanted: Filter, decided: Collection[str], words: list[str]) -> bool:
    done = flag.key in decided
    return (
        (not wanted.kind or flag.kind == wanted.kind)
        and (not wanted.severity or flag.severity == wanted.severity)
        and (not wanted.doc_id or flag.doc_id == wanted.doc_id)
        and (not wanted.state or (wanted.state == "done") == done)
        and all(word in flag.search for word in words)
    )


def order(flag: FlagRow) -> tuple[int, int, str, str, int, int, str]:
    """Severity, then what the kind costs, then the place in the folder."""
    return (
        SEVERITY_ORDER.get(flag.severity, 9),
        _KIND_RANK.get(flag.kind, 99),
        flag.doc_id,
        flag.table_id,
        flag.row if flag.row is not None else -1,
        flag.col if flag.col is not None else -1,
        flag.flag_id,
    )


def neighbours(flags: list[FlagRow], key: str) -> tuple[str, str]:
    """The keys before and after `key` in a list, '' at its ends; the first one when `key` is not in it."""
    keys = [flag.key for flag in flags]
    if key not in keys:
        return "", keys[0] if keys else ""
    at = keys.index(key)
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""


def progress(flags: Mapping[str, FlagRow], decided: Collection[str]) -> Progress:
    """Flags that need nobody any more, of all flags of the folder."""
    return Progress(sum(key in decided for key in flags), len(flags))


def counts(flags: Iterable[FlagRow], decided: Collection[str]) -> dict[str, Counter[str]]:
    """Open flags by `kind`, by `severity` and by `document`."""
    found: dict[str, Counter[str]] = {"kind": Counter(), "severity": Counter(), "document": Counter()}
    for flag in flags:
        if flag.key not in decided:
            found["kind"][flag.kind] += 1
            found["severity"][flag.severity] += 1
            found["document"][flag.doc_id] += 1
    return found
